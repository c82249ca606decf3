"""The parts of a phrase: a noun with what describes it, then what begins with a preposition, a pronoun or a verb.

That is no grammar. What reads it must bear that it is sometimes wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


NEUTRAL: Final = word_set(
    "a an the this that these those and or is are was were be being been it its his her hers their him he she they them"
    " my our your one ones two three four five both all each every no not there here just only also too very who which"
    " whose where while whom whoever what someone something anyone"
)
_POSSESSIVES: Final = word_set("its his her their")
RELATIVE: Final = word_set("who which whose that")
PREPOSITIONS: Final = word_set(
    "of in on at by with without behind beside besides between under underneath below above over near next from against"
    " inside outside into onto towards toward around along across through during after before among beneath atop off up"
    " down out alongside facing like"
)
_PLACES: Final = word_set(
    "left right middle center centre front back background foreground top bottom leftmost rightmost far"
)
# What stands before a noun, so that a word in -ing or -ed after it is another such ("white pleated skirt") and no verb.
QUALITIES: Final = word_set(
    "black blue brown gray grey green orange pink purple red white yellow navy silver tan beige cream golden olive"
    " maroon violet lilac crimson scarlet lavender chestnut dark light bright big bigger biggest small smaller smallest"
    " large larger largest little littlest tiny huge near first second third last closest nearest farthest furthest"
    " central young old whole visible other"
)
_NO_VERBS: Final = word_set("building buildings dining parking railing ring string clothing ceiling painting bed shed")


def phrase_parts(words: Sequence[str], strange: Callable[[str], bool]) -> list[list[str]]:
    """The noun with what describes it, then one part for each preposition, relative pronoun and verb."""
    parts: list[list[str]] = [[]]
    for word in words:
        before = next((one for one in reversed(parts[-1]) if one not in NEUTRAL), None)
        relates = word in RELATIVE and before is not None
        if word in PREPOSITIONS or relates or _is_verb(word, before, strange):
            parts.append([])
        parts[-1].append(word)
    return [part for part in parts if part]


def _is_verb(word: str, before: str | None, strange: Callable[[str], bool]) -> bool:
    """Whether a word that follows `before` says what that does; a strange word in -ed only after a taught noun."""
    if before is None or before in QUALITIES or before in PREPOSITIONS or word in _NO_VERBS:
        return False
    return word.endswith("ing") or (word.endswith("ed") and strange(word) and not strange(before))


def content_of(part: Iterable[str]) -> list[str]:
    """The words of a part that name or describe something."""
    return [word for word in part if word not in NEUTRAL and word not in PREPOSITIONS]


def tells_place(part: Collection[str]) -> bool:
    """Whether a part says where in the picture; "on its back" does not."""
    return any(word in _PLACES for word in part) and not any(word in _POSSESSIVES for word in part)
