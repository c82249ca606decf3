"""A bar chart, painted: columns for short labels, rows for words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from refseg_annotator.ui.number_words import number, numbers_within
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import later, tr

if TYPE_CHECKING:
    from refseg_annotator.services.statistics import Chart
    from refseg_annotator.ui.theme import Theme

_HEAD: Final = 44.0
_ROW: Final = 20.0
_COLUMNS: Final = 132.0
_LABEL: Final = 18.0
_SHORT: Final = 3


# Names of bars as services write them.
_NAMES: Final = (
    *(later("unseen"), later("in work"), later("reviewed"), later("none"), later("by hand"), later("predicted")),
    *(later("propagated"), later("imported"), later("one"), later("many"), later("nothing here"), later("open")),
    *(later("probably not here"), later("not recorded")),
)


def chart_label(label: str) -> str:
    """The name of a bar in the person's language: "unseen", "0.1-0.3 %"."""
    return numbers_within(tr(label))


def has_columns(chart: Chart) -> bool:
    """Whether labels are short enough to stand below columns."""
    return all(len(label) <= _SHORT for label, _ in chart.bars)


def chart_height(chart: Chart) -> float:
    """How high a chart is, in pixels."""
    if not chart.total:
        return _HEAD
    return _head(chart) + (_COLUMNS + _LABEL if has_columns(chart) else max(_ROW * len(chart.bars), _ROW))


def _head(chart: Chart) -> float:
    return _HEAD if chart.note else _HEAD - 16


def paint_chart(painter: QPainter, room: QRectF, chart: Chart, theme: Theme, font: QFont) -> None:
    """Paint a chart into a rectangle at least `chart_height` high."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    small = QFont(theme.small_font())
    painter.setFont(bold)
    painter.setPen(theme.colour("text"))
    painter.drawText(QRectF(room.left(), room.top(), room.width(), 20), Qt.AlignmentFlag.AlignVCenter, tr(chart.title))
    painter.setFont(small)
    painter.setPen(theme.colour("muted"))
    note = tr_sentence(chart.note) if chart.total else tr("nothing to count yet")
    painter.drawText(QRectF(room.left(), room.top() + 19, room.width(), 18), Qt.AlignmentFlag.AlignVCenter, note)
    inner = QRectF(room.left(), room.top() + _head(chart), room.width(), room.height() - _head(chart))
    if not chart.total:
        return
    if has_columns(chart):
        _paint_columns(painter, inner, chart, theme, small)
    else:
        _paint_rows(painter, inner, chart, theme, small)


def _paint_rows(painter: QPainter, room: QRectF, chart: Chart, theme: Theme, font: QFont) -> None:
    metrics = QFontMetricsF(font)
    most = max(*(value for _, value in chart.bars), 1)
    names = [chart_label(label) for label, _ in chart.bars]
    labels = min(max(map(metrics.horizontalAdvance, names)) + 8, room.width() * 0.45)
    numbers = metrics.horizontalAdvance(number(most)) + 8
    width = max(room.width() - labels - numbers, 8)
    for place, (label, (_, value)) in enumerate(zip(names, chart.bars, strict=True)):
        top = room.top() + place * _ROW
        painter.setPen(theme.colour("muted"))
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, labels - 8)
        painter.drawText(QRectF(room.left(), top, labels - 8, _ROW), _RIGHT, shown)
        bar = QRectF(room.left() + labels, top + 4, width * value / most, _ROW - 8)
        _paint_bar(painter, bar, value, theme)
        painter.setPen(theme.colour("text" if value else "muted"))
        painter.drawText(QRectF(bar.right() + 6, top, numbers + width, _ROW), _LEFT, number(value))


def _paint_columns(painter: QPainter, room: QRectF, chart: Chart, theme: Theme, font: QFont) -> None:
    metrics = QFontMetricsF(font)
    most = max(*(value for _, value in chart.bars), 1)
    step = room.width() / len(chart.bars)
    floor = room.top() + _COLUMNS
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawLine(QPointF(room.left(), floor), QPointF(room.right(), floor))
    for place, (label, value) in enumerate(chart.bars):
        left = room.left() + place * step
        height = (_COLUMNS - 20) * value / most
        width = min(step * 0.72, 36.0)
        bar = QRectF(left + (step - width) / 2, floor - height, width, height)
        _paint_bar(painter, bar, value, theme)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(left, floor + 2, step, _LABEL - 2), Qt.AlignmentFlag.AlignCenter, label)
        words = number(value)
        if value and metrics.horizontalAdvance(words) <= step:
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(left, bar.top() - 18, step, 16), Qt.AlignmentFlag.AlignCenter, words)


def _paint_bar(painter: QPainter, bar: QRectF, value: int, theme: Theme) -> None:
    if value:
        # What is there is to be seen, however small beside the rest.
        bar.setWidth(max(bar.width(), 2))
        painter.fillRect(bar, theme.colour("accent"))


_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
