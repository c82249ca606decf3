"""PNG files whose pixel values are object numbers, as DAVIS and Refer-YouTube-VOS keep masks, and plain 0/255 masks."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image, UnidentifiedImageError

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.segmentation import checked_size

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask

LARGEST_NUMBER: Final = 255
_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD: Final = 24
_STRETCHED: Final = {2: 85, 4: 17}
"""What Pillow multiplies grey by, by the bits of a pixel, which the byte after the size tells."""
_NUMBERED: Final = frozenset({"P", "L", "1", "I;16"})


def palette() -> NDArray[np.uint8]:
    """The colours of PASCAL VOC and DAVIS, uint8 (256, 3): bit by bit from the number, black for 0."""
    numbers = np.arange(256)
    colours = np.zeros((256, 3), np.uint8)
    for level in range(8):
        for channel in range(3):
            colours[:, channel] |= (((numbers >> (3 * level + channel)) & 1) << (7 - level)).astype(np.uint8)
    return colours


_PALETTE: Final = palette()


def read_png(data: bytes, *, where: str) -> tuple[Size, str, NDArray[Any]]:
    """Size, Pillow's mode and pixels of a PNG; numbers stay numbers, colours become uint8 (H, W, 3).

    Raises:
        FormatError: It is no whole PNG, or larger than a frame can be.
    """
    if len(data) < _PNG_HEAD or not data.startswith(_PNG_SIGNATURE) or data[12:16] != b"IHDR":
        raise FormatError(f"{where} is no PNG picture; save it as one.")
    # The header is read here, so that a picture too large is refused before anything is unpacked.
    width, height = struct.unpack(">II", data[16:24])
    size = checked_size(width, height, where=where)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            mode = picture.mode
            pixels = np.asarray(picture if mode in _NUMBERED else picture.convert("RGB"))
            stretch = _STRETCHED.get(data[_PNG_HEAD]) if mode == "L" else None
            if stretch is not None and ((pixels != 0) & (pixels != LARGEST_NUMBER)).any():
                # Pillow spreads grey of few bits over 0..255; the numbers are those in the file.
                pixels = pixels // stretch
            return size, mode, pixels
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, TypeError) as error:
        raise FormatError(f"{where} is no whole PNG picture; fetch or save it again.") from error


def read_labels(path: Path, size: Size | None = None) -> NDArray[np.uint8]:
    """The object numbers of a label PNG, uint8 (H, W).

    A picture in the palette's colours, as some tools save it, is taken back to numbers; a picture of 0 and 255 only, as
    DAVIS 2016 has, to 0 and 1.

    Args:
        size: The size it must have.

    Raises:
        FormatError: The file is missing, no picture, cut off, of another size, or holds colours outside the palette.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path} is missing or cannot be read; the format needs this mask.") from error
    found, mode, pixels = read_png(data, where=str(path))
    if size is not None and found != size:
        raise FormatError(
            f"{path} has {found.width} x {found.height} pixels where its frame has {size.width} x {size.height}; "
            "save the mask at the frame's size."
        )
    if pixels.ndim == 3:
        return _numbers_of_colours(pixels, path)
    if mode == "1":
        return pixels.astype(np.uint8)
    if pixels.size and int(pixels.max()) > LARGEST_NUMBER:
        raise FormatError(f"{path} holds the object number {int(pixels.max())}; this format ends at {LARGEST_NUMBER}.")
    labels: NDArray[np.uint8] = pixels.astype(np.uint8)
    if mode != "P" and not ((labels != 0) & (labels != LARGEST_NUMBER)).any():
        labels = (labels != 0).astype(np.uint8)
    return labels


def _numbers_of_colours(pixels: NDArray[np.uint8], path: Path) -> NDArray[np.uint8]:
    codes = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    known = _PALETTE.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    if not ((codes != 0) & (codes != 0xFFFFFF)).any():
        flat: NDArray[np.uint8] = (codes != 0).astype(np.uint8)
        return flat
    order = np.argsort(known, kind="stable")
    places = np.clip(np.searchsorted(known[order], codes), 0, 255)
    if (known[order][places] != codes).any():
        raise FormatError(f"{path} holds colours outside the DAVIS palette; save it as an indexed picture.")
    numbers: NDArray[np.uint8] = order[places].astype(np.uint8)
    return numbers


def write_labels(path: Path, labels: NDArray[np.uint8]) -> None:
    """Save object numbers, uint8 (H, W), as an indexed PNG in the DAVIS colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(labels)
    picture.putpalette(_PALETTE.tobytes())
    picture.save(path, format="PNG", optimize=False)


def write_mask(path: Path, mask: Mask) -> None:
    """Save a mask as a grey PNG, 0 and 255."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(mask.to_array().astype(np.uint8) * 255).save(path, format="PNG")


def read_mask_png(path: Path, size: Size | None = None) -> NDArray[np.bool_]:
    """The pixels of a mask PNG that are not 0, bool (H, W).

    Raises:
        FormatError: As `read_labels`.
    """
    pixels: NDArray[np.bool_] = read_labels(path, size) != 0
    return pixels
