"""A bundle on disk whose encoder clips can be followed by: untrained, with a dozen words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from refseg_annotator.nn.checkpoint import BundleConfig, load_bundle, save_bundle
from refseg_annotator.nn.clip_bundle import CrossFrameRecord, place_cross_frame, save_cross_frame
from refseg_annotator.nn.clip_features import EarlyEncoder
from refseg_annotator.nn.clip_network import ClipNetwork
from refseg_annotator.nn.registry import build
from refseg_annotator.text import Vocabulary
from tests.nn.builders import VOCABULARY_SIZE, small


def write_bundle(folder: Path, configuration: str = "cmsa-base") -> Path:
    """A bundle of a configuration's shape in `folder`."""
    torch.manual_seed(0)
    model = small(configuration)
    network = build(model)
    words = ["<pad>", "<unk>", *(f"word{number}" for number in range(VOCABULARY_SIZE - 2))]
    config = BundleConfig(
        name=folder.name,
        version="1",
        licence="Apache-2.0",
        summary="untrained",
        model=model,
        preprocessing={},
        threshold=0.5,
        presence_threshold=0.5,
        max_words=20,
        parameters=1,
    )
    save_bundle(folder, network=network, vocabulary=Vocabulary(words), config=config, card="# A card\n")
    return folder


def place_part(folder: Path, network: ClipNetwork, **told: Any) -> Path:
    """Puts a network that follows clips into the bundle in `folder`; `told` is what its record says beside."""
    loaded = load_bundle(folder)
    record = CrossFrameRecord(EarlyEncoder(loaded.network.image_encoder).fingerprint(), 1, network.config, **told)
    source = folder.parent / "part.safetensors"
    save_cross_frame(source, network, record)
    place_cross_frame(folder, source, loaded)
    return folder
