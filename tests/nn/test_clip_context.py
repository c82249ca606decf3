"""The switch that lets the frames around join in."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.nn.clip_context import ClipContext, encode_clip
from refseg_annotator.nn.registry import build
from tests.nn.builders import gap, small

IDS = torch.tensor([[[2, 3, 0]]])


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return build(small("cmsa-lite")).eval()


@pytest.fixture
def frames() -> torch.Tensor:
    torch.manual_seed(1)
    return torch.rand(3, 3, 64, 64) * 255


@torch.no_grad()
def test_an_untrained_context_answers_as_the_frame_alone(network, frames):
    alone = network.read_phrases(encode_clip(network, frames, 1, None), IDS)
    context = ClipContext(network.image_encoder.level_widths)
    joined = network.read_phrases(encode_clip(network, frames, 1, context), IDS)
    assert gap(alone.mask, joined.mask) < 1e-4


@torch.no_grad()
def test_a_trained_one_answers_by_the_frames_around_too(network, frames):
    context = ClipContext(network.image_encoder.level_widths)
    for level in context.levels:
        level.gate.fill_(1.0)
    one = network.read_phrases(encode_clip(network, frames, 1, context), IDS).mask
    frames[2] = 255 - frames[2]
    other = network.read_phrases(encode_clip(network, frames, 1, context), IDS).mask
    assert gap(one, other) > 1e-4


def test_gradients_reach_all_levels(network, frames):
    context = ClipContext(network.image_encoder.level_widths)
    for level in context.levels:
        level.gate.data.fill_(0.1)
    network.read_phrases(encode_clip(network, frames, 0, context), IDS).mask.sum().backward()
    assert [name for name, parameter in context.named_parameters() if parameter.grad is None] == []
    network.zero_grad()
