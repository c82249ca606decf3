from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.core.annotation import Split
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.services.problems import ProblemKind
from refseg_annotator.services.transfer import export_dataset, import_dataset
from refseg_annotator.services.validate import Checks, validate_dataset, validate_path, validate_session
from tests.formats import specs as made
from tests.formats.examples import make_example, save_json

WIDTH, HEIGHT = 60, 40


def box(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[y0:y1, x0:x1] = True
    return mask


LEFT, RIGHT = box(2, 5, 14, 30), box(44, 5, 56, 30)


def scene(*texts: made.ExpressionSpec, name: str = "one", **fields) -> made.MediumSpec:
    """Two dogs, one at either side."""
    things = (made.ReferentSpec("dog", "A", masks={0: LEFT}), made.ReferentSpec("dog", "B", masks={0: RIGHT}))
    return made.MediumSpec(name, WIDTH, HEIGHT, **{"referents": things, "expressions": texts, **fields})


def kinds(report) -> set[ProblemKind]:
    return set(report.counts())


def check(tmp_path: Path, *specs: made.MediumSpec, **checks):
    return validate_dataset(made.make(list(specs), tmp_path / "source"), checks=Checks(**checks))


GOOD = (made.ExpressionSpec("the dog on the left", (0,)), made.ExpressionSpec("right dog", (1,)))


def test_nothing_is_wrong_with_a_good_data_set(tmp_path):
    report = check(tmp_path, scene(*GOOD, made.ExpressionSpec("a horse", no_target=True)))
    assert report.problems == ()
    assert report.is_valid
    assert report.checked == {"media": 1, "referents": 2, "expressions": 3, "masks": 2}
    assert "Nothing is wrong." in report.to_text()


def test_referents_are_called_what_the_window_calls_them(tmp_path):
    """Not by an id, which counts through all media and nobody sees."""
    nameless = (made.ReferentSpec(masks={0: LEFT}), made.ReferentSpec(), made.ReferentSpec())
    report = check(tmp_path, scene(*GOOD), scene(made.ExpressionSpec("it", (2,)), name="two", referents=nameless))
    assert {(problem.kind, problem.where) for problem in report.problems} == {
        (ProblemKind.UNPHRASED, "two.png: referent 1"),
        (ProblemKind.UNPHRASED, "two.png: referent 2"),
        (ProblemKind.NO_MASK, "two.png: referent 2"),
        (ProblemKind.NO_MASK, "two.png: it"),
    }


# --- expressions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "target", "kind"),
    [
        ("", 0, ProblemKind.EMPTY_TEXT),
        ("?!", 0, ProblemKind.EMPTY_TEXT),
        ("the dog " * 11 + "left", 0, ProblemKind.TOO_LONG),
        ("the dog", 0, ProblemKind.CATEGORY_ONLY),
        ("dog on the right", 0, ProblemKind.SIDE_CONTRADICTED),
        ("the left dog", 1, ProblemKind.SIDE_CONTRADICTED),
    ],
)
def test_expressions_that_cannot_be_right(tmp_path, text, target, kind):
    report = check(tmp_path, scene(*GOOD, made.ExpressionSpec(text, (target,))))
    assert kinds(report) == {kind}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("dog left of the right one", 0),
        ("the dog with its right paw up", 0),
        ("dog facing right", 0),
        ("the dog that walked to the right, now left", 0),
        ("dog on the leash, left to right first", 0),
        ("the one left behind", 1),
        ("all dogs on the right", 0),
    ],
)
def test_sides_that_speak_of_something_else_pass(tmp_path, text, target):
    report = check(tmp_path, scene(*GOOD, made.ExpressionSpec(text, (target,))))
    assert ProblemKind.SIDE_CONTRADICTED not in kinds(report)


def test_top_and_bottom(tmp_path):
    things = (
        made.ReferentSpec("cup", masks={0: box(20, 1, 30, 6)}),
        made.ReferentSpec("cup", masks={0: box(20, 33, 30, 39)}),
    )
    texts = (
        made.ExpressionSpec("the bottom cup", (0,)),
        made.ExpressionSpec("top cup", (1,)),
        made.ExpressionSpec("cup on top", (0,)),
    )
    report = check(tmp_path, scene(*texts, referents=things))
    assert report.counts() == {ProblemKind.SIDE_CONTRADICTED: 2}
    assert "it says bottom, the mask lies at the top" in report.problems[0].sentence
    assert "it says top, the mask lies at the bottom" in report.problems[1].sentence


