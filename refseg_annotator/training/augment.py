"""Chance applied to a photo: mirror, zoom, shift, light. Each choice keeps what a phrase says true.

Left and right swap with the mirror (`text.mirrored`); zoom and shift stay small, so that sides, order and size
hold; light changes leave hue alone, so that colour words hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size
from refseg_annotator.nn.letterbox import Letterbox


@dataclass(frozen=True, slots=True)
class View:
    """How one photo is shown once: mirrored or not, where it lies on the canvas, and under what light."""

    mirror: bool
    letterbox: Letterbox
    gain: float = 1.0
    offset: float = 0.0
    saturation: float = 1.0

    @classmethod
    def plain(cls, size: Size, canvas: Size) -> View:
        """As evaluation shows it."""
        return cls(mirror=False, letterbox=Letterbox.fit(size, canvas))

    @classmethod
    def drawn(cls, size: Size, canvas: Size, rng: np.random.Generator) -> View:
        """A view by chance."""
        zoom = float(np.exp(rng.uniform(np.log(0.8), np.log(1.3))))
        reach = 0.02 + 0.5 * abs(zoom - 1)
        return cls(
            mirror=bool(rng.random() < 0.5),
            letterbox=Letterbox.fit(
                size, canvas, zoom=zoom, shift=(float(rng.uniform(-reach, reach)), float(rng.uniform(-reach, reach)))
            ),
            gain=float(rng.uniform(0.75, 1.25)),
            offset=float(rng.uniform(-20, 20)),
            saturation=float(rng.uniform(0.85, 1.2)),
        )

    def image(self, photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The photo uint8 (H, W, 3) as uint8 (h, w, 3), the canvas's size."""
        canvas = self.letterbox.apply(np.ascontiguousarray(photo[:, ::-1]) if self.mirror else photo)
        if (self.gain, self.offset, self.saturation) == (1.0, 0.0, 1.0):
            return canvas
        grey = cv2.cvtColor(cv2.cvtColor(canvas, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        mixed = cv2.addWeighted(canvas, self.saturation, grey, 1 - self.saturation, 0)
        return np.asarray(cv2.convertScaleAbs(cv2.max(mixed, 0), alpha=self.gain, beta=self.offset), dtype=np.uint8)

    def mask(self, mask: NDArray[np.bool_], grid: Size) -> NDArray[np.float32]:
        """A mask (H, W) as coverage float32 in 0..1 on a grid over the canvas."""
        canvas = self.letterbox.apply_mask(np.ascontiguousarray(mask[:, ::-1]) if self.mirror else mask)
        return np.asarray(cv2.resize(canvas, (grid.width, grid.height), interpolation=cv2.INTER_AREA), dtype=np.float32)

    def kept_share(self, area: int, coverage: NDArray[np.float32]) -> float:
        """The share of a mask of `area` pixels that the view shows, given its `coverage` of a grid over the canvas."""
        canvas = self.letterbox.canvas
        cell = canvas.width * canvas.height / coverage.size  # canvas pixels
        return float(coverage.sum()) * cell / max(area * self.letterbox.scale**2, 1e-6)
