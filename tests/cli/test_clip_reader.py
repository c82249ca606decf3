"""What reads phrases in clips: whoever was chosen, else the bundle that follows clips."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from refseg_annotator import settings
from refseg_annotator.cli import loading
from refseg_annotator.errors import BundleError
from refseg_annotator.inference import bundles
from refseg_annotator.settings import Settings


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the bundles that a predictor was asked for by."""
    names: list[str] = []
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: names.append(Path(name).name))
    return names


def chosen(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    monkeypatch.setattr(settings, "load_settings", lambda: SimpleNamespace(settings=Settings(**values)))


def test_where_nobody_chose_the_bundle_that_follows_clips_reads_them(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch)
    loading.load_clip_reader(None, None)
    chosen(monkeypatch, model="cmsa-lite")
    loading.load_clip_reader("auto", None)
    assert asked == ["cmsa-base", "cmsa-base"]


def test_a_model_that_was_named_or_set_is_taken(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch)
    loading.load_clip_reader("cmsa-lite", None)
    chosen(monkeypatch, model="cmsa-lite")
    loading.load_clip_reader(None, None)
    assert asked == ["cmsa-lite", "cmsa-lite"]
    chosen(monkeypatch, model="my-own")
    with pytest.raises(BundleError, match="There is no model 'my-own'"):
        loading.load_clip_reader(None, None)


def test_without_any_that_follows_clips_it_is_the_usual_one(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch)
    monkeypatch.setattr(bundles, "bundle_for_clips", lambda preferred, folders: None)
    loading.load_clip_reader(None, None)
    assert asked == ["cmsa-lite"]
