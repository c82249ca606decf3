"""Review in the window: batches, the queue of what is doubtful, blind checks; by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from refseg_annotator.core.annotation import MediumState, Origin
from refseg_annotator.services import annotate
from refseg_annotator.services.batch_plan import PhraseRow
from refseg_annotator.services.review import Doubt
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.ui.review.batch_dialog import BatchDialog, PhraseSource
from tests.ui.conftest import Desk, draw_shapes

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PATIENCE = 60_000


@pytest.fixture
def two(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A window with two pictures open, the first on show."""
    return open_desk(draw_shapes(tmp_path / "a.png"), draw_shapes(tmp_path / "b.png"))


def dialog_of(kind: type) -> Any:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def run_batch(desk: Desk, *phrases: str) -> None:
    desk.window.review.batch.start([PhraseRow(phrase) for phrase in phrases])
    desk.until(lambda: desk.window.review.batch.run is None, PATIENCE)


def first(desk: Desk) -> Any:
    return next(iter(desk.project.media))


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.count = 0
        self.widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False

    def stop(self) -> None:
        self.widget.removeEventFilter(self)


# --- batches -------------------------------------------------------------------------------------------------------


def test_phrases_typed_for_many_pictures_become_proposals(two: Desk) -> None:
    two.key(Qt.Key.Key_B, CONTROL | SHIFT)
    dialog = dialog_of(BatchDialog)
    QTest.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    assert dialog.problem.text() == "Write a phrase first."
    dialog.phrases.setFocus()
    QTest.keyClicks(dialog.phrases, "the blue square")
    QTest.keyClick(dialog.phrases, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.phrases, "the green square")
    QTest.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    two.until(lambda: two.window.review.batch.run is None and len(two.project.expressions) == 4, PATIENCE)
    assert [one.state for one in two.project.media.values()] == [MediumState.IN_WORK] * 2
    assert {one.provenance.origin for one in two.project.annotations.values()} == {Origin.PREDICTED}
    assert sum(one.is_open for one in two.project.expressions.values()) == 2
    assert two.message == "Pre-segmented 2 pictures: 2 masks to review, 2 probably not here."
    assert not two.window.jobs.running


def test_a_table_of_phrases_and_one_that_is_none(two: Desk, tmp_path: Path) -> None:
    table = tmp_path / "phrases.csv"
    two.window.actions_["batch"].trigger()
    dialog = dialog_of(BatchDialog)
    dialog.source.setCurrentIndex(dialog.source.findData(PhraseSource.TABLE))
    dialog.table.setText(str(table))
    QTest.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    assert "does not exist; check the path." in dialog.problem.text()
    table.write_bytes(b"image,phrase\nb.png,\xfcber\n")
    QTest.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    assert "cannot be read as a table" in dialog.problem.text()
    table.write_text("image,phrase\nb.png,the blue square\nc.png,the dog\n")
    QTest.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    two.until(lambda: "Pre-segmented 1 picture: 1 mask to review, 0 probably not here" in two.message, PATIENCE)
    assert "'c.png' is not in the project" in two.message


