"""The seam between files and everybody who needs pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import MediaError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.core.geometry import Size


class FrameSource(Protocol):
    """A picture, a clip, or a folder of numbered frames; every method may be called from any thread."""

    @property
    def path(self) -> Path:
        """Where the file or folder is."""
        ...

    @property
    def kind(self) -> MediumKind:
        """Image or video."""
        ...

    @property
    def size(self) -> Size:
        """Size of a frame as shown, in pixels."""
        ...

    @property
    def frame_count(self) -> int:
        """Number of frames, at least 1."""
        ...

    @property
    def frame_rate(self) -> float | None:
        """Frames a second on average; None for a picture or where unknown. Never to be used to count frames."""
        ...

    def read(self, frame: int) -> NDArray[np.uint8]:
        """Decode one frame: (H, W, 3) RGB, contiguous and read-only; frames count from 0.

        Raises:
            MediaError: The frame cannot be read.
        """
        ...

    def close(self) -> None:
        """Let go of files and memory; a further `read` raises a `MediaError`. May be called twice."""
        ...


@runtime_checkable
class Damageable(Protocol):
    """A source that may have lost frames without a trace of their numbers."""

    @property
    def damage(self) -> str | None:
        """That it has, in one sentence; None where every frame has its own number."""
        ...


def frozen(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same pixels, contiguous and read-only: frames are shared between threads."""
    pixels = np.ascontiguousarray(pixels)
    pixels.flags.writeable = False
    return pixels


def no_such_frame(name: str, frame: int, count: int) -> MediaError:
    """The sentence for a frame number outside the medium."""
    numbers = "number 0" if count == 1 else f"numbers 0 to {count - 1}"
    there = f"{number_of(count, 'frames')}, {numbers}"
    return MediaError(f"{name} has {there}, and no frame {frame}; choose a number inside the range.")
