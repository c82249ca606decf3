"""The whole data set in the window: statistics, splits, moved files, filters; and phrases checked as one types."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from refseg_annotator.core.annotation import ExpressionKind, FrameSpan, MediumState, Split
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.statistics import Chart
from refseg_annotator.ui.panels.properties import read_span, span_words
from refseg_annotator.ui.panels.referent_model import EXPRESSION_TYPE, Role
from refseg_annotator.ui.review.chart import chart_height
from refseg_annotator.ui.review.split_dialog import SplitDialog
from refseg_annotator.ui.review.statistics_dialog import StatisticsDialog
from tests.ui.conftest import Desk, draw_shapes

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PATIENCE = 60_000


@pytest.fixture
def two(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A window with two pictures of a folder open, the first on show."""
    (tmp_path / "photos").mkdir()
    return open_desk(draw_shapes(tmp_path / "photos" / "a.png"), draw_shapes(tmp_path / "photos" / "b.png"))


def dialog_of(kind: type) -> Any:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def select_first_expression(desk: Desk) -> Any:
    (expression,) = desk.project.expressions.values()
    desk.bridge.select(expression.targets[0] if expression.targets else None, expression.id)
    return expression.id


# --- statistics ----------------------------------------------------------------------------------------------------


def test_statistics_are_counted_shown_and_saved(two: Desk, tmp_path: Path) -> None:
    two.accept_phrase("the blue square")
    two.until(lambda: len(two.project.annotations) == 1)
    two.key(Qt.Key.Key_T, CONTROL | SHIFT)
    dialog = dialog_of(StatisticsDialog)
    two.until(lambda: dialog.statistics is not None, PATIENCE)
    assert dialog.statistics.counts["expressions"] == 1
    assert "1 expression, " in dialog.page.accessibleDescription()
    dialog.save_csv(tmp_path / "s.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "s.csv").read_text(encoding="utf-8"))))
    assert {"table": "counts", "label": "masks", "value": "1"} in rows
    dialog.save_png(tmp_path / "s.png")
    image = QImage(str(tmp_path / "s.png"))
    assert image.width() == 2400
    # A bar of the accent's colour is somewhere on it.
    accent = two.window.theme.colour("accent").rgb()
    assert any(image.pixel(x, y) == accent for x in range(40, 2400, 7) for y in range(200, 900, 7))
    dialog.save_csv(tmp_path / "nowhere" / "s.csv")
    assert "cannot be written" in two.message
    annotate.add_expression(two.bridge.session, two.bridge.medium_id, "another")
    QTest.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    two.until(lambda: dialog.statistics.counts["expressions"] == 2, PATIENCE)
    dialog.close()


def test_a_chart_of_nothing_is_only_its_title() -> None:
    full = Chart("a", "A", (("x", 1), ("a longer label", 2)))
    assert chart_height(Chart("a", "A", (("x", 0), ("a longer label", 0)))) < chart_height(full)


# --- splits --------------------------------------------------------------------------------------------------------


def test_a_split_is_planned_then_used_in_one_step(two: Desk) -> None:
    two.window.actions_["splits"].trigger()
    dialog = dialog_of(SplitDialog)
    assert not dialog.use.isEnabled()
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    two.until(dialog.use.isEnabled, PATIENCE)
    assert "1 group of look-alikes is kept together" in dialog.report.toPlainText()
    assert {one.split for one in two.project.media.values()} == {Split.NONE}
    dialog.shares[Split.TRAIN].setValue(0)
    assert not dialog.use.isEnabled(), "another wish, another plan"
    dialog.look.setChecked(False)
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    two.until(dialog.use.isEnabled, PATIENCE)
    assert "were not looked for" in dialog.report.toPlainText()
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    two.until(lambda: {one.split for one in two.project.media.values()} == {Split.VAL, Split.TEST}, PATIENCE)
    two.window.actions_["undo"].trigger()
    assert {one.split for one in two.project.media.values()} == {Split.NONE}


def test_shares_of_nothing_are_told(two: Desk) -> None:
    two.window.actions_["splits"].trigger()
    dialog = dialog_of(SplitDialog)
    dialog.look.setChecked(False)
    for box in dialog.shares.values():
        box.setValue(0)
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert "positive numbers" in dialog.note.text()
    dialog.close()


# --- moved files ---------------------------------------------------------------------------------------------------


def test_moved_files_are_noticed_found_and_taken_in_one_step(
    two: Desk, open_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "work.refseg"
    two.save_as(project)
    two.close()
    (tmp_path / "elsewhere").mkdir()
    shutil.move(tmp_path / "photos", tmp_path / "elsewhere" / "photos")
    desk = open_desk()
    desk.window.desk.open_project(project)
    # Both say so: the look at the whole project, and the picture that is to be shown; either offers to find them.
    desk.until(lambda: desk.window.messages.message is not None, PATIENCE)
    desk.until(lambda: desk.window.messages.message.action == "relink", PATIENCE)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "elsewhere"))
    QTest.mouseClick(desk.window.messages.button, Qt.MouseButton.LeftButton)
    desk.until(lambda: "Found 2 of 2 files" in desk.message, PATIENCE)
    desk.until_picture()
    assert [Path(one.path).parent.name for one in desk.project.media.values()] == ["photos", "photos"]
    assert all(Path(one.path).exists() for one in desk.project.media.values())
    desk.window.actions_["undo"].trigger()
    assert not any(Path(one.path).exists() for one in desk.project.media.values())


