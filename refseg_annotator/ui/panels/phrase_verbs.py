"""What can be done with phrases and proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from refseg_annotator.services import annotate
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Expression, ReferentId
    from refseg_annotator.core.events import Change
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.panels.phrase_bar import PhraseBar


class PhraseVerbs(QObject):
    """Follows the phrase bar; the actions call it."""

    def __init__(self, bridge: Bridge, canvas: Canvas, phrase_bar: PhraseBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self._phrase_bar = phrase_bar
        phrase_bar.run_wanted.connect(self.run)
        phrase_bar.add_wanted.connect(self.add)
        phrase_bar.left.connect(self._leave)

    @property
    def is_drawing(self) -> bool:
        """Whether a tool is at work."""
        return self._canvas.hand is not None and self._canvas.hand.is_busy

    @property
    def has_offer(self) -> bool:
        """Whether Enter or Esc have something to decide on the canvas."""
        state = self._bridge.assist.state
        return state.proposal is not None or state.is_busy or self.is_drawing or self._bridge.veil.is_active

    def expression_to_run(self) -> Expression | None:
        """The selected expression, or the selected referent's first."""
        bridge = self._bridge
        project = bridge.session.project
        if bridge.expression_id is not None:
            return project.expressions.get(bridge.expression_id)
        expressions = [] if bridge.referent_id is None else project.expressions_for(bridge.referent_id)
        return expressions[0] if expressions else None

    def run(self, text: str) -> None:
        """Run the whole sentence; the canvas takes the keyboard, so that the next Enter accepts."""
        if not text.strip():
            self._bridge.say(tr("Type what you mean first, for example: the dog on the left."))
            return
        self._canvas.abandon()
        self._bridge.request(text)
        if self._bridge.medium_id is not None:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, text: str) -> None:
        """Record the sentence as a further expression of the selected referent."""
        bridge = self._bridge
        referent = bridge.referent
        if referent is None:
            bridge.say(tr("Select the referent that the phrase means first."), Tone.WARNING)
            return
        if not text.strip():
            bridge.say(tr("Type the phrase first; Shift+Enter then adds it to the selected referent."))
            return
        made = bridge.attempt(
            lambda: annotate.add_expression(bridge.session, referent.medium_id, text, targets=(referent.id,))
        )
        if made is not None:
            self._phrase_bar.show_phrase("")
            bridge.select(referent.id, made)

    def segment_again(self) -> None:
        """Run the selected expression for this referent's mask alone."""
        expression = self.expression_to_run()
        if expression is not None:
            self._canvas.abandon()
            self._phrase_bar.show_phrase(expression.text)
            self._bridge.request(expression.text, into=self._bridge.referent_id)
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Close the shape being drawn, or take the proposal."""
        closed = self._canvas.finish()
        if not closed and self._bridge.assist.proposal is not None:
            self._take(self._bridge.accept_into)
            return
        if not closed and self._bridge.veil.desk is not None:
            self._bridge.veil.desk.confirm()

    def accept_into(self) -> None:
        """Take the proposal as the selected referent's mask."""
        self._canvas.leave()
        if self._bridge.referent_id is not None and self._bridge.assist.proposal is not None:
            self._take(self._bridge.referent_id)

    def take_offer(self) -> bool:
        """Take the proposal if there is one; False if it could not be taken."""
        self._canvas.leave()
        return self._bridge.assist.proposal is None or self._take(self._bridge.accept_into) is not None

    def reject(self) -> None:
        """Drop the shape being drawn, or the proposal, or the work towards one."""
        if self._canvas.abandon():
            return
        state, blind = self._bridge.assist.state, self._bridge.veil.desk
        if blind is not None and blind.is_active and state.proposal is None and not state.is_busy:
            blind.leave()
        else:
            self._bridge.assist.reject()

    def record_nothing_here(self) -> None:
        """Record that the phrase names nothing in this picture."""
        self._canvas.abandon()
        bridge = self._bridge
        medium_id, text = bridge.medium_id, self._phrase_bar.text
        if medium_id is None:
            return
        if bridge.veil.desk is not None and bridge.veil.desk.asking is not None:
            bridge.veil.desk.decide(nothing=True)
            return
        chosen = None if bridge.expression_id is None else bridge.session.project.expressions.get(bridge.expression_id)
        if chosen is not None and chosen.is_open and bridge.assist.proposal is None and not text.strip():
            text = chosen.text
        if bridge.assist.proposal is not None:
            text = bridge.assist.proposal.text
            done = bridge.attempt(lambda: bridge.assist.accept(as_no_target=True)) is not None
        elif not text.strip():
            bridge.say(tr("Type the phrase that names nothing here first, then press G."))
            return
        else:
            done = bridge.attempt(lambda: annotate.mark_no_target(bridge.session, medium_id, text)) is not None
        if done:
            bridge.say(tr("Recorded: nothing here is “{strip}”.", strip=text.strip()), Tone.GOOD, action="undo")

    def pick(self, digit: int) -> None:
        """Show another reading of the phrase; where there is none, select a referent by its number."""
        bridge = self._bridge
        proposal = bridge.assist.proposal
        if proposal is not None and 1 < len(proposal.candidates) >= digit:
            self._canvas.abandon()
            bridge.attempt(lambda: bridge.assist.choose(digit - 1))
            return
        referents = bridge.referents_here()
        if digit <= len(referents):
            bridge.select(referents[digit - 1].id)

    def _take(self, into: ReferentId | None) -> Change | None:
        bridge = self._bridge
        known = {referent.id for referent in bridge.referents_here()}
        # A referent deleted while the model was at work is made anew.
        change = bridge.attempt(lambda: bridge.assist.accept(into if into in known else None, as_no_target=False))
        if change is not None:
            bridge.select(next((referent.id for referent in bridge.referents_here() if referent.id not in known), into))
        return change

    def _leave(self) -> None:
        """Esc in the box: first it ends what is under way, then it gives the keyboard away."""
        state = self._bridge.assist.state
        if state.is_busy or state.proposal is not None:
            self._bridge.assist.reject()
        else:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
