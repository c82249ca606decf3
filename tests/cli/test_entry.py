"""The door: verbs, the verb that is meant when none is named, statuses, and how little is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from refseg_annotator import __version__
from refseg_annotator.cli import app
from refseg_annotator.cli.entry import GROUPS, VERBS, main, with_verb

HEAVY = ("torch", "torchvision", "timm", "PySide6", "cv2", "numpy", "av", "skimage", "lightning_fabric", "matplotlib")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["gui"]),
        (["photo.jpg"], ["gui", "photo.jpg"]),
        (["./photos"], ["gui", "./photos"]),
        (["a.jpg", "b.jpg", "--set", "theme=dark"], ["gui", "a.jpg", "b.jpg", "--set", "theme=dark"]),
        (["project.refseg"], ["gui", "project.refseg"]),
        (["/no/such/place"], ["gui", "/no/such/place"]),
        (["segment", "photo.jpg", "the dog"], ["segment", "photo.jpg", "the dog"]),
        (["models", "list"], ["models", "list"]),
        (["--help"], ["--help"]),
        (["segmnt"], ["segmnt"]),
    ],
)
def test_the_verb_that_is_meant(typed: list[str], meant: list[str]) -> None:
    assert with_verb(typed) == meant


def test_a_folder_that_is_there_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holiday").mkdir()
    (tmp_path / "demo").mkdir()
    assert with_verb(["holiday"]) == ["gui", "holiday"]
    assert with_verb(["demo"]) == ["demo"]


@pytest.mark.parametrize("verb", [*VERBS, *GROUPS, "models list", "models info"])
def test_every_verb_explains_itself(verb: str) -> None:
    result = CliRunner().invoke(app, [*verb.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.stdout
    assert result.stderr == ""


def test_help_lists_every_verb() -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert all(verb in result.stdout for verb in [*VERBS, *GROUPS])


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(flag: str) -> None:
    result = CliRunner().invoke(app, [flag])
    assert (result.exit_code, result.stdout) == (0, f"refseg-annotator {__version__}\n")


@pytest.mark.parametrize(
    "arguments", [["segmnt"], ["--no-such-flag"], ["segment"], ["evaluate", "--format", "x"], ["models"]]
)
def test_wrong_use_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    captured = capsys.readouterr()
    assert "Usage" in captured.err or "Usage" in captured.out
    assert "Traceback" not in captured.err


def test_the_package_runs_as_a_module_and_imports_nothing_heavy() -> None:
    """`--help` must come at once: neither torch nor Qt nor numpy may be imported for it."""
    program = (
        "import sys\n"
        "from refseg_annotator.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    for arguments in (["--help"], ["--version"], ["segment", "--help"], ["gui", "--help"]):
        run = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=600, check=False
        )
        assert run.returncode == 0, run.stderr
        assert run.stdout.splitlines()[-1] == "HEAVY []"
    run = subprocess.run(
        [sys.executable, "-m", "refseg_annotator", "--version"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.stdout == f"refseg-annotator {__version__}\n"


@pytest.mark.parametrize(("told", "kept"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_threads_that_wait_sleep_unless_the_user_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, told: str | None, kept: str
) -> None:
    if told is None:
        # Set first, so that what main sets is taken back after the test.
        monkeypatch.setenv("OMP_WAIT_POLICY", "")
        monkeypatch.delenv("OMP_WAIT_POLICY")
    else:
        monkeypatch.setenv("OMP_WAIT_POLICY", told)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert os.environ["OMP_WAIT_POLICY"] == kept
