from __future__ import annotations

import json
import math
import time
from io import StringIO

import numpy as np
import pytest
from scipy import ndimage

from refseg_annotator.core.annotation import ExpressionKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import (
    ReferringScores,
    VideoScores,
    average_precision,
    boundary_f,
    intersection_union,
    iou,
    region_similarity,
)
from tests.core.records import mask, patch

COLOUR, PLURAL = ExpressionKind.COLOUR, ExpressionKind.PLURAL


@pytest.mark.parametrize(
    ("prediction", "truth", "expected"),
    [
        ("##. ...", ".## ...", (1, 3)),
        ("##. ...", "... .##", (0, 4)),
        ("### ###", "### ###", (6, 6)),
        ("... ...", "... ...", (0, 0)),
        ("... ...", "#.. ...", (0, 1)),
    ],
)
def test_intersection_and_union(prediction, truth, expected):
    p, t = patch(prediction), patch(truth)
    for a in (p, p.astype(np.uint8) * 255, Mask.from_array(p)):
        for b in (t, t.astype(np.float32), Mask.from_array(t)):
            assert intersection_union(a, b) == expected
            assert iou(a, b) == (expected[0] / expected[1] if expected[1] else 1.0)
            assert region_similarity(a, b) == iou(a, b)


def test_masks_of_two_sizes():
    for compare in (iou, boundary_f):
        with pytest.raises(ValueError, match="one size"):
            compare(np.zeros((2, 3), np.bool_), np.zeros((3, 2), np.bool_))
    with pytest.raises(ValueError, match="one size"):
        iou(mask(size=Size(2, 3)), mask(size=Size(3, 2)))


def add(scores: ReferringScores, intersection: int, union: int, **words: object) -> None:
    scores.add(intersection, union, predicted_empty=False, truth_empty=False, **words)  # type: ignore[arg-type]


def table(*, strict: bool = True) -> ReferringScores:
    """Four samples with a target (IoU .5, .9, 0, 0), three without (right, a false mask of 20 pixels, right)."""
    scores = ReferringScores(strict=strict)
    add(scores, 50, 100, kind=COLOUR)
    add(scores, 9, 10, kind=COLOUR)
    add(scores, 0, 30, kind=PLURAL)
    scores.add(0, 40, kind=PLURAL, predicted_empty=True, truth_empty=False)
    scores.add(0, 0, kind=ExpressionKind.NO_TARGET, predicted_empty=True, truth_empty=True)
    scores.add(0, 20, kind=ExpressionKind.NO_TARGET, predicted_empty=False, truth_empty=True)
    scores.add(0, 0, kind=ExpressionKind.NO_TARGET, predicted_empty=True, truth_empty=True)
    return scores


def test_the_table_by_hand():
    summary = table().summary()
    assert (summary.samples, summary.targets, len(table())) == (7, 4, 7)
    assert summary.overall_iou == pytest.approx(59 / 180)
    assert summary.mean_iou == pytest.approx((0.5 + 0.9 + 0 + 0) / 4)
    assert summary.precision == ((0.5, 0.25), (0.6, 0.25), (0.7, 0.25), (0.8, 0.25), (0.9, 0.0))
    assert summary.no_target_accuracy == pytest.approx(2 / 3)
    assert summary.target_accuracy == pytest.approx(3 / 4)
    assert summary.generalised_iou == pytest.approx((0.5 + 0.9 + 0 + 0 + 1 + 0 + 1) / 7)
    assert summary.cumulative_iou == pytest.approx(59 / 200)
    assert (summary.robust_iou, summary.robust_recognition_rate, summary.mean_average_precision) == (None, None, None)
    by_kind = dict(summary.by_kind)
    assert list(by_kind) == [COLOUR, PLURAL]
    assert by_kind[COLOUR].samples == 2
    assert by_kind[COLOUR].overall_iou == pytest.approx(59 / 110)
    assert by_kind[COLOUR].mean_iou == pytest.approx(0.7)
    assert by_kind[COLOUR].precision_at_half == 0.5
    assert (by_kind[PLURAL].overall_iou, by_kind[PLURAL].mean_iou) == (0.0, 0.0)


def test_the_switch_of_precision_is_named():
    summary = table(strict=False).summary()
    assert summary.precision == ((0.5, 0.5), (0.6, 0.25), (0.7, 0.25), (0.8, 0.25), (0.9, 0.25))
    assert (summary.strict, summary.as_dict()["P@X"]) == (False, ">=")
    assert (table().summary().strict, table().summary().as_dict()["P@X"]) == (True, ">")


@pytest.mark.parametrize("tenths", [5, 6, 7, 8, 9])
def test_an_iou_that_is_a_threshold_is_not_over_it(tenths):
    # Division of whole numbers meets the literal exactly: 7/10 == 0.7.
    for strict, share in ((True, 0.0), (False, 1.0)):
        scores = ReferringScores(strict=strict)
        add(scores, tenths * 3, 30)
        assert dict(scores.summary().precision)[tenths / 10] == share


