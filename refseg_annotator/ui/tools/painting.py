"""The stage of the tools: drafts on the canvas, and the one edit that each stroke becomes."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from refseg_annotator.core.geometry import EMPTY_BOX
from refseg_annotator.core.mask import Mask
from refseg_annotator.services import annotate
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.canvas.canvas_items import Overlay
from refseg_annotator.ui.canvas.scene_builder import referent_at, style_at, style_of
from refseg_annotator.ui.clip.propagation_masks import correct_offer, offered, offered_on, seen_mask
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.tools.brush import Draft
from refseg_annotator.ui.tools.tool_preview import Preview
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import MediumId, ReferentId
    from refseg_annotator.core.geometry import Box
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.canvas.canvas_items import OverlayStyle
    from refseg_annotator.ui.tools.canvas_tools import Point

AnyDraft = TypeVar("AnyDraft", Draft, Preview)


class Painting:
    """What tools may do; see `tools.Stage`."""

    def __init__(self, bridge: Bridge, canvas: Canvas) -> None:
        self._bridge = bridge
        self._canvas = canvas
        self._medium_id: MediumId | None = None
        self._frame = 0
        self._referent_id: ReferentId | None = None
        self._style: OverlayStyle | None = None
        self._began = 0.0

    @property
    def brush_radius(self) -> float:
        """Radius of brush and eraser, in source pixels."""
        return self._bridge.brush_radius

    def begin(self, *, erases: bool) -> Draft | None:
        """A draft of the selected referent's mask, or of a new one; None, and a sentence, where there is none."""
        base = self._open(erases=erases)
        return None if base is None else self._show(Draft(base))

    def _show(self, draft: AnyDraft) -> AnyDraft:
        if self._style is not None:
            self._canvas.set_draft(Overlay(draft, self._style), EMPTY_BOX)
        return draft

    def _open(self, *, erases: bool) -> Mask | None:
        """The mask to be changed; whose it is, and when it began, is noted for `finish`."""
        bridge, canvas = self._bridge, self._canvas
        medium_id, picture = bridge.medium_id, canvas.picture
        if medium_id is None or picture is None or canvas.is_waiting:
            bridge.say(tr("The picture is not open yet; wait a moment and paint again."), Tone.WARNING)
            return None
        if bridge.assist.proposal is not None:
            bridge.say(
                tr("Accept the proposal first (Enter), or reject it (Esc); then paint."), Tone.WARNING, action="accept"
            )
            return None
        project, referent = bridge.session.project, bridge.referent
        ratio = canvas.devicePixelRatioF()
        if referent is None:
            if erases:
                bridge.say(tr("Select the referent to erase from first."), Tone.WARNING)
                return None
            place = annotate.next_colour(project, medium_id)
            self._style = replace(style_at(place, bridge.look, ratio=ratio), selected=True)
            base = None
        else:
            if referent.locked:
                title = referent_title(project, referent)
                bridge.say(
                    tr("“{title}” is locked; unlock it to change its mask.", title=title),
                    Tone.WARNING,
                    action="toggle_locked",
                )
                return None
            if referent.hidden:
                title = referent_title(project, referent)
                bridge.say(
                    tr("“{title}” is hidden; show it to change its mask.", title=title),
                    Tone.WARNING,
                    action="toggle_hidden",
                )
                return None
            self._style = style_of(referent, bridge.look, selected=True, ratio=ratio)
            base = seen_mask(bridge, referent.id, bridge.frame)
        self._medium_id, self._frame = medium_id, bridge.frame
        self._referent_id = None if referent is None else referent.id
        self._began = time.monotonic()
        return base if base is not None else Mask.empty(picture.size)

    def touched(self, box: Box) -> None:
        """Repaint a box of the draft, in source pixels."""
        self._canvas.repaint_draft(box)

    def band(self, points: list[Point], *, closed: bool) -> None:
        """Show a line through source points."""
        self._canvas.set_band(points, closed=closed)

    def finish(self, draft: Draft | Preview, *, title: str, clicks: int = 0, model: str | None = None) -> None:
        """Commit what the draft has become, as one edit."""
        medium_id, referent_id, frame = self._medium_id, self._referent_id, self._frame
        if medium_id is None or draft.touched.is_empty:
            return
        box, pixels = draft.patch()
        # Outside the picture, or where all was as painted before: nothing to undo, so no step either.
        if (pixels == draft.base.crop(box)).all():
            return
        seconds = round(time.monotonic() - self._began, 2)
        bridge = self._bridge
        session = bridge.session
        if referent_id is None:
            made = bridge.attempt(
                lambda: annotate.paint_new(
                    session, medium_id, frame, box, pixels, title=title, clicks=clicks, seconds=seconds, model=model
                )
            )
            if made is not None:
                bridge.select(made)
            return
        key = (referent_id, frame)
        proposed = offered(bridge, key)
        if proposed is not None:
            mask = draft.base.with_patch(box, pixels)
            bridge.attempt(lambda: correct_offer(bridge, proposed, key, mask, title=title, seconds=seconds))
            return
        bridge.attempt(
            lambda: annotate.paint(
                session, referent_id, frame, box, pixels, title=title, clicks=clicks, seconds=seconds, model=model
            )
        )

    def drop(self, draft: Draft | Preview) -> None:
        """Take the draft off the canvas."""
        self._canvas.set_draft(None, draft.touched)

    def pick(self, x: float, y: float, *, further: bool) -> None:
        """Select the referent under a source point; with `further`, or where it is selected, the next one below it."""
        bridge = self._bridge
        if bridge.medium_id is None:
            return
        here = referent_at(
            bridge.session.project,
            bridge.medium_id,
            bridge.frame,
            math.floor(x),
            math.floor(y),
            after=bridge.referent_id if further else None,
            offered=offered_on(bridge, bridge.frame),
        )
        bridge.select(here)
