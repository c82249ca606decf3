"""Scores computed by hand, and the answer "not here", which is an empty mask."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from refseg_annotator.core.annotation import ExpressionKind
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError, MediaError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor, ModelInfo, Prediction, answered_mask
from refseg_annotator.text import Tokens
from refseg_annotator.training.evaluator import (
    Answer,
    EvaluationReport,
    evaluate_samples,
    expression_kind,
    size_of,
    thinned,
)
from tests.training.made_photos import LEFT_RED, TWO_CARS, MadePhoto, write_tree

SIZE = Size(20, 10)
PHOTO = MadePhoto(
    [("dog", "red", (0, 10, 0, 10)), ("cat", "blue", (0, 2, 10, 20))],  # 100 and 20 of 200 pixels
    [
        ("the dog", "category", [0]),
        ("red dog", "colour", [0]),
        ("the cat", "category", [1]),
        ("the green dog", "no-target", []),
        ("the sofa", "no-target", []),
    ],
    size=(10, 20),
)


@dataclass
class Scripted:
    """A predictor that says of each phrase what the test wrote: a box and how sure it is that it is there."""

    said: dict[str, tuple[Box, float]]
    info: ModelInfo = FAKE_INFO
    encoded: list[Size] = field(default_factory=list)

    def tokenize(self, phrase: str) -> Tokens:
        return Tokens(ids=(2,), words=(phrase,))

    def encode(self, image: NDArray[np.uint8]) -> FakeFeatures:
        self.encoded.append(Size(image.shape[1], image.shape[0]))
        return FakeFeatures(self.encoded[-1])

    def predict(self, features: FakeFeatures, tokens: Tokens) -> Prediction:
        box, presence = self.said[tokens.words[0]]
        probability = np.full(features.size.shape, 0.1, np.float32)
        probability[box.slices] = 0.9
        return Prediction(probability, presence=presence, score=0.7)


@dataclass(frozen=True)
class FakeFeatures:
    size: Size


SAID = {
    "the dog": (Box(0, 0, 10, 10), 0.9),  # exactly: 100 / 100
    "red dog": (Box(0, 0, 5, 10), 0.9),  # its left half: 50 / 100
    "the cat": (Box(10, 0, 20, 2), 0.1),  # exactly, but held to be absent: 0 / 20
    "the green dog": (Box(0, 0, 10, 10), 0.2),  # rightly held to be absent
    "the sofa": (Box(0, 0, 5, 4), 0.8),  # a false mask of 20 pixels
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"val": [PHOTO]})


def report_of(tree: Path, predictor: object, *, strict: bool = True, **more: object) -> EvaluationReport:
    split = read_refer(tree, "val")
    return evaluate_samples(predictor, split, split.samples, split_name="val", strict=strict, **more)


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_the_scores_are_those_computed_by_hand(tree: Path) -> None:
    predictor = Scripted(SAID)
    record = report_of(tree, predictor).to_json()
    assert (record["samples"], record["model"], record["device"], record["split"]) == (5, "fake 1", "cpu", "val")
    expected = {
        "oIoU": 150 / 220,
        "mIoU": (1 + 0.5 + 0) / 3,
        "P@0.5": 1 / 3,
        "P@0.6": 1 / 3,
        "P@0.9": 1 / 3,
        "N_acc": 1 / 2,
        "T_acc": 2 / 3,
        "gIoU": (1 + 0.5 + 0 + 1 + 0) / 5,
        "cIoU": 150 / (220 + 20),
    }
    assert {name: record[name] for name in expected} == pytest.approx(expected)
    kinds = record["by_kind"]
    assert set(kinds) == {"category", "colour"}
    assert (kinds["category"]["samples"], kinds["category"]["mIoU"], kinds["category"]["P@0.5"]) == (2, 0.5, 0.5)
    assert (kinds["colour"]["samples"], kinds["colour"]["mIoU"], kinds["colour"]["P@0.5"]) == (1, 0.5, 0.0)
    assert record["by_source"]["made"]["samples"] == 3
    assert record["by_source"]["made"]["mIoU"] == pytest.approx(0.5)
    assert {name: rows["samples"] for name, rows in record["by_size"].items()} == {"5 to 20 %": 1, "over 20 %": 2}
    assert record["by_size"]["over 20 %"]["oIoU"] == pytest.approx(150 / 200)
    assert record["ms_per_phrase"] >= 0
    assert record["ms_per_image"] >= 0
    assert predictor.encoded == [SIZE]  # one photo, encoded once for its five sentences


def test_the_switch_of_p_at_x(tree: Path) -> None:
    strict, plain = (report_of(tree, Scripted(SAID), strict=strict).to_json() for strict in (True, False))
    assert (strict["P@0.5"], plain["P@0.5"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert strict["P@X"] != plain["P@X"]


def test_the_fake_predictor_finds_plain_squares(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {"val": [LEFT_RED, TWO_CARS]})
    split = read_refer(tree, "val")
    asked = [s for s in split.samples if s.kind == "colour"]
    record = evaluate_samples(FakePredictor(), split, asked, split_name="val").to_json()
    assert (record["samples"], record["mIoU"], record["P@0.9"], record["T_acc"]) == (3, 1.0, 1.0, 1.0)
    assert record["N_acc"] is None  # nothing without a target was asked


def test_an_observer_sees_every_answer_and_progress_is_told_by_photo(tree: Path) -> None:
    seen: list[tuple[str, int, float]] = []
    told: list[tuple[int, int]] = []

    def observer(answer: Answer, mask: Mask, iou: float) -> None:
        assert answer.photo.shape == (10, 20, 3)
        seen.append((answer.sample.phrase, mask.area, iou))

    report_of(tree, Scripted(SAID), observer=observer, progress=lambda done, total, note: told.append((done, total)))
    assert seen == [
        ("the dog", 100, 1.0),
        ("red dog", 50, 0.5),
        ("the cat", 0, 0.0),
        ("the green dog", 0, 1.0),
        ("the sofa", 20, 0.0),
    ]
    assert told == [(5, 5)]


def test_no_samples_no_scores(tree: Path) -> None:
    split = read_refer(tree, "val")
    record = evaluate_samples(Scripted(SAID), split, [], split_name="val").to_json()
    assert record["samples"] == 0
    assert record["mIoU"] is record["ms_per_phrase"] is None


def test_a_table_for_people(tree: Path) -> None:
    text = report_of(tree, Scripted(SAID)).to_text()
    assert text.splitlines()[0].startswith("fake 1 on val (cpu), 5 sentences")
    assert "mIoU     0.500" in text
    assert "colour" in text
    assert "ms a phrase" in text


# --- the answer "not here" --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("presence", "area"), [(0.0, 0), (0.49, 0), (0.5, 50), (1.0, 50)])
def test_a_low_presence_is_an_empty_mask(presence: float, area: int) -> None:
    probability = np.zeros((10, 20), np.float32)
    probability[:5, :10] = 0.9
    mask = answered_mask(Prediction(probability, presence=presence, score=0.7), FAKE_INFO)
    assert (mask.area, mask.size) == (area, SIZE)


def test_the_models_own_threshold_of_presence_counts() -> None:
    probability = np.ones((10, 20), np.float32)
    strict = replace(FAKE_INFO, presence_threshold=0.95)
    assert answered_mask(Prediction(probability, presence=0.9, score=0.7), strict).is_empty
    assert answered_mask(Prediction(probability, presence=0.9, score=0.7), FAKE_INFO).area == 200


# --- parts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "chosen"), [(None, 10), (0, 10), (10, 10), (99, 10), (4, 4), (1, 1)])
def test_thinning_spreads_over_the_whole(limit: int | None, chosen: int) -> None:
    samples = list(range(10))
    found = thinned(samples, limit)
    assert len(found) == len(set(found)) == chosen
    assert list(found) == sorted(found)
    if chosen > 1:
        assert (found[0], found[-1]) == (0, 9)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("colour", ExpressionKind.COLOUR),
        ("no-target", ExpressionKind.NO_TARGET),
        ("", ExpressionKind.UNSPECIFIED),
        ("weird", ExpressionKind.UNSPECIFIED),
    ],
)
def test_a_files_word_for_a_kind(word: str, kind: ExpressionKind) -> None:
    assert expression_kind(word) is kind


@pytest.mark.parametrize(
    ("area", "name"),
    [(0, "under 1 %"), (1, "under 1 %"), (2, "1 to 5 %"), (10, "5 to 20 %"), (40, "over 20 %"), (200, "over 20 %")],
)
def test_groups_by_size(area: int, name: str) -> None:
    mask = np.zeros(200, bool)
    mask[:area] = True
    assert size_of(Mask.from_array(mask.reshape(10, 20))) == name


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_photo_of_another_size_is_one_sentence(tree: Path) -> None:
    other = write_tree(tree / "other", {"val": [replace(PHOTO, size=(20, 20))]})
    (other / "images" / "made_1.png").replace(tree / "images" / "made_1.png")
    with pytest.raises(FormatError, match=r"is 20 x 20 pixels where the annotations say 20 x 10; use the photos"):
        report_of(tree, Scripted(SAID))


def test_a_missing_photo_is_one_sentence(tree: Path) -> None:
    (tree / "images" / "made_1.png").unlink()
    with pytest.raises(MediaError, match=r"made_1\.png"):
        report_of(tree, Scripted(SAID))
