"""A network small enough to train in a test, and data for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator.nn.registry import CONFIGURATIONS, check_shape
from refseg_annotator.training.recipe import Recipe
from tests.training.made_photos import LEFT_RED, TWO_CARS, write_tree
from tests.training.tiny import TINY, tiny_configuration, tiny_recipe


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a small network, known while the test runs."""
    config = tiny_configuration()
    check_shape(config)
    monkeypatch.setitem(CONFIGURATIONS, TINY, config)
    return TINY


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two photos to train on and the same two to validate on."""
    return write_tree(tmp_path / "data", {"train": [LEFT_RED, TWO_CARS], "val": [LEFT_RED, TWO_CARS]})


@pytest.fixture
def recipe_of(tiny: str) -> Callable[..., Recipe]:
    """Makes recipes for the small network."""
    return tiny_recipe
