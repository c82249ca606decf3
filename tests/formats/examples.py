"""A small, valid folder of every format that can be read, made to the letter of its description."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import h5py
import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask
from scipy import io

from refseg_annotator.formats.base import Format, Loss, WriteOptions
from refseg_annotator.formats.registry import FORMATS, find_format
from refseg_annotator.services.transfer import export_dataset
from tests.formats import specs as made

WIDTH, HEIGHT = 12, 9


def photo(path: Path, *, width: int = WIDTH, height: int = HEIGHT, mode: str = "RGB") -> Path:
    """A grey-green photo."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, (width, height), 90).save(path)
    return path


def blob(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    """A filled box, bool (HEIGHT, WIDTH)."""
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[y0:y1, x0:x1] = True
    return mask


def rle(mask: np.ndarray) -> dict:
    """pycocotools' own code of a mask, as JSON holds it."""
    code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
    return {"size": list(code["size"]), "counts": code["counts"].decode()}


def save_json(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def phrasecut(folder: Path) -> None:
    photo(folder / "images/61.jpg")
    square, other = [[2, 1], [6, 1], [6, 5], [2, 5]], [[7.5, 2], [10, 2], [10, 7]]
    task = {
        "task_id": "61__1",
        "image_id": 61,
        "ann_ids": [5, 6],
        "instance_boxes": [[2, 1, 4, 4], [7, 2, 3, 5]],
        "Polygons": [[square], [other, square]],
        "phrase": "two grey doors",
        "phrase_structure": {"name": "door", "attributes": ["grey"]},
    }
    again = {**task, "task_id": "61__2", "ann_ids": [5], "Polygons": [[square]], "phrase": "the left door"}
    save_json(folder / "refer_val.json", [task, again])
    save_json(folder / "refer_miniv.json", [task])


def referit(folder: Path) -> None:
    photo(folder / "images/32.jpg", mode="L")
    for number in (1, 2):
        (folder / "mask").mkdir(exist_ok=True)
        segimg = np.ones((HEIGHT, WIDTH), np.uint8)
        segimg[number : number + 3, 2:5] = 0
        io.savemat(folder / f"mask/32_{number}.mat", {"segimg_t": segimg})
    save_json(folder / "referit_query_train.json", {"32_1": ["building"], "32_2": ["bottom edge, ground", "all of it"]})
    save_json(folder / "referit_query_trainval.json", {"32_1": ["building"]})


def talk2car(folder: Path) -> None:
    photo(folder / "imgs/img_train_0.jpg")
    (folder / "masks").mkdir()
    Image.fromarray(blob(1, 5, 11, 9).astype(np.uint8) * 255).save(folder / "masks/gt_img_ann_train_0.png")
    commands = {"train": {"0": {"command": "park behind that bus", "img": "img_train_0.jpg", "command_token": "x"}}}
    save_json(folder / "talk2car.json", commands)


def jhmdb(folder: Path) -> None:
    for number in (1, 2, 3):
        photo(folder / f"Rename_Images/catch/clip_1/{number:05d}.png")
    stack = np.stack([blob(1, 1, 4, 4), blob(2, 1, 5, 4)], axis=2).astype(np.uint8)
    (folder / "puppet_mask/catch/clip_1").mkdir(parents=True)
    io.savemat(folder / "puppet_mask/catch/clip_1/puppet_mask.mat", {"part_mask": stack}, do_compression=True)
    (folder / "jhmdb_annotation.txt").write_text('video_id,query\nclip_1,"man, catching a ball"\n')


def a2d(folder: Path) -> None:
    release, texts = folder / "Release", folder / "text_annotations"
    for number in range(1, 6):
        photo(release / f"pngs320H/v_1/{number:05d}.png")
    with (release / "videoset.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["v_1", 34, "0:00", "0:02", 240, 320, 5, 2, 0])
        rows.writerow(["v_2", 34, "0:00", "0:02", 240, 320, 5, 2, 1])
    masks = texts / "a2d_annotation_with_instances/v_1"
    masks.mkdir(parents=True)
    pair = np.stack([blob(0, 0, 3, 2).T, blob(5, 4, 9, 8).T]).astype(np.uint8)
    with h5py.File(masks / "00002.h5", "w") as content:
        content["instance"] = np.array([0.0, 1.0])
        content["reMask"] = pair
        content["reBBox"] = np.array([[0, 0, 2, 1], [5, 4, 8, 7]], float).T
    with h5py.File(masks / "00004.h5", "w") as content:
        content["instance"] = np.array([1.0])
        content["reMask"] = blob(6, 4, 10, 8).T.astype(np.uint8)
        content["reBBox"] = np.array([[6, 4, 9, 7]], float).T
    (texts / "a2d_annotation.txt").write_text(
        'video_id,instance_id,query\nv_1,0,"dog, the small one"\nv_1,1,man in red\nv_1,1 (copy),man\nv_2,0,lost\n'
    )
    (texts / "a2d_missed_videos.txt").write_text("v_2\n")


BY_HAND = {
    "phrasecut": phrasecut,
    "referit": referit,
    "talk2car-regseg": talk2car,
    "jhmdb": jhmdb,
    "a2d": a2d,
}


def make_example(name: str, folder: Path) -> Path:
    """The example of the format `name` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    if name in BY_HAND:
        BY_HAND[name](folder)
        return folder
    form = find_format(name)
    clips = Loss.PHOTOS in form.loses
    ring = blob(2, 2, 9, 8) & ~blob(4, 4, 6, 6)
    things = (
        made.ReferentSpec("dog", masks={0: ring, **({1: blob(1, 1, 3, 3)} if clips else {})}),
        made.ReferentSpec("cat", "Tom", masks={0: blob(0, 0, 2, 1)}),
    )
    texts = (
        made.ExpressionSpec("the dog, on the left", (0,)),
        made.ExpressionSpec("die Katze „Tom“", (1,), kind=made.ExpressionKind.CATEGORY),
        made.ExpressionSpec("both", (0, 1)),
        made.ExpressionSpec("a horse", no_target=True),
    )
    specs = [
        made.MediumSpec(stem, WIDTH, HEIGHT, 2 if clips else None, split, things, texts)
        for stem, split in (("one", made.Split.TRAIN), ("two", made.Split.VAL))
    ]
    dataset = made.make(specs, folder.parent / f"{folder.name}-source")
    folder.rmdir()
    export_dataset(dataset, name, folder, WriteOptions(clips_as="frames"))
    return folder


READABLE: list[Format] = [form for form in FORMATS if form.reads]
