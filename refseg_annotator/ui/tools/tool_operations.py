"""What is done to a whole mask: shown at once, changed by a number in the options bar, kept with Enter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from refseg_annotator.services.mask_tools import drop_specks, fill_holes, grow, shrink, smooth
from refseg_annotator.ui.tools.tool_stage import Gesture, Pointer, PointerKind, Stage
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.core.mask import Mask


@dataclass(frozen=True, slots=True)
class Operation:
    """One of them.

    Args:
        id: of its action.
        title: of its edit.
        option: the name of its number among the options.
        apply: the mask and the number to the mask. Runs away from the window's thread.
    """

    id: str
    title: str
    option: str
    apply: Callable[[Mask, int], Mask]


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("grow", "Grow", "grow", grow),
    Operation("shrink", "Shrink", "shrink", shrink),
    Operation("smooth", "Smooth", "smooth", smooth),
    Operation("fill_holes", "Fill holes", "hole", lambda mask, largest: fill_holes(mask, largest or None)),
    Operation("drop_specks", "Drop specks", "speck", drop_specks),
)


def operate(stage: Stage, operation: Operation) -> Gesture:
    """Show what the operation makes of the selected mask until it is kept or dropped."""
    preview = stage.begin_preview(erases=True)
    if preview is None:
        return
    if preview.base.is_empty:
        stage.drop(preview)
        stage.say(tr("The selected referent has no mask here; paint one first, or run one of its phrases."))
        return
    base = preview.base
    asked: int | None = None
    is_answered = False

    def show(mask: Mask) -> None:
        nonlocal is_answered
        is_answered = True
        stage.touched(preview.show(mask))

    try:
        is_kept = False
        while True:
            amount = int(getattr(stage.options, operation.option))
            if amount != asked:
                asked, is_answered = amount, False
                stage.work(partial(operation.apply, base, amount), show, title=operation.title)
            if is_kept and is_answered:
                if preview.mask == base:
                    stage.say(tr("{title}: nothing to change in this mask.", title=operation.title))
                stage.finish(preview, title=operation.title)
                return
            pointer = yield
            is_kept = is_kept or pointer.kind is PointerKind.FINISH
    finally:
        stage.stop_work()
        stage.drop(preview)


def merge(stage: Stage) -> Gesture:
    """Wait for a click on the referent that is to be merged into the selected one."""
    stage.say(tr("Click the referent to merge into the selected one, or press Esc."))
    pointer: Pointer
    try:
        while True:
            pointer = yield
            if pointer.kind is PointerKind.PRESS:
                other = stage.referent_under(pointer.x, pointer.y)
                if other is None:
                    stage.say(tr("There is no other referent's mask; click one, or press Esc."))
                    continue
                stage.merge(other)
                return
            if pointer.kind is PointerKind.MOVE:
                stage.glow_under(pointer.x, pointer.y)
            if pointer.kind in (PointerKind.FINISH, PointerKind.BACK):
                return
    finally:
        stage.glow(None)
