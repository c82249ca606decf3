"""`evaluate` on every data set, in files made to the letter, with scores worked out by hand.

The photo is 96 x 64, grey, with a red square of 32 x 24 = 768 pixels and a blue one of 16 x 24 = 384. The fake model
finds them exactly, so that each score follows from the true masks alone.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask
from scipy import io
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.cli.evaluate import EvaluationFormat
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.training.clip_data import CLIP_FORMATS
from refseg_annotator.training.evaluation_data import EVALUATION_FORMATS

WIDTH, HEIGHT = 96, 64
# x0, y0, x1, y1, half-open; aligned to JPEG's blocks, so that the colours survive.
RED, BLUE = (8, 8, 40, 32), (64, 24, 80, 48)
RED_AND_AS_MUCH_AGAIN = (8, 8, 72, 32)  # the red square covers just half of it


@pytest.fixture(autouse=True)
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device, **steps: FakePredictor())


def evaluate(data: Path, *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", "--data", str(data), *more])
    return result.exit_code, result.stdout, result.stderr


def scores(data: Path, *more: str) -> dict[str, Any]:
    status, out, err = evaluate(data, "--json", *more)
    assert status == 0, err
    return json.loads(out)


def refusal(data: Path, *more: str, status: int = 1) -> str:
    found, out, err = evaluate(data, "--json", *more)
    assert (found, out) == (status, ""), err
    (sentence,) = err.splitlines()
    return sentence


# --- the files --------------------------------------------------------------------------------------------------------


def save_photo(path: Path, *, grey: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    for (x0, y0, x1, y1), colour in ((RED, (220, 40, 40)), (BLUE, (40, 70, 220))):
        pixels[y0:y1, x0:x1] = colour
    image = Image.fromarray(np.where(pixels[..., 0] == 220, 10, 200).astype(np.uint8) if grey else pixels)
    image.save(path, **({"quality": 100, "subsampling": 0} if not grey else {"quality": 100}))


def mask_of(box: tuple[int, int, int, int]) -> np.ndarray:
    x0, y0, x1, y1 = box
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[y0:y1, x0:x1] = 1
    return mask


def annotation(number: int, box: tuple[int, int, int, int], segmentation: Any = None) -> dict[str, Any]:
    x0, y0, x1, y1 = box
    code = coco_mask.encode(np.asfortranarray(mask_of(box)))
    return {
        "id": number,
        "image_id": 1,
        "category_id": 7,
        "iscrowd": 0,
        "area": (x1 - x0) * (y1 - y0),
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "segmentation": segmentation or {"size": [HEIGHT, WIDTH], "counts": code["counts"].decode()},
    }


def two_overlapping_polygons(box: tuple[int, int, int, int]) -> list[list[float]]:
    """Together the box; what both cover must count once."""
    x0, y0, x1, y1 = box
    return [
        [x0, y0, x1 - 8, y0, x1 - 8, y1, x0, y1],
        [x0 + 8, y0, x1, y0, x1, y1, x0 + 8, y1],
    ]


def write_instances(folder: Path, file_name: str, annotations: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "info": {},
        "licenses": [],
        "images": [{"id": 1, "file_name": file_name, "width": WIDTH, "height": HEIGHT}],
        "annotations": annotations,
        "categories": [{"id": 7, "name": "square", "supercategory": "shape"}],
    }
    (folder / "instances.json").write_text(json.dumps(content))


def ref(number: int, ann_id: Any, split: str, *sentences: str | dict[str, Any], file_name: str = "") -> dict[str, Any]:
    rows = []
    for place, sentence in enumerate(sentences):
        fields = {"raw": sentence} if isinstance(sentence, str) else sentence
        text = fields["raw"].lower()
        rows.append({"sent_id": 10 * number + place, "sent": text, "tokens": text.split(), **fields})
    return {
        "ref_id": number,
        "ann_id": ann_id,
        "category_id": [7] if isinstance(ann_id, list) else 7,
        "image_id": 1,
        "file_name": file_name or f"COCO_train2014_000000000001_{number}.jpg",
        "split": split,
        "sent_ids": [row["sent_id"] for row in rows],
        "sentences": rows,
    }


def write_refcoco(root: Path, name: str, authors: dict[str, str]) -> Path:
    """REFER's tree: photos beside the data sets; `authors` are the file's author and the split it calls `val`."""
    save_photo(root / "images/mscoco/images/train2014/COCO_train2014_000000000001.jpg")
    annotations = [
        annotation(1, RED, two_overlapping_polygons(RED)),
        annotation(2, RED_AND_AS_MUCH_AGAIN),
        annotation(3, BLUE),
    ]
    write_instances(root / name, "COCO_train2014_000000000001.jpg", annotations)
    for author, split in authors.items():
        refs = [
            ref(1, 1, split, "Red Square"),
            ref(2, 2, split, "the red thing"),
            ref(3, 3, "train", "the blue square"),
        ]
        # The published files come from Python 2, whose protocol is 2.
        (root / name / f"refs({author}).p").write_bytes(pickle.dumps(refs, protocol=2))
    return root / name


@pytest.fixture
def refcoco(tmp_path: Path) -> Path:
    return write_refcoco(tmp_path / "data", "refcoco", {"unc": "val"})


# --- the data sets ----------------------------------------------------------------------------------------------------


def test_the_verb_offers_what_the_evaluator_knows() -> None:
    names = [form.name for form in (*EVALUATION_FORMATS, *CLIP_FORMATS)]
    assert [form.value for form in EvaluationFormat] == names
    assert [form.value for form in EvaluationFormat if form.has_clips] == [form.name for form in CLIP_FORMATS]


@pytest.mark.parametrize("name", ["refcoco", "refcoco+"])
def test_refcoco(tmp_path: Path, name: str) -> None:
    folder = write_refcoco(tmp_path, name, {"unc": "val"})
    found = scores(folder, "--format", name, "--split", "val")
    assert (found["samples"], found["targets"]) == (2, 2)
    assert found["mIoU"] == pytest.approx((1 + 0.5) / 2)
    assert found["oIoU"] == pytest.approx((768 + 768) / (768 + 1536))
    assert found["N_acc"] is None
    assert scores(folder, "--format", name, "--split", "train")["samples"] == 1


def test_the_folder_above_will_do_as_for_the_refer_loader(refcoco: Path) -> None:
    assert scores(refcoco.parent, "--format", "refcoco", "--split", "val")["samples"] == 2


def test_at_least_counts_an_iou_on_the_threshold(refcoco: Path) -> None:
    above = scores(refcoco, "--format", "refcoco", "--split", "val")
    at_least = scores(refcoco, "--format", "refcoco", "--split", "val", "--at-least")
    assert (above["P@X"], above["P@0.5"], above["P@0.6"]) == (">", 0.5, 0.5)
    assert (at_least["P@X"], at_least["P@0.5"], at_least["P@0.6"]) == (">=", 1.0, 0.5)


def test_by_chooses_the_author(tmp_path: Path) -> None:
    folder = write_refcoco(tmp_path, "refcocog", {"google": "val", "umd": "test"})
    assert scores(folder, "--format", "refcocog", "--split", "test")["samples"] == 2
    assert scores(folder, "--format", "refcocog", "--split", "val", "--by", "google")["samples"] == 2
    assert "val" in refusal(folder, "--format", "refcocog", "--split", "val", "--by", "umd")
    sentence = refusal(folder, "--format", "refcocog", "--split", "val", "--by", "unc")
    assert "google" in sentence
    assert "umd" in sentence


def test_refclef_and_a_photo_folder_of_ones_own(tmp_path: Path) -> None:
    save_photo(tmp_path / "images/saiapr_tc-12/1.jpg")
    folder = tmp_path / "refclef"
    write_instances(folder, "1.jpg", [annotation(1, RED)])
    rows = [ref(1, 1, "testA", "red square", file_name="1.jpg")]
    (folder / "refs(berkeley).p").write_bytes(pickle.dumps(rows, protocol=2))
    asked = ("--format", "refclef", "--split", "testA")
    assert scores(folder, *asked)["oIoU"] == 1.0
    (tmp_path / "images").rename(tmp_path / "elsewhere")
    assert "1.jpg" in evaluate(folder, *asked)[2]
    assert scores(folder, *asked, "--image-root", str(tmp_path / "elsewhere/saiapr_tc-12"))["oIoU"] == 1.0


def test_grefcoco(tmp_path: Path) -> None:
    save_photo(tmp_path / "images/COCO_train2014_000000000001.jpg")
    write_instances(tmp_path, "COCO_train2014_000000000001.jpg", [annotation(1, RED), annotation(2, BLUE)])
    rows = [
        ref(1, [1, 2], "val", "all squares"),
        ref(2, [2], "val", "red square"),  # answered with the other one
        ref(3, [-1], "val", "green square"),
        ref(4, [-1], "val", "blue square"),  # a mask where nothing was meant
    ]
    (tmp_path / "grefs(unc).json").write_text(json.dumps(rows))
    found = scores(tmp_path, "--format", "grefcoco", "--split", "val")
    assert (found["samples"], found["targets"]) == (4, 2)
    assert (found["N_acc"], found["T_acc"]) == (0.5, 1.0)
    assert found["gIoU"] == pytest.approx((1 + 0 + 1 + 0) / 4)
    assert found["cIoU"] == pytest.approx(1152 / (1152 + 1152 + 384))
    assert found["mRR"] is None
    sentence = refusal(tmp_path, "--format", "refcoco", "--split", "val")
    assert "grefs(unc).json" in sentence
    assert "grefcoco" in sentence


def test_r_ris(tmp_path: Path) -> None:
    save_photo(tmp_path / "images/COCO_train2014_000000000001.jpg")
    write_instances(tmp_path, "COCO_train2014_000000000001.jpg", [annotation(1, RED), annotation(2, BLUE)])
    rows = [
        ref(
            1, 1, "val",
            "red square",
            {"raw": "green square", "exist": False},  # refused
            {"raw": "blue square", "exist": False},  # answered with 384 pixels
        ),
        ref(2, 2, "val", {"raw": "blue square", "exist": True}, {"raw": "purple square", "exist": False}),
    ]  # fmt: skip
    (tmp_path / "refs(unc).json").write_text(json.dumps(rows))
    found = scores(tmp_path, "--format", "r-ris", "--split", "val")
    assert found["rIoU"] == pytest.approx((768 / (768 + 384) + 1) / 2)
    assert found["mRR"] == pytest.approx((0.5 + 1) / 2)
    assert (found["mIoU"], found["N_acc"]) == (1.0, pytest.approx(2 / 3))
    status, out, _ = evaluate(tmp_path, "--format", "r-ris", "--split", "val")
    assert status == 0
    assert "rIoU" in out


def write_referit(folder: Path) -> Path:
    save_photo(folder / "images/16.jpg")
    save_photo(folder / "images/17.jpg", grey=True)
    (folder / "mask").mkdir()
    for key, box in {"16_1": RED, "16_2": RED_AND_AS_MUCH_AGAIN, "17_1": RED}.items():
        # Zero is the object; everything else is not.
        io.savemat(folder / "mask" / f"{key}.mat", {"segimg_t": (1 - mask_of(box)) * np.uint8(5)})
    queries = {"16_1": ["red square", "the red one"], "16_2": ["the red part"], "17_1": ["the black square"]}
    (folder / "referit_query_test.json").write_text(json.dumps(queries))
    return folder


def test_referit(tmp_path: Path) -> None:
    folder = write_referit(tmp_path)
    found = scores(folder, "--format", "referit", "--split", "test")
    assert found["samples"] == found["targets"] == 4
    assert found["mIoU"] == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert found["oIoU"] == pytest.approx(4 * 768 / (3 * 768 + 1536))
    assert "train" in refusal(folder, "--format", "referit", "--split", "train")
    assert "--by" in refusal(folder, "--format", "referit", "--split", "test", "--by", "unc", status=2)


def test_photos_named_by_numbers_are_no_sources(tmp_path: Path) -> None:
    for number in range(30):
        save_photo(tmp_path / f"images/{number}.jpg")
        (tmp_path / "mask").mkdir(exist_ok=True)
        io.savemat(tmp_path / "mask" / f"{number}_1.mat", {"segimg_t": 1 - mask_of(RED)})
    queries = {f"{number}_1": ["red square"] for number in range(30)}
    (tmp_path / "referit_query_test.json").write_text(json.dumps(queries))
    assert scores(tmp_path, "--format", "referit", "--split", "test")["by_source"] == {}


def polygon(box: tuple[int, int, int, int]) -> list[list[float]]:
    """PhraseCut's: its border is part of it."""
    x0, y0, x1, y1 = box
    return [[x0, y0], [x1 - 1, y0], [x1 - 1, y1 - 1], [x0, y1 - 1]]


