"""The cross-frame part of a weight bundle: one more file, `cross_frame.safetensors`, that explains itself.

Its header holds the shape of the network, the digest of the encoder whose features it reads, and what it was trained
on. A bundle without the file reads phrases as ever; a file beside another encoder is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from torch import nn

from refseg_annotator.bundle_files import CROSS_FRAME_FILE
from refseg_annotator.nn.bundle_part import BundlePart, card_lines
from refseg_annotator.nn.checkpoint import Bundle
from refseg_annotator.nn.clip_adaptation import ClipAdaptationConfig
from refseg_annotator.nn.clip_features import EarlyEncoder
from refseg_annotator.nn.clip_network import ClipConfig, ClipNetwork
from refseg_annotator.nn.token_merging import TokenMergingConfig


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


_PART: Final = BundlePart(
    CROSS_FRAME_FILE, "cross_frame", "cross-frame part", "## Following masks through clips", CrossFrameRecord
)


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
    _PART.save(path, network, record)


def read_cross_frame_record(path: Path) -> CrossFrameRecord:
    """What the file says of itself.

    Raises:
        BundleError: it is missing, damaged, or of another version.
    """
    return _PART.read_record(path)


def load_cross_frame(path: Path, encoder: nn.Module) -> CrossFramePart:
    """Reads the part onto the CPU, for the features of a bundle's image encoder.

    Raises:
        BundleError: the file is damaged, or was trained on another encoder.
        ModelError: the encoder gives no features of that kind.
    """
    early = EarlyEncoder(encoder)
    record, network = _PART.load(path, early.fingerprint(), lambda record: ClipNetwork(record.config))
    return CrossFramePart(record, early.eval(), network)


def place_cross_frame(bundle: Path, source: Path, loaded: Bundle) -> Path:
    """Puts a trained part into a bundle: its file, a record in `config.json`, a section in the card.

    Args:
        bundle: the bundle's folder.
        source: a file that `save_cross_frame` wrote.
        loaded: what the folder holds.

    Raises:
        BundleError: the part was trained on another encoder, or the disk refuses.
    """
    record = load_cross_frame(source, loaded.network.image_encoder).record
    return _PART.place(bundle, source, record, card_section(record))


def card_section(record: CrossFrameRecord) -> str:
    """What a bundle's card says of the part."""
    about = (
        f"Cross-frame self-attention, {record.parameters:,} parameters. It reads frames at "
        f"{record.config.longest_side} pixels of the longer side, by the early features of this bundle's own encoder."
    )
    return card_lines(about, record.training, record.scores)


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
