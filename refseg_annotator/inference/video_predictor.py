"""The seam between clips and the network that carries masks through them: numpy in, numpy out, no torch.

A sweep through a clip begins a `ClipMemory` of its own, so that a forward and a backward sweep can be under way
together and adding a referent to one leaves everything else as it is. What such a memory keeps is `FrameMemory`'s
business. `FakeVideoPredictor`, which needs neither torch nor weights, ships beside the protocols.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from refseg_annotator.errors import ModelError
from refseg_annotator.inference.predictor import ModelInfo, Prediction
from refseg_annotator.inference.propagation_memory import FrameMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask


class ClipMemory(Protocol):
    """What one sweep through a clip knows. Its size is bounded, however long the clip; called from one thread.

    Referents are independent: what is remembered or tracked of one changes no answer about another.
    """

    def remember(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, Mask]) -> None:
        """Learn masks that a person settled on a frame.

        Frames may lie before or behind the ones to come: before a sweep enters the open frames between two keyframes,
        the keyframes that matter are remembered, and last of all the one that the sweep starts from.

        Args:
            frame: its index in the clip.
            image: uint8 (H, W, 3) RGB.
            masks: the settled masks, of the image's size; an empty one says that the referent is absent there.
        """

    def track(
        self, frame: int, image: NDArray[np.uint8], referents: Sequence[ReferentId]
    ) -> Mapping[ReferentId, Prediction]:
        """Find referents on the next frame of the sweep, and keep the answer among the latest frames.

        Frames come one by one, rising in a forward sweep and falling in a backward one, some of them left out where
        they show what their neighbours do (`VideoPredictor.reach`); a frame may have come to
        `remember` just before, with masks of other referents. The answer has a prediction for every referent asked for,
        the probability float32 (H, W) at the image's size; a presence under the model's threshold says "absent".

        Raises:
            ModelError: a referent was never remembered.
        """


def always() -> bool:
    """Yes."""
    return True


class VideoPredictor(Protocol):
    """Carries masks through clips."""

    @property
    def info(self) -> ModelInfo:
        """Name, device, threshold and the like of the loaded model."""

    @property
    def reach(self) -> int:
        """How many frames in a row optical flow may fill where it can, instead of their being read; 0 = none."""

    def begin(self, size: Size, *, thorough: bool = True, still_wanted: Callable[[], bool] = always) -> ClipMemory:
        """An empty memory for one sweep through a clip with frames of that size.

        Args:
            thorough: it pays to study a referent for seconds before it is followed: the sweep is long, and somebody
                looked at its masks.
            still_wanted: asked while something takes seconds; a no ends it, and what follows is done without.
        """


def unknown_referent(referent: ReferentId) -> ModelError:
    """The error for a referent that a memory never heard of."""
    return ModelError(f"Referent {referent} has no settled mask to follow; settle one on any frame first.")


# --- the fake -------------------------------------------------------------------------------------------------------

FAKE_VIDEO_INFO: Final = ModelInfo(
    name="fake-video",
    version="1",
    device="cpu",
    licence="Apache-2.0",
    summary="Follows plain shapes by their colour; for tests and for looking at the tool without weights.",
    parameters=0,
    threshold=0.5,
    presence_threshold=0.5,
    max_words=20,
)
_COLOUR_REACH: Final = 60.0  # RGB distance within which a pixel may belong to the referent
_LATEST_FRAMES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Sighting:
    """Where a referent was and how it looked: mean colour (3,) and centre (x, y)."""

    colour: NDArray[np.float64]
    centre: tuple[float, float]


@dataclass(slots=True)
class FakeVideoPredictor:
    """A video predictor without a network: on plain frames it finds the part of a referent's colour. Deterministic.

    It meets the protocol in full: absent referents, their return, several at once, both directions, bounded memory.

    Attributes:
        before_track: called with the frame before it is answered; may wait (a slow model), raise (a broken one) or
            cancel the job that asks.
        tracked: the frames asked for with the referents, in order over all memories, so that tests can see what ran.
        memories: the memories begun, so that tests can see what is kept.
        thorough: of each memory begun, whether it might have studied its referents.
        reach: frames in a row that may be filled by optical flow.
    """

    info: ModelInfo = FAKE_VIDEO_INFO
    before_track: Callable[[int], None] | None = None
    tracked: list[tuple[int, tuple[ReferentId, ...]]] = field(default_factory=list)
    memories: list[FakeClipMemory] = field(default_factory=list)
    thorough: list[bool] = field(default_factory=list)
    reach: int = 0

    def begin(self, size: Size, *, thorough: bool = True, still_wanted: Callable[[], bool] = always) -> FakeClipMemory:
        """An empty memory."""
        del still_wanted
        self.thorough.append(thorough)
        memory = FakeClipMemory(self, size)
        self.memories.append(memory)
        return memory


class FakeClipMemory:
    """The memory of a `FakeVideoPredictor`."""

    def __init__(self, owner: FakeVideoPredictor, size: Size) -> None:
        self._owner = owner
        self._size = size
        self.kept: FrameMemory[None, _Sighting | None] = FrameMemory(latest=_LATEST_FRAMES)

    def remember(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, Mask]) -> None:
        """Note colour and place of each mask."""
        parts: dict[ReferentId, _Sighting | None] = {}
        for referent, mask in masks.items():
            if mask.is_empty:
                parts[referent] = None
                continue
            pixels = mask.to_array()
            parts[referent] = _Sighting(image[pixels].mean(axis=0), _centre_of(pixels))
        self.kept.put(frame, None, parts, settled=True)

    def track(
        self, frame: int, image: NDArray[np.uint8], referents: Sequence[ReferentId]
    ) -> Mapping[ReferentId, Prediction]:
        """The connected part of each referent's colour that lies nearest to where it was last."""
        owner = self._owner
        owner.tracked.append((frame, tuple(referents)))
        if owner.before_track is not None:
            owner.before_track(frame)
        answers: dict[ReferentId, Prediction] = {}
        parts: dict[ReferentId, _Sighting | None] = {}
        for referent in referents:
            known = self.kept.read(referent)
            if not known:
                raise unknown_referent(referent)
            seen = [entry.part for entry in known if entry.part is not None]
            pixels = None if not seen else _nearest_part(image, seen[0].colour, seen[-1].centre)
            if pixels is None:
                answers[referent] = Prediction(np.zeros(self._size.shape, np.float32), presence=0.05, score=0.9)
                continue
            probability = np.where(pixels, np.float32(0.9), np.float32(0.02))
            answers[referent] = Prediction(probability.astype(np.float32, copy=False), presence=0.95, score=0.9)
            parts[referent] = _Sighting(seen[0].colour, _centre_of(pixels))
        self.kept.put(frame, None, parts, settled=False)
        return answers


def _centre_of(pixels: NDArray[np.bool_]) -> tuple[float, float]:
    rows, columns = np.nonzero(pixels)
    return float(columns.mean()), float(rows.mean())


def _nearest_part(
    image: NDArray[np.uint8], colour: NDArray[np.float64], centre: tuple[float, float]
) -> NDArray[np.bool_] | None:
    """The part of about that colour with its centre nearest to `centre`, bool (H, W); None where there is none."""
    import cv2

    distance = np.linalg.norm(image.astype(np.float64) - colour, axis=2)
    count, names, _, centres = cv2.connectedComponentsWithStats(
        (distance < _COLOUR_REACH).astype(np.uint8), connectivity=8
    )
    if count < 2:
        return None
    x, y = centre
    away = np.hypot(centres[1:count, 0] - x, centres[1:count, 1] - y)
    return np.asarray(names == 1 + int(np.argmin(away)))
