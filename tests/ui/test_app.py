"""The composition root: kept settings, another model, a home that cannot be written, errors that escape."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator import app
from refseg_annotator.app import SettingsKeeper
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.settings import Settings, load_settings, user_data_folder
from tests.ui.conftest import Desk


def test_only_what_was_changed_is_kept() -> None:
    of_this_run = Settings(theme="dark", brush_radius=99)
    keeper = SettingsKeeper(SynchronousRunner(), of_this_run, lambda words: None)
    keeper.keep(of_this_run.changed("overlay_opacity", 0.7))
    assert load_settings().settings == Settings(overlay_opacity=0.7)


def test_settings_that_cannot_be_written_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("REFSEG_CONFIG_DIR", str(blocked / "config"))
    told: list[str] = []
    SettingsKeeper(SynchronousRunner(), Settings(), told.append).keep(Settings(theme="light"))
    assert len(told) == 1


def test_a_home_that_cannot_be_written_still_gets_a_window(
    open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shapes: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("REFSEG_DATA_DIR", str(blocked / "data"))
    desk = open_desk(shapes)
    assert not user_data_folder().exists()
    assert "until it is saved elsewhere" in desk.message
    desk.accept_phrase("blue square")
    desk.until_saved()
    monkeypatch.undo()
    desk.save_as(tmp_path / "work.refseg")
    assert (tmp_path / "work.refseg").is_file()


def test_another_model_in_the_settings_is_loaded(open_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = open_desk(shapes, load_bundle=lambda bundle, settings: FakePredictor())
    desk.bridge.set_settings(desk.bridge.settings.changed("device", "cuda"))
    # The fake runs on the processor whatever was asked for, and that is said aloud.
    desk.until(lambda: desk.window.status.model.text().startswith("CPU, NOT GPU"))


@pytest.mark.usefixtures("desk")
def test_an_error_that_escapes_is_logged_and_told(desk: Desk, allow_log: Callable[[str], None]) -> None:
    allow_log("an error escaped")
    hook = app._hook(desk.program)
    hook(ValueError, ValueError("a mistake of ours"), None)
    assert "a mistake of ours" in desk.message
    assert sys.excepthook is not hook
