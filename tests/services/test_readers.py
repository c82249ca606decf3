"""Who reads a phrase: photos one model, frames of clips another; neither meets what the other saw or said."""

from __future__ import annotations

import functools
import pickle
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from refseg_annotator.core.annotation import MediumId, MediumKind, Origin
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.predictor import FakePredictor, Predictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services.assist import Assist, AssistPhase, AssistState, Proposal
from refseg_annotator.services.batch_plan import PhraseRow
from refseg_annotator.services.batch_run import BatchRun
from refseg_annotator.services.documents import add_media, new_project
from refseg_annotator.services.jobs import MODEL_LANE, JobContext, JobState, Runner
from refseg_annotator.services.readers import Readers
from refseg_annotator.services.session import Session
from tests.services.conftest import PATIENCE, Inbox
from tests.services.two_readers import JealousPredictor, add_clip

PHOTO, OTHER_PHOTO = MediumId(1), MediumId(2)
PHRASE = "the red square on the left"
IMAGE, VIDEO = MediumKind.IMAGE, MediumKind.VIDEO


@pytest.fixture
def lite() -> JealousPredictor:
    return JealousPredictor("lite")


@pytest.fixture
def base() -> JealousPredictor:
    return JealousPredictor("base", knows="zebra", presence=0.3, threshold=0.7, presence_threshold=0.2, max_words=4)


@pytest.fixture
def clip(session: Session, tmp_path: Path) -> MediumId:
    return add_clip(session, tmp_path / "clip", frames=14)


@pytest.fixture
def assist(session: Session, lite: JealousPredictor, base: JealousPredictor) -> Assist:
    return Assist(session, session.runner, Readers(lambda: lite, lambda: base))


def offered(assist: Assist, medium_id: MediumId, frame: int = 0, phrase: str = PHRASE) -> Proposal:
    assist.request(phrase, medium_id, frame)
    assert assist.state.sentence is None
    assert assist.proposal is not None
    return assist.proposal


# --- who answers -----------------------------------------------------------------------------------------------------


def test_photos_and_clips_are_read_by_a_model_each(assist: Assist, clip: MediumId) -> None:
    told = [offered(assist, medium_id).model.name for medium_id in (PHOTO, clip, OTHER_PHOTO, clip)]
    assert told == ["lite", "base", "lite", "base"]


def test_where_one_reads_both_clips_are_read_by_it(session: Session, clip: MediumId, lite: JealousPredictor) -> None:
    loads: list[int] = []

    def load() -> Predictor:
        loads.append(1)
        return lite

    assist = Assist(session, session.runner, Readers(load))
    assert [offered(assist, medium_id).model.name for medium_id in (clip, PHOTO)] == ["lite", "lite"]
    assert loads == [1]
    assert assist.model(VIDEO) == assist.model(IMAGE) == lite.info


def test_each_is_loaded_when_it_is_needed_and_not_before(session: Session, clip: MediumId) -> None:
    loads: list[str] = []

    def loader(name: str) -> Callable[[], Predictor]:
        def load() -> Predictor:
            loads.append(name)
            return JealousPredictor(name)

        return load

    assist = Assist(session, session.runner, Readers(loader("lite"), loader("base")))
    assist.warm()
    assist.warm(PHOTO)
    assert (loads, assist.model(VIDEO)) == (["lite"], None)
    states: list[AssistState] = []
    assist.subscribe(states.append)
    offered(assist, clip)
    assert states[0].phase is AssistPhase.LOADING_MODEL, "the bar says so before it begins"
    offered(assist, PHOTO)
    assist.warm(clip, 1)
    assert loads == ["lite", "base"]


def test_on_a_clip_the_model_for_phrases_and_that_for_clicks_are_both_made_ready(
    threads: Runner, inbox: Inbox, cache: FrameCache, tmp_path: Path
) -> None:
    session = new_project(tmp_path / "lanes.refseg", runner=threads, media=cache)
    added = add_clip(session, tmp_path / "clip", frames=3)
    began, go = threading.Event(), threading.Event()

    def busy(_context: JobContext) -> Iterator[None]:
        began.set()
        assert go.wait(PATIENCE)
        yield

    assist = Assist(session, threads, Readers(lambda: JealousPredictor("lite"), lambda: JealousPredictor("base")))
    threads.start(MODEL_LANE, busy)
    assert began.wait(PATIENCE)
    assist.warm(added)
    assist.warm_clicks(added, 0)
    assist.warm(added, 1)  # the next frame: the former one is put off, and no other work
    go.set()
    inbox.run_until(lambda: assist.model(IMAGE) is not None and assist.model(VIDEO) is not None)
    session.close()


