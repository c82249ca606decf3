"""Splitting, merging and copying referents' masks: each function is one edit, one step of undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Annotation, Provenance, Referent, ReferentId
from refseg_annotator.core.edits import (
    DropAnnotation,
    DropExpression,
    DropReferent,
    Edit,
    PutAnnotation,
    PutExpression,
    PutReferent,
    Several,
)
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.mask_tools import parts

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Expression
    from refseg_annotator.core.events import Change
    from refseg_annotator.services.session import Session

MOST_PARTS: Final = 100
"""More parts than that are noise rather than referents."""


def split_parts(session: Session, referent_id: ReferentId, frame: int) -> tuple[ReferentId, ...]:
    """Make each separate part of a mask a referent of its own; the largest stays. Returns the new ones.

    What meant the referent means all of them from now on, so that each expression still means the same pixels.

    Raises:
        EditError: the mask is in one piece, or in very many; or it is locked.
    """
    referent = _unlocked(session, referent_id)
    session.ensure_loaded(referent.medium_id)
    annotation = _mask_on(session, referent, frame)
    found = parts(annotation.mask)
    if len(found) < 2:
        raise EditError(f"The mask of {_name(session, referent)} is in one piece; there is nothing to split.")
    if len(found) > MOST_PARTS:
        raise EditError(
            f"The mask of {_name(session, referent)} is in {len(found):,} parts; drop its specks first (Shift+X)."
        )
    project = session.project
    taken = {one.colour for one in project.referents_of(referent.medium_id)}
    free = (colour for colour in range(len(taken) + len(found)) if colour not in taken)
    provenance = _changed(annotation.provenance, session)
    edits: list[Edit] = [PutAnnotation(replace(annotation, mask=found[0], provenance=provenance))]
    made: list[ReferentId] = []
    for part in found[1:]:
        other = replace(referent, id=ReferentId(project.next_id()), colour=next(free))
        made.append(other.id)
        edits.append(PutReferent(other))
        edits.append(PutAnnotation(replace(annotation, referent_id=other.id, mask=part, provenance=provenance)))
    for expression in project.expressions_for(referent_id):
        targets = [
            one for target in expression.targets for one in ((target, *made) if target == referent_id else (target,))
        ]
        edits.append(PutExpression(annotate.with_targets(expression, targets)))
    session.commit(Several("Split into parts", tuple(edits)))
    return tuple(made)


def merge_referents(session: Session, into: ReferentId, other: ReferentId) -> Change:
    """Make two referents of a medium one: masks are united on every frame, expressions about the other follow.

    Raises:
        EditError: they are one already, of two media, or one of them is locked.
    """
    kept, gone = _unlocked(session, into), _unlocked(session, other)
    if into == other:
        raise EditError("A referent cannot be merged with itself; click another one.")
    if kept.medium_id != gone.medium_id:
        raise EditError("Referents of two pictures cannot be merged; click one of the same picture.")
    session.ensure_loaded(kept.medium_id)
    project = session.project
    edits: list[Edit] = []
    for annotation in project.annotations_of(other):
        present = project.annotations.get((into, annotation.frame))
        edits.append(DropAnnotation(annotation.key))
        if present is None:
            edits.append(PutAnnotation(replace(annotation, referent_id=into)))
        else:
            edits.append(PutAnnotation(_united(present, annotation, session)))
    edits.extend(_following(session, into, other))
    if not kept.name and gone.name:
        edits.append(PutReferent(replace(kept, name=gone.name, category=kept.category or gone.category)))
    edits.append(DropReferent(other))
    return session.commit(Several("Merge referents", tuple(edits)))


def copy_mask(session: Session, referent_id: ReferentId, frame: int, to_frame: int) -> Change:
    """Put a referent's mask on another frame as well, settled there.

    Raises:
        EditError: there is no mask or no such frame, the referent is locked, or a settled mask is there already.
    """
    referent = _unlocked(session, referent_id)
    session.ensure_loaded(referent.medium_id)
    annotation = _mask_on(session, referent, frame)
    medium = session.medium(referent.medium_id)
    if not 0 <= to_frame < medium.frame_count:
        raise EditError("This is the last frame; there is no next one to copy the mask to.")
    there = session.project.annotations.get((referent_id, to_frame))
    if there is not None and there.keyframe:
        raise EditError(f"The mask on frame {to_frame} is settled; delete it first, or correct it there.")
    copied = replace(annotation, frame=to_frame, provenance=_changed(annotation.provenance, session), keyframe=True)
    return session.commit(PutAnnotation(copied, "Copy mask to next frame"))


def _united(present: Annotation, other: Annotation, session: Session) -> Annotation:
    first, second = present.provenance, other.provenance
    provenance = replace(
        _changed(first, session),
        clicks=first.clicks + second.clicks,
        strokes=first.strokes + second.strokes,
        seconds=first.seconds + second.seconds,
    )
    return replace(
        present,
        mask=present.mask.union(other.mask),
        provenance=provenance,
        # What is settled stays so only where all of it is.
        keyframe=present.keyframe and other.keyframe,
    )


def _following(session: Session, into: ReferentId, other: ReferentId) -> list[Edit]:
    """What happens to the expressions that mean a referent that is merged into another."""
    project = session.project
    edits: list[Edit] = []
    alike: list[Expression] = list(project.expressions_for(into))
    for expression in project.expressions_for(other):
        targets = tuple(dict.fromkeys(into if target == other else target for target in expression.targets))
        followed = annotate.with_targets(expression, targets)
        is_double = any(
            known.id != followed.id
            and annotate.same_words(known.text, followed.text)
            and set(known.targets) == set(targets)
            and known.span == followed.span
            for known in alike
        )
        if is_double:
            edits.append(DropExpression(expression.id))
        else:
            edits.append(PutExpression(followed))
            alike = [known for known in alike if known.id != followed.id] + [followed]
    return edits


def _changed(provenance: Provenance, session: Session) -> Provenance:
    # The agreement with the model's proposal was that of the former mask.
    return replace(provenance, iou_before=None, proposal=None, author=session.project.author or provenance.author)


def _mask_on(session: Session, referent: Referent, frame: int) -> Annotation:
    annotation = session.project.annotations.get((referent.id, frame))
    if annotation is None or annotation.mask.is_empty:
        raise EditError(f"{_name(session, referent)} has no mask here; paint one first, or run one of its phrases.")
    return annotation


def _unlocked(session: Session, referent_id: ReferentId) -> Referent:
    referent = annotate.referent_of(session, referent_id)
    if referent.locked:
        raise EditError(f"{_name(session, referent)} is locked; unlock it to change its mask.")
    return referent


def _name(session: Session, referent: Referent) -> str:
    """What a sentence calls a referent: its name, its first expression, or that it has neither."""
    if referent.name:
        return f"“{referent.name}”"
    expressions = session.project.expressions_for(referent.id)
    return f"“{expressions[0].text}”" if expressions else "This referent"
