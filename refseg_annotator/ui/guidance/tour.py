"""The tour: five cards that point at real parts of the window. Keys do everything; Esc ends it at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

_WIDTH: Final = 340
_GAP: Final = 12


@dataclass(frozen=True, slots=True)
class TourStep:
    """One card: the object name of the widget that it points at, a title and a sentence or two.

    Names of actions in braces stand for their keys.
    """

    target: str
    title: str
    words: str


STEPS: Final = (
    TourStep(
        "stage",
        "Pictures and clips go here",
        "Drop files or a folder, or press {open_pictures}. Every edit is saved as you make it.",
    ),
    TourStep(
        "phraseBar",
        "Say what you mean",
        "Press {focus_phrase}, type a whole sentence, then Enter. The model draws a proposal; {accept} takes it, "
        "{reject} leaves it.",
    ),
    TourStep(
        "toolStrip",
        "Correct it",
        "{brush} paints, {eraser} erases; hold Ctrl for the other. {undo} takes anything back.",
    ),
    TourStep(
        "referentPanel",
        "Every object, every phrase",
        "Several phrases may name one object, and one phrase several. {new_expression} adds a phrase to the selected "
        "one.",
    ),
    TourStep(
        "status",
        "What to do next",
        "This line always says it. At its right: the model and the device it runs on. {palette} finds any action, "
        "{shortcuts} lists the keys.",
    ),
)


class Tour(QWidget):
    """Lies over the window; what a card points at stays bright."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Tour of the window"))
        self._bridge = bridge
        self._actions = actions
        self._theme = theme
        self._window = window
        self._place = 0
        self._former: QWidget | None = None
        self._card = QFrame(self)
        self._card.setObjectName("tourCard")
        self._card.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self.title, self.words, self.count = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("tourTitle")
        self.words.setWordWrap(True)
        self.count.setObjectName("muted")
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.skip, self.back, self.further = QPushButton(), QPushButton(), QPushButton()
        row.addWidget(self.count, 1)
        for button in (self.skip, self.back, self.further):
            row.addWidget(button)
        column.addLayout(row)
        self.further.setProperty("primary", True)
        self.skip.setText(tr("Skip"))
        self.back.setText(tr("Back"))
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(lambda: self.go(self._place - 1))
        self.further.clicked.connect(lambda: self.go(self._place + 1))

    @property
    def place(self) -> int:
        """Which card is shown, from 0."""
        return self._place

    def start(self) -> None:
        """Show the first card, with the keyboard."""
        self._former = self._window.focusWidget()
        # What is installed last sees events first: before the router of keys.
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.go(0)

    def go(self, place: int) -> None:
        """Show a card; beyond the last the tour is over."""
        if place >= len(STEPS):
            self.end()
            return
        self._place = max(place, 0)
        step = STEPS[self._place]
        keys = {name: f"<b>{words or '–'}</b>" for name, words in self._keys().items()}
        self.title.setText(tr(step.title))
        self.words.setText(tr(step.words, **keys))
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.count.setText(f"{self._place + 1} / {len(STEPS)}")
        self.back.setEnabled(self._place > 0)
        is_last = self._place == len(STEPS) - 1
        self.further.setText(tr("Done") if is_last else tr("Next"))
        self.skip.setVisible(not is_last)
        self.setAccessibleDescription(f"{self.title.text()}. {tr(step.words, **self._keys())}")
        self._set_down()
        self.further.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Never come back by itself, and give the keyboard back."""
        if not self._bridge.settings.tour_seen:
            self._bridge.set_settings(self._bridge.settings.changed("tour_seen", True))
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.close()
        if self._former is not None:
            self._former.setFocus()

    def _keys(self) -> dict[str, str]:
        names = ("open_pictures", "focus_phrase", "accept", "reject", "brush", "eraser", "undo", "new_expression", "palette", "shortcuts")  # fmt: skip  # noqa: E501
        return {name: self._actions.keys_text(name).partition(", ")[0] for name in names}

    def _target(self) -> QRect:
        """What the card points at, in the tour's own pixels; empty where it is hidden."""
        widget = self._window.findChild(QWidget, STEPS[self._place].target)
        if widget is None or not widget.isVisible():
            return QRect()
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def _set_down(self) -> None:
        """Put the card where there is room beside its target: right, left, below, above, or upon it."""
        self._card.adjustSize()
        card, target, room = self._card.size(), self._target(), self.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        middle = target.center() if target.isValid() else room.center()
        x, y = middle.x() - card.width() // 2, middle.y() - card.height() // 2
        if target.isValid():
            if target.right() + _GAP + card.width() <= room.right():
                x = target.right() + _GAP
            elif target.left() - _GAP - card.width() >= room.left():
                x = target.left() - _GAP - card.width()
            elif target.bottom() + _GAP + card.height() <= room.bottom():
                y = target.bottom() + _GAP
            elif target.top() - _GAP - card.height() >= room.top():
                y = target.top() - _GAP - card.height()
            else:
                # What stands in its middle, as the first steps of an empty window do, stays in sight.
                y = target.bottom() - _GAP - card.height()
        x = min(max(x, room.left()), room.right() - card.width())
        y = min(max(y, room.top()), room.bottom() - card.height())
        self._card.move(x, y)
        self.update()

    # --- Qt's own ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window, and take every key before anything below does."""
        kind = event.type()
        if watched is self._window and kind == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._set_down()
        if not isinstance(watched, QWidget) or watched.window() is not self._window or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress:
            self._on_key(Qt.Key(event.key()))
            return True
        return False

    def _on_key(self, key: Qt.Key) -> None:
        buttons = [
            button for button in (self.skip, self.back, self.further) if button.isVisible() and button.isEnabled()
        ]
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), -1)
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            step = 1 if key == Qt.Key.Key_Tab else -1
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.go(self._place - 1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.go(self._place + 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            (buttons[at] if at >= 0 else self.further).click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card goes on, and does nothing below."""
        self.go(self._place + 1)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil with a hole."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QPainterPath()
        veil.addRect(QRectF(self.rect()))
        target = self._target()
        shade = QColor(0, 0, 0, 150 if self._theme.is_dark else 110)
        if target.isValid():
            hole = QPainterPath()
            hole.addRoundedRect(QRectF(target).adjusted(2, 2, -2, -2), 6, 6)
            painter.fillPath(veil.subtracted(hole), shade)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawPath(hole)
        else:
            painter.fillPath(veil, shade)
        painter.end()