def test_sent_to_another_process_they_load_there() -> None:
    readers = Readers(FakePredictor, functools.partial(JealousPredictor, "base"))
    assert readers.ready(VIDEO).predictor.info.name == "base"
    there = pickle.loads(pickle.dumps(readers))
    assert readers.loaded(VIDEO) is not None
    assert (there.loaded(IMAGE), there.loaded(VIDEO)) == (None, None)
    assert there.ready(VIDEO).predictor.info.name == "base"


def test_a_clip_alone_needs_no_model_for_photos(session: Session, clip: MediumId, base: JealousPredictor) -> None:
    def never() -> Predictor:
        raise AssertionError("no photo was asked about")

    assist = Assist(session, session.runner, Readers(never, lambda: base))
    assist.warm(clip)
    assert offered(assist, clip).milliseconds.encode == 0.0


def test_switching_costs_neither_its_encoded_frames(
    assist: Assist, clip: MediumId, lite: JealousPredictor, base: JealousPredictor
) -> None:
    for _ in range(2):
        offered(assist, PHOTO)
        for frame in (0, 1):
            offered(assist, clip, frame)
    assert (lite.encoded, base.encoded) == (1, 2)
    # Many frames of a clip push out one another, but no photo.
    for frame in range(14):
        offered(assist, clip, frame)
    assert offered(assist, clip).milliseconds.encode > 0.0
    assert offered(assist, PHOTO).milliseconds.encode == 0.0


def test_one_that_stands_in_for_the_other_keeps_one_store(lite: JealousPredictor) -> None:
    readers = Readers(lambda: lite, lambda: lite)
    assert readers.ready(VIDEO) is readers.ready(IMAGE)


def test_a_model_for_clips_that_fails_fails_in_a_sentence_and_is_tried_again(
    session: Session, clip: MediumId, lite: JealousPredictor, base: JealousPredictor
) -> None:
    tries: list[int] = []

    def load() -> Predictor:
        tries.append(1)
        if len(tries) == 1:
            raise BundleError("The model 'base' cannot be used.")
        return base

    assist = Assist(session, session.runner, Readers(lambda: lite, load))
    assist.request(PHRASE, clip)
    assert (assist.state.phase, assist.state.sentence) == (AssistPhase.FAILED, "The model 'base' cannot be used.")
    assert offered(assist, PHOTO).model.name == "lite"
    assert offered(assist, clip).model.name == "base"


# --- what it says ----------------------------------------------------------------------------------------------------


def test_an_answer_is_judged_by_the_model_that_gave_it(assist: Assist, clip: MediumId) -> None:
    phrase = "the red zebra square on the left"
    on_photo, on_clip = offered(assist, PHOTO, phrase=phrase), offered(assist, clip, phrase=phrase)
    assert (on_photo.unknown, on_photo.truncated) == (("zebra",), False)
    assert (on_clip.unknown, on_clip.truncated) == ((), True)
    # A presence of .3 is enough for the one that asks for .2.
    assert (on_photo.is_absent, on_clip.is_absent) == (False, False)
    assert on_clip.presence < on_photo.model.presence_threshold
    assert (on_photo.model.threshold, on_clip.model.threshold) == (0.5, 0.7)


def test_words_are_known_or_not_by_the_model_of_such_a_medium(assist: Assist, clip: MediumId) -> None:
    assert assist.tokenize("zebra", VIDEO) is None, "none is loaded"
    for medium_id in (PHOTO, clip):
        offered(assist, medium_id)
    read = [assist.tokenize("zebra", kind) for kind in (IMAGE, VIDEO)]
    assert [tokens.unknown for tokens in read if tokens is not None] == [("zebra",), ()]


