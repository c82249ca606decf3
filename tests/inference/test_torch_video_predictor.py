"""Masks through clips by the network: bounded memory, referents that leave each other alone, errors in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from refseg_annotator.bundle_files import CROSS_FRAME_FILE
from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import BundleError, ModelError
from refseg_annotator.inference.bundles import has_cross_frame_part, read_bundle
from refseg_annotator.inference.propagation import Direction, propagate
from refseg_annotator.inference.torch_video_predictor import TorchClipMemory, TorchVideoPredictor, load_video_predictor
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.nn.clip_bundle import Confidence
from refseg_annotator.nn.clip_features import EarlyEncoder
from refseg_annotator.nn.token_merging import TokenMergingConfig
from tests.inference.clips import SIZE, A, B, C, SquaresClip
from tests.nn.clip_bundles import place_part, write_bundle
from tests.nn.clip_parts import clip_network


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained bundle that follows clips."""
    folder = write_bundle(tmp_path_factory.mktemp("models") / "follows")
    encoder = EarlyEncoder(load_bundle(folder).network.image_encoder)
    network = clip_network()
    clip = SquaresClip()
    frames = np.stack([np.kron(clip.read(frame), np.ones((3, 3, 1), np.uint8))[:70, :112] for frame in range(4)])
    tokens = encoder(torch.from_numpy(frames).permute(0, 3, 1, 2).float()).tokens
    network.attention.start_from(tokens.flatten(2).transpose(1, 2).flatten(0, 1))
    return place_part(folder, network)


@pytest.fixture(scope="module")
def predictor(bundle: Path) -> TorchVideoPredictor:
    return load_video_predictor(bundle, "cpu")


def test_what_it_says_of_itself(predictor):
    assert predictor.info.device == "cpu"
    assert predictor.info.label.startswith("follows-cfsa")


def test_a_bundle_without_the_part_is_told_of_in_one_sentence(tmp_path):
    folder = write_bundle(tmp_path / "plain")
    assert not has_cross_frame_part(folder)
    assert not read_bundle(folder).follows_clips
    with pytest.raises(ModelError, match="'plain' carries no cross-frame part"):
        load_video_predictor(folder, "cpu")


def test_a_damaged_part_is_told_of(bundle, tmp_path):
    folder = write_bundle(tmp_path / "broken")
    (folder / CROSS_FRAME_FILE).write_bytes((bundle / CROSS_FRAME_FILE).read_bytes()[:1000])
    with pytest.raises(BundleError, match="cross_frame"):
        load_video_predictor(folder, "cpu")


def test_a_referent_without_a_settled_mask_is_refused(predictor):
    clip = SquaresClip()
    memory = predictor.begin(SIZE)
    memory.remember(0, clip.read(0), {A: clip.mask(A, 0)})
    with pytest.raises(ModelError, match="Referent 2"):
        memory.track(1, clip.read(1), [A, B])


def test_answers_have_the_frames_size_and_range(predictor):
    size = Size(width=61, height=37)
    rng = np.random.default_rng(0)
    frames = rng.integers(0, 255, (2, *size.shape, 3), np.uint8)
    memory = predictor.begin(size)
    memory.remember(5, frames[0], {A: Mask.from_array(rng.random(size.shape) > 0.5), B: Mask.empty(size)})
    found = memory.track(6, frames[1], (A, B))
    for answer in found.values():
        assert answer.probability.shape == size.shape
        assert answer.probability.dtype == np.float32
        assert 0 <= answer.probability.min() <= answer.probability.max() <= 1
        assert 0 <= answer.presence <= 1
        assert 0 <= answer.score <= 1


def followed(predictor, referents, frames, *, late=()):
    """Probabilities by referent and frame; those in `late` are remembered on frame 3 only."""
    clip = SquaresClip()
    memory = predictor.begin(SIZE)
    now = [one for one in referents if one not in late]
    memory.remember(0, clip.read(0), {one: clip.mask(one, 0) for one in now})
    found = {}
    for frame in range(1, frames):
        if frame == 3 and late:
            memory.remember(frame, clip.read(frame), {one: clip.mask(one, frame) for one in late})
        asked = [*now, *(one for one in late if frame > 3)]
        for referent, answer in memory.track(frame, clip.read(frame), asked).items():
            found[referent, frame] = answer
    return found


