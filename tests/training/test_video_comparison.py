"""The table of ways to answer clips: each is scored, the model last, and what CFSA adds to a phrase shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from refseg_annotator.inference.predictor import FakePredictor, Prediction
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from refseg_annotator.training.video_comparison import (
    COPY,
    CROSS_FRAME,
    EACH_FRAME,
    FLOW,
    PHRASE_AND_FLOW,
    compare,
    following_phrases,
    rows_of,
)
from refseg_annotator.training.video_evaluator import evaluate_clips
from tests.training.test_video_evaluator import FRAMES, tree

__all__ = ["tree"]


class WrongOnOneFrame(FakePredictor):
    """Reads phrases right, but on the frames it is told to be wrong on, where it takes the other square."""

    def __init__(self, wrong: set[int]) -> None:
        super().__init__()
        self.asked = -1
        self.wrong = wrong

    def encode(self, image):
        self.asked += 1
        return super().encode(image)

    def predict(self, features, tokens) -> Prediction:
        if self.asked in self.wrong:
            swapped = {"red": "blue", "green": "blue"}
            tokens = self.tokenize(" ".join(swapped.get(word, word) for word in tokens.words))
        return super().predict(features, tokens)


def test_the_model_comes_last_and_alone_without_baselines(tree):
    model, reader = FakeVideoPredictor(), FakePredictor()
    titles = [row.title for row in rows_of("propagate", model, reader, baselines=True)]
    assert titles == [COPY, FLOW, EACH_FRAME, CROSS_FRAME]
    assert [row.title for row in rows_of("propagate", model, None, baselines=True)] == [COPY, FLOW, CROSS_FRAME]
    assert [row.title for row in rows_of("propagate", model, None, baselines=False, title="other")] == ["other"]
    titles = [row.title for row in rows_of("phrase", model, reader, baselines=True)]
    assert titles == [EACH_FRAME, PHRASE_AND_FLOW, CROSS_FRAME]


def test_every_row_is_scored_and_told(tree: Path):
    told = []
    rows = rows_of("propagate", FakeVideoPredictor(), None, baselines=True)
    compared = compare(rows, tree, "valid", task="propagate", progress=lambda *words: told.append(words))
    assert compared.reports[CROSS_FRAME].summary.region_and_boundary == pytest.approx(1.0)
    assert compared.reports[COPY].summary.region < 0.9
    record = compared.to_json()
    assert [row["way"] for row in record] == [COPY, FLOW, CROSS_FRAME]
    assert record[-1]["J&F"] == pytest.approx(1.0)
    assert set(record[0]) == {"way", "model", "J", "F", "J&F", "fps"}
    lines = compared.to_text().splitlines()
    assert lines[-1].split()[-4:-1] == ["1.000", "1.000", "1.000"]
    done = [words[0] for words in told]
    assert done == sorted(done)
    assert told[-1][:2] == (6, 6)


def test_a_phrase_followed_is_answered_on_every_frame(tree: Path):
    answerer = following_phrases(FakePredictor(), FakeVideoPredictor())
    report = evaluate_clips(answerer, FakePredictor().info, tree, "valid", task="phrase")
    assert report.frames == 2 * FRAMES
    assert report.by_clip["stay"].region_and_boundary == pytest.approx(1.0)


def test_one_wrong_frame_costs_a_phrase_that_is_followed_nothing(tree: Path):
    # Frame 4 of eight is asked; the first clip's frames come first.
    wrong = WrongOnOneFrame({4})
    followed = evaluate_clips(following_phrases(wrong, FakeVideoPredictor()), wrong.info, tree, "valid", task="phrase")
    right = evaluate_clips(
        following_phrases(FakePredictor(), FakeVideoPredictor()), wrong.info, tree, "valid", task="phrase"
    )
    assert followed.summary.region == pytest.approx(right.summary.region)


def test_a_phrase_that_fits_nothing_is_answered_with_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch):
    import refseg_annotator.training.video_comparison as module

    monkeypatch.setattr(module, "follow_phrases", lambda *arguments: iter(()))
    answerer = following_phrases(FakePredictor(), FakeVideoPredictor())
    report = evaluate_clips(answerer, FakePredictor().info, tree, "valid", task="phrase")
    assert report.by_clip["stay"].region == pytest.approx(0.0)
