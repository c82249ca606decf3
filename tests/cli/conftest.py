"""Data sets made for the verbs' tests."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask


@pytest.fixture
def refer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A REFER folder with one photo, two objects, two sentences that fit and one that fits nothing."""
    folder = tmp_path_factory.mktemp("refer")
    pixels = np.full((60, 90, 3), 200, np.uint8)
    pixels[10:30, 5:35] = (220, 40, 40)
    pixels[20:50, 60:80] = (40, 70, 220)
    (folder / "images").mkdir()
    Image.fromarray(pixels).save(folder / "images" / "made_squares.png")
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
    (folder / "instances_val.json").write_text(json.dumps(instances))
    (folder / "refs_val.json").write_text(json.dumps(refs))
    return folder