def test_one_text_for_two_things_and_the_same_twice(tmp_path):
    texts = (*GOOD, made.ExpressionSpec("The dog, on the left!", (1,)), made.ExpressionSpec("RIGHT dog", (1,)))
    report = check(tmp_path, scene(*texts), media=False)
    assert kinds(report) >= {ProblemKind.AMBIGUOUS, ProblemKind.DUPLICATE_EXPRESSION}
    clip = made.MediumSpec(
        "clip",
        WIDTH,
        HEIGHT,
        4,
        referents=(made.ReferentSpec("dog", masks={0: LEFT}), made.ReferentSpec("dog", masks={3: RIGHT})),
        expressions=(
            made.ExpressionSpec("running dog", (0,), span=(0, 1)),
            made.ExpressionSpec("running dog", (1,), span=(2, 3)),
        ),
    )
    assert not check(tmp_path, clip).problems, "they speak of different frames"


def test_unlinked_expressions_and_unphrased_referents(tmp_path):
    report = check(tmp_path, scene(GOOD[0], made.ExpressionSpec("who is it")))
    assert report.counts() == {ProblemKind.UNLINKED: 1, ProblemKind.UNPHRASED: 1}
    assert not report.is_valid
    assert check(tmp_path, scene(GOOD[0])).is_valid, "a referent without words is a hint"


def test_words_the_model_does_not_know(tmp_path):
    report = check(tmp_path, scene(*GOOD), vocabulary={"the", "dog", "on", "left"})
    assert [problem.sentence for problem in report.problems] == ["the model does not know right."]
    assert report.is_valid


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("the red dog, left", True),
        ("blue dog", False),
        ("dog not red", False),
        ("dog next to the red ball", False),
        ("the white dog", True),
    ],
)
def test_colours_are_held_against_the_picture(tmp_path, text, wrong):
    dataset = made.make([scene(*GOOD, made.ExpressionSpec(text.replace(",", ""), (0,)))], tmp_path)
    pixels = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    pixels[LEFT] = (30, 60, 220)
    Image.fromarray(pixels).save(dataset.media[0].path)
    report = validate_dataset(dataset)
    assert (ProblemKind.COLOUR_CONTRADICTED in kinds(report)) is wrong


# --- masks, media, frames -------------------------------------------------------------------------------------


def test_masks_that_are_empty_missing_or_the_same(tmp_path):
    things = (
        made.ReferentSpec("dog", "A", masks={0: LEFT}),
        made.ReferentSpec("dog", "B", masks={0: np.zeros_like(LEFT)}),
        made.ReferentSpec("cat", "C"),
        made.ReferentSpec("cat", "D", masks={0: LEFT}),
    )
    texts = tuple(made.ExpressionSpec(f"number {n}", (n,)) for n in range(4))
    report = check(tmp_path, scene(*texts, referents=things))
    assert report.counts() == {ProblemKind.EMPTY_MASK: 1, ProblemKind.NO_MASK: 1, ProblemKind.SAME_MASK: 1}


def test_an_absent_referent_of_a_clip_is_no_problem_but_one_never_seen_is(tmp_path):
    nothing = np.zeros_like(LEFT)
    things = (made.ReferentSpec("dog", masks={0: LEFT, 1: nothing}), made.ReferentSpec("cat", masks={0: nothing}))
    texts = (made.ExpressionSpec("dog", (0,)), made.ExpressionSpec("cat", (1,)))
    report = check(tmp_path, scene(*texts, referents=things, frames=2))
    assert report.counts() == {ProblemKind.NO_MASK: 1}


