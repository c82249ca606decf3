from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO

from refseg_annotator.core.annotation import ExpressionKind, Split
from refseg_annotator.errors import FormatError
from refseg_annotator.services.transfer import export_dataset
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob, photo, rle, save_json

RING = blob(2, 2, 10, 8) & ~blob(4, 4, 6, 6)
PARTS = blob(0, 0, 1, 1) | blob(3, 3, 6, 6) | blob(11, 8, 12, 9)


def photo_spec(**fields) -> made.MediumSpec:
    return made.MediumSpec("one", WIDTH, HEIGHT, **fields)


def masks_of_pycocotools(file: Path) -> list[np.ndarray]:
    coco = COCO(str(file))
    return [coco.annToMask(coco.anns[key]).astype(bool) for key in sorted(coco.anns)]


# --- written, read by pycocotools -----------------------------------------------------------------------------


def test_pycocotools_gets_equal_pixels_boxes_and_areas(export):
    masks = [RING, PARTS, blob(0, 0, WIDTH, HEIGHT), blob(5, 5, 6, 6)]
    things = tuple(made.ReferentSpec("dog", masks={0: mask}) for mask in masks)
    folder, report = export("coco", photo_spec(referents=things))
    file = folder / "annotations/instances.json"
    found = masks_of_pycocotools(file)
    assert all((a == b).all() for a, b in zip(found, masks, strict=True))
    rows = json.loads(file.read_text())["annotations"]
    for row, mask in zip(rows, masks, strict=True):
        code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
        assert row["area"] == int(coco_mask.area(code))
        assert row["bbox"] == coco_mask.toBbox(code).tolist()
        assert row["iscrowd"] == 0
    assert [row["id"] for row in rows] == [1, 2, 3, 4], "ids start at 1"
    assert report.written["masks"] == 4


def test_splits_are_files_and_category_ids_go_through_all_of_them(export):
    def one(name, split, category):
        thing = made.ReferentSpec(category, masks={0: RING})
        return made.MediumSpec(name, WIDTH, HEIGHT, split=split, referents=(thing,))

    folder, _ = export("coco", one("a", Split.TRAIN, "dog"), one("b", Split.VAL, "cat"), one("c", Split.TEST_A, "dog"))
    files = {path.name: json.loads(path.read_text()) for path in (folder / "annotations").iterdir()}
    assert set(files) == {"instances_train.json", "instances_val.json", "instances_testA.json"}
    assert files["instances_testA.json"]["annotations"][0]["category_id"] == 1
    assert files["instances_val.json"]["annotations"][0]["category_id"] == 2
    assert {row["file_name"] for content in files.values() for row in content["images"]} == {"a.png", "b.png", "c.png"}
    assert all((folder / "images" / name).is_file() for name in ("a.png", "b.png", "c.png"))


def test_expressions_stand_beside_each_annotation_they_mean(export, read):
    things = (made.ReferentSpec("dog", masks={0: RING}), made.ReferentSpec("dog", masks={0: PARTS}))
    texts = (
        made.ExpressionSpec("both dogs, please.", (0, 1), kind=ExpressionKind.PLURAL, author="Zoë"),
        made.ExpressionSpec("a horse", no_target=True),
    )
    folder, _ = export("coco", photo_spec(referents=things, expressions=texts))
    content = json.loads((folder / "annotations/instances.json").read_text(encoding="utf-8"))
    row = {"id": 1, "text": "both dogs, please.", "kind": "plural", "author": "Zoë"}
    assert [found["expressions"] for found in content["annotations"]] == [[row], [row]]
    assert content["images"][0]["expressions"] == [{"id": 2, "text": "a horse", "no_target": True}]
    assert len(read("coco", folder).expressions) == 2


def test_polygons_keep_parts_and_pixels_and_the_report_counts_the_holes(export):
    things = (made.ReferentSpec("dog", masks={0: PARTS}), made.ReferentSpec("dog", masks={0: RING}))
    folder, report = export("coco", photo_spec(referents=things), polygons=True)
    found = masks_of_pycocotools(folder / "annotations/instances.json")
    assert (found[0] == PARTS).all()
    assert (found[1] == blob(2, 2, 10, 8)).all()
    notes = {note.what: note.count for note in report.changed}
    assert notes == {"holes are filled by polygons": 1, "pixels of holes are added by polygons": 4}
    rows = json.loads((folder / "annotations/instances.json").read_text(encoding="utf-8"))["annotations"]
    assert [row["area"] for row in rows] == [PARTS.sum(), found[1].sum()], "the pixels that a reader of the file finds"
    _, plain = export("coco", photo_spec(referents=things))
    assert plain.is_whole


