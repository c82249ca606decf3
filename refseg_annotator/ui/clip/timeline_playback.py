"""Playing a clip at its own rate, each frame for as long as the clip shows it: frames are dropped where reading is
slow, and the number shown is the true one.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from refseg_annotator.media.frame_times import USUAL_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.frame_loader import FrameLoader

_FASTEST: Final = 8  # ms between two looks at the clock


class Player(QObject):
    """Moves the bridge's place on by the clock.

    A frame is asked for only once the one before is on the canvas, and then that which is due by the clock: a slow disk
    makes the picture jump, never lag. Whatever else moves the place, and a press on the canvas, ends the playing. At
    the clip's end it stops; there is no loop.

    Signals:
        changed: playing began or ended.
    """

    changed = Signal()

    def __init__(
        self, bridge: Bridge, loader: FrameLoader, canvas: QWidget, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._loader = loader
        self.clock = clock
        self._began = 0.0
        self._from = 0
        self._is_moving = False
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setObjectName("player")
        self._timer.timeout.connect(self.tick)
        bridge.place_changed.connect(self._on_place)
        bridge.session_changed.connect(self.pause)
        loader.failed.connect(self.pause)
        canvas.installEventFilter(self)

    @property
    def is_playing(self) -> bool:
        """Whether it moves."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play or pause; at the end it begins anew."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from the frame on show."""
        medium = self._bridge.medium
        if medium is None or medium.frame_count < 2 or self.is_playing:
            return
        if self._bridge.frame >= medium.frame_count - 1:
            self._go(0)
        self._from = self._bridge.frame
        self._began = self.clock()
        times = self._bridge.session.times_of(medium.id)
        # Where the rate varies, frames may follow each other quickly at times.
        rate = (times.rate or USUAL_RATE) if times.is_steady else math.inf
        self._timer.start(max(math.floor(1000 / rate / 2), _FASTEST))
        self.changed.emit()

    def pause(self) -> None:
        """Stay where it is."""
        if self.is_playing:
            self._timer.stop()
            self.changed.emit()

    def tick(self) -> None:
        """Go to the frame that is due, unless one is still on its way."""
        medium = self._bridge.medium
        if medium is None:
            self.pause()
            return
        if self._loader.is_busy:
            return
        last = medium.frame_count - 1
        times = self._bridge.session.times_of(medium.id)
        due = times.frame_at(times.second_of(self._from) + self.clock() - self._began)
        if due != self._bridge.frame:
            self._go(min(due, last))
        if due >= last:
            self.pause()

    def _go(self, frame: int) -> None:
        self._is_moving = True
        self._bridge.show(self._bridge.medium_id, frame)
        self._is_moving = False

    def _on_place(self) -> None:
        if not self._is_moving:
            self.pause()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A tool is put to the picture: it must not run away under it."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.pause()
        return super().eventFilter(watched, event)
