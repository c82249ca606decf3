"""Where the canvas looks: the view of the picture, and the ways between its pixels and those of the widget."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtWidgets import QWidget

from refseg_annotator.core.geometry import Size
from refseg_annotator.ui.canvas.view import View

if TYPE_CHECKING:
    from refseg_annotator.ui.canvas.frame_picture import FramePicture
    from refseg_annotator.ui.tools.canvas_tools import Point

FIT_MARGIN: Final = 24
ZOOM_STEP: Final = 1.25
_MOST_FITTED: Final = 8.0  # a thumbnail of 50 pixels is not blown up to fill a screen
_SIGHT: Final = 64  # device pixels of the picture that stay on the canvas


class CanvasView(QWidget):
    """A widget that looks at a picture.

    Signals:
        view_changed: another zoom or place.
    """

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: FramePicture | None = None
        self._size = Size(1, 1)
        self._view = View()
        self._is_fitted = True
        self.inset = 0
        """Logical pixels at the upper edge that something floats over; a fitted picture keeps clear of them."""
        self._covered = 0

    @property
    def view(self) -> View:
        """Where the picture lies."""
        return self._view

    @property
    def picture(self) -> FramePicture | None:
        """The frame on show."""
        return self._picture

    @property
    def percent(self) -> float:
        """Zoom: 100 is one source pixel a device pixel."""
        return self._view.scale * 100

    def keep_clear(self, covered: int) -> None:
        """For now so many logical pixels are covered, if more than `inset`; 0: no more. A fitted picture moves."""
        if covered != self._covered:
            self._covered = covered
            if self._is_fitted:
                self.fit()

    def fit(self) -> None:
        """Show the whole picture, and keep doing so while the window is resized."""
        self._is_fitted = True
        if self._picture is not None:
            device = self._device_size()
            margin = round(FIT_MARGIN * self.devicePixelRatioF())
            inset = max(round(max(self.inset, self._covered) * self.devicePixelRatioF()) - margin, 0)
            room = max(device.height() - inset, 1)
            view = View.fitting(self._size, device.width(), room, margin=margin, most=_MOST_FITTED)
            view = view.centred(self._size, device.width(), device.height())
            view = view.moved(0, max(inset + margin - view.y, 0))
            self._look(view, fitted=True)

    def one_to_one(self) -> None:
        """One source pixel a device pixel, about the middle of the canvas."""
        self.zoom(1 / self._view.scale)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the widget, or its middle."""
        ratio = self.devicePixelRatioF()
        point = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        self._look(self._view.zoomed(factor, point.x() * ratio, point.y() * ratio))

    def source_at(self, position: QPointF) -> Point:
        """The source point under a point of the widget."""
        ratio = self.devicePixelRatioF()
        return self._view.to_source(position.x() * ratio, position.y() * ratio)

    def position_of(self, x: float, y: float) -> QPointF:
        """The point of the widget over a source point."""
        ratio = self.devicePixelRatioF()
        device_x, device_y = self._view.to_device(x, y)
        return QPointF(device_x / ratio, device_y / ratio)

    # --- within ----------------------------------------------------------------------------------------------------

    def _device_size(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))

    def _device(self, rect: QRect) -> QRect:
        ratio = self.devicePixelRatioF()
        left, top = math.floor(rect.x() * ratio), math.floor(rect.y() * ratio)
        right = math.ceil((rect.x() + rect.width()) * ratio)
        bottom = math.ceil((rect.y() + rect.height()) * ratio)
        return QRect(left, top, right - left, bottom - top)

    def _logical(self, rect: QRect) -> QRect:
        ratio = self.devicePixelRatioF()
        return QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio).toAlignedRect()

    def _look(self, view: View, *, fitted: bool = False) -> None:
        if self._picture is None:
            return
        self._is_fitted = fitted
        before, self._view = self._view, self._kept_in_sight(view)
        if self._view == before:
            return
        self._after_look(before)
        self.view_changed.emit()

    def _after_look(self, before: View) -> None:
        """Draw what the other view shows; `before` is the former."""
        raise NotImplementedError

    def _kept_in_sight(self, view: View) -> View:
        """A picture dragged away leaves a corner on the canvas to drag it back by."""
        device = self._device_size()
        width, height = self._size.width * view.scale, self._size.height * view.scale
        corner_x, corner_y = min(_SIGHT, width), min(_SIGHT, height)
        x = min(max(view.x, corner_x - width), device.width() - corner_x)
        y = min(max(view.y, corner_y - height), device.height() - corner_y)
        return replace(view, x=round(x), y=round(y))
