"""Words to vectors.

Two encoders of one interface: `WordEmbedding` is the paper's (each word's trained vector is used directly);
`ContextualWords` starts from fixed pretrained vectors, so that a word never seen in training lands near its
neighbours, adds what training learnt of each word, and lets the words of a phrase see each other, so that "dog left of
horse" and "horse left of dog" differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (the name torch's own documentation uses)


class WordFeatures(NamedTuple):
    """Words of k phrases for each of b images.

    Attributes:
        words: (b, k, n, e), zero where padded.
        mask: (b, k, n) bool, true for words.
        sentence: (b, k, e), the mean over a phrase's words.
    """

    words: Tensor
    mask: Tensor
    sentence: Tensor


def _features(words: Tensor, mask: Tensor) -> WordFeatures:
    words = words * mask.unsqueeze(-1)
    count = mask.sum(-1, keepdim=True).clamp(min=1)
    return WordFeatures(words, mask, words.sum(-2) / count)


class WordEmbedding(nn.Module):
    """The paper's text side: a trainable vector a word, no recurrent net, order unseen."""

    def __init__(self, vocabulary_size: int, width: int) -> None:
        super().__init__()
        self.width = width
        self.embedding = nn.Embedding(vocabulary_size, width, padding_idx=0)

    def forward(self, ids: Tensor) -> WordFeatures:
        """`ids` (b, k, n) int64, 0 = padding."""
        return _features(self.embedding(ids), ids != 0)


@dataclass(frozen=True, slots=True)
class ContextualWordsConfig:
    """Sizes of `ContextualWords`."""

    vocabulary_size: int
    vector_width: int
    trained_words: int
    width: int = 128
    layers: int = 1
    heads: int = 4
    max_words: int = 20
    forget: float = 0.15


class ContextualWords(nn.Module):
    """Fixed pretrained vectors, a trained correction for the first `trained_words` ids, and self-attention over words.

    In training the correction of a word is forgotten with probability `forget`, so that the fixed vector alone must
    do: that is what a word never trained will have.
    """

    vectors: Tensor

    def __init__(self, config: ContextualWordsConfig) -> None:
        super().__init__()
        self.config = config
        self.width = config.width
        self.register_buffer("vectors", torch.zeros(config.vocabulary_size, config.vector_width))
        self.correction = nn.Embedding(config.trained_words, config.width)
        nn.init.zeros_(self.correction.weight)
        self.project = nn.Linear(config.vector_width, config.width)
        self.position = nn.Parameter(torch.randn(config.max_words, config.width) * 0.02)
        self.enter = nn.LayerNorm(config.width)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                config.width, config.heads, 2 * config.width, dropout=0.1, activation="gelu", batch_first=True,
                norm_first=True,
            )
            for _ in range(config.layers)
        )  # fmt: skip
        self.leave = nn.LayerNorm(config.width)

    def forward(self, ids: Tensor) -> WordFeatures:
        """`ids` (b, k, n) int64, 0 = padding, n <= max_words."""
        mask = ids != 0
        vectors = self.project(self.vectors[ids].to(self.project.weight.dtype))  # (b, k, n, e)
        trained = (ids < self.config.trained_words) & mask
        if self.training:
            trained = trained & (torch.rand(ids.shape, device=ids.device) >= self.config.forget)
        correction = self.correction(ids.clamp(max=self.config.trained_words - 1)) * trained.unsqueeze(-1)
        words = self.enter(vectors + correction) + self.position[: ids.shape[-1]]
        flat = words.flatten(0, 1)  # (b k, n, e)
        # A phrase without any word attends to its padding rather than to nothing, which would be NaN.
        padding = ~mask.flatten(0, 1)
        padding = padding & ~padding.all(-1, keepdim=True)
        bias = torch.zeros(padding.shape, dtype=flat.dtype, device=flat.device).masked_fill(padding, -1e4)
        for layer in self.layers:
            flat = layer(flat, src_key_padding_mask=bias)
        words = self.leave(flat).view_as(words)
        return _features(words, mask)


def normalised(words: Tensor) -> Tensor:
    """Vectors of length one along the last axis; zero stays zero."""
    return F.normalize(words, dim=-1)
