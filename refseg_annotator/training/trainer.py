"""Training by a recipe: seeded, killable, resumable to the same weights.

Everything that chance decides is a function of (seed, step) or (seed, sample number), so that a run resumed from a
checkpoint takes the very steps the killed one would have taken.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn
from torch.utils.data import DataLoader, Subset

from refseg_annotator.errors import TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.nn.checkpoint import Bundle, BundleConfig
from refseg_annotator.nn.image_encoder import FeatureMaps
from refseg_annotator.nn.letterbox import PAD_COLOUR
from refseg_annotator.nn.model import CMSANetwork, parameter_count
from refseg_annotator.nn.registry import ModelConfig, build, check_shape, configuration
from refseg_annotator.nn.text_encoder import ContextualWords
from refseg_annotator.text import Tokenizer, Vocabulary
from refseg_annotator.training.feature_store import FeatureStore
from refseg_annotator.training.losses import referring_loss
from refseg_annotator.training.recipe import Recipe, ValidationConfig
from refseg_annotator.training.run_checkpoint import (
    BEST,
    CHECKPOINT,
    read_checkpoint,
    take_best,
    write_best,
    write_checkpoint,
)
from refseg_annotator.training.run_log import LOG, log_record
from refseg_annotator.training.samples import Batchable, ReferringSamples, collate
from refseg_annotator.training.schedule import share_of_peak
from refseg_annotator.training.start_bundle import bundle_of_recipe, take_over, words_of_bundle
from refseg_annotator.training.vocabulary import KEPT_WORDS, Words, met_beside, words_of_recipe
from refseg_annotator.training.weight_averages import keep_share, update_average

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]


@dataclass(slots=True, eq=False)
class Run:
    """What a run consists of, at some step."""

    recipe: Recipe
    network: CMSANetwork
    average: CMSANetwork
    optimizer: torch.optim.Optimizer
    vocabulary: Vocabulary
    step: int = 0
    best: float = -1.0


def _optimizer(recipe: Recipe, network: CMSANetwork) -> torch.optim.Optimizer:
    encoder = [p for p in network.image_encoder.parameters() if p.requires_grad]
    words = [p for name, p in network.text_encoder.named_parameters() if "correction" in name]
    known = {id(p) for p in encoder} | {id(p) for p in words}
    head = [p for p in network.parameters() if id(p) not in known]
    plain = [p for p in head if p.ndim < 2]
    return torch.optim.AdamW(
        [
            {
                "params": [p for p in head if p.ndim >= 2],
                "peak": recipe.learning_rate,
                "weight_decay": recipe.weight_decay,
            },
            {"params": plain, "peak": recipe.learning_rate, "weight_decay": 0.0},
            {"params": words, "peak": recipe.learning_rate, "weight_decay": recipe.weight_decay},
            {
                "params": encoder,
                "peak": recipe.encoder_learning_rate,
                "weight_decay": recipe.weight_decay,
                "encoder": True,
            },
        ],
        betas=(0.9, 0.98),
    )


def _model_of(recipe: Recipe, words: Words) -> ModelConfig:
    """The recipe's configuration, for its words, on its canvases.

    Raises:
        ModelError: no configuration has that name, or no canvas may be of such a size.
    """
    config = configuration(
        recipe.configuration,
        vocabulary_size=len(words.vocabulary),
        vector_width=0 if words.vectors is None else words.vectors.shape[1],
        trained_words=words.trained,
    )
    config = replace(config, canvases=recipe.canvases or config.canvases)
    check_shape(config)
    return config


def start_run(recipe: Recipe, words: Words, bundle: Bundle | None = None) -> Run:
    """A run at step 0: weights those of `bundle`, else seeded and, unless the recipe says no, pretrained in parts."""
    torch.manual_seed(recipe.seed)
    config = _model_of(recipe, words)
    network, average = build(config), build(config)
    if bundle is not None:
        take_over(network, bundle, words)
    elif recipe.start:
        from refseg_annotator.training.start_weights import start_image_encoder

        start_image_encoder(network.image_encoder)
    if bundle is None and words.vectors is not None and isinstance(network.text_encoder, ContextualWords):
        network.text_encoder.vectors.copy_(torch.from_numpy(words.vectors))
    average.load_state_dict(network.state_dict())
    return Run(recipe, network, average.eval(), _optimizer(recipe, network), words.vocabulary)


def _batches(run: Run, samples: ReferringSamples) -> Iterator[Batchable]:
    """The batches from the run's step on, whatever step it is at."""
    recipe = run.recipe
    rest = Subset(samples, range(run.step * recipe.batch, recipe.steps * recipe.batch))
    loader: DataLoader[Batchable] = DataLoader(
        rest,
        batch_size=recipe.batch,
        shuffle=False,
        drop_last=True,
        num_workers=recipe.workers,
        collate_fn=collate,
        prefetch_factor=4 if recipe.workers else None,
    )
    yield from loader


