"""From pixels of any depth and colour model to uint8 RGB: the one place where a picture's values are scaled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

_GREY_DEPTHS: Final = (8, 10, 12, 14, 16)
_COLOUR_DEPTHS: Final = (
    8,
    10,
    12,
    16,
)  # no 14: a dark 16-bit photo is likelier than a 14-bit colour camera's raw values
_ALPHA_MODES: Final = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})


def eight_bits(values: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Scale 16-bit values, (H, W) grey or (H, W, C) colour, to 0..255.

    Cameras and microscopes store 10, 12 or 14 bits in 16; divided by 256 such a picture is black. The depth is taken
    as the smallest usual one that holds the brightest value, so that zero stays zero and steps stay even.
    """
    needed = int(values.max()).bit_length()
    depth = next(depth for depth in (_GREY_DEPTHS if values.ndim == 2 else _COLOUR_DEPTHS) if depth >= needed)
    return (values >> (depth - 8)).astype(np.uint8)


def stretched(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Scale values without a natural range, (H, W): 0..1 to 0..255, anything else from its least to its greatest."""
    finite = np.isfinite(values)
    if not finite.any():
        return np.zeros(values.shape, np.uint8)
    low, high = float(values[finite].min()), float(values[finite].max())
    if low >= 0.0 and high <= 1.0:
        low, high = 0.0, 1.0
    span = (high - low) or 1.0
    scaled = np.where(finite, (values - low) / span, 0.0)
    return np.rint(scaled * 255.0).astype(np.uint8)


def rgb_from_picture(picture: Image.Image) -> NDArray[np.uint8]:
    """A decoded Pillow picture of any mode as (H, W, 3); what is transparent shows white."""
    if picture.mode.startswith("I;16"):
        return _grey_to_rgb(eight_bits(np.asarray(picture).astype(np.uint16)))
    if picture.mode == "I":
        values = np.asarray(picture)
        if values.min() >= 0 and values.max() <= 0xFFFF:
            return _grey_to_rgb(eight_bits(values.astype(np.uint16)))
        return _grey_to_rgb(stretched(values.astype(np.float64)))
    if picture.mode == "F":
        return _grey_to_rgb(stretched(np.asarray(picture, np.float64)))
    if picture.mode in _ALPHA_MODES or "transparency" in picture.info:
        return over_white(np.asarray(picture.convert("RGBA")))
    return np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"))


def rgb_from_opencv(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """What OpenCV decodes, (H, W), (H, W, 3) BGR or (H, W, 4) BGRA of 8 or 16 bits, as (H, W, 3) RGB."""
    values = eight_bits(pixels.astype(np.uint16, copy=False)) if pixels.dtype == np.uint16 else pixels
    if values.ndim == 2:
        return _grey_to_rgb(np.asarray(values, np.uint8))
    if values.shape[2] == 4:
        if pixels.dtype == np.uint16:  # opacity is always of full depth, whatever the colours use
            colours = eight_bits(pixels[..., :3].astype(np.uint16, copy=False))
            values = np.dstack([colours, (pixels[..., 3] >> 8).astype(np.uint8)])
        return over_white(np.asarray(cv2.cvtColor(values, cv2.COLOR_BGRA2RGBA), np.uint8))
    return np.asarray(cv2.cvtColor(values, cv2.COLOR_BGR2RGB), np.uint8)


def over_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay (H, W, 4) RGBA over white paper: (H, W, 3).

    Under full transparency files keep arbitrary colours, which no viewer ever shows; a mask must not be drawn by them.
    """
    colour, alpha = pixels[..., :3], pixels[..., 3:]
    if bool((alpha == 255).all()):
        return np.ascontiguousarray(colour)
    opacity = alpha.astype(np.uint16)
    mixed = colour * opacity + 255 * (255 - opacity) + 127
    return (mixed // 255).astype(np.uint8)


def _grey_to_rgb(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(H, W) to (H, W, 3)."""
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
