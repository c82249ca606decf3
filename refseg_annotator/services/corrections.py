"""How much a person changes what a model proposed: the proposal is kept from the first correction on, and each further
mask is held against it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from refseg_annotator.core.metrics import iou

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import Annotation, Provenance
    from refseg_annotator.core.geometry import Box
    from refseg_annotator.core.mask import Mask


def proposal_of(annotation: Annotation) -> Mask | None:
    """The mask that a model proposed for an annotation; None where none did, or where it was not kept."""
    provenance = annotation.provenance
    if provenance.proposal is not None:
        return provenance.proposal
    # Whole agreement says that the mask is the model's own still.
    return annotation.mask if provenance.iou_before == 1.0 else None


def corrected(annotation: Annotation, mask: Mask) -> Provenance:
    """The provenance of an annotation whose mask is replaced by `mask`: the proposal kept, the agreement with it."""
    proposal = proposal_of(annotation)
    agreement = None if proposal is None or proposal.size != mask.size else iou(mask, proposal)
    return replace(annotation.provenance, iou_before=agreement, proposal=None if agreement is None else proposal)


def corrected_within(annotation: Annotation, box: Box, pixels: NDArray[np.bool_]) -> Provenance:
    """As `corrected`, for a stroke: bool `pixels` take the place of those in `box`, which lies inside the frame.

    Only the box is looked at pixel by pixel, so that a stroke on a large mask stays quick.
    """
    proposal = proposal_of(annotation)
    if proposal is None:
        return replace(annotation.provenance, iou_before=None)
    before, proposed = annotation.mask.crop(box), proposal.crop(box)
    common = annotation.mask.intersection_area(proposal)
    common += int(np.count_nonzero(pixels & proposed)) - int(np.count_nonzero(before & proposed))
    area = annotation.mask.area + int(np.count_nonzero(pixels)) - int(np.count_nonzero(before))
    union = area + proposal.area - common
    return replace(annotation.provenance, iou_before=common / union if union else 1.0, proposal=proposal)
