"""The strip of a blind check, over the upper edge of the picture: the phrase, and afterwards how far both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from refseg_annotator.services.review import LOW_AGREEMENT
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.tools.tool_options_bar import ROOM
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.services.blind_check import Compared
    from refseg_annotator.ui.review.blind_desk import BlindDesk
    from refseg_annotator.ui.theme import Theme

_WIDEST: Final = 720


class BlindStrip(QFrame):
    """Follows the desk.

    Signals:
        covers: so many logical pixels of the picture's room lie under it and the options of a tool; 0 when it has gone.
    """

    covers = Signal(int)

    def __init__(self, desk: BlindDesk, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("message")
        self._desk = desk
        self._theme = theme
        self._host = host
        words = QVBoxLayout(self)
        words.setContentsMargins(16, 12, 12, 12)
        words.setSpacing(4)
        # Below the words: beside them, they leave a long phrase no room.
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        self.phrase = QLabel()
        self.phrase.setObjectName("panelTitle")
        self.phrase.setTextFormat(Qt.TextFormat.PlainText)
        self.phrase.setWordWrap(True)
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        words.addWidget(self.phrase)
        words.addWidget(self.hint)
        words.addLayout(row)
        self.nothing = QPushButton(tr("Not here"))
        self.done = QPushButton(tr("Compare"))
        self.next = QPushButton(tr("Next check"))
        self.skip = QPushButton(tr("Skip"))
        self.stop = QPushButton(tr("Leave"))
        for button, tip, call in (
            (self.nothing, tr("The phrase names nothing in this picture (G)"), lambda: desk.decide(nothing=True)),
            (self.skip, tr("Ask another phrase"), desk.go_on),
            (self.done, tr("Compare what you drew with the project's mask (Enter)"), desk.decide),
            (self.next, tr("Ask the next phrase (Enter)"), desk.go_on),
            (self.stop, tr("End the check (Esc)"), desk.leave),
        ):
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, call=call: call())
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        for primary in (self.done, self.next):
            primary.setProperty("primary", True)
        host.installEventFilter(self)
        desk.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the desk is at."""
        asking, compared = self._desk.asking, self._desk.compared
        self.setVisible(asking is not None or compared is not None)
        for button in (self.nothing, self.skip, self.done):
            button.setVisible(asking is not None)
        self.next.setVisible(compared is not None)
        if asking is not None:
            set_style_property(self, "tone", "info")
            self.phrase.setText(f"“{asking.text}”")
            self.hint.setText(tr("Blind check: draw what this names with any tool, then press Enter."))
        elif compared is not None:
            set_style_property(self, "tone", "good" if compared.check.agreement >= LOW_AGREEMENT else "warning")
            self.phrase.setText(tr("Agreement {agreement}", agreement=number(compared.check.agreement, ".0%")))
            self.hint.setText(outcome_words(compared))
        self.setAccessibleName(f"{self.phrase.text()} {self.hint.text()}")
        self.place()
        self.raise_()

    def place(self) -> None:
        """Lie at the upper edge, below the options of the tool in hand."""
        if self.isHidden():
            self.covers.emit(0)
            return
        room = self._host.rect().adjusted(16, 16, -16, -16)
        width = min(_WIDEST, room.width())
        self.setFixedWidth(width)
        layout = self.layout()
        height = max(layout.totalHeightForWidth(width) if layout is not None else 0, 56)
        # The options of the tool in hand have the upper edge; they are needed while one draws.
        bars = [bar for bar in self._host.findChildren(QFrame, "toolOptions") if not bar.isHidden()]
        top = max([room.top(), *(bar.geometry().bottom() + 8 for bar in bars)])
        self.setGeometry(QRect(room.left() + (room.width() - width) // 2, top, width, height))
        # With the room of the options, whether a tool is in hand or not: taking one moves nothing.
        self.covers.emit(ROOM + height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place while the host is resized."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.place()
        return False


def outcome_words(compared: Compared) -> str:
    """Who drew what, in words: the outline that is dashed is the checker's."""
    if compared.given.is_empty and compared.truth.is_empty:
        return tr("Both say that it is not here.")
    if compared.given.is_empty:
        return tr("You say that it is not here; the project has a mask.")
    if compared.truth.is_empty:
        return tr("You drew a mask, dashed; the project says that it is not here.")
    return tr(
        "Yours is dashed, {mine} px; the project's has {theirs} px.",
        mine=number(compared.given.area),
        theirs=number(compared.truth.area),
    )
