"""The tool strip at any height: every button whole, none over another, and the canvas with as much room as there is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from refseg_annotator.core.mask import Mask
from refseg_annotator.services import annotate
from refseg_annotator.services.propagate_proposal import PropagationPhase
from refseg_annotator.settings import Settings
from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.tools.tool_strip import height_of
from tests.ui.clips import RED, draw_frame, write_clip
from tests.ui.conftest import Desk


def assert_whole(desk: Desk) -> None:
    """No button is cut off, lies over another or over the brush's size."""
    strip = desk.window.tool_strip
    seen = [one for one in [*strip.findChildren(QToolButton), strip.size_label, strip.opacity] if one.isVisible()]
    for widget in seen:
        assert strip.rect().contains(widget.geometry()), widget.accessibleName()
        assert widget.height() >= widget.iconSize().height() + 8 if isinstance(widget, QToolButton) else True
    for one, other in combinations(seen, 2):
        assert not one.geometry().intersects(other.geometry()), (one.accessibleName(), other.accessibleName())
    assert sum(isinstance(widget, QToolButton) for widget in seen) == len(ToolId) + 4


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_with_a_clip_in_the_smallest_window_every_tool_is_whole(
    open_desk: Callable[..., Desk], tmp_path: Path, theme: str
) -> None:
    desk = open_desk(write_clip(tmp_path / "clip.mp4", 8), settings=Settings(theme=theme, reduced_motion=True))
    window = desk.window
    window.resize(1024, 640)
    desk.until(lambda: window.height() == 640 and window.timeline.isVisible() and window.tool_strip.columns > 1)
    assert_whole(desk)
    desk.bridge.choose_tool(ToolId.BRUSH)
    assert_whole(desk)
    assert window.canvas.width() >= 340
    # More room, and it is one column again, with the slider.
    window.resize(1024, 1100)
    desk.until(lambda: window.tool_strip.columns == 1 and window.tool_strip.opacity.isVisible())
    assert_whole(desk)


def test_a_photo_in_the_smallest_window_leaves_one_column(desk: Desk) -> None:
    desk.window.resize(1024, 640)
    desk.until(lambda: desk.window.height() == 640)
    assert desk.window.tool_strip.columns == 1
    assert_whole(desk)


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_as_many_columns_as_the_height_asks_for(desk: Desk, columns: int) -> None:
    strip = desk.window.tool_strip
    strip.setFixedHeight(height_of(columns))
    desk.until(lambda: strip.height() == height_of(columns))
    assert strip.columns == columns
    assert_whole(desk)


@pytest.fixture
def carried(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A clip with a mask that can be carried, in a window with just enough height for tools in one column."""
    desk = open_desk(write_clip(tmp_path / "clip.mp4", 8))
    window, strip, bridge = desk.window, desk.window.tool_strip, desk.bridge
    desk.until(window.timeline.isVisible)
    referent = annotate.new_referent(bridge.session, bridge.medium_id)
    annotate.set_mask(bridge.session, referent, 0, Mask.from_array((draw_frame(0) == RED).all(axis=-1)))
    window.resize(1200, window.height() + height_of(1) - strip.height())
    desk.until(lambda: strip.columns == 1 and strip.height() == height_of(1))
    return desk


def carry(desk: Desk) -> None:
    desk.letters("f")
    desk.until(lambda: desk.bridge.propagation.state.phase is PropagationPhase.PROPOSAL)
    desk.until(desk.window.timeline.bar.isVisible)


def test_the_bar_of_a_propagation_comes_and_goes_and_the_picture_stays_where_it_is(carried: Desk) -> None:
    view, size = carried.canvas.view, carried.canvas.size()
    for _ in range(2):
        carry(carried)
        assert (carried.canvas.view, carried.canvas.size()) == (view, size)
        assert carried.window.tool_strip.columns == 1
        carried.bridge.attempt(carried.bridge.propagation.accept)
        carried.until(carried.window.timeline.bar.isHidden)
        assert (carried.canvas.view, carried.canvas.size()) == (view, size)
        carried.bridge.undo()


def test_where_the_timeline_is_as_low_as_can_be_it_gives_back_what_the_bar_took(carried: Desk) -> None:
    window, strip = carried.window, carried.window.tool_strip
    window.resizeDocks([window.timeline_dock], [1], Qt.Orientation.Vertical)
    carried.until(lambda: window.timeline_dock.height() == window.timeline_dock.minimumSizeHint().height())
    window.resize(1200, window.height() + height_of(1) - strip.height())
    carried.until(lambda: strip.columns == 1 and strip.height() == height_of(1))
    for _ in range(2):
        carry(carried)
        carried.until(lambda: strip.columns == 2)
        carried.bridge.attempt(carried.bridge.propagation.accept)
        carried.until(lambda: strip.columns == 1 and strip.height() == height_of(1))
        carried.bridge.undo()