def test_referents_read_together_are_read_as_if_alone(predictor):
    """Exactly: not a bit differs, whoever else is asked for and whenever the others came."""
    alone = followed(predictor, [A], 8)
    for others in (followed(predictor, [A, B, C], 8), followed(predictor, [C, A, B], 8, late=(B, C))):
        for key, answer in alone.items():
            assert np.array_equal(others[key].probability, answer.probability)
            assert (others[key].presence, others[key].score) == (answer.presence, answer.score)


def test_the_same_clip_is_answered_the_same_twice(predictor):
    one, other = followed(predictor, [A, B], 4), followed(predictor, [A, B], 4)
    assert all(np.array_equal(one[key].probability, other[key].probability) for key in one)


def frames_kept(memory: TorchClipMemory) -> int:
    return len(memory._memory.frames | {latest.frame for latest in memory._latest.values()})


def test_memory_does_not_grow_with_the_clip(predictor):
    clip = SquaresClip(60)
    memory = predictor.begin(SIZE)
    memory.remember(0, clip.read(0), {A: clip.mask(A, 0)})
    kept = []
    for frame in range(1, 40):
        memory.track(frame, clip.read(frame), [A])
        kept.append(frames_kept(memory))
    assert max(kept) == kept[-1] == kept[20], "what is kept is full early on"
    assert kept[-1] <= 5


def test_a_keyframe_outdates_what_was_tracked_before_it(predictor):
    clip = SquaresClip(60)
    memory = predictor.begin(SIZE)
    memory.remember(0, clip.read(0), {A: clip.mask(A, 0)})
    for frame in range(1, 20):
        memory.track(frame, clip.read(frame), [A])
    before = frames_kept(memory)
    memory.remember(20, clip.read(20), {A: clip.mask(A, 20)})
    assert frames_kept(memory) == 2 < before


def test_it_goes_backward_as_it_goes_forward(predictor):
    clip = SquaresClip(6)
    keyframes = {5: {A: clip.mask(A, 5)}, 2: {B: clip.mask(B, 2)}}
    found = {
        (referent, prediction.frame)
        for prediction in propagate(predictor, clip, keyframes, first=0, last=5, direction=Direction.BOTH)
        for referent in prediction.masks
    }
    assert found == {(A, frame) for frame in range(5)} | {(B, frame) for frame in (0, 1, 3, 4, 5)}


def test_a_frame_is_encoded_once_for_all_that_is_asked_of_it(predictor, monkeypatch):
    encoded = []
    predictor._settled.clear()  # of what other tests settled
    whole = predictor.encoder.forward
    monkeypatch.setattr(predictor.encoder, "forward", lambda *given: encoded.append(1) or whole(*given))
    clip = SquaresClip()
    memory = predictor.begin(SIZE)
    memory.remember(3, clip.read(3), {A: clip.mask(A, 3)})
    memory.remember(3, clip.read(3), {B: clip.mask(B, 3)})
    memory.track(4, clip.read(4), [ReferentId(A), B])
    assert len(encoded) == 2


@pytest.fixture
def merging(bundle: Path) -> TorchVideoPredictor:
    """One that merges tokens far from what is followed."""
    predictor = load_video_predictor(bundle, "cpu")
    predictor.merging = TokenMergingConfig(((1, 0.6), (3, 0.6)), margin=1)
    return predictor


def test_frames_are_read_closely_around_all_that_is_followed_and_settled_ones_whole(merging, monkeypatch):
    kept_apart = []
    encode = merging.encoder.forward

    def noted(images, config, apart):
        kept_apart.append(apart)
        return encode(images, config, apart)

    monkeypatch.setattr(merging.encoder, "forward", noted)
    clip = SquaresClip()
    memory = merging.begin(SIZE)
    memory.remember(0, clip.read(0), {A: clip.mask(A, 0), B: clip.mask(B, 0)})
    memory.track(1, clip.read(1), [A])
    memory.track(1, clip.read(1), [A])
    memory.remember(1, clip.read(1), {A: clip.mask(A, 1), B: clip.mask(B, 1)})
    memory.track(2, clip.read(2), [A])
    memory.track(3, clip.read(3), [A, B])
    whole, of_a, settled, again, of_both = kept_apart
    assert whole is None, "what is settled is remembered for long"
    assert settled is None, "even where the frame was just read to be followed"
    for place, apart in ((A, of_a), (A, again), (B, of_both)):
        box = clip.mask(place, 1).box
        row = (box.y0 + box.y1) * 5 // (2 * SIZE.height)
        column = (box.x0 + box.x1) * 8 // (2 * SIZE.width)
        assert apart[row, column]
    assert not of_a.all()
    assert int(of_both.sum()) >= int(of_a.sum())


