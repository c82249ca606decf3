"""Projects as documents: new, open, save as, recover; and the media that belong to them."""

from __future__ import annotations

import logging
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator import settings
from refseg_annotator.core.annotation import Medium, MediumId, MediumKind
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.edits import Edit, PutMedium, Several, removing_medium
from refseg_annotator.core.events import Change
from refseg_annotator.core.project import Project
from refseg_annotator.errors import LockedProjectError, MediaError, ProjectError, StorageError
from refseg_annotator.media import FrameCache, kind_of, list_media, media_by_subfolder, open_medium, probe
from refseg_annotator.services.frames import MediumFacts
from refseg_annotator.services.jobs import IO_LANE
from refseg_annotator.services.session import UNMEASURED, Session
from refseg_annotator.storage.project_store import SUFFIX, ProjectStore, remove_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.services.jobs import JobContext, JobHandle, JobRunner

logger = logging.getLogger(__name__)

_UNTITLED: Final = "untitled-"
# Up to this many files named one by one are measured at once, so that a broken one is refused where it is chosen.
# More of them, and whole folders, are listed unopened.
_MEASURED_AT_ONCE: Final = 200
_SUBFOLDERS_NAMED: Final = 3


# --- projects ------------------------------------------------------------------------------------------------------


def new_project(
    path: Path | None = None,
    *,
    runner: JobRunner,
    media: FrameCache,
    author: str = "",
    replace: bool = False,
) -> Session:
    """A session on a new project.

    Args:
        path: its file, `.refseg` added where missing; None keeps it among the user's data until it is saved under a
            name, so that a crash loses nothing.
        replace: whether a file of that name may go.
    """
    if path is None:
        path = _untitled_path()
        path.parent.mkdir(parents=True, exist_ok=True)
    store = ProjectStore.create(with_suffix(path), author=author, replace=replace)
    return Session(Project(author), store=store, runner=runner, media=media)


def open_project(path: Path, *, runner: JobRunner, media: FrameCache, read_only: bool = False) -> Session:
    """A session on an existing project. May be called in any thread; the session then belongs to whoever commits first.

    Args:
        read_only: take no lock and need no right to write; for those who commit nothing.

    Raises:
        ProjectError: in one sentence, with nothing left open.
    """
    store = ProjectStore.open(path, read_only=read_only)
    try:
        project = store.load()
    except BaseException:
        store.close()
        raise
    return Session(project, store=store, runner=runner, media=media)


def save_project_as(session: Session, path: Path, *, replace: bool = True) -> None:
    """Go on under another name. What the former disk refused to take is written to the new one.

    Raises:
        ProjectError: nothing has changed; the session goes on with its former file.
    """
    path = with_suffix(path).resolve()
    if path == session.path:
        session.flush()
        return
    _move(session, path, replace=replace)


def start_saving_as(
    session: Session,
    path: Path,
    *,
    on_done: Callable[[], None],
    on_failed: Callable[[BaseException], None],
    replace: bool = True,
) -> JobHandle:
    """As `save_project_as`, copied in the io lane: a large project takes a while. Editing goes on meanwhile."""
    path = with_suffix(path).resolve()

    def work(context: JobContext) -> Iterator[None]:
        # Once begun it is not cut short: either the whole session moves, or nothing does.
        del context
        if path != session.path:
            _move(session, path, replace=replace)
        yield from ()

    return session.runner.start(IO_LANE, work, on_done=on_done, on_failed=on_failed, title=f"Save as {path.name}")


def _move(session: Session, path: Path, *, replace: bool) -> None:
    if path.exists() and not replace:
        raise StorageError(f"{str(path)!r} exists already; choose another name.")
    former = session.path
    session.move_to(lambda store: store.copy_to(path))
    if former is not None and is_untitled(former):
        remove_project(former)


def close_project(session: Session, *, abandon: bool = False) -> None:
    """Write what waits and close. An untitled project without media leaves no file behind; one with media stays.

    Raises:
        ProjectError: the disk refuses; the session stays open. With `abandon` what waits is given up.
    """
    path = session.path
    is_empty = not session.project.media
    session.close(abandon=abandon)
    if path is not None and is_empty and is_untitled(path):
        remove_project(path)


def with_suffix(path: Path) -> Path:
    """The path with `.refseg` at its end."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def is_project(path: Path) -> bool:
    """Whether a path is named as projects are."""
    return path.suffix.lower() == SUFFIX


# --- untitled projects ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recoverable:
    """An untitled project left behind: by a crash, or by closing it without a name.

    Attributes:
        media: how many it has, clips among them.
    """

    path: Path
    modified: datetime
    media: int
    clips: int
    annotations: int


def is_untitled(path: Path) -> bool:
    """Whether a project lies among the user's data and was never given a name."""
    return path.name.startswith(_UNTITLED) and path.parent == settings.user_data_folder().resolve()