def test_a_clip_becomes_photos_of_its_annotated_frames(export, read):
    thing = made.ReferentSpec("dog", masks={0: RING, 2: PARTS, 1: np.zeros_like(RING)})
    texts = (made.ExpressionSpec("the dog", (0,)), made.ExpressionSpec("at the end", (0,), span=(2, 2)))
    clip = made.MediumSpec("clip", WIDTH, HEIGHT, 4, referents=(thing,), expressions=texts)
    folder, report = export("coco", clip)
    back = made.as_specs(read("coco", folder))
    assert [spec.name for spec in back] == ["clip_00000", "clip_00002"]
    assert [sorted(e.text for e in spec.expressions) for spec in back] == [["the dog"], ["at the end", "the dog"]]
    assert (back[1].referents[0].masks[0] == PARTS).all()
    assert "clips are written as photos of their annotated frames" in {note.what for note in report.changed}
    assert all((folder / "images" / f"{spec.name}.jpg").is_file() for spec in back)


def test_one_file_without_media_by_its_suffix(tmp_path, read):

    dataset = made.make(
        [photo_spec(split=Split.VAL, referents=(made.ReferentSpec("dog", masks={0: RING}),))], tmp_path / "in"
    )
    report = export_dataset(dataset, "coco", tmp_path / "out.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.json"]
    assert (masks_of_pycocotools(tmp_path / "out.json")[0] == RING).all()
    assert "media lose their split in a single file" in {note.what for note in report.changed}
    back = read("coco", tmp_path / "out.json", image_root=tmp_path / "in")
    assert back.media[0].path.is_file()


# --- read: what others write ----------------------------------------------------------------------------------


def instances(**changes) -> dict:
    row = {"id": 3, "image_id": 1, "category_id": 7, "segmentation": rle(RING), "iscrowd": 0}
    return {
        "images": [{"id": 1, "file_name": "a.jpg", "width": WIDTH, "height": HEIGHT}],
        "annotations": [{**row, **changes}],
        "categories": [{"id": 7, "name": "dog", "supercategory": "animal"}],
    }


@pytest.mark.parametrize(
    ("polygons", "dropped", "empty"),
    [([[1, 1, 5, 5]], 1, 1), ([[], [1, 1, 5, 1, 5, 5]], 1, 0), ([[1, 1, 5, 1, 5, 5]], 0, 0)],
)
def test_polygons_of_under_three_points_are_told_once(read, tmp_path, polygons, dropped, empty):
    save_json(tmp_path / "instances_val2017.json", instances(segmentation=polygons))
    dataset = read("coco", tmp_path)
    dataset.load(dataset.media[0].id)
    report = dataset.ledger.to_report("")
    assert {note.what: (note.count, note.examples) for note in report.dropped} == (
        {"polygons of fewer than three points": (dropped, ("annotation 3",))} if dropped else {}
    )
    assert [note.count for note in report.changed if "without a pixel" in note.what] == [1] * empty


def test_expressions_of_annotations_without_a_segmentation_are_counted(read, tmp_path):
    content = instances(expressions=[{"id": 1, "text": "all dogs"}, {"id": 2, "text": "the ring"}])
    [whole] = content["annotations"]
    bare = [
        [{"id": 1, "text": "all dogs"}, {"id": 4, "text": "both cats"}, "a cat"],
        [{"id": 4, "text": "both cats"}, "a cat"],
        [],
    ]
    for number, (rows, nothing) in enumerate(zip(bare, ([], None, {}), strict=True), start=10):
        row = {**whole, "id": number, "segmentation": nothing, "expressions": rows}
        content["annotations"].insert(0, row)
    save_json(tmp_path / "instances_val2017.json", content)
    dataset = read("coco", tmp_path)
    assert [expression.text for expression in dataset.expressions] == ["all dogs", "the ring"]
    report = dataset.ledger.to_report("")
    assert {note.what: (note.count, set(note.examples)) for note in report.dropped if "photos" not in note.what} == {
        "annotations without a segmentation": (3, {"annotation 10", "annotation 11", "annotation 12"}),
        "expressions of annotations without a segmentation": (3, {"both cats", "a cat"}),
    }
    changed = {note.what: (note.count, note.examples) for note in report.changed}
    assert changed["expressions lose a target that has no segmentation"] == (1, ("all dogs",))


