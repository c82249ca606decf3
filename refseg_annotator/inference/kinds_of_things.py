"""What narrower names stand for: a network that was taught "dog" finds "the golden retriever" when asked for a dog.

Word vectors place such names near their kind at best, among much else ("greyhound" lies near "bus"). Only names that
nearly always mean the kind are here; those that a network was taught are left to it.
"""

from __future__ import annotations

from typing import Final

from refseg_annotator.text import plural_of

_NARROWER: Final = {
    "dog": "akita beagle bloodhound bulldog chihuahua collie corgi dachshund dalmatian doberman doggie doggo greyhound"
    " hound husky lab labradoodle malamute mastiff mongrel mutt pekingese pinscher pitbull pomeranian poodle pooch pug"
    " puppy retriever rottweiler samoyed schnauzer setter sheepdog spaniel terrier weimaraner whippet",
    "cat": "calico kitty moggy siamese tabby tomcat tortoiseshell",
    "horse": "appaloosa bronco colt filly foal gelding mare palomino pony stallion steed thoroughbred",
    "cow": "bovine bullock calf heifer ox steer",
    "sheep": "ewe lamb ram",
    "bird": "budgie canary chicken cockatoo crow dove duck duckling eagle finch flamingo goose gull hawk hen heron"
    " hummingbird magpie ostrich owl parakeet parrot peacock pelican penguin pigeon raven robin rooster seagull sparrow"
    " starling stork swallow swan turkey vulture",
    "bear": "grizzly",
    "man": "boyfriend brother businessman cowboy dad daddy father fireman fisherman gent granddad grandfather grandpa"
    " groom husband lad policeman salesman uncle waiter",
    "woman": "aunt ballerina blonde bride brunette gal girlfriend grandma grandmother granny mom mother mum policewoman"
    " redhead sister waitress wife",
    "person": "actor adult artist athlete baby baker barista batter boxer bystander carpenter catcher cellist chef"
    " child clerk climber clown cook cop customer dancer diver doctor driver drummer equestrian farmer fielder"
    " firefighter goalie goalkeeper golfer guard guitarist gymnast hiker infant jockey jogger judge kayaker"
    " kid kiddo mechanic merchant musician newborn nurse officer onlooker painter passenger performer"
    " photographer pianist player referee runner sailor seller shopper singer skateboarder skater skier"
    " snowboarder soldier spectator student surfer swimmer teacher teen teenager toddler tot tourist traveler"
    " traveller umpire vendor violinist visitor worker youngster youth",
    "car": "bmw cab convertible coupe hatchback jeep limo limousine mercedes minivan porsche racecar roadster saloon"
    " sedan suv taxi toyota",
    "truck": "firetruck lorry pickup semi tanker tractor",
    "bus": "coach minibus",
    "train": "locomotive railcar subway tram trolley",
    "boat": "barge canoe catamaran dinghy ferry gondola kayak raft rowboat sailboat speedboat yacht",
    "airplane": "airliner biplane jetliner",
    "motorbike": "harley moped motorcycle scooter vespa",
    "bicycle": "bmx tandem tricycle",
    "vehicle": "ambulance van wagon",
    "jacket": "anorak bomber fleece windbreaker",
    "coat": "overcoat parka peacoat raincoat",
    "shirt": "flannel jersey pinafore polo singlet tank tunic undershirt",
    "sweater": "knitwear pullover turtleneck",
    "pants": "chinos corduroys culottes khakis slacks sweatpants",
    "jeans": "denims",
    "dress": "frock gown sundress",
    "skirt": "miniskirt tutu",
    "shoes": "clogs espadrilles moccasins oxfords slippers",
    "boots": "booties wellies",
    "hat": "beanie beret bonnet bowler fedora fez panama sombrero stetson",
    "bag": "crossbody duffel pouch sack satchel",
    "purse": "pocketbook",
    "glasses": "goggles spectacles specs",
    "hair": "bangs bob braids curls dreadlocks haircut hairdo hairstyle ponytail",
    "sofa": "futon loveseat",
    "chair": "armchair deckchair highchair recliner stool",
    "table": "nightstand sideboard worktop",
    "tv": "flatscreen telly",
    "laptop": "macbook",
    "phone": "cellphone iphone",
    "cup": "teacup tumbler",
    "wine glass": "goblet",
    "bottle": "flask thermos",
    "plant": "bush cactus fern ivy shrub",
    "vase": "urn",
    "bed": "bunk cot crib",
    "toilet": "bidet loo",
    "refrigerator": "freezer",
    "oven": "cooker",
    "cake": "cheesecake cupcake gateau pastry",
    "sandwich": "burger cheeseburger hamburger panini",
    "orange": "clementine mandarin tangerine",
    "donut": "bagel",
    "teddy bear": "plush plushie",
    "tree": "birch fir oak pine",
    "road": "asphalt highway lane motorway tarmac",
    "pavement": "curb kerb",
    "building": "apartment church shop skyscraper store",
}
_WITHOUT_NUMBER: Final = frozenset({"hair", "sheep", "pants", "jeans", "shoes", "boots", "sandals", "glasses"})


def _kinds() -> dict[str, str]:
    found = {}
    for kind, names in _NARROWER.items():
        for name in names.split():
            found[plural_of(name)] = kind if kind in _WITHOUT_NUMBER else plural_of(kind)
            found[name] = kind
    return found


KINDS: Final = _kinds()
"""The kind that a narrower name stands for, of singulars and of plurals."""
