"""Sequences to train with: the same seed makes the same ones, and masks lie where the objects are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.geometry import Size
from refseg_annotator.training.clip_sequences import CutOut, cut_of_clip, made_of_photos, moved_photo
from refseg_annotator.training.video_evaluator import scored_clips
from tests.training.clip_data import write_clip_data

SIZE = Size(width=96, height=72)
RED = np.array([220, 40, 40])


def cut_out(colour=(220, 40, 40)) -> CutOut:
    image = np.full((60, 80, 3), 200, np.uint8)
    mask = np.zeros((60, 80), bool)
    mask[15:45, 20:60] = True
    image[mask] = colour
    return CutOut(image, mask)


def is_red(frame: np.ndarray) -> np.ndarray:
    """Redder than grey, under any light."""
    pixels = frame.astype(int)
    return pixels[..., 0] - pixels[..., 1:].max(-1) > 25


def agreement(frame: np.ndarray, mask: np.ndarray) -> float:
    red = is_red(frame)
    return (red & mask).sum() / max((red | mask).sum(), 1)


@pytest.mark.parametrize("seed", range(6))
def test_the_mask_of_a_moved_photo_lies_on_its_object(seed):
    made = moved_photo([cut_out()], SIZE, 4, np.random.default_rng(seed))
    assert made.frames.shape == (4, 72, 96, 3)
    assert made.masks.shape == (4, 1, 72, 96)
    for frame, masks in zip(made.frames, made.masks, strict=True):
        assert agreement(frame, masks[0]) > 0.85


@pytest.mark.parametrize("seed", range(6))
def test_of_several_objects_the_later_hide_the_earlier(seed):
    ground = np.full((50, 70, 3), 120, np.uint8)
    objects = [cut_out(), cut_out((40, 70, 220)), cut_out((40, 180, 60))]
    made = made_of_photos(objects, ground, SIZE, 4, np.random.default_rng(seed))
    assert made.masks.shape == (4, 2, 72, 96), "the third only hides"
    assert not (made.masks[:, 0] & made.masks[:, 1]).any()


def test_an_object_may_leave_and_return():
    ground = np.full((50, 70, 3), 120, np.uint8)
    areas = [
        made_of_photos([cut_out()], ground, SIZE, 4, np.random.default_rng(seed)).masks[:, 0].sum((1, 2))
        for seed in range(40)
    ]
    gone = [area for area in areas if area[1] == area[2] == 0 and area[0] > 0]
    assert gone
    assert any(area[3] > 0 for area in gone)


def test_cuts_of_clips_keep_masks_on_their_objects(tmp_path: Path):
    clips = scored_clips(write_clip_data(tmp_path) / "refvideos", "train")
    _, clip = next(clips)  # it is closed when the next is asked for
    for seed in range(6):
        made = cut_of_clip(clip, Size(width=96, height=48), 3, np.random.default_rng(seed))
        assert made.frames.shape == (3, 48, 96, 3)
        for frame, masks in zip(made.frames, made.masks, strict=True):
            if masks[0].sum() > 200:
                assert agreement(frame, masks[0]) > 0.7
    clips.close()


def test_a_seed_decides(tmp_path: Path):
    one, other, third = (moved_photo([cut_out()], SIZE, 3, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one.frames, other.frames)
    assert np.array_equal(one.masks, other.masks)
    assert not np.array_equal(one.frames, third.frames)
