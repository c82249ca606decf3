"""The seam between the tool and the network: numpy in, numpy out, no torch.

Services receive a `Predictor`; the torch one lives in `torch_predictor`, and `FakePredictor`, which needs neither torch
nor weights, ships beside the protocol so that services, window and tests run without a network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import ModelError
from refseg_annotator.text import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from refseg_annotator.inference.clicks import Prompts


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a loaded model says of itself; `device` is where it really runs ("cpu", "cuda:0")."""

    name: str
    version: str
    device: str
    licence: str
    summary: str
    parameters: int
    threshold: float
    presence_threshold: float
    max_words: int

    @property
    def label(self) -> str:
        """Name and version in one word, as provenance records it: "cmsa-lite 1.0"."""
        return f"{self.name} {self.version}".strip()


class ImageFeatures(Protocol):
    """An encoded picture; opaque but for the size of the picture it was made from."""

    @property
    def size(self) -> Size:
        """Size of the source picture in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One reading of the phrase.

    Attributes:
        probability: float32 (H, W) in 0..1, at source size.
        score: expected quality of the mask, 0..1.
    """

    probability: NDArray[np.float32]
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What the network says of one phrase on one picture; nothing is cut at a threshold yet.

    Attributes:
        probability: float32 (H, W) in 0..1, at source size: the main mask.
        presence: probability that the phrase names anything in the picture, 0..1.
        score: expected quality of the main mask, 0..1.
        candidates: readings, best first; the first is the main mask.
        plain: how the phrase was read besides, or instead: well spelt, without what the network was never taught;
            empty where it was read as it is alone.
        unlike: a colour that the phrase gives and the main mask hardly has, for which `presence` was lowered; mostly
            empty.
    """

    probability: NDArray[np.float32]
    presence: float
    score: float
    candidates: tuple[Candidate, ...] = ()
    plain: str = ""
    unlike: str = ""


class Predictor(Protocol):
    """Segments what a phrase names in two steps, once a picture and once a phrase; called from one thread at a time."""

    @property
    def info(self) -> ModelInfo:
        """Name, device, threshold and the like of the loaded model."""

    def tokenize(self, phrase: str) -> Tokens:
        """Split the whole phrase into the words of the model's vocabulary."""

    def encode(self, image: NDArray[np.uint8]) -> ImageFeatures:
        """Encode a picture, uint8 (H, W, 3) RGB; the slow step, done once a frame."""

    def predict(self, features: ImageFeatures, tokens: Tokens) -> Prediction:
        """Segment what the words name in an encoded picture; the fast step."""


def binarize(prediction: Prediction | Candidate, info: ModelInfo) -> Mask:
    """Cut a probability map at the model's threshold: the one place where this is done."""
    return Mask.from_array(prediction.probability > info.threshold)


def answered_mask(prediction: Prediction, info: ModelInfo) -> Mask:
    """The mask that a prediction stands for: empty where the model says that nothing is there."""
    mask = binarize(prediction, info)
    return mask if prediction.presence >= info.presence_threshold else Mask.empty(mask.size)


# --- the fake -------------------------------------------------------------------------------------------------------

