"""Blind checks in the window: the project's masks are veiled, the checker uses every tool, what was drawn is compared
and taken back.

What a checker draws are referents like any other while one draws: all tools, undo and autosave work. At the end the
edits are undone, so that nothing of it stays but the agreement.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from refseg_annotator.core.annotation import ExpressionId, MediumId, ReferentId
from refseg_annotator.core.edits import Edit, Several, removing_referent
from refseg_annotator.core.mask import Mask
from refseg_annotator.services import blind_check
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.services.blind_check import Compared


@dataclass(frozen=True, slots=True)
class Asking:
    """A check under way.

    Args:
        state: number of the history's state when it began.
        began: a monotonic clock's seconds.
    """

    expression_id: ExpressionId
    medium_id: MediumId
    frame: int
    text: str
    state: int
    began: float


class BlindDesk(QObject):
    """Asks, compares, and shows both.

    Signals:
        changed: another check is asked or shown, or none.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._clock = clock
        self.asking: Asking | None = None
        self.compared: Compared | None = None
        bridge.place_changed.connect(self._on_place)
        bridge.session_changed.connect(self._on_session)

    @property
    def is_active(self) -> bool:
        """Whether a check is asked or its outcome shown."""
        return self.asking is not None or self.compared is not None

    @property
    def author(self) -> str:
        """Who checks."""
        return self._bridge.session.project.author or self._bridge.settings.author

    # --- asking ------------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Begin with the selected expression, or the next that this person has not checked; or leave."""
        if self.is_active:
            self.leave()
            return
        chosen = self._bridge.expression_id
        expression = None if chosen is None else self._bridge.session.project.expressions.get(chosen)
        if expression is not None and not expression.is_open:
            self.ask(expression.id)
        else:
            self.ask_next(None)

    def ask_next(self, after: ExpressionId | None) -> None:
        """Ask the next one; where it cannot be shown, the one after it."""
        session, tried = self._bridge.session, set[ExpressionId]()
        found = blind_check.next_to_check(session, after, author=self.author)
        while found is not None and found not in tried:
            if self.ask(found, quietly=True):
                return
            tried.add(found)
            found = blind_check.next_to_check(session, found, author=self.author)
        self._unveil()
        self._bridge.say(tr("You have checked every phrase that has a mask."), Tone.GOOD)

    def ask(self, expression_id: ExpressionId, *, quietly: bool = False) -> bool:
        """Show a phrase without its mask; False where it has none to be checked against."""
        bridge = self._bridge
        self._unveil()
        expression = bridge.session.project.expressions.get(expression_id)
        frame = None
        if expression is not None:
            frame = bridge.attempt(lambda: blind_check.frame_to_check(bridge.session, expression))
        if expression is None or frame is None:
            if not quietly:
                bridge.say(tr("This phrase has no mask yet that it could be checked against."), Tone.WARNING)
            return False
        bridge.assist.cancel()
        bridge.show(expression.medium_id, frame)
        bridge.select(None)
        if bridge.look.hidden:
            bridge.set_look(replace(bridge.look, hidden=False))
        self.asking = Asking(
            expression.id,
            expression.medium_id,
            frame,
            expression.text,
            bridge.session.history.state_number,
            self._clock(),
        )
        bridge.session.draft_on(expression.medium_id)
        bridge.veil.draw(bridge.session.project.highest_id, bridge.session.history.state_number)
        self.changed.emit()
        return True

    # --- deciding ----------------------------------------------------------------------------------------------

    def decide(self, *, nothing: bool = False) -> None:
        """Compare what was drawn, or "nothing here", with the project's mask, and keep the agreement."""
        asking, bridge = self.asking, self._bridge
        if asking is None:
            return
        given = self._drawn(asking)
        if given.is_empty and not nothing:
            bridge.say(tr("Draw what the phrase names first, or press G for: not here."), Tone.WARNING)
            return
        if nothing:
            given = Mask.empty(given.size)
        seconds = self._clock() - asking.began
        self._unveil()
        compared = bridge.attempt(
            lambda: blind_check.record(
                bridge.session, asking.expression_id, asking.frame, given, seconds=seconds, author=self.author
            )
        )
        if compared is None:
            return
        self.compared = compared
        bridge.show(asking.medium_id, asking.frame)
        targets = bridge.session.project.expressions[asking.expression_id].targets
        bridge.select(targets[0] if targets else None, asking.expression_id)
        bridge.veil.compare(compared.given)
        self.changed.emit()

    def go_on(self) -> None:
        """The next check."""
        after = self.compared.expression_id if self.compared is not None else None
        if self.asking is not None:
            after = self.asking.expression_id
        self.ask_next(after)

    def confirm(self) -> None:
        """What Enter does: compare, or go on."""
        if self.asking is not None:
            self.decide()
        elif self.compared is not None:
            self.go_on()

    def leave(self) -> None:
        """Take back what was drawn, and show the masks again."""
        if self.is_active:
            self._unveil()

    # --- within ------------------------------------------------------------------------------------------------

    def _drawn(self, asking: Asking) -> Mask:
        """All that was drawn on the frame since the check began."""
        session, veil = self._bridge.session, self._bridge.veil.last
        masks = [
            annotation.mask
            for annotation in session.project.annotations_on(asking.medium_id, asking.frame)
            if annotation.referent_id > veil
        ]
        return reduce(Mask.union, masks, Mask.empty(session.medium(asking.medium_id).size))

    def _unveil(self) -> None:
        asking, self.asking, self.compared = self.asking, None, None
        bridge = self._bridge
        if asking is not None and asking.medium_id in bridge.session.project.media:
            bridge.assist.cancel()
            bridge.attempt(lambda: self._take_back(asking))
        bridge.session.draft_on(None)
        bridge.veil.lift()
        self.changed.emit()

    def _take_back(self, asking: Asking) -> None:
        session, veil = self._bridge.session, self._bridge.veil.last
        history, elsewhere = session.history, list[Edit]()
        while history.state_number != asking.state and history.can_undo:
            session.undo()
            step = history.next_redo
            if step is not None and not step.media(session.project) <= {asking.medium_id}:
                elsewhere.append(step)
        # Strokes beyond the memory of undo are not taken back by it; what they made is removed instead.
        left = [one.id for one in session.project.referents_of(asking.medium_id) if one.id > veil]
        if left:
            edits = tuple(removing_referent(session.project, ReferentId(one)) for one in left)
            session.amend(Several("Blind check", edits))
        # Pictures that were added in the meantime, and whatever else was done elsewhere, are no part of the check.
        for step in reversed(elsewhere):
            session.commit(step)

    def _on_place(self) -> None:
        asking, bridge = self.asking, self._bridge
        if asking is not None and (bridge.medium_id, bridge.frame) != (asking.medium_id, asking.frame):
            place = bridge.medium_id, bridge.frame
            self._unveil()
            bridge.show(*place)
            bridge.say(tr("The blind check was left; nothing of it was recorded."))
        elif self.compared is not None:
            compared = self.compared
            expression = bridge.session.project.expressions.get(compared.expression_id)
            here = None if expression is None else expression.medium_id
            if (bridge.medium_id, bridge.frame) != (here, compared.frame):
                self._unveil()

    def _on_session(self) -> None:
        self.asking = self.compared = None
        self._bridge.veil.lift()
        self.changed.emit()