def test_files_that_are_gone_broken_or_of_another_size(tmp_path):
    dataset = made.make([scene(*GOOD, name=name) for name in ("a", "b", "c")], tmp_path)
    a, b, c = (medium.path for medium in dataset.media)
    a.unlink()
    b.write_bytes(b"no picture")
    Image.new("RGB", (WIDTH, HEIGHT + 1)).save(c)
    report = validate_dataset(dataset)
    found = {(problem.kind, problem.where) for problem in report.problems}
    assert found == {
        (ProblemKind.MISSING_MEDIUM, "a.png"),
        (ProblemKind.BROKEN_FILE, "b.png"),
        (ProblemKind.SIZE_MISMATCH, "c.png"),
    }
    assert validate_dataset(dataset, checks=Checks(media=False)).is_valid


@pytest.mark.parametrize(("suffix", "is_phrased"), [("jpg", True), ("jpg", False), ("png", True), ("webp", False)])
def test_a_photo_cut_short_is_told_once_though_its_header_is_whole(tmp_path, suffix, is_phrased):
    dataset = made.make([scene(*(GOOD if is_phrased else ()))], tmp_path)
    path = tmp_path / f"torn.{suffix}"
    noise = np.random.default_rng(0).integers(0, 255, (40, 60, 3), np.uint8)
    Image.fromarray(noise).save(path)
    dataset = replace(dataset, media=(replace(dataset.media[0], path=path),))
    assert ProblemKind.BROKEN_FILE not in validate_dataset(dataset).counts()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    [problem] = [one for one in validate_dataset(dataset).problems if one.kind is ProblemKind.BROKEN_FILE]
    assert "cut short" in problem.sentence
    assert not validate_dataset(dataset, checks=Checks(media=False)).counts().get(ProblemKind.BROKEN_FILE)


def test_frames_past_the_end(tmp_path):
    clip = made.MediumSpec(
        "clip",
        WIDTH,
        HEIGHT,
        3,
        referents=(made.ReferentSpec("dog", masks={0: LEFT, 2: LEFT}),),
        expressions=(made.ExpressionSpec("dog", (0,), span=(0, 2)),),
    )
    dataset = made.make([clip], tmp_path)
    shorter = replace(dataset, media=(replace(dataset.media[0], frame_count=2),))
    assert validate_dataset(shorter).counts() == {ProblemKind.FRAME_INDEX: 2}
    (tmp_path / "clip/00002.jpg").unlink()
    assert validate_dataset(dataset).counts() == {ProblemKind.FRAME_INDEX: 1}


def test_masks_of_another_size_than_the_frame(tmp_path):
    dataset = made.make([scene(*GOOD)], tmp_path)
    small = Mask.from_array(np.ones((5, 5), bool))
    broken = replace(dataset, load=lambda medium_id: [replace(a, mask=small) for a in dataset.load(medium_id)])
    assert kinds(validate_dataset(broken)) == {ProblemKind.SIZE_MISMATCH, ProblemKind.SAME_MASK}
    assert dataset.media[0].size == Size(width=WIDTH, height=HEIGHT)


# --- splits ---------------------------------------------------------------------------------------------------


def test_photos_that_look_alike_in_two_splits(tmp_path):
    specs = [
        scene(*GOOD, name=name, split=split)
        for name, split in zip("abc", (Split.TRAIN, Split.VAL, Split.VAL), strict=True)
    ]
    dataset = made.make(specs, tmp_path)
    rng = np.random.default_rng(1)
    for medium, seed in zip(dataset.media, (1, 1, 2), strict=True):
        small = np.random.default_rng(seed).integers(0, 256, (5, 6, 3), dtype=np.uint8)
        picture = Image.fromarray(small).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        noisy = np.clip(np.asarray(picture).astype(int) + rng.integers(-3, 4, (HEIGHT, WIDTH, 3)), 0, 255)
        Image.fromarray(noisy.astype(np.uint8)).save(medium.path)
    report = validate_dataset(dataset)
    [leak] = [problem for problem in report.problems if problem.kind is ProblemKind.SPLIT_LEAK]
    assert leak.where == "a.png, b.png"
    assert "train and val" in leak.sentence
    assert ProblemKind.SPLIT_LEAK not in kinds(validate_dataset(dataset, checks=Checks(leaks=False)))


