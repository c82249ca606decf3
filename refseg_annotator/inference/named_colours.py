"""Whether an answer has the colour that its phrase gives it: "the red car" is not the silver one beside the road.

A network that answers with "the" car where there is but one has hardly looked at its colour. What a colour word says of
a thing can be looked up in the photo, though: of what the answer marks, some pixels must be such as people call by that
word. Words mean much ("white" is a cow in the shade, "brown" a horse in the sun), so that only an answer of which next
to nothing can be meant is doubted. The bounds below are in CIE Lab (D65): lightness 0..100, chroma, hue in degrees.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np

from refseg_annotator.inference.kinds_of_things import KINDS
from refseg_annotator.inference.phrase_parts import content_of, phrase_parts, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


class _Bounds(NamedTuple):
    """What may be called by a word: hues clockwise from `hue[0]` to `hue[1]`, least and largest chroma, lightness."""

    hue: tuple[float, float] | None = None
    chroma: tuple[float, float] = (0.0, 200.0)
    lightness: tuple[float, float] = (0.0, 101.0)  # the conversion rounds white above 100


_BOUNDS: Final = {
    "black": _Bounds(chroma=(0, 22), lightness=(0, 38)),
    "white": _Bounds(chroma=(0, 22), lightness=(56, 101)),
    "white in the shade": _Bounds(chroma=(0, 12), lightness=(33, 101)),
    "grey": _Bounds(chroma=(0, 13), lightness=(15, 90)),
    "red": _Bounds(hue=(335, 50), chroma=(14, 200)),
    "orange": _Bounds(hue=(25, 90), chroma=(18, 200), lightness=(25, 101)),
    "yellow": _Bounds(hue=(60, 120), chroma=(14, 200), lightness=(35, 101)),
    "green": _Bounds(hue=(95, 200), chroma=(7, 200)),
    "blue": _Bounds(hue=(190, 315), chroma=(5, 200)),
    "purple": _Bounds(hue=(270, 355), chroma=(7, 200)),
    "pink": _Bounds(hue=(300, 50), chroma=(7, 200), lightness=(30, 101)),
    "brown": _Bounds(hue=(15, 105), chroma=(4, 200), lightness=(0, 75)),
}
_MEANT: Final = {word: (word,) for word in _BOUNDS if " " not in word} | {
    "white": ("white", "white in the shade"),
    "gray": ("grey",),
    "silver": ("grey", "white", "blue"),
    "golden": ("yellow", "orange", "brown"),
    "ginger": ("orange", "brown"),
    "beige": ("brown", "yellow", "white"),
    "tan": ("brown", "yellow", "orange"),
    "navy": ("blue", "black"),
    "maroon": ("red", "brown", "purple"),
    "crimson": ("red",),
    "scarlet": ("red",),
    "violet": ("purple",),
    "lilac": ("purple", "pink"),
    "lavender": ("purple", "pink"),
    "turquoise": ("blue", "green"),
    "teal": ("blue", "green"),
    "olive": ("green", "yellow", "brown"),
    "khaki": ("green", "yellow", "brown"),
}

_NEUTRAL: Final = word_set("black white grey")
CHROMATIC: Final = word_set("red orange yellow green blue purple pink")
"""Words that nothing black, white, grey or brown is called by."""

_PEOPLE: Final = word_set(
    "person people man men woman women boy boys girl girls lady ladies guy guys gentleman gentlemen male female human"
    " dude chap folks family couple crowd"
)
"""A black man is no more black than a white one is white."""

_OTHERWISE: Final = word_set(
    "wine tea coffee onion onions cabbage pepper light lights signal board hair grape grapes meat bread"
)
"""What is called by a colour that it need not have: white wine, a red light that is out."""

_GARMENTS: Final = word_set(
    "shirt shirts t-shirt tshirt tee top blouse sweater jumper hoodie sweatshirt cardigan pullover jacket jackets coat"
    " coats blazer vest dress dresses skirt gown pants trousers jeans leggings tights shorts suit suits jumpsuit romper"
    " robe uniform jersey overalls outfit"
)
_THINGS: Final = _PEOPLE | _GARMENTS | KINDS.keys() | frozenset(KINDS.values())
_WORN: Final = word_set("in with wearing")

_LIMIT: Final = 0.12
"""Share of what is marked that must be such as its colour says."""

_PATCH_LIMIT: Final = 0.03
"""The same of each of several colours: a tan and white dog may be tan about the ears alone."""

_WORN_LIMIT: Final = 0.02
"""The same of somebody who is told by a garment of a colour."""

_LIT: Final = (15.0, 97.0)
"""Lightness of pixels that tell of the light."""

_GREYISH: Final = 6.0
"""Chroma that next to nothing exceeds in a photo without colours."""

_TINTED: Final = 20.0
"""Mean chroma, all of one hue, from which on nothing white looks white."""

_ONE_HUE: Final = 0.9
"""Length of the mean of unit vectors in the hues' directions; 1 where all are one."""

_MOST_SEEN: Final = 20_000
"""Pixels that are looked at; evenly spread, more say nothing more."""

_LARGE_PHOTO: Final = 1_000_000
"""Pixels of a photo of which each is looked at."""