def train(
    recipe: Recipe,
    data: Path,
    out: Path,
    *,
    progress: Progress | None = None,
    fresh: bool = False,
) -> Path:
    """Trains by `recipe` on data under `data`, resuming what lies in `out`; returns the bundle's folder.

    `out` receives checkpoint.pt, log.jsonl, the words, the plot of the run and the bundle: of the weights that scored
    best on validation (best.safetensors), of the last ones where the run was never measured.

    Raises:
        TrainingError: the recipe, its data or the checkpoint cannot be used.
        FormatError: the data are broken.
    """
    from refseg_annotator.training.bundling import finish_bundle, measure
    from refseg_annotator.training.report_run import has_log, plot_run

    try:
        out.mkdir(parents=True, exist_ok=True)
        if fresh:
            for name in (CHECKPOINT, BEST, LOG, KEPT_WORDS):
                (out / name).unlink(missing_ok=True)
            for left in out.glob("features-*"):
                shutil.rmtree(left)
    except OSError as cause:
        raise TrainingError(
            f"The folder {str(out)!r} cannot be written ({cause.strerror}); give another --out."
        ) from cause
    fabric = _fabric(recipe)
    splits = [(read_refer(data / source.path, source.split), source.weight) for source in recipe.data]
    bundle = bundle_of_recipe(recipe)
    if recipe.start_share and bundle is None:
        raise TrainingError(
            "The recipe keeps a start_share of a bundle, but starts from none; give one by --start-from."
        )
    read = [split for split, _ in splits]
    with fabric.rank_zero_first():  # the first gathers the words, the others find them in `out`
        if bundle is not None:
            words = words_of_bundle(bundle, read, recipe, data, out)
        else:
            words = words_of_recipe(recipe, read, data, out)
    run = start_run(recipe, words, bundle)
    if (out / CHECKPOINT).exists():
        (run.best,) = read_checkpoint(run, out, "best")
    elif fabric.is_global_zero:
        (out / BEST).unlink(missing_ok=True)  # an earlier run's: this one begins anew
    run.average.to(fabric.device)
    met = met_beside(words, read) | set(() if bundle is None else bundle.config.taught)
    config = replace(configuration_of(run, words), taught=tuple(sorted(met)))
    samples = ReferringSamples(
        splits,
        Tokenizer(words.vocabulary, config.max_words),
        recipe.sampling,
        canvases=config.model.canvas_sizes,
        batch=recipe.batch,
        seed=recipe.seed * fabric.world_size + fabric.global_rank,
        length=recipe.steps * recipe.batch,
        fixed=recipe.freeze_encoder_steps * recipe.batch,
        views=recipe.cached_views,
    )
    store = FeatureStore(out, recipe, run.network.image_encoder, rank=fabric.global_rank)
    network, optimizer = fabric.setup(run.network, run.optimizer)
    began, first = time.monotonic(), run.step
    totals: dict[str, float] = {}
    for batch in _batches(run, samples):
        if run.step == recipe.freeze_encoder_steps:
            store.discard()
        losses = _step(fabric, run, network, optimizer, Batchable(*(part.to(fabric.device) for part in batch)), store)
        for name, value in losses.items():
            totals[name] = totals.get(name, 0.0) + value
        run.step += 1
        if progress is not None and fabric.is_global_zero:
            progress(run.step, recipe.steps, f"loss {losses['total']:.3f} IoU {losses['iou']:.3f}")
        if run.step % 50 == 0 and fabric.is_global_zero:
            pace = (time.monotonic() - began) / (run.step - first)
            log_record(
                out,
                {"step": run.step, "seconds_per_step": round(pace, 3)}
                | {k: round(v / 50, 4) for k, v in totals.items()},
            )
            totals = {}
        if fabric.is_global_zero and recipe.validation and _is_measured(run, recipe.validation):
            scores = measure(Bundle(config, run.average, samples.tokenizer), recipe.validation, data)
            log_record(out, {"step": run.step, "validation": scores})
            if scores["mIoU"] > run.best:
                run.best = scores["mIoU"]
                write_best(run.average, out)
        if fabric.is_global_zero and (run.step % recipe.checkpoint_every == 0 or run.step == recipe.steps):
            write_checkpoint(run, out, best=run.best)
    store.discard()
    if fabric.is_global_zero:
        take_best(run.average, out)
        if bundle is not None and recipe.start_share:
            keep_share(run.average, bundle.network.state_dict(), recipe.start_share)
        finish_bundle(Bundle(config, run.average, samples.tokenizer), recipe, data, out, progress=progress)
        if has_log(out):
            plot_run(out)
    return out / "bundle"


