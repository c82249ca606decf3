"""What a person points at, and the seam to a network that finds the thing they mean: numpy in, numpy out, no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from refseg_annotator.core.geometry import Box, Size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.predictor import ImageFeatures


@dataclass(frozen=True, slots=True)
class Click:
    """A source point that belongs to the referent (`positive`) or does not."""

    x: float
    y: float
    positive: bool = True

    @property
    def pixel(self) -> Box:
        """The pixel below it."""
        return Box.from_xywh(math.floor(self.x), math.floor(self.y), 1, 1)


@dataclass(frozen=True, slots=True)
class Prompts:
    """What the person has pointed at.

    Args:
        clicks: in order; where two contradict each other the later one holds.
        box: the referent, or the part to decide anew, lies in it; outside nothing changes but through clicks.
    """

    clicks: tuple[Click, ...] = ()
    box: Box | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.clicks) + (self.box is not None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was pointed at."""
        return not self.count

    def within(self, size: Size) -> Prompts:
        """Those that lie in a picture of `size`."""
        whole = Box.of(size)
        box = None if self.box is None else self.box.clipped(size)
        return Prompts(
            tuple(click for click in self.clicks if whole.contains_point(math.floor(click.x), math.floor(click.y))),
            None if box is None or box.is_empty else box,
        )


@runtime_checkable
class ClickReader(Protocol):
    """A predictor that may find what clicks are on.

    `read_clicks` may be called from another thread while a phrase is read.
    """

    @property
    def reads_clicks(self) -> bool:
        """Whether the loaded model can."""

    def read_clicks(self, features: ImageFeatures, prompts: Prompts, before: Mask) -> NDArray[np.float32]:
        """Probability float32 (H, W) in 0..1, at source size, of what is pointed at on an encoded picture.

        Args:
            before: the mask that the last click corrects; empty for none.
        """
