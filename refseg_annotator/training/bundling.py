"""From trained weights to a bundle: measured, calibrated, with its card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.formats.samples import ReferSplit
from refseg_annotator.inference.predictor import ModelInfo, binarize
from refseg_annotator.inference.torch_predictor import TorchPredictor
from refseg_annotator.nn.checkpoint import Bundle, save_bundle
from refseg_annotator.training import calibration
from refseg_annotator.training.card import card_of
from refseg_annotator.training.evaluator import (
    EvaluationReport,
    Measured,
    Outcome,
    Progress,
    Tally,
    answers,
    evaluate_samples,
    measured,
    outcome_of,
    thinned,
)
from refseg_annotator.training.recipe import Recipe, ValidationConfig


def measure(bundle: Bundle, validation: ValidationConfig, data: Path) -> dict[str, Any]:
    """The validation scores of a run in the making."""
    split = read_refer(data / validation.path, validation.split)
    samples = thinned(split.samples, validation.limit)
    predictor = TorchPredictor(bundle, _device(bundle))
    report = evaluate_samples(predictor, split, samples, split_name=validation.split)
    return {key: value for key, value in report.to_json().items() if key not in ("model", "device", "split", "P@X")}


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as the network answers it before anything is fitted; no pixels are kept.

    Attributes:
        presence, quality: logits.
        outcomes: at each of `PIXEL_THRESHOLDS`.
        refused: the outcome of the answer "nothing here".
    """

    sentence: Measured
    presence: float
    quality: float
    outcomes: tuple[Outcome, ...]
    refused: Outcome


def read_sentences(bundle: Bundle, split: ReferSplit, progress: Progress | None = None) -> tuple[list[Read], ModelInfo]:
    """All sentences of the split, photo by photo, and the model that answered them."""
    predictor = TorchPredictor(_changed(bundle, calibration={}), _device(bundle))
    at = [replace(predictor.info, threshold=threshold) for threshold in calibration.PIXEL_THRESHOLDS]
    read: list[Read] = []
    for answer, encoding in answers(predictor, split, split.samples, progress):
        prediction = answer.prediction
        read.append(
            Read(
                measured(answer, encoding),
                _logit(prediction.presence),
                _logit(prediction.score),
                tuple(outcome_of(answer, binarize(prediction, info)) for info in at),
                outcome_of(answer, Mask.empty(answer.truth.size)),
            )
        )
        del answer, prediction  # and with them the photo, before the next is read
    return read, predictor.info


@dataclass(frozen=True, slots=True)
class Fit:
    """What is fitted on validation data.

    Attributes:
        threshold: of the pixels' probability, one of `PIXEL_THRESHOLDS`.
        presence_threshold: of the presence after scaling.
        error: calibration error of the presence, each half scaled by the other.
    """

    threshold: float
    presence_threshold: float
    presence: calibration.Scale
    quality: calibration.Scale
    error: float


def fit(read: Sequence[Read], *, threshold: float | None = None) -> Fit:
    """Thresholds and scales for sentences; they come photo by photo, so that halves of them share no photo but one.

    Args:
        threshold: of the pixels' probability where it is settled already; None = the best of `PIXEL_THRESHOLDS`.
    """
    presence = [one.presence for one in read]
    there = [one.sentence.has_mask for one in read]
    shown = [one for one in read if one.sentence.has_mask]
    ious = [[outcome["intersection"] / max(outcome["union"], 1) for outcome in one.outcomes] for one in shown]
    threshold = calibration.best_pixel_threshold(ious) if threshold is None else threshold
    place = calibration.PIXEL_THRESHOLDS.index(threshold)
    truths = [float(value) for value in there]
    scale = calibration.fit_scale(presence, truths)
    return Fit(
        threshold,
        calibration.presence_threshold(list(scale.apply(np.asarray(presence))), there),
        scale,
        calibration.fit_scale([one.quality for one in shown], [row[place] for row in ious]),
        calibration.expected_calibration_error(list(calibration.cross_fitted(presence, truths)), truths),
    )


def score(read: Sequence[Read], fit: Fit, split: ReferSplit, info: ModelInfo, *, split_name: str) -> EvaluationReport:
    """The report of the sentences as the model answers them once `fit` is applied."""
    tally = Tally(split)
    place = calibration.PIXEL_THRESHOLDS.index(fit.threshold)
    presence = fit.presence.apply(np.asarray([one.presence for one in read]))
    quality = fit.quality.apply(np.asarray([one.quality for one in read]))
    for number, one in enumerate(read):
        is_there = presence[number] >= fit.presence_threshold
        tally.add(one.sentence, one.outcomes[place] if is_there else one.refused, score=float(quality[number]))
    return tally.report(info, split_name=split_name)


def finish_bundle(bundle: Bundle, recipe: Recipe, data: Path, out: Path, *, progress: Progress | None = None) -> Path:
    """Calibrates, scores and writes `out/bundle`; the validation data are answered once."""
    validation = recipe.validation
    if validation is not None:
        split = read_refer(data / validation.path, validation.split)
        read, info = read_sentences(bundle, split, progress)
        chosen = {id(sample) for sample in thinned(split.samples, validation.calibrate)}
        # Maps that are moved to the threshold, whatever it is, leave nothing to choose.
        settled = info.threshold if bundle.config.steps.best_level else None
        fitted = fit([one for one in read if id(one.sentence.sample) in chosen], threshold=settled)
        report = score(read, fitted, split, info, split_name=validation.split)
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        bundle = _changed(
            bundle,
            threshold=fitted.threshold,
            presence_threshold=fitted.presence_threshold,
            calibration={
                "presence_temperature": fitted.presence.temperature,
                "presence_bias": fitted.presence.bias,
                "presence_ece": fitted.error,
                "quality_temperature": fitted.quality.temperature,
                "quality_bias": fitted.quality.bias,
            },
            scores=report.to_json() | {"date": today},
        )
    folder = out / "bundle"
    save_bundle(
        folder,
        network=bundle.network,
        vocabulary=bundle.tokenizer.vocabulary,
        config=bundle.config,
        card=card_of(bundle.config),
    )
    return folder


def _changed(bundle: Bundle, **changes: Any) -> Bundle:
    return Bundle(replace(bundle.config, **changes), bundle.network, bundle.tokenizer)


def _device(bundle: Bundle) -> torch.device:
    return next(bundle.network.parameters()).device


def _logit(probability: float) -> float:
    clipped = min(max(probability, 1e-9), 1 - 1e-9)
    return float(np.log(clipped / (1 - clipped)))
