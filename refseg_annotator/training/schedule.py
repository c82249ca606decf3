"""How the learning rate goes over a run."""

from __future__ import annotations

import math
from typing import Literal, Protocol

Fall = Literal["cosine", "polynomial"]


class Scheduled(Protocol):
    """What a recipe says of it, in steps of the optimiser."""

    @property
    def steps(self) -> int:
        """Of the whole run."""
        ...

    @property
    def warmup(self) -> int:
        """Of the rise to the peak."""
        ...

    @property
    def final_share(self) -> float:
        """What the last step is taken with, 0..1 of the peak."""
        ...


def share_of_peak(recipe: Scheduled, step: int, fall: Fall = "cosine") -> float:
    """Share of the peak at `step`: linear warm-up, then cosine or polynomial (power 0.9) fall to `final_share`."""
    if step < recipe.warmup:
        return (step + 1) / recipe.warmup
    done = min((step - recipe.warmup) / max(recipe.steps - recipe.warmup, 1), 1.0)
    falls_to = 0.5 * (1 + math.cos(math.pi * done)) if fall == "cosine" else (1 - done) ** 0.9
    return recipe.final_share + (1 - recipe.final_share) * falls_to
