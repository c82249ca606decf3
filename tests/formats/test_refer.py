from __future__ import annotations

import contextlib
import io
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO

from refseg_annotator.core.annotation import ExpressionKind, Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.refer import read_refer
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob, photo, rle, save_json

RING = blob(2, 2, 10, 8) & ~blob(4, 4, 6, 6)
SQUARE = [1, 1, 8, 1, 8, 6, 1, 6]
OTHER = [4, 3, 11, 3, 11, 8, 4, 8]


# --- the published loader, said again -------------------------------------------------------------------------


class PublishedLoader:
    """What refer.py does with its two files: index by id, decode, add up the layers."""

    def __init__(self, folder: Path, refs: str) -> None:
        path = folder / refs
        self.refs = pickle.loads(path.read_bytes()) if path.suffix == ".p" else json.loads(path.read_text("utf-8"))
        content = json.loads((folder / "instances.json").read_text("utf-8"))
        self.images = {row["id"]: row for row in content["images"]}
        self.annotations = {row["id"]: row for row in content["annotations"]}
        self.categories = {row["id"]: row["name"] for row in content["categories"]}

    def mask(self, ann_id: int) -> np.ndarray:
        row = self.annotations[ann_id]
        image = self.images[row["image_id"]]
        code = row["segmentation"]
        if isinstance(code[0], list):
            code = coco_mask.frPyObjects(code, image["height"], image["width"])
        return np.sum(coco_mask.decode(code), axis=2).astype(np.uint8)


def mask_by_pycocotools(folder: Path, ann_id: int) -> np.ndarray:
    """What its annToMask gives, which its stub of a constructor prints beside."""
    with contextlib.redirect_stdout(io.StringIO()):
        loaded = COCO(str(folder / "instances.json"))
    return loaded.annToMask(loaded.anns[ann_id])


def spec(**fields) -> made.MediumSpec:
    return made.MediumSpec("one", WIDTH, HEIGHT, **fields)


THINGS = (made.ReferentSpec("dog", masks={0: RING}), made.ReferentSpec("cat", masks={0: blob(0, 0, 1, 1)}))
TEXTS = (
    made.ExpressionSpec("The Dog, on the left!", (0,), kind=ExpressionKind.POSITION),
    made.ExpressionSpec("it's the ring", (0,)),
    made.ExpressionSpec("die Katze „Tom“", (1,)),
    made.ExpressionSpec("both", (0, 1)),
    made.ExpressionSpec("a horse", no_target=True),
)


def test_the_published_refcoco_loader_gets_equal_pixels_and_strings(export):
    folder, report = export("refcoco", spec(referents=THINGS, expressions=TEXTS, split=Split.TEST_A))
    loader = PublishedLoader(folder, "refs(unc).p")
    assert [ref["split"] for ref in loader.refs] == ["testA", "testA"]
    dog, cat = loader.refs
    assert (loader.mask(dog["ann_id"]) == RING).all()
    assert (mask_by_pycocotools(folder, dog["ann_id"]) == RING).all()
    assert loader.categories[dog["category_id"]] == "dog"
    assert loader.images[dog["image_id"]]["file_name"] == "one.png"
    assert [s["raw"] for s in dog["sentences"]] == ["The Dog, on the left!", "it's the ring"]
    assert dog["sentences"][0]["tokens"] == ["the", "dog", "on", "the", "left"]
    assert dog["sentences"][1]["sent"] == "it's the ring"
    assert dog["sent_ids"] == [s["sent_id"] for s in dog["sentences"]]
    assert cat["sentences"][0]["raw"] == "die Katze „Tom“"
    assert {note.what: note.count for note in report.dropped} == {
        "expressions for several referents": 1,
        "expressions that fit nothing": 1,
    }


def test_grefcoco_has_lists_of_ids_and_minus_one_for_nothing(export):
    folder, report = export("grefcoco", spec(referents=THINGS, expressions=TEXTS, split=Split.VAL))
    loader = PublishedLoader(folder, "grefs(unc).json")
    assert [(ref["ann_id"], ref["category_id"]) for ref in loader.refs] == [
        ([1], [1]),
        ([2], [2]),
        ([1, 2], [1, 2]),
        ([-1], [-1]),
    ]
    assert not report.dropped


