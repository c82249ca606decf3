"""The media list: a hundred thousand rows at once, filters, states, thumbnails off the window's thread."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Self

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPixmap

from refseg_annotator.core.annotation import Medium, MediumId, MediumKind, MediumState
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.project import Project
from refseg_annotator.errors import MediaError
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate, documents
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.session import Session
from refseg_annotator.ui.panels.media_list import name_within
from refseg_annotator.ui.panels.media_model import Index, MediaModel, MediaRole
from refseg_annotator.ui.panels.thumbnails import LONGEST, Thumbnails
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import Desk, draw_shapes


class Calls:
    """Counts the functions of Python that this thread calls meanwhile: the same on every machine."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        self._former = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._former)

    def _note(self, _frame: FrameType, event: str, _what: object) -> None:
        self.count += event == "call"


def test_of_a_hundred_thousand_media_only_those_on_show_are_asked_for(
    open_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    data = MediaModel.data

    def noted(self: MediaModel, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        asked.append(index.row())
        return data(self, index, role)

    # Before the window is made: Qt remembers which of its functions a class has taken over.
    monkeypatch.setattr(MediaModel, "data", noted)
    desk = open_desk()

    def listing(count: int) -> tuple[int, int]:
        """How much is called and asked for until so many media are on show."""
        media = [
            Medium(MediumId(number + 1), f"{tmp_path}/{number:06}.jpg", MediumKind.IMAGE, Size(640, 480))
            for number in range(count)
        ]
        project = Project.load_records(media=media, referents=(), expressions=())
        session = Session(project, store=None, runner=desk.program.runner, media=FrameCache(1 << 20))
        asked.clear()
        with Calls() as calls:
            former = desk.bridge.take(session)
            desk.window.media_list.view.grab()
        documents.close_project(former)
        assert desk.window.media_list.model.rowCount() == count
        return calls.count, len(asked)

    few_calls, few_asked = listing(1_000)
    calls, many_asked = listing(100_000)
    assert 0 < many_asked <= 2 * few_asked
    assert max(asked) < 100, "the rows on show"
    # What is done for each medium is a loop that calls no function.
    assert calls - few_calls < 10_000
    asked.clear()
    with Calls() as filtering:
        desk.window.media_list.filter.setText("099")
    assert filtering.count < 200_000, "each medium is looked at once"
    assert len(set(asked)) < 100
    model = desk.window.media_list.model
    assert model.rowCount() == sum("099" in f"{number:06}" for number in range(100_000))
    # The pictures are not there; the first of them says so once it is tried.
    desk.until(lambda: desk.message)
    desk.window.media_list.thumbnails.close()


def test_the_filter_takes_all_words_and_the_state(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / name) for name in ("dog left.png", "dog right.png", "cat left.png")))
    panel = desk.window.media_list
    panel.filter.setText("LEFT dog")
    assert [panel.model.data(panel.model.index(row)) for row in range(panel.model.rowCount())] == ["dog left.png"]
    assert panel.count.text() == "1 of 3"
    panel.filter.clear()
    last = list(desk.project.media)[-1]
    annotate.set_medium_state(desk.bridge.session, last, MediumState.REVIEWED)
    panel.states.setCurrentIndex(panel.states.findData(MediumState.REVIEWED))
    assert panel.model.medium_at(0) == last
    assert panel.model.rowCount() == 1
    panel.states.setCurrentIndex(0)
    assert panel.count.text() == "3 media, 1 reviewed"


def test_enter_in_the_filter_opens_the_first_hit(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / name) for name in ("a.png", "b.png")))
    desk.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.letters("b.p")
    desk.key(Qt.Key.Key_Return)
    assert desk.bridge.session.path_of(desk.bridge.medium_id).name == "b.png"


def test_esc_leaves_the_filter_as_it_is_and_the_next_letter_is_a_tool(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in ("cat", "dog")))
    desk.window.actions_["filter_media"].trigger()
    desk.letters("dog")
    desk.key(Qt.Key.Key_Escape)
    assert desk.canvas.hasFocus()
    desk.letters("b")
    assert desk.bridge.tool.id is ToolId.BRUSH
    assert desk.window.media_list.filter.text() == "dog"


