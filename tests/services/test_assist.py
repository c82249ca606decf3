"""Phrase to proposal to annotation: nothing enters the project unasked, and no mask but the chosen one is touched."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import MediumId, Origin, Provenance, ReferentId
from refseg_annotator.core.edits import PutMedium, PutReferent
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import BundleError, EditError
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor, Prediction, Predictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate
from refseg_annotator.services.assist import Assist, AssistPhase, AssistState, Proposal
from refseg_annotator.services.documents import FoundMedia, FoundMedium, add_media, new_project, put_media, remove_media
from refseg_annotator.services.jobs import Runner, SynchronousRunner
from refseg_annotator.services.readers import Readers
from refseg_annotator.services.session import Session
from tests.services.conftest import LEFT, PATIENCE, RIGHT, Inbox
from tests.storage.records import contents

FIRST, SECOND = MediumId(1), MediumId(2)
SIZE = Size(80, 60)
PHRASE = "the red square on the left"


def mask_of(box: Box) -> Mask:
    return Mask.from_patch(SIZE, box, np.ones(box.shape, bool))


@pytest.fixture
def fake() -> FakePredictor:
    return FakePredictor()


@pytest.fixture
def assist(session: Session, fake: FakePredictor) -> Assist:
    return Assist(session, session.runner, Readers(lambda: fake))


def offered(assist: Assist, phrase: str = PHRASE, medium_id: MediumId = FIRST) -> Proposal:
    assist.request(phrase, medium_id)
    assert assist.state.sentence is None
    assert assist.proposal is not None
    return assist.proposal


# --- asking ----------------------------------------------------------------------------------------------------------


def test_the_way_from_a_phrase_to_a_proposal(session: Session, assist: Assist) -> None:
    states: list[AssistState] = []
    end = assist.subscribe(states.append)
    before = contents(session.project)
    proposal = offered(assist, "  the red square,  on the LEFT zebra ")
    phases = [state.phase for state in states]
    assert phases == [
        AssistPhase.LOADING_MODEL,
        AssistPhase.LOADING_MODEL,
        AssistPhase.ENCODING,
        AssistPhase.READING_PHRASE,
        AssistPhase.PROPOSAL,
    ]
    assert [state.is_busy for state in states] == [True] * 4 + [False]
    assert proposal.text == "the red square, on the LEFT zebra"
    assert (proposal.medium_id, proposal.frame) == (FIRST, 0)
    assert proposal.mask == mask_of(LEFT)
    assert [one.mask for one in proposal.candidates] == [mask_of(LEFT), mask_of(RIGHT)]
    assert proposal.unknown == ("zebra",)
    assert not proposal.truncated
    assert not proposal.is_absent
    assert proposal.model == FAKE_INFO == assist.model()
    assert proposal.milliseconds.total > 0
    assert contents(session.project) == before
    end()
    assist.reject()
    assert assist.state.phase is AssistPhase.IDLE
    assert assist.proposal is None
    assert len(states) == 5
    assert contents(session.project) == before


def test_a_frame_is_encoded_once(assist: Assist, fake: FakePredictor) -> None:
    offered(assist)
    again = offered(assist, "the right one")
    assert (again.milliseconds.encode, again.milliseconds.frame) == (0.0, 0.0)
    offered(assist, PHRASE, SECOND)
    offered(assist)
    assert fake.encoded == 2


def test_encoded_frames_are_few(
    tmp_path: Path, cache: FrameCache, photo: Callable[[str], Path], fake: FakePredictor
) -> None:
    session = new_project(tmp_path / "many.refseg", runner=SynchronousRunner(), media=cache)
    report = add_media(session, [photo(f"{number}.png") for number in range(14)])
    assist = Assist(session, session.runner, Readers(lambda: fake))
    for medium_id in [*report.added, report.added[-1], report.added[0]]:
        offered(assist, PHRASE, medium_id)
    assert fake.encoded == 15
    session.close()


def test_warming_up_loads_and_encodes_beforehand(session: Session, assist: Assist, fake: FakePredictor) -> None:
    assist.warm()
    assert assist.model() == FAKE_INFO
    assist.warm(FIRST)
    assert assist.state.phase is AssistPhase.IDLE
    assert offered(assist).milliseconds.encode == 0.0
    assert fake.encoded == 1


def test_warming_up_fails_without_noise(session: Session) -> None:
    def missing() -> Predictor:
        raise BundleError("There is no model 'x'.")

    assist = Assist(session, session.runner, Readers(missing))
    assist.warm(FIRST)
    assert assist.state.phase is AssistPhase.IDLE
    assist.request(PHRASE, FIRST)
    assert assist.state.sentence == "There is no model 'x'."


def test_asking_measures_a_photo_that_was_only_listed(
    session: Session, assist: Assist, photo: Callable[[str], Path]
) -> None:
    kind = session.project.media[FIRST].kind
    report = put_media(session, FoundMedia((FoundMedium(photo("listed.png"), kind),)))
    offered(assist, PHRASE, report.added[0])
    assert session.project.media[report.added[0]].size == SIZE
    assist.accept()
    session.undo()
    session.undo()
    assert report.added[0] not in session.project.media


@pytest.mark.parametrize("phrase", ["", "   ", "\x00\n"])
def test_an_empty_phrase_is_answered_at_once(assist: Assist, fake: FakePredictor, phrase: str) -> None:
    assist.request(phrase, FIRST)
    assert assist.state.phase is AssistPhase.FAILED
    assert assist.state.sentence == "Type what you mean first, for example: the dog on the left."
    assert fake.encoded == 0


def test_a_missing_photo_is_a_sentence_and_the_next_works(
    assist: Assist, session: Session, photo: Callable[[str], Path]
) -> None:
    gone = photo("gone.png")
    report = add_media(session, [gone])
    gone.unlink()
    assist.request(PHRASE, report.added[0])
    assert assist.state.phase is AssistPhase.FAILED
    assert assist.state.sentence is not None
    assert "gone.png" in assist.state.sentence
    assert offered(assist)


def test_a_model_without_memory_is_a_sentence_and_the_next_works(
    assist: Assist, fake: FakePredictor, allow_log: Callable[[str], None]
) -> None:
    allow_log("segmenting .* failed")

    def fail(_: np.ndarray) -> None:
        raise RuntimeError("CUDA out of memory")

    fake.before_encode = fail
    assist.request(PHRASE, FIRST)
    assert assist.state.sentence == "Something unexpected went wrong (RuntimeError: CUDA out of memory)."
    fake.before_encode = None
    assert offered(assist)


def test_a_model_that_fails_to_load_is_tried_again(session: Session, fake: FakePredictor) -> None:
    tries: list[int] = []

    def load() -> Predictor:
        tries.append(1)
        if len(tries) == 1:
            raise BundleError("The model 'x' cannot be used.")
        return fake

    assist = Assist(session, session.runner, Readers(load))
    assist.request(PHRASE, FIRST)
    assert assist.state.sentence == "The model 'x' cannot be used."
    assert assist.model() is None
    offered(assist)
    assert len(tries) == 2


def test_another_model_forgets_what_the_first_encoded(assist: Assist, fake: FakePredictor) -> None:
    offered(assist)
    other = FakePredictor(replace(FAKE_INFO, name="other"))
    assist.use_readers(Readers(lambda: other))
    assert assist.state.phase is AssistPhase.IDLE
    assert assist.model() is None
    assert offered(assist).model.name == "other"
    assert (fake.encoded, other.encoded) == (1, 1)


def test_another_model_of_the_same_name_never_gets_what_the_first_encoded(session: Session) -> None:
    # As when the mirror image is switched on while a phrase is asked: the same bundle, the same device.
    first, other = FakePredictor(), FakePredictor()

    def load() -> Predictor:
        assist.use_readers(Readers(lambda: other))
        return first

    assist = Assist(session, session.runner, Readers(load))
    assist.request(PHRASE, FIRST)
    assert (first.encoded, other.encoded) == (1, 0), "who was at work went on"
    offered(assist)
    assert (first.encoded, other.encoded) == (1, 1)
    offered(assist, "the right one")
    assert (first.encoded, other.encoded) == (1, 1)


# --- in lanes --------------------------------------------------------------------------------------------------------


@pytest.fixture
def threaded(tmp_path: Path, threads: Runner, cache: FrameCache, photo: Callable[[str], Path]) -> Session:
    session = new_project(tmp_path / "lanes.refseg", runner=threads, media=cache)
    add_media(session, [photo("a.png"), photo("b.png")])
    return session


def test_a_second_phrase_replaces_a_running_one(
    threaded: Session, threads: Runner, inbox: Inbox, fake: FakePredictor
) -> None:
    reading, go = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        reading.set()
        assert go.wait(PATIENCE)

    fake.before_predict = hold
    assist = Assist(threaded, threads, Readers(lambda: fake))
    seen: list[Proposal] = []
    assist.subscribe(lambda state: seen.append(state.proposal) if state.proposal else None)
    assist.request(PHRASE, FIRST)
    assert reading.wait(PATIENCE)
    fake.before_predict = None
    assist.request("the red square on the right", FIRST)
    assert assist.state.text == "the red square on the right"
    go.set()
    inbox.run_until(lambda: bool(seen))
    inbox.run_waiting()
    assert [proposal.mask for proposal in seen] == [mask_of(RIGHT)]
    assert fake.encoded == 1
    threaded.close()


def test_a_cancelled_phrase_never_comes(threaded: Session, threads: Runner, inbox: Inbox, fake: FakePredictor) -> None:
    reading, go = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        reading.set()
        assert go.wait(PATIENCE)

    fake.before_predict = hold
    assist = Assist(threaded, threads, Readers(lambda: fake))
    assist.request(PHRASE, FIRST)
    assert reading.wait(PATIENCE)
    assist.cancel()
    assert assist.state.phase is AssistPhase.IDLE
    go.set()
    assert threads.shutdown(PATIENCE)
    inbox.run_waiting()
    assert assist.state.phase is AssistPhase.IDLE
    threaded.close()


def test_a_phrase_asked_while_warming_uses_what_was_made_ready(
    threaded: Session, threads: Runner, inbox: Inbox, fake: FakePredictor
) -> None:
    encoding, go = threading.Event(), threading.Event()

    def hold(_: np.ndarray) -> None:
        encoding.set()
        assert go.wait(PATIENCE)

    fake.before_encode = hold
    loads: list[int] = []

    def load() -> Predictor:
        loads.append(1)
        return fake

    assist = Assist(threaded, threads, Readers(load))
    assist.warm(FIRST)
    assert encoding.wait(PATIENCE)
    assist.request(PHRASE, FIRST)
    go.set()
    inbox.run_until(lambda: assist.proposal is not None)
    assert fake.encoded == 1
    assert loads == [1]
    threaded.close()


def test_a_medium_removed_meanwhile_leaves_a_proposal_that_cannot_be_accepted(session: Session, assist: Assist) -> None:
    offered(assist)
    remove_media(session, [FIRST])
    with pytest.raises(EditError, match="no longer part of the project"):
        assist.accept()
    assert not session.project.annotations


# --- deciding --------------------------------------------------------------------------------------------------------


def test_accepting_is_one_step(session: Session, assist: Assist) -> None:
    before = contents(session.project)[:4]
    offered(assist)
    change = assist.accept()
    assert assist.state.phase is AssistPhase.IDLE
    ((key, annotation),) = session.project.annotations.items()
    (expression,) = session.project.expressions.values()
    assert change.annotations == {key}
    assert (expression.text, expression.targets, expression.author) == (PHRASE, (key[0],), "Ada")
    assert annotation.mask == mask_of(LEFT)
    assert annotation.keyframe
    assert annotation.provenance == Provenance(
        Origin.PREDICTED,
        model="fake 1",
        phrase=PHRASE,
        threshold=0.5,
        score=annotation.provenance.score,
        iou_before=1.0,
        author="Ada",
    )
    assert session.history.undo_title == "Accept proposal"
    session.undo()
    assert contents(session.project)[1:4] == before[1:4]
    session.redo()
    assert session.project.annotations[key] == annotation
    with pytest.raises(EditError, match="There is no proposal"):
        assist.accept()


def test_accepting_into_a_referent_replaces_its_mask_and_no_other(session: Session, assist: Assist) -> None:
    dog, cat = (annotate.new_referent(session, FIRST) for _ in range(2))
    for referent in (dog, cat):
        annotate.paint(session, referent, 0, Box(0, 0, 9, 9), np.ones((9, 9), bool))
    others = session.project.annotations[cat, 0]
    offered(assist)
    assist.accept(into=dog)
    assert session.project.annotations[dog, 0].mask == mask_of(LEFT)
    assert session.project.annotations[cat, 0] is others
    assert [one.targets for one in session.project.expressions.values()] == [(dog,)]
    session.undo()
    assert session.project.annotations[dog, 0].mask.area == 81
    assert not session.project.expressions


def test_the_same_words_again_reuse_their_expression(session: Session, assist: Assist) -> None:
    offered(assist)
    assist.accept()
    ((referent, _),) = session.project.annotations
    offered(assist, PHRASE.upper())
    assist.accept(into=referent)
    assert len(session.project.expressions) == 1
    assert len(session.project.annotations) == 1
    offered(assist, "the big red square")
    assist.accept(into=referent)
    assert len(session.project.expressions_for(referent)) == 2


def test_the_same_words_without_a_chosen_referent_leave_the_first_mask_alone(session: Session, assist: Assist) -> None:
    offered(assist)
    assist.accept()
    first = dict(session.project.annotations)
    offered(assist)
    assist.accept()
    assert len(session.project.annotations) == 2
    assert first.items() <= dict(session.project.annotations).items()


def test_words_recorded_before_they_meant_anything_now_do(session: Session, assist: Assist) -> None:
    written = annotate.add_expression(session, FIRST, PHRASE)
    offered(assist)
    assist.accept()
    assert list(session.project.expressions) == [written]
    assert session.project.expressions[written].targets


def test_a_proposal_for_another_picture_or_a_locked_referent_is_refused_and_stays(
    session: Session, assist: Assist
) -> None:
    elsewhere, locked = annotate.new_referent(session, SECOND), annotate.new_referent(session, FIRST)
    annotate.set_locked(session, locked, locked=True)
    proposal = offered(assist)
    for into, sentence in (
        (elsewhere, "another picture"),
        (locked, "is locked"),
        (ReferentId(99), "no longer part"),
    ):
        with pytest.raises(EditError, match=sentence):
            assist.accept(into=into)
    assert assist.proposal is proposal
    assert not session.project.annotations


def test_candidates_are_chosen_by_their_place(session: Session, assist: Assist) -> None:
    offered(assist)
    assist.choose(1)
    assert assist.proposal is not None
    assert assist.proposal.chosen == 1
    assert assist.proposal.mask == mask_of(RIGHT)
    with pytest.raises(EditError, match="There are 2 candidates"):
        assist.choose(2)
    assist.accept()
    (annotation,) = session.project.annotations.values()
    assert annotation.mask == mask_of(RIGHT)


def test_not_in_this_image_is_recorded_when_accepted(session: Session, assist: Assist) -> None:
    proposal = offered(assist, "the green square")
    assert proposal.is_absent
    assist.accept()
    (expression,) = session.project.expressions.values()
    assert expression.no_target
    assert not session.project.referents
    assert session.history.undo_title == "Mark as not in this image"
    offered(assist, "the green square")
    assert assist.accept().is_nothing
    session.undo()
    assert not session.project.expressions


def test_the_person_decides_against_the_model(session: Session, assist: Assist, fake: FakePredictor) -> None:
    offered(assist)
    assist.accept(as_no_target=True)
    (expression,) = session.project.expressions.values()
    assert (expression.text, expression.no_target) == (PHRASE, True)
    session.undo()

    class Doubtful(FakePredictor):
        def predict(self, features: object, tokens: object) -> Prediction:
            return replace(FakePredictor.predict(self, features, tokens), presence=0.1)  # type: ignore[arg-type]

    assist.use_readers(Readers(Doubtful))
    assert offered(assist).is_absent
    assist.accept(as_no_target=False)
    assert len(session.project.annotations) == 1


def test_an_empty_mask_is_not_accepted_as_one(session: Session, assist: Assist) -> None:
    offered(assist, "the green square")
    with pytest.raises(EditError, match="drew no mask for 'the green square'"):
        assist.accept(as_no_target=False)
    assert assist.proposal is not None


def test_nothing_here_contradicted_by_a_target_is_refused(session: Session, assist: Assist) -> None:
    referent = annotate.new_referent(session, FIRST)
    annotate.add_expression(session, FIRST, "the green square", targets=[referent])
    offered(assist, "the green square")
    with pytest.raises(EditError, match="names a referent here already"):
        assist.accept()


def test_a_proposal_outlives_other_edits(session: Session, assist: Assist) -> None:
    offered(assist)
    session.commit(PutMedium(replace(session.project.media[SECOND], frame_rate=None)))
    session.commit(PutReferent(replace(session.project.referents[annotate.new_referent(session, FIRST)], name="x")))
    assist.accept()
    assert len(session.project.annotations) == 1
