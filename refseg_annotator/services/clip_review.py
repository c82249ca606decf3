"""A clip's frames as a reviewer meets them: settled, propagated, doubtful or absent, and where to go next."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import Annotation, FrameSpan, MediumId, Origin, ReferentId
from refseg_annotator.inference.propagation_drift import DOUBTFUL, DoubtfulFrames, doubtful_queue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refseg_annotator.services.session import Session


class FrameState(StrEnum):
    """How a referent stands on a frame that has an annotation."""

    SETTLED = "settled"
    SETTLED_ABSENT = "settled_absent"
    PROPAGATED = "propagated"
    DOUBTFUL = "doubtful"
    ABSENT = "absent"
    OPEN = "open"


def drift_of(annotation: Annotation) -> float | None:
    """The drift that a propagated mask was accepted with, 0..1; None for any other mask.

    Its provenance has what is left of 1 as the expected quality.
    """
    provenance = annotation.provenance
    if annotation.keyframe or provenance.origin is not Origin.PROPAGATED or provenance.score is None:
        return None
    return 1 - provenance.score


def state_of(annotation: Annotation) -> FrameState:
    """The state that the timeline shows for an annotation; OPEN is a mask that nobody settled and nothing carried."""
    if annotation.keyframe:
        return FrameState.SETTLED_ABSENT if annotation.is_absent else FrameState.SETTLED
    drift = drift_of(annotation)
    if drift is not None and drift >= DOUBTFUL:
        return FrameState.DOUBTFUL
    if annotation.is_absent:
        return FrameState.ABSENT
    return FrameState.OPEN if annotation.provenance.origin is not Origin.PROPAGATED else FrameState.PROPAGATED


def frame_states(session: Session, referent_id: ReferentId) -> dict[int, FrameState]:
    """The state of each frame of a referent that has an annotation, rising."""
    annotations = session.project.annotations_of(referent_id)
    return {annotation.frame: state_of(annotation) for annotation in annotations}


def keyframes_of(session: Session, medium_id: MediumId, referents: Iterable[ReferentId] | None = None) -> list[int]:
    """The frames on which one of the referents, or any of the clip, is settled; rising."""
    wanted = [referent.id for referent in session.project.referents_of(medium_id)] if referents is None else referents
    project = session.project
    return sorted({one.frame for referent in wanted for one in project.annotations_of(referent) if one.keyframe})


def next_keyframe(
    session: Session, medium_id: MediumId, frame: int, referents: Iterable[ReferentId] | None = None
) -> int | None:
    """The settled frame next after `frame`; None where there is none."""
    return next((key for key in keyframes_of(session, medium_id, referents) if key > frame), None)


def previous_keyframe(
    session: Session, medium_id: MediumId, frame: int, referents: Iterable[ReferentId] | None = None
) -> int | None:
    """The settled frame next before `frame`; None where there is none."""
    return next((key for key in reversed(keyframes_of(session, medium_id, referents)) if key < frame), None)


def review_queue(session: Session, medium_id: MediumId) -> list[DoubtfulFrames]:
    """The doubtful frames of a clip as accepted so far, the worst first. Settling a frame takes it out."""
    rows = [
        (annotation.referent_id, annotation.frame, drift, None)
        for referent in session.project.referents_of(medium_id)
        for annotation in session.project.annotations_of(referent.id)
        if (drift := drift_of(annotation)) is not None
    ]
    return doubtful_queue(rows)


def next_doubtful(
    queue: Iterable[DoubtfulFrames], frame: int, referent_id: ReferentId | None = None, *, forward: bool = True
) -> DoubtfulFrames | None:
    """The doubtful run that begins next after `frame`, or next before it; None where there is none.

    Of runs that begin on one frame each has its turn: `referent_id` says at which of those on `frame` one is.
    """
    runs = sorted(queue, key=lambda run: (run.first, run.referent))
    # Whoever is at none of them meets them on the way forward.
    at = next((run.referent for run in runs if (run.first, run.referent) == (frame, referent_id)), -1)
    if forward:
        return next((run for run in runs if (run.first, run.referent) > (frame, at)), None)
    return next((run for run in reversed(runs) if (run.first, run.referent) < (frame, at)), None)


def touched_span(
    session: Session, referent_id: ReferentId, frame: int, proposed: Iterable[int] = ()
) -> FrameSpan | None:
    """The frames that a correction on `frame` touches: those propagated between the keyframes around it.

    Frames that were never propagated stay open, and what lies beyond a keyframe has nothing to do with the correction.

    Args:
        proposed: frames with a mask on offer, which count as propagated.

    Returns:
        None where nothing was propagated.
    """
    annotations = session.project.annotations_of(referent_id)
    settled = [one.frame for one in annotations if one.keyframe and one.frame != frame]
    after = max((key for key in settled if key < frame), default=-1)
    before = min((key for key in settled if key > frame), default=None)
    carried = {
        one.frame for one in annotations if not one.keyframe and one.provenance.origin is Origin.PROPAGATED
    } | set(proposed)
    inside = [one for one in carried - {frame} if one > after and (before is None or one < before)]
    return FrameSpan(min(inside), max(inside)) if inside else None
