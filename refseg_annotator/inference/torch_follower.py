"""What takes masks from frame to frame for whoever asks: a bundle that can, else optical flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.inference.bundles import bundle_for_clips

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from refseg_annotator.inference.bundles import BundleInfo
    from refseg_annotator.inference.torch_predictor import DeviceChoice
    from refseg_annotator.inference.video_predictor import VideoPredictor


def load_follower(
    preferred: BundleInfo | None,
    device: DeviceChoice,
    folders: Sequence[Path] | None = None,
    *,
    study: bool | None = None,
    every_frame: bool = False,
) -> tuple[VideoPredictor, BundleInfo | None]:
    """What takes masks from frame to frame: `preferred` where it can, else the first bundle that can, else flow.

    Returns it with the bundle that it is of; None stands for optical flow, which loses what is hidden for a while.

    Args:
        study: whether referents are studied before they are followed; None = as the bundle says.
        every_frame: whether each frame is read, also one that flow could fill.

    Raises:
        BundleError: the bundle cannot be used.
        DeviceError: the device cannot be used.
    """
    bundle = bundle_for_clips(preferred, folders)
    if bundle is None:
        from refseg_annotator.inference.flow_predictor import FlowWarp

        return FlowWarp(), None
    # Seconds of import: torch comes in only where a bundle is loaded.
    from refseg_annotator.inference.torch_video_predictor import load_video_predictor

    return load_video_predictor(bundle.path, device, study=study, every_frame=every_frame), bundle
