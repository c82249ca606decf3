"""Filling polygons, and the hand that runs gestures, on a stage without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.services.mask_tools import Mode
from refseg_annotator.services.mask_tools_pieces import Pieces
from refseg_annotator.ui.tools.brush import Draft
from refseg_annotator.ui.tools.canvas_tools import TOOLS, Hand, Pointer, PointerKind, ToolId, polygon_pixels, tool_of
from refseg_annotator.ui.tools.tool_options import ToolOptions
from refseg_annotator.ui.tools.tool_preview import Preview
from refseg_annotator.ui.tools.tool_stage import Subject

SIZE = Size(32, 24)


@dataclass
class PlainStage:
    """Keeps what a tool did."""

    brush_radius: float = 2.0
    allows: bool = True
    events: list[str] = field(default_factory=list)
    mask: Mask = field(default_factory=lambda: Mask.empty(SIZE))

    def begin(self, *, erases: bool) -> Draft | None:
        self.events.append("begin")
        return Draft(self.mask) if self.allows else None

    def lacks_mask(self, mode: Mode) -> bool:
        return False

    def touched(self, box: Box) -> None:
        self.events.append("touched")

    def band(self, points: list[tuple[float, float]], *, closed: bool) -> None:
        self.events.append(f"band {len(points)}")

    def finish(self, draft: Draft, *, title: str, clicks: int = 0) -> None:
        self.events.append(f"finish {title}")
        self.mask = self.mask.with_patch(*draft.patch())

    def drop(self, draft: Draft) -> None:
        self.events.append("drop")

    def pick(self, x: float, y: float, *, further: bool) -> None:
        self.events.append(f"pick {x:g} {y:g}")

    # --- what the tools of whole masks ask for; work is done at once, or never while `is_slow` ---

    image: np.ndarray = field(default_factory=lambda: np.zeros((SIZE.height, SIZE.width, 3), np.uint8))
    options: ToolOptions = field(default_factory=ToolOptions)
    pieces: Pieces | None = None
    is_slow: bool = False
    news: Callable[[], None] = lambda: None

    def begin_preview(self, *, erases: bool) -> Preview | None:
        self.events.append("begin")
        return Preview(self.mask) if self.allows else None

    def subject(self) -> Subject | None:
        return Subject(self.mask, None, is_proposal=False) if self.allows else None

    def work(self, call: Callable[[], object], then: Callable[[object], None], *, title: str) -> None:
        self.events.append(f"work {title}")
        if not self.is_slow:
            then(call())

    def stop_work(self) -> None:
        self.events.append("stop")

    def want_pieces(self) -> None:
        self.events.append("want pieces")

    def marks(self, clicks: tuple[object, ...], box: Box | None) -> None:
        self.events.append(f"marks {len(clicks)}")

    def glow(self, mask: Mask | None) -> None:
        self.events.append("dark" if mask is None else "glow")

    def say(self, sentence: str) -> None:
        self.events.append(f"say {sentence}")

    def set_number(self, option: str, value: float) -> None:
        self.events.append(f"{option} {value:g}")

    def listen(self, news: Callable[[], None], failed: Callable[[], object]) -> None:
        self.news = news

    def clear(self) -> None:
        """Another tool is taken: nothing is lit."""


def inside(points: list[tuple[float, float]], x: float, y: float) -> bool:
    """Even-odd, by counting the edges to the left of a point."""
    crossings = 0
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        if (ay <= y) != (by <= y) and ax + (y - ay) / (by - ay) * (bx - ax) <= x:
            crossings += 1
    return crossings % 2 == 1


corners = st.tuples(
    st.floats(-8, 40).map(lambda v: round(v, 2) + 0.003), st.floats(-8, 32).map(lambda v: round(v, 2) + 0.003)
)


@settings(max_examples=80)
@given(st.lists(corners, min_size=3, max_size=8))
def test_a_polygon_fills_the_pixels_whose_centres_are_inside(points: list[tuple[float, float]]) -> None:
    box, shape = polygon_pixels(points, SIZE)
    filled = np.zeros(SIZE.shape, bool)
    filled[box.slices] = shape
    expected = [[inside(points, x + 0.5, y + 0.5) for x in range(SIZE.width)] for y in range(SIZE.height)]
    assert (filled == np.array(expected)).all()


def move(hand: Hand, kind: PointerKind, x: float, y: float) -> None:
    hand.feel(Pointer(kind, x, y))


def test_a_gesture_ends_with_its_release() -> None:
    stage = PlainStage()
    hand = Hand(stage)
    hand.take(tool_of(ToolId.BRUSH))
    move(hand, PointerKind.MOVE, 1, 1)
    assert stage.events == []
    move(hand, PointerKind.PRESS, 5, 5)
    move(hand, PointerKind.MOVE, 9, 5)
    assert hand.is_busy
    move(hand, PointerKind.RELEASE, 9, 5)
    assert not hand.is_busy
    assert stage.events[-2:] == ["finish Brush", "drop"]
    assert stage.mask.contains_point(7, 5)


def test_abandoning_drops_the_draft_and_commits_nothing() -> None:
    for tool in TOOLS:
        stage = PlainStage(is_slow=True)
        hand = Hand(stage)
        hand.take(tool)
        move(hand, PointerKind.PRESS, 5, 5)
        move(hand, PointerKind.MOVE, 9, 9)
        assert hand.abandon() or not hand.is_busy
        assert stage.mask.is_empty
        assert not [event for event in stage.events if event.startswith("finish")]
        # Whatever the tool has put on the canvas is off it again.
        shown = [event for event in stage.events if event in ("begin", "drop") or event.startswith("band")]
        assert not shown or shown[-1] in ("drop", "band 0")


def test_a_refused_draft_ends_the_gesture() -> None:
    stage = PlainStage(allows=False)
    hand = Hand(stage)
    hand.take(tool_of(ToolId.BRUSH))
    move(hand, PointerKind.PRESS, 5, 5)
    assert not hand.is_busy
    assert stage.events == ["begin"]


def test_an_error_in_a_tool_leaves_the_hand_free() -> None:
    class Broken(PlainStage):
        def finish(self, draft: Draft, *, title: str) -> None:
            raise ValueError(title)

    stage = Broken()
    hand = Hand(stage)
    hand.take(tool_of(ToolId.BRUSH))
    move(hand, PointerKind.PRESS, 5, 5)
    with pytest.raises(ValueError, match="Brush"):
        move(hand, PointerKind.RELEASE, 5, 5)
    assert not hand.is_busy
    assert stage.events[-1] == "drop"


def test_a_lasso_of_a_click_fills_nothing() -> None:
    stage = PlainStage()
    hand = Hand(stage)
    hand.take(tool_of(ToolId.LASSO))
    move(hand, PointerKind.PRESS, 5, 5)
    move(hand, PointerKind.RELEASE, 5, 5)
    assert stage.mask.is_empty
    assert not hand.is_busy


def test_a_rectangle_of_a_click_fills_nothing() -> None:
    stage = PlainStage()
    hand = Hand(stage)
    hand.take(tool_of(ToolId.RECTANGLE))
    move(hand, PointerKind.PRESS, 5.2, 5.2)
    move(hand, PointerKind.RELEASE, 5.2, 5.2)
    assert stage.mask.is_empty


def test_backspace_takes_corners_back_to_none() -> None:
    stage = PlainStage()
    hand = Hand(stage)
    hand.take(tool_of(ToolId.POLYGON))
    move(hand, PointerKind.PRESS, 5, 5)
    move(hand, PointerKind.BACK, 5, 5)
    assert not hand.is_busy
