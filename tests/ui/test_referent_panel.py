"""The referent list and the properties: selection, names, texts, targets, visibility, lock, deletion."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from refseg_annotator.core.annotation import ExpressionKind, Origin, Provenance, ReferentId
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.services import annotate
from refseg_annotator.ui.panels.means_menu import MeansMenu
from refseg_annotator.ui.panels.properties import area_words, effort_words, source_words
from refseg_annotator.ui.panels.referent_model import Column, Role
from tests.ui.conftest import Desk


def rows(desk: Desk) -> list[tuple[str, list[str]]]:
    """What the list shows: titles, and the texts below them."""
    model = desk.window.referent_panel.model
    found = []
    for row in range(model.rowCount()):
        top = model.index(row, 0)
        found.append(
            (model.data(top), [model.data(model.index(child, 0, top)) for child in range(model.rowCount(top))])
        )
    return found


def click(desk: Desk, column: Column, *path: int) -> None:
    """Click a cell of the list."""
    panel = desk.window.referent_panel
    index = panel.model.index(path[0], column)
    if len(path) > 1:
        index = panel.model.index(path[1], column, panel.model.index(path[0], 0))
    place = panel.tree.visualRect(index).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_the_model_keeps_qts_rules(desk: Desk) -> None:
    tester = QAbstractItemModelTester(desk.window.referent_panel.model)
    desk.accept_phrase("blue square")
    desk.accept_phrase("red square at the bottom")
    annotate.mark_no_target(desk.bridge.session, desk.bridge.medium_id, "a cat")
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tester.model() is desk.window.referent_panel.model


def test_rows_follow_the_project(desk: Desk) -> None:
    assert desk.window.referent_panel._empty.isVisible()
    desk.accept_phrase("blue square")
    desk.accept_phrase("red square at the bottom")
    annotate.mark_no_target(desk.bridge.session, desk.bridge.medium_id, "a cat")
    assert rows(desk) == [
        ("Referent 1", ["blue square"]),
        ("Referent 2", ["red square at the bottom"]),
        ("a cat", []),
    ]
    model = desk.window.referent_panel.model
    assert model.data(model.index(2, 0), Role.NOTE) == "nothing here"
    assert desk.window.referent_panel.tree.isExpanded(model.index(0, 0))


def test_selection_goes_both_ways(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    desk.accept_phrase("red square at the bottom")
    first, second = desk.project.referents
    assert desk.bridge.referent_id == second
    click(desk, Column.NAME, 0)
    assert desk.bridge.referent_id == first
    click(desk, Column.NAME, 1, 0)
    assert desk.bridge.referent_id == second
    assert desk.bridge.expression_id == desk.project.expressions_for(second)[0].id
    desk.bridge.select(first)
    tree = desk.window.referent_panel.tree
    assert tree.model().node(tree.currentIndex()).referent_id == first


def test_names_and_texts_are_edited_in_place(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    click(desk, Column.NAME, 0)
    desk.key(Qt.Key.Key_F2)
    editor = desk.window.referent_panel.tree.findChild(QLineEdit)
    QTest.keyClicks(editor, "the box")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.until(lambda: desk.project.referents[referent].name == "the box")
    click(desk, Column.NAME, 0, 0)
    desk.key(Qt.Key.Key_F2)
    editor = next(e for e in desk.window.referent_panel.tree.findChildren(QLineEdit) if e.isVisible())
    assert editor.text() == "blue square"
    editor.selectAll()
    QTest.keyClicks(editor, "a blue one, here")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.until(lambda: rows(desk) == [("the box", ["a blue one, here"])])
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(desk) == [("the box", ["blue square"])]


def test_eye_and_lock_are_clicked(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    click(desk, Column.VISIBLE, 0)
    assert desk.project.referents[referent].hidden
    assert desk.canvas.scene.selected is None
    click(desk, Column.VISIBLE, 0)
    assert desk.canvas.scene.selected is not None
    click(desk, Column.LOCKED, 0)
    assert desk.project.referents[referent].locked
    desk.key(Qt.Key.Key_Delete)
    assert referent in desk.project.referents
    assert "locked" in desk.message


def test_delete_takes_the_expression_else_the_referent(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    annotate.add_expression(desk.bridge.session, desk.bridge.medium_id, "the box", targets=(referent,))
    click(desk, Column.NAME, 0, 1)
    desk.key(Qt.Key.Key_Delete)
    assert rows(desk) == [("Referent 1", ["blue square"])]
    click(desk, Column.NAME, 0)
    desk.key(Qt.Key.Key_Delete)
    assert rows(desk) == []
    assert not desk.project.annotations
    assert desk.message == "Deleted “blue square” with its masks."
    desk.window.messages.button.click()
    assert rows(desk) == [("Referent 1", ["blue square"])]


def test_properties_show_and_change(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    properties = desk.window.referent_panel.properties
    assert properties.area.text() == "3,600 px, 9.4% of the picture"
    assert "fake 1" in properties.source.text()
    properties.category.setFocus()
    QTest.keyClicks(properties.category, "box")
    QTest.keyClick(properties.category, Qt.Key.Key_Return)
    assert desk.project.referents[referent].category == "box"
    click(desk, Column.NAME, 0, 0)
    properties.kind.setCurrentIndex(properties.kind.findData(ExpressionKind.COLOUR))
    properties.kind.activated.emit(properties.kind.currentIndex())
    expression = desk.project.expressions[desk.bridge.expression_id]
    assert expression.kind is ExpressionKind.COLOUR
    properties.text.setFocus()
    properties.text.selectAll()
    QTest.keyClicks(properties.text, "blue box")
    QTest.keyClick(properties.text, Qt.Key.Key_Return)
    assert desk.project.expressions[desk.bridge.expression_id].text == "blue box"


def test_an_expression_can_mean_several(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    desk.accept_phrase("red square at the bottom")
    first, second = desk.project.referents
    click(desk, Column.NAME, 0, 0)
    properties = desk.window.referent_panel.properties
    menu = properties.targets.menu()
    menu.fill()
    next(action for action in menu.actions() if action.text().startswith("#2")).trigger()
    expression = desk.project.expressions[desk.bridge.expression_id]
    assert expression.targets == (first, second)
    assert properties.targets.text() == "#1, #2"
    assert rows(desk)[1][1] == ["blue square", "red square at the bottom"]


def opened_meanings(desk: Desk) -> MeansMenu:
    """The menu of what the first expression of the first referent means, opened."""
    click(desk, Column.NAME, 0, 0)
    button = desk.window.referent_panel.properties.targets
    # Qt waits in an event loop of its own until a menu of a button is closed; this one is shown as that would.
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    desk.until(menu.isVisible)
    return menu


def three_referents(desk: Desk) -> tuple[ReferentId, ...]:
    """A phrase for the first of three referents, of which one has a name that menus would read as a key."""
    desk.accept_phrase("blue square")
    for name in ("", "salt & pepper"):
        annotate.rename(desk.bridge.session, annotate.new_referent(desk.bridge.session, desk.bridge.medium_id), name)
    return tuple(desk.project.referents)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_meanings_stays_open_for_mouse_and_keys(desk: Desk) -> None:
    first, second, third = three_referents(desk)
    menu = opened_meanings(desk)
    every, nothing, _, one, two, three = menu.actions()
    steps = desk.bridge.session.history.state_number
    for row in (two, three, one):
        place = menu.actionGeometry(row).center()
        QTest.mouseMove(menu, place)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert menu.isVisible()
    (expression,) = desk.project.expressions.values()
    assert expression.targets == (second, third)
    assert [row.isChecked() for row in (every, nothing, one, two, three)] == [False, False, False, True, True]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        menu.setActiveAction(one)
        QTest.keyClick(menu, key)
        assert menu.isVisible()
        (expression,) = desk.project.expressions.values()
        assert (first in expression.targets) is one.isChecked() is every.isChecked() is (key == Qt.Key.Key_Space)
    assert desk.bridge.session.history.state_number == steps + 5
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    # Each tick is an undo of its own.
    desk.bridge.undo()
    (expression,) = desk.project.expressions.values()
    assert set(expression.targets) == {first, second, third}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_ticks_in_the_menu_of_meanings_are_what_the_project_says(desk: Desk) -> None:
    three_referents(desk)
    menu = opened_meanings(desk)
    every, nothing, _, one, two, three = menu.actions()
    assert three.text() == "#3  salt && pepper"
    nothing.trigger()
    assert [row.isChecked() for row in (every, nothing, one, two, three)] == [False, True, False, False, False]
    nothing.trigger()
    assert nothing.isChecked(), "an expression that means nothing here goes on doing so until it means something"
    every.trigger()
    assert [row.isChecked() for row in (every, nothing, one, two, three)] == [True, False, True, True, True]
    two.trigger()
    assert [row.isChecked() for row in (every, nothing, one, two, three)] == [False, False, True, False, True]
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_click_beside_the_menu_of_meanings_closes_it_and_the_button_that_opened_it_ticks_nothing(desk: Desk) -> None:
    three_referents(desk)
    menu = opened_meanings(desk)
    row, left, none = menu.actions()[4], Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseRelease(menu, left, none, menu.actionGeometry(row).center())
    assert not row.isChecked()
    assert menu.isVisible()
    QTest.mouseClick(menu, left, none, QPoint(-20, -20))
    assert not menu.isVisible()


def test_an_empty_text_is_refused_with_a_sentence(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    click(desk, Column.NAME, 0, 0)
    properties = desk.window.referent_panel.properties
    properties.text.setFocus()
    properties.text.selectAll()
    QTest.keyClick(properties.text, Qt.Key.Key_Delete)
    QTest.keyClick(properties.text, Qt.Key.Key_Return)
    assert rows(desk) == [("Referent 1", ["blue square"])]
    assert desk.message


def test_a_new_referent_is_painted(desk: Desk) -> None:
    desk.letters("n")
    referent = desk.bridge.referent_id
    assert referent in desk.project.referents
    desk.letters("b")
    desk.drag((100, 100), (120, 100))
    assert (referent, 0) in desk.project.annotations
    assert len(desk.project.referents) == 1


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_context_menu_has_the_tables_actions(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    tree = desk.window.referent_panel.tree
    place = tree.visualRect(tree.model().index(0, 0)).center()
    tree.customContextMenuRequested.emit(QPoint(place))
    menu = next(menu for menu in desk.window.referent_panel.findChildren(type(desk.window._recent)) if menu.isVisible())
    assert "delete" in [action.objectName() for action in menu.actions()]
    menu.close()


def test_words_for_masks() -> None:
    size = Size(1000, 1000)
    assert area_words(Mask.empty(size)) == "empty: not to be seen here"
    model = Provenance(Origin.PREDICTED, model="m 1", phrase="a dog", score=0.875, strokes=2, seconds=3.4, author="A")
    assert source_words(model) == "proposed by the model (m 1), expected quality 88%, then corrected, for “a dog”"
    assert effort_words(model) == "2 strokes, 3 s, by A"
    assert effort_words(Provenance(Origin.IMPORTED)) == "accepted as it was"


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_whoever_renames_from_the_picture_goes_on_there(desk: Desk, end: Qt.Key) -> None:
    desk.accept_phrase("red square")
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_F2)
    (field,) = desk.window.referent_panel.tree.viewport().findChildren(QLineEdit)
    QTest.keyClicks(field, "Rex")
    QTest.keyClick(field, end)
    desk.until(desk.canvas.hasFocus)
    assert desk.bridge.referent.name == ("Rex" if end == Qt.Key.Key_Return else "")


def test_whoever_renames_from_the_list_goes_on_there(desk: Desk) -> None:
    desk.accept_phrase("red square")
    click(desk, Column.NAME, 0)
    tree = desk.window.referent_panel.tree
    assert tree.hasFocus()
    desk.key(Qt.Key.Key_F2)
    (field,) = tree.viewport().findChildren(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.until(tree.hasFocus)


def test_renaming_twice_goes_on_in_the_field_that_is_open(desk: Desk) -> None:
    """Also while another window has the keyboard, when the field is not told that it lost it."""
    desk.accept_phrase("red square")
    desk.until(lambda: desk.bridge.referent_id is not None)
    rename = desk.window.actions_["rename"]
    desk.bridge.select(desk.bridge.referent_id)
    tree = desk.window.referent_panel.tree
    rename.trigger()
    (field,) = tree.viewport().findChildren(QLineEdit)
    field.setText("Rex")
    rename.trigger()
    assert tree.viewport().findChildren(QLineEdit)
    # Kept by the field that was left, or still in the one that is open.
    assert "Rex" in {desk.bridge.referent.name, field.text()}