def test_a_settled_frame_is_read_once_for_all_sweeps_and_few_are_kept(bundle, monkeypatch):
    predictor = load_video_predictor(bundle, "cpu", study=False)
    encoded = []
    encode = predictor.encoder.forward
    monkeypatch.setattr(predictor.encoder, "forward", lambda *given: encoded.append(given) or encode(*given))
    clip = SquaresClip()
    answers = []
    for _ in range(2):
        memory = predictor.begin(SIZE)
        memory.remember(0, clip.read(0), {A: clip.mask(A, 0)})
        answers.append(memory.track(1, clip.read(1), [A])[A])
    assert len(encoded) == 3, "the settled frame once, the other for each sweep"
    assert np.array_equal(answers[0].probability, answers[1].probability)
    for frame in range(2, 16):
        predictor.begin(SIZE).remember(frame, clip.read(frame), {A: clip.mask(A, frame)})
    predictor.begin(SIZE).remember(0, clip.read(0), {A: clip.mask(A, 0)})
    assert len(encoded) == 3 + 14 + 1, "what lies long back is read anew"


def test_on_a_processor_flow_may_fill_frames_unless_every_one_is_wanted(bundle, predictor):
    assert predictor.reach > 0
    assert load_video_predictor(bundle, "cpu", every_frame=True).reach == 0


def test_with_all_kept_apart_nothing_is_lost(predictor, merging):
    merging.merging = TokenMergingConfig(((1, 0.6), (3, 0.6)), margin=64)
    plain, found = followed(predictor, [A], 5), followed(merging, [A], 5)
    assert all(np.abs(found[key].probability - plain[key].probability).max() < 1e-3 for key in plain)


def test_the_score_falls_with_every_frame_since_a_person_looked(predictor, monkeypatch):
    monkeypatch.setattr(predictor, "confidence", Confidence(quality=0.0, age=-0.3))
    clip = SquaresClip()
    memory = predictor.begin(SIZE)
    memory.remember(0, clip.read(0), {A: clip.mask(A, 0)})
    scores = [memory.track(frame, clip.read(frame), [A])[A].score for frame in range(1, 5)]
    assert scores == sorted(scores, reverse=True)
    memory.remember(5, clip.read(5), {A: clip.mask(A, 5)})
    assert memory.track(6, clip.read(6), [A])[A].score == pytest.approx(scores[0])


def test_what_lies_far_from_the_referent_is_no_part_of_it_unless_it_was_settled_so(predictor, monkeypatch):
    """A second thing far away, which the network takes for the referent, is refused, in the memory too."""
    decode = predictor.network.decode

    def twice(*given: object) -> object:
        found = decode(*given)
        mask = torch.full_like(found.mask, -9.0)
        rows, columns = mask.shape[2:]
        mask[..., : rows // 4, : columns // 8] = 9.0
        mask[..., -(rows // 8) :, -(columns // 8) :] = 9.0
        return found._replace(mask=mask, presence=torch.ones(1))

    monkeypatch.setattr(predictor.network, "decode", twice)
    clip, together = SquaresClip(), np.zeros(SIZE.shape, bool)
    together[:6, :6] = together[-3:, -6:] = True
    for settled, expected in ((clip.mask(A, 0), False), (Mask.from_array(together), True)):
        memory = predictor.begin(SIZE)
        memory.remember(0, clip.read(0), {A: settled})
        answer = memory.track(1, clip.read(0), [A])[A]
        assert answer.probability[0, 0] > 0.9
        assert (answer.probability[-1, -1] > 0.5) == expected
        assert (float(memory._latest[A].probability[0, 0, -1, -1]) > 0.5) == expected
