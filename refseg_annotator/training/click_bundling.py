"""From a recipe and a bundle to a bundle that takes clicks: the whole run, resumable, with its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import torch

from refseg_annotator.bundle_files import CLICKS_FILE
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.torch_predictor import load_predictor
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.nn.click_bundle import ClickRecord, encoder_fingerprint, place_clicks, save_clicks
from refseg_annotator.nn.click_network import ClickConfig
from refseg_annotator.nn.image_encoder import ImageEncoder
from refseg_annotator.nn.model import parameter_count
from refseg_annotator.training.click_evaluator import evaluate_clicks
from refseg_annotator.training.click_recipe import ClickRecipe
from refseg_annotator.training.click_samples import ClickSamples
from refseg_annotator.training.click_trainer import train_clicks
from refseg_annotator.training.run_checkpoint import CHECKPOINT
from refseg_annotator.training.run_log import LOG

Progress = Callable[[int, int, str], None]


def train_clicks_into_bundle(
    recipe: ClickRecipe,
    bundle: Path,
    data: Path,
    out: Path,
    *,
    progress: Progress | None = None,
    fresh: bool = False,
) -> Path:
    """Trains the click part for a bundle, or goes on where a stopped run was, puts it there and measures it.

    Returns:
        The file in the bundle; the same lies in `out`.

    Raises:
        TrainingError: the recipe, its data or the checkpoint cannot be used.
        FormatError: the data are broken.
        BundleError: the bundle cannot be used or written.
    """
    loaded = load_bundle(bundle)
    device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
    encoder = loaded.network.image_encoder.eval()
    fingerprint = encoder_fingerprint(encoder)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if fresh:
            for path in (out / CHECKPOINT, out / LOG):
                path.unlink(missing_ok=True)
    except OSError as cause:
        raise TrainingError(
            f"The folder {str(out)!r} cannot be written ({cause.strerror}); give another --out."
        ) from cause
    splits = [(read_refer(data / one.path, one.split), one.weight) for one in recipe.data]
    samples = ClickSamples(splits, recipe, loaded.config.model.canvas_sizes)
    shape: ImageEncoder = encoder  # type: ignore[assignment]
    config = ClickConfig((shape.detail_widths[0], *shape.level_widths[1:]), recipe.width)
    encoder.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    network = train_clicks(recipe, encoder, samples, out, config=config, progress=progress)
    encoder.to("cpu")
    told = ", ".join(f"{one.path}:{one.split}" for one in recipe.data)
    record = ClickRecord(
        fingerprint,
        parameter_count(network),
        config,
        training={
            "data": told,
            "run": f"{number_of(recipe.steps, 'steps')} of {number_of(recipe.batch, 'photos')} with "
            f"{number_of(recipe.things, 'things')} each",
            "notes": list(recipe.notes),
            "recipe": msgspec.to_builtins(recipe),
        },
    )
    file = out / CLICKS_FILE
    save_clicks(file, network, record)
    place_clicks(bundle, file, loaded)
    held_out = recipe.validation
    found = read_refer(data / held_out.path, held_out.split)
    scores = evaluate_clicks(load_predictor(bundle), found, limit=recipe.limit, progress=progress)
    save_clicks(file, network, replace(record, scores=scores.to_json()))
    return place_clicks(bundle, file, loaded)
