"""Batches: what is asked, what comes of it, and that nothing a person made is touched."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import MediumId, MediumState, Origin
from refseg_annotator.core.geometry import Box
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor
from refseg_annotator.services import annotate
from refseg_annotator.services.batch import MediumAnswer, answer_task, put_answer
from refseg_annotator.services.batch_plan import BatchPlan, PhraseRow, plan_batch
from refseg_annotator.services.batch_processes import answers
from refseg_annotator.services.batch_run import BatchRun
from refseg_annotator.services.documents import add_media
from refseg_annotator.services.jobs import JobRunner, JobState, Runner
from refseg_annotator.services.readers import Readers
from refseg_annotator.services.session import Session
from tests.services.conftest import LEFT, RIGHT, Inbox
from tests.services.two_readers import JealousPredictor, add_clip

LABEL = FAKE_INFO.label


def run_batch(session: Session, *phrases: str, **options: object) -> list[MediumAnswer]:
    plan = plan_batch(session, [PhraseRow(phrase) for phrase in phrases], model=LABEL, **options)  # type: ignore[arg-type]
    return [put_answer(session, answer) for answer in answers(plan.tasks, Readers(FakePredictor))]


def first(session: Session) -> MediumId:
    return next(iter(session.project.media))


def test_rows_find_their_media_by_path_or_by_the_end_of_it(
    session: Session, photo: Callable[[str], Path], tmp_path: Path
) -> None:
    rows = [PhraseRow("one", "a.png"), PhraseRow("two", "photos/b.png"), PhraseRow("three", str(photo("a.png")))]
    plan = plan_batch(session, [*rows, PhraseRow("four", "c.png")], model=LABEL, folder=tmp_path)
    assert [[row.phrase for row in task.rows] for task in plan.tasks] == [["one", "three"], ["two"]]
    assert plan.unmatched == ("'c.png' is not in the project; add it, or mend its name.",)


@pytest.mark.parametrize(("named", "stored"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_letters_with_marks_are_the_same_however_they_are_written(
    session: Session, tmp_path: Path, named: str, stored: str
) -> None:
    path = tmp_path / unicodedata.normalize(stored, "\u00dc/\u00dcbung.png")
    path.parent.mkdir()
    path.write_bytes((tmp_path / "photos" / "a.png").read_bytes())
    add_media(session, [path])
    name = unicodedata.normalize(named, "\u00dc/\u00dcbung.png")
    plan = plan_batch(session, [PhraseRow("one", name)], model=LABEL)
    assert ([task.path for task in plan.tasks], plan.unmatched) == ([path], ())


def test_a_name_that_several_media_have_is_asked_of_none(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.png").write_bytes((tmp_path / "photos" / "a.png").read_bytes())
    add_media(session, [other / "a.png"])
    plan = plan_batch(session, [PhraseRow("one", "a.png"), PhraseRow("two", "other/a.png")], model=LABEL)
    assert [task.path.parent.name for task in plan.tasks] == ["other"]
    assert "2 media" in plan.unmatched[0]


# --- answers -------------------------------------------------------------------------------------------------------


def test_masks_are_proposals_to_review(session: Session) -> None:
    run_batch(session, "the left red square")
    project = session.project
    for medium in project.media.values():
        assert medium.state is MediumState.IN_WORK
        (expression,) = project.expressions_of(medium.id)
        (referent,) = project.referents_of(medium.id)
        assert (expression.text, expression.targets) == ("the left red square", (referent.id,))
        assert expression.asked is not None
        assert (expression.asked.model, expression.asked.is_absent) == (LABEL, False)
        annotation = project.annotations[(referent.id, 0)]
        assert not annotation.keyframe
        assert annotation.provenance.origin is Origin.PREDICTED
        assert annotation.provenance.iou_before == 1.0
        assert annotation.mask.box == LEFT


def test_what_fits_nothing_is_probably_not_here_and_left_to_a_person(session: Session) -> None:
    run_batch(session, "the green square")
    (expression, _) = session.project.expressions.values()
    assert expression.is_open
    assert expression.asked is not None
    assert expression.asked.is_absent
    assert not session.project.referents


def test_nothing_of_a_batch_is_an_undo_step(session: Session) -> None:
    medium_id = first(session)
    mine = annotate.paint_new(session, medium_id, 0, Box(0, 0, 4, 4), np.ones((4, 4), bool))
    run_batch(session, "the left red square")
    session.undo()
    assert mine not in session.project.referents
    assert len(session.project.annotations) == 2


def test_what_a_person_made_stays_as_it_was(session: Session) -> None:
    medium_id = first(session)
    mine = annotate.paint_new(session, medium_id, 0, LEFT, np.ones(LEFT.shape, bool))
    linked = annotate.add_expression(session, medium_id, "the left red square", targets=(mine,))
    nothing = annotate.mark_no_target(session, medium_id, "the blue square")
    before = {key: session.project.expressions[key] for key in (linked, nothing)}
    run_batch(session, "The left red square", "the blue square", "the right red square", media=[medium_id])
    assert {key: session.project.expressions[key] for key in (linked, nothing)} == before
    others = [one for one in session.project.annotations.values() if one.referent_id != mine]
    assert [one.mask.box for one in others] == [RIGHT]


def test_two_phrases_for_one_thing_are_two_expressions_of_one_referent(session: Session) -> None:
    run_batch(session, "the left red square", "the left square", media=[first(session)])
    (referent,) = session.project.referents.values()
    assert len(session.project.expressions_for(referent.id)) == 2


def test_what_is_answered_is_not_asked_again_but_by_another_model(session: Session) -> None:
    phrases = ("the left red square", "the green square")
    run_batch(session, *phrases)
    rows = [PhraseRow(phrase) for phrase in phrases]
    again = plan_batch(session, rows, model=LABEL)
    assert (again.tasks, again.answered) == ((), 4)
    other = plan_batch(session, rows, model="other 2")
    assert [[row.phrase for row in task.rows] for task in other.tasks] == [["the green square"]] * 2


def test_a_projects_own_open_phrases_are_asked_where_wanted(session: Session) -> None:
    medium_id = first(session)
    known = annotate.add_expression(session, medium_id, "the left red square")
    assert plan_batch(session, [], model=LABEL).tasks == ()
    run_batch(session, own=True)
    assert list(session.project.expressions) == [known]
    assert session.project.expressions[known].targets


def test_a_medium_that_cannot_be_read_is_told_and_the_others_are_answered(
    session: Session, photo: Callable[[str], Path]
) -> None:
    photo("a.png").write_bytes(b"no picture")
    broken, fine = run_batch(session, "the left red square")
    assert broken.problem is not None
    assert "a.png" in broken.problem
    assert fine.problem is None
    assert [one.medium_id for one in session.project.referents.values()] == [fine.medium_id]


def test_a_frame_that_a_clip_does_not_have_is_a_problem_of_that_medium(session: Session) -> None:
    plan = plan_batch(session, [PhraseRow("the square", "a.png", frame=4)], model=LABEL)
    answer = answer_task(FakePredictor(), plan.tasks[0])
    assert answer.problem is not None
    assert "no frame 4" in answer.problem


def test_a_frame_is_encoded_once_for_all_its_phrases(session: Session) -> None:
    fake = FakePredictor()
    plan = plan_batch(session, [PhraseRow(f"square {n}") for n in range(5)], model=LABEL, media=[first(session)])
    answer_task(fake, plan.tasks[0])
    assert fake.encoded == 1


def test_several_processes_say_what_one_says(session: Session) -> None:
    rows = [PhraseRow("the left red square"), PhraseRow("the right red square")]
    plan = plan_batch(session, rows, model=LABEL)
    found = {answer.medium_id: answer for answer in answers(plan.tasks, Readers(FakePredictor), processes=2)}
    for task in plan.tasks:
        alone = answer_task(FakePredictor(), task)
        assert [(one.row, one.score, one.mask) for one in found[task.medium_id].phrases] == [
            (one.row, one.score, one.mask) for one in alone.phrases
        ]
    for answer in found.values():
        put_answer(session, answer)
    assert {one.mask.box for one in session.project.annotations.values()} == {LEFT, RIGHT}


# --- photos and clips ----------------------------------------------------------------------------------------------

PROCESSES = pytest.mark.parametrize("processes", [1, 2])
LITE, BASE = functools.partial(JealousPredictor, "lite"), functools.partial(JealousPredictor, "base")


def missing() -> FakePredictor:
    raise BundleError("There is no model 'mine'; choose one of cmsa-lite.")


def plan_of(session: Session, *rows: PhraseRow) -> BatchPlan:
    return plan_batch(session, rows, model="lite 1", clip_model="base 1")


@PROCESSES
def test_photos_and_clips_are_each_answered_by_who_reads_them(session: Session, tmp_path: Path, processes: int) -> None:
    clip = add_clip(session, tmp_path / "clip")
    plan = plan_of(session, PhraseRow("the left red square"))
    told = {}
    for answer in answers(plan.tasks, Readers(LITE, BASE), processes=processes):
        put = put_answer(session, answer)
        told[put.medium_id] = "" if put.model is None else put.model.label
    assert told == {one: "base 1" if one == clip else "lite 1" for one in session.project.media}
    for referent in session.project.referents.values():
        provenance = session.project.annotations[(referent.id, 0)].provenance
        assert provenance.model == told[referent.medium_id]


@PROCESSES
@pytest.mark.parametrize(
    ("readers", "medium"), [(Readers(LITE, missing), "a.png"), (Readers(missing, BASE), "clip")], ids=["photo", "clip"]
)
def test_a_model_that_has_nothing_to_read_is_not_loaded(
    session: Session, tmp_path: Path, readers: Readers, medium: str, processes: int
) -> None:
    add_clip(session, tmp_path / "clip")
    plan = plan_of(session, PhraseRow("the left red square", medium))
    (answer,) = answers(plan.tasks, readers, processes=processes)
    assert answer.phrases[0].mask is not None


@PROCESSES
def test_a_model_that_cannot_be_loaded_is_told_and_what_came_before_is_kept(
    session: Session, tmp_path: Path, processes: int
) -> None:
    add_clip(session, tmp_path / "clip")
    plan = plan_of(session, PhraseRow("the left red square"))
    given: list[MediumAnswer] = []
    with pytest.raises(BundleError, match="There is no model 'mine'"):
        given.extend(answers(plan.tasks, Readers(LITE, missing), processes=processes))
    # The clip comes last; where one process answers, both photos are answered by then.
    assert processes > 1 or len(given) == 2


def test_a_batch_that_was_stopped_asks_neither_model_twice(session: Session, tmp_path: Path) -> None:
    add_clip(session, tmp_path / "clip")
    green = PhraseRow("the green square")  # of which each model holds that it is not there
    seen = []
    for answered in range(4):
        plan = plan_of(session, green)
        assert (plan.answered, len(plan.tasks)) == (answered, 3 - answered)
        for answer in answers(plan.tasks, Readers(LITE, BASE)):
            seen.append(put_answer(session, answer).medium_id)
            break
    assert seen == list(session.project.media)
    assert [one.asked.model for one in session.project.expressions.values() if one.asked] == [
        "lite 1",
        "lite 1",
        "base 1",
    ]


# --- in the window -------------------------------------------------------------------------------------------------


class Watched:
    """A run with what it told."""

    def __init__(self, session: Session, fake: FakePredictor, runner: JobRunner | None = None) -> None:
        self.ended: list[JobState] = []
        self.changes = 0
        self.run = BatchRun(
            session,
            runner or session.runner,
            lambda kind: fake,
            on_changed=self._changed,
            on_ended=lambda run: self.ended.append(run.state),
        )

    def _changed(self) -> None:
        self.changes += 1


def test_a_run_answers_every_medium_and_ends_once(session: Session) -> None:
    watched = Watched(session, FakePredictor())
    watched.run.start([PhraseRow("the left red square")])
    assert watched.ended == [JobState.DONE]
    assert (watched.run.counts.media, watched.run.counts.masks) == (2, 2)
    assert watched.run.latest.total == 2


def test_a_run_pauses_between_media_and_goes_on(session: Session) -> None:
    fake = FakePredictor()
    watched = Watched(session, fake)
    fake.before_encode = lambda _: watched.run.pause()
    watched.run.start([PhraseRow("the left red square")])
    assert watched.run.is_paused
    assert (watched.ended, watched.run.counts.media) == ([], 1)
    watched.run.resume()
    assert (watched.ended, watched.run.counts.media) == ([], 2)
    watched.run.resume()
    assert watched.ended == [JobState.DONE]


def test_a_pause_taken_back_before_the_next_medium_begins_starts_it_once(
    session: Session, threads: Runner, inbox: Inbox
) -> None:
    asked: list[object] = []
    watched = Watched(session, FakePredictor(before_encode=asked.append), threads)
    watched.run.start([PhraseRow("the left red square")])
    inbox.run_until(lambda: watched.run.counts.media == 1 and watched.run._job is None)
    watched.run.pause()
    watched.run.resume()
    assert watched.run._job is None, "the next medium's turn is on its way already"
    inbox.run_until(lambda: bool(watched.ended))
    assert len(asked) == 2


def test_a_stopped_run_keeps_what_came_and_a_later_one_goes_on(session: Session) -> None:
    fake = FakePredictor()
    watched = Watched(session, fake)
    fake.before_encode = lambda _: watched.run.pause()
    watched.run.start([PhraseRow("the left red square")])
    watched.run.cancel()
    assert watched.ended == [JobState.CANCELLED]
    watched.run.cancel()
    watched.run.resume()
    assert watched.ended == [JobState.CANCELLED]
    later = Watched(session, replace(fake, before_encode=None))
    later.run.start([PhraseRow("the left red square")])
    assert later.run.plan is not None
    assert (later.run.plan.answered, later.run.counts.media) == (1, 1)


def test_a_model_that_fails_ends_the_run_with_a_sentence(session: Session) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("out of memory")

    watched = Watched(session, FakePredictor(before_encode=fail))
    watched.run.start([PhraseRow("the left red square")])
    assert watched.ended == [JobState.FAILED]
    assert watched.run.sentence is not None
    assert "out of memory" in watched.run.sentence
