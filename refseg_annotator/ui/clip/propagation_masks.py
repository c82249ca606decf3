"""The masks on offer as the canvas meets them: they lie over the project's, and corrections start from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.core.metrics import iou
from refseg_annotator.services import annotate
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import AnnotationKey, ReferentId
    from refseg_annotator.core.events import Change
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.services.propagate_proposal import ProposedMask
    from refseg_annotator.ui.bridge import Bridge


def offered(bridge: Bridge, key: AnnotationKey) -> ProposedMask | None:
    """What propagation offers for a referent on a frame of the clip on show."""
    proposal = bridge.propagation.proposal
    if proposal is None or proposal.medium_id != bridge.medium_id:
        return None
    return proposal.get(key)


def is_only_offered(bridge: Bridge, key: AnnotationKey) -> bool:
    """Whether the mask that one sees is on offer, and so nothing that could be deleted, split or copied; it is said."""
    if offered(bridge, key) is None:
        return False
    bridge.say(
        tr(
            "The mask on this frame is only on offer; K settles it, Shift+Backspace discards it, O says that the "
            "referent is not here, Enter accepts all that is on offer."
        ),
        Tone.WARNING,
    )
    return True


def offered_on(bridge: Bridge, frame: int) -> dict[ReferentId, Mask]:
    """The masks on offer on a frame of the clip on show."""
    proposal = bridge.propagation.proposal
    if proposal is None or proposal.medium_id != bridge.medium_id:
        return {}
    found = ((referent.id, proposal.get((referent.id, frame))) for referent in bridge.referents_here())
    return {referent_id: proposed.mask for referent_id, proposed in found if proposed is not None}


def seen_mask(bridge: Bridge, referent_id: ReferentId, frame: int) -> Mask | None:
    """The mask that one sees: that on offer, else the project's."""
    proposed = offered(bridge, (referent_id, frame))
    if proposed is not None:
        return proposed.mask
    annotation = bridge.session.project.annotations.get((referent_id, frame))
    return None if annotation is None else annotation.mask


def correct_offer(
    bridge: Bridge, proposed: ProposedMask, key: AnnotationKey, mask: Mask, *, title: str, seconds: float
) -> Change:
    """Settle a corrected mask in place of the one on offer: one stroke, one step of undo."""
    provenance = replace(
        proposed.provenance(bridge.session.project.author),
        strokes=1,
        seconds=seconds,
        iou_before=iou(mask, proposed.mask),
        proposal=proposed.mask,
    )
    return annotate.set_mask(bridge.session, *key, mask, title=title, provenance=provenance)
