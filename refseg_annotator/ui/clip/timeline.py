"""The timeline: what one does with a clip, under the picture. It puts its parts together and follows the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.media import FrameTimes
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.clip.propagation_bar import PropagationBar
from refseg_annotator.ui.clip.timeline_playback import Player
from refseg_annotator.ui.clip.timeline_queue import DoubtQueue
from refseg_annotator.ui.clip.timeline_scale import frame_of, is_time, moment_words
from refseg_annotator.ui.clip.timeline_strips import TimelineStrips
from refseg_annotator.ui.clip.timeline_thumbnails import FrameThumbnails
from refseg_annotator.ui.clip.timeline_tracks import Tracks
from refseg_annotator.ui.number_words import number, typed_number
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from refseg_annotator.inference.propagation_drift import DoubtfulFrames
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.canvas.frame_loader import FrameLoader
    from refseg_annotator.ui.theme import Theme

_MOVES: Final = (
    "first_frame", "previous_keyframe", "previous_frame", "play", "next_frame", "next_keyframe", "last_frame",
)  # fmt: skip
_MARKS: Final = ("settle", "absent")
_WAYS: Final = (
    "propagate_backward", "propagate_forward", "propagate_to_keyframe", "propagate_between", "propagate_range",
    "propagate_again",
)  # fmt: skip


class FrameField(QLineEdit):
    """The number of the frame; takes another number, or a time.

    Signals:
        left: Esc, or all is said: the canvas gets the keyboard.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the keyboard away."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Timeline(QWidget):
    """The panel."""

    def __init__(
        self,
        bridge: Bridge,
        loader: FrameLoader,
        canvas: Canvas,
        actions: Actions,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._bridge = bridge
        self._canvas = canvas
        self._actions = actions
        self._theme = theme
        self._times = FrameTimes()
        self.tracks = Tracks(bridge)
        self.player = Player(bridge, loader, canvas)
        self.thumbnails = FrameThumbnails(bridge.runner, parent=self)
        self.strips = TimelineStrips(bridge, self.tracks, self.thumbnails, theme)
        self.queue = DoubtQueue(bridge, self.tracks, actions, theme)
        self.bar = PropagationBar(bridge, actions, theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_rule())
        column.addLayout(self._head())
        column.addWidget(self.bar)
        column.addWidget(_rule())
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.strips, 1)
        body.addWidget(self.queue)
        column.addLayout(body, 1)
        # Whoever has clicked on a strip goes on with the keys of the picture: Tab is the next referent, not a button.
        self.strips.setFocusProxy(canvas)
        self.strips.scrubbed.connect(self._on_scrubbed)
        self.strips.scrub_ended.connect(self._on_scrub_ended)
        self.queue.chosen.connect(self._on_doubt)
        self.player.changed.connect(self._on_player)
        loader.arrived.connect(lambda _: self._on_arrived())
        bridge.place_changed.connect(self.follow)
        bridge.session_changed.connect(self.follow)
        bridge.project_changed.connect(lambda change: self.follow() if change.media else None)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.follow()

    def follow(self) -> None:
        """Show the place."""
        bridge, medium = self._bridge, self._bridge.medium
        if not is_clip(bridge) or medium is None or bridge.medium_id is None:
            self.thumbnails.show(None)
            return
        self.thumbnails.show(bridge.session.path_of(bridge.medium_id))
        self.strips.follow()
        last = medium.frame_count - 1
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(number(bridge.frame))
        self.total.setText(f"/ {number(last)}")
        times = self._times = bridge.session.times_of(bridge.medium_id)
        self.time.setText(f"{moment_words(times, bridge.frame)} / {moment_words(times, last)}")
        self.time.setToolTip(rate_words(times))

    def _on_arrived(self) -> None:
        """The file has been opened: of a clip worked on before, only now its own time stamps are known."""
        self.tracks.follow_place()
        bridge = self._bridge
        if not is_clip(bridge) or bridge.medium_id is None:
            return
        times = bridge.session.times_of(bridge.medium_id)
        if times.is_known != self._times.is_known or times.seconds is not self._times.seconds:
            self.follow()
            self.strips.retime()

    def close_down(self) -> None:
        """Start nothing any more."""
        self.player.pause()
        self.queue.stop()
        self.thumbnails.close()

    # --- putting together --------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        for action_id in _MOVES:
            row.addWidget(self._button(action_id))
        self.field = FrameField()
        self.field.setObjectName("frameField")
        self.field.setAccessibleName(tr("Frame"))
        self.field.setToolTip(tr("The frame on show; type a number, or a time such as 0:48.5, and press Enter"))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFixedWidth(76)
        self.field.returnPressed.connect(self._on_typed)
        self.field.left.connect(self._leave_field)
        self.total = QLabel()
        self.total.setObjectName("muted")
        self.time = QLabel()
        self.time.setObjectName("muted")
        row.addSpacing(8)
        row.addWidget(self.field)
        row.addSpacing(4)
        row.addWidget(self.total)
        row.addSpacing(12)
        row.addWidget(self.time)
        row.addStretch(1)
        for action_id in _MARKS:
            row.addWidget(self._button(action_id))
        row.addSpacing(8)
        row.addWidget(_divider())
        row.addSpacing(8)
        for action_id in _WAYS:
            row.addWidget(self._button(action_id))
        row.addSpacing(8)
        row.addWidget(_divider())
        row.addSpacing(8)
        self._zooms: list[tuple[QToolButton, str]] = []
        for icon, words, call in (
            ("magnifying-glass-minus", tr("Zoom the timeline out"), lambda: self.strips.zoom(1 / 2)),
            ("magnifying-glass-plus", tr("Zoom the timeline in (wheel)"), lambda: self.strips.zoom(2)),
            ("arrows-out-line-horizontal", tr("Show the whole clip"), self.strips.fit),
        ):
            button = _flat(words)
            button.clicked.connect(lambda _=False, call=call: call())
            self._zooms.append((button, icon))
            row.addWidget(button)
        self.legend = _flat(tr("What the shapes mean"))
        self.legend.setAutoRaise(True)
        self._zooms.append((self.legend, "question"))
        row.addWidget(self.legend)
        return row

    def _button(self, action_id: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[action_id])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(28, 28)
        button.setAccessibleName(self._actions[action_id].toolTip())
        # A click on it must not take the arrow keys from the canvas.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    # --- doing -------------------------------------------------------------------------------------------------

    def _on_scrubbed(self, frame: int) -> None:
        self.player.pause()
        self.thumbnails.rest(True)
        self._bridge.show(self._bridge.medium_id, frame)

    def _on_scrub_ended(self) -> None:
        self.thumbnails.rest(False)

    def _on_doubt(self, run: DoubtfulFrames) -> None:
        self.player.pause()
        self._bridge.show(self._bridge.medium_id, run.first)
        self._bridge.select(run.referent)

    def _on_typed(self) -> None:
        bridge, medium, text = self._bridge, self._bridge.medium, self.field.text()
        if medium is None:
            return
        times = bridge.session.times_of(medium.id)
        typed = typed_number(text)
        frame = frame_of(typed, times)
        last = medium.frame_count - 1
        if frame is None:
            bridge.say(
                tr("{text!r} is neither a frame nor a time; type a number such as 120, or 0:04.8.", text=text),
                Tone.WARNING,
            )
            self.field.selectAll()
        elif is_time(typed) and not times.is_known:
            bridge.say(
                tr("The clip is not open yet, so its times are not known; wait a moment, or type a frame's number."),
                Tone.WARNING,
            )
            self.field.selectAll()
        elif frame > last:
            bridge.say(tr("The clip ends with frame {last:,}; type a number up to it.", last=last), Tone.WARNING)
            self.field.selectAll()
        else:
            self._leave_field()
            bridge.show(bridge.medium_id, frame)

    def _leave_field(self) -> None:
        self.field.setModified(False)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.follow()

    def _on_player(self) -> None:
        playing = self.player.is_playing
        self.thumbnails.rest(playing)
        self._actions["play"].setIcon(self._theme.icon("pause" if playing else "play"))

    def _recolour(self) -> None:
        for button, icon in self._zooms:
            button.setIcon(self._theme.icon(icon, role="muted"))
        self._on_player()
        self.legend.setToolTip(self.strips.legend())


