"""From the project to what lies over a picture: which masks, in which colours, with which numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.services.annotate import next_colour
from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle
from refseg_annotator.ui.canvas.canvas_marks import Badge
from refseg_annotator.ui.canvas.canvas_surface import Scene
from refseg_annotator.ui.canvas.patterns import TILE, pattern_of
from refseg_annotator.ui.colours import Rgb, referent_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refseg_annotator.core.annotation import MediumId, Referent, ReferentId
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.core.project import Project
    from refseg_annotator.services.proposal import Proposal
    from refseg_annotator.ui.look import Look

_CHECKER: Rgb = (255, 255, 255)
"""Of the checker's mask in a blind check: no referent has it."""


def style_of(
    referent: Referent, look: Look, *, selected: bool, ratio: float = 1.0, on_offer: bool = False
) -> OverlayStyle:
    """How a referent's mask is drawn; `ratio` is the screen's device pixels a logical pixel."""
    return replace(style_at(referent.colour, look, ratio=ratio), selected=selected, dashed=on_offer)


def style_at(place: int, look: Look, *, ratio: float = 1.0) -> OverlayStyle:
    """How the mask of a referent with palette place `place` is drawn, as long as nothing else is known of it."""
    return OverlayStyle(
        colour=referent_colour(place),
        opacity=0.0 if look.outline_only else look.opacity,
        line=look.line * ratio,
        pattern=pattern_of(place) if look.patterns else None,
        tile=round(TILE * ratio),
    )


def build_scene(
    project: Project,
    medium_id: MediumId | None,
    frame: int,
    *,
    look: Look,
    selected: ReferentId | None,
    proposal: Proposal | None,
    accept_into: ReferentId | None = None,
    ratio: float = 1.0,
    offered: Mapping[ReferentId, Mask] | None = None,
    veil: int = 0,
    compared: Mask | None = None,
) -> Scene:
    """The scene of a frame; masks whose annotations are not loaded are not in it.

    Args:
        offered: masks of this frame that propagation offers; they lie over the project's.
        veil: referents up to this id are left out.
        compared: a mask shown beside the project's, dashed, where nothing else is on offer.
        accept_into: the referent that the proposal is for; without one it has the next free colour.
    """
    if medium_id is None or look.hidden:
        return Scene()
    resting: list[Overlay] = []
    chosen: Overlay | None = None
    badges: list[Badge] = []
    target = project.referents.get(accept_into) if accept_into is not None else None
    place = next_colour(project, medium_id) if target is None else target.colour
    seen = [referent for referent in project.referents_of(medium_id) if referent.id > veil]
    numbers = {referent.id: place for place, referent in enumerate(seen, start=1)}
    for referent_id, mask in sorted(_masks_on(project, medium_id, frame, offered).items()):
        referent = project.referents[referent_id]
        is_selected = referent.id == selected
        if referent.hidden or mask.is_empty or referent_id <= veil:
            continue
        style = style_of(referent, look, selected=is_selected, ratio=ratio, on_offer=referent_id in (offered or {}))
        overlay = Overlay(MaskPixels(mask), style)
        if is_selected:
            chosen = overlay
        else:
            resting.append(overlay)
        badges.append(Badge(str(numbers[referent.id]), referent_colour(referent.colour), mask.box, is_selected))
    offer = _offer(proposal, medium_id, frame, look, place, ratio, compared)
    return Scene(tuple(resting), chosen, offer, tuple(badges))


def referent_at(
    project: Project,
    medium_id: MediumId,
    frame: int,
    x: int,
    y: int,
    *,
    after: ReferentId | None = None,
    veil: int = 0,
    offered: Mapping[ReferentId, Mask] | None = None,
) -> ReferentId | None:
    """The visible referent whose mask has a source pixel: the smallest, or the one below `after` where it is below."""
    hits: list[tuple[int, ReferentId]] = [
        (mask.area, referent_id)
        for referent_id, mask in _masks_on(project, medium_id, frame, offered).items()
        if referent_id > veil and mask.contains_point(x, y) and not project.referents[referent_id].hidden
    ]
    ordered = [referent_id for _, referent_id in sorted(hits)]
    if after in ordered:
        return ordered[(ordered.index(after) + 1) % len(ordered)]
    return ordered[0] if ordered else None


def _masks_on(
    project: Project, medium_id: MediumId, frame: int, offered: Mapping[ReferentId, Mask] | None
) -> dict[ReferentId, Mask]:
    masks = {annotation.referent_id: annotation.mask for annotation in project.annotations_on(medium_id, frame)}
    return masks | dict(offered or {})


def _offer(
    proposal: Proposal | None,
    medium_id: MediumId,
    frame: int,
    look: Look,
    place: int,
    ratio: float,
    compared: Mask | None,
) -> Overlay | None:
    if proposal is None and compared is not None and not compared.is_empty:
        opacity = 0.0 if look.outline_only else 0.25
        style = OverlayStyle(_CHECKER, opacity, max(look.line, 1.5) * ratio, dashed=True)
        return Overlay(MaskPixels(compared), style)
    if proposal is None or (proposal.medium_id, proposal.frame) != (medium_id, frame) or proposal.mask.is_empty:
        return None
    opacity = 0.0 if look.outline_only else max(look.opacity * 0.85, 0.2)
    style = replace(style_at(place, look, ratio=ratio), opacity=opacity, line=max(look.line, 1.5) * ratio, dashed=True)
    return Overlay(MaskPixels(proposal.mask), style)
