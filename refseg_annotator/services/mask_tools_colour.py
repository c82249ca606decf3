"""The magic wand: which pixels look like the one that was clicked.

Likeness is the distance of two colours in CIE Lab, in which equal steps look equally large: 0 is the same colour,
about 2 the least that one notices, 100 from black to white.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STRIP: Final = 1 << 20
"""Pixels converted at a time: a large photo in floats would fill the memory."""
STEPS: Final = 2
"""Levels of difference a unit of distance."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How far every pixel's colour is from that of a clicked place.

    Args:
        x, y: the clicked pixel.
        levels: uint8 (H, W), `STEPS` a unit of distance, rounded up; 255 for everything beyond.
    """

    x: int
    y: int
    levels: NDArray[np.uint8]

    @property
    def size(self) -> Size:
        """Size of the picture."""
        return Size(width=self.levels.shape[1], height=self.levels.shape[0])

    def within(self, tolerance: float, *, contiguous: bool) -> Mask:
        """The pixels no further than `tolerance`; with `contiguous`, those that hang together with the clicked one.

        The clicked pixel itself always belongs.
        """
        import cv2

        close = (self.levels <= min(int(tolerance * STEPS), 254)).view(np.uint8)
        if not contiguous:
            found = close.astype(np.bool_)
            found[self.y, self.x] = True
            return Mask.from_array(found)
        height, width = close.shape
        close[self.y, self.x] = 1
        reached = np.zeros((height + 2, width + 2), np.uint8)
        flags = 4 | cv2.FLOODFILL_MASK_ONLY | (1 << 8)
        _, _, _, (x, y, w, h) = cv2.floodFill(close, reached, (self.x, self.y), 1, 0, 0, flags)
        box = Box.from_xywh(x, y, w, h)
        return Mask.from_patch(self.size, box, reached[1:-1, 1:-1][box.slices])


def likeness(image: NDArray[np.uint8], x: int, y: int, *, sample: int = 1) -> Likeness:
    """Compare a picture, uint8 (H, W, 3) RGB, with its colour at a pixel.

    Args:
        sample: side of the square around the pixel whose mean colour is meant; odd.
    """
    height, width = image.shape[:2]
    reach = sample // 2
    around = Box(x - reach, y - reach, x + reach + 1, y + reach + 1).clipped(Size(width, height))
    wanted = lab_of(image[around.slices]).reshape(-1, 3).mean(axis=0)
    levels = np.empty((height, width), np.uint8)
    rows = max(_STRIP // width, 1)
    for top in range(0, height, rows):
        apart = lab_of(image[top : top + rows])
        apart -= wanted
        distance = np.sqrt(np.einsum("ijk,ijk->ij", apart, apart))
        # A hair is forgiven: the same colour may come out a rounding apart.
        levels[top : top + rows] = np.minimum(np.ceil(distance * STEPS - 1e-3), 255)
    return Likeness(x, y, levels)


def lab_of(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """CIE Lab of RGB pixels, float32 (h, w, 3): L 0..100, a and b about -127..127."""
    import cv2

    scaled = np.ascontiguousarray(image, np.uint8).astype(np.float32) / np.float32(255)
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB), dtype=np.float32)
