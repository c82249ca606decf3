from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask

from refseg_annotator.core.annotation import ExpressionKind, Split
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob

RING = blob(2, 2, 10, 8) & ~blob(4, 4, 6, 6)
DOT = blob(11, 8, 12, 9)


def photo_spec(*masks, name="one", split=Split.TRAIN, texts=(), categories=()) -> made.MediumSpec:
    kinds = categories or ("dog",) * len(masks)
    things = tuple(made.ReferentSpec(kind, masks={0: mask}) for kind, mask in zip(kinds, masks, strict=True))
    return made.MediumSpec(name, WIDTH, HEIGHT, split=split, referents=things, expressions=texts)


def labels(path) -> np.ndarray:
    with Image.open(path) as picture:
        assert picture.mode == "P"
        return np.asarray(picture)


# --- Pascal VOC -----------------------------------------------------------------------------------------------


def test_voc_pictures_number_classes_and_objects(export):
    one = photo_spec(RING, DOT, blob(2, 2, 3, 3), categories=("dog", "cat", "dog"))
    folder, report = export("voc", one, photo_spec(DOT, name="two", split=Split.TEST_B, categories=("cat",)))
    objects = labels(folder / "SegmentationObject/one.png")
    classes = labels(folder / "SegmentationClass/one.png")
    expected = RING.astype(int)
    expected[DOT] = 2
    expected[2, 2] = 3
    assert (objects == expected).all()
    assert (classes == np.array([0, 1, 2, 1])[expected]).all()
    assert (folder / "class_names.txt").read_text() == "0 background\n1 dog\n2 cat\n"
    assert (folder / "ImageSets/Segmentation/test.txt").read_text() == "two\n"
    assert labels(folder / "SegmentationClass/two.png")[8, 11] == 2
    assert (folder / "JPEGImages/one.jpg").is_file()
    assert {note.what for note in report.changed} >= {"pixels of overlaps go to the smaller referent"}


def test_voc_lists_photos_without_a_split_too(export):
    folder, report = export("voc", photo_spec(DOT, split=Split.NONE))
    assert (folder / "ImageSets/Segmentation/train.txt").read_text() == "one\n"
    assert "media without a split are written as train" in {note.what for note in report.changed}


