"""Names that people use for one another: each row's first four, where a phrase says them, may become any of the row."""

from __future__ import annotations

import re
from typing import Final

SYNONYMS: Final[tuple[tuple[str, ...], ...]] = (
    # animals, a few by their breed
    ("dog", "hound", "doggy", "pup", "puppy", "canine", "pooch", "labrador", "terrier", "spaniel", "retriever"),
    ("dogs", "hounds", "puppies", "pups", "doggies", "canines"),
    ("cat", "kitty", "feline", "kitten", "tabby", "tomcat"),
    ("cats", "kitties", "kittens", "felines"),
    ("horse", "pony", "stallion", "mare", "foal", "colt"),
    ("horses", "ponies", "stallions", "mares"),
    ("cow", "cattle", "ox", "bull", "calf", "heifer"),
    ("cows", "cattle", "bulls", "calves"),
    ("sheep", "lamb", "ewe", "ram"),
    ("bird", "birdie", "fowl"),
    ("teddy bear", "teddy", "stuffed bear"),
    # people
    ("man", "guy", "gentleman", "dude", "fellow", "bloke", "male", "boy"),
    ("woman", "lady", "girl", "female", "young woman"),
    ("person", "human", "individual", "somebody", "someone", "human being", "adult", "kid"),
    ("people", "persons", "humans", "folks"),
    ("cyclist", "biker", "bicyclist", "person on the bike", "rider"),
    ("pedestrian", "person walking", "walker", "passerby"),
    # vehicles and the street
    ("car", "automobile", "sedan", "auto", "hatchback"),
    ("cars", "automobiles", "autos"),
    ("motorbike", "motorcycle", "motor bike", "scooter"),
    ("bicycle", "bike", "cycle", "pushbike"),
    ("boat", "ship", "vessel", "sailboat"),
    ("aeroplane", "airplane", "plane", "aircraft", "jet"),
    ("truck", "lorry", "pickup"),
    ("bus", "coach"),
    ("traffic light", "stoplight", "traffic signal"),
    ("fire hydrant", "hydrant"),
    ("pavement", "sidewalk", "footpath"),
    ("road", "street", "roadway"),
    ("building", "house", "buildings"),
    ("tree", "trees"),
    ("sea", "ocean"),
    ("grass", "lawn"),
    # clothes
    ("pants", "trousers", "slacks"),
    ("jeans", "denim pants", "denims"),
    ("leggings", "tight pants"),
    ("shorts", "short pants"),
    ("bag", "handbag", "tote", "shoulder bag", "satchel"),
    ("purse", "handbag", "clutch", "pouch"),
    ("sunglasses", "shades", "dark glasses"),
    ("hat", "cap", "beanie", "fedora"),
    ("scarf", "shawl", "neckerchief"),
    ("sneakers", "trainers"),
    ("heels", "high heels", "stilettos"),
    ("loafers", "slip-ons"),
    ("boots", "ankle boots", "pair of boots"),
    ("sandals", "open shoes", "flip flops"),
    ("shoes", "footwear", "pair of shoes"),
    ("stockings", "nylons", "hose"),
    ("jumper", "sweater", "pullover", "knitwear"),
    ("sweatshirt", "hoodie", "hooded top"),
    ("cardigan", "knit jacket", "woolen jacket"),
    ("vest", "waistcoat", "sleeveless jacket"),
    ("coat", "overcoat", "parka", "trench coat"),
    ("blazer", "suit jacket"),
    ("dress", "gown", "frock"),
    ("romper", "jumpsuit", "playsuit", "overalls"),
    ("skirt", "miniskirt"),
    ("blouse", "ladies shirt"),
    ("t-shirt", "tee", "tee shirt"),
    ("tie", "necktie"),
    ("necklace", "chain"),
    # in the house
    ("sofa", "couch", "settee"),
    ("tv", "television", "monitor", "screen", "tv set", "telly"),
    ("plant", "potted plant", "houseplant", "flower pot", "potted bush"),
    ("table", "desk", "dining table"),
    ("chair", "seat"),
    ("bed", "mattress"),
    ("sink", "washbasin", "basin"),
    ("toilet", "lavatory", "commode"),
    ("refrigerator", "fridge"),
    ("oven", "stove"),
    ("cup", "mug"),
    ("bowl", "dish"),
    ("wine glass", "glass", "goblet"),
    ("cell phone", "phone", "mobile", "smartphone"),
    ("laptop", "computer", "notebook"),
    ("backpack", "rucksack", "knapsack"),
    ("suitcase", "luggage", "case"),
    ("umbrella", "parasol"),
    ("donut", "doughnut"),
    ("hair drier", "hair dryer", "blow dryer"),
    # sport
    ("tennis racket", "racket", "racquet"),
    ("sports ball", "ball"),
    ("baseball bat", "bat"),
    ("baseball glove", "mitt"),
    # colours; not orange, which is a fruit as well
    ("gray", "grey", "silver", "silvery", "dark gray", "light gray"),
    ("black", "dark", "jet black"),
    ("white", "cream", "whitish", "snow white"),
    ("brown", "tan", "beige", "chestnut", "dark brown", "light brown"),
    ("blue", "navy", "dark blue", "light blue", "navy blue"),
    ("red", "crimson", "scarlet", "dark red", "bright red", "maroon"),
    ("green", "olive", "dark green", "light green"),
    ("yellow", "golden", "bright yellow"),
    ("pink", "light pink", "hot pink"),
    ("purple", "violet", "lilac", "lavender"),
)

_PLURALS: Final = {
    **{noun: noun for noun in ("sheep", "cattle", "skis", "scissors", "luggage", "broccoli")},
    "person": "people",
    "man": "men",
    "woman": "women",
    "mouse": "mice",
    "knife": "knives",
    "goose": "geese",
}


def without_article(phrase: str) -> str:
    """A phrase without the article it may begin with."""
    return re.sub(r"^(the|a|an) ", "", phrase)


def plural_of(noun: str) -> str:
    """The plural of a noun that may stand after other words; a plural stays as it is."""
    *before, last = noun.split()
    if last in _PLURALS:
        plural = _PLURALS[last]
    elif last.endswith(("ss", "us", "x", "ch", "sh")):
        plural = last + "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plural = last[:-1] + "ies"
    else:
        plural = last if last.endswith("s") else last + "s"
    return " ".join((*before, plural))
