"""Whether a clip's file is as long as its container says: a copy broken off is found before it is annotated.

MP4, Matroska and AVI declare lengths; streams made to be broadcast (MPEG-TS, MPEG-PS) do not, and recordings that were
never finished declare none.
"""

from __future__ import annotations

from typing import BinaryIO, Final

_MAX_BOXES: Final = 10_000
_MAX_TRUSTED_RIFF: Final = 1 << 30  # larger AVI files often carry a wrapped or made-up length


def is_cut_short(file: BinaryIO, length: int) -> bool:
    """Whether the container in `file`, which is `length` bytes long, declares that more bytes follow."""
    file.seek(0)
    head = file.read(16)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return _are_boxes_cut(file, length)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _is_segment_cut(file, length)
    if head[:4] == b"RIFF":
        declared = int.from_bytes(head[4:8], "little")
        return length <= _MAX_TRUSTED_RIFF and declared <= _MAX_TRUSTED_RIFF and declared + 8 > length
    return False


def _are_boxes_cut(file: BinaryIO, length: int) -> bool:
    """MP4 and QuickTime: a row of boxes, each led by its length and its name."""
    start = 0
    for _ in range(_MAX_BOXES):
        file.seek(start)
        head = file.read(16)
        if len(head) < 8 or not head[4:8].isalnum():  # the end, or padding that is no box
            return False
        size = int.from_bytes(head[:4], "big")
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if size < 8:  # 0: to the end of the file; anything else is nonsense, left to the demuxer
            return False
        start += size
        if start > length:
            return True
    return False


def _is_segment_cut(file: BinaryIO, length: int) -> bool:
    """Matroska and WebM: a header element, then one segment with everything."""
    file.seek(4)
    header = _ebml_length(file)
    if header is None:
        return False
    file.seek(header, 1)
    if file.read(4) != b"\x18\x53\x80\x67":
        return False
    segment = _ebml_length(file)
    return segment is not None and file.tell() + segment > length


def _ebml_length(file: BinaryIO) -> int | None:
    """A length of variable width; None where it is unknown (all ones: a live recording) or broken."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    width = 9 - first[0].bit_length()
    value = int.from_bytes(first + file.read(width - 1), "big") & ((1 << 7 * width) - 1)
    return None if value == (1 << 7 * width) - 1 else value
