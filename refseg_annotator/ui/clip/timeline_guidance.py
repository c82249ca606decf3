"""The one next thing to do while masks are carried through a clip, or could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.services.clip_review import FrameState, state_of
from refseg_annotator.services.propagate_proposal import PropagationPhase
from refseg_annotator.ui.clip.timeline import is_clip
from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.wording import later

if TYPE_CHECKING:
    from refseg_annotator.ui.bridge import Bridge


def clip_thing(bridge: Bridge) -> str | None:
    """What the status bar says of the clip, with actions' ids in braces for their keys; None where nothing presses."""
    if not is_clip(bridge):
        return None
    state = bridge.propagation.state
    if state.is_busy:
        return later("Look on while masks arrive; {reject} stops, and what arrived stays on offer.")
    if state.phase is PropagationPhase.PROPOSAL:
        return later(
            "Press {accept} to accept the propagated masks; {next_doubtful} first goes through doubtful ones, if any."
        )
    if bridge.tool.id is not ToolId.SELECT:
        return None
    here = bridge.session.project.annotations_on(bridge.medium_id, bridge.frame) if bridge.medium_id else []
    mine = [one for one in here if bridge.referent_id in (None, one.referent_id)]
    if any(state_of(one) is FrameState.DOUBTFUL for one in mine):
        return later("Doubtful: press {brush} to correct it, {fine_so} if it is fine so, {absent} if it is not there.")
    following = bridge.session.project.annotations
    settled = [one for one in mine if one.keyframe and not one.is_absent]
    if settled and not any((one.referent_id, one.frame + 1) in following for one in settled):
        return later("Press {propagate_forward} to carry the mask on through the clip.")
    return None
