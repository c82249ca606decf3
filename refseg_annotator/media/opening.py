"""From a path to a medium: what every way in (dialog, command line, drop, project file) goes through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.media.frame_source import FrameSource, frozen
from refseg_annotator.media.image_decoding import decode_small, read_header
from refseg_annotator.media.image_file import ImageFile
from refseg_annotator.media.listing import kind_of

if TYPE_CHECKING:
    import os

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size


def open_medium(path: Path | str | os.PathLike[str]) -> FrameSource:
    """Open a picture, a clip, or a folder of numbered frames, by what its suffix says and its contents bear out.

    Raises:
        MediaError: It is missing, unreadable, damaged, or none of these.
    """
    path = Path(path)
    if kind_of(path) is MediumKind.VIDEO:
        raise MediaError(f"{path.name!r} is a clip, which this version does not open yet; choose pictures.")
    return ImageFile(path)


def probe(path: Path | str | os.PathLike[str]) -> Size:
    """The size of a frame as shown, from the header alone: no pixel is decoded.

    Raises:
        MediaError: As `open_medium`.
    """
    path = Path(path)
    if kind_of(path) is MediumKind.VIDEO:
        return open_medium(path).size
    return read_header(path).size


def thumbnail(path: Path | str | os.PathLike[str], longest: int) -> NDArray[np.uint8]:
    """A small picture of a medium (a clip's first frame), its longer side at most `longest`: uint8 (h, w, 3) RGB.

    Raises:
        MediaError: As `open_medium`, or the pixels are damaged.
    """
    if longest < 1:
        raise ValueError(f"a thumbnail has at least one pixel a side, not {longest}")
    return frozen(decode_small(Path(path), longest))
