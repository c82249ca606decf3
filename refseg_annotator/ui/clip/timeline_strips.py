"""The strips of the timeline: ruler, thumbnails and one strip a referent, under one scale; the pointer scrubs on them.

What was painted is kept: while a clip plays, only the playhead is drawn anew. The place is the bridge's, the marks are
the tracks'; of its own it has only the scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from refseg_annotator.ui.clip.timeline_marks import legend
from refseg_annotator.ui.clip.timeline_scale import FrameScale, moment_words
from refseg_annotator.ui.clip.timeline_sheet import GUTTER, ROW, RULER, THUMBNAILS, PaintWork, SheetPainter
from refseg_annotator.ui.clip.timeline_tracks import Mark
from refseg_annotator.ui.colours import referent_colour
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from refseg_annotator.core.annotation import Referent
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.clip.timeline_thumbnails import FrameThumbnails
    from refseg_annotator.ui.clip.timeline_tracks import Tracks
    from refseg_annotator.ui.theme import Theme

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
        # Less than it likes, by more than the bar of a propagation is high: the bar takes its room here, and the
        # picture above stays where it is under the pointer.
        self.setMinimumHeight(RULER + THUMBNAILS + ROW + 16)
        self._bridge = bridge
        self._tracks = tracks
        self._thumbnails = thumbnails
        self._theme = theme
        self._scale = FrameScale(1, 1, 0.0, 1.0)
        self._scrubs = False
        self._pan_from: QPointF | None = None
        self._painter = SheetPainter(bridge, tracks, thumbnails, theme)
        self._sheet: QPixmap | None = None
        self._head = QRect()
        self.is_following = True
        """Whether the playhead is kept in sight; not while one drags it."""
        self.work = PaintWork()
        """What the last painting of the sheet took."""
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        tracks.changed.connect(self._on_tracks)
        for signal in (
            self.verticalScrollBar().valueChanged,
            thumbnails.arrived,
            bridge.selection_changed,
            bridge.project_changed,
            theme.changed,
        ):
            signal.connect(self._stale)

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
            shown = self._scale.following(self._bridge.frame)
            if shown is self._scale:
                self._move_head()
                return
            self._scale = shown
        else:
            self._move_head()
            return
        self._scaled()

    def retime(self) -> None:
        """The times of the frames are others than were painted."""
        self._stale()

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
        self._stale()

    def _on_scrolled(self, value: int) -> None:
        self._scale = self._scale.scrolled(value - self._scale.first * self._scale.per_frame)
        self._stale()

    def _on_tracks(self) -> None:
        rows = len(self._bridge.referents_here()) * ROW
        bar = self.verticalScrollBar()
        room = self.viewport().height() - RULER - THUMBNAILS
        bar.setRange(0, max(rows - room, 0))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(ROW)
        self._stale()

    def _stale(self, _change: object = None) -> None:
        """What was painted no longer holds."""
        self._sheet = None
        self.viewport().update()

    def _move_head(self) -> None:
        """The playhead alone is elsewhere."""
        self.viewport().update(self._head)
        self._head = self._head_rect()
        self.viewport().update(self._head)

    # --- painting ----------------------------------------------------------------------------------------------

    def _head_rect(self) -> QRect:
        left, right = (GUTTER + self._scale.x_of(self._bridge.frame + edge) for edge in (0, 1))
        return QRectF(left - 8, 0, right - left + 16, self.viewport().height()).toAlignedRect()

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
        moment = moment_words(self._bridge.session.times_of(medium.id), frame)
        words = tr("Frame {frame:,}, {time_words}", frame=frame, time_words=moment)
        if referent is None:
            return words
        track = self._tracks.of(referent.id)
        mark = Mark(int(track.shown(slice(frame, frame + 1))[0]))
        on_offer = bool(track.offered[frame])
        drift = track.offered_drift[frame] if on_offer else track.drift[frame]
        states = [tr(_MARK_WORDS[mark])]
        if on_offer:
            states.append(tr("on offer"))
        if mark in (Mark.PROPAGATED, Mark.DOUBTFUL):
            states.append(tr("drift {drift:.0%}", drift=float(drift)))
        return f"{words}\n{referent_title(self._bridge.session.project, referent)}: {tr(', ').join(states)}"

    def legend(self) -> str:
        """What the shapes mean, as rich text."""
        referent = next(iter(self._bridge.referents_here()), None)
        return legend(
            referent_colour(0 if referent is None else referent.colour), self._theme, self.devicePixelRatioF()
        )

    # --- Qt's own ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ruler, thumbnails and strips, kept since they were painted last, and the playhead."""
        view, ratio = self.viewport(), self.devicePixelRatioF()
        sheet = self._sheet
        if sheet is None or sheet.devicePixelRatio() != ratio:
            sheet = self._sheet = QPixmap(view.size() * ratio)
            sheet.setDevicePixelRatio(ratio)
            self.work = self._painter.paint(sheet, self._scale, self.verticalScrollBar().value())
        painter = QPainter(view)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, sheet)
        painter.setClipRect(QRect(GUTTER - 6, 0, view.width() - GUTTER + 6, view.height()).intersected(event.rect()))
        self._paint_playhead(painter)
        painter.end()
        self._head = self._head_rect()

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
