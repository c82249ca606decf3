"""`export`, `import` and `convert`: data sets out, in, and from one format to another."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from refseg_annotator.cli.choices import FORMATS_READ, FORMATS_WRITTEN
from refseg_annotator.cli.loading import opened_project
from refseg_annotator.cli.terminal import print_json, progress_on_stderr

if TYPE_CHECKING:
    from refseg_annotator.formats.base import TransferReport


class MediaChoice(StrEnum):
    """What becomes of photos and frames in an export."""

    COPY = "copy"
    LINK = "link"
    NONE = "none"


class ClipsChoice(StrEnum):
    """How clips are written where a format takes both."""

    VIDEO = "video"
    FRAMES = "frames"


def _readable_formats() -> list[str]:
    from refseg_annotator.formats.registry import readable

    return [form.name for form in readable()]


def _writable_formats() -> list[str]:
    from refseg_annotator.formats.registry import writable

    return [form.name for form in writable()]


_TO_HELP: Final = f"The format to write: {FORMATS_WRITTEN}. The last five cannot be imported again."


_From = Annotated[
    str | None,
    typer.Option(
        "--from",
        "--format",
        help=f"The format to read, recognised where none is named: {FORMATS_READ}. refcoco reads RefCOCO+, RefCOCOg and"
        " RefCLEF, too.",
        autocompletion=_readable_formats,
    ),
]
_To = Annotated[str, typer.Option("--to", "--format", help=_TO_HELP, autocompletion=_writable_formats)]
_ImageRoot = Annotated[
    Path | None, typer.Option(help="The photos' or frames' folder, where the format leaves it open.")
]
_Split = Annotated[str | None, typer.Option(help="Only this split, by the format's own name.")]
_By = Annotated[str | None, typer.Option(help="Whose split, where a data set has several (unc, google, umd).")]
_Polygons = Annotated[
    bool,
    typer.Option(
        "--polygons", help="COCO and LabelMe: polygons in place of exact masks; the report counts what they lose."
    ),
]
_Media = Annotated[MediaChoice, typer.Option(help="What becomes of the photos.")]
_ClipsAs = Annotated[ClipsChoice, typer.Option(help="How clips are written, where the format takes both.")]
_Replace = Annotated[bool, typer.Option("--replace", help="Replace an earlier export there; nothing else ever is.")]
_Json = Annotated[bool, typer.Option("--json", help="Print the report as a record for programs.")]


def _print_report(report: TransferReport, written: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({**report.to_json(), "path": str(written)})
    else:
        print(report.to_text())
        print(f"Written: {written}")


def export(
    project: Annotated[Path, typer.Argument(help="The project, *.refseg.", show_default=False)],
    destination: Annotated[Path, typer.Argument(help="Folder to write, new or empty.", show_default=False)],
    data_format: _To = "coco",
    polygons: _Polygons = False,
    media: _Media = MediaChoice.COPY,
    clips_as: _ClipsAs = ClipsChoice.VIDEO,
    replace: _Replace = False,
    as_json: _Json = False,
) -> None:
    """Export a project; the report says what was written, dropped and changed."""
    from refseg_annotator.formats.base import WriteOptions
    from refseg_annotator.services.documents import measure_media
    from refseg_annotator.services.transfer import check_destination, export_project

    options = WriteOptions(polygons=polygons, media=media.value, clips_as=clips_as.value, replace=replace)
    check_destination(data_format, destination, options)
    with (
        opened_project(project, only_read=True) as session,
        progress_on_stderr(f"Exporting {project.name}") as progress,
    ):
        measure_media(session)
        report = export_project(session, data_format, destination, options, progress=progress)
    _print_report(report, destination, as_json=as_json)


def import_(
    source: Annotated[Path, typer.Argument(help="File or folder of the data set.", show_default=False)],
    project: Annotated[Path, typer.Argument(help="The project to add to; made if not there.", show_default=False)],
    data_format: _From = None,
    image_root: _ImageRoot = None,
    split: _Split = None,
    by: _By = None,
    as_json: _Json = False,
) -> None:
    """Add a data set to a project; where anything fails the project stays as it was."""
    from refseg_annotator.formats.base import ReadOptions
    from refseg_annotator.services.documents import with_suffix
    from refseg_annotator.services.transfer import import_dataset

    options = ReadOptions(image_root=image_root, split=split, by=by)
    with opened_project(project, create=True) as session, progress_on_stderr(f"Importing {source.name}") as progress:
        report = import_dataset(session, source, data_format, options, progress=progress)
        session.flush()  # a disk that refuses does so within, where a new project is taken back
    _print_report(report, with_suffix(project), as_json=as_json)


def convert(
    source: Annotated[Path, typer.Argument(help="File or folder of the data set.", show_default=False)],
    destination: Annotated[Path, typer.Argument(help="Folder to write, new or empty.", show_default=False)],
    destination_format: Annotated[
        str, typer.Option("--to", help=_TO_HELP, show_default=False, autocompletion=_writable_formats)
    ],
    source_format: _From = None,
    image_root: _ImageRoot = None,
    split: _Split = None,
    by: _By = None,
    polygons: _Polygons = False,
    media: _Media = MediaChoice.COPY,
    clips_as: _ClipsAs = ClipsChoice.VIDEO,
    replace: _Replace = False,
    as_json: _Json = False,
) -> None:
    """Write a data set in another format, without a project between."""
    from refseg_annotator.formats.base import ReadOptions, WriteOptions
    from refseg_annotator.services import transfer

    with progress_on_stderr(f"Converting {source.name}") as progress:
        report = transfer.convert(
            source,
            destination,
            source_format=source_format,
            destination_format=destination_format,
            read_options=ReadOptions(image_root=image_root, split=split, by=by),
            write_options=WriteOptions(polygons=polygons, media=media.value, clips_as=clips_as.value, replace=replace),
            progress=progress,
        )
    _print_report(report, destination, as_json=as_json)
