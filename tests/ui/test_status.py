"""The next thing to do, model and device in words, jobs with progress, messages, the phrase bar's verdict."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.predictor import FAKE_INFO
from refseg_annotator.services.job import JobContext, Progress
from refseg_annotator.services.jobs import BATCH_LANE
from refseg_annotator.services.model_shelf import ReaderState
from refseg_annotator.services.proposal import Proposal
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.job_panel import words_for
from refseg_annotator.ui.panels.phrase_bar import verdict
from refseg_annotator.ui.status import model_words
from tests.ui.conftest import Desk

MASK = Mask.empty(Size(4, 4))


@pytest.mark.parametrize(
    ("presence", "score", "expected"),
    [
        (0.9, 0.86, ("good", "likely  86%")),
        (0.9, 0.5, ("doubtful", "doubtful  50%")),
        (0.9, 0.1, ("bad", "unlikely  10%")),
        (0.2, 0.9, ("doubtful", "probably not in this image")),
    ],
)
def test_a_verdict_has_a_word_and_a_number(presence: float, score: float, expected: tuple[str, str]) -> None:
    proposal = Proposal(text="", medium_id=1, frame=0, mask=MASK, score=score, presence=presence, model=FAKE_INFO)
    assert verdict(proposal) == expected


def test_the_processor_in_place_of_a_gpu_is_loud() -> None:
    assert model_words(ReaderState(), "auto", None) == ("muted", "loading the model")
    assert model_words(ReaderState("lite"), "auto", None) == ("muted", "loading lite")
    assert model_words(ReaderState(problem="It is broken."), "auto", None) == ("bad", "no model")
    assert model_words(ReaderState("fake", FAKE_INFO), "auto", 12.4) == ("muted", "fake  ·  cpu  ·  12 ms")
    tone, words = model_words(ReaderState("fake", FAKE_INFO), "cuda", None)
    assert tone == "loud"
    assert words.startswith("CPU, NOT GPU")
    on_gpu = ReaderState("fake", replace(FAKE_INFO, device="cuda:0"))
    assert model_words(on_gpu, "cuda", None) == ("muted", "fake  ·  cuda:0")


def test_time_left_in_words() -> None:
    assert words_for(Progress(note="a.png")) == "a.png"
    assert words_for(Progress(10, 100, "", 0.1)) == "10 of 100"
    assert words_for(Progress(10, 100, "", 2.0)) == "10 of 100, 18 s left"
    assert words_for(Progress(1000, 100_000, "", 10.0)) == "1,000 of 100,000, 16 min left"


def test_the_status_bar_says_the_next_thing(desk: Desk) -> None:
    words = desk.window.status.next
    assert words.text() == "Press / and type what you mean, then Enter."
    desk.run_phrase("blue square")
    desk.until_proposal()
    assert words.text() == "Press Enter to accept the mask, Esc to reject it."
    desk.key(Qt.Key.Key_Return)
    assert words.text().startswith("Press B to correct the mask")
    desk.letters("b")
    assert words.text().startswith("Paint; Ctrl erases")
    desk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "locked" in words.text()


def test_a_sentence_that_is_cut_says_so(desk: Desk) -> None:
    words = desk.window.status.next
    words.setText("Paint.")
    assert words.shown == words.text()
    drawn = words.grab().toImage()
    words.setText("Paint. " * 60)
    assert words.shown.endswith("…")
    assert words.text().startswith(words.shown[:-1])
    cut = words.grab().toImage()
    assert cut != drawn, "it is drawn anew"


def test_every_edit_reaches_the_disk(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    desk.until_saved()
    desk.until(lambda: desk.window.status.saved.text() == "saved")


def test_a_job_shows_its_progress_and_can_be_stopped(desk: Desk) -> None:
    gate, went_on = threading.Event(), threading.Event()

    def work(context: JobContext) -> Iterator[int]:
        context.progress(3, 10)
        yield 1
        gate.wait(60)
        yield 2
        went_on.set()
        yield 3

    got: list[int] = []
    desk.window.jobs.start(BATCH_LANE, work, title="Count", on_item=got.append)
    strip = desk.window.status.jobs
    desk.until(lambda: strip.isVisible() and strip._bar.value() == 3)
    assert strip._title.text() == "Count"
    desk.until(lambda: got == [1])  # the item comes after the progress
    strip._stop.click()
    gate.set()
    desk.until(lambda: not desk.window.jobs.running)
    assert got == [1]
    assert not went_on.is_set()
    assert not strip.isVisible()
    assert desk.message == "Count was stopped."


def test_a_failing_job_is_a_sentence(desk: Desk) -> None:
    def work(_context: JobContext) -> Iterator[int]:
        yield 1
        raise RuntimeError("out of memory")

    desk.window.jobs.start(BATCH_LANE, work, title="Count")
    desk.until(lambda: "RuntimeError" in desk.message)


def test_messages_stay_inside_and_an_offered_undo_does_not_outlive_its_step(desk: Desk) -> None:
    desk.bridge.say("A long sentence. " * 20, Tone.ERROR)
    strip = desk.window.messages
    assert desk.window.stage.rect().contains(strip.geometry())
    desk.window.resize(1024, 640)
    assert desk.window.stage.rect().contains(strip.geometry())
    desk.accept_phrase("blue square")
    desk.key(Qt.Key.Key_Delete)
    assert strip.message.action == "undo"
    desk.letters("n")
    assert strip.message is None
    assert len(desk.project.referents) == 1


def test_a_model_that_cannot_be_loaded_is_told(open_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = open_desk(shapes)
    problem = "There is no model 'x'; run refseg-annotator models list."
    desk.bridge.readers.put(MediumKind.IMAGE, ReaderState(problem=problem))
    assert desk.window.status.model.text() == "no model"
    assert "models list" in desk.window.status.model.toolTip()
