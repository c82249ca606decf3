"""A project as a `Dataset`: frozen when it is made, so that an export may run while the work goes on."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Annotation, Medium, MediumId, MediumKind, MediumState
from refseg_annotator.formats.base import Dataset, DatasetMedium, Ledger, Loader, Progress, no_progress
from refseg_annotator.services.session import UNMEASURED, Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refseg_annotator.core.project import Project

_STEP: Final = 256  # media between two words of progress


def dataset_of(source: Session | Project, *, folder: Path | None = None, load: Loader | None = None) -> Dataset:
    """The records of a project as they are now. Call it on the thread that edits the project.

    Masks that are not in memory are read from the project's file when the data set is written. Media with a referent or
    an expression are never left out, those with neither only where their size is unknown: exports measure all first.

    Args:
        folder: The folder from which relative media paths count; a session knows its own.
        load: Reads the masks of media that are not in memory; a session knows its own.
    """
    project = source.project if isinstance(source, Session) else source
    ledger = Ledger()
    media: list[DatasetMedium] = []
    for medium in media_of(source, folder=folder):
        is_measured = source.is_measured(medium.id) if isinstance(source, Session) else medium.size != UNMEASURED
        if not is_measured and not project.referents_of(medium.id) and not project.expressions_of(medium.id):
            # There is no size to write, and nothing is on it either.
            ledger.drop("media without annotations whose file was not or cannot be opened", medium.name)
            continue
        if not is_measured:
            # What somebody did is never left out for want of a file.
            ledger.change("media of unknown size, as their file was not or cannot be opened", medium.name)
        media.append(medium)
    kept = {medium.id for medium in media}
    _note_unheld(project, media, ledger)
    in_memory: dict[MediumId, Sequence[Annotation]] = {
        medium_id: [a for referent in project.referents_of(medium_id) for a in project.annotations_of(referent.id)]
        for medium_id in kept
        if medium_id in project.loaded_media
    }
    return Dataset(
        tuple(media),
        tuple(referent for referent in project.referents.values() if referent.medium_id in kept),
        tuple(expression for expression in project.expressions.values() if expression.medium_id in kept),
        _loader(in_memory, load if load is not None else _load_of(source)),
        ledger,
    )


def _note_unheld(project: Project, media: Sequence[DatasetMedium], ledger: Ledger) -> None:
    """What a project knows and no data set format holds."""
    for medium in media:
        if project.media[medium.id].state is MediumState.REVIEWED:
            ledger.change("media lose the mark that they were reviewed", medium.name)
        checked = sum(bool(expression.checks) for expression in project.expressions_of(medium.id))
        if checked:
            ledger.change("expressions lose their blind checks", medium.name, count=checked)


def media_of(source: Session | Project, *, folder: Path | None = None) -> list[DatasetMedium]:
    """All media of a project as a data set calls them; `folder` as for `dataset_of`."""
    if isinstance(source, Session):
        return described(list(source.project.media.values()), Path() if source.path is None else source.path.parent)
    return described(list(source.media.values()), folder if folder is not None else Path())


def described(media: Sequence[Medium], folder: Path, progress: Progress = no_progress) -> list[DatasetMedium]:
    """Media as a data set calls them; for any thread, as it reads the records it is given and no project.

    Args:
        folder: The folder from which relative media paths count.
        progress: Told every few hundred media, 0 to their number; what it raises ends the work.
    """
    paths = {medium.id: folder / medium.path for medium in media}
    names = _names_of(media, paths, progress)
    return [
        DatasetMedium(
            medium.id,
            paths[medium.id],
            medium.kind,
            medium.size,
            names[medium.id],
            medium.frame_count,
            medium.frame_rate,
            medium.split,
        )
        for medium in media
    ]


def _load_of(source: Session | Project) -> Loader:
    return source.annotations_on_disk if isinstance(source, Session) else (lambda _medium_id: ())


def _loader(in_memory: Mapping[MediumId, Sequence[Annotation]], load: Loader) -> Loader:
    def load_either(medium_id: MediumId) -> Sequence[Annotation]:
        found = in_memory.get(medium_id)
        return load(medium_id) if found is None else found

    return load_either


def _names_of(media: Sequence[Medium], paths: Mapping[MediumId, Path], progress: Progress) -> dict[MediumId, str]:
    """What a data set calls each medium: its path from the folder that all share, a clip's without suffix."""
    common: Path | None
    try:
        common = Path(os.path.commonpath([path.absolute().parent for path in paths.values()]))
    except ValueError:
        common = None  # no media, or media on several drives
    names: dict[MediumId, str] = {}
    for number, medium in enumerate(media):
        if number % _STEP == 0:
            progress(number, len(media), "Reading the names of the media")
        path = paths[medium.id].absolute()
        name = PurePosixPath((path.relative_to(common) if common is not None else Path(path.name)).as_posix())
        is_file = medium.kind is MediumKind.VIDEO and not path.is_dir()
        names[medium.id] = str(name.with_suffix("") if is_file and name.suffix else name)
    return names
