from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from pycocotools import mask as coco_mask

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import FormatError
from refseg_annotator.services.transfer import export_dataset
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob, photo, rle, save_json

A, B = blob(1, 1, 9, 8), blob(3, 3, 5, 5)
NOTHING = np.zeros((HEIGHT, WIDTH), bool)


def test_pycocotools_gets_the_union_of_the_objects_meant(export):
    things = (
        made.ReferentSpec(masks={0: A, 2: NOTHING}),
        made.ReferentSpec(masks={0: B, 1: B}),
        made.ReferentSpec(masks={0: B}),
    )
    texts = (
        made.ExpressionSpec("both birds flying", (0, 1)),
        made.ExpressionSpec("a horse", no_target=True),
        made.ExpressionSpec("who knows"),
    )
    spec = made.MediumSpec("clip", WIDTH, HEIGHT, 3, Split.VAL, things, texts)
    folder, report = export("mevis", spec)
    video = json.loads((folder / "valid_u/meta_expressions.json").read_text())["videos"]["clip"]
    masks = json.loads((folder / "valid_u/mask_dict.json").read_text())
    rows = video["expressions"]
    assert rows["1"] == {"exp": "a horse", "obj_id": [], "anno_id": []}
    assert rows["2"] == {"exp": "who knows"}
    assert video["frames"] == ["00000", "00001", "00002"]
    # The published loader: the sum of the codes of all anno_ids, null being nothing.
    for frame, expected in enumerate((A | B, B, NOTHING)):
        found = np.zeros((HEIGHT, WIDTH), np.uint8)
        for number in rows["0"]["anno_id"]:
            code = masks[str(number)][frame]
            if code is not None:
                found += coco_mask.decode(code)
        assert ((found > 0) == expected).all()
    assert masks[str(rows["0"]["anno_id"][0])][1] is None, "nobody looked there"
    assert masks[str(rows["0"]["anno_id"][0])][2] is not None, "absent there"
    assert {note.what: note.count for note in report.dropped} == {"referents without an expression": 1}


def public(folder: Path, **changes) -> Path:
    for number in (0, 1):
        photo(folder / f"train/JPEGImages/v1/{number:05d}.jpg")
    expression = {"exp": "the two", "obj_id": [0, 1], "anno_id": [4, 9], **changes}
    video = {"expressions": {"0": expression}, "vid_id": 1, "frames": ["00000", "00001"]}
    save_json(folder / "train/meta_expressions.json", {"videos": {"v1": video}})
    save_json(folder / "train/mask_dict.json", {"4": [rle(A), None], "9": [None, rle(B)], "77": [None, None]})
    return folder


def test_the_published_tree(read, tmp_path):
    for path in (public(tmp_path), tmp_path / "train"):
        dataset = read("mevis", path)
        [expression] = dataset.expressions
        assert len(expression.targets) == 2
        found = {(a.referent_id, a.frame): a.mask.to_array() for a in dataset.load(dataset.media[0].id)}
        assert [key[1] for key in found] == [0, 1]
        assert (found[expression.targets[0], 0] == A).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"anno_id": [5]}, "anno_id 5 is not in mask_dict.json"), ({"anno_id": "4"}, "anno_id"), ({"exp": 3}, "exp")],
)
def test_broken_expressions_are_named(read, tmp_path, change, words):
    with pytest.raises(FormatError, match=words):
        read("mevis", public(tmp_path, **change))


@pytest.mark.parametrize(
    "codes", [[None] * 3, "x", [{"size": [HEIGHT, WIDTH], "counts": "0"}], [rle(np.ones((2, 2)))], [3]]
)
def test_broken_masks_are_named(read, tmp_path, codes):
    folder = public(tmp_path)
    save_json(folder / "train/mask_dict.json", {"4": codes, "9": [None]})
    with pytest.raises(FormatError, match=r"mask_dict\.json: 4"):
        read("mevis", folder)


def test_the_size_comes_from_the_masks_where_frames_are_missing(read, tmp_path):
    folder = public(tmp_path)
    for path in (folder / "train/JPEGImages/v1").iterdir():
        path.unlink()
    assert read("mevis", folder).media[0].size.shape == (HEIGHT, WIDTH)
    save_json(folder / "train/mask_dict.json", {"4": [None], "9": [None]})
    with pytest.raises(FormatError, match="frame size cannot be told"):
        read("mevis", folder)


def test_frames_keep_their_order_where_loaders_sort_the_names(export, tmp_path):
    masks = {frame: blob(frame, 0, frame + 1, 1) for frame in range(11)}
    things, texts = (made.ReferentSpec(masks=masks),), (made.ExpressionSpec("it", (0,)),)
    spec = made.MediumSpec("clip", WIDTH, HEIGHT, 11, Split.TRAIN, things, texts)
    dataset = made.make([spec], tmp_path / "source")
    for file in sorted((tmp_path / "source/clip").iterdir()):
        file.rename(file.with_name(f"{int(file.stem)}.jpg"))
    for name in ("mevis", "refer-youtube-vos"):
        export_dataset(dataset, name, tmp_path / name)
        pictures = sorted((tmp_path / name / "train/JPEGImages/clip").iterdir())
        expected = [tmp_path / f"source/clip/{number}.jpg" for number in range(11)]
        assert [file.read_bytes() for file in pictures] == [file.read_bytes() for file in expected]


def test_codes_go_by_the_names_of_the_frames_not_by_their_place_on_disk(read, tmp_path):
    folder = public(tmp_path)
    photo(folder / "train/JPEGImages/v1/00007.jpg")
    (folder / "train/JPEGImages/v1/00001.jpg").rename(folder / "train/JPEGImages/v1/00009.jpg")
    file = folder / "train/meta_expressions.json"
    video = json.loads(file.read_text())["videos"]["v1"]
    save_json(file, {"videos": {"v1": {**video, "frames": ["00000", "00009"]}}})
    dataset = read("mevis", folder)
    assert dataset.media[0].frame_count == 3
    assert [annotation.frame for annotation in dataset.load(dataset.media[0].id)] == [0, 2]
    (folder / "train/JPEGImages/v1/00009.jpg").unlink()
    with pytest.raises(FormatError, match="v1 lacks the frame '00009'"):
        read("mevis", folder)
