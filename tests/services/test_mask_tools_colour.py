"""The magic wand against plain comparisons of colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.color import rgb2lab
from skimage.measure import label

from refseg_annotator.services import mask_tools_colour
from refseg_annotator.services.mask_tools_colour import lab_of, likeness


def blotches(seed: int, side: int = 24) -> np.ndarray:
    """A picture of few colours in patches."""
    generator = np.random.default_rng(seed)
    colours = generator.integers(0, 256, (5, 3))
    return np.kron(colours[generator.integers(0, 5, (side // 4, side // 4))], np.ones((4, 4, 1))).astype(np.uint8)


def test_lab_is_that_of_scikit_image() -> None:
    image = np.random.default_rng(1).integers(0, 256, (20, 20, 3)).astype(np.uint8)
    assert np.abs(lab_of(image) - rgb2lab(image)).max() < 0.6


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 23), st.integers(0, 23), st.integers(0, 100), st.booleans())
def test_the_wand_takes_what_is_near_in_colour(seed: int, x: int, y: int, tolerance: int, contiguous: bool) -> None:
    image = blotches(seed)
    lab = lab_of(image).astype(np.float64)
    distance = np.sqrt(((lab - lab[y, x]) ** 2).sum(axis=2))
    close = distance <= tolerance + 1e-3
    unclear = np.abs(distance - tolerance) < 0.51  # levels are halves of a unit, rounded up
    taken = likeness(image, x, y).within(tolerance, contiguous=contiguous).to_array()
    assert taken[y, x]
    if contiguous:
        labels = label(taken, connectivity=1)
        assert labels.max() == 1
        assert not (taken & ~close & ~unclear).any()
        if not unclear.any():
            labels = label(close, connectivity=1)
            assert (taken == (labels == labels[y, x])).all()
    else:
        assert (taken == close)[~unclear].all()


def test_more_tolerance_takes_more() -> None:
    alike = likeness(blotches(3), 5, 5)
    masks = [alike.within(tolerance, contiguous=True) for tolerance in (0, 5, 20, 60, 100)]
    for smaller, larger in itertools.pairwise(masks):
        assert smaller.difference(larger).is_empty


def test_a_sample_is_the_mean_of_its_square_within_the_picture() -> None:
    image = np.zeros((9, 9, 3), np.uint8)
    image[:, 5:] = 255
    assert likeness(image, 0, 0, sample=11).levels.min() > 0
    assert likeness(image, 0, 0, sample=3).levels[0, 0] == 0


def test_large_pictures_are_compared_strip_by_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    image = blotches(7, 48)
    whole = likeness(image, 10, 30).levels
    monkeypatch.setattr(mask_tools_colour, "_STRIP", 100)
    assert (likeness(image, 10, 30).levels == whole).all()


def test_the_corner_of_a_picture_of_one_pixel() -> None:
    alike = likeness(np.full((1, 1, 3), 7, np.uint8), 0, 0, sample=5)
    assert alike.within(0, contiguous=True).area == alike.within(0, contiguous=False).area == 1
