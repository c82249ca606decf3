"""Masks as compact bytes, see `core.mask_code`. Only the box is coded; size and box are kept beside the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.core.mask import Mask
from refseg_annotator.core.mask_code import decode_pixels

if TYPE_CHECKING:
    from refseg_annotator.core.geometry import Box, Size


def encode_mask(mask: Mask) -> bytes:
    """The pixels of a mask as bytes; an empty mask has none. At once for a mask that is packed."""
    return mask.code()


def decode_mask(data: bytes, *, size: Size, box: Box, packed: bool = False) -> Mask:
    """The inverse of `encode_mask`. Distrusts the bytes: ValueError for any that do not fill the box exactly.

    The caller has bounded the size; memory use follows the box's area, whatever the bytes claim.

    Args:
        packed: keep the bytes in place of the pixels, now that they are known to be sound.
    """
    if box.is_empty:
        if data:
            raise ValueError("an empty mask has no pixels to read")
        return Mask.empty(size)
    mask = Mask.from_patch(size, box, decode_pixels(data, box.shape))
    if not packed:
        return mask
    # A box that was not tight is no mask's box; what has been tightened is coded anew.
    return Mask.from_code(size, box, data) if mask.box == box else mask.packed()
