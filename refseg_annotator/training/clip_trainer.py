"""Trains what follows masks through clips, on top of a bundle's frozen encoder: seeded, killable, resumable."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.clip_features import EarlyEncoder, FrameFeatures
from refseg_annotator.nn.clip_likeness import Likeness
from refseg_annotator.nn.clip_network import ClipConfig, ClipNetwork
from refseg_annotator.nn.cross_frame_self_attention import FrameKind
from refseg_annotator.nn.image_encoder import HybridViTEncoder
from refseg_annotator.training.clip_recipe import ClipRecipe
from refseg_annotator.training.clip_samples import ClipBatch, ClipSamples
from refseg_annotator.training.clip_store import FOLDER, store_clips, store_photos, store_whole_clips
from refseg_annotator.training.run_checkpoint import CHECKPOINT, read_checkpoint, write_checkpoint
from refseg_annotator.training.run_log import log_record
from refseg_annotator.training.schedule import share_of_peak
from refseg_annotator.training.weight_averages import keep_share, update_average

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]

_REMEMBERED: Final = 5  # frames: the settled one, three, the latest


class ClipLosses(NamedTuple):
    """Losses of a batch, each a number; `iou` is of the followed frames that show the object."""

    total: Tensor
    mask: Tensor
    coarse: Tensor
    state: Tensor
    iou: Tensor


@dataclass(slots=True, eq=False)
class ClipRun:
    """A run at some step."""

    recipe: ClipRecipe
    network: ClipNetwork
    average: ClipNetwork
    optimizer: torch.optim.Optimizer
    step: int = 0


def start_clip_run(recipe: ClipRecipe, config: ClipConfig, device: torch.device | None = None) -> ClipRun:
    """A run at step 0, its weights seeded; `CrossFrameSelfAttention.start_from` then gives it something to compare."""
    torch.manual_seed(recipe.seed)
    # Channels last, as are the batches: a step takes four fifths of the time so.
    network = ClipNetwork(config).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = ClipNetwork(config).to(device)
    average.load_state_dict(network.state_dict())
    projection = list(network.attention.project.parameters())
    known = {id(parameter) for parameter in projection}
    rest = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [
        {"params": projection, "peak": recipe.attention_learning_rate, "weight_decay": 0.0},
        {"params": [p for p in rest if p.ndim > 1], "peak": recipe.learning_rate, "weight_decay": recipe.weight_decay},
        {"params": [p for p in rest if p.ndim < 2], "peak": recipe.learning_rate, "weight_decay": 0.0},
    ]
    return ClipRun(recipe, network, average.eval(), torch.optim.AdamW(groups, betas=(0.9, 0.98)))


def follow(
    network: ClipNetwork, batch: ClipBatch, *, longest: int, graded: int, spoiled: float, rng: np.random.Generator
) -> ClipLosses:
    """Follows the first frame's masks through the others, as the predictor would, and says how well that went.

    What is remembered is the network's own answer, faults included. The frames before the last `graded` ones are
    followed without learning, which takes a third of the time.

    Args:
        spoiled: share of the remembered masks that are spoiled on top.
    """
    first = network.prepare(batch.features[0])
    previous = F.interpolate(batch.masks[0], size=tuple(batch.features[0].four.shape[2:]), mode="area")
    memory = [(FrameKind.SETTLED, first.keys, network.values(first, batch.masks[0]))]
    likeness = Likeness()
    likeness.settle(first.like, batch.masks[0])
    parts: list[ClipLosses] = []
    for number in range(1, len(batch.features)):
        learns = number >= len(batch.features) - graded
        with torch.set_grad_enabled(learns and torch.is_grad_enabled()):
            frame = network.prepare(batch.features[number])
            kinds = [kind for kind, _, _ in memory]
            kinds[-1] = FrameKind.LATEST
            values = [value for _, _, value in memory]
            attention = network.attend(frame, [keys for _, keys, _ in memory], kinds, longest=longest)
            found = network.decode(frame, attention, values, previous, likeness.maps(frame.like))
            if learns:
                parts.append(_losses(found, batch.masks[number]))
            previous = found.mask.detach().float().sigmoid()
            present = (found.presence.detach() > 0).float()[:, None, None, None]
            previous = spoilt(previous * present, spoiled, rng)
            likeness.follow(frame.like, previous)
            memory.append((FrameKind.EARLIER, frame.keys, network.values(frame, previous)))
            # The settled one, a few of the others, the latest: as much as the predictor keeps.
            if len(memory) > _REMEMBERED:
                del memory[int(rng.integers(1, len(memory) - 1))]
    return ClipLosses(*(torch.stack(part).nanmean() for part in zip(*parts, strict=True)))


def spoilt(masks: Tensor, share: float, rng: np.random.Generator) -> Tensor:
    """Masks (b, 1, h, w) of which some are as those of a network gone astray."""
    if not share:
        return masks
    found = masks.clone()
    height, width = (int(side) for side in masks.shape[2:])
    for mask in found:
        if rng.random() >= share:
            continue
        way = int(rng.integers(4))
        rows, columns = torch.nonzero(mask[0] > 0.5, as_tuple=True)
        if way == 0 or not len(rows):
            mask.zero_()
            continue
        one = int(rng.integers(len(rows)))
        tall, wide = (max(2, int((part.max() - part.min() + 1) * rng.uniform(0.3, 0.9))) for part in (rows, columns))
        top, left = max(0, int(rows[one]) - tall // 2), max(0, int(columns[one]) - wide // 2)
        if way == 1:  # a piece is missing
            mask[:, top : top + tall, left : left + wide] = 0
        elif way == 2:  # a piece too many, somewhere near
            top = max(0, min(height - tall, top + int(rng.integers(-2 * tall, 2 * tall + 1))))
            left = max(0, min(width - wide, left + int(rng.integers(-2 * wide, 2 * wide + 1))))
            mask[:, top : top + tall, left : left + wide] = 1
        else:
            mask.copy_(mask.roll((int(rng.integers(-tall, tall + 1)), int(rng.integers(-wide, wide + 1))), (1, 2)))
    return found


def _losses(found: Any, truth: Tensor) -> ClipLosses:
    target = F.interpolate(truth, size=tuple(found.mask.shape[2:]), mode="area")
    coarse_target = F.interpolate(truth, size=tuple(found.coarse.shape[2:]), mode="area")
    mask = _mask_loss(found.mask, target)
    coarse = _mask_loss(found.coarse, coarse_target)
    present = (target.amax((1, 2, 3)) > 0.5).float()
    with torch.no_grad():
        likely, wanted = found.mask > 0, target > 0.5
        inter, union = (likely & wanted).sum((1, 2, 3)), (likely | wanted).sum((1, 2, 3))
        iou = torch.where(union > 0, inter / union.clamp_min(1), torch.ones_like(present))
        shown = torch.where(present > 0, iou, torch.full_like(iou, torch.nan)).nanmean()
    state = F.binary_cross_entropy_with_logits(found.presence, present)
    state = state + F.binary_cross_entropy_with_logits(found.quality, iou)
    return ClipLosses(mask + 0.4 * coarse + 0.1 * state, mask, coarse, state, shown)


def _mask_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy, half of it over the hardest eighth, and Dice."""
    each = F.binary_cross_entropy_with_logits(logits, target, reduction="none").flatten(1)
    hard = each.topk(each.shape[1] // 8, dim=1).values.mean()
    likely = logits.sigmoid()
    dice = 1 - (2 * (likely * target).sum((1, 2, 3)) + 1) / (likely.sum((1, 2, 3)) + target.sum((1, 2, 3)) + 1)
    # Dice says little of an object that is not there: the least speck costs all.
    shown = (target.amax((1, 2, 3)) > 0.5).float()
    return 2 * each.mean() + 0.5 * hard + (dice * shown).mean()


def take_step(run: ClipRun, batch: ClipBatch) -> ClipLosses:
    """One step of the optimiser.

    Raises:
        TrainingError: the loss is no number any more.
    """
    recipe = run.recipe
    share = share_of_peak(recipe, run.step)
    for group in run.optimizer.param_groups:
        group["lr"] = group["peak"] * share
    device = next(run.network.parameters()).device
    run.network.train()
    with torch.autocast(device.type, torch.bfloat16):
        losses = follow(
            run.network,
            _moved(batch, device),
            longest=recipe.clips.width // HybridViTEncoder.patch,
            graded=recipe.frames,
            spoiled=recipe.spoiled,
            rng=np.random.default_rng([recipe.seed, 5, run.step]),
        )
    if not torch.isfinite(losses.total):
        raise TrainingError(f"The loss is no longer a number at step {run.step}; lower the recipe's learning rate.")
    run.optimizer.zero_grad(set_to_none=True)
    losses.total.backward()
    nn.utils.clip_grad_norm_(run.network.parameters(), recipe.clip)
    run.optimizer.step()
    update_average(run.average, run.network, recipe.ema, run.step)
    run.step += 1
    return ClipLosses(*(part.detach() for part in losses))


def _moved(batch: ClipBatch, device: torch.device) -> ClipBatch:
    features = tuple(FrameFeatures(*(part.to(device) for part in frame)) for frame in batch.features)
    return ClipBatch(features, batch.masks.to(device))


def train_clips(
    recipe: ClipRecipe,
    encoder: EarlyEncoder,
    data: Path,
    out: Path,
    *,
    progress: Progress | None = None,
    config: ClipConfig,
    start: ClipNetwork | None = None,
) -> ClipNetwork:
    """Trains by `recipe`, resuming what lies in `out`; returns the averaged network.

    Args:
        start: weights to go on from; None starts from principal components of the features.

    `out` receives features/, checkpoint.pt and log.jsonl.

    Raises:
        TrainingError: the data or the checkpoint cannot be used.
        FormatError: the data are broken.
    """
    tell = progress if progress is not None else (lambda _done, _total, _note: None)
    device = next(encoder.parameters()).device
    run = start_clip_run(recipe, config, device)
    if (out / CHECKPOINT).exists():
        read_checkpoint(run, out)
        if run.step >= recipe.steps:
            return _outcome(run, start)
    out.mkdir(parents=True, exist_ok=True)
    store_all(recipe, encoder, data, out, tell)
    samples = ClipSamples(out / FOLDER, recipe)
    if run.step == 0:
        if start is None:
            run.network.attention.start_from(samples.some_tokens(16_384).to(device))
        else:
            run.network.take_over(start.state_dict())
        run.average.load_state_dict(run.network.state_dict())
    began, first, totals = time.monotonic(), run.step, [0.0] * len(ClipLosses._fields)
    while run.step < recipe.steps:
        losses = take_step(run, samples.batch(run.step))
        totals = [total + float(part) for total, part in zip(totals, losses, strict=True)]
        tell(run.step, recipe.steps, f"loss {float(losses.total):.3f} IoU {float(losses.iou):.3f}")
        if run.step % 50 == 0:
            record = {name: round(total / 50, 4) for name, total in zip(ClipLosses._fields, totals, strict=True)}
            pace = (time.monotonic() - began) / (run.step - first)
            log_record(out, {"step": run.step, "seconds_per_step": round(pace, 3)} | record)
            totals = [0.0] * len(totals)
        if run.step % recipe.checkpoint_every == 0 or run.step == recipe.steps:
            write_checkpoint(run, out)
    return _outcome(run, start)


def _outcome(run: ClipRun, start: ClipNetwork | None) -> ClipNetwork:
    """The averaged network; of what it started from, the recipe's share is kept."""
    if start is not None and run.recipe.start_share:
        keep_share(run.average, start.state_dict(), run.recipe.start_share)
    return run.average


def store_all(recipe: ClipRecipe, encoder: EarlyEncoder, data: Path, out: Path, progress: Progress) -> None:
    """The features of all sequences of a recipe, those that are not stored yet."""
    clips, photos = recipe.clips, recipe.photos
    size = Size(width=clips.width, height=clips.height)
    folder = out / FOLDER
    store_clips(
        folder, encoder, data / clips.path, clips.split,
        cuts=clips.cuts, frames=clips.frames, size=size, seed=recipe.seed, progress=progress,
    )  # fmt: skip
    store_photos(
        folder, encoder, data / photos.path, photos.split,
        sequences=photos.sequences, frames=photos.frames, side=photos.side, seed=recipe.seed, progress=progress,
    )  # fmt: skip
    if clips.whole:
        store_whole_clips(
            folder, encoder, data / clips.path, clips.split,
            every=clips.whole, longest=max(clips.width, clips.height), progress=progress,
        )  # fmt: skip
