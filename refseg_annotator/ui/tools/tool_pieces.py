"""Superpixels: the picture in pieces, of which a click takes one and a drag all that it crosses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from refseg_annotator.core.mask import Mask
from refseg_annotator.services.mask_tools import Mode
from refseg_annotator.ui.tools.tool_stage import Gesture, Pointer, PointerKind, Stage
from refseg_annotator.ui.tools.tool_wand import mode_of
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.services.mask_tools_pieces import Pieces
    from refseg_annotator.ui.tools.brush import Draft


def superpixels(stage: Stage, press: Pointer) -> Gesture:
    """Take pieces, or with Ctrl take them away."""
    pieces = stage.pieces
    if pieces is None:
        stage.want_pieces()
        stage.say(tr("The picture is still being cut into pieces; click again in a moment."))
        return
    mode = mode_of(stage, press)
    if stage.lacks_mask(mode):
        return
    draft = stage.begin(erases=mode is not Mode.ADD)
    if draft is None:
        return
    try:
        taken: set[int] = set()
        last = press
        _cross(stage, draft, pieces, (press, press), mode, taken)
        while True:
            pointer = yield
            if pointer.kind in (PointerKind.MOVE, PointerKind.RELEASE):
                _cross(stage, draft, pieces, (last, pointer), mode, taken)
                hover(stage, pointer)
                last = pointer
            if pointer.kind is PointerKind.RELEASE:
                if mode is Mode.INTERSECT:
                    _keep_only(stage, draft, pieces, taken)
                stage.finish(draft, title=tr("Superpixels"))
                return
    finally:
        stage.drop(draft)


def hover(stage: Stage, pointer: Pointer) -> None:
    """Show the piece under the pointer."""
    pieces = stage.pieces
    if pieces is None:
        stage.want_pieces()
        return
    piece = pieces.piece_at(math.floor(pointer.x), math.floor(pointer.y))
    stage.glow(None if piece is None else Mask.from_patch(pieces.size, *pieces.pixels_of(piece)))


def _cross(
    stage: Stage, draft: Draft, pieces: Pieces, way: tuple[Pointer, Pointer], mode: Mode, taken: set[int]
) -> None:
    """Take the pieces on the straight way between two pointers."""
    first, last = way
    steps = max(math.ceil(math.hypot(last.x - first.x, last.y - first.y)), 1)
    shares = np.linspace(0.0, 1.0, steps + 1)
    for x, y in zip(first.x + (last.x - first.x) * shares, first.y + (last.y - first.y) * shares, strict=True):
        piece = pieces.piece_at(math.floor(x), math.floor(y))
        if piece is None or piece in taken:
            continue
        taken.add(piece)
        if mode is not Mode.INTERSECT:
            stage.touched(draft.put(*pieces.pixels_of(piece), value=mode is Mode.ADD))


def _keep_only(stage: Stage, draft: Draft, pieces: Pieces, taken: set[int]) -> None:
    box = draft.base.box
    kept = np.zeros(box.shape, np.bool_)
    for piece in taken:
        place, pixels = pieces.pixels_of(piece)
        common = place.intersection(box)
        if not common.is_empty:
            kept[common.relative_to(box).slices] |= pixels[common.relative_to(place).slices]
    if not box.is_empty:
        stage.touched(draft.put(box, ~kept, value=False))
