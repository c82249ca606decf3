"""Points and boxes answered by the network: click after click, each changes only what hangs together with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.clicks import Click, Prompts
from refseg_annotator.services.refine import WORKING_SIDE, refine, with_clicks
from refseg_annotator.services.refine_solvers import Seeds, cut_graph

if TYPE_CHECKING:
    from refseg_annotator.services.refine import Prior

ReadClicks = Callable[[Prompts, Mask], NDArray[np.float32]]
"""`read(prompts, before)`: probability float32 (H, W) of what is pointed at; see `ClickReader.read_clicks`."""

_CUT: Final = 0.35
_OUTSIDE: Final = 0.1
"""Below this and above `_INSIDE` the network is believed; between the two the picture's colours draw the outline."""
_INSIDE: Final = 0.6
_YIELDS: Final = 0.7
"""Where the network says less than the cut at a positive click, this share of it is the cut; so for negative ones."""
_LEAST: Final = 0.25
"""What the network must say at a positive click to be believed around it; colours answer the others."""
_MOST: Final = 0.8
"""Of an answer in one piece, what a click may take away: who wants nothing of it rejects it."""
_CRUMB: Final = 0.1
"""Of what goes, the largest piece that goes with it where it was one with it and is then left by itself."""
_ALONE: Final = 0.5
"""Cut of what a negative click is on, asked for by itself."""
_LARGE: Final = 0.6
"""What is added to a mask beyond this part of it is held against what the phrase's answer expected there."""
_FOREIGN: Final = 0.1
"""Mean probability below which that did not expect it at all."""
_MUCH: Final = 0.3
"""Of a mask, what colours alone may take away by a click."""
_ROOM: Final = 0.15
"""Of its longer side, what is seen around what may belong."""
_BESIDE: Final = 2
"""Pixels between two masks that lie side by side."""
_SPECK: Final = 2e-4
"""Of a box's area, the least piece that is kept; of the picture's, the least that a click changes by the network."""


class ClickModel(NamedTuple):
    """A model that reads clicks on a frame: what provenance calls it, and what asks it."""

    name: str
    read: ReadClicks


ByColours = Callable[[Mask, Click], Mask]
"""`by_colours(before, click)`: the mask after a click of which the network holds the contrary."""

Expected = Callable[[Mask], float]
"""`expected(mask)`: the mean probability that the phrase's answer gave a mask's pixels, 0..1; 1 where none is known."""

Outlined = Callable[[NDArray[np.float32], float, Click | None], NDArray[np.bool_]]
"""`outlined(probability, cut, click)`: what is above the cut, its outline drawn along the picture's edges."""


def clicked_mask(image: NDArray[np.uint8], base: Mask, read: ReadClicks, prior: Prior | None = None) -> ClickedMask:
    """The mask `base` of a picture, uint8 (H, W, 3) RGB, to be clicked on.

    Args:
        prior: the network's probability that led to `base`, if it did.
    """

    def by_colours(mask: Mask, click: Click) -> Mask:
        return refine(image, mask, Prompts((click,)), prior=prior)

    def expected(mask: Mask) -> float:
        return 1.0 if prior is None else prior.mean_in(mask)

    return ClickedMask(base, read, by_colours, partial(outlined, image), expected)