def test_a_batch_paints_the_canvas_for_the_shown_picture_alone(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{number}.png") for number in range(6)))
    others = list(desk.project.media)[1:]
    desk.until_saved()
    QApplication.processEvents()
    paints = Paints(desk.canvas)
    desk.window.review.batch.start([PhraseRow("the blue square")], others)
    desk.until(lambda: desk.window.review.batch.run is None, PATIENCE)
    # The message at the end lies over the canvas and repaints it once as it appears; no item did.
    assert len(desk.project.annotations) == 5
    assert paints.count <= 2
    paints.stop()


def test_a_batch_is_paused_resumed_and_stopped_by_its_buttons(two: Desk) -> None:
    desk = two.window.review.batch
    desk.start([PhraseRow("the blue square")])
    desk.toggle()
    two.until(lambda: desk.run is not None and desk.run.is_paused and desk.run._job is None, PATIENCE)
    done = desk.run.counts.media
    assert done < 2
    assert two.window.jobs.running == (desk.run,)
    two.window.actions_["pause_batch"].trigger()
    two.until(lambda: desk.run is None, PATIENCE)
    assert len(two.project.annotations) == 2


def test_a_phrase_typed_during_a_batch_is_answered_between_two_pictures(two: Desk) -> None:
    asked: list[str] = []
    two.predictor.before_predict = lambda tokens: asked.append(" ".join(tokens.words))
    two.window.review.batch.start([PhraseRow("the blue square")])
    two.run_phrase("the left red square")
    two.until_proposal()
    two.until(lambda: two.window.review.batch.run is None, PATIENCE)
    assert sorted(asked) == ["the blue square", "the blue square", "the left red square"]


# --- the queue -----------------------------------------------------------------------------------------------------


def test_j_looks_through_the_project_and_goes_from_one_to_the_next(two: Desk) -> None:
    run_batch(two, "the green square")
    two.canvas.setFocus()
    two.key(Qt.Key.Key_J)
    two.until(lambda: two.bridge.expression_id is not None, PATIENCE)
    review = two.window.review
    assert review.dock.isVisible()
    assert [item.doubt for item in review.queue.items()] == [Doubt.NOT_HERE] * 2
    assert review.panel.view.currentIndex().row() == 0
    one = two.bridge.expression_id
    two.canvas.setFocus()
    two.key(Qt.Key.Key_J)
    other = two.bridge.expression_id
    assert other not in (None, one)
    assert two.bridge.medium_id == two.project.expressions[other].medium_id
    two.key(Qt.Key.Key_J, CONTROL)
    assert two.project.expressions[other].no_target
    assert two.bridge.expression_id == one
    two.until(lambda: len(review.queue.items()) == 1, PATIENCE)
    two.key(Qt.Key.Key_Z, CONTROL)
    two.until(lambda: len(review.queue.items()) == 2, PATIENCE)


def test_g_answers_the_chosen_phrase_that_is_probably_not_here(two: Desk) -> None:
    run_batch(two, "the green square")
    (expression,) = two.project.expressions_of(first(two))
    two.bridge.select(None, expression.id)
    two.canvas.setFocus()
    two.key(Qt.Key.Key_G)
    assert two.project.expressions[expression.id].no_target


def test_the_panel_goes_where_one_clicks_and_lists_one_reason(two: Desk) -> None:
    run_batch(two, "the green square")
    two.key(Qt.Key.Key_F12)
    panel = two.window.review.panel
    two.until(lambda: panel.model.rowCount() == 2, PATIENCE)
    index = panel.model.index(1)
    assert "probably not here" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    QTest.mouseClick(
        panel.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        panel.view.visualRect(index).center(),
    )
    assert two.bridge.medium_id == panel.model.item(1).medium_id
    panel.reason.setCurrentIndex(panel.reason.findData(Doubt.DRIFT))
    assert panel.model.rowCount() == 0
    assert panel.empty.text() == "Nothing is doubtful for this reason."


def test_ctrl_enter_settles_a_batchs_masks_and_goes_on(two: Desk) -> None:
    run_batch(two, "the blue square")
    before = two.bridge.medium_id
    two.canvas.setFocus()
    two.key(Qt.Key.Key_Return, CONTROL)
    assert two.project.media[before].state is MediumState.REVIEWED
    (referent,) = two.project.referents_of(before)
    assert two.project.annotations[referent.id, 0].keyframe
    assert two.bridge.medium_id != before
    two.key(Qt.Key.Key_Z, CONTROL)
    assert two.project.media[before].state is MediumState.IN_WORK


# --- blind checks --------------------------------------------------------------------------------------------------


@pytest.fixture
def checked(desk: Desk) -> Desk:
    """A picture with the blue square as a referent, selected nothing."""
    desk.accept_phrase("the blue square")
    desk.until(lambda: len(desk.project.annotations) == 1)
    desk.canvas.setFocus()
    return desk


def draw_rectangle(desk: Desk, x0: int, y0: int, x1: int, y1: int) -> None:
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_R)
    desk.drag((x0, y0), (x1 - 1, y1 - 1), (x1, y1))


