"""Cross-modal self-attention (CMSA) over all pairs of a position and a word.

Source: Ye, Rochan, Liu, Zhang, Wang, "Referring Segmentation in Images and Videos with Cross-Modal Self-Attention
Network", TPAMI 2021, and its CVPR 2019 forerunner. Re-implemented from the text; no line is copied.

The multimodal feature of position p and word n is f_pn = [v_p/|v_p| ; e_n/|e_n| ; s_p], with s_p the eight spatial
numbers. Attention runs over all pairs: q, k, v = W f, a = softmax(q k'), and the result is averaged over the words:
f^_p = mean_n(W_o sum(a v) + f_pn).

Why this is cheap here. f_pn is a part of the position plus a part of the word, hence so are q, k and v, and each logit
q_pn . k_p'n' = q_pn . k_p' + q_pn . k_n' is one term of p' plus one of n'. The softmax over all pairs is therefore the
product of a softmax over positions and one over words, and the sum of the values falls into the two. The query, too,
is a sum, so that exp(q_pn . k_p') = exp(q_p . k_p') exp(q_n . k_p'), of which the first factor belongs to the image
alone and is kept with its features. Nothing of size (positions x words)^2 is ever formed. This is the same function,
not an approximation (`tests/nn` holds the two ways against each other); it needs linear q, k, v and no max-pooling
across pairs. Where the authors' code departs from the text (ReLU on q, k, v; 2x2x2 max-pooled keys and values), the
pairs are formed as written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.text_encoder import WordFeatures, normalised

SPATIAL_NUMBERS = 8


def spatial_features(height: int, width: int, *, device: torch.device, dtype: torch.dtype) -> Tensor:
    """(height * width, 8): [xmin, ymin, xmax, ymax, xctr, yctr] of each cell in [-1, 1], then 1/width, 1/height."""
    x = torch.linspace(-1, 1, width + 1, device=device, dtype=dtype)
    y = torch.linspace(-1, 1, height + 1, device=device, dtype=dtype)
    y0, x0 = torch.meshgrid(y[:-1], x[:-1], indexing="ij")
    y1, x1 = torch.meshgrid(y[1:], x[1:], indexing="ij")
    size = [torch.full_like(x0, 1 / width), torch.full_like(x0, 1 / height)]
    return torch.stack([x0, y0, x1, y1, (x0 + x1) / 2, (y0 + y1) / 2, *size], dim=-1).flatten(0, 1)


@dataclass(frozen=True, slots=True)
class CrossModalSelfAttentionConfig:
    """One level's attention; the switches name every place where the authors' code and text differ.

    Attributes:
        visual_width: channels of the image features that come in.
        word_width: width of a word's vector.
        width: inner width of q, k, v (all heads together).
        out_width: channels that leave for the fusion of levels.
        heads: attention heads (1 in the paper).
        reduce_visual: channels the image features are brought to first (0 = as they come). Res5 in the code.
        reduce_pair: width the whole multimodal feature is brought to first (0 = as it comes). Res4, Res3 in the code.
        norm: "unit" as in the paper; "rms" keeps numbers near one, which trains faster.
        relu: ReLU on q, k, v and the output (code), or linear (text).
        pool: how keys and values are pooled: over `pool_space` x `pool_space` cells and `pool_words` words.
        scale: divide logits by sqrt(width of a head).
        sentence_gate: multiply what leaves by 1 + tanh(W sentence); ours.
    """

    visual_width: int
    word_width: int
    width: int = 128
    out_width: int = 128
    heads: int = 2
    reduce_visual: int = 128
    reduce_pair: int = 0
    norm: Literal["unit", "rms"] = "rms"
    relu: bool = False
    pool: Literal["max", "mean"] = "mean"
    pool_space: int = 2
    pool_words: int = 1
    scale: bool = True
    sentence_gate: bool = True

    @property
    def factorises(self) -> bool:
        """Whether attention over pairs falls into one over positions and one over words."""
        return not self.relu and self.pool_words == 1 and (self.pool == "mean" or self.pool_space == 1)


class LevelContext(NamedTuple):
    """What a level keeps of an image; every phrase asked of it reads this.

    Attributes:
        position: (b, P, f), the part of the multimodal feature that belongs to positions; P = h * w.
        query: (b, H, P, d), the positions' part of the queries.
        key: (b, H, P', d) and value: (b, H, P', d), pooled to P' where the attention factorises, else P' = P.
        affinity: (b, H, P, P'), exp(q_p . k_p' - max over p'); empty where the attention does not factorise.
        grid: (2,) int64, h and w.
    """

    position: Tensor
    query: Tensor
    key: Tensor
    value: Tensor
    affinity: Tensor
    grid: Tensor


class CrossModalSelfAttention(nn.Module):
    """One level: image features (b, c, h, w) and words (b, k, n, e) to fused features (b, k, P, out_width)."""

    def __init__(self, config: CrossModalSelfAttentionConfig) -> None:
        super().__init__()
        self.config = config
        visual = config.reduce_visual or config.visual_width
        self.reduce_visual = nn.Linear(config.visual_width, visual) if config.reduce_visual else nn.Identity()
        pair = visual + config.word_width + SPATIAL_NUMBERS
        self.reduce_pair = nn.Linear(pair, config.reduce_pair) if config.reduce_pair else nn.Identity()
        pair = config.reduce_pair or pair
        self.query = nn.Linear(pair, config.width)
        self.key = nn.Linear(pair, config.width)
        self.value = nn.Linear(pair, config.width)
        self.out = nn.Linear(config.width, pair)
        self.leave = nn.Linear(pair, config.out_width)
        self.gate = nn.Linear(config.word_width, config.out_width) if config.sentence_gate else None

    def prepare(self, visual: Tensor) -> LevelContext:
        """The image's share of everything, once an image: `visual` (b, c, h, w)."""
        config = self.config
        batch, _, height, width = visual.shape
        cells = self._norm(self.reduce_visual(visual.flatten(2).transpose(1, 2)))  # (b, P, v)
        place = spatial_features(height, width, device=cells.device, dtype=cells.dtype)
        words = cells.new_zeros(batch, height * width, config.word_width)
        position = self.reduce_pair(torch.cat([cells, words, place.expand(batch, -1, -1)], dim=-1))  # (b, P, f)
        query, key, value = self.query(position), self.key(position), self.value(position)
        if config.factorises and config.pool_space > 1:
            key, value = (self._pool_space(part, height, width) for part in (key, value))
        query, key, value = (self._heads(part) for part in (query, key, value))  # (b, H, P, d)
        affinity = query.new_zeros(batch, 0)
        if config.factorises:
            logits = (query @ key.transpose(-1, -2)).float() * self._scale
            affinity = (logits - logits.amax(-1, keepdim=True)).exp()  # (b, H, P, P')
        grid = torch.tensor([height, width], device=visual.device)
        return LevelContext(position, query, key, value, affinity, grid)

    def forward(self, context: LevelContext, words: WordFeatures) -> Tensor:
        """Fused features (b, k, P, out_width) of k phrases for each image."""
        config = self.config
        parts = self._word_part(words.words)  # (b, k, n, f)
        attended = self._factorised(context, words, parts) if config.factorises else self._pairs(context, words, parts)
        weight = _word_weight(words.mask)  # (b, k, n)
        mean_pair = context.position.unsqueeze(1) + torch.einsum("bkn,bknf->bkf", weight, parts).unsqueeze(2)
        fused = F.relu(self.leave(attended + mean_pair))  # (b, k, P, out)
        if self.gate is not None:
            fused = fused * (1 + torch.tanh(self.gate(words.sentence))).unsqueeze(2)
        return fused

    @property
    def _scale(self) -> float:
        return 1 / math.sqrt(self.config.width // self.config.heads) if self.config.scale else 1.0

    def _norm(self, vectors: Tensor) -> Tensor:
        unit = normalised(vectors)
        return unit * math.sqrt(vectors.shape[-1]) if self.config.norm == "rms" else unit

    def _word_part(self, words: Tensor) -> Tensor:
        """The words' share of the multimodal feature (b, k, n, f): no bias, zeros where the position's share stands."""
        visual = self.config.reduce_visual or self.config.visual_width
        padded = F.pad(self._norm(words), (visual, SPATIAL_NUMBERS))
        return F.linear(padded, self.reduce_pair.weight) if isinstance(self.reduce_pair, nn.Linear) else padded

    def _heads(self, part: Tensor) -> Tensor:
        """(..., m, width) to (..., H, m, d)."""
        heads: Tensor = part.unflatten(-1, (self.config.heads, -1)).transpose(-2, -3)
        return heads

    def _pool_space(self, part: Tensor, height: int, width: int) -> Tensor:
        """Mean over pool_space x pool_space cells; a ragged edge is averaged over the cells it has."""
        grid = part.transpose(1, 2).unflatten(2, (height, width))
        pooled = F.avg_pool2d(grid, self.config.pool_space, ceil_mode=True, count_include_pad=False)
        return pooled.flatten(2).transpose(1, 2)

    def _factorised(self, context: LevelContext, words: WordFeatures, parts: Tensor) -> Tensor:
        """Attention over all pairs as attention over positions plus attention over words, averaged over the words."""
        query, key, value = (self._heads(F.linear(parts, layer.weight)) for layer in (self.query, self.key, self.value))
        # (b, k, H, n, d) each
        position_query, position_key = context.query.unsqueeze(1), context.key.unsqueeze(1)
        weight = _word_weight(words.mask)[:, :, None, None]  # (b, k, 1, 1, n)
        absent = ~words.mask[:, :, None, None]

        # Over positions: exp(q_pn . k_p') = affinity[p, p'] * push[n, p'].
        logits = (query @ position_key.transpose(-1, -2)).float() * self._scale  # (b, k, H, n, P')
        push = (logits - logits.amax(-1, keepdim=True)).exp()
        affinity = context.affinity.unsqueeze(1)  # (b, 1, H, P, P')
        total = affinity @ push.transpose(-1, -2)  # (b, k, H, P, n)
        attention = affinity * ((weight / total.float().clamp(min=1e-30)) @ push)  # (b, k, H, P, P'), mean over n
        attended = attention.to(value.dtype) @ context.value.unsqueeze(1)  # (b, k, H, P, d)

        # Over words: exp(q_pn . k_n') = pull[p, n'] * bond[n, n'].
        logits = (position_query @ key.transpose(-1, -2)).float() * self._scale  # (b, k, H, P, n')
        logits = logits.masked_fill(absent, float("-inf"))
        pull = (logits - logits.amax(-1, keepdim=True).clamp(min=-1e4)).exp()
        logits = (query @ key.transpose(-1, -2)).float() * self._scale
        logits = logits.masked_fill(absent, float("-inf"))
        bond = (logits - logits.amax(-1, keepdim=True).clamp(min=-1e4)).exp()  # (b, k, H, n, n')
        total = pull @ bond.transpose(-1, -2)  # (b, k, H, P, n)
        attention = pull * ((weight / total.float().clamp(min=1e-30)) @ bond)  # (b, k, H, P, n')
        attended = attended + attention.to(value.dtype) @ value
        result: Tensor = self.out(attended.transpose(2, 3).flatten(3))  # (b, k, P, f)
        return result

    def _pairs(self, context: LevelContext, words: WordFeatures, parts: Tensor) -> Tensor:
        """Attention with every pair formed: what the authors' code does, and the yardstick of the other way."""
        config = self.config
        batch, phrases, count = words.mask.shape
        height, width = (int(n) for n in context.grid)

        def pair(position: Tensor, layer: nn.Linear) -> Tensor:
            both = position.unsqueeze(1).unsqueeze(-3) + self._heads(F.linear(parts, layer.weight)).unsqueeze(-2)
            return F.relu(both) if config.relu else both  # (b, k, H, n, P, d)

        def pool(part: Tensor) -> Tensor:
            if config.pool_space == config.pool_words == 1:
                return part.flatten(3, 4)
            window = (config.pool_words, config.pool_space, config.pool_space)
            # Padded words must not win the maximum, nor weigh on the mean.
            absent = ~words.mask[:, :, None, :, None, None]
            part = part.masked_fill(absent, float("-inf") if config.pool == "max" else 0.0)
            cube = part.flatten(0, 2).permute(0, 3, 1, 2).unflatten(3, (height, width))  # (., d, n, h, w)
            if config.pool == "max":
                pooled = F.max_pool3d(cube, window, ceil_mode=True)
                pooled = pooled.masked_fill(pooled == float("-inf"), 0.0)
            else:
                pooled = F.avg_pool3d(cube, window, ceil_mode=True, count_include_pad=False)
                real = F.avg_pool1d(
                    words.mask.flatten(0, 1).to(cube.dtype), config.pool_words, ceil_mode=True, count_include_pad=False
                )  # (b k, n'), the share of each window's words that are no padding
                real = real.repeat_interleave(config.heads, dim=0)[:, None, :, None, None]
                pooled = pooled / torch.where(real > 0, real, 1.0)
            cells: Tensor = pooled.flatten(2).transpose(1, 2)  # (., n'P', d)
            return cells.reshape(batch, phrases, config.heads, *cells.shape[1:])

        query = pair(context.query, self.query).flatten(3, 4)  # (b, k, H, nP, d)
        if config.factorises and config.pool_space > 1:  # the context holds pooled keys: pair those
            key = pair(context.key, self.key).flatten(3, 4)
            value = pair(context.value, self.value).flatten(3, 4)
            valid = words.mask
        else:
            key, value = pool(pair(context.key, self.key)), pool(pair(context.value, self.value))
            extra = -count % config.pool_words
            valid = F.pad(words.mask, (0, extra)).unflatten(2, (-1, config.pool_words)).any(-1)
        cells = key.shape[3] // valid.shape[2]
        allowed = valid[:, :, None, None, :, None].expand(-1, -1, 1, 1, -1, cells).flatten(4)  # (b, k, 1, 1, n'P')
        allowed = allowed | ~valid.any(-1)[:, :, None, None, None]
        attended = F.scaled_dot_product_attention(query, key, value, attn_mask=allowed, scale=self._scale)
        result: Tensor = self.out(attended.transpose(2, 3).flatten(3))  # (b, k, nP, f)
        if config.relu:
            result = F.relu(result)
        result = result.unflatten(2, (count, -1))  # (b, k, n, P, f)
        mean: Tensor = torch.einsum("bkn,bknpf->bkpf", _word_weight(words.mask).to(result.dtype), result)
        return mean


def _word_weight(mask: Tensor) -> Tensor:
    """(b, k, n): one over the number of words for words, zero for padding."""
    return mask / mask.sum(-1, keepdim=True).clamp(min=1)
