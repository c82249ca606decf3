"""From a path to a medium: what every way in (dialog, command line, drop, project file) goes through.

What decodes clips is loaded with the first clip: it takes a tenth of a second, which no window should wait for.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import MediaError
from refseg_annotator.media.frame_source import FrameSource, frozen
from refseg_annotator.media.image_decoding import decode_small, read_header, shrunk
from refseg_annotator.media.image_file import ImageFile
from refseg_annotator.media.image_sequence import ImageSequence, numbered_frames
from refseg_annotator.media.listing import kind_of
from refseg_annotator.media.orientation import UPRIGHT
from refseg_annotator.media.paths import stat_medium

if TYPE_CHECKING:
    import os

    import numpy as np
    from numpy.typing import NDArray


def open_medium(path: Path | str | os.PathLike[str]) -> FrameSource:
    """Open a picture, a clip, or a folder of numbered frames.

    A known suffix decides between picture and clip; without one the contents do.

    Raises:
        MediaError: It is missing, unreadable, damaged, or none of these.
    """
    path = Path(path)
    match _kind_on_disk(path):
        case MediumKind.IMAGE:
            return ImageFile(path)
        case MediumKind.VIDEO if path.is_dir():
            return ImageSequence(path)
        case MediumKind.VIDEO:
            from refseg_annotator.media.video_file import VideoFile

            return VideoFile(path)


def probe(path: Path | str | os.PathLike[str]) -> Size:
    """The size of a frame as shown: from a picture's header alone, from a clip's header and first frame.

    Raises:
        MediaError: As `open_medium`.
    """
    path = Path(path)
    match _kind_on_disk(path):
        case MediumKind.IMAGE:
            return read_header(path).size
        case MediumKind.VIDEO if path.is_dir():
            return read_header(numbered_frames(path)[0]).size
        case MediumKind.VIDEO:
            from refseg_annotator.media.video_container import read_clip_header

            return read_clip_header(path).size


def orientation_of(path: Path | str | os.PathLike[str]) -> int:
    """How a picture's stored pixels are turned to be shown: EXIF's orientation, 1 to 8. Clips and folders have 1.

    Raises:
        MediaError: As `open_medium`.
    """
    path = Path(path)
    return read_header(path).orientation if _kind_on_disk(path) is MediumKind.IMAGE else UPRIGHT


def thumbnail(path: Path | str | os.PathLike[str], longest: int) -> NDArray[np.uint8]:
    """A small picture of a medium (a clip's first frame), its longer side at most `longest`: uint8 (h, w, 3) RGB.

    Raises:
        MediaError: As `open_medium`, or the pixels are damaged.
    """
    if longest < 1:
        raise ValueError(f"a thumbnail has at least one pixel a side, not {longest}")
    path = Path(path)
    match _kind_on_disk(path):
        case MediumKind.IMAGE:
            small = decode_small(path, longest)
        case MediumKind.VIDEO if path.is_dir():
            small = decode_small(numbered_frames(path)[0], longest)
        case MediumKind.VIDEO:
            from refseg_annotator.media.video_container import poster

            pixels = poster(path)
            small = shrunk(pixels, Size(pixels.shape[1], pixels.shape[0]), longest)
    return frozen(small)


def _kind_on_disk(path: Path) -> MediumKind:
    """Image or video, by the suffix; a folder is a clip; a file without a known suffix is tried as both."""
    kind = kind_of(path)
    if stat.S_ISDIR(stat_medium(path).st_mode):
        return MediumKind.VIDEO
    if kind is not None:
        return kind
    try:
        read_header(path)
    except MediaError as not_a_picture:
        from refseg_annotator.media.video_container import open_clip

        try:
            open_clip(path).close()
        except MediaError:
            raise not_a_picture from None
        return MediumKind.VIDEO
    return MediumKind.IMAGE
