"""Phrases to word ids, without torch: the whole sentence is read, unknown words are reported.

A phrase is never split at commas or full stops: every word of it goes to the network, in its order.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import BundleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

PAD: Final = "<pad>"
UNKNOWN: Final = "<unk>"
PAD_ID: Final = 0
UNKNOWN_ID: Final = 1

# A phrase longer than this is cut before anything looks at it: no sentence that names one object comes near.
LONGEST_PHRASE: Final = 2000

# A vocabulary file beyond this is none: 400,000 words take 4 MB.
_LARGEST_FILE: Final = 64 << 20

# A word is a run of letters, digits and marks; hyphens and apostrophes inside it belong to it ("t-shirt", "man's").
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*", re.UNICODE)

# "the man w/ sunglasses", "a mug w/o handle": as people type "with" and "without".
_SHORT_WITH: Final = re.compile(r"(?<![^\W_])w/(o(?![^\W_]))?")


def split_words(phrase: str) -> tuple[str, ...]:
    """The words of `phrase`, lower-cased and in Unicode form NFKC; punctuation and control characters part them.

    "w/" and "w/o" are read as the words they stand for.
    """
    text = unicodedata.normalize("NFKC", phrase[:LONGEST_PHRASE]).casefold()
    text = _SHORT_WITH.sub(lambda short: "without " if short[1] else "with ", text)
    return tuple(match.group().replace("\u2019", "'") for match in _WORD.finditer(text))


def demand_words(phrase: str) -> None:
    """UsageError unless a phrase holds a word; no model is needed to know, and to load one takes seconds."""
    if not split_words(phrase):
        raise UsageError(f"The phrase {phrase!r} holds no word; say what to segment, such as 'the dog on the left'.")


_MIRROR: Final = {
    "left": "right",
    "leftmost": "rightmost",
    "lefthand": "righthand",
    "left-hand": "right-hand",
    "leftward": "rightward",
}
SIDE_WORDS: Final = {**_MIRROR, **{right: left for left, right in _MIRROR.items()}}
"""Words of a side, each with that of the other side."""

_SIDE_WORD: Final = re.compile(r"\b(" + "|".join(sorted(SIDE_WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE)


def mirrored(phrase: str) -> str:
    """The phrase for the mirrored picture: every word of a side changes sides, "second from the left" included."""
    return _SIDE_WORD.sub(lambda match: SIDE_WORDS[match.group().lower()], phrase)


_ONE_AS_MANY: Final = frozenset(("sheep", "cattle", "skis", "scissors", "luggage", "broccoli"))
_PLURALS: Final = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "mouse": "mice",
    "knife": "knives",
    "goose": "geese",
}


def plural_of(noun: str) -> str:
    """The plural of a noun that may stand after other words; a plural stays as it is."""
    *before, last = noun.split()
    if last in _ONE_AS_MANY or last in _PLURALS.values():
        plural = last
    elif last in _PLURALS:
        plural = _PLURALS[last]
    elif last.endswith(("ss", "us", "x", "ch", "sh")):
        plural = last + "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plural = last[:-1] + "ies"
    else:
        plural = last if last.endswith("s") else last + "s"
    return " ".join((*before, plural))


def is_plural(noun: str) -> bool:
    """Whether a noun that may stand after other words means several; of one that has no plural, not."""
    return plural_of(noun) == noun and noun.rsplit(maxsplit=1)[-1] not in _ONE_AS_MANY


@dataclass(frozen=True, slots=True)
class Tokens:
    """A phrase as the network reads it.

    Attributes:
        ids: word ids in the vocabulary, without padding; empty only for a phrase without words.
        words: the words those ids stand for, as typed (normalised).
        unknown: the words among them that the vocabulary lacks, each once, in order.
        truncated: whether words past the model's limit were left out.
    """

    ids: tuple[int, ...]
    words: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    truncated: bool = False


class Vocabulary:
    """An ordered list of words; a word's place is its id. `<pad>` is 0 and `<unk>` is 1."""

    def __init__(self, words: Sequence[str]) -> None:
        if tuple(words[:2]) != (PAD, UNKNOWN):
            raise BundleError(f"The vocabulary does not begin with {PAD!r} and {UNKNOWN!r}; build the bundle anew.")
        self.words: Final = tuple(words)
        self._ids: Final = {word: place for place, word in enumerate(self.words)}
        if len(self._ids) != len(self.words):
            raise BundleError("The vocabulary names a word twice; build the bundle anew.")

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        """A vocabulary of the two special entries and `words`, each kept once in order."""
        return cls(tuple(dict.fromkeys((PAD, UNKNOWN, *words))))

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Reads one word a line, UTF-8.

        Raises:
            BundleError: the file is missing, no text, far too large or no vocabulary.
        """
        try:
            if path.stat().st_size > _LARGEST_FILE:
                raise BundleError(f"The vocabulary {str(path)!r} is far too large; fetch the bundle again.")
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as cause:
            raise BundleError(f"The vocabulary {str(path)!r} cannot be read; fetch the bundle again.") from cause
        try:
            return cls(text.removesuffix("\n").split("\n"))
        except BundleError as cause:
            raise BundleError(f"{str(cause).rstrip('.')} (it was read from {str(path)!r}).") from cause

    def save(self, path: Path) -> None:
        """Writes one word a line, UTF-8."""
        path.write_text("\n".join(self.words) + "\n", encoding="utf-8")

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)

    def find(self, word: str) -> int | None:
        """The id of `word`, or None; the special entries are no words."""
        found = self._ids.get(word)
        return found if found is not None and found > UNKNOWN_ID else None

    @cached_property
    def longest_word(self) -> int:
        """The length of the longest word, in characters."""
        return max(map(len, self.words))


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Turns a phrase into `Tokens` of at most `max_words` words."""

    vocabulary: Vocabulary
    max_words: int = 20

    def encode(self, phrase: str) -> Tokens:
        """Reads `phrase`, whatever it holds; a phrase without any word gives empty tokens."""
        ids: list[int] = []
        words: list[str] = []
        unknown: dict[str, None] = {}
        for word in split_words(phrase):
            for part in self._known_parts(word):
                found = self.vocabulary.find(part)
                if found is None:
                    unknown.setdefault(part)
                ids.append(UNKNOWN_ID if found is None else found)
                words.append(part)
        truncated = len(ids) > self.max_words or len(phrase) > LONGEST_PHRASE
        ids, words = ids[: self.max_words], words[: self.max_words]
        return Tokens(tuple(ids), tuple(words), tuple(word for word in unknown if word in words), truncated)

    def _known_parts(self, word: str) -> tuple[str, ...]:
        """The word itself where it is known; else its parts at hyphens, or without the possessive, where they are."""
        if self.vocabulary.find(word) is not None:
            return (word,)
        bare = word.removesuffix("'s")
        if bare != word and self.vocabulary.find(bare) is not None:
            return (bare,)
        parts = tuple(part for part in re.split(r"['-]", word) if part)
        if len(parts) > 1 and any(self.vocabulary.find(part) is not None for part in parts):
            return parts
        return (word,)
