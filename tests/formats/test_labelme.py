from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from refseg_annotator.core.annotation import ExpressionKind
from refseg_annotator.errors import FormatError
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob, photo, save_json

RING = blob(2, 2, 10, 8) & ~blob(4, 4, 6, 6)
PARTS = blob(0, 0, 1, 1) | blob(3, 3, 6, 6) | blob(11, 8, 12, 9)


def labelme_mask(shape: dict) -> np.ndarray:
    """LabelMe's own drawing of a shape, said again: Pillow's, the border included; a PNG goes at its first point."""
    canvas = Image.fromarray(np.zeros((HEIGHT, WIDTH), np.uint8))
    draw = ImageDraw.Draw(canvas)
    points = [tuple(point) for point in shape["points"]]
    if shape["shape_type"] == "mask":
        with Image.open(io.BytesIO(base64.b64decode(shape["mask"]))) as picture:
            pixels = np.asarray(picture).astype(bool)
        (x0, y0), (x1, y1) = np.array(points).astype(int)
        mask = np.zeros((HEIGHT, WIDTH), bool)
        mask[y0 : y1 + 1, x0 : x1 + 1] = pixels
        return mask
    if shape["shape_type"] == "rectangle":
        draw.rectangle([*points[0], *points[1]], outline=1, fill=1)
    else:
        draw.polygon(points, outline=1, fill=1)
    return np.asarray(canvas).astype(bool)


def spec(*masks: np.ndarray, **fields) -> made.MediumSpec:
    things = tuple(made.ReferentSpec("dog", masks={0: mask}) for mask in masks)
    return made.MediumSpec("one", WIDTH, HEIGHT, referents=things, **fields)


def content_of(folder: Path) -> dict:
    return json.loads((folder / "one.json").read_text(encoding="utf-8"))


def test_labelme_gets_equal_pixels_from_its_mask_shapes(export):
    masks = [RING, PARTS, blob(0, 0, WIDTH, HEIGHT), blob(5, 5, 6, 6)]
    texts = (made.ExpressionSpec("the dog, on the left", (0,), kind=ExpressionKind.POSITION),)
    folder, report = export("labelme", spec(*masks, expressions=texts))
    content = content_of(folder)
    assert all((labelme_mask(s) == m).all() for s, m in zip(content["shapes"], masks, strict=True))
    assert (content["imagePath"], content["imageHeight"], content["imageWidth"]) == ("one.png", HEIGHT, WIDTH)
    assert content["imageData"] is None
    first = content["shapes"][0]
    assert (first["label"], first["description"]) == ("dog", "the dog, on the left")
    assert report.is_whole


def test_polygons_are_drawn_by_labelme_to_the_same_pixels_but_for_holes(export):
    folder, report = export("labelme", spec(PARTS, RING), polygons=True)
    shapes = content_of(folder)["shapes"]
    parts = [labelme_mask(shape) for shape in shapes if shape["group_id"] == 1]
    assert len(parts) == 3
    assert (np.logical_or.reduce(parts) == PARTS).all()
    assert (labelme_mask(shapes[3]) == blob(2, 2, 10, 8)).all()
    assert {note.what: note.count for note in report.changed} == {"pixels of holes are filled by polygons": 4}
    assert all(len(shape["points"]) >= 3 for shape in shapes), "LabelMe refuses polygons of fewer points"


def file(folder: Path, *shapes: dict, **changes) -> Path:
    photo(folder / "a.jpg")
    content = {
        "version": "5.4.1",
        "flags": {},
        "shapes": list(shapes),
        "imagePath": "a.jpg",
        "imageData": None,
        "imageHeight": HEIGHT,
        "imageWidth": WIDTH,
        **changes,
    }
    return save_json(folder / "a.json", content)


def shape(kind: str, points: list, **fields) -> dict:
    return {"label": "cat", "points": points, "group_id": None, "shape_type": kind, "flags": {}, **fields}


