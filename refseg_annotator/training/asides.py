"""What people add that decides nothing: "the dog *lying there*", "*her* bag", "the scarf *around the neck*".

Real phrases name actions, owners and places on the body. An aside is drawn by chance for phrases that fit and for those
that do not alike, so that no phrase is true or false by it; what it teaches is to find the thing in a longer sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np


@dataclass(frozen=True, slots=True)
class Asides:
    """Nouns, what may follow them, and what may stand before them in place of an article."""

    nouns: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...] = ()


_OWNERS: Final = ("her", "his", "the woman's", "the man's", "the person's", "their")
_WORN: Final = (
    "she is wearing", "he is wearing", "she has on", "he has on", "worn by the woman", "worn by the person",
    "on the model", "of the lady", "that she wears", "she wears",
)  # fmt: skip

ASIDES: Final[tuple[Asides, ...]] = (
    Asides(
        ("dog", "cat", "horse", "cow", "sheep", "puppy", "kitten", "kitty", "pony", "bull", "lamb", "animal"),
        (
            "sitting", "sitting down", "lying down", "lying there", "standing", "standing there", "walking", "resting",
            "looking at the camera", "looking at us", "looking up", "that is sitting", "that is standing", "asleep",
            "with its head up", "on the ground", "on the floor", "walking away", "facing us", "seen from the side",
            "running", "sleeping", "sitting on the floor", "standing in the grass", "with a collar",
        ),
    ),
    Asides(
        ("person", "man", "woman", "guy", "lady", "girl", "boy", "pedestrian", "gentleman"),
        (
            "standing", "standing there", "sitting", "walking", "posing", "looking at the camera", "who is standing",
            "posing for the photo", "seen from behind", "looking away", "smiling", "with the hand up", "in the street",
            "holding something", "working", "who is sitting", "facing us", "with dark hair", "leaning over",
        ),
    ),
    Asides(
        ("car", "truck", "bus", "vehicle", "motorbike", "bicycle", "bike", "train"),
        ("parked", "parked there", "on the road", "driving", "that is parked", "on the street", "waiting", "stopped"),
    ),
    Asides(
        ("hat", "cap", "hair", "sunglasses", "glasses", "shades"),
        ("on the head", "on her head", "on his head", "of the woman", "of the person", "she is wearing", "on her face"),
        _OWNERS,
    ),
    Asides(
        ("shoes", "boots", "sandals", "heels", "pumps", "loafers", "sneakers", "flats", "wedges", "socks", "stockings"),
        ("on the feet", "on her feet", "on his feet", *_WORN),
        _OWNERS,
    ),
    Asides(
        ("bag", "purse", "handbag", "wallet", "backpack", "suitcase", "umbrella"),
        (
            "in her hand", "in his hand", "she is carrying", "he is carrying", "she carries", "over the shoulder",
            "on the arm", "hanging from the shoulder", "being carried", "held by the woman",
        ),
        _OWNERS,
    ),
    Asides(
        ("scarf", "tie", "necklace"),
        ("around the neck", "around her neck", "around his neck", *_WORN),
        _OWNERS,
    ),
    Asides(
        (
            "shirt", "blouse", "t-shirt", "top", "sweater", "sweatshirt", "jumper", "cardigan", "vest", "coat",
            "jacket", "blazer", "suit", "dress", "skirt", "pants", "trousers", "jeans", "shorts", "leggings", "romper",
            "belt", "tights", "cape", "bodysuit", "gloves",
        ),
        _WORN,
        _OWNERS,
    ),
    Asides(
        ("bottle", "cup", "mug", "bowl", "book", "laptop", "plant", "vase", "spoon", "knife", "fork", "clock"),
        ("on the table", "standing there", "lying there", "in the room", "that you can see"),
    ),
    Asides(
        ("chair", "sofa", "table", "bed", "tv", "oven", "refrigerator", "sink", "toilet", "bench"),
        ("in the room", "standing there", "that you can see", "over there"),
    ),
)  # fmt: skip

_OF_NOUN: Final = {noun: row for row in ASIDES for noun in row.nouns}
_NOUN: Final = re.compile(
    r"(?P<article>\b(?:the|a) )?(?P<kept>(?:\w+ )?)\b(?P<noun>"
    + "|".join(map(re.escape, sorted(_OF_NOUN, key=len, reverse=True)))
    + r")\b(?![-'])"
)
_SAID_ALREADY: Final = re.compile(r"ing\b|\b(?:that|who|which|her|his|both|all|two|second|the other)\b")


def added(phrase: str, rng: np.random.Generator) -> str:
    """`phrase` with an aside at its first noun that one is known for; as it is where none is or it has its own."""
    match = None if _SAID_ALREADY.search(phrase) else _NOUN.search(phrase)
    if match is None:
        return phrase
    row = _OF_NOUN[match["noun"]]
    if row.before and not phrase[: match.start()] and rng.random() < 0.4:
        owner = str(rng.choice(row.before))
        return f"{owner} {match['kept']}{match['noun']}{phrase[match.end() :]}"
    return f"{phrase[: match.end()]} {rng.choice(row.after)}{phrase[match.end() :]}"


def every_form() -> list[str]:
    """All asides, for the vocabulary."""
    return [form for row in ASIDES for form in (*row.after, *row.before, *row.nouns)]
