"""Where the picture lies in the window: one transform and its inverse, as a value.

Two frames of coordinates meet here. *Source*: pixels of the picture, x to the right, y down, (0, 0) at the outer corner
of the top left pixel. *Device*: physical pixels of the canvas, so that 1:1 is sharp on any screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect

from refseg_annotator.core.geometry import EMPTY_BOX, Box

if TYPE_CHECKING:
    from refseg_annotator.core.geometry import Size

MOST_SCALE: Final = 64.0
LEAST_SCALE: Final = 1 / 256
# Past this many device pixels a source pixel, the pixels themselves are what one looks at.
NEAREST_FROM: Final = 4.0


@dataclass(frozen=True, slots=True)
class View:
    """Device = source * `scale` + (`x`, `y`); whole offsets, so that panning moves pixels and never resamples them.

    Args:
        scale: device pixels a source pixel.
        x: device column of the picture's left edge.
        y: device row of its top edge.
    """

    scale: float = 1.0
    x: int = 0
    y: int = 0

    @classmethod
    def fitting(cls, size: Size, width: int, height: int, *, margin: int = 0, most: float = MOST_SCALE) -> View:
        """The view that shows the whole of a picture, centred in `width` x `height` device pixels."""
        room_x, room_y = max(width - 2 * margin, 1), max(height - 2 * margin, 1)
        scale = min(room_x / size.width, room_y / size.height, most)
        return cls(max(scale, LEAST_SCALE)).centred(size, width, height)

    def centred(self, size: Size, width: int, height: int) -> View:
        """The same scale, the picture in the middle."""
        return replace(
            self, x=round((width - size.width * self.scale) / 2), y=round((height - size.height * self.scale) / 2)
        )

    def zoomed(self, factor: float, at_x: float, at_y: float) -> View:
        """Larger by `factor`, the source point under the device point (`at_x`, `at_y`) staying there."""
        scale = min(max(self.scale * factor, LEAST_SCALE), MOST_SCALE)
        if 0.98 < scale < 1.02:
            scale = 1.0  # stepping through 100 % should hit it
        grown = scale / self.scale
        return View(scale, round(at_x - (at_x - self.x) * grown), round(at_y - (at_y - self.y) * grown))

    def moved(self, dx: int, dy: int) -> View:
        """The picture shifted by device pixels."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """The source point under a device point."""
        return (x - self.x) / self.scale, (y - self.y) / self.scale

    def to_device(self, x: float, y: float) -> tuple[float, float]:
        """The device point over a source point."""
        return x * self.scale + self.x, y * self.scale + self.y

    def device_rect(self, box: Box, *, margin: int = 0) -> QRect:
        """The device pixels that a box of source pixels touches, `margin` more on each side; null for an empty box."""
        if box.is_empty:
            return QRect()
        x0, y0 = self.to_device(box.x0, box.y0)
        x1, y1 = self.to_device(box.x1, box.y1)
        left, top = math.floor(x0) - margin, math.floor(y0) - margin
        return QRect(left, top, math.ceil(x1) + margin - left, math.ceil(y1) + margin - top)

    def source_box(self, rect: QRect, size: Size) -> Box:
        """The source pixels under a device rectangle, within the picture."""
        if rect.isEmpty():
            return EMPTY_BOX
        x0, y0 = self.to_source(rect.x(), rect.y())
        x1, y1 = self.to_source(rect.x() + rect.width(), rect.y() + rect.height())
        return Box(math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1)).clipped(size)
