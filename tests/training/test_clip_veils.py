"""Smoke about a thing: it grows, lies where the thing is, and hides the thing only where it is meant to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from refseg_annotator.training.clip_veils import Veil

IMAGE = np.full((80, 120, 3), (30, 60, 40), np.uint8)
MASK = np.zeros((80, 120), bool)
MASK[30:50, 45:75] = True


def changed(image: np.ndarray) -> np.ndarray:
    return (image != IMAGE).any(-1)


@pytest.mark.parametrize("seed", range(8))
def test_it_grows_from_frame_to_frame(seed):
    veil = Veil.drawn(np.random.default_rng(seed), 5)
    covered = [int(changed(veil.on(IMAGE, MASK, frame)).sum()) for frame in range(5)]
    assert covered == sorted(covered)
    assert covered[-1] > 50
    assert covered[0] == 0, "the frame that is given shows none"


@pytest.mark.parametrize("seed", range(8))
def test_what_lies_behind_the_thing_leaves_it_as_it_is(seed):
    veil = replace(Veil.drawn(np.random.default_rng(seed), 3), before=False)
    inner = np.zeros_like(MASK)
    inner[34:46, 49:71] = True  # off the outline, which is soft
    assert not changed(veil.on(IMAGE, MASK, 2))[inner].any()


def test_what_hides_the_thing_changes_it():
    veil = replace(Veil.drawn(np.random.default_rng(3), 3), before=True, offsets=np.zeros((1, 2), np.float32))
    veil = replace(veil, radii=np.array([0.5], np.float32))
    assert changed(veil.on(IMAGE, MASK, 2))[MASK].mean() > 0.9


def test_it_goes_with_the_thing_and_needs_one():
    veil = replace(Veil.drawn(np.random.default_rng(1), 3), before=True)
    there = changed(veil.on(IMAGE, MASK, 2))
    moved = changed(veil.on(IMAGE, np.roll(MASK, -30, axis=1), 2))
    assert np.nonzero(moved)[1].mean() < np.nonzero(there)[1].mean() - 15
    assert veil.on(IMAGE, np.zeros_like(MASK), 2) is IMAGE