@dataclass(slots=True)
class ClickedMask:
    """A mask as clicks change it, one after the other. For one thread at a time.

    Args:
        base: the mask before the first click; empty for none.
        read: asks the network.
    """

    base: Mask
    read: ReadClicks
    by_colours: ByColours
    outlined: Outlined
    expected: Expected = lambda _mask: 1.0
    _known: dict[Prompts, Mask] = field(default_factory=dict)

    def answers(self, prompts: Prompts) -> bool:
        """Whether the network is asked that: a box around part of a mask means to decide that part anew by colours."""
        return prompts.box is None or self.base.is_empty

    def after(self, prompts: Prompts) -> Mask:
        """The mask after all prompts, the box before the clicks. The same question, the same answer."""
        prompts = prompts.within(self.base.size)
        if prompts.is_empty:
            return self.base
        found = self._known.get(prompts)
        if found is None:
            if prompts.clicks:
                before = self.after(Prompts(prompts.clicks[:-1], prompts.box))
                found = self._clicked(prompts, before)
            else:
                found = self._boxed(prompts)
            found = self._known[prompts] = with_clicks(found, prompts)
        return found

    def _clicked(self, prompts: Prompts, before: Mask) -> Mask:
        click = prompts.clicks[-1]
        if click.positive:
            return self._gained(prompts, before, click)
        return self._lost(prompts, before, click) if _is_on(before, click) else before

    def _gained(self, prompts: Prompts, before: Mask, click: Click) -> Mask:
        """The mask with what a positive click adds."""
        probability = self.read(prompts, before)
        told = float(probability[click.pixel.slices].item())
        if told < _LEAST:
            return self._by_colours(before, click)
        wanted = self.outlined(probability, _CUT if told >= _CUT else _YIELDS * told, click)
        gained = _at(Mask.from_array(wanted).difference(before), click)
        if gained.area < _SPECK * before.size.area:
            return self._by_colours(before, click)
        if gained.area > _LARGE * before.area and _touch(gained, before) and self.expected(gained) < _FOREIGN:
            # A shirt was meant, and the network adds its wearer.
            smaller = self._by_colours(before, click)
            if 0 < smaller.difference(before).area < gained.area:
                return smaller
        return before.union(gained)

    def _lost(self, prompts: Prompts, before: Mask, click: Click) -> Mask:
        """The mask without what a negative click takes away."""
        part = _at(before, click)
        # What is clicked on elsewhere says nothing of this part, but that it is not that: all of it would go.
        prompts = Prompts(tuple(one for one in prompts.clicks if not one.positive or _is_on(part, one)))
        probability = self.read(prompts, part)
        told = float(probability[click.pixel.slices].item())
        if told <= 1 - _LEAST:
            wanted = self.outlined(probability, _CUT if told <= _CUT else 1 - _YIELDS * (1 - told), click)
            lost = _at(part.difference(Mask.from_array(wanted)), click)
            if self._may_go(lost, part, before):
                return _without_crumbs(before, part, lost)
        # What is on it all belongs together, says the network, or nothing of it: which thing is this of its own?
        alone = Click(click.x, click.y)
        thing = self.outlined(self.read(Prompts((alone,)), Mask.empty(before.size)), _ALONE, alone)
        lost = _at(part.intersection(Mask.from_array(thing)), click)
        return _without_crumbs(before, part, lost) if _is_some(lost, part, before) else self._by_colours(before, click)

    def _may_go(self, lost: Mask, part: Mask, before: Mask) -> bool:
        """Whether a click on a part may take away that of it, which the network no longer holds to belong together.

        What clicks have added may go whole.
        """
        return _is_some(lost, part, before) or (
            part.intersection_area(self.base) < _SPECK * before.size.area <= lost.area
        )

    def _by_colours(self, before: Mask, click: Click) -> Mask:
        """What colours make of a click; but where they would take away much against the network, nothing."""
        found = self.by_colours(before, click)
        lost = before.difference(found).area
        return found if click.positive or lost <= _MUCH * before.area else before

    def _boxed(self, prompts: Prompts) -> Mask:
        box = prompts.box
        assert box is not None  # noqa: S101  there is nothing else
        probability = self.read(prompts, self.base)
        found = np.zeros(probability.shape, np.bool_)
        found[box.slices] = self.outlined(probability, _CUT, None)[box.slices]
        return _without_specks(Mask.from_array(found), _SPECK * box.area)


