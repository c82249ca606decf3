"""Colours of referents: those of Okabe and Ito, which colour-blind people can tell apart, then golden-angle hues."""

from __future__ import annotations

import colorsys
from typing import Final

Rgb = tuple[int, int, int]

# Black, the eighth of Okabe and Ito, is left out: it says nothing on a dark photo.
_OKABE_ITO: Final[tuple[Rgb, ...]] = (
    (86, 180, 233),  # sky blue
    (230, 159, 0),  # orange
    (0, 158, 115),  # bluish green
    (204, 121, 167),  # reddish purple
    (240, 228, 66),  # yellow
    (213, 94, 0),  # vermilion
    (0, 114, 178),  # blue
)
_GOLDEN_ANGLE: Final = 0.381966  # of a turn: every new hue falls into the widest gap
_LIGHTNESSES: Final = (0.58, 0.44, 0.72)


def referent_colour(index: int) -> Rgb:
    """The colour of palette place `index`, 0..; as (red, green, blue), 0..255."""
    if index < len(_OKABE_ITO):
        return _OKABE_ITO[max(index, 0)]
    beyond = index - len(_OKABE_ITO)
    hue = (0.11 + beyond * _GOLDEN_ANGLE) % 1.0
    red, green, blue = colorsys.hls_to_rgb(hue, _LIGHTNESSES[beyond % len(_LIGHTNESSES)], 0.72)
    return round(red * 255), round(green * 255), round(blue * 255)


def lighter(colour: Rgb, share: float) -> Rgb:
    """A colour mixed with `share` of white, 0..1."""
    red, green, blue = (round(part + (255 - part) * share) for part in colour)
    return red, green, blue


def is_light(colour: Rgb) -> bool:
    """Whether dark writing reads better on it than light writing."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140
