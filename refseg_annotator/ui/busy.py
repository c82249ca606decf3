"""A small turning ring, in its own place, for whatever takes longer than a blink."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent

    from refseg_annotator.ui.theme import Theme

_AFTER: Final = 100  # ms: shorter waits show nothing


class BusyRing(QWidget):
    """Turns while `set_busy(True)`; takes its room always, so that nothing jumps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._angle = 0
        self._turn = QTimer(self, interval=40)
        self._turn.setObjectName("busy ring")
        self._turn.timeout.connect(self._on_turn)
        self._patience = QTimer(self, interval=_AFTER, singleShot=True)
        self._patience.setObjectName("busy patience")
        self._patience.timeout.connect(self._turn.start)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Working"))

    @property
    def is_busy(self) -> bool:
        """Whether it turns, or will soon."""
        return self._turn.isActive() or self._patience.isActive()

    def set_busy(self, busy: bool) -> None:
        """Turn, or stop."""
        if busy and not self.is_busy and self.isVisible():
            self._patience.start()
        elif not busy:
            self._patience.stop()
            self._turn.stop()
        self.update()

    def _on_turn(self) -> None:
        # Without motion the ring stands, and is still there to see.
        self._angle = 0 if self._theme.calm else (self._angle + 24) % 360
        self.update()

    def sizeHint(self) -> QSize:
        """A square of 16."""
        return QSize(16, 16)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop: nobody sees it."""
        super().hideEvent(event)
        self._patience.stop()
        self._turn.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring, three quarters of it."""
        if not self._turn.isActive():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("accent"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(QRectF(2, 2, 12, 12), -self._angle * 16, 270 * 16)
        painter.end()
