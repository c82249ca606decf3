"""Phrases that name a thing by its size among its kind, "the smallest dog": the parts of all of its kind are compared.

A network that answers for each pixel sees how large a thing looks, not that another is larger. Where a phrase says no
more than a size and a kind, all of that kind are asked for too, and of the parts they fall into the largest or smallest
is taken. What is nearer looks larger, so that "closest" and "farthest" are read the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.inference.expected_overlap import as_logit, lowered_parts, sizes_and_means
from refseg_annotator.text import is_plural, plural_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_LARGE: Final = "big|bigger|biggest|large|larger|largest|huge|closer|closest|nearer|nearest"
_SMALL: Final = "small|smaller|smallest|little|littlest|tiny|tiniest|farther|farthest|further|furthest|most distant"
_SIZE: Final = rf"(?P<size>{_LARGE}|{_SMALL})"
_KIND: Final = r"(?P<kind>\w[\w'-]*(?: \w[\w'-]*){0,2}?)"
_TAIL: Final = (
    r"(?: (?:away|to (?:us|me|you|the (?:camera|viewer|front))|from (?:us|me|the (?:camera|viewer))|"
    r"(?:in|of) (?:the|this) (?:picture|photo|image|scene|group)|of (?:them )?all))*"
)
_MANNERS: Final = tuple(
    re.compile(rf"(?:(?:the|a|an|that|this) )?{manner}{_TAIL}")
    for manner in (
        rf"{_SIZE}(?: one)? of (?:all )?(?:the |these )?(?:two |three |four |both )?{_KIND}",
        rf"{_SIZE} {_KIND}",
        rf"{_KIND} (?:(?:that|which|who) is )?(?:the )?{_SIZE}",
    )
)
# A kind with one of these in it says more than a kind: where it is, what it does or wears, that there are several.
_MORE_THAN_A_KIND: Final = re.compile(
    r"\b(?:a|above|across|all|an|and|another|are|around|as|at|away|back|behind|below|beside|between|bottom|both|by|cent(?:er|re)"
    r"|corner|down|eating|except|facing|far|first|for|four|from|front|group|has|have|holding|in|inside|into|is|its?|lying"
    r"|last|left|leftmost|looking|middle|most|near|next|not|of|off|on|ones?|only|or|others?|over|pair|part|right|rightmost"
    r"|riding|running|second|side|sitting|sleeping|standing|that|the|their|third|three|to|top|towards?|two|under|up|walking"
    rf"|wearing|which|who|whole|whose|with|without|{_LARGE}|{_SMALL})\b"
)

_SURE: Final = 0.5  # mean probability of a part that counts as one of its kind
_LEAST_SHARE: Final = 0.0012  # of the picture, for a part to be a thing and no speck
_LEAST_BESIDE: Final = 0.02  # of the largest part
_THE_SAME: Final = 0.5  # IoU with the network's own answer above which that one stays


@dataclass(frozen=True, slots=True)
class SizeComparison:
    """What a phrase compares.

    Attributes:
        kind: phrases that ask for all of its kind.
        largest: the largest is meant, else the smallest.
    """

    kind: tuple[str, ...]
    largest: bool


def size_comparison(words: Sequence[str]) -> SizeComparison | None:
    """What a phrase compares, or None where it does not name one thing by its size among its kind alone.

    Args:
        words: the phrase's, as `text.split_words` gives them.
    """
    phrase = " ".join(words)
    for manner in _MANNERS:
        found = manner.fullmatch(phrase)
        if found is None or _MORE_THAN_A_KIND.search(found["kind"]):
            continue
        kind, several = found["kind"], manner is _MANNERS[0]
        if plural_of(kind) != kind if several else is_plural(kind):
            return None  # "the big dogs" are several, "the bigger of the dog" is nothing
        asked = (f"all {plural_of(kind)}",) if several else (f"all {plural_of(kind)}", f"the {kind}")
        return SizeComparison(asked, largest=found["size"] in _LARGE.split("|"))
    return None


def by_size(
    own: NDArray[np.float32], kind: NDArray[np.float32], threshold: float, *, largest: bool
) -> NDArray[np.float32]:
    """The map of the phrase `own`, or that of the largest or smallest part of `kind`, where there are several.

    Args:
        own: logits (H, W) that answer the phrase itself.
        kind: logits (H, W) of all things of its kind.
        threshold: probability above which a pixel belongs to a mask.
    """
    level = np.float32(as_logit(threshold))
    count, parts = cv2.connectedComponents((kind > level).astype(np.uint8), connectivity=8)
    areas, means = sizes_and_means(kind, parts, count)
    things = (areas >= _LEAST_SHARE * kind.size) & (means > _SURE)
    things[0] = False
    if things.any():
        things &= areas >= _LEAST_BESIDE * areas[things].max()
    numbers = np.flatnonzero(things)
    if len(numbers) < 2:
        return own
    chosen = int(numbers[np.argmax(areas[numbers]) if largest else np.argmin(areas[numbers])])
    answered, part = own > level, parts == chosen
    if np.count_nonzero(answered & part) > _THE_SAME * np.count_nonzero(answered | part):
        # The network meant it too and knows its outline; what else it showed is another thing.
        count, parts = cv2.connectedComponents(answered.astype(np.uint8), connectivity=8)
        beside = np.bincount(parts[part], minlength=count) == 0
        beside[0] = False
        return lowered_parts(own, parts, beside, threshold) if beside.any() else own
    others = np.ones(count, dtype=np.bool_)
    others[[0, chosen]] = False
    return lowered_parts(kind, parts, others, threshold)
