"""The one torch implementation of `Predictor`: device, precision, and the split into image and phrase."""

from __future__ import annotations

import logging
import math
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import cv2
import numpy as np
import torch

from refseg_annotator.bundle_files import CLICKS_FILE
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import DeviceError, ModelError
from refseg_annotator.inference.candidates import candidates_of
from refseg_annotator.inference.edge_refinement import refine_edges
from refseg_annotator.inference.expected_overlap import best_cut
from refseg_annotator.inference.named_colours import colour_doubt
from refseg_annotator.inference.plain_phrase import TaughtWords, joined_readings, reading_weights
from refseg_annotator.inference.predictor import Candidate, ImageFeatures, ModelInfo, Prediction
from refseg_annotator.inference.size_comparison import by_size, size_comparison
from refseg_annotator.nn.batch_norm_folding import fold_batch_norms
from refseg_annotator.nn.checkpoint import Bundle, InferenceSteps, load_bundle
from refseg_annotator.nn.click_bundle import load_clicks
from refseg_annotator.nn.click_network import ClickPlaces, click_grid, click_maps
from refseg_annotator.nn.image_encoder import FeatureMaps
from refseg_annotator.nn.letterbox import Letterbox, at_source, best_canvas, joined_looks
from refseg_annotator.nn.model import EncodedImages, parameter_count
from refseg_annotator.nn.registry import scaled_canvases
from refseg_annotator.text import PAD_ID, mirrored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.clicks import Prompts
    from refseg_annotator.nn.click_network import ClickNetwork
    from refseg_annotator.text import Tokens

logger = logging.getLogger(__name__)

DeviceChoice = Literal["auto", "cpu", "cuda"]


@dataclass(frozen=True, slots=True, eq=False)
class TorchFeatures:
    """An encoded picture on its device, with the letterboxes that lead back to its pixels: one a look.

    `looks` hold the picture as encoded on one canvas and, where the predictor looks at it too, its mirror image.
    `picture` is kept where edges are refined or colours looked up: the very array that was given. `maps` are the
    encoder's features of the first look, kept where clicks can be read.

    `owner` is the predictor's own mark: an object, not its number, which another object may get later.
    """

    size: Size
    looks: tuple[tuple[Letterbox, EncodedImages], ...]
    owner: object
    picture: NDArray[np.uint8] | None
    maps: FeatureMaps | None = None


class _Reading(NamedTuple):
    """The answers to several phrases: maps of logits (h, w), presences and expected IoUs in 0..1."""

    maps: list[NDArray[np.float32]]
    presences: list[float]
    scores: list[float]