def test_nothing_of_the_picture_lies_under_what_asks_for_the_check(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(draw_shapes(tmp_path / "high.png", (240, 400)))
    desk.accept_phrase("the blue square")
    canvas, before = desk.canvas, desk.canvas.view
    desk.key(Qt.Key.Key_B, CONTROL)
    strip = desk.window.review.strip
    desk.until(strip.isVisible)
    for letter in "vb":
        desk.letters(letter)
        desk.until(lambda: strip.geometry().bottom() < canvas.position_of(0, 0).y())
        assert canvas.position_of(0, 400).y() <= canvas.height()
    desk.key(Qt.Key.Key_Escape)
    desk.until(strip.isHidden)
    assert canvas.view == before


def test_a_check_hides_the_mask_compares_and_leaves_nothing_but_the_agreement(checked: Desk) -> None:
    desk, blind = checked, checked.window.review.blind
    state, (key,) = desk.bridge.session.history.state_number, list(desk.project.expressions)
    before = dict(desk.project.annotations)
    desk.key(Qt.Key.Key_B, CONTROL)
    assert blind.asking is not None
    scene = desk.canvas.scene
    assert (scene.resting, scene.selected, scene.badges) == ((), None, ())
    assert desk.window.referent_panel.model.rowCount() == 0
    (said,) = [label.text() for label in desk.window.referent_panel.findChildren(QLabel) if "hidden" in label.text()]
    assert said == "What the project has here is hidden while it is checked blindly."
    assert desk.window.status.next.text().startswith("Blind check: draw what this names")
    assert "the blue square" in desk.window.review.strip.phrase.text()
    desk.key(Qt.Key.Key_Return)
    assert desk.message.startswith("Draw what the phrase names first")
    draw_rectangle(desk, 150, 50, 180, 110)
    assert len(desk.project.annotations) == 2
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: blind.compared is not None)
    (check,) = desk.project.expressions[key].checks
    assert check.agreement == pytest.approx(0.5, abs=0.03)
    assert check.checked_at
    assert dict(desk.project.annotations) == before
    assert desk.canvas.scene.offer is not None, "the checker's mask is shown beside the project's"
    assert desk.canvas.scene.selected is not None
    assert desk.bridge.session.history.undo_title == "Blind check"
    assert "Agreement 5" in desk.window.review.strip.phrase.text()
    desk.key(Qt.Key.Key_Escape)
    assert not blind.is_active
    assert not desk.window.status.next.text().startswith("Blind check")
    assert desk.canvas.scene.offer is None
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.bridge.session.history.state_number == state


def test_not_here_is_an_answer_too(checked: Desk) -> None:
    desk = checked
    desk.key(Qt.Key.Key_B, CONTROL)
    desk.key(Qt.Key.Key_G)
    (expression,) = desk.project.expressions.values()
    assert (expression.checks[0].agreement, expression.checks[0].is_absent) == (0.0, True)
    assert not expression.no_target, "the project's own answer stays"
    desk.key(Qt.Key.Key_Return)
    assert not desk.window.review.blind.is_active
    assert desk.message == "You have checked every phrase that has a mask."


def test_a_check_that_is_left_leaves_nothing(checked: Desk) -> None:
    desk = checked
    before, number = dict(desk.project.annotations), desk.bridge.session.history.state_number
    desk.key(Qt.Key.Key_B, CONTROL)
    draw_rectangle(desk, 10, 10, 50, 50)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert len(desk.project.annotations) == 1
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert "Nothing is drawn in this check yet" in desk.message, "undo does not reach behind the check"
    draw_rectangle(desk, 10, 10, 50, 50)
    desk.key(Qt.Key.Key_Escape)
    assert (dict(desk.project.annotations), desk.bridge.session.history.state_number) == (before, number)
    assert not desk.project.expressions_of(first(desk))[0].checks