def test_grefcoco_has_a_category_for_each_object_as_the_published_converter_pairs_them(export):
    things = (made.ReferentSpec("dog", masks={0: RING}), made.ReferentSpec("dog", masks={0: blob(0, 0, 1, 1)}))
    texts = (made.ExpressionSpec("both dogs", (0, 1)),)
    folder, _ = export("grefcoco", spec(referents=things, expressions=texts, split=Split.VAL))
    [ref] = PublishedLoader(folder, "grefs(unc).json").refs
    assert list(zip(ref["ann_id"], ref["category_id"], strict=True)) == [(1, 1), (2, 1)]


def test_r_ris_marks_what_is_not_there(export):
    folder, _ = export("r-ris", spec(referents=THINGS, expressions=TEXTS, split=Split.VAL))
    loader = PublishedLoader(folder, "refs(unc).p")
    first = loader.refs[0]["sentences"]
    assert [(s["raw"], s["exist"]) for s in first] == [
        ("The Dog, on the left!", True),
        ("it's the ring", True),
        ("a horse", False),
    ]
    split = read_refer(folder, "val")
    no_target = [sample for sample in split.samples if not sample.exist]
    assert [sample.phrase for sample in no_target] == ["a horse"]
    assert split.mask_of(no_target[0]).is_empty


def test_r_ris_sentences_that_fit_nothing_stand_at_some_object_as_the_published_loader_looks_it_up(export):
    nothing = (made.ExpressionSpec("a horse", no_target=True), made.ExpressionSpec("a cow", no_target=True))
    bare = made.MediumSpec("two", WIDTH, HEIGHT, None, Split.VAL, (), (made.ExpressionSpec("a pig", no_target=True),))
    folder, report = export("r-ris", spec(referents=THINGS, expressions=nothing, split=Split.VAL), bare)
    loader = PublishedLoader(folder, "refs(unc).p")
    [ref] = loader.refs
    assert (loader.mask(ref["ann_id"]) == RING).all()
    assert loader.categories[ref["category_id"]] == "dog"
    assert [(s["raw"], s["exist"]) for s in ref["sentences"]] == [("a horse", False), ("a cow", False)]
    assert [(note.what, note.examples) for note in report.dropped] == [
        ("expressions that fit nothing, on photos without a mask", ("a pig",))
    ]


def test_overlapping_polygons_are_united_not_summed(read, tmp_path):
    classic(tmp_path, segmentation=[SQUARE, OTHER])
    dataset = read("refcoco", tmp_path)
    [annotation] = dataset.load(dataset.media[0].id)
    summed = PublishedLoader(tmp_path, "refs(unc).p").mask(5)
    assert summed.max() == 2, "the published loader counts the overlap twice"
    assert (annotation.mask.to_array() == (summed > 0)).all()


# --- reading the published layout -----------------------------------------------------------------------------


def python2(value: object) -> bytes:
    """The pickle that Python 2 writes (protocol 0): its `str` holds bytes."""

    def parts(value: object) -> bytes:
        if isinstance(value, dict):
            return b"(d" + b"".join(parts(k) + parts(v) + b"s" for k, v in value.items())
        if isinstance(value, list):
            return b"(l" + b"".join(parts(v) + b"a" for v in value)
        if isinstance(value, str):
            return b"S" + repr(value.encode("latin-1"))[1:].encode() + b"\n"
        return b"I" + str(value).encode() + b"\n"

    return parts(value) + b"."


