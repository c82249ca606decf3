"""What a propagation starts from: whose masks, which of them count as given, and how far they are carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import FrameSpan
from refseg_annotator.errors import EditError
from refseg_annotator.inference.propagation_plan import Direction
from refseg_annotator.services import annotate, clip_review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refseg_annotator.core.annotation import Medium, MediumId, ReferentId
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.services.propagate_offer import Offer
    from refseg_annotator.services.session import Session


def chosen_referents(
    session: Session, offer: Offer, medium_id: MediumId, frame: int, referents: Sequence[ReferentId] | None
) -> frozenset[ReferentId]:
    """Those asked for; unasked, those with a mask on this frame that are not locked.

    Raises:
        EditError: one asked for is gone, locked, or of another clip.
    """
    project = session.project
    if referents is None:
        return frozenset(
            referent.id
            for referent in project.referents_of(medium_id)
            if not referent.locked
            and ((referent.id, frame) in project.annotations or (referent.id, frame) in offer.masks)
        )
    for referent_id in referents:
        referent = annotate.referent_of(session, referent_id)
        if referent.medium_id != medium_id:
            raise EditError("A chosen referent belongs to another clip; choose referents of this one.")
        if referent.locked:
            name = repr(referent.name) if referent.name else "A chosen referent"
            raise EditError(f"{name} is locked; unlock it to propagate its mask.")
    return frozenset(referents)


def given_masks(
    session: Session, offer: Offer, whom: frozenset[ReferentId], frame: int, *, from_here: bool
) -> dict[int, dict[ReferentId, Mask]]:
    """What a run starts from and leaves alone: settled masks, and those on the frame where it begins."""
    keyframes: dict[int, dict[ReferentId, Mask]] = {}
    for referent_id in sorted(whom):
        annotations = session.project.annotations_of(referent_id)
        here = from_here or not any(annotation.keyframe for annotation in annotations)
        for annotation in annotations:
            if annotation.keyframe or (here and annotation.frame == frame):
                keyframes.setdefault(annotation.frame, {})[referent_id] = annotation.mask
        proposed = offer.masks.get((referent_id, frame)) if here else None
        if proposed is not None and not offer.is_settled((referent_id, frame)):
            # It is drawn over what the project has there, so that it is what one starts from.
            keyframes.setdefault(frame, {})[referent_id] = proposed.mask
    return keyframes


def reached_span(
    session: Session,
    offer: Offer,
    medium: Medium,
    frame: int,
    direction: Direction,
    referents: frozenset[ReferentId],
    *,
    to_next_keyframe: bool,
) -> FrameSpan:
    """The frames wanted where nobody said which: to the end, or to the next keyframe, in the directions asked.

    Where none of the referents has a mask on `frame`, so that they come from a keyframe beyond it, the frames on the
    way that have none either are wanted too: a hole would stay in the clip that nobody asked for.

    Raises:
        EditError: there are none.
    """
    before: int | None = None
    behind: int | None = None
    if to_next_keyframe:
        before = clip_review.previous_keyframe(session, medium.id, frame, referents)
        behind = clip_review.next_keyframe(session, medium.id, frame, referents)
    first = 0 if before is None else before + 1
    last = medium.frame_count - 1 if behind is None else behind - 1
    # The frame itself is in the range of neither direction: referents settled elsewhere are not carried back to it.
    if direction is Direction.FORWARD:
        key = clip_review.previous_keyframe(session, medium.id, frame, referents)
        first = frame + 1 if key is None else _first_open(session, offer, referents, range(key + 1, frame + 1))
    elif direction is Direction.BACKWARD:
        key = clip_review.next_keyframe(session, medium.id, frame, referents)
        last = frame - 1 if key is None else _first_open(session, offer, referents, range(key - 1, frame - 1, -1))
    if first > last:
        raise EditError("There is no open frame in that direction; go the other way or choose another frame.")
    return FrameSpan(first, last)


def _first_open(session: Session, offer: Offer, referents: frozenset[ReferentId], way: range) -> int:
    """The first frame on the way from a keyframe to the frame where it ends on which none of the referents has a mask;
    the one behind the way where they have one at its end.
    """
    annotations = session.project.annotations

    def is_open(frame: int) -> bool:
        return not any((one, frame) in annotations or (one, frame) in offer.masks for one in referents)

    if not way or not is_open(way[-1]):
        return way.stop
    return next(frame for frame in way if is_open(frame))
