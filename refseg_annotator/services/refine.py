"""Points and boxes: from a few clicks to a mask, by classical segmentation that works at once and on any machine.

The work is done in a window around the prompts, at a bounded size, whatever the size of the picture. Three promises:
outside the window no pixel changes; a click changes only what hangs together with it, so that a good outline elsewhere
stays; where the answer at the bounded size is what was there before, the mask keeps its own pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.services.refine_solvers import Seeds, cut_graph, region_of, walk_randomly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.clicks import Click, Prompts

WORKING_SIDE: Final = 560
"""Longest side of what is worked on, in cells; an answer takes a few tenths of a second."""
_LEAST_WINDOW: Final = 192
_LIKE: Final = 9.0
"""Lab distance up to which a click speaks for its surroundings."""
_CERTAIN: Final = 0.93
_SPECK: Final = 5e-4
"""The least part of the window that a box changes in one piece."""
_LEFT: Final = 0.3
"""Of what edges and clicks suggest, the least that colours must leave to be believed; `_LEFT_OF_FIRST` around a first
click, which has nothing else to go by."""
_LEFT_OF_FIRST: Final = 0.5
_NEAR_END: Final = 0.08
"""Of the picture's longer side, how near its end a click may mean something that is cut off there."""
_REGION: Final = 4e-3
"""The least part of the window that a click alone means, as far as the picture has anything there to mean."""


