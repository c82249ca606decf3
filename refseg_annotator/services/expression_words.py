"""What a phrase calls the thing it means: its noun, as far as English word order tells."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[\w'’-]+")
# fmt: off
_ENDS: Final = frozenset({
    "in", "on", "at", "with", "without", "of", "by", "to", "from", "near", "next", "behind", "beside", "under", "above",
    "below", "over", "against", "between", "that", "which", "who", "whose", "is", "are", "was", "not", "closest",
    "farthest", "nearest", "facing", "looking", "standing", "sitting", "holding", "wearing", "carrying", "riding",
    "walking", "running", "lying", "eating", "playing", "and", "or", "but", "whom", "where", "inside", "outside",
})
_BEFORE: Final = frozenset({
    "the", "a", "an", "this", "these", "those", "some", "one", "my", "your", "his", "her", "its", "their",
    "left", "right", "top", "bottom", "middle", "center", "centre", "front", "back", "upper", "lower", "far", "near",
    "leftmost", "rightmost", "first", "second", "third", "last", "other",
    "all", "both", "every", "each", "two", "three", "four", "several", "many", "most",
    "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "white", "black", "grey", "gray", "dark",
    "light", "big", "large", "small", "tiny", "little", "tall", "short", "biggest", "smallest", "largest", "tallest",
    "hand", "side", "thing", "object", "it", "them",
})
# fmt: on


def head_noun(text: str) -> str:
    """The last word of the phrase's own noun group that is no colour, side or size, in lower case; "" for none.

    "the big brown dog on the left" names a dog, "man in white" a man.
    """
    noun = ""
    for part in re.split(r"[,;.:!?]", text.lower()):
        for word in _WORD.findall(part):
            if word in _ENDS:
                if noun:
                    return noun
                continue
            if word not in _BEFORE:
                noun = word
        if noun:
            return noun
    return noun