def test_published_names_and_json():
    report = json.loads(json.dumps(table().summary().as_dict(), allow_nan=False))
    assert list(report) == [
        *("samples", "targets", "oIoU", "mIoU", "P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "P@X"),
        *("N_acc", "T_acc", "gIoU", "cIoU", "rIoU", "mRR", "mAP", "by_kind"),
    ]
    assert report["by_kind"]["colour"] == {"samples": 2, "oIoU": 59 / 110, "mIoU": 0.7, "P@0.5": 0.5}


def test_no_sample_no_number():
    summary = ReferringScores().summary()
    assert summary.samples == 0
    assert {summary.overall_iou, summary.mean_iou, summary.no_target_accuracy, summary.generalised_iou} == {None}
    assert summary.precision[0] == (0.5, None)
    only_negatives = ReferringScores()
    only_negatives.add(0, 0, predicted_empty=True, truth_empty=True)
    assert (only_negatives.summary().overall_iou, only_negatives.summary().no_target_accuracy) == (None, 1.0)


def test_robust_scores_by_hand():
    scores = ReferringScores()
    # First referent: 6/10 on its expression; two negatives, one with a false mask of 5 pixels: 6/15, 1/2.
    add(scores, 6, 10, referent="a")
    scores.add(0, 0, referent="a", predicted_empty=True, truth_empty=True)
    scores.add(0, 5, referent="a", predicted_empty=False, truth_empty=True)
    # Second: 8/10 and 1/10 on two expressions, one negative answered rightly: 9/20, 1.
    add(scores, 8, 10, referent="b")
    add(scores, 1, 10, referent="b")
    scores.add(0, 0, referent="b", predicted_empty=True, truth_empty=True)
    # Third: no negatives: 10/10, and no part of mRR. A sample without referent is no part of either.
    add(scores, 10, 10, referent="c")
    add(scores, 0, 10)
    summary = scores.summary()
    assert summary.robust_iou == pytest.approx((6 / 15 + 9 / 20 + 1) / 3)
    assert summary.robust_recognition_rate == pytest.approx((0.5 + 1) / 2)


def test_masks_as_samples():
    scores = ReferringScores()
    assert scores.add_masks(patch("##.."), patch(".##."), kind=COLOUR) == 1 / 3
    assert scores.add_masks(mask(), mask((1, 1))) == 0
    assert scores.add_masks(mask(), mask()) == 1
    assert scores.add_masks(patch("#"), patch(".")) == 0
    summary = scores.summary()
    assert (summary.targets, summary.target_accuracy, summary.no_target_accuracy) == (2, 0.5, 0.5)
    assert summary.overall_iou == 1 / 4


@pytest.mark.parametrize(
    ("intersection", "union", "predicted_empty", "truth_empty"),
    [
        (3, 2, False, False),
        (-1, 2, False, False),
        (1, 2, True, False),
        (1, 2, False, True),
        (0, 0, False, True),
        (0, 3, True, True),
    ],
)
def test_samples_that_contradict_themselves(intersection, union, predicted_empty, truth_empty):
    with pytest.raises(ValueError, match=r"intersection|union"):
        ReferringScores().add(intersection, union, predicted_empty=predicted_empty, truth_empty=truth_empty)


def test_average_precision_by_hand():
    # Ranked right, wrong, right: precision 1, 1/2, 2/3 at recalls 1/3, 1/3, 2/3; nothing beyond.
    # Of the 101 recalls, 34 (0 to .33) read 1 and 33 (.34 to .66) read 2/3.
    value = average_precision([0.2, 0.9, 0.6], [0.5, 0.9, 0.1], threshold=0.5)
    assert value == pytest.approx((34 * 1 + 33 * 2 / 3) / 101)
    assert average_precision([1.0], [0.0], threshold=0.95) == 1
    assert average_precision([0.5, 0.5], [1, 2], threshold=0.5) == 1
    assert average_precision([0.4], [1], threshold=0.5) == 0
    with pytest.raises(ValueError, match="one score a sample"):
        average_precision([0.5], [], threshold=0.5)


def test_mean_average_precision_is_cocos():
    from contextlib import redirect_stdout

    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    rng = np.random.default_rng(11)
    scores = ReferringScores()
    truths, predictions = [], []
    for sample in range(1, 41):
        truth, prediction = np.zeros((20, 20), np.uint8), np.zeros((20, 20), np.uint8)
        truth[2:18, 3:17] = 1
        prediction[2 : 18 - rng.integers(0, 9), 3:17] = 1
        score = float(rng.random())
        i, u = intersection_union(prediction, truth)
        add(scores, i, u, score=score)
        for rows, array in ((truths, truth), (predictions, prediction)):
            counts = {"size": [20, 20], "counts": Mask.from_array(array).to_counts()}
            row = {"id": sample, "image_id": sample, "category_id": 1, "segmentation": counts, "iscrowd": 0}
            rows.append({**row, "area": int(array.sum()), "bbox": [3, 2, 14, 16], "score": score})
    with redirect_stdout(StringIO()):
        gold = COCO()
        gold.dataset = {
            "info": {},
            "images": [{"id": k, "height": 20, "width": 20} for k in range(1, 41)],
            "categories": [{"id": 1, "name": "x"}],
            "annotations": truths,
        }
        gold.createIndex()
        for row in (*truths, *predictions):
            row["segmentation"] = gold.annToRLE(row)
        answers = gold.loadRes(predictions)
        evaluation = COCOeval(gold, answers, "segm")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    assert scores.summary().mean_average_precision == pytest.approx(evaluation.stats[0], abs=1e-9)


def test_mean_average_precision_wants_all_scores():
    scores = ReferringScores()
    add(scores, 9, 10, score=0.5)
    scores.add(0, 0, predicted_empty=True, truth_empty=True)
    assert scores.summary().mean_average_precision == pytest.approx(0.9)  # right up to .90, both included: 9 of 10
    add(scores, 9, 10)
    assert scores.summary().mean_average_precision is None


# --- boundaries ---------------------------------------------------------------------------------------------------


def reference_boundary_f(prediction: np.ndarray, truth: np.ndarray, tolerance: float = 0.008) -> float:
    """The DAVIS measure once more, by distances between all pairs of boundary pixels."""

    def boundary(m):
        h, w = m.shape
        found = []
        for y in range(h):
            for x in range(w):
                near = [m[min(y + dy, h - 1), min(x + dx, w - 1)] for dy, dx in ((0, 1), (1, 0), (1, 1))]
                if y == h - 1 or x == w - 1:
                    near = near[:1] if y == h - 1 else near[1:2]
                    if y == h - 1 and x == w - 1:
                        near = []
                if any(value != m[y, x] for value in near):
                    found.append((y, x))
        return found

    radius = math.ceil(tolerance * math.hypot(*prediction.shape))
    p, t = boundary(prediction), boundary(truth)
    if not p or not t:
        return float(len(p) == len(t))

    def share(of, near):
        return sum(any((y - b) ** 2 + (x - a) ** 2 <= radius**2 for b, a in near) for y, x in of) / len(of)

    precision, recall = share(p, t), share(t, p)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (6, 8), (13, 11)])
