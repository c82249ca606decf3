"""From a recipe and a bundle to a bundle that follows clips: the whole run, resumable, with its record."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec
import torch

from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.nn.clip_bundle import (
    CROSS_FRAME_FILE,
    CrossFrameRecord,
    load_cross_frame,
    place_cross_frame,
    save_cross_frame,
)
from refseg_annotator.nn.clip_features import EarlyEncoder
from refseg_annotator.nn.clip_network import ClipConfig, ClipNetwork
from refseg_annotator.nn.model import parameter_count
from refseg_annotator.training.clip_recipe import ClipRecipe
from refseg_annotator.training.clip_store import FOLDER
from refseg_annotator.training.clip_trainer import train_clips
from refseg_annotator.training.run_checkpoint import CHECKPOINT
from refseg_annotator.training.run_log import LOG

CLIP_CONFIG: Final = ClipConfig(likeness=True)
START: Final = "start.safetensors"
_REGIONS: Final = (1.5, 1.0, 0.0)
_RECOVERS: Final = 10.0

Progress = Callable[[int, int, str], None]


def train_into_bundle(
    recipe: ClipRecipe,
    bundle: Path,
    data: Path,
    out: Path,
    *,
    progress: Progress | None = None,
    fresh: bool = False,
) -> Path:
    """Trains the cross-frame part for a bundle, or goes on where a stopped run was, and puts it into the bundle.

    Returns:
        The file in the bundle; the same lies in `out`.

    Raises:
        TrainingError: the recipe, its data or the checkpoint cannot be used.
        BundleError: the bundle cannot be used or written.
        ModelError: its image encoder gives no features to follow masks by.
    """
    loaded = load_bundle(bundle)
    device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
    encoder = EarlyEncoder(loaded.network.image_encoder).eval()
    try:
        out.mkdir(parents=True, exist_ok=True)
        if fresh:
            for path in (out / CHECKPOINT, out / LOG, out / START, *(out / FOLDER).glob("*.safetensors")):
                path.unlink(missing_ok=True)
        begin = out / START
        if recipe.start == "bundle" and not (out / CHECKPOINT).exists() and (bundle / CROSS_FRAME_FILE).exists():
            # The bundle's own is overwritten in the end: a run that goes on, or is asked again, starts where it began.
            shutil.copyfile(bundle / CROSS_FRAME_FILE, begin.with_suffix(".part"))
            begin.with_suffix(".part").replace(begin)
    except OSError as cause:
        raise TrainingError(
            f"The folder {str(out)!r} cannot be written ({cause.strerror}); give another --out."
        ) from cause
    fingerprint = encoder.fingerprint()
    start, config = None, CLIP_CONFIG
    if recipe.start == "bundle":
        part = begin if begin.exists() else bundle / CROSS_FRAME_FILE
        start = load_cross_frame(part, loaded.network.image_encoder).network
        config = replace(start.config, likeness=True)  # it goes on as it is used, what regions say included
    network = train_clips(recipe, encoder.to(device), data, out, progress=progress, config=config, start=start)
    with torch.no_grad():
        network.attention.log_temperature.add_(math.log(recipe.sharper))
    save_cross_frame(out / CROSS_FRAME_FILE, network, record_of(recipe, network, fingerprint))
    encoder.to("cpu")
    return place_cross_frame(bundle, out / CROSS_FRAME_FILE, loaded)


def record_of(recipe: ClipRecipe, network: ClipNetwork, fingerprint: str) -> CrossFrameRecord:
    """What the file says of itself before anything was measured."""
    data = (
        f"{recipe.clips.path}/{recipe.clips.split} ({number_of(recipe.clips.cuts, 'cuts')} of "
        f"{number_of(recipe.clips.frames, 'frames')} a clip), "
        f"{recipe.photos.path}/{recipe.photos.split} ({number_of(recipe.photos.sequences, 'sequences')} made of photos)"
    )
    return CrossFrameRecord(
        encoder=fingerprint,
        parameters=parameter_count(network),
        # Training from scratch does without: what likeness says of whole regions would leave the decoder little to
        # learn there.
        config=replace(network.config, regions=_REGIONS, recovers=_RECOVERS)
        if network.config.likeness
        else network.config,
        training={"data": data, "notes": list(recipe.notes), "recipe": msgspec.to_builtins(recipe)},
    )
