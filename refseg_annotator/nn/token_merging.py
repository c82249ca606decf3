"""Tokens that look alike are merged where nobody looks closely, so that a transformer has fewer of them to compare.

Two tokens become one that counts for both: their mean goes on, and attention weighs it by how many it stands for
(Bolya et al., "Token Merging: Your ViT But Faster", ICLR 2023). Tokens that are kept apart, those around what is
followed, are neither merged nor merged into. In the end each place of the grid gets the token that stands for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

_NEVER: Final = -2.0  # below every cosine


@dataclass(frozen=True, slots=True)
class TokenMergingConfig:
    """Where tokens are merged that need not be kept apart; without `rounds` nowhere.

    Attributes:
        rounds: (block, share), blocks rising: before that block, such a share of those tokens stays. Tokens are
            merged in pairs, so that one round leaves at least half.
        margin: tokens around what is followed that are kept apart too.
        followed: probability of the latest mask from which on a place counts as followed.
    """

    rounds: tuple[tuple[int, float], ...] = ()
    margin: int = 2
    followed: float = 0.2

    def __post_init__(self) -> None:
        # A bundle may come from anywhere.
        if any(block < 0 or not 0 < share <= 1 for block, share in self.rounds):
            raise ValueError(f"rounds {self.rounds} hold a block below 0 or a share outside 0..1")
        if any(block >= after for (block, _), (after, _) in pairwise(self.rounds)):
            raise ValueError(f"the blocks of rounds {self.rounds} do not rise")
        if not 0 <= self.margin <= 64 or not 0 < self.followed < 1:
            raise ValueError(f"margin {self.margin} or followed {self.followed:g} makes no sense")

    def kept_apart(self, probability: Tensor, grid: tuple[int, int]) -> Tensor:
        """The places (h, w) on and around a mask's probability (1, 1, H, W): bool on the grid of tokens."""
        found = (F.adaptive_max_pool2d(probability.float(), grid) > self.followed).float()
        return F.max_pool2d(found, 2 * self.margin + 1, stride=1, padding=self.margin)[0, 0] > 0


class MergedTokens(NamedTuple):
    """The tokens of one picture, some of which stand for several places.

    Attributes:
        tokens: (n, c).
        counts: (n,), for how many places a token stands.
        place: (P,) int64, which token stands for a place of the grid.
        apart: (n,) bool, those never to be merged.
    """

    tokens: Tensor
    counts: Tensor
    place: Tensor
    apart: Tensor

    @classmethod
    def of(cls, tokens: Tensor, apart: Tensor) -> MergedTokens:
        """Tokens (P, c), each for its own place."""
        count = len(tokens)
        return cls(tokens, tokens.new_ones(count), torch.arange(count, device=tokens.device), apart.flatten())

    def merged(self, share: float) -> MergedTokens:
        """With the most alike pairs made one, until `share` of those not kept apart are left, or no pair is."""
        count = len(self.tokens)
        free = int((~self.apart).sum())
        look = F.normalize(self.tokens.float(), dim=1)
        # Every other token is one that may go, its best match among the rest the one it goes into.
        alike = look[::2] @ look[1::2].T
        alike[self.apart[::2]] = _NEVER
        alike[:, self.apart[1::2]] = _NEVER
        if not alike.numel():
            return self
        best, match = alike.max(1)
        going = best.topk(min(free - int(free * share), int((best > _NEVER).sum()))).indices
        into = torch.arange(count, device=look.device)
        into[2 * going] = 2 * match[going] + 1
        stays = torch.ones(count, dtype=torch.bool, device=look.device)
        stays[2 * going] = False
        number = (stays.cumsum(0) - 1)[into]
        left = count - len(going)
        counts = self.counts.new_zeros(left).index_add_(0, number, self.counts)
        summed = self.tokens.new_zeros(left, self.tokens.shape[1])
        summed.index_add_(0, number, self.tokens * self.counts[:, None])
        return MergedTokens(summed / counts[:, None], counts, number[self.place], self.apart[stays])

    def attention_bias(self, leading: int = 0) -> Tensor:
        """What a key's attention is raised by, (1, 1, 1, leading + n), for it stands for several places.

        Args:
            leading: tokens before these that stand for no place.
        """
        return F.pad(self.counts.log(), (leading, 0))[None, None, None]
