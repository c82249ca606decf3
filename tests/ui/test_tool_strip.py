"""The tool strip at any height: every button whole, none over another, and the canvas with as much room as there is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
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


def test_when_the_bar_of_a_propagation_is_gone_the_tools_are_one_column_again(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(write_clip(tmp_path / "clip.mp4", 8))
    window, strip = desk.window, desk.window.tool_strip
    desk.until(window.timeline.isVisible)
    # Just enough for one column, so that whatever takes height away makes two of it.
    window.resize(1200, window.height() + height_of(1) - strip.height())
    desk.until(lambda: strip.columns == 1 and strip.height() == height_of(1))
    bridge = desk.bridge
    referent = annotate.new_referent(bridge.session, bridge.medium_id)
    annotate.set_mask(bridge.session, referent, 0, Mask.from_array((draw_frame(0) == RED).all(axis=-1)))
    for _ in range(2):
        desk.letters("f")
        desk.until(lambda: bridge.propagation.state.phase is PropagationPhase.PROPOSAL and strip.columns == 2)
        bridge.attempt(bridge.propagation.accept)
        desk.until(lambda: strip.columns == 1 and strip.height() == height_of(1))
        bridge.undo()
