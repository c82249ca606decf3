"""Edits of expressions that are more than a new text: who wrote it, and which referents it means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import ExpressionId, ExpressionKind, ReferentId
from refseg_annotator.core.edits import PutExpression
from refseg_annotator.core.events import Change
from refseg_annotator.errors import EditError
from refseg_annotator.services.annotate import expression_of, referent_of, with_targets

if TYPE_CHECKING:
    from refseg_annotator.services.session import Session


def set_author(session: Session, expression_id: ExpressionId, author: str) -> Change:
    """Say who wrote an expression."""
    before = expression_of(session, expression_id)
    author = " ".join(author.split())
    if author == before.author:
        return Change.nothing()
    return session.commit(PutExpression(replace(before, author=author), "Set author"))


def assign(session: Session, expression_id: ExpressionId, referent_id: ReferentId) -> Change:
    """Let an expression mean one referent more."""
    before, referent = expression_of(session, expression_id), referent_of(session, referent_id)
    if referent.medium_id != before.medium_id:
        raise EditError("An expression can only mean referents of its own picture; write it anew there.")
    if referent_id in before.targets:
        return Change.nothing()
    return session.commit(PutExpression(with_targets(before, (*before.targets, referent_id)), "Assign expression"))


def unassign(session: Session, expression_id: ExpressionId, referent_id: ReferentId) -> Change:
    """Let an expression mean a referent no longer; it stays, and may then mean none."""
    before = expression_of(session, expression_id)
    if referent_id not in before.targets:
        return Change.nothing()
    rest = tuple(target for target in before.targets if target != referent_id)
    return session.commit(PutExpression(with_targets(before, rest), "Unassign expression"))


def mean_all(session: Session, expression_id: ExpressionId) -> Change:
    """Let an expression mean all referents of its medium; its kind becomes plural where nobody has said another."""
    before = expression_of(session, expression_id)
    every = [referent.id for referent in session.project.referents_of(before.medium_id)]
    if not every:
        raise EditError("There is no referent in this picture yet; paint one, or run a phrase.")
    after = with_targets(before, every)
    if after.kind is ExpressionKind.UNSPECIFIED and len(every) > 1:
        after = replace(after, kind=ExpressionKind.PLURAL)
    return Change.nothing() if after == before else session.commit(PutExpression(after, "Mean all of them"))


def mean_nothing(session: Session, expression_id: ExpressionId) -> Change:
    """Record of an expression "checked: nothing here"; the referents it meant stay."""
    before = expression_of(session, expression_id)
    if before.no_target:
        return Change.nothing()
    after = replace(before, targets=(), no_target=True, kind=ExpressionKind.NO_TARGET)
    return session.commit(PutExpression(after, "Mark as not in this image"))
