"""Small data to train the following of masks with: a clip of moving squares and photos with squares."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

from refseg_annotator.formats.label_png import write_labels
from refseg_annotator.training.clip_recipe import ClipRecipe, ClipSource, PhotoSource
from tests.inference.clips import A, SquaresClip
from tests.training.made_photos import LEFT_RED, TWO_CARS, write_tree

FRAMES = 6


def write_clip_data(folder: Path) -> Path:
    """`refvideos/` with one clip and `refphotos/` with two photos."""
    clip = SquaresClip(FRAMES)
    frames = folder / "refvideos" / "train" / "JPEGImages" / "go"
    frames.mkdir(parents=True)
    for frame in range(FRAMES):
        labels = np.zeros(clip.size.shape, np.uint8)
        mask = clip.mask(A, frame)
        labels[mask.box.slices][mask.pixels] = 1
        write_labels(folder / "refvideos" / "train" / "Annotations" / "go" / f"{frame:05d}.png", labels)
        assert cv2.imwrite(str(frames / f"{frame:05d}.png"), clip.read(frame)[..., ::-1])
    meta = folder / "refvideos" / "meta_expressions" / "train" / "meta_expressions.json"
    meta.parent.mkdir(parents=True)
    videos = {
        "go": {
            "expressions": {"0": {"exp": "the red square", "obj_id": "1"}},
            "frames": [f"{frame:05d}" for frame in range(FRAMES)],
        }
    }
    meta.write_text(json.dumps({"videos": videos}))
    write_tree(folder / "refphotos", {"train": [LEFT_RED, TWO_CARS]})
    return folder


def small_clip_recipe(**more: object) -> ClipRecipe:
    """Two steps on windows of 56 pixels."""
    settled = {
        "kind": "cross-frame",
        "name": "small",
        "clips": ClipSource("refvideos", cuts=1, frames=3, whole=2, width=112, height=56),
        "photos": PhotoSource("refphotos", sequences=2, frames=3, side=56),
        "steps": 4,
        "batch": 2,
        "photo_batch": 3,
        "window": 1,
        "whole_frames": True,
        "sharper": 0.8,
        "frames": 1,
        "followed": 1,
        "occluded": 0.5,
        "spoiled": 0.5,
        "blurred": 0.1,
        "warmup": 1,
        "checkpoint_every": 2,
    }
    return ClipRecipe(**(settled | more))  # type: ignore[arg-type]