_COLOURS: Final[dict[str, tuple[int, int, int]]] = {
    "red": (220, 40, 40),
    "green": (40, 180, 60),
    "blue": (40, 70, 220),
    "yellow": (235, 215, 50),
    "orange": (240, 140, 30),
    "purple": (140, 50, 170),
    "white": (250, 250, 250),
    "black": (10, 10, 10),
    "grey": (128, 128, 128),
    "gray": (128, 128, 128),
}
# Direction in which a part's centre must lie, (x, y) with both axes in -1..1 and y downwards.
_SIDES: Final[dict[str, tuple[float, float]]] = {
    "left": (-1.0, 0.0),
    "leftmost": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "rightmost": (1.0, 0.0),
    "top": (0.0, -1.0),
    "upper": (0.0, -1.0),
    "bottom": (0.0, 1.0),
    "lower": (0.0, 1.0),
}
_SIZES: Final[dict[str, float]] = {
    "big": 1.0,
    "large": 1.0,
    "biggest": 1.0,
    "small": -1.0,
    "tiny": -1.0,
    "smallest": -1.0,
}
_ALL: Final = frozenset({"all", "both", "every", "everything"})
_FILLERS: Final = frozenset(
    {"a", "an", "the", "on", "in", "at", "of", "to", "that", "which", "is", "are", "and", "with"}
    | {"part", "thing", "one", "object", "shape", "square", "circle", "disc", "box", "side"}
)
_LEXICON: Final[dict[str, int]] = {
    word: number for number, word in enumerate([*_COLOURS, *_SIDES, *_SIZES, *sorted(_ALL), *sorted(_FILLERS)], start=2)
}
_UNKNOWN_ID: Final = 1
_COLOUR_REACH: Final = 110.0  # RGB distance within which a part counts as being of a named colour
_BACKGROUND_REACH: Final = 40.0  # RGB distance from the border's colour beyond which a pixel belongs to a part
_MOST_CANDIDATES: Final = 9  # as many as there are digit keys


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A connected region that stands out from the picture's border: its pixels, mean colour, centre and share."""

    pixels: NDArray[np.bool_]  # (H, W)
    colour: NDArray[np.float64]  # (3,)
    centre: tuple[float, float]  # x, y in -1..1
    share: float  # of the picture's area


@dataclass(frozen=True, slots=True, eq=False)
class FakeFeatures:
    """What `FakePredictor` knows of a picture: its parts, largest first."""

    size: Size
    parts: tuple[_Part, ...]


FAKE_INFO: Final = ModelInfo(
    name="fake",
    version="1",
    device="cpu",
    licence="Apache-2.0",
    summary="Finds plain shapes by colour, side and size; for tests and for looking at the tool without weights.",
    parameters=0,
    threshold=0.5,
    presence_threshold=0.5,
    max_words=20,
)


@dataclass(slots=True)
class FakePredictor:
    """A predictor without a network: on plain pictures it understands colours, sides and sizes. Deterministic.

    Attributes:
        before_encode: called with the picture before encoding; may wait (a slow model) or raise (a broken one).
        before_predict: the same before each phrase, called with its tokens.
        encoded: how many pictures were encoded, so that tests can see the cache work.
        predicted: the phrases' words, in the order they were read.
    """

    info: ModelInfo = FAKE_INFO
    before_encode: Callable[[NDArray[np.uint8]], None] | None = None
    before_predict: Callable[[Tokens], None] | None = None
    encoded: int = 0
    predicted: list[tuple[str, ...]] = field(default_factory=list)

    def tokenize(self, phrase: str) -> Tokens:
        """Lower-case words without punctuation; words outside the fake's small lexicon are unknown."""
        bare = "".join(letter if letter.isalnum() else " " for letter in phrase.lower())
        every = tuple(bare.split())
        words = every[: self.info.max_words]
        return Tokens(
            ids=tuple(_LEXICON.get(word, _UNKNOWN_ID) for word in words),
            words=words,
            unknown=tuple(dict.fromkeys(word for word in words if word not in _LEXICON)),
            truncated=len(every) > len(words),
        )

    def encode(self, image: NDArray[np.uint8]) -> FakeFeatures:
        """Find the parts of a picture, uint8 (H, W, 3) RGB."""
        if self.before_encode is not None:
            self.before_encode(image)
        self.encoded += 1
        height, width = image.shape[:2]
        return FakeFeatures(size=Size(width, height), parts=tuple(_parts_of(image)))

    def predict(self, features: ImageFeatures, tokens: Tokens) -> Prediction:
        """Rank the parts by how well the words fit them; a colour that no part has lowers the presence."""
        if self.before_predict is not None:
            self.before_predict(tokens)
        if not isinstance(features, FakeFeatures):
            raise ModelError("The picture was encoded by another model; encode it again with this one.")
        self.predicted.append(tokens.words)
        fits = [(_fit(part, tokens.words), part) for part in features.parts]
        there = [(fit, part) for fit, part in fits if fit is not None]
        if not there:
            empty = np.zeros(features.size.shape, dtype=np.float32)
            return Prediction(probability=empty, presence=0.05, score=0.1, candidates=(Candidate(empty, 0.1),))
        ranked = sorted(there, key=lambda pair: -pair[0])[:_MOST_CANDIDATES]
        candidates = [Candidate(_as_probability(part.pixels), round(0.95 * float(fit), 4)) for fit, part in ranked]
        if _ALL.intersection(tokens.words):
            together = np.logical_or.reduce([part.pixels for _, part in there])
            candidates.insert(0, Candidate(_as_probability(together), 0.95))
        best = candidates[0]
        return Prediction(
            probability=best.probability,
            presence=0.95,
            score=best.score,
            candidates=tuple(candidates[:_MOST_CANDIDATES]),
        )

    @property
    def reads_clicks(self) -> bool:
        """It finds the part that clicks are on."""
        return True

    def read_clicks(self, features: ImageFeatures, prompts: Prompts, before: Mask) -> NDArray[np.float32]:
        """The parts below positive clicks or within the box, with the mask before, less those below negative ones."""
        if not isinstance(features, FakeFeatures):
            raise ModelError("The picture was encoded by another model; encode it again with this one.")
        found = before.to_array().copy()
        box = prompts.box
        for part in features.parts:
            if box is not None and not part.pixels[box.slices].sum() < part.pixels.sum():
                found |= part.pixels
            for click in prompts.clicks:
                if part.pixels[click.pixel.slices].any():
                    found = found | part.pixels if click.positive else found & ~part.pixels
        return _as_probability(found)


