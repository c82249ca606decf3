"""What a propagation has to do, worked out before any frame is read: which referent, which frames, from which side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from refseg_annotator.core.annotation import AnnotationKey, ReferentId
    from refseg_annotator.core.mask import Mask

    Keyframes = Mapping[int, Mapping[ReferentId, Mask]]
    """Settled masks by frame and referent; an empty mask says that the referent is absent there."""


class Direction(StrEnum):
    """Where masks are carried from a keyframe that has no other behind it. Between two keyframes both sides count."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Gap:
    """A referent's open frames between two of its keyframes, as far as they are wanted.

    Attributes:
        left: the keyframe before, None where there is none or it does not count.
        right: the keyframe behind, likewise; one of the two is there.
        first: the first frame wanted, after `left`.
        last: the last one, before `right`.
        barred: frames between that get no result.
    """

    referent: ReferentId
    left: int | None
    right: int | None
    first: int
    last: int
    barred: frozenset[int] = frozenset()

    def wants(self, frame: int) -> bool:
        """Whether a frame gets a result."""
        return self.first <= frame <= self.last and frame not in self.barred

    def span(self, *, forward: bool) -> range | None:
        """The frames that a sweep passes for this gap, those on its way from the keyframe too; None if it does not."""
        if forward:
            return None if self.left is None else range(self.left + 1, self.last + 1)
        return None if self.right is None else range(self.first, self.right)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Gaps that are swept together, because they share frames.

    Frames come rising. Where only backward sweeps are wanted they come falling, as they are found.
    """

    gaps: tuple[Gap, ...]

    @property
    def is_backward(self) -> bool:
        """Whether the one sweep goes backward."""
        return all(gap.left is None for gap in self.gaps)

    @property
    def draft_frames(self) -> tuple[range, ...]:
        """The frames of the backward sweep that goes before the forward one, as rising runs."""
        return () if self.is_backward else self._swept(forward=False)

    @property
    def steps(self) -> int:
        """Frames to be passed, those passed in two sweeps counted twice."""
        runs = [*self.draft_frames, *self.final_sweep]
        return sum(len(run) for run in runs)

    @property
    def final_sweep(self) -> tuple[range, ...]:
        """The frames passed by the sweep that gives the results, as rising runs; some lie on the way to the range."""
        if self.is_backward:
            return self._swept(forward=False)
        return _merged([*self._swept(forward=True), *(range(gap.first, gap.last + 1) for gap in self.gaps)])

    def results_at(self, frame: int) -> list[Gap]:
        """The gaps that want a result on a frame."""
        return [gap for gap in self.gaps if gap.wants(frame)]

    def _swept(self, *, forward: bool) -> tuple[range, ...]:
        spans = (gap.span(forward=forward) for gap in self.gaps)
        return _merged([span for span in spans if span is not None])


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole way of a propagation.

    Attributes:
        stretches: in rising order; no two share a frame that gets a result.
    """

    stretches: tuple[Stretch, ...]

    @property
    def steps(self) -> int:
        """Frames to be passed in all, for progress and time left."""
        return sum(stretch.steps for stretch in self.stretches)

    def frames(self) -> Iterator[int]:
        """The frames that get results, each once, in the order in which they come."""
        for stretch in self.stretches:
            runs = _merged([range(gap.first, gap.last + 1) for gap in stretch.gaps])
            for run in reversed(runs) if stretch.is_backward else runs:
                for frame in reversed(run) if stretch.is_backward else run:
                    if stretch.results_at(frame):
                        yield frame

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do: no keyframe reaches an open frame of the range."""
        return not self.stretches


def make_plan(
    keyframes: Keyframes,
    *,
    first: int,
    last: int,
    direction: Direction,
    barriers: Collection[AnnotationKey] = (),
) -> Plan:
    """The plan for the frames `first` to `last`, both included.

    A frame is wanted for a referent unless it is one of its keyframes. It is reached from both sides where the referent
    has keyframes on both; else from the one side, if the direction allows. Keyframes outside the range count: frames
    between them and the range are passed on the way. A referent whose keyframes are all "absent" cannot be reached, for
    nobody has shown what it looks like. `barriers` are further frames of referents that get no result; sweeps go past.
    """
    if first < 0 or last < first:
        raise ValueError(f"a range of frames runs forward from 0, not {first} to {last}")
    barred: dict[ReferentId, set[int]] = {}
    for referent, frame in barriers:
        barred.setdefault(referent, set()).add(frame)
    gaps = [
        gap
        for referent, settled in keyframes_by_referent(keyframes).items()
        for gap in _gaps(referent, settled, range(first, last + 1), direction, barred.get(referent, set()))
    ]
    gaps.sort(key=lambda gap: (gap.first, gap.last))
    stretches: list[list[Gap]] = []
    reach = -1
    for gap in gaps:
        # Two gaps that merely touch share no frame: a settled one would lie between, or they are of two referents, and
        # sweeping these apart lets results of the first come before the second is begun.
        if gap.first > reach:
            stretches.append([])
        stretches[-1].append(gap)
        reach = max(reach, gap.last)
    return Plan(tuple(Stretch(tuple(stretch)) for stretch in stretches))


def keyframes_by_referent(keyframes: Keyframes) -> dict[ReferentId, list[int]]:
    """Each referent's settled frames, rising; without those who are absent on all of them."""
    settled: dict[ReferentId, list[int]] = {}
    seen: set[ReferentId] = set()
    for frame in sorted(keyframes):
        for referent, mask in keyframes[frame].items():
            settled.setdefault(referent, []).append(frame)
            if not mask.is_empty:
                seen.add(referent)
    return {referent: frames for referent, frames in settled.items() if referent in seen}


def _gaps(
    referent: ReferentId, settled: list[int], wanted: range, direction: Direction, barred: set[int]
) -> Iterator[Gap]:
    start = wanted.start
    for end in [*settled[bisect_left(settled, wanted.start) : bisect_right(settled, wanted.stop - 1)], wanted.stop]:
        open_frames = [frame for frame in range(start, end) if frame not in barred] if barred else range(start, end)
        before, behind = bisect_left(settled, start), bisect_left(settled, end)
        start = end + 1
        if not open_frames:
            continue
        left = settled[before - 1] if before else None
        right = settled[behind] if behind < len(settled) else None
        if right is None and direction is Direction.BACKWARD:
            left = None
        elif left is None and direction is Direction.FORWARD:
            right = None
        if left is not None or right is not None:
            first, last = open_frames[0], open_frames[-1]
            between = frozenset(frame for frame in barred if first < frame < last)
            yield Gap(referent, left, right, first, last, between)


def _merged(runs: Iterable[range]) -> tuple[range, ...]:
    """Rising runs that cover the same frames, none touching another."""
    merged: list[range] = []
    for run in sorted(runs, key=lambda run: run.start):
        if not run:
            continue
        if merged and run.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, run.stop))
        else:
            merged.append(run)
    return tuple(merged)