def test_phrasecut(tmp_path: Path) -> None:
    save_photo(tmp_path / "images/2.jpg")
    tasks = [
        {
            "task_id": "2__1", "image_id": 2, "ann_ids": [5], "instance_boxes": [[8, 8, 32, 24]],
            "Polygons": [[polygon(RED)]],
            "phrase": "red square", "phrase_structure": {"name": "square", "attributes": ["red"]},
        },
        {
            "task_id": "2__2", "image_id": 2, "ann_ids": [5, 6], "instance_boxes": [[8, 8, 32, 24], [64, 24, 16, 24]],
            "Polygons": [[polygon(RED)], [polygon(BLUE)]],
            "phrase": "all squares", "phrase_structure": {"name": "squares"},
        },
    ]  # fmt: skip
    (tmp_path / "refer_test.json").write_text(json.dumps(tasks))
    found = scores(tmp_path, "--format", "phrasecut", "--split", "test")
    assert (found["samples"], found["mIoU"], found["oIoU"]) == (2, 1.0, 1.0)
    assert "val" in refusal(tmp_path, "--format", "phrasecut", "--split", "val")
    tasks[0]["Polygons"] = [[*tasks[0]["Polygons"][0], [[5, 5]]]]
    (tmp_path / "refer_test.json").write_text(json.dumps(tasks))
    status, _, err = evaluate(tmp_path, "--format", "phrasecut", "--split", "test")
    assert status == 0
    assert "Left out in reading: polygons of fewer than two points: 1" in err


