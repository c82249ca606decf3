"""A clip whose damaged frames are passed over: whoever follows something sees the nearest picture in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import DamagedFrameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.inference.propagation import FrameReader

_REACH: Final = 300  # frames: a hole wider than that on both sides is nothing to be passed over
_MOST_NAMED: Final = 8


class BridgedFrames:
    """Frames of a clip, one that cannot be decoded shown as the nearest that can. For one thread.

    What is found on such a frame was found on another one: whoever keeps results leaves out those of `damaged`.

    Args:
        count: how many frames the clip has.
    """

    def __init__(self, frames: FrameReader, count: int) -> None:
        self._frames = frames
        self._count = count
        self._asked: set[int] = set()
        self._errors: dict[int, DamagedFrameError] = {}

    @property
    def size(self) -> Size:
        """Size of a frame in pixels."""
        return self._frames.size

    @property
    def damaged(self) -> list[int]:
        """The frames asked for so far that cannot be decoded, rising."""
        return sorted(self._asked & self._errors.keys())

    def is_damaged(self, frame: int) -> bool:
        """Whether a frame was asked for and cannot be decoded."""
        return frame in self._errors and frame in self._asked

    def read(self, frame: int) -> NDArray[np.uint8]:
        """A frame, or the nearest that can be decoded, the one before first: uint8 (H, W, 3) RGB.

        Raises:
            DamagedFrameError: none can, within some hundred frames.
            MediaError: the clip cannot be read at all.
        """
        self._asked.add(frame)
        for distance in range(_REACH + 1):
            for other in dict.fromkeys((frame - distance, frame + distance)):
                if 0 <= other < self._count and other not in self._errors:
                    try:
                        return self._frames.read(other)
                    except DamagedFrameError as error:
                        self._errors[other] = error
        raise self._errors[frame]


def damage_told(name: str, frames: Iterable[int]) -> str:
    """The sentence for frames, rising, of a clip that got no result because they cannot be decoded."""
    runs: list[tuple[int, int]] = []
    for frame in frames:
        if runs and runs[-1][1] == frame - 1:
            runs[-1] = (runs[-1][0], frame)
        else:
            runs.append((frame, frame))
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs[:_MOST_NAMED])
    if len(runs) > _MOST_NAMED:
        words += f", ... {runs[-1][1]}"
    sentence = (
        f"{name!r} is damaged: no mask on what cannot be decoded, frames {words}; copy it again, or convert it to MP4 "
        "(H.264)."
    )
    return sentence  # noqa: RET504  the name is that by which the catalogues find it
