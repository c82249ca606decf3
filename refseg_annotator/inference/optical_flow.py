"""Dense optical flow between frames, and which of it can be trusted (DIS, Kroeger et al., ECCV 2016; in OpenCV)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size

_LONGEST_SIDE: Final = 480  # pixels at which flow is computed: more costs much and gains little
_LEAST_SIDE: Final = 16  # DIS asks for a few pixels on each side, however thin the frame
_NEAR_SHARE: Final = 0.01  # of the squares of both ways there and back: fast things are followed less exactly


@dataclass(frozen=True, eq=False)
class Flow:
    """Where each pixel of a frame lies on another one.

    Attributes:
        steps: float32 (h, w, 2), x before y, in pixels of the working size.
        returns: float32 (h, w), 1 where there and back leads to the same place, else 0.
    """

    steps: NDArray[np.float32]
    returns: NDArray[np.float32]

    def then(self, other: Flow) -> Flow:
        """From this flow's frame to the one that `other` leads to from where this one ends."""
        there = self._there
        return Flow(self.steps + _at(other.steps, there), np.minimum(self.returns, _at(other.returns, there)))

    def fetch(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """What lies on the other frame, float32 (h, w), brought to where it is on this one."""
        return _at(values, self._there)

    def places(self, size: Size) -> NDArray[np.float32]:
        """For each pixel of a frame of that size its (x, y) on the other one, float32 (H, W, 2)."""
        height, width = self.returns.shape
        steps = self.steps
        if (size.width, size.height) != (width, height):
            scale = np.array([size.width / width, size.height / height], np.float32)
            steps = cv2.resize(steps, (size.width, size.height), interpolation=cv2.INTER_LINEAR) * scale
        return _grid(size.shape) + steps

    @cached_property  # asked for each referent
    def _there(self) -> NDArray[np.float32]:
        height, width = self.returns.shape
        return _grid((height, width)) + self.steps


class DenseFlow:
    """Computes flow between frames of one size; used from one thread.

    Args:
        near: square pixels by which a point may miss itself after going there and back and still count as returning.
    """

    def __init__(self, size: Size, *, near: float = 2.0) -> None:
        shrink = min(1.0, _LONGEST_SIDE / max(size.shape))
        self.working = tuple(max(_LEAST_SIDE, round(side * shrink)) for side in (size.width, size.height))
        self._near = near
        self._dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)

    def grey(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A frame uint8 (H, W, 3) as flow is computed from: uint8 (h, w) at working size."""
        grey = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2GRAY)
        if (grey.shape[1], grey.shape[0]) != self.working:
            grey = cv2.resize(grey, self.working, interpolation=cv2.INTER_AREA)
        return np.asarray(grey)

    def between(self, one: NDArray[np.uint8], other: NDArray[np.uint8]) -> tuple[Flow, Flow]:
        """The flow from one grey frame to another, and back."""
        ahead = np.asarray(self._dis.calc(one, other, None))
        back = np.asarray(self._dis.calc(other, one, None))
        return self._checked(ahead, back), self._checked(back, ahead)

    def _checked(self, steps: NDArray[np.float32], opposite: NDArray[np.float32]) -> Flow:
        returned = _at(opposite, _grid(steps.shape[:2]) + steps)
        near = _squares(steps + returned) < self._near + _NEAR_SHARE * (_squares(steps) + _squares(returned))
        return Flow(steps, near.astype(np.float32))


def _at(values: NDArray[np.float32], places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values float32 (h, w) or (h, w, c) at places (x, y), float32 (h, w, 2); beyond the frame, its edge."""
    return np.asarray(cv2.remap(values, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _squares(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared lengths, float32 (h, w), of vectors (h, w, 2)."""
    return np.asarray(np.einsum("hwc,hwc->hw", vectors, vectors))


@lru_cache(maxsize=4)  # of frames at working size and at full size, of a clip or two
def _grid(shape: tuple[int, int]) -> NDArray[np.float32]:
    """The place of each pixel, float32 (h, w, 2), x before y; not to be written to."""
    rows, columns = np.indices(shape, dtype=np.float32)
    grid = np.dstack([columns, rows])
    grid.flags.writeable = False
    return grid