class Method(StrEnum):
    """Which segmenter answers; where no network can be asked, `GRABCUT` does in the place of `NETWORK`."""

    NETWORK = "network"
    GRABCUT = "grabcut"
    RANDOM_WALKER = "random_walker"


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What the network holds of the picture: a probability, uint8 (h, w), 255 for certain, of any size."""

    levels: NDArray[np.uint8]

    @classmethod
    def of(cls, probability: NDArray[np.float32], *, longest: int = 1024) -> Prior:
        """Keep a probability, float32 (H, W) in 0..1, at no more than `longest` cells a side."""
        import cv2

        height, width = probability.shape
        scale = min(1.0, longest / max(height, width))
        if scale < 1.0:
            small = (max(round(width * scale), 1), max(round(height * scale), 1))
            probability = np.asarray(cv2.resize(probability, small, interpolation=cv2.INTER_AREA), dtype=np.float32)
        return cls(np.clip(np.rint(probability * 255), 0, 255).astype(np.uint8))

    def over(self, window: Box, size: Size, shape: tuple[int, int]) -> NDArray[np.float32]:
        """The probability in a window of a picture of `size`, float32 `shape` in 0..1."""
        import cv2

        height, width = self.levels.shape
        rows, columns = shape
        # Cell centres of the window, in cells of the prior.
        across, down = width / size.width, height / size.height
        step_x, step_y = window.width / columns * across, window.height / rows * down
        matrix = np.array(
            [
                [step_x, 0.0, window.x0 * across + 0.5 * step_x - 0.5],
                [0.0, step_y, window.y0 * down + 0.5 * step_y - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        found = cv2.warpAffine(self.levels, matrix, (columns, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(found, dtype=np.float32) / np.float32(255)

    def mean_in(self, mask: Mask) -> float:
        """The mean probability of the pixels of a mask of the picture, 0..1; 0 of an empty one."""
        if mask.is_empty:
            return 0.0
        pixels = mask.crop(mask.box)
        return float(self.over(mask.box, mask.size, pixels.shape)[pixels].mean())


def refine(
    image: NDArray[np.uint8],
    base: Mask,
    prompts: Prompts,
    *,
    prior: Prior | None = None,
    method: Method = Method.GRABCUT,
    working_side: int = WORKING_SIDE,
) -> Mask:
    """The mask `base` of a picture, uint8 (H, W, 3) RGB, as the prompts want it. The same question, the same answer.

    Args:
        prior: the network's probability that led to `base`, if it did.
        working_side: longest side of the window's working copy.
    """
    prompts = prompts.within(base.size)
    if prompts.is_empty:
        return base
    window = first_window(base, prompts)
    whole = Box.of(base.size)
    while True:
        answer = _answer(image, base, prompts, window, prior, method, working_side)
        gained = answer.difference(base)
        # What runs into the window's edge goes on behind it: look further, until the whole of it is seen.
        if prompts.box is not None or window == whole or not _is_cut(gained.box, window, base.size):
            return with_clicks(answer, prompts)
        window = _grown(window, base.size)


def first_window(base: Mask, prompts: Prompts) -> Box:
    """Where the work begins: around the prompts and the mask, with room."""
    size = base.size
    if prompts.box is not None:
        around = prompts.box
        for click in prompts.clicks:
            around = around.union(click.pixel)
        return around.expanded(max(round(max(around.width, around.height) * 0.3), 16)).clipped(size)
    around = EMPTY_BOX
    for click in prompts.clicks:
        around = around.union(click.pixel)
    if not base.is_empty:
        around = around.union(base.box)
        return around.expanded(max(round(max(around.width, around.height) * 0.25), 32)).clipped(size)
    least = max(_LEAST_WINDOW, round(max(size.width, size.height) * 0.3))
    margin = max((least - max(around.width, around.height)) // 2, round(max(around.width, around.height) * 0.4), 16)
    return around.expanded(margin).clipped(size)


# --- within ----------------------------------------------------------------------------------------------------------


def _is_cut(box: Box, window: Box, size: Size) -> bool:
    """Whether a box meets an edge of the window that is not one of the picture."""
    if box.is_empty:
        return False
    return (
        (box.x0 <= window.x0 > 0)
        or (box.y0 <= window.y0 > 0)
        or (box.x1 >= window.x1 < size.width)
        or (box.y1 >= window.y1 < size.height)
    )


def _grown(window: Box, size: Size) -> Box:
    return window.expanded(max(window.width, window.height) // 2 + 1).clipped(size)


def _answer(
    image: NDArray[np.uint8],
    base: Mask,
    prompts: Prompts,
    window: Box,
    prior: Prior | None,
    method: Method,
    working_side: int,
) -> Mask:
    import cv2

    scale = min(1.0, working_side / max(window.width, window.height))
    columns, rows = max(round(window.width * scale), 1), max(round(window.height * scale), 1)
    crop = np.ascontiguousarray(image[window.slices])
    before = base.crop(window)
    if (rows, columns) == window.shape:
        small, small_before = crop, before
    else:
        small = np.asarray(cv2.resize(crop, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        shares = cv2.resize(before.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
        small_before = np.asarray(shares) >= 0.5
    seeds = _seeds(small, small_before, prompts, window, base.size, prior)
    solve: Callable[[NDArray[np.uint8], Seeds], NDArray[np.bool_]] = (
        walk_randomly if method is Method.RANDOM_WALKER else cut_graph
    )
    wanted = solve(small, seeds)
    if prompts.box is None and not small_before.any():
        is_first = len(seeds.places) == 1
        # Of its own surroundings a dot may be left, however much lies elsewhere: that is not what the click gets.
        believed = _at_clicks(wanted | seeds.sure_inside, seeds) if is_first else wanted
        least = (_LEFT_OF_FIRST if is_first else _LEFT) * int(np.count_nonzero(seeds.perhaps))
        if np.count_nonzero(believed & seeds.perhaps) < least:
            # Inside and outside have the same colours, as on fur; the edges alone answer better.
            wanted = seeds.perhaps.copy()
    wanted[seeds.sure_inside], wanted[seeds.sure_outside] = True, False
    changed = _touched(small_before, wanted, seeds, in_box=prompts.box is not None)
    if (rows, columns) == window.shape:
        pixels = np.where(changed, wanted, before)
    else:
        pixels = _enlarged(changed, wanted, before)
    return base.with_patch(window, pixels)


def _seeds(
    small: NDArray[np.uint8],
    before: NDArray[np.bool_],
    prompts: Prompts,
    window: Box,
    size: Size,
    prior: Prior | None,
) -> Seeds:
    from refseg_annotator.services.mask_tools_colour import likeness

    rows, columns = before.shape
    across, down = columns / window.width, rows / window.height
    sure_inside, sure_outside = np.zeros(before.shape, np.bool_), np.zeros(before.shape, np.bool_)
    perhaps = before.copy()
    allowed = np.ones(before.shape, np.bool_)
    if prompts.box is not None:
        box = prompts.box
        allowed[:] = False
        x0, y0 = round((box.x0 - window.x0) * across), round((box.y0 - window.y0) * down)
        x1, y1 = round((box.x1 - window.x0) * across), round((box.y1 - window.y0) * down)
        allowed[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)] = True
        if not (before & allowed).any():
            perhaps |= allowed
        sure_inside |= before & ~allowed
        sure_outside |= ~before & ~allowed
    if prior is not None:
        # The network decides where it is sure, but for the surroundings of a click: there it was not right.
        probability = prior.over(window, size, before.shape)
        far = allowed.copy()
        reach = 0.25 * max(rows, columns)
        row, column = np.ogrid[:rows, :columns]
        for click in prompts.clicks:
            x, y = (click.x - window.x0) * across, (click.y - window.y0) * down
            far &= (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 > reach * reach
        sure_inside |= far & before & (probability >= _CERTAIN)
        sure_outside |= far & ~before & (probability <= 1 - _CERTAIN)
    radius = max(0.008 * max(rows, columns), 1.5)
    places = []
    row, column = np.ogrid[:rows, :columns]
    for click in prompts.clicks:
        x, y = (click.x - window.x0) * across, (click.y - window.y0) * down
        at = min(max(int(x), 0), columns - 1), min(max(int(y), 0), rows - 1)
        places.append((at, click.positive))
        if prompts.box is None or allowed[at[1], at[0]]:
            # A click speaks for what looks like it and hangs together with it.
            alike = likeness(small, *at, sample=3).within(_LIKE, contiguous=True).to_array()
            perhaps = perhaps | alike if click.positive else perhaps & ~alike
        disc = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 <= radius * radius
        disc[at[1], at[0]] = True
        sure_inside = sure_inside | disc if click.positive else sure_inside & ~disc
        sure_outside = sure_outside & ~disc if click.positive else sure_outside | disc
    if prompts.box is None and not before.any():
        # Clicks alone: nothing says how far they reach but edges, and that the window has room around them.
        rim = _rim(window, size, before.shape, prompts.clicks)
        least = round(_REGION * perhaps.size)
        perhaps |= region_of(small, sure_inside, sure_outside | (rim & ~perhaps), least=least)
    return Seeds(sure_inside, sure_outside, perhaps, tuple(places), allowed)


def _rim(window: Box, size: Size, shape: tuple[int, int], clicks: Iterable[Click]) -> NDArray[np.bool_]:
    """The cells along the window's sides, taken to be outside.

    Where the picture ends near what is clicked, that may be cut off there: such a side says nothing, if others do.
    """
    near = _NEAR_END * max(size.width, size.height)
    places = [(click.x, click.y) for click in clicks if click.positive]
    speaks = (
        window.y0 > 0 or all(y > near for _, y in places),
        window.y1 < size.height or all(y < size.height - near for _, y in places),
        window.x0 > 0 or all(x > near for x, _ in places),
        window.x1 < size.width or all(x < size.width - near for x, _ in places),
    )
    rim = np.zeros(shape, np.bool_)
    for side, counts in zip((rim[0], rim[-1], rim[:, 0], rim[:, -1]), speaks, strict=True):
        side[:] |= counts or not any(speaks)
    return rim


def _at_clicks(cells: NDArray[np.bool_], seeds: Seeds) -> NDArray[np.bool_]:
    """Of some cells those that hang together with a positive click."""
    import cv2

    _, labels = cv2.connectedComponents(cells.astype(np.uint8), connectivity=8)
    clicked = {int(labels[y, x]) for (x, y), positive in seeds.places if positive} - {0}
    return np.isin(labels, list(clicked))


def _touched(before: NDArray[np.bool_], wanted: NDArray[np.bool_], seeds: Seeds, *, in_box: bool) -> NDArray[np.bool_]:
    """The cells that change: in the box, and in what hangs together with a click that asked for it."""
    import cv2

    changed = np.zeros(before.shape, np.bool_)
    least = max(_SPECK * before.size, 4)
    for gains, difference in ((True, wanted & ~before), (False, before & ~wanted)):
        _, labels, stats, _ = cv2.connectedComponentsWithStats(difference.astype(np.uint8), connectivity=8)
        if in_box:
            # Nobody means a speck by a box; a segmenter leaves them where colours are much alike.
            large = stats[:, cv2.CC_STAT_AREA] >= least
            large[0] = False
            changed |= large[labels] & seeds.allowed
        asked = {int(labels[y, x]) for (x, y), positive in seeds.places if positive is gains} - {0}
        if asked:
            changed |= np.isin(labels, list(asked))
    return changed


def _enlarged(changed: NDArray[np.bool_], wanted: NDArray[np.bool_], before: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The answer at the window's own size; where nothing changed, the mask's own pixels."""
    import cv2

    height, width = before.shape
    # One cell more: the enlarged outline runs between the cells on its two sides.
    near = cv2.dilate(changed.astype(np.uint8), np.ones((3, 3), np.uint8))
    near = cv2.resize(near, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.bool_)
    levels = cv2.resize(wanted.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.where(near, np.asarray(levels) > 0.5, before)


def with_clicks(mask: Mask, prompts: Prompts) -> Mask:
    """The clicked pixels as they were clicked, whatever came out around them."""
    for click in prompts.clicks:
        pixel = click.pixel
        if mask.contains_point(pixel.x0, pixel.y0) is not click.positive:
            mask = mask.with_patch(pixel, np.full((1, 1), click.positive))
    return mask
