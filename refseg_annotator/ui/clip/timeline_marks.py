"""How frames look on a strip: settled, propagated, doubtful, absent and open, told apart by shape, not colour alone.

Everything is drawn as runs of equal pixels: what a strip costs is bounded by its width, however many frames it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from refseg_annotator.ui.clip.timeline_tracks import Mark, is_settled
from refseg_annotator.ui.wording import later, tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.ui.clip.timeline_scale import FrameScale
    from refseg_annotator.ui.colours import Rgb
    from refseg_annotator.ui.theme import Theme

_DIAMOND: Final = 5.0  # half of a key mark, in pixels
_ROOM: Final = 3.0  # above and below a bar


class Run(NamedTuple):
    """Neighbouring pixels, or frames, with one mark: from `start` up to and without `stop`."""

    start: int
    stop: int
    mark: Mark


def runs_of(marks: NDArray[np.uint8]) -> list[Run]:
    """Neighbouring cells of equal mark, those with NONE left out."""
    if not len(marks):
        return []
    edges = np.flatnonzero(np.diff(marks)) + 1
    starts = [0, *edges.tolist()]
    stops = [*edges.tolist(), len(marks)]
    return [
        Run(start, stop, Mark(int(marks[start]))) for start, stop in zip(starts, stops, strict=True) if marks[start]
    ]


@dataclass(frozen=True, slots=True, eq=False)
class StripCells:
    """What of a strip is in sight, at most a cell a pixel.

    Args:
        bars: runs with their left and right edge in pixels.
        keys: centres of key marks in pixels, and whether the referent is absent there.
        offered: spans of pixels where masks are on offer.
    """

    bars: list[tuple[float, float, Mark]]
    keys: list[tuple[float, bool]]
    offered: list[tuple[float, float]]


def cells_of(marks: NDArray[np.uint8], offered: NDArray[np.bool_], scale: FrameScale) -> StripCells:
    """What to draw of the frames in sight.

    Args:
        marks: of the frames in sight (`scale.visible`), uint8 of `Mark`.
        offered: where they are on offer, likewise.
    """
    first = scale.visible.start
    if scale.per_frame >= 1.0:

        def edge(frame: int) -> float:
            return scale.x_of(first + frame)

        settled = is_settled(marks)
        bars = [(edge(start), edge(stop), mark) for start, stop, mark in runs_of(marks)]
        keys = [
            (scale.x_of(first + int(at) + 0.5), bool(marks[at] == Mark.SETTLED_ABSENT))
            for at in np.flatnonzero(settled)
        ]
        spans = [(edge(run.start), edge(run.stop)) for run in runs_of(offered.astype(np.uint8))]
        return StripCells(bars, _apart(keys), spans)
    # Several frames a pixel: the mark that matters most stands for all of them.
    pixels = np.floor((np.arange(len(marks)) + first - scale.first) * scale.per_frame).astype(np.int64)
    starts = np.flatnonzero(np.diff(pixels, prepend=pixels[0] - 1 if len(pixels) else 0))
    left = int(pixels[0]) if len(pixels) else 0
    if not len(starts):
        return StripCells([], [], [])
    most = np.maximum.reduceat(marks, starts)
    keyed = np.logical_or.reduceat(is_settled(marks), starts)
    on_offer = np.logical_or.reduceat(offered, starts)
    absent = np.logical_or.reduceat(marks == Mark.SETTLED_ABSENT, starts)
    return StripCells(
        [(float(left + run.start), float(left + run.stop), run.mark) for run in runs_of(most)],
        _apart([(left + int(at) + 0.5, bool(absent[at])) for at in np.flatnonzero(keyed)]),
        [(float(left + run.start), float(left + run.stop)) for run in runs_of(on_offer.astype(np.uint8))],
    )


def _apart(keys: list[tuple[float, bool]]) -> list[tuple[float, bool]]:
    """The key marks that can be told from their neighbours: where all frames are settled the bar says so."""
    shown: list[tuple[float, bool]] = []
    for at, is_absent in keys:
        if not shown or at - shown[-1][0] >= _DIAMOND or is_absent != shown[-1][1]:
            shown.append((at, is_absent))
    return shown


@dataclass(frozen=True, slots=True, eq=False)
class StripPens:
    """The pens and brushes of one referent's strip in one theme."""

    fill: QColor
    faint: QColor
    edge: QColor
    warning: QColor
    line: QColor
    key: QColor
    key_edge: QColor
    paper: QColor

    @classmethod
    def of(cls, colour: Rgb, theme: Theme) -> StripPens:
        """For a referent's colour."""
        fill = QColor(*colour)
        faint = QColor(fill)
        faint.setAlpha(90)
        # A light colour on white, or a dark one on black, is told from the ground by its edge.
        edge = fill.lighter(135) if theme.is_dark else fill.darker(150)
        return cls(
            fill=fill,
            faint=faint,
            edge=edge,
            warning=theme.colour("doubtful"),
            line=theme.colour("muted"),
            key=theme.colour("text"),
            key_edge=theme.colour("panel"),
            paper=theme.colour("panel"),
        )