def choose_device(choice: DeviceChoice) -> torch.device:
    """`auto` takes a CUDA device where one works.

    Raises:
        DeviceError: `cuda` was asked for and there is none.
    """
    if choice == "cpu" or (choice == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise DeviceError("No CUDA device is usable here; choose the device 'cpu', or install the graphics driver.")
    return torch.device("cuda:0")


def has_fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 matrices in hardware; elsewhere bfloat16 only costs."""
    check = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return bool(check()) if check is not None else False


class TorchPredictor:
    """Runs a bundle's network; called from one thread at a time, but for `encode` and `read_clicks`.

    Args:
        clicks: what finds the thing that clicks are on, for this bundle's encoder.
    """

    def __init__(
        self,
        bundle: Bundle,
        device: torch.device,
        steps: InferenceSteps | None = None,
        clicks: ClickNetwork | None = None,
    ) -> None:
        self._bundle = bundle
        self._clicks = None if clicks is None else clicks.to(device).eval()
        self._steps = bundle.config.steps if steps is None else steps
        self._taught = TaughtWords(bundle.taught_words, bundle.tokenizer.vocabulary) if self._steps.plain else None
        self._mark = object()
        self._device = device
        self._network = bundle.network.to(device).eval()
        self._mixed = device.type == "cuda" or has_fast_bfloat16()
        if device.type == "cpu":
            self._network = self._network.to(memory_format=torch.channels_last)
        config = bundle.config
        self._canvases = [config.model.canvas_sizes]
        if self._steps.second_look:
            self._canvases.append(scaled_canvases(config.model, self._steps.second_look))
        self.info = ModelInfo(
            name=config.name,
            version=config.version,
            device=str(device),
            licence=config.licence,
            summary=config.summary,
            parameters=parameter_count(self._network),
            threshold=config.threshold,
            presence_threshold=config.presence_threshold,
            max_words=config.max_words,
        )

    def tokenize(self, phrase: str) -> Tokens:
        """The whole phrase as word ids."""
        return self._bundle.tokenizer.encode(phrase)

    def encode(self, image: NDArray[np.uint8]) -> TorchFeatures:
        """Everything that needs no phrase: uint8 (H, W, 3) RGB to features on the device."""
        size = Size(width=image.shape[1], height=image.shape[0])
        boxes = [Letterbox.fit(size, best_canvas(size, canvases)) for canvases in self._canvases]
        found = [self._look(image, box) for box in boxes]
        looks = tuple((box, encoded) for box, (encoded, _) in zip(boxes, found, strict=True))
        maps = None if self._clicks is None else _of_first(found[0][1])
        is_looked_at = self._steps.edges or self._steps.named_colours or maps is not None
        return TorchFeatures(size, looks, self._mark, image if is_looked_at else None, maps)

    def _look(self, image: NDArray[np.uint8], letterbox: Letterbox) -> tuple[EncodedImages, FeatureMaps]:
        canvas = torch.from_numpy(letterbox.apply(image)).to(self._device).permute(2, 0, 1)[None].float()
        if self._steps.mirror:
            canvas = torch.cat([canvas, canvas.flip(-1)])
        with running(self._device, mixed=self._mixed):
            maps: FeatureMaps = self._network.image_encoder(canvas)
            encoded = self._network.prepare(maps)
        # On a CPU phrases are read in float32 (`predict`): brought there once a picture, not once a phrase.
        return encoded if self._device.type == "cuda" else _single(encoded), maps

    def predict(self, features: ImageFeatures, tokens: Tokens) -> Prediction:
        """Mask, presence and score of one phrase on an encoded picture.

        Raises:
            ModelError: the features are another model's, or the answer holds no numbers.
            DeviceError: the device failed.
        """
        features = self._own(features)
        if not tokens.ids:
            nothing = np.zeros(features.size.shape, dtype=np.float32)
            return Prediction(nothing, presence=0.0, score=0.0, candidates=(Candidate(nothing, 0.0),))
        compared = size_comparison(tokens.words) if self._steps.compare else None
        asked, plain = ([tokens], "") if compared is not None else self._readings(tokens)
        kind = () if compared is None else compared.kind
        read = self._read(features, [*asked, *map(self.tokenize, kind)])
        maps, presence, score = read.maps, read.presences[0], read.scores[0]
        if len(asked) > 1:
            weights = reading_weights(read.scores)
            maps = [joined_readings(maps, weights)]
            presence, score = float(weights @ read.presences), float(weights @ read.scores)
        if self._steps.best_level:
            maps = [best_cut(one, self.info.threshold) for one in maps]
        logits = maps[0]
        if compared is not None:
            of_kind = np.maximum.reduce(maps[1:])
            logits = by_size(logits, of_kind, self.info.threshold, largest=compared.largest)
        probability = at_source(logits, features.size)
        if features.picture is not None and self._steps.edges:
            probability = refine_edges(probability, features.picture)
        unlike = ""
        if features.picture is not None and self._steps.named_colours:
            doubt = colour_doubt(tokens.words, features.picture, probability > self.info.threshold)
            if doubt is not None:
                presence, unlike = presence * doubt.fit, doubt.word
        candidates = candidates_of(probability, score, threshold=self.info.threshold)
        return Prediction(probability, presence, score, candidates, plain, unlike)

    @property
    def reads_clicks(self) -> bool:
        """Whether the bundle carries what finds the thing that clicks are on."""
        return self._clicks is not None

    def read_clicks(self, features: ImageFeatures, prompts: Prompts, before: Mask) -> NDArray[np.float32]:
        """Probability float32 (H, W) in 0..1, at source size, of the thing that is pointed at on an encoded picture.

        Args:
            before: the mask that the last click corrects, of the picture's size; empty for none.

        Raises:
            ModelError: the features are another model's, or this one reads no clicks.
            DeviceError: the device failed.
        """
        features = self._own(features)
        if self._clicks is None or features.maps is None:
            raise ModelError(f"The model {self.info.name!r} reads no clicks; correct the mask by colours instead.")
        letterbox = features.looks[0][0]
        grid = click_grid(letterbox.canvas)
        maps = click_maps(grid, _places(prompts, letterbox, grid), _coverage(before, letterbox, grid))
        with running(self._device, mixed=self._device.type == "cuda"):
            context = self._clicks.prepare(features.maps)
            logits = self._clicks(context, torch.from_numpy(maps)[None].to(self._device))[0, 0].float().cpu().numpy()
        if not np.isfinite(logits).all():
            raise self._numberless()
        probability = letterbox.invert_logits(logits)
        return probability if features.picture is None else refine_edges(probability, features.picture)

    def _numberless(self) -> ModelError:
        return ModelError(f"The model {self.info.name!r} gave no numbers on {self._device}; choose the device 'cpu'.")

    def _own(self, features: ImageFeatures) -> TorchFeatures:
        """The features, which must be this predictor's."""
        if not isinstance(features, TorchFeatures) or features.owner is not self._mark:
            raise ModelError("The picture was encoded by another model; encode it again with this one.")
        return features

    def _readings(self, tokens: Tokens) -> tuple[list[Tokens], str]:
        """What is asked for a phrase: itself, well spelt, and what it says plainly; and how it was read otherwise."""
        asked, otherwise = [tokens], ""
        if self._taught is not None:
            spelt = self._taught.spelt(tokens.words)
            plain = self._taught.plain(spelt)
            if spelt != tokens.words:
                otherwise = " ".join(spelt)
                asked = [self.tokenize(otherwise)]
            if plain is not None:
                otherwise = " ".join(plain)
                asked.append(self.tokenize(otherwise))
        return asked, otherwise

    def _read(self, features: TorchFeatures, asked: Sequence[Tokens]) -> _Reading:
        """What the network says to several phrases at once."""
        ids = self._ids(asked)
        # A phrase is small work: what mixed precision saves in products it loses in casts, but on a GPU.
        with running(self._device, mixed=self._device.type == "cuda"):
            outputs = [self._network.read_phrases(encoded, ids) for _, encoded in features.looks]
        boxes = [box for box, _ in features.looks]
        masks = [[self._one_mask(output.mask[:, k].float()) for output in outputs] for k in range(len(asked))]
        maps = [joined_looks(list(zip(boxes, looks, strict=True))) for looks in masks]
        presence, quality = (
            torch.cat(logits).float().mean(0).tolist()  # over looks and mirror images
            for logits in ([output.presence for output in outputs], [output.quality for output in outputs])
        )
        if not (all(np.isfinite(one).all() for one in maps) and np.isfinite([*presence, *quality]).all()):
            raise self._numberless()
        return _Reading(
            maps,
            [self._calibrated(logit, "presence") for logit in presence],
            [self._calibrated(logit, "quality") for logit in quality],
        )

    def _one_mask(self, logits: torch.Tensor) -> NDArray[np.float32]:
        """Logits (1 or 2, h, w) of the picture, and of its mirror image turned back, as one map (h, w)."""
        if self._steps.mirror:
            logits = torch.stack([logits[0], logits[1].flip(-1)])
        return np.asarray(logits.mean(0).cpu().numpy())

    def _ids(self, asked: Sequence[Tokens]) -> torch.Tensor:
        """The ids of k phrases and, where the mirror image is asked too, of theirs: (1 or 2, k, n), padded."""
        looks = [list(asked)]
        if self._steps.mirror:
            looks.append([self._bundle.tokenizer.encode(mirrored(" ".join(one.words))) for one in asked])
        length = max(len(one.ids) for look in looks for one in look)
        return torch.tensor(
            [[[*one.ids, *[PAD_ID] * (length - len(one.ids))] for one in look] for look in looks], device=self._device
        )

    def _calibrated(self, logit: float, part: str) -> float:
        calibration = self._bundle.config.calibration
        logit = logit / calibration.get(f"{part}_temperature", 1.0) + calibration.get(f"{part}_bias", 0.0)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _places(prompts: Prompts, letterbox: Letterbox, grid: Size) -> ClickPlaces:
    """What was pointed at, from pixels of the source to cells of the grid over the canvas."""
    across, down = grid.width / letterbox.canvas.width, grid.height / letterbox.canvas.height

    def cell(x: float, y: float) -> tuple[float, float]:
        x, y = letterbox.to_canvas(x, y)
        return x * across, y * down

    box = prompts.box
    return ClickPlaces(
        [cell(click.x, click.y) for click in prompts.clicks if click.positive],
        [cell(click.x, click.y) for click in prompts.clicks if not click.positive],
        None if box is None else (*cell(box.x0, box.y0), *cell(box.x1, box.y1)),
    )


def _coverage(mask: Mask, letterbox: Letterbox, grid: Size) -> NDArray[np.float32] | None:
    """A mask as coverage of the cells (h, w); None for an empty one."""
    if mask.is_empty:
        return None
    canvas = letterbox.apply_mask(mask.to_array())
    return np.asarray(cv2.resize(canvas, (grid.width, grid.height), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _of_first(maps: FeatureMaps) -> FeatureMaps:
    """Features of the first of a batch as float32, without what it was cut from."""
    levels, details = (tuple(part[:1].float().clone() for part in parts) for parts in maps)
    return FeatureMaps((levels[0], levels[1], levels[2]), (details[0], details[1]))


@contextmanager
def running(device: torch.device, *, mixed: bool) -> Iterator[None]:
    """Inference mode and precision; what torch raises for want of memory becomes a sentence.

    Raises:
        DeviceError: the device failed.
    """
    half = torch.bfloat16 if device.type == "cpu" else torch.float16
    precision = torch.autocast(device.type, half) if mixed else nullcontext()
    try:
        with torch.inference_mode(), precision:
            yield
    except torch.OutOfMemoryError as cause:
        raise DeviceError("The graphics memory is full; close other programs or choose the device 'cpu'.") from cause
    except RuntimeError as cause:
        if "CUDA" in str(cause) or "memory" in str(cause):
            raise DeviceError(f"The device {device} failed ({str(cause).splitlines()[0]}); choose 'cpu'.") from cause
        raise


def _single(encoded: EncodedImages) -> EncodedImages:
    """Features as float32, so that mixed-precision encoding and plain reading fit together."""
    levels = tuple(
        type(level)(*(part.float() if part.is_floating_point() else part for part in level)) for level in encoded.levels
    )
    details = tuple(part.float() for part in encoded.details)
    cells = None if encoded.cells is None else encoded.cells.float()
    return EncodedImages((levels[0], levels[1], levels[2]), (details[0], details[1]), cells)


def load_predictor(
    bundle: Path,
    device: DeviceChoice = "auto",
    *,
    mirror: bool | None = None,
    edges: bool | None = None,
    second_look: float | None = None,
    best_level: bool | None = None,
    compare: bool | None = None,
    plain: bool | None = None,
    named_colours: bool | None = None,
) -> TorchPredictor:
    """Reads the bundle in folder `bundle` and puts its network on the device.

    Args:
        mirror: whether to ask the mirrored picture too; None = as the bundle says. Likewise `edges`, for refined ones,
            `second_look`, for the size of a second canvas, `best_level`, for a cut of each map's own, `compare`, for
            sizes among things of a kind, `plain`, for phrases with words that training never met, and `named_colours`,
            for answers that have not the colour they should.

    Raises:
        BundleError: the bundle cannot be used.
        DeviceError: the device cannot be used.
    """
    chosen = choose_device(device)
    loaded = load_bundle(bundle)
    # Before batch norms are folded, which changes the weights that its digest is of.
    pointing = bundle / CLICKS_FILE
    clicks = load_clicks(pointing, loaded.network.image_encoder) if pointing.is_file() else None
    try:
        known = loaded.config.steps
        steps = InferenceSteps(
            mirror=known.mirror if mirror is None else mirror,
            edges=known.edges if edges is None else edges,
            second_look=known.second_look if second_look is None else second_look,
            best_level=known.best_level if best_level is None else best_level,
            compare=known.compare if compare is None else compare,
            plain=known.plain if plain is None else plain,
            named_colours=known.named_colours if named_colours is None else named_colours,
        )
        predictor = TorchPredictor(loaded, chosen, steps, clicks)
    except RuntimeError as cause:
        if chosen.type != "cuda":
            raise
        raise DeviceError(f"The model does not fit the device {chosen} ({cause}); choose 'cpu'.") from cause
    fold_batch_norms(loaded.network.image_encoder)  # nobody else has this network
    return predictor
