"""Video predictors without a network: what the learned one must beat, and what works where no weights are.

`CopyMask` leaves the mask where it was. `FlowWarp` moves it along dense optical flow (DIS, in OpenCV).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.inference.optical_flow import DenseFlow
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

# Ground that the referent uncovers seems to come from the referent: it does not return, and is cut off. Where much of a
# mask does not return the flow itself has failed, and cutting would lose more than it mends.
_TRUSTED: Final = 0.85


class CopyMask:
    """Every frame has the mask of the keyframe that the sweep comes from."""

    reach: Final = 0

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

    reach: Final = 0

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


class _FlowMemory:
    """The latest view of each referent: one grey frame and one map a referent."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._flow = DenseFlow(size)
        self._views: dict[ReferentId, _View] = {}

    def remember(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, Mask]) -> None:
        """Start from these masks."""
        del frame
        grey = self._flow.grey(image)
        for referent, mask in masks.items():
            self._views[referent] = _View(grey, mask.to_array().astype(np.float32), 1.0)

    def track(
        self, frame: int, image: NDArray[np.uint8], referents: Sequence[ReferentId]
    ) -> Mapping[ReferentId, Prediction]:
        """The masks moved along the flow from where each was met last."""
        del frame
        grey = self._flow.grey(image)
        flows: dict[int, tuple[NDArray[np.float32], NDArray[np.bool_]]] = {}
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
                flows[id(view.grey)] = self._moved_from(view.grey, grey)
            source, returns = flows[id(view.grey)]
            moved = np.asarray(
                cv2.remap(view.probability, source, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
            )
            inside = moved > FLOW_INFO.threshold
            area = int(np.count_nonzero(inside))
            returning = float(np.count_nonzero(inside & returns) / area) if area else 0.0
            if returning > _TRUSTED:
                moved *= returns
            score = view.score * (0.8 + 0.2 * returning)
            answers[referent] = Prediction(moved, presence=returning, score=score)
            self._views[referent] = _View(grey, moved, score)
        return answers

    def _moved_from(
        self, old: NDArray[np.uint8], new: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Where each pixel (x, y) of the new frame was on the old one, (H, W, 2), and whether it returns, (H, W)."""
        _, back = self._flow.between(old, new)
        size = (self._size.width, self._size.height)
        returns = back.returns > 0
        if size != self._flow.working:
            returns = cv2.resize(returns.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        return back.places(self._size), returns