def test_a_folder_that_is_not_there_or_holds_none_of_the_format(tmp_path: Path) -> None:
    sentence = refusal(tmp_path / "nowhere", "--split", "val", status=2)
    assert sentence == f"There is no folder {str(tmp_path / 'nowhere')!r}; give that of the data set with --data."
    assert "has no refer_<split>.json" in refusal(tmp_path, "--format", "phrasecut", "--split", "val")


# --- what is refused --------------------------------------------------------------------------------------------------


class _Trap:
    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return Path, ("/",)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda folder: (folder / "refs(unc).p").write_bytes(b"\x80\x02("), "refs(unc).p"),
        (lambda folder: (folder / "refs(unc).p").write_bytes(pickle.dumps([_Trap()])), "refs(unc).p"),
        (lambda folder: (folder / "refs(unc).p").write_bytes(pickle.dumps([{"ref_id": 1}])), "image_id"),
        (lambda folder: (folder / "refs(unc).p").write_bytes(pickle.dumps([ref(1, 9, "val", "it")])), "ann_id 9"),
        (lambda folder: (folder / "refs(unc).p").write_bytes(pickle.dumps([])), "val"),
        (lambda folder: (folder / "refs(unc).p").write_bytes(pickle.dumps([ref(1, 1, "val")])), "no sentence"),
        (lambda folder: (folder / "instances.json").write_text("{}"), "instances.json"),
        (lambda folder: (folder / "instances.json").unlink(), "instances.json"),
    ],
)
def test_broken_refer_files(refcoco: Path, damage: Callable[[Path], object], named: str) -> None:
    damage(refcoco)
    assert named in refusal(refcoco, "--format", "refcoco", "--split", "val")


