"""A weight bundle: a folder that explains itself. Loading is strict, and nothing in it is executed.

config.json          shape of the network, preprocessing, thresholds, licence, training data, measured scores
vocabulary.txt       one word a line; the line's number is the word's id
weights.safetensors  fp16
card.md              for people
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from refseg_annotator.errors import BundleError
from refseg_annotator.nn.model import CMSANetwork
from refseg_annotator.nn.registry import ModelConfig, build
from refseg_annotator.text import Tokenizer, Vocabulary

CONFIG_FILE: Final = "config.json"
VOCABULARY_FILE: Final = "vocabulary.txt"
WEIGHTS_FILE: Final = "weights.safetensors"
CARD_FILE: Final = "card.md"

# No network here comes near these; a file that claims more is refused before anything of that size is made.
_LARGEST_WEIGHTS: Final = 2 << 30
_LARGEST_SIDE: Final = 4096
_LARGEST_WIDTH: Final = 16384


@dataclass(frozen=True, slots=True)
class BundleConfig:
    """What `config.json` holds.

    Attributes:
        threshold: probability above which a pixel belongs to the mask.
        presence_threshold: presence below which the tool says "probably not in this image".
        preprocessing: side of the square and the padding colour; normalisation is the image encoder's own.
        calibration: temperature and bias that turn raw presence and quality logits into probabilities.
        training: data, recipe, command, commit.
        scores: measured on held-out data, with the command and date.
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
    calibration: dict[str, float] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """A loaded bundle: the network in evaluation mode, float32, and what reads phrases for it."""

    config: BundleConfig
    network: CMSANetwork
    tokenizer: Tokenizer


def save_bundle(folder: Path, *, network: CMSANetwork, vocabulary: Vocabulary, config: BundleConfig, card: str) -> None:
    """Writes the bundle beside and moves it into place, so that a half-written one is never found."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        state = {
            name: (tensor.half() if tensor.is_floating_point() else tensor).detach().cpu().contiguous()
            for name, tensor in network.state_dict().items()
        }
        save_file(state, staged / WEIGHTS_FILE)
        (staged / CONFIG_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(config), indent=2) + b"\n")
        vocabulary.save(staged / VOCABULARY_FILE)
        (staged / CARD_FILE).write_text(card, encoding="utf-8")
        staged.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
            folder.replace(old)
            staged.replace(folder)
            shutil.rmtree(old)
        else:
            staged.replace(folder)
    finally:
        if staged.exists():
            shutil.rmtree(staged)


def read_config(folder: Path) -> BundleConfig:
    """The bundle's `config.json`, checked.

    Raises:
        BundleError: missing, no JSON, of another make, or with sizes that no network of ours has.
    """
    path = folder / CONFIG_FILE
    try:
        config = msgspec.json.decode(path.read_bytes(), type=BundleConfig)
    except OSError as cause:
        raise BundleError(f"The bundle {str(folder)!r} has no readable {CONFIG_FILE}; fetch it again.") from cause
    except (msgspec.MsgspecError, RecursionError) as cause:
        raise BundleError(f"{str(path)!r} is no bundle configuration ({cause}); fetch the bundle again.") from cause
    model = config.model
    widths = [model.word_width, model.vector_width, model.gated.width, *model.detail.step_widths, *model.detail.grid]
    for level in model.levels:
        widths += [level.visual_width, level.width, level.out_width, level.reduce_visual, level.reduce_pair]
    if not 32 <= model.image_size <= _LARGEST_SIDE or not 1 <= model.max_words <= 1000 or max(widths) > _LARGEST_WIDTH:
        raise BundleError(f"{str(path)!r} claims sizes that no bundle of this tool has; fetch the bundle again.")
    return config


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
    try:
        network = build(config.model)
        network.load_state_dict(
            {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in state.items()}
        )
    except (RuntimeError, ValueError, ZeroDivisionError) as cause:
        raise BundleError(
            f"The weights of {str(folder)!r} do not fit its configuration; fetch the bundle again."
        ) from cause
    if not all(bool(torch.isfinite(tensor).all()) for tensor in network.state_dict().values()):
        raise BundleError(f"The weights of {str(folder)!r} hold numbers that are not finite; fetch the bundle again.")
    return Bundle(config, network.eval(), Tokenizer(vocabulary, config.max_words))
