"""Scores on clips: what is given is not scored, each task gets its own answers, broken data are named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from refseg_annotator.errors import FormatError, UsageError
from refseg_annotator.formats.label_png import write_labels
from refseg_annotator.inference.flow_predictor import CopyMask, FlowWarp
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from refseg_annotator.training.video_evaluator import evaluate_video
from tests.inference.clips import A, B, SquaresClip

FRAMES = 8


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two clips in the layout of Refer-YouTube-VOS: `go` with two objects, of which the second comes on frame 3."""
    clips = {"go": SquaresClip(FRAMES, hidden={B: range(3)}), "stay": SquaresClip(FRAMES)}
    expressions = {
        "go": {"0": ("the red square", 1), "1": ("the green square", 2)},
        "stay": {"0": ("the red square", 1)},
    }
    meta = {}
    for name, clip in clips.items():
        frames = tmp_path / "valid" / "JPEGImages" / name
        frames.mkdir(parents=True)
        for frame in range(FRAMES):
            labels = np.zeros(clip.size.shape, np.uint8)
            for number, referent in ((1, A), (2, B)):
                if name == "go" or number == 1:
                    mask = clip.mask(referent, frame)
                    labels[mask.box.slices][mask.pixels] = number
            write_labels(tmp_path / "valid" / "Annotations" / name / f"{frame:05d}.png", labels)
            assert cv2.imwrite(str(frames / f"{frame:05d}.png"), clip.read(frame)[..., ::-1])
        meta[name] = {
            "expressions": {
                key: {"exp": text, "obj_id": str(number)} for key, (text, number) in expressions[name].items()
            },
            "frames": [f"{frame:05d}" for frame in range(FRAMES)],
        }
    file = tmp_path / "meta_expressions" / "valid" / "meta_expressions.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"videos": meta}))
    return tmp_path


def test_a_perfect_predictor_scores_one(tree):
    seen = []
    report = evaluate_video(FakeVideoPredictor(), tree, "valid", progress=lambda *told: seen.append(told))
    assert report.summary.objects == 3
    assert report.summary.region_and_boundary == pytest.approx(1.0)
    assert set(report.by_clip) == {"go", "stay"}
    assert report.frames == 2 * (FRAMES - 1), "the frame that was given is looked at by nobody"
    assert report.frames_per_second > 0
    assert seen == [(0, 2, "go"), (1, 2, "stay"), (2, 2, "")]
    assert report.doubtful_share == 0.0
    assert report.other_region == pytest.approx(1.0)


def test_only_what_follows_the_given_frame_is_scored(tree):
    predictor = FakeVideoPredictor()
    evaluate_video(predictor, tree, "valid")
    together = list(range(4, FRAMES))
    assert [frame for frame, referents in predictor.tracked if len(referents) == 2] == together
    assert [frame for frame, referents in predictor.tracked if len(referents) == 1] == [1, 2, 3, *range(1, FRAMES)]
    report = evaluate_video(CopyMask(), tree, "valid")
    # The square of six pixels moves by one a frame: 30/42 of it is met on the first frame, and ever less.
    expected = [max(0, 6 - step) / (6 + step) for step in range(1, FRAMES)]
    late = expected[: FRAMES - 4]
    assert report.by_clip["stay"].region == pytest.approx(np.mean(expected))
    assert report.by_clip["go"].region == pytest.approx((np.mean(expected) + np.mean(late)) / 2)
    assert report.summary.region == pytest.approx((2 * np.mean(expected) + np.mean(late)) / 3)


def test_each_frame_by_itself_is_scored_by_expression(tree):
    report = evaluate_video(FakePredictor(), tree, "valid", task="phrase")
    assert report.task == "phrase"
    assert report.summary.objects == 3
    # No green square is there on the first three frames, and the fake says so.
    assert report.summary.region == pytest.approx(1.0)
    assert report.frames == 2 * FRAMES
    assert report.doubtful_share is None


def test_the_report_for_people_and_for_programs(tree):
    report = evaluate_video(FlowWarp(), tree, "valid")
    record = report.to_json()
    assert json.loads(json.dumps(record)) == record
    assert {"model", "device", "task", "split", "J", "F", "J&F", "fps", "peak_mebibytes", "by_clip"} <= record.keys()
    text = report.to_text()
    assert text.startswith("flow-warp 1 on valid, propagate (cpu), 14 frames")
    assert "frames a second" in text
    bare = replace(
        report, frames_per_second=None, peak_mebibytes=None, growth_mebibytes=None, doubtful_share=None
    ).to_text()
    assert "frames a second" not in bare
    assert "doubtful" not in bare


def test_an_unknown_task_is_answered_with_the_known_ones(tree):
    with pytest.raises(UsageError, match="no task 'dream'; choose one of propagate, phrase"):
        evaluate_video(FakeVideoPredictor(), tree, "valid", task="dream")


def test_a_clip_with_missing_frames_is_named(tree):
    (tree / "valid" / "JPEGImages" / "stay" / "00003.png").unlink()
    with pytest.raises(FormatError, match=r"stay lacks the frame '00003' \(1 in all\) that the data set lists"):
        evaluate_video(FakeVideoPredictor(), tree, "valid")


def test_a_split_without_objects_is_named(tree):
    file = tree / "meta_expressions" / "valid" / "meta_expressions.json"
    file.write_text('{"videos": {}}')
    with pytest.raises(FormatError, match="no object with masks in its split 'valid'"):
        evaluate_video(FakeVideoPredictor(), tree, "valid")


@pytest.mark.data
def test_the_real_clips_can_be_scored(shared_data):
    from refseg_annotator.training.video_evaluator import scored_clips

    clips = scored_clips(shared_data / "refvideos", "valid")
    total, clip = next(clips)
    assert total == 10
    assert list(clip.given().values()) == [0]
    assert clip.frames.read(0).shape[:2] == clip.medium.size.shape
