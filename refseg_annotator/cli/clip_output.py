"""The folder that `propagate` writes: masks by frame, the clip with the masks drawn on it, and the project."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.media import FrameSource

MASKS: Final = "masks"
OVERLAY: Final = "overlay.mp4"
_DIGITS: Final = 5
_OWN_SUFFIXES: Final = (".refseg", ".refseg-wal", ".refseg-shm", ".refseg.lock")
_USUAL_RATE: Final = 25.0
"""Frames a second of the overlay where the clip does not say."""


class ClipOutput:
    """A folder of one run, new or in an earlier run's place.

    A new one is written where it will be, so that whatever ends the run leaves what arrived. An earlier run's is
    replaced by the complete new one only: that is written beside it and moved when `finish` is called.

    Args:
        folder: where the run's files will be.
        replace: an earlier run's files there may go.

    Raises:
        UsageError: there is something in the folder that may not go.
    """

    def __init__(self, folder: Path, *, replace: bool = False) -> None:
        self.folder = folder.absolute()
        self._is_in_place = not _has_content(self.folder)
        if self._is_in_place:
            self.place = self.folder
        else:
            _demand_own(self.folder, replace=replace)
            self.place = self.folder.with_name(f"{self.folder.name}.new-{os.getpid()}")

    def begin(self) -> None:
        """Make the folder; nothing was touched before."""
        (self.place / MASKS).mkdir(parents=True, exist_ok=True)

    def project(self, source: Path) -> Path:
        """Where the project on a clip goes."""
        return self.place / f"{source.stem if source.is_file() else source.name}.refseg"

    def write_mask(self, name: str, mask: Mask) -> None:
        """Save the mask of the frame of that name: indexed as DAVIS has it, 1 inside and 0 outside."""
        from refseg_annotator.formats.label_png import write_labels

        path = self.place / MASKS / f"{name}.png"
        beside = path.with_name(f".{path.name}")
        try:
            write_labels(beside, mask.to_array().astype(np.uint8))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def write_overlay(
        self, source: FrameSource, masks: Mapping[int, Mask], progress: Callable[[int, int, str], None]
    ) -> None:
        """Save the frames from the first to the last that has a mask, each with its mask drawn on it."""
        from refseg_annotator.cli.pictures import drawn_over
        from refseg_annotator.formats.media_files import encode_video
        from refseg_annotator.services.bridged_frames import BridgedFrames

        frames = range(min(masks), max(masks) + 1)
        pictures = BridgedFrames(source, source.frame_count)

        def drawn() -> Iterator[NDArray[np.uint8]]:
            for done, frame in enumerate(frames, 1):
                pixels = pictures.read(frame)
                mask = masks.get(frame)
                yield _even(pixels if mask is None else drawn_over(pixels, [mask]))
                progress(done, len(frames), f"frame {frame}")

        beside = self.place / f".{OVERLAY}.part.mp4"
        try:
            encode_video(beside, drawn(), frame_rate=source.frame_rate or _USUAL_RATE)
            beside.replace(self.place / OVERLAY)
        finally:
            beside.unlink(missing_ok=True)

    def finish(self) -> None:
        """Put the new folder in the place of the earlier run's."""
        if self._is_in_place:
            return
        former = self.folder.with_name(f"{self.folder.name}.old-{os.getpid()}")
        self.folder.replace(former)
        self.place.replace(self.folder)
        self.place, self._is_in_place = self.folder, True
        shutil.rmtree(former)

    def discard(self) -> None:
        """Take away what was begun; an earlier run's folder is as it was."""
        shutil.rmtree(self.place / MASKS, ignore_errors=True)
        (self.place / OVERLAY).unlink(missing_ok=True)
        if not _has_content(self.place) and self.place.is_dir():
            self.place.rmdir()


def frame_names(source: FrameSource) -> Callable[[int], str]:
    """How the frames' files are called: by the frame's number, or as the clip's own files where it is a folder."""
    from refseg_annotator.media.image_sequence import ImageSequence

    if isinstance(source, ImageSequence):
        return source.frame_names.__getitem__
    return lambda frame: f"{frame:0{_DIGITS}d}"


def _has_content(folder: Path) -> bool:
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder for the masks, the overlay and the project.")
    return any(folder.iterdir())


def _demand_own(folder: Path, *, replace: bool) -> None:
    foreign = [path for path in sorted(folder.iterdir()) if not _is_own(path)]
    if foreign:
        raise UsageError(f"{folder} holds {foreign[0].name!r}, which no earlier run wrote; name a new or empty folder.")
    if not replace:
        raise UsageError(
            f"{folder} holds an earlier run's masks; say --replace to let them go, or name another folder."
        )
    for project in folder.glob("*.refseg"):
        _demand_untouched(project)


def _demand_untouched(project: Path) -> None:
    """Refuse to let go of a project that is open in a window, or that somebody has worked on since."""
    from refseg_annotator.core.annotation import Origin
    from refseg_annotator.storage.project_store import ProjectStore

    with ProjectStore.open(project) as store:
        media = store.load().media
        annotations = [one for medium_id in media for one in store.load_annotations(medium_id)]
    by_hand = sum(one.provenance.origin is Origin.MANUAL or one.provenance.strokes > 0 for one in annotations)
    if by_hand or sum(one.keyframe for one in annotations) > 1:
        raise UsageError(f"{project} was worked on by hand since it was written; name another folder.")


def _is_own(path: Path) -> bool:
    if path.name == MASKS:
        return path.is_dir() and all(one.suffix == ".png" for one in path.iterdir())
    return path.name == OVERLAY or path.name.endswith(_OWN_SUFFIXES)


def _even(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The frame with even sides, the last row or column doubled: players want it so."""
    height, width = pixels.shape[:2]
    return np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