def test_going_elsewhere_or_closing_takes_a_check_back(checked: Desk, tmp_path: Path) -> None:
    desk = checked
    desk.window.desk.open_paths([draw_shapes(tmp_path / "other.png")])
    desk.until(lambda: len(desk.project.media) == 2 and desk.canvas.picture is not None)
    home, other = desk.project.media
    desk.bridge.show(home)
    desk.until_picture()
    desk.key(Qt.Key.Key_B, CONTROL)
    draw_rectangle(desk, 10, 10, 50, 50)
    assert len(desk.project.annotations) == 2
    desk.bridge.show(other)
    assert "left" in desk.message
    assert len(desk.project.referents) == 1
    desk.bridge.show(home)
    desk.until_picture()
    desk.key(Qt.Key.Key_B, CONTROL)
    draw_rectangle(desk, 10, 10, 50, 50)
    project = desk.project
    desk.close()
    assert len(project.referents) == 1


def test_what_a_check_drew_is_gone_after_a_kill_and_what_is_drawn_after_it_stays(checked: Desk, tmp_path: Path) -> None:
    desk, left = checked, tmp_path / "left.refseg"
    before = dict(desk.project.annotations)
    desk.key(Qt.Key.Key_B, CONTROL)
    draw_rectangle(desk, 10, 10, 50, 50)
    desk.until_saved()
    desk.bridge.session.store.copy_to(left).close()  # what a killed program leaves
    with ProjectStore.open(left) as store:
        assert len(store.load().referents) == 1
    desk.key(Qt.Key.Key_Escape)
    assert dict(desk.project.annotations) == before
    draw_rectangle(desk, 10, 10, 50, 50)
    desk.until_saved()
    left.unlink()
    desk.bridge.session.store.copy_to(left).close()
    with ProjectStore.open(left) as store:
        assert len(store.load().referents) == 2


def test_pictures_added_during_a_check_end_it_and_stay(checked: Desk, tmp_path: Path) -> None:
    desk, blind = checked, checked.window.review.blind
    before = dict(desk.project.annotations)
    desk.key(Qt.Key.Key_B, CONTROL)
    draw_rectangle(desk, 10, 10, 50, 50)
    assert len(desk.project.annotations) == 2
    desk.window.desk.open_paths([draw_shapes(tmp_path / "other.png"), draw_shapes(tmp_path / "third.png")])
    desk.until(lambda: blind.asking is None and len(desk.project.media) == 3)
    assert dict(desk.project.annotations) == before, "what was drawn in the check is gone"
    _, other, _ = desk.project.media
    desk.until(lambda: desk.bridge.medium_id == other)
    desk.until_picture()
    desk.bridge.undo()
    assert len(desk.project.media) == 1
    assert dict(desk.project.annotations) == before
    assert desk.bridge.session.history.undo_title == "Accept proposal"


def test_low_agreement_comes_into_the_queue_until_it_is_resolved(checked: Desk) -> None:
    desk, review = checked, checked.window.review
    desk.key(Qt.Key.Key_J)
    desk.until(lambda: review.queue.is_gathered, PATIENCE)
    desk.key(Qt.Key.Key_B, CONTROL)
    desk.key(Qt.Key.Key_G)
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: [item.doubt for item in review.queue.items()] == [Doubt.AGREEMENT], PATIENCE)
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_J)
    desk.key(Qt.Key.Key_J, CONTROL)
    (expression,) = desk.project.expressions.values()
    assert expression.checks[-1].is_resolved
    desk.until(lambda: review.queue.items() == [], PATIENCE)


def test_a_phrase_cannot_be_run_in_a_check(checked: Desk) -> None:
    desk = checked
    desk.key(Qt.Key.Key_B, CONTROL)
    desk.run_phrase("the left red square")
    assert desk.message.startswith("In a blind check the phrase is given")
    assert desk.bridge.assist.proposal is None


# --- what a correction leaves --------------------------------------------------------------------------------------


def test_correcting_a_proposal_tells_how_far_it_still_agrees(checked: Desk) -> None:
    desk = checked
    (referent,) = desk.project.referents.values()
    box = desk.project.annotations[referent.id, 0].mask.box
    half = np.zeros(box.shape, bool)
    half[: box.height // 2] = True
    annotate.paint(desk.bridge.session, referent.id, 0, box, half)
    provenance = desk.project.annotations[referent.id, 0].provenance
    assert provenance.iou_before == pytest.approx(0.5, abs=0.02)
    desk.bridge.select(referent.id)
    assert "agrees 50% with the model's own mask" in desk.window.referent_panel.properties.effort.text()
