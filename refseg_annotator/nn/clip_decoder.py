"""From what memory says of each token to a mask at stride 4, with details of the frame and the mask before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.clip_likeness import beside_the_best, regional

_RECOVERED = 0.6  # likeness on the frame's own scale above which a region counts as the referent's
CELLS = 4  # sub-cells a side of a token in which a mask is read and written: 3.5 pixels each


@dataclass(frozen=True, slots=True)
class ClipDecoderConfig:
    """Widths on the token grid, at stride 8 and at stride 4."""

    width: int = 128
    eight: int = 64
    four: int = 32


class FrameDetails(NamedTuple):
    """A frame's share of the decoder's input, the same for all referents.

    Attributes:
        grid: (b, width, h, w).
        eight: (b, eight, H / 8, W / 8).
        four: (b, four, H / 4, W / 4).
    """

    grid: Tensor
    eight: Tensor
    four: Tensor


class ClipDecoded(NamedTuple):
    """Logits: mask (b, 1, H/4, W/4), coarse (b, 1, 4 h, 4 w) on sub-cells, presence (b,), quality (b,)."""

    mask: Tensor
    coarse: Tensor
    presence: Tensor
    quality: Tensor


def sub_cells(coverage: Tensor, grid: tuple[int, int]) -> Tensor:
    """Coverage (b, 1, H, W) of any resolution as 16 numbers a token, (b, 16, h, w)."""
    fine = F.interpolate(coverage, size=(grid[0] * CELLS, grid[1] * CELLS), mode="bilinear", align_corners=False)
    return F.pixel_unshuffle(fine, CELLS)


class _Residual(nn.Module):
    """Two 3 x 3 convolutions beside the way straight through."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(8, width)
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = x + self.second(F.relu(self.first(self.norm(x))))
        return found


