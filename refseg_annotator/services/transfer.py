"""Data sets in and out: export, import, conversion.

An export is written beside its destination and takes its place when it is whole; an import is staged, decoded from end
to end, and only then committed. Whatever stops either, a broken file, a full disk or the user, leaves nothing behind.
"""

from __future__ import annotations

import gc
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Split
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import FormatError, RefSegError, StorageError, UsageError
from refseg_annotator.formats.base import (
    Dataset,
    Format,
    Loss,
    Progress,
    ReadOptions,
    TransferReport,
    WriteOptions,
    Writer,
    no_progress,
)
from refseg_annotator.formats.registry import check_options, find_format, reader_of, writable
from refseg_annotator.formats.report import REPORT_NAME
from refseg_annotator.services.dataset_source import dataset_of
from refseg_annotator.services.documents import is_project
from refseg_annotator.services.earlier_export import added_file, is_export, mark_export
from refseg_annotator.services.file_sizes import held_against_files
from refseg_annotator.services.importing import Import, ImportPart
from refseg_annotator.services.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from refseg_annotator.core.project import Project
    from refseg_annotator.services.jobs import JobContext

__all__ = [
    "REPORT_NAME",
    "Import",
    "ImportPart",
    "TransferCancelledError",
    "check_destination",
    "convert",
    "dataset_of",
    "export_dataset",
    "export_project",
    "export_work",
    "free_destination",
    "import_dataset",
    "import_work",
    "stage_dataset",
    "watched",
]

_MOST_NAMES: Final = 1000
"""Names tried for a place that is free, before a person is asked for one."""


class TransferCancelledError(RefSegError):
    """The user stopped a transfer; nothing was left behind."""


# --- out -------------------------------------------------------------------------------------------------------------


def export_project(
    source: Session | Project,
    format_name: str,
    destination: Path,
    options: WriteOptions | None = None,
    *,
    progress: Progress = no_progress,
) -> TransferReport:
    """Write a project as a data set.

    Args:
        destination: A folder that does not exist or is empty, or, for formats of a single file, a file's name.

    Raises:
        UsageError: There is no such format, or it is only read.
        FormatError: The destination is taken, or the project holds nothing that the format can.
        StorageError: The disk refuses.
    """
    if isinstance(source, Session):
        source.flush()
    return export_dataset(dataset_of(source), format_name, destination, options, progress=progress)


def export_dataset(
    dataset: Dataset,
    format_name: str,
    destination: Path,
    options: WriteOptions | None = None,
    *,
    progress: Progress = no_progress,
) -> TransferReport:
    """Write a staged data set; as `export_project`, in any thread."""
    options = options if options is not None else WriteOptions()
    form, write = _writer(format_name)
    destination = destination.expanduser().absolute()
    is_file = _is_single_file(form, destination)
    _refuse_unfit(dataset, form)
    _refuse_taken(form, destination, options)
    _refuse_own_photos(dataset, destination)
    if is_file:
        dataset, options = _without_splits(dataset), replace(options, media="none")
    with _staged(destination) as folder:
        try:
            written = write(dataset, folder, options, progress)
            report = _with_source_notes(_with_bare_media(written, dataset, form), dataset)
            if is_file:
                _take_place(_single_file(folder, form.file_suffix), destination)
            else:
                mark_export(folder, report, form.name)
                _take_place(folder, destination)
        except OSError as error:
            raise StorageError(
                f"{destination} cannot be written ({error.strerror or error}); nothing was left behind."
            ) from error
    return report


def export_work(
    dataset: Dataset, format_name: str, destination: Path, options: WriteOptions
) -> Callable[[JobContext], Iterator[TransferReport]]:
    """An export as work for a job: it yields its report, and stops at the next medium when cancelled."""

    def work(context: JobContext) -> Iterator[TransferReport]:
        yield export_dataset(dataset, format_name, destination, options, progress=watched(context))

    return work


