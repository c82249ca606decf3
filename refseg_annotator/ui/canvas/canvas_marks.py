"""What is drawn over the layers afresh each time: numbers, a tool's line, the brush, the spinner."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF, QRegion

from refseg_annotator.core.geometry import Box
from refseg_annotator.ui.colours import Rgb, is_light
from refseg_annotator.ui.tools.brush import sweep_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from refseg_annotator.ui.tools.canvas_tools import Point

MOST_BADGES: Final = 60
# From here on a brush is drawn as the pixels that it paints; below, as the circle that they make.
PIXELS_FROM: Final = 4.0
BAND_HALO: Final = 5.0
"""Logical pixels across a tool's line with its halo."""
_BAND_LINE: Final = 2.0
_ARCS: Final = 32  # a multiple of four


@dataclass(frozen=True, slots=True)
class Badge:
    """A referent's number, at the top left of its mask (`box`, source pixels)."""

    text: str
    colour: Rgb
    box: Box
    selected: bool


def draw_badges(
    painter: QPainter,
    badges: Sequence[Badge],
    font: QFont,
    room: QSize,
    exposed: QRect,
    corner_of: Callable[[Box], QPointF],
) -> None:
    """Numbers above the masks' top left corners, kept within `room`; where there are very many, the selected one's."""
    shown = badges if len(badges) <= MOST_BADGES else [badge for badge in badges if badge.selected]
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.95)
    small.setBold(True)
    painter.setFont(small)
    metrics = QFontMetrics(small)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for badge in shown:
        corner = corner_of(badge.box)
        width, height = metrics.horizontalAdvance(badge.text) + 10, metrics.height() + 2
        left = min(max(corner.x(), 4), room.width() - width - 4)
        top = min(max(corner.y() - height - 4, 4), room.height() - height - 4)
        rect = QRectF(round(left), round(top), width, height)
        if not exposed.intersects(rect.toAlignedRect()):
            continue
        painter.setPen(QPen(QColor(255, 255, 255) if badge.selected else QColor(0, 0, 0, 150), 1))
        painter.setBrush(QColor(*badge.colour))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(16, 18, 22) if is_light(badge.colour) else QColor(255, 255, 255))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, badge.text)


def draw_band(painter: QPainter, points: Sequence[QPointF], *, closed: bool) -> None:
    """A tool's line, light in a dark halo: as wide at every zoom, and on every screen."""
    line = QPolygonF(list(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _two_tone(painter, dark=BAND_HALO, light=_BAND_LINE):
        painter.setPen(pen)
        if closed:
            painter.drawPolygon(line)
        else:
            painter.drawPolyline(line)


def draw_brush(painter: QPainter, outline: QPainterPath, *, smooth: bool) -> None:
    """The brush, dark and light."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _two_tone(painter, dark=3, light=1):
        painter.setPen(pen)
        painter.drawPath(outline)


def brush_pixels(
    x: float, y: float, radius: float, rows: tuple[int, int], to_position: Callable[[float, float], QPointF]
) -> QPainterPath:
    """The outline of the very pixels that a press at a source point would paint, as far as they lie in `rows`."""
    top, starts, ends = sweep_spans(x, y, x, y, radius)
    first, last = max(rows[0] - top, 0), min(rows[1] - top, len(starts))
    filled = [row for row in range(first, last) if ends[row] > starts[row]]
    right: list[Point] = [(float(ends[row]), float(top + row + edge)) for row in filled for edge in (0, 1)]
    left: list[Point] = [(float(starts[row]), float(top + row + edge)) for row in reversed(filled) for edge in (1, 0)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([to_position(*point) for point in right + left]))
    path.closeSubpath()
    return path


def brush_circle(centre: QPointF, reach: float) -> QPainterPath:
    """A circle of `reach` logical pixels."""
    path = QPainterPath()
    path.addEllipse(centre, max(reach, 1.0), max(reach, 1.0))
    return path


def ring(centre: QPointF, reach: float) -> QRegion:
    """Boxes along a circle of `reach` logical pixels, with room for its line."""
    region = QRegion()
    # The circle's own extremes are corners, so that an arc lies within the box of its ends.
    corners = [
        QPointF(centre.x() + reach * math.cos(turn), centre.y() + reach * math.sin(turn))
        for turn in (2 * math.pi * step / _ARCS for step in range(_ARCS + 1))
    ]
    for start, end in itertools.pairwise(corners):
        region += QRectF(start, end).normalized().adjusted(-4, -4, 4, 4).toAlignedRect()
    return region


def band_box(points: Sequence[Point]) -> Box:
    """The box of source pixels around a line."""
    columns, rows = [x for x, _ in points], [y for _, y in points]
    return Box(math.floor(min(columns)), math.floor(min(rows)), math.ceil(max(columns)) + 1, math.ceil(max(rows)) + 1)


def draw_spinner(painter: QPainter, room: QRect, words: str, angle: int, shade: QColor, ink: QColor) -> None:
    """A ring and a word, on a shade of its own."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(room)
    painter.setPen(Qt.PenStyle.NoPen)
    veil = QColor(shade)
    veil.setAlpha(210)
    painter.setBrush(veil)
    painter.drawRoundedRect(area, 8, 8)
    pen = QPen(ink, 3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(QRectF(area.center().x() - 12, area.top() + 12, 24, 24), -angle * 16, 270 * 16)
    painter.drawText(area.adjusted(8, 40, -8, -8), Qt.AlignmentFlag.AlignCenter, words)


def _two_tone(painter: QPainter, *, dark: float, light: float) -> tuple[QPen, QPen]:
    """A dark and a light pen of so many logical pixels, seen on any photo together."""
    # Of a cosmetic pen Qt takes the width for device pixels: on a screen of 200 % it would be half as wide.
    ratio = painter.device().devicePixelRatio()
    pens = QPen(QColor(0, 0, 0, 190), dark * ratio), QPen(QColor(255, 255, 255, 240), light * ratio)
    for pen in pens:
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pens
