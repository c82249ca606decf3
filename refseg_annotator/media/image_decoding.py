"""Still pictures: header, full decode and reduced decode of one file, whatever its format.

JPEG goes through OpenCV (54 ms for 12 megapixels where Pillow with the copy to numpy takes 95 ms; the same pixels);
everything else through Pillow, which says when a file is cut short. Only the formats named here are tried, so that no
interpreter (PostScript) and no obscure parser ever sees a foreign file.
"""

from __future__ import annotations

import contextlib
import functools
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import cv2
import numpy as np
from PIL import Image

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import MediaError
from refseg_annotator.media.jpeg_header import START_OF_IMAGE, JpegHeader, read_jpeg_header
from refseg_annotator.media.orientation import UPRIGHT, orientation_in, turned, turned_size
from refseg_annotator.media.paths import quoted, stat_file, unreadable
from refseg_annotator.media.pixel_depth import rgb_from_opencv, rgb_from_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

MAX_PIXELS: Final = 16384 * 16384
"""Largest picture that is opened, by the size its header declares: 268 megapixels, 805 MB of RGB."""
MAX_FILE_BYTES: Final = 2 << 30
"""Largest picture file that is opened."""

_FORMATS: Final = ("PNG", "WEBP", "GIF", "TIFF", "BMP", "DIB", "PPM", "JPEG2000", "AVIF", "JPEG")
_KNOWN: Final = "JPEG, PNG, WebP, TIFF, GIF, BMP, AVIF, JPEG 2000 or PNM"
_SIGNATURES: Final = (b"\x89PNG", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM", b"P5\n", b"P6\n")
_END_OF_PNG: Final = b"IEND\xaeB`\x82"
_TIFF_ORIENTATION: Final = 0x0112
_REDUCED: Final = {
    8: cv2.IMREAD_REDUCED_COLOR_8,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    1: cv2.IMREAD_COLOR,
}

# The limit from which Pillow itself warns is lower and holds for the process. Ours replaces it, and is checked here.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What is known of a picture file before its pixels are decoded.

    Args:
        size: Size as shown.
        jpeg: The JPEG header where it is one.
        orientation: EXIF orientation, 1 to 8: how the stored pixels are turned to be shown.
    """

    size: Size
    jpeg: JpegHeader | None
    orientation: int


def read_header(path: Path) -> PictureHeader:
    """Read a picture's header; no pixel is decoded.

    Raises:
        MediaError: Missing, unreadable, no picture, or larger than `MAX_PIXELS`.
    """
    status = stat_file(path)
    if status.st_size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES >> 30
        raise MediaError(
            f"{quoted(path)} is larger than {limit} GiB, the most a picture file may have; cut it into tiles"
        )
    try:
        with path.open("rb") as file:
            if file.read(len(START_OF_IMAGE)) == START_OF_IMAGE:
                file.seek(0)
                return _jpeg_header(path, read_jpeg_header(file))
    except OSError as cause:
        raise unreadable(path, cause) from cause
    with _opened(path) as picture:
        return PictureHeader(_size_as_shown(picture), None, _orientation(picture))


def decode(path: Path) -> NDArray[np.uint8]:
    """Decode a picture, turned upright: (H, W, 3) RGB.

    Raises:
        MediaError: As `read_header`, or the pixels are damaged or cut short.
    """
    header = read_header(path)
    if header.jpeg is not None:
        return _decode_jpeg(path, header.jpeg, reduction=1)
    return _decode_other(path)


def check_whole(path: Path) -> None:
    """Whether `decode` would succeed, without decoding a JPEG or PNG whose end is there.

    Raises:
        MediaError: As `decode`; of damage within a file that has its end, nothing is noticed.
    """
    header = read_header(path)
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise unreadable(path, cause) from cause
    has_end = header.jpeg.is_complete(data) if header.jpeg is not None else data.endswith(_END_OF_PNG)
    if not has_end:
        decode(path)


def decode_small(path: Path, longest: int) -> NDArray[np.uint8]:
    """Decode a picture with its longer side at most `longest` pixels, never enlarged: (H, W, 3) RGB.

    A JPEG is decoded at an eighth, a quarter or half of its size where that is enough: 12 megapixels in about 20 ms.
    """
    header = read_header(path)
    if header.jpeg is not None:
        side = max(header.size.width, header.size.height)
        reduction = next(step for step in _REDUCED if side // step >= longest or step == 1)
        return shrunk(_decode_jpeg(path, header.jpeg, reduction=reduction), header.size, longest)
    return shrunk(_decode_other(path), header.size, longest)


def shrunk(pixels: NDArray[np.uint8], size: Size, longest: int) -> NDArray[np.uint8]:
    """Shrink (H, W, 3) so that a picture of `size` fits into a square of `longest` pixels a side."""
    side = max(size.width, size.height)
    target = max(1, round(size.width * longest / side)), max(1, round(size.height * longest / side))
    if side <= longest or target == (pixels.shape[1], pixels.shape[0]):
        return pixels
    return np.asarray(cv2.resize(pixels, target, interpolation=cv2.INTER_AREA), np.uint8)


def _jpeg_header(path: Path, header: JpegHeader | None) -> PictureHeader:
    if header is None:
        raise MediaError(f"{quoted(path)} is damaged: its JPEG header is broken; copy it again from where it came.")
    _check_pixels(path, header.size)
    return PictureHeader(turned_size(header.size, header.orientation), header, header.orientation)


def _decode_jpeg(path: Path, header: JpegHeader, *, reduction: int) -> NDArray[np.uint8]:
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise unreadable(path, cause) from cause
    if header.components in (1, 3) and header.is_complete(data):
        flags = _REDUCED[reduction] | cv2.IMREAD_IGNORE_ORIENTATION
        try:
            stored = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
        except cv2.error as cause:
            raise _damaged(path) from cause
        if stored is not None:
            return turned(rgb_from_opencv(stored), header.orientation)
    # CMYK, and files without an end: Pillow knows which of them are whole all the same.
    try:
        with Image.open(io.BytesIO(header.without_exif(data)), formats=("JPEG",)) as picture:
            picture.load()
            stored = rgb_from_picture(picture)
    except Exception as cause:
        raise _damaged(path) from cause
    return turned(stored, header.orientation)


def _decode_other(path: Path) -> NDArray[np.uint8]:
    with _opened(path) as picture:
        is_tiff = picture.format == "TIFF"
        orientation = _orientation(picture)
        is_deep = not picture.mode.startswith("I") and any(";16" in str(tile[3]) for tile in picture.tile)
        try:
            picture.load()
            deep = _decode_deep(path) if is_deep else None
            # Pillow turns TIFF upright itself, and only TIFF.
            pixels = rgb_from_picture(picture) if deep is None else deep
        except MemoryError as cause:
            raise MediaError(f"{quoted(path)} does not fit into memory; close other programs or shrink it.") from cause
        except Exception as cause:
            raise _damaged(path) from cause
        is_turned = is_tiff and deep is None
        return pixels if is_turned else turned(pixels, orientation)


def _decode_deep(path: Path) -> NDArray[np.uint8] | None:
    """Colour of 16 bits a channel, of which Pillow keeps only the upper byte; None where OpenCV cannot read it.

    Called after Pillow has found the file whole, since OpenCV is silent about missing rows.
    """
    stored = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION)
    return None if stored is None else rgb_from_opencv(stored)


@functools.cache
def _formats() -> tuple[str, ...]:
    """The formats that this build of Pillow can read, out of those we let in."""
    Image.init()
    return tuple(name for name in _FORMATS if name in Image.OPEN)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The picture with its header read and its declared size checked."""
    # Given a name instead of a file, Pillow maps it into memory: it then forgets to turn a TIFF upright, and a file cut
    # short meanwhile would kill the process.
    try:
        file = path.open("rb")
    except OSError as cause:
        raise unreadable(path, cause) from cause
    with file:
        picture = _header_read(path, file)
        with picture:
            if picture.width < 1 or picture.height < 1:
                raise _damaged(path)
            _check_pixels(path, Size(picture.width, picture.height))
            yield picture


def _header_read(path: Path, file: BinaryIO) -> Image.Image:
    try:
        return Image.open(file, formats=_formats())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise _too_large(path, "more") from cause
    except Image.UnidentifiedImageError as cause:
        file.seek(0)
        if file.read(8).startswith(_SIGNATURES):
            raise _damaged(path) from cause
        raise MediaError(f"{quoted(path)} is not a picture that can be read; convert it to {_KNOWN}.") from cause
    except Exception as cause:
        raise _damaged(path) from cause


def _orientation(picture: Image.Image) -> int:
    """The orientation, by what the header holds; blocks after the pixels are not looked at."""
    if picture.format == "TIFF":
        try:
            value = picture.tag_v2.get(_TIFF_ORIENTATION, UPRIGHT)
        except Exception:  # noqa: BLE001 - a broken tag raises anything; the picture is then shown as stored
            return UPRIGHT
        return value if isinstance(value, int) and 1 <= value <= 8 else UPRIGHT
    exif = picture.info.get("exif")
    return orientation_in(exif) if isinstance(exif, bytes) else UPRIGHT


def _size_as_shown(picture: Image.Image) -> Size:
    size = Size(picture.width, picture.height)
    # Pillow has already exchanged the sides of a TIFF lying on its side.
    return size if picture.format == "TIFF" else turned_size(size, _orientation(picture))


def _check_pixels(path: Path, size: Size) -> None:
    if size.area > MAX_PIXELS:
        raise _too_large(path, f"{size.width} x {size.height}")


def _too_large(path: Path, declared: str) -> MediaError:
    limit = MAX_PIXELS // 1_000_000
    return MediaError(
        f"{quoted(path)} declares {declared} pixels, and pictures over {limit} megapixels are not opened; "
        "shrink it or cut it into tiles."
    )


def _damaged(path: Path) -> MediaError:
    return MediaError(f"{quoted(path)} is damaged or cut short; copy it again from where it came.")
