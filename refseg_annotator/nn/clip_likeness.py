"""What tells a referent from all else in its clip: a ridge regression on tokens, solved as the clip goes on.

It has no weights that are trained: the settled frames teach it, and those that were followed lately with them, so that
it fits a thing and its surroundings which no training ever showed. The decoder weighs what it says.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

MAPS: Final = 3  # with the latest frames, both sides as they cover the frame; both sides alike; the settled ones alone

_RIDGE: Final = 1.0
_CONSTANT: Final = 8.0  # the last input, large so that the ridge hardly holds it down
_LATEST_SHARE: Final = 0.5  # of what was followed, beside what is settled
_FADING: Final = 0.9  # of what was known of the latest frames, with each new one
_EVERY: Final = 2  # frames between two solutions: neighbours teach the same
_TOUCHED: Final = 1e-3  # coverage of a token under which it counts as outside
_LEAST: Final = 0.5  # tokens that a mask covers to teach anything
_BEST_SHARE: Final = 0.15  # of the tokens that the referent covers: those that make the upper end of its likeness
_LEAST_SPREAD: Final = 0.3  # between a frame's best likeness and its usual one


def regional(weighed: Tensor) -> Tensor:
    """What a token and its eight neighbours agree on: the weakest of what they say, nought where they disagree.

    It speaks for or against whole regions and leaves edges, which lie within tokens, to whoever knows better.

    Args:
        weighed: (b, 1, h, w), above nought where something speaks for the referent, below where against it.
    """
    against = F.max_pool2d(weighed, 3, 1, 1).clamp_max(0)
    speaks = F.max_pool2d(-weighed, 3, 1, 1).clamp_max(0)
    found: Tensor = against - speaks
    return found


def beside_the_best(likeness: Tensor, tokens: float) -> Tensor:
    """Likeness (h, w) on the frame's own scale: 0 where it is as on most of the frame, 1 where it is greatest.

    Args:
        tokens: how many the referent is thought to cover; the best of them make the upper end.
    """
    flat = likeness.flatten()
    best = flat.topk(min(len(flat), max(2, int(_BEST_SHARE * tokens)))).values.mean()
    usual = flat.median()
    found: Tensor = (likeness - usual) / (best - usual).clamp_min(_LEAST_SPREAD)
    return found


class Moments(NamedTuple):
    """What a regression needs of b referents on a frame.

    Attributes:
        products: mean products of the inputs inside and outside the mask, (2, b, c + 1, c + 1).
        means: mean inputs there, (2, b, c + 1).
        share: of the frame that the mask covers, (b,).
    """

    products: Tensor
    means: Tensor
    share: Tensor

    def mixed(self, other: Moments, share: float) -> Moments:
        """These and `share` of the other, 0..1."""
        return Moments(*(torch.lerp(one, two, share) for one, two in zip(self, other, strict=True)))

    def or_else(self, other: Moments) -> Moments:
        """These, the other's where the mask covers nothing to speak of."""
        known = self.share > 0
        return Moments(
            torch.where(known[None, :, None, None], self.products, other.products),
            torch.where(known[None, :, None], self.means, other.means),
            torch.where(known, self.share, other.share),
        )


