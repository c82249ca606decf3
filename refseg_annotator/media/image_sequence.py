"""A folder of numbered pictures as a clip, the layout of DAVIS and Refer-YouTube-VOS."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.media.frame_source import frozen, no_such_frame
from refseg_annotator.media.image_decoding import decode, read_header
from refseg_annotator.media.listing import kind_of, list_media
from refseg_annotator.media.paths import quoted

if TYPE_CHECKING:
    import os

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size

_NUMBERED: Final = re.compile(r"(.*?)([0-9]+)([^0-9]*)", re.DOTALL)


class ImageSequence:
    """A folder of pictures whose names differ in one number; frame 0 is the lowest number, gaps do not count.

    The names of the files are the frames' names in data sets, where `frame_names` keeps them.

    Raises:
        MediaError: The folder is missing, holds no pictures, or pictures that are not the frames of one clip.
    """

    def __init__(self, folder: Path | str | os.PathLike[str], *, frame_rate: float | None = None) -> None:
        self._path = Path(folder)
        self._files = numbered_frames(self._path)
        self._frame_rate = frame_rate
        self._size = read_header(self._files[0]).size
        self._is_closed = False

    @property
    def path(self) -> Path:
        """Where the folder is."""
        return self._path

    @property
    def kind(self) -> MediumKind:
        """Always a video."""
        return MediumKind.VIDEO

    @property
    def size(self) -> Size:
        """Size of the first frame as shown; all others have it too."""
        return self._size

    @property
    def frame_count(self) -> int:
        """Number of pictures."""
        return len(self._files)

    @property
    def frame_rate(self) -> float | None:
        """Frames a second, where the maker said so; pictures do not know."""
        return self._frame_rate

    @property
    def frame_names(self) -> tuple[str, ...]:
        """The files' names without their suffix, by frame number."""
        return tuple(file.stem for file in self._files)

    def read(self, frame: int) -> NDArray[np.uint8]:
        """Decode one frame: (H, W, 3) RGB, contiguous and read-only.

        Raises:
            MediaError: There is no such frame, it is damaged, or of another size than the first.
        """
        if self._is_closed:
            raise MediaError(f"{quoted(self._path)} was closed; open it again.")
        if not 0 <= frame < len(self._files):
            raise no_such_frame(quoted(self._path), frame, len(self._files))
        pixels = decode(self._files[frame])
        if pixels.shape[:2] != self._size.shape:
            raise MediaError(
                f"{quoted(self._files[frame])} has {pixels.shape[1]} x {pixels.shape[0]} pixels, and the clip it is a "
                f"frame of has {self._size.width} x {self._size.height}; scale all frames to one size."
            )
        return frozen(pixels)

    def close(self) -> None:
        """Refuse further reads; no file is held."""
        self._is_closed = True


def numbered_frames(folder: Path) -> list[Path]:
    """The pictures of a folder as frames, by their numbers; none is opened.

    Raises:
        MediaError: There are none, or they are not the numbered frames of one clip.
    """
    files = [file for file in list_media(folder) if kind_of(file) is MediumKind.IMAGE]
    if not files:
        raise MediaError(f"{quoted(folder)} holds no pictures; choose a folder of numbered frames.")
    frames: dict[int, Path] = {}
    frame_name: tuple[str, str] | None = None
    for file in files:
        match = _NUMBERED.fullmatch(file.stem)
        name = (match.group(1), match.group(3)) if match else None
        number = int(match.group(2)) if match else -1
        if name is None or number in frames or frame_name not in (None, name):
            raise MediaError(
                f"{quoted(folder)} is no clip, since {quoted(Path(file.name))} is no numbered frame like the others; "
                "add its pictures one by one, or move that file away."
            )
        frame_name = name
        frames[number] = file
    return [frames[number] for number in sorted(frames)]
