"""The tables hold what the documents say, and a configuration that cannot be is refused with its part named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
import torch

from refseg_annotator.errors import ModelError
from refseg_annotator.nn import registry
from refseg_annotator.nn.cross_modal_self_attention import CrossModalSelfAttention
from refseg_annotator.nn.gated_fusion import GatedMultiLevelFusion, PaperGatedFusion, SummedLevels
from refseg_annotator.nn.mask_decoder import DetailDecoder, PaperDecoder
from refseg_annotator.nn.registry import CONFIGURATIONS, ModelConfig, build, check_shape, configuration, scaled_canvases
from refseg_annotator.nn.sentence_fusion import TileAndConcatenate
from refseg_annotator.nn.text_encoder import ContextualWords, WordEmbedding

LITE = CONFIGURATIONS["cmsa-lite"]


def shape_of(config: ModelConfig):
    """The network made without memory: its parts and the sizes of its tensors."""
    with torch.device("meta"):
        return build(config)


def test_tables_and_types_name_the_same() -> None:
    assert set(registry.IMAGE_ENCODERS) == set(get_args(registry.EncoderName))
    assert {config.level_fusion for config in CONFIGURATIONS.values()} <= set(registry.LEVEL_FUSIONS)
    assert set(CONFIGURATIONS) == {
        "cmsa-lite",
        "cmsa-base",
        "cmsa-paper",
        "tile-lite",
        "cmsa-lite-without-gates",
        "cmsa-lite-plain",
    }


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_every_configuration_fits_together(name: str) -> None:
    check_shape(CONFIGURATIONS[name])


def test_the_papers_configuration_has_the_papers_size() -> None:
    network = shape_of(CONFIGURATIONS["cmsa-paper"])
    assert network.head_parameters() == pytest.approx(28.5e6, abs=0.1e6)
    gates = sum(parameter.numel() for parameter in network.level_fusion.parameters())
    assert gates == pytest.approx(20.25e6, abs=0.01e6)
    config = CONFIGURATIONS["cmsa-paper"]
    assert (config.image_size, config.max_words, config.word_width) == (320, 20, 1000)
    assert [level.width for level in config.levels] == [64, 128, 512]
    assert not any(level.factorises for level in config.levels)


def test_the_ablations_change_one_part_each() -> None:
    tile, summed, plain = (CONFIGURATIONS[name] for name in ("tile-lite", "cmsa-lite-without-gates", "cmsa-lite-plain"))
    assert replace(tile, fusion=LITE.fusion) == summed
    assert replace(summed, level_fusion=LITE.level_fusion) == plain
    assert replace(plain, decoder=LITE.decoder, similarity_heads=LITE.similarity_heads) == LITE
    assert isinstance(shape_of(tile).fusions[0], TileAndConcatenate)
    assert isinstance(shape_of(LITE).fusions[0], CrossModalSelfAttention)


@pytest.mark.parametrize(
    ("switch", "part"),
    [("gated-code", GatedMultiLevelFusion), ("gated-paper", PaperGatedFusion), ("sum", SummedLevels)],
)
def test_the_switch_of_the_gates(switch: Any, part: type) -> None:
    assert isinstance(shape_of(replace(LITE, level_fusion=switch)).level_fusion, part)


def test_the_switches_of_text_and_decoder() -> None:
    ours, paper = shape_of(LITE), shape_of(CONFIGURATIONS["cmsa-paper"])
    assert isinstance(ours.text_encoder, ContextualWords)
    assert isinstance(ours.decoder, DetailDecoder)
    assert isinstance(paper.text_encoder, WordEmbedding)
    assert isinstance(paper.decoder, PaperDecoder)


def test_a_configuration_is_made_for_a_vocabulary() -> None:
    config = configuration("cmsa-lite", vocabulary_size=100, vector_width=8, trained_words=50)
    assert (config.vocabulary_size, config.vector_width, config.trained_words) == (100, 8, 50)
    paper = configuration("cmsa-paper", vocabulary_size=100, vector_width=8, trained_words=50)
    assert (paper.vocabulary_size, paper.vector_width, paper.trained_words) == (100, 0, 0)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"no configuration 'cmsa-huge'; choose one of cmsa-lite, cmsa-base"):
        configuration("cmsa-huge", vocabulary_size=10)


LEVEL = LITE.levels[0]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"image_size": 31}, "image_size is 31"),
        ({"image_size": 5000}, "image_size is 5000"),
        ({"image_size": 1 << 40}, "image_size"),
        ({"image_encoder": "hybrid-vit-s14", "image_size": 320}, "no multiple of 14"),
        ({"max_words": 0}, r"max_words is 0, not in 1\.\.1000"),
        ({"max_words": 10**9}, "max_words"),
        ({"word_width": -1}, "word_width is -1"),
        ({"word_width": 130}, "levels.0.word_width is 128 where the part it meets has 130"),
        ({"vector_width": 10**9}, "vector_width"),
        ({"trained_words": 3}, "trained_words is 3 of 2 words"),
        ({"levels": (replace(LEVEL, heads=0), *LITE.levels[1:])}, "levels.0.heads is 0"),
        ({"levels": (replace(LEVEL, heads=3), *LITE.levels[1:])}, "levels.0.width is 128, which 3 heads do not divide"),
        ({"levels": (replace(LEVEL, pool_space=0), *LITE.levels[1:])}, "levels.0.pool_space is 0"),
        ({"levels": (replace(LEVEL, width=1 << 20), *LITE.levels[1:])}, "levels.0.width"),
        ({"levels": (replace(LEVEL, visual_width=47), *LITE.levels[1:])}, "levels.0.visual_width is 47"),
        ({"levels": (replace(LEVEL, out_width=64), *LITE.levels[1:])}, "levels.0.out_width is 64"),
        ({"gated": replace(LITE.gated, width=64)}, "levels.0.out_width is 128"),
        ({"detail": replace(LITE.detail, width=64)}, "detail.width is 64"),
        ({"detail": replace(LITE.detail, word_width=64)}, "detail.word_width is 64"),
        ({"detail": replace(LITE.detail, layers=10**6)}, "detail.layers"),
        ({"detail": replace(LITE.detail, heads=5)}, "detail.width is 128, which 5 heads"),
        ({"detail": replace(LITE.detail, grid=(20, 10**5))}, "detail.grid.1"),
        ({"detail": replace(LITE.detail, detail_widths=(24, 48))}, "detail.detail_widths.0 is 24"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_its_part_named(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        check_shape(replace(LITE, **changes))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_scaled_canvases_are_whole_cells() -> None:
    assert scaled_canvases(LITE, 1.0) == LITE.canvas_sizes
    for name in ("cmsa-lite", "cmsa-base"):
        config = CONFIGURATIONS[name]
        cell = 16 if name == "cmsa-lite" else 14
        for canvas, scaled in zip(config.canvas_sizes, scaled_canvases(config, 0.7), strict=True):
            assert scaled.width % cell == scaled.height % cell == 0
            assert abs(scaled.width - 0.7 * canvas.width) <= cell / 2
