"""The main job in the real window, by keys and mouse: phrase, accept, brush, undo, save, reopen, export, read back."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pycocotools.coco import COCO
from PySide6.QtCore import Qt

from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.ui.documents.transfer_dialogs import ExportDialog
from tests.ui.conftest import Desk, draw_shapes, open_desk, shapes

__all__ = ["open_desk", "shapes"]  # fixtures

CTRL = Qt.KeyboardModifier.ControlModifier


def test_from_a_phrase_to_a_data_set(open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path) -> None:
    desk = open_desk(shapes)
    desk.accept_phrase("the blue square on the right")
    proposed = desk.mask(desk.bridge.referent_id)
    desk.letters("b")
    desk.drag((150, 125), (200, 125))
    corrected = desk.mask(desk.bridge.referent_id)
    assert corrected.sum() > proposed.sum()
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (desk.mask(desk.bridge.referent_id) == proposed).all()
    desk.key(Qt.Key.Key_Y, CTRL)
    assert (desk.mask(desk.bridge.referent_id) == corrected).all()
    desk.save_as(tmp_path / "work.refseg")
    desk.close()

    again = open_desk(tmp_path / "work.refseg")
    again.until(lambda: again.project.annotations)
    (referent,) = again.project.referents
    assert (again.mask(referent) == corrected).all()
    again.window.actions_["export"].trigger()
    dialog = again.window.findChild(ExportDialog)
    dialog.place.setText(str(tmp_path / "coco"))
    dialog.run.click()
    again.until(dialog.report.isVisible)
    dialog.close()
    (file,) = [path for path in (tmp_path / "coco").rglob("*.json") if "annotations" in json.loads(path.read_text())]
    coco = COCO(str(file))
    (annotation,) = coco.loadAnns(coco.getAnnIds())
    assert np.array_equal(coco.annToMask(annotation).astype(bool), corrected)


@pytest.mark.parametrize("seed", [1, 2])
def test_five_hundred_blind_inputs_leave_a_project_that_reloads_equal(
    open_desk: Callable[..., Desk], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "ab"))
    path = tmp_path / "work.refseg"
    desk.save_as(path)
    phrases = ["red square", "blue square", "purple circle", "both, on the left", "?"]

    def spot() -> tuple[float, float]:
        return chance.uniform(-20, 260), chance.uniform(-20, 180)

    def phrase() -> None:
        desk.run_phrase(chance.choice(phrases))
        if chance.random() < 0.7:
            desk.until(lambda: not desk.bridge.assist.state.is_busy)

    def stroke() -> None:
        keys = CTRL if chance.random() < 0.3 else Qt.KeyboardModifier.NoModifier
        desk.drag(spot(), spot(), spot(), modifiers=keys)

    def letter() -> None:
        desk.canvas.setFocus()
        desk.letters(chance.choice("verlpbngxadh123[]VN"))

    def key() -> None:
        desk.canvas.setFocus()
        desk.key(
            chance.choice(
                [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Tab, Qt.Key.Key_Backspace]
            )
        )

    def walk() -> None:
        desk.window.actions_[chance.choice(["undo", "undo", "redo"])].trigger()

    def other() -> None:
        names = ["accept_and_next", "segment_again", "toggle_hidden", "toggle_locked", "delete_mask", "fit", "zoom_in"]
        desk.window.actions_[chance.choice(names)].trigger()

    for _ in range(500):
        chance.choices([phrase, stroke, letter, key, walk, other], [1, 5, 6, 4, 4, 2])[0]()
    assert desk.bridge.session.history.state_number > 50
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: not desk.bridge.assist.state.is_busy)
    # All masks in memory, to be compared.
    for medium_id in desk.project.media:
        desk.bridge.session.ensure_loaded(medium_id)
    before = desk.project
    desk.close()
    with ProjectStore.open(path) as store:
        after = store.load()
        for medium_id in after.media:
            after.put_loaded(medium_id, store.load_annotations(medium_id))
    assert dict(after.referents) == dict(before.referents)
    assert dict(after.expressions) == dict(before.expressions)
    assert dict(after.annotations) == dict(before.annotations)


def test_torch_and_what_decodes_clips_come_in_after_the_window_shows(tmp_path: Path) -> None:
    code = """
import os, sys
from refseg_annotator.app import run
def say():
    later = ("torch", "torchvision", "timm", "refseg_annotator.nn", "av")
    print([name for name in later if name in sys.modules], flush=True)
    os._exit(0)
sys.exit(run([], on_shown=say))
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=environment, check=False)
    assert done.stdout.strip() == "[]", done.stderr
