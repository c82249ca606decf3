"""From trained weights to a bundle: measured, calibrated, with its card."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from refseg_annotator.core.metrics import iou
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.torch_predictor import TorchPredictor
from refseg_annotator.nn.checkpoint import Bundle, save_bundle
from refseg_annotator.training import calibration
from refseg_annotator.training.card import card_of
from refseg_annotator.training.evaluator import Progress, answers, evaluate_samples, thinned
from refseg_annotator.training.recipe import Recipe, ValidationConfig


def measure(bundle: Bundle, validation: ValidationConfig, data: Path) -> dict[str, Any]:
    """The validation scores of a run in the making."""
    split = read_refer(data / validation.path, validation.split)
    samples = thinned(split.samples, validation.limit)
    predictor = TorchPredictor(bundle, _device(bundle))
    report = evaluate_samples(predictor, split, samples, split_name=validation.split)
    return {key: value for key, value in report.to_json().items() if key not in ("model", "device", "split", "P@X")}


def calibrate(bundle: Bundle, validation: ValidationConfig, data: Path, progress: Progress | None = None) -> Bundle:
    """The bundle with thresholds and scales fitted on validation data."""
    split = read_refer(data / validation.path, validation.split)
    predictor = TorchPredictor(
        Bundle(replace(bundle.config, calibration={}), bundle.network, bundle.tokenizer), _device(bundle)
    )
    presence: list[float] = []
    there: list[bool] = []
    quality: list[float] = []
    ious: list[list[float]] = []
    # The samples come photo by photo, so that the halves of `cross_fitted` share none but one.
    for answer, _ in answers(predictor, split, thinned(split.samples, validation.calibrate), progress):
        presence.append(_logit(answer.prediction.presence))
        there.append(not answer.truth.is_empty)
        if there[-1]:
            quality.append(_logit(answer.prediction.score))
            truth = answer.truth.to_array()
            ious.append(
                [iou(answer.prediction.probability > threshold, truth) for threshold in calibration.PIXEL_THRESHOLDS]
            )
    threshold = calibration.best_pixel_threshold(ious)
    quality_scale = calibration.fit_scale(quality, [row[calibration.PIXEL_THRESHOLDS.index(threshold)] for row in ious])
    scale = calibration.fit_scale(presence, [float(value) for value in there])
    calibrated = scale.apply(np.asarray(presence))
    truths = [float(value) for value in there]
    error = calibration.expected_calibration_error(list(calibration.cross_fitted(presence, truths)), truths)
    config = replace(
        bundle.config,
        threshold=threshold,
        presence_threshold=calibration.presence_threshold(list(calibrated), there),
        calibration={
            "presence_temperature": scale.temperature,
            "presence_bias": scale.bias,
            "presence_ece": error,
            "quality_temperature": quality_scale.temperature,
            "quality_bias": quality_scale.bias,
        },
    )
    return Bundle(config, bundle.network, bundle.tokenizer)


def finish_bundle(bundle: Bundle, recipe: Recipe, data: Path, out: Path, *, progress: Progress | None = None) -> Path:
    """Calibrates, scores and writes `out/bundle`."""
    if recipe.validation is not None:
        bundle = calibrate(bundle, recipe.validation, data, progress)
        split = read_refer(data / recipe.validation.path, recipe.validation.split)
        predictor = TorchPredictor(bundle, _device(bundle))
        report = evaluate_samples(
            predictor, split, split.samples, split_name=recipe.validation.split, progress=progress
        )
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        scores = report.to_json() | {"date": today}
        bundle = Bundle(replace(bundle.config, scores=scores), bundle.network, bundle.tokenizer)
    folder = out / "bundle"
    save_bundle(
        folder,
        network=bundle.network,
        vocabulary=bundle.tokenizer.vocabulary,
        config=bundle.config,
        card=card_of(bundle.config),
    )
    return folder


def _device(bundle: Bundle) -> torch.device:
    return next(bundle.network.parameters()).device


def _logit(probability: float) -> float:
    clipped = min(max(probability, 1e-9), 1 - 1e-9)
    return float(np.log(clipped / (1 - clipped)))
