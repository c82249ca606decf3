"""Which of very many masks a rectangle of the screen meets: all boxes at once, not one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

    from refseg_annotator.ui.canvas_items import Overlay
    from refseg_annotator.ui.view import View


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