def outlined(
    image: NDArray[np.uint8], probability: NDArray[np.float32], cut: float, click: Click | None
) -> NDArray[np.bool_]:
    """What is above a cut, bool (H, W), its outline drawn along the edges of a picture, uint8 (H, W, 3) RGB.

    Args:
        click: the click that was answered, None for a box; the outline is drawn so that it is right.
    """
    import cv2

    found = probability > cut
    open_box = Mask.from_array(probability > min(_OUTSIDE, cut)).box
    if open_box.is_empty:
        return found
    window = open_box.expanded(round(_ROOM * max(open_box.width, open_box.height)) + 8).clipped(
        Size(found.shape[1], found.shape[0])
    )
    crop, levels = np.ascontiguousarray(image[window.slices]), probability[window.slices]
    scale = min(1.0, WORKING_SIDE / max(window.width, window.height))
    if scale < 1.0:
        small = max(round(window.width * scale), 1), max(round(window.height * scale), 1)
        crop = np.asarray(cv2.resize(crop, small, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        levels = np.asarray(cv2.resize(levels, small, interpolation=cv2.INTER_AREA), dtype=np.float32)
    rows, columns = levels.shape
    places = []
    if click is not None and window.contains_point(click.pixel.x0, click.pixel.y0):
        x, y = (click.pixel.x0 - window.x0) * scale, (click.pixel.y0 - window.y0) * scale
        places.append(((min(int(x), columns - 1), min(int(y), rows - 1)), click.positive))
    sure = levels > max(_INSIDE, cut), levels < min(_OUTSIDE, cut)
    seeds = Seeds(*sure, levels > cut, tuple(places), np.ones(levels.shape, np.bool_))
    drawn = cut_graph(crop, seeds)
    if scale < 1.0:
        enlarged = cv2.resize(drawn.astype(np.float32), (window.width, window.height), interpolation=cv2.INTER_CUBIC)
        drawn = np.asarray(enlarged) > 0.5
    found = np.zeros_like(found)
    found[window.slices] = drawn
    return found


def _is_on(mask: Mask, click: Click) -> bool:
    return mask.contains_point(click.pixel.x0, click.pixel.y0)


def _is_some(lost: Mask, part: Mask, before: Mask) -> bool:
    """Whether it is more than a speck and, where the mask is in one piece, not nearly all of it."""
    speck = _SPECK * before.size.area
    return lost.area >= speck and (before.area - part.area >= speck or lost.area <= _MOST * part.area)


def _without_crumbs(before: Mask, part: Mask, lost: Mask) -> Mask:
    """The mask without what a click took of a part, and without the slivers of its rim that would be left of it."""
    import cv2

    box = part.box
    rest = part.difference(lost).crop(box)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest.astype(np.uint8), connectivity=8)
    crumbs = stats[:, cv2.CC_STAT_AREA] < _CRUMB * lost.area
    crumbs[0] = False
    return before.difference(lost).difference(Mask.empty(before.size).with_patch(box, crumbs[labels]))


def _touch(one: Mask, other: Mask) -> bool:
    """Whether two masks lie side by side."""
    import cv2

    around = one.box.expanded(_BESIDE).clipped(one.size)
    grown = cv2.dilate(one.crop(around).astype(np.uint8), np.ones((2 * _BESIDE + 1, 2 * _BESIDE + 1), np.uint8))
    return bool((grown.astype(np.bool_) & other.crop(around)).any())


def _at(mask: Mask, click: Click) -> Mask:
    """The part of a mask that has the clicked pixel; empty where it has none there."""
    import cv2

    if not _is_on(mask, click):
        return Mask.empty(mask.size)
    box = mask.box
    _, labels = cv2.connectedComponents(mask.crop(box).astype(np.uint8), connectivity=8)
    found = labels == labels[click.pixel.y0 - box.y0, click.pixel.x0 - box.x0]
    return Mask.empty(mask.size).with_patch(box, found)


def _without_specks(mask: Mask, least: float) -> Mask:
    """A mask without its parts of fewer pixels."""
    import cv2

    if mask.is_empty:
        return mask
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.crop(mask.box).astype(np.uint8), connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= least
    large[0] = False
    return Mask.empty(mask.size).with_patch(mask.box, large[labels])
