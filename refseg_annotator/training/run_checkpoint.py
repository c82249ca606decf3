"""The state of a run on disk: written beside and moved into place, read back into the run of the same recipe."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from refseg_annotator.errors import TrainingError
from refseg_annotator.training.recipe_file import text_of
from refseg_annotator.training.tensor_file import write_tensors

CHECKPOINT: Final = "checkpoint.pt"
BEST: Final = "best.safetensors"


class Resumable(Protocol):
    """A run at some step."""

    step: int

    @property
    def recipe(self) -> object:
        """What the run goes by; a checkpoint is of one recipe."""
        ...

    @property
    def network(self) -> nn.Module:
        """What is trained."""
        ...

    @property
    def average(self) -> nn.Module:
        """The moving average of its weights."""
        ...

    @property
    def optimizer(self) -> torch.optim.Optimizer:
        """With its moments."""
        ...


def write_checkpoint(run: Resumable, folder: Path, **numbers: float) -> None:
    """Writes the run's state, and `numbers` with it, to `folder`.

    Raises:
        TrainingError: the disk refuses; the checkpoint before it is kept.
    """
    staged = folder / (CHECKPOINT + ".part")
    state = {
        "recipe": text_of(run.recipe),
        "step": run.step,
        **numbers,
        "network": run.network.state_dict(),
        "average": run.average.state_dict(),
        "optimizer": run.optimizer.state_dict(),
    }
    try:
        torch.save(state, staged)
        staged.replace(folder / CHECKPOINT)
    except (OSError, RuntimeError) as cause:  # torch's writer raises the latter for a full disk
        staged.unlink(missing_ok=True)
        raise TrainingError(
            f"The checkpoint {str(folder / CHECKPOINT)!r} cannot be written ({str(cause).splitlines()[0]}); free space "
            "and start the same command again."
        ) from cause


def read_checkpoint(run: Resumable, folder: Path, *numbers: str) -> tuple[float, ...]:
    """Brings `run` to the state of the checkpoint in `folder`; returns the numbers that were written with it.

    Raises:
        TrainingError: the checkpoint is damaged, or of another recipe or other data.
    """
    path = folder / CHECKPOINT
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        recipe, step, found = str(state["recipe"]), int(state["step"]), tuple(float(state[name]) for name in numbers)
        network, average, optimizer = state["network"], state["average"], state["optimizer"]
    except Exception as cause:
        raise TrainingError(f"The checkpoint {str(path)!r} is damaged; delete it to start anew.") from cause
    if recipe != text_of(run.recipe):
        raise TrainingError(f"The checkpoint {str(path)!r} is of another recipe; give another --out, or delete it.")
    try:
        run.network.load_state_dict(network)
        run.average.load_state_dict(average)
        run.optimizer.load_state_dict(optimizer)
    except (RuntimeError, ValueError, KeyError, TypeError) as cause:
        raise TrainingError(
            f"The checkpoint {str(path)!r} is of other data or another version; give another --out, or delete it."
        ) from cause
    run.step = step
    return found


def write_best(average: nn.Module, folder: Path) -> None:
    """Keeps the weights that validation liked best so far.

    Raises:
        TrainingError: the disk refuses; the best before it is kept.
    """
    tensors = {name: tensor.contiguous().cpu() for name, tensor in average.state_dict().items()}
    write_tensors(folder / BEST, tensors, what="weights", mend="free space and start the command again")


def take_best(average: nn.Module, folder: Path) -> None:
    """Puts the kept weights into `average`, where there are any.

    Raises:
        TrainingError: the file is damaged, or of another network.
    """
    path = folder / BEST
    if not path.exists():
        return
    try:
        average.load_state_dict(load_file(path))
    except (OSError, SafetensorError, RuntimeError) as cause:
        raise TrainingError(
            f"The weights {str(path)!r} are damaged or another run's; delete them to take the last in their place."
        ) from cause