class LikenessInputs:
    """What a frame gives to the regressions of all its referents, made once, when the first asks.

    Args:
        tokens: (b, c, h, w), each of deviation 1.
    """

    def __init__(self, tokens: Tensor) -> None:
        self._tokens = tokens

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of tokens."""
        return int(self._tokens.shape[2]), int(self._tokens.shape[3])

    @cached_property
    def rows(self) -> Tensor:
        """(b, P, c + 1): the tokens with a constant."""
        flat = self._tokens.float().flatten(2).transpose(1, 2)
        return F.pad(flat, (0, 1), value=_CONSTANT).contiguous()

    @cached_property
    def products(self) -> Tensor:
        """Their products summed over the frame, (b, c + 1, c + 1): what costs, and is the same for all referents."""
        return self.rows.transpose(1, 2) @ self.rows


def moments_of(inputs: LikenessInputs, coverage: Tensor) -> Moments:
    """A referent's share of a frame.

    Args:
        coverage: (b, 1, H, W) in 0..1, of any resolution.
    """
    x = inputs.rows
    inside = F.interpolate(coverage.float(), size=inputs.grid, mode="area").flatten(1)  # (b, P)
    within, sums = [], []
    for rows, share in zip(x, inside, strict=True):
        touched = torch.nonzero(share > _TOUCHED)[:, 0]  # a few in a hundred, of a thing of common size
        some, weight = rows[touched], share[touched, None]
        within.append((some * weight).T @ some)
        sums.append((some * weight).sum(0))
    products, means = torch.stack(within), torch.stack(sums)
    areas = torch.stack([inside.sum(1), (1 - inside).sum(1)])  # (2, b)
    scale = 1 / areas.clamp_min(_LEAST)
    covered = torch.where(areas[0] > _LEAST, inside.mean(1), torch.zeros_like(areas[0]))
    return Moments(
        torch.stack([products, inputs.products - products]) * scale[:, :, None, None],
        torch.stack([means, x.sum(1) - means]) * scale[:, :, None],
        covered,
    )


def solved(moments: Moments, *, alike: bool) -> Tensor:
    """The weights (b, c + 1) that give 1 inside and -1 outside as well as can be.

    Args:
        alike: inside and outside count the same; else by the square root of what they cover, so that of something
            small less is taken to be it that is not.
    """
    root = moments.share.sqrt()
    inside = torch.full_like(root, 0.5) if alike else root / (root + (1 - moments.share).sqrt())
    products = torch.lerp(moments.products[1], moments.products[0], inside[:, None, None])
    wanted = inside[:, None] * moments.means[0] - (1 - inside)[:, None] * moments.means[1]
    ridge = _RIDGE * torch.eye(products.shape[1], device=products.device)
    found: Tensor = torch.cholesky_solve(wanted[:, :, None], torch.linalg.cholesky(products + ridge))[:, :, 0]
    return found


class Likeness:
    """What one sweep learns of a referent, or of b referents at once; bounded, whatever the clip's length."""

    def __init__(self) -> None:
        self._settled: Moments | None = None
        self._latest: Moments | None = None
        self._weights: Tensor | None = None
        self._followed = 0

    @torch.no_grad()
    def settle(self, inputs: LikenessInputs, coverage: Tensor) -> None:
        """Learns a settled mask; what was followed before it is outdated."""
        with torch.autocast(coverage.device.type, enabled=False):
            moments = moments_of(inputs, coverage)
            if self._settled is not None:
                moments = self._settled.or_else(moments).mixed(moments.or_else(self._settled), 0.5)
            alike = solved(moments, alike=True)
            self._weights = torch.stack([solved(moments, alike=False), alike, alike], dim=2)  # (b, c + 1, 3)
        self._settled, self._latest, self._followed = moments, None, 0

    @torch.no_grad()
    def follow(self, inputs: LikenessInputs, coverage: Tensor) -> None:
        """Learns an answer, of every other frame."""
        assert self._settled is not None, "a settled mask comes first"  # noqa: S101
        assert self._weights is not None, "they are solved as soon as a mask is settled"  # noqa: S101
        self._followed += 1
        if self._followed % _EVERY != 1:
            return
        with torch.autocast(coverage.device.type, enabled=False):
            known = self._settled if self._latest is None else self._latest
            moments = moments_of(inputs, coverage).or_else(known)
            self._latest = moments if self._latest is None else moments.mixed(self._latest, _FADING)
            both = self._settled.mixed(self._latest, _LATEST_SHARE)
            found = [solved(both, alike=False), solved(both, alike=True), self._weights[:, :, 2]]
            self._weights = torch.stack(found, dim=2)

    @torch.no_grad()
    def maps(self, inputs: LikenessInputs) -> Tensor:
        """How like the referent each position is: about 1 where it is, about -1 elsewhere, (b, 3, h, w)."""
        assert self._weights is not None, "a settled mask comes first"  # noqa: S101
        with torch.autocast(self._weights.device.type, enabled=False):
            found: Tensor = (inputs.rows @ self._weights).transpose(1, 2).unflatten(2, inputs.grid)
            return found