def test_what_is_accepted_names_the_model_that_answered(session: Session, assist: Assist, clip: MediumId) -> None:
    for medium_id, frame in ((PHOTO, 0), (clip, 2)):
        offered(assist, medium_id, frame)
        assist.accept()
    told = {
        session.project.referents[one.referent_id].medium_id: (one.frame, one.provenance)
        for one in session.project.annotations.values()
    }
    assert {medium_id: (frame, made.model, made.threshold) for medium_id, (frame, made) in told.items()} == {
        PHOTO: (0, "lite 1", 0.5),
        clip: (2, "base 1", 0.7),
    }
    assert {made.origin for _, made in told.values()} == {Origin.PREDICTED}
    asked = {one.medium_id: one.asked for one in session.project.expressions.values()}
    assert {medium_id: (one.model, one.threshold) for medium_id, one in asked.items() if one is not None} == {
        PHOTO: ("lite 1", 0.5),
        clip: ("base 1", 0.2),
    }


# --- in lanes --------------------------------------------------------------------------------------------------------


def test_a_phrase_left_behind_while_its_model_loads_never_answers(
    tmp_path: Path, threads: Runner, inbox: Inbox, cache: FrameCache, photo: Callable[[str], Path]
) -> None:
    session = new_project(tmp_path / "lanes.refseg", runner=threads, media=cache)
    add_media(session, [photo("a.png")])
    clip = add_clip(session, tmp_path / "clip")
    base, loading, go = JealousPredictor("base"), threading.Event(), threading.Event()

    def load() -> Predictor:
        loading.set()
        assert go.wait(PATIENCE)
        return base

    assist = Assist(session, threads, Readers(lambda: JealousPredictor("lite"), load))
    seen: list[Proposal] = []
    assist.subscribe(lambda state: seen.append(state.proposal) if state.proposal else None)
    assist.request(PHRASE, clip)
    assert loading.wait(PATIENCE)
    # The person goes to a photo and asks there: the window does not wait, and only this is answered.
    assist.cancel()
    assist.request(PHRASE, PHOTO)
    assert assist.state.phase is AssistPhase.LOADING_MODEL
    go.set()
    inbox.run_until(lambda: bool(seen))
    inbox.run_waiting()
    assert [(one.medium_id, one.model.name) for one in seen] == [(PHOTO, "lite")]
    assert base.predicted == []
    # What was loaded for the phrase that was left is at hand for the next.
    assert assist.model(VIDEO) == base.info
    session.close()


def test_who_loads_when_others_are_chosen_is_left(session: Session, clip: MediumId) -> None:
    former, chosen = JealousPredictor("former"), JealousPredictor("chosen")

    def load() -> Predictor:
        assist.use_readers(Readers(lambda: chosen))
        return former

    assist = Assist(session, session.runner, Readers(FakePredictor, load))
    assist.request(PHRASE, clip)
    assert offered(assist, clip).model.name == "chosen"
    assert assist.model(VIDEO) == chosen.info


# --- in a batch ------------------------------------------------------------------------------------------------------


def batch(session: Session, assist: Assist, *rows: PhraseRow) -> BatchRun:
    ended: list[BatchRun] = []
    run = BatchRun(session, session.runner, assist.ready, on_changed=lambda: None, on_ended=ended.append)
    run.start(rows)
    assert [one.state for one in ended] == [JobState.DONE]
    return run


def test_a_batch_asks_each_medium_of_the_model_that_reads_it(session: Session, assist: Assist, clip: MediumId) -> None:
    run = batch(session, assist, PhraseRow("the red square"))
    assert run.counts.media == 3
    asked = {one.medium_id: one.asked for one in session.project.expressions.values()}
    models = {medium_id: one.model for medium_id, one in asked.items() if one is not None}
    assert models == {PHOTO: "lite 1", OTHER_PHOTO: "lite 1", clip: "base 1"}


def test_a_batch_asks_no_model_twice_what_it_did_not_find(session: Session, assist: Assist, clip: MediumId) -> None:
    green = PhraseRow("the green square")
    assert batch(session, assist, green).counts.absent == 3
    again = batch(session, assist, green)
    assert (again.counts.media, again.plan.answered if again.plan else None) == (0, 3)


def test_a_batch_loads_no_model_that_has_nothing_to_read(
    session: Session, clip: MediumId, lite: JealousPredictor
) -> None:
    def never() -> Predictor:
        raise AssertionError("no clip is asked about")

    assist = Assist(session, session.runner, Readers(lambda: lite, never))
    assert batch(session, assist, PhraseRow("the red square", "a.png")).counts.masks == 1
