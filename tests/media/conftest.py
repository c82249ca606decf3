"""Pictures and clips with known pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.media.clips import RECIPES, make_clip


@pytest.fixture
def quarters() -> NDArray[np.uint8]:
    """A picture 48 x 32 with another colour in each quarter: (32, 48, 3), so that every turn of it looks different."""
    pixels = np.zeros((32, 48, 3), np.uint8)
    pixels[:16, :24] = 255, 0, 0
    pixels[:16, 24:] = 0, 255, 0
    pixels[16:, :24] = 0, 0, 255
    pixels[16:, 24:] = 255, 255, 0
    return pixels


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the clip of a recipe by its name, made once a session; skips where the library has no such encoder."""
    folder = tmp_path_factory.mktemp("clips")
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            recipe = RECIPES[name]
            try:
                av.Codec(recipe.codec, "w")
            except ValueError:
                pytest.skip(f"this build of PyAV cannot encode {recipe.codec}")
            made[name] = make_clip(folder / f"{len(made)}.{recipe.suffix}", recipe)
        return made[name]

    return make
