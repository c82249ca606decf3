"""The baseline without attention stands in the place of CMSA without anything else changing."""

from __future__ import annotations

import torch

from refseg_annotator.nn.cross_modal_self_attention import (
    CrossModalSelfAttention,
    CrossModalSelfAttentionConfig,
    spatial_features,
)
from refseg_annotator.nn.sentence_fusion import TileAndConcatenate
from refseg_annotator.nn.text_encoder import WordFeatures
from tests.nn.builders import gap, padded, words_of


def made() -> TileAndConcatenate:
    torch.manual_seed(0)
    return TileAndConcatenate(6, 5, 7).eval()


@torch.inference_mode()
def test_it_has_the_interface_of_attention() -> None:
    torch.manual_seed(1)
    visual, words = torch.randn(2, 6, 3, 5), words_of([[4, 1, 3], [2, 4, 0]], length=4, width=5)
    attention = CrossModalSelfAttention(CrossModalSelfAttentionConfig(6, 5, width=8, out_width=7)).eval()
    for module in (made(), attention):
        context = module.prepare(visual)
        assert context.grid.tolist() == [3, 5]
        fused = module(context, words)
        assert fused.shape == (2, 3, 15, 7)
        assert bool(torch.isfinite(fused).all())
        assert gap(fused, module(context, padded(words, 2))) < 1e-6


@torch.inference_mode()
def test_it_is_one_linear_map_of_the_sentence_beside_every_cell() -> None:
    module = made()
    visual, words = torch.randn(1, 6, 2, 3), words_of([[3]], length=3, width=5)
    cells = torch.nn.functional.normalize(visual[0].flatten(1).T, dim=-1) * 6**0.5
    place = spatial_features(2, 3, device=visual.device, dtype=visual.dtype)
    tiled = words.sentence[0].expand(6, -1)
    weight = torch.cat([module.image.weight, module.sentence.weight], dim=1)
    hidden = torch.cat([cells, place, tiled], dim=1) @ weight.T + module.image.bias + module.sentence.bias
    expected = torch.relu(module.mix(torch.relu(hidden)))
    assert gap(expected, module(module.prepare(visual), words)[0, 0]) < 1e-5


@torch.inference_mode()
def test_it_reads_the_sentence_and_no_word_by_itself() -> None:
    module = made()
    visual, words = torch.randn(1, 6, 2, 3), words_of([[3]], length=3, width=5)
    shuffled = WordFeatures(words.words.flip(2), words.mask, words.sentence)
    context = module.prepare(visual)
    assert torch.equal(module(context, words), module(context, shuffled))