def _as_probability(pixels: NDArray[np.bool_]) -> NDArray[np.float32]:
    return np.where(pixels, np.float32(0.9), np.float32(0.02)).astype(np.float32, copy=False)


def _parts_of(image: NDArray[np.uint8]) -> Iterator[_Part]:
    """Connected regions that differ from the border's median colour, largest first, specks under 4 pixels left out."""
    import cv2

    height, width = image.shape[:2]
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    background = np.median(border, axis=0)
    distance = np.linalg.norm(image.astype(np.float64) - background, axis=2)
    # Neighbours of different colour must not melt into one part, so colours are told apart in coarse steps.
    steps = (image.astype(np.int32) + 32) // 64
    code = np.where(distance > _BACKGROUND_REACH, 1 + steps[..., 0] * 25 + steps[..., 1] * 5 + steps[..., 2], 0)
    found: list[_Part] = []
    for value in np.unique(code):
        if value == 0:
            continue
        count, names = cv2.connectedComponents((code == value).astype(np.uint8), connectivity=8)
        for name in range(1, count):
            pixels = names == name
            area = int(pixels.sum())
            if area < 4:
                continue
            rows, columns = np.nonzero(pixels)
            centre = (2 * (columns.mean() + 0.5) / width - 1, 2 * (rows.mean() + 0.5) / height - 1)
            found.append(_Part(pixels, image[pixels].mean(axis=0), centre, area / (height * width)))
    yield from sorted(found, key=lambda part: -part.share)


def _fit(part: _Part, words: tuple[str, ...]) -> float | None:
    """How well the words fit a part, 0..1; None where a named colour is not the part's."""
    score, votes = 0.0, 0
    for word in words:
        if word in _COLOURS:
            distance = float(np.linalg.norm(part.colour - np.array(_COLOURS[word])))
            if distance > _COLOUR_REACH:
                return None
            score, votes = score + 1 - distance / (2 * _COLOUR_REACH), votes + 1
        elif word in _SIDES:
            towards_x, towards_y = _SIDES[word]
            score += (1 + part.centre[0] * towards_x + part.centre[1] * towards_y) / 2
            votes += 1
        elif word in _SIZES:
            score += 0.5 + _SIZES[word] * (part.share - 0.5)
            votes += 1
    if votes == 0:
        return 0.5 + part.share / 2
    return score / votes
