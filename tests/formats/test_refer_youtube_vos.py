from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import FormatError
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob, photo, save_json

BIG, SMALL = blob(1, 1, 9, 8), blob(3, 3, 5, 5)
NOTHING = np.zeros((HEIGHT, WIDTH), bool)


def clip(**fields) -> made.MediumSpec:
    things = (
        made.ReferentSpec("bear", masks={0: BIG, 1: BIG, 2: NOTHING}),
        made.ReferentSpec("bird", masks={1: SMALL}),
    )
    texts = (made.ExpressionSpec("the bear, walking", (0,)), made.ExpressionSpec("nobody knows"))
    fields = {"frames": 4, "split": Split.VAL, "referents": things, "expressions": texts, **fields}
    return made.MediumSpec("bear", WIDTH, HEIGHT, **fields)


def labels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        assert picture.mode == "P"
        return np.asarray(picture)


def test_pillow_and_json_get_equal_pixels_and_strings(export):
    folder, report = export("refer-youtube-vos", clip())
    content = json.loads((folder / "meta_expressions/valid/meta_expressions.json").read_text())
    assert content == {
        "videos": {
            "bear": {
                "expressions": {"0": {"exp": "the bear, walking", "obj_id": "1"}, "1": {"exp": "nobody knows"}},
                "frames": ["00000", "00001", "00002", "00003"],
            }
        }
    }
    pictures = sorted((folder / "valid/Annotations/bear").iterdir())
    assert [path.name for path in pictures] == ["00000.png", "00001.png", "00002.png"], "frame 3 is not annotated"
    assert (labels(pictures[0]) == BIG).all()
    assert (labels(pictures[1]) == np.where(SMALL, 2, BIG.astype(int))).all(), "the smaller lies on top"
    assert not labels(pictures[2]).any()
    with Image.open(pictures[1]) as picture:
        assert picture.getpalette()[:9] == [0, 0, 0, 128, 0, 0, 0, 128, 0], "the DAVIS palette"
    notes = {note.what: note.count for note in report.changed}
    assert notes["pixels of overlaps go to the smaller referent"] == SMALL.sum()
    assert notes["masks that nobody made on a frame with others read as absent"] == 2
    objects = json.loads((folder / "valid/meta.json").read_text())["videos"]["bear"]["objects"]
    assert objects["1"] == {"category": "bear", "frames": ["00000", "00001"]}


def test_frames_are_copied_byte_for_byte_under_their_own_names(export, tmp_path):
    folder, _ = export("refer-youtube-vos", clip())
    for number in range(4):
        name = f"{number:05d}.jpg"
        assert (folder / "valid/JPEGImages/bear" / name).read_bytes() == (
            tmp_path / "source-1/bear" / name
        ).read_bytes()


def public(folder: Path) -> Path:
    """Frames with a step of five, as YouTube-VOS has them, in the published tree."""
    for number in (0, 5, 10):
        photo(folder / f"train/JPEGImages/v1/{number:05d}.jpg")
    (folder / "train/Annotations/v1").mkdir(parents=True)
    for number, mask in ((0, BIG), (10, SMALL)):
        picture = Image.fromarray((mask * 3).astype(np.uint8))
        picture.putpalette([0, 0, 0, 236, 95, 103, 249, 145, 87, 250, 200, 99])
        picture.save(folder / f"train/Annotations/v1/{number:05d}.png")
    save_json(
        folder / "train/meta.json", {"videos": {"v1": {"objects": {"3": {"category": "ape", "frames": ["00000"]}}}}}
    )
    save_json(
        folder / "meta_expressions/train/meta_expressions.json",
        {
            "videos": {
                "v1": {"expressions": {"0": {"exp": "an ape", "obj_id": "3"}}, "frames": ["00000", "00005", "00010"]}
            }
        },
    )
    return folder


def test_frames_are_numbered_in_order_whatever_they_are_called(read, tmp_path):
    dataset = read("refer-youtube-vos", public(tmp_path))
    [medium] = dataset.media
    assert (medium.frame_count, medium.split) == (3, Split.TRAIN)
    found = {annotation.frame: annotation.mask.to_array() for annotation in dataset.load(medium.id)}
    assert sorted(found) == [0, 2]
    assert (found[2] == SMALL).all()
    assert dataset.referents[0].category == "ape"


def test_a_listed_frame_without_a_picture_is_named_as_later_masks_would_lie_on_the_wrong_ones(read, tmp_path):
    folder = public(tmp_path)
    (folder / "train/JPEGImages/v1/00005.jpg").unlink()
    with pytest.raises(FormatError, match=r"v1 lacks the frame '00005' \(1 in all\)"):
        read("refer-youtube-vos", folder)
    photo(folder / "train/JPEGImages/v1/00003.jpg")
    with pytest.raises(FormatError, match=r"v1 lacks the frame '00005' \(1 in all\)"):
        read("refer-youtube-vos", folder)


