"""Video predictors without a network: what the learned one must beat, and what works where no weights are.

`CopyMask` leaves the mask where it was. `FlowWarp` moves it along dense optical flow (DIS, in OpenCV).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.inference.predictor import ModelInfo, Prediction
from refseg_annotator.inference.video_predictor import always, unknown_referent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask

COPY_INFO: Final = ModelInfo(
    name="copy-mask",
    version="1",
    device="cpu",
    licence="Apache-2.0",
    summary="The mask stays where it was; the least that any propagation must beat.",
    parameters=0,
    threshold=0.5,
    presence_threshold=0.5,
    max_words=0,
)
FLOW_INFO: Final = ModelInfo(
    name="flow-warp",
    version="1",
    device="cpu",
    licence="Apache-2.0",
    summary="Moves the mask along dense optical flow; quick, without weights, lost once the object is hidden.",
    parameters=0,
    threshold=0.5,
    presence_threshold=0.1,
    max_words=0,
)

_LONGEST_SIDE: Final = 480  # pixels at which flow is computed: more costs much and gains little
_NEAR: Final = 2.0  # square pixels by which a point may miss itself after going there and back
_NEAR_SHARE: Final = 0.01  # of the squares of both ways, which is added: fast things are followed less exactly
# Ground that the referent uncovers seems to come from the referent: it does not return, and is cut off. Where much of a
# mask does not return the flow itself has failed, and cutting would lose more than it mends.
_TRUSTED: Final = 0.85


class CopyMask:
    """Every frame has the mask of the keyframe that the sweep comes from."""

    @property
    def info(self) -> ModelInfo:
        """What it is."""
        return COPY_INFO

    def begin(self, size: Size, *, thorough: bool = True, still_wanted: Callable[[], bool] = always) -> _CopyMemory:
        """An empty memory."""
        del thorough, still_wanted
        return _CopyMemory(size)


class _CopyMemory:
    """The latest mask of each referent."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._masks: dict[ReferentId, Mask] = {}

    def remember(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, Mask]) -> None:
        """Keep the masks."""
        del frame, image
        self._masks.update(masks)

    def track(
        self, frame: int, image: NDArray[np.uint8], referents: Sequence[ReferentId]
    ) -> Mapping[ReferentId, Prediction]:
        """The masks kept."""
        del frame, image
        answers: dict[ReferentId, Prediction] = {}
        for referent in referents:
            mask = self._masks.get(referent)
            if mask is None:
                raise unknown_referent(referent)
            probability = mask.to_array().astype(np.float32)
            answers[referent] = Prediction(probability, presence=0.0 if mask.is_empty else 1.0, score=0.5)
        return answers


class FlowWarp:
    """Moves masks from frame to frame along optical flow.

    How much of a mask comes back to itself when the flow is followed there and back says whether the referent is still
    to be seen. One that has left the frame does not come back before the sweep meets its next keyframe: flow has no
    notion of looks.
    """

    @property
    def info(self) -> ModelInfo:
        """What it is."""
        return FLOW_INFO

    def begin(self, size: Size, *, thorough: bool = True, still_wanted: Callable[[], bool] = always) -> _FlowMemory:
        """An empty memory."""
        del thorough, still_wanted
        return _FlowMemory(size)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A referent on the frame where it was met last.

    Attributes:
        grey: the frame at working size, uint8 (h, w); shared by the referents met on it.
        probability: float32 (H, W) at the frame's size.
        score: the expected quality so far, 0..1; it only falls until the next keyframe.
    """

    grey: NDArray[np.uint8]
    probability: NDArray[np.float32]
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Flow:
    """Where the pixels of a frame came from.

    Attributes:
        source: float32 (H, W, 2), for each pixel of the new frame its (x, y) in the old one, at the frame's size.
        returns: bool (H, W), whether there and back leads to the same place.
    """

    source: NDArray[np.float32]
    returns: NDArray[np.bool_]


class _FlowMemory:
    """The latest view of each referent: one grey frame and one map a referent."""

    def __init__(self, size: Size) -> None:
        self._size = size
        shrink = min(1.0, _LONGEST_SIDE / max(size.shape))
        # DIS asks for a few pixels on each side, however thin the frame.
        self._working = max(16, round(size.width * shrink)), max(16, round(size.height * shrink))
        self._views: dict[ReferentId, _View] = {}
        self._dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)

    def remember(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, Mask]) -> None:
        """Start from these masks."""
        del frame
        grey = self._grey(image)
        for referent, mask in masks.items():
            self._views[referent] = _View(grey, mask.to_array().astype(np.float32), 1.0)

    def track(
        self, frame: int, image: NDArray[np.uint8], referents: Sequence[ReferentId]
    ) -> Mapping[ReferentId, Prediction]:
        """The masks moved along the flow from where each was met last."""
        del frame
        grey = self._grey(image)
        flows: dict[int, _Flow] = {}
        answers: dict[ReferentId, Prediction] = {}
        for referent in referents:
            view = self._views.get(referent)
            if view is None:
                raise unknown_referent(referent)
            if not view.probability.any():
                answers[referent] = Prediction(view.probability, presence=0.0, score=view.score)
                self._views[referent] = _View(grey, view.probability, view.score)
                continue
            if id(view.grey) not in flows:
                flows[id(view.grey)] = self._flow(view.grey, grey)
            flow = flows[id(view.grey)]
            moved = np.asarray(
                cv2.remap(view.probability, flow.source, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
            )
            inside = moved > FLOW_INFO.threshold
            area = int(np.count_nonzero(inside))
            returning = float(np.count_nonzero(inside & flow.returns) / area) if area else 0.0
            if returning > _TRUSTED:
                moved *= flow.returns
            score = view.score * (0.8 + 0.2 * returning)
            answers[referent] = Prediction(moved, presence=returning, score=score)
            self._views[referent] = _View(grey, moved, score)
        return answers

    def _grey(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        grey = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2GRAY)
        if (grey.shape[1], grey.shape[0]) != self._working:
            grey = cv2.resize(grey, self._working, interpolation=cv2.INTER_AREA)
        return np.asarray(grey)

    def _flow(self, old: NDArray[np.uint8], new: NDArray[np.uint8]) -> _Flow:
        back = np.asarray(self._dis.calc(new, old, None))  # (h, w, 2): from a pixel of the new frame to the old one
        ahead = np.asarray(self._dis.calc(old, new, None))
        grid = _grid(new.shape)
        there = np.asarray(cv2.remap(ahead, grid + back, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
        returns = _squares(back + there) < _NEAR + _NEAR_SHARE * (_squares(back) + _squares(there))
        width, height = self._size.width, self._size.height
        if (width, height) != self._working:
            scale = np.array([width / self._working[0], height / self._working[1]], np.float32)
            back = np.asarray(cv2.resize(back, (width, height), interpolation=cv2.INTER_LINEAR)) * scale
            returns = cv2.resize(returns.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
            grid = _grid((height, width))
        return _Flow(np.asarray(grid + back, np.float32), np.asarray(returns))


def _squares(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared lengths, float32 (H, W), of vectors (H, W, 2)."""
    return np.asarray(np.einsum("hwc,hwc->hw", vectors, vectors))


def _grid(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The place of each pixel, float32 (H, W, 2), x before y."""
    rows, columns = np.indices(shape[:2], dtype=np.float32)
    return np.dstack([columns, rows])
