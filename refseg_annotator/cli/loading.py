"""From the name that was typed to a loaded model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.cli.choices import Device

if TYPE_CHECKING:
    from refseg_annotator.inference.predictor import Predictor


def load_named_predictor(name: str | None, device: Device | None) -> Predictor:
    """Load the model of a bundle's name or folder; what is not named is as the settings say.

    Where the model really runs stands in its `info.device`.
    """
    from refseg_annotator.inference.bundles import find_bundle
    from refseg_annotator.settings import load_settings

    settings = load_settings().settings
    # A wrong name is answered before torch is waited for.
    bundle = find_bundle(settings.model if name is None else name)
    from refseg_annotator.inference.torch_predictor import load_predictor

    chosen = Device(settings.device) if device is None else device
    return load_predictor(bundle.path, chosen.value)
