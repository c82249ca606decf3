"""How well a few typed letters name a thing: for the palette, which finds actions and pictures by them."""

from __future__ import annotations

from typing import Final

_START: Final = 10  # a letter at the start of a word
_RUN: Final = 6  # a letter right after the one before
_LETTER: Final = 1


def fuzzy_score(typed: str, name: str) -> int | None:
    """How well the letters of `typed` lie in `name`, in their order; None where one is missing. More is better.

    Words may be typed in any order; within a word letters may be left out: "exp dat" and "exds" find "Export data set".
    """
    name = name.casefold()
    total = 0
    for word in typed.casefold().split():
        score = _word_score(word, name)
        if score is None:
            return None
        total += score
    # Of two names that hold the letters equally well the shorter one is meant.
    return total * 100 - min(len(name), 99)


def _word_score(word: str, name: str) -> int | None:
    place = name.find(word)
    while place >= 0:
        if place == 0 or not name[place - 1].isalnum():
            return _START + len(word) * (_RUN + _LETTER)
        further = name.find(word, place + 1)
        if further < 0:
            return len(word) * (_RUN + _LETTER)
        place = further
    score, at, former = 0, 0, -2
    for letter in word:
        # The start of a word is where one who abbreviates takes letters from.
        found = _next_start(name, letter, at)
        if found < 0 or name.startswith(letter, at):
            found = name.find(letter, at)
        if found < 0:
            return None
        score += _LETTER + (_RUN if found == former + 1 else 0)
        score += _START // 2 if found == 0 or not name[found - 1].isalnum() else 0
        former, at = found, found + 1
    return score


def _next_start(name: str, letter: str, at: int) -> int:
    place = name.find(letter, at)
    while place > 0 and name[place - 1].isalnum():
        place = name.find(letter, place + 1)
    return place
