"""Small inputs and small networks for the tests of `nn`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import torch
from torch import Tensor

from refseg_annotator.nn.registry import CONFIGURATIONS, ModelConfig
from refseg_annotator.nn.text_encoder import WordFeatures

VOCABULARY_SIZE: Final = 12
TRAINED_WORDS: Final = 7
SIDES: Final = {"efficientnet-lite2": 64, "hybrid-vit-s14": 70, "resnet101": 32}


def small(name: str) -> ModelConfig:
    """The configuration called `name` on small pictures, with a dozen words."""
    config = CONFIGURATIONS[name]
    contextual = config.text == "contextual"
    return replace(
        config,
        image_size=SIDES[config.image_encoder],
        canvases=(),
        vocabulary_size=VOCABULARY_SIZE,
        vector_width=10 if contextual else 0,
        trained_words=TRAINED_WORDS if contextual else 0,
    )


def words_of(counts: list[list[int]], *, length: int, width: int) -> WordFeatures:
    """Random words: phrase j of image i has counts[i][j] of them, padded to `length`."""
    mask = torch.tensor([[[place < count for place in range(length)] for count in row] for row in counts])
    words = torch.randn(*mask.shape, width) * mask.unsqueeze(-1)
    return WordFeatures(words, mask, words.sum(-2) / mask.sum(-1, keepdim=True).clamp(min=1))


def padded(words: WordFeatures, extra: int) -> WordFeatures:
    """The same phrases with `extra` more padding."""
    more = torch.nn.functional.pad
    return WordFeatures(more(words.words, (0, 0, 0, extra)), more(words.mask, (0, extra)), words.sentence)


def gap(one: Tensor, other: Tensor) -> float:
    """The largest difference, beside the largest number; beside 1/100 where all are smaller, as an untrained head's."""
    assert one.shape == other.shape
    return float((one - other).abs().max() / one.abs().max().clamp(min=1e-2))
