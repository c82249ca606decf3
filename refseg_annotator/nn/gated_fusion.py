"""Gated multi-level fusion (GMLF): levels exchange what the gates let through, then are summed.

Two forms of the same idea, a switch: `code` follows the authors' released code, `paper` the formula in the text,
G_i = (1 - m_i) X_i + sum_j gamma_j m_j X_j, with gates at each position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class GatedFusionConfig:
    """`width` channels a level; `separable` replaces each 3x3 convolution by a depth-wise and a 1x1 one (ours)."""

    width: int = 128
    form: Literal["code", "paper"] = "code"
    separable: bool = True


def _conv3x3(width: int, out: int, *, separable: bool) -> nn.Module:
    if not separable:
        return nn.Conv2d(width, out, 3, padding=1)
    return nn.Sequential(nn.Conv2d(width, width, 3, padding=1, groups=width, bias=False), nn.Conv2d(width, out, 1))


class GatedMultiLevelFusion(nn.Module):
    """Three levels (B, c, h, w) to one (B, c, h, w), as in the authors' code."""

    def __init__(self, config: GatedFusionConfig) -> None:
        super().__init__()
        self.config = config
        self.gates = nn.ModuleList(
            _conv3x3(config.width, 3 * config.width, separable=config.separable) for _ in range(3)
        )
        self.balance = nn.Parameter(torch.zeros(3))  # the share of the two other levels, as a logit

    def forward(self, levels: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """The sum over levels of r tanh(c) + (1 - r) x, c mixing the level with the two others."""
        total = torch.zeros_like(levels[0])
        for i, gates in enumerate(self.gates):
            own, j, k = levels[i], levels[(i + 1) % 3], levels[(i + 2) % 3]
            inner, forget, reset = gates(own).chunk(3, dim=1)  # (B, c, h, w) each
            forget, reset = torch.sigmoid(forget + 1), torch.sigmoid(reset + 1)
            share = torch.sigmoid(self.balance[i])
            memory = share * forget * j + (1 - share) * forget * k + (1 - forget) * inner
            total = total + reset * torch.tanh(memory) + (1 - reset) * own
        return total


class PaperGatedFusion(nn.Module):
    """Three levels (B, c, h, w) to one (B, c, h, w), by the formula in the text."""

    def __init__(self, config: GatedFusionConfig) -> None:
        super().__init__()
        self.config = config
        self.gates = nn.ModuleList(_conv3x3(config.width, config.width, separable=config.separable) for _ in range(3))
        self.share = nn.Parameter(torch.full((3, 3), 0.5))

    def forward(self, levels: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """The sum over levels of (1 - m_i) x_i + sum over the others of gamma_ij m_j x_j."""
        gated = [torch.sigmoid(gate(level)) * level for gate, level in zip(self.gates, levels, strict=True)]
        total = torch.zeros_like(levels[0])
        for i in range(3):
            total = total + levels[i] - gated[i]
            for j in range(3):
                if j != i:
                    total = total + self.share[i, j] * gated[j]
        return total


class SummedLevels(nn.Module):
    """No gates: the plain sum, for the ablation table."""

    def forward(self, levels: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """(B, c, h, w)."""
        return levels[0] + levels[1] + levels[2]