def classic(folder: Path, *, refs: list | None = None, segmentation: object = None, dump=pickle.dumps) -> Path:
    photo(folder / "images/COCO_train2014_000000000001.jpg")
    ref = {
        "ref_id": 1,
        "ann_id": 5,
        "category_id": 7,
        "image_id": 1,
        "file_name": "COCO_train2014_000000000001_5.jpg",
        "split": "train",
        "sent_ids": [0, 1],
        "sentences": [
            {"tokens": ["caf\xe9", "table"], "raw": "Caf\xe9 table", "sent": "caf\xe9 table", "sent_id": 0},
            {"tokens": ["table"], "raw": "table", "sent": "table", "sent_id": 1},
        ],
    }
    save_json(
        folder / "instances.json",
        {
            "images": [
                {"id": 1, "file_name": "COCO_train2014_000000000001.jpg", "width": WIDTH, "height": HEIGHT},
                {"id": 2, "file_name": "COCO_train2014_000000000002.jpg", "width": WIDTH, "height": HEIGHT},
            ],
            "annotations": [
                {"id": 5, "image_id": 1, "category_id": 7, "segmentation": segmentation or [SQUARE], "iscrowd": 0},
                {"id": 6, "image_id": 2, "category_id": 7, "segmentation": rle(RING), "iscrowd": 0},
            ],
            "categories": [{"id": 7, "name": "dining table", "supercategory": "furniture"}],
        },
    )
    second = {**ref, "ref_id": 2, "ann_id": 6, "image_id": 2, "split": "testB", "sentences": ref["sentences"][1:]}
    (folder / "refs(unc).p").write_bytes(dump(refs if refs is not None else [ref, second]))
    return folder


@pytest.mark.parametrize("dump", [pickle.dumps, python2, lambda value: pickle.dumps(value, protocol=2)])
def test_pickles_of_either_python(read, tmp_path, dump):
    dataset = read("refcoco", classic(tmp_path, dump=dump))
    assert [e.text for e in dataset.expressions] == ["Café table", "table", "table"]
    assert [medium.split for medium in dataset.media] == [Split.TRAIN, Split.TEST_B]
    # The refs' own file_name ends in the annotation's number; the photo's is the instances'.
    assert dataset.media[0].path == tmp_path / "images/COCO_train2014_000000000001.jpg"
    assert [referent.category for referent in dataset.referents] == ["dining table"] * 2


def test_one_split_holds_its_photos_only(read, tmp_path):
    dataset = read("refcoco", classic(tmp_path), split="testB")
    assert [medium.name for medium in dataset.media] == ["COCO_train2014_000000000002.jpg"]
    assert len(dataset.referents) == 1


def test_half_a_pair_of_files_is_noted(export, read):
    folder, _ = export(
        "refer",
        *(
            made.MediumSpec(n, WIDTH, HEIGHT, split=s, referents=THINGS, expressions=TEXTS)
            for n, s in (("a", Split.TRAIN), ("b", Split.VAL))
        ),
    )
    assert not read("refer", folder).ledger.to_report("").dropped
    (folder / "instances_train.json").unlink()
    dataset = read("refer", folder)
    assert [medium.split for medium in dataset.media] == [Split.VAL]
    assert [note.examples for note in dataset.ledger.to_report("").dropped] == [("refs_train.json",)]


def test_a_split_that_no_record_names_is_refused_on_import_too(read, tmp_path):
    with pytest.raises(FormatError, match="has no split 'testC'; it has "):
        read("refcoco", classic(tmp_path), split="testC")


def test_whose_split_is_a_choice(read, tmp_path):
    folder = classic(tmp_path)
    (folder / "refs(google).p").write_bytes(pickle.dumps([]))
    assert len(read("refcoco", folder).expressions) == 3, "unc's is read where nobody says whose"
    assert not read("refcoco", folder, by="google").expressions
    with pytest.raises(FormatError, match=r"no refs by 'umd'; it has google, unc"):
        read("refcoco", folder, by="umd")


def test_the_photos_of_other_forks_are_found(tmp_path):
    classic(tmp_path / "refcoco")
    (tmp_path / "images/train2014").mkdir(parents=True)
    (tmp_path / "refcoco/images/COCO_train2014_000000000001.jpg").rename(
        tmp_path / "images/train2014/COCO_train2014_000000000001.jpg"
    )
    (tmp_path / "refcoco/images").rmdir()
    split = read_refer(tmp_path / "refcoco", "train")
    assert split.images[1].path.is_file()
    elsewhere = read_refer(tmp_path / "refcoco", "train", image_root=tmp_path)
    assert elsewhere.images[1].path == tmp_path / "COCO_train2014_000000000001.jpg"


def test_run_length_code_in_a_list_as_refclef_has_it(read, tmp_path):
    classic(tmp_path, segmentation=[rle(RING)])
    dataset = read("refcoco", tmp_path)
    assert (dataset.load(dataset.media[0].id)[0].mask.to_array() == RING).all()


