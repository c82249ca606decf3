"""Authors and targets of expressions: many to many, one step of undo each, no mask touched."""

from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.core.annotation import ExpressionKind, MediumId, ReferentId
from refseg_annotator.core.geometry import Box
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate, expression_edits
from refseg_annotator.services.session import Session

PLACE = Box(0, 0, 5, 5)


@pytest.fixture
def medium_id(session: Session) -> MediumId:
    from refseg_annotator.services.documents import measure_media

    measure_media(session)
    return next(iter(session.project.media))


def paint(session: Session, medium_id: MediumId) -> ReferentId:
    return annotate.paint_new(session, medium_id, 0, PLACE, np.ones(PLACE.shape, bool))


def test_one_expression_of_several_referents_and_back(session: Session, medium_id: MediumId) -> None:
    one, two = paint(session, medium_id), paint(session, medium_id)
    key = annotate.add_expression(session, medium_id, "it", targets=(one,))
    masks = dict(session.project.annotations)
    expression_edits.assign(session, key, two)
    assert session.project.expressions[key].targets == (one, two)
    assert [e.id for e in session.project.expressions_for(two)] == [key]
    expression_edits.assign(session, key, two)
    expression_edits.unassign(session, key, one)
    assert session.project.expressions[key].targets == (two,)
    expression_edits.unassign(session, key, two)
    assert session.project.expressions[key].is_open
    assert dict(session.project.annotations) == masks
    for _ in range(3):
        session.undo()
    assert session.project.expressions[key].targets == (one,)


def test_all_of_them_and_nothing_here(session: Session, medium_id: MediumId) -> None:
    key = annotate.add_expression(session, medium_id, "both squares")
    with pytest.raises(EditError, match="no referent in this picture"):
        expression_edits.mean_all(session, key)
    every = (paint(session, medium_id), paint(session, medium_id))
    expression_edits.mean_all(session, key)
    expression = session.project.expressions[key]
    assert (expression.targets, expression.kind) == (every, ExpressionKind.PLURAL)
    expression_edits.mean_nothing(session, key)
    expression = session.project.expressions[key]
    assert (expression.targets, expression.no_target, expression.kind) == ((), True, ExpressionKind.NO_TARGET)
    expression_edits.assign(session, key, every[0])
    assert not session.project.expressions[key].no_target


def test_an_author_is_one_line(session: Session, medium_id: MediumId) -> None:
    key = annotate.add_expression(session, medium_id, "it")
    expression_edits.set_author(session, key, "  Bo \n Li ")
    assert session.project.expressions[key].author == "Bo Li"
    before = session.history.state_number
    assert expression_edits.set_author(session, key, "Bo Li").is_nothing
    assert session.history.state_number == before


def test_a_referent_of_another_picture_is_refused(session: Session, medium_id: MediumId) -> None:
    key = annotate.add_expression(session, medium_id, "it")
    far = annotate.new_referent(session, list(session.project.media)[1])
    with pytest.raises(EditError, match="own picture"):
        expression_edits.assign(session, key, far)
