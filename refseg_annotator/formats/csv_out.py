"""CSV as text: lines end in a bare line feed, and whatever a reader would take for the end of a row is quoted."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class CsvText:
    """A table being written in memory."""

    def __init__(self) -> None:
        self._row = io.StringIO(newline="")
        # Python's writer quotes a lone carriage return only where its own lines end in one too.
        self._writer = csv.writer(self._row, lineterminator="\r\n")
        self._lines: list[str] = []

    def add(self, *fields: object) -> None:
        """One row; None is an empty field."""
        self._writer.writerow(fields)
        self._lines.append(self._row.getvalue().removesuffix("\r\n"))
        self._row.seek(0)
        self._row.truncate()

    def add_all(self, rows: Iterable[Iterable[object]]) -> None:
        """Rows in turn."""
        for row in rows:
            self.add(*row)

    def to_text(self) -> str:
        """The table so far."""
        return "".join(f"{line}\n" for line in self._lines)
