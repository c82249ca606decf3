"""The tools of the canvas. A drag is a draft: a tool is a generator that is given the press, yields, receives moves,
and commits one edit when the button is let go. Closing the generator drops the draft, and that is all Escape does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.services.mask_tools import Mode
from refseg_annotator.ui.tools.tool_bucket import fill
from refseg_annotator.ui.tools.tool_pieces import hover, superpixels
from refseg_annotator.ui.tools.tool_points import points
from refseg_annotator.ui.tools.tool_stage import Gesture, Point, Pointer, PointerKind, Stage, Tool, ToolId
from refseg_annotator.ui.tools.tool_wand import mode_of, wand
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "TOOLS",
    "Gesture",
    "Hand",
    "Point",
    "Pointer",
    "PointerKind",
    "Stage",
    "Tool",
    "ToolId",
    "polygon_pixels",
    "tool_of",
]


def select(stage: Stage, press: Pointer) -> Gesture:
    """Choose the referent under the pointer."""
    stage.pick(press.x, press.y, further=press.shift)
    yield


def _stroke(stage: Stage, press: Pointer, *, paints: bool, title: str) -> Gesture:
    value = paints != press.ctrl
    draft = stage.begin(erases=not value)
    if draft is None:
        return
    try:
        last = press
        radius = stage.brush_radius
        stage.touched(draft.sweep(press.x, press.y, press.x, press.y, radius, value=value))
        while True:
            pointer = yield
            if pointer.kind in (PointerKind.MOVE, PointerKind.RELEASE):
                # Size may change while the button is down, Ctrl too: the stroke goes on with what is held now.
                value = paints != pointer.ctrl
                radius = stage.brush_radius
                stage.touched(draft.sweep(last.x, last.y, pointer.x, pointer.y, radius, value=value))
                last = pointer
            if pointer.kind is PointerKind.RELEASE:
                stage.finish(draft, title=title)
                return
    finally:
        stage.drop(draft)


def brush(stage: Stage, press: Pointer) -> Gesture:
    """Paint with a disc; Ctrl erases."""
    yield from _stroke(stage, press, paints=True, title=tr("Brush"))


def eraser(stage: Stage, press: Pointer) -> Gesture:
    """Erase with a disc; Ctrl paints."""
    yield from _stroke(stage, press, paints=False, title=tr("Eraser"))


def _fill(stage: Stage, points: list[Point], mode: Mode, *, title: str) -> None:
    draft = stage.begin(erases=mode is not Mode.ADD)
    if draft is None:
        return
    try:
        box, shape = polygon_pixels(points, draft.size)
        if not shape.any():
            return
        if mode is Mode.INTERSECT:
            # All that the mask has outside the shape goes; inside nothing changes.
            outside = np.ones(draft.base.box.shape, np.bool_)
            common = box.intersection(draft.base.box)
            if not common.is_empty:
                outside[common.relative_to(draft.base.box).slices] = ~shape[common.relative_to(box).slices]
            if not draft.base.box.is_empty:
                stage.touched(draft.put(draft.base.box, outside, value=False))
        else:
            stage.touched(draft.put(box, shape, value=mode is Mode.ADD))
        stage.finish(draft, title=title)
    finally:
        stage.drop(draft)


def _mode_at_end(stage: Stage, begun: Mode, pointer: Pointer) -> Mode:
    """Ctrl counts at either end of a drag."""
    return mode_of(stage, pointer) if pointer.ctrl else begun


def rectangle(stage: Stage, press: Pointer) -> Gesture:
    """Fill a rectangle; Ctrl clears it."""
    if stage.lacks_mask(mode_of(stage, press)):
        return
    try:
        points: list[Point] = []
        mode = mode_of(stage, press)
        while True:
            pointer = yield
            if pointer.kind not in (PointerKind.MOVE, PointerKind.RELEASE):
                continue
            points = [(press.x, press.y), (pointer.x, press.y), (pointer.x, pointer.y), (press.x, pointer.y)]
            stage.band(points, closed=True)
            if pointer.kind is PointerKind.RELEASE:
                _fill(stage, points, _mode_at_end(stage, mode, pointer), title=tr("Rectangle"))
                return
    finally:
        stage.band([], closed=True)


def lasso(stage: Stage, press: Pointer) -> Gesture:
    """Fill what a freehand line encloses; Ctrl clears it."""
    if stage.lacks_mask(mode_of(stage, press)):
        return
    try:
        points: list[Point] = [(press.x, press.y)]
        mode = mode_of(stage, press)
        while True:
            pointer = yield
            if pointer.kind not in (PointerKind.MOVE, PointerKind.RELEASE):
                continue
            points.append((pointer.x, pointer.y))
            stage.band(points, closed=True)
            if pointer.kind is PointerKind.RELEASE:
                if len(points) > 2:
                    _fill(stage, points, _mode_at_end(stage, mode, pointer), title=tr("Lasso"))
                return
    finally:
        stage.band([], closed=True)


def polygon(stage: Stage, press: Pointer) -> Gesture:
    """Fill a polygon clicked corner by corner; Enter or a double click closes it, Backspace takes a corner back."""
    if stage.lacks_mask(mode_of(stage, press)):
        return
    try:
        corners: list[Point] = [(press.x, press.y)]
        with_ctrl = press.ctrl
        stage.band(corners, closed=False)
        while True:
            pointer = yield
            match pointer.kind:
                case PointerKind.PRESS:
                    corners.append((pointer.x, pointer.y))
                    with_ctrl = with_ctrl or pointer.ctrl
                case PointerKind.BACK:
                    corners.pop()
                    if not corners:
                        return
                case PointerKind.FINISH:
                    distinct = [corner for place, corner in enumerate(corners) if corner not in corners[:place]]
                    if len(distinct) > 2:
                        mode = stage.options.mode
                        _fill(stage, distinct, mode.flipped if with_ctrl else mode, title=tr("Polygon"))
                    return
                case _:
                    pass
            stage.band([*corners, (pointer.x, pointer.y)], closed=len(corners) > 1)
    finally:
        stage.band([], closed=False)


_SHAPES: Final = ("mode",)

TOOLS: Final[tuple[Tool, ...]] = (
    Tool(ToolId.SELECT, select, "Click a mask to select its referent."),
    Tool(
        ToolId.POINTS,
        points,
        "Click what belongs, right-click what does not, or drag a box around it; Enter keeps, Backspace takes back.",
        options=("method",),
        takes_right=True,
    ),
    Tool(
        ToolId.BRUSH,
        brush,
        "Paint; Ctrl erases, [ and ] or Alt+wheel change the size.",
        is_round=True,
        options=("size",),
    ),
    Tool(
        ToolId.ERASER,
        eraser,
        "Erase; Ctrl paints, [ and ] or Alt+wheel change the size.",
        is_round=True,
        options=("size",),
        needs_mask=True,
    ),
    Tool(
        ToolId.POLYGON,
        polygon,
        "Click corners, Enter closes, Backspace takes one back; Ctrl takes away.",
        options=_SHAPES,
        ends_with_double_click=True,
        hints={
            Mode.SUBTRACT: "Click the corners of what goes, Enter closes, Backspace takes one back; Ctrl adds.",
            Mode.INTERSECT: "Click the corners of what stays, Enter closes, Backspace takes one back; Ctrl takes away.",
        },
    ),
    Tool(
        ToolId.LASSO,
        lasso,
        "Draw around what belongs to the mask; Ctrl takes it away.",
        options=_SHAPES,
        hints={
            Mode.SUBTRACT: "Draw around what goes from the mask; Ctrl adds it.",
            Mode.INTERSECT: "Draw around what stays of the mask; Ctrl takes it away.",
        },
    ),
    Tool(
        ToolId.RECTANGLE,
        rectangle,
        "Drag a rectangle to add it to the mask; Ctrl takes it away.",
        options=_SHAPES,
        hints={
            Mode.SUBTRACT: "Drag a rectangle to take it away from the mask; Ctrl adds it.",
            Mode.INTERSECT: "Drag a rectangle around what stays of the mask; Ctrl takes it away.",
        },
    ),
    Tool(
        ToolId.WAND,
        wand,
        "Press on a colour to take its like, drag right for more, left for less; Ctrl takes away.",
        options=("mode", "tolerance", "contiguous", "sample"),
        hints={
            Mode.SUBTRACT: "Press on a colour to take its like away, drag right for more, left for less; Ctrl adds.",
            Mode.INTERSECT: "Press on a colour to keep its like, drag right for more, left for less; Ctrl takes away.",
        },
    ),
    Tool(
        ToolId.SUPERPIXELS,
        superpixels,
        "Click or drag over pieces to take them; Ctrl takes them away.",
        hover=hover,
        options=("mode", "piece"),
        hints={
            Mode.SUBTRACT: "Click or drag over pieces to take them away; Ctrl adds them.",
            Mode.INTERSECT: "Drag over the pieces that stay of the mask; Ctrl takes them away.",
        },
    ),
    Tool(
        ToolId.FILL,
        fill,
        "Click a hole of the mask to fill it; Ctrl empties the part under the pointer.",
        needs_mask=True,
        hints={
            Mode.SUBTRACT: "Click a part of the mask to empty it; Ctrl fills the hole under the pointer.",
            Mode.INTERSECT: "Fill adds a hole or takes a part away; choose Add or Subtract (M).",
        },
    ),
)

_BY_ID: Final = {tool.id: tool for tool in TOOLS}


def tool_of(tool_id: ToolId) -> Tool:
    """The tool of that name."""
    return _BY_ID[tool_id]


def polygon_pixels(points: list[Point], size: Size) -> tuple[Box, NDArray[np.bool_]]:
    """The pixels whose centres lie inside a polygon of source points (even-odd), and the box they lie in."""
    corners = np.asarray(points, np.float64)
    x0, y0 = np.floor(corners.min(axis=0)).astype(int)
    x1, y1 = np.ceil(corners.max(axis=0)).astype(int)
    box = Box(int(x0), int(y0), int(x1), int(y1)).clipped(size)
    if box.is_empty:
        return EMPTY_BOX, np.zeros((0, 0), np.bool_)
    # Every edge turns inside into outside from its crossing to the right; an odd number of turns is inside.
    turns = np.zeros((box.height, box.width + 1), np.int32)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        low, high = min(ay, by), max(ay, by)
        first = max(int(np.ceil(low - 0.5)), box.y0)
        last = min(int(np.ceil(high - 0.5)), box.y1)
        if first >= last:
            continue
        rows = np.arange(first, last)
        at = ax + (rows + 0.5 - ay) / (by - ay) * (bx - ax)
        columns = np.clip(np.ceil(at - 0.5).astype(np.int64) - box.x0, 0, box.width)
        turns[rows - box.y0, columns] += 1
    return box, np.cumsum(turns, axis=1)[:, :-1] % 2 == 1


class Hand:
    """Runs one gesture at a time."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._gesture: Gesture | None = None
        self._last: Pointer | None = None
        self._is_advancing = False
        self.tool: Tool = tool_of(ToolId.SELECT)
        stage.listen(self.tell_news, self.abandon)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    def take(self, tool: Tool) -> None:
        """Change tools; a gesture under way is dropped."""
        self.abandon()
        self._stage.clear()
        self.tool = tool

    def perform(self, gesture: Gesture) -> None:
        """Run a gesture that no press begins, as an action of the menu does; one under way is dropped."""
        self.abandon()
        self._gesture = gesture
        self._advance(gesture, None)

    def feel(self, pointer: Pointer) -> None:
        """Give the gesture what happened; a press without one begins one."""
        self._last = pointer
        if self._gesture is None:
            if pointer.kind is PointerKind.MOVE and self.tool.hover is not None:
                self.tool.hover(self._stage, pointer)
            elif pointer.kind is PointerKind.PRESS:
                self._gesture = self.tool.start(self._stage, pointer)
                self._advance(self._gesture, None)
        else:
            self._advance(self._gesture, pointer)

    def tell_news(self) -> None:
        """Something that the gesture may wait for has come about; an idle tool looks again what lies below."""
        if self._is_advancing:
            return  # its own doing
        if self._gesture is not None:
            self._advance(self._gesture, self._without_moving(PointerKind.NEWS))
        elif self._last is not None and self.tool.hover is not None:
            self.tool.hover(self._stage, self._last)

    def leave(self) -> None:
        """End the gesture under way and keep what it has come to, if it is one that can."""
        if self._gesture is not None:
            self._advance(self._gesture, self._without_moving(PointerKind.LEAVE))

    def abandon(self) -> bool:
        """Drop the gesture under way; whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.close()
        return True

    def _without_moving(self, kind: PointerKind) -> Pointer:
        return Pointer(kind, 0.0, 0.0) if self._last is None else Pointer(kind, self._last.x, self._last.y)

    def _advance(self, gesture: Gesture, pointer: Pointer | None) -> None:
        self._is_advancing = True
        try:
            if pointer is None:
                next(gesture)
            else:
                gesture.send(pointer)
        except StopIteration:
            if self._gesture is gesture:
                self._gesture = None
        except BaseException:
            self._gesture = None
            raise
        finally:
            self._is_advancing = False
