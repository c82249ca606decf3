"""Pictures that verbs write: masks and overlays, as PNG, beside their place first and moved when whole."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask

# Okabe and Ito's colours, which colour-blind people can tell apart; first the one that photos hold least of.
_COLOURS: Final = ((86, 180, 233), (230, 159, 0), (0, 158, 115), (240, 228, 66), (213, 94, 0), (204, 121, 167))

_FILL: Final = 0.45
"""Share of the colour in a covered pixel: the picture still shows through."""


def check_places(places: Sequence[Path], *, read: Sequence[Path] = ()) -> None:
    """Refuse, before anything is computed, what `write_png` cannot or must not write.

    Args:
        places: where pictures are to be written.
        read: the files that they are made from, which must never be written over.

    Raises:
        UsageError: a place is not for a PNG, is not to be replaced, or is named twice.
    """
    for number, place in enumerate(places):
        if place.suffix.lower() not in {".png", ""}:
            raise UsageError(
                f"{place} does not end in .png; masks and overlays are written as PNG, which loses nothing."
            )
        if not place.parent.is_dir():
            raise UsageError(f"The folder {place.parent} does not exist; make it first, or choose another place.")
        if not os.access(place.parent, os.W_OK):
            raise UsageError(f"The folder {place.parent} may not be written; choose another place.")
        # A device or a pipe would be replaced too, which on a whole system breaks more than this program.
        if place.exists() and not place.is_file():
            raise UsageError(f"{place} is no file that could be replaced; choose another name.")
        if any(_is_same(place, source) for source in read):
            raise UsageError(f"{place} is the picture itself and would be lost; choose another name to write to.")
        if any(_is_same(place, other) for other in places[:number]):
            raise UsageError(f"{place} is named twice; choose another name for one of the two.")


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by links and otherwise written names too."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write (H, W) grey or (H, W, 3) RGB, uint8; a file that stood there is replaced only by the whole new one."""
    from PIL import Image

    check_places([path])
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        Image.fromarray(pixels).save(beside, format="PNG")
        beside.replace(path)
    except OSError as error:
        # A user knows the file that was asked for, not the one it is first written to.
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        with suppress(OSError):  # on a disk that may not be written there is nothing to take away
            beside.unlink(missing_ok=True)


def write_mask(path: Path, mask: Mask) -> None:
    """Write a mask as a grey PNG of its picture's size: 255 inside, 0 outside."""
    write_png(path, mask.to_array().astype(np.uint8) * 255)


def drawn_over(image: NDArray[np.uint8], masks: Sequence[Mask]) -> NDArray[np.uint8]:
    """A copy of `image`, uint8 (H, W, 3) RGB, with each mask filled and outlined in a colour of its own."""
    import cv2

    drawn = image.copy()
    thickness = max(1, round(max(image.shape[:2]) / 400))
    kernel = np.ones((2 * thickness + 1, 2 * thickness + 1), np.uint8)
    for number, mask in enumerate(masks):
        if mask.is_empty:
            continue
        box = mask.box.expanded(2 * thickness).clipped(mask.size)
        inside = mask.crop(box).astype(np.uint8)
        patch = drawn[box.slices]
        colour = np.array(_COLOURS[number % len(_COLOURS)], np.float32)
        covered = inside.astype(bool)
        patch[covered] = (patch[covered] * (1 - _FILL) + colour * _FILL).astype(np.uint8)
        # A light line inside and a dark one outside: one of them is seen on any picture.
        patch[covered & (cv2.erode(inside, kernel, borderValue=1) == 0)] = 255
        patch[~covered & (cv2.dilate(inside, kernel) > 0)] = 0
    return drawn


def write_overlay(path: Path, image: NDArray[np.uint8], masks: Sequence[Mask]) -> None:
    """Write `image`, uint8 (H, W, 3) RGB, with the masks drawn on it."""
    write_png(path, drawn_over(image, masks))
