"""The two ways of attention are one function, the formula of the text; padding and other phrases change nothing."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.cross_modal_self_attention import (
    CrossModalSelfAttention,
    CrossModalSelfAttentionConfig,
    spatial_features,
)
from refseg_annotator.nn.text_encoder import WordFeatures
from tests.nn.builders import gap, padded, words_of

VISUAL, WORD = 6, 5
COUNTS = [[4, 1, 3], [2, 4, 0]]


def attention(**changes: Any) -> CrossModalSelfAttention:
    """A small one whose logits are far from equal, so that the softmax has something to decide."""
    chosen = {"visual_width": VISUAL, "word_width": WORD, "width": 8, "out_width": 7, "reduce_visual": 0} | changes
    torch.manual_seed(0)
    module = CrossModalSelfAttention(CrossModalSelfAttentionConfig(**chosen)).eval()
    with torch.no_grad():
        module.query.weight *= 3
        module.key.weight *= 3
    return module


def inputs(height: int = 3, width: int = 5, *, length: int = 4) -> tuple[Tensor, WordFeatures]:
    torch.manual_seed(1)
    return torch.randn(2, VISUAL, height, width), words_of(COUNTS, length=length, width=WORD)


# --- two ways, one function -------------------------------------------------------------------------------------------

FACTORISING = [
    {"heads": heads, "pool_space": pool, **more}
    for heads, pool, more in product(
        (1, 2, 4),
        (1, 2),
        (
            {},
            {"norm": "unit", "scale": False},
            {"reduce_visual": 9},
            {"reduce_pair": 11, "sentence_gate": False},
            {"reduce_visual": 4, "reduce_pair": 6},
        ),
    )
]


@torch.inference_mode()
@pytest.mark.parametrize("changes", FACTORISING, ids=str)
def test_the_factorised_way_equals_the_one_that_forms_pairs(changes: dict[str, Any]) -> None:
    module = attention(**changes)
    assert module.config.factorises
    for height, width in ((3, 5), (4, 4), (1, 1)):
        visual, words = inputs(height, width)
        context, parts = module.prepare(visual), module._word_part(words.words)
        fast, slow = module._factorised(context, words, parts), module._pairs(context, words, parts)
        there = words.mask.any(-1)
        assert gap(fast[there], slow[there]) < 1e-4


@torch.inference_mode()
def test_max_pooling_over_one_cell_factorises_too() -> None:
    visual, words = inputs()
    mean, largest = attention(pool="mean", pool_space=1), attention(pool="max", pool_space=1)
    assert largest.config.factorises
    assert torch.equal(mean(mean.prepare(visual), words), largest(largest.prepare(visual), words))


def test_what_factorises() -> None:
    def factorises(**changes: Any) -> bool:
        return attention(**changes).config.factorises

    assert factorises(pool="mean", pool_space=2)
    assert not factorises(relu=True)
    assert not factorises(pool="max", pool_space=2)
    assert not factorises(pool_words=2)


# --- against the formula, written out ---------------------------------------------------------------------------------


def pairs_of(module: CrossModalSelfAttention, visual: Tensor, words: Tensor) -> Tensor:
    """f_pn for one image and one phrase without padding: (n, h, w, f)."""
    config = module.config

    def norm(vectors: Tensor) -> Tensor:
        unit = F.normalize(vectors, dim=-1)
        return unit * vectors.shape[-1] ** 0.5 if config.norm == "rms" else unit

    height, width = visual.shape[1:]
    cells = norm(module.reduce_visual(visual.permute(1, 2, 0)))
    place = spatial_features(height, width, device=visual.device, dtype=visual.dtype).view(height, width, 8)
    rows = [torch.cat([cells, word.expand(height, width, -1), place], dim=-1) for word in norm(words)]
    pairs: Tensor = module.reduce_pair(torch.stack(rows))
    return pairs


def by_formula(module: CrossModalSelfAttention, visual: Tensor, words: Tensor) -> Tensor:
    """CMSA with one head as the text and, with its switches, the authors' code have it: (h w, out)."""
    config = module.config
    pairs = pairs_of(module, visual, words)  # (n, h, w, f)

    def through(layer: nn.Linear) -> Tensor:
        made: Tensor = layer(pairs)
        return F.relu(made) if config.relu else made

    query, key, value = through(module.query), through(module.key), through(module.value)
    if config.pool_space * config.pool_words > 1:
        window = (config.pool_words, config.pool_space, config.pool_space)
        pool = F.max_pool3d if config.pool == "max" else F.avg_pool3d
        key, value = (
            pool(part.permute(3, 0, 1, 2)[None], window, ceil_mode=True)[0].permute(1, 2, 3, 0) for part in (key, value)
        )
    logits = query.flatten(0, 2) @ key.flatten(0, 2).T
    if config.scale:
        logits = logits / config.width**0.5
    attended = module.out(logits.softmax(-1) @ value.flatten(0, 2))
    if config.relu:
        attended = F.relu(attended)
    fused = (attended + pairs.flatten(0, 2)).unflatten(0, (len(words), -1)).mean(0)
    left: Tensor = F.relu(module.leave(fused))
    return left


