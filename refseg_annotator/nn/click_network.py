"""From a few clicks, or a box, to the thing they are on: a small network on the image encoder's features.

The encoder is the phrase network's own and stays as it is; a frame that was read for a phrase is read for clicks too.
As with RITM (Sofiiuk et al., ICIP 2022) the mask before the last click goes in with the clicks, so that one answer
corrects another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.core.geometry import Size
from refseg_annotator.nn.image_encoder import FeatureMaps

STRIDE: Final = 8
"""Pixels of the canvas that a cell of the answer is wide."""
_SIGMA: Final = 1.5  # cells: how far around it a click is seen


class ClickPlaces(NamedTuple):
    """What was pointed at, in cells: cell (x, y) covers [x, x + 1) x [y, y + 1).

    Attributes:
        positive: points (x, y) on what is meant; `negative` on what is not.
        box: (x0, y0, x1, y1) around what is meant.
    """

    positive: Sequence[tuple[float, float]] = ()
    negative: Sequence[tuple[float, float]] = ()
    box: tuple[float, float, float, float] | None = None


def click_grid(canvas: Size) -> Size:
    """The cells of an answer on a canvas."""
    return Size(-(-canvas.width // STRIDE), -(-canvas.height // STRIDE))


def click_maps(grid: Size, places: ClickPlaces, before: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """What was pointed at as the network sees it: float32 (4, h, w) in 0..1.

    The maps are the positive points, the negative ones, the mask `before` (coverage (h, w); None for none) and the box.
    """
    maps = np.zeros((4, *grid.shape), np.float32)
    row, column = np.ogrid[: grid.height, : grid.width]
    for target, points in ((maps[0], places.positive), (maps[1], places.negative)):
        for x, y in points:
            far = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2
            np.maximum(target, np.exp(-far / (2 * _SIGMA**2)), out=target, casting="same_kind")
    if before is not None:
        maps[2] = before
    if places.box is not None:
        x0, y0, x1, y1 = places.box
        left, top = max(round(x0), 0), max(round(y0), 0)
        maps[3, top : max(round(y1), top + 1), left : max(round(x1), left + 1)] = 1
    return maps


@dataclass(frozen=True, slots=True)
class ClickConfig:
    """Shape of the network.

    Attributes:
        inputs: widths of the features read: at stride 8, the second level, the third.
        width: of everything within.
        dilations: of the blocks on the levels' grid, one a block.
        fine: blocks at stride 8.
    """

    inputs: tuple[int, int, int] = (48, 120, 352)
    width: int = 64
    dilations: tuple[int, ...] = (1, 2, 1, 3)
    fine: int = 2


class ClickContext(NamedTuple):
    """A frame's share, the same for all clicks: (b, c, h, w) on the levels' grid and (b, c, H / 8, W / 8)."""

    levels: Tensor
    eight: Tensor


class _Block(nn.Module):
    """A wide depthwise convolution and two pointwise ones beside the way straight through."""

    def __init__(self, width: int, kernel: int, dilation: int = 1) -> None:
        super().__init__()
        self.around = nn.Conv2d(
            width, width, kernel, padding=dilation * (kernel // 2), dilation=dilation, groups=width, bias=False
        )
        self.norm = nn.GroupNorm(1, width)
        self.widen = nn.Conv2d(width, 2 * width, 1)
        self.narrow = nn.Conv2d(2 * width, width, 1)
        nn.init.zeros_(self.narrow.weight)
        nn.init.zeros_(self.narrow.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = x + self.narrow(F.relu(self.widen(self.norm(self.around(x)))))
        return found


class ClickNetwork(nn.Module):
    """What the clicks are on, at stride 8.

    What the features at the clicks look like tells twice: as likeness of every cell to them, and as a scale and shift
    of every channel. The mask before is added to the logits, so that what no click speaks against stays.
    """

    def __init__(self, config: ClickConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.norms = nn.ModuleList([nn.GroupNorm(1, one) for one in config.inputs])
        self.inputs = nn.ModuleList([nn.Conv2d(one, width, 1) for one in config.inputs])
        self.pointed = nn.Conv2d(4, width, 1)
        self.pointed_eight = nn.Conv2d(4, width, 1)
        self.key = nn.Conv2d(width, width, 1)
        self.likeness = nn.Parameter(torch.tensor(3.0))
        self.keeps = nn.Parameter(torch.tensor(1.0))
        self.modulate = nn.Linear(width, 2 * width)
        self.blocks = nn.Sequential(*(_Block(width, 7, dilation) for dilation in config.dilations))
        self.fine = nn.Sequential(*(_Block(width, 5) for _ in range(config.fine)))
        self.head = nn.Conv2d(width, 1, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    def prepare(self, maps: FeatureMaps) -> ClickContext:
        """A frame's share."""
        eight, second, third = (
            take(norm(part))
            for take, norm, part in zip(
                self.inputs, self.norms, (maps.details[0], maps.levels[1], maps.levels[2]), strict=True
            )
        )
        return ClickContext(second + third, eight)

    def forward(self, context: ClickContext, maps: Tensor) -> Tensor:
        """`maps` (b, 4, H / 8, W / 8) of `click_maps`; logits (b, 1, H / 8, W / 8)."""
        features = context.levels
        coarse = F.interpolate(maps, size=features.shape[2:], mode="area")
        at = self._where(coarse)
        key = F.normalize(self.key(features), dim=1)
        like = (key * (key * at).sum((2, 3), keepdim=True)).sum(1, keepdim=True)  # (b, 1, h, w), the cosine
        scale, shift = self.modulate((features * at).sum((2, 3)))[:, :, None, None].chunk(2, dim=1)
        # A click covers little of a cell here; a mask or a box all of it.
        pointed = self.pointed(torch.cat([coarse[:, :2] * 4, coarse[:, 2:]], dim=1))
        fused = self.blocks(features * (1 + scale) + shift + pointed + self.likeness * like)
        fine = F.interpolate(fused, size=context.eight.shape[2:], mode="bilinear", align_corners=False)
        logits: Tensor = self.head(self.fine(F.relu(fine + context.eight + self.pointed_eight(maps))))
        before = maps[:, 2:3]
        return logits + self.keeps * (2 * before - 1) * (before.amax((2, 3), keepdim=True) > 0)

    @staticmethod
    def _where(coarse: Tensor) -> Tensor:
        """Weights (b, 1, h, w) of sum 1: the cells to look alike, at the clicks, or else in the box, or in the mask."""
        positive, _, before, box = coarse.split(1, dim=1)
        nothing = 1e-3
        at = torch.where(box.sum((2, 3), keepdim=True) > nothing, box, before)
        at = torch.where(positive.sum((2, 3), keepdim=True) > nothing, positive, at)
        return at / (at.sum((2, 3), keepdim=True) + 1e-6)
