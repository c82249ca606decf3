"""Trains what finds the thing that clicks are on, by a person made up: seeded, killable, resumable."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.click_network import ClickConfig, ClickContext, ClickNetwork, ClickPlaces, click_maps
from refseg_annotator.training.click_person import box_around, corrected, largest_error, next_click, point_in, spoilt
from refseg_annotator.training.run_checkpoint import CHECKPOINT, read_checkpoint, write_checkpoint
from refseg_annotator.training.run_log import log_record
from refseg_annotator.training.schedule import share_of_peak
from refseg_annotator.training.weight_averages import update_average

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.nn.image_encoder import FeatureMaps
    from refseg_annotator.training.click_recipe import ClickRecipe
    from refseg_annotator.training.click_samples import ClickSample, ClickSamples

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]


@dataclass(slots=True, eq=False)
class ClickRun:
    """A run at some step."""

    recipe: ClickRecipe
    network: ClickNetwork
    average: ClickNetwork
    optimizer: torch.optim.Optimizer
    step: int = 0


@dataclass(slots=True, eq=False)
class _Task:
    """A thing to click on, and what was clicked so far; masks on the grid of cells."""

    wanted: NDArray[np.bool_]
    positive: list[tuple[float, float]] = field(default_factory=list)
    negative: list[tuple[float, float]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    before: NDArray[np.bool_] | None = None
    is_positive: bool = True

    def click(self, x: float, y: float, *, positive: bool) -> None:
        (self.positive if positive else self.negative).append((x, y))
        self.is_positive = positive

    def take(self, answer: NDArray[np.bool_]) -> None:
        """Have the last click answered as the tool does it, and click on what is worst then."""
        before = np.zeros_like(answer) if self.before is None else self.before
        self.before = corrected(before, answer, positive=self.is_positive)
        click = next_click(self.before, self.wanted)
        if click is not None:
            self.click(click.x, click.y, positive=click.positive)

    def maps(self) -> NDArray[np.float32]:
        height, width = self.wanted.shape
        places = ClickPlaces(self.positive, self.negative, self.box)
        before = None if self.before is None else self.before.astype(np.float32)
        return click_maps(Size(width, height), places, before)


def start_click_run(recipe: ClickRecipe, config: ClickConfig, device: torch.device | None = None) -> ClickRun:
    """A run at step 0, its weights seeded."""
    torch.manual_seed(recipe.seed)
    network = ClickNetwork(config).to(device)
    average = ClickNetwork(config).to(device)
    average.load_state_dict(network.state_dict())
    matrices = [parameter for parameter in network.parameters() if parameter.ndim > 1]
    rest = [parameter for parameter in network.parameters() if parameter.ndim < 2]
    groups = [
        {"params": matrices, "peak": recipe.learning_rate, "weight_decay": recipe.weight_decay},
        {"params": rest, "peak": recipe.learning_rate, "weight_decay": 0.0},
    ]
    return ClickRun(recipe, network, average.eval(), torch.optim.AdamW(groups))


def _tasks(recipe: ClickRecipe, samples: Sequence[ClickSample], rng: np.random.Generator) -> list[_Task]:
    """The things of a batch, with what is first said of each: a click, a box, or a mask and its first correction."""
    tasks = []
    for sample in samples:
        for _ in range(recipe.things):
            draw = rng.random()
            candidates = sample.whole if draw >= recipe.boxed + recipe.spoilt else range(len(sample.masks))
            chosen = int(rng.choice(candidates))
            task = _Task(sample.masks[chosen])
            if draw < recipe.boxed:
                task.box = box_around(task.wanted, rng)
            elif draw < recipe.boxed + recipe.spoilt:
                others = [mask for number, mask in enumerate(sample.masks) if number != chosen]
                task.before = spoilt(task.wanted, others, rng)
                error, positive = largest_error(task.before, task.wanted)
                is_right = not error.any()
                task.click(*point_in(task.wanted if is_right else error, rng), positive=positive or is_right)
            else:
                task.click(*point_in(task.wanted, rng), positive=True)
            tasks.append(task)
    return tasks


def take_step(run: ClickRun, features: FeatureMaps, samples: Sequence[ClickSample]) -> tuple[float, float]:
    """One step of the optimiser on `samples` with their `features`; the loss, and the mean IoU of the first answers.

    Raises:
        TrainingError: the loss is no number any more.
    """
    recipe, network = run.recipe, run.network
    rng = np.random.default_rng([recipe.seed, 8, run.step])
    for group in run.optimizer.param_groups:
        group["lr"] = group["peak"] * share_of_peak(recipe, run.step)
    network.train()
    tasks = _tasks(recipe, samples, rng)
    shared = network.prepare(features)
    context = ClickContext(*(part.repeat_interleave(recipe.things, dim=0) for part in shared))
    device = context.levels.device
    wanted = torch.from_numpy(np.stack([task.wanted for task in tasks])).to(device, torch.float32)
    # One click is what is asked most.
    rounds = 1 if rng.random() < 0.5 else int(rng.integers(1, recipe.rounds + 1))
    loss, first = torch.zeros((), device=device), 0.0
    for number in range(rounds):
        maps = torch.from_numpy(np.stack([task.maps() for task in tasks])).to(device)
        logits = network(context, maps)[:, 0]
        loss = loss + _loss(logits, wanted) / rounds
        answers = logits.detach().float().sigmoid().cpu().numpy()
        if number == 0:
            first = float(np.mean([_overlap(one > 0.5, task.wanted) for one, task in zip(answers, tasks, strict=True)]))
        for answer, task in zip(answers, tasks, strict=True):
            task.take(answer > 0.5)
    if not torch.isfinite(loss):
        raise TrainingError(f"The loss is no longer a number at step {run.step}; lower the recipe's learning rate.")
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
    run.optimizer.step()
    update_average(run.average, network, recipe.ema, run.step)
    run.step += 1
    return float(loss.detach()), first


def _loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Cross-entropy, the more so where it is wrong, in the measure of the thing's size, and Dice; (n, h, w) each."""
    likely = logits.sigmoid()
    each = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    wrong = (likely - wanted).abs().detach()
    focal = (each * (wrong + 0.1)).mean((1, 2)) / (wanted.mean((1, 2)).sqrt() + 0.05)
    dice = 1 - (2 * (likely * wanted).sum((1, 2)) + 1) / (likely.sum((1, 2)) + wanted.sum((1, 2)) + 1)
    return focal.mean() + dice.mean()


