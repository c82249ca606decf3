"""Clips that tests can read: every frame carries its own number, and plain shapes move over it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.media.frame_source import no_such_frame

WIDTH, HEIGHT = 160, 120
RED, BLUE, BACKGROUND = (220, 40, 40), (40, 70, 220), (200, 200, 200)
_BLOCK, _BITS = 8, 16


def draw_frame(number: int, *, red: bool = True) -> NDArray[np.uint8]:
    """A frame: its number in black and white blocks along the top, a red square that moves, a blue one that rests."""
    frame = np.full((HEIGHT, WIDTH, 3), BACKGROUND, np.uint8)
    for bit in range(_BITS):
        frame[:_BLOCK, bit * _BLOCK : (bit + 1) * _BLOCK] = 255 if number >> bit & 1 else 0
    if red:
        x = 8 + 2 * (number % 50)
        frame[40:64, x : x + 24] = RED
    frame[84:108, 120:144] = BLUE
    return frame


def number_of(frame: NDArray[np.uint8]) -> int:
    """The number that a decoded frame carries."""
    middle = frame[_BLOCK // 2, _BLOCK // 2 : _BITS * _BLOCK : _BLOCK].mean(axis=-1)
    return sum(1 << bit for bit, level in enumerate(middle) if level > 127)


def write_varying_clip(path: Path, milliseconds: Sequence[int]) -> Path:
    """A clip whose frames are shown from these times on, the first from 0."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=1000)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.bit_rate = 4_000_000
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, stamp in enumerate(milliseconds):
            picture = av.VideoFrame.from_ndarray(draw_frame(number), format="rgb24")
            picture.pts, picture.time_base = stamp, Fraction(1, 1000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


def write_clip(path: Path, frames: int = 40, *, rate: int = 10, hidden: range = range(0)) -> Path:
    """A clip of `frames` frames; the red square is not to be seen on those in `hidden`."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.bit_rate = 4_000_000
        for number in range(frames):
            picture = av.VideoFrame.from_ndarray(draw_frame(number, red=number not in hidden), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


class MadeClip:
    """A clip that is drawn, not decoded: as long as one likes. Notes which frames were asked for."""

    kind = MediumKind.VIDEO
    size = Size(WIDTH, HEIGHT)

    def __init__(self, path: Path, frame_count: int, frame_rate: float | None = 30.0) -> None:
        self.path = path
        self.frame_count = frame_count
        self.frame_rate = frame_rate
        self.asked: list[int] = []

    def read(self, frame: int) -> NDArray[np.uint8]:
        if not 0 <= frame < self.frame_count:
            raise no_such_frame(repr(self.path.name), frame, self.frame_count)
        self.asked.append(frame)
        pixels = draw_frame(frame)
        pixels.flags.writeable = False
        return pixels

    def close(self) -> None:
        """Nothing is held."""
