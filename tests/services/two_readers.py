"""Predictors that know whose features they are given, and a clip beside the photos: for tests of who reads what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from refseg_annotator.core.annotation import Medium, MediumId, MediumKind
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import ModelError
from refseg_annotator.inference.predictor import FAKE_INFO, FakeFeatures, FakePredictor, ImageFeatures, Prediction
from refseg_annotator.services.session import Session
from refseg_annotator.text import Tokens
from tests.services.conftest import LEFT, RIGHT


class JealousPredictor(FakePredictor):
    """Refuses what another has encoded, as the network's own predictor does.

    Args:
        name: of its model.
        knows: words that it knows beside those of all fakes.
        presence: what it holds of every phrase; None for its own opinion.
        told: what else its model says of itself, such as its thresholds.
    """

    def __init__(self, name: str, *, knows: str = "", presence: float | None = None, **told: Any) -> None:
        super().__init__(replace(FAKE_INFO, name=name, **told))
        self._knows = knows
        self._presence = presence
        self._made: list[FakeFeatures] = []

    def tokenize(self, phrase: str) -> Tokens:
        tokens = super().tokenize(phrase)
        return replace(tokens, unknown=tuple(word for word in tokens.unknown if word != self._knows))

    def encode(self, image: np.ndarray) -> FakeFeatures:
        features = super().encode(image)
        self._made.append(features)
        return features

    def predict(self, features: ImageFeatures, tokens: Tokens) -> Prediction:
        if not any(features is one for one in self._made):
            raise ModelError("The picture was encoded by another model; encode it again with this one.")
        prediction = super().predict(features, tokens)
        return prediction if self._presence is None else replace(prediction, presence=self._presence)


def add_clip(session: Session, folder: Path, frames: int = 3) -> MediumId:
    """A clip of the photos' own squares, as a folder of pictures, put into a session's project."""
    folder.mkdir()
    image = np.full((60, 80, 3), 235, np.uint8)
    image[LEFT.slices] = image[RIGHT.slices] = (220, 30, 30)
    for frame in range(frames):
        assert cv2.imwrite(str(folder / f"{frame:05d}.png"), image[..., ::-1])
    medium_id = MediumId(session.project.next_id())
    session.commit(PutMedium(Medium(medium_id, str(folder), MediumKind.VIDEO, Size(80, 60), frames)))
    return medium_id
