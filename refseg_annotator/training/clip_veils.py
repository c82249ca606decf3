"""Smoke, dust and spray for sequences made of photos: what comes up beside a thing and moves with it is not the thing.

Nothing in a photo teaches that; a network that never saw it takes the smoke of a car's tyres for a part of the car.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

_COLOURS: Final = ((225.0, 228.0, 232.0), (170.0, 172.0, 176.0), (176.0, 154.0, 126.0), (245.0, 247.0, 250.0))
_SPREAD: Final = 20.0  # of 255, about a colour
_PUFFS: Final = (2, 6)
_BEFORE: Final = 0.2  # share of those that hide the thing


@dataclass(frozen=True, slots=True, eq=False)
class Veil:
    """Soft puffs about a thing, which grow from frame to frame.

    Attributes:
        colour: RGB 0..255.
        density: of the thickest place, 0..1.
        offsets: (n, 2), of the puffs' centres in sizes of the thing.
        radii: (n,), in sizes of the thing, at the last frame.
        grain: (16, 16), how uneven it is, about 0..1.
        before: whether it hides the thing, or lies behind it.
        growth: (frames,), share of the radii; 0 = nothing yet.
    """

    colour: tuple[float, float, float]
    density: float
    offsets: NDArray[np.float32]
    radii: NDArray[np.float32]
    grain: NDArray[np.float32]
    before: bool
    growth: NDArray[np.float32]

    @classmethod
    def drawn(cls, rng: np.random.Generator, frames: int) -> Veil:
        """By chance, for so many frames; most trail on one side of the thing, and four fifths lie behind it."""
        count = int(rng.integers(*_PUFFS))
        base = _COLOURS[int(rng.integers(len(_COLOURS)))]
        tint = rng.uniform(-_SPREAD, _SPREAD)
        before = bool(rng.random() < _BEFORE)
        side = np.array([rng.choice([-1.0, 1.0]) * rng.uniform(0.3, 0.7), rng.uniform(-0.1, 0.4)])
        return cls(
            (float(base[0] + tint), float(base[1] + tint), float(base[2] + tint)),
            float(rng.uniform(0.3, 0.6) if before else rng.uniform(0.5, 1.0)),
            (side + rng.normal(0, 0.25, (count, 2))).astype(np.float32),
            rng.uniform(0.2, 0.7, count).astype(np.float32),
            rng.uniform(0.4, 1.0, (16, 16)).astype(np.float32),
            before,
            np.linspace(-rng.uniform(0, 1), 1, frames).clip(0).astype(np.float32),
        )

    def on(self, image: NDArray[np.uint8], mask: NDArray[np.bool_], frame: int) -> NDArray[np.uint8]:
        """The image (H, W, 3) under the veil about the thing of that mask (H, W); as it is, where none shows."""
        columns, rows = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
        if not len(columns) or self.growth[frame] <= 0:
            return image
        height, width = mask.shape
        side = float(max(len(columns), len(rows)))
        centre = (float(columns[0] + columns[-1]) / 2, float(rows[0] + rows[-1]) / 2)
        x, y = np.arange(width, dtype=np.float32)[None], np.arange(height, dtype=np.float32)[:, None]
        clear = np.ones((height, width), np.float32)
        for (dx, dy), radius in zip(self.offsets, self.radii, strict=True):
            reach = max(float(radius * self.growth[frame]) * side, 2.0)
            away = ((x - centre[0] - dx * side) ** 2 + (y - centre[1] - dy * side) ** 2) / reach**2
            clear *= 1 - np.exp(-(away**2))
        grain = cv2.resize(self.grain, (width, height), interpolation=cv2.INTER_CUBIC)
        share = (1 - clear) * np.clip(grain, 0, 1) * self.density
        if not self.before:
            share = share * (1 - cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.0))
        mixed = image * (1 - share[..., None]) + np.array(self.colour, np.float32) * share[..., None]
        return np.asarray(np.clip(mixed, 0, 255), np.uint8)
