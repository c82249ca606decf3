"""The magic wand: press on a colour, drag to take more or less of its like, let go."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.geometry import Box
from refseg_annotator.services.mask_tools import Mode, combine
from refseg_annotator.services.mask_tools_colour import Likeness, likeness
from refseg_annotator.ui.tools.tool_stage import Gesture, Pointer, PointerKind, Stage
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.ui.tools.tool_options import ToolOptions
    from refseg_annotator.ui.tools.tool_preview import Preview

_PIXELS_A_STEP: Final = 6.0
"""Screen pixels of dragging that make the tolerance greater by one."""
_LEAST_DRAG: Final = 4.0


def mode_of(stage: Stage, pointer: Pointer) -> Mode:
    """What a shape begun here does: the chosen mode, or with Ctrl its opposite."""
    mode = stage.options.mode
    return mode.flipped if pointer.ctrl else mode


def wand(stage: Stage, press: Pointer) -> Gesture:
    """Take what looks like the pressed pixel. Presses while the last one is still computed wait for their turn."""
    waiting = deque([_Press(press)])
    while waiting:
        yield from _wave(stage, waiting.popleft(), waiting)


@dataclass(slots=True)
class _Press:
    """A press, and whether its button is up again."""

    pointer: Pointer
    is_over: bool = False


class _Reach:
    """What one press takes, as the tolerance changes."""

    def __init__(self, stage: Stage, preview: Preview, image: NDArray[np.uint8], x: int, y: int, mode: Mode) -> None:
        self._stage = stage
        self._preview = preview
        self._image = image
        self._place = x, y
        self._mode = mode
        self._alike: Likeness | None = None
        self._asked: tuple[float, ToolOptions] | None = None
        self.is_answered = False

    def ask(self, tolerance: float) -> None:
        """Have the mask computed for a tolerance, unless that is under way."""
        stage, preview, mode, image = self._stage, self._preview, self._mode, self._image
        options, alike, (x, y) = stage.options, self._alike, self._place
        if self._asked == (tolerance, options):
            return
        if self._asked is not None and self._asked[1].sample != options.sample:
            alike = None
        self._asked = tolerance, options
        self.is_answered = False

        def compute() -> tuple[Likeness, Mask]:
            known = likeness(image, x, y, sample=options.sample) if alike is None else alike
            return known, combine(preview.base, known.within(tolerance, contiguous=options.contiguous), mode)

        stage.work(compute, self._show, title=tr("Magic wand"))

    def _show(self, answer: tuple[Likeness, Mask]) -> None:
        self._alike, mask = answer
        self.is_answered = True
        self._stage.touched(self._preview.show(mask))


def _wave(stage: Stage, begun_by: _Press, waiting: deque[_Press]) -> Gesture:
    press = begun_by.pointer
    image = stage.image
    x, y = math.floor(press.x), math.floor(press.y)
    if image is not None and not Box(0, 0, image.shape[1], image.shape[0]).contains_point(x, y):
        return
    mode = mode_of(stage, press)
    if stage.lacks_mask(mode):
        return
    preview = stage.begin_preview(erases=mode is not Mode.ADD)
    if preview is None or image is None:
        return
    begun = stage.options.tolerance
    is_done = False
    try:
        reach = _Reach(stage, preview, image, x, y, mode)
        reach.ask(begun)
        is_down = not begun_by.is_over
        while True:
            pointer = yield
            match pointer.kind:
                case PointerKind.MOVE | PointerKind.RELEASE if is_down:
                    is_down = pointer.kind is PointerKind.MOVE
                    stage.set_number("tolerance", _dragged(begun, press, pointer))
                    reach.ask(stage.options.tolerance)
                case PointerKind.NEWS if reach.is_answered:
                    reach.ask(stage.options.tolerance)
                case PointerKind.PRESS:
                    waiting.append(_Press(pointer))
                case PointerKind.RELEASE if waiting:
                    waiting[-1].is_over = True
                case _:
                    pass
            if reach.is_answered and not is_down:
                is_done = True
                stage.finish(preview, title=tr("Magic wand"), clicks=1)
                return
    finally:
        stage.stop_work()
        if not is_done:
            stage.set_number("tolerance", begun)
        stage.drop(preview)


def _dragged(tolerance: float, press: Pointer, pointer: Pointer) -> float:
    """The tolerance while one drags: greater to the right and up, in whole steps."""
    way = ((pointer.x - press.x) - (pointer.y - press.y)) * pointer.scale
    if abs(way) < _LEAST_DRAG:
        return tolerance
    return min(max(tolerance + round(way / _PIXELS_A_STEP), 0.0), 100.0)
