"""Deciding about a part of the masks on offer: those of the frame on show, or of one referent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.core.annotation import AnnotationKey
    from refseg_annotator.core.events import Change
    from refseg_annotator.services.propagate_proposal import FramesProposal
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge


class OfferVerbs(QObject):
    """Binds the actions, and keeps them enabled or not. What is decided is one step of undo, which offers it again."""

    def __init__(self, bridge: Bridge, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._actions = actions
        for action_id, call in self._verbs().items():
            actions.on(action_id, call)
        for signal in (bridge.place_changed, bridge.session_changed, bridge.selection_changed):
            signal.connect(self.refresh)
        bridge.propagation_changed.connect(lambda _: self.refresh())
        self.refresh()

    def _verbs(self) -> dict[str, Callable[[], object]]:
        return {
            "accept_here": lambda: self.accept(self.keys_here()),
            "accept_referent": lambda: self.accept(self.keys_of_referent()),
            "discard_here": lambda: self.discard(self.keys_here()),
            "discard_referent": lambda: self.discard(self.keys_of_referent()),
        }

    def refresh(self) -> None:
        """Enable what can be done now."""
        is_open = self._offer() is not None and not self._bridge.propagation.state.is_busy
        here = is_open and bool(self.keys_here())
        one = is_open and self._bridge.referent_id is not None
        for action_id, enabled in (
            ("accept_here", here),
            ("discard_here", here),
            ("accept_referent", one),
            ("discard_referent", one),
        ):
            self._actions[action_id].setEnabled(enabled)

    def keys_here(self) -> list[AnnotationKey]:
        """What is on offer on the frame on show, of the selected referent, or of all where none is selected."""
        bridge, proposal = self._bridge, self._offer()
        whom = [one.id for one in bridge.referents_here()] if bridge.referent_id is None else [bridge.referent_id]
        return [key for one in whom if proposal is not None and (key := (one, bridge.frame)) in proposal]

    def keys_of_referent(self) -> list[AnnotationKey]:
        """What is on offer of the selected referent."""
        proposal = self._offer()
        return [key for key in proposal or () if key[0] == self._bridge.referent_id]

    def accept(self, keys: list[AnnotationKey]) -> None:
        """Take them into the project; the rest stays on offer."""
        decided = self._decide(keys, self._bridge.propagation.accept)
        if decided:
            self._tell(tr_count(decided, "Accepted {count:,} mask.", "Accepted {count:,} masks."))

    def discard(self, keys: list[AnnotationKey]) -> None:
        """Drop them; the rest stays on offer."""
        decided = self._decide(keys, self._bridge.propagation.discard)
        if decided:
            self._tell(tr_count(decided, "Discarded {count:,} mask.", "Discarded {count:,} masks."))

    def _decide(self, keys: list[AnnotationKey], decide: Callable[[list[AnnotationKey]], Change]) -> int:
        """Do it, and count what is decided: of what was to be accepted some may be locked, and stays."""
        bridge = self._bridge
        if self._offer() is None or bridge.propagation.state.is_busy:
            return 0
        if not keys:
            bridge.say(tr("Nothing is on offer of the selected referent."))
            return 0
        if bridge.attempt(lambda: decide(keys)) is None:
            return 0
        left = self._offer()
        return sum(left is None or key not in left for key in keys)

    def _tell(self, words: str) -> None:
        self._bridge.say(words, Tone.GOOD, action="undo")

    def _offer(self) -> FramesProposal | None:
        proposal = self._bridge.propagation.proposal
        return proposal if proposal is not None and proposal.medium_id == self._bridge.medium_id else None
