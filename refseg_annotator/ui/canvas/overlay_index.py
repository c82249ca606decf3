"""Very many masks: which of them a rectangle of the screen meets, and their pixels as drawn before."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter

from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle, draw_overlay
from refseg_annotator.ui.canvas.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask

_Key = tuple[int, OverlayStyle, float]
_LARGEST: Final = 256 * 256  # device pixels; a larger overlay is drawn part by part


class OverlayIndex:
    """The boxes of some overlays, as one array.

    A pan draws two thin strips; asking each of a thousand masks whether it meets them costs more than drawing those few
    that do.
    """

    def __init__(self, overlays: Sequence[Overlay]) -> None:
        self.overlays = tuple(overlays)
        boxes = [overlay.pixels.box for overlay in self.overlays]
        corners = [(box.x0, box.y0, box.x1, box.y1) for box in boxes]
        self._boxes = np.array(corners, np.float64).reshape(-1, 4)
        self._margins = np.array([overlay.style.margin for overlay in self.overlays], np.float64)

    def meeting(self, view: View, rect: QRect) -> list[Overlay]:
        """The overlays that may draw into a device rectangle, in their order."""
        if len(self.overlays) <= 1:
            return list(self.overlays)
        reach = self._margins + 1
        x0, y0, x1, y1 = (self._boxes * view.scale + (view.x, view.y, view.x, view.y)).T
        left, top = rect.x(), rect.y()
        meets = (x0 - reach < left + rect.width()) & (x1 + reach > left)
        meets &= (y0 - reach < top + rect.height()) & (y1 + reach > top)
        return [self.overlays[place] for place in np.flatnonzero(meets)]


class OverlayImages:
    """Small overlays as drawn at one scale, so that the strips of a pan are copied and not computed.

    A view's offsets are whole device pixels, so what an overlay looks like depends on its mask, its style and the scale
    alone. What was not asked for longest is forgotten beyond `budget` bytes.
    """

    def __init__(self, budget: int = 48 * 2**20) -> None:
        self._budget = budget
        self._bytes = 0
        # The mask is kept with its image: its id is part of the key and must not be given away meanwhile.
        self._images: OrderedDict[_Key, tuple[Mask, QImage, QPoint]] = OrderedDict()

    @property
    def bytes(self) -> int:
        """What the images take."""
        return self._bytes

    def draw(self, painter: QPainter, overlay: Overlay, view: View, size: Size, rect: QRect) -> bool:
        """Draw the part of an overlay in a device rectangle; False where it is none to be kept, and was not drawn."""
        pixels, style = overlay.pixels, overlay.style
        if not isinstance(pixels, MaskPixels) or style.dashed:
            return False
        still = View(view.scale)
        whole = still.device_rect(pixels.box, margin=style.margin)
        if whole.width() * whole.height() > _LARGEST:
            return False
        key = (id(pixels.mask), style, view.scale)
        found = self._images.get(key)
        if found is None:
            image = QImage(whole.size(), QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(0)
            inner = QPainter(image)
            inner.translate(-whole.x(), -whole.y())
            draw_overlay(inner, overlay, still, size, whole)
            inner.end()
            found = self._images[key] = (pixels.mask, image, whole.topLeft())
            self._bytes += image.sizeInBytes()
            while self._bytes > self._budget and len(self._images) > 1:
                self._bytes -= self._images.popitem(last=False)[1][1].sizeInBytes()
        else:
            self._images.move_to_end(key)
        _mask, image, corner = found
        place = QPoint(corner.x() + view.x, corner.y() + view.y)
        part = QRect(place, image.size()).intersected(rect)
        # An empty part would be taken for the whole image.
        if not part.isEmpty():
            painter.drawImage(part.topLeft(), image, part.translated(-place))
        return True
