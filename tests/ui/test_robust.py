"""Robust to people: work under way when the window closes, files that go, two windows, quick fingers, odd phrases."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.storage.project_store import ProjectStore
from tests.ui.conftest import Desk, draw_shapes

CTRL = Qt.KeyboardModifier.ControlModifier
LONG = 20_000  # ms: the machine may be busy


def reopened(path: Path) -> tuple[dict[object, object], dict[object, object], dict[object, object]]:
    with ProjectStore.open(path) as store:
        project = store.load()
        for medium_id in project.media:
            project.put_loaded(medium_id, store.load_annotations(medium_id))
    return dict(project.referents), dict(project.expressions), dict(project.annotations)


def test_closing_while_the_model_works_ends_at_once_and_keeps_the_edits(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    gate, asked = threading.Event(), threading.Event()

    def wait(_tokens: object) -> None:
        asked.set()
        gate.wait(60)

    desk = open_desk(shapes)
    desk.accept_phrase("blue square")
    desk.save_as(tmp_path / "work.refseg")
    kept = dict(desk.project.annotations)
    desk.predictor.before_predict = wait
    desk.run_phrase("red square")
    desk.until(asked.is_set, LONG)
    desk.window.close()
    assert not desk.window.isVisible()
    gate.set()
    desk.close()
    assert reopened(tmp_path / "work.refseg")[2] == kept


def test_closing_while_a_stroke_is_drawn_drops_the_stroke(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    desk = open_desk(shapes)
    desk.save_as(tmp_path / "work.refseg")
    desk.letters("b")
    desk.press(40, 40)
    desk.drag_to(90, 90)
    desk.close()
    assert reopened(tmp_path / "work.refseg") == ({}, {}, {})


def test_an_unplugged_drive_is_a_sentence_and_what_was_made_stays(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    first, second = (draw_shapes(drive / f"{name}.png") for name in "ab")
    desk = open_desk(first, second)
    desk.save_as(tmp_path / "work.refseg")
    desk.accept_phrase("blue square")
    made = dict(desk.project.annotations)
    drive.rename(tmp_path / "gone")
    # The picture on show is in memory: one can go on with it.
    desk.letters("b")
    desk.drag((100, 100), (120, 120))
    assert dict(desk.project.annotations) != made
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.letters("d")
    desk.until(lambda: "b.png" in desk.message, LONG)
    assert desk.canvas.picture is None
    desk.letters("/")
    desk.letters("red square")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.bridge.assist.state.phase in (AssistPhase.FAILED, AssistPhase.IDLE), LONG)
    # Plugged in again, the other picture is there.
    (tmp_path / "gone").rename(drive)
    desk.canvas.setFocus()
    desk.letters("a")
    desk.until(lambda: desk.canvas.picture is not None, LONG)
    desk.letters("d")
    desk.until(lambda: desk.canvas.picture is not None and not desk.canvas.is_waiting, LONG)
    assert dict(desk.project.annotations) == made


def test_a_second_window_on_one_project_is_refused_and_harms_nothing(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    path = tmp_path / "work.refseg"
    first = open_desk(shapes)
    first.save_as(path)
    second = open_desk()
    second.window.desk.open_paths([path])
    second.until(lambda: "work.refseg" in second.message, LONG)
    assert second.bridge.session.path != path
    first.accept_phrase("blue square")
    first.until(lambda: first.bridge.session.saved, LONG)
    made = dict(first.project.annotations)
    first.close()
    second.window.desk.open_paths([path])
    second.until(lambda: second.bridge.session.path == path, LONG)
    second.bridge.session.ensure_loaded(next(iter(second.project.media)))
    assert dict(second.project.annotations) == made


def test_undo_goes_from_picture_to_picture_and_back(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "abc"))
    desk.letters("b")
    states = [dict(desk.project.annotations)]
    for place in range(6):
        desk.drag((20 + 10 * place, 130), (40 + 10 * place, 140))
        states.append(dict(desk.project.annotations))
        desk.letters("d" if place % 3 < 2 else "a")
        desk.until_picture()
    for state in reversed(states[:-1]):
        desk.key(Qt.Key.Key_Z, CTRL)
        while dict(desk.project.annotations) != state and desk.bridge.session.history.can_undo:
            desk.key(Qt.Key.Key_Z, CTRL)
        desk.until_picture()
        assert dict(desk.project.annotations) == state
    for _ in range(20):
        desk.key(Qt.Key.Key_Y, CTRL)
    desk.until_picture()
    assert dict(desk.project.annotations) == states[-1]


def test_five_hundred_quick_keys_in_the_phrase_box_and_out_of_it(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    """No wait in between: phrases asked for are overtaken, and only letters meant for the box are text."""
    desk = open_desk(shapes)
    desk.save_as(tmp_path / "work.refseg")
    chance = random.Random(11)
    for number in range(50):
        desk.letters("/")
        desk.window.phrase_bar.edit.selectAll()
        desk.letters("red" if number % 2 else "blue")
        desk.key(Qt.Key.Key_Return)
        desk.canvas.setFocus()
        desk.letters("".join(chance.choice("bevhx12[]g") for _ in range(4)))
        desk.key(chance.choice([Qt.Key.Key_Escape, Qt.Key.Key_Return]))
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: not desk.bridge.assist.state.is_busy, LONG)
    texts = {expression.text for expression in desk.project.expressions.values()}
    assert texts <= {"red", "blue"}
    kept = (dict(desk.project.referents), dict(desk.project.expressions), dict(desk.project.annotations))
    desk.close()
    assert reopened(tmp_path / "work.refseg") == kept


@pytest.mark.parametrize("phrase", ["", "   ", "?!.,;", "\u200b", "a" * 5000, "左边的狗", "the\tdog", "'; DROP TABLE"])
def test_odd_phrases_are_answered_or_refused_in_a_sentence(desk: Desk, phrase: str) -> None:
    edit = desk.window.phrase_bar.edit
    desk.letters("/")
    edit.setText(phrase)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.bridge.assist.state.is_busy, LONG)
    state = desk.bridge.assist.state
    assert state.phase in (AssistPhase.PROPOSAL, AssistPhase.IDLE, AssistPhase.FAILED)
    assert state.phase is AssistPhase.PROPOSAL or desk.message
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.run_phrase("blue square")
    desk.until_proposal()


def test_a_mask_erased_to_nothing_is_an_empty_mask_that_undo_brings_back(desk: Desk, tmp_path: Path) -> None:
    desk.accept_phrase("blue square")
    referent_id = desk.bridge.referent_id
    whole = desk.mask(referent_id)
    desk.save_as(tmp_path / "work.refseg")
    desk.bridge.set_brush_radius(120)
    desk.letters("e")
    desk.drag((180, 80), (181, 80))
    annotation = desk.project.annotations.get((referent_id, 0))
    assert annotation is None or annotation.mask.is_empty
    desk.letters("h")
    desk.letters("h")
    assert desk.canvas.scene.selected is None
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (desk.mask(referent_id) == whole).all()


def test_a_stroke_beside_the_picture_makes_nothing(desk: Desk) -> None:
    desk.letters("b")
    desk.drag((-40, -40), (-45, -30))
    assert not desk.project.annotations
    assert not desk.project.referents


def test_an_empty_answer_cannot_be_accepted_by_mistake(open_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = open_desk(shapes, predictor=FakePredictor())
    desk.run_phrase("purple circle")
    desk.until_proposal()
    if desk.bridge.assist.proposal.mask.is_empty:
        desk.key(Qt.Key.Key_Return)
        assert not any(one.mask.is_empty for one in desk.project.annotations.values())
