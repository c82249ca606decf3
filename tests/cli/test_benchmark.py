"""`doctor --benchmark`: it measures what it says, and a thing that cannot be measured is said, not invented."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app, benchmark, doctor, loading
from refseg_annotator.cli.benchmark import Figures
from refseg_annotator.errors import ModelError
from refseg_annotator.inference.predictor import FakePredictor


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same work on less, with the fake model."""
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: FakePredictor())
    monkeypatch.setattr(doctor, "look_around", lambda: iter(()))
    monkeypatch.setattr(benchmark, "LARGE_PHOTO", (160, 120))
    # The fake model takes every grain for an object: it gets a plain picture.
    monkeypatch.setattr(benchmark, "_picture", lambda *size, seed: np.full((120, 160, 3), 100, np.uint8))
    for name in ("_PHRASE_ROUNDS", "_PHOTO_ROUNDS", "_WINDOW_ROUNDS"):
        monkeypatch.setattr(benchmark, name, 1)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["doctor", "--benchmark", *arguments])
    return result.exit_code, result.stdout


@pytest.mark.slow
def test_everything_is_measured(small: None) -> None:
    status, out = run("--json")
    assert status == 0
    figures: dict[str, Any] = json.loads(out)["benchmark"]
    assert figures["remarks"] == []
    assert figures["phrase_ms"] >= 0
    assert figures["photo_12mp_ms"] >= 0
    assert figures["window_ms"] > 100


def test_a_window_that_does_not_open_is_a_remark(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "Traceback\nqt.qpa: no platform\n")

    monkeypatch.setattr(benchmark.subprocess, "run", refused)
    status, out = run()
    assert status == 0
    assert "not measured" in out
    assert "qt.qpa: no platform" in out


def test_a_window_that_never_comes_is_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("python", 60)

    monkeypatch.setattr(benchmark.subprocess, "run", never)
    with pytest.raises(ModelError, match="within a minute"):
        benchmark._window()


def test_the_figures_are_shown_as_measured(small: None) -> None:
    figures = Figures("cmsa-lite 1.0", "cpu", 41.26, 812.3, 1530.0)
    assert figures.to_json() == {
        "model": "cmsa-lite 1.0",
        "device": "cpu",
        "phrase_ms": 41.3,
        "photo_12mp_ms": 812.3,
        "window_ms": 1530.0,
        "remarks": [],
    }
    assert all(number in figures.to_text() for number in ("41 ms", "812 ms", "1,530 ms"))


def test_the_made_photo_is_no_plain_one() -> None:
    picture = benchmark._picture(160, 120, seed=1)
    assert picture.shape == (120, 160, 3)
    assert picture.std() > 20
    assert (benchmark._picture(160, 120, seed=2) != picture).any()
