"""Which frames a memory of a clip keeps: a number that does not grow with the clip."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from refseg_annotator.core.annotation import ReferentId

Picture = TypeVar("Picture")
Part = TypeVar("Part")


class Remembered(NamedTuple, Generic[Picture, Part]):
    """One frame as one referent's memory has it.

    Attributes:
        picture: what the frame's referents share, such as keys of its positions.
        part: what is the referent's own, such as values that carry its mask.
        settled: a person settled the mask.
    """

    frame: int
    picture: Picture
    part: Part
    settled: bool


@dataclass(slots=True)
class _Kept(Generic[Picture, Part]):
    picture: Picture
    parts: dict[ReferentId, tuple[Part, bool, int]] = field(default_factory=dict)


class FrameMemory(Generic[Picture, Part]):
    """Frames with what a predictor made of them, at most `latest` + 3 for each referent.

    A referent keeps the first keyframe it was given, its nearest keyframes on both sides of the frame that came last,
    and the `latest` tracked frames; of the others the oldest go first. What was tracked before a keyframe came is
    outdated by it and goes too. A frame is kept once for all its referents, and dropped when none needs it. What one
    referent keeps depends on nothing put for another.
    """

    def __init__(self, *, latest: int = 3) -> None:
        if latest < 1:
            raise ValueError(f"a memory keeps at least the last frame, not {latest}")
        self._latest = latest
        self._frames: dict[int, _Kept[Picture, Part]] = {}
        self._first: dict[ReferentId, int] = {}
        self._clock = 0

    def put(self, frame: int, picture: Picture, parts: Mapping[ReferentId, Part], *, settled: bool) -> None:
        """Take in a frame, then forget what is no longer needed.

        Args:
            parts: the referents to note on it; others that were noted on this frame before stay.
            settled: the masks are a person's; else they are tracked, and never take the place of settled ones.
        """
        self._clock += 1
        noted = [referent for referent in parts if settled or not self._is_settled(frame, referent)]
        if noted:
            kept = self._frames.setdefault(frame, _Kept(picture))
            kept.picture = picture
            for referent in noted:
                kept.parts[referent] = (parts[referent], settled, self._clock)
                if settled:
                    self._first.setdefault(referent, frame)
        for referent in parts:
            self._forget_beyond(referent, frame, 0 if settled else self._latest)

    def read(self, referent: ReferentId) -> list[Remembered[Picture, Part]]:
        """What is kept of a referent, that put longest ago first; empty if it never was put."""
        entries = [
            (kept.parts[referent][2], Remembered(frame, kept.picture, *kept.parts[referent][:2]))
            for frame, kept in self._frames.items()
            if referent in kept.parts
        ]
        return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]

    @property
    def frames(self) -> AbstractSet[int]:
        """The frames kept for any referent; a live view."""
        return self._frames.keys()

    def __len__(self) -> int:
        return len(self._frames)

    def _is_settled(self, frame: int, referent: ReferentId) -> bool:
        kept = self._frames.get(frame)
        return kept is not None and referent in kept.parts and kept.parts[referent][1]

    def _forget_beyond(self, referent: ReferentId, position: int, latest: int) -> None:
        entries = self.read(referent)
        keyframes = sorted(entry.frame for entry in entries if entry.settled)
        needed = {self._first[referent]} if referent in self._first else set()
        needed.update([frame for frame in keyframes if frame <= position][-1:])
        needed.update([frame for frame in keyframes if frame > position][:1])
        tracked = [entry.frame for entry in entries if not entry.settled]
        needed.update(tracked[max(0, len(tracked) - latest) :])
        for entry in entries:
            if entry.frame not in needed:
                kept = self._frames[entry.frame]
                del kept.parts[referent]
                if not kept.parts:
                    del self._frames[entry.frame]