def test_the_current_row_stays_in_sight_when_the_list_gets_lower(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{number}.png", (24, 16)) for number in range(30)))
    view = desk.window.media_list.view
    row = view.viewport().height() // 56 - 1
    desk.bridge.show(desk.window.media_list.model.medium_at(row))
    view.scrollToTop()

    def is_in_sight() -> bool:
        rect = view.visualRect(view.currentIndex())
        return view.viewport().rect().contains(rect)

    assert view.currentIndex().row() == row
    assert is_in_sight()
    lower = view.viewport().height() - 120
    desk.window.media_list.setFixedHeight(desk.window.media_list.height() - 120)
    desk.until(lambda: view.viewport().height() == lower)
    assert is_in_sight()
    # Who looks at others is left with them.
    view.scrollToBottom()
    desk.window.media_list.setFixedHeight(desk.window.media_list.height() - 40)
    desk.until(lambda: view.viewport().height() == lower - 40)
    assert not is_in_sight()


def test_rows_say_what_is_known(desk: Desk) -> None:
    model = desk.window.media_list.model
    index = model.index(0)
    assert model.data(index, MediaRole.DETAIL) == "unseen"
    desk.accept_phrase("blue square")
    assert model.data(index, MediaRole.DETAIL) == "1 phrase, 1 referent"
    assert model.data(index, MediaRole.STATE) is MediumState.IN_WORK
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "shapes.png, in work"


def test_thumbnails_arrive_from_the_lane(desk: Desk) -> None:
    model = desk.window.media_list.model
    desk.until(lambda: isinstance(model.data(model.index(0), Qt.ItemDataRole.DecorationRole), QPixmap))
    pixmap = model.data(model.index(0), Qt.ItemDataRole.DecorationRole)
    assert max(pixmap.width(), pixmap.height()) == LONGEST


def test_next_unreviewed_goes_round(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "abc"))
    first, second, third = desk.project.media
    annotate.set_medium_state(desk.bridge.session, second, MediumState.REVIEWED)
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    assert desk.bridge.medium_id == third
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    assert desk.bridge.medium_id == first
    for medium_id in (first, third):
        annotate.set_medium_state(desk.bridge.session, medium_id, MediumState.REVIEWED)
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    assert desk.message == "All pictures of the list are reviewed."


def grey(_path: Path, longest: int) -> np.ndarray:
    return np.full((longest // 2, longest, 3), 128, np.uint8)


def test_the_shelf_is_bounded_and_the_last_wanted_comes_first(qapp: object, monkeypatch: object) -> None:
    from refseg_annotator.services.jobs import Runner
    from refseg_annotator.ui.bridge import QtPost
    from refseg_annotator.ui.panels import thumbnails as module

    gate, order = threading.Event(), []

    def read(path: Path, longest: int) -> np.ndarray:
        gate.wait(60)
        order.append(int(path.name))
        return grey(path, longest)

    runner = Runner(QtPost())
    shelf = Thumbnails(runner, read=read)
    for number in range(200):
        assert shelf.get(number, Path(str(number))) is None
    gate.set()
    deadline = time.monotonic() + 60
    while len(order) < module._MOST_WANTED and time.monotonic() < deadline:
        qapp.processEvents()
    assert order[0] == 0
    assert order[1] == 199
    assert len(order) <= module._MOST_WANTED + 1
    shelf.close()
    assert runner.shutdown(60)


def test_what_cannot_be_read_has_no_thumbnail_and_is_not_tried_again(qapp: object) -> None:
    tried = []

    def read(path: Path, longest: int) -> np.ndarray:
        tried.append(path)
        raise MediaError("It is broken; replace it.")

    shelf = Thumbnails(SynchronousRunner(), read=read)
    assert shelf.get(1, Path("a")) is None
    assert shelf.get(1, Path("a")) is None
    assert shelf.is_unreadable(1)
    assert len(tried) == 1


def test_a_broken_picture_is_marked_in_the_list(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    draw_shapes(folder / "a.png")
    (folder / "b.png").write_bytes(b"nothing")
    Image.new("RGB", (4, 4)).save(folder / "c.png")
    desk = open_desk(folder)
    model = desk.window.media_list.model
    desk.until(lambda: model.data(model.index(1), MediaRole.DETAIL) == "cannot be read")


@pytest.mark.parametrize(
    ("name", "room", "shown"),
    [
        ("dog.jpg", "dog.jpg", "dog.jpg"),
        ("voc_2007_000464.jpg", "voc_2007_000464", "voc_2007_000464"),
        ("holiday.tar.jpeg", "holiday.tar", "holiday.tar"),
        (".bashrc", ".bashrc", ".bashrc"),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_of_a_name_without_room_the_ending_goes_first(name: str, room: str, shown: str) -> None:
    metrics = QFontMetrics(QFont())
    assert name_within(name, metrics, metrics.horizontalAdvance(room) + 2) == shown


@pytest.mark.usefixtures("qapp")
def test_what_is_no_ending_is_not_taken_from_a_name() -> None:
    metrics = QFontMetrics(QFont())
    cut = name_within("walk v1.2 with kites", metrics, metrics.horizontalAdvance("walk v1.2 kites"))
    assert "…" in cut
    assert cut.endswith("kites"[-3:])