class ClipDecoder(nn.Module):
    """Two blocks on tokens, one at stride 8, two convolutions at stride 4.

    The propagated mask itself is added to the coarse logits, so that an untrained decoder hands on what memory says.
    """

    def __init__(
        self,
        config: ClipDecoderConfig,
        *,
        read_width: int,
        token_width: int,
        detail_widths: tuple[int, int],
        likeness: bool = False,
        regions: tuple[float, float, float] = (0.0, 0.0, 0.0),
        recovers: float = 0.0,
    ) -> None:
        super().__init__()
        self.regions, self.recovers = regions, recovers
        width, eight, four = config.width, config.eight, config.four
        cells = CELLS * CELLS
        self.tokens = nn.Conv2d(token_width, width, 1)
        self.detail_eight = nn.Conv2d(detail_widths[0], eight, 1)
        self.detail_four = nn.Conv2d(detail_widths[1], four, 3, padding=1)
        self.join = nn.Conv2d(read_width + cells, width, 1)
        self.blocks = nn.Sequential(_Residual(width), _Residual(width))
        self.coarse = nn.Conv2d(width, cells, 1)
        self.trust = nn.Parameter(torch.tensor([4.0, -2.0]))  # the propagated coverage as a logit
        self.to_eight = nn.Conv2d(width, eight, 1)
        self.mask_eight = nn.Conv2d(2, eight, 3, padding=1)
        self.block_eight = _Residual(eight)
        self.to_four = nn.Conv2d(eight, four, 1)
        self.mask_four = nn.Conv2d(3, four, 3, padding=1)
        self.first_four = nn.Conv2d(four, four, 3, padding=1)
        self.second_four = nn.Conv2d(four, four, 3, padding=1)
        self.mask = nn.Conv2d(four, 1, 1)
        self.state = nn.Sequential(nn.Linear(2 * width + 4, 64), nn.ReLU(), nn.Linear(64, 2))
        # The mask's logits by the three maps of likeness, and what is always added.
        self.likeness = nn.Parameter(torch.tensor([2.0, 1.5, 0.0, 0.0])) if likeness else None
        for last in (self.coarse, self.mask):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)  # type: ignore[arg-type]

    def prepare(self, tokens: Tensor, eight: Tensor, four: Tensor) -> FrameDetails:
        """The frame's share, once for all referents."""
        return FrameDetails(self.tokens(tokens), self.detail_eight(eight), self.detail_four(four))

    def forward(
        self, read: Tensor, carried: Tensor, previous: Tensor, details: FrameDetails, likeness: Tensor | None = None
    ) -> ClipDecoded:
        """Decodes one referent.

        Args:
            read: (b, r, h, w), what memory says.
            carried: (b, 16, h, w), the mask as memory carries it here, coverage of sub-cells in 0..1.
            previous: (b, 1, H/4, W/4), probability on the frame before.
            likeness: (b, 3, h, w), how like the referent each token is, about -1..1; also the end of `read`.
        """
        grid = (read.shape[2], read.shape[3])
        before = sub_cells(previous, grid)
        x = self.blocks(F.relu(self.join(torch.cat([read, before.to(read.dtype)], dim=1)) + details.grid))
        trusted = self.trust[0] * 2 * carried + self.trust[1] * 2  # +-4 at full coverage and none
        coarse = F.pixel_shuffle(self.coarse(x).float() + trusted, CELLS)  # (b, 1, 4h, 4w)
        size8, size4 = details.eight.shape[2:], details.four.shape[2:]
        guess8 = torch.cat([_scaled(coarse, size8), 8 * _scaled(previous, size8) - 4], dim=1) / 4
        y = _scaled(self.to_eight(x), size8) + self.mask_eight(guess8) + details.eight
        y = self.block_eight(F.relu(y))
        guess = _scaled(coarse, size4)
        guess4 = torch.cat([guess, guess.sigmoid() * 8 - 4, 8 * previous - 4], dim=1) / 4
        z = F.relu(_scaled(self.to_four(y), size4) + self.mask_four(guess4) + details.four)
        z = F.relu(z + self.second_four(F.relu(self.first_four(z))))
        mask = guess + self.mask(z).float()
        if likeness is not None and self.likeness is not None:
            weighed = (likeness * self.likeness[:3, None, None]).sum(1, keepdim=True) + self.likeness[3]
            mask = mask + _scaled(weighed, size4)
        state = self._state(x, mask.detach(), coarse.detach(), carried.detach(), previous)
        if likeness is not None and (any(self.regions) or self.recovers):
            mask = mask + _scaled(self._by_region(likeness, previous), size4)  # of which the state was taught nothing
        return ClipDecoded(mask, coarse, state[:, 0], state[:, 1])

    def _by_region(self, likeness: Tensor, previous: Tensor) -> Tensor:
        """(b, 1, h, w) logits for and against whole regions, and for those that are lost: as like it as anything is."""
        factors = likeness.new_tensor(self.regions)[:, None, None]
        found = regional((likeness * factors).sum(1, keepdim=True))
        if self.recovers:
            tokens = previous.mean((1, 2, 3)) * likeness.shape[2] * likeness.shape[3]
            scaled = [beside_the_best(one[1], float(many)) for one, many in zip(likeness, tokens, strict=True)]
            found = found + self.recovers * regional(torch.stack(scaled)[:, None] - _RECOVERED).clamp_min(0)
        return found

    def _state(self, x: Tensor, mask: Tensor, coarse: Tensor, carried: Tensor, previous: Tensor) -> Tensor:
        """(b, 2) logits: is it there, and how good is the mask? From the whole frame and from where the mask lies."""
        likely = mask.sigmoid()
        inside = F.avg_pool2d(coarse.sigmoid(), CELLS).to(x.dtype) + 1e-3  # (b, 1, h, w)
        there = (x * inside).sum((2, 3)) / inside.sum((2, 3))
        told = torch.stack(
            [likely.amax((1, 2, 3)), likely.mean((1, 2, 3)), carried.amax((1, 2, 3)), previous.mean((1, 2, 3))], dim=1
        )
        return self.state(torch.cat([x.mean((2, 3)), there, told.to(x.dtype)], dim=1)).float()  # type: ignore[no-any-return]


def _scaled(x: Tensor, size: torch.Size) -> Tensor:
    return F.interpolate(x, size=tuple(size), mode="bilinear", align_corners=False)
