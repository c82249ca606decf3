"""The one next thing to do, in a sentence, from what is open, offered and chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumState
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.ui.actions.action_set import keys_text
from refseg_annotator.ui.actions.action_table import action_row
from refseg_annotator.ui.clip.propagation_masks import seen_mask
from refseg_annotator.ui.clip.timeline_guidance import clip_thing
from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.services.mask_tools import Mode
    from refseg_annotator.ui.bridge import Bridge

_KEY: Final = re.compile(r"\{(\w+)\}")


def table_key(action_id: str) -> str:
    """The first key of an action as the table has it."""
    return keys_text(action_row(action_id)).partition(", ")[0]


def next_thing(bridge: Bridge, mode: Mode, key_of: Callable[[str], str] = table_key) -> str:
    """What the status bar says.

    Args:
        mode: what shapes, wand and superpixels do to the mask.
        key_of: the key that leads to an action now.
    """

    def say(later: str) -> str:
        return tr(later, **{name: key_of(name) or tr("the menu") for name in _KEY.findall(later)})

    state = bridge.assist.state
    medium = bridge.medium
    if medium is None:
        return say("Drop images or clips here, or press {open_pictures}.")
    if state.is_busy:
        return say("Wait for the mask, or press {reject} to stop.")
    if state.proposal is not None:
        if state.proposal.mask.is_empty:
            return say("Press {no_target} to record that nothing here is meant, or {reject} and paint it with {brush}.")
        if state.proposal.is_absent:
            return say(
                "Press {no_target} to record that nothing here is meant, {accept} to accept the mask anyway, "
                "{reject} to reject."
            )
        return say("Press {accept} to accept the mask, {reject} to reject it.")
    if state.phase is AssistPhase.FAILED:
        return say("Press {focus_phrase} to change the phrase, then Enter to try again.")
    about_clip = clip_thing(bridge)
    if about_clip is not None:
        return say(about_clip)
    referent = bridge.referent
    if bridge.tool.id is not ToolId.SELECT:
        if referent is not None and referent.locked:
            return say("The selected referent is locked; press {toggle_locked} to unlock it.")
        hint = tr(bridge.tool.hint_in(mode))
        if bridge.tool.makes_new(mode):
            return hint if referent is not None else f"{hint} {tr('It makes a new referent.')}"
        if referent is None:
            return tr("Select the referent whose mask is to change first.")
        mask = seen_mask(bridge, referent.id, bridge.frame)
        if mask is None or mask.is_empty:
            return tr("The selected referent has no mask here; paint one first, or run one of its phrases.")
        return hint
    if bridge.veil.is_drawn:
        return tr("Blind check: draw what this names with any tool, then press Enter.")
    if not bridge.referents_here():
        return say("Press {focus_phrase} and type what you mean, then Enter.")
    if referent is not None:
        if not bridge.session.project.annotations_of(referent.id):
            return say(
                "Press {brush} and paint the mask of the selected referent, or run one of its phrases with "
                "{segment_again}."
            )
        return say(
            "Press {brush} to correct the mask, {new_expression} to add a phrase, or {focus_phrase} for the next one."
        )
    if medium.state is MediumState.REVIEWED:
        return say("Reviewed. Press {next_unreviewed} for the next unreviewed picture.")
    return say("Press {focus_phrase} for the next phrase, or {accept_and_next} when this picture is done.")
