"""The part of a weight bundle that finds what clicks are on: one more file, `clicks.safetensors`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from torch import nn

from refseg_annotator.bundle_files import CLICKS_FILE
from refseg_annotator.nn.bundle_part import BundlePart, card_lines, fingerprint_of
from refseg_annotator.nn.checkpoint import Bundle
from refseg_annotator.nn.click_network import ClickConfig, ClickNetwork


@dataclass(frozen=True, slots=True)
class ClickRecord:
    """What the file's header holds.

    Attributes:
        encoder: `encoder_fingerprint` of the encoder it was trained on.
        parameters: number of weights.
        training: data, recipe, notes.
        scores: measured on held-out data, by what was measured.
    """

    encoder: str
    parameters: int
    config: ClickConfig = field(default_factory=ClickConfig)
    training: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)


_PART: Final = BundlePart(CLICKS_FILE, "clicks", "click part", "## Finding what clicks are on", ClickRecord)


def encoder_fingerprint(encoder: nn.Module) -> str:
    """A digest of an image encoder's weights, before anything is folded into others."""
    counted = "num_batches_tracked"
    return fingerprint_of({name: one for name, one in encoder.state_dict().items() if not name.endswith(counted)})


def save_clicks(path: Path, network: ClickNetwork, record: ClickRecord) -> None:
    """Writes the file beside and moves it into place.

    Raises:
        BundleError: the weights hold numbers that are not finite, or the disk refuses.
    """
    _PART.save(path, network, record)


def read_click_record(path: Path) -> ClickRecord:
    """What the file says of itself.

    Raises:
        BundleError: it is missing, damaged, or of another version.
    """
    return _PART.read_record(path)


def load_clicks(path: Path, encoder: nn.Module) -> ClickNetwork:
    """Reads the part onto the CPU, in evaluation mode, for the features of a bundle's image encoder.

    Raises:
        BundleError: the file is damaged, or was trained on another encoder.
    """
    return _PART.load(path, encoder_fingerprint(encoder), lambda record: ClickNetwork(record.config))[1]


def place_clicks(bundle: Path, source: Path, loaded: Bundle) -> Path:
    """Puts a trained part into a bundle: its file, a record in `config.json`, a section in the card.

    Args:
        bundle: the bundle's folder.
        source: a file that `save_clicks` wrote.
        loaded: what the folder holds.

    Raises:
        BundleError: the part was trained on another encoder, or the disk refuses.
    """
    load_clicks(source, loaded.network.image_encoder)
    record = read_click_record(source)
    return _PART.place(bundle, source, record, _card_section(record))


def _card_section(record: ClickRecord) -> str:
    about = f"A network of {record.parameters:,} parameters on the features of this bundle's own encoder, at stride 8."
    return card_lines(about, record.training, record.scores)
