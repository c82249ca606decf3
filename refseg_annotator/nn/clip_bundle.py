"""The cross-frame part of a weight bundle: one more file, `cross_frame.safetensors`, that explains itself.

Its header holds the shape of the network, the digest of the encoder whose features it reads, and what it was trained
on. A bundle without the file reads phrases as ever; a file beside another encoder is refused.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from refseg_annotator.bundle_files import CARD_FILE, CONFIG_FILE, CROSS_FRAME_FILE, read_config_record
from refseg_annotator.errors import BundleError
from refseg_annotator.nn.checkpoint import Bundle, read_config, stored_tensor
from refseg_annotator.nn.clip_adaptation import ClipAdaptationConfig
from refseg_annotator.nn.clip_features import EarlyEncoder
from refseg_annotator.nn.clip_network import ClipConfig, ClipNetwork
from refseg_annotator.nn.token_merging import TokenMergingConfig

_HEADER: Final = "cross_frame"
_LARGEST: Final = 256 << 20
_CARD_TITLE: Final = "## Following masks through clips"


@dataclass(frozen=True, slots=True)
class Confidence:
    """Expected quality as a logit: a sum of what the network says, weighed as it was right on held-out clips.

    Attributes:
        constant: always added.
        quality: weight of the network's own logit, which hardly falls where it follows the wrong thing.
        age: weight of log(1 + frames since a settled mask).
    """

    constant: float = 0.0
    quality: float = 1.0
    age: float = 0.0

    def logit(self, quality: float, age: int) -> float:
        """Of one answer."""
        return self.constant + self.quality * quality + self.age * math.log1p(max(age, 0))


@dataclass(frozen=True, slots=True)
class CrossFrameRecord:
    """What the file's header holds.

    Attributes:
        encoder: `EarlyEncoder.fingerprint` of the encoder it was trained on.
        parameters: number of weights.
        training: data, recipe, seconds.
        scores: measured on held-out data.
        confidence: what makes the expected quality of an answer of what the network says of it.
        adaptation: how a referent is studied before it is followed.
        merging: where frames are read more coarsely: far from what is followed.
    """

    encoder: str
    parameters: int
    config: ClipConfig = field(default_factory=ClipConfig)
    training: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)
    confidence: Confidence = field(default_factory=Confidence)
    adaptation: ClipAdaptationConfig = field(default_factory=ClipAdaptationConfig)
    merging: TokenMergingConfig = field(default_factory=TokenMergingConfig)


@dataclass(frozen=True, slots=True, eq=False)
class CrossFramePart:
    """The loaded part, in evaluation mode and float32, with the bundle's encoder before it."""

    record: CrossFrameRecord
    encoder: EarlyEncoder
    network: ClipNetwork


def save_cross_frame(path: Path, network: ClipNetwork, record: CrossFrameRecord) -> None:
    """Writes the file beside and moves it into place.

    Raises:
        BundleError: the weights hold numbers that are not finite, or the disk refuses.
    """
    state = {name: stored_tensor(name, tensor) for name, tensor in network.state_dict().items()}
    staged: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
        staged = Path(name)
        save_file(state, staged, metadata={_HEADER: msgspec.json.encode(record).decode()})
        staged.chmod(0o644)
        staged.replace(path)
    except (OSError, SafetensorError) as cause:
        if staged is not None:
            staged.unlink(missing_ok=True)
        raise BundleError(f"The file {str(path)!r} cannot be written ({cause}); free space there.") from cause


