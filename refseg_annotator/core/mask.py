"""The mask: an immutable set of pixels of one frame, kept as the tight box around it and the pixels of the box.

The pixels are a boolean array or, of a mask that is packed, its code: which of the two is nobody's business but
memory's. A packed mask is equal to the same one unpacked, and answers every question as it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask_code import encode_pixels
from refseg_annotator.core.packed_pixels import PackedPixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


# From this width on, going row by row is faster than one call of numpy's that goes down the columns.
_WIDE: Final = 400


# One for all empty masks: a clip may have tens of thousands, and so many crumbs between the frames that come and go
# keep the memory of those from being used again.
_NOTHING: Final = np.zeros((0, 0), np.bool_)
_NOTHING.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mask:
    """Pixels of an image of `size`.

    Args:
        size: Size of the whole image.
        box: The tight box around the pixels; `EMPTY_BOX` when there are none.
        held: The pixels in the box, bool `(box.height, box.width)`, every edge with at least one True; or their code.
            Ask `pixels` for them.
    """

    size: Size
    box: Box
    held: NDArray[np.bool_] | PackedPixels

    def __post_init__(self) -> None:
        held = self.held
        if isinstance(held, PackedPixels):
            if held.shape != self.box.shape or self.box.is_empty or not Box.of(self.size).contains(self.box):
                raise ValueError(f"packed pixels {held.shape} are none of a mask in {self.box} of {self.size}")
            return
        if held.dtype != np.bool_ or held.shape != self.box.shape:
            raise ValueError(f"a mask in {self.box} takes a bool array {self.box.shape}, not {held.dtype} {held.shape}")
        if self.box.is_empty:
            if self.box != EMPTY_BOX:
                raise ValueError(f"the box of an empty mask is {EMPTY_BOX}, not {self.box}")
        else:
            if not Box.of(self.size).contains(self.box):
                raise ValueError(f"{self.box} reaches out of {self.size}")
            edges = (held[0], held[-1], held[:, 0], held[:, -1])
            if not all(edge.any() for edge in edges):
                raise ValueError(f"{self.box} is not tight; Mask.from_patch tightens")
        # A view, or an array that its owner may write to, would let the mask change under its readers.
        if held.flags.writeable or held.base is not None:
            object.__setattr__(self, "held", _frozen(held.copy()))

    @classmethod
    def empty(cls, size: Size) -> Mask:
        """The mask without a pixel."""
        return cls(size, EMPTY_BOX, _NOTHING)

    @classmethod
    def from_array(cls, array: NDArray[Any]) -> Mask:
        """The pixels that are not zero in an array `(H, W)` of any type; copies."""
        if array.ndim != 2:
            raise ValueError(f"a mask is made from an array (H, W), not {array.shape}")
        size = Size(width=array.shape[1], height=array.shape[0])
        return cls.from_patch(size, Box.of(size), array)

    @classmethod
    def from_patch(cls, size: Size, box: Box, pixels: NDArray[Any]) -> Mask:
        """The pixels that are not zero in an array `box.shape` lying at `box`, which must be in the image; copies."""
        if pixels.shape != box.shape:
            raise ValueError(f"a patch in {box} has the shape {box.shape}, not {pixels.shape}")
        if not Box.of(size).contains(box):
            raise ValueError(f"{box} reaches out of {size}")
        patch = pixels if pixels.dtype == np.bool_ else pixels != 0
        inner = tight_box(patch)
        if inner.is_empty:
            return cls.empty(size)
        outer = Box.from_xywh(box.x0 + inner.x0, box.y0 + inner.y0, inner.width, inner.height)
        return cls(size, outer, _frozen(patch[inner.slices].copy(order="C")))

    @classmethod
    def from_counts(cls, size: Size, counts: Sequence[int]) -> Mask:
        """The inverse of `to_counts`; run lengths of zero are understood wherever they stand.

        Raises:
            ValueError: The counts are no run lengths of an image of that size.
        """
        try:
            runs = np.asarray(counts, np.int64)
        except (OverflowError, TypeError) as error:
            raise ValueError("run lengths are whole numbers no greater than the image's area") from error
        # Each is checked before the sum, which might overflow; seen as unsigned, a negative one is huge.
        fits = runs.ndim == 1 and runs.size > 0 and int(runs.view(np.uint64).max()) <= size.area
        ends_at = runs.cumsum() if fits else runs
        if not fits or int(ends_at[-1]) != size.area:
            raise ValueError(f"run lengths of an image {size.width} x {size.height} add up to {size.area}")
        # A pixel where a run begins or ends; several at one place, around runs of zero, cancel each other in pairs.
        bounds = ends_at[:-1]
        if not runs[1:].all():
            bounds, times = np.unique(bounds, return_counts=True)
            bounds = bounds[times % 2 == 1]
            bounds = bounds[bounds < size.area]
        if not len(bounds):
            return cls.empty(size)
        if len(bounds) % 2:
            bounds = np.append(bounds, size.area)
        starts, ends = bounds[0::2], bounds[1::2]
        columns = starts // size.height
        tops, feet = starts - columns * size.height, ends - columns * size.height
        x0, x1 = int(columns[0]), (int(ends[-1]) - 1) // size.height + 1
        if int(feet.max()) > size.height:
            return cls._from_long_runs(size, bounds, x0, x1)
        # No run goes on into the next column, so the box is known; in it a pixel differs from the one above at a bound.
        y0, y1 = int(tops.min()), int(feet.max())
        pixels = np.zeros((y1 - y0, x1 - x0), np.bool_)
        pixels[tops - y0, columns - x0] = True
        inside = feet < y1
        pixels[feet[inside] - y0, columns[inside] - x0] = True
        _fill_down(pixels)
        return cls(size, Box(x0, y0, x1, y1), _frozen(pixels))

    @classmethod
    def _from_long_runs(cls, size: Size, bounds: NDArray[np.int64], x0: int, x1: int) -> Mask:
        """The mask in columns `x0` to `x1` whose runs begin and end at `bounds`; some go on from column to column."""
        columns, rows = np.divmod(bounds[bounds < size.area], size.height)
        # The first row has the runs that go on from the foot of the column before; below it, a pixel differs from the
        # one above at a bound. Going along the rows is ten times as fast as filling columns and turning them over.
        pixels = np.zeros((size.height, x1 - x0), np.bool_)
        inner = (rows > 0) & (columns < x1)
        pixels[rows[inner], columns[inner] - x0] = True
        pixels[0] = np.searchsorted(bounds, np.arange(x0, x1) * size.height, side="right") % 2 == 1
        _fill_down(pixels)
        return cls.from_patch(size, Box(x0, 0, x1, size.height), pixels)

    @classmethod
    def from_code(cls, size: Size, box: Box, code: bytes) -> Mask:
        """The packed mask of a code that `code` gave, or that was decoded once; empty for an empty box."""
        return cls.empty(size) if box.is_empty else cls(size, box, PackedPixels(code, box.shape))

    @property
    def pixels(self) -> NDArray[np.bool_]:
        """The pixels in the box, bool `box.shape`, read-only; of a packed mask decoded now, or at hand since lately."""
        held = self.held
        return held.unpacked() if isinstance(held, PackedPixels) else held

    @property
    def is_packed(self) -> bool:
        """Whether the pixels are held as code."""
        return isinstance(self.held, PackedPixels)

    def packed(self) -> Mask:
        """The same mask with its pixels held as code, some hundred bytes as a rule; as it is where that is no gain."""
        if isinstance(self.held, PackedPixels) or self.is_empty:
            return self
        code = encode_pixels(self.held)
        return Mask(self.size, self.box, PackedPixels(code, self.box.shape)) if len(code) < self.held.nbytes else self

    def code(self) -> bytes:
        """The pixels as `core.mask_code` has them; none for an empty mask."""
        held = self.held
        if isinstance(held, PackedPixels):
            return held.code
        return b"" if self.is_empty else encode_pixels(held)

    def to_counts(self) -> list[int]:
        """Uncompressed run lengths as COCO counts them: down the columns, zeros first, at least one number."""
        if self.is_empty:
            return [self.size.area]
        height, pixels = self.size.height, self.pixels
        # A run begins or ends where a pixel differs from the one above; looking along the rows spares a transposition.
        edges = np.empty((self.box.height + 1, self.box.width), np.bool_)
        edges[0], edges[-1] = pixels[0], pixels[-1]
        np.not_equal(pixels[1:], pixels[:-1], out=edges[1:-1])
        rows, columns = np.divmod(np.flatnonzero(edges), self.box.width)
        bounds = np.sort((columns + self.box.x0) * height + rows + self.box.y0)
        if self.box.height == height:
            # A run from the foot of a column on to the head of the next is one run: its two inner bounds cancel.
            paired = np.zeros(len(bounds) + 1, np.bool_)
            np.equal(bounds[1:], bounds[:-1], out=paired[1:-1])
            bounds = bounds[~(paired[1:] | paired[:-1])]
        whole = np.empty(len(bounds) + 2, np.int64)
        whole[0], whole[1:-1], whole[-1] = 0, bounds, self.size.area
        counts: list[int] = np.diff(whole).tolist()
        return counts[:-1] if counts[-1] == 0 else counts

    def to_array(self) -> NDArray[np.bool_]:
        """The whole frame, bool `(H, W)`; a fresh array."""
        array = np.zeros(self.size.shape, np.bool_)
        array[self.box.slices] = self.pixels
        return array

    def crop(self, box: Box) -> NDArray[np.bool_]:
        """The pixels inside `box`, bool `box.shape`, False outside the image; a fresh array."""
        array = np.zeros(box.shape, np.bool_)
        common = self.box.intersection(box)
        if not common.is_empty:
            array[common.relative_to(box).slices] = self._part(common)
        return array

    @property
    def area(self) -> int:
        """Number of pixels."""
        return int(np.count_nonzero(self.pixels))

    @property
    def is_empty(self) -> bool:
        """Whether there is no pixel."""
        return self.box.is_empty

    @property
    def nbytes(self) -> int:
        """Bytes held by the pixels, or by their code."""
        held = self.held
        return len(held.code) if isinstance(held, PackedPixels) else int(held.nbytes)

    def contains_point(self, x: int, y: int) -> bool:
        """Whether the pixel in column `x` and row `y` belongs to the mask; False outside the image."""
        return self.box.contains_point(x, y) and bool(self.pixels[y - self.box.y0, x - self.box.x0])

    def union(self, other: Mask) -> Mask:
        """The pixels of either; masks of two sizes are a ValueError, here and below."""
        self._demand_same_size(other)
        box = self.box.union(other.box)
        array = self.crop(box)
        if not other.is_empty:
            array[other.box.relative_to(box).slices] |= other.pixels
        return Mask(self.size, box, _frozen(array))

    def intersection(self, other: Mask) -> Mask:
        """The pixels of both."""
        self._demand_same_size(other)
        common = self.box.intersection(other.box)
        if common.is_empty:
            return Mask.empty(self.size)
        return Mask.from_patch(self.size, common, self._part(common) & other._part(common))

    def difference(self, other: Mask) -> Mask:
        """The pixels of this mask that are not of `other`."""
        self._demand_same_size(other)
        common = self.box.intersection(other.box)
        if common.is_empty:
            return self
        array = self.pixels.copy()
        array[common.relative_to(self.box).slices] &= ~other._part(common)
        return Mask.from_patch(self.size, self.box, array)

    def symmetric_difference(self, other: Mask) -> Mask:
        """The pixels of one of the two, but not of both."""
        self._demand_same_size(other)
        box = self.box.union(other.box)
        array = self.crop(box)
        if not other.is_empty:
            array[other.box.relative_to(box).slices] ^= other.pixels
        return Mask.from_patch(self.size, box, array)

    def inverted(self) -> Mask:
        """The pixels of the image that are not of this mask."""
        return Mask.from_array(~self.to_array())

    def with_patch(self, box: Box, pixels: NDArray[np.bool_]) -> Mask:
        """This mask with `pixels`, bool `box.shape`, in place of what it has in `box`, which must be in the image."""
        if pixels.shape != box.shape:
            raise ValueError(f"a patch in {box} has the shape {box.shape}, not {pixels.shape}")
        if not Box.of(self.size).contains(box):
            raise ValueError(f"{box} reaches out of {self.size}")
        if box.is_empty:
            return self
        outer = self.box.union(box)
        array = self.crop(outer)
        array[box.relative_to(outer).slices] = pixels
        return Mask.from_patch(self.size, outer, array)

    def intersection_area(self, other: Mask) -> int:
        """Number of pixels of both."""
        self._demand_same_size(other)
        common = self.box.intersection(other.box)
        return 0 if common.is_empty else int(np.count_nonzero(self._part(common) & other._part(common)))

    def _part(self, box: Box) -> NDArray[np.bool_]:
        """A view of the pixels in `box`, which lies in this mask's own box."""
        return self.pixels[box.relative_to(self.box).slices]

    def _demand_same_size(self, other: Mask) -> None:
        if self.size != other.size:
            raise ValueError(f"masks of one size are compared, not {self.size} and {other.size}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mask):
            return NotImplemented
        if self is other:
            return True
        if self.size != other.size or self.box != other.box:
            return False
        # Equal codes are equal pixels; the other way round it need not be so, for a file's deflating may be another.
        mine, others = self.held, other.held
        if isinstance(mine, PackedPixels) and isinstance(others, PackedPixels) and mine.code == others.code:
            return True
        return np.array_equal(self.pixels, other.pixels)

    def __hash__(self) -> int:
        return hash((self.size, self.box, self.pixels.tobytes()))

    def __repr__(self) -> str:
        return f"Mask({self.size}, {self.box}, {self.area} pixels)"


def tight_box(array: NDArray[np.bool_]) -> Box:
    """The smallest box around the True of a bool array `(h, w)`; `EMPTY_BOX` if there is none."""
    rows = np.flatnonzero(array.any(axis=1))
    if not len(rows):
        return EMPTY_BOX
    y0, y1 = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(array[y0:y1].any(axis=0))
    return Box(int(columns[0]), y0, int(columns[-1]) + 1, y1)


def _fill_down(pixels: NDArray[np.bool_]) -> None:
    """Turn marks of where a pixel differs from the one above into the pixels, in place."""
    if pixels.shape[1] < _WIDE:
        flags = pixels.view(np.uint8)
        np.bitwise_xor.accumulate(flags, axis=0, out=flags)
    else:
        for above, row in pairwise(pixels):
            np.not_equal(above, row, out=row)


def _frozen(array: NDArray[np.bool_]) -> NDArray[np.bool_]:
    array.flags.writeable = False
    return array
