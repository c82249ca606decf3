"""The account of a transfer: what was written, what was dropped, what was changed, with counts and examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from refseg_annotator.core.counting import number_of

EXAMPLES_KEPT: Final = 5
REPORT_NAME: Final = "transfer-report"
"""Of the two files, .json and .txt, that lie beside an export."""


def whole_text(text: str) -> str:
    """The text without lone surrogates, which no file in UTF-8 can hold: replacement characters in their place."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Note:
    """One kind of thing that was dropped or changed: `what` as a sentence, how often, and the first few of them."""

    what: str
    count: int
    examples: tuple[str, ...] = ()

    def to_text(self) -> str:
        """`clips are left out: 3 (a.mp4, b.mp4, ...)`: the number behind, for verbs would have to agree with it too."""
        more = ", ..." if self.count > len(self.examples) and self.examples else ""
        examples = f" ({', '.join(self.examples)}{more})" if self.examples else ""
        return f"{self.what}: {self.count:,}{examples}"


@dataclass(frozen=True, slots=True)
class TransferReport:
    """What came of an export or an import."""

    title: str
    written: dict[str, int] = field(default_factory=dict)
    dropped: tuple[Note, ...] = ()
    changed: tuple[Note, ...] = ()

    @property
    def is_whole(self) -> bool:
        """True where nothing was dropped or changed."""
        return not self.dropped and not self.changed

    def to_text(self) -> str:
        """The report as plain lines for a terminal or a text file."""
        lines = [self.title]
        lines += [f"  {number_of(count, what)}" for what, count in self.written.items()]
        for heading, notes in (("Dropped:", self.dropped), ("Changed:", self.changed)):
            if notes:
                lines.append(heading)
                lines += [f"  {note.to_text()}" for note in notes]
        if self.is_whole:
            lines.append("Nothing was dropped or changed.")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The report as values for JSON."""
        return {
            "title": self.title,
            "written": dict(self.written),
            "dropped": [_note_json(note) for note in self.dropped],
            "changed": [_note_json(note) for note in self.changed],
        }


def _note_json(note: Note) -> dict[str, Any]:
    return {"what": note.what, "count": note.count, "examples": list(note.examples)}


class _Notes:
    __slots__ = ("_counts", "_examples")

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}

    def add(self, what: str, example: str, count: int) -> None:
        # An example may be the name of a file that is no UTF-8; no report could be printed or saved with it.
        example = whole_text(example)
        self._counts[what] = self._counts.get(what, 0) + count
        examples = self._examples.setdefault(what, [])
        if example and example not in examples and len(examples) < EXAMPLES_KEPT:
            examples.append(example)

    def to_notes(self) -> tuple[Note, ...]:
        return tuple(Note(what, count, tuple(self._examples[what])) for what, count in self._counts.items())


class Ledger:
    """Kept while a transfer runs; `to_report` closes it."""

    __slots__ = ("_changed", "_dropped", "_written")

    def __init__(self) -> None:
        self._written: dict[str, int] = {}
        self._dropped = _Notes()
        self._changed = _Notes()

    def write(self, what: str, count: int = 1) -> None:
        """Count `count` more of `what` (a plural: "photos")."""
        self._written[what] = self._written.get(what, 0) + count

    def drop(self, what: str, example: str = "", *, count: int = 1) -> None:
        """Something is left out; `what` says what in a few words, the same words for the same thing."""
        self._dropped.add(what, example, count)

    def change(self, what: str, example: str = "", *, count: int = 1) -> None:
        """Something arrives other than it was."""
        self._changed.add(what, example, count)

    def absorb(self, other: Ledger) -> None:
        """Add what `other` dropped and changed; its written counts stay its own."""
        for mine, theirs in ((self._dropped, other._dropped), (self._changed, other._changed)):
            for note in theirs.to_notes():
                mine.add(note.what, "", note.count)
                for example in note.examples:
                    mine.add(note.what, example, 0)

    def to_report(self, title: str) -> TransferReport:
        """The report as it stands."""
        return TransferReport(title, dict(self._written), self._dropped.to_notes(), self._changed.to_notes())
