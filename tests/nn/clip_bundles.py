"""A bundle on disk whose encoder clips can be followed by: untrained, with a dozen words."""

from __future__ import annotations

from pathlib import Path

import torch

from refseg_annotator.nn.checkpoint import BundleConfig, save_bundle
from refseg_annotator.nn.registry import build
from refseg_annotator.text import Vocabulary
from tests.nn.builders import VOCABULARY_SIZE, small


def write_bundle(folder: Path) -> Path:
    """A bundle of `cmsa-base`'s shape in `folder`."""
    torch.manual_seed(0)
    model = small("cmsa-base")
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
