"""Phrases through real keys: run, accept, reject, replace, record, and what happens when the model fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from refseg_annotator.errors import ModelError
from refseg_annotator.inference.predictor import FakePredictor, ImageFeatures, Prediction
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.settings import Settings
from refseg_annotator.text import Tokens
from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.wording import speak
from tests.ui.clips import write_clip
from tests.ui.conftest import Desk


def test_a_phrase_becomes_a_proposal_and_enter_accepts_it(desk: Desk) -> None:
    desk.run_phrase("the red square at the bottom")
    desk.until_proposal()
    assert not desk.project.annotations
    assert desk.canvas.scene.offer is not None
    assert desk.canvas.hasFocus()
    desk.key(Qt.Key.Key_Return)
    (annotation,) = desk.project.annotations.values()
    assert annotation.mask.box.xywh == (30, 60, 60, 60)
    assert [expression.text for expression in desk.project.expressions.values()] == ["the red square at the bottom"]
    assert desk.bridge.referent_id == annotation.referent_id
    assert desk.canvas.scene.offer is None


def test_the_whole_sentence_reaches_the_model(desk: Desk) -> None:
    desk.run_phrase("red, on the left. not blue")
    desk.until_proposal()
    assert desk.predictor.predicted == [("red", "on", "the", "left", "not", "blue")]


def test_esc_rejects(desk: Desk) -> None:
    desk.run_phrase("blue square")
    desk.until_proposal()
    desk.key(Qt.Key.Key_Escape)
    assert desk.bridge.assist.state.phase is AssistPhase.IDLE
    assert desk.canvas.scene.offer is None
    assert not desk.project.annotations
    assert not desk.project.expressions


def test_letters_in_the_phrase_box_are_letters(desk: Desk) -> None:
    desk.letters("/")
    edit = desk.window.phrase_bar.edit
    assert edit.hasFocus()
    desk.letters("bevh g 1[]x nad/")
    assert edit.text() == "bevh g 1[]x nad/"
    assert desk.bridge.tool.id is ToolId.SELECT
    assert not desk.bridge.look.hidden
    assert desk.bridge.brush_radius == 12
    desk.key(Qt.Key.Key_Delete)
    desk.key(Qt.Key.Key_Backspace)
    assert edit.text() == "bevh g 1[]x nad"
    assert len(desk.project.media) == 1


def test_letters_in_the_filter_and_the_properties_are_letters(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    for field in (desk.window.media_list.filter, desk.window.referent_panel.properties.name):
        field.setFocus()
        desk.letters("bhn")
        assert field.text() == "bhn"
    assert desk.bridge.tool.id is ToolId.SELECT
    assert len(desk.project.referents) == 1


def test_the_same_letters_on_the_canvas_are_actions(desk: Desk) -> None:
    desk.letters("b")
    assert desk.bridge.tool.id is ToolId.BRUSH
    desk.letters("e")
    assert desk.bridge.tool.id is ToolId.ERASER
    desk.letters("]")
    assert desk.bridge.brush_radius > 12
    desk.letters("h")
    assert desk.bridge.look.hidden
    desk.letters("h")
    assert not desk.bridge.look.hidden


def test_an_input_method_composes_in_the_phrase_box(desk: Desk) -> None:
    desk.letters("/")
    edit = desk.window.phrase_bar.edit
    QApplication.sendEvent(edit, QInputMethodEvent("zuo", []))
    assert edit.text() == ""
    event = QInputMethodEvent()
    event.setCommitString("左边的狗")
    QApplication.sendEvent(edit, event)
    assert edit.text() == "左边的狗"
    assert desk.bridge.tool.id is ToolId.SELECT


def test_a_second_phrase_replaces_the_first(open_desk: Callable[..., Desk], shapes: Path) -> None:
    gate = threading.Event()
    first = threading.Event()

    def wait(tokens: object) -> None:
        if not first.is_set():
            first.set()
            gate.wait(60)

    desk = open_desk(shapes, predictor=FakePredictor(before_predict=wait))
    desk.run_phrase("red square")
    desk.until(first.is_set)
    desk.run_phrase("blue square")
    gate.set()
    desk.until_proposal()
    assert desk.bridge.assist.proposal.text == "blue square"
    assert desk.bridge.assist.proposal.mask.box.xywh == (150, 50, 60, 60)


def test_the_window_lives_while_the_model_works_and_esc_stops_it(open_desk: Callable[..., Desk], shapes: Path) -> None:
    gate = threading.Event()
    desk = open_desk(shapes, predictor=FakePredictor(before_predict=lambda tokens: gate.wait(60)))
    desk.run_phrase("red square")
    desk.until(lambda: desk.bridge.assist.state.phase is AssistPhase.READING_PHRASE)
    assert desk.window.phrase_bar.ring.is_busy
    desk.letters("b")
    assert desk.bridge.tool.id is ToolId.BRUSH
    desk.key(Qt.Key.Key_Escape)
    assert desk.bridge.assist.state.phase is AssistPhase.IDLE
    gate.set()


def test_a_failing_model_is_a_sentence_in_the_window(open_desk: Callable[..., Desk], shapes: Path) -> None:
    def fail(tokens: object) -> None:
        raise ModelError("The model is out of sorts; choose another in the settings.")

    desk = open_desk(shapes, predictor=FakePredictor(before_predict=fail))
    desk.run_phrase("red square")
    desk.until(lambda: desk.bridge.assist.state.phase is AssistPhase.FAILED)
    assert desk.message == "The model is out of sorts; choose another in the settings."
    assert desk.window.messages.isVisible()
    desk.predictor.before_predict = None
    desk.run_phrase("red square")
    desk.until_proposal()


def test_what_is_not_there_is_recorded_as_such(desk: Desk) -> None:
    desk.run_phrase("purple circle")
    desk.until_proposal()
    bar = desk.window.phrase_bar
    assert bar.pill.text() == "probably not in this image"
    assert bar.nothing.isVisible()
    assert bar.hint.text().startswith("G records that nothing here is meant")
    desk.letters("g")
    (expression,) = desk.project.expressions.values()
    assert (expression.text, expression.no_target, expression.targets) == ("purple circle", True, ())
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not desk.project.expressions


@pytest.fixture
def spoken() -> Iterator[None]:
    """The language of the tests afterwards."""
    yield
    speak("en")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_no_word_of_the_phrase_bar_is_cut_off_in_a_narrow_window(
    open_desk: Callable[..., Desk], shapes: Path, language: str
) -> None:
    desk = open_desk(shapes, settings=Settings(theme="light", reduced_motion=True, language=language))
    bar = desk.window.phrase_bar
    desk.run_phrase("purple circle")
    desk.until_proposal()
    row = [bar.edit, bar.pill, *bar.candidates, bar.nothing, bar.accept, bar.reject]
    # As many readings as a model gives, and a mask that could be accepted all the same.
    for widget in (*bar.candidates[:5], bar.accept):
        widget.show()
    for width in (1500, 1024):
        desk.window.resize(width, 700)
        desk.until(lambda width=width: desk.window.width() == width and bar.width() == width)
        bar.layout().activate()
        shown = [widget for widget in row if widget.isVisible()]
        assert len(shown) == 10
        for widget in shown:
            assert widget.width() >= widget.minimumSizeHint().width(), (language, width, widget.accessibleName())
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.geometry().left()
        assert shown[-1].geometry().right() <= bar.width()
        assert bar.nothing.text()  # what is proposed is said in words
        assert bar.reject.accessibleName()
    desk.window.resize(1500, 700)
    desk.until(lambda: bar.reject.text() != "")
    assert bar.accept.text()


def test_a_digit_shows_another_reading(desk: Desk) -> None:
    desk.run_phrase("red square")
    desk.until_proposal()
    candidates = desk.bridge.assist.proposal.candidates
    assert len(candidates) == 2
    assert [button.isVisible() for button in desk.window.phrase_bar.candidates][:3] == [True, True, False]
    desk.letters("2")
    assert desk.bridge.assist.proposal.mask == candidates[1].mask
    desk.key(Qt.Key.Key_Return)
    (annotation,) = desk.project.annotations.values()
    assert annotation.mask == candidates[1].mask


def test_shift_enter_adds_a_further_expression(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent_id = desk.bridge.referent_id
    desk.letters("/")
    desk.letters("the one on the right")
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    texts = [expression.text for expression in desk.project.expressions_for(referent_id)]
    assert texts == ["blue square", "the one on the right"]
    assert len(desk.predictor.predicted) == 1


def test_unknown_words_are_named_under_the_bar(desk: Desk) -> None:
    desk.run_phrase("red dromedary")
    desk.until_proposal()
    assert "“dromedary”" in desk.window.phrase_bar.hint.text()


def test_what_was_read_beside_the_phrase_is_told_under_the_bar(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = FakePredictor.predict

    def plainly(self: FakePredictor, features: ImageFeatures, tokens: Tokens) -> Prediction:
        plain = "blue square" if "big" in tokens.words else ""
        return replace(real(self, features, tokens), plain=plain)

    monkeypatch.setattr(FakePredictor, "predict", plainly)
    for phrase, told in (("big blue square", True), ("blue square", False)):
        desk.run_phrase(phrase)
        desk.until_proposal()
        hint = desk.window.phrase_bar.hint.text()
        assert ("“blue square”" in hint) is told
        assert "Enter" in hint
        desk.key(Qt.Key.Key_Escape)
    desk.run_phrase("big dromedary")
    desk.until_proposal()
    hint = desk.window.phrase_bar.hint.text()
    assert "“dromedary”" in hint
    assert "passed over" not in hint
    assert "“blue square”" in hint


def test_a_colour_that_the_answer_hardly_has_is_told_under_the_bar(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = FakePredictor.predict

    def doubted(self: FakePredictor, features: ImageFeatures, tokens: Tokens) -> Prediction:
        prediction = real(self, features, tokens)
        if "green" not in tokens.words:
            return prediction
        return replace(real(self, features, self.tokenize("blue square")), presence=0.1, unlike="green")

    monkeypatch.setattr(FakePredictor, "predict", doubted)
    for phrase, told in (("green square", True), ("blue square", False)):
        desk.run_phrase(phrase)
        desk.until_proposal()
        proposal = desk.bridge.assist.proposal
        assert proposal is not None
        assert proposal.is_absent is told
        assert ("hardly “green”" in desk.window.phrase_bar.hint.text()) is told
        desk.key(Qt.Key.Key_Escape)


def test_running_again_replaces_this_mask_and_no_other(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    blue = desk.bridge.referent_id
    desk.accept_phrase("red square at the bottom")
    red = desk.bridge.referent_id
    before = desk.mask(blue)
    desk.letters("b")
    desk.drag((35, 70), (85, 70))
    desk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.until_proposal()
    desk.key(Qt.Key.Key_Return)
    assert desk.project.annotations[(red, 0)].mask.box.xywh == (30, 60, 60, 60)
    assert len(desk.project.referents) == 2
    assert (desk.mask(blue) == before).all()


def test_an_empty_phrase_says_what_to_do(desk: Desk) -> None:
    desk.letters("/")
    desk.key(Qt.Key.Key_Return)
    assert desk.message.startswith("Type what you mean first")
    assert not desk.predictor.predicted


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_accepts_marks_reviewed_and_goes_on(
    open_desk: Callable[..., Desk], tmp_path: Path, enter: Qt.Key
) -> None:
    from tests.ui.conftest import draw_shapes

    paths = [draw_shapes(tmp_path / f"{name}.png") for name in "abc"]
    desk = open_desk(*paths)
    first = desk.bridge.medium_id
    desk.run_phrase("blue square")
    desk.until_proposal()
    desk.key(enter, Qt.KeyboardModifier.ControlModifier)
    assert desk.project.media[first].state == "reviewed"
    assert len(desk.project.annotations) == 1
    assert desk.bridge.medium_id != first


def test_in_a_clip_a_doubtful_answer_is_put_to_the_vote(
    open_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FakePredictor.predict

    def doubtfully(self: FakePredictor, features: ImageFeatures, tokens: Tokens) -> Prediction:
        return replace(real(self, features, tokens), score=0.4)

    monkeypatch.setattr(FakePredictor, "predict", doubtfully)
    desk = open_desk(write_clip(tmp_path / "clip.mp4", 24))
    desk.until(lambda: desk.bridge.medium is not None and desk.bridge.medium.frame_count == 24)
    bar, shown = desk.window.phrase_bar, []
    desk.bridge.assist_changed.connect(lambda state: shown.append((state.asking, bar.ring.is_busy, bar.hint.text())))
    desk.run_phrase("red square")
    desk.until(lambda: (offer := desk.bridge.assist.proposal) is not None and offer.asked_on > 1)
    asking = [(busy, words) for asking, busy, words in shown if asking]
    assert asking
    assert all(busy and "asks frames around" in words and "Enter accepts" in words for busy, words in asking)
    assert not bar.ring.is_busy
    assert "7 frames of the clip voted" in bar.hint.text()
    desk.key(Qt.Key.Key_Return)
    (annotation,) = desk.bridge.session.project.annotations_on(desk.bridge.medium_id, 0)
    assert annotation.mask.area > 0
