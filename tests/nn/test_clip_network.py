"""Following masks: shapes, what an untrained network does, gradients everywhere, no referent disturbs another."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from refseg_annotator.nn.clip_features import FrameFeatures
from refseg_annotator.nn.clip_likeness import Likeness
from refseg_annotator.nn.clip_network import ClipNetwork
from refseg_annotator.nn.cross_frame_self_attention import FrameKind
from tests.nn.builders import gap
from tests.nn.clip_parts import SMALL, clip_network, features


@pytest.mark.parametrize(("height", "width", "batch"), [(5, 8, 1), (4, 4, 2), (9, 5, 1)])
@torch.no_grad()
def test_shapes(height, width, batch):
    network = clip_network()
    before, now = (network.prepare(features(height, width, batch, seed)) for seed in (1, 2))
    values = network.values(before, torch.rand(batch, 1, 14 * height, 14 * width))
    assert values.shape == (batch, height * width, 16 + SMALL.value_width)
    attention = network.attend(now, [before.keys], [FrameKind.LATEST], longest=max(height, width))
    four = now.details.four.shape[2:]
    maps = torch.randn(batch, 3, height, width)
    found = network.decode(now, attention, [values], torch.zeros(batch, 1, *four), maps)
    assert found.mask.shape == (batch, 1, *four)
    assert found.coarse.shape == (batch, 1, 4 * height, 4 * width)
    assert found.presence.shape == found.quality.shape == (batch,)
    assert all(bool(torch.isfinite(part).all()) for part in found)


@torch.no_grad()
def test_an_untrained_network_carries_a_mask_along_with_what_it_lies_on():
    network = clip_network()
    seen = features(6, 10)
    moved = FrameFeatures(seen.tokens.roll(3, dims=3), seen.eight, seen.four)
    mask = torch.zeros(1, 1, 84, 140)
    mask[:, :, 28:56, 14:56] = 1
    before, now = network.prepare(seen), network.prepare(moved)
    attention = network.attend(now, [before.keys], [FrameKind.SETTLED], longest=10)
    previous = torch.nn.functional.interpolate(mask, size=tuple(now.details.four.shape[2:]), mode="area")
    likeness = Likeness()
    likeness.settle(before.like, mask)
    found = network.decode(now, attention, [network.values(before, mask)], previous, likeness.maps(now.like))
    likely = torch.nn.functional.interpolate(found.mask, size=(84, 140)).sigmoid() > 0.5
    truth = mask.roll(42, dims=3) > 0.5
    overlap = (likely & truth).sum() / (likely | truth).sum()
    assert float(overlap) > 0.8


@torch.no_grad()
def test_what_another_referent_remembers_changes_nothing():
    network = clip_network()
    before, now = network.prepare(features(seed=1)), network.prepare(features(seed=2))
    attention = network.attend(now, [before.keys], [FrameKind.LATEST], longest=8)
    blank = torch.zeros(1, 1, *now.details.four.shape[2:])
    mine = network.values(before, torch.rand(1, 1, 70, 112, generator=torch.Generator().manual_seed(3)))
    maps = torch.randn(1, 3, 5, 8)
    alone = network.decode(now, attention, [mine], blank, maps)
    network.decode(now, attention, [network.values(before, torch.ones(1, 1, 70, 112))], blank, -maps)
    again = network.decode(now, attention, [mine], blank, maps)
    assert all(torch.equal(one, other) for one, other in zip(alone, again, strict=True))


@torch.no_grad()
def test_a_network_that_reads_more_begins_with_what_the_plain_one_knew():
    torch.manual_seed(1)
    plain = ClipNetwork(replace(SMALL, likeness=False)).eval()
    for parameter in plain.parameters():  # a decoder that is zero at its ends would hide what it reads
        parameter.add_(0.05 * torch.randn_like(parameter))
    reads_more = ClipNetwork(SMALL).eval()
    reads_more.take_over(plain.state_dict())
    assert reads_more.decoder.likeness is not None
    reads_more.decoder.likeness.zero_()  # the one thing that counts from the start
    maps = torch.randn(1, 3, 5, 8)
    frames = [features(seed=seed) for seed in range(3)]
    kinds = [FrameKind.SETTLED, FrameKind.LATEST]
    found = []
    for network in (plain, reads_more):
        first, second, now = (network.prepare(one) for one in frames)
        attention = network.attend(now, [first.keys, second.keys], kinds, longest=8)
        masks = [torch.rand(1, 1, 70, 112, generator=torch.Generator().manual_seed(seed)) for seed in range(2)]
        values = [network.values(frame, mask) for frame, mask in zip((first, second), masks, strict=True)]
        found.append(network.decode(now, attention, values, torch.zeros(1, 1, *now.details.four.shape[2:]), maps))
    assert all(gap(one, other) < 1e-5 for one, other in zip(*found, strict=True))


def test_every_parameter_gets_a_gradient():
    torch.manual_seed(0)
    network = ClipNetwork(SMALL)
    for parameter in network.parameters():  # zero-initialised layers hide those before them
        parameter.data += 0.01 * torch.randn_like(parameter)
    frames = [network.prepare(features(seed=seed)) for seed in range(4)]
    blank = torch.rand(1, 1, *frames[0].details.four.shape[2:])
    kinds = [FrameKind.SETTLED, FrameKind.EARLIER, FrameKind.LATEST]
    attention = network.attend(frames[3], [frame.keys for frame in frames[:3]], kinds, longest=8)
    values = [network.values(frame, torch.rand(1, 1, 70, 112)) for frame in frames[:3]]
    found = network.decode(frames[3], attention, values, blank, torch.randn(1, 3, 5, 8))
    sum(part.pow(2).sum() for part in found).backward()
    assert [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0] == []


def test_nearness_is_kept_only_where_nothing_is_trained():
    network = clip_network()
    frame = network.prepare(features())
    with torch.no_grad():
        one = network.attend(frame, [frame.keys], [FrameKind.LATEST], longest=8)
        again = network.attend(frame, [frame.keys], [FrameKind.LATEST], longest=8)
        wider = network.attend(frame, [frame.keys], [FrameKind.LATEST], longest=80)
    assert torch.equal(one.everywhere, again.everywhere)
    assert not torch.equal(one.everywhere, wider.everywhere)
    network.train()
    network.attend(network.prepare(features()), [frame.keys], [FrameKind.LATEST], longest=8).everywhere.pow(
        2
    ).sum().backward()
    assert network.attention.log_reach.grad is not None


@torch.no_grad()
def test_regions_add_where_neighbours_agree_and_nothing_by_default():
    plain = clip_network()
    told = ClipNetwork(replace(plain.config, regions=(0.0, 3.0, 0.0))).eval()
    told.load_state_dict(plain.state_dict())
    before, now = plain.prepare(features(seed=1)), plain.prepare(features(seed=2))
    attention = plain.attend(now, [before.keys], [FrameKind.LATEST], longest=8)
    values = [plain.values(before, torch.zeros(1, 1, 70, 112))]
    blank = torch.zeros(1, 1, *now.details.four.shape[2:])
    maps = torch.zeros(1, 3, 5, 8)
    maps[:, 1] = -1
    maps[:, 1, 1:4, 1:4] = 1
    one, other = (network.decode(now, attention, values, blank, maps).mask for network in (plain, told))
    added = torch.nn.functional.interpolate(other - one, size=(5, 8), mode="nearest")[0, 0]
    assert added[2, 2] > 0.5  # one token of the three by three, softened on the way to the finer grid
    assert added[:, 7] == pytest.approx(torch.full((5,), -3.0), abs=1e-4)
    blind = torch.zeros_like(maps)
    assert torch.equal(*(network.decode(now, attention, values, blank, blind).mask for network in (plain, told)))


@torch.no_grad()
def test_a_lost_region_that_looks_more_like_it_than_all_else_is_recovered():
    """Also where its likeness fell under nought, as when a thing has turned round."""
    plain = clip_network()
    told = ClipNetwork(replace(plain.config, recovers=10.0)).eval()
    told.load_state_dict(plain.state_dict())
    before, now = plain.prepare(features(seed=1)), plain.prepare(features(seed=2))
    attention = plain.attend(now, [before.keys], [FrameKind.LATEST], longest=8)
    values = [plain.values(before, torch.zeros(1, 1, 70, 112))]
    previous = torch.zeros(1, 1, *now.details.four.shape[2:])
    previous[..., :14, :14] = 1
    maps = torch.full((1, 3, 5, 8), -0.9)
    maps[:, 1, 1:4, 1:4] = -0.2
    one, other = (network.decode(now, attention, values, previous, maps) for network in (plain, told))
    added = torch.nn.functional.interpolate(other.mask - one.mask, size=(5, 8), mode="nearest")[0, 0]
    assert added[2, 2] > 1.0
    assert (added >= 0).all()
    assert (added[:, 6:] == 0).all()
    assert (one.presence, one.quality) == (other.presence, other.quality)
