"""COCO's two ways to write a mask, run-length code and polygons, to and from `Mask`.

Run-length code is exact and the default. Polygons are drawn by pycocotools, so that the pixels are those everybody else
gets; several polygons of one object are united. Foreign numbers are checked before any C code sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from pycocotools import _mask as coco_mask

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_SIDE: Final = 1 << 16
LARGEST_FRAME: Final = 1 << 28
"""Pixels: a frame larger than this is taken for a broken file."""

Counts: TypeAlias = NDArray[np.int64]


class Rle(msgspec.Struct, frozen=True):
    """`size` is (height, width); `counts` runs down the columns and starts with zeros."""

    size: tuple[int, int]
    counts: str | list[int]


Segmentation: TypeAlias = Rle | list[list[float] | Rle]
"""A list may hold run-length code too: RefCLEF does so."""
_DECODER: Final = msgspec.json.Decoder(Segmentation)


def checked_size(width: int, height: int, *, where: str) -> Size:
    """A frame's size.

    Raises:
        FormatError: A side is below 1 or the frame is absurdly large.
    """
    if not (1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE and width * height <= LARGEST_FRAME):
        raise FormatError(f"{where}: a frame of {width} x {height} pixels cannot be; correct width and height.")
    return Size(width=width, height=height)


def parse_segmentation(raw: msgspec.Raw | bytes | Segmentation, *, where: str) -> Segmentation:
    """The segmentation as typed values, from its JSON bytes where it still is such.

    Raises:
        FormatError: It is neither run-length code nor a list of polygons.
    """
    if isinstance(raw, Rle | list):
        return raw
    try:
        segmentation: Segmentation = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(f"{where}: segmentation is neither run-length code nor a list of polygons.") from error
    return segmentation


def decode_segmentation(raw: msgspec.Raw | bytes | Segmentation, size: Size, *, where: str) -> Mask:
    """The mask of a COCO segmentation on a frame of `size`.

    Raises:
        FormatError: The code is broken or of another size; `where` names the record.
    """
    segmentation = parse_segmentation(raw, where=where)
    if isinstance(segmentation, Rle):
        return decode_rle(segmentation, size, where=where)
    polygons = [part for part in segmentation if isinstance(part, list)]
    mask = decode_polygons(polygons, size, where=where)
    for part in segmentation:
        if isinstance(part, Rle):
            mask = mask.union(decode_rle(part, size, where=where))
    return mask


def decode_rle(rle: Rle, size: Size, *, where: str) -> Mask:
    """The mask of run-length code, compressed or plain.

    Raises:
        FormatError: The size differs from the frame's, a run is negative, or the runs do not fill the frame.
    """
    if tuple(rle.size) != (size.height, size.width):
        height, width = rle.size
        raise FormatError(
            f"{where}: segmentation.size says {width} x {height} where the image has {size.width} x {size.height}."
        )
    if isinstance(rle.counts, list):
        try:
            counts = np.asarray(rle.counts, dtype=np.int64)
        except (OverflowError, ValueError) as error:
            raise FormatError(f"{where}: segmentation.counts holds a number no run can have.") from error
    else:
        counts = counts_of_code(rle.counts, where=where)
    area = size.width * size.height
    if counts.size and (int(counts.min()) < 0 or int(counts.max()) > area):
        raise FormatError(f"{where}: segmentation.counts holds a run that is negative or longer than the frame.")
    if int(counts.sum()) != area:
        raise FormatError(f"{where}: segmentation.counts adds up to {int(counts.sum())} pixels, the frame has {area}.")
    return Mask.from_counts(size, cast("Sequence[int]", counts))


def counts_of_code(code: str | bytes, *, where: str) -> Counts:
    """The run lengths in pycocotools' compressed string: six bits a character, differences from the run before last.

    Raises:
        FormatError: A character is outside the alphabet or the string ends within a number.
    """
    try:
        data = np.frombuffer(code.encode("ascii") if isinstance(code, str) else code, dtype=np.uint8)
    except UnicodeEncodeError as error:
        raise FormatError(f"{where}: segmentation.counts holds a character outside run-length code.") from error
    if not data.size:
        return np.zeros(0, dtype=np.int64)
    digits = data.astype(np.int64) - 48
    if int(digits.min()) < 0 or int(digits.max()) > 63:
        raise FormatError(f"{where}: segmentation.counts holds a character outside run-length code.")
    last = (digits & 0x20) == 0
    if not last[-1]:
        raise FormatError(f"{where}: segmentation.counts breaks off within a number.")
    ends = np.flatnonzero(last)
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts + 1
    if int(lengths.max()) > 9:
        raise FormatError(f"{where}: segmentation.counts holds a number no run can have.")
    place = np.arange(digits.size) - np.repeat(starts, lengths)
    values = np.add.reduceat((digits & 0x1F) << (5 * place), starts)
    negative = (digits[ends] & 0x10) != 0
    values -= np.where(negative, np.int64(1) << (5 * lengths), 0)
    # From the fourth run on the code holds differences from the run two before.
    values[1::2] = np.cumsum(values[1::2])
    values[2::2] = np.cumsum(values[2::2])
    return values


def decode_polygons(polygons: list[list[float]], size: Size, *, where: str) -> Mask:
    """The union of polygons given as x, y, x, y ... in pixels; polygons of fewer than three points hold nothing.

    Raises:
        FormatError: A coordinate is missing, not finite, or far outside the frame.
    """
    usable: list[list[float]] = []
    reach = 4.0 * max(size.width, size.height) + 1024.0
    for number, polygon in enumerate(polygons):
        if len(polygon) % 2:
            raise FormatError(f"{where}: segmentation[{number}] has an x without its y.")
        if len(polygon) < 6:
            continue
        points = np.asarray(polygon, dtype=np.float64)
        if not np.isfinite(points).all() or float(np.abs(points).max()) > reach:
            raise FormatError(f"{where}: segmentation[{number}] has a point far outside the frame.")
        usable.append(polygon)
    if not usable:
        return Mask.empty(size)
    codes = coco_mask.frPoly(usable, size.height, size.width)
    code = coco_mask.merge(codes, intersect=0)["counts"]
    return Mask.from_counts(size, cast("Sequence[int]", counts_of_code(code, where=where)))


def rle_code(mask: Mask) -> str:
    """The compressed run-length code of a mask, as COCO's `counts` holds it."""
    height, width = mask.size.shape
    [code] = coco_mask.frUncompressedRLE([{"size": [height, width], "counts": mask.to_counts()}], height, width)
    counts: bytes = code["counts"]
    return counts.decode("ascii")


def encode_rle(mask: Mask) -> dict[str, Any]:
    """Compressed run-length code as COCO's JSON holds it: `{"size": [height, width], "counts": "..."}`."""
    return {"size": list(mask.size.shape), "counts": rle_code(mask)}
