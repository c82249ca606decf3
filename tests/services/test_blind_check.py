"""Blind checks: what is compared with what, and that the outcome is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from refseg_annotator.core.annotation import MediumId, ReferentId
from refseg_annotator.core.geometry import Box
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.blind_check import frame_to_check, next_to_check, record, truth_of
from refseg_annotator.services.documents import measure_media
from refseg_annotator.services.session import Session
from refseg_annotator.storage.project_store import ProjectStore

ONE, OTHER = Box(0, 0, 10, 10), Box(20, 0, 30, 10)
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def medium_id(session: Session) -> MediumId:
    measure_media(session)
    return next(iter(session.project.media))


def paint(session: Session, medium_id: MediumId, place: Box) -> ReferentId:
    return annotate.paint_new(session, medium_id, 0, place, np.ones(place.shape, bool))


def mask(session: Session, medium_id: MediumId, *places: Box) -> Mask:
    made = Mask.empty(session.medium(medium_id).size)
    for place in places:
        made = made.with_patch(place, np.ones(place.shape, bool))
    return made


def test_a_check_is_kept_with_agreement_author_and_time(session: Session, medium_id: MediumId) -> None:
    one = paint(session, medium_id, ONE)
    key = annotate.add_expression(session, medium_id, "the square", targets=(one,))
    given = mask(session, medium_id, Box(0, 0, 10, 5))
    compared = record(session, key, 0, given, seconds=3.14159, author="Bo", now=lambda: NOW)
    assert compared.check.agreement == pytest.approx(0.5)
    session.flush()
    assert session.path is not None
    with ProjectStore.open(session.path, read_only=True) as store:
        (check,) = store.load().expressions[key].checks
    assert (check.author, check.checked_at, check.seconds) == ("Bo", "2026-03-04T05:06:07+00:00", 3.14)
    assert session.history.undo_title == "Blind check"
    session.undo()
    assert session.project.expressions[key].checks == ()


def test_all_targets_together_are_the_truth(session: Session, medium_id: MediumId) -> None:
    both = (paint(session, medium_id, ONE), paint(session, medium_id, OTHER))
    key = annotate.add_expression(session, medium_id, "both squares", targets=both)
    assert record(session, key, 0, mask(session, medium_id, ONE, OTHER), seconds=0).check.agreement == 1.0
    assert record(session, key, 0, mask(session, medium_id, ONE), seconds=0).check.agreement == pytest.approx(0.5)


def test_nothing_here_agrees_with_nothing_here_alone(session: Session, medium_id: MediumId) -> None:
    nothing = annotate.mark_no_target(session, medium_id, "the cow")
    something = annotate.add_expression(session, medium_id, "it", targets=(paint(session, medium_id, ONE),))
    empty = mask(session, medium_id)
    assert record(session, nothing, 0, empty, seconds=0).check.agreement == 1.0
    assert record(session, nothing, 0, mask(session, medium_id, ONE), seconds=0).check.agreement == 0.0
    missed = record(session, something, 0, empty, seconds=0).check
    assert (missed.agreement, missed.is_absent) == (0.0, True)


def test_what_cannot_be_checked_is_told(session: Session, medium_id: MediumId) -> None:
    open_one = annotate.add_expression(session, medium_id, "who is it")
    bare = annotate.add_expression(session, medium_id, "bare", targets=(annotate.new_referent(session, medium_id),))
    with pytest.raises(EditError, match="Nobody has said yet"):
        truth_of(session, session.project.expressions[open_one], 0)
    with pytest.raises(EditError, match="has no mask on this frame"):
        truth_of(session, session.project.expressions[bare], 0)
    assert frame_to_check(session, session.project.expressions[bare]) is None
    assert frame_to_check(session, session.project.expressions[open_one]) is None


def test_the_next_one_is_one_that_this_author_has_not_checked(session: Session, medium_id: MediumId) -> None:
    second = list(session.project.media)[1]
    first = annotate.add_expression(session, medium_id, "one", targets=(paint(session, medium_id, ONE),))
    annotate.add_expression(session, medium_id, "open")
    other = annotate.mark_no_target(session, medium_id, "the cow")
    far = annotate.mark_no_target(session, second, "the cow")
    assert [next_to_check(session, after, author="Bo") for after in (None, first, other, far)] == [
        first,
        other,
        far,
        first,
    ]
    record(session, first, 0, mask(session, medium_id, ONE), seconds=1, author="Bo")
    assert next_to_check(session, far, author="Bo") == other
    assert next_to_check(session, None, author="Cy") == first
    assert next_to_check(session, None, [second], author="Bo") == far
    for key in (other, far):
        record(session, key, 0, mask(session, medium_id), seconds=1, author="Bo")
    assert next_to_check(session, None, author="Bo") is None