def watched(context: JobContext) -> Progress:
    """A job's progress as a transfer's, which stops the transfer once the job is cancelled."""

    def progress(done: int, total: int, note: str) -> None:
        if context.cancelled:
            raise TransferCancelledError("The transfer was stopped; nothing was left behind.")
        context.progress(done, total, note)

    return progress


def check_destination(format_name: str, destination: Path, options: WriteOptions | None = None) -> None:
    """What `export_dataset` would refuse whatever the data set is; asked before one is read, which may take minutes.

    Raises:
        UsageError: There is no such format, or it is only read.
        FormatError: The destination is taken.
    """
    form, _ = _writer(format_name)
    _refuse_taken(form, destination.expanduser().absolute(), options if options is not None else WriteOptions())


def free_destination(format_name: str, wanted: Path, options: WriteOptions | None = None) -> Path:
    """The first of `wanted`, `wanted-2`, `wanted-3` and so on that is not taken, as `check_destination` has it."""
    for number in range(1, _MOST_NAMES):
        place = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            check_destination(format_name, place, options)
        except FormatError:
            continue
        except OSError:
            break  # a disk that says nothing of its folders says more when it is written to
        return place
    return wanted


def _writer(format_name: str) -> tuple[Format, Writer]:
    form = find_format(format_name)
    if form.write is None:
        names = ", ".join(other.name for other in writable())
        raise UsageError(f"{form.title} is only read; formats to write are {names}.")
    return form, form.write


def _is_single_file(form: Format, destination: Path) -> bool:
    return form.writes_file and destination.suffix.lower() == form.file_suffix


def _refuse_unfit(dataset: Dataset, form: Format) -> None:
    if not dataset.media:
        raise FormatError("There is nothing to export; add photos or clips first.")
    if not form.holds_photos and dataset.media and not any(medium.is_clip for medium in dataset.media):
        raise FormatError(f"{form.title} holds clips only, and there are none; choose a format for photos.")


def _refuse_taken(form: Format, destination: Path, options: WriteOptions) -> None:
    if destination.is_symlink():
        raise FormatError(f"{destination} is a symlink; name the place it leads to.")
    if not destination.exists():
        return
    if _is_single_file(form, destination):
        if destination.is_dir() or not options.replace:
            raise FormatError(f"{destination} exists; choose another name, or ask for it to be replaced.")
        return
    if not destination.is_dir():
        raise FormatError(f"{destination} is a file; name a folder.")
    if not any(destination.iterdir()):
        return
    if not options.replace:
        raise FormatError(f"{destination} is not empty; choose another folder, or ask for it to be replaced.")
    if not is_export(destination):
        raise FormatError(f"{destination} holds something else than an export of this program; choose another folder.")
    added = added_file(destination)
    if added is not None:
        raise FormatError(
            f"{destination} holds files that the export did not put there ({added}); move them away, or choose another "
            "folder."
        )


def _refuse_own_photos(dataset: Dataset, destination: Path) -> None:
    """An export that is to be replaced must not hold what it is made of."""
    if not destination.is_dir() or not any(destination.iterdir()):
        return
    real = destination.resolve()
    for medium in dataset.media:
        if medium.path.resolve().is_relative_to(real):
            raise FormatError(f"{destination} holds the photos of this very data set; choose another folder.")


@contextmanager
def _staged(destination: Path) -> Iterator[Path]:
    """An empty folder beside the destination, gone again when the block is left."""
    folder = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.partial")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise StorageError(
            f"{destination.parent} cannot be written ({error.strerror}); choose another place."
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_place(staged: Path, destination: Path) -> None:
    """Move what is whole to its name; what was there goes only when the new one is in place."""
    if not destination.is_dir():
        staged.replace(destination)
        return
    former = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.former")
    destination.replace(former)
    try:
        staged.replace(destination)
    except BaseException:
        former.replace(destination)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _single_file(folder: Path, suffix: str) -> Path:
    found = sorted(folder.rglob(f"*{suffix}"))
    if len(found) != 1:
        raise FormatError(
            f"The format wrote {number_of(len(found), 'files')} where one was expected; name a folder instead."
        )
    return found[0]