def test_voc_ends_at_254_objects(export):
    dots = [blob(n % WIDTH, n // WIDTH % HEIGHT, n % WIDTH + 1, n // WIDTH % HEIGHT + 1) for n in range(108)]
    folder, report = export("voc", photo_spec(*dots, *dots, *dots))
    assert labels(folder / "SegmentationObject/one.png").max() <= 254
    assert report.dropped


# --- YOLO -----------------------------------------------------------------------------------------------------


def test_yolo_lines_hold_one_polygon_in_parts_of_the_sides(export):
    folder, report = export(
        "yolo", photo_spec(blob(3, 2, 9, 8), RING | DOT), photo_spec(DOT, name="b", split=Split.VAL)
    )
    box, ring = (folder / "labels/train/one.txt").read_text().splitlines()
    number, *values = box.split()
    points = np.array(values, float).reshape(-1, 2) * (WIDTH, HEIGHT)
    assert number == "0"
    assert sorted(map(tuple, points.round(3).tolist())) == [(3, 2), (3, 8), (9, 2), (9, 8)]
    values = np.array(ring.split()[1:], float)
    assert ((values >= 0) & (values <= 1)).all()
    code = coco_mask.frPyObjects([(values.reshape(-1, 2) * (WIDTH, HEIGHT)).ravel().tolist()], HEIGHT, WIDTH)
    drawn = coco_mask.decode(coco_mask.merge(code)).astype(bool)
    assert drawn[RING | DOT].all(), "both parts are in the one line"
    assert (folder / "labels/val/b.txt").is_file()
    assert (folder / "images/val/b.png").is_file()
    changed = {note.what: note.count for note in report.changed}
    assert changed["holes are filled"] == 1
    assert changed["separate parts are joined by a line"] == 1


def test_yolo_names_cannot_break_the_yaml(export):
    folder, _ = export("yolo", photo_spec(RING, DOT, categories=('a: "b" # c', "straße")))
    text = (folder / "data.yaml").read_text(encoding="utf-8")
    assert text == 'path: .\ntrain: images/train\nval: images/val\nnames:\n  0: "a: \\"b\\" # c"\n  1: "straße"\n'


# --- mask PNGs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frames", [None, 2])
def test_each_mask_is_a_picture_and_the_table_says_which(export, frames):
    masks = {0: RING} if frames is None else {0: RING, 1: DOT}
    thing = made.ReferentSpec("dog", "Rex", masks=masks)
    texts = (made.ExpressionSpec('a "dog", left', (0,)), made.ExpressionSpec("a horse", no_target=True))
    spec = made.MediumSpec("one", WIDTH, HEIGHT, frames, Split.TEST_A, (thing,), texts)
    folder, _ = export("masks", spec)
    with (folder / "masks.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(masks)
    for row, mask in zip(rows, masks.values(), strict=True):
        with Image.open(folder / row["mask"]) as picture:
            pixels = np.asarray(picture)
        assert (pixels == mask * 255).all()
        assert (row["category"], row["name"], row["split"]) == ("dog", "Rex", "testA")
        assert json.loads(row["expressions"]) == ['a "dog", left']
    with (folder / "expressions.csv").open(newline="", encoding="utf-8") as file:
        found = [(row["expression"], row["referents"], row["no_target"]) for row in csv.DictReader(file)]
    assert found == [('a "dog", left', "[1]", "0"), ("a horse", "[]", "1")]
    assert any((folder / "media").iterdir())


# --- JSON lines -----------------------------------------------------------------------------------------------


def test_lines_for_vision_language_training(export):
    texts = (
        made.ExpressionSpec("both, please", (0, 1), kind=ExpressionKind.PLURAL),
        made.ExpressionSpec("a horse", no_target=True),
        made.ExpressionSpec("unlinked"),
    )
    folder, report = export("jsonl", photo_spec(RING, DOT, texts=texts))
    both, nothing = [json.loads(line) for line in (folder / "samples.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (folder / both["image"]).is_file()
    assert [coco_mask.decode(code).astype(bool).tolist() for code in both["masks"]] == [RING.tolist(), DOT.tolist()]
    assert both["boxes"] == [[2, 2, 10, 8], [11, 8, 12, 9]]
    assert both["messages"][0] == {"role": "user", "content": "<image>\nSegment: both, please"}
    assert both["messages"][1]["content"] == "[167, 222, 833, 889] [917, 889, 1000, 1000]"
    assert (both["kind"], both["split"]) == ("plural", "train")
    assert nothing["no_target"] is True
    assert nothing["masks"] == []
    assert {note.what for note in report.dropped} == {"expressions that have no referent yet"}


# --- submissions ----------------------------------------------------------------------------------------------------


def test_a_submission_has_a_picture_for_each_expression_and_frame(export):
    things = (made.ReferentSpec("dog", masks={0: RING, 2: RING}), made.ReferentSpec("dog", masks={0: DOT}))
    texts = (
        made.ExpressionSpec("both dogs", (0, 1)),
        made.ExpressionSpec("a horse", no_target=True),
        made.ExpressionSpec("the dot", (1,)),
    )
    folder, _ = export("submission", made.MediumSpec("v 1", WIDTH, HEIGHT, 3, Split.TEST, things, texts))
    expected = {
        ("0", "00000"): RING | DOT,
        ("0", "00001"): np.zeros_like(RING),
        ("0", "00002"): RING,
        ("1", "00000"): np.zeros_like(RING),
        ("2", "00000"): DOT,
    }
    for (number, frame), mask in expected.items():
        with Image.open(folder / f"Annotations/v 1/{number}/{frame}.png") as picture:
            assert (np.asarray(picture) == mask * 255).all()
    assert len(list((folder / "Annotations").rglob("*.png"))) == 9
