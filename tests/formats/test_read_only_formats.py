from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import io

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.registry import sniff
from tests.formats.examples import BY_HAND, HEIGHT, WIDTH, blob, make_example, photo, save_json


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_the_folder_is_recognised(name, tmp_path):
    assert sniff(make_example(name, tmp_path / "x")).name == name


# --- PhraseCut ------------------------------------------------------------------------------------------------


def test_phrasecut_instances_are_united_and_met_again(read, tmp_path):
    dataset = read("phrasecut", make_example("phrasecut", tmp_path / "x"))
    two, left = dataset.expressions
    assert (two.text, len(two.targets)) == ("two grey doors", 2)
    assert left.targets == two.targets[:1], "the same instance in another task is the same referent"
    found = {a.referent_id: a.mask.to_array() for a in dataset.load(dataset.media[0].id)}
    assert (found[left.targets[0]] == blob(2, 1, 7, 6)).all(), "the border is part of it, as in the published code"
    # The published code: each polygon on a picture of its own, corners cut to whole pixels, then the sum above nothing.
    united = np.zeros((HEIGHT, WIDTH))
    for polygon in ([(7, 2), (10, 2), (10, 7)], [(2, 1), (6, 1), (6, 5), (2, 5)]):
        picture = Image.new("L", (WIDTH, HEIGHT), 0)
        ImageDraw.Draw(picture).polygon(polygon, outline=1, fill=1)
        united += np.array(picture)
    assert (found[two.targets[1]] == (united > 0)).all()
    assert {referent.category for referent in dataset.referents} == {"door"}
    assert dataset.media[0].split is Split.VAL


def test_phrasecut_miniv_is_read_when_asked_for(read, tmp_path):
    folder = make_example("phrasecut", tmp_path / "x")
    assert len(read("phrasecut", folder, split="miniv").expressions) == 1
    with pytest.raises(FormatError, match="no split 'test'"):
        read("phrasecut", folder, split="test")


def test_phrasecut_phrases_without_answers_are_no_split(read, tmp_path):
    folder = make_example("phrasecut", tmp_path / "x")
    [task, _] = json.loads((folder / "refer_val.json").read_text())
    save_json(folder / "refer_input_val.json", [{key: task[key] for key in ("task_id", "image_id", "phrase")}])
    assert len(read("phrasecut", folder).expressions) == 2
    (folder / "refer_val.json").unlink()
    assert len(read("phrasecut", folder).expressions) == 1, "miniv"


@pytest.mark.parametrize("value", [1e9, -1e9])
def test_phrasecut_points_that_cannot_be_are_named(read, tmp_path, value):
    folder = make_example("phrasecut", tmp_path / "x")
    [task, _] = json.loads((folder / "refer_val.json").read_text())
    save_json(folder / "refer_val.json", [{**task, "ann_ids": [1], "Polygons": [[[[1, 1], [3, 1], [3, value]]]]}])
    with pytest.raises(FormatError, match=r"refer_val\.json: \[0\]\.Polygons\[0\] has a point far outside"):
        read("phrasecut", folder)


def test_phrasecut_polygons_without_a_line_are_told(read, tmp_path):
    folder = make_example("phrasecut", tmp_path / "x")
    [task, _] = json.loads((folder / "refer_val.json").read_text())
    save_json(folder / "refer_val.json", [{**task, "ann_ids": [1], "Polygons": [[[[1, 1]], [[1, 1], [3, 1], [3, 4]]]]}])
    [note] = read("phrasecut", folder, split="val").ledger.to_report("").dropped
    assert (note.what, note.count) == ("polygons of fewer than two points", 1)
    assert note.examples[0].endswith("refer_val.json: [0].Polygons[0]")


def test_phrasecut_needs_the_photo_or_the_table_of_sizes(read, tmp_path):
    folder = make_example("phrasecut", tmp_path / "x")
    (folder / "images/61.jpg").unlink()
    with pytest.raises(FormatError, match="the size of image 61 is unknown"):
        read("phrasecut", folder)
    save_json(folder / "image_data_split.json", [{"image_id": 61, "width": 30, "height": 20, "split": "val"}])
    assert read("phrasecut", folder).media[0].size.shape == (20, 30)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Polygons": [[[[1, 2], [3]]]]}, r"\[0\]\.Polygons"),
        ({"image_id": "x"}, "image_id"),
        ({"phrase": None}, "phrase"),
    ],
)
def test_phrasecut_broken_tasks_are_named(read, tmp_path, change, words):
    folder = make_example("phrasecut", tmp_path / "x")
    tasks = json.loads((folder / "refer_val.json").read_text())
    save_json(folder / "refer_val.json", [{**tasks[0], **change}])
    with pytest.raises(FormatError, match=words):
        read("phrasecut", folder)


# --- ReferIt --------------------------------------------------------------------------------------------------


def test_referit_zeros_are_the_object_and_photos_may_be_grey(read, tmp_path):
    dataset = read("referit", make_example("referit", tmp_path / "x"))
    assert [e.text for e in dataset.expressions] == ["building", "bottom edge, ground", "all of it"]
    first = dataset.load(dataset.media[0].id)[0]
    assert (first.mask.to_array() == blob(2, 1, 5, 4)).all()
    assert dataset.media[0].split is Split.TRAIN, "trainval is not read beside its halves"


