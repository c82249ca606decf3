"""Made clips: squares of plain colours that move, hide and come back, for the fakes; a sliding texture, for flow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from refseg_annotator.core.annotation import MediumKind, ReferentId
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import MediaError

A, B, C = ReferentId(1), ReferentId(2), ReferentId(3)
COLOURS = {A: (220, 40, 40), B: (40, 180, 60), C: (40, 70, 220)}
ROWS = {A: 1, B: 9, C: 17}
SIDE = 6
SIZE = Size(48, 24)


@dataclass(slots=True)
class SquaresClip:
    """Three squares on grey, A and C going right, B left, by a pixel a frame and there and back.

    Attributes:
        hidden: the frames on which a referent is not to be seen.
        reads: the frames read, in order.
        backwards: time runs the other way.
    """

    frame_count: int = 20
    hidden: Mapping[ReferentId, Collection[int]] = field(default_factory=dict)
    reads: list[int] = field(default_factory=list)
    backwards: bool = False
    path: Path = Path("squares.mp4")
    kind: MediumKind = MediumKind.VIDEO
    size: Size = SIZE
    frame_rate: float | None = 25.0
    closed: bool = False

    def mask(self, referent: ReferentId, frame: int) -> Mask:
        """The true mask."""
        time = self.frame_count - 1 - frame if self.backwards else frame
        if time in self.hidden.get(referent, ()):
            return Mask.empty(self.size)
        way = self.size.width - SIDE
        place = (time + (way if referent == B else 0)) % (2 * way)
        box = Box.from_xywh(min(place, 2 * way - place), ROWS[referent], SIDE, SIDE)
        return Mask.from_patch(self.size, box, np.ones(box.shape, bool))

    def read(self, frame: int) -> np.ndarray:
        self.reads.append(frame)
        image = np.full((*self.size.shape, 3), 200, np.uint8)
        for referent, colour in COLOURS.items():
            mask = self.mask(referent, frame)
            if not mask.is_empty:
                image[mask.box.slices] = colour
        image.flags.writeable = False
        return image

    def close(self) -> None:
        self.closed = True


def empty() -> Mask:
    """Absent."""
    return Mask.empty(SIZE)


def texture(size: Size, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).integers(0, 255, (size.height // 4 + 2, size.width // 4 + 2, 3), np.uint8)
    return cv2.resize(noise, (size.width, size.height), interpolation=cv2.INTER_CUBIC)


SMALL = Size(320, 192)


@dataclass
class SlidingClip:
    """A textured disc that slides over another texture.

    Attributes:
        step: pixels a frame.
        cut: the frame from which on the ground and the disc look other than before.
        broken: frames that cannot be read.
    """

    size: Size = SMALL
    step: int = 4
    cut: int | None = None
    broken: Collection[int] = ()

    def mask(self, frame: int) -> Mask:
        picture = np.zeros(self.size.shape, np.uint8)
        height = self.size.height
        cv2.circle(picture, (height // 2 + self.step * frame, height // 2), height // 4, 1, -1)
        return Mask.from_array(picture)

    def read(self, frame: int) -> np.ndarray:
        if frame in self.broken:
            raise MediaError(f"Frame {frame} cannot be decoded; use another clip.")
        seed = 1 if self.cut is None or frame < self.cut else 11
        image = texture(self.size, seed).copy()
        inside = self.mask(frame).to_array()
        image[inside] = np.roll(texture(self.size, seed + 1), self.step * frame, axis=1)[inside]
        return image
