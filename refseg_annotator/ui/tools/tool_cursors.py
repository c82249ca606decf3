"""The pointer of each tool: a fine cross that is seen on any photo, and beside it the sign of the tool."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from refseg_annotator.ui.actions.action_table import action_row

_SIDE: Final = 36
_MIDDLE: Final = 11.5
_SIGN: Final = 16


@lru_cache(maxsize=64)
def tool_cursor(icon: str, ratio: float = 1.0) -> QCursor:
    """A cross with an icon (a Phosphor name, or the id of an action that has one) at its lower right."""
    pixmap = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    middle, reach, gap = _MIDDLE, 10.0, 3.0
    for width, colour in ((3.0, QColor(0, 0, 0, 190)), (1.0, QColor(255, 255, 255))):
        painter.setPen(QPen(colour, width))
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(
                QPointF(middle + x * gap, middle + y * gap), QPointF(middle + x * reach, middle + y * reach)
            )
    sign = QRect(_SIDE - _SIGN, _SIDE - _SIGN, _SIGN, _SIGN)
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        _icon(icon, "#000000", painter, sign.translated(dx, dy))
    _icon(icon, "#ffffff", painter, sign)
    painter.end()
    return QCursor(pixmap, round(_MIDDLE), round(_MIDDLE))


def _icon(name: str, colour: str, painter: QPainter, place: QRect) -> None:
    import qtawesome

    qtawesome.icon(f"ph.{name}", color=QColor(colour)).paint(painter, place)


def icon_of(action_id: str) -> str:
    """The icon of a tool's action."""
    return action_row(action_id).icon
