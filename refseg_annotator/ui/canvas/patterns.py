"""Patterns of fills, for those whom colours do not help: lines, dots and checks, so that neighbours differ in grey too.

A pattern is a tile of device pixels, laid from the picture's corner, so that it goes with the picture when one pans and
keeps its size when one zooms.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE: Final = 12
"""Side of a tile in device pixels at 100 % display scale."""
PATTERNS: Final = (
    "rising-lines",
    "falling-lines",
    "level-lines",
    "upright-lines",
    "dots",
    "grid",
    "checks",
    "crossing-lines",
)
"""Each with a name, in the order of the palette; one more than the colours of Okabe and Ito, so that pairs come round
late: seven colours times eight patterns."""


def pattern_of(colour: int) -> int:
    """The pattern of palette place `colour`, 0..; an index of `PATTERNS`."""
    return max(colour, 0) % len(PATTERNS)


@lru_cache(maxsize=64)
def tile(pattern: int, side: int) -> NDArray[np.bool_]:
    """Where a pattern is drawn, bool (side, side): a fifth to a half of the tile. Tiles laid side by side meet."""
    y, x = np.mgrid[:side, :side]
    wide = max(round(side / 4), 1)
    middle = side / 2 - 0.5
    match PATTERNS[pattern]:
        case "rising-lines":
            drawn = (x + y) % side < wide
        case "falling-lines":
            drawn = (x - y) % side < wide
        case "level-lines":
            drawn = y < wide
        case "upright-lines":
            drawn = x < wide
        case "dots":
            drawn = (x - middle) ** 2 + (y - middle) ** 2 < (side * 0.3) ** 2
        case "grid":
            drawn = (y < wide * 2 / 3) | (x < wide * 2 / 3)
        case "checks":
            drawn = (x < side // 2) == (y < side // 2)
        case _:
            drawn = ((x + y) % side < wide * 2 / 3) | ((x - y) % side < wide * 2 / 3)
    return np.asarray(drawn, np.bool_)


def laid(pattern: int, side: int, *, left: int, top: int, width: int, height: int) -> NDArray[np.bool_]:
    """A pattern over a rectangle, bool (height, width), whose corner lies at (`left`, `top`) from the picture's."""
    rows = (top + np.arange(height)) % side
    columns = (left + np.arange(width)) % side
    return tile(pattern, side).take(rows, axis=0).take(columns, axis=1)
