"""What a verb says while it works: results on stdout, progress on stderr."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.cli.answers import complain

if TYPE_CHECKING:
    from refseg_annotator.formats.report import Ledger

Progress = Callable[[int, int, str], None]
"""`progress(done, total, note)`; a total of 0 means that nobody knows it."""

_SLOWEST_LINE: Final = 10.0
"""Seconds between two lines where stderr is a file: often enough to see life, seldom enough to read."""


def print_json(record: Mapping[str, Any]) -> None:
    """Print a record for programs; plain ASCII, so that no terminal's encoding can spoil it."""
    print(json.dumps(record, indent=2, allow_nan=False))


def tell_notes(ledger: Ledger) -> None:
    """Tell on stderr what the reader of a data set left out or took otherwise than it stood there."""
    report = ledger.to_report("")
    for heading, notes in (("Left out in reading", report.dropped), ("Changed in reading", report.changed)):
        for note in notes:
            complain(f"{heading}: {note.to_text()}")


@contextmanager
def progress_on_stderr(title: str) -> Iterator[Progress]:
    """Show how far work has come: a bar with the time left on a terminal, a line now and then in a file."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(console.print, title)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[note]}"),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task(title, total=None, note="")

        def advance(done: int, total: int, note: str = "") -> None:
            bars.update(task, completed=done, total=total or None, note=note)

        yield advance


def _lines(say: Callable[[str], None], title: str) -> Progress:
    latest = time.monotonic()

    def advance(done: int, total: int, note: str = "") -> None:
        nonlocal latest
        now = time.monotonic()
        if now - latest >= _SLOWEST_LINE or (done == total and total):
            latest = now
            say(f"{title}: {done:,} of {total:,} {note}".rstrip() if total else f"{title}: {done:,} {note}".rstrip())

    return advance
