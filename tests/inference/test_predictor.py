"""The fake predictor understands plain pictures, and the threshold is cut in one place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import ModelError
from refseg_annotator.inference.predictor import (
    FAKE_INFO,
    Candidate,
    FakePredictor,
    Prediction,
    Predictor,
    binarize,
)

# Two red squares left and right, the left one larger; a blue bar below them.
LEFT, RIGHT, BAR = Box(5, 10, 25, 30), Box(60, 12, 70, 22), Box(20, 45, 60, 52)


def picture() -> np.ndarray:
    image = np.full((60, 80, 3), 235, np.uint8)
    image[LEFT.slices] = image[RIGHT.slices] = (220, 30, 30)
    image[BAR.slices] = (40, 60, 210)
    return image


def answer(phrase: str, image: np.ndarray | None = None) -> Prediction:
    predictor: Predictor = FakePredictor()
    features = predictor.encode(picture() if image is None else image)
    return predictor.predict(features, predictor.tokenize(phrase))


def mask_of(box: Box) -> Mask:
    return Mask.from_patch(Size(80, 60), box, np.ones(box.shape, bool))


@pytest.mark.parametrize(
    ("phrase", "box"),
    [
        ("the red square on the left", LEFT),
        ("the red square on the right", RIGHT),
        ("blue", BAR),
        ("The thing at the bottom!", BAR),
        ("the small red thing", RIGHT),
        ("the biggest thing", LEFT),
    ],
)
def test_the_whole_phrase_decides(phrase: str, box: Box) -> None:
    prediction = answer(phrase)
    assert binarize(prediction, FAKE_INFO) == mask_of(box)
    assert prediction.presence > FAKE_INFO.presence_threshold
    assert prediction.probability.dtype == np.float32
    assert prediction.probability.shape == (60, 80)
    assert 0.0 <= prediction.score <= 1.0
    assert prediction.candidates[0].probability is prediction.probability


def test_candidates_are_ranked_and_all_means_all() -> None:
    prediction = answer("the red square on the left")
    assert [binarize(one, FAKE_INFO) for one in prediction.candidates] == [mask_of(LEFT), mask_of(RIGHT)]
    scores = [one.score for one in prediction.candidates]
    assert scores == sorted(scores, reverse=True)
    assert binarize(answer("both red squares"), FAKE_INFO) == mask_of(LEFT).union(mask_of(RIGHT))


@pytest.mark.parametrize("image", [picture(), np.zeros((1, 1, 3), np.uint8), np.full((9, 7, 3), 90, np.uint8)])
def test_a_colour_that_is_not_there_lowers_the_presence(image: np.ndarray) -> None:
    prediction = answer("the green one", image)
    assert prediction.presence < FAKE_INFO.presence_threshold
    assert binarize(prediction, FAKE_INFO) == Mask.empty(Size(image.shape[1], image.shape[0]))
    assert len(prediction.candidates) == 1


def test_unknown_and_surplus_words_are_told() -> None:
    predictor = FakePredictor(replace(FAKE_INFO, max_words=4))
    tokens = predictor.tokenize("Red zebra, left zebra and more")
    assert tokens.words == ("red", "zebra", "left", "zebra")
    assert tokens.unknown == ("zebra",)
    assert tokens.truncated
    assert len(tokens.ids) == 4
    assert predictor.tokenize("").words == ()
    assert not predictor.tokenize("red").truncated


def test_what_the_world_does_can_be_scripted() -> None:
    seen: list[object] = []

    def fail(_: np.ndarray) -> None:
        raise RuntimeError("out of memory")

    predictor = FakePredictor(before_encode=fail, before_predict=seen.append)
    with pytest.raises(RuntimeError, match="out of memory"):
        predictor.encode(picture())
    assert predictor.encoded == 0
    predictor.before_encode = None
    tokens = predictor.tokenize("red")
    predictor.predict(predictor.encode(picture()), tokens)
    assert seen == [tokens]
    assert predictor.encoded == 1
    assert predictor.predicted == [("red",)]


def test_features_of_another_model_are_refused() -> None:
    class Foreign:
        size = Size(3, 3)

    predictor = FakePredictor()
    with pytest.raises(ModelError, match="another model"):
        predictor.predict(Foreign(), predictor.tokenize("red"))


def test_a_pixel_belongs_to_the_mask_above_the_threshold() -> None:
    probability = np.array([[0.2, 0.5], [0.500001, 0.9]], np.float32)
    mask = binarize(Candidate(probability, 1.0), FAKE_INFO)
    assert mask == Mask.from_array(np.array([[0, 0], [1, 1]]))
    assert binarize(Candidate(probability, 1.0), replace(FAKE_INFO, threshold=0.8)).area == 1


def test_a_label_is_name_and_version() -> None:
    assert FAKE_INFO.label == "fake 1"
    assert replace(FAKE_INFO, version="").label == "fake"