class TimelineDock(QDockWidget):
    """Where the timeline lies: there for clips, if it is wanted, and gone for pictures."""

    def __init__(self, bridge: Bridge, timeline: Timeline) -> None:
        super().__init__(tr("Timeline"))
        self.setObjectName("timelineDock")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget())
        self.setWidget(timeline)
        self._bridge = bridge
        self._is_wanted = True
        self._height_without_bar = 0
        self._bar = timeline.bar
        self._bar.installEventFilter(self)
        bridge.place_changed.connect(self.follow)
        bridge.session_changed.connect(self.follow)
        bridge.project_changed.connect(lambda change: self.follow() if change.media else None)
        self.follow()

    @property
    def is_wanted(self) -> bool:
        """Whether it is shown for clips."""
        return self._is_wanted

    def set_wanted(self, wanted: bool) -> None:
        """Show it for clips, or never."""
        self._is_wanted = wanted
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Note the height that the panel has by itself."""
        super().resizeEvent(event)
        if self._bar.isHidden():
            self._height_without_bar = self.height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar of a propagation makes the panel higher where it must; gone, it gives that height back.

        A window keeps what a dock has grown to, and what is beside it would stay lower for good.
        """
        if watched is self._bar and event.type() == QEvent.Type.Hide:
            before = self._height_without_bar
            # Who has drawn it higher meanwhile wants it so.
            if before < self.height() <= before + self._bar.height():
                QTimer.singleShot(0, self, lambda: self._shrink_to(before))
        return super().eventFilter(watched, event)

    def _shrink_to(self, height: int) -> None:
        window = self.parentWidget()
        if isinstance(window, QMainWindow) and self.isVisible() and self._bar.isHidden():
            window.resizeDocks([self], [height], Qt.Orientation.Vertical)

    def follow(self) -> None:
        """Come and go with what is on show."""
        self.setVisible(self._is_wanted and is_clip(self._bridge))


def is_clip(bridge: Bridge) -> bool:
    """Whether a clip of several frames is on show, and its frames have been counted."""
    medium = bridge.medium
    return medium is not None and medium.kind is MediumKind.VIDEO and medium.frame_count > 1


def rate_words(times: FrameTimes) -> str:
    """How fast a clip runs."""
    if not times.rate:
        return tr("The clip does not say how fast it runs; 24 frames a second taken")
    frames = number(times.rate, ".4g")
    rate = tr("1 frame") if frames == "1" else tr("{number} frames", number=frames)
    if not times.is_known:
        return tr("{rate} a second on average; the times are exact once the clip is open", rate=rate)
    if times.is_steady:
        return tr("{rate} a second", rate=rate)
    return tr("{rate} a second on average; the times are the clip's own, frame by frame", rate=rate)


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedSize(1, 16)
    return line


def _flat(words: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setIconSize(QSize(18, 18))
    button.setFixedSize(28, 28)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
