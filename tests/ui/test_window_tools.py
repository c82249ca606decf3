"""The tools of whole masks through real mouse and key events: exact pixels at several zooms, one edit each, and none of
the heavy work on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from refseg_annotator.core.geometry import Box
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.inference.clicks import Prompts
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services import annotate, mask_tools, refine
from refseg_annotator.ui.tools import tool_bucket, tool_desk, tool_pieces_cache, tool_points, tool_wand
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import BACKGROUND, Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton
SIZE = (240, 160)
LOWER, UPPER, BLUE = Box(30, 60, 90, 120), Box(20, 10, 40, 30), Box(150, 50, 210, 110)
PATIENCE = 60_000
"""Milliseconds, for a machine that does a great deal else."""
ZOOMS = (0.7, 1.0, 3.3, 9.0)


def boxes(*filled: Box) -> np.ndarray:
    """A mask of the picture's size with boxes filled."""
    array = np.zeros(SIZE[::-1], bool)
    for box in filled:
        array[box.slices] = True
    return array


def zoom_to(desk: Desk, scale: float, x: float, y: float) -> None:
    """Make a source point the middle of the canvas at a zoom."""
    desk.canvas.zoom(scale / desk.canvas.view.scale, QPointF(desk.at(x, y)))
    middle = desk.canvas.rect().center() - desk.at(x, y)
    ratio = desk.canvas.devicePixelRatioF()
    desk.canvas._look(desk.canvas.view.moved(round(middle.x() * ratio), round(middle.y() * ratio)))