def mask_of(read, folder: Path, **changes) -> np.ndarray:
    save_json(folder / "instances_val2017.json", instances(**changes))
    dataset = read("coco", folder)
    [annotation] = dataset.load(dataset.media[0].id)
    return annotation.mask.to_array()


@pytest.mark.parametrize(
    "segmentation",
    [
        rle(RING),
        {"size": [HEIGHT, WIDTH], "counts": [0, HEIGHT * WIDTH]},
        [[1, 1, 8.5, 1, 8.5, 6.2, 1, 6.2]],
        [[1, 1, 8, 1, 8, 6, 1, 6], [4, 3, 11, 3, 11, 8, 4, 8]],
        [[-5, -5, 20, -5, 20, 20]],
    ],
    ids=["rle", "plain counts", "polygon", "overlapping polygons", "beyond the frame"],
)
def test_pixels_are_those_of_pycocotools(read, tmp_path, segmentation):
    found = mask_of(read, tmp_path, segmentation=segmentation)
    coco = COCO(str(tmp_path / "instances_val2017.json"))
    assert (found == coco.annToMask(coco.anns[3]).astype(bool)).all()


def test_the_name_of_the_file_tells_the_split_and_the_folder_of_the_photos(read, tmp_path):
    photo(tmp_path / "val2017/a.jpg")
    save_json(tmp_path / "annotations/instances_val2017.json", instances())
    [medium] = read("coco", tmp_path).media
    assert medium.split is Split.VAL
    assert medium.path == tmp_path / "val2017/a.jpg"


def test_photos_that_are_not_there_are_noted(read, tmp_path):
    save_json(tmp_path / "instances.json", instances())
    [note] = read("coco", tmp_path).ledger.to_report("").changed
    assert note.count == 1
    assert "not where the data set says" in note.what


def test_plain_texts_as_expressions_crowds_and_annotations_without_pixels(read, tmp_path):
    content = instances(expressions=["the dog", {"text": "it", "id": 4}], iscrowd=1)
    content["annotations"].append({"id": 4, "image_id": 1, "category_id": 7, "bbox": [0, 0, 2, 2]})
    content["annotations"].append({"id": 5, "image_id": 1, "category_id": 7, "segmentation": []})
    save_json(tmp_path / "instances.json", content)
    dataset = read("coco", tmp_path)
    assert sorted(e.text for e in dataset.expressions) == ["it", "the dog"]
    assert len(dataset.referents) == 1
    assert [note.count for note in dataset.ledger.to_report("").dropped] == [2]
    assert dataset.crowds == {dataset.referents[0].id}
    export_dataset(dataset, "coco", tmp_path / "out")
    assert json.loads((tmp_path / "out/annotations/instances.json").read_text())["annotations"][0]["iscrowd"] == 1
    report = export_dataset(dataset, "labelme", tmp_path / "labelme")
    assert "crowd regions become plain referents" in {note.what for note in report.changed}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"image_id": 9}, "annotations[0]: image_id 9 is not among the images"),
        ({"category_id": 1}, "annotations[0]: category_id 1 is not among the categories"),
        ({"image_id": "1"}, "annotations[0].image_id: expected int, got str"),
        ({"segmentation": {"size": [9, 9], "counts": [81]}}, "segmentation.size says 9 x 9"),
        ({"segmentation": {"size": [HEIGHT, WIDTH], "counts": [5]}}, "adds up to 5 pixels"),
        ({"segmentation": {"size": [HEIGHT, WIDTH], "counts": [-1, HEIGHT * WIDTH + 1]}}, "negative"),
        ({"segmentation": {"size": [HEIGHT, WIDTH], "counts": "öö"}}, "outside run-length code"),
        ({"segmentation": {"size": [HEIGHT, WIDTH], "counts": "o"}}, "breaks off"),
        ({"segmentation": {"size": [HEIGHT, WIDTH], "counts": "oooooooooooo0"}}, "no run can have"),
        ({"segmentation": "0110"}, "neither run-length code nor"),
        ({"segmentation": [[1, 2, 3, 4, 5, 6, 7]]}, "an x without its y"),
        ({"segmentation": [[1, 2, 3, 4, 5, 1e9]]}, "far outside"),
    ],
)
def test_broken_records_are_named_by_file_and_field(read, tmp_path, change, words):
    save_json(tmp_path / "instances.json", instances(**change))
    with pytest.raises(FormatError) as caught:
        read("coco", tmp_path)
    assert words in str(caught.value)
    assert str(tmp_path / "instances.json") in str(caught.value)


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "/etc/passwd", "C:\\x.jpg", "a/../../b.jpg", "", "..\\x.jpg", "a\x00.jpg"]
)
def test_file_names_that_lead_out_are_refused(read, tmp_path, name):
    content = instances()
    content["images"][0]["file_name"] = name
    save_json(tmp_path / "instances.json", content)
    with pytest.raises(FormatError, match=r"file name"):
        read("coco", tmp_path)


