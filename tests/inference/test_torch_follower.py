"""Clips are followed by a bundle that can, else by optical flow, and whoever asks is told which."""

from __future__ import annotations

from pathlib import Path

import pytest

from refseg_annotator.bundle_files import CROSS_FRAME_FILE
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import find_bundle
from refseg_annotator.inference.flow_predictor import FlowWarp
from refseg_annotator.inference.torch_follower import load_follower
from tests.nn.clip_bundles import write_bundle


def test_without_a_bundle_that_can_flow_does_it(tmp_path: Path) -> None:
    write_bundle(tmp_path / "phrases")
    for preferred in (None, find_bundle("phrases", [tmp_path])):
        follower, bundle = load_follower(preferred, "cpu", [tmp_path])
        assert isinstance(follower, FlowWarp)
        assert bundle is None


def test_a_bundle_that_can_is_loaded_and_its_damage_told_of(tmp_path: Path) -> None:
    (write_bundle(tmp_path / "follower") / CROSS_FRAME_FILE).write_bytes(b"\0")
    with pytest.raises(BundleError, match="follower"):
        load_follower(None, "cpu", [tmp_path])
