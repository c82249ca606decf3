"""When the frames of a clip are shown: at a steady rate, or where the rate varies by the clip's own time stamps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

USUAL_RATE: Final = 24.0
"""Frames a second for folders of pictures, which do not say."""
_STEADY: Final = 0.005  # seconds that stamps may lie off: containers round them, to a millisecond or so
_HAIR: Final = 1e-6  # of a frame or second: rounding must not make a frame late by one look at the clock


@runtime_checkable
class Timed(Protocol):
    """A source that knows when each of its frames is shown."""

    @property
    def varying_seconds(self) -> NDArray[np.float64] | None:
        """As `FrameTimes.seconds`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FrameTimes:
    """Frame numbers to seconds from the first frame, and back.

    Args:
        rate: frames a second on average; None where unknown.
        seconds: float64 (n,), rising: when each frame is shown, where the rate varies; None where it is steady.
        is_known: whether the clip's file was asked; else it may vary all the same, and times are approximate.
    """

    rate: float | None = None
    seconds: NDArray[np.float64] | None = None
    is_known: bool = True

    @property
    def is_steady(self) -> bool:
        """Whether every frame is shown equally long, as far as is known."""
        return self.seconds is None

    def second_of(self, frame: int) -> float:
        """When a frame is shown first."""
        if self.seconds is None:
            return frame / (self.rate or USUAL_RATE)
        return float(self.seconds[min(max(frame, 0), len(self.seconds) - 1)])

    def frame_at(self, second: float) -> int:
        """The frame that is shown at a time; may lie beyond the clip's end where the rate is steady."""
        if self.seconds is None:
            return math.floor(second * (self.rate or USUAL_RATE) + _HAIR)
        return max(int(np.searchsorted(self.seconds, second + _HAIR, side="right")) - 1, 0)

    def frame_near(self, second: float) -> int:
        """The frame that begins nearest to a time: one that was rounded still means the frame that showed it."""
        if self.seconds is None:
            return math.floor(second * (self.rate or USUAL_RATE) + 0.5)
        last = float(self.seconds[-1])
        if second > last:
            # Beyond the end, as at a steady rate, so that it is found to be so.
            return len(self.seconds) - 1 + math.floor((second - last) * (self.rate or USUAL_RATE) + 0.5)
        at = self.frame_at(second)
        after = min(at + 1, len(self.seconds) - 1)
        return after if self.seconds[after] - second < second - self.seconds[at] else at


def varying(seconds: NDArray[np.float64], rate: float | None) -> NDArray[np.float64] | None:
    """The times of a clip's frames if they cannot be told from its rate; None if they can.

    Args:
        seconds: float64 (n,), rising, from 0.
    """
    if rate is None or len(seconds) < 2:
        return None
    off = np.abs(seconds - np.arange(len(seconds)) / rate)
    return seconds if float(off.max()) > _STEADY else None
