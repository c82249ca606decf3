"""Phrases that fit nothing in a photo, composed so that they are hard: nearly right, and wrong in one point.

A phrase counts as wrong only where the photo's annotations can tell: a class is absent when the photo's source labels
that class and no instance of it, nor of a class it may be taken for, is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from refseg_annotator.text import plural_of

# Classes that may be meant by each other's names: the presence of one forbids the other as "absent".
_KIN: Final[tuple[frozenset[str], ...]] = (
    frozenset({"person", "pedestrian", "cyclist", "rider"}),
    frozenset({"car", "vehicle", "truck", "bus", "motorbike", "bicycle", "train", "obstacle"}),
    frozenset({"bag", "handbag", "purse", "wallet", "backpack", "suitcase"}),
    frozenset({"shirt", "blouse", "t-shirt", "top", "sweater", "sweatshirt", "jumper", "cardigan", "vest", "bodysuit"}),
    frozenset({"coat", "jacket", "blazer", "cape", "cardigan", "hoodie", "suit", "sweater"}),
    frozenset({"pants", "jeans", "leggings", "tights", "stockings", "shorts", "romper", "suit"}),
    frozenset({"shoes", "boots", "heels", "pumps", "sandals", "flats", "loafers", "wedges", "sneakers"}),
    frozenset({"dress", "skirt", "romper", "suit"}),
    frozenset({"glasses", "sunglasses"}),
    frozenset({"socks", "stockings", "tights"}),
    frozenset({"necklace", "bracelet"}),
    frozenset({"scarf", "tie"}),
    frozenset({"cup", "mug", "bowl", "wine glass", "bottle", "vase"}),
    frozenset({"oven", "microwave", "refrigerator", "toaster"}),
    frozenset({"tv", "laptop", "keyboard", "mouse", "cell phone", "remote"}),
    frozenset({"sofa", "chair", "bench", "bed"}),
    frozenset({"table", "wall", "floor"}),
    frozenset({"road", "pavement", "floor", "sand", "snow", "grass"}),
    frozenset({"sea", "river", "water"}),
    frozenset({"mountain", "rock"}),
    frozenset({"tree", "plant", "grass"}),
    frozenset({"cake", "donut", "sandwich", "hot dog", "pizza"}),
    frozenset({"building", "wall", "fence"}),
)
_ANIMALS: Final = frozenset(
    {"dog", "cat", "horse", "cow", "sheep", "bird", "bear", "zebra", "giraffe", "elephant", "teddy bear"}
)
_GENERAL: Final = frozenset({"animal", "human", "vehicle", "thing", "object"})

# Colours that nobody takes for one another.
_FAR_COLOURS: Final[Mapping[str, tuple[str, ...]]] = {
    "black": ("red", "yellow", "pink", "green", "orange", "white"),
    "white": ("red", "blue", "green", "purple", "black", "yellow"),
    "gray": ("red", "yellow", "green", "pink", "orange", "purple"),
    "grey": ("red", "yellow", "green", "pink", "orange", "purple"),
    "brown": ("blue", "green", "pink", "purple", "yellow"),
    "blue": ("red", "yellow", "pink", "orange", "brown"),
    "red": ("blue", "green", "yellow", "white", "black"),
    "pink": ("green", "blue", "black", "yellow"),
    "green": ("red", "pink", "purple", "orange", "blue"),
    "yellow": ("blue", "purple", "black", "pink"),
    "purple": ("yellow", "green", "orange", "white"),
    "orange": ("blue", "green", "purple", "black"),
}
_COLOUR: Final = re.compile(r"\b(" + "|".join(_FAR_COLOURS) + r")\b")


def kin_of(category: str) -> frozenset[str]:
    """The classes that `category` may be taken for, itself included."""
    return frozenset({category}).union(*(row for row in _KIN if category in row))


def kin_of_any(present: Iterable[str]) -> frozenset[str]:
    """The classes that something among those `present` may be taken for, themselves included."""
    return frozenset().union(*(kin_of(category) for category in present))


def taken_by(present: frozenset[str]) -> frozenset[str]:
    """As `kin_of_any`, where one animal is any "animal"."""
    taken = kin_of_any(present)
    return taken | _ANIMALS if present & _ANIMALS else taken


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of a photo: its class and its box's centre and extent, as shares of the photo's width."""

    category: str
    centre: float
    extent: float


