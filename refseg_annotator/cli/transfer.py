"""`export`: a project as a data set for others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from refseg_annotator.cli.terminal import print_json, progress_on_stderr

_CACHE: Final = 64 << 20


class MediaChoice(StrEnum):
    """What becomes of the photos and frames of an exported project."""

    COPY = "copy"
    LINK = "link"
    NONE = "none"


def export(
    project: Annotated[Path, typer.Argument(help="The project, *.refseg.", show_default=False)],
    destination: Annotated[
        Path, typer.Argument(help="Folder to write; it must not hold anything.", show_default=False)
    ],
    data_format: Annotated[str, typer.Option("--format", help="The format, such as coco.")] = "coco",
    polygons: Annotated[bool, typer.Option("--polygons", help="COCO: polygons in place of run-length code.")] = False,
    media: Annotated[MediaChoice, typer.Option(help="What becomes of the photos.")] = MediaChoice.COPY,
    replace: Annotated[bool, typer.Option("--replace", help="Replace an earlier export there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as a record for programs.")] = False,
) -> None:
    """Export a project; the report says what was written, dropped and changed."""
    from refseg_annotator.formats.base import WriteOptions
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import open_project
    from refseg_annotator.services.jobs import SynchronousRunner
    from refseg_annotator.services.transfer import export_project

    options = WriteOptions(polygons=polygons, media=media.value, replace=replace)
    session = open_project(project, runner=SynchronousRunner(), media=FrameCache(_CACHE))
    try:
        with progress_on_stderr(f"Exporting {project.name}") as progress:
            report = export_project(session, data_format, destination, options, progress=progress)
    finally:
        session.close()
    if as_json:
        print_json(report.to_json())
    else:
        print(report.to_text())
