"""Averages of weights: over the steps of a run, and between what a run started from and what it came to."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn


def update_average(average: nn.Module, network: nn.Module, decay: float, step: int) -> None:
    """Exponential moving average of weights; the decay starts low so that the first steps are forgotten."""
    decay = min(decay, (1 + step) / (10 + step))
    with torch.no_grad():
        mine, theirs = average.state_dict(), network.state_dict()
        floats = [name for name, tensor in mine.items() if tensor.is_floating_point()]
        torch._foreach_lerp_([mine[name] for name in floats], [theirs[name] for name in floats], 1 - decay)


def keep_share(network: nn.Module, before: Mapping[str, Tensor], share: float) -> None:
    """Moves trained weights back towards those that they started from: `share` of them, 0..1, in place.

    Weights that went on from others lie in one basin with them, and between the two less is forgotten than was learnt
    (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022). What was not there before stays.
    """
    for name, tensor in network.state_dict().items():
        if tensor.is_floating_point() and name in before and before[name].shape == tensor.shape:
            tensor.lerp_(before[name].to(tensor), share)
