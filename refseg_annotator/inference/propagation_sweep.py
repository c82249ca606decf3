"""One way through a stretch of a clip: which frames are read, which are filled, and what memory is shown before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from refseg_annotator.errors import MediaError, ModelError
from refseg_annotator.inference.predictor import Prediction
from refseg_annotator.inference.propagation_leap import Leap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.predictor import ModelInfo
    from refseg_annotator.inference.propagation_plan import Gap, Keyframes, Stretch
    from refseg_annotator.inference.video_predictor import ClipMemory


class FrameReader(Protocol):
    """What propagation needs of a clip; every `media.FrameSource` is one."""

    @property
    def size(self) -> Size:
        """Size of a frame in pixels."""

    def read(self, frame: int) -> NDArray[np.uint8]:
        """A frame as uint8 (H, W, 3) RGB."""


class Sweep:
    """One way through a stretch, with the predictor's memory of it."""

    def __init__(
        self,
        info: ModelInfo,
        memory: ClipMemory,
        frames: FrameReader,
        keyframes: Keyframes,
        settled: Mapping[ReferentId, list[int]],
        stretch: Stretch,
        *,
        forward: bool,
        reach: int,
    ) -> None:
        self.info = info
        self.keyframes = keyframes
        self._frames = frames
        self._settled = settled
        self._forward = forward
        spans = [(gap, gap.span(forward=forward)) for gap in stretch.gaps]
        self._spans = [(gap, span) for gap, span in spans if span is not None]
        self._memory = memory
        self._reach = reach
        self._leap = Leap(frames.size, info) if reach else None
        self._filled: dict[int, Mapping[ReferentId, Prediction]] = {}  # found beforehand: filled, and the one behind

    def at(self, frame: int) -> Mapping[ReferentId, Prediction]:
        """The predictions of the referents that this sweep carries past a frame; none where it carries none.

        Asked for one frame after the other.
        """
        if frame in self._filled:
            return self._taken(frame)
        passing = self._passing(frame)
        if not passing:
            return {}
        entering = [gap for gap, span in passing if frame == (span[0] if self._forward else span[-1])]
        self._enter(entering, frame)
        referents = tuple(gap.referent for gap, _ in passing)
        if self._leap is None:
            return self._tracked(frame, self._read(frame), referents)
        return self._leapt(self._leap, frame, referents, entering=entering)

    def _leapt(
        self, leap: Leap, frame: int, referents: tuple[ReferentId, ...], *, entering: Sequence[Gap]
    ) -> Mapping[ReferentId, Prediction]:
        """The answers on a frame; where flow reaches further, that frame is read and those before it are filled."""
        step = 1 if self._forward else -1
        if len(entering) == len(referents):
            shown = {gap.referent: self.keyframes[frame - step][gap.referent] for gap in entering}
            start = {referent: _as_prediction(mask) for referent, mask in shown.items()}
            leap.start(frame - step, self._read(frame - step), start)
        far, image = frame, self._read(frame)
        if not entering or len(entering) == len(referents):
            far, image = self._reached(leap, frame, image, referents)
        found = self._tracked(far, image, referents)
        if far != frame:
            self._filled = {**leap.fill(far, found), far: found}
        leap.start(far, image, found)
        return found if far == frame else self._taken(frame)

    def _reached(
        self, leap: Leap, frame: int, image: NDArray[np.uint8], referents: tuple[ReferentId, ...]
    ) -> tuple[int, NDArray[np.uint8]]:
        """The frame to be read, at or behind `frame`, with its picture."""
        step = 1 if self._forward else -1
        far = frame
        if not leap.starts_at(frame - step, referents):
            return far, image
        leap.look(frame, image)
        while abs(far - frame) < self._reach and self._same_pass(far + step, referents):
            try:
                behind = self._read(far + step)
            except MediaError:
                break  # it is told of when it is its turn: what lies before it can be had
            leap.look(far + step, behind)
            if not leap.reaches(far + step):
                break
            far, image = far + step, behind
        return far, image

    def _taken(self, frame: int) -> Mapping[ReferentId, Prediction]:
        """What was found beforehand of a frame, in the frame's size: several of those would take much memory."""
        assert self._leap is not None  # noqa: S101  nothing else finds beforehand
        return {referent: self._leap.in_full(one) for referent, one in self._filled.pop(frame).items()}

    def _passing(self, frame: int) -> list[tuple[Gap, range]]:
        return [(gap, span) for gap, span in self._spans if frame in span]

    def _same_pass(self, frame: int, referents: tuple[ReferentId, ...]) -> bool:
        """Whether just these referents are carried past a frame, none of them from there on."""
        passing = self._passing(frame)
        return tuple(gap.referent for gap, _ in passing) == referents and all(
            frame != (span[0] if self._forward else span[-1]) for _, span in passing
        )

    def _tracked(
        self, frame: int, image: NDArray[np.uint8], referents: tuple[ReferentId, ...]
    ) -> Mapping[ReferentId, Prediction]:
        found = self._memory.track(frame, image, referents)
        for referent in referents:
            if referent not in found or found[referent].probability.shape != self._frames.size.shape:
                raise ModelError(
                    f"The model {self.info.label!r} gave no mask of the frame's size for referent {referent} on frame "
                    f"{frame}; use another model."
                )
        return found

    def _enter(self, gaps: list[Gap], frame: int) -> None:
        """Show the memory the keyframes that matter for the gaps that begin here, the one they start from last."""
        wanted: dict[tuple[bool, int], dict[ReferentId, Mask]] = {}
        for gap in gaps:
            for place, key in enumerate(self._sources(gap, frame)):
                wanted.setdefault((place > 0, key), {})[gap.referent] = self.keyframes[key][gap.referent]
        for (_, key), masks in sorted(wanted.items(), key=lambda item: (item[0][0], -abs(item[0][1] - frame))):
            self._memory.remember(key, self._read(key), masks)

    def _sources(self, gap: Gap, frame: int) -> list[int]:
        """The first keyframe that shows the referent, then those around, the one that the sweep starts from last."""
        settled = self._settled[gap.referent]
        shown = [key for key in settled if not self.keyframes[key][gap.referent].is_empty]
        source, far = (gap.left, gap.right) if self._forward else (gap.right, gap.left)
        around = {far, max((key for key in shown if key < frame), default=None)}
        around.add(min((key for key in shown if key > frame), default=None))
        others = sorted((key for key in around - {None, source} if key is not None), key=lambda key: -abs(key - frame))
        assert source is not None, "a sweep passes a gap that it has a keyframe for"  # noqa: S101
        # The anchor comes first, so that a memory pins it, even where it is the source too.
        return [shown[0], *others, source] if others or shown[0] != source else [source]

    def _read(self, frame: int) -> NDArray[np.uint8]:
        image = self._frames.read(frame)
        if image.shape[:2] != self._frames.size.shape:
            height, width = image.shape[:2]
            size = self._frames.size
            raise MediaError(
                f"Frame {frame} is {width} x {height} pixels where the clip has {size.width} x {size.height}; "
                "put the clip's own frame in place."
            )
        return image


def _as_prediction(mask: Mask) -> Prediction:
    """What a person settled, as an answer that is sure."""
    return Prediction(mask.to_array().astype(np.float32), presence=0.0 if mask.is_empty else 1.0, score=1.0)
