"""From the fused map to mask logits, presence and quality.

`DetailDecoder` is what ships: a few transformer layers over the fused map, in which positions look at each other and at
the words again, then two steps up with the encoder's finer features. `PaperDecoder` is the paper's single convolution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.text_encoder import WordFeatures


class Decoded(NamedTuple):
    """What a decoder returns for B = b * k phrases.

    Attributes:
        mask: (B, 1, H, W) logits, fine.
        coarse: (B, 1, h, w) logits on the fusion grid, before refinement: deep supervision, and where presence looks.
        features: (B, c, h, w) the refined map.
    """

    mask: Tensor
    coarse: Tensor
    features: Tensor


def _attend(query: Tensor, key: Tensor, value: Tensor, allowed: Tensor | None = None) -> Tensor:
    """`scaled_dot_product_attention`, written out where it is trained on a CPU.

    torch's backward pass for few keys takes there three times as long as two products and a softmax (measured on heads
    of 32 numbers with 529 queries: 127 against 40 ms).
    """
    if not torch.is_grad_enabled() or query.device.type != "cpu":
        return F.scaled_dot_product_attention(query, key, value, attn_mask=allowed)
    logits = (query / math.sqrt(query.shape[-1])) @ key.transpose(-1, -2)
    if allowed is not None:
        logits = logits.masked_fill(~allowed, float("-inf"))
    return logits.softmax(-1).to(value.dtype) @ value


class ReasoningLayer(nn.Module):
    """Positions attend to each other, to the words, then think alone (pre-norm transformer layer).

    Keys and values of the positions are averaged over 2 x 2 cells, as CMSA pools its own: a quarter of the work.
    """

    def __init__(self, width: int, word_width: int, heads: int, *, hidden: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_self = nn.LayerNorm(width)
        self.query_self = nn.Linear(width, width)
        self.key_value_self = nn.Linear(width, 2 * width)
        self.out_self = nn.Linear(width, width)
        self.norm_words = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(word_width, 2 * width)
        self.out_words = nn.Linear(width, width)
        self.norm_alone = nn.LayerNorm(width)
        self.alone = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))

    def _heads(self, x: Tensor) -> Tensor:
        heads: Tensor = x.unflatten(-1, (self.heads, -1)).transpose(1, 2)  # (B, H, m, d)
        return heads

    def forward(self, cells: Tensor, words: Tensor, mask: Tensor, grid: tuple[int, int]) -> Tensor:
        """`cells` (B, P, c) on `grid` (h, w), `words` (B, n, e), `mask` (B, n) true for words; (B, P, c)."""
        normed = self.norm_self(cells)
        pooled = F.avg_pool2d(
            normed.transpose(1, 2).unflatten(2, grid), 2, ceil_mode=True, count_include_pad=False
        )  # (B, c, h/2, w/2)
        query = self._heads(self.query_self(normed))
        key, value = (
            self._heads(part) for part in self.key_value_self(pooled.flatten(2).transpose(1, 2)).chunk(2, dim=-1)
        )
        attended = _attend(query, key, value)
        cells = cells + self.out_self(attended.transpose(1, 2).flatten(2))
        query = self._heads(self.query(self.norm_words(cells)))
        key, value = (self._heads(part) for part in self.key_value(words).chunk(2, dim=-1))
        allowed = (mask | ~mask.any(-1, keepdim=True))[:, None, None]  # (B, 1, 1, n)
        attended = _attend(query, key, value, allowed)
        cells = cells + self.out_words(attended.transpose(1, 2).flatten(2))
        thought: Tensor = self.alone(self.norm_alone(cells))
        return cells + thought


@dataclass(frozen=True, slots=True)
class DetailDecoderConfig:
    """Sizes of `DetailDecoder`; `detail_widths` are the encoder's channels at stride 8 and stride 4."""

    width: int = 128
    word_width: int = 128
    heads: int = 4
    layers: int = 2
    hidden: int = 256
    grid: tuple[int, int] = (20, 20)
    detail_widths: tuple[int, int] = (48, 24)
    step_widths: tuple[int, int] = (64, 32)


