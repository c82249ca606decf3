"""The EXIF orientation: found in raw bytes without trusting them, and applied to pixels and sizes.

The parser is our own, since Pillow's warns on the standard error about every odd tag, and only one tag is wanted.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.core.geometry import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

UPRIGHT: Final = 1
_ORIENTATION_TAG: Final = 0x0112
_ENTRY_BYTES: Final = 12
_VALUE_FORMATS: Final = {1: "B", 3: "H", 4: "I"}  # the EXIF types a careless writer uses for the orientation


def orientation_in(exif: bytes | None) -> int:
    """The orientation, 1 to 8, in an EXIF block; 1 (upright) where there is none or the block is broken."""
    if not exif:
        return UPRIGHT
    block = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(block[:4])
    if order is None:
        return UPRIGHT
    try:
        (directory,) = struct.unpack_from(order + "I", block, 4)
        (count,) = struct.unpack_from(order + "H", block, directory)
        for index in range(count):
            entry = directory + 2 + index * _ENTRY_BYTES
            tag, kind = struct.unpack_from(order + "HH", block, entry)
            if tag == _ORIENTATION_TAG and kind in _VALUE_FORMATS:
                (value,) = struct.unpack_from(order + _VALUE_FORMATS[kind], block, entry + 8)
                return int(value) if 1 <= value <= 8 else UPRIGHT
    except struct.error:  # an offset or a count that points outside the block
        return UPRIGHT
    return UPRIGHT


def turned_size(stored: Size, orientation: int) -> Size:
    """The size of the picture as shown, from its size as stored."""
    return Size(stored.height, stored.width) if orientation >= 5 else stored


def turned(stored: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The picture as shown, from the pixels as stored: (H, W) or (H, W, C)."""
    match orientation:
        case 2:
            result = cv2.flip(stored, 1)
        case 3:
            result = cv2.rotate(stored, cv2.ROTATE_180)
        case 4:
            result = cv2.flip(stored, 0)
        case 5:
            result = cv2.transpose(stored)
        case 6:
            result = cv2.rotate(stored, cv2.ROTATE_90_CLOCKWISE)
        case 7:
            result = cv2.rotate(cv2.transpose(stored), cv2.ROTATE_180)
        case 8:
            result = cv2.rotate(stored, cv2.ROTATE_90_COUNTERCLOCKWISE)
        case _:
            return stored
    return np.asarray(result, np.uint8)
