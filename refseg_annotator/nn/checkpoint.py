"""A weight bundle: a folder that explains itself. Loading is strict, and nothing in it is executed.

config.json          shape of the network, preprocessing, thresholds, licence, training data, measured scores
vocabulary.txt       one word a line; the line's number is the word's id
weights.safetensors  fp16 (float32 where a number is beyond fp16)
card.md              for people
cross_frame.safetensors  where there is one: what follows masks through clips (`nn.clip_bundle`)
clicks.safetensors   where there is one: what finds the thing that clicks are on (`nn.click_bundle`)
"""

from __future__ import annotations

import math
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from refseg_annotator.bundle_files import (
    CARD_FILE,
    CONFIG_FILE,
    VOCABULARY_FILE,
    WEIGHTS_FILE,
    as_config,
    read_config_record,
    refuse_config,
)
from refseg_annotator.errors import BundleError, ModelError
from refseg_annotator.nn.model import CMSANetwork
from refseg_annotator.nn.registry import ModelConfig, build, check_shape
from refseg_annotator.text import Tokenizer, Vocabulary

# No bundle here comes near it; a larger file is refused unread.
_LARGEST_WEIGHTS: Final = 2 << 30

# Keys of `config.json` whose records are free.
_FREE_RECORDS: Final = frozenset({"preprocessing", "calibration", "training", "scores", "cross_frame", "clicks"})


@dataclass(frozen=True, slots=True)
class InferenceSteps:
    """What may be done beyond one pass of the network, each for a price in time.

    Attributes:
        mirror: the mirrored picture is asked the mirrored phrase too, and the two answers are averaged.
        edges: the answer's edges are drawn along the photo's (`inference.edge_refinement`).
        second_look: the picture is read once more on a canvas so many times as large (0.25..2), and the two answers are
            averaged; 0 = not.
        best_level: the map is moved so that the threshold cuts it where the most overlap is to be expected, parts
            fainter than the surest left out (`inference.expected_overlap`).
        compare: a phrase that names a thing by its size among its kind asks for all of the kind too, and the largest or
            smallest of them is taken (`inference.size_comparison`).
        plain: a phrase with words that training never met is read once more without them, and the two answers are
            joined (`inference.plain_phrase`).
        named_colours: where what is marked hardly has the colour that the phrase gives it, it is held to be there so
            much the less (`inference.named_colours`).
    """

    mirror: bool = False
    edges: bool = False
    second_look: float = 0.0
    best_level: bool = False
    compare: bool = False
    plain: bool = False
    named_colours: bool = False

    def __post_init__(self) -> None:
        if self.second_look and not 0.25 <= self.second_look <= 2:
            raise ValueError(f"second_look is {self.second_look:g}, neither 0 nor in 0.25..2")


@dataclass(frozen=True, slots=True)
class BundleConfig:
    """What `config.json` holds.

    Attributes:
        threshold: probability above which a pixel belongs to the mask.
        presence_threshold: presence below which the tool says "probably not in this image".
        preprocessing: side of the square and the padding colour; normalisation is the image encoder's own.
        steps: what the scores were measured with, and what is done unless the user chose otherwise.
        calibration: temperature and bias that turn raw presence and quality logits into probabilities.
        training: data, recipe, command, commit.
        scores: measured on held-out data, with the command and date.
        cross_frame: what the part that follows masks through clips says of itself; empty where there is none.
        clicks: the same of the part that finds the thing that clicks are on.
        taught: words that training met beside the vocabulary's first `model.trained_words`.
    """

    name: str
    version: str
    licence: str
    summary: str
    model: ModelConfig
    preprocessing: dict[str, Any]
    threshold: float
    presence_threshold: float
    max_words: int
    parameters: int
    steps: InferenceSteps = InferenceSteps()
    calibration: dict[str, float] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)
    cross_frame: dict[str, Any] = field(default_factory=dict)
    clicks: dict[str, Any] = field(default_factory=dict)
    taught: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """A loaded bundle: the network in evaluation mode, float32, and what reads phrases for it."""

    config: BundleConfig
    network: CMSANetwork
    tokenizer: Tokenizer

    @property
    def taught_words(self) -> tuple[str, ...]:
        """The words that training met: of an embedding all, of fixed vectors those that carry corrections, and more."""
        words, model = self.tokenizer.vocabulary.words, self.config.model
        return (*(words if model.text == "embedding" else words[: model.trained_words]), *self.config.taught)


def save_bundle(folder: Path, *, network: CMSANetwork, vocabulary: Vocabulary, config: BundleConfig, card: str) -> None:
    """Writes the bundle beside and moves it into place, so that a half-written one is never found.

    Raises:
        BundleError: the weights hold numbers that are not finite, or the disk refuses; what lay there is kept.
    """
    state = {name: stored_tensor(name, tensor) for name, tensor in network.state_dict().items()}
    staged: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # The names begin with a dot: such folders are not looked at for bundles.
        staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        new, old = staged / "new", staged / "old"
        new.mkdir()
        save_file(state, new / WEIGHTS_FILE)
        (new / CONFIG_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(config), indent=2) + b"\n")
        vocabulary.save(new / VOCABULARY_FILE)
        (new / CARD_FILE).write_text(card, encoding="utf-8")
        if folder.exists():
            folder.replace(old)
        try:
            new.replace(folder)
        except OSError:
            if old.exists():
                old.replace(folder)
            raise
    except (OSError, SafetensorError) as cause:
        raise BundleError(
            f"The bundle {str(folder)!r} cannot be written ({cause}); free space there or choose another folder."
        ) from cause
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)


