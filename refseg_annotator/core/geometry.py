"""Sizes and boxes in source pixels: x to the right, y down, the origin at the outer corner of the top left pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of an image in pixels, both at least 1."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"an image has at least one pixel each way, not {self.width} x {self.height}")

    @property
    def shape(self) -> tuple[int, int]:
        """`(height, width)`, the order of numpy."""
        return self.height, self.width

    @property
    def area(self) -> int:
        """Number of pixels."""
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Box:
    """A half-open box of pixels: columns `x0 <= x < x1`, rows `y0 <= y < y1`."""

    x0: int
    y0: int
    x1: int
    y1: int

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"a box ends where it begins or after, not ({self.x0}, {self.y0}, {self.x1}, {self.y1})")

    @classmethod
    def of(cls, size: Size) -> Box:
        """The whole of an image."""
        return cls(0, 0, size.width, size.height)

    @classmethod
    def from_xywh(cls, x: int, y: int, w: int, h: int) -> Box:
        """The box with its top left corner at (x, y), `w` wide and `h` high."""
        return cls(x, y, x + w, y + h)

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.y1 - self.y0

    @property
    def shape(self) -> tuple[int, int]:
        """`(height, width)`, the order of numpy."""
        return self.height, self.width

    @property
    def area(self) -> int:
        """Number of pixels."""
        return self.width * self.height

    @property
    def is_empty(self) -> bool:
        """Whether no pixel is inside."""
        return self.x0 == self.x1 or self.y0 == self.y1

    @property
    def xywh(self) -> tuple[int, int, int, int]:
        """`(x, y, width, height)`, the order of COCO."""
        return self.x0, self.y0, self.width, self.height

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of this box in an array `(H, W)`; the box must lie inside the array."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    def union(self, other: Box) -> Box:
        """The smallest box around both; an empty box adds nothing."""
        if self.is_empty:
            return EMPTY_BOX if other.is_empty else other
        if other.is_empty:
            return self
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def intersection(self, other: Box) -> Box:
        """The pixels in both; `EMPTY_BOX` if there are none."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else EMPTY_BOX

    def expanded(self, n: int) -> Box:
        """`n` pixels more on every side (fewer for a negative `n`); an empty box stays empty."""
        x0, y0, x1, y1 = self.x0 - n, self.y0 - n, self.x1 + n, self.y1 + n
        return EMPTY_BOX if self.is_empty or x0 >= x1 or y0 >= y1 else Box(x0, y0, x1, y1)

    def clipped(self, size: Size) -> Box:
        """The part inside an image of that size."""
        return self.intersection(Box.of(size))

    def contains(self, other: Box) -> bool:
        """Whether every pixel of `other` is in this box; an empty box is in every box."""
        return other.is_empty or (
            self.x0 <= other.x0 and self.y0 <= other.y0 and other.x1 <= self.x1 and other.y1 <= self.y1
        )

    def contains_point(self, x: int, y: int) -> bool:
        """Whether the pixel (x, y) is inside."""
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    def relative_to(self, other: Box) -> Box:
        """The same pixels, counted from the top left corner of `other`."""
        return Box(self.x0 - other.x0, self.y0 - other.y0, self.x1 - other.x0, self.y1 - other.y0)


EMPTY_BOX: Final = Box(0, 0, 0, 0)