def test_a_photo_of_another_size_is_not_scored(refcoco: Path) -> None:
    Image.new("RGB", (WIDTH, HEIGHT + 1)).save(next(refcoco.parent.rglob("*.jpg")))
    status, out, err = evaluate(refcoco, "--format", "refcoco", "--split", "val", "--json")
    assert (status, out) == (1, "")
    assert "000000000001.jpg" in err
    assert "96 x 65" in err


def test_a_broken_mask_names_its_file(tmp_path: Path) -> None:
    folder = write_referit(tmp_path)
    (folder / "mask/16_2.mat").write_bytes(b"MATLAB?")
    _, out, err = evaluate(folder, "--format", "referit", "--split", "test", "--json")
    assert out == ""
    assert "16_2.mat" in err.splitlines()[-1]
    (folder / "mask/16_2.mat").unlink()
    assert "16_2.mat" in refusal(folder, "--format", "referit", "--split", "test")


def test_a_pair_of_files_a_split_has_no_author(refer_folder: Path) -> None:
    assert "--by" in refusal(refer_folder, "--split", "val", "--by", "unc", status=2)


# --- the report -------------------------------------------------------------------------------------------------------


def report_of(data: Path, folder: Path, *more: str) -> dict[str, Any]:
    status, out, err = evaluate(data, "--report", str(folder), *more)
    assert status == 0, err
    assert str(folder / "report.md") in out
    return json.loads((folder / "report.json").read_text())