def stored_tensor(name: str, tensor: Tensor) -> Tensor:
    """A weight as bundles keep it: fp16, or float32 where a number is beyond fp16.

    Raises:
        BundleError: it holds numbers that are not finite.
    """
    tensor = tensor.detach().cpu().contiguous()
    if not tensor.is_floating_point():
        return tensor
    if not bool(torch.isfinite(tensor).all()):
        raise BundleError(f"The weights {name!r} hold numbers that are not finite; train with a lower learning rate.")
    half = tensor.half()
    return half if bool(torch.isfinite(half).all()) else tensor.float()


def read_config(folder: Path) -> BundleConfig:
    """The bundle's `config.json`, checked.

    Raises:
        BundleError: missing, no JSON, with keys not known here, or with sizes that no network of ours has.
    """
    record = read_config_record(folder)
    config = as_config(folder, record, BundleConfig)
    unknown = _unknown_key(record, msgspec.to_builtins(config))
    if unknown is not None:
        raise BundleError(
            f"{str(folder / CONFIG_FILE)!r} sets {unknown!r}, which this version does not know; update the program or "
            "fetch the bundle again."
        )
    try:
        check_shape(config.model)
        _check_numbers(config)
    except ModelError as cause:
        refuse_config(folder, cause)
    return config


def _unknown_key(given: object, known: object, where: str = "") -> str | None:
    """The first key of `given` that `known` lacks: one that is passed over would silently make another network."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key not in known:
                return f"{where}{key}"
            found = None if not where and key in _FREE_RECORDS else _unknown_key(value, known[key], f"{where}{key}.")
            if found is not None:
                return found
    elif isinstance(given, list) and isinstance(known, list | tuple):
        for place, (item, known_item) in enumerate(zip(given, known, strict=True)):
            found = _unknown_key(item, known_item, f"{where}{place}.")
            if found is not None:
                return found
    return None


def _check_numbers(config: BundleConfig) -> None:
    for name in ("threshold", "presence_threshold"):
        if not 0 <= getattr(config, name) <= 1:
            raise ModelError(f"{name} is {getattr(config, name)} where it must lie in 0..1")
    if not 1 <= config.max_words <= config.model.max_words:
        raise ModelError(f"max_words is {config.max_words} where the network reads 1..{config.model.max_words}")
    for name, value in config.calibration.items():
        if not math.isfinite(value) or (name.endswith("temperature") and value <= 0):
            raise ModelError(f"calibration.{name} is {value}")


def load_bundle(folder: Path) -> Bundle:
    """Reads a bundle onto the CPU; nothing in it is executed.

    Raises:
        BundleError: a file is missing or damaged, or the parts do not fit each other.
    """
    config = read_config(folder)
    vocabulary = Vocabulary.load(folder / VOCABULARY_FILE)
    if len(vocabulary) != config.model.vocabulary_size:
        raise BundleError(
            f"The vocabulary of {str(folder)!r} has {len(vocabulary)} words where its configuration says "
            f"{config.model.vocabulary_size}; fetch the bundle again."
        )
    path = folder / WEIGHTS_FILE
    try:
        if path.stat().st_size > _LARGEST_WEIGHTS:
            raise BundleError(f"{str(path)!r} is larger than any bundle of this tool; fetch the bundle again.")
        state = load_file(path)
    except (OSError, SafetensorError) as cause:
        raise BundleError(f"The weights {str(path)!r} are missing or damaged; fetch the bundle again.") from cause
    misfit = _misfit(config.model, state)
    if misfit is not None:
        raise BundleError(
            f"The weights of {str(folder)!r} do not fit its configuration ({misfit}); fetch the bundle again."
        )
    if not all(bool(torch.isfinite(tensor).all()) for tensor in state.values()):
        raise BundleError(f"The weights of {str(folder)!r} hold numbers that are not finite; fetch the bundle again.")
    network = build(config.model)
    network.load_state_dict(
        {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in state.items()}
    )
    return Bundle(config, network.eval(), Tokenizer(vocabulary, config.max_words))


def _misfit(model: ModelConfig, state: dict[str, Tensor]) -> str | None:
    """The first difference between the tensors that `model` needs and those in `state`.

    The network is made without memory for this, so that a configuration cannot ask for more than its weights have.
    """
    with torch.device("meta"):
        needed = build(model).state_dict()
    for name, tensor in needed.items():
        if name not in state:
            return f"{name!r} is missing"
        if tensor.shape != state[name].shape:
            return f"{name!r} is {_by(state[name])} where {_by(tensor)} is needed"
        if tensor.is_floating_point() != state[name].is_floating_point():
            return f"{name!r} is of another kind of number"
    surplus = next((name for name in state if name not in needed), None)
    return None if surplus is None else f"{surplus!r} is one too many"


def _by(tensor: Tensor) -> str:
    return " x ".join(map(str, tensor.shape)) or "one number"
