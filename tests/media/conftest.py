"""Pictures with known pixels."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.fixture
def quarters() -> NDArray[np.uint8]:
    """A picture 48 x 32 with another colour in each quarter: (32, 48, 3), so that every turn of it looks different."""
    pixels = np.zeros((32, 48, 3), np.uint8)
    pixels[:16, :24] = 255, 0, 0
    pixels[:16, 24:] = 0, 255, 0
    pixels[16:, :24] = 0, 0, 255
    pixels[16:, 24:] = 255, 255, 0
    return pixels