@pytest.mark.parametrize(
    "drawn",
    [
        shape("polygon", [[1, 1], [8.4, 2], [6, 7.5]]),
        shape("rectangle", [[8, 6], [2, 1]]),
        shape("rectangle", [[2, 1], [8, 6]]),
        shape("oriented_rectangle", [[3, 1], [8.4, 3], [6.5, 6], [1, 4]]),
    ],
)
def test_shapes_of_labelme_are_drawn_as_labelme_draws_them(read, tmp_path, drawn):
    file(tmp_path, drawn)
    dataset = read("labelme", tmp_path)
    expected = {**drawn, "points": sorted(drawn["points"])} if drawn["shape_type"] == "rectangle" else drawn
    assert (dataset.load(dataset.media[0].id)[0].mask.to_array() == labelme_mask(expected)).all()


def test_groups_are_one_referent_and_lines_have_no_area(read, tmp_path):
    file(
        tmp_path,
        shape("polygon", [[0, 0], [2, 0], [2, 2]], group_id=4),
        shape("circle", [[8, 4], [10, 4]], group_id=4),
        shape("rectangle", [[0, 5], [1, 7]]),
        shape("line", [[0, 0], [5, 5]]),
        shape("point", [[0, 0]]),
    )
    dataset = read("labelme", tmp_path / "a.json")
    both, other = dataset.load(dataset.media[0].id)
    assert both.mask.contains_point(1, 0)
    assert both.mask.contains_point(8, 4)
    assert other.mask.area == 6
    assert {note.what for note in dataset.ledger.to_report("").dropped} == {
        "line shapes, which have no area",
        "point shapes, which have no area",
    }


def test_a_description_is_an_expression(read, tmp_path):
    square = [[0, 0], [2, 0], [2, 2]]
    file(
        tmp_path,
        shape("polygon", square, description="the cat, left"),
        shape("polygon", square, description=None),
        shape("polygon", square, description=" "),
        shape("polygon", square, description="both cats", group_id=1),
        shape("polygon", [[5, 5], [8, 5], [8, 8]], description="both cats", group_id=1),
        shape("point", [[1, 1]], description="its nose"),
    )
    dataset = read("labelme", tmp_path)
    first, _, _, group = (referent.id for referent in dataset.referents)
    assert [(e.text, e.targets) for e in dataset.expressions] == [("the cat, left", (first,)), ("both cats", (group,))]
    dropped = {note.what: note.examples for note in dataset.ledger.to_report("").dropped}
    assert dropped["expressions of shapes that have no area"] == ("its nose",)


def test_a_description_edited_in_labelme_is_read_beside_the_expressions_of_an_export(export, read):
    texts = (made.ExpressionSpec("the dog", (0,)), made.ExpressionSpec("it barks", (0,)))
    folder, _ = export("labelme", spec(RING, expressions=texts))
    assert [e.text for e in read("labelme", folder).expressions] == ["the dog", "it barks"]
    content = content_of(folder)
    content["shapes"][0]["description"] = "the black dog"
    save_json(folder / "one.json", content)
    assert {e.text for e in read("labelme", folder).expressions} == {"the dog", "it barks", "the black dog"}


def test_flags_that_are_set_are_told(read, tmp_path):
    square = shape("polygon", [[0, 0], [2, 0], [2, 2]], flags={"occluded": True, "crowd": False})
    file(tmp_path, square, flags={"blurred": True, "dark": False})
    [note] = read("labelme", tmp_path).ledger.to_report("").dropped
    assert (note.what, note.count) == ("flags", 2)
    assert [example.rpartition(": ")[2] for example in note.examples] == ["blurred", "occluded"]


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        (shape("polygon", [[0, 0], [1, 1]]), "a polygon has three points or more, not 2"),
        (shape("rectangle", [[0, 0]]), "a rectangle has two points"),
        (shape("circle", [[0, 0]]), "a circle has a middle"),
        (shape("oriented_rectangle", [[0, 0], [1, 1]]), "four corners, not 2 points"),
        (shape("polygon", [[0, 0], [1, 1], [1e12, 3]]), "far outside"),
        (shape("mask", [[0, 0], [1, 1]]), "the field mask"),
        (shape("mask", [[0, 0], [1, 1]], mask="!!"), "no PNG picture"),
        (shape("mask", [[0, 0], [1, 1]], mask=base64.b64encode(b"GIF89a").decode()), "no PNG picture"),
        (shape("polygon", [[0], [1, 1]]), "shapes[0].points[0]"),
    ],
)
def test_broken_shapes_are_named(read, tmp_path, drawn, words):
    file(tmp_path, drawn)
    with pytest.raises(FormatError) as caught:
        read("labelme", tmp_path)
    assert words in str(caught.value)
    assert "a.json" in str(caught.value)