@pytest.mark.parametrize("name", ["refcoco", "grefcoco", "r-ris"])
@pytest.mark.parametrize("polygons", [False, True])
def test_masks_are_read_alike_by_the_refer_code_by_pycocotools_and_here(export, read, name, polygons):
    apart = RING | blob(11, 0, 12, 9)
    nothing = np.zeros((HEIGHT, WIDTH), bool)
    things = [made.ReferentSpec("dog", masks={0: mask}) for mask in (apart, blob(3, 3, 4, 4), nothing)]
    texts = tuple(made.ExpressionSpec(f"dog {number}", (number,)) for number in range(3))
    folder, _ = export(name, spec(referents=tuple(things), expressions=texts, split=Split.TRAIN), polygons=polygons)
    refs = next(path.name for path in sorted(folder.glob("*refs*")) if path.suffix in (".json", ".p"))
    loader = PublishedLoader(folder, refs)
    assert len(loader.annotations) == 3
    dataset = read(name, folder)
    found = [annotation.mask.to_array() for annotation in dataset.load(dataset.media[0].id)]
    for ann_id, mask, ours in zip(sorted(loader.annotations), (apart, blob(3, 3, 4, 4), nothing), found, strict=True):
        assert (loader.mask(ann_id) == mask).all()
        assert (mask_by_pycocotools(folder, ann_id) == mask).all()
        assert (ours == mask).all()


# --- samples for training and evaluation ----------------------------------------------------------------------


def pair(folder: Path, **changes) -> Path:
    photo(folder / "images/a.jpg")
    save_json(
        folder / "instances_val.json",
        {
            "images": [{"id": 1, "file_name": "a.jpg", "width": WIDTH, "height": HEIGHT}],
            "annotations": [
                {"id": 5, "image_id": 1, "category_id": 1, "segmentation": rle(RING)},
                {"id": 6, "image_id": 1, "category_id": 1, "segmentation": [SQUARE, OTHER], "iscrowd": 1},
            ],
            "categories": [{"id": 1, "name": "dog"}],
        },
    )
    ref = {"ref_id": 1, "image_id": 1, "ann_id": [5, 6], "split": "val"}
    sentences = [{"sent_id": 1, "raw": "All Dogs", "sent": "all dogs", "kind": "plural"}]
    nothing = {"ref_id": 2, "image_id": 1, "ann_id": [-1], "sentences": [{"sent_id": 2, "raw": "the cow"}]}
    save_json(folder / "refs_val.json", [{**ref, "sentences": sentences, **changes}, nothing])
    return folder


def test_samples_carry_what_training_wants(tmp_path):
    split = read_refer(pair(tmp_path), "val")
    both, nothing = split.samples
    assert (both.phrase, both.kind, both.ann_ids, both.exist) == ("all dogs", "plural", (5, 6), True)
    assert (nothing.phrase, nothing.ann_ids, nothing.is_no_target) == ("the cow", (), True)
    code = coco_mask.frPyObjects([SQUARE, OTHER], HEIGHT, WIDTH)
    united = RING | (np.sum(coco_mask.decode(code), axis=2) > 0)
    assert (split.mask_of(both).to_array() == united).all()
    assert split.mask_of(nothing).is_empty
    assert split.annotations[6].iscrowd
    assert split.annotations[5].category == "dog"
    assert split.images[1].size.shape == (HEIGHT, WIDTH)


def test_masks_are_decoded_only_when_asked_for(tmp_path):
    folder = pair(tmp_path)
    content = json.loads((folder / "instances_val.json").read_text())
    content["annotations"][0]["segmentation"] = {"size": [1, 1], "counts": "zz"}
    save_json(folder / "instances_val.json", content)
    split = read_refer(folder, "val")
    with pytest.raises(FormatError, match=r"instances_val\.json: annotation 5"):
        split.annotations[5].mask()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"image_id": 9}, "image_id 9 is not in the instances file"),
        ({"ann_id": [5, 99]}, "ann_id 99 is not in the instances file"),
        ({"ann_id": "5"}, "[0].ann_id"),
        ({"sentences": [{"raw": "x"}]}, "[0].sentences[0]"),
        ({"sentences": [{"sent_id": 1, "exist": "no"}]}, "[0].sentences[0].exist"),
    ],
)
def test_broken_refs_are_named_by_file_and_field(tmp_path, change, words):
    with pytest.raises(FormatError) as caught:
        read_refer(pair(tmp_path, **change), "val")
    assert words in str(caught.value)
    assert "refs_val.json" in str(caught.value)


