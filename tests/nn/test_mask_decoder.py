"""The decoders' grids, what presence looks at, and padding that changes nothing."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.nn.mask_decoder import (
    Decoded,
    DetailDecoder,
    DetailDecoderConfig,
    PaperDecoder,
    PresenceHead,
    ReasoningLayer,
)
from tests.nn.builders import gap, padded, words_of

COUNTS = [[3, 1], [4, 0]]


def decoder(grid: tuple[int, int] = (3, 4)) -> DetailDecoder:
    torch.manual_seed(0)
    config = DetailDecoderConfig(
        width=8, word_width=6, heads=2, hidden=10, grid=grid, detail_widths=(5, 4), step_widths=(6, 4)
    )
    return DetailDecoder(config).eval()


def inputs(height: int = 3, width: int = 4):
    torch.manual_seed(1)
    fused = torch.randn(4, 8, height, width)
    details = torch.randn(2, 5, 2 * height, 2 * width), torch.randn(2, 4, 4 * height, 4 * width)
    return fused, words_of(COUNTS, length=4, width=6), details


@torch.inference_mode()
def test_a_mask_on_the_finest_grid_and_a_coarse_one() -> None:
    module, (fused, words, details) = decoder(), inputs()
    found = module(fused, words, module.prepare(details))
    assert (found.mask.shape, found.coarse.shape, found.features.shape) == ((4, 1, 12, 16), (4, 1, 3, 4), (4, 8, 3, 4))
    assert all(bool(torch.isfinite(part).all()) for part in found)


@torch.inference_mode()
def test_another_grid_than_the_trained_one_works() -> None:
    module, (fused, words, details) = decoder((5, 5)), inputs()
    assert module(fused, words, module.prepare(details)).mask.shape == (4, 1, 12, 16)


@torch.inference_mode()
def test_each_phrase_reads_its_own_pictures_details() -> None:
    module, (fused, words, details) = decoder(), inputs()
    before = module(fused, words, module.prepare(details)).mask
    other = tuple(torch.cat([detail[:1], detail[1:] + 1]) for detail in details)
    after = module(fused, words, module.prepare(other)).mask
    assert torch.equal(before[:2], after[:2])
    assert not torch.allclose(before[2:], after[2:])


@torch.inference_mode()
def test_padding_changes_nothing_and_words_do() -> None:
    module, (fused, words, details) = decoder(), inputs()
    prepared = module.prepare(details)
    before = module(fused, words, prepared)
    # All four phrases; the last has no word at all and attends to its padding, which is zero whatever its length.
    after = module(fused, padded(words, 3), prepared)
    assert gap(before.mask, after.mask) < 1e-5
    flipped = words._replace(words=words.words.flip(1), mask=words.mask.flip(1))
    assert gap(before.mask, module(fused, flipped, prepared).mask) > 1e-3


@torch.inference_mode()
def test_a_layer_that_has_learnt_nothing_passes_on_what_it_gets() -> None:
    layer = ReasoningLayer(8, 6, 2, hidden=10).eval()
    for last in (layer.out_self, layer.out_words, layer.alone[2]):
        last.weight.zero_()
        last.bias.zero_()
    cells = torch.randn(2, 12, 8)
    words = words_of([[3], [0]], length=4, width=6)
    assert torch.equal(layer(cells, words.words.flatten(0, 1), words.mask.flatten(0, 1), (3, 4)), cells)


@torch.inference_mode()
def test_the_papers_decoder_is_one_convolution_eight_times_as_large() -> None:
    torch.manual_seed(0)
    module = PaperDecoder(8)
    fused, words, details = inputs()
    found = module(fused, words, module.prepare(details))
    assert found.mask.shape == (4, 1, 24, 32)
    assert torch.equal(found.coarse, module.leave(fused))
    assert torch.equal(found.features, fused)
    assert [tuple(p.shape) for p in module.parameters()] == [(1, 8, 3, 3), (1,)]


# --- presence ---------------------------------------------------------------------------------------------------------


def decoded(mask: torch.Tensor, features: torch.Tensor | None = None) -> Decoded:
    coarse = torch.nn.functional.adaptive_avg_pool2d(mask, (3, 4))
    return Decoded(mask, coarse, torch.zeros(len(mask), 8, 3, 4) if features is None else features)


@torch.inference_mode()
def test_presence_and_quality_are_one_number_each_for_every_phrase() -> None:
    torch.manual_seed(0)
    head = PresenceHead(8, 6).eval()
    presence, quality = head(decoded(torch.randn(4, 1, 12, 16)), torch.randn(4, 6))
    assert presence.shape == quality.shape == (4,)
    assert not torch.allclose(presence, quality)


@torch.inference_mode()
@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_presence_sees_the_strength_of_the_mask(scale: float) -> None:
    torch.manual_seed(0)
    head, sentence = PresenceHead(8, 6).eval(), torch.randn(1, 6)
    faint, strong = (head(decoded(torch.full((1, 1, 12, 16), level * scale)), sentence)[0] for level in (-3.0, 3.0))
    assert bool(torch.isfinite(faint + strong).all())
    assert not torch.allclose(faint, strong)


@torch.inference_mode()
def test_presence_gathers_what_lies_under_the_mask() -> None:
    torch.manual_seed(0)
    head, sentence = PresenceHead(8, 6).eval(), torch.zeros(1, 6)
    mask = torch.full((1, 1, 12, 16), -20.0)
    mask[..., :4, :4] = 20  # the first cell of the 3 x 4 grid
    features = torch.zeros(1, 8, 3, 4)
    here, there = features.clone(), features.clone()
    here[..., 0, 0] = -1  # below the largest number of the map, so that only the mean under the mask tells
    there[..., 2, 3] = -1
    nothing, under, beside = (head(decoded(mask, part), sentence)[0] for part in (features, here, there))
    assert not torch.allclose(nothing, under, atol=1e-4)
    assert torch.allclose(nothing, beside, atol=1e-4)