def test_where_nothing_is_missing_it_is_said(two: Desk) -> None:
    two.window.actions_["relink"].trigger()
    two.until(lambda: "where the project knows them" in two.message, PATIENCE)


# --- filters -------------------------------------------------------------------------------------------------------


def test_the_box_filters_by_phrase_score_and_state(two: Desk) -> None:
    two.accept_phrase("the blue square")
    two.until(lambda: len(two.project.annotations) == 1)
    media = two.window.media_list
    two.key(Qt.Key.Key_F, CONTROL | SHIFT)
    first = next(iter(two.project.media))
    for text, expected in (
        ("blue", [first]),
        ('phrase:"green', []),
        ("score>50", [first]),
        ("score<50", []),
        ("no:phrases", [one for one in two.project.media if one != first]),
        ("is:unreviewed", list(two.project.media)),
    ):
        media.filter.selectAll()
        QTest.keyClicks(media.filter, text)
        assert list(media.model.listed()) == expected, text
    media.filter.selectAll()
    QTest.keyClicks(media.filter, "state:gone")
    assert "is no filter" in media.count.text()
    menu = media._examples_menu()
    menu.actions()[1].trigger()
    assert media.filter.text() == "state:gone score<50"
    menu.deleteLater()
    media.filter.clear()
    media.states.setCurrentIndex(media.states.findData(MediumState.IN_WORK))
    assert list(media.model.listed()) == [first]


# --- phrases -------------------------------------------------------------------------------------------------------


def test_a_phrase_is_checked_as_one_types(desk: Desk) -> None:
    desk.accept_phrase("the blue square")
    desk.until(lambda: len(desk.project.annotations) == 1)
    hint = desk.window.phrase_bar.hint
    for text, said in (
        ("the square on the left", "It says left, the mask lies at the right"),
        ("the red square", "It says red, which the mask holds none of"),
        ("The blue square!", "This phrase is among those of this picture already."),
        ("word " * 21, "the model reads"),
        ("the blue wobble", "the model does not know wobble"),
    ):
        desk.canvas.setFocus()
        desk.letters("/")
        desk.window.phrase_bar.edit.selectAll()
        QTest.keyClicks(desk.window.phrase_bar.edit, text)
        desk.until(lambda said=said: said.lower() in hint.text().lower(), PATIENCE)
    QTest.keyClicks(desk.window.phrase_bar.edit, " ")
    desk.window.phrase_bar.edit.clear()
    QTest.keyClicks(desk.window.phrase_bar.edit, "the blue square at the right")
    desk.until(lambda: hint.text().startswith("Enter runs"), PATIENCE)