def recoverable_projects() -> list[Recoverable]:
    """Untitled projects with media that no window has open, latest first. Empty ones are cleared away."""
    found: list[Recoverable] = []
    for path in sorted(settings.user_data_folder().resolve().glob(f"{_UNTITLED}*{SUFFIX}")):
        try:
            with ProjectStore.open(path) as store:
                (media, annotations), clips = store.count_records(), store.count_clips()
            modified = _moment(path.stat().st_mtime)
            if media:
                found.append(Recoverable(path, modified, media, clips, annotations))
            else:
                remove_project(path)
        except LockedProjectError:
            continue
        except (ProjectError, OSError) as error:
            logger.info("an untitled project cannot be recovered: %s", error)
    return sorted(found, key=lambda one: one.modified, reverse=True)


def _moment(seconds: float) -> datetime:
    """A file's time; a clock that was wrong may have given it one that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds).astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0).astimezone()


def discard_project(path: Path) -> None:
    """Remove an untitled project for good.

    Raises:
        StorageError: it has a name; such a file is the user's own to remove.
    """
    if not is_untitled(path.resolve()):
        raise StorageError(f"{str(path)!r} is not an untitled project; remove it in your file manager.")
    remove_project(path.resolve())


def _untitled_path() -> Path:
    now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return settings.user_data_folder().resolve() / f"{_UNTITLED}{now}-{secrets.token_hex(2)}{SUFFIX}"


# --- media ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that was not added, and why, in one sentence."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class FoundMedium:
    """A file, or a folder as a clip, that can be added; its size is UNMEASURED where it was not opened."""

    path: Path
    kind: MediumKind
    size: Size = UNMEASURED
    frame_count: int = 1

    def as_medium(self, medium_id: MediumId) -> Medium:
        """The record of a project."""
        return Medium(medium_id, self.path.as_posix(), self.kind, self.size, self.frame_count)


@dataclass(frozen=True, slots=True)
class FoundMedia:
    """What `find_media` found, in order, and what it passed over."""

    media: tuple[FoundMedium, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the paths: media added, media that were there already, and paths passed over."""

    added: tuple[MediumId, ...] = ()
    present: tuple[MediumId, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def add_media(session: Session, paths: Iterable[Path]) -> AddReport:
    """Add files and the media of folders; one step of undo. Reads folders: a window runs `find_media` in a lane."""
    return put_media(session, find_media(paths))


def find_media(paths: Iterable[Path]) -> FoundMedia:
    """The media at some paths, folders searched in natural order. Touches no project; for any thread."""
    files: list[Path] = []
    media: list[FoundMedium] = []
    skipped: list[Skipped] = []
    named: set[Path] = set()
    for path in paths:
        # Not resolved: a link's name is the user's own.
        whole = Path(os.path.abspath(path))  # noqa: PTH100
        try:
            if whole.is_dir():
                # A folder of folders, as data sets have them, is searched through; one with media of its own is not:
                # what lies below may be its masks, or an export of it. It is told, and a person's choice.
                if (inside := list_media(whole)) and (below := media_by_subfolder(whole)):
                    skipped.append(Skipped(path, _left_below(path, below)))
                inside = inside or list_media(whole, recursive=True)
                if not inside:
                    skipped.append(Skipped(path, f"{str(path)!r} holds no pictures or clips; choose another folder."))
                files.extend(inside)
            elif is_project(whole):
                skipped.append(Skipped(path, f"{path.name!r} is a project; open it instead of adding it."))
            elif not whole.exists():
                skipped.append(Skipped(path, f"There is no {str(path)!r}; check the name."))
            else:
                files.append(whole)
                named.add(whole)
        except (MediaError, OSError) as error:
            skipped.append(Skipped(path, _sentence(path, error)))
    is_measured = len(named) <= _MEASURED_AT_ONCE
    for file in dict.fromkeys(files):
        kind = kind_of(file)
        if kind is None:
            skipped.append(
                Skipped(file, f"{file.name!r} is of a kind that cannot be opened; convert it to PNG or MP4.")
            )
            continue
        try:
            media.append(looked_at(file, kind) if is_measured and file in named else FoundMedium(file, kind))
        except MediaError as error:
            skipped.append(Skipped(file, str(error)))
    return FoundMedia(tuple(media), tuple(skipped))


def _left_below(folder: Path, below: Mapping[str, int]) -> str:
    some = ", ".join(list(below)[:_SUBFOLDERS_NAMED]) + (", ..." if len(below) > _SUBFOLDERS_NAMED else "")
    count = number_of(sum(below.values()), "more media")
    sentence = f"{folder.name!r} has {count} in folders of its own ({some}), left out here; open those folders, too."
    return sentence  # noqa: RET504  the name tells the catalogues that it is one


def looked_at(file: Path, kind: MediumKind) -> FoundMedium:
    """A file that somebody named, its header read.

    A clip stays unmeasured all the same: its header does not tell its length, and half of what a clip is must not pass
    for all.

    Raises:
        MediaError: it cannot be opened.
    """
    size = probe(file)
    return FoundMedium(file, kind, size if kind is MediumKind.IMAGE else UNMEASURED)


def put_media(session: Session, found: FoundMedia) -> AddReport:
    """Add found media to the project, those it has already left alone; one step of undo."""
    project = session.project
    known = {medium.path: medium.id for medium in project.media.values()}
    added: list[Medium] = []
    present: list[MediumId] = []
    for one in found.media:
        path = one.path.as_posix()
        if path in known:
            present.append(known[path])
            continue
        medium = one.as_medium(MediumId(project.next_id()))
        known[path] = medium.id
        added.append(medium)
    if added:
        title = "Add picture" if len(added) == 1 else f"Add {len(added)} media"
        session.commit(Several(title, tuple(PutMedium(medium) for medium in added)))
    return AddReport(tuple(medium.id for medium in added), tuple(present), found.skipped)


def remove_media(session: Session, medium_ids: Sequence[MediumId]) -> Change:
    """Take media out of the project, with their expressions, referents and masks; the files stay. One step of undo."""
    for medium_id in medium_ids:
        session.medium(medium_id)
    edits: list[Edit] = []
    for medium_id in medium_ids:
        session.ensure_loaded(medium_id)
        edits.append(removing_medium(session.project, medium_id))
    if not edits:
        return Change.nothing()
    return session.commit(Several("Remove media" if len(edits) > 1 else "Remove medium", tuple(edits)))


def measure_media(session: Session) -> tuple[Skipped, ...]:
    """Measure all media whose files were never opened, as exports need; returns those that cannot be read.

    Opens the files: in the window, run `measuring` in a lane and give its items to `Session.learn`.
    """
    skipped: list[Skipped] = []
    for measured in measuring(unmeasured_media(session))(_Undisturbed()):
        session.learn(measured.facts)
        skipped.extend(measured.skipped)
    return tuple(skipped)


@dataclass(frozen=True, slots=True)
class Measured:
    """A bundle of sizes found, and of files that cannot be read."""

    facts: Mapping[MediumId, MediumFacts]
    skipped: tuple[Skipped, ...]


class MeasuringWork:
    """Reads the headers of photos, a few hundred a step, and opens clips; a generator for a lane."""

    _STEP: Final = 256

    def __init__(self, media: Sequence[tuple[MediumId, Path, MediumKind]]) -> None:
        self._media = media

    def __call__(self, context: JobContext) -> Iterator[Measured]:
        """Yields `Measured` until all media are measured."""
        total = len(self._media)
        for start in range(0, total, self._STEP):
            facts: dict[MediumId, MediumFacts] = {}
            skipped: list[Skipped] = []
            for medium_id, path, kind in self._media[start : start + self._STEP]:
                if context.cancelled:
                    return
                try:
                    facts[medium_id] = _facts_of(path, kind)
                except MediaError as error:
                    skipped.append(Skipped(path, str(error)))
            yield Measured(facts, tuple(skipped))
            context.progress(min(start + self._STEP, total), total)


def _facts_of(path: Path, kind: MediumKind) -> MediumFacts:
    if kind is MediumKind.IMAGE:
        return MediumFacts(probe(path), kind=kind)
    source = open_medium(path)
    try:
        return MediumFacts.of(source)
    finally:
        source.close()


def measuring(media: Sequence[tuple[MediumId, Path, MediumKind]]) -> MeasuringWork:
    """The work of measuring some media; see `unmeasured_media`."""
    return MeasuringWork(media)


def unmeasured_media(session: Session) -> list[tuple[MediumId, Path, MediumKind]]:
    """The media whose files were never opened, with path and kind; clips too, whose length only opening tells."""
    return [
        (medium.id, session.path_of(medium.id), medium.kind)
        for medium in session.project.media.values()
        if medium.size == UNMEASURED or _is_of_unknown_length(medium)
    ]


def _is_of_unknown_length(medium: Medium) -> bool:
    """Whether a project of an earlier version may have a clip's size from its header, without its length."""
    return medium.kind is MediumKind.VIDEO and medium.frame_count == 1 and medium.frame_rate is None


class _Undisturbed:
    """A context for work done on the spot."""

    cancelled = False

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Nobody listens."""


def _sentence(path: Path, error: MediaError | OSError) -> str:
    if isinstance(error, MediaError):
        return str(error)
    return f"{str(path)!r} cannot be read ({error.strerror or error}); check its rights and its drive."