@dataclass(frozen=True, slots=True)
class NamedColour:
    """A colour that a phrase gives to the thing it means, or to what that wears.

    Attributes:
        word: as the phrase has it.
        limit: the share of the thing's pixels that must be such at least, 0..1.
    """

    word: str
    limit: float


def named_colours(words: Sequence[str]) -> tuple[NamedColour, ...]:
    """The colours that a phrase, as `text.split_words` gives it, says of what it means."""
    if "not" in words or "or" in words or "except" in words:
        return ()
    first, *parts = phrase_parts(words, lambda _: True) or [[]]
    own = () if _is_people(content_of(first)[-1:]) else _before_noun(first)
    found = [NamedColour(word, _LIMIT if len(own) == 1 else _PATCH_LIMIT) for word in own]
    for part in parts:
        if part[0] in _WORN and content_of(part)[-1:] and content_of(part)[-1] in _GARMENTS:
            found += [NamedColour(word, _WORN_LIMIT) for word in _before_noun(part)]
    return tuple(found)


def _before_noun(part: Sequence[str]) -> tuple[str, ...]:
    """The colour words that stand together before the noun of a part."""
    content = [word for word in content_of(itertools.takewhile(lambda word: word != "to", part)) if word not in _WORN]
    first = next((place for place, word in enumerate(content) if word in _MEANT), len(content))
    after = next((place for place in range(first, len(content)) if content[place] not in _MEANT), len(content))
    another = _THINGS.intersection(content[:first])  # "guy red shirt"
    if after >= len(content) or another or content[after].endswith("ed") or content[-1] in _OTHERWISE:
        return ()
    return tuple(content[first:after])


def _is_people(nouns: Iterable[str]) -> bool:
    return any(noun in _PEOPLE or KINDS.get(noun) in _PEOPLE for noun in nouns)


@dataclass(frozen=True, slots=True)
class ColourDoubt:
    """A colour that a phrase gives and its answer hardly has.

    Attributes:
        word: the colour, as the phrase has it.
        fit: what is such, as a part of what must be at least: below 1, 0 for nothing.
    """

    word: str
    fit: float


def colour_doubt(words: Sequence[str], picture: NDArray[np.uint8], mask: NDArray[np.bool_]) -> ColourDoubt | None:
    """The colour that speaks most against an answer; None where none does, or the light tells nothing.

    Args:
        words: the phrase's, as `text.split_words` gives them.
        picture: uint8 (H, W, 3) RGB.
        mask: (H, W), what the answer marks.
    """
    colours = named_colours(words)
    if not colours or not mask.any():
        return None
    step = max(1, math.isqrt(mask.size // _LARGE_PHOTO))
    thin = mask[::step, ::step]
    pixels = picture[::step, ::step][thin] if np.count_nonzero(thin) >= _MOST_SEEN else picture[mask]
    doubts = [ColourDoubt(colour.word, colour_share(pixels, colour.word) / colour.limit) for colour in colours]
    doubts = [doubt for doubt in doubts if doubt.fit < 1]
    if not doubts:
        return None
    light = _light_of(picture)
    told = [d for d in doubts if not (light.is_tinted if _NEUTRAL.intersection(_MEANT[d.word]) else light.is_grey)]
    return min(told, key=lambda doubt: doubt.fit, default=None)


def colour_share(pixels: NDArray[np.uint8], word: str) -> float:
    """How much of pixels uint8 (n, 3) RGB may be called by a colour word, 0..1; 0 of none."""
    if not len(pixels):
        return 0.0
    lightness, chroma, hue = _lab(pixels)
    found = np.zeros(len(lightness), np.bool_)
    for name in _MEANT[word]:
        bounds = _BOUNDS[name]
        such = (chroma >= bounds.chroma[0]) & (chroma <= bounds.chroma[1])
        such &= (lightness >= bounds.lightness[0]) & (lightness <= bounds.lightness[1])
        if bounds.hue is not None:
            start, end = bounds.hue
            such &= (hue - start) % 360 <= (end - start) % 360
        found |= such
    return float(found.mean())


class _Light(NamedTuple):
    """What a photo as a whole lets one see: without colours no red, in the light of a candle no white."""

    is_grey: bool
    is_tinted: bool


def _light_of(picture: NDArray[np.uint8]) -> _Light:
    lightness, chroma, hue = _lab(picture.reshape(-1, 3))
    seen = (lightness > _LIT[0]) & (lightness < _LIT[1])
    if not seen.any():
        return _Light(is_grey=False, is_tinted=False)
    chroma, hue = chroma[seen], hue[seen]
    coloured = np.radians(hue[chroma > _GREYISH])
    together = abs(np.exp(1j * coloured).mean()) if len(coloured) else 0.0
    return _Light(
        is_grey=bool(np.percentile(chroma, 99) < _GREYISH),
        is_tinted=bool(np.median(chroma) > _TINTED and together > _ONE_HUE),
    )


def _lab(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Lightness, chroma and hue in degrees, (m,) each, of pixels (n, 3), of at most `_MOST_SEEN` of them."""
    pixels = pixels[:: -(-len(pixels) // _MOST_SEEN)]
    lab = cv2.cvtColor(pixels[None].astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)[0]
    return lab[:, 0], np.hypot(lab[:, 1], lab[:, 2]), np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