def _is_measured(run: Run, validation: ValidationConfig) -> bool:
    """At the recipe's pace, and in the end where there is something to compare the last weights with."""
    return run.step % validation.every == 0 or (run.step == run.recipe.steps and run.best >= 0)


def _fabric(recipe: Recipe) -> Any:
    """One device for this process: the only one, or its share of those that `torchrun` started processes for."""
    from lightning_fabric import Fabric

    processes = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    nodes = int(os.environ.get("WORLD_SIZE", processes)) // processes
    # A frozen encoder has no gradients to wait for.
    strategy = "ddp_find_unused_parameters_true" if processes * nodes > 1 else "auto"
    fabric = Fabric(
        accelerator="auto", devices=processes, num_nodes=nodes, strategy=strategy, precision=recipe.precision
    )
    fabric.launch()
    return fabric


def _step(
    fabric: Any, run: Run, network: nn.Module, optimizer: Any, batch: Batchable, store: FeatureStore
) -> dict[str, float]:
    """One step of the optimiser; the losses as numbers."""
    recipe = run.recipe
    torch.manual_seed(recipe.seed * 1_000_003 + run.step)
    run.network.train()
    frozen = run.step < recipe.freeze_encoder_steps
    share = share_of_peak(recipe, run.step, recipe.schedule)
    for group in optimizer.param_groups:
        group["lr"] = 0.0 if frozen and group.get("encoder") else group["peak"] * share
    for name, parameter in run.network.image_encoder.named_parameters():
        parameter.requires_grad_(not frozen and not name.startswith(recipe.frozen_parts))
    images = batch.image.float()
    seen: torch.Tensor | FeatureMaps = images
    if frozen and recipe.cached_views:
        with fabric.autocast():
            seen = store.maps_of([(photo, number) for photo, number in batch.view.tolist()], images)
    output = network(seen, batch.ids, batch.names)
    losses = referring_loss(output, batch.target, batch.present, recipe.losses, batch.named)
    if not torch.isfinite(losses.total):
        raise TrainingError(f"The loss is no longer a number at step {run.step}; lower the recipe's learning rate.")
    optimizer.zero_grad(set_to_none=True)
    fabric.backward(losses.total)
    norm = fabric.clip_gradients(network, optimizer, max_norm=recipe.clip, error_if_nonfinite=False)
    if bool(torch.isfinite(norm)):
        optimizer.step()
        update_average(run.average, run.network, recipe.ema, run.step)
    else:  # in bfloat16 a rare batch overflows; its step is left out
        logger.info("step %d had gradients that are no numbers and was left out", run.step)
    return {name: float(value.detach()) for name, value in losses._asdict().items()}


def configuration_of(run: Run, words: Words) -> BundleConfig:
    """The bundle's record before anything was measured."""
    recipe = run.recipe
    model = _model_of(recipe, words)
    return BundleConfig(
        name=recipe.name,
        version=recipe.version,
        licence=recipe.licence,
        summary=recipe.summary,
        model=model,
        preprocessing={
            "canvases": [list(size.shape[::-1]) for size in model.canvas_sizes],
            "fit": "letterbox, centred, on the canvas that shows the picture largest",
            "pad_colour": list(PAD_COLOUR),
            "colour": "RGB 0..255",
        },
        threshold=0.5,
        presence_threshold=0.5,
        max_words=model.max_words,
        parameters=parameter_count(run.network),
        steps=recipe.inference,
        training={"recipe": msgspec.to_builtins(recipe), "commit": _commit()},
    )


def _commit() -> str:
    try:
        run = subprocess.run(  # noqa: S603
            ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"],  # noqa: S607
            capture_output=True, text=True, check=True, timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip()


__all__ = ["Run", "start_run", "train"]
