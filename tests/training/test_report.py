"""Reports: every number is the metrics' own, every file is whole, one photo is in memory at a time."""

from __future__ import annotations

import json
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import UsageError
from refseg_annotator.formats.samples import ReferAnnotation, ReferImage, ReferSample, ReferSplit
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.training.calibration import expected_calibration_error, reliability
from refseg_annotator.training.evaluation_data import EvaluationData
from refseg_annotator.training.evaluator import EvaluationReport, evaluate_samples, size_of
from refseg_annotator.training.report import Findings, prepare_folder, record_of, write_report, write_whole
from refseg_annotator.training.report_figures import FIGURES, comparisons

WIDTH, HEIGHT = 40, 30
RED = (slice(4, 14), slice(4, 24))  # 200 pixels, a sixth of the photo
Rows = list[tuple[str, np.ndarray | None]]


def mask_array(*places: tuple[slice, slice]) -> np.ndarray:
    mask = np.zeros((HEIGHT, WIDTH), bool)
    for place in places:
        mask[place] = True
    return mask


THE_RED = mask_array(RED)
HALF = mask_array(RED, (slice(14, 24), slice(4, 24)))  # the red covers half of it


def made_data(folder: Path, photos: list[Rows], *, form: str = "refer", title: str = "made") -> EvaluationData:
    """Photos with a red square; each row is a sentence and its true mask, None where it fits nothing."""
    images: dict[int, ReferImage] = {}
    annotations: dict[int, ReferAnnotation] = {}
    samples: list[ReferSample] = []
    for number, rows in enumerate(photos):
        path = folder / f"made_{number}.png"
        pixels = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
        pixels[RED] = (220, 40, 40)
        Image.fromarray(pixels).save(path)
        images[number] = ReferImage(number, path, WIDTH, HEIGHT)
        for phrase, truth in rows:
            name = len(samples)
            if truth is not None:
                mask = Mask.from_array(truth)
                annotations[name] = ReferAnnotation(name, number, "square", False, lambda mask=mask: mask)
            samples.append(ReferSample(name, name, number, () if truth is None else (name,), phrase, "colour"))
    split = ReferSplit(images=images, annotations=annotations, samples=samples)
    return EvaluationData(form, title, folder, "val", "", split)


def scored(data: EvaluationData, predictor: FakePredictor | None = None) -> tuple[EvaluationReport, Findings]:
    findings = Findings()
    samples = data.samples
    report = evaluate_samples(
        predictor or FakePredictor(), samples, samples.samples, split_name="val", observer=findings.observe
    )
    return report, findings


def test_what_the_report_shows_is_what_the_scores_say(tmp_path: Path) -> None:
    data = made_data(tmp_path, [[("red square", THE_RED), ("red thing", HALF)], [("green square", None)]])
    report, findings = scored(data)
    record = record_of(data, report, findings)
    assert record["mIoU"] == 0.75
    assert sum(record["iou_histogram"]["counts"]) == record["targets"] == 2
    curve = {row["X"]: row["P"] for row in record["precision_curve"]}
    assert all(curve[threshold] == record[f"P@{threshold}"] for threshold in (0.5, 0.6, 0.7, 0.8, 0.9))
    assert curve[0.45] == 1.0
    assert [row["samples"] for row in record["by_size"].values()] == [1, 1]
    assert record["by_size"]["5 to 20 %"]["mIoU"] == 1.0
    assert record["by_size"]["over 20 %"]["mIoU"] == 0.5
    assert record["by_source"]["made"] == {"samples": 2, "oIoU": 400 / 600, "mIoU": 0.75, "P@0.5": 0.5}
    found = findings.scores
    assert record["reliability"]["score"]["ECE"] == pytest.approx(abs(np.mean(found) - 0.75))


def test_one_photo_is_in_memory_at_a_time(tmp_path: Path) -> None:
    seen: list[weakref.ref[Any]] = []

    def look(photo: np.ndarray) -> None:
        assert all(earlier() is None for earlier in seen)
        seen.append(weakref.ref(photo))

    rows: Rows = [("red square", HALF), ("blue square", None)]
    scored(made_data(tmp_path, [rows] * 5), FakePredictor(before_encode=look))
    assert len(seen) == 5


def test_an_object_too_thin_for_a_mask_counts_as_missed(tmp_path: Path) -> None:
    nothing = np.zeros((HEIGHT, WIDTH), bool)
    data = made_data(tmp_path, [[("red square", THE_RED), ("red line", nothing), ("green line", nothing)]])
    report, findings = scored(data)
    assert (report.summary.targets, report.summary.no_target_accuracy, report.maskless) == (3, None, 2)
    assert report.summary.mean_iou == pytest.approx(1 / 3)
    assert report.summary.target_accuracy == pytest.approx(2 / 3)
    assert "empty" in report.to_text()
    assert any("2 sentences" in note for note in record_of(data, report, findings)["notes"])


