"""Points and boxes: click what belongs and what does not, drag a box around it; each answer is shown while one goes on.

The proposal on show is corrected in its place; otherwise the selected mask, or a new one. Enter keeps the answer,
Backspace takes the last prompt back, Escape leaves everything as it was.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.geometry import Box
from refseg_annotator.inference.clicks import Click, Prompts
from refseg_annotator.services.refine import Method, refine
from refseg_annotator.services.refine_clicks import clicked_mask
from refseg_annotator.ui.tools.tool_stage import Gesture, Pointer, PointerKind, Stage, Subject
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.services.refine_clicks import ClickedMask
    from refseg_annotator.ui.tools.tool_preview import Preview

TITLE: Final = "Refine with points"
_LEAST_DRAG: Final = 5.0
"""Screen pixels from which on a drag is a box and no longer a click."""


class _Round:
    """One round of prompts on one subject."""

    def __init__(self, stage: Stage, subject: Subject, preview: Preview | None) -> None:
        self._stage = stage
        self._subject = subject
        self._preview = preview
        self._method = stage.options.method
        self._clicked: tuple[str, ClickedMask] | None = None
        self._model: str | None = None  # that the last answer is by
        self.prompts = Prompts()
        self.answer: Mask = subject.mask
        self.is_answered = True

    def add(self, click: Click) -> None:
        self.prompts = Prompts((*self.prompts.clicks, click), self.prompts.box)
        self.ask()

    def frame(self, box: Box) -> None:
        self.prompts = Prompts(self.prompts.clicks, box)
        self.ask()

    def take_back(self) -> None:
        """Forget the last click, or the box when there is no click."""
        clicks = self.prompts.clicks
        self.prompts = Prompts(clicks[:-1], self.prompts.box) if clicks else Prompts()
        self.ask()

    def check_options(self) -> None:
        if self._stage.options.method is not self._method:
            self.ask()

    def ask(self) -> None:
        """Have the prompts answered; an answer to earlier ones is no longer wanted."""
        stage, subject, prompts = self._stage, self._subject, self.prompts
        self._method = method = stage.options.method
        stage.marks(prompts.clicks, prompts.box)
        image = stage.image
        if prompts.is_empty or image is None:
            stage.stop_work()
            self._show(subject.mask)
            return
        self.is_answered = False
        model, clicked = self._by_network(image) if method is Method.NETWORK else (None, None)
        is_asked = clicked is not None and clicked.answers(prompts)
        self._model = model if is_asked else None

        def answer() -> Mask:
            if clicked is not None and is_asked:
                return clicked.after(prompts)
            return refine(image, subject.mask, prompts, prior=subject.prior, method=method)

        stage.work(answer, self._show, title=tr("Refine the mask"))

    def _by_network(self, image: NDArray[np.uint8]) -> tuple[str, ClickedMask] | tuple[None, None]:
        """The model and the mask as it changes that; None while there is no model to ask."""
        if self._clicked is None:
            model, subject = self._stage.click_model(), self._subject
            if model is not None:
                self._clicked = model.name, clicked_mask(image, subject.mask, model.read, subject.prior)
        return self._clicked or (None, None)

    def _show(self, mask: Mask) -> None:
        self.answer, self.is_answered = mask, True
        if self._preview is None:
            self._stage.revise(mask, clicks=self.prompts.count)
        else:
            self._stage.touched(self._preview.show(mask))

    def keep(self) -> None:
        """Commit the answer; a proposal is revised already."""
        if self._preview is not None:
            self._stage.finish(self._preview, title=TITLE, clicks=self.prompts.count, model=self._model)

    def undo(self) -> None:
        """Leave everything as it was before."""
        if self._preview is None and self.answer is not self._subject.mask:
            self._stage.revise(self._subject.mask, clicks=0)


def points(stage: Stage, press: Pointer) -> Gesture:
    """Refine with clicks and a box until Enter."""
    subject = stage.subject()
    if subject is None:
        return
    if subject.mask.is_empty and (press.right or press.ctrl):
        stage.say(tr("Click what belongs to it first; then what does not, with the right button."))
        return
    preview = None
    if not subject.is_proposal:
        preview = stage.begin_preview(erases=False)
        if preview is None:
            return
    turn = _Round(stage, subject, preview)
    is_kept = False
    try:
        pressed: Pointer | None = press
        ends_after_answer = False
        while True:
            pointer = yield
            match pointer.kind:
                case PointerKind.PRESS:
                    pressed = pointer
                case PointerKind.MOVE if pressed is not None and _is_drag(pressed, pointer):
                    stage.band(_corners(pressed, pointer), closed=True)
                case PointerKind.RELEASE if pressed is not None:
                    stage.band([], closed=True)
                    box = _box(pressed, pointer) if _is_drag(pressed, pointer) else None
                    if box is None:
                        turn.add(Click(pressed.x, pressed.y, positive=not (pressed.right or pressed.ctrl)))
                    else:
                        turn.frame(box)
                    pressed = None
                case PointerKind.BACK:
                    turn.take_back()
                    if turn.prompts.is_empty:
                        return
                case PointerKind.FINISH:
                    ends_after_answer = True
                case PointerKind.LEAVE:
                    is_kept = True
                    turn.keep()
                    return
                case PointerKind.NEWS:
                    turn.check_options()
                case _:
                    pass
            if ends_after_answer and turn.is_answered:
                is_kept = True
                turn.keep()
                if subject.is_proposal:
                    stage.settle()
                return
    finally:
        stage.stop_work()
        stage.band([], closed=True)
        stage.marks((), None)
        if not is_kept:
            turn.undo()
        if preview is not None:
            stage.drop(preview)


def _is_drag(first: Pointer, last: Pointer) -> bool:
    return not first.right and math.hypot(last.x - first.x, last.y - first.y) * last.scale >= _LEAST_DRAG


def _corners(first: Pointer, last: Pointer) -> list[tuple[float, float]]:
    return [(first.x, first.y), (last.x, first.y), (last.x, last.y), (first.x, last.y)]


def _box(first: Pointer, last: Pointer) -> Box:
    """The pixels whose centres lie in the dragged rectangle; at least one."""
    x0, x1 = sorted((round(first.x), round(last.x)))
    y0, y1 = sorted((round(first.y), round(last.y)))
    return Box(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))
