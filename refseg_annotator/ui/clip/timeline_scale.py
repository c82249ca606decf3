"""Where frames lie on the timeline: one transform and its inverse, as a value; and how frames are told as times."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from refseg_annotator.ui.number_words import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refseg_annotator.media import FrameTimes

MOST_PER_FRAME: Final = 64.0
"""Pixels of a frame at the largest zoom."""

_TIME: Final = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d*)?)")


class Tick(NamedTuple):
    """A mark of the ruler; a major one has its number written beside it."""

    frame: int
    is_major: bool


@dataclass(frozen=True, slots=True)
class FrameScale:
    """x = (frame - `first`) * `per_frame`, in logical pixels from the left end of the strips.

    Args:
        count: frames of the clip, at least 1.
        width: pixels of the strips, at least 1.
        first: the frame at the left end; a fraction where it is cut.
        per_frame: pixels a frame.
    """

    count: int
    width: int
    first: float
    per_frame: float

    @classmethod
    def fitting(cls, count: int, width: int) -> FrameScale:
        """The scale that shows the whole clip."""
        width = max(width, 1)
        return cls(count, width, 0.0, min(width / count, MOST_PER_FRAME))

    @property
    def is_fitting(self) -> bool:
        """Whether the whole clip is seen."""
        return self.per_frame * self.count <= self.width + 1e-6

    @property
    def extent(self) -> float:
        """Pixels of the whole clip."""
        return self.count * self.per_frame

    def x_of(self, frame: float) -> float:
        """The left edge of a frame."""
        return (frame - self.first) * self.per_frame

    def frame_at(self, x: float) -> int:
        """The frame at a pixel; the first or the last beyond the ends."""
        return min(max(math.floor(self.first + x / self.per_frame), 0), self.count - 1)

    @property
    def visible(self) -> range:
        """The frames of which a part is seen."""
        last = math.ceil(self.first + self.width / self.per_frame - 1e-9)
        return range(max(math.floor(self.first), 0), min(last, self.count))

    def zoomed(self, factor: float, x: float) -> FrameScale:
        """Larger by `factor`, what lies at `x` staying there; never smaller than the whole clip."""
        least = min(self.width / self.count, MOST_PER_FRAME)
        per_frame = min(max(self.per_frame * factor, least), MOST_PER_FRAME)
        at = self.first + x / self.per_frame
        return replace(self, per_frame=per_frame, first=at - x / per_frame)._held()

    def scrolled(self, pixels: float) -> FrameScale:
        """Moved on by so many pixels."""
        return replace(self, first=self.first + pixels / self.per_frame)._held()

    def resized(self, width: int) -> FrameScale:
        """The same frames a pixel in another width; a clip seen whole stays so."""
        if self.is_fitting:
            return FrameScale.fitting(self.count, width)
        scaled = replace(self, width=max(width, 1))
        return scaled.zoomed(1.0, 0.0)

    def following(self, frame: int, *, margin: float = 24.0) -> FrameScale:
        """Moved just as far as it takes to see a frame; a frame that ran out at the right comes in at the left."""
        left, right = self.x_of(frame), self.x_of(frame + 1)
        margin = min(margin, self.width / 4)
        if right > self.width:
            return self.scrolled(left - margin)
        return self.scrolled(left - margin) if left < 0 else self

    def ticks(self, gap: float) -> Iterator[Tick]:
        """The marks in sight, majors at least `gap` pixels apart."""
        step = step_of(gap / self.per_frame)
        minor = max(step // 5, 1) if step % 5 == 0 else max(step // 2, 1)
        if minor * self.per_frame < 6:
            minor = step
        seen = self.visible
        start = max(seen.start - step, 0) // minor * minor
        for frame in range(start, seen.stop, minor):
            yield Tick(frame, frame % step == 0)

    def _held(self) -> FrameScale:
        most = max(self.count - self.width / self.per_frame, 0.0)
        return replace(self, first=min(max(self.first, 0.0), most))


def step_of(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... that is not under `least`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor >= least:
                return step * factor
        step *= 10


def slot_of(least: float) -> int:
    """The smallest of 1, 2, 3, 4, 6, 8, 12, 16, 24, ... that is not under `least`.

    Finer than `step_of`, and each is a divisor of one not far above, so that zooming finds again what it had.
    """
    step = 1
    while step < least:
        step = step * 3 // 2 if step & (step - 1) == 0 and step > 1 else step * 4 // 3 if step > 2 else step + 1
    return step


def time_words(second: float) -> str:
    """A time within a clip: "0:04.80", "1:02:03.40"."""
    hundredths = round(second * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    seconds = number(rest / 100, "05.2f")
    return f"{hours}:{minutes:02d}:{seconds}" if hours else f"{minutes}:{seconds}"


def moment_words(times: FrameTimes, frame: int) -> str:
    """When a frame is shown: "0:04.80"; "≈0:05" where only the mean rate is known yet."""
    second = times.second_of(frame)
    return time_words(second) if times.is_known else f"≈{time_words(round(second))[:-3]}"


def is_time(text: str) -> bool:
    """Whether what was typed is meant as a time, and not as a frame's number."""
    return ":" in text or "." in text


def frame_of(text: str, times: FrameTimes) -> int | None:
    """The frame that was typed, as a number ("1,200") or as a time ("0:48.5"); None where it is neither."""
    # A comma in a time is a decimal one; in a number it parts thousands.
    plain = text.strip().replace(" ", "").replace(",", "." if ":" in text else "")
    # Longer ones are no frame of any clip, and very long ones no number for Python.
    if plain.isascii() and plain.isdecimal() and len(plain) <= 12:
        return int(plain)
    match = _TIME.fullmatch(plain) if plain.isascii() and len(plain) <= 24 else None
    if match is None:
        return None
    hours, minutes, seconds = match.groups()
    return times.frame_near((int(hours or 0) * 60 + int(minutes or 0)) * 60 + float(seconds))
