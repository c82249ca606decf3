"""What reads phrases in clips: whoever was chosen, else the bundle that follows clips."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from refseg_annotator import settings
from refseg_annotator.cli import loading
from refseg_annotator.inference import bundles
from refseg_annotator.inference.bundles import find_bundle
from refseg_annotator.settings import Settings


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names that a predictor was asked for by."""
    names: list[str | None] = []
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: names.append(name))
    return names


def chosen(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    monkeypatch.setattr(settings, "load_settings", lambda: SimpleNamespace(settings=Settings(**values)))


def test_where_nobody_chose_the_bundle_that_follows_clips_reads_them(
    asked: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch)
    assert not find_bundle(Settings().model).follows_clips
    loading.load_clip_reader(None, None)
    (name,) = asked
    assert name is not None
    assert find_bundle(name).follows_clips


def test_a_model_that_was_named_or_set_is_taken(asked: list[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch)
    loading.load_clip_reader("cmsa-lite", None)
    chosen(monkeypatch, model="my-own")
    loading.load_clip_reader(None, None)
    assert asked == ["cmsa-lite", None]


def test_without_any_that_follows_clips_it_is_the_usual_one(
    asked: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch)
    monkeypatch.setattr(bundles, "bundle_for_clips", lambda preferred: None)
    loading.load_clip_reader(None, None)
    assert asked == [None]