def test_problems_stand_in_the_list_and_below_it(desk: Desk) -> None:
    desk.accept_phrase("the blue square")
    desk.until(lambda: len(desk.project.annotations) == 1)
    (referent,) = desk.project.referents
    key = annotate.add_expression(desk.bridge.session, desk.bridge.medium_id, "square on the left", targets=(referent,))
    model = desk.window.referent_panel.model
    desk.until(lambda: model.find(referent, key).data(Role.IS_DOUBTFUL), PATIENCE)
    index = model.find(referent, key)
    assert "it says left" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    desk.bridge.select(referent, key)
    assert "It says left" in desk.window.referent_panel.properties.faults.text()
    annotate.edit_expression(desk.bridge.session, key, text="square on the right")
    desk.until(lambda: not model.find(referent, key).data(Role.IS_DOUBTFUL), PATIENCE)


def test_author_and_meaning_are_edited_in_place(desk: Desk) -> None:
    desk.accept_phrase("the blue square")
    desk.until(lambda: len(desk.project.annotations) == 1)
    masks = dict(desk.project.annotations)
    other = annotate.new_referent(desk.bridge.session, desk.bridge.medium_id)
    key = select_first_expression(desk)
    properties = desk.window.referent_panel.properties
    properties.author.selectAll()
    QTest.keyClicks(properties.author, "Bo")
    QTest.keyClick(properties.author, Qt.Key.Key_Return)
    assert desk.project.expressions[key].author == "Bo"
    assert "presence" in properties.said.text()
    menu = properties.targets.menu()
    menu.fill()
    every, nothing = menu.actions()[:2]
    every.trigger()
    expression = desk.project.expressions[key]
    assert len(expression.targets) == 2
    assert expression.kind is ExpressionKind.PLURAL
    assert other in expression.targets
    nothing.trigger()
    assert desk.project.expressions[key].no_target
    assert dict(desk.project.annotations) == masks


def test_a_phrase_dropped_on_another_referent_means_both(desk: Desk) -> None:
    desk.accept_phrase("the blue square")
    desk.until(lambda: len(desk.project.annotations) == 1)
    other = annotate.new_referent(desk.bridge.session, desk.bridge.medium_id)
    (expression,) = desk.project.expressions.values()
    model = desk.window.referent_panel.model
    data = model.mimeData([model.find(expression.targets[0], expression.id)])
    assert data.hasFormat(EXPRESSION_TYPE)
    target = model.find(other)
    assert model.canDropMimeData(data, Qt.DropAction.LinkAction, -1, 0, target)
    assert not model.canDropMimeData(QMimeData(), Qt.DropAction.LinkAction, -1, 0, target)
    assert not model.dropMimeData(data, Qt.DropAction.LinkAction, -1, 0, target), "Qt must not remove the dragged row"
    assert desk.project.expressions[expression.id].targets == (*expression.targets, other)


def test_segmenting_again_touches_no_other_mask(desk: Desk) -> None:
    for phrase in ("the blue square", "the left red square"):
        desk.accept_phrase(phrase)
    desk.until(lambda: len(desk.project.annotations) == 2)
    blue, red = desk.project.referents
    before = desk.project.annotations[red, 0]
    annotate.delete_mask(desk.bridge.session, blue, 0)
    (expression,) = desk.project.expressions_for(blue)
    desk.bridge.select(blue, expression.id)
    desk.key(Qt.Key.Key_R, CONTROL)
    desk.until_proposal()
    desk.key(Qt.Key.Key_Return)
    assert set(desk.project.annotations) == {(blue, 0), (red, 0)}
    assert desk.project.annotations[red, 0] is before
    assert len(desk.project.expressions) == 2


def test_spans_are_read_as_people_write_them() -> None:
    assert read_span("") is None
    assert read_span(" 12-40 ") == FrameSpan(12, 40)
    assert read_span("7") == FrameSpan(7, 7)
    assert span_words(read_span("12–40")) == "12-40"
    for wrong in ("-1-3", "5-2", "x", "1-2-3"):
        with pytest.raises(EditError, match="is no span of frames"):
            read_span(wrong)
