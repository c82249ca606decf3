"""A loupe over the canvas while its key is held: what lies under the pointer, magnified, with the masks on it.

It draws from the picture and the scene that the canvas has, and takes no clicks: one paints through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from refseg_annotator.ui.canvas.canvas_items import draw_overlay
from refseg_annotator.ui.canvas.view import MOST_SCALE, NEAREST_FROM, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.canvas.canvas_items import Overlay

SIDE: Final = 220
"""Width and height in logical pixels."""
_GAIN: Final = 4.0
_CROSS: Final = 7  # px


class Loupe(QWidget):
    """Follows the pointer over the canvas; hidden until it is asked for."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.setObjectName("loupe")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(QSize(SIDE, SIDE))
        self.hide()
        self._canvas = canvas
        self._at = QPointF()
        canvas.installEventFilter(self)

    @property
    def scale(self) -> float:
        """Device pixels a source pixel: some times what the canvas shows, and pixels large enough to be counted."""
        return min(max(self._canvas.view.scale * _GAIN, 2 * NEAREST_FROM), MOST_SCALE)

    def set_shown(self, shown: bool) -> None:
        """Show it where the pointer is, or hide it."""
        canvas = self._canvas
        if not shown or canvas.picture is None:
            self.hide()
            return
        place = canvas.mapFromGlobal(QCursor.pos())
        self._follow(QPointF(place if canvas.rect().contains(place) else canvas.rect().center()))
        self.show()
        self.raise_()

    def _follow(self, position: QPointF) -> None:
        self._at = position
        self.move(position.toPoint() - QPoint(SIDE // 2, SIDE // 2))
        self.update()

    def _overlays(self) -> Iterator[Overlay]:
        scene, draft = self._canvas.scene, self._canvas.draft
        yield from scene.resting
        chosen = draft or scene.selected
        if chosen is not None:
            yield chosen
        if scene.offer is not None:
            yield scene.offer

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture and masks about the pointer, at the loupe's scale, in a round frame."""
        canvas, picture = self._canvas, self._canvas.picture
        if picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        lens = QPainterPath()
        lens.addEllipse(frame)
        painter.save()
        painter.setClipPath(lens)
        painter.fillRect(self.rect(), QColor(20, 22, 26))
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        device = QRect(0, 0, round(SIDE * ratio), round(SIDE * ratio))
        x, y = canvas.source_at(self._at)
        half = device.width() / 2
        view = View(self.scale, round(half - x * self.scale), round(half - y * self.scale))
        # Within the lens alone: the picture sets a clip of its own, and takes it back.
        picture.draw(painter, view, device)
        painter.setClipPath(lens)
        for overlay in self._overlays():
            draw_overlay(painter, overlay, view, picture.size, device)
        painter.restore()
        middle = frame.center()
        for width, colour in ((3.0, QColor(0, 0, 0, 140)), (1.0, QColor(255, 255, 255))):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(frame)
            painter.drawLine(middle - QPointF(_CROSS, 0), middle + QPointF(_CROSS, 0))
            painter.drawLine(middle - QPointF(0, _CROSS), middle + QPointF(0, _CROSS))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the pointer; never in the canvas's way."""
        if watched is self._canvas and self.isVisible():
            if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
                self._follow(event.position())
            elif event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
                self.hide()
        return False
