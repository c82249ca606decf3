"""Cross-frame self-attention (CFSA): positions of one frame attend to the positions of several.

One module serves both uses. Following a mask, the memory's values are masks as an embedding (`nn.clip_network`).
Reading a phrase in a clip, the values are the features themselves (`CrossFrameContext`), added to each level before the
levels join. The public text says only that CFSA integrates temporal information of consecutive frames; queries and keys
that share one projection, a temperature and a reach for each kind of frame are ours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812


class FrameKind(IntEnum):
    """What a frame is to the one that attends to it."""

    SETTLED = 0  # a person settled its mask, perhaps long ago
    LATEST = 1  # the one before: things have hardly moved
    EARLIER = 2  # some frames ago


@dataclass(frozen=True, slots=True)
class CrossFrameConfig:
    """Sizes of the attention.

    Attributes:
        feature_width: numbers of a position's features.
        key_width: numbers compared.
        temperature: cosine that counts e times as much, as training starts.
        reach: distance at which a position counts exp(-1/2) as much, in longer sides of the frame, by `FrameKind`.
    """

    feature_width: int = 384
    key_width: int = 128
    temperature: float = 0.03
    reach: tuple[float, float, float] = (1.0, 0.15, 0.4)


class CrossFrameSelfAttention(nn.Module):
    """Whom a position resembles, and how near that one was.

    Queries and keys are one projection of the features, as both are frames of one clip: what looks the same is the
    same. The weight is a softmax of cosine / temperature - distance^2 / (2 reach^2) + offset.
    """

    def __init__(self, config: CrossFrameConfig) -> None:
        super().__init__()
        self.config = config
        self.project = nn.Linear(config.feature_width, config.key_width)
        kinds = len(FrameKind)
        self.log_temperature = nn.Parameter(torch.full((kinds,), math.log(config.temperature)))
        self.log_reach = nn.Parameter(torch.tensor([math.log(reach) for reach in config.reach]))
        self.offset = nn.Parameter(torch.zeros(kinds))

    def start_from(self, tokens: Tensor) -> None:
        """Sets the projection to the principal components of `tokens` (n, c): labels follow untrained.

        Components are divided by the fourth root of their variance, halfway to whitening, so that the first few do not
        drown the others.
        """
        mean = tokens.mean(0)
        _, deviations, components = torch.linalg.svd(tokens - mean, full_matrices=False)
        variance = (deviations**2 / len(tokens))[: self.config.key_width]
        with torch.no_grad():
            weight = components[: self.config.key_width] / variance.clamp_min(1e-6).pow(0.25)[:, None]
            self.project.weight.copy_(weight)
            self.project.bias.copy_(-weight @ mean)

    def keys(self, tokens: Tensor) -> Tensor:
        """(b, c, h, w) to (b, P, k), of length one: queries and keys alike."""
        return F.normalize(self.project(tokens.flatten(2).transpose(1, 2)).float(), dim=-1)

    def nearness(self, kind: FrameKind, distances: Tensor) -> Tensor:
        """What distance alone says, (P, Q): nought at the same place of a frame, less elsewhere.

        Args:
            distances: (P, Q) squared, from `squared_distances`.
        """
        return distances * (-0.5 * torch.exp(-2 * self.log_reach[kind])) + self.offset[kind]

    def logits(self, queries: Tensor, keys: Tensor, kind: FrameKind, nearness: Tensor) -> Tensor:
        """How much positions count that lie on one frame.

        In float32: a cosine in half precision, divided by the temperature, errs by a tenth.

        Args:
            queries: (b, P, k).
            keys: (b, Q, k).
            kind: what the keys' frame is.
            nearness: (P, Q), from `nearness` of that kind.

        Returns:
            float32 (b, P, Q).
        """
        with torch.autocast(queries.device.type, enabled=False):
            sharp = queries.float() * torch.exp(-self.log_temperature[kind])
            return torch.baddbmm(nearness.expand(len(queries), -1, -1), sharp, keys.float().transpose(1, 2))

    def forward(self, queries: Tensor, keys: Sequence[Tensor], kinds: Sequence[FrameKind], distances: Tensor) -> Tensor:
        """Weights (b, P, T P) over the positions of T frames, frame by frame; they sum to one."""
        near = {kind: self.nearness(kind, distances) for kind in set(kinds)}
        found = [self.logits(queries, one, kind, near[kind]) for one, kind in zip(keys, kinds, strict=True)]
        return torch.cat(found, dim=2).softmax(dim=2)


def squared_distances(height: int, width: int, longest: int, device: torch.device | None = None) -> Tensor:
    """(P, P) squared distances of an h x w grid's positions, in units of `longest` positions: the frame's longer side.

    The grid may be a window of the frame.
    """
    rows, columns = torch.meshgrid(
        torch.arange(height, device=device), torch.arange(width, device=device), indexing="ij"
    )
    places = torch.stack([rows, columns], dim=-1).flatten(0, 1).float() / longest  # (P, 2)
    return ((places[:, None] - places[None]) ** 2).sum(-1)


class CrossFrameContext(nn.Module):
    """CFSA for a phrase in a clip: what the frames around add to a level of the one that is asked about.

    Residual and behind a gate that starts at zero, so that an untrained one changes nothing.
    """

    def __init__(self, width: int, key_width: int = 64) -> None:
        super().__init__()
        self.attention = CrossFrameSelfAttention(CrossFrameConfig(feature_width=width, key_width=key_width))
        self.value = nn.Linear(width, width)
        self.gate = nn.Parameter(torch.zeros(()))

    def forward(self, frames: Tensor, target: int) -> Tensor:
        """Frames t-k..t+k of one clip (T, c, h, w), one of them the target; its level (1, c, h, w)."""
        count, width, height, columns = frames.shape
        plain = F.layer_norm(frames.transpose(1, 3), (width,)).transpose(1, 3)  # (T, c, h, w)
        keys = self.attention.keys(plain)  # (T, P, k)
        kinds = [FrameKind.LATEST if abs(frame - target) <= 1 else FrameKind.EARLIER for frame in range(count)]
        distances = squared_distances(height, columns, max(height, columns), frames.device)
        weights = self.attention(keys[target : target + 1], list(keys.split(1)), kinds, distances)
        values = self.value(plain.flatten(2).transpose(1, 2)).flatten(0, 1)[None]  # (1, T P, c)
        read = (weights.to(values.dtype) @ values).transpose(1, 2).unflatten(2, (height, columns))
        found: Tensor = frames[target : target + 1] + self.gate * read
        return found
