"""What the filter box understands: words of a name or a phrase, and conditions such as score<0.5 or is:doubtful.

dog left            name or a phrase holds both words
name:holiday        the file's name or folder does
phrase:"the dog"    a phrase does
state:reviewed      unseen, work or reviewed
score<50 score>=0.8 the lowest score a model gave, in percent or as a part of 1
has:masks           phrases, masks, checks; no:... for none
is:open             a phrase nobody has answered; is:nothere one that is probably not here
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumState

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Medium, MediumId
    from refseg_annotator.core.project import Project

_SCORE: Final = re.compile(r"score(<=|>=|<|>|=)(\d*\.?\d+)%?$")
_TOKEN: Final = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_STATES: Final = {
    "unseen": MediumState.UNSEEN,
    "work": MediumState.IN_WORK,
    "in_work": MediumState.IN_WORK,
    "reviewed": MediumState.REVIEWED,
    "unreviewed": None,
}
_HAS: Final = ("phrases", "masks", "checks")
_IS: Final = ("open", "nothere", "unreviewed")

EXAMPLES: Final = (
    ("Phrases with a word", 'phrase:"dog"'),
    ("Lowest score under 50 %", "score<50"),
    ("Not reviewed", "is:unreviewed"),
    ("With an unanswered phrase", "is:open"),
    ("Probably not here", "is:nothere"),
    ("Without phrases", "no:phrases"),
    ("Without masks", "no:masks"),
    ("Blindly checked", "has:checks"),
)


@dataclass(frozen=True, slots=True)
class MediaFilter:
    """A filter as read.

    Attributes:
        words: each in the path or in a phrase.
        names: each in the path.
        phrases: each in one phrase.
        states: one of them; None for any.
        scores: comparisons of the lowest score.
        has, lacks: of phrases, masks, checks.
        conditions: of open, nothere, unreviewed.
        unknown: what was not understood.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    states: frozenset[MediumState] | None = None
    scores: tuple[tuple[str, float], ...] = ()
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every medium passes."""
        return self == MediaFilter(unknown=self.unknown)

    def passing(self, project: Project) -> list[MediumId]:
        """The media that are to be listed, in their order; a hundred thousand take a few hundredths of a second.

        Most media of a large project have no phrase yet, and of those the path alone is read.
        """
        spoken = {expression.medium_id for expression in project.expressions.values()}
        asks_more = not self._is_about_media_alone
        wanted, names = self.states, (*self.words, *self.names)
        found = []
        for medium_id, medium in project.media.items():
            if asks_more or medium_id in spoken:
                if self.passes(project, medium):
                    found.append(medium_id)
                continue
            if wanted is not None and medium.state not in wanted:
                continue
            if names:
                path = medium.path.casefold()
                if not all([name in path for name in names]):  # noqa: C419  a list is twice as fast as a generator
                    continue
            if not self.conditions or medium.state is not MediumState.REVIEWED:
                found.append(medium_id)
        return found

    def passes(self, project: Project, medium: Medium) -> bool:
        """Whether a medium is to be listed. Reads records in memory alone: a hundred thousand take a moment."""
        if self.states is not None and medium.state not in self.states:
            return False
        path = medium.path.casefold()
        if not all(word in path for word in self.names):
            return False
        if "unreviewed" in self.conditions and medium.state is MediumState.REVIEWED:
            return False
        left = [word for word in self.words if word not in path]
        if not left and self._is_about_media_alone:
            return True
        expressions = project.expressions_of(medium.id)
        texts = [expression.text.casefold() for expression in expressions]
        if not all(any(word in text for text in texts) for word in left):
            return False
        if self.phrases and not any(all(word in text for word in self.phrases) for text in texts):
            return False
        if "open" in self.conditions and not any(one.is_open for one in expressions):
            return False
        if "nothere" in self.conditions and not any(
            one.is_open and one.asked is not None and one.asked.is_absent for one in expressions
        ):
            return False
        if self.scores:
            asked = [one.asked.score for one in expressions if one.asked is not None]
            if not asked or not all(_holds(min(asked), sign, limit) for sign, limit in self.scores):
                return False
        if not self.has and not self.lacks:
            return True
        there = {
            "phrases": bool(expressions),
            # Whether a referent has a mask is known only where it is loaded; a referent is there because of its mask.
            "masks": bool(project.referents_of(medium.id)),
            "checks": any(one.checks for one in expressions),
        }
        return all(there[what] for what in self.has) and not any(there[what] for what in self.lacks)

    @property
    def _is_about_media_alone(self) -> bool:
        return not (self.phrases or self.scores or self.has or self.lacks or self.conditions - {"unreviewed"})


def parse_filter(text: str, state: MediumState | None = None) -> MediaFilter:
    """The filter that a text means; `state` narrows it further."""
    found = MediaFilter(states=None if state is None else frozenset({state}))
    for token in _tokens(text.casefold()):
        found = _with(found, token)
    return found


def _tokens(text: str) -> list[str]:
    # A quote that is not closed yet reaches to the end: one is still typing.
    return [token.replace('"', "") for token in _TOKEN.findall(text) if token.strip('"')]


def _with(found: MediaFilter, token: str) -> MediaFilter:
    score = _SCORE.match(token)
    if score is not None:
        limit = float(score[2])
        return replace(found, scores=(*found.scores, (score[1], limit / 100 if limit > 1 else limit)))
    name, colon, value = token.partition(":")
    if not colon or not value:
        return replace(found, words=(*found.words, token)) if not colon else found
    match name:
        case "name":
            return replace(found, names=(*found.names, value))
        case "phrase":
            return replace(found, phrases=(*found.phrases, value))
        case "state" if value in _STATES:
            state = _STATES[value]
            wanted = {state} if state is not None else {MediumState.UNSEEN, MediumState.IN_WORK}
            return replace(found, states=frozenset(wanted if found.states is None else found.states & wanted))
        case "has" if value in _HAS:
            return replace(found, has=found.has | {value})
        case "no" if value in _HAS:
            return replace(found, lacks=found.lacks | {value})
        case "is" if value in _IS:
            return replace(found, conditions=found.conditions | {value})
        case "state" | "has" | "no" | "is":
            return replace(found, unknown=(*found.unknown, token))
    return replace(found, words=(*found.words, token))


def _holds(value: float, sign: str, limit: float) -> bool:
    match sign:
        case "<":
            return value < limit
        case "<=":
            return value <= limit
        case ">":
            return value > limit
        case ">=":
            return value >= limit
    return abs(value - limit) < 0.005


def explained(found: MediaFilter) -> str:
    """What was not understood, as a sentence; "" where all was."""
    if not found.unknown:
        return ""
    return f"{found.unknown[0]!r} is no filter; try score<50, is:open, has:masks or state:reviewed."


__all__ = ["EXAMPLES", "MediaFilter", "explained", "parse_filter"]
