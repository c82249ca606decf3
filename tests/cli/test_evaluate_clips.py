"""`evaluate` on data sets of clips, in trees made to the letter of the published ones, with scores worked out by hand.

Every frame is 96 x 64, grey, with a red square of 32 x 24 and a blue one of 16 x 24. The fake model finds them exactly,
so that each score follows from the true masks alone.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from PIL import Image
from scipy import io
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.formats.label_png import write_labels
from refseg_annotator.formats.media_files import encode_video
from refseg_annotator.inference.flow_predictor import CopyMask
from refseg_annotator.inference.predictor import FakePredictor

WIDTH, HEIGHT, FRAMES = 96, 64, 6
RED, BLUE = (8, 8, 40, 32), (64, 24, 80, 48)  # x0, y0, x1, y1, half-open
TWICE_RED = (8, 8, 72, 32)  # the red square covers just half of it


@pytest.fixture(autouse=True)
def fake_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device, **_: FakePredictor())
    monkeypatch.setattr(loading, "load_video_predictor", lambda name, device, **_: (CopyMask(), None))


def evaluate(form: str, data: Path, *more: str) -> tuple[int, str, str]:
    split = () if "--split" in more else ("--split", "test")
    result = CliRunner().invoke(app, ["evaluate", "--format", form, "--data", str(data), *split, *more])
    return result.exit_code, result.stdout, result.stderr


def scores(form: str, data: Path, *more: str) -> dict[str, Any]:
    status, out, err = evaluate(form, data, "--json", *more)
    assert status == 0, err
    return json.loads(out)


def region(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for x0, y0, x1, y1 in boxes:
        mask[y0:y1, x0:x1] = 1
    return mask


def picture() -> np.ndarray:
    pixels = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    for (x0, y0, x1, y1), colour in ((RED, (220, 40, 40)), (BLUE, (40, 70, 220))):
        pixels[y0:y1, x0:x1] = colour
    return pixels


def save_frames(folder: Path, first: int = 1, suffix: str = ".png") -> None:
    folder.mkdir(parents=True)
    for number in range(first, first + FRAMES):
        # As good as JPEG can be: the fake knows plain colours.
        options = {"quality": 100, "subsampling": 0} if suffix == ".jpg" else {}
        Image.fromarray(picture()).save(folder / f"{number:05d}{suffix}", **options)


# --- A2D-Sentences ---------------------------------------------------------------------------------------------------


def save_masks(file: Path, instances: list[float], masks: list[np.ndarray]) -> None:
    """As the published files have them: transposed, and without a first axis where there is one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    turned = np.stack([mask.T for mask in masks])
    boxes = [[*np.flatnonzero(m.any(0))[[0, -1]], *np.flatnonzero(m.any(1))[[0, -1]]] for m in masks]
    with h5py.File(file, "w") as content:
        content["instance"] = np.array(instances)
        content["reMask"] = turned[0] if len(masks) == 1 else turned
        content["reBBox"] = np.array(boxes, float)[:, [0, 2, 1, 3]].T


