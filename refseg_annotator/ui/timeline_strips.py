"""The strips of the timeline: ruler, thumbnails and one strip a referent, under one scale; the pointer scrubs on them.

It paints what is in sight and reads of the tracks no more than that. The place is the bridge's, the marks are the
tracks'; of its own it has only the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from refseg_annotator.ui.colours import is_light, referent_colour
from refseg_annotator.ui.referent_model import referent_title
from refseg_annotator.ui.timeline_marks import StripPens, cells_of, draw_cells, legend
from refseg_annotator.ui.timeline_scale import FrameScale, slot_of, time_words
from refseg_annotator.ui.timeline_tracks import Mark
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from refseg_annotator.core.annotation import Referent
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme
    from refseg_annotator.ui.timeline_thumbnails import FrameThumbnails
    from refseg_annotator.ui.timeline_tracks import Tracks

GUTTER: Final = 168
"""Pixels at the left for names."""
RULER: Final = 28
THUMBNAILS: Final = 52
ROW: Final = 24
_TICK_GAP: Final = 112.0
_ZOOM_STEP: Final = 1.25

_MARK_WORDS: Final = {
    Mark.NONE: "no mask yet",
    Mark.ABSENT: "absent",
    Mark.OPEN: "a mask that nobody has settled",
    Mark.PROPAGATED: "propagated",
    Mark.SETTLED_ABSENT: "settled as absent",
    Mark.SETTLED: "settled",
    Mark.DOUBTFUL: "doubtful",
}


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


class TimelineStrips(QAbstractScrollArea):
    """Paints the timeline and takes the pointer.

    Signals:
        scrubbed: the pointer asks for a frame.
        scrub_ended: it was let go.
    """

    scrubbed = Signal(int)
    scrub_ended = Signal()

    def __init__(
        self, bridge: Bridge, tracks: Tracks, thumbnails: FrameThumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timelineStrips")
        self.setAccessibleName(tr("Timeline"))
        self.setAccessibleDescription(tr("A strip a referent; drag to go through the clip, turn the wheel to zoom."))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumHeight(RULER + THUMBNAILS + 3 * ROW + 4)
        self._bridge = bridge
        self._tracks = tracks
        self._thumbnails = thumbnails
        self._theme = theme
        self._scale = FrameScale(1, 1, 0.0, 1.0)
        self._scrubs = False
        self._pan_from: QPointF | None = None
        self.is_following = True
        """Whether the playhead is kept in sight; not while one drags it."""
        self.work = PaintWork()
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        tracks.changed.connect(self._on_tracks)
        thumbnails.arrived.connect(self.viewport().update)
        bridge.selection_changed.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)

    # --- the scale ---------------------------------------------------------------------------------------------

    @property
    def scale(self) -> FrameScale:
        """Where the frames lie."""
        return self._scale

    def follow(self) -> None:
        """Show the frame on show, of whichever clip it is."""
        count = max(self._tracks.frame_count, 1)
        if count != self._scale.count:
            self._scale = FrameScale.fitting(count, self._room())
        elif self.is_following and not self._scrubs:
            self._scale = self._scale.following(self._bridge.frame)
        self._scaled()

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom to a pixel of the strips; to the playhead without one."""
        self._scale = self._scale.zoomed(factor, self._scale.x_of(self._bridge.frame + 0.5) if x is None else x)
        self._scaled()

    def fit(self) -> None:
        """The whole clip."""
        self._scale = FrameScale.fitting(self._scale.count, self._room())
        self._scaled()

    def x_of(self, frame: int) -> int:
        """The middle of a frame, in pixels of the viewport."""
        return GUTTER + round(self._scale.x_of(frame + 0.5))

    def y_of(self, row: int) -> int:
        """The middle of a strip, in pixels of the viewport."""
        return RULER + THUMBNAILS + row * ROW + ROW // 2 - self.verticalScrollBar().value()

    def _room(self) -> int:
        return max(self.viewport().width() - GUTTER - 8, 1)

    def _scaled(self) -> None:
        bar = self.horizontalScrollBar()
        bar.blockSignals(True)
        scale = self._scale
        bar.setRange(0, max(round(scale.extent - scale.width), 0))
        bar.setPageStep(scale.width)
        bar.setSingleStep(max(scale.width // 10, 1))
        bar.setValue(round(scale.first * scale.per_frame))
        bar.blockSignals(False)
        self.viewport().update()

    def _on_scrolled(self, value: int) -> None:
        self._scale = self._scale.scrolled(value - self._scale.first * self._scale.per_frame)
        self.viewport().update()

    def _on_tracks(self) -> None:
        rows = len(self._bridge.referents_here()) * ROW
        bar = self.verticalScrollBar()
        room = self.viewport().height() - RULER - THUMBNAILS
        bar.setRange(0, max(rows - room, 0))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(ROW)
        self.viewport().update()

    # --- painting ----------------------------------------------------------------------------------------------

    def _paint_ruler(self, painter: QPainter, width: int) -> None:
        theme, scale = self._theme, self._scale
        painter.fillRect(QRect(0, 0, width, RULER), theme.colour("window"))
        medium = self._bridge.medium
        rate = None if medium is None else medium.frame_rate
        metrics = QFontMetrics(painter.font())
        baseline = (RULER + metrics.ascent() - metrics.descent()) // 2 - 2
        for tick in scale.ticks(_TICK_GAP):
            x = GUTTER + round(scale.x_of(tick.frame))
            if x < GUTTER:
                continue
            painter.setPen(QPen(theme.colour("muted" if tick.is_major else "line"), 1))
            painter.drawLine(x, RULER - (10 if tick.is_major else 5), x, RULER - 1)
            if tick.is_major:
                number = f"{tick.frame:,}"
                painter.setPen(theme.colour("text"))
                painter.drawText(x + 4, baseline, number)
                painter.setPen(theme.colour("muted"))
                painter.drawText(
                    x + 4 + metrics.horizontalAdvance(f"{number}  "), baseline, time_words(tick.frame, rate)
                )

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

    def _paint_rows(self, painter: QPainter, width: int, exposed: QRect) -> None:
        bridge = self._bridge
        top = RULER + THUMBNAILS
        offset = self.verticalScrollBar().value()
        painter.save()
        painter.setClipRect(QRect(0, top, width, self.viewport().height() - top).intersected(exposed))
        referents = bridge.referents_here()
        first = max(offset // ROW, 0)
        last = min((offset + self.viewport().height() - top) // ROW + 1, len(referents))
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

    def _paint_playhead(self, painter: QPainter) -> None:
        scale, frame = self._scale, self._bridge.frame
        colour = self._theme.colour("accent")
        left, right = GUTTER + scale.x_of(frame), GUTTER + scale.x_of(frame + 1)
        if right < GUTTER or left > self.viewport().width():
            return
        height = self.viewport().height()
        if right - left >= 6:
            band = QColor(colour)
            band.setAlpha(46)
            painter.fillRect(QRectF(left, RULER, right - left, height - RULER), band)
        middle = round((left + right) / 2) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(middle, 8), QPointF(middle, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(middle + x, y) for x, y in ((-6, 0), (6, 0), (6, 6), (0, 13), (-6, 6))]))

    # --- the pointer -------------------------------------------------------------------------------------------

    def _row_at(self, y: float) -> Referent | None:
        row = (int(y) - RULER - THUMBNAILS + self.verticalScrollBar().value()) // ROW
        referents = self._bridge.referents_here()
        return referents[row] if y >= RULER + THUMBNAILS and 0 <= row < len(referents) else None

    def _scrub_to(self, event: QMouseEvent) -> None:
        self.scrubbed.emit(self._scale.frame_at(event.position().x() - GUTTER))

    def words_at(self, place: QPoint) -> str:
        """What the tool tip says of a pixel of the viewport."""
        referent = self._row_at(place.y())
        if place.x() < GUTTER:
            return self.legend() if referent is None else referent_title(self._bridge.session.project, referent)
        medium = self._bridge.medium
        if medium is None:
            return ""
        frame = self._scale.frame_at(place.x() - GUTTER)
        words = tr("Frame {frame:,}, {time_words}", frame=frame, time_words=time_words(frame, medium.frame_rate))
        if referent is None:
            return words
        track = self._tracks.of(referent.id)
        mark = Mark(int(track.shown(slice(frame, frame + 1))[0]))
        on_offer = bool(track.offered[frame])
        drift = track.offered_drift[frame] if on_offer else track.drift[frame]
        state = _MARK_WORDS[mark] + (", on offer" if on_offer else "")
        if mark in (Mark.PROPAGATED, Mark.DOUBTFUL):
            state += f", drift {float(drift):.0%}"
        return f"{words}\n{referent_title(self._bridge.session.project, referent)}: {state}"

    def legend(self) -> str:
        """What the shapes mean, as rich text."""
        referent = next(iter(self._bridge.referents_here()), None)
        return legend(
            referent_colour(0 if referent is None else referent.colour), self._theme, self.devicePixelRatioF()
        )

    # --- Qt's own ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ruler, thumbnails, strips, playhead."""
        self.work = PaintWork()
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.small_font())
        width = self.viewport().width()
        painter.fillRect(event.rect(), self._theme.colour("panel"))
        self._paint_rows(painter, width, event.rect())
        self._paint_ruler(painter, width)
        self._paint_thumbnails(painter, width)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for y in (RULER - 1, RULER + THUMBNAILS - 1):
            painter.drawLine(0, y, width, y)
        painter.drawLine(GUTTER - 1, 0, GUTTER - 1, self.viewport().height())
        painter.setClipRect(QRect(GUTTER - 6, 0, width - GUTTER + 6, self.viewport().height()))
        self._paint_playhead(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is seen."""
        super().resizeEvent(event)
        self._scale = self._scale.resized(self._room())
        self._scaled()
        self._on_tracks()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there; on a strip select its referent too."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        referent = self._row_at(event.position().y())
        if referent is not None:
            self._bridge.select(referent.id)
        if event.position().x() >= GUTTER - 6:
            self._scrubs = True
            self._scrub_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub, or move the strips."""
        if self._pan_from is not None:
            self._scale = self._scale.scrolled(self._pan_from.x() - event.position().x())
            self._pan_from = event.position()
            self._scaled()
        elif self._scrubs:
            self._scrub_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = None
        elif event.button() == Qt.MouseButton.LeftButton and self._scrubs:
            self._scrubs = False
            self.scrub_ended.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; with Shift, or sideways, scroll; over the names go up and down."""
        turn = event.angleDelta()
        if event.position().x() < GUTTER:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - turn.y() * ROW // 120)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self._scale = self._scale.scrolled(-(turn.x() or turn.y()))
            self._scaled()
        elif turn.y():
            self.zoom(_ZOOM_STEP ** (turn.y() / 120), event.position().x() - GUTTER)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        """A few strips."""
        return QSize(600, RULER + THUMBNAILS + 3 * ROW + 12)
