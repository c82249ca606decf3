"""Studying referents: when it is done, what is kept, and that a sweep goes on without it when nobody waits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from refseg_annotator.core.geometry import Size
from refseg_annotator.inference import torch_clip_study
from refseg_annotator.inference.torch_video_predictor import TorchVideoPredictor, load_video_predictor
from refseg_annotator.nn.clip_adaptation import ClipAdaptationConfig
from tests.inference.clips import SIZE, A, B, SquaresClip
from tests.nn.clip_bundles import place_part, write_bundle
from tests.nn.clip_parts import clip_network

BRIEF = ClipAdaptationConfig(steps=2, views=2, lessons=2)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_bundle(tmp_path_factory.mktemp("models") / "studies")
    network = clip_network()
    network.attention.start_from(torch.randn(64, 384, generator=torch.Generator().manual_seed(0)))
    return place_part(folder, network, adaptation=BRIEF)


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many views each study saw."""
    seen: list[int] = []
    real = torch_clip_study.adapted_decoder

    def counted(network, views, config, **options):
        seen.append(len(views))
        return real(network, views, config, **options)

    monkeypatch.setattr(torch_clip_study, "adapted_decoder", counted)
    return seen


@pytest.fixture
def predictor(bundle: Path) -> TorchVideoPredictor:
    return load_video_predictor(bundle, "cpu")


def follow(predictor, keys, frames, referents=(A,), **options):
    clip = SquaresClip()
    memory = predictor.begin(SIZE, **options)
    for key in keys:
        memory.remember(key, clip.read(key), {one: clip.mask(one, key) for one in referents})
    return {frame: memory.track(frame, clip.read(frame), list(referents)) for frame in frames}


def test_the_bundle_says_how_long_and_each_referent_is_studied_once(predictor, taught) -> None:
    assert predictor.adaptation == BRIEF
    follow(predictor, [0], [1, 2, 3], (A, B))
    assert taught == [3, 3]  # the settled frame and two views, of each


def test_what_was_learnt_is_at_hand_for_the_next_sweep(predictor, taught) -> None:
    there = follow(predictor, [0], [1, 2])
    again = follow(predictor, [0], [1, 2])
    assert taught == [3]
    assert all(np.array_equal(there[frame][A].probability, again[frame][A].probability) for frame in there)


def test_a_referent_is_followed_alike_whoever_else_is(predictor) -> None:
    alone = follow(predictor, [0], [1, 2])
    together = follow(predictor, [0], [1, 2], (A, B))
    assert all(np.array_equal(alone[frame][A].probability, together[frame][A].probability) for frame in alone)


def test_a_new_keyframe_is_studied_with_the_old(predictor, taught) -> None:
    clip = SquaresClip()
    memory = predictor.begin(SIZE)
    memory.remember(0, clip.read(0), {A: clip.mask(A, 0)})
    memory.track(1, clip.read(1), [A])
    memory.remember(2, clip.read(2), {A: clip.mask(A, 2)})
    memory.track(3, clip.read(3), [A])
    assert taught == [3, 4]  # one settled frame and two views, then two and one of each


def test_between_near_keyframes_nothing_is_studied(predictor, taught) -> None:
    follow(predictor, [8, 0], [1, 2])
    assert taught == []


def test_a_sweep_of_few_frames_does_without(predictor, taught) -> None:
    follow(predictor, [0], [1], thorough=False)
    assert taught == []


def test_where_nobody_waits_the_sweep_goes_on_without(predictor, taught) -> None:
    found = follow(predictor, [0], [1], still_wanted=lambda: False)
    plain = follow(predictor, [0], [1], thorough=False)
    assert taught == []
    assert np.array_equal(found[1][A].probability, plain[1][A].probability)


def test_it_can_be_turned_off(bundle, taught) -> None:
    follow(load_video_predictor(bundle, "cpu", adaptation=ClipAdaptationConfig()), [0], [1])
    assert taught == []


def test_a_mask_of_a_few_pixels_teaches_nothing(predictor, taught) -> None:
    clip = SquaresClip()
    memory = predictor.begin(SIZE)
    speck = np.zeros(SIZE.shape, bool)
    speck[3:5, 3:5] = True
    memory.remember(0, clip.read(0), {A: type(clip.mask(A, 0)).from_array(speck)})
    memory.track(1, clip.read(1), [A])
    assert taught == []


def test_the_shelf_forgets_what_was_not_asked_for_longest() -> None:
    shelf = torch_clip_study.DecoderShelf()
    decoders = [object() for _ in range(30)]
    for number, decoder in enumerate(decoders):
        shelf.put(bytes([number]), decoder)  # type: ignore[arg-type]
        shelf.find(bytes([0]))
    assert shelf.find(bytes([0])) is decoders[0]
    assert shelf.find(bytes([1])) is None
    assert shelf.find(bytes([29])) is decoders[29]


def test_of_large_frames_no_more_is_kept_than_is_read(predictor) -> None:
    memory = predictor.begin(Size(width=1920, height=1080))
    study = memory._study
    assert study is not None
    image, mask = np.zeros((1080, 1920, 3), np.uint8), np.zeros((1080, 1920), bool)
    mask[200:600, 300:900] = True
    study.settle(0, image, {A: mask})
    kept = study._settled[A][0]
    assert kept.image.shape[:2] == kept.mask.shape == study.working.shape
    assert kept.mask.mean() == pytest.approx(mask.mean(), rel=0.1)