@pytest.mark.parametrize(
    ("pixels", "name"),
    [(0, "under 1 %"), (11, "under 1 %"), (12, "1 to 5 %"), (60, "5 to 20 %"), (240, "over 20 %"), (1200, "over 20 %")],
)
def test_sizes_are_shares_of_the_photo(pixels: int, name: str) -> None:
    mask = np.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH) < pixels
    assert size_of(Mask.from_array(mask)) == name


@pytest.mark.parametrize(
    "rows",
    [
        [("red square", THE_RED)],
        [("green square", None)],
        [("red square", None), ("green square", THE_RED)],
    ],
)
def test_a_report_of_one_sort_of_sentences(tmp_path: Path, rows: Rows) -> None:
    data = made_data(tmp_path, [rows])
    report, findings = scored(data)
    written = write_report(tmp_path / "report", data, report, findings)
    assert {path.name for path in written} >= {"report.json", "report.md", "worst.html"}
    assert set((tmp_path / "report").iterdir()) == set(written)
    record = json.loads((tmp_path / "report/report.json").read_text())
    assert record["samples"] == len(rows)
    text = (tmp_path / "report/report.md").read_text()
    named = {path.name for path in written if path.suffix == ".png"}
    assert all(f"({name})" in text for name in named)
    assert ("precision_curve.png" in named) == (report.summary.targets > 0)
    for name in named:
        with Image.open(tmp_path / "report" / name) as image:
            image.load()


def test_the_same_report_twice_is_the_same(tmp_path: Path) -> None:
    data = made_data(tmp_path, [[("red thing", HALF), ("red square", None)]])
    report, findings = scored(data)
    first = {path.name: path.read_bytes() for path in write_report(tmp_path / "report", data, report, findings)}
    second = {path.name: path.read_bytes() for path in write_report(tmp_path / "report", data, report, findings)}
    assert first == second


def test_foreign_words_break_neither_table_nor_file(tmp_path: Path) -> None:
    data = made_data(tmp_path, [[("red | `thing` \ud800\n# head", HALF)]], title="a|b\n<script>alert(1)</script> *c*")
    report, findings = scored(data)
    write_report(tmp_path / "report", data, report, findings)
    text = (tmp_path / "report/report.md").read_text(encoding="utf-8")
    assert text.splitlines()[0] == r"# fake 1 on a\|b \<script\>alert(1)\</script\> \*c\* val"
    assert "<script>" not in (tmp_path / "report/worst.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "report/report.json").read_text())["worst"][0]["phrase"].startswith("red | `thing`")


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_whole(tmp_path / "report.md", b"old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        prepare_folder(tmp_path / "report")
    assert (tmp_path / "report").read_text() == "mine"


# --- figures ----------------------------------------------------------------------------------------------------------


def test_every_figure_says_what_it_is_and_whence() -> None:
    assert len({(f.format, f.split, f.by, f.measure, f.folder) for f in FIGURES}) == len(FIGURES)
    for figure in FIGURES:
        assert 0 < figure.value < 1
        assert figure.what
        assert figure.source


def test_figures_speak_of_this_very_data_set(tmp_path: Path) -> None:
    scores = {"oIoU": 0.7}
    shown = {found.figure.measure: found for found in comparisons(made_data(tmp_path, [], title="refphotos"), scores)}
    assert shown["oIoU"].here == 0.7
    assert shown["N_acc"].here is None
    assert comparisons(made_data(tmp_path, [], title="my own"), scores) == ()
    (paper,) = comparisons(made_data(tmp_path, [], form="refcoco", title="RefCOCO"), scores)
    assert paper.figure.value == 0.583


# --- calibration ------------------------------------------------------------------------------------------------------

shares = st.floats(0, 1)


@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=40), st.integers(1, 12))
def test_bins_lose_nobody_and_the_error_is_a_mean_gap(pairs: list[tuple[float, float]], bins: int) -> None:
    said, came_true = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = reliability(said, came_true, bins=bins)
    assert sum(one.count for one in found) == len(pairs)
    assert np.mean(said) == pytest.approx(sum(one.probability * one.count for one in found) / len(pairs))
    error = expected_calibration_error(said, came_true, bins=bins)
    # In one bin the gaps of opposite sign cancel: more bins can only show more.
    assert abs(np.mean(said) - np.mean(came_true)) - 1e-9 <= error <= 1 + 1e-9


def test_the_calibration_error_by_hand() -> None:
    # Two bins of ten: .15 said and half of it true, .95 said and all true.
    assert expected_calibration_error([0.1, 0.2 - 1e-9, 0.95, 0.95], [0, 1, 1, 1]) == pytest.approx(
        0.5 * 0.35 + 0.5 * 0.05
    )
    assert expected_calibration_error([], []) == 0.0