@pytest.mark.parametrize("tolerance", [0.008, 0.15, 0.4, 3.0])
def test_boundary_f_against_all_distances(shape, tolerance):
    rng = np.random.default_rng(3)
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        for _ in range(4):
            prediction, truth = rng.random(shape) < share, rng.random(shape) < rng.random()
            expected = reference_boundary_f(prediction, truth, tolerance)
            assert boundary_f(prediction, truth, tolerance=tolerance) == pytest.approx(expected)
            assert boundary_f(Mask.from_array(prediction), truth, tolerance=tolerance) == pytest.approx(expected)


def square(x: int, y: int) -> np.ndarray:
    array = np.zeros((480, 854), np.bool_)
    array[y : y + 100, x : x + 100] = True
    return array


def test_boundary_f_by_hand():
    nothing = np.zeros((480, 854), np.bool_)
    assert boundary_f(nothing, nothing) == 1
    assert boundary_f(nothing, square(50, 50)) == 0
    assert boundary_f(square(50, 50), square(50, 50)) == 1
    # The tolerance of 480p is 8 pixels: a shift by 8 is forgiven, a square far away is not.
    assert boundary_f(square(50, 50), square(58, 50)) == 1
    assert boundary_f(square(50, 50), square(59, 50)) < 0.6
    assert boundary_f(square(50, 50), square(500, 300)) == 0


def test_boundary_f_is_faster_than_dilating_by_a_disk():
    ellipse = np.hypot(*np.ogrid[-240:240, -427:427]) < 200
    moved = np.roll(ellipse, 5, axis=1)
    disk = np.hypot(*np.ogrid[-8:9, -8:9]) <= 8

    def peer():
        for one in (ellipse, moved):
            ndimage.binary_dilation(one ^ ndimage.binary_erosion(one), disk)

    # Turn about, so that a busy machine slows both; it takes some thirtieth of what dilation as it is written takes.
    times = [(seconds(lambda: boundary_f(ellipse, moved)), seconds(peer)) for _ in range(4)]
    assert min(ours for ours, _ in times) < min(theirs for _, theirs in times), times


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_video_scores_average_frames_then_objects():
    scores = VideoScores()
    far, near = square(500, 300), square(50, 50)
    assert scores.add("first", near, near) == (1.0, 1.0)
    assert scores.add("first", near, far) == (0.0, 0.0)
    assert scores.add("second", near, near) == (1.0, 1.0)
    summary = scores.summary()
    assert summary.as_dict() == {"objects": 2, "J": 0.75, "F": 0.75, "J&F": 0.75}
    assert VideoScores().summary().as_dict() == {"objects": 0, "J": None, "F": None, "J&F": None}