def wrong_class(
    present: frozenset[str], known: Mapping[str, Sequence[str]], rng: np.random.Generator, *, unsafe: frozenset[str]
) -> str | None:
    """A phrase for a class that is not there: `known` maps the source's classes to phrases met for them."""
    taken = kin_of_any(present) | unsafe
    choices = [category for category in known if category not in taken]
    if present & _ANIMALS and rng.random() < 0.6:  # an animal for an animal is the confusion that matters
        choices = [category for category in choices if category in _ANIMALS] or choices
    if not choices:
        return None
    phrases = known[choices[int(rng.integers(len(choices)))]]
    phrase = phrases[int(rng.integers(len(phrases)))]
    return None if _GENERAL & set(phrase.split()) else phrase


_PLACE: Final = re.compile(r"\b(on|in|at|near|next|beside|behind|with|from|that|which|left|right)\b")
_LINKS: Final = (
    "next to the",
    "near the",
    "beside the",
    "behind the",
    "in front of the",
    "on the",
    "by the",
    "with the",
)


def beside(absent: str, there: Sequence[str], rng: np.random.Generator) -> str:
    """An absent thing named by its neighbour that is there, which must not be taken for what is asked.

    `absent` is a phrase for what is not in the photo, `there` the classes that are. A phrase with a place of its own
    stays as it is.
    """
    if not there or _PLACE.search(absent):
        return absent
    return f"{absent} {rng.choice(_LINKS)} {there[int(rng.integers(len(there)))]}"


_PERSONS: Final = kin_of("person")
_DONE_BY_PERSONS: Final = ("riding", "holding", "with", "carrying", "wearing", "in", "next to", "pulling", "touching")
_STOOD_BY_THINGS: Final = ("next to", "near", "with", "on", "behind", "in front of", "under", "beside")


def with_absent(there: str, absent: str, rng: np.random.Generator) -> str:
    """A class that is there, told by an absent thing beside it: what is asked is not there either.

    `absent` is a phrase for what is not in the photo; one with a place of its own stays as it is.
    """
    if _PLACE.search(absent):
        return absent
    links = _DONE_BY_PERSONS if there in _PERSONS else _STOOD_BY_THINGS
    thing = absent.removeprefix("the ")
    return f"{rng.choice(('', 'the '))}{there} {rng.choice(links)} {rng.choice(('the', 'a'))} {thing}"


def wrong_colour(phrase: str, same_class: int, rng: np.random.Generator) -> str | None:
    """A colour phrase with a colour nobody would give its object; only where no second object of the class is there."""
    match = _COLOUR.search(phrase)
    if match is None or same_class != 1:
        return None
    return phrase[: match.start()] + str(rng.choice(_FAR_COLOURS[match.group()])) + phrase[match.end() :]


def wrong_place_or_count(noun: str, things: Sequence[Thing], rng: np.random.Generator) -> str | None:
    """For the only object of its class: on the other side, one of two, second from a side."""
    if len(things) != 1:
        return None
    thing = things[0]
    plural = plural_of(noun)
    choices = [f"two {plural}", f"both {plural}", f"second {noun} from the left", f"second {noun} from the right"]
    if thing.extent < 0.45 and thing.centre < 0.33:
        choices += [f"{noun} on the right", f"{noun} on the far right", f"right {noun}"] * 2
    if thing.extent < 0.45 and thing.centre > 0.67:
        choices += [f"{noun} on the left", f"{noun} on the far left", f"left {noun}"] * 2
    return str(rng.choice(choices))