@pytest.fixture
def a2d(tmp_path: Path) -> Path:
    folder = tmp_path / "A2D"
    release, texts = folder / "Release", folder / "text_annotations"
    save_frames(release / "pngs320H" / "frames")
    (release / "CLIPS320").mkdir()
    encode_video(release / "CLIPS320" / "video.mp4", (picture() for _ in range(FRAMES)), frame_rate=24)
    with (release / "videoset.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        # Sizes are the source's and need not be the masks'.
        for name, subset in (("frames", 1), ("video", 1), ("train", 0), ("missed", 1)):
            rows.writerow([name, 34, "0:00", "0:02", 240, 320, FRAMES, 2, subset])
    masks = texts / "a2d_annotation_with_instances"
    # Ids in no order, and more masks than ids.
    save_masks(masks / "frames/00002.h5", [4.0, 1.0], [region(BLUE), region(RED), region((0, 0, 5, 5))])
    save_masks(masks / "frames/00006.h5", [1.0], [region(RED)])
    save_masks(masks / "video/00003.h5", [0.0], [region(TWICE_RED)])
    (texts / "a2d_annotation.txt").write_text(
        "video_id,instance_id,query\n"
        'frames,1,"the red, square one"\n'
        "frames,4,blue square on the right\n"
        "frames,1 (copy),never read\n"
        "frames,9,nobody\n"
        "video,0,the red square\n"
        "missed,0,lost\n"
        "train,0,of the other split\n"
    )
    (texts / "a2d_missed_videos.txt").write_text("missed\n")
    return folder


def test_a2d_by_hand(a2d: Path) -> None:
    record = scores("a2d", a2d)
    # Three samples of frames (red on 2 and 6, blue on 2) are exact, the one of the video covers half: not over .5.
    assert (record["samples"], record["clips"], record["frames"]) == (4, 2, 3)
    assert record["P@0.5"] == record["P@0.9"] == 0.75
    assert record["mIoU"] == pytest.approx((3 + 0.5) / 4)
    red, blue = 32 * 24, 16 * 24
    assert record["oIoU"] == pytest.approx((2 * red + blue + red) / (2 * red + blue + 2 * red))
    # At .50 all are right, above it three of four, which rank as the fake has it sure of all alike.
    assert 0.7 < record["mAP"] < 0.85
    assert record["paper"]["P@0.5"] == 0.487
    assert (record["missing_clips"], record["broken"]) == (0, [])
    assert scores("a2d", a2d, "--at-least")["P@0.5"] == 1.0
    assert scores("a2d", a2d, "--limit", "1")["samples"] == 2, "one sentence, on both its frames"


def test_the_table_has_the_papers_figures_beside(a2d: Path) -> None:
    status, out, err = evaluate("a2d", a2d)
    assert status == 0, err
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.startswith("  ")}
    assert rows["P@0.5"] == ["0.750", "0.487"]
    assert rows["oIoU"][1] == "0.618"
    assert rows["mAP"][1] == "-"
    assert "quoted by others" in out


def test_clips_that_are_not_there_are_counted(a2d: Path) -> None:
    (a2d / "Release/CLIPS320/video.mp4").unlink()
    record = scores("a2d", a2d)
    assert (record["samples"], record["missing_clips"], record["clips"]) == (3, 1, 1)
    assert record["P@0.9"] == 1.0
    status, out, _ = evaluate("a2d", a2d)
    assert status == 0
    assert "Not there, and so not scored: 1 of 2 clips (video)." in out


def test_without_any_clip_it_is_one_sentence(a2d: Path) -> None:
    (a2d / "Release/CLIPS320/video.mp4").unlink()
    for file in (a2d / "Release/pngs320H/frames").iterdir():
        file.unlink()
    (a2d / "Release/pngs320H/frames").rmdir()
    status, out, err = evaluate("a2d", a2d, "--json")
    assert (status, out) == (1, "")
    assert "not scored: 2 of 2 clips (frames, video)." in err
    assert len(err.splitlines()) == 1


