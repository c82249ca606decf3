"""`stats`: what a project is made of, as text, JSON or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refseg_annotator.cli.loading import opened_project
from refseg_annotator.cli.terminal import print_json, progress_on_stderr
from refseg_annotator.errors import UsageError

if TYPE_CHECKING:
    from refseg_annotator.cli.terminal import Progress


def stats(
    project: Annotated[Path, typer.Argument(help="The project, *.refseg.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table: what, of what, how much.")] = False,
) -> None:
    """Count a project: expressions, lengths, kinds, mask sizes, time, agreement, authors."""
    from refseg_annotator.services.statistics import counting

    if as_json and as_csv:
        raise UsageError("Choose one of --json and --csv.")
    with opened_project(project, only_read=True) as session, progress_on_stderr("Counting") as progress:
        (statistics,) = counting(session)(_Telling(progress))
    if as_json:
        print_json(statistics.to_json())
    elif as_csv:
        print(statistics.to_csv(), end="")
    else:
        print(statistics.to_text())


class _Telling:
    """A job's context on a terminal; Ctrl-C ends it, so nobody cancels."""

    cancelled = False

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Tell the terminal."""
        self._progress(done, total or 0, note)
