"""From weights to a bundle: thresholds and scales fitted on what the predictor said, scores and card beside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.predictor import FAKE_INFO, Prediction
from refseg_annotator.nn.checkpoint import Bundle, BundleConfig, InferenceSteps, load_bundle
from refseg_annotator.nn.registry import build
from refseg_annotator.text import Tokenizer, Tokens, Vocabulary
from refseg_annotator.training import bundling
from refseg_annotator.training.card import card_of
from refseg_annotator.training.evaluator import evaluate_samples
from refseg_annotator.training.recipe import Recipe, ValidationConfig
from tests.training.made_photos import LEFT_RED, TWO_CARS
from tests.training.tiny import tiny_configuration

RecipeOf = Callable[..., Recipe]
VOCABULARY = Vocabulary.of(["dog", "cat"])
MEANT = {text: photo.mask(numbers) for photo in (LEFT_RED, TWO_CARS) for text, _, numbers in photo.phrases}


def bundle_of(**changes: Any) -> Bundle:
    model = replace(tiny_configuration(), vocabulary_size=4, trained_words=4)
    torch.manual_seed(0)
    config = BundleConfig(
        name="made",
        version="3",
        licence="Apache-2.0",
        summary="A test's.",
        model=model,
        preprocessing={},
        threshold=0.5,
        presence_threshold=0.5,
        max_words=8,
        parameters=1_234_567,
        training={
            "recipe": {"steps": 12, "batch": 2, "data": [{"path": "made", "split": "train"}]},
            "commit": "abc1234",
        },
    )
    return Bundle(replace(config, **changes), build(model).eval(), Tokenizer(VOCABULARY, 8))


class Faint:
    """Knows every answer, but draws it at 0.42 over 0.37, and is sure of presence within a factor."""

    def __init__(self, bundle: Bundle, device: torch.device) -> None:
        assert device.type == "cpu"
        self.info = replace(
            FAKE_INFO, threshold=bundle.config.threshold, presence_threshold=bundle.config.presence_threshold
        )
        self.calibration = bundle.config.calibration

    def tokenize(self, phrase: str) -> Tokens:
        return Tokens(ids=(2,), words=(phrase,))

    def encode(self, image: NDArray[np.uint8]) -> Any:
        return Size(image.shape[1], image.shape[0])

    def predict(self, features: Any, tokens: Tokens) -> Prediction:
        mask = MEANT[tokens.words[0]]
        probability = np.where(mask, np.float32(0.42), np.float32(0.37)).astype(np.float32)
        raw = 0.3 if mask.any() else 0.1
        scale = self.calibration
        logit = np.log(raw / (1 - raw)) / scale.get("presence_temperature", 1.0) + scale.get("presence_bias", 0.0)
        return Prediction(probability, presence=float(1 / (1 + np.exp(-logit))), score=0.6)


@pytest.fixture
def faint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundling, "TorchPredictor", Faint)


def test_thresholds_and_scales_are_fitted(faint: None, data: Path) -> None:
    bundle = bundle_of(calibration={"presence_temperature": 9.0})
    read, _ = bundling.read_sentences(bundle, read_refer(data, "val"))
    fitted = bundling.fit(read)
    assert fitted.threshold == 0.4  # the only one between 0.37 and 0.42
    scale = fitted.presence
    there, absent = scale.apply(np.log([0.3 / 0.7, 0.1 / 0.9]))
    assert there > 0.9 > 0.1 > absent
    assert absent < fitted.presence_threshold <= there
    assert fitted.error < 0.3  # a dozen sentences, half of them to fit by
    assert fitted.quality.temperature > 0
    assert bundle.config.threshold == 0.5  # the one given is as it was


def test_every_sentence_is_asked_once_and_scored_as_the_bundle_answers_it(
    data: Path, tmp_path: Path, recipe_of: RecipeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Blurred(Faint):
        """Draws less of what it is asked later: thresholds, presence and quality differ from sentence to sentence."""

        def predict(self, features: Any, tokens: Tokens) -> Prediction:
            asked.append(tokens.words[0])
            phrase = tokens.words[0]
            rng = np.random.default_rng(len(phrase))
            mask = MEANT[phrase]
            probability = np.clip(0.3 * mask + 0.6 * rng.random(mask.shape), 0, 1).astype(np.float32)
            scale = self.calibration

            def scaled(part: str, logit: float) -> float:
                logit = logit / scale.get(f"{part}_temperature", 1.0) + scale.get(f"{part}_bias", 0.0)
                return float(1 / (1 + np.exp(-logit)))

            return Prediction(
                probability,
                presence=scaled("presence", 0.4 * mask.any() + rng.normal()),
                score=scaled("quality", rng.normal()),
            )

    monkeypatch.setattr(bundling, "TorchPredictor", Blurred)
    recipe = recipe_of(validation=ValidationConfig(calibrate=6))
    folder = bundling.finish_bundle(bundle_of(), recipe, data, tmp_path / "out")
    split = read_refer(data, "val")
    assert sorted(asked) == sorted(sample.phrase for sample in split.samples)
    finished = load_bundle(folder)
    again = evaluate_samples(Blurred(finished, torch.device("cpu")), split, split.samples, split_name="val").to_json()
    for record in (again, scores := finished.config.scores):
        for name in ("ms_per_phrase", "ms_per_image"):
            record.pop(name)
    assert scores == {**json.loads(json.dumps(again)), "date": scores["date"]}
    assert 0 < scores["mIoU"] < 1


def test_a_bundle_is_finished_with_scores_and_card(
    faint: None, data: Path, tmp_path: Path, recipe_of: RecipeOf
) -> None:
    told: list[tuple[int, int]] = []
    recipe = recipe_of(validation=ValidationConfig())
    folder = bundling.finish_bundle(
        bundle_of(), recipe, data, tmp_path / "out", progress=lambda done, total, note: told.append((done, total))
    )
    config = load_bundle(folder).config
    assert config.scores["mIoU"] == 1.0
    assert config.scores["split"] == "val"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", config.scores["date"])
    assert told[-1] == (10, 10)
    assert (folder / "card.md").read_text() == card_of(config)


def test_where_maps_are_moved_to_the_threshold_it_is_left_alone(
    faint: None, data: Path, tmp_path: Path, recipe_of: RecipeOf
) -> None:
    recipe = recipe_of(validation=ValidationConfig())
    chosen, left = (
        load_bundle(bundling.finish_bundle(bundle_of(steps=steps), recipe, data, tmp_path / str(place))).config
        for place, steps in enumerate((InferenceSteps(), InferenceSteps(best_level=True)))
    )
    assert chosen.threshold == 0.4
    assert left.threshold == bundle_of().config.threshold == 0.5
    assert "most overlap is to be expected" in card_of(left)


def test_without_validation_nothing_is_claimed(tmp_path: Path, recipe_of: RecipeOf) -> None:
    folder = bundling.finish_bundle(bundle_of(), recipe_of(), tmp_path, tmp_path / "out")
    config = load_bundle(folder).config
    assert (config.scores, config.calibration) == ({}, {})
    assert "## Scores" not in (folder / "card.md").read_text()


def test_measuring_leaves_the_network_as_it_was(data: Path) -> None:
    bundle = bundle_of()
    before = {name: value.clone() for name, value in bundle.network.state_dict().items()}
    scores = bundling.measure(bundle, ValidationConfig(limit=4), data)
    assert scores["samples"] == 4
    assert 0 <= scores["mIoU"] <= 1
    assert all(torch.equal(before[name], value) for name, value in bundle.network.state_dict().items())


# --- the card ---------------------------------------------------------------------------------------------------------


def test_the_card_tells_what_the_record_holds() -> None:
    card = card_of(bundle_of(calibration={"presence_ece": 0.0234}).config)
    assert card.startswith("# made 3\n\nA test's.\n")
    for line in (
        "- Licence of the weights: Apache-2.0",
        "efficientnet-lite2 encoder at 32 x 32 pixels",
        "1.2 M parameters",
        "- Vocabulary: 4 words, of which 4 carry trained corrections",
        "- Trained on: made:train; 12 steps of 2 photos with ? phrases each",
        "- Commit: abc1234",
        "- Thresholds: pixel 0.50, presence 0.500",
        "fitted to the other): 0.023",
    ):
        assert line in card, line
    assert "None" not in card


def test_the_cards_tables() -> None:
    scores = {
        "split": "val", "date": "2026-01-02", "mIoU": 0.5, "P@0.5": 0.25, "N_acc": None,
        "by_kind": {"colour": {"samples": 7, "mIoU": 0.125, "P@0.5": None}},
        "by_source": {"voc": {"samples": 9, "mIoU": 0.75, "P@0.5": 0.5}},
    }  # fmt: skip
    card = card_of(bundle_of(scores=scores).config)
    assert "## Scores (val, 2026-01-02)" in card
    assert "| oIoU | mIoU | P@0.5 | P@0.7 | P@0.9 | N_acc | T_acc | gIoU |" in card
    assert "| - | 0.500 | 0.250 | - | - | - | - | - |" in card
    assert "| colour | 7 | 0.125 | - |" in card
    assert "| voc | 9 | 0.750 | 0.500 |" in card


def test_a_card_of_little_is_still_a_card() -> None:
    assert "- Trained on: not recorded" in card_of(bundle_of(training={}).config)
    assert "- Commit: not recorded" in card_of(bundle_of(training={}).config)
