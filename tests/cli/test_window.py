"""`gui` says in a sentence what Qt would say by ending the process, and takes settings for one run."""

from __future__ import annotations

import sys

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app, window
from refseg_annotator.cli.system_libraries import LIBRARIES
from refseg_annotator.cli.window import check_window_is_possible, settings_with
from refseg_annotator.errors import RefSegError, UsageError
from refseg_annotator.settings import Settings, config_folder


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_the_other_verbs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(RefSegError, match=r"no display.*segment"):
        check_window_is_possible()
    result = CliRunner().invoke(app, ["gui"])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_missing_libraries_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "missing_libraries", lambda needs: [LIBRARIES[0]])
    with pytest.raises(RefSegError, match=r"libEGL\.so\.1.*install"):
        check_window_is_possible()


def test_settings_for_one_run() -> None:
    settings = settings_with(["theme=dark", "brush_radius=20"])
    assert (settings.theme, settings.brush_radius) == ("dark", 20)
    assert settings_with([]) == Settings()


@pytest.mark.parametrize("change", ["theme", "theme=purple", "no_such=1", "brush_radius=wide", "brush_radius=99999"])
def test_a_wrong_setting_is_wrong_use(change: str) -> None:
    with pytest.raises(UsageError):
        settings_with([change])


def test_a_broken_settings_file_is_told_and_does_not_stop(capsys: pytest.CaptureFixture[str]) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.toml").write_text("theme = ", encoding="utf-8")
    assert settings_with([]) == Settings()
    assert "settings.toml" in capsys.readouterr().err
