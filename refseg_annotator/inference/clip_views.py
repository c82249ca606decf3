"""A settled frame seen otherwise: moved, turned, resized and lit, its mask with it. numpy and OpenCV, no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ZOOM: Final = 0.3  # natural logarithm of the largest enlargement
_TURN: Final = 12.0  # degrees
_SHEAR: Final = 0.03
_SHIFT: Final = 0.12  # of the frame's sides
_MARGIN: Final = 0.1  # of the frame's sides, which the referent's centre keeps from the border
_LIGHT: Final = 0.15
_TINT: Final = 12.0  # of 255


def views_of(
    image: NDArray[np.uint8], mask: NDArray[np.bool_], count: int, rng: np.random.Generator
) -> list[tuple[NDArray[np.uint8], NDArray[np.float32]]]:
    """`count` views of an image uint8 (H, W, 3) with the referent's mask (H, W), not empty: images and coverage 0..1.

    The whole image moves about the referent's centre, which stays in view; beyond its border it is mirrored.
    """
    height, width = mask.shape
    rows, columns = np.nonzero(mask)
    centre = np.array([columns.mean(), rows.mean()])
    sides = np.array([width, height])
    found = []
    for _ in range(count):
        scale, angle = np.exp(rng.uniform(-_ZOOM, _ZOOM)), np.deg2rad(rng.uniform(-_TURN, _TURN))
        shear = rng.uniform(-_SHEAR, _SHEAR, 2)
        linear = scale * np.array(
            [[np.cos(angle), -np.sin(angle) + shear[0]], [np.sin(angle) + shear[1], np.cos(angle)]]
        )
        target = centre + rng.uniform(-_SHIFT, _SHIFT, 2) * sides
        target = np.clip(target, _MARGIN * sides, (1 - _MARGIN) * sides)
        matrix = np.column_stack([linear, target - linear @ centre]).astype(np.float32)
        light, tint = rng.uniform(1 - _LIGHT, 1 + _LIGHT), rng.uniform(-_TINT, _TINT)
        seen: Any = cv2.warpAffine(
            image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
        coverage: Any = cv2.warpAffine(mask.astype(np.float32), matrix, (width, height), flags=cv2.INTER_LINEAR)
        found.append((np.clip(seen * np.float32(light) + np.float32(tint), 0, 255).astype(np.uint8), coverage))
    return found
