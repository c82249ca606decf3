"""The bucket: a click fills a hole of the mask, with Ctrl it empties a part of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from refseg_annotator.services.mask_tools import Mode, enclosed_at, part_at
from refseg_annotator.ui.tools.tool_stage import Gesture, Pointer, PointerKind, Stage
from refseg_annotator.ui.tools.tool_wand import mode_of
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.core.mask import Mask


def fill(stage: Stage, press: Pointer) -> Gesture:
    """Fill the hole, or empty the part, that was clicked; larger masks take a moment, away from the window."""
    x, y = math.floor(press.x), math.floor(press.y)
    mode = mode_of(stage, press)
    if mode is Mode.INTERSECT:
        stage.say(tr("Fill adds a hole or takes a part away; choose Add or Subtract (M)."))
        return
    preview = stage.begin_preview(erases=True)
    if preview is None:
        return
    base = preview.base
    answers: list[Mask] = []
    try:
        if mode is Mode.ADD:
            stage.work(lambda: base.union(enclosed_at(base, x, y)), answers.append, title=tr("Fill"))
        else:
            stage.work(lambda: base.difference(part_at(base, x, y)), answers.append, title=tr("Empty part"))
        while not answers:
            pointer = yield
            # The button goes up before the answer comes, or after it; a refused question gets none.
            if pointer.kind is PointerKind.PRESS:
                return
        preview.show(answers[0])
        stage.finish(preview, title=tr("Fill hole") if mode is Mode.ADD else tr("Empty part"), clicks=1)
    finally:
        stage.stop_work()
        stage.drop(preview)