def _without_splits(dataset: Dataset) -> Dataset:
    ledger = dataset.ledger
    for medium in dataset.media:
        if medium.split is not Split.NONE:
            ledger.change("media lose their split in a single file", medium.name)
    return replace(dataset, media=tuple(replace(medium, split=Split.NONE) for medium in dataset.media))


def _with_bare_media(report: TransferReport, dataset: Dataset, form: Format) -> TransferReport:
    """Media on which nothing is are written as any other where the format holds them; the report says how many."""
    if Loss.MEDIA_WITHOUT_MASKS in form.loses:
        return report
    lost = Loss.CLIPS if form.holds_photos else Loss.PHOTOS
    referents, expressions = dataset.referents_by_medium(), dataset.expressions_by_medium()
    bare = sum(
        not referents[medium.id] and not expressions[medium.id]
        for medium in dataset.media
        if lost not in form.loses or medium.is_clip is (lost is Loss.PHOTOS)
    )
    return replace(report, written={**report.written, "media without annotations": bare}) if bare else report


def _with_source_notes(report: TransferReport, dataset: Dataset) -> TransferReport:
    source = dataset.ledger.to_report("")
    return replace(report, dropped=source.dropped + report.dropped, changed=source.changed + report.changed)


# --- in --------------------------------------------------------------------------------------------------------------


def stage_dataset(
    path: Path,
    format_name: str | None = None,
    options: ReadOptions | None = None,
    *,
    progress: Progress = no_progress,
) -> Dataset:
    """Read a data set; its masks are decoded when asked for.

    Args:
        format_name: None to recognise it.

    Raises:
        UsageError: There is no such format, or it is only written.
        FormatError: The files break the format, or look like none.
    """
    path = path.expanduser().absolute()
    if is_project(path) and path.is_file():
        raise FormatError(f"{path} is a project, not a data set; export it first, or open it in the window.")
    form, read = reader_of(path, format_name)
    if not path.exists():
        raise FormatError(f"{path} does not exist; check the path.")
    options = options if options is not None else ReadOptions()
    check_options(form, options)
    return read(path, options, progress)


def import_dataset(
    session: Session,
    path: Path,
    format_name: str | None = None,
    options: ReadOptions | None = None,
    *,
    progress: Progress = no_progress,
) -> TransferReport:
    """Add a data set to a project, as one step of its history; where anything fails the project stays as it was.

    Raises:
        UsageError: As `stage_dataset`.
        FormatError: As `stage_dataset`, or a mask cannot be decoded.
    """
    with _collector_paused():
        importing = Import(session, stage_dataset(path, format_name, options, progress=progress))
        try:
            for part in importing.parts(progress):
                importing.commit(part)
            importing.finish()
        except BaseException:
            importing.undo()
            raise
    return importing.report()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A million new records hold no cycle, and the collector would look through all of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def import_work(importing: Import) -> Callable[[JobContext], Iterator[ImportPart]]:
    """An import as work for a job: `on_item` gives each part to `importing.commit`, done calls `importing.finish`,
    every other ending `importing.undo`."""

    def work(context: JobContext) -> Iterator[ImportPart]:
        yield from importing.parts(watched(context))

    return work


def convert(
    source: Path,
    destination: Path,
    *,
    source_format: str | None = None,
    destination_format: str,
    read_options: ReadOptions | None = None,
    write_options: WriteOptions | None = None,
    progress: Progress = no_progress,
) -> TransferReport:
    """Write a data set in another format, without a project between.

    Raises:
        RefSegError: As `stage_dataset` and `export_dataset`.
    """
    check_destination(destination_format, destination, write_options)
    staged = stage_dataset(source, source_format, read_options, progress=progress)
    dataset = held_against_files(staged, progress)
    return export_dataset(dataset, destination_format, destination, write_options, progress=progress)