def test_a_bomb_in_a_mask_is_not_unpacked(read, tmp_path):
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, format="PNG")
    file(tmp_path, shape("mask", [[0, 0], [1, 1]], mask=base64.b64encode(stream.getvalue()).decode()))
    with pytest.raises(FormatError, match="mask"):
        read("labelme", tmp_path)


def test_a_mask_that_reaches_out_is_cut_at_the_frame(read, tmp_path):
    stream = io.BytesIO()
    Image.fromarray(np.ones((4, 4), bool)).save(stream, format="PNG")
    file(tmp_path, shape("mask", [[10, 7], [13, 10]], mask=base64.b64encode(stream.getvalue()).decode()))
    dataset = read("labelme", tmp_path)
    assert (dataset.load(dataset.media[0].id)[0].mask.to_array() == blob(10, 7, 12, 9)).all()


def test_old_files_do_not_say_the_size(read, tmp_path):
    file(tmp_path, imageHeight=None, imageWidth=None)
    assert read("labelme", tmp_path).media[0].size.shape == (HEIGHT, WIDTH)
    (tmp_path / "a.jpg").unlink()
    with pytest.raises(FormatError, match=r"a\.jpg"):
        read("labelme", tmp_path)


def test_the_photo_must_lie_beside(read, tmp_path):
    file(tmp_path, imagePath="../../etc/passwd")
    with pytest.raises(FormatError, match="as the image root"):
        read("labelme", tmp_path)


@pytest.mark.parametrize("name", ["..\\photos\\b.jpg", "../photos/b.jpg", "C:\\Users\\me\\b.jpg", "/home/me/b.jpg"])
def test_a_photo_elsewhere_is_found_in_the_folder_that_is_named(read, tmp_path, name):
    photos = tmp_path / "photos"
    photo(photos / "b.jpg")
    (tmp_path / "labels").mkdir()
    file(tmp_path / "labels", imagePath=name)
    with pytest.raises(FormatError, match="leads out"):
        read("labelme", tmp_path / "labels")
    [medium] = read("labelme", tmp_path / "labels", image_root=photos).media
    assert (medium.path, medium.name) == (photos / "b.jpg", "b.jpg")


def test_files_that_a_crash_left_empty_are_noted(export, read, tmp_path):
    thing = made.ReferentSpec("dog", masks={0: blob(1, 1, 3, 3)})
    folder, _ = export("labelme", *(made.MediumSpec(name, WIDTH, HEIGHT, referents=(thing,)) for name in "ab"))
    assert not read("labelme", folder).ledger.to_report("").dropped
    (folder / "b.json").write_bytes(b"")
    dataset = read("labelme", folder)
    assert len(dataset.media) == 1
    [note] = dataset.ledger.to_report("").dropped
    assert (note.what, note.examples) == ("JSON files that are not LabelMe's", ("b.json",))


def test_a_split_that_no_file_names_is_refused(read, tmp_path):
    file(tmp_path, split="val")
    assert len(read("labelme", tmp_path, split="val").media) == 1
    with pytest.raises(FormatError, match="has no split 'train'; it has val"):
        read("labelme", tmp_path, split="train")