def draw_cells(painter: QPainter, cells: StripCells, top: float, height: float, pens: StripPens) -> int:
    """Draw a strip from `top`, x as in the cells; how many things were drawn."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for left, right, mark in cells.bars:
        _draw_bar(painter, left, right, top + _ROOM, height - 2 * _ROOM, mark, pens)
    for left, right in cells.offered:
        _draw_offer(painter, left, right, top + _ROOM, height - 2 * _ROOM, pens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for at, is_absent in cells.keys:
        _draw_key(painter, at, top + height / 2, pens, is_absent=is_absent)
    return len(cells.bars) + len(cells.keys) + len(cells.offered)


def _draw_bar(
    painter: QPainter, left: float, right: float, top: float, height: float, mark: Mark, pens: StripPens
) -> None:
    left, right = round(left), max(round(right), round(left) + 1)
    width = right - left
    middle = round(top + height / 2)
    if mark in (Mark.ABSENT, Mark.SETTLED_ABSENT):
        # A thin broken line: the time goes on, the referent is not there.
        painter.setPen(QPen(pens.line, 1, Qt.PenStyle.DotLine if mark is Mark.ABSENT else Qt.PenStyle.SolidLine))
        painter.drawLine(QLineF(left, middle, right, middle))
        return
    inset = {Mark.SETTLED: 0, Mark.PROPAGATED: 3, Mark.OPEN: 5}.get(mark, 3)
    area = QRectF(left, top + inset, width, height - 2 * inset)
    if mark is Mark.OPEN:
        painter.fillRect(area, pens.paper)
        painter.setPen(QPen(pens.edge, 1))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        return
    painter.fillRect(area, pens.fill)
    _draw_edges(painter, area, pens.edge)
    if mark is Mark.DOUBTFUL:
        # Hatched, with teeth that stand above and below every other bar.
        painter.fillRect(area, QBrush(pens.paper, Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRectF(left, top, width, 3), pens.warning)
        painter.fillRect(QRectF(left, top + height - 3, width, 3), pens.warning)


def _draw_edges(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1))
    painter.drawLine(QLineF(area.left(), area.top(), area.right() - 1, area.top()))
    painter.drawLine(QLineF(area.left(), area.bottom() - 1, area.right() - 1, area.bottom() - 1))


def _draw_offer(painter: QPainter, left: float, right: float, top: float, height: float, pens: StripPens) -> None:
    """A broken frame around what is on offer, as proposals have it on the canvas."""
    pen = QPen(pens.key, 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(round(left), round(top), max(round(right) - round(left) - 1, 1), round(height) - 1))


def _draw_key(painter: QPainter, x: float, y: float, pens: StripPens, *, is_absent: bool) -> None:
    """A diamond; hollow where the referent is settled as absent."""
    reach = _DIAMOND
    shape = QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])
    painter.setPen(QPen(pens.key if is_absent else pens.key_edge, 1.4))
    painter.setBrush(pens.key_edge if is_absent else pens.key)
    painter.drawPolygon(shape)


# --- the legend -----------------------------------------------------------------------------------------------------

_LEGEND: Final = (
    (Mark.SETTLED, False, later("settled by a person: a keyframe")),
    (Mark.PROPAGATED, False, later("propagated")),
    (Mark.PROPAGATED, True, later("propagated and on offer: Enter accepts")),
    (Mark.DOUBTFUL, False, later("doubtful: may have drifted")),
    (Mark.OPEN, False, later("a mask that nobody has settled")),
    (Mark.ABSENT, False, later("absent")),
    (Mark.SETTLED_ABSENT, False, later("settled as absent")),
)


def legend(colour: Rgb, theme: Theme, ratio: float = 1.0) -> str:
    """What the shapes mean, as rich text with the shapes themselves."""
    rows = "".join(
        f"<tr><td style='padding-right: 8px'><img width='40' height='20' src='data:image/png;base64,"
        f"{_swatch(mark, is_offered, colour, theme, ratio)}'></td><td>{tr(words)}</td></tr>"
        for mark, is_offered, words in _LEGEND
    )
    return f"<table cellspacing='0'>{rows}</table>"


def _swatch(mark: Mark, is_offered: bool, colour: Rgb, theme: Theme, ratio: float) -> str:
    size = QSize(40, 20)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(theme.colour("panel"))
    painter = QPainter(pixmap)
    keys = [(20.0, mark is Mark.SETTLED_ABSENT)] if mark in (Mark.SETTLED, Mark.SETTLED_ABSENT) else []
    cells = StripCells([(4.0, 36.0, mark)], keys, [(4.0, 36.0)] if is_offered else [])
    draw_cells(painter, cells, 0, size.height(), StripPens.of(colour, theme))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(data.toBase64().data()).decode("ascii")