def test_expressions_come_by_their_numbers_as_the_evaluation_server_calls_them(read, tmp_path):
    folder = public(tmp_path)
    rows = {key: {"exp": f"number {key}", "obj_id": "3"} for key in ("0", "1", "10", "2")}
    file = folder / "meta_expressions/train/meta_expressions.json"
    save_json(file, {"videos": {"v1": {"expressions": rows, "frames": ["00000", "00005", "00010"]}}})
    texts = [expression.text for expression in read("refer-youtube-vos", folder).expressions]
    assert texts == ["number 0", "number 1", "number 2", "number 10"]


def test_a_split_without_objects_waits_for_links(read, tmp_path):
    folder = public(tmp_path)
    photo(folder / "valid/JPEGImages/v2/00000.jpg")
    save_json(
        folder / "meta_expressions/valid/meta_expressions.json",
        {"videos": {"v2": {"expressions": {"0": {"exp": "a person"}}, "frames": ["00000"]}}},
    )
    dataset = read("refer-youtube-vos", folder, split="valid")
    [expression] = dataset.expressions
    assert (expression.targets, expression.no_target) == ((), False)
    assert dataset.media[0].split is Split.VAL


def test_a_clip_that_is_not_there_is_noted(read, tmp_path):
    folder = public(tmp_path)
    file = folder / "meta_expressions/train/meta_expressions.json"
    content = json.loads(file.read_text())
    content["videos"]["gone"] = {"expressions": {"0": {"exp": "x", "obj_id": "1"}}, "frames": ["00000"]}
    save_json(file, content)
    dataset = read("refer-youtube-vos", folder)
    assert [medium.name for medium in dataset.media] == ["v1"]
    assert [note.examples for note in dataset.ledger.to_report("").dropped] == [("gone",)]


@pytest.mark.parametrize("number", ["x", "0", "256", -1])
def test_object_numbers_that_cannot_be(read, tmp_path, number):
    folder = public(tmp_path)
    file = folder / "meta_expressions/train/meta_expressions.json"
    content = json.loads(file.read_text())
    content["videos"]["v1"]["expressions"]["0"]["obj_id"] = number
    save_json(file, content)
    with pytest.raises(FormatError, match=r"videos\.v1\.expressions\.0\.obj_id"):
        read("refer-youtube-vos", folder)


@pytest.mark.parametrize("key", ["\u00b2", "9" * 5000, "", "1.0", "0"])
def test_keys_that_are_no_object_numbers_are_named(read, tmp_path, key):
    folder = public(tmp_path)
    save_json(folder / "train/meta.json", {"videos": {"v1": {"objects": {key: {"category": "ape"}}}}})
    with pytest.raises(FormatError, match=r"meta\.json: videos\.v1\.objects: '.{0,9}' is no object number"):
        read("refer-youtube-vos", folder)


@pytest.mark.parametrize("key", ["\u00b2", "9" * 5000, "x"])
def test_expressions_may_be_called_anything(read, tmp_path, key):
    folder = public(tmp_path)
    file = folder / "meta_expressions/train/meta_expressions.json"
    content = json.loads(file.read_text())
    content["videos"]["v1"]["expressions"][key] = {"exp": "more", "obj_id": "3"}
    save_json(file, content)
    assert [e.text for e in read("refer-youtube-vos", folder).expressions] == ["an ape", "more"]


def test_a_mask_of_another_size_is_named(read, tmp_path):
    folder = public(tmp_path)
    Image.new("L", (5, 5)).save(folder / "train/Annotations/v1/00000.png")
    with pytest.raises(FormatError, match=r"00000\.png has 5 x 5 pixels where its frame has 12 x 9"):
        read("refer-youtube-vos", folder)


def test_objects_that_no_file_lists_are_noted(read, tmp_path):
    folder = public(tmp_path)
    save_json(folder / "train/meta.json", {"videos": {"v1": {"objects": {"1": {"category": "ape"}}}}})
    file = folder / "meta_expressions/train/meta_expressions.json"
    save_json(file, {"videos": {"v1": {"expressions": {}, "frames": ["00000", "00005", "00010"]}}})
    [note] = read("refer-youtube-vos", folder).ledger.to_report("").dropped
    assert (note.what, note.count) == ("objects that no file lists", 2)


def test_a_name_that_leads_out_is_refused(read, tmp_path):
    folder = public(tmp_path)
    file = folder / "meta_expressions/train/meta_expressions.json"
    save_json(file, {"videos": {"../../../etc": {"expressions": {}, "frames": ["0"]}}})
    with pytest.raises(FormatError, match="leads out"):
        read("refer-youtube-vos", folder)


@pytest.mark.data
def test_the_shared_clips_decode_as_pillow_reads_them(read, shared_data):
    dataset = read("refer-youtube-vos", shared_data / "refvideos")
    assert len(dataset.media) == 40
    content = json.loads((shared_data / "refvideos/meta_expressions/valid/meta_expressions.json").read_text())
    texts = {(e.text) for e in dataset.expressions}
    for name, video in content["videos"].items():
        medium = next(medium for medium in dataset.media if medium.name == name)
        assert medium.frame_count == len(video["frames"])
        assert {row["exp"] for row in video["expressions"].values()} <= texts
        for annotation in dataset.load(medium.id):
            path = shared_data / f"refvideos/valid/Annotations/{name}/{video['frames'][annotation.frame]}.png"
            assert (annotation.mask.to_array() == (labels(path) == 1)).all()
