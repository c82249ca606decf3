"""What tools show over the masks: superpixels, the pixels under the pointer, and the points that were clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle, draw_overlay
from refseg_annotator.ui.canvas.canvas_layers import Layer
from refseg_annotator.ui.canvas.canvas_surface import CanvasSurface

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from refseg_annotator.core.geometry import Box
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.clicks import Click
    from refseg_annotator.services.mask_tools_pieces import Pieces
    from refseg_annotator.ui.canvas.view import View

_CLOSEST: Final = 5.0
"""Device pixels: where pieces lie closer than that, their lines would be a veil."""
_LIGHT: Final = np.uint32(0x60606060)  # premultiplied: white, three eighths
_DARK: Final = np.uint32(0x50000000)
_RADIUS: Final = 8.0
# Blue and vermilion of Okabe and Ito, told apart by everyone; the signs say it too.
_PLUS, _MINUS = QColor(0, 114, 178), QColor(213, 94, 0)
_GLOW: Final = OverlayStyle(colour=(255, 255, 255), opacity=0.16, line=1.5)


class CanvasGuides(CanvasSurface):
    """A surface that shows them as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: Pieces | None = None
        self._glow: Overlay | None = None
        self._clicks: tuple[Click, ...] = ()
        self._prompt_box: Box | None = None
        self._lines = Layer(self._draw_lines)
        self._plain_layers = self._layers

    @property
    def pieces(self) -> Pieces | None:
        """The superpixels that are outlined."""
        return self._pieces

    @property
    def glow(self) -> Overlay | None:
        """What is lit under the pointer."""
        return self._glow

    @property
    def clicks(self) -> tuple[Click, ...]:
        """The points on show."""
        return self._clicks

    def set_pieces(self, pieces: Pieces | None) -> None:
        """Outline the superpixels faintly; None for none."""
        if pieces is not self._pieces:
            self._pieces = pieces
            # Kept in step with the view only while it shows something.
            self._layers = self._plain_layers if pieces is None else (*self._plain_layers, self._lines)
            device = self._device_size()
            self._lines.resize(device.width(), device.height())
            self.update()

    def set_glow(self, mask: Mask | None) -> None:
        """Light up pixels; None for none."""
        held = self._glow.pixels if self._glow is not None else None
        if (held.mask if isinstance(held, MaskPixels) else None) == mask:
            return
        before = self._glow_rect()
        self._glow = None if mask is None or mask.is_empty else Overlay(MaskPixels(mask), _GLOW)
        self.update(self._logical(before.united(self._glow_rect())))

    def set_marks(self, clicks: tuple[Click, ...], box: Box | None) -> None:
        """Show points with + and -, and a dashed box."""
        if (clicks, box) != (self._clicks, self._prompt_box):
            self._clicks, self._prompt_box = clicks, box
            self.update()

    def _glow_rect(self) -> QRect:
        if self._glow is None:
            return QRect()
        return self._view.device_rect(self._glow.pixels.box, margin=self._glow.style.margin)

    def _draw_lines(self, painter: QPainter, rect: QRect) -> None:
        if self._pieces is not None:
            draw_pieces(painter, self._pieces, self._view, rect)

    def _paint_layers(self, painter: QPainter, exposed: QRect) -> None:
        super()._paint_layers(painter, exposed)
        if self._is_bare or self._picture is None:
            return
        if self._pieces is not None:
            self._lines.paint(painter, exposed)
        if self._glow is not None:
            draw_overlay(painter, self._glow, self._view, self._size, exposed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surface, then the marks on top."""
        super().paintEvent(event)
        if self._is_bare or self._picture is None or not (self._clicks or self._prompt_box):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._prompt_box
        if box is not None:
            corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
            _draw_box(painter, QPolygonF([self.position_of(x, y) for x, y in corners]))
        for click in self._clicks:
            _draw_click(painter, self.position_of(click.x, click.y), positive=click.positive)
        painter.end()


def draw_pieces(painter: QPainter, pieces: Pieces, view: View, rect: QRect) -> None:
    """Thin lines between the pieces, light with a dark edge, in a device rectangle; none where they are too close."""
    across = np.sqrt(pieces.size.area / max(pieces.count, 1)) * view.scale
    if across < _CLOSEST or pieces.count < 2:
        return
    # One column and row more on each side, so that parts drawn apart meet without a seam.
    columns = np.arange(rect.x() - 1, rect.right() + 2)
    rows = np.arange(rect.y() - 1, rect.bottom() + 2)
    source_x = np.floor((columns + 0.5 - view.x) / view.scale).astype(np.int64)
    source_y = np.floor((rows + 0.5 - view.y) / view.scale).astype(np.int64)
    inside_x = (source_x >= 0) & (source_x < pieces.size.width)
    inside_y = (source_y >= 0) & (source_y < pieces.size.height)
    if not inside_x.any() or not inside_y.any():
        return
    cell_x = pieces.columns_of(np.clip(source_x, 0, pieces.size.width - 1))
    cell_y = pieces.rows_of(np.clip(source_y, 0, pieces.size.height - 1))
    labels = pieces.labels.take(cell_y, axis=0).take(cell_x, axis=1)
    edge = np.zeros(labels.shape, np.bool_)
    edge[:, :-1] |= labels[:, :-1] != labels[:, 1:]
    edge[:-1] |= labels[:-1] != labels[1:]
    edge &= inside_y[:, None] & inside_x
    words: NDArray[np.uint32] = np.zeros(edge.shape, np.uint32)
    # The dark edge of a line is the pixel down to the right of it.
    words[1:, 1:][edge[:-1, :-1]] = _DARK
    words[edge] = _LIGHT
    part = np.ascontiguousarray(words[1:-1, 1:-1])
    height, width = part.shape
    image = QImage(part.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(rect.topLeft(), image)


def _draw_click(painter: QPainter, at: QPointF, *, positive: bool) -> None:
    disc = QRectF(at.x() - _RADIUS, at.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    painter.setPen(QPen(QColor(255, 255, 255), 1.75))
    painter.setBrush(_PLUS if positive else _MINUS)
    painter.drawEllipse(disc)
    reach = _RADIUS * 0.5
    pen = QPen(QColor(255, 255, 255), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(at.x() - reach, at.y()), QPointF(at.x() + reach, at.y()))
    if positive:
        painter.drawLine(QPointF(at.x(), at.y() - reach), QPointF(at.x(), at.y() + reach))


def _draw_box(painter: QPainter, corners: QPolygonF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 170), 3))
    painter.drawPolygon(corners)
    pen = QPen(QColor(255, 255, 255), 1.5)
    pen.setDashPattern([5, 3])
    painter.setPen(pen)
    painter.drawPolygon(corners)