def test_a_record_without_ann_id_is_broken_not_one_that_means_nothing(read, tmp_path):
    folder = pair(tmp_path)
    [first, nothing] = json.loads((folder / "refs_val.json").read_text())
    first.pop("ann_id")
    save_json(folder / "refs_val.json", [nothing, first])
    with pytest.raises(FormatError, match=r"refs_val\.json: field \[1\]: object missing required field ann_id"):
        read_refer(folder, "val")
    with pytest.raises(FormatError, match=r"required field ann_id"):
        read("refer", folder)


def test_missing_files_and_splits_are_named(tmp_path):
    with pytest.raises(FormatError, match="is no folder"):
        read_refer(tmp_path / "nowhere", "val")
    with pytest.raises(FormatError, match=r"has no instances\.json"):
        read_refer(tmp_path, "val")
    pair(tmp_path)
    with pytest.raises(FormatError, match="has no split 'train'; it has val"):
        read_refer(tmp_path, "train")
    (tmp_path / "instances_val.json").unlink()
    with pytest.raises(FormatError, match=r"instances_val\.json is missing"):
        read_refer(tmp_path, "val")


# --- hostile pickles ------------------------------------------------------------------------------------------


class Bomb:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        import os

        return os.system, (f"touch {self.marker}",)


@pytest.mark.parametrize(
    "code",
    [
        b"cos\nsystem\n(S'touch MARKER'\ntR.",
        b"cposix\nsystem\n(S'touch MARKER'\ntR.",
        b'c__builtin__\neval\n(S\'open("MARKER", "w")\'\ntR.',
        b'cbuiltins\nexec\n(S\'open("MARKER", "w")\'\ntR.',
        b"(S'touch MARKER'\nios\nsystem\n.",
        b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x0ctouch MARKER\x85R.",
        b"cnumpy.core.multiarray\n_reconstruct\n.",
        b"Pexternal\n.",
        b"\x80\x02]q\x00(K\x01e",
        b"",
        b"\x80\xff.",
        b"(lp0\nI1\nap0\n" + b"g0\na" * 5 + b".",
    ],
)
def test_hostile_pickles_run_nothing_and_are_refused(read, tmp_path, code):
    marker = tmp_path / "marker"
    folder = classic(tmp_path / "data")
    (folder / "refs(unc).p").write_bytes(code.replace(b"MARKER", str(marker).encode()))
    with pytest.raises(FormatError, match=r"refs\(unc\)\.p"):
        read("refcoco", folder)
    assert not marker.exists()


def test_a_pickled_object_is_not_made(read, tmp_path):
    marker = tmp_path / "marker"
    folder = classic(tmp_path / "data")
    (folder / "refs(unc).p").write_bytes(pickle.dumps([Bomb(marker)]))
    with pytest.raises(FormatError, match="only pickles of plain values"):
        read("refcoco", folder)
    assert not marker.exists()


def test_refs_that_hang_in_the_air_are_refused_on_import(read, tmp_path):
    folder = pair(tmp_path, ann_id=[77])
    with pytest.raises(FormatError, match=r"refs_val\.json: \[0\]\.ann_id: 77"):
        read("refer", folder)


# --- the shared photos ----------------------------------------------------------------------------------------


@pytest.mark.data
def test_the_shared_photos_decode_as_pycocotools_decodes_them(shared_data):
    split = read_refer(shared_data / "refphotos", "val")
    assert (len(split.images), len(split.samples)) == (474, 4511)
    rows = json.loads((shared_data / "refphotos/instances_val.json").read_text())["annotations"]
    for row in rows:
        found = split.annotations[row["id"]].mask().to_array()
        assert (found == coco_mask.decode(row["segmentation"]).astype(bool)).all()
    assert all(image.path.is_file() for image in split.images.values())