class DetailDecoder(nn.Module):
    """Refines the fused map with the words, then steps up to stride 8 and stride 4 with the encoder's details."""

    def __init__(self, config: DetailDecoderConfig) -> None:
        super().__init__()
        self.config = config
        width, (eight, four) = config.width, config.step_widths
        self.place = nn.Parameter(torch.randn(1, width, *config.grid) * 0.02)
        self.coarse = nn.Conv2d(width, 1, 1)
        self.layers = nn.ModuleList(
            ReasoningLayer(width, config.word_width, config.heads, hidden=config.hidden) for _ in range(config.layers)
        )
        self.norm = nn.LayerNorm(width)
        self.detail_eight = nn.Conv2d(config.detail_widths[0], eight, 1)
        self.detail_four = nn.Conv2d(config.detail_widths[1], four, 1)
        self.to_eight = nn.Conv2d(width, eight, 1)
        self.eight = nn.Conv2d(eight, eight, 3, padding=1)
        self.to_four = nn.Conv2d(eight, four, 1)
        self.four = nn.Conv2d(four, four, 3, padding=1)
        self.leave = nn.Conv2d(four, 1, 1)

    def prepare(self, details: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """The image's share: details (b, c, 2h, 2w) and (b, c, 4h, 4w), projected once an image."""
        return self.detail_eight(details[0]), self.detail_four(details[1])

    def forward(self, fused: Tensor, words: WordFeatures, details: tuple[Tensor, Tensor]) -> Decoded:
        """`fused` (B, c, h, w) with B = b * k; `details` as `prepare` returns them."""
        coarse = self.coarse(fused)
        place: Tensor = self.place
        if place.shape[2:] != fused.shape[2:]:
            place = F.interpolate(place, size=fused.shape[2:], mode="bilinear", align_corners=False)
        cells = (fused + place).flatten(2).transpose(1, 2)  # (B, P, c)
        vectors, mask = words.words.flatten(0, 1), words.mask.flatten(0, 1)
        grid = (fused.shape[2], fused.shape[3])
        for layer in self.layers:
            cells = layer(cells, vectors, mask, grid)
        refined = self.norm(cells).transpose(1, 2).unflatten(2, fused.shape[2:])  # (B, c, h, w)
        phrases = words.mask.shape[1]
        step = self._up(self.to_eight(refined), details[0], phrases)
        step = F.relu(self.eight(F.relu(step)) + step)
        step = self._up(self.to_four(step), details[1], phrases)
        step = F.relu(self.four(F.relu(step)) + step)
        return Decoded(self.leave(step), coarse, refined)

    def _up(self, features: Tensor, detail: Tensor, phrases: int) -> Tensor:
        """Features (B, c, h, w) brought to the detail's grid, plus the detail of their image."""
        up = F.interpolate(features, size=detail.shape[2:], mode="bilinear", align_corners=False)
        both: Tensor = up.unflatten(0, (-1, phrases)) + detail.unsqueeze(1)
        return both.flatten(0, 1)


class PaperDecoder(nn.Module):
    """A 3x3 convolution to one logit, brought to `stride` times the grid (8 in the paper)."""

    def __init__(self, width: int, *, stride: int = 8) -> None:
        super().__init__()
        self.stride = stride
        self.leave = nn.Conv2d(width, 1, 3, padding=1)

    def prepare(self, details: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """Nothing of the image is used again."""
        return details

    def forward(self, fused: Tensor, words: WordFeatures, details: tuple[Tensor, Tensor]) -> Decoded:
        """`fused` (B, c, h, w)."""
        del words, details
        coarse = self.leave(fused)
        mask = F.interpolate(coarse, scale_factor=self.stride, mode="bilinear", align_corners=False)
        return Decoded(mask, coarse, fused)


class PresenceHead(nn.Module):
    """Is the object there at all, and how good is the mask? Two logits from what the mask covers and the sentence.

    It reads the refined map, averaged under the coarse mask and at its strongest, so that a phrase fitting nothing
    shows as a mask that gathers nothing.
    """

    def __init__(self, width: int, word_width: int, *, hidden: int = 128) -> None:
        super().__init__()
        self.judge = nn.Sequential(
            nn.Linear(2 * width + word_width + 2, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, 2)
        )

    def forward(self, decoded: Decoded, sentence: Tensor) -> tuple[Tensor, Tensor]:
        """`sentence` (B, e); presence (B,) and quality (B,) logits."""
        grid = (decoded.features.shape[2], decoded.features.shape[3])
        cells = decoded.features.flatten(2)  # (B, c, P)
        fine = F.adaptive_avg_pool2d(decoded.mask, grid).flatten(1).float()
        share = fine.softmax(-1)  # (B, P)
        under = torch.einsum("bcp,bp->bc", cells, share.to(cells.dtype))
        strongest = torch.stack([fine.amax(-1), torch.logsumexp(decoded.coarse.flatten(1).float(), -1)], dim=-1)
        seen = torch.cat([under, cells.amax(-1), sentence, strongest.to(under.dtype)], dim=-1)
        presence, quality = self.judge(seen).unbind(-1)
        return presence, quality
