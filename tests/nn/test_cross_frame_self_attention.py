"""CFSA: what looks alike and lies near counts, an untrained context changes nothing."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.nn.cross_frame_self_attention import (
    CrossFrameConfig,
    CrossFrameContext,
    CrossFrameSelfAttention,
    FrameKind,
    squared_distances,
)

WIDTH = 16


@pytest.fixture
def attention() -> CrossFrameSelfAttention:
    torch.manual_seed(0)
    made = CrossFrameSelfAttention(CrossFrameConfig(feature_width=WIDTH, key_width=8))
    made.start_from(torch.randn(500, WIDTH))
    return made


def keys_of(attention: CrossFrameSelfAttention, *frames: torch.Tensor) -> list[torch.Tensor]:
    return [attention.keys(frame) for frame in frames]


def test_weights_sum_to_one_over_all_frames(attention):
    first, second, now = keys_of(attention, *torch.randn(3, 2, WIDTH, 3, 5))
    weights = attention(now, [first, second], [FrameKind.SETTLED, FrameKind.LATEST], squared_distances(3, 5, 5))
    assert weights.shape == (2, 15, 30)
    torch.testing.assert_close(weights.sum(2), torch.ones(2, 15))


def test_untrained_it_finds_what_moved(attention):
    """Labels follow their look from the start: components of the features are what is compared."""
    before = torch.randn(1, WIDTH, 6, 8)
    now = before.roll(2, dims=3)
    keys, queries = keys_of(attention, before, now)
    weights = attention(queries, [keys], [FrameKind.SETTLED], squared_distances(6, 8, 8))
    label = torch.zeros(6, 8)
    label[1:4, 1:4] = 1
    moved = (weights[0] @ label.flatten()).view(6, 8)
    assert ((moved > 0.5) == (label.roll(2, dims=1) > 0.5)).all()


def test_of_two_that_look_alike_the_nearer_counts_more_on_the_latest_frame(attention):
    frame = torch.randn(1, WIDTH, 1, 1).expand(1, WIDTH, 1, 9)
    (keys,) = keys_of(attention, frame)
    distances = squared_distances(1, 9, 9)
    latest = attention(keys, [keys], [FrameKind.LATEST], distances)[0, 0]
    settled = attention(keys, [keys], [FrameKind.SETTLED], distances)[0, 0]
    assert (latest.diff() < 0).all()
    assert latest[0] > settled[0], "a settled frame may be long ago: nearness says less"


def test_a_window_measures_distance_as_the_whole_frame_does():
    whole = squared_distances(4, 10, 10).view(4, 10, 4, 10)
    window = squared_distances(4, 3, 10).view(4, 3, 4, 3)
    torch.testing.assert_close(whole[:, 2:5, :, 2:5], window)


def test_keys_in_half_precision_change_little(attention):
    first, now = keys_of(attention, *torch.randn(2, 1, WIDTH, 4, 4))
    distances = squared_distances(4, 4, 4)
    whole = attention(now, [first], [FrameKind.LATEST], distances)
    with torch.autocast("cpu", torch.bfloat16):
        mixed = attention(now, [first], [FrameKind.LATEST], distances)
    assert float((whole - mixed).detach().abs().max()) < 1e-5


def test_an_untrained_context_is_the_identity():
    context = CrossFrameContext(WIDTH, key_width=8)
    frames = torch.randn(5, WIDTH, 4, 6)
    assert torch.equal(context(frames, 2), frames[2:3])


def test_with_an_open_gate_the_other_frames_matter():
    torch.manual_seed(1)
    context = CrossFrameContext(WIDTH, key_width=8)
    frames = torch.randn(3, WIDTH, 4, 6)
    with torch.no_grad():
        context.gate.fill_(1.0)
        one = context(frames, 1)
        frames[2] += 3 * torch.randn(WIDTH, 4, 6)
        other = context(frames, 1)
    assert one.shape == (1, WIDTH, 4, 6)
    assert not torch.allclose(one, other)


def test_the_gate_learns_first_then_everything():
    context = CrossFrameContext(WIDTH, key_width=8)
    frames = torch.randn(3, WIDTH, 4, 6)
    context(frames, 1).pow(2).sum().backward()
    assert context.gate.grad is not None
    assert float(context.gate.grad.abs()) > 0
    with torch.no_grad():
        context.gate.fill_(0.5)
    context.zero_grad()
    context(frames, 1).pow(2).sum().backward()
    still = [name for name, p in context.named_parameters() if p.grad is None]
    assert not still


@pytest.mark.parametrize("count", [1, 2, 5])
def test_clips_of_any_length_are_read(count):
    context = CrossFrameContext(WIDTH, key_width=8)
    for target in range(count):
        assert context(torch.randn(count, WIDTH, 2, 3), target).shape == (1, WIDTH, 2, 3)
