"""What propagation is at, in its own place: progress and time left while it runs, then the masks on offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from refseg_annotator.services.propagate_proposal import PropagationPhase
from refseg_annotator.ui.job_panel import words_for
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from refseg_annotator.services.propagate_proposal import FramesProposal, PropagationState
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme


_PARTS: Final = ("accept_here", "accept_referent", "discard_here", "discard_referent")
FLOW_NAME: Final = "flow-warp"
FLOW_SENTENCE: Final = (
    "The loaded model has no part that looks across frames, so masks are carried by optical flow: quick, but lost once "
    "the object is hidden. Check the frames, or choose a model with a cross-frame part in the settings."
)


class PropagationBar(QFrame):
    """One line; hidden while there is nothing to tell."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("propagationBar")
        self._bridge = bridge
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        self._icon = QLabel()
        self._icon.setFixedSize(16, 16)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.flow = QLabel(tr("OPTICAL FLOW"))
        self.flow.setObjectName("model")
        self.flow.setProperty("tone", "loud")
        self.flow.setToolTip(tr(FLOW_SENTENCE))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 4)
        self.left = QLabel()
        self.left.setObjectName("muted")
        self.stop = _button(actions, "stop_propagation", tr("Stop"), also=tr("Esc"))
        self.accept = _button(actions, "accept", tr("Accept"))
        self.accept.setProperty("primary", "true")
        self.discard = _button(actions, "discard_propagation", tr("Discard"))
        self.part = _part(actions)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        for widget in (self.flow, self.progress, self.left, self.stop, self.accept, self.discard, self.part):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        bridge.propagation_changed.connect(self.refresh)
        bridge.session_changed.connect(self.refresh)
        bridge.place_changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _state: object = None) -> None:
        """Tell it anew."""
        propagation = self._bridge.propagation
        state = propagation.state
        self.setVisible(state.phase is not PropagationPhase.IDLE)
        if state.phase is PropagationPhase.IDLE:
            return
        progress = state.progress
        self.words.setText(words_of(state, here=self._is_here(state)))
        self.words.setToolTip(self.words.text())
        self.progress.setRange(0, progress.total or 0)
        self.progress.setValue(progress.done)
        self.left.setText(words_for(progress) if state.phase is PropagationPhase.RUNNING else "")
        model = propagation.model
        self.flow.setVisible(model is not None and model.name == FLOW_NAME)
        for widget in (self.progress, self.left, self.stop):
            widget.setVisible(state.is_busy)
        has_offer = state.proposal is not None and not state.is_busy
        self.accept.setVisible(has_offer and self._is_here(state))
        self.discard.setVisible(has_offer)
        self.part.setVisible(has_offer and self._is_here(state))
        name, role = ("warning-octagon", "bad") if state.phase is PropagationPhase.FAILED else ("path", "accent")
        self._icon.setPixmap(self._theme.icon(name, role=role).pixmap(16, 16))

    def _is_here(self, state: PropagationState) -> bool:
        return state.proposal is None or state.proposal.medium_id == self._bridge.medium_id


def words_of(state: PropagationState, *, here: bool = True) -> str:
    """What the bar says."""
    if state.phase is PropagationPhase.LOADING_MODEL:
        return tr("Loading what carries masks through clips")
    if state.phase is PropagationPhase.RUNNING:
        if not state.progress.done:  # what carries masks may study each referent for seconds first
            return tr("Getting to know what is to be followed")
        note = tr_sentence(state.progress.note)
        return tr("Propagating, {note}", note=note) if note else tr("Propagating")
    count = "" if state.proposal is None else offer_words(state.proposal)
    if state.phase is PropagationPhase.FAILED:
        words = [tr_sentence(state.sentence) if state.sentence else tr("It went wrong.")]
        if count:
            words.append(tr("{count} arrived before.", count=count))
        return " ".join(words)
    if not here:
        return tr("{count} on offer in another clip.", count=count)
    return tr("{count} on offer.", count=count)


def offer_words(proposal: FramesProposal) -> str:
    """How much is on offer: "280 masks on 140 frames"."""
    frames = len(proposal.frames)
    masks = len(proposal)
    told = tr_count(frames, "{count:,} frame", "{count:,} frames")
    return told if masks == frames else tr("{masks:,} masks on {told}", masks=masks, told=told)


def _part(actions: Actions) -> QToolButton:
    button = QToolButton()
    button.setObjectName("menuButton")
    button.setText(tr("Only a part"))
    button.setToolTip(tr("Accept or discard the masks of this frame, or of the selected referent, alone."))
    button.setAccessibleName(tr("Only a part"))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    menu = QMenu(button)
    for action_id in _PARTS:
        menu.addAction(actions[action_id])
    button.setMenu(menu)
    return button


def _button(actions: Actions, action_id: str, words: str, *, also: str = "") -> QPushButton:
    button = QPushButton(words)
    tip = actions[action_id].toolTip()
    button.setToolTip(tr("{tip} or {also}", tip=tip, also=also) if also else tip)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(actions[action_id].trigger)
    return button
