"""The main job without a window: phrase, proposal, accept, brush, undo, save, reopen, export, read by others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools.coco import COCO
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.core.geometry import Box
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate
from refseg_annotator.services.assist import Assist, AssistPhase
from refseg_annotator.services.documents import add_media, open_project
from refseg_annotator.services.documents import new_project as new_document
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.readers import Readers
from refseg_annotator.services.session import Session
from refseg_annotator.settings import models_folder


def made_photo(path: Path) -> Path:
    """A grey picture, 90 x 60, with a red square left and a blue one right."""
    pixels = np.full((60, 90, 3), 200, np.uint8)
    pixels[10:30, 5:35] = (220, 40, 40)
    pixels[20:50, 60:80] = (40, 70, 220)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def reopened(path: Path) -> Session:
    session = open_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    for medium_id in session.project.media:
        session.ensure_loaded(medium_id)
    return session


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """A project made by the whole way of the data: two phrases accepted, one found absent, one mask mended by hand."""
    runner = SynchronousRunner()
    path = tmp_path / "work" / "squares.refseg"
    path.parent.mkdir()
    session = new_document(path, runner=runner, media=FrameCache(1 << 20), author="Ada")
    report = add_media(session, [made_photo(tmp_path / "work" / "photos" / "squares.png")])
    (medium_id,) = report.added
    assist = Assist(session, runner, Readers(FakePredictor))
    for phrase in ("the red square", "the blue square on the right", "the green square"):
        assist.request(phrase, medium_id)
        assert assist.state.phase is AssistPhase.PROPOSAL, assist.state.sentence
        assist.accept()
    red = session.project.referents_of(medium_id)[0]
    # A hole, a part of its own and a single pixel: what other tools lose.
    pixels = session.project.annotations[red.id, 0].mask.crop(Box(0, 0, 50, 60))
    pixels = pixels.copy()
    pixels[15:20, 15:20] = False
    pixels[40:45, 3:9] = True
    pixels[55, 45] = True
    annotate.paint(session, red.id, 0, Box(0, 0, 50, 60), pixels)
    before = session.project.annotations[red.id, 0].mask
    session.undo()
    assert session.project.annotations[red.id, 0].mask.area == 600
    session.redo()
    assert session.project.annotations[red.id, 0].mask == before
    session.close()
    return path


def test_what_was_made_is_there_when_reopened(project_file: Path) -> None:
    session = reopened(project_file)
    try:
        project = session.project
        assert sorted(expression.text for expression in project.expressions.values()) == [
            "the blue square on the right",
            "the green square",
            "the red square",
        ]
        (nothing,) = [expression for expression in project.expressions.values() if expression.no_target]
        assert nothing.text == "the green square"
        areas = sorted(annotation.mask.area for annotation in project.annotations.values())
        assert areas == [600, 600 - 25 + 30 + 1]
        assert all(annotation.provenance.phrase for annotation in project.annotations.values())
    finally:
        session.close()


def test_coco_export_is_read_by_pycocotools_with_equal_pixels(project_file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["export", str(project_file), str(tmp_path / "coco"), "--format", "coco", "--json"]
    )
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["written"]
    (file,) = (tmp_path / "coco").rglob("instances*.json")
    coco = COCO(str(file))
    (image,) = coco.loadImgs(coco.getImgIds())
    assert (image["width"], image["height"]) == (90, 60)
    session = reopened(project_file)
    try:
        ours = {annotation.mask.area: annotation.mask for annotation in session.project.annotations.values()}
    finally:
        session.close()
    theirs = coco.loadAnns(coco.getAnnIds())
    assert len(theirs) == len(ours)
    for annotation in theirs:
        mask = ours[int(annotation["area"])]
        assert np.array_equal(coco.annToMask(annotation).astype(bool), mask.to_array())
        assert tuple(annotation["bbox"]) == mask.box.xywh


def test_export_refuses_what_is_in_the_way(project_file: Path, tmp_path: Path) -> None:
    (tmp_path / "coco").mkdir()
    (tmp_path / "coco" / "mine.txt").write_text("keep me")
    result = CliRunner().invoke(app, ["export", str(project_file), str(tmp_path / "coco")])
    assert result.exit_code in {1, 2}
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in (tmp_path / "coco").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("name", "content"), [("missing.refseg", None), ("broken.refseg", b"no database"), ("empty.refseg", b"")]
)
def test_export_of_a_file_that_is_no_project(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = CliRunner().invoke(app, ["export", str(path), str(tmp_path / "coco")])
    assert result.exit_code == 1
    assert name in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "coco").exists()


def test_an_unknown_format_is_answered_with_the_known_ones(project_file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(project_file), str(tmp_path / "out"), "--format", "cocoo"])
    assert result.exit_code in {1, 2}
    assert "coco" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_demo_does_the_main_job_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fake model, which knows colours: every step but the network's own."""
    from refseg_annotator.cli import demo_pictures

    pictures = (demo_pictures.DemoPicture("squares.png", ("the red square", "the green square")),)
    monkeypatch.setattr(demo_pictures, "PICTURES", pictures)
    monkeypatch.setattr(demo_pictures, "copy_pictures", lambda folder: [made_photo(folder / "squares.png")])
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: FakePredictor())
    out = tmp_path / "demo"
    result = CliRunner().invoke(app, ["demo", "--no-window", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert (out / "demo.refseg").is_file()
    assert list((out / "coco").rglob("instances*.json"))
    overlay = np.array(Image.open(out / "overlays" / "squares.png"))
    assert (overlay != np.array(Image.open(out / "pictures" / "squares.png"))).any()
    assert str(out / "coco") in result.stdout.replace("\n", "")
    # Once more: the first one's work is left alone.
    again = CliRunner().invoke(app, ["demo", "--no-window", "--out", str(out)])
    assert again.exit_code == 0, again.stderr
    assert (tmp_path / "demo-2" / "demo.refseg").is_file()


@pytest.mark.slow
def test_the_demo_with_the_shipped_model(tmp_path: Path) -> None:
    """What a newcomer meets: real photos, real phrases, the model in the package."""
    if not (models_folder() / "cmsa-lite").is_dir():
        pytest.fail("models/cmsa-lite is not there: the package would not work at once")
    result = CliRunner().invoke(app, ["demo", "--no-window", "--out", str(tmp_path / "demo"), "--device", "cpu"])
    assert result.exit_code == 0, result.stderr
    session = reopened(tmp_path / "demo" / "demo.refseg")
    try:
        # Every picture got a mask that is neither a speck nor the whole picture.
        for medium in session.project.media.values():
            masks = [annotation.mask for annotation in session.project.annotations_on(medium.id, 0)]
            shares = [mask.area / (medium.size.width * medium.size.height) for mask in masks]
            assert any(0.01 < share < 0.95 for share in shares), (medium.path, shares)
    finally:
        session.close()