def _overlap(found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    return float((found & wanted).sum() / max(int((found | wanted).sum()), 1))


def train_clicks(
    recipe: ClickRecipe,
    encoder: nn.Module,
    samples: ClickSamples,
    out: Path,
    *,
    config: ClickConfig,
    progress: Progress | None = None,
) -> ClickNetwork:
    """Trains by `recipe` on a frozen encoder, resuming what lies in `out`; returns the averaged network.

    `out` receives checkpoint.pt and log.jsonl.

    Raises:
        TrainingError: the data or the checkpoint cannot be used.
    """
    tell = progress if progress is not None else (lambda _done, _total, _note: None)
    device = next(encoder.parameters()).device
    run = start_click_run(recipe, config, device)
    if (out / CHECKPOINT).exists():
        read_checkpoint(run, out)
    began, since, totals = time.monotonic(), run.step, [0.0, 0.0]
    while run.step < recipe.steps:
        batch = samples.batch(run.step)
        images = torch.from_numpy(np.stack([sample.image for sample in batch])).to(device)
        with torch.no_grad():
            features: FeatureMaps = encoder(images.permute(0, 3, 1, 2).float())
        told = take_step(run, features, batch)
        totals = [total + one for total, one in zip(totals, told, strict=True)]
        tell(run.step, recipe.steps, f"loss {told[0]:.3f} IoU {told[1]:.3f}")
        if run.step % 50 == 0:
            pace = (time.monotonic() - began) / (run.step - since)
            record = {"step": run.step, "seconds_per_step": round(pace, 3)}
            log_record(out, record | {"total": round(totals[0] / 50, 4), "iou": round(totals[1] / 50, 4)})
            totals = [0.0, 0.0]
        if run.step % recipe.checkpoint_every == 0 or run.step == recipe.steps:
            write_checkpoint(run, out)
    return run.average
