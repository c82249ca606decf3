"""What tells a referent from all else: found on frames never seen, no referent disturbs another, nothing grows."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.nn.clip_likeness import (
    MAPS,
    Likeness,
    LikenessInputs,
    beside_the_best,
    moments_of,
    regional,
    solved,
)


def scene(shift: int, *, seed: int = 0, other: bool = False) -> tuple[LikenessInputs, torch.Tensor]:
    """Tokens (1, 24, 8, 10) of a thing on a ground, and its mask (1, 1, 8, 10); each has a look of its own."""
    generator = torch.Generator().manual_seed(7)
    ground, thing, third = torch.randn(3, 24, generator=generator).split(1)
    tokens = ground.view(1, 24, 1, 1).expand(1, 24, 8, 10).clone()
    mask = torch.zeros(1, 1, 8, 10)
    mask[..., 2:5, shift : shift + 3] = 1
    tokens[..., 2:5, shift : shift + 3] = thing.view(1, 24, 1, 1)
    if other:
        tokens[..., 6:, 4:] = third.view(1, 24, 1, 1)
    noise = torch.randn(tokens.shape, generator=torch.Generator().manual_seed(seed))
    return LikenessInputs(tokens + 0.1 * noise), mask


def test_the_thing_is_known_where_it_went():
    likeness = Likeness()
    likeness.settle(*scene(1))
    tokens, mask = scene(6, seed=1)
    maps = likeness.maps(tokens)
    assert maps.shape == (1, MAPS, 8, 10)
    for one in maps[0]:
        assert one[mask[0, 0] > 0].min() > one[mask[0, 0] == 0].max()


def test_a_look_alike_that_comes_later_is_told_apart_once_it_was_followed():
    likeness = Likeness()
    likeness.settle(*scene(1))
    tokens, mask = scene(3, seed=2, other=True)
    before = likeness.maps(tokens)[0, 1, 6:, 4:].mean()
    for frame in range(6):
        likeness.follow(*scene(3, seed=3 + frame, other=True))
    after = likeness.maps(tokens)
    assert after[0, 1, 6:, 4:].mean() < before
    assert after[0, 1][mask[0, 0] > 0].min() > 0
    # What the settled frames say alone stays what it was.
    alone = Likeness()
    alone.settle(*scene(1))
    assert torch.equal(after[:, 2], alone.maps(tokens)[:, 2])


def test_frames_on_which_it_was_not_seen_teach_nothing():
    likeness = Likeness()
    likeness.settle(*scene(1))
    tokens, mask = scene(3, seed=2)
    before = likeness.maps(tokens)
    likeness.follow(tokens, torch.zeros_like(mask))
    torch.testing.assert_close(likeness.maps(tokens), before, rtol=1e-3, atol=1e-3)


def test_referents_together_are_as_each_alone():
    (one, first), (two, second) = scene(1), scene(5, seed=4, other=True)

    def both(*parts: LikenessInputs) -> LikenessInputs:
        return LikenessInputs(torch.cat([part._tokens for part in parts]))

    together = Likeness()
    together.settle(both(one, two), torch.cat([first, second]))
    together.follow(both(two, one), torch.cat([second, first]))
    alone = Likeness()
    alone.settle(one, first)
    alone.follow(two, second)
    torch.testing.assert_close(together.maps(both(two, two))[:1], alone.maps(two), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("covered", [0.0, 1.0])
def test_a_mask_of_nothing_or_of_everything_gives_numbers(covered: float):
    tokens, mask = scene(1)
    moments = moments_of(tokens, torch.full_like(mask, covered))
    for alike in (True, False):
        assert bool(torch.isfinite(solved(moments, alike=alike)).all())
    likeness = Likeness()
    likeness.settle(tokens, torch.full_like(mask, covered))
    likeness.follow(tokens, mask)
    assert bool(torch.isfinite(likeness.maps(tokens)).all())


def test_masks_of_any_resolution_teach_the_same():
    tokens, mask = scene(1)
    fine = torch.nn.functional.interpolate(mask, scale_factor=4, mode="nearest")
    torch.testing.assert_close(moments_of(tokens, fine).products, moments_of(tokens, mask).products)


def test_a_second_settled_mask_ends_what_was_followed():
    likeness = Likeness()
    likeness.settle(*scene(1))
    likeness.follow(*scene(2, seed=1, other=True))
    likeness.settle(*scene(4, seed=2))
    maps = likeness.maps(scene(6, seed=3)[0])
    assert torch.equal(maps[:, 1], maps[:, 2])


def test_an_empty_mask_settled_first_does_not_weaken_the_one_that_shows_it():
    tokens, mask = scene(1)
    both = Likeness()
    both.settle(tokens, torch.zeros_like(mask))
    both.settle(tokens, mask)
    alone = Likeness()
    alone.settle(tokens, mask)
    torch.testing.assert_close(both.maps(tokens), alone.maps(tokens))


def test_a_region_speaks_where_neighbours_agree_and_edges_are_left():
    weighed = torch.full((1, 1, 8, 10), -2.0)
    weighed[..., 1:6, 2:8] = 3.0
    found = regional(weighed)
    assert found.shape == weighed.shape
    assert (found[..., 2:5, 3:7] == 3.0).all()
    assert (found[..., 7, :] == -2.0).all()
    assert (found[..., 1, 2:8] == 0).all()  # its edge from within
    assert (found[..., 6, 2:8] == 0).all()  # and from without
    assert (regional(torch.zeros(1, 1, 4, 4)) == 0).all()


def test_likeness_on_the_frames_own_scale():
    likeness = torch.full((8, 10), -0.9)
    likeness[2:4, 2:4] = 0.3
    found = beside_the_best(likeness, 4.0)
    assert found[0, 0] == pytest.approx(0.0)
    assert found[2, 2] == pytest.approx(1.0)
    same = beside_the_best(torch.full((1, 1), 0.5), 0.0)
    assert same.item() == pytest.approx(0.0)  # nothing stands out: no division by nought