def test_symlinks_that_lead_out_are_refused(read, tmp_path):
    photo(tmp_path / "outside/a.jpg")
    (tmp_path / "in/images").mkdir(parents=True)
    (tmp_path / "in/images/a.jpg").symlink_to(tmp_path / "outside/a.jpg")
    save_json(tmp_path / "in/instances.json", instances())
    with pytest.raises(FormatError, match="symlink"):
        read("coco", tmp_path / "in")
    assert read("coco", tmp_path / "in", image_root=tmp_path / "outside").media


@pytest.mark.parametrize(("width", "height"), [(0, 5), (5, -1), (10**6, 5), (60000, 60000)])
def test_frames_that_cannot_be_are_refused(read, tmp_path, width, height):
    content = instances()
    content["images"][0].update(width=width, height=height)
    save_json(tmp_path / "instances.json", content)
    with pytest.raises(FormatError, match="cannot be"):
        read("coco", tmp_path)


def test_ids_given_twice_are_refused(read, tmp_path):
    content = instances()
    content["annotations"] *= 2
    save_json(tmp_path / "instances.json", content)
    with pytest.raises(FormatError, match="the id 3 stands twice"):
        read("coco", tmp_path)


@pytest.mark.parametrize(
    "text", ["", " ", "{", "[]", '{"images": []}', "\ufeff{}", '{"images": [], "annotations": NaN}']
)
def test_files_that_are_no_coco_are_refused(read, tmp_path, text):
    (tmp_path / "instances.json").write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=r"instances\.json"):
        read("coco", tmp_path)


def test_a_deep_file_does_not_bring_the_reader_down(read, tmp_path):
    (tmp_path / "instances.json").write_text('{"images": [], "annotations": [], "info": ' + "[" * 200_000)
    with pytest.raises(FormatError):
        read("coco", tmp_path)


# --- media beside ---------------------------------------------------------------------------------------------


def test_a_photo_turned_by_exif_is_written_upright(tmp_path):
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.formats.base import Stage

    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = np.zeros((20, 30, 3), np.uint8)
    pixels[:, :15] = 255
    Image.fromarray(pixels).save(tmp_path / "turned.jpg", exif=exif, quality=95)
    stage = Stage()
    stage.add_photo(tmp_path / "turned.jpg", size=Size(width=20, height=30), name="turned.jpg")
    report = export_dataset(stage.finish(lambda _: []), "coco", tmp_path / "out")
    [written] = (tmp_path / "out/images").iterdir()
    with Image.open(written) as picture:
        assert picture.size == (20, 30)
        assert picture.getexif().get(0x0112, 1) == 1
        assert np.asarray(picture.convert("L"))[:14].mean() > 240, "the white half is on top now"
    assert "photos are encoded anew" in {note.what for note in report.changed}


def test_names_that_meet_are_told_apart(tmp_path, read):
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.formats.base import Stage

    stage = Stage()
    for folder in ("x", "y"):
        path = photo(tmp_path / folder / "A.jpg" if folder == "x" else tmp_path / folder / "a.jpg")
        stage.add_photo(path, size=Size(width=WIDTH, height=HEIGHT), name=path.name)
    report = export_dataset(stage.finish(lambda _: []), "coco", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out/images").iterdir()) == ["A.jpg", "a-2.jpg"]
    [note] = report.changed
    assert note.to_text() == f"media have another name in the export: 1 ({tmp_path / 'y/a.jpg'} -> a-2.jpg)"
    assert len(read("coco", tmp_path / "out").media) == 2
