"""The phrase bar: what is meant, in words; what the model makes of it; and the choice to take or leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.services.problems import ProblemKind
from refseg_annotator.services.proposal import AssistPhase, AssistState, Proposal
from refseg_annotator.ui.busy import BusyRing
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from refseg_annotator.services.problems import Problem
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.live_checker import LiveChecker
    from refseg_annotator.ui.theme import Theme

_LIKELY, _DOUBTFUL = 0.7, 0.4
_MOST_CANDIDATES: Final = 9
_SIDES: Final = 24  # px, of margins left and right
_PHASES: Final = {
    AssistPhase.LOADING_MODEL: "Loading the model",
    AssistPhase.ENCODING: "Looking at the picture",
    AssistPhase.READING_PHRASE: "Reading the phrase",
}
EXAMPLE: Final = "Type what you mean, for example: the dog on the left"


class PhraseEdit(QLineEdit):
    """The text field. Enter runs the whole sentence, whatever commas and periods it has.

    Signals:
        run_wanted: Enter.
        add_wanted: Shift+Enter.
        left: Esc.
    """

    run_wanted = Signal()
    add_wanted = Signal()
    left = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ring at the left."""
        super().resizeEvent(event)
        for ring in self.findChildren(BusyRing):
            ring.move(9, (self.height() - ring.sizeHint().height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc; all else is text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.add_wanted if shift else self.run_wanted).emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
        elif event.text() == "/" and not self.text():
            # The key that leads here, pressed once more; no phrase begins with it.
            event.accept()
        else:
            super().keyPressEvent(event)


class PhraseBar(QFrame):
    """Always in sight.

    Signals:
        run_wanted: run this sentence.
        add_wanted: record this sentence for the selected referent.
        left: the person is done typing; the canvas should have the keyboard.
    """

    run_wanted = Signal(str)
    add_wanted = Signal(str)
    left = Signal()

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phraseBar")
        # What does not fit is shown by its icon alone, so the window may be as narrow as it likes.
        self.setMinimumWidth(1)
        self._bridge = bridge
        self._theme = theme
        self._actions = actions
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        self.edit = PhraseEdit()
        self.edit.setObjectName("phrase")
        self.edit.setPlaceholderText(tr(EXAMPLE))
        self.edit.setAccessibleName(tr("Phrase"))
        self.edit.setAccessibleDescription(tr("Say what you mean in this picture; Enter runs the whole sentence."))
        self.edit.setClearButtonEnabled(True)
        self.edit.setAcceptDrops(False)  # files dropped here are meant for the window
        self.edit.setMinimumWidth(240)
        self._key_icon = self.edit.addAction(
            theme.icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        row.addWidget(self.edit, 1)
        self.ring = BusyRing(theme, self.edit)
        self.pill = QLabel()
        self.pill.setObjectName("pill")
        self.pill.setFixedHeight(28)
        row.addWidget(self.pill)
        self._group = QButtonGroup(self)
        self.candidates: list[QToolButton] = []
        for place in range(_MOST_CANDIDATES):
            button = QToolButton()
            button.setObjectName("candidate")
            button.setText(str(place + 1))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(actions[f"pick_{place + 1}"].trigger)
            self._group.addButton(button)
            self.candidates.append(button)
            row.addWidget(button)
        self.nothing = QPushButton(tr("Record as: nothing here"))
        self.accept = QPushButton(tr("Accept"))
        self.reject = QPushButton(tr("Reject"))
        for verb, action_id in ((self.nothing, "no_target"), (self.accept, "accept"), (self.reject, "reject")):
            verb.setFixedHeight(36)
            verb.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            verb.setToolTip(actions[action_id].toolTip())
            verb.clicked.connect(actions[action_id].trigger)
            row.addWidget(verb)
        self._row = row
        self._words = {verb: verb.text() for verb in (self.reject, self.accept, self.nothing)}
        self.hint = QLabel()
        self.hint.setObjectName("hint")
        self.hint.setMinimumWidth(1)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.hint)
        self.edit.run_wanted.connect(lambda: self.run_wanted.emit(self.edit.text()))
        self.edit.add_wanted.connect(lambda: self.add_wanted.emit(self.edit.text()))
        self.edit.left.connect(self.left)
        self.edit.textEdited.connect(lambda _: self._refresh())
        bridge.assist_changed.connect(lambda _: self._refresh())
        bridge.selection_changed.connect(self._refresh)
        bridge.session_changed.connect(self._refresh)
        bridge.place_changed.connect(self._refresh)
        bridge.model_changed.connect(self._refresh)
        theme.changed.connect(self._recolour)
        self._checker: LiveChecker | None = None
        self._recolour()

    def use_checker(self, checker: LiveChecker) -> None:
        """Say below the box what the checks find wrong with the phrase."""
        self._checker = checker
        checker.draft_changed.connect(self._refresh)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    @property
    def is_typing(self) -> bool:
        """Whether the box has the keyboard of its window, whichever window is in front."""
        return self.window().focusWidget() is self.edit

    def show_phrase(self, text: str) -> None:
        """Put a phrase into the box, as when an expression is run again."""
        self.edit.setText(text)

    def focus(self) -> None:
        """Give the box the keyboard, its text ready to be typed over."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words where there is room for them."""
        self._fit()
        super().resizeEvent(event)

    def _recolour(self) -> None:
        self._key_icon.setIcon(self._theme.icon("magnifying-glass", role="muted"))
        self.accept.setIcon(self._theme.icon("check"))
        self.reject.setIcon(self._theme.icon("x"))
        self.nothing.setIcon(self._theme.icon("prohibit"))
        self._refresh()

    def _refresh(self) -> None:
        state = self._bridge.assist.state
        proposal = state.proposal
        is_busy = state.is_busy or state.asking > 0
        self.ring.set_busy(is_busy)
        # The ring turns where the glass was.
        self._key_icon.setVisible(not is_busy)
        self.edit.setTextMargins(26 if is_busy else 0, 0, 0, 0)
        for widget in (self.accept, self.reject, self.pill):
            widget.setVisible(proposal is not None)
        self.nothing.setVisible(proposal is not None and proposal.is_absent)
        readings = 0 if proposal is None else len(proposal.candidates)
        for place, button in enumerate(self.candidates):
            button.setVisible(readings > 1 and place < readings)
        if proposal is not None:
            self._show_proposal(proposal)
            self._fit()
        tone, words = self._hint(state)
        self.hint.setText(words)
        self.hint.setToolTip(words)
        set_style_property(self.hint, "tone", tone)

    def _show_proposal(self, proposal: Proposal) -> None:
        tone, words = verdict(proposal)
        self.pill.setText(words)
        self.pill.setToolTip(
            tr(
                "How good the model expects its mask to be, and how sure it is that the phrase names "
                "something here:\nmask {score:.0%}, presence {presence:.0%}",
                score=proposal.score,
                presence=proposal.presence,
            )
        )
        set_style_property(self.pill, "tone", tone)
        absent = proposal.is_absent
        set_style_property(self.accept, "primary", not absent)
        set_style_property(self.nothing, "primary", absent)
        self._words[self.accept] = tr("Accept anyway") if absent else tr("Accept")
        self.accept.setIcon(self._theme.icon("check", role="text" if absent else "accent_text"))
        self.nothing.setIcon(self._theme.icon("prohibit", role="accent_text"))
        # A mask that the model did not draw cannot be accepted; the pill says why.
        self.accept.setVisible(not proposal.mask.is_empty)
        for place, (button, candidate) in enumerate(zip(self.candidates, proposal.candidates, strict=False)):
            button.setChecked(place == proposal.chosen)
            button.setToolTip(
                tr("Reading {value}, {score:.0%} (press {value})", value=place + 1, score=candidate.score)
            )
            button.setAccessibleName(tr("Reading {value}", value=place + 1))

    def _fit(self) -> None:
        """Leave words out where the row is too narrow: first of what is seldom wanted, last of the coloured button."""
        for verb, words in self._words.items():
            verb.setText(words)
            verb.setAccessibleName(words)
        for verb in self._words:
            # A row within a column keeps what it needed before until it is told.
            self._row.invalidate()
            if self._row.minimumSize().width() <= self.contentsRect().width() - _SIDES:
                return
            verb.setText("")

    def _doing(self, phase: AssistPhase) -> str:
        name = self._bridge.reader.name
        if phase is AssistPhase.LOADING_MODEL and name:
            return tr("Loading the model {name}", name=name)
        return tr(_PHASES[phase])

    def _hint(self, state: AssistState) -> tuple[str, str]:
        if state.is_busy:
            return "muted", tr("{value}. Esc stops it.", value=self._doing(state.phase))
        proposal = state.proposal
        if proposal is not None:
            if proposal.unknown:
                words = ", ".join(f"“{word}”" for word in proposal.unknown[:6])
                verb = tr("this word") if len(proposal.unknown) == 1 else tr("these words")
                if proposal.plain:  # a misspelt word was not passed over: it is what was meant there
                    unknown = tr("The model does not know {verb}: {words}.", verb=verb, words=words)
                    return "doubtful", " ".join([unknown, *_read_besides(proposal)])
                return "doubtful", tr(
                    "The model does not know {verb} and passed over: {words}.", verb=verb, words=words
                )
            if proposal.truncated:
                return "doubtful", tr(
                    "The model reads {max_words} words; the rest went unread.", max_words=proposal.model.max_words
                )
            if proposal.is_absent and _hardly(proposal):
                keys = tr("G records that nothing here is meant, Enter accepts the mask anyway, Esc rejects.")
                return "doubtful", " ".join([*_hardly(proposal), keys])
            if self._checker is not None and self._checker.draft:
                return "doubtful", tr("{problem} Enter accepts, Esc rejects.", problem=_warning(self._checker.draft))
            if proposal.mask.is_empty:
                return "muted", tr("G records that nothing here is meant, Esc rejects.")
            if proposal.is_absent:
                return "muted", tr("G records that nothing here is meant, Enter accepts the mask anyway, Esc rejects.")
            told = [tr("Enter accepts, Esc rejects.")]
            if self._bridge.accept_into is not None:
                told = [tr("Enter accepts as the new mask of the selected referent, Esc rejects.")]
            told = [*_hardly(proposal), *told]
            if len(proposal.candidates) > 1:
                told.append(tr("A digit shows another reading."))
            told += _read_besides(proposal)
            if state.asking:
                told = [
                    tr(
                        "The model is not sure and asks frames around this one; the mask may change. "
                        "Enter accepts it as it is, Esc rejects."
                    )
                ]
            elif proposal.asked_on > 1:
                told.append(tr("{value} frames of the clip voted on this mask.", value=proposal.asked_on))
            return "muted", " ".join(told)
        if state.phase is AssistPhase.FAILED:
            return "bad", tr("That did not work; the message below says why. Enter tries again.")
        if self._checker is not None and self._checker.draft:
            return "doubtful", _warning(self._checker.draft)
        referent = self._bridge.referent
        if referent is not None and self.edit.text().strip():
            return "muted", tr("Enter runs the whole sentence. Shift+Enter adds it to the selected referent.")
        return "muted", tr("Enter runs the whole sentence.")


def _read_besides(proposal: Proposal) -> list[str]:
    """How else the model read the phrase, where it did."""
    return [tr("The model also read it as “{phrase}”.", phrase=proposal.plain)] if proposal.plain else []


def _hardly(proposal: Proposal) -> list[str]:
    """Which colour the phrase gives that the best reading does not have."""
    if not proposal.unlike or proposal.chosen:
        return []
    return [tr("What looks most like it is hardly “{colour}”.", colour=proposal.unlike)]


def _warning(problems: Sequence[Problem]) -> str:
    """The first problem, and how many more there are."""
    first = tr_sentence(problems[0].sentence)
    if problems[0].kind is ProblemKind.DUPLICATE_EXPRESSION:
        # In the list there are two of it; here only the other one is.
        first = tr("This phrase is among those of this picture already.")
    words = first[:1].upper() + first[1:]
    return words if len(problems) == 1 else tr("{words} (and {value} more)", words=words, value=len(problems) - 1)


def verdict(proposal: Proposal) -> tuple[str, str]:
    """A tone, and a word with a number: colour never says it alone."""
    if proposal.is_absent:
        return "doubtful", tr("probably not in this image")
    if proposal.score >= _LIKELY:
        return "good", tr("likely  {score:.0%}", score=proposal.score)
    if proposal.score >= _DOUBTFUL:
        return "doubtful", tr("doubtful  {score:.0%}", score=proposal.score)
    return "bad", tr("unlikely  {score:.0%}", score=proposal.score)
