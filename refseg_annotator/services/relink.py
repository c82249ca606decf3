"""Files that are no longer where the project knows them: found again below a folder by name and size."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from refseg_annotator.core.counting import number_of
from refseg_annotator.core.edits import PutMedium, Several
from refseg_annotator.errors import EditError, MediaError
from refseg_annotator.media import name_key, open_medium, probe
from refseg_annotator.services.session import UNMEASURED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.core.events import Change
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.services.jobs import JobContext
    from refseg_annotator.services.session import Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """A medium whose file is looked for."""

    id: MediumId
    path: Path
    size: Size


@dataclass(frozen=True, slots=True)
class Moved:
    """What a search has found.

    Attributes:
        unclear: media of which several files could be the one; none was taken.
        lost: media of which no file could be.
    """

    found: Mapping[MediumId, Path]
    unclear: tuple[Wanted, ...] = ()
    lost: tuple[Wanted, ...] = ()


def wanted_media(session: Session, most: int | None = None) -> list[Wanted]:
    """All media, or the first so many, for `MissingWork` to see which are missing."""
    media = islice(session.project.media.values(), most)
    return [Wanted(medium.id, session.path_of(medium.id), medium.size) for medium in media]


class MissingWork:
    """Looks which files are not there; a generator for a lane."""

    def __init__(self, media: Sequence[Wanted]) -> None:
        self._media = media

    def __call__(self, context: JobContext) -> Iterator[list[Wanted]]:
        """Yields the missing, once."""
        missing: list[Wanted] = []
        for number, medium in enumerate(self._media, start=1):
            if not medium.path.exists():
                missing.append(medium)
            if number % 512 == 0:
                context.progress(number, len(self._media))
        yield missing


class SearchWork:
    """Looks for missing files below a folder; a generator for a lane.

    Args:
        taken: files that the project knows already, which cannot be the missing ones.
    """

    def __init__(self, missing: Sequence[Wanted], folder: Path, taken: Collection[Path] = ()) -> None:
        self._missing = missing
        self._folder = folder
        self._taken = frozenset(taken)

    def __call__(self, context: JobContext) -> Iterator[Moved]:
        """Yields what was found, once."""
        names = {name_key(medium.path.name) for medium in self._missing}
        places: dict[str, list[Path]] = defaultdict(list)
        seen = 0
        for folder, folders, files in os.walk(self._folder):
            folders.sort()
            # A folder of frames is a medium too.
            for name in (*files, *folders):
                if name_key(name) in names and (path := Path(folder, name)) not in self._taken:
                    places[name_key(name)].append(path)
            seen += len(files)
            if context.cancelled:
                return
            context.progress(seen, None, number_of(seen, "files looked at"))
        found: dict[MediumId, Path] = {}
        unclear: list[Wanted] = []
        lost: list[Wanted] = []
        used: set[Path] = set()
        for number, medium in enumerate(self._missing, start=1):
            places_left = [path for path in places[name_key(medium.path.name)] if path not in used]
            likely = _likely(places_left, medium.size, context)
            if context.cancelled:
                return
            best = _nearest(likely, medium.path)
            if best is not None:
                found[medium.id] = best
                used.add(best)
            else:
                (unclear if likely else lost).append(medium)
            context.progress(number, len(self._missing))
        yield Moved(found, tuple(unclear), tuple(lost))


def _likely(paths: Sequence[Path], size: Size, context: JobContext) -> list[Path]:
    """The files of that size; so far as one got when the work is cancelled.

    Each look opens a file, and of a name such as 000001.jpg there may be thousands.
    """
    likely: list[Path] = []
    for path in paths:
        if context.cancelled:
            break
        if _has_size(path, size):
            likely.append(path)
    return likely


def _has_size(path: Path, size: Size) -> bool:
    if size == UNMEASURED:
        return True
    try:
        if not path.is_dir():
            return probe(path) == size
        source = open_medium(path)
    except MediaError:
        return False
    try:
        return source.size == size
    finally:
        source.close()


def _nearest(paths: Sequence[Path], former: Path) -> Path | None:
    """The path that ends most like the former one; None where two do alike."""
    ranked = sorted(((_common_end(path, former), path) for path in paths), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _common_end(one: Path, other: Path) -> int:
    count = 0
    for mine, theirs in zip(reversed(one.parts), reversed(other.parts), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def relink(session: Session, found: Mapping[MediumId, Path]) -> Change:
    """Tell the project where its files are now: one step of undo. Media that are gone by now are passed over."""
    media = session.project.media
    edits = tuple(
        PutMedium(replace(media[medium_id], path=path.as_posix()))
        for medium_id, path in found.items()
        if medium_id in media
    )
    if not edits:
        raise EditError("None of the missing files was found there; choose another folder.")
    for medium_id in found:
        if medium_id in media:
            session.frames.forget(session.path_of(medium_id))
    title = "Find moved file" if len(edits) == 1 else f"Find {len(edits)} moved files"
    return session.commit(Several(title, edits))
