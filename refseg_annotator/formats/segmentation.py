"""COCO's two ways to write a mask, run-length code and polygons, to and from `Mask`.

Run-length code is exact and the default. Polygons are drawn by pycocotools, so that the pixels are those everybody else
gets; several polygons of one object are united. Foreign numbers are checked before any C code sees them.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from pycocotools import _mask as coco_mask

from refseg_annotator.core.counting import number_of
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_SIDE: Final = 1 << 16
LARGEST_FRAME: Final = 1 << 28
"""Pixels: a frame larger than this is taken for a broken file."""

_MOST_DIGITS: Final = 9
"""Characters of five bits a number; more than any area allowed needs."""

_FEWEST_NUMBERS: Final = 6
"""Of a polygon: x and y of three points."""

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
    _demand_size(rle, size, where)
    counts = rle.counts if isinstance(rle.counts, list) else counts_of_code(rle.counts, where=where)
    return mask_of_counts(counts, size, where=where)


def _demand_size(rle: Rle, size: Size, where: str) -> None:
    if rle.size != (size.height, size.width):
        height, width = rle.size
        raise FormatError(
            f"{where}: segmentation.size says {width} x {height} where the image has {size.width} x {size.height}."
        )


def mask_of_counts(counts: Sequence[int] | Counts, size: Size, *, where: str) -> Mask:
    """The mask of run lengths down the columns, zeros first.

    Raises:
        FormatError: A run is negative, or the runs do not fill the frame.
    """
    try:
        return Mask.from_counts(size, cast("Sequence[int]", counts))
    except ValueError as error:
        raise FormatError(f"{where}: {_counts_sentence(counts, size)}") from error


def _counts_sentence(counts: Sequence[int] | Counts, size: Size) -> str:
    numbers = [int(number) for number in counts]
    if any(number < 0 or number > size.area for number in numbers):
        return "segmentation.counts holds a run that is negative or longer than the frame."
    return f"segmentation.counts adds up to {number_of(sum(numbers), 'pixels')}, the frame has {size.area}."


def counts_of_code(code: str, *, where: str) -> Counts:
    """The run lengths in pycocotools' compressed string: five bits a character, differences from the run before last.

    Raises:
        FormatError: A character is outside the alphabet or the string ends within a number.
    """
    return counts_of_codes([code], where=[where])[0]


def counts_of_codes(codes: Sequence[str], *, where: Sequence[str]) -> list[Counts]:
    """As `counts_of_code` for several strings, such as all of a photo's, at the price of little more than one.

    Raises:
        FormatError: As there; the record is named by its place in `where`.
    """
    data = np.frombuffer("".join(codes).encode("latin-1", "replace"), dtype=np.uint8)
    if not data.size:
        return [np.zeros(0, dtype=np.int64) for _ in codes]
    digits = data - np.uint8(48)  # what lies below wraps round to the top
    is_last = digits < 0x20
    bounds = list(accumulate(map(len, codes), initial=0))
    if int(digits.max()) > 63:
        number = bisect_right(bounds, int(np.argmax(digits > 63))) - 1
        raise FormatError(f"{where[number]}: segmentation.counts holds a character outside run-length code.")
    for number, code in enumerate(codes):
        if code and not is_last[bounds[number + 1] - 1]:
            raise FormatError(f"{where[number]}: segmentation.counts breaks off within a number.")
    ends = np.flatnonzero(is_last)
    starts = np.empty_like(ends)
    starts[0], starts[1:] = 0, ends[:-1] + 1
    lengths = ends - starts + 1
    if int(lengths.max()) > _MOST_DIGITS:
        number = bisect_right(bounds, int(starts[lengths.argmax()])) - 1
        raise FormatError(f"{where[number]}: segmentation.counts holds a number no run can have.")
    places = np.arange(digits.size) - np.repeat(starts, lengths)
    values = np.add.reduceat((digits & 0x1F).astype(np.int64) << (5 * places), starts)
    # The highest of the five bits times as many digits is the sign.
    top = np.int64(1) << (5 * lengths - 1)
    values = (values ^ top) - top
    cuts = np.searchsorted(starts, bounds).tolist()
    found = [values[low:high] for low, high in pairwise(cuts)]
    for runs in found:
        # From the fourth run on the code holds differences from the run two before.
        np.cumsum(runs[1::2], out=runs[1::2])
        np.cumsum(runs[2::2], out=runs[2::2])
    return found


def check_rles(rles: Sequence[Rle], size: Size, *, where: Sequence[str]) -> None:
    """Whether run-length codes can be decoded, without decoding them.

    Raises:
        FormatError: One cannot.
    """
    for rle, counts, place in zip(rles, _counts_of(rles, size, where=where), where, strict=True):
        runs = np.asarray(counts)
        if int(runs.sum()) != size.area or int(runs.min()) < 0 or int(runs.max()) > size.area:
            decode_rle(rle, size, where=place)


def decode_rles(rles: Sequence[Rle], size: Size, *, where: Sequence[str]) -> list[Mask]:
    """As `decode_rle` for several codes of one frame.

    Raises:
        FormatError: One is broken.
    """
    counts = _counts_of(rles, size, where=where)
    return [mask_of_counts(runs, size, where=place) for runs, place in zip(counts, where, strict=True)]


def _counts_of(rles: Sequence[Rle], size: Size, *, where: Sequence[str]) -> list[Sequence[int] | Counts]:
    for rle, place in zip(rles, where, strict=True):
        _demand_size(rle, size, place)
    coded = [(rle.counts, place) for rle, place in zip(rles, where, strict=True) if isinstance(rle.counts, str)]
    found = iter(counts_of_codes([code for code, _ in coded], where=[place for _, place in coded]))
    return [rle.counts if isinstance(rle.counts, list) else next(found) for rle in rles]


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
        if len(polygon) < _FEWEST_NUMBERS:
            continue
        points = np.asarray(polygon, dtype=np.float64)
        if not np.isfinite(points).all() or float(np.abs(points).max()) > reach:
            raise FormatError(f"{where}: segmentation[{number}] has a point far outside the frame.")
        usable.append(polygon)
    if not usable:
        return Mask.empty(size)
    codes = coco_mask.frPoly(usable, size.height, size.width)
    code = coco_mask.merge(codes, intersect=0)["counts"]
    return mask_of_counts(counts_of_code(code.decode("ascii"), where=where), size, where=where)


def empty_polygons(segmentation: Segmentation) -> int:
    """How many polygons of a segmentation have fewer than three points, and so no pixel."""
    if isinstance(segmentation, Rle):
        return 0
    return sum(isinstance(part, list) and len(part) < _FEWEST_NUMBERS for part in segmentation)


def rle_code(mask: Mask) -> str:
    """The compressed run-length code of a mask, as COCO's `counts` holds it."""
    height, width = mask.size.shape
    [code] = coco_mask.frUncompressedRLE([{"size": [height, width], "counts": mask.to_counts()}], height, width)
    counts: bytes = code["counts"]
    return counts.decode("ascii")


def encode_rle(mask: Mask) -> dict[str, Any]:
    """Compressed run-length code as COCO's JSON holds it: `{"size": [height, width], "counts": "..."}`."""
    return {"size": list(mask.size.shape), "counts": rle_code(mask)}