def test_every_broken_mask_file_is_named(a2d: Path) -> None:
    masks = a2d / "text_annotations/a2d_annotation_with_instances"
    (masks / "frames/00006.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(40))
    with h5py.File(masks / "video/00003.h5", "w") as content:
        content["instance"] = np.array([0.0])
    status, out, err = evaluate("a2d", a2d, "--json")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert "frames/00006.h5 is no whole HDF5 file" in err
    assert "video/00003.h5: the field reMask is missing" in err


def test_a_broken_clip_is_named_and_the_others_are_scored(a2d: Path) -> None:
    clip = a2d / "Release/CLIPS320/video.mp4"
    clip.write_bytes(clip.read_bytes()[:200])
    status, out, err = evaluate("a2d", a2d, "--json")
    assert status == 1
    record = json.loads(out)
    assert record["samples"] == 3
    assert len(record["broken"]) == 1
    assert "video.mp4" in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_clip_of_another_size_than_its_masks_is_named(a2d: Path) -> None:
    save_masks(
        a2d / "text_annotations/a2d_annotation_with_instances/video/00003.h5", [0.0], [region(TWICE_RED)[:60, :90]]
    )
    status, out, err = evaluate("a2d", a2d, "--json")
    assert status == 1
    assert json.loads(out)["samples"] == 3
    assert "96 x 64 pixels where its masks have 90 x 60" in err


def test_queries_alone_are_counted(a2d: Path) -> None:
    (a2d / "Release/videoset.csv").unlink()
    status, out, err = evaluate("a2d", a2d)
    assert (status, out) == (1, "")
    assert "6 queries of 4 clips" not in out
    assert "videoset.csv is missing, so 6 queries of 4 clips" in err
    assert "(1 of a copy left out)" in err


@pytest.mark.data
def test_the_real_queries_alone_are_counted(shared_data: Path) -> None:
    status, out, err = evaluate("a2d", shared_data / "text")
    assert (status, out) == (1, "")
    assert "so 6,654 queries of 3,754 clips" in err
    assert len(err.splitlines()) == 1


def test_what_does_not_go_together_is_wrong_use(a2d: Path) -> None:
    for more in (("--task", "propagate"), ("--by", "unc"), ("--report", str(a2d / "report"))):
        status, out, err = evaluate("a2d", a2d, *more)
        assert (status, out) == (2, ""), more
        assert len(err.splitlines()) == 1
    assert evaluate("refer", a2d, "--task", "propagate")[0] == 2


# --- J-HMDB-Sentences ------------------------------------------------------------------------------------------------


@pytest.fixture
def jhmdb(tmp_path: Path) -> Path:
    folder = tmp_path / "jhmdb"
    save_frames(folder / "Rename_Images/run/one")
    save_frames(folder / "Rename_Images/walk/two")
    for action, name, box in (("run", "one", RED), ("walk", "two", TWICE_RED)):
        place = folder / "puppet_mask" / action / name
        place.mkdir(parents=True)
        # Trailing frames lack masks.
        io.savemat(place / "puppet_mask.mat", {"part_mask": np.stack([region(box)] * (FRAMES - 2), axis=2)})
    (folder / "jhmdb_annotation.txt").write_text("video_id,query\none,the red square\ntwo,the red square\n")
    return folder


def test_jhmdb_by_hand(jhmdb: Path) -> None:
    record = scores("jhmdb", jhmdb)
    assert (record["samples"], record["clips"], record["frames"]) == (8, 2, 8)
    assert record["P@0.5"] == 0.5
    assert record["mIoU"] == 0.75
    assert record["oIoU"] == pytest.approx(2 / 3)
    assert record["paper"]["mIoU"] == 0.581


def test_jhmdb_without_frames_counts_the_clip_as_missing(jhmdb: Path) -> None:
    for file in (jhmdb / "Rename_Images/walk/two").iterdir():
        file.unlink()
    (jhmdb / "Rename_Images/walk/two").rmdir()
    record = scores("jhmdb", jhmdb)
    assert (record["samples"], record["missing_clips"], record["P@0.9"]) == (4, 1, 1.0)


# --- J and F ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def davis(tmp_path: Path) -> Path:
    folder = tmp_path / "DAVIS"
    save_frames(folder / "JPEGImages/480p/squares", first=0, suffix=".jpg")
    for number in range(FRAMES):
        write_labels(folder / f"Annotations/480p/squares/{number:05d}.png", region(RED) + 2 * region(BLUE))
    (folder / "ImageSets/2017").mkdir(parents=True)
    (folder / "ImageSets/2017/val.txt").write_text("squares\n")
    return folder


def test_davis_is_propagated(davis: Path) -> None:
    record = scores("davis", davis, "--split", "val")
    assert (record["task"], record["objects"], record["J"], record["F"]) == ("propagate", 2, 1.0, 1.0)
    assert record["data"].startswith("DAVIS")
    status, _, err = evaluate("davis", davis, "--split", "val", "--task", "phrase")
    assert status == 2
    assert "has no sentences" in err


def test_ref_davis_by_phrase_and_by_mask(davis: Path) -> None:
    texts = davis / "davis_text_annotations"
    texts.mkdir()
    for name in ("Davis17_annot1", "Davis17_annot2", "Davis17_annot1_full_video", "Davis17_annot2_full_video"):
        lines = 'squares 1 "the red square"\nsquares 2 "the blue square"\n'
        (texts / f"{name}.txt").write_bytes(lines.encode("latin-1"))
    record = scores("ref-davis", davis, "--split", "val")
    assert (record["task"], record["objects"]) == ("phrase", 8)
    assert record["J"] > 0.95
    assert scores("ref-davis", davis, "--split", "val", "--task", "propagate")["J&F"] == 1.0


def test_what_the_reader_of_clips_left_out_is_told(davis: Path, a2d: Path) -> None:
    texts = davis / "davis_text_annotations"
    texts.mkdir()
    (texts / "Davis17_annot1.txt").write_text('squares 1 "the red square"\n')
    status, out, err = evaluate("ref-davis", davis, "--split", "val", "--json")
    assert status == 0, err
    assert "Left out in reading: text files, of the four, that are missing: 3 (Davis17_annot2.txt, " in err
    assert json.loads(out)["objects"] == 1
    _, _, err = evaluate("a2d", a2d)
    assert "Left out in reading: queries whose instance has no mask: 1 (" in err


def test_mevis_by_phrase(tmp_path: Path) -> None:
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.formats.segmentation import encode_rle

    split = tmp_path / "mevis" / "valid_u"
    save_frames(split / "JPEGImages/clip", first=0, suffix=".jpg")
    both = [[encode_rle(Mask.from_array(region(box)))] * FRAMES for box in (RED, BLUE)]
    codes = {
        str(number): [{"size": [HEIGHT, WIDTH], "counts": one["counts"]} for one in row]
        for number, row in enumerate(both)
    }
    (split / "mask_dict.json").write_text(json.dumps(codes))
    expressions = {
        "0": {"exp": "the red square", "obj_id": [0], "anno_id": [0]},
        "1": {"exp": "the blue square", "obj_id": [1], "anno_id": [1]},
    }
    frames = [f"{number:05d}" for number in range(FRAMES)]
    (split / "meta_expressions.json").write_text(
        json.dumps({"videos": {"clip": {"expressions": expressions, "frames": frames}}})
    )
    record = scores("mevis", tmp_path / "mevis", "--split", "valid_u")
    assert (record["task"], record["objects"]) == ("phrase", 2)
    assert record["J"] > 0.95


def test_wrong_use_on_whole_clips(davis: Path) -> None:
    status, out, err = evaluate("davis", davis, "--split", "val", "--limit", "3")
    assert (status, out) == (2, "")
    assert "leave --limit out" in err
    status, _, err = evaluate("davis", davis, "--split", "autumn")
    assert status == 1
    assert "no split 'autumn'" in err


def test_baselines_come_in_one_table(davis: Path) -> None:
    record = scores("davis", davis, "--split", "val", "--task", "propagate", "--baselines")
    ways = [row["way"] for row in record["baselines"]]
    assert ways[:2] == ["copy the mask", "dense optical flow (DIS)"]
    assert ways[-1] == "cross-frame self-attention"
    assert record["baselines"][-1]["J&F"] == record["J&F"]
    status, out, err = evaluate("davis", davis, "--split", "val", "--baselines")
    assert status == 0, err
    assert "dense optical flow" in out


def test_baselines_are_for_clips_scored_over_all_frames(a2d: Path) -> None:
    status, _, err = evaluate("a2d", a2d, "--baselines")
    assert status != 0
    assert "--baselines" in err
