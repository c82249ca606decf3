"""Grids, widths and normalisation of the encoders; statistics of batch norm that stay as they were trained."""

from __future__ import annotations

from functools import cache

import pytest
import torch
from torch import nn

from refseg_annotator.nn.image_encoder import (
    EfficientNetLite2Encoder,
    HybridViTEncoder,
    Normalise,
    ResNet101Encoder,
)


@cache
def made(kind: type[nn.Module]) -> nn.Module:
    torch.manual_seed(0)
    return kind().eval()


def images(side: int, count: int = 2) -> torch.Tensor:
    torch.manual_seed(1)
    return torch.rand(count, 3, side, side) * 255


@torch.no_grad()
@pytest.mark.parametrize(
    ("kind", "side", "grid", "details"),
    [
        (EfficientNetLite2Encoder, 64, 4, (8, 16)),
        (EfficientNetLite2Encoder, 70, 5, (9, 18)),  # sides that nothing divides are rounded up
        (HybridViTEncoder, 70, 5, (9, 18)),
        (ResNet101Encoder, 32, 4, (8, 16)),
    ],
)
def test_levels_share_a_grid_and_details_are_finer(kind, side: int, grid: int, details: tuple[int, int]) -> None:
    maps = made(kind)(images(side))
    assert [tuple(level.shape) for level in maps.levels] == [(2, width, grid, grid) for width in kind.level_widths]
    assert [tuple(detail.shape) for detail in maps.details] == [
        (2, width, size, size) for width, size in zip(kind.detail_widths, details, strict=True)
    ]
    assert side % kind.patch == 0
    assert all(bool(torch.isfinite(part).all()) for part in (*maps.levels, *maps.details))


@torch.no_grad()
@pytest.mark.parametrize("kind", [EfficientNetLite2Encoder, HybridViTEncoder])
def test_pictures_do_not_see_each_other(kind) -> None:
    pair = images(70)
    together, alone = made(kind)(pair), made(kind)(pair[1:])
    for both, one in zip((*together.levels, *together.details), (*alone.levels, *alone.details), strict=True):
        assert torch.allclose(both[1:], one, atol=1e-4)


@torch.no_grad()
def test_the_hybrids_details_are_those_of_the_whole_network() -> None:
    encoder = made(HybridViTEncoder)
    four, eight = encoder.detail(encoder.normalise_detail(images(70)))
    found = encoder(images(70)).details
    assert torch.allclose(found[0], eight, atol=1e-5)
    assert torch.allclose(found[1], four, atol=1e-5)


def test_training_keeps_the_statistics_of_batch_norm() -> None:
    encoder = made(EfficientNetLite2Encoder)
    before = {name: value.clone() for name, value in encoder.state_dict().items()}
    encoder.train()
    try:
        assert encoder.training
        encoder(images(64))
        after = encoder.state_dict()
        assert all(torch.equal(before[name], after[name]) for name in before)
        assert not any(part.training for part in encoder.modules() if isinstance(part, nn.BatchNorm2d))
    finally:
        encoder.eval()


def test_depth_wise_weights_are_trained_in_full_precision_on_a_processor() -> None:
    encoder = made(EfficientNetLite2Encoder)
    encoder.train()
    try:
        with torch.autocast("cpu", torch.bfloat16):
            trained = encoder(images(64)).details[1]
            encoder.requires_grad_(False)
            frozen = encoder(images(64)).details[1]
    finally:
        encoder.requires_grad_(True).eval()
    assert trained.dtype == torch.float32
    assert frozen.dtype == torch.bfloat16


def test_normalising_is_kept_out_of_the_weights() -> None:
    part = Normalise((10.0, 20.0, 30.0), (1.0, 2.0, 5.0))
    assert part(torch.full((1, 3, 1, 1), 30.0)).flatten().tolist() == [20.0, 5.0, 0.0]
    assert part.state_dict() == {}
