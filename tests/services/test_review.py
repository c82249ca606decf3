"""The queue of what is doubtful: what gets in, what a decision takes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    Asked,
    BlindCheck,
    ExpressionId,
    Medium,
    MediumId,
    MediumKind,
    MediumState,
    Origin,
    Provenance,
    ReferentId,
)
from refseg_annotator.core.edits import PutAnnotation, PutExpression, PutMedium
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.documents import measure_media
from refseg_annotator.services.review import Doubt, ReviewItem, doubts_of, gathering, keep, mark_reviewed, records_of
from refseg_annotator.services.session import Session

PLACE = Box(5, 10, 25, 30)


class Undisturbed:
    cancelled = False

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Nobody listens."""


@pytest.fixture
def medium_id(session: Session) -> MediumId:
    measure_media(session)
    return next(iter(session.project.media))


def propose(session: Session, medium_id: MediumId, *, score: float = 0.9, frame: int = 0) -> ReferentId:
    """A mask that a model proposed and nobody settled."""
    referent = annotate.new_referent(session, medium_id)
    put(session, referent, frame, Provenance(Origin.PREDICTED, score=score, iou_before=1.0))
    return referent


def put(session: Session, referent: ReferentId, frame: int, provenance: Provenance) -> None:
    size = session.medium(session.project.referents[referent].medium_id).size
    mask = Mask.from_patch(size, PLACE, np.ones(PLACE.shape, bool))
    session.commit(PutAnnotation(Annotation(referent, frame, mask, provenance)))


def ask(session: Session, expression_id: ExpressionId, presence: float) -> None:
    asked = Asked(model="m", presence=presence, threshold=0.5, score=0.8)
    session.commit(PutExpression(replace(session.project.expressions[expression_id], asked=asked)))


def doubts(session: Session, medium_id: MediumId) -> list[ReviewItem]:
    return doubts_of(records_of(session, medium_id))


def kinds(session: Session, medium_id: MediumId) -> list[Doubt]:
    return [item.doubt for item in doubts(session, medium_id)]


def test_a_low_score_is_doubtful_until_it_is_kept(session: Session, medium_id: MediumId) -> None:
    propose(session, medium_id, score=0.9)
    low = propose(session, medium_id, score=0.2)
    (item,) = doubts(session, medium_id)
    assert (item.doubt, item.referent_id, item.sentence) == (Doubt.SCORE, low, "expected quality 20%")
    keep(session, item)
    assert doubts(session, medium_id) == []
    assert session.project.annotations[low, 0].keyframe
    session.undo()
    assert kinds(session, medium_id) == [Doubt.SCORE]


def test_what_is_probably_not_here_waits_for_a_word(session: Session, medium_id: MediumId) -> None:
    expression = annotate.add_expression(session, medium_id, "the green square")
    assert doubts(session, medium_id) == [], "nobody was asked"
    ask(session, expression, 0.1)
    (item,) = doubts(session, medium_id)
    assert (item.doubt, item.sentence) == (Doubt.NOT_HERE, "probably not here (presence 10%)")
    mark_reviewed(session, medium_id)
    assert kinds(session, medium_id) == [Doubt.NOT_HERE], "reviewing the masks does not answer the phrase"
    keep(session, item)
    assert session.project.expressions[expression].no_target
    assert doubts(session, medium_id) == []
    with pytest.raises(EditError, match="nothing left to decide"):
        keep(session, item)


def test_a_model_that_drew_nothing_is_told(session: Session, medium_id: MediumId) -> None:
    ask(session, annotate.add_expression(session, medium_id, "the green square"), 0.9)
    assert kinds(session, medium_id) == [Doubt.NOTHING_DRAWN]


@pytest.mark.parametrize(("presence", "expected"), [(0.55, [Doubt.PRESENCE]), (0.45, [Doubt.PRESENCE]), (0.8, [])])
def test_a_presence_near_the_limit_is_doubtful(
    session: Session, medium_id: MediumId, presence: float, expected: list[Doubt]
) -> None:
    referent = propose(session, medium_id)
    ask(session, annotate.add_expression(session, medium_id, "the red square", targets=(referent,)), presence)
    assert kinds(session, medium_id) == expected
    for item in doubts(session, medium_id):
        keep(session, item)
    assert kinds(session, medium_id) == []