@pytest.mark.parametrize("is_opened", [True, False])
@pytest.mark.parametrize(
    ("splits", "words"),
    [
        ((Split.TRAIN, Split.VAL), "it stands in train and val; keep it in one split."),
        ((Split.TEST_A, Split.TEST_B), None),
        ((Split.NONE, Split.VAL), None),
        ((Split.VAL, Split.VAL), None),
    ],
)
def test_one_file_in_two_splits(tmp_path, splits, words, is_opened):
    dataset = made.make(
        [scene(*GOOD, name=name, split=split) for name, split in zip("ab", splits, strict=True)], tmp_path
    )
    first, second = dataset.media
    dataset = replace(dataset, media=(first, replace(second, path=first.path)))
    report = validate_dataset(dataset, checks=Checks(media=is_opened))
    leaks = [problem for problem in report.problems if problem.kind is ProblemKind.SPLIT_LEAK]
    assert [(leak.where, leak.sentence) for leak in leaks] == ([] if words is None else [("a.png", words)])


# --- files ----------------------------------------------------------------------------------------------------


def test_everything_wrong_with_a_file_is_listed(tmp_path):
    folder = make_example("refer", tmp_path / "x")
    file = folder / "instances_train.json"
    content = json.loads(file.read_text())
    first = content["annotations"][0]
    content["annotations"] += [
        {**first, "category_id": 99},
        {**first, "id": 50, "image_id": 8},
        {**first, "id": 51, "segmentation": [[-9, 0, 5, 0, 5, 5]]},
        {**first, "id": 52, "segmentation": {"size": [1, 1], "counts": "0"}},
        {**first, "id": 53, "segmentation": [[1, 2, 3]]},
    ]
    save_json(file, content)
    refs = json.loads((folder / "refs_train.json").read_text())
    refs += [{**refs[0], "ann_id": [77], "ref_id": 90}, {**refs[0], "image_id": 4}]
    save_json(folder / "refs_train.json", refs)
    report = validate_path(folder)
    counts = report.counts()
    assert counts[ProblemKind.DUPLICATE_ID] >= 3
    assert counts[ProblemKind.ORPHAN] == 5
    assert counts[ProblemKind.OUT_OF_FRAME] == 1
    assert counts[ProblemKind.BROKEN_FILE] == 1
    assert not report.is_valid
    sentences = report.to_text(examples=50)
    assert "ann_id 77 is not in the instances file" in sentences
    assert json.loads(json.dumps(report.to_json()))["valid"] is False


CODE = {"size": [HEIGHT, WIDTH], "counts": [2 * HEIGHT + 5, 25, HEIGHT - 25, 25, 57 * HEIGHT - 30]}
POLYGON = [[10, 10, 30, 10, 30, 30, 10, 30]]


@pytest.mark.parametrize(
    ("segmentation", "said", "wrong"),
    [
        (CODE, {"bbox": [2, 5, 2, 25], "area": 50}, None),
        (CODE, {"bbox": [2.0, 5.0, 2.0, 25.5], "area": 50.4}, None),
        (CODE, {}, None),
        (CODE, {"bbox": [], "area": None}, None),
        (CODE, {"bbox": [5, 2, 25, 2]}, "its bbox is [5, 2, 25, 2], its mask lies in [2, 5, 2, 25]"),
        (CODE, {"bbox": [2, 5, 4, 30]}, "its bbox is [2, 5, 4, 30]"),
        (CODE, {"bbox": [2, 5, 2]}, "its bbox has 3 numbers instead of four"),
        (CODE, {"bbox": "left"}, "its bbox has 0 numbers"),
        (CODE, {"area": 500}, "its area is 500, its mask has 50 pixels"),
        (CODE, {"area": "large"}, "its area is no number"),
        (POLYGON, {"bbox": [10, 10, 20, 20], "area": 400.0}, None),
        (POLYGON, {"bbox": [9.6, 10.4, 20.9, 19.3], "area": 389.5}, None),
        (POLYGON, {"bbox": [10, 10, 30, 30]}, "its bbox is [10, 10, 30, 30]"),
        (POLYGON, {"area": 900}, "its area is 900"),
    ],
)
@pytest.mark.parametrize("name", ["coco", "refer"])
def test_boxes_and_areas_are_held_against_the_masks(tmp_path, segmentation, said, wrong, name):
    (tmp_path / "images").mkdir()
    Image.new("RGB", (WIDTH, HEIGHT)).save(tmp_path / "images/a.png")
    content = {
        "images": [{"id": 1, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "segmentation": segmentation, **said}],
        "categories": [{"id": 1, "name": "dog"}],
    }
    save_json(tmp_path / ("instances.json" if name == "coco" else "instances_train.json"), content)
    if name == "refer":
        sentences = [{"sent_id": 1, "raw": "the dog", "sent": "the dog", "tokens": ["the", "dog"]}]
        save_json(tmp_path / "refs_train.json", [{"ref_id": 1, "ann_id": [1], "image_id": 1, "sentences": sentences}])
    problems = validate_path(tmp_path, name).problems
    found = [problem for problem in problems if problem.kind not in (ProblemKind.UNPHRASED, ProblemKind.CATEGORY_ONLY)]
    if wrong is None:
        assert found == []
    else:
        [problem] = found
        assert problem.kind is ProblemKind.MISMEASURED
        assert problem.where.endswith("annotations[0]")
        assert wrong in problem.sentence


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path):
    folder = make_example("mevis", tmp_path / "x")
    (folder / "train/mask_dict.json").write_text("{")
    report = validate_path(folder)
    assert [problem.kind for problem in report.problems] == [ProblemKind.BROKEN_FILE]
    assert "mask_dict.json" in report.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is empty; it should hold JSON."),
        ("[]", "field at the top: expected object, got array."),
    ],
)
def test_a_problem_names_its_file_once(tmp_path, text, sentence):
    file = tmp_path / "instances.json"
    file.write_text(text)
    [problem] = validate_path(tmp_path, "coco").problems
    assert (problem.where, problem.sentence) == (str(file), sentence)


