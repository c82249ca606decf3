"""A small data set in REFER's layout: plain coloured squares on grey, with phrases that fit and some that do not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask

Box = tuple[int, int, int, int]
"""Top, bottom, left, right."""

COLOURS = {"red": (220, 40, 40), "blue": (40, 70, 220), "green": (40, 180, 60), "yellow": (235, 215, 50)}
WIDTH, HEIGHT = 96, 64


@dataclass
class MadePhoto:
    """Squares as (class, colour, box); phrases as (text, kind, numbers of the squares meant)."""

    squares: list[tuple[str, str, Box]]
    phrases: list[tuple[str, str, list[int]]]
    name: str = ""
    size: tuple[int, int] = (HEIGHT, WIDTH)
    crowd: set[int] = field(default_factory=set)

    def pixels(self) -> np.ndarray:
        image = np.full((*self.size, 3), 128, np.uint8)
        for _, colour, (top, bottom, left, right) in self.squares:
            image[top:bottom, left:right] = COLOURS[colour]
        return image

    def mask(self, numbers: list[int]) -> np.ndarray:
        mask = np.zeros(self.size, bool)
        for number in numbers:
            top, bottom, left, right = self.squares[number][2]
            mask[top:bottom, left:right] = True
        return mask


LEFT_RED = MadePhoto(
    [("dog", "red", (10, 40, 5, 35)), ("cat", "blue", (20, 50, 60, 90))],
    [
        ("the dog", "category", [0]),
        ("red dog", "colour", [0]),
        ("dog on the left", "position", [0]),
        ("the blue cat", "colour", [1]),
        ("both animals", "plural", [0, 1]),
        ("the green dog", "no-target", []),
    ],
)
TWO_CARS = MadePhoto(
    [("car", "green", (5, 25, 4, 44)), ("car", "yellow", (35, 60, 50, 92))],
    [
        ("car on the left", "position", [0]),
        ("the yellow car", "colour", [1]),
        ("all cars", "plural", [0, 1]),
        ("car near the tree", "no-target", []),
    ],
)


def write_tree(root: Path, photos: dict[str, list[MadePhoto]]) -> Path:
    """Writes `photos` by split as instances_SPLIT.json, refs_SPLIT.json and images/."""
    (root / "images").mkdir(parents=True, exist_ok=True)
    categories = {"dog": 1, "cat": 2, "car": 3, "tree": 4, "person": 5, "dress": 6}
    number = 0
    for split, made in photos.items():
        images: list[dict[str, Any]] = []
        annotations: list[dict[str, Any]] = []
        refs: list[dict[str, Any]] = []
        for photo in made:
            number += 1
            height, width = photo.size
            name = photo.name or f"made_{number}.png"
            Image.fromarray(photo.pixels()).save(root / "images" / name)
            images.append({"id": number, "file_name": name, "width": width, "height": height})
            ids = []
            for place, (category, _, (top, bottom, left, right)) in enumerate(photo.squares):
                code = coco_mask.encode(np.asfortranarray(photo.mask([place]).astype(np.uint8)))
                ids.append(number * 100 + place)
                annotations.append(
                    {
                        "id": ids[-1],
                        "image_id": number,
                        "category_id": categories[category],
                        "iscrowd": int(place in photo.crowd),
                        "area": (bottom - top) * (right - left),
                        "bbox": [left, top, right - left, bottom - top],
                        "segmentation": {"size": [height, width], "counts": code["counts"].decode()},
                    }
                )
            for place, (text, kind, meant) in enumerate(photo.phrases):
                sent_id = number * 100 + place
                refs.append(
                    {
                        "ref_id": sent_id,
                        "ann_id": [ids[one] for one in meant] or [-1],
                        "image_id": number,
                        "category_id": 1,
                        "file_name": name,
                        "split": split,
                        "sent_ids": [sent_id],
                        "sentences": [
                            {"sent_id": sent_id, "raw": text, "sent": text, "tokens": text.split(), "kind": kind}
                        ],
                    }
                )
        instances = {
            "images": images,
            "annotations": annotations,
            "categories": [{"id": one, "name": name} for name, one in categories.items()],
        }
        (root / f"instances_{split}.json").write_text(json.dumps(instances))
        (root / f"refs_{split}.json").write_text(json.dumps(refs))
    return root