def test_low_agreement_stays_until_it_is_resolved_or_checked_better(session: Session, medium_id: MediumId) -> None:
    referent = propose(session, medium_id)
    key = annotate.add_expression(session, medium_id, "the red square", targets=(referent,))

    def check(agreement: float) -> None:
        before = session.project.expressions[key]
        checks = (*before.checks, BlindCheck(agreement=agreement, author="Bo"))
        session.commit(PutExpression(replace(before, checks=checks)))

    check(0.3)
    mark_reviewed(session, medium_id)
    (item,) = doubts(session, medium_id)
    assert (item.doubt, item.sentence) == (Doubt.AGREEMENT, "blind check by Bo agrees 30%")
    keep(session, item)
    assert doubts(session, medium_id) == []
    check(0.2)
    assert kinds(session, medium_id) == [Doubt.AGREEMENT]
    check(0.9)
    assert doubts(session, medium_id) == []


def test_problems_of_phrases_are_told_until_the_picture_is_reviewed(session: Session, medium_id: MediumId) -> None:
    referent = propose(session, medium_id)
    annotate.add_expression(session, medium_id, "the square on the right", targets=(referent,))
    (item,) = doubts(session, medium_id)
    assert item.doubt is Doubt.PROBLEM
    assert "it says right" in item.sentence
    with pytest.raises(EditError, match="Reword the phrase"):
        keep(session, item)
    mark_reviewed(session, medium_id)
    assert doubts(session, medium_id) == []


def test_runs_of_drifted_frames_are_one_item_each(session: Session) -> None:
    clip = MediumId(session.project.next_id())
    session.commit(PutMedium(Medium(clip, "clip.mp4", MediumKind.VIDEO, Size(80, 60), 20)))
    referent = annotate.new_referent(session, clip)
    for frame, drift in ((3, 0.6), (4, 0.8), (5, 0.1), (9, 0.7)):
        put(session, referent, frame, Provenance(Origin.PROPAGATED, score=1 - drift))
    found = [(item.frame, item.doubt, item.sentence) for item in doubts(session, clip)]
    assert found == [
        (3, Doubt.DRIFT, "drifted, frames 3 to 4, up to 80%"),
        (9, Doubt.DRIFT, "drifted 70% on frame 9"),
    ]


def test_a_run_of_drifted_frames_is_kept_as_a_whole_and_in_one_step(session: Session) -> None:
    clip = MediumId(session.project.next_id())
    session.commit(PutMedium(Medium(clip, "clip.mp4", MediumKind.VIDEO, Size(80, 60), 20)))
    referent = annotate.new_referent(session, clip)
    for frame, drift in ((3, 0.6), (4, 0.8), (5, 0.7), (6, 0.1), (7, 0.9)):
        put(session, referent, frame, Provenance(Origin.PROPAGATED, score=1 - drift))
    first = next(item for item in doubts(session, clip) if item.frame == 3)
    keep(session, first)
    settled = {frame for (_, frame), one in session.project.annotations.items() if one.keyframe}
    assert settled == {3, 4, 5}
    assert [item.frame for item in doubts(session, clip)] == [7]
    session.undo()
    assert not any(one.keyframe for one in session.project.annotations.values())


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (BlindCheck(agreement=0.3, author="Bo"), "blind check by Bo agrees 30%"),
        (BlindCheck(agreement=0.3), "blind check agrees 30%"),
        (BlindCheck(agreement=0.0, author="Bo", is_absent=True), "blind check by Bo: not here"),
        (BlindCheck(agreement=0.0, is_absent=True), "blind check: not here"),
    ],
)
def test_who_disagrees_is_told_by_name(session: Session, medium_id: MediumId, check: BlindCheck, words: str) -> None:
    referent = propose(session, medium_id)
    key = annotate.add_expression(session, medium_id, "the red square", targets=(referent,))
    session.commit(PutExpression(replace(session.project.expressions[key], checks=(check,))))
    assert words in [item.sentence for item in doubts(session, medium_id)]


def test_the_whole_project_is_gathered_loaded_or_not(session: Session, medium_id: MediumId) -> None:
    second = list(session.project.media)[1]
    propose(session, medium_id, score=0.3)
    propose(session, second, score=0.1)
    session.set_down([medium_id, second])
    assert not session.project.loaded_media & {medium_id, second}

    def flat(found: Iterator[list[ReviewItem]]) -> list[tuple[MediumId, Doubt]]:
        return [(item.medium_id, item.doubt) for items in found for item in items]

    assert flat(gathering(session)(Undisturbed())) == [(medium_id, Doubt.SCORE), (second, Doubt.SCORE)]


def test_reviewing_a_picture_settles_its_proposals_in_one_step(session: Session, medium_id: MediumId) -> None:
    referent = propose(session, medium_id, score=0.3)
    mark_reviewed(session, medium_id)
    assert session.medium(medium_id).state is MediumState.REVIEWED
    assert session.project.annotations[referent, 0].keyframe
    session.undo()
    assert session.medium(medium_id).state is MediumState.IN_WORK
    assert not session.project.annotations[referent, 0].keyframe
    assert Path(session.medium(medium_id).path).name == "a.png"
