"""A decoded frame made ready for the screen: the picture and its halves, made in a lane, only drawn by the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from refseg_annotator.core.geometry import Size
from refseg_annotator.ui.canvas.view import NEAREST_FROM, View

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SMALLEST_SIDE: Final = 256  # halving further saves nothing on screen
_AFFORDED: Final = 16_000_000  # pixels; a larger frame is not kept a second time for the sake of speed


@dataclass(frozen=True, slots=True, eq=False)
class FramePicture:
    """A frame at several sizes.

    Args:
        size: of the frame, in source pixels.
        levels: the frame, then halves of it; the first of a very large frame shares memory with `array`.
        array: what the first level looks at, uint8 (H, W, 3) RGB; kept alive with it.
    """

    size: Size
    levels: tuple[QImage, ...]
    array: NDArray[np.uint8]

    @classmethod
    def of(cls, array: NDArray[np.uint8]) -> FramePicture:
        """Make the levels of a frame, uint8 (H, W, 3) RGB, contiguous. Takes its time: not for the window's thread."""
        import cv2

        height, width = array.shape[:2]
        levels = [_image(array)]
        if height * width <= _AFFORDED:
            # 32 bits a pixel draw three times as fast as 24.
            levels[0] = levels[0].convertToFormat(QImage.Format.Format_RGB32)
        part = array
        while min(part.shape[:2]) > 2 * _SMALLEST_SIDE:
            half = (max(part.shape[1] // 2, 1), max(part.shape[0] // 2, 1))
            part = np.asarray(cv2.resize(part, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
            levels.append(_image(part).convertToFormat(QImage.Format.Format_RGB32))
        return cls(Size(width, height), tuple(levels), array)

    def draw(self, painter: QPainter, view: View, rect: QRect) -> None:
        """Paint the part of the picture under a device rectangle; the painter works in device pixels."""
        level = 0
        while level + 1 < len(self.levels) and view.scale * 2 ** (level + 1) <= 1.0:
            level += 1
        image = self.levels[level]
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, view.scale < NEAREST_FROM and view.scale != 1.0
        )
        painter.translate(view.x, view.y)
        painter.scale(view.scale * self.size.width / image.width(), view.scale * self.size.height / image.height())
        painter.drawImage(QPointF(0, 0), image)
        painter.restore()


def _image(array: NDArray[np.uint8]) -> QImage:
    height, width = array.shape[:2]
    return QImage(array.data, width, height, array.strides[0], QImage.Format.Format_RGB888)
