"""Saying the same thing in other words.

Composed phrases all sound alike; people write "left dog", "dog far left", "the puppy on the left hand side". Each rule
names a meaning by the forms it is met in and lists the forms it may take. A phrase that no rule knows stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from refseg_annotator.text import SIDE_WORDS
from refseg_annotator.training import asides
from refseg_annotator.training.thesaurus import SYNONYMS


@dataclass(frozen=True, slots=True)
class Rule:
    """Forms a meaning is met in (`x` the thing, `s` a word kept) and the forms it may take."""

    met: tuple[re.Pattern[str], ...]
    says: tuple[str, ...]


def _rule(met: tuple[str, ...], says: tuple[str, ...]) -> Rule:
    return Rule(tuple(re.compile(rf"^(?:the )?{pattern}$") for pattern in met), says)


_X: Final = r"(?P<x>.+?)"
_SIDE: Final = r"(?P<s>left|right)"
_COLOUR: Final = r"(?P<s>black|gray|grey|brown|white|blue|red|pink|green|yellow|purple|orange)"

# The order matters: the first rule that fits is taken.
RULES: Final[tuple[Rule, ...]] = (
    _rule(
        (rf"{_X} on the far {_SIDE}", rf"{_SIDE}most {_X}"),
        (
            "{x} on the far {s}", "{s}most {x}", "the {s}most {x}", "far {s} {x}", "{x} far {s}", "{x} furthest {s}",
            "the {x} farthest to the {s}", "{x} all the way on the {s}", "{x} at the far {s}", "{x} all the way {s}",
            "the {x} at the {s} edge", "{x} on far {s}", "the {x} that is furthest to the {s}",
            "first {x} from the {s}",
        ),
    ),
    _rule(
        (rf"second {_X} from the {_SIDE}",),
        (
            "second {x} from the {s}", "the second {x} from the {s}", "{x} second from {s}", "2nd {x} from the {s}",
            "second {x} from {s}", "second from the {s} {x}", "the {x} that is second from the {s}",
        ),
    ),
    _rule(
        (rf"{_X} on the {_SIDE}(?: side)?", rf"{_X} to the {_SIDE}", rf"{_SIDE} {_X}"),
        (
            "{x} on the {s}", "{x} on the {s} side", "{s} {x}", "{x} on {s}", "{x} to the {s}", "the {s} {x}",
            "{x} {s}", "the {x} on the {s} hand side", "{x} at {s}", "{s} side {x}", "{x} on {s} side",
            "on the {s}, the {x}",
            "{x} in the {s} part of the picture", "the {x} that is on the {s}", "the {x} to the {s} of the photo",
            "{x} on the {s} of the image", "{s}hand {x}", "{x} over on the {s}", "the {x} at the {s}", "{s} most {x}",
        ),
    ),
    _rule(
        (rf"{_X} in the (?:middle|center)", rf"middle {_X}"),
        (
            "{x} in the middle", "{x} in the center", "middle {x}", "center {x}", "the {x} in the centre",
            "{x} in middle", "{x} in center", "the central {x}", "the {x} in the middle of the picture",
            "{x} middle", "{x} center", "the {x} that is in the middle", "the middle {x}",
        ),
    ),
    _rule(
        (rf"{_X} in (?:the )?front",),
        (
            "{x} in front", "front {x}", "{x} in the front", "{x} in the foreground", "the {x} at the front",
            "{x} in foreground", "the front {x}", "{x} up front", "the {x} in front of the others",
        ),
    ),
    _rule(
        (rf"{_X} in the (?:back|background)",),
        (
            "{x} in the back", "{x} in the background", "back {x}", "{x} in back", "{x} in background",
            "the {x} behind", "the {x} at the back", "{x} further back", "background {x}",
        ),
    ),
    _rule(
        (rf"{_X} at the (?P<s>top|bottom)", rf"(?P<s>top|bottom) {_X}"),
        (
            "{x} at the {s}", "{s} {x}", "the {s} {x}", "{x} on the {s}", "{x} on {s}", "{x} at {s}", "{x} {s}",
            "the {x} at the {s} of the picture",
        ),
    ),
    _rule(
        (rf"{_X} between the other two",),
        ("{x} between the other two", "{x} in between", "the {x} between the others"),
    ),
    _rule(
        (rf"(?:largest|biggest|big) {_X}",),
        (
            "largest {x}", "biggest {x}", "the big {x}", "the biggest {x}", "large {x}", "bigger {x}", "big {x}",
            "the larger {x}", "the {x} that is the biggest", "huge {x}",
        ),
    ),
    _rule(
        (rf"(?:smallest|small|little) {_X}",),
        (
            "smallest {x}", "the small {x}", "little {x}", "tiny {x}", "the smaller {x}", "the smallest {x}",
            "small {x}", "the littlest {x}", "the {x} that is the smallest",
        ),
    ),
    _rule(
        (rf"closest {_X}",),
        (
            "closest {x}", "nearest {x}", "the {x} closest to us", "{x} closest to the camera", "the nearest {x}",
            "{x} nearest", "the {x} nearest to the viewer", "closest {x} to us",
        ),
    ),
    _rule(
        (rf"farthest {_X}",),
        (
            "farthest {x}", "furthest {x}", "the {x} farthest away", "{x} furthest away", "the most distant {x}",
            "the {x} far away", "{x} in the distance", "furthest away {x}",
        ),
    ),
    _rule(
        (rf"{_COLOUR} {_X}", rf"{_X} that is {_COLOUR}"),
        (
            "{s} {x}", "the {s} {x}", "{x} that is {s}", "{s} colored {x}", "a {s} {x}", "the {x} which is {s}",
            "{s} coloured {x}", "the {x} of {s} color", "that {s} {x}",
        ),
    ),
    _rule(
        (rf"{_X} (?:near|next to|beside) the (?P<y>.+)",),
        (
            "{x} near the {y}", "{x} next to the {y}", "{x} beside the {y}", "{x} by the {y}", "{x} close to the {y}",
            "the {x} right next to the {y}", "{x} by {y}", "{x} next to {y}", "the {x} that is beside the {y}",
            "{x} near {y}", "{x} alongside the {y}", "the {x} closest to the {y}",
        ),
    ),
    _rule(
        (rf"{_X} with the (?P<y>.+)",),
        ("{x} with the {y}", "{x} with a {y}", "the {x} that has a {y}", "{x} with {y}"),
    ),
    _rule((rf"{_X} riding the (?P<y>.+)",), ("{x} riding the {y}", "{x} on the {y}", "the {x} who rides the {y}")),
    _rule(
        (r"all (?:the )?(?P<x>.+)",),
        ("all the {x}", "all {x}", "all of the {x}", "the {x}", "{x}", "every one of the {x}", "the group of {x}"),
    ),
    _rule(
        (r"both (?P<x>.+)", r"two (?P<x>.+)"),
        ("both {x}", "the two {x}", "two {x}", "both of the {x}", "the pair of {x}"),
    ),
)  # fmt: skip

_PLAIN: Final = (
    "{x}", "the {x}", "a {x}", "that {x}", "this {x}", "{x} in the picture", "the {x} in the photo", "the whole {x}",
    "find the {x}", "the {x} here", "show me the {x}", "select the {x}", "the visible {x}",
)  # fmt: skip

_ROW: Final = {word: row for row in SYNONYMS for word in row[:4]}
_NOUN: Final = re.compile(r"\b(" + "|".join(map(re.escape, sorted(_ROW, key=len, reverse=True))) + r")\b")


def reworded(phrase: str, rng: np.random.Generator, *, plain: bool) -> str:
    """Another way to say `phrase`, drawn at random; `plain` when it names a class and nothing more."""
    said = asides.added(phrase, rng) if rng.random() < 0.2 else phrase
    if said == phrase or not plain:
        said = _restated(said, rng, plain=plain)
    if rng.random() < 0.35:
        said = _by_another_name(said, rng)
    return _worn(said, rng)


def _by_another_name(phrase: str, rng: np.random.Generator) -> str:
    """One of the words that have others for them, replaced."""
    found = list(_NOUN.finditer(phrase))
    if not found:
        return phrase
    word = found[int(rng.integers(len(found)))]
    return phrase[: word.start()] + str(rng.choice(_ROW[word.group()])) + phrase[word.end() :]


def _restated(phrase: str, rng: np.random.Generator, *, plain: bool) -> str:
    if plain:
        return str(rng.choice(_PLAIN)).format(x=phrase.removeprefix("the "))
    for rule in RULES:
        for pattern in rule.met:
            match = pattern.match(phrase)
            if match:
                return str(rng.choice(rule.says)).format(**match.groupdict())
    return phrase


def _worn(phrase: str, rng: np.random.Generator) -> str:
    """Articles dropped, letters swapped: how hurried people type."""
    if rng.random() < 0.15:
        phrase = re.sub(r"\b(the|a|an) ", "", phrase) or phrase
    if rng.random() < 0.03 and len(phrase) > 6:
        place = int(rng.integers(1, len(phrase) - 2))
        phrase = phrase[:place] + phrase[place + 1] + phrase[place] + phrase[place + 2 :]
    return phrase


def joined(colour: str, position: str) -> str | None:
    """One longer phrase of two that mean one object: "the black dog", "dog on the left" -> "black dog on the left".

    None where the two do not name the thing by the same word.
    """
    match = re.match(rf"^(?:the )?{_COLOUR} {_X}$", colour)
    if match is None:
        return None
    thing = match["x"]
    bare = position.removeprefix("the ")
    if not re.search(rf"\b{re.escape(thing)}\b", bare) or re.search(_COLOUR, bare):
        return None
    return re.sub(rf"\b{re.escape(thing)}\b", f"{match['s']} {thing}", bare, count=1)


_DRESSED: Final = (
    "{x} in the {y}", "{x} in {y}", "{x} wearing the {y}", "{x} wearing a {y}", "the {x} in a {y}",
    "the {x} wearing {y}", "{x} with a {y}", "{x} who wears the {y}", "the {x} dressed in the {y}", "{x} with the {y}",
    "{x} who has the {y}",
)  # fmt: skip


def dressed(person: str, garment: str, rng: np.random.Generator) -> str:
    """A person told by what he or she wears: "the woman", "the red dress" -> "woman in the red dress"."""
    bare, worn = (re.sub(r"^(?:the|a|an) ", "", phrase) for phrase in (person, garment))
    return str(rng.choice(_DRESSED)).format(x=bare, y=worn)


def every_word() -> frozenset[str]:
    """All words that the rules and rows can produce, for the vocabulary."""
    forms = (
        [form for rule in RULES for form in rule.says]
        + [*_PLAIN, *_DRESSED]
        + [word for row in SYNONYMS for word in row]
    )
    forms += asides.every_form()
    text = " ".join(forms).replace("{s}most", "leftmost rightmost").replace("{s}hand", "lefthand righthand")
    words = re.findall(r"[a-z0-9-]+", text)
    return frozenset(words) - {"x", "s", "y"} | frozenset(SIDE_WORDS)