@torch.inference_mode()
@pytest.mark.parametrize(
    "changes",
    [
        {"pool_space": 1},
        {"pool_space": 2},
        {"pool_space": 2, "relu": True},
        {"pool_space": 1, "relu": True, "norm": "unit"},
        {"pool_space": 2, "pool_words": 2},
        {"pool": "max", "pool_space": 2, "pool_words": 2, "relu": True, "scale": False, "norm": "unit"},
        {"pool": "max", "pool_space": 2, "pool_words": 2, "relu": True, "scale": False, "reduce_pair": 9},
    ],
    ids=str,
)
def test_it_is_the_formula(changes: dict[str, Any]) -> None:
    module = attention(heads=1, sentence_gate=False, **changes)
    torch.manual_seed(1)
    visual, words = torch.randn(1, VISUAL, 4, 6), words_of([[4]], length=4, width=WORD)
    found = module(module.prepare(visual), words)[0, 0]
    assert gap(by_formula(module, visual[0], words.words[0, 0]), found) < 1e-4


# --- padding, phrases, emptiness --------------------------------------------------------------------------------------

EVERY_WAY = [
    {},
    {"pool_space": 1, "heads": 4},
    {"relu": True, "pool_space": 1},
    {"relu": True, "pool": "max", "pool_words": 2},
    {"relu": True, "pool": "mean", "pool_words": 2},
    {"pool": "max", "pool_words": 3, "pool_space": 1},
]


@torch.inference_mode()
@pytest.mark.parametrize("changes", EVERY_WAY, ids=str)
@pytest.mark.parametrize("extra", [1, 2, 5])
def test_padding_changes_nothing(changes: dict[str, Any], extra: int) -> None:
    module = attention(**changes)
    visual, words = inputs()
    context = module.prepare(visual)
    assert gap(module(context, words), module(context, padded(words, extra))) < 1e-5


@torch.inference_mode()
@pytest.mark.parametrize("changes", EVERY_WAY, ids=str)
def test_phrases_and_pictures_do_not_see_each_other(changes: dict[str, Any]) -> None:
    module = attention(**changes)
    visual, words = inputs()
    together = module(module.prepare(visual), words)
    for image, phrase in product(range(2), range(3)):
        alone = WordFeatures(*(part[image : image + 1, phrase : phrase + 1] for part in words))
        one = module(module.prepare(visual[image : image + 1]), alone)
        assert gap(together[image : image + 1, phrase : phrase + 1], one) < 1e-5


@pytest.mark.parametrize("changes", EVERY_WAY, ids=str)
def test_a_phrase_of_padding_alone_is_finite_with_its_gradient(changes: dict[str, Any]) -> None:
    module = attention(**changes)
    visual, _ = inputs()
    words = words_of([[0], [0]], length=4, width=WORD)
    fused = module(module.prepare(visual.requires_grad_()), words)
    assert bool(torch.isfinite(fused).all())
    fused.sum().backward()
    assert visual.grad is not None
    assert bool(torch.isfinite(visual.grad).all())
    assert all(bool(torch.isfinite(p.grad).all()) for p in module.parameters() if p.grad is not None)


@torch.inference_mode()
def test_large_numbers_stay_finite() -> None:
    module = attention(heads=2)
    for layer in (module.query, module.key):
        layer.weight *= 300
    visual, words = inputs()
    context, parts = module.prepare(visual * 100), module._word_part(words.words)
    for way in (module._factorised, module._pairs):
        assert bool(torch.isfinite(way(context, words, parts)).all())


@torch.inference_mode()
def test_the_words_matter_and_so_does_the_sentence_gate() -> None:
    visual, words = inputs()
    gated, plain = attention(), attention(sentence_gate=False)
    other = WordFeatures(words.words.roll(1, dims=1), words.mask.roll(1, dims=1), words.sentence.roll(1, dims=1))
    assert gap(gated(gated.prepare(visual), words), gated(gated.prepare(visual), other)) > 1e-2
    assert plain.gate is None
    expected = plain(plain.prepare(visual), words) * (1 + torch.tanh(gated.gate(words.sentence))).unsqueeze(2)
    assert gated.gate is not None
    assert gap(gated(gated.prepare(visual), words), expected) < 1e-5


# --- places -----------------------------------------------------------------------------------------------------------


def test_spatial_features_are_the_eight_numbers_of_each_cell() -> None:
    place = spatial_features(2, 4, device=torch.device("cpu"), dtype=torch.float32).view(2, 4, 8)
    assert place[0, 0].tolist() == pytest.approx([-1, -1, -0.5, 0, -0.75, -0.5, 1 / 4, 1 / 2])
    assert place[1, 3].tolist() == pytest.approx([0.5, 0, 1, 1, 0.75, 0.5, 1 / 4, 1 / 2])
    assert place[0, 1:, 0].tolist() == place[0, :-1, 2].tolist()


@torch.inference_mode()
def test_pooling_averages_a_ragged_edge_over_the_cells_it_has() -> None:
    module = attention(pool_space=2)
    part = torch.arange(15.0).view(1, 15, 1)  # 3 x 5 cells
    pooled = module._pool_space(part, 3, 5).flatten().tolist()
    assert pooled == [3, 5, 6.5, 10.5, 12.5, 14]


@torch.inference_mode()
def test_the_context_keeps_what_the_image_alone_decides() -> None:
    visual, _ = inputs(3, 5)
    context = attention(heads=2, pool_space=2).prepare(visual)
    assert context.grid.tolist() == [3, 5]
    assert context.query.shape == (2, 2, 15, 4)
    assert context.key.shape == context.value.shape == (2, 2, 6, 4)
    assert context.affinity.shape == (2, 2, 15, 6)
    assert context.affinity.amax(-1).eq(1).all()
    assert attention(relu=True).prepare(visual).affinity.numel() == 0
