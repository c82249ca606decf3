"""The evaluator of sentences about clips: who is asked what. The scores themselves are worked out in tests/cli."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import Annotation, MediumId
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Stage
from refseg_annotator.inference.predictor import FakePredictor, ModelInfo, Prediction
from refseg_annotator.media import FrameSource
from refseg_annotator.training.clip_data import CLIP_FORMATS, Measure, clip_format
from refseg_annotator.training.sentence_video_evaluator import evaluate_sentences, missing_sentence

SIZE = Size(20, 10)
LEFT, RIGHT = Box(0, 0, 5, 5), Box(12, 2, 18, 9)


def mask(box: Box) -> Mask:
    return Mask.from_patch(SIZE, box, np.ones(box.shape, np.bool_))


class Listening:
    """Answers every sentence with the left box, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, tuple[str, ...]]] = []

    @property
    def info(self) -> ModelInfo:
        return FakePredictor().info

    def read(self, frames: FrameSource, frame: int, sentences: list[str]) -> list[Prediction]:
        self.asked.append((frames.path.name, frame, tuple(sentences)))
        probability = mask(LEFT).to_array().astype(np.float32)
        return [Prediction(probability, presence=1.0, score=0.5) for _ in sentences]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """A clip with a left and a right thing, both on frame 2, the left alone on 4; nothing is known of frame 0."""
    from PIL import Image

    folder = tmp_path / "clip"
    folder.mkdir()
    for number in range(6):
        Image.new("RGB", (SIZE.width, SIZE.height)).save(folder / f"{number:05d}.png")
    stage = Stage()
    clip = stage.add_clip(folder, size=SIZE, name="clip", frame_count=6)
    left, right, unseen = (stage.add_referent(clip) for _ in range(3))
    for text, targets in (("left", [left]), ("right", [right]), ("both", [left, right]), ("lost", [unseen])):
        stage.add_expression(clip, text, targets)
    rows = [(left, 2, LEFT), (right, 2, RIGHT), (left, 4, LEFT)]

    def load(medium_id: MediumId) -> list[Annotation]:
        assert medium_id == clip
        return [Annotation(referent, frame, mask(box), IMPORTED) for referent, frame, box in rows]

    return stage.finish(load)


def test_each_annotated_frame_is_asked_once_with_the_sentences_about_it(dataset: Dataset) -> None:
    reader = Listening()
    report = evaluate_sentences(reader, dataset, title="made", split="test")
    assert reader.asked == [("clip", 2, ("left", "right", "both")), ("clip", 4, ("left", "both"))]
    assert (report.summary.samples, report.frames, report.clips) == (5, 2, 1)
    # left twice and "both" on 4 are exact, "both" on 2 is 25 of 25 + 42, "right" nothing.
    assert report.summary.mean_iou == pytest.approx((3 + 25 / 67) / 5)
    assert report.ms_per_frame is not None
    assert report.to_json()["paper"] == {}
    assert "paper:" not in report.to_text()


def test_a_limit_spreads_over_the_sentences(dataset: Dataset) -> None:
    reader = Listening()
    evaluate_sentences(reader, dataset, title="made", split="test", limit=2)
    assert [sentences for _, _, sentences in reader.asked] == [("left",), ("left",)]


def test_sentences_about_nothing_annotated_are_no_samples(dataset: Dataset) -> None:
    lost = Dataset(dataset.media, dataset.referents, dataset.expressions[3:], dataset.load)
    with pytest.raises(FormatError, match="no sentence about an annotated frame"):
        evaluate_sentences(Listening(), lost, title="made", split="test")


def test_missing_clips_in_words() -> None:
    assert missing_sentence(["a"], 5) == "Not there, and so not scored: 1 of 5 clips (a)."
    assert "(a, b, c, ...)" in missing_sentence(list("abcdef"), 9)


def test_the_table_is_read_by_name() -> None:
    assert clip_format("jhmdb").measure is Measure.PRECISION
    assert [form.name for form in CLIP_FORMATS if form.paper] == ["a2d", "jhmdb"]
    assert all(form.format.holds_clips and form.format.reads for form in CLIP_FORMATS)
    assert [form.name for form in CLIP_FORMATS if not form.has_sentences] == ["davis"]
