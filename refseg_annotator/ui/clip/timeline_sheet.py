"""How the timeline is painted: ruler, thumbnails and strips onto one sheet, from what is in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from refseg_annotator.media import FrameTimes
from refseg_annotator.ui.clip.timeline_marks import StripPens, cells_of, draw_cells
from refseg_annotator.ui.clip.timeline_scale import FrameScale, moment_words, slot_of
from refseg_annotator.ui.colours import is_light, referent_colour
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from refseg_annotator.core.annotation import Referent
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.clip.timeline_thumbnails import FrameThumbnails
    from refseg_annotator.ui.clip.timeline_tracks import Tracks
    from refseg_annotator.ui.theme import Theme

GUTTER: Final = 168
"""Pixels at the left for names."""
RULER: Final = 28
THUMBNAILS: Final = 52
ROW: Final = 24
_TICK_GAP: Final = 112.0


@dataclass(slots=True)
class PaintWork:
    """What the last painting took; tests hold it to the width of the window.

    Attributes:
        cells: frames looked at, summed over the strips in sight.
        drawn: bars, key marks and frames drawn.
        rows: strips drawn.
    """

    cells: int = 0
    drawn: int = 0
    rows: int = 0


class SheetPainter:
    """Paints sheets; keeps nothing but what it is handed here."""

    def __init__(self, bridge: Bridge, tracks: Tracks, thumbnails: FrameThumbnails, theme: Theme) -> None:
        self._bridge = bridge
        self._tracks = tracks
        self._thumbnails = thumbnails
        self._theme = theme
        self._scale = FrameScale(1, 1, 0.0, 1.0)
        self._offset = 0
        self._size = QSize()
        self.work = PaintWork()

    def paint(self, sheet: QPixmap, scale: FrameScale, offset: int) -> PaintWork:
        """Paint all of a sheet, its rows moved up by `offset` pixels; what that took."""
        self.work = PaintWork()
        self._scale, self._offset = scale, offset
        self._size = (sheet.size() / sheet.devicePixelRatio()).expandedTo(QSize(1, 1))
        painter = QPainter(sheet)
        painter.setFont(self._theme.small_font())
        width, height = self._size.width(), self._size.height()
        painter.fillRect(0, 0, width, height, self._theme.colour("panel"))
        self._paint_rows(painter, width)
        self._paint_ruler(painter, width)
        self._paint_thumbnails(painter, width)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for y in (RULER - 1, RULER + THUMBNAILS - 1):
            painter.drawLine(0, y, width, y)
        painter.drawLine(GUTTER - 1, 0, GUTTER - 1, height)
        painter.end()
        return self.work

    def _paint_ruler(self, painter: QPainter, width: int) -> None:
        theme, scale = self._theme, self._scale
        painter.fillRect(QRect(0, 0, width, RULER), theme.colour("window"))
        medium = self._bridge.medium
        times = FrameTimes() if medium is None else self._bridge.session.times_of(medium.id)
        metrics = QFontMetrics(painter.font())
        baseline = (RULER + metrics.ascent() - metrics.descent()) // 2 - 2
        for tick in scale.ticks(_TICK_GAP):
            x = GUTTER + round(scale.x_of(tick.frame))
            if x < GUTTER:
                continue
            painter.setPen(QPen(theme.colour("muted" if tick.is_major else "line"), 1))
            painter.drawLine(x, RULER - (10 if tick.is_major else 5), x, RULER - 1)
            if tick.is_major:
                told = (number(tick.frame), "text"), (moment_words(times, tick.frame), "muted")
                left = x + 4
                for words, role in told:
                    # Half a number would be another one.
                    if left + metrics.horizontalAdvance(words) > width - 4:
                        break
                    painter.setPen(theme.colour(role))
                    painter.drawText(left, baseline, words)
                    left += metrics.horizontalAdvance(f"{words}  ")

    def _paint_thumbnails(self, painter: QPainter, width: int) -> None:
        scale, medium = self._scale, self._bridge.medium
        area = QRect(GUTTER, RULER, width - GUTTER, THUMBNAILS)
        painter.fillRect(area, self._theme.colour("canvas"))
        if medium is None:
            return
        height = THUMBNAILS - 4
        wide = max(round(height * medium.size.width / max(medium.size.height, 1)), 12)
        step = slot_of(wide / scale.per_frame)
        wanted = []
        painter.setClipRect(area)
        for frame in range(scale.visible.start // step * step, scale.visible.stop, step):
            pixmap = self._thumbnails.peek(frame)
            x = GUTTER + round(scale.x_of(frame))
            if pixmap is None:
                wanted.append(frame)
                continue
            ratio = height / max(pixmap.height(), 1)
            painter.drawPixmap(QRect(x, RULER + 2, round(pixmap.width() * ratio), height), pixmap)
        painter.setClipping(False)
        self._thumbnails.want(wanted)

    def _paint_rows(self, painter: QPainter, width: int) -> None:
        bridge = self._bridge
        top = RULER + THUMBNAILS
        offset = self._offset
        painter.save()
        painter.setClipRect(QRect(0, top, width, self._size.height() - top))
        referents = bridge.referents_here()
        first = max(offset // ROW, 0)
        last = min((offset + self._size.height() - top) // ROW + 1, len(referents))
        for row in range(first, last):
            self._paint_row(painter, referents[row], row, top + row * ROW - offset, width)
        painter.restore()
        if not referents:
            painter.setPen(self._theme.colour("muted"))
            room = QRect(GUTTER + 12, top, max(width - GUTTER - 24, 0), ROW)
            words = tr("Settle a mask on any frame (a phrase, or B and paint), then press F to carry it on.")
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_row(self, painter: QPainter, referent: Referent, row: int, y: int, width: int) -> None:
        theme, scale = self._theme, self._scale
        chosen = referent.id == self._bridge.referent_id
        if chosen:
            painter.fillRect(QRect(0, y, width, ROW), theme.colour("accent_soft"))
        self._paint_name(painter, referent, row, y)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(GUTTER, y + ROW - 1, width, y + ROW - 1)
        seen = scale.visible
        part = slice(seen.start, seen.stop)
        track = self._tracks.of(referent.id)
        cells = cells_of(track.shown(part), track.offered[part] > 0, scale)
        painter.save()
        painter.setClipRect(QRect(GUTTER, y, width - GUTTER, ROW), Qt.ClipOperation.IntersectClip)
        painter.translate(GUTTER, 0)
        if referent.hidden:
            painter.setOpacity(0.4)
        self.work.drawn += draw_cells(painter, cells, y, ROW, StripPens.of(referent_colour(referent.colour), theme))
        painter.restore()
        self.work.cells += len(seen)
        self.work.rows += 1

    def _paint_name(self, painter: QPainter, referent: Referent, row: int, y: int) -> None:
        theme, colour = self._theme, referent_colour(referent.colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(painter.font())
        number = str(row + 1)
        key = QRectF(12, y + 4, max(16, metrics.horizontalAdvance(number) + 8), ROW - 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*colour))
        painter.drawRoundedRect(key, 4, 4)
        painter.setPen(QColor(16, 18, 22) if is_light(colour) else QColor(255, 255, 255))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, number)
        left = round(key.right()) + 8
        room = QRect(left, y, GUTTER - left - 8, ROW)
        title = referent_title(self._bridge.session.project, referent)
        painter.setPen(theme.colour("text"))
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width()),
        )
