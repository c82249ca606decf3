"""`evaluate`: the record it prints, and its progress kept off stdout."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.inference.predictor import FakePredictor

SCORES = ["samples", "oIoU", "mIoU", "P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "N_acc", "T_acc", "by_kind"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A REFER folder with one photo, two objects, two sentences that fit and one that fits nothing."""
    pixels = np.full((60, 90, 3), 200, np.uint8)
    pixels[10:30, 5:35] = (220, 40, 40)
    pixels[20:50, 60:80] = (40, 70, 220)
    (tmp_path / "images").mkdir()
    Image.fromarray(pixels).save(tmp_path / "images" / "made_squares.png")
    boxes = {1: (10, 30, 5, 35), 2: (20, 50, 60, 80)}
    annotations = []
    for number, (top, bottom, left, right) in boxes.items():
        mask = np.zeros((60, 90), np.uint8)
        mask[top:bottom, left:right] = 1
        code = coco_mask.encode(np.asfortranarray(mask))
        annotations.append(
            {
                "id": number,
                "image_id": 1,
                "category_id": 1,
                "iscrowd": 0,
                "area": int(mask.sum()),
                "bbox": [left, top, right - left, bottom - top],
                "segmentation": {"size": [60, 90], "counts": code["counts"].decode()},
            }
        )
    instances = {
        "images": [{"id": 1, "file_name": "made_squares.png", "width": 90, "height": 60}],
        "annotations": annotations,
        "categories": [{"id": 1, "name": "square"}],
    }
    sentences = [
        ("the red square", [1], "colour"),
        ("the blue square", [2], "colour"),
        ("the green square", [-1], "no-target"),
    ]
    refs = [
        {
            "ref_id": number,
            "ann_id": ann_id,
            "image_id": 1,
            "category_id": 1,
            "file_name": "made_squares.png",
            "split": "val",
            "sent_ids": [number],
            "sentences": [
                {"sent_id": number, "raw": text, "sent": text, "tokens": text.split(), "kind": kind},
            ],
        }
        for number, (text, ann_id, kind) in enumerate(sentences, start=1)
    ]
    (tmp_path / "instances_val.json").write_text(json.dumps(instances))
    (tmp_path / "refs_val.json").write_text(json.dumps(refs))
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: FakePredictor())
    return tmp_path


def run(data: Path, *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", "--format", "refer", "--data", str(data), *more])
    return result.exit_code, result.stdout, result.stderr


def test_the_record_is_as_documented(data: Path) -> None:
    status, out, err = run(data, "--split", "val", "--json")
    assert status == 0, err
    record = json.loads(out)
    assert set(SCORES) | {"ms_per_phrase"} <= set(record)
    assert record["samples"] == 3
    assert record["oIoU"] == record["mIoU"] == record["P@0.9"] == record["N_acc"] == record["T_acc"] == 1.0
    assert record["by_kind"]["colour"]["samples"] == 2
    assert record["ms_per_phrase"] >= 0


def test_a_table_for_people(data: Path) -> None:
    status, out, _ = run(data, "--split", "val")
    assert status == 0
    assert "mIoU" in out
    assert "colour" in out


def test_limit(data: Path) -> None:
    status, out, _ = run(data, "--split", "val", "--limit", "2", "--json")
    assert status == 0
    assert json.loads(out)["samples"] == 2


def test_an_unknown_split_is_one_sentence(data: Path) -> None:
    status, out, err = run(data, "--split", "testC", "--json")
    assert (status, out) == (1, "")
    assert "testC" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("file", ["instances_val.json", "refs_val.json"])
def test_broken_data_are_one_sentence(data: Path, file: str) -> None:
    (data / file).write_text('{"images": [')
    status, out, err = run(data, "--split", "val", "--json")
    assert (status, out) == (1, "")
    assert file in err
    assert len(err.splitlines()) == 1


def test_a_missing_photo_is_one_sentence(data: Path) -> None:
    (data / "images" / "made_squares.png").unlink()
    status, _, err = run(data, "--split", "val", "--json")
    assert status == 1
    assert "made_squares.png" in err.splitlines()[-1]
    assert "Traceback" not in err


def test_wrong_use_is_status_2(data: Path) -> None:
    assert run(data)[0] == 2
    assert run(data, "--split", "val", "--limit", "0")[0] == 2
