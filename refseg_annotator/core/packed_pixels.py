"""Pixels kept as code, and decoded while somebody looks: what lets a clip of an hour have a mask on every frame."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.mask_code import decode_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True, eq=False)
class PackedPixels:
    """The code of bool pixels; equal to itself alone, so that looking it up never decodes.

    Attributes:
        code: as `core.mask_code` has it; whoever makes one vouches for it.
        shape: (h, w).
    """

    code: bytes
    shape: tuple[int, int]

    def unpacked(self) -> NDArray[np.bool_]:
        """The pixels, bool `(h, w)`, read-only; those looked at last are at hand, all others are decoded."""
        return UNPACKED.get(self)


class UnpackedPixels:
    """The pixels looked at last, so that a look again costs nothing. Thread-safe; what it holds is bounded.

    Args:
        budget: bytes.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._kept: OrderedDict[PackedPixels, NDArray[np.bool_]] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Bytes held."""
        return self._bytes

    def get(self, packed: PackedPixels) -> NDArray[np.bool_]:
        """The pixels, bool of the packed shape, read-only."""
        with self._lock:
            found = self._kept.get(packed)
            if found is not None:
                self._kept.move_to_end(packed)
                return found
        # Decoded outside the lock: two threads may do it both, which is wasted work and no harm.
        pixels = decode_pixels(packed.code, packed.shape).copy()
        pixels.flags.writeable = False
        with self._lock:
            if packed not in self._kept and pixels.nbytes <= self._budget:
                self._kept[packed] = pixels
                self._bytes += pixels.nbytes
                while self._bytes > self._budget:
                    self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return pixels

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0


UNPACKED: Final = UnpackedPixels(_MOST_BYTES)
"""One for the program: masks are values, and which of them is looked at is no project's business."""
