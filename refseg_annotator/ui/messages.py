"""The message strip: sentences in the window, near where the eye is, that wait for nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from refseg_annotator.ui.actions.action_table import action_row
from refseg_annotator.ui.bridge import Bridge, Message, Tone
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from refseg_annotator.services.proposal import AssistState
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.theme import Theme

_ICONS: Final = {
    Tone.INFO: ("info", "muted"),
    Tone.GOOD: ("check-circle", "good"),
    Tone.WARNING: ("warning", "doubtful"),
    Tone.ERROR: ("warning-octagon", "bad"),
}
# How long a sentence stays, in ms: long enough to be read twice. Errors stay until something new is said or done.
_STAYS: Final = {Tone.INFO: 5000, Tone.GOOD: 5000, Tone.WARNING: 9000}
_WIDEST: Final = 720


class MessageStrip(QFrame):
    """One sentence over the lower edge of `host`; a newer one takes its place."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("message")
        self._actions = actions
        self._theme = theme
        self._host = host
        self._bridge = bridge
        self._message: Message | None = None
        self._said_at = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        self._icon = QLabel()
        self._icon.setFixedSize(18, 18)
        self.sentence = QLabel()
        self.sentence.setAccessibleName(tr("Message"))
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_button)
        self._close = QToolButton()
        self._close.setObjectName("flat")
        self._close.setToolTip(tr("Close"))
        self._close.setAccessibleName(tr("Close the message"))
        self._close.clicked.connect(self.clear)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setObjectName("message")
        self._timer.timeout.connect(self.clear)
        host.installEventFilter(self)
        bridge.said.connect(self.show_message)
        bridge.project_changed.connect(self._on_done)
        bridge.session_changed.connect(self._on_session)
        bridge.assist_changed.connect(self._on_assist)
        theme.changed.connect(self._recolour)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is said now."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Say something."""
        self._message = message
        self._said_at = self._bridge.session.history.state_number
        self.sentence.setText(message.sentence)
        self.setAccessibleName(message.sentence)
        set_style_property(self, "tone", message.tone.value)
        self.button.setVisible(message.action is not None)
        if message.action is not None:
            self.button.setText(_button_words(message.action))
        self._recolour()
        self.show()
        self._place()
        self.raise_()
        # Work that would be missed must not be out of sight after some seconds.
        stays = None if message.action == "recover" else _STAYS.get(message.tone)
        if stays is None:
            self._timer.stop()
        else:
            self._timer.start(stays)

    def clear(self) -> None:
        """Say nothing."""
        self._message = None
        self._timer.stop()
        self.hide()

    def _on_done(self) -> None:
        # Whatever was refused before, something has been done since; and an offered undo would take back that. A size
        # that a file told is nobody's doing.
        if self._bridge.session.history.state_number == self._said_at:
            return
        message = self._message
        if message is not None and (message.tone is Tone.WARNING or message.action in ("undo", "recover")):
            self.clear()

    def _on_session(self) -> None:
        # Another project is open: nobody looks for the one that was offered.
        if self._message is not None and self._message.action == "recover":
            self.clear()

    def _on_assist(self, state: AssistState) -> None:
        # A new try is under way; what went wrong with the last one is history. And without a proposal none is accepted.
        is_over = state.is_busy and self._message is not None and self._message.tone is Tone.ERROR
        if is_over or (state.proposal is None and self._message is not None and self._message.action == "accept"):
            self.clear()

    def _on_button(self) -> None:
        action = None if self._message is None else self._message.action
        self.clear()
        if action is not None:
            self._actions[action].trigger()

    def _recolour(self) -> None:
        if self._message is not None:
            icon, role = _ICONS[self._message.tone]
            self._icon.setPixmap(self._theme.icon(icon, role=role).pixmap(18, 18))
        self._close.setIcon(self._theme.icon("x", role="muted"))

    def _place(self) -> None:
        room = self._host.rect().adjusted(16, 16, -16, -16)
        width = min(_WIDEST, room.width())
        natural = self.sentence.fontMetrics().horizontalAdvance(self.sentence.text())
        extra = 18 + 28 + 44 + (self.button.sizeHint().width() + 8 if not self.button.isHidden() else 0)
        width = min(width, natural + extra + 16)
        self.setFixedWidth(max(width, 120))
        layout = self.layout()
        height = max(layout.totalHeightForWidth(width) if layout is not None else 0, 40)
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(QRect(left, room.bottom() - height, width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place while the host is resized."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self._message is not None:
            self._place()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        self._timer.stop()
        super().hideEvent(event)


def _button_words(action_id: str) -> str:
    # The row's own title: that of the action may go on to name what would be undone.
    return tr(action_row(action_id).title).rstrip(".…")
