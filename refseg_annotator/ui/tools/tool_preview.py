"""A mask that a tool makes as a whole, shown in place of the one it would replace. Numpy only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.ui.tools.brush import sample_mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask


class Preview:
    """The mask as it was, and as it would be; drawn and committed like a `Draft`.

    Args:
        base: the mask as it was.
    """

    def __init__(self, base: Mask) -> None:
        self.base = base
        self.size: Size = base.size
        self.mask = base
        self.touched: Box = EMPTY_BOX

    @property
    def box(self) -> Box:
        """A box that holds all pixels of the preview."""
        return self.mask.box

    def show(self, mask: Mask) -> Box:
        """Take another mask; returns the box in which something may look different."""
        before, self.mask = self.mask, mask
        self.touched = self.base.box.union(mask.box) if mask is not self.base else EMPTY_BOX
        return before.box.union(mask.box)

    def sample(self, box: Box, step: int) -> NDArray[np.bool_]:
        """Every `step`-th pixel of `box`, which lies inside the picture, from its top left corner on."""
        return sample_mask(self.mask, box, step)

    def patch(self) -> tuple[Box, NDArray[np.bool_]]:
        """The touched box, and the mask's pixels in it."""
        return self.touched, self.mask.crop(self.touched)
