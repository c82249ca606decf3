"""Counts in words: the noun agrees with its number, wherever a sentence tells of it."""

from __future__ import annotations


def number_of(count: int, things: str) -> str:
    """A count and what is counted, given as a plural: "1 mask", "1,200 masks", "1 mask without a pixel"."""
    return f"{count:,} {_one_of(things) if count == 1 else things}"


def _one_of(things: str) -> str:
    """The singular: of "different words" the last word changes, of "frames marked absent" the first."""
    words = things.split(" ")
    place = next((place for place, word in enumerate(words) if word == "media" or _is_regular_plural(word)), None)
    if place is not None:
        word = words[place]
        if word == "media":
            words[place] = "medium"
        elif word.endswith("ies"):
            words[place] = word[:-3] + "y"
        else:
            words[place] = word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
    return " ".join(words)


def _is_regular_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us"))