def read_cross_frame_record(path: Path) -> CrossFrameRecord:
    """What the file says of itself.

    Raises:
        BundleError: it is missing, damaged, or of another version.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BundleError(f"{str(path)!r} is larger than any such file of this tool; fetch the bundle again.")
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
        return msgspec.json.decode(metadata[_HEADER], type=CrossFrameRecord)
    except (OSError, SafetensorError, KeyError, msgspec.MsgspecError) as cause:
        raise BundleError(
            f"The cross-frame part {str(path)!r} is missing or damaged; fetch the bundle again."
        ) from cause


def load_cross_frame(path: Path, encoder: nn.Module) -> CrossFramePart:
    """Reads the part onto the CPU, for the features of a bundle's image encoder.

    Raises:
        BundleError: the file is damaged, or was trained on another encoder.
        ModelError: the encoder gives no features of that kind.
    """
    record = read_cross_frame_record(path)
    early = EarlyEncoder(encoder)
    if early.fingerprint() != record.encoder:
        raise BundleError(
            f"The cross-frame part {str(path)!r} was trained on another image encoder than this bundle's; "
            "train it again with this bundle."
        )
    try:
        with torch.device("meta"):
            needed = ClipNetwork(record.config).state_dict()
        with safe_open(path, framework="pt") as file:
            state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  no mapping
    except (OSError, SafetensorError, RuntimeError, ValueError, ZeroDivisionError) as cause:
        raise BundleError(f"The cross-frame part {str(path)!r} is damaged; fetch the bundle again.") from cause
    fits = needed.keys() == state.keys() and all(needed[name].shape == state[name].shape for name in needed)
    if not fits or not all(bool(torch.isfinite(tensor).all()) for tensor in state.values()):
        raise BundleError(
            f"The weights in {str(path)!r} do not fit what the file says of itself; fetch the bundle again."
        )
    network = ClipNetwork(record.config)
    network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    return CrossFramePart(record, early.eval(), network.eval())


def place_cross_frame(bundle: Path, source: Path, loaded: Bundle) -> Path:
    """Puts a trained part into a bundle: its file, a record in `config.json`, a section in the card.

    Args:
        bundle: the bundle's folder.
        source: a file that `save_cross_frame` wrote.
        loaded: what the folder holds.

    Raises:
        BundleError: the part was trained on another encoder, or the disk refuses.
    """
    part = load_cross_frame(source, loaded.network.image_encoder)
    record = part.record
    told = msgspec.to_builtins(record)
    try:
        target = bundle / CROSS_FRAME_FILE
        if source.resolve() != target.resolve():
            staged = target.with_name(f".{CROSS_FRAME_FILE}-part")
            shutil.copyfile(source, staged)
            staged.replace(target)
        content = read_config_record(bundle)
        content["cross_frame"] = told
        _replace_text(bundle / CONFIG_FILE, msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n")
        card = bundle / CARD_FILE
        text = card.read_text(encoding="utf-8") if card.is_file() else ""
        _replace_text(card, text.partition(_CARD_TITLE)[0].rstrip() + "\n\n" + card_section(record))
    except OSError as cause:
        raise BundleError(f"The bundle {str(bundle)!r} cannot be written ({cause}); free space there.") from cause
    read_config(bundle)
    return target


def card_section(record: CrossFrameRecord) -> str:
    """What a bundle's card says of the part."""
    training = record.training
    told = [f"{name}: {value}" for name, value in training.items() if isinstance(value, str | int | float)]
    told += [*training.get("notes", ()), *(f"{name}: {value}" for name, value in record.scores.items())]
    about = (
        f"Cross-frame self-attention, {record.parameters:,} parameters. It reads frames at "
        f"{record.config.longest_side} pixels of the longer side, by the early features of this bundle's own encoder."
    )
    return "\n".join([_CARD_TITLE, "", about, "", *(f"- {line}" for line in told)]).rstrip() + "\n"


def _replace_text(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}-part")
    staged.write_text(text, encoding="utf-8")
    staged.replace(path)


__all__ = [
    "CROSS_FRAME_FILE",
    "Confidence",
    "CrossFramePart",
    "CrossFrameRecord",
    "load_cross_frame",
    "place_cross_frame",
    "read_cross_frame_record",
    "save_cross_frame",
]
