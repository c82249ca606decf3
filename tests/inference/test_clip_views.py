"""Views of a settled frame: the mask goes where the image goes, and the referent stays in view."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.inference.clip_views import views_of


def frame(width: int, height: int, x: int, y: int) -> tuple[np.ndarray, np.ndarray]:
    image = np.full((height, width, 3), 40, np.uint8)
    mask = np.zeros((height, width), bool)
    mask[y : y + 12, x : x + 16] = True
    image[mask] = (200, 60, 60)
    return image, mask


@given(st.integers(0, 60), st.integers(0, 40), st.integers(0, 1000))
@settings(max_examples=40)
def test_the_mask_lies_on_its_referent(x: int, y: int, seed: int) -> None:
    image, mask = frame(90, 60, x, y)
    for seen, coverage in views_of(image, mask, 3, np.random.default_rng(seed)):
        assert seen.shape == image.shape
        assert seen.dtype == np.uint8
        assert coverage.shape == mask.shape
        assert 0 <= coverage.min() <= coverage.max() <= 1
        inside = coverage > 0.99
        assert inside.any()
        # Red stays red under any light; beyond the border the image is mirrored, so that red may lie outside too.
        red = seen[inside].astype(int)
        assert (red[:, 0] - red[:, 1] > 60).all()


def test_chance_is_the_callers() -> None:
    image, mask = frame(90, 60, 20, 20)
    first, second, other = (views_of(image, mask, 2, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(a[0], b[0]) for a, b in zip(first, second, strict=True))
    assert not np.array_equal(first[0][0], other[0][0])
