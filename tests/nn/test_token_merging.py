"""Merged tokens: every place keeps one, those kept apart keep their own, and attention counts what each stands for."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.nn.token_merging import MergedTokens, TokenMergingConfig
from tests.nn.builders import gap
from tests.nn.clip_parts import early_encoder


def some(count: int, seed: int, apart_share: float = 0.3) -> tuple[torch.Tensor, MergedTokens]:
    generator = torch.Generator().manual_seed(seed)
    tokens = torch.randn(count, 12, generator=generator)
    return tokens, MergedTokens.of(tokens, torch.rand(count, generator=generator) < apart_share)


@given(count=st.integers(1, 60), seed=st.integers(0, 99), shares=st.lists(st.floats(0.05, 1), min_size=1, max_size=4))
def test_every_place_keeps_a_token_and_what_is_kept_apart_its_own(count, seed, shares):
    tokens, found = some(count, seed)
    apart = found.apart
    for share in shares:
        before = found
        found = found.merged(share)
        assert len(found.tokens) >= len(before.tokens) // 2
        assert len(found.tokens) == len(found.counts) == len(found.apart)
        assert torch.equal(torch.bincount(found.place, minlength=len(found.tokens)).float(), found.counts)
        assert torch.equal(found.tokens[found.place][apart], tokens[apart])
        assert torch.equal(found.apart[found.place], apart)
    means = torch.stack([tokens[found.place == number].mean(0) for number in range(len(found.tokens))])
    assert gap(found.tokens, means) < 1e-5


def test_so_many_stay_as_the_share_says_while_there_are_pairs():
    _, found = some(200, 3, apart_share=0.0)
    assert [len(found.merged(share).tokens) for share in (1.0, 0.8, 0.55, 0.5, 0.1)] == [200, 160, 110, 100, 100]


def test_what_is_alike_is_merged_first():
    tokens = torch.eye(8)
    tokens[5] = tokens[2]
    found = MergedTokens.of(tokens, torch.zeros(8, dtype=torch.bool)).merged(7 / 8)
    assert found.place[5] == found.place[2]
    assert torch.equal(found.tokens[found.place], tokens)


def test_a_token_counts_for_all_that_it_stands_for():
    """Tokens that are equal may be merged and nothing changes: attention sees as many of them as before."""
    encoder = early_encoder()
    generator = torch.Generator().manual_seed(1)
    pairs = torch.randn(1, 9, 384, generator=generator).repeat_interleave(2, dim=1)
    tokens = torch.cat([torch.randn(1, 1, 384, generator=generator), pairs], dim=1)
    nowhere = torch.zeros(3, 6, dtype=torch.bool)
    with torch.no_grad():
        whole = encoder._merging(tokens, TokenMergingConfig(), nowhere)
        merged = encoder._merging(tokens, TokenMergingConfig(((0, 0.5),)), nowhere)
    assert gap(whole, merged) < 1e-4


def test_only_what_is_kept_apart_is_read_by_itself():
    encoder = early_encoder()
    image = torch.rand(1, 3, 70, 112, generator=torch.Generator().manual_seed(2)) * 255
    whole = encoder(image).tokens
    config = TokenMergingConfig(((1, 0.5), (2, 0.5)))
    everywhere = torch.ones(5, 8, dtype=torch.bool)
    assert gap(encoder(image, config, everywhere).tokens, whole) < 1e-4
    assert torch.equal(encoder(image, config, None).tokens, whole)
    assert torch.equal(encoder(image, TokenMergingConfig(), ~everywhere).tokens, whole)
    apart = torch.zeros(5, 8, dtype=torch.bool)
    apart[1:3, 2:5] = True
    found = encoder(image, config, apart)
    places = found.tokens[0].flatten(1).T
    assert len(torch.unique(places[apart.flatten()], dim=0)) == 6
    assert 6 + 34 // 4 <= len(torch.unique(places, dim=0)) <= 6 + 34 // 2
    assert found.eight.shape == encoder(image).eight.shape


def test_what_is_followed_is_kept_apart_with_a_margin():
    probability = torch.zeros(1, 1, 60, 100)
    probability[0, 0, 30, 50] = 0.9
    probability[0, 0, 0, 0] = 0.15
    apart = TokenMergingConfig(margin=1).kept_apart(probability, (6, 10))
    rows, columns = torch.nonzero(apart, as_tuple=True)
    assert (int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())) == (2, 4, 4, 6)
    assert int(apart.sum()) == 9
    assert not TokenMergingConfig().kept_apart(torch.zeros(1, 1, 60, 100), (6, 10)).any()


@pytest.mark.parametrize(
    "given",
    [
        {"rounds": ((1, 0.0),)},
        {"rounds": ((1, 1.5),)},
        {"rounds": ((-1, 0.5),)},
        {"rounds": ((2, 0.5), (2, 0.5))},
        {"rounds": ((3, 0.5), (1, 0.5))},
        {"margin": -1},
        {"margin": 1000},
        {"followed": 0.0},
    ],
)
def test_a_configuration_without_sense_is_refused(given):
    with pytest.raises(ValueError, match=r"rounds|margin"):
        TokenMergingConfig(**given)
