"""Frames that a sweep need not read: optical flow fills them from the frames read on both sides of them.

Neighbouring frames mostly show the same. Where every part of a referent can be followed by flow from the frame read
last to a frame behind the next, and back, the network reads that frame, and the masks of those between are brought from
both. Where flow cannot follow, at a cut, in fast motion, behind something, every frame is read. What one of the
referents carried together needs is done for all of them, so that which frames are filled depends on them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.inference.optical_flow import DenseFlow, Flow
from refseg_annotator.inference.predictor import Prediction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.inference.predictor import ModelInfo

REACH: Final = 2
"""Frames in a row that flow may fill. With three, a fast car's outline is lost (J&F .96 to .92 on refvideos)."""

_NEAR: Final = 1.0  # square pixels, see DenseFlow: half of what suffices to move a mask for lack of anything better
# Share of a referent and its surroundings that has to return from both sides (refvideos valid, see the model's card).
_RETURNING: Final = 0.7
_SURROUNDINGS: Final = 9  # pixels of the window that a mask is widened by
_UNLIKE: Final = 10.0  # grey levels of difference at which what flow brings counts a third
_DOUBT: Final = 0.05  # how much what does not return counts still
_BLUR: Final = 2.0  # pixels over which the weights of both sides are evened out


class Leap:
    """The frames of a sweep from the one read last on, as far as they were looked at. Its memory is bounded.

    Frames are told by the order in which the sweep meets them, whichever way it goes.
    """

    def __init__(self, size: Size, info: ModelInfo) -> None:
        self._size = size
        self._info = info
        self._flow = DenseFlow(size, near=_NEAR)
        self._frames: list[tuple[int, NDArray[np.uint8]]] = []
        self._between: list[tuple[Flow, Flow]] = []  # between neighbours of `_frames`: ahead, and back
        self._start: dict[ReferentId, Prediction] = {}
        self._flows: dict[int, list[tuple[Flow, Flow]]] = {}  # of `_sides`, whose frames are asked for and then filled

    def start(self, frame: int, image: NDArray[np.uint8], found: Mapping[ReferentId, Prediction]) -> None:
        """A frame was read or is settled: from here the next leap goes. Frames looked at already are kept."""
        places = [place for place, (known, _) in enumerate(self._frames) if known == frame]
        if places:
            del self._frames[: places[0]], self._between[: places[0]]
        else:
            self._frames, self._between = [(frame, self._flow.grey(image))], []
        self._flows.clear()
        self._start = {referent: self._at_working_size(one) for referent, one in found.items()}

    def starts_at(self, frame: int, referents: tuple[ReferentId, ...]) -> bool:
        """Whether a leap can go out from a frame for just these referents, all of which are to be seen there."""
        return (
            bool(self._frames)
            and self._frames[0][0] == frame
            and set(referents) == set(self._start)
            and all((one.probability > self._info.threshold).any() for one in self._start.values())
        )

    def look(self, frame: int, image: NDArray[np.uint8]) -> None:
        """Look at the frame behind those looked at so far."""
        if all(frame != known for known, _ in self._frames):
            grey = self._flow.grey(image)
            self._between.append(self._flow.between(self._frames[-1][1], grey))
            self._frames.append((frame, grey))

    def reaches(self, frame: int) -> bool:
        """Whether the frames between the start and one looked at can be filled once that one is read."""
        for back, ahead in self._sides(frame):
            returns = np.minimum(back.returns, ahead.returns)
            for one in self._start.values():
                inside = back.fetch(one.probability) > self._info.threshold
                around = cv2.dilate(inside.astype(np.uint8), np.ones((_SURROUNDINGS, _SURROUNDINGS), np.uint8)) > 0
                if not inside.any() or float(returns[around].mean()) < _RETURNING:
                    return False
        return True

    def fill(self, frame: int, found: Mapping[ReferentId, Prediction]) -> dict[int, dict[ReferentId, Prediction]]:
        """The answers on the frames between the start and `frame`, of which `found` are the answers; see `in_full`.

        What is sure of one side counts more there: where grey levels are alike, flow returns, and that side is near.
        """
        far = {referent: self._at_working_size(found[referent]) for referent in self._start}
        sides = self._sides(frame)
        first, last = self._frames[0][1], self._frames[len(sides) + 1][1]
        filled = {}
        for place, (back, ahead) in enumerate(sides, 1):
            name, grey = self._frames[place]
            share = place / (len(sides) + 1)
            weights = _trust(back, first, grey) * (1 - share), _trust(ahead, last, grey) * share
            filled[name] = {
                referent: self._joined(one, far[referent], (back, ahead), weights, share)
                for referent, one in self._start.items()
            }
        return filled

    def in_full(self, one: Prediction) -> Prediction:
        """An answer of `fill` at the frame's size; any other as it is."""
        size = (self._size.width, self._size.height)
        if one.probability.shape == self._size.shape:
            return one
        probability = cv2.resize(one.probability, size, interpolation=cv2.INTER_LINEAR)
        return Prediction(np.asarray(probability, np.float32), one.presence, one.score)

    def _joined(
        self,
        near: Prediction,
        far: Prediction,
        flows: tuple[Flow, Flow],
        weights: tuple[NDArray[np.float32], NDArray[np.float32]],
        share: float,
    ) -> Prediction:
        total = weights[0] + weights[1] + np.float32(1e-6)
        brought = flows[0].fetch(near.probability) * weights[0] + flows[1].fetch(far.probability) * weights[1]
        presence = near.presence * (1 - share) + far.presence * share
        return Prediction(brought / total, presence, near.score * (1 - share) + far.score * share)

    def _sides(self, frame: int) -> list[tuple[Flow, Flow]]:
        """For each frame between the start and a frame looked at, the flows to the start and to that frame."""
        if frame in self._flows:
            return self._flows[frame]
        end = next(place for place, (known, _) in enumerate(self._frames) if known == frame)
        back = [one for _, one in self._between[: end - 1]]
        ahead = [one for one, _ in self._between[1:end]]
        for place in range(1, end - 1):
            back[place] = back[place].then(back[place - 1])
        for place in reversed(range(end - 2)):
            ahead[place] = ahead[place].then(ahead[place + 1])
        self._flows[frame] = list(zip(back, ahead, strict=True))
        return self._flows[frame]

    def _at_working_size(self, one: Prediction) -> Prediction:
        """An answer as flow moves it; nothing where it is held to be absent."""
        probability = one.probability
        if one.presence < self._info.presence_threshold:
            probability = np.zeros_like(probability)
        if (probability.shape[1], probability.shape[0]) != self._flow.working:
            probability = cv2.resize(probability, self._flow.working, interpolation=cv2.INTER_AREA)
        return Prediction(np.asarray(probability, np.float32), one.presence, one.score)


def _trust(flow: Flow, other: NDArray[np.uint8], grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How far what flow brings from another grey frame to this one can be trusted, float32 (h, w), above 0."""
    difference = np.abs(flow.fetch(other.astype(np.float32)) - grey)
    trust = np.exp(-difference / np.float32(_UNLIKE)) * (flow.returns + np.float32(_DOUBT))
    return np.asarray(cv2.GaussianBlur(trust, (0, 0), _BLUR), np.float32)
