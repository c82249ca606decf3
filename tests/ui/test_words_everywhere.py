"""Every word that the window shows passes through the catalogues: seen with one that brackets all it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabWidget,
    QWidget,
)

from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.settings import Settings
from refseg_annotator.ui import wording
from refseg_annotator.ui.clip.propagation_bar import words_of
from refseg_annotator.ui.guidance.guide_window import GuideWindow
from tests.ui.clips import write_clip
from tests.ui.conftest import Desk

INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
MARKUP = re.compile(r"<[^>]*>|&nbsp;")
WORD = re.compile(r"[^\W\d_]{2,}")
KEYS = {
    "Ctrl",
    "Shift",
    "Alt",
    "Up",
    "Down",
    "Return",
    "Enter",
    "Esc",
    "Del",
    "Tab",
    "Space",
    "Backspace",
    "Left",
    "Right",
    "Home",
}
NAMES = {
    *KEYS, "End", "px", "ms", "png", "mp", "mpeg", "shapes", "clip", "RefSeg", "Annotator", "labelme", "CVAT",
    "GrabCut", "fake", "video", "cpu", "cuda", "CSV", "PNG", "mIoU", "MB", "English", "Deutsch", "简体中文", "red",
    "square", "blue", "train", "val", "test", "testA", "testB", "Apache", "IoU", "cmsa", "base", "lite",
}  # fmt: skip
"""What is no text of ours: keys as Qt writes them, names, units, and what these tests type."""
LISTED = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
MOST_ROWS = 400


class Bracketed(QTranslator):
    """Translates everything of ours: "Accept" is "⟦Accept⟧"."""

    def translate(self, context: str, text: str, *_rest: object) -> str:
        return f"⟦{text}⟧" if context == wording.CONTEXT else text

    def isEmpty(self) -> bool:  # noqa: N802  Qt's name
        return False


@pytest.fixture
def bracketed(qapp: QApplication) -> Iterator[None]:
    translator = Bracketed(qapp)
    qapp.installTranslator(translator)
    wording._installed.append(translator)
    yield
    qapp.removeTranslator(translator)
    wording._installed.clear()


def loose(text: str) -> set[str]:
    """Words of a text that no catalogue was asked for."""
    text = MARKUP.sub(" ", text.replace("&", ""))
    while (less := INNERMOST.sub(" ", text)) != text:
        text = less
    text = re.sub(r"\S*[/\\]\S*", " ", text)  # paths
    return set(WORD.findall(text)) - NAMES


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Where and what: all that a widget and its children show or tell."""
    for widget in [root, *root.findChildren(QWidget)]:
        place = f"{type(widget).__name__} {widget.objectName()}".strip()
        if widget.objectName().startswith(("qt_", "Scroll")):
            continue  # Qt's own parts, with Qt's own catalogue
        yield place, widget.toolTip()
        yield place, widget.accessibleName()
        yield place, widget.accessibleDescription()
        yield place, widget.statusTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield place, widget.text()
        if isinstance(widget, QLineEdit):
            yield place, widget.placeholderText()
        if isinstance(widget, QPlainTextEdit) and not isinstance(widget.parent(), QKeySequenceEdit):
            yield place, widget.placeholderText()
        if isinstance(widget, QMenu | QDockWidget) or widget.isWindow():
            yield place, widget.title() if isinstance(widget, QMenu) else widget.windowTitle()
        if isinstance(widget, QComboBox):
            yield from ((place, widget.itemText(at)) for at in range(widget.count()))
        elif isinstance(widget, QTabWidget):
            yield from ((place, widget.tabText(at)) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((place, text) for text in cells(widget.model(), QModelIndex()))
    for action in root.findChildren(QAction):
        if action.objectName():
            yield f"action {action.objectName()}", action.text().partition("\t")[0]
            yield f"action {action.objectName()}", action.toolTip()


def cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    # Of a list model the number of columns is nobody's business but Qt's.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    if not parent.isValid():
        yield from (str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in range(columns))
    for row in range(min(model.rowCount(parent), MOST_ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in LISTED:
                yield str(index.data(role) or "")
        if not isinstance(model, QAbstractListModel):
            yield from cells(model, model.index(row, 0, parent))


def assert_whole(*roots: QObject) -> None:
    found = sorted(
        {
            f"{place}: {sorted(words)} in {text!r}"
            for root in roots
            if isinstance(root, QWidget)
            for place, text in texts_of(root)
            if (words := loose(text))
        }
    )
    assert not found, "\n".join(found)


@pytest.fixture
def bracketed_desk(
    bracketed: None, open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Desk]:
    # The program would put a catalogue of its own, or none, in the place of ours.
    monkeypatch.setattr("refseg_annotator.app.speak", lambda _choice: "en")

    def make(*paths: Path) -> Desk:
        return open_desk(*paths, settings=Settings(theme="dark", reduced_motion=True))

    return make


def annotated(make: Callable[..., Desk], shapes: Path) -> Desk:
    desk = make(shapes)
    desk.accept_phrase("red square")
    desk.until(lambda: desk.bridge.assist.state.phase is AssistPhase.IDLE)
    desk.until_saved()
    return desk


def test_the_empty_window(bracketed_desk: Callable[..., Desk]) -> None:
    assert_whole(bracketed_desk().window)


def test_the_window_at_work(bracketed_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = annotated(bracketed_desk, shapes)
    assert_whole(desk.window)
    expression = next(iter(desk.project.expressions.values()))
    desk.bridge.select(desk.bridge.referent_id, expression.id)
    assert_whole(desk.window)
    desk.run_phrase("blue square")
    desk.until_proposal()
    assert_whole(desk.window)
    for tool in ("points", "brush", "wand", "superpixels", "fill"):
        desk.window.actions_[tool].trigger()
        assert_whole(desk.window)


def test_a_clip(bracketed_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = bracketed_desk(write_clip(tmp_path / "clip.mp4", 12))
    desk.accept_phrase("red square")
    desk.until(lambda: desk.bridge.assist.state.phase is AssistPhase.IDLE)
    assert_whole(desk.window)
    desk.window.actions_["propagate_forward"].trigger()
    desk.until(lambda: desk.bridge.propagation.state.proposal is not None and not desk.bridge.propagation.state.is_busy)
    assert_whole(desk.window)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.bridge.propagation.proposal is None)
    assert_whole(desk.window)


def test_doubtful_frames_and_what_is_said_about_them(bracketed_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = bracketed_desk(write_clip(tmp_path / "clip.mp4", 16, hidden=range(6, 9)))
    desk.accept_phrase("red square")
    desk.until(lambda: desk.bridge.assist.state.phase is AssistPhase.IDLE)
    told: list[str] = []
    desk.bridge.propagation_changed.connect(lambda state: told.append(words_of(state)))
    desk.window.actions_["propagate_forward"].trigger()
    desk.until(lambda: desk.bridge.propagation.state.proposal is not None and not desk.bridge.propagation.state.is_busy)
    desk.until(lambda: desk.window.timeline.queue.model.runs)
    assert any("⟦frame " in words for words in told)
    desk.bridge.said.connect(lambda message: told.append(message.sentence))
    for action_id in ("previous_doubtful", "previous_keyframe", "next_doubtful", "next_keyframe", "next_doubtful"):
        desk.window.actions_[action_id].trigger()
    desk.window.actions_["last_frame"].trigger()
    desk.window.actions_["next_doubtful"].trigger()
    desk.window.actions_["propagate_range"].trigger()
    assert not {words for words in told if loose(words)}
    assert_whole(desk.window)


def test_checks(bracketed_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = annotated(bracketed_desk, shapes)
    desk.window.actions_["next_item"].trigger()
    desk.until(lambda: desk.window.review.queue.is_gathered)
    assert_whole(desk.window)
    desk.window.actions_["blind_check"].trigger()
    assert_whole(desk.window)


@pytest.mark.parametrize(
    "action_id",
    ["palette", "shortcuts", "edit_keys", "settings", "export", "import", "models", "batch", "splits", "statistics"],
)
def test_dialogs(bracketed_desk: Callable[..., Desk], shapes: Path, qapp: QApplication, action_id: str) -> None:
    desk = annotated(bracketed_desk, shapes)
    before = set(qapp.topLevelWidgets())
    desk.window.actions_[action_id].trigger()
    desk.until(
        lambda: any(one.isVisible() for one in set(qapp.topLevelWidgets()) - before if not isinstance(one, QMenu))
    )
    desk.until(lambda: not desk.window.jobs.running)
    dialogs = [one for one in set(qapp.topLevelWidgets()) - before if one.isWindow() and not isinstance(one, QMenu)]
    assert not any(isinstance(one, GuideWindow) for one in dialogs)
    assert_whole(*dialogs)
    for dialog in dialogs:
        dialog.close()
