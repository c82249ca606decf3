"""The one next thing to do, in a sentence, from what is open, offered and chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumState
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.ui.tools import ToolId

if TYPE_CHECKING:
    from refseg_annotator.ui.bridge import Bridge


def next_thing(bridge: Bridge) -> str:
    """What the status bar says."""
    state = bridge.assist.state
    medium = bridge.medium
    if medium is None:
        return "Drop images here, or press Ctrl+O."
    if state.is_busy:
        return "Wait for the mask, or press Esc to stop."
    if state.proposal is not None:
        if state.proposal.mask.is_empty:
            return "Press G to record that nothing here is meant, or Esc and paint it with B."
        if state.proposal.is_absent:
            return "Press G to record that nothing here is meant, Enter to accept the mask anyway, Esc to reject."
        return "Press Enter to accept the mask, Esc to reject it."
    if state.phase is AssistPhase.FAILED:
        return "Press / to change the phrase, then Enter to try again."
    referent = bridge.referent
    if bridge.tool.id is not ToolId.SELECT:
        if referent is not None and referent.locked:
            return "The selected referent is locked; press Ctrl+L to unlock it."
        if referent is None and bridge.tool.id is not ToolId.ERASER:
            return f"{bridge.tool.hint} It makes a new referent."
        return bridge.tool.hint
    if not bridge.referents_here():
        return "Press / and type what you mean, then Enter."
    if referent is not None:
        if not bridge.session.project.annotations_of(referent.id):
            return "Press B and paint the mask of the selected referent, or run one of its phrases with Ctrl+R."
        return "Press B to correct the mask, Shift+N to add a phrase, or / for the next one."
    if medium.state is MediumState.REVIEWED:
        return "Reviewed. Press Shift+D for the next unreviewed picture."
    return "Press / for the next phrase, or Ctrl+Enter when this picture is done."