def test_referit_broken_masks_are_named(read, tmp_path):
    folder = make_example("referit", tmp_path / "x")
    io.savemat(folder / "mask/32_2.mat", {"segimg_t": np.ones((3, 3))})
    with pytest.raises(FormatError, match=r"32_2\.mat: segimg_t has the shape \(3, 3\)"):
        read("referit", folder)
    io.savemat(folder / "mask/32_1.mat", {"other": np.ones((3, 3))})
    with pytest.raises(FormatError, match="the field segimg_t is missing"):
        read("referit", folder)
    (folder / "mask/32_1.mat").write_bytes(b"MATLAB 5.0" + bytes(200))
    with pytest.raises(FormatError, match="no whole MATLAB file"):
        read("referit", folder)
    (folder / "mask/32_2.mat").unlink()
    (folder / "mask/32_1.mat").unlink()
    with pytest.raises(FormatError, match="is missing"):
        read("referit", folder)


@pytest.mark.parametrize("key", ["32", "_1", "32_x", "../32_1", "a/b_1"])
def test_referit_keys_that_cannot_be(read, tmp_path, key):
    folder = make_example("referit", tmp_path / "x")
    save_json(folder / "referit_query_train.json", {key: ["x"]})
    with pytest.raises(FormatError, match=r"referit_query_train\.json"):
        read("referit", folder)


# --- Talk2Car-RegSeg ------------------------------------------------------------------------------------------


def test_talk2car_commands_find_their_regions(read, tmp_path):
    folder = make_example("talk2car-regseg", tmp_path / "x")
    dataset = read("talk2car-regseg", folder)
    assert dataset.expressions[0].text == "park behind that bus"
    assert (dataset.load(dataset.media[0].id)[0].mask.to_array() == blob(1, 5, 11, 9)).all()
    assert dataset.media[0].path == folder / "imgs/img_train_0.jpg"


def test_talk2car_commands_without_a_region_are_noted_and_sizes_must_meet(read, tmp_path):
    folder = make_example("talk2car-regseg", tmp_path / "x")
    rows = [{"command": "park behind that bus"}, {"command": "turn left"}]
    save_json(folder / "talk2car.json", {"train": rows})
    dataset = read("talk2car-regseg", folder)
    assert [(note.what, note.count) for note in dataset.ledger.to_report("").dropped] == [
        ("commands without a mask", 1)
    ]
    Image.new("L", (4, 4)).save(folder / "masks/gt_img_ann_train_0.png")
    with pytest.raises(FormatError, match="has 4 x 4 pixels where its frame has 12 x 9"):
        read("talk2car-regseg", folder)


# --- J-HMDB-Sentences -----------------------------------------------------------------------------------------


def test_jhmdb_frames_past_the_masks_are_not_annotated(read, tmp_path):
    dataset = read("jhmdb", make_example("jhmdb", tmp_path / "x"))
    [medium] = dataset.media
    assert (medium.frame_count, medium.split, medium.name) == (3, Split.TEST, "clip_1")
    found = dataset.load(medium.id)
    assert [a.frame for a in found] == [0, 1]
    assert (found[1].mask.to_array() == blob(2, 1, 5, 4)).all()
    assert dataset.expressions[0].text == "man, catching a ball"
    assert "clips have no masks on their last frames" in {note.what for note in dataset.ledger.to_report("").changed}


def test_jhmdb_masks_go_by_the_numbers_of_the_pictures(read, tmp_path):
    folder = make_example("jhmdb", tmp_path / "x")
    (folder / "Rename_Images/catch/clip_1/00001.png").unlink()
    dataset = read("jhmdb", folder)
    [medium] = dataset.media
    assert medium.frame_count == 2
    [found] = dataset.load(medium.id)
    assert found.frame == 0
    assert (found.mask.to_array() == blob(2, 1, 5, 4)).all(), "the mask of 00002.png"
    assert "masks of frames that the clip does not have" in {n.what for n in dataset.ledger.to_report("").dropped}


def test_jhmdb_has_no_other_split_than_test(read, tmp_path):
    folder = make_example("jhmdb", tmp_path / "x")
    assert len(read("jhmdb", folder, split="test").media) == 1
    with pytest.raises(FormatError, match="no split 'train'; it has test"):
        read("jhmdb", folder, split="train")


def test_jhmdb_broken_files_are_named(read, tmp_path):
    folder = make_example("jhmdb", tmp_path / "x")
    mat = folder / "puppet_mask/catch/clip_1/puppet_mask.mat"
    io.savemat(mat, {"part_mask": np.ones((3, 3, 2))})
    with pytest.raises(FormatError, match="part_mask has the shape"):
        read("jhmdb", folder)
    mat.write_bytes(mat.read_bytes()[:150])
    with pytest.raises(FormatError, match=r"puppet_mask\.mat is no whole MATLAB file"):
        read("jhmdb", folder)
    (folder / "jhmdb_annotation.txt").write_text("video_id,query\nnobody,x\n")
    with pytest.raises(FormatError, match="line 2: there is no 'nobody'"):
        read("jhmdb", folder)
    (folder / "jhmdb_annotation.txt").write_text("clip_1,x\n")
    with pytest.raises(FormatError, match="the first line should be"):
        read("jhmdb", folder)


def test_matlab_arrays_too_large_to_be_true_are_not_read(tmp_path):
    from refseg_annotator.formats.matlab import read_matlab

    io.savemat(tmp_path / "x.mat", {"a": np.zeros((2000, 2000), np.uint8)}, do_compression=True)
    assert (tmp_path / "x.mat").stat().st_size < 10_000
    with pytest.raises(FormatError, match="which cannot be"):
        read_matlab(tmp_path / "x.mat", "a", limit=1_000_000)


def test_a_folder_of_nothing_is_no_data_set(tmp_path):
    photo(tmp_path / "a.jpg")
    with pytest.raises(FormatError, match="looks like no data set"):
        sniff(tmp_path)
    with pytest.raises(FormatError, match="does not exist"):
        sniff(tmp_path / "nowhere")
