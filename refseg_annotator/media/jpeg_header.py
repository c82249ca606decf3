"""The header of a JPEG file, read segment by segment without decoding: size, colour components, orientation."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO, Final

from refseg_annotator.core.geometry import Size
from refseg_annotator.media.orientation import UPRIGHT, orientation_in

START_OF_IMAGE: Final = b"\xff\xd8\xff"
END_OF_IMAGE: Final = b"\xff\xd9"
_START_OF_SCAN: Final = 0xDA
_APP1: Final = 0xE1
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # tables share the range with frames
_BARE_MARKERS: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # no length and no payload follow
_MAX_SEGMENTS: Final = 4096  # real files have tens; a file of nothing but segments must not cost minutes


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """What a JPEG says of itself before its pixels begin.

    Args:
        size: Size as stored, before the orientation is applied.
        components: 1 grey, 3 colour, 4 CMYK.
        orientation: EXIF orientation, 1 to 8.
        exif: Where EXIF segments lie: (first byte, one past the last).
        scan: Position of the first scan, where pixels begin.
    """

    size: Size
    components: int
    orientation: int
    exif: tuple[tuple[int, int], ...]
    scan: int

    def is_complete(self, data: bytes) -> bool:
        """Whether the file's bytes hold the end of the image after its pixels began.

        Inside the pixels this marker cannot occur by chance, and a thumbnail's own end lies before them.
        """
        return data.find(END_OF_IMAGE, self.scan) >= 0

    def without_exif(self, data: bytes) -> bytes:
        """The same file without EXIF segments, for a decoder that would trip over broken ones."""
        parts, start = [], 0
        for first, end in self.exif:
            parts.append(data[start:first])
            start = end
        return b"".join([*parts, data[start:]])


def read_jpeg_header(file: BinaryIO) -> JpegHeader | None:
    """Read the header from a file standing at its first byte; None if it is broken or not a JPEG's."""
    if file.read(2) != START_OF_IMAGE[:2]:
        return None
    size: Size | None = None
    components, orientation = 0, UPRIGHT
    exif: list[tuple[int, int]] = []
    for _ in range(_MAX_SEGMENTS):
        start = file.tell()
        marker = _next_marker(file)
        if marker is None:
            return None
        if marker in _BARE_MARKERS:
            continue
        length = int.from_bytes(file.read(2), "big")
        if length < 2:
            return None
        if marker == _START_OF_SCAN:
            return JpegHeader(size, components, orientation, tuple(exif), start) if size and components else None
        end = file.tell() + length - 2
        if marker == _APP1:
            payload = file.read(length - 2)
            if payload.startswith(b"Exif\x00"):
                exif.append((start, end))
                if orientation == UPRIGHT:
                    orientation = orientation_in(payload)
        elif marker in _FRAME_MARKERS:
            frame = file.read(6)
            height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
            if len(frame) < 6 or not height or not width:
                return None
            size, components = Size(width, height), frame[5]
        file.seek(end, os.SEEK_SET)
    return None


def _next_marker(file: BinaryIO) -> int | None:
    """The code of the next marker, fill bytes before it skipped; None at the end or where no marker stands."""
    if file.read(1) != b"\xff":
        return None
    for _ in range(_MAX_SEGMENTS):
        code = file.read(1)
        if not code:
            return None
        if code != b"\xff":
            return code[0] or None
    return None