def click(desk: Desk, x: float, y: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.press(x, y, modifiers)
    desk.release(x, y, modifiers)


def right_click(desk: Desk, x: float, y: float) -> None:
    QTest.mouseClick(desk.canvas, RIGHT, Qt.KeyboardModifier.NoModifier, desk.at(x, y))


def until_idle(desk: Desk) -> None:
    """The hand is free, and nothing is computed any more."""
    desk.until(lambda: not desk.window.hand.is_busy and not desk.window.tools.options.is_busy, timeout=PATIENCE)


def until_answered(desk: Desk) -> None:
    desk.until(lambda: not desk.window.tools.options.is_busy, timeout=PATIENCE)


def paint(desk: Desk, array: np.ndarray) -> Any:
    """A referent with a mask of a test's own, selected."""
    from refseg_annotator.services import annotate

    session, medium_id = desk.bridge.session, desk.bridge.medium_id
    made = annotate.paint_new(session, medium_id, 0, Box(0, 0, *SIZE), array)
    desk.bridge.select(made)
    return made


def steps(desk: Desk) -> int:
    return desk.bridge.session.history.state_number


@pytest.fixture
def heavy(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Notes in which thread each piece of heavy work is done."""
    seen: dict[str, list[str]] = {}

    def spy(module: Any, name: str) -> None:
        done = getattr(module, name)

        def noted(*args: Any, **kwargs: Any) -> Any:
            seen.setdefault(name, []).append(threading.current_thread().name)
            return done(*args, **kwargs)

        monkeypatch.setattr(module, name, noted)

    spy(tool_points, "refine")
    spy(tool_wand, "likeness")
    spy(tool_wand, "combine")
    spy(tool_pieces_cache, "cut_into_pieces")
    spy(tool_bucket, "enclosed_at")
    spy(tool_bucket, "part_at")
    return seen


def assert_in_lane(heavy: dict[str, list[str]], *names: str) -> None:
    for name in names:
        assert heavy[name], name
        assert set(heavy[name]) == {"lane-tool"}, (name, heavy[name])


# --- the magic wand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ZOOMS)
def test_the_wand_takes_the_clicked_square_at_any_zoom(desk: Desk, scale: float, heavy: dict[str, list[str]]) -> None:
    zoom_to(desk, scale, 60, 90)
    desk.letters("w")
    assert desk.bridge.tool.id is ToolId.WAND
    before = steps(desk)
    click(desk, 60, 90)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert (annotation.mask.to_array() == boxes(LOWER)).all()
    assert annotation.provenance.clicks == 1
    assert annotation.provenance.seconds >= 0
    assert steps(desk) == before + 1
    assert desk.bridge.session.history.undo_title == "Magic wand"
    assert_in_lane(heavy, "likeness", "combine")
    desk.key(Qt.Key.Key_Z, CTRL)
    assert not desk.project.referents


def test_the_wand_takes_a_colour_anywhere_when_not_connected(desk: Desk) -> None:
    desk.letters("w")
    desk.window.tools.bar.contiguous.click()
    click(desk, 60, 90)
    until_idle(desk)
    assert (desk.mask(desk.bridge.referent_id) == boxes(LOWER, UPPER)).all()


def test_dragging_the_wand_changes_its_tolerance_and_escape_takes_that_back(desk: Desk) -> None:
    desk.letters("w")
    options = desk.window.tools.options
    before = options.options.tolerance
    desk.press(60, 90)
    where = desk.canvas.position_of(60, 90)
    x, y = desk.canvas.source_at(where + QPointF(600, 0))
    desk.drag_to(x, y)
    assert options.options.tolerance == 100
    assert desk.window.tools.bar.fields["tolerance"].box.value() == 100
    until_answered(desk)
    assert desk.canvas._draft.pixels.mask.area > LOWER.area
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.hand.is_busy
    assert options.options.tolerance == before
    assert not desk.project.referents


def test_presses_that_come_before_the_answer_wait_for_their_turn(desk: Desk) -> None:
    desk.letters("w")
    for place in ((60, 90), (30, 20), (180, 80)):
        click(desk, *place)
    until_idle(desk)
    assert (desk.mask(desk.bridge.referent_id) == boxes(LOWER, UPPER, BLUE)).all()
    assert len(desk.project.referents) == 1


def test_ctrl_takes_away_and_intersect_keeps_what_is_in_both(desk: Desk) -> None:
    referent = paint(desk, boxes(Box(20, 50, 160, 130)))
    desk.letters("w")
    click(desk, 60, 90, CTRL)
    until_idle(desk)
    expected = boxes(Box(20, 50, 160, 130)) & ~boxes(LOWER)
    assert (desk.mask(referent) == expected).all()
    desk.letters("mm")
    assert desk.window.tools.options.options.mode is mask_tools.Mode.INTERSECT
    click(desk, 180, 80)
    until_idle(desk)
    assert (desk.mask(referent) == expected & boxes(BLUE)).all()


# --- superpixels -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ZOOMS)
def test_a_click_takes_a_piece_exactly(desk: Desk, scale: float, heavy: dict[str, list[str]]) -> None:
    zoom_to(desk, scale, 100, 80)
    desk.letters("u")
    desk.until(lambda: desk.canvas.pieces is not None, timeout=PATIENCE)
    assert_in_lane(heavy, "cut_into_pieces")
    pieces = desk.canvas.pieces
    assert pieces.count > 10
    click(desk, 100.5, 80.5)
    x, y = desk.canvas.source_at(QPointF(desk.at(100.5, 80.5)))
    box, pixels = pieces.pixels_of(pieces.piece_at(int(x), int(y)))
    expected = np.zeros(SIZE[::-1], bool)
    expected[box.slices] = pixels
    referent = desk.bridge.referent_id
    assert (desk.mask(referent) == expected).all()
    assert desk.bridge.session.history.undo_title == "Superpixels"
    click(desk, 100.5, 80.5, CTRL)
    assert not desk.mask(referent).any()


def test_a_drag_takes_all_pieces_on_its_way_as_one_edit(desk: Desk) -> None:
    desk.letters("u")
    desk.until(lambda: desk.canvas.pieces is not None, timeout=PATIENCE)
    pieces = desk.canvas.pieces
    before = steps(desk)
    desk.drag((10, 140), (230, 140))
    assert steps(desk) == before + 1
    (x0, y0), (x1, _) = (desk.canvas.source_at(QPointF(desk.at(x, 140))) for x in (10, 230))
    crossed = {pieces.piece_at(int(x), int(y0)) for x in np.linspace(x0, x1, 2000)}
    expected = np.zeros(SIZE[::-1], bool)
    for piece in crossed:
        box, pixels = pieces.pixels_of(piece)
        expected[box.slices] |= pixels
    assert (desk.mask(desk.bridge.referent_id) == expected).all()


def test_the_piece_under_the_pointer_is_lit_and_pieces_are_cut_once(desk: Desk, heavy: dict[str, list[str]]) -> None:
    desk.letters("u")
    desk.until(lambda: desk.canvas.pieces is not None, timeout=PATIENCE)
    desk.move(100, 80)
    desk.until(lambda: desk.canvas.glow is not None)
    first = desk.canvas.glow.pixels.mask
    desk.move(20, 140)
    desk.until(lambda: desk.canvas.glow is not None and desk.canvas.glow.pixels.mask != first)
    desk.letters("v")
    assert desk.canvas.glow is None
    assert desk.canvas.pieces is None
    desk.letters("u")
    assert desk.canvas.pieces is not None
    assert len(heavy["cut_into_pieces"]) == 1
    desk.letters("]")
    desk.until(lambda: desk.canvas.pieces is not None, timeout=PATIENCE)
    assert len(heavy["cut_into_pieces"]) == 2


def test_superpixels_intersect(desk: Desk) -> None:
    referent = paint(desk, boxes(Box(0, 0, 240, 160)))
    desk.letters("u")
    desk.until(lambda: desk.canvas.pieces is not None, timeout=PATIENCE)
    desk.letters("mm")
    click(desk, 100.5, 80.5)
    pieces = desk.canvas.pieces
    x, y = desk.canvas.source_at(QPointF(desk.at(100.5, 80.5)))
    assert int(desk.mask(referent).sum()) == pieces.pixels_of(pieces.piece_at(int(x), int(y)))[1].sum()


# --- fill ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ZOOMS)
def test_the_bucket_fills_the_clicked_hole_and_no_other(desk: Desk, scale: float, heavy: dict[str, list[str]]) -> None:
    array = boxes(Box(40, 40, 140, 120))
    array[50:60, 50:60] = array[80:100, 70:90] = False
    array[90, 80] = True
    referent = paint(desk, array)
    zoom_to(desk, scale, 75, 85)
    QTest.keyClick(desk.focus, Qt.Key.Key_B, SHIFT)
    assert desk.bridge.tool.id is ToolId.FILL
    click(desk, 75, 85)
    until_idle(desk)
    expected = array.copy()
    expected[80:100, 70:90] = True
    assert (desk.mask(referent) == expected).all()
    assert_in_lane(heavy, "enclosed_at")
    click(desk, 75, 85, CTRL)
    until_idle(desk)
    assert not desk.mask(referent).any()
    assert_in_lane(heavy, "part_at")


def test_the_bucket_refuses_what_is_not_enclosed(desk: Desk) -> None:
    paint(desk, boxes(Box(40, 40, 140, 120)))
    QTest.keyClick(desk.focus, Qt.Key.Key_B, SHIFT)
    before = steps(desk)
    click(desk, 200, 20)
    until_idle(desk)
    assert desk.message.startswith("This place is not enclosed")
    click(desk, 60, 60)
    until_idle(desk)
    assert desk.message.startswith("This place belongs to the mask already")
    assert steps(desk) == before


# --- points and box --------------------------------------------------------------------------------------------------


def by_colours(desk: Desk) -> None:
    """Have clicks answered without the model."""
    options = desk.window.tools.options
    options.set(replace(options.options, method=refine.Method.GRABCUT))


def by_network(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the model loaded that clicks are put to; the names of the threads it is asked in."""
    desk.letters("s")
    medium_id, frame = desk.bridge.medium_id, desk.bridge.frame
    desk.until(lambda: desk.bridge.assist.click_model(medium_id, frame))
    threads: list[str] = []
    read = FakePredictor.read_clicks

    def noted(*asked: Any) -> Any:
        threads.append(threading.current_thread().name)
        return read(*asked)

    monkeypatch.setattr(FakePredictor, "read_clicks", noted)
    return threads


def test_the_model_answers_points_off_the_windows_thread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = by_network(desk, monkeypatch)
    click(desk, 60, 90)
    until_answered(desk)
    # The fake knows the square as the model knows things: whole, to the pixel, whatever colours lie in it.
    assert desk.canvas._draft.pixels.mask == Mask.from_array(boxes(LOWER))
    click(desk, 180, 80)
    until_answered(desk)
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert annotation.mask == Mask.from_array(boxes(LOWER) | boxes(BLUE))
    assert (annotation.provenance.clicks, annotation.provenance.model) == (2, "fake 1")
    assert "clicks answered by the model (fake 1)" in desk.window.referent_panel.properties.source.text()
    assert set(threads) == {"lane-tool"}


def test_a_box_on_nothing_is_the_models_and_one_on_a_mask_the_colours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = by_network(desk, monkeypatch)
    desk.drag((140, 40), (180, 80), (220, 120))
    until_answered(desk)
    assert desk.canvas._draft.pixels.mask == Mask.from_array(boxes(BLUE))
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    asked = len(threads)
    desk.drag((140, 40), (180, 80), (220, 120))
    until_answered(desk)
    assert len(threads) == asked


def test_a_mask_that_colours_drew_in_the_end_names_no_model(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = by_network(desk, monkeypatch)
    click(desk, 60, 90)
    until_answered(desk)
    assert threads
    by_colours(desk)
    until_answered(desk)
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert annotation.provenance.model is None


def test_without_a_model_that_reads_clicks_colours_answer_and_it_is_said_once(
    open_desk: Callable[..., Desk], shapes: Path
) -> None:
    class Clickless(FakePredictor):
        reads_clicks = False

    desk = open_desk(shapes, predictor=Clickless())
    desk.until(lambda: desk.bridge.assist.model() is not None)
    said: list[str] = []
    desk.bridge.said.connect(lambda message: said.append(message.sentence))
    desk.letters("s")
    for _ in range(2):
        click(desk, 60, 90)
        until_answered(desk)
        assert iou(desk.canvas._draft.pixels.mask, Mask.from_array(boxes(LOWER))) > 0.97
        desk.key(Qt.Key.Key_Escape)
    assert len([words for words in said if "fake reads no clicks" in words]) == 1


@pytest.mark.parametrize("scale", ZOOMS)
def test_points_find_a_square_and_enter_keeps_it(desk: Desk, scale: float, heavy: dict[str, list[str]]) -> None:
    by_colours(desk)
    zoom_to(desk, scale, 60, 90)
    desk.letters("s")
    before = steps(desk)
    click(desk, 60, 90)
    until_answered(desk)
    assert not desk.project.referents
    assert len(desk.canvas.clicks) == 1
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert iou(annotation.mask, Mask.from_array(boxes(LOWER))) > 0.97
    assert steps(desk) == before + 1
    assert (annotation.provenance.clicks, annotation.provenance.model) == (1, None)
    assert desk.canvas.clicks == ()
    assert_in_lane(heavy, "refine")


def test_plus_minus_back_and_escape(desk: Desk) -> None:
    desk.letters("s")
    click(desk, 60, 90)
    click(desk, 180, 80)
    until_answered(desk)
    mask = desk.canvas._draft.pixels.mask
    assert mask.contains_point(60, 90)
    assert mask.contains_point(180, 80)
    desk.key(Qt.Key.Key_Backspace)
    until_answered(desk)
    assert not desk.canvas._draft.pixels.mask.contains_point(180, 80)
    right_click(desk, 60, 90)
    until_answered(desk)
    assert [click.positive for click in desk.canvas.clicks] == [True, False]
    assert not desk.canvas._draft.pixels.mask.contains_point(60, 90)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.hand.is_busy
    assert desk.canvas.clicks == ()
    assert desk.canvas._draft is None
    assert not desk.project.referents


def test_backspace_at_the_first_point_ends_it(desk: Desk) -> None:
    desk.letters("s")
    click(desk, 60, 90)
    desk.key(Qt.Key.Key_Backspace)
    until_idle(desk)
    assert desk.canvas.clicks == ()
    assert not desk.project.referents


def test_a_dragged_box_finds_what_lies_in_it(desk: Desk) -> None:
    desk.letters("s")
    desk.drag((140, 40), (180, 80), (220, 120))
    until_answered(desk)
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert iou(annotation.mask, Mask.from_array(boxes(BLUE))) > 0.97
    assert annotation.provenance.clicks == 1


def test_points_correct_the_selected_mask_and_leave_the_rest_to_the_pixel(desk: Desk) -> None:
    array = boxes(LOWER)
    array[70:75, 40:45] = False
    array[155, 235] = True
    referent, other = paint(desk, array), paint(desk, boxes(UPPER))
    desk.bridge.select(referent)
    desk.letters("s")
    click(desk, 180, 80)
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    found = desk.mask(referent)
    assert (found & ~boxes(BLUE) == array).all()
    assert iou(Mask.from_array(found & boxes(BLUE)), Mask.from_array(boxes(BLUE))) > 0.97
    assert (desk.mask(other) == boxes(UPPER)).all()


def test_the_latest_question_wins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, asked = threading.Event(), []

    def slow(image: Any, base: Mask, prompts: Prompts, **options: Any) -> Mask:
        asked.append(len(prompts.clicks))
        assert gate.wait(60)
        return Mask.from_array(boxes(Box(0, 0, 10 * len(prompts.clicks), 10)))

    monkeypatch.setattr(tool_points, "refine", slow)
    by_colours(desk)
    desk.letters("s")
    click(desk, 50, 90)
    # On a busy machine the worker may begin late; what it finds then would be a later question.
    desk.until(lambda: asked)
    for x in (60, 70, 80):
        click(desk, x, 90)
    desk.key(Qt.Key.Key_Return)
    assert desk.window.hand.is_busy
    gate.set()
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert annotation.mask.area == 400
    # The first was under way; those between were never begun.
    assert asked == [1, 4]


def test_a_proposal_is_corrected_in_its_place_and_accepted_with_one_enter(desk: Desk) -> None:
    desk.run_phrase("blue square")
    desk.until_proposal()
    offered = desk.bridge.assist.proposal
    assert offered.prior is not None
    desk.letters("s")
    click(desk, 60, 90)
    until_answered(desk)
    corrected = desk.bridge.assist.proposal
    assert corrected.mask.contains_point(60, 90)
    assert not desk.project.referents
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.project.annotations)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert annotation.mask == corrected.mask
    assert annotation.provenance.clicks == 1
    assert annotation.provenance.phrase == "blue square"
    assert annotation.provenance.iou_before == pytest.approx(iou(corrected.mask, offered.mask))
    assert desk.bridge.assist.proposal is None


def test_escape_gives_the_proposal_back_as_it_was(desk: Desk) -> None:
    desk.run_phrase("blue square")
    desk.until_proposal()
    offered = desk.bridge.assist.proposal.mask
    desk.letters("s")
    click(desk, 60, 90)
    until_answered(desk)
    assert desk.bridge.assist.proposal.mask != offered
    desk.key(Qt.Key.Key_Escape)
    assert desk.bridge.assist.proposal.mask == offered
    assert desk.bridge.assist.proposal.clicks == 0
    desk.key(Qt.Key.Key_Escape)
    assert desk.bridge.assist.proposal is None


def test_a_right_click_first_is_told_what_to_do(desk: Desk) -> None:
    desk.letters("s")
    right_click(desk, 60, 90)
    assert desk.message.startswith("Click what belongs to it first")
    assert not desk.window.hand.is_busy


def test_the_random_walker_answers_too(desk: Desk) -> None:
    desk.letters("s")
    bar = desk.window.tools.bar
    bar.method.setCurrentIndex(2)
    bar.method.activated.emit(2)
    assert desk.window.tools.options.options.method is refine.Method.RANDOM_WALKER
    click(desk, 60, 90)
    until_answered(desk)
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    (annotation,) = desk.project.annotations.values()
    assert iou(annotation.mask, Mask.from_array(boxes(LOWER))) > 0.9


# --- shapes with a mode ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keys", "expected"), [("", "add"), ("m", "subtract"), ("mm", "intersect")])
def test_rectangles_add_subtract_and_intersect(desk: Desk, keys: str, expected: str) -> None:
    array = boxes(Box(40, 40, 140, 120))
    array[50:60, 50:60] = False
    referent = paint(desk, array)
    desk.letters("r" + keys)
    desk.drag((100, 20), (200, 90))
    (x0, y0), (x1, y1) = (desk.canvas.source_at(QPointF(desk.at(*place))) for place in ((100, 20), (200, 90)))
    rows, columns = np.mgrid[:160, :240] + 0.5
    shape = (columns > x0) & (columns < x1) & (rows > y0) & (rows < y1)
    wanted = {"add": array | shape, "subtract": array & ~shape, "intersect": array & shape}[expected]
    assert (desk.mask(referent) == wanted).all()


# --- operations ------------------------------------------------------------------------------------------------------

OPERATIONS = [
    ("grow", Qt.Key.Key_G, "Grow", lambda mask: mask_tools.grow(mask, 2)),
    ("shrink", Qt.Key.Key_S, "Shrink", lambda mask: mask_tools.shrink(mask, 2)),
    ("smooth", Qt.Key.Key_M, "Smooth", lambda mask: mask_tools.smooth(mask, 3)),
    ("fill_holes", Qt.Key.Key_O, "Fill holes", mask_tools.fill_holes),
    ("drop_specks", Qt.Key.Key_X, "Drop specks", lambda mask: mask_tools.drop_specks(mask, 30)),
]


def ragged() -> np.ndarray:
    """Two parts, holes large and small, single pixels."""
    array = boxes(LOWER, Box(120, 20, 160, 50))
    array[70:80, 40:60] = array[100, 60] = False
    array[5, 5] = array[130:134, 200:204] = True
    return array


@pytest.fixture
def operating(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which operations are applied; to be asked for before the window is made."""
    threads: list[str] = []

    def noted(done: Callable[[Mask, int], Mask]) -> Callable[[Mask, int], Mask]:
        def apply(mask: Mask, amount: int) -> Mask:
            threads.append(threading.current_thread().name)
            return done(mask, amount)

        return apply

    rows = tuple(replace(row, apply=noted(row.apply)) for row in tool_desk.OPERATIONS)
    monkeypatch.setattr(tool_desk, "OPERATIONS", rows)
    return threads


@pytest.mark.parametrize(("name", "key", "title", "apply"), OPERATIONS, ids=[row[0] for row in OPERATIONS])
def test_an_operation_is_shown_kept_with_enter_and_undone(
    operating: list[str], desk: Desk, name: str, key: Qt.Key, title: str, apply: Callable[[Mask], Mask]
) -> None:
    referent, other = paint(desk, ragged()), paint(desk, boxes(BLUE))
    desk.bridge.select(referent)
    before = steps(desk)
    desk.key(key, SHIFT)
    until_answered(desk)
    expected = apply(Mask.from_array(ragged()))
    assert desk.canvas._draft.pixels.mask == expected
    assert desk.window.tools.bar.apply.isVisible()
    assert steps(desk) == before
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    assert (desk.mask(referent) == expected.to_array()).all()
    assert (desk.mask(other) == boxes(BLUE)).all()
    assert steps(desk) == before + 1
    assert desk.bridge.session.history.undo_title == title
    assert not desk.window.tools.bar.apply.isVisible()
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (desk.mask(referent) == ragged()).all()
    assert set(operating) == {"lane-tool"}


def test_the_number_changes_what_is_shown_and_escape_drops_it(desk: Desk) -> None:
    referent = paint(desk, boxes(LOWER))
    before = steps(desk)
    desk.key(Qt.Key.Key_G, SHIFT)
    bar = desk.window.tools.bar
    for amount in (3, 4):
        desk.letters("]")
        assert bar.fields["grow"].box.value() == amount
        desk.until(lambda amount=amount: desk.canvas._draft.pixels.mask == grown(amount), timeout=PATIENCE)
    bar.fields["grow"].box.setFocus()
    bar.fields["grow"].box.selectAll()
    QTest.keyClicks(bar.fields["grow"].box, "9")
    QTest.keyClick(bar.fields["grow"].box, Qt.Key.Key_Escape)
    assert desk.canvas.hasFocus()
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.hand.is_busy
    assert desk.canvas._draft is None
    assert (desk.mask(referent) == boxes(LOWER)).all()
    assert steps(desk) == before


def grown(amount: int) -> Mask:
    return mask_tools.grow(Mask.from_array(boxes(LOWER)), amount)


def test_enter_in_the_number_keeps_what_it_says(desk: Desk) -> None:
    referent = paint(desk, boxes(LOWER))
    desk.key(Qt.Key.Key_G, SHIFT)
    box = desk.window.tools.bar.fields["grow"].box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "7")
    QTest.keyClick(box, Qt.Key.Key_Return)
    until_idle(desk)
    assert (desk.mask(referent) == grown(7).to_array()).all()


def test_the_buttons_of_the_bar_keep_and_drop(desk: Desk) -> None:
    referent = paint(desk, boxes(LOWER))
    bar = desk.window.tools.bar
    desk.key(Qt.Key.Key_G, SHIFT)
    QTest.mouseClick(bar.drop, Qt.MouseButton.LeftButton)
    assert not desk.window.hand.is_busy
    desk.key(Qt.Key.Key_G, SHIFT)
    QTest.mouseClick(bar.apply, Qt.MouseButton.LeftButton)
    until_idle(desk)
    assert (desk.mask(referent) == grown(2).to_array()).all()


def test_nothing_to_change_is_said_and_is_no_step(desk: Desk) -> None:
    paint(desk, boxes(LOWER))
    before = steps(desk)
    desk.key(Qt.Key.Key_O, SHIFT)
    desk.key(Qt.Key.Key_Return)
    until_idle(desk)
    assert desk.message == "Fill holes: nothing to change in this mask."
    assert steps(desk) == before


def test_selecting_another_referent_drops_what_was_shown_for_the_first(desk: Desk) -> None:
    first, second = paint(desk, boxes(LOWER)), paint(desk, boxes(BLUE))
    desk.bridge.select(first)
    desk.key(Qt.Key.Key_G, SHIFT)
    until_answered(desk)
    desk.bridge.select(second)
    assert not desk.window.hand.is_busy
    assert (desk.mask(first) == boxes(LOWER)).all()
    assert (desk.mask(second) == boxes(BLUE)).all()


@pytest.mark.parametrize("key", [row[1] for row in OPERATIONS] + [Qt.Key.Key_I, Qt.Key.Key_P])
def test_a_locked_referent_refuses_with_a_sentence(desk: Desk, key: Qt.Key) -> None:
    referent = paint(desk, boxes(LOWER, UPPER))
    desk.key(Qt.Key.Key_L, CTRL)
    before = steps(desk)
    desk.key(key, SHIFT)
    until_idle(desk)
    assert "is locked; unlock it" in desk.message
    assert steps(desk) == before
    assert (desk.mask(referent) == boxes(LOWER, UPPER)).all()


@pytest.mark.parametrize("letter", ["s", "w"])
def test_tools_leave_a_locked_referent_alone(desk: Desk, letter: str) -> None:
    referent = paint(desk, boxes(LOWER))
    desk.key(Qt.Key.Key_L, CTRL)
    desk.letters(letter)
    click(desk, 180, 80)
    until_idle(desk)
    assert "is locked; unlock it" in desk.message
    assert (desk.mask(referent) == boxes(LOWER)).all()


def test_a_proposal_is_decided_before_an_operation(desk: Desk) -> None:
    paint(desk, boxes(LOWER))
    desk.run_phrase("blue square")
    desk.until_proposal()
    desk.key(Qt.Key.Key_G, SHIFT)
    assert desk.message.startswith("Accept the proposal first")
    assert not desk.window.hand.is_busy
    assert desk.bridge.assist.proposal is not None


# --- invert, split, merge, copy --------------------------------------------------------------------------------------


def test_invert(desk: Desk) -> None:
    referent = paint(desk, ragged())
    desk.key(Qt.Key.Key_I, SHIFT)
    until_idle(desk)
    assert (desk.mask(referent) == ~ragged()).all()
    desk.key(Qt.Key.Key_I, SHIFT)
    until_idle(desk)
    assert (desk.mask(referent) == ragged()).all()


def test_split_and_merge_again(desk: Desk) -> None:
    referent = paint(desk, boxes(LOWER, BLUE))
    desk.key(Qt.Key.Key_P, SHIFT)
    assert len(desk.project.referents) == 2
    other = next(one for one in desk.project.referents if one != referent)
    assert (desk.mask(other) == boxes(LOWER)).all() != (desk.mask(other) == boxes(BLUE)).all()
    desk.key(Qt.Key.Key_J, SHIFT)
    assert desk.window.hand.is_busy
    x, y = (60, 90) if desk.mask(other)[90, 60] else (180, 80)
    desk.move(x, y)
    desk.until(lambda: desk.canvas.glow is not None)
    click(desk, 120, 140)
    assert desk.window.hand.is_busy
    click(desk, x, y)
    assert not desk.window.hand.is_busy
    assert list(desk.project.referents) == [referent]
    assert (desk.mask(referent) == boxes(LOWER, BLUE)).all()
    assert desk.canvas.glow is None
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (desk.mask(referent) == boxes(LOWER, BLUE)).all()


def test_escape_leaves_merging(desk: Desk) -> None:
    paint(desk, boxes(LOWER))
    desk.key(Qt.Key.Key_J, SHIFT)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.hand.is_busy


def test_copying_needs_a_clip(desk: Desk) -> None:
    paint(desk, boxes(LOWER))
    assert not desk.window.actions_["copy_to_next"].isEnabled()


def test_a_mask_is_copied_to_the_next_frame(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    frames = tmp_path / "clip"
    frames.mkdir()
    for number in range(3):
        Image.new("RGB", SIZE, BACKGROUND).save(frames / f"{number:05d}.png")
    desk = open_desk()
    desk.window.desk.folders.open([frames])
    desk.until_picture()
    desk.until(lambda: desk.bridge.medium is not None and desk.bridge.medium.frame_count == 3)
    referent = paint(desk, boxes(LOWER))
    desk.letters("c")
    assert desk.bridge.frame == 1
    assert (desk.mask(referent, 1) == boxes(LOWER)).all()
    assert desk.project.annotations[referent, 1].keyframe
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (referent, 1) not in desk.project.annotations


# --- the bar, the strip, the pointer ---------------------------------------------------------------------------------


def test_each_tool_shows_its_own_options(desk: Desk) -> None:
    bar = desk.window.tools.bar
    desk.window.resize(1500, 800)
    shown = {
        "v": set(), "s": {"method"}, "b": {"size"}, "e": {"size"}, "p": {"mode"}, "l": {"mode"}, "r": {"mode"},
        "w": {"mode", "tolerance", "contiguous", "sample"}, "u": {"mode", "piece"},
    }  # fmt: skip
    for letter, names in shown.items():
        desk.letters(letter)
        assert bar.isVisible() == bool(names), letter
        assert {name for name, part in bar.parts.items() if not part.isHidden()} == names, letter
        room = desk.window.stage.rect()
        assert not names or room.contains(bar.geometry())
        # A lane in the middle of something would outlive the window.
        until_answered(desk)


def test_in_a_narrow_window_the_bar_sheds_what_can_be_done_without(desk: Desk) -> None:
    bar = desk.window.tools.bar
    desk.letters("w")
    desk.window.resize(1500, 800)
    desk.until(lambda: not bar.fields["tolerance"].slider.isHidden())
    desk.window.resize(1024, 700)
    desk.until(lambda: desk.window.stage.rect().contains(bar.geometry()))
    assert bar.fields["tolerance"].slider.isHidden()
    assert not bar.fields["tolerance"].box.isHidden()
    assert not bar.contiguous.isHidden()
    desk.window.resize(1500, 800)
    desk.until(lambda: not bar.title.isHidden() and not bar.sample.isHidden())


def test_a_fitted_picture_keeps_clear_of_the_bar(desk: Desk) -> None:
    desk.window.resize(1400, 640)
    desk.key(Qt.Key.Key_F, CTRL)
    desk.letters("b")
    top = desk.canvas.position_of(0, 0).y()
    assert top >= desk.window.tools.bar.geometry().bottom()


def test_brackets_change_the_number_of_the_tool_in_hand(desk: Desk) -> None:
    options = desk.window.tools.options
    desk.letters("w")
    desk.letters("]")
    assert options.number("tolerance") == 13
    desk.letters("[[")
    assert options.number("tolerance") == 11
    desk.letters("b")
    before = desk.bridge.brush_radius
    desk.letters("]")
    assert desk.bridge.brush_radius > before
    assert desk.window.tools.bar.fields["size"].box.value() == round(2 * desk.bridge.brush_radius)


def test_the_bar_sets_the_brush(desk: Desk) -> None:
    desk.letters("b")
    field = desk.window.tools.bar.fields["size"]
    field.box.setFocus()
    field.box.selectAll()
    QTest.keyClicks(field.box, "40")
    QTest.keyClick(field.box, Qt.Key.Key_Return)
    assert desk.bridge.brush_radius == 20
    assert desk.canvas.hasFocus()


def test_every_tool_has_a_pointer_and_a_hint(desk: Desk) -> None:
    hotspots = set()
    for tool_id in ToolId:
        desk.bridge.choose_tool(tool_id)
        until_answered(desk)
        assert desk.bridge.tool.hint.endswith(".")
        hotspots.add(desk.canvas.cursor().shape())
    assert Qt.CursorShape.BitmapCursor in hotspots
    assert Qt.CursorShape.ArrowCursor in hotspots


@pytest.mark.parametrize(
    ("tool_id", "adding", "subtracting", "intersecting"),
    [
        (ToolId.POLYGON, "Ctrl takes away", "corners of what goes", "corners of what stays"),
        (ToolId.LASSO, "belongs to the mask", "goes from the mask", "stays of the mask"),
        (ToolId.RECTANGLE, "add it to the mask", "take it away from the mask", "stays of the mask"),
        (ToolId.WAND, "to take its like,", "to take its like away", "keep its like"),
        (ToolId.SUPERPIXELS, "to take them;", "to take them away;", "stay of the mask"),
        (ToolId.FILL, "Click a hole", "Click a part of the mask to empty it", "choose Add or Subtract"),
    ],
)
def test_the_status_bar_says_what_a_tool_does_in_each_mode(
    desk: Desk, tool_id: ToolId, adding: str, subtracting: str, intersecting: str
) -> None:
    paint(desk, boxes(LOWER))
    desk.bridge.choose_tool(tool_id)
    words = desk.window.status.next
    for mode, said in zip(mask_tools.Mode, (adding, subtracting, intersecting), strict=True):
        assert desk.window.tools.options.options.mode is mode
        assert said in words.text()
        # With Ctrl happens what the mode's opposite does, and that is said too.
        assert ("Ctrl adds" in words.text() or "Ctrl fills" in words.text()) is (mode is mask_tools.Mode.SUBTRACT)
        desk.letters("m")
    until_answered(desk)


def test_the_status_bar_says_whether_a_tool_makes_a_referent_or_wants_one(desk: Desk) -> None:
    words, options = desk.window.status.next, desk.window.tools.options
    for tool_id in (ToolId.RECTANGLE, ToolId.LASSO, ToolId.POLYGON, ToolId.WAND, ToolId.FILL, ToolId.ERASER):
        for mode in mask_tools.Mode:
            options.set_mode(mode)
            desk.bridge.choose_tool(tool_id)
            wants_one = mode is not mask_tools.Mode.ADD or tool_id in (ToolId.FILL, ToolId.ERASER)
            assert words.text().startswith("Select the referent") is wants_one
            assert words.text().endswith("It makes a new referent.") is not wants_one
    annotate.new_referent(desk.bridge.session, desk.bridge.medium_id)
    desk.bridge.select(next(iter(desk.project.referents)))
    options.set_mode(mask_tools.Mode.SUBTRACT)
    desk.bridge.choose_tool(ToolId.RECTANGLE)
    assert words.text().startswith("The selected referent has no mask here")


def test_masks_have_a_menu_of_their_own_and_in_the_context_menu(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, where: opened.append(menu))
    paint(desk, boxes(LOWER))
    desk.letters("v")
    right_click(desk, 60, 90)
    (menu,) = opened
    mask = next(action.menu() for action in menu.actions() if action.menu() is not None)
    names = [action.objectName() for action in mask.actions()]
    assert names[:5] == [row[0] for row in OPERATIONS]
    assert {"split_parts", "merge_referents", "copy_to_next", "invert_mask"} <= set(names)


def test_a_window_that_closes_drops_superpixels_under_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    held = threading.Event()
    stage = desk.window.tools.stage
    monkeypatch.setattr(stage._pieces, "_came", lambda: told.append(True))
    monkeypatch.setattr(tool_pieces_cache, "ready_to_cut", lambda: held.wait(PATIENCE / 1000))
    stage.want_pieces()
    assert stage._pieces.is_cutting
    desk.window.close()
    assert not stage._pieces.is_cutting
    held.set()
    # The lane has ended and what it posted has arrived: nothing can be told any more.
    assert desk.program.runner.shutdown(PATIENCE / 1000)
    QApplication.processEvents()
    assert not told
