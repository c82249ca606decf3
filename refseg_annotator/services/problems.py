"""What a check finds: problems by kind, with counts, as text or as values for JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from refseg_annotator.core.counting import number_of
from refseg_annotator.formats.report import TransferReport


class ProblemKind(StrEnum):
    """The kinds of problems, by the word a program looks for."""

    BROKEN_FILE = "broken-file"
    MISSING_MEDIUM = "missing-medium"
    SIZE_MISMATCH = "size-mismatch"
    FRAME_INDEX = "frame-index"
    EMPTY_MASK = "empty-mask"
    OUT_OF_FRAME = "out-of-frame"
    MISMEASURED = "box-or-area-mismatch"
    NO_MASK = "no-mask"
    SAME_MASK = "same-mask"
    DUPLICATE_ID = "duplicate-id"
    ORPHAN = "orphan"
    UNLINKED = "unlinked-expression"
    EMPTY_TEXT = "empty-expression"
    DUPLICATE_EXPRESSION = "duplicate-expression"
    AMBIGUOUS = "ambiguous-expression"
    CATEGORY_ONLY = "category-only"
    EQUALLY_TRUE = "equally-true"
    TOO_LONG = "too-long"
    SIDE_CONTRADICTED = "side-contradicted"
    COLOUR_CONTRADICTED = "colour-contradicted"
    UNKNOWN_WORD = "unknown-word"
    UNPHRASED = "unphrased-referent"
    SPLIT_LEAK = "split-leak"


HINTS = frozenset(
    {
        ProblemKind.UNKNOWN_WORD,
        ProblemKind.UNPHRASED,
        ProblemKind.CATEGORY_ONLY,
        ProblemKind.EQUALLY_TRUE,
        ProblemKind.SAME_MASK,
    }
)
"""Kinds that may well be meant; alone they do not make a data set wrong."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` names the medium or record, `sentence` says what and how to mend it."""

    kind: ProblemKind
    where: str
    sentence: str

    @property
    def is_hint(self) -> bool:
        """Whether it may well be meant."""
        return self.kind in HINTS


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What was looked at and what was found.

    Attributes:
        reading: What the reader of a data set left out or took otherwise than it stood there: nothing that a check of
            the rest can find.
    """

    checked: dict[str, int]
    problems: tuple[Problem, ...]
    reading: TransferReport = field(default_factory=lambda: TransferReport(""))

    @property
    def is_valid(self) -> bool:
        """True where nothing was found but hints."""
        return all(problem.is_hint for problem in self.problems)

    def counts(self) -> dict[ProblemKind, int]:
        """How many problems of each kind, the most first."""
        return dict(Counter(problem.kind for problem in self.problems).most_common())

    def to_text(self, *, examples: int = 5) -> str:
        """The report as plain lines, a few examples of each kind."""
        lines = ["Checked " + ", ".join(number_of(count, what) for what, count in self.checked.items()) + "."]
        for kind, count in self.counts().items():
            lines.append(f"{kind} ({'hint, ' if kind in HINTS else ''}{count:,})")
            found = [problem for problem in self.problems if problem.kind is kind]
            lines += [f"  {problem.where}: {problem.sentence}" for problem in found[:examples]]
            if count > examples:
                lines.append(f"  ... and {count - examples:,} more")
        if not self.problems:
            lines.append("Nothing is wrong.")
        for heading, notes in (
            ("Left out in reading:", self.reading.dropped),
            ("Changed in reading:", self.reading.changed),
        ):
            if notes:
                lines += [heading, *(f"  {note.to_text()}" for note in notes)]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The report as values for JSON."""
        return {
            "valid": self.is_valid,
            "checked": dict(self.checked),
            "counts": {kind.value: count for kind, count in self.counts().items()},
            "problems": [
                {"kind": problem.kind.value, "hint": problem.is_hint, "where": problem.where, "what": problem.sentence}
                for problem in self.problems
            ],
            "reading": {name: self.reading.to_json()[name] for name in ("dropped", "changed")},
        }
