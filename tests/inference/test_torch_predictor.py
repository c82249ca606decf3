"""The torch predictor: numpy in, numpy out, at the picture's own size; a failing device is one sentence."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import BundleError, DeviceError, ModelError
from refseg_annotator.inference import torch_predictor
from refseg_annotator.inference.clicks import Click, Prompts
from refseg_annotator.inference.edge_refinement import refine_edges
from refseg_annotator.inference.predictor import FakePredictor, Predictor, answered_mask, binarize
from refseg_annotator.inference.torch_predictor import TorchPredictor, choose_device, load_predictor
from refseg_annotator.nn.checkpoint import Bundle, BundleConfig, InferenceSteps, save_bundle
from refseg_annotator.nn.click_network import ClickConfig, ClickNetwork
from refseg_annotator.nn.letterbox import Letterbox
from refseg_annotator.nn.model import ModelOutput
from refseg_annotator.nn.registry import build
from refseg_annotator.text import Tokenizer, Vocabulary
from tests.nn.builders import small

WORDS = ["the", "dog", "on", "left", "red", "cat", "of", "horse", "big", "two"]
VOCABULARY = Vocabulary.of(WORDS)


@cache
def bundle() -> Bundle:
    torch.manual_seed(0)
    network = build(small("cmsa-lite")).eval()
    with torch.no_grad():
        network.text_encoder.vectors.normal_()
        network.decoder.leave.weight *= 8  # so that an untrained mask is not all one value
    config = BundleConfig(
        name="small",
        version="2",
        licence="Apache-2.0",
        summary="A small one.",
        model=small("cmsa-lite"),
        preprocessing={},
        threshold=0.4,
        presence_threshold=0.6,
        max_words=5,
        parameters=0,
    )
    return Bundle(config, network, Tokenizer(VOCABULARY, 5))


@cache
def predictor() -> TorchPredictor:
    return TorchPredictor(bundle(), torch.device("cpu"))


def picture(width: int = 90, height: int = 60) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3)).astype(np.uint8)


def ask(phrase: str, image: NDArray[np.uint8], asked: Predictor | None = None) -> Any:
    asked = asked or predictor()
    return asked.predict(asked.encode(image), asked.tokenize(phrase))


# --- what it gives ----------------------------------------------------------------------------------------------------


def test_it_tells_what_it_is() -> None:
    info = predictor().info
    assert (info.label, info.device, info.licence, info.summary) == ("small 2", "cpu", "Apache-2.0", "A small one.")
    assert (info.threshold, info.presence_threshold, info.max_words) == (0.4, 0.6, 5)
    assert info.parameters == sum(p.numel() for p in bundle().network.parameters())


@pytest.mark.parametrize(("width", "height"), [(90, 60), (60, 90), (64, 64), (1, 1), (1, 50), (400, 2), (1500, 1100)])
def test_numpy_in_numpy_out_at_the_pictures_size(width: int, height: int) -> None:
    features = predictor().encode(picture(width, height))
    assert features.size == Size(width, height)
    prediction = predictor().predict(features, predictor().tokenize("the dog on the left"))
    assert isinstance(prediction.probability, np.ndarray)
    assert prediction.probability.shape == (height, width)
    assert prediction.probability.dtype == np.float32
    assert np.isfinite(prediction.probability).all()
    assert 0 <= prediction.probability.min() <= prediction.probability.max() <= 1
    assert type(prediction.presence) is type(prediction.score) is float
    assert 0 <= prediction.presence <= 1
    assert 0 <= prediction.score <= 1
    assert 1 <= len(prediction.candidates) <= 5
    assert prediction.candidates[0].probability is prediction.probability
    assert binarize(prediction, predictor().info).size == Size(width, height)


def test_the_same_question_has_the_same_answer_and_the_picture_is_left_alone() -> None:
    image = picture()
    image.flags.writeable = False
    before = image.copy()
    first, second = ask("red cat", image), ask("red cat", image)
    assert np.array_equal(first.probability, second.probability)
    assert (first.presence, first.score) == (second.presence, second.score)
    assert np.array_equal(image, before)


def test_one_encoded_picture_answers_many_phrases() -> None:
    features = predictor().encode(picture())
    phrases = ["red cat", "the dog on the left", "red cat"]
    first, other, again = (predictor().predict(features, predictor().tokenize(phrase)) for phrase in phrases)
    assert np.array_equal(first.probability, again.probability)
    assert not np.array_equal(first.probability, other.probability)


def test_the_answer_is_the_networks_through_the_letterbox() -> None:
    image, network = picture(), bundle().network
    letterbox = Letterbox.fit(Size(90, 60), Size(64, 64))
    square = torch.from_numpy(letterbox.apply(image)).permute(2, 0, 1)[None].float()
    ids = torch.tensor([[list(predictor().tokenize("red cat").ids)]])
    with torch.inference_mode():
        output = network(square, ids)
    expected = letterbox.invert_logits(output.mask[0, 0].numpy())
    prediction = ask("red cat", image)
    # A processor that multiplies bfloat16 encodes the picture in it.
    near = 0.1 if torch_predictor.has_fast_bfloat16() else 1e-4
    assert np.abs(prediction.probability - expected).max() < near
    assert prediction.presence == pytest.approx(torch.sigmoid(output.presence[0, 0]).item(), abs=near)
    assert prediction.score == pytest.approx(torch.sigmoid(output.quality[0, 0]).item(), abs=near)


def test_calibration_scales_presence_and_score_and_nothing_else() -> None:
    plain = ask("red cat", picture())
    scales = {"presence_temperature": 2.0, "presence_bias": 1.0, "quality_temperature": 0.5, "quality_bias": -1.0}
    config = replace(bundle().config, calibration=scales)
    scaled = ask("red cat", picture(), TorchPredictor(replace(bundle(), config=config), torch.device("cpu")))

    def logit(p: float) -> float:
        return float(np.log(p / (1 - p)))

    assert np.array_equal(plain.probability, scaled.probability)
    assert logit(scaled.presence) == pytest.approx(logit(plain.presence) / 2 + 1, abs=1e-4)
    assert logit(scaled.score) == pytest.approx(logit(plain.score) / 0.5 - 1, abs=1e-4)


@pytest.mark.parametrize("phrase", ["", "   ", "?!", "\0"])
def test_a_phrase_without_words_means_nothing(phrase: str) -> None:
    prediction = ask(phrase, picture())
    assert (prediction.presence, prediction.score) == (0.0, 0.0)
    assert not prediction.probability.any()
    assert prediction.probability.shape == (60, 90)
    assert len(prediction.candidates) == 1
    assert binarize(prediction, predictor().info).is_empty
    assert answered_mask(prediction, predictor().info).is_empty


def test_any_phrase_is_read() -> None:
    tokens = predictor().tokenize("The DOG, on the zebra's left; of the horse")
    assert tokens.words == ("the", "dog", "on", "the", "zebra's")
    assert (tokens.unknown, tokens.truncated) == (("zebra's",), True)
    assert np.isfinite(ask("\U0001f436 zebra \u202e собака", picture()).probability).all()


def test_no_thread_of_its_own_is_left_running() -> None:
    before = set(threading.enumerate())
    ask("red cat", picture())
    assert set(threading.enumerate()) == before


# --- what it refuses --------------------------------------------------------------------------------------------------


def test_features_of_another_model_are_refused() -> None:
    tokens = predictor().tokenize("dog")
    other = TorchPredictor(bundle(), torch.device("cpu"))
    for features in (other.encode(picture()), FakePredictor().encode(picture())):
        with pytest.raises(ModelError, match="encoded by another model; encode it again"):
            predictor().predict(features, tokens)


def test_cuda_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(DeviceError, match="No CUDA device is usable here; choose the device 'cpu'"):
        choose_device("cuda")
    # Said before the bundle is read: a large one takes a while.
    with pytest.raises(DeviceError, match="No CUDA device"):
        load_predictor(tmp_path / "nowhere", "cuda")
    assert choose_device("auto") == choose_device("cpu") == torch.device("cpu")


def test_auto_takes_cuda_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto") == choose_device("cuda") == torch.device("cuda:0")
    assert choose_device("cpu") == torch.device("cpu")


@pytest.mark.parametrize(
    ("raised", "says"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate"), "graphics memory is full"),
        (
            RuntimeError("CUDA error: an illegal access\nmore lines"),
            r"device cpu failed \(CUDA error: an illegal access\)",
        ),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "choose 'cpu'"),
    ],
)
def test_a_device_that_fails_is_one_sentence(monkeypatch: pytest.MonkeyPatch, raised: Exception, says: str) -> None:
    def fails(*_: Any) -> None:
        raise raised

    features = predictor().encode(picture())
    monkeypatch.setattr(bundle().network, "prepare", fails)
    monkeypatch.setattr(bundle().network, "read_phrases", fails)
    for work in (
        lambda: predictor().encode(picture()),
        lambda: predictor().predict(features, predictor().tokenize("dog")),
    ):
        with pytest.raises(DeviceError, match=says) as caught:
            work()
        assert "\n" not in str(caught.value)
        assert caught.value.__cause__ is raised


def test_our_own_mistakes_are_not_hidden_as_the_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("The size of tensor a (3) must match the size of tensor b (4)")

    monkeypatch.setattr(bundle().network, "prepare", fails)
    with pytest.raises(RuntimeError, match="must match"):
        predictor().encode(picture())


@pytest.mark.parametrize("part", ["mask", "presence", "quality"])
def test_an_answer_without_numbers_is_one_sentence(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    features = predictor().encode(picture())
    read = bundle().network.read_phrases

    def broken(*given: Any) -> Any:
        output = read(*given)
        return output._replace(**{part: getattr(output, part) * float("nan")})

    monkeypatch.setattr(bundle().network, "read_phrases", broken)
    with pytest.raises(ModelError, match="'small' gave no numbers on cpu"):
        predictor().predict(features, predictor().tokenize("dog"))


# --- from a folder ----------------------------------------------------------------------------------------------------


def test_a_bundle_in_a_folder_is_loaded(tmp_path: Path) -> None:
    save_bundle(
        tmp_path / "small", network=bundle().network, vocabulary=VOCABULARY, config=bundle().config, card="# Small\n"
    )
    loaded = load_predictor(tmp_path / "small", "cpu")
    assert loaded.info == predictor().info
    near = ask("red cat", picture(), loaded).probability - ask("red cat", picture()).probability
    assert np.abs(near).max() < 0.05
    with pytest.raises(BundleError, match=r"its config\.json cannot be read"):
        load_predictor(tmp_path / "other", "cpu")


# --- steps beyond one pass --------------------------------------------------------------------------------------------


def test_with_the_mirror_image_asked_sides_are_treated_alike() -> None:
    asked = TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(mirror=True))
    image = picture()
    turned = np.ascontiguousarray(image[:, ::-1])
    here, there = ask("cat on the left", image, asked), ask("cat on the right", turned, asked)
    assert np.allclose(here.probability, there.probability[:, ::-1], atol=1e-4)
    assert (here.presence, here.score) == pytest.approx((there.presence, there.score), abs=1e-4)
    plain = ask("cat on the left", image)
    assert not np.allclose(here.probability, plain.probability, atol=1e-3)


def test_the_best_level_moves_the_whole_map_and_lowers_no_more_than_faint_parts() -> None:
    plain, levelled = (
        TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(best_level=best)) for best in (False, True)
    )
    as_it_came, moved = (ask("red cat", picture(), one) for one in (plain, levelled))
    logits = [np.log(p.probability / (1 - p.probability)) for p in (as_it_came, moved)]
    shift = logits[1] - logits[0]
    common = float(np.median(shift))
    assert abs(common) > 1e-3  # an untrained network is unsure of everything
    assert (shift <= common + 1e-3).all()
    lowered = shift < common - 1e-3
    assert lowered.mean() < 0.2
    assert (moved.probability[lowered] < levelled.info.threshold).all()
    assert (moved.presence, moved.score) == (as_it_came.presence, as_it_came.score)


def test_a_second_look_is_averaged_with_the_first() -> None:
    first, again = (
        TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(second_look=scale)) for scale in (0.0, 1.0)
    )
    smaller = TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(second_look=0.5))
    one, same, other = (ask("red cat", picture(), each) for each in (first, again, smaller))
    assert np.allclose(one.probability, same.probability, atol=1e-5)
    assert one.presence == pytest.approx(same.presence, abs=1e-5)
    assert other.probability.shape == one.probability.shape
    assert not np.allclose(one.probability, other.probability, atol=1e-3)
    assert len(smaller.encode(picture()).looks) == 2
    with pytest.raises(ValueError, match=r"second_look is 3"):
        InferenceSteps(second_look=3)


def test_a_phrase_of_size_asks_for_its_kind_too_and_no_other_phrase_does(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, comparing = (
        TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(compare=yes)) for yes in (False, True)
    )
    asked: list[int] = []
    real = comparing._network.read_phrases

    def counted(encoded: Any, ids: torch.Tensor) -> Any:
        asked.append(ids.shape[1])
        return real(encoded, ids)

    monkeypatch.setattr(comparing._network, "read_phrases", counted)
    seen: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []

    def swapped(
        own: NDArray[np.float32], kind: NDArray[np.float32], threshold: float, *, largest: bool
    ) -> NDArray[np.float32]:
        assert threshold == comparing.info.threshold
        assert largest
        seen.append((own, kind))
        return kind

    monkeypatch.setattr(torch_predictor, "by_size", swapped)
    found, own = ask("the big dog", picture(), comparing), ask("the big dog", picture(), plain)
    assert asked[0] == 3
    assert (found.presence, found.score) == pytest.approx((own.presence, own.score), abs=1e-5)
    of_kind = [ask(phrase, picture(), plain).probability for phrase in ("all dogs", "the dog")]
    assert np.allclose(found.probability, np.maximum(*of_kind), atol=1e-4)
    assert np.allclose((1 / (1 + np.exp(-seen[0][0]))).mean(), own.probability.mean(), atol=1e-2)
    ask("the red dog", picture(), comparing)
    assert len(seen) == 1
    assert asked[-1] == 1


def test_a_phrase_with_a_word_that_training_never_met_is_read_once_more_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taught = replace(bundle(), config=replace(bundle().config, taught=tuple(word for word in WORDS if word != "horse")))
    for mirror in (False, True):
        once, twice = (
            TorchPredictor(taught, torch.device("cpu"), InferenceSteps(plain=yes, mirror=mirror))
            for yes in (False, True)
        )
        asked: list[torch.Tensor] = []
        real = twice._network.read_phrases

        def counted(
            encoded: Any, ids: torch.Tensor, real: Any = real, asked: list[torch.Tensor] = asked
        ) -> ModelOutput:
            asked.append(ids)
            return real(encoded, ids)  # type: ignore[no-any-return]

        monkeypatch.setattr(twice._network, "read_phrases", counted)
        found = ask("left horse dog", picture(), twice)
        readings = [ask(phrase, picture(), once) for phrase in ("left horse dog", "left dog")]
        assert asked[0].shape == (1 + mirror, 2, 3)
        assert found.plain == "left dog"
        assert not any(reading.plain for reading in readings)
        weights = np.array([reading.score + 0.02 for reading in readings])
        weights /= weights.sum()
        assert found.presence == pytest.approx(weights @ [reading.presence for reading in readings], abs=1e-5)
        assert found.score == pytest.approx(weights @ [reading.score for reading in readings], abs=1e-5)
        probabilities = np.stack([reading.probability for reading in readings])
        # Logits are brought to the photo's size, not probabilities: between two cells the mean differs a little.
        assert np.abs(found.probability - np.tensordot(weights, probabilities, 1)).max() < 0.02
        assert np.abs(probabilities[0] - probabilities[1]).max() > 0.02
        ask("left dog", picture(), twice)
        assert asked[-1].shape[1] == 1
        monkeypatch.undo()


def test_a_misspelt_phrase_is_read_as_it_was_meant() -> None:
    taught = replace(bundle(), config=replace(bundle().config, taught=tuple(WORDS)))
    mending = TorchPredictor(taught, torch.device("cpu"), InferenceSteps(plain=True))
    found, meant = (ask(phrase, picture(), mending) for phrase in ("left hrose", "left horse"))
    assert np.array_equal(found.probability, meant.probability)
    assert (found.presence, found.score) == (meant.presence, meant.score)
    assert (found.plain, meant.plain) == ("left horse", "")


def test_without_the_step_no_phrase_is_read_twice_and_of_an_embedding_every_word_is_taught() -> None:
    assert TorchPredictor(bundle(), torch.device("cpu"))._taught is None
    model = replace(bundle().config.model, text="embedding")
    assert set(WORDS) <= set(replace(bundle(), config=replace(bundle().config, model=model)).taught_words)
    assert bundle().taught_words == VOCABULARY.words[: bundle().config.model.trained_words]


def test_refined_edges_are_those_of_the_one_filter_and_no_step_is_the_default() -> None:
    asked = TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(edges=True))
    image = picture()
    refined, plain = ask("red cat", image, asked), ask("red cat", image)
    assert np.array_equal(refined.probability, refine_edges(plain.probability, image))
    assert predictor().encode(image).picture is None


def test_what_has_not_the_colour_that_is_said_is_held_to_be_there_the_less_and_nothing_else_is_changed() -> None:
    doubting = TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(named_colours=True))
    image = np.random.default_rng(5).integers(0, 80, (60, 90, 3)).astype(np.uint8)
    image[..., 2] += 140  # blue all over
    for phrase, is_doubted in (("the red dog", True), ("the dog", False), ("red", False)):
        doubted, plain = ask(phrase, image, doubting), ask(phrase, image)
        assert np.array_equal(doubted.probability, plain.probability)
        assert doubted.score == plain.score
        assert len(doubted.candidates) == len(plain.candidates)
        assert plain.unlike == ""
        assert doubted.unlike == ("red" if is_doubted else "")
        assert doubted.presence == (pytest.approx(0, abs=1e-6) if is_doubted else plain.presence)
    red = np.ascontiguousarray(image[..., ::-1])
    assert ask("the red dog", red, doubting).presence == ask("the red dog", red).presence


# --- clicks ----------------------------------------------------------------------------------------------------------


@cache
def pointing(**steps: bool) -> TorchPredictor:
    """A predictor with an untrained click network, which keeps the mask before."""
    return TorchPredictor(bundle(), torch.device("cpu"), InferenceSteps(**steps), ClickNetwork(ClickConfig(width=16)))


@pytest.mark.parametrize("steps", [{}, {"mirror": True}, {"second_look": 1.5}, {"edges": True}])
@pytest.mark.parametrize(("width", "height"), [(90, 60), (61, 97), (700, 400)])
def test_clicks_are_answered_at_the_pictures_size_where_they_are(
    steps: dict[str, Any], width: int, height: int
) -> None:
    model = pointing(**steps)
    before = np.zeros((height, width), bool)
    before[height // 4 : height // 2, width // 2 : width - width // 8] = True
    features = model.encode(picture(width, height))
    prompts = Prompts((Click(width * 0.6, height * 0.3), Click(1.5, 1.5, positive=False)))
    found = model.read_clicks(features, prompts, Mask.from_array(before))
    assert found.dtype == np.float32
    assert found.shape == (height, width)
    # Untrained it hands on the mask that it was given: there and back through letterbox and cells.
    assert iou(Mask.from_array(found > 0.5), Mask.from_array(before)) > 0.7


def test_who_reads_no_clicks_says_so() -> None:
    assert not predictor().reads_clicks
    assert pointing().reads_clicks
    with pytest.raises(ModelError, match="reads no clicks"):
        predictor().read_clicks(predictor().encode(picture()), Prompts(), Mask.empty(Size(90, 60)))
    with pytest.raises(ModelError, match="another model"):
        pointing().read_clicks(predictor().encode(picture()), Prompts(), Mask.empty(Size(90, 60)))


def test_clicks_without_numbers_are_one_sentence() -> None:
    network = ClickNetwork(ClickConfig(width=16))
    network.head.bias.data.fill_(torch.nan)
    model = TorchPredictor(bundle(), torch.device("cpu"), clicks=network)
    with pytest.raises(ModelError, match="gave no numbers"):
        model.read_clicks(model.encode(picture()), Prompts((Click(3, 3),)), Mask.empty(Size(90, 60)))


def test_a_phrase_is_read_the_same_beside_clicks() -> None:
    alone, beside = predictor(), pointing()
    asked = alone.tokenize("red dog")
    one, other = (model.predict(model.encode(picture()), asked) for model in (alone, beside))
    assert (one.probability == other.probability).all()