def test_what_reading_leaves_out_is_told_though_nothing_of_it_is_left_to_check(tmp_path):
    folder = make_example("coco", tmp_path / "x")
    report = validate_path(folder)
    assert "reading" not in report.to_text()
    assert report.to_json()["reading"] == {"dropped": [], "changed": []}
    file = folder / "annotations/instances_train.json"
    content = json.loads(file.read_text())
    content["annotations"][0]["segmentation"] = []
    save_json(file, content)
    report = validate_path(folder)
    assert "Left out in reading:\n  annotations without a segmentation: 1" in report.to_text()
    assert report.to_json()["reading"]["dropped"][0]["what"] == "annotations without a segmentation"


def test_a_broken_mask_is_told_with_its_medium_and_the_rest_is_checked(tmp_path):
    folder = make_example("refer-youtube-vos", tmp_path / "x")
    Image.new("L", (3, 3)).save(folder / "train/Annotations/one/00001.png")
    report = validate_path(folder)
    [broken] = [problem for problem in report.problems if problem.kind is ProblemKind.BROKEN_FILE]
    assert broken.where == "one"
    assert report.checked["masks"] > 0


def test_what_is_no_data_set_is_an_error(tmp_path):
    with pytest.raises(FormatError):
        validate_path(tmp_path)
    with pytest.raises(FormatError):
        validate_path(tmp_path / "nowhere", "coco")


def test_projects_by_file_and_open(session, tmp_path):
    export_dataset(made.make([scene(*GOOD)], tmp_path / "in"), "coco", tmp_path / "out")
    import_dataset(session, tmp_path / "out")
    assert validate_session(session).is_valid
    path = session.path
    session.close()
    report = validate_path(path)
    assert report.is_valid
    assert report.checked == {"media": 3, "referents": 2, "expressions": 2, "masks": 2}


@pytest.mark.data
def test_the_shared_photos(shared_data):
    from refseg_annotator.formats.base import ReadOptions

    report = validate_path(shared_data / "refphotos", options=ReadOptions(split="val"), checks=Checks(leaks=False))
    assert report.checked["media"] == 474
    allowed = {
        ProblemKind.DUPLICATE_EXPRESSION,
        ProblemKind.AMBIGUOUS,
        ProblemKind.SIDE_CONTRADICTED,
        ProblemKind.COLOUR_CONTRADICTED,
    }
    assert kinds(report) <= allowed | {problem.kind for problem in report.problems if problem.is_hint}
    contradicted = report.counts().get(ProblemKind.SIDE_CONTRADICTED, 0)
    assert contradicted <= 0.01 * report.checked["expressions"], "composed expressions are right: few may be accused"