def test_the_report_stands_beside_the_papers_figure(refcoco: Path, tmp_path: Path) -> None:
    record = report_of(refcoco, tmp_path / "report", "--format", "refcoco", "--split", "val")
    (figure,) = record["figures"]
    assert (figure["measure"], figure["value"], figure["here"]) == ("oIoU", 0.583, record["oIoU"])
    assert "memory" in figure["source"]
    text = (tmp_path / "report/report.md").read_text()
    assert "| oIoU | 0.667 | 0.583 | +0.084 | CMSA" in text
    assert "RefCOCO val (unc)" in text


def test_a_figure_of_another_authors_split_is_not_shown(tmp_path: Path) -> None:
    folder = write_refcoco(tmp_path, "refcocog", {"google": "val", "umd": "val"})
    asked = ("--format", "refcocog", "--split", "val")
    assert report_of(folder, tmp_path / "umd", *asked)["figures"] == []
    (figure,) = report_of(folder, tmp_path / "google", *asked, "--by", "google")["figures"]
    assert figure["value"] == 0.4


def test_the_report_is_complete_and_limited_runs_say_so(refcoco: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    record = report_of(refcoco, folder, "--format", "refcoco", "--split", "val", "--limit", "1")
    plots = ["by_kind.png", "by_size.png", "iou_histogram.png", "precision_curve.png", "reliability.png"]
    assert sorted(path.name for path in folder.iterdir()) == [*plots, "report.json", "report.md", "worst.html"]
    for name in plots:
        with Image.open(folder / name) as image:
            assert image.format == "PNG"
            assert min(image.size) > 200
        assert f"({name})" in (folder / "report.md").read_text()
    assert "Only 1 sentence of the split's 2," in record["notes"][0]
    assert record["notes"][0] in (folder / "report.md").read_text()


def test_without_matplotlib_one_sentence_before_the_work(
    refcoco: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from refseg_annotator.training import report_plots

    monkeypatch.setattr(report_plots, "find_spec", lambda name: None)
    sentence = refusal(refcoco, "--format", "refcoco", "--split", "val", "--report", str(tmp_path / "report"))
    assert "matplotlib" in sentence
    assert "[train]" in sentence
    assert not (tmp_path / "report").exists()
    assert scores(refcoco, "--format", "refcoco", "--split", "val")["samples"] == 2
