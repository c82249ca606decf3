"""A picture file as a medium of one frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.media.frame_source import frozen, no_such_frame
from refseg_annotator.media.image_decoding import decode, read_header
from refseg_annotator.media.paths import quoted

if TYPE_CHECKING:
    import os

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size


class ImageFile:
    """A picture; its header is read when it is made, its pixels with every `read`. No file is held open.

    EXIF orientation is applied. Animations show their first frame, documents of several pages their first page.
    Colour profiles are not applied: training data are not colour-managed either.

    Raises:
        MediaError: The file is missing, unreadable, no picture, or too large.
    """

    def __init__(self, path: Path | str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._size = read_header(self._path).size

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def kind(self) -> MediumKind:
        """Always an image."""
        return MediumKind.IMAGE

    @property
    def size(self) -> Size:
        """Size as shown, after the EXIF rotation."""
        return self._size

    @property
    def frame_count(self) -> int:
        """Always 1."""
        return 1

    @property
    def frame_rate(self) -> float | None:
        """Always None."""
        return None

    def read(self, frame: int = 0) -> NDArray[np.uint8]:
        """Decode the picture: (H, W, 3) RGB, contiguous and read-only."""
        if frame != 0:
            raise no_such_frame(quoted(self._path), frame, 1)
        pixels = decode(self._path)
        if pixels.shape[:2] != self._size.shape:
            raise MediaError(
                f"{quoted(self._path)} has changed on disk from {self._size.width} x {self._size.height} "
                f"to {pixels.shape[1]} x {pixels.shape[0]} pixels; open it anew."
            )
        return frozen(pixels)

    def close(self) -> None:
        """Nothing is held."""
