"""What taking a proposal changes: a mask, the words that name it, and who said so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import (
    Annotation,
    Asked,
    Expression,
    ExpressionId,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import Edit, PutAnnotation, PutExpression, PutReferent, Several
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate

if TYPE_CHECKING:
    from refseg_annotator.core.project import Project
    from refseg_annotator.services.proposal import Proposal
    from refseg_annotator.services.session import Session


def accepting_edit(session: Session, proposal: Proposal, into: ReferentId | None) -> Several:
    """The edit that takes a proposal into the project: as the mask of the referent `into`, or of a new one.

    Raises:
        EditError: there is no mask, or the referent is locked or another picture's.
    """
    session.medium(proposal.medium_id)
    if proposal.mask.is_empty:
        raise EditError(f"The model drew no mask for {proposal.text!r}; paint it, or mark that nothing here is meant.")
    project = session.project
    edits: list[Edit] = []
    same = annotate.find_expression(session, proposal.medium_id, proposal.text)
    if into is None:
        referent = Referent(
            id=ReferentId(project.next_id()),
            medium_id=proposal.medium_id,
            colour=annotate.next_colour(project, proposal.medium_id),
        )
        edits.append(PutReferent(referent))
        # Words recorded before anyone had found what they mean now mean this.
        known = next((expression for expression in same if not expression.targets), None)
    else:
        referent = annotate.referent_of(session, into)
        if referent.medium_id != proposal.medium_id:
            raise EditError("The proposal is for another picture; choose a referent of its own.")
        if referent.locked:
            raise EditError("The chosen referent is locked; unlock it, or accept as a new one.")
        known = next((expression for expression in same if into in expression.targets), None)
        known = known or next((expression for expression in same if not expression.targets), None)
    if known is None:
        edits.append(PutExpression(_expression(project, proposal, referent.id)))
    else:
        found = known if referent.id in known.targets else annotate.with_targets(known, (referent.id,))
        edits.append(PutExpression(replace(found, asked=_asked(proposal))))
    provenance = Provenance(
        Origin.PREDICTED,
        model=proposal.model.label,
        phrase=proposal.text,
        threshold=proposal.model.threshold,
        score=proposal.score,
        iou_before=(agreement := iou(proposal.mask, proposal.model_mask)),
        # Where a person's clicks have led away from it, the model's own mask is kept beside what was accepted.
        proposal=None if agreement == 1.0 else proposal.model_mask,
        clicks=proposal.clicks,
        seconds=proposal.seconds,
        author=project.author,
    )
    annotation = Annotation(referent.id, proposal.frame, proposal.mask, provenance, keyframe=True)
    edits.append(PutAnnotation(annotation))
    return Several("Accept proposal", tuple(edits))


def _expression(project: Project, proposal: Proposal, referent_id: ReferentId) -> Expression:
    return Expression(
        id=ExpressionId(project.next_id()),
        medium_id=proposal.medium_id,
        text=proposal.text,
        targets=(referent_id,),
        author=project.author,
        asked=_asked(proposal),
    )


def _asked(proposal: Proposal) -> Asked:
    """What the model said, as the expression keeps it."""
    return Asked(
        model=proposal.model.label,
        presence=proposal.presence,
        threshold=proposal.model.presence_threshold,
        score=proposal.score,
        frame=proposal.frame,
    )
