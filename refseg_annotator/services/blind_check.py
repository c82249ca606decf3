"""Blind checks: a person segments what a phrase names without seeing the project's mask; the two are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import BlindCheck, ExpressionId, MediumId
from refseg_annotator.core.edits import PutExpression
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import EditError
from refseg_annotator.services.annotate import expression_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from refseg_annotator.core.annotation import Expression
    from refseg_annotator.services.session import Session


@dataclass(frozen=True, slots=True)
class Compared:
    """The outcome of a check: the project's mask beside the checker's.

    Attributes:
        truth: all targets of the expression together; empty where it has none.
    """

    expression_id: ExpressionId
    frame: int
    truth: Mask
    given: Mask
    check: BlindCheck


def truth_of(session: Session, expression: Expression, frame: int) -> Mask:
    """The masks of all targets on a frame together; empty where they are absent or the expression has none.

    Raises:
        EditError: one of the targets has neither a mask there nor a word that it is absent.
    """
    session.ensure_loaded(expression.medium_id)
    size = session.medium(expression.medium_id).size
    if expression.is_open:
        raise EditError("Nobody has said yet what this phrase means; there is nothing to check it against.")
    annotations = [session.project.annotations.get((target, frame)) for target in expression.targets]
    if any(annotation is None for annotation in annotations):
        raise EditError("What this phrase means has no mask on this frame; choose a frame that has one.")
    masks = [annotation.mask for annotation in annotations if annotation is not None]
    return reduce(Mask.union, masks, Mask.empty(size))


def frame_to_check(session: Session, expression: Expression) -> int | None:
    """The frame on which all targets have a mask, and the largest; None where there is none.

    Of "nothing here" it is the first.
    """
    if expression.is_open:
        return None
    session.ensure_loaded(expression.medium_id)
    if expression.no_target:
        return 0 if expression.span is None else expression.span.first
    found: dict[int, list[int]] = {}
    for target in expression.targets:
        for annotation in session.project.annotations_of(target):
            if expression.span is None or annotation.frame in expression.span:
                found.setdefault(annotation.frame, []).append(annotation.mask.box.area)
    whole = {frame: sum(areas) for frame, areas in found.items() if len(areas) == len(expression.targets)}
    return max(whole, key=lambda frame: (whole[frame], -frame), default=None)


def record(
    session: Session,
    expression_id: ExpressionId,
    frame: int,
    given: Mask,
    *,
    seconds: float,
    author: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Compared:
    """Compare a checker's mask (empty: nothing here) with the project's, and keep the outcome: one step of undo."""
    expression = expression_of(session, expression_id)
    truth = truth_of(session, expression, frame)
    check = BlindCheck(
        agreement=iou(given, truth),
        is_absent=given.is_empty,
        frame=frame,
        author=author or session.project.author,
        checked_at=now().isoformat(timespec="seconds"),
        seconds=round(seconds, 2),
    )
    session.commit(PutExpression(replace(expression, checks=(*expression.checks, check)), "Blind check"))
    return Compared(expression_id, frame, truth, given, check)


def next_to_check(
    session: Session, after: ExpressionId | None, media: Sequence[MediumId] | None = None, *, author: str = ""
) -> ExpressionId | None:
    """The next expression, in the order of the media, that this author has not checked yet; None where all are.

    Expressions that mean something but have no mask on any loaded frame are found out when they are shown.
    """
    project = session.project
    wanted = list(project.media) if media is None else list(media)
    here = project.expressions.get(after) if after is not None else None
    if here is not None and here.medium_id in wanted:
        start = wanted.index(here.medium_id)
        wanted = wanted[start:] + wanted[: start + 1]
    else:
        after = None
    is_behind = after is None
    for place, medium_id in enumerate(wanted):
        for expression in project.expressions_of(medium_id):
            if place == 0 and not is_behind:
                is_behind = expression.id == after
                continue
            if expression.id == after or expression.is_open:
                continue
            if not any(check.author == author for check in expression.checks):
                return expression.id
    return None
