"""A layer of the canvas: pixels kept at the resolution of the screen, of which only the stale part is drawn anew."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

if TYPE_CHECKING:
    from collections.abc import Callable


class Layer:
    """Device pixels of one layer.

    Args:
        draw: paints the layer's content inside a device rectangle, which has been cleared.
        covers: it paints every pixel, so that nothing shines through; such a layer is neither cleared nor mixed.
    """

    def __init__(self, draw: Callable[[QPainter, QRect], None], *, covers: bool = False) -> None:
        self._draw = draw
        self._covers = covers
        self._pixmap = QPixmap()
        self._stale = QRegion()
        self.seconds = 0.0
        """How long the last drawing of most of the layer took."""

    def resize(self, width: int, height: int) -> None:
        """Take another size; everything is stale then."""
        if (self._pixmap.width(), self._pixmap.height()) != (width, height):
            self._pixmap = QPixmap(max(width, 1), max(height, 1))
            self._pixmap.fill(Qt.GlobalColor.black if self._covers else Qt.GlobalColor.transparent)
        self.invalidate()

    def invalidate(self, rect: QRect | None = None) -> None:
        """Mark a device rectangle as stale, or everything."""
        whole = self._pixmap.rect()
        self._stale = self._stale.united(whole if rect is None else rect.intersected(whole))

    def scroll(self, dx: int, dy: int) -> None:
        """Move the content; the strips that come into sight are stale."""
        whole = self._pixmap.rect()
        if abs(dx) >= whole.width() or abs(dy) >= whole.height():
            self.invalidate()
            return
        self._pixmap.scroll(dx, dy, whole)
        kept = QRegion(whole.translated(dx, dy)).intersected(whole)
        self._stale = self._stale.translated(dx, dy).intersected(whole).united(QRegion(whole).subtracted(kept))

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Draw what is stale in `rect`, then put that part of the layer on the canvas."""
        self._refresh(rect)
        painter.drawPixmap(rect.topLeft(), self._pixmap, rect)

    def paint_stretched(self, painter: QPainter, rect: QRect, grown: float, x: float, y: float) -> None:
        """Put what the layer has, stale or not, on the canvas: `grown` times as large, its corner at (`x`, `y`)."""
        painter.save()
        painter.setClipRect(rect)
        painter.translate(x, y)
        painter.scale(grown, grown)
        painter.drawPixmap(0, 0, self._pixmap)
        painter.restore()

    def _refresh(self, rect: QRect) -> None:
        stale = self._stale.intersected(rect)
        if stale.isEmpty():
            return
        began = time.perf_counter()
        painter = QPainter(self._pixmap)
        for part in _rects(stale):
            if not self._covers:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
                painter.fillRect(part, Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            self._draw(painter, part)
        painter.end()
        self._stale = self._stale.subtracted(stale)
        # The two strips of a pan have the whole as their bounding box and next to nothing of its area.
        drawn = sum(part.width() * part.height() for part in _rects(stale))
        if 2 * drawn > self._pixmap.width() * self._pixmap.height():
            self.seconds = time.perf_counter() - began

    def colour_at(self, point: QPoint) -> int:
        """The premultiplied ARGB word of a device pixel, stale or not; for tests that look."""
        return self._pixmap.toImage().pixel(point)


def _rects(region: QRegion) -> list[QRect]:
    # PySide lets one run through a region, its type hints do not know that yet.
    return list(region)  # type: ignore[call-overload, no-any-return]
