"""What is left of a phrase without the words that training never met: "black cat with a white bib" says "black cat".

A network that was taught some hundred words knows all others by their vectors alone. Where such a word names the thing
("pony"), its vector must do; where it describes it ("with a white bib", "leopard print"), it misleads more often than
it helps. A phrase with such words, or a long one, is therefore read twice, as it is and plainly, and each reading
counts by the quality that the network expects of it. Where a strange word is the name of something narrower than what
was taught ("greyhound"), the second reading has the kind instead (`inference.kinds_of_things`).

The phrase is split into parts for this (`inference.phrase_parts`); what that gets wrong is read beside the phrase
itself, not instead of it.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.inference.kinds_of_things import KINDS
from refseg_annotator.inference.phrase_parts import (
    NEUTRAL,
    PREPOSITIONS,
    QUALITIES,
    RELATIVE,
    content_of,
    phrase_parts,
    tells_place,
)
from refseg_annotator.text import plural_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray


_TOLD: Final = 2  # things said of a thing, beside its place, from beyond which on a phrase is a long one
_LETTERS: Final = 5  # of the shortest word whose spelling is mended: of short ones too many are alike
_ALIKE: Final = 0.84  # share of letters that a misspelt word has in common with what is meant
_HOPE: Final = 0.02  # what a reading of no expected quality still counts


class TaughtWords:
    """The words that a network met in training, each with its plural.

    Attributes:
        vocabulary: all words that it has vectors for; what is not among them may be misspelt.
    """

    def __init__(self, taught: Iterable[str], vocabulary: Collection[str]) -> None:
        known = {word for word in taught if word.isalpha() or "-" in word}
        self._known: Final = known | {plural_of(word) for word in known if len(word) > 2}
        self.vocabulary = vocabulary

    def strange(self, word: str) -> bool:
        """Whether a word says something that training never met."""
        return not (word in self._known or word in NEUTRAL or word in PREPOSITIONS or word.isdigit())

    def spelt(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words, misspelt ones mended."""
        return tuple(map(self._mended, words))

    def _mended(self, word: str) -> str:
        """The taught word that a misspelt one is like, or the word itself."""
        if len(word) < _LETTERS or word in self.vocabulary or not self.strange(word):
            return word
        swapped = (known for known in self._known if known[0] == word[0] and sorted(known) == sorted(word))
        return (*swapped, *difflib.get_close_matches(word, self._known, n=1, cutoff=_ALIKE), word)[0]

    def plain(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """What `words` say in short; None where that is all they say, or nothing.

        A strange noun that names the thing and is of no taught kind stays, with all that stands before it. Of a phrase
        that says several things of its thing besides, places alone are kept: training's phrases say one such thing,
        seldom two.
        """
        if not words:
            return None
        first, *parts = phrase_parts(words, self.strange)
        first, parts = self._by_kind(first), [[part[0], *self._by_kind(part[1:])] for part in parts]
        content = content_of(first)
        kept = first
        if content and not self.strange(content[-1]):
            kept = [word for word in first if not self.strange(word)]
        elif content and all(map(self.strange, content)) and parts and parts[0][0] == "of":
            measured = content_of(parts[0])  # "slice of cake" is cake
            if measured and not self.strange(measured[-1]):
                kept = []
                parts[0] = parts[0][1:]
        told = list(self._told(parts))
        if sum(_tells_more(part) for part in told) > _TOLD:
            told = [part for part in told if not _tells_more(part)]
        left = [*kept, *(word for part in told for word in part)]
        if left == list(words):
            return None
        while left and (left[-1] in PREPOSITIONS or (left[-1] in NEUTRAL and left[-1] not in ("one", "ones"))):
            left.pop()
        return tuple(left) if content_of(left) else None

    def _by_kind(self, words: list[str]) -> list[str]:
        """A noun with what describes it; one narrower than what was taught by its kind ("big greyhound", "big dog")."""
        kind = KINDS.get(words[-1], "") if words and self.strange(words[-1]) else ""
        if not kind or any(map(self.strange, kind.split())):
            return words
        others = max((place + 1 for place, word in enumerate(words) if word == "and"), default=0)
        described = [word for word in words[others:-1] if not content_of([word]) or word in QUALITIES]
        return [*words[:others], *described, *kind.split()]

    def _told(self, parts: Iterable[list[str]]) -> Iterator[list[str]]:
        """The parts that say something known, without what is strange in them."""
        passed_over = False
        for part in parts:
            content = content_of(part)
            if not content:
                continue
            if passed_over and not tells_place(part) and part[0] not in RELATIVE:
                continue  # it tells of what was passed over: "with paint on its face"
            passed_over = self.strange(part[0]) or (self.strange(content[-1]) and not tells_place(part))
            if not passed_over:
                yield [word for word in part if not self.strange(word)]


def _tells_more(part: Sequence[str]) -> bool:
    """Whether a part says neither what ("pair of horses") nor where."""
    return part[0] != "of" and not tells_place(part)


def reading_weights(qualities: Sequence[float]) -> NDArray[np.float64]:
    """How much readings of one phrase count, by the IoU (0..1) that each expects of its mask; together 1."""
    hopes = np.asarray(qualities, dtype=np.float64) + _HOPE
    return np.asarray(hopes / hopes.sum())


def joined_readings(maps: Sequence[NDArray[np.float32]], weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Logits (H, W) of the weighted mean of the probabilities that several maps of logits stand for."""
    inside, outside = (
        np.logaddexp.reduce(
            [np.log(weight) - np.logaddexp(0, -sign * one) for weight, one in zip(weights, maps, strict=True)]
        )
        for sign in (1, -1)
    )
    return np.asarray(inside - outside, dtype=np.float32)
