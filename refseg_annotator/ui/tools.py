"""The tools of the canvas. A drag is a draft: a tool is a generator that is given the press, yields, receives moves,
and commits one edit when the button is let go. Closing the generator drops the draft, and that is all Escape does.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.ui.brush import Draft


class PointerKind(StrEnum):
    """What happened."""

    PRESS = "press"
    MOVE = "move"
    RELEASE = "release"
    FINISH = "finish"  # Enter or a double click: a tool of several clicks is done
    BACK = "back"  # Backspace: the last of several clicks was wrong


@dataclass(frozen=True, slots=True)
class Pointer:
    """The pointer over the picture, in source pixels (not whole ones), and the keys held with it."""

    kind: PointerKind
    x: float
    y: float
    ctrl: bool = False
    shift: bool = False


Point = tuple[float, float]


class Stage(Protocol):
    """What a tool may do to the canvas and, at the end, to the project."""

    @property
    def brush_radius(self) -> float:
        """Radius of brush and eraser, in source pixels."""

    def begin(self, *, erases: bool) -> Draft | None:
        """A draft of the selected referent's mask, or of a new one; None, and a sentence shown, where there is none."""

    def touched(self, box: Box) -> None:
        """Repaint a box of the draft, in source pixels."""

    def band(self, points: list[Point], *, closed: bool) -> None:
        """Show a line through source points; none for an empty list."""

    def finish(self, draft: Draft, *, title: str) -> None:
        """Commit what the draft has become, as one edit."""

    def drop(self, draft: Draft) -> None:
        """Take the draft off the canvas; after `finish` as well."""

    def pick(self, x: float, y: float, *, further: bool) -> None:
        """Select the referent under a source point."""


Gesture = Generator[None, Pointer, None]


class ToolId(StrEnum):
    """Names of the tools; actions of the same name choose them."""

    SELECT = "select"
    BRUSH = "brush"
    ERASER = "eraser"
    RECTANGLE = "rectangle"
    LASSO = "lasso"
    POLYGON = "polygon"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool.

    Args:
        start: begins a gesture at the press.
        is_round: the pointer is the brush itself.
        hint: what the status bar says while it is chosen.
    """

    id: ToolId
    start: Callable[[Stage, Pointer], Gesture]
    hint: str
    is_round: bool = False


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
    yield from _stroke(stage, press, paints=True, title="Brush")


def eraser(stage: Stage, press: Pointer) -> Gesture:
    """Erase with a disc; Ctrl paints."""
    yield from _stroke(stage, press, paints=False, title="Eraser")


def _fill(stage: Stage, points: list[Point], *, erases: bool, title: str) -> None:
    draft = stage.begin(erases=erases)
    if draft is None:
        return
    try:
        box, shape = polygon_pixels(points, draft.size)
        if not shape.any():
            return
        stage.touched(draft.put(box, shape, value=not erases))
        stage.finish(draft, title=title)
    finally:
        stage.drop(draft)


def rectangle(stage: Stage, press: Pointer) -> Gesture:
    """Fill a rectangle; Ctrl clears it."""
    try:
        points: list[Point] = []
        erases = press.ctrl
        while True:
            pointer = yield
            if pointer.kind not in (PointerKind.MOVE, PointerKind.RELEASE):
                continue
            points = [(press.x, press.y), (pointer.x, press.y), (pointer.x, pointer.y), (press.x, pointer.y)]
            stage.band(points, closed=True)
            if pointer.kind is PointerKind.RELEASE:
                _fill(stage, points, erases=erases or pointer.ctrl, title="Rectangle")
                return
    finally:
        stage.band([], closed=True)


def lasso(stage: Stage, press: Pointer) -> Gesture:
    """Fill what a freehand line encloses; Ctrl clears it."""
    try:
        points: list[Point] = [(press.x, press.y)]
        while True:
            pointer = yield
            if pointer.kind not in (PointerKind.MOVE, PointerKind.RELEASE):
                continue
            points.append((pointer.x, pointer.y))
            stage.band(points, closed=True)
            if pointer.kind is PointerKind.RELEASE:
                if len(points) > 2:
                    _fill(stage, points, erases=press.ctrl or pointer.ctrl, title="Lasso")
                return
    finally:
        stage.band([], closed=True)


def polygon(stage: Stage, press: Pointer) -> Gesture:
    """Fill a polygon clicked corner by corner; Enter or a double click closes it, Backspace takes a corner back."""
    try:
        corners: list[Point] = [(press.x, press.y)]
        erases = press.ctrl
        stage.band(corners, closed=False)
        while True:
            pointer = yield
            match pointer.kind:
                case PointerKind.PRESS:
                    corners.append((pointer.x, pointer.y))
                    erases = erases or pointer.ctrl
                case PointerKind.BACK:
                    corners.pop()
                    if not corners:
                        return
                case PointerKind.FINISH:
                    distinct = [corner for place, corner in enumerate(corners) if corner not in corners[:place]]
                    if len(distinct) > 2:
                        _fill(stage, distinct, erases=erases, title="Polygon")
                    return
                case _:
                    pass
            stage.band([*corners, (pointer.x, pointer.y)], closed=len(corners) > 1)
    finally:
        stage.band([], closed=False)


TOOLS: Final[tuple[Tool, ...]] = (
    Tool(ToolId.SELECT, select, "Click a mask to select its referent."),
    Tool(ToolId.BRUSH, brush, "Paint; Ctrl erases, [ and ] or Alt+wheel change the size.", is_round=True),
    Tool(ToolId.ERASER, eraser, "Erase; Ctrl paints, [ and ] or Alt+wheel change the size.", is_round=True),
    Tool(ToolId.RECTANGLE, rectangle, "Drag a rectangle to add it to the mask; Ctrl takes it away."),
    Tool(ToolId.LASSO, lasso, "Draw around what belongs to the mask; Ctrl takes it away."),
    Tool(ToolId.POLYGON, polygon, "Click corners, Enter closes, Backspace takes one back; Ctrl takes away."),
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
        self.tool: Tool = tool_of(ToolId.SELECT)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    def take(self, tool: Tool) -> None:
        """Change tools; a gesture under way is dropped."""
        self.abandon()
        self.tool = tool

    def feel(self, pointer: Pointer) -> None:
        """Give the gesture what happened; a press without one begins one."""
        if self._gesture is None:
            if pointer.kind is PointerKind.PRESS:
                self._gesture = self.tool.start(self._stage, pointer)
                self._advance(self._gesture, None)
        else:
            self._advance(self._gesture, pointer)

    def abandon(self) -> bool:
        """Drop the gesture under way; whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.close()
        return True

    def _advance(self, gesture: Gesture, pointer: Pointer | None) -> None:
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
