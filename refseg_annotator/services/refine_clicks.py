"""Points and boxes answered by the network: click after click, each changes only what hangs together with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.clicks import Click, Prompts
from refseg_annotator.services.refine import with_clicks

ReadClicks = Callable[[Prompts, Mask], NDArray[np.float32]]
"""`read(prompts, before)`: probability float32 (H, W) of what is pointed at; see `ClickReader.read_clicks`."""

_CUT: Final = 0.5
_YIELDS: Final = 0.7
"""Where the network says less than the cut at a positive click, this share of it is the cut; so for negative ones."""
_LEAST: Final = 0.25
"""What the network must say at a positive click to be believed around it; colours answer the others."""
_SPECK: Final = 2e-4
"""Of a box's area, the least piece that is kept."""


@dataclass(slots=True)
class ClickedMask:
    """A mask as clicks change it, one after the other. For one thread at a time.

    Args:
        base: the mask before the first click; empty for none.
        read: asks the network.
        by_colours: answers a click on a mask of which the network holds the contrary.
    """

    base: Mask
    read: ReadClicks
    by_colours: Callable[[Mask, Click], Mask]
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
        probability = self.read(prompts, before)
        told = float(probability[click.pixel.slices].item())
        agreed = told if click.positive else 1 - told
        if agreed < _LEAST:
            return self.by_colours(before, click)
        cut = min(_CUT, _YIELDS * agreed)
        wanted = Mask.from_array(probability > (cut if click.positive else 1 - cut))
        if click.positive:
            return before.union(_at(wanted.difference(before), click))
        return before.difference(_at(before.difference(wanted), click))

    def _boxed(self, prompts: Prompts) -> Mask:
        box = prompts.box
        assert box is not None  # noqa: S101  there is nothing else
        probability = self.read(prompts, self.base)
        found = np.zeros(probability.shape, np.bool_)
        found[box.slices] = probability[box.slices] > _CUT
        return _without_specks(Mask.from_array(found), _SPECK * box.area)


def _at(mask: Mask, click: Click) -> Mask:
    """The part of a mask that has the clicked pixel; empty where it has none there."""
    import cv2

    if not mask.contains_point(click.pixel.x0, click.pixel.y0):
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
