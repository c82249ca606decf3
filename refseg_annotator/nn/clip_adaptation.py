"""A referent's own decoder: the last layers taught for a moment on the frames that a person settled.

A network trained on few clips draws the outline of things like those it saw. Before a referent is followed, a copy of
its decoder's finer half is therefore trained on views of the settled frames, moved, turned and resized, the mask with
them: what lies within the outline there, be it a car's windows, is learnt to lie within it (online adaptation as in
OSVOS, Caelles et al., CVPR 2017, of few layers). Which tokens are the referent's is left to the trained network: taught
on one frame, that part forgets how things change. For the same reason the weights go only part of the way.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.clip_decoder import ClipDecoder, FrameDetails
from refseg_annotator.nn.clip_likeness import Likeness
from refseg_annotator.nn.clip_network import ClipNetwork, PreparedFrame, Reading
from refseg_annotator.nn.cross_frame_self_attention import FrameKind

_TAUGHT: Final = (
    "to_eight.",
    "mask_eight.",
    "block_eight.",
    "to_four.",
    "mask_four.",
    "first_four.",
    "second_four.",
    "mask.",
)
_EDGE: Final = 5  # cells at stride 4: the neighbourhood in which both sides of an outline lie
_EDGE_WEIGHT: Final = 4.0

STUDY_STEPS: Final = 40
"""Steps where a person asks for what the bundle leaves out."""


@dataclass(frozen=True, slots=True)
class ClipAdaptationConfig:
    """How long a referent is studied; `steps` = 0 turns it off.

    Attributes:
        steps: of the optimiser.
        views: of the settled frames, moved and resized, beside those frames themselves.
        lessons: sets of three views, one remembered as settled, one as latest, one to be answered.
        learning_rate: Adam's.
        share: of the way from the trained weights to those learnt, 0..1.
    """

    steps: int = 0
    views: int = 6
    lessons: int = 12
    learning_rate: float = 5e-4
    share: float = 0.5

    def __post_init__(self) -> None:
        # A bundle may come from anywhere; none shall keep a sweep from ever beginning.
        for name, most in (("steps", 1000), ("views", 64), ("lessons", 256)):
            if not 0 <= getattr(self, name) <= most:
                raise ValueError(f"{name} is {getattr(self, name)}, not in 0..{most}")
        if not 0 < self.learning_rate <= 1 or not 0 <= self.share <= 1:
            raise ValueError(f"learning_rate {self.learning_rate:g} or share {self.share:g} is not in 0..1")
        if self.steps and not self.lessons:
            raise ValueError("steps without lessons teach nothing")


class View(NamedTuple):
    """A frame that the network prepared, and the referent on it: coverage (1, 1, H, W) in 0..1."""

    frame: PreparedFrame
    coverage: Tensor


class _Lesson(NamedTuple):
    reading: Reading
    previous: Tensor
    details: FrameDetails
    target: Tensor


def adapted_decoder(
    network: ClipNetwork,
    views: Sequence[View],
    config: ClipAdaptationConfig,
    *,
    longest: int,
    still_wanted: Callable[[], bool] = lambda: True,
) -> ClipDecoder | None:
    """A copy of the network's decoder taught on views of one referent, in float32.

    The same views give the same decoder, whoever else is followed.

    Args:
        views: at least two; the first are the settled frames themselves.
        longest: tokens along the longer side of a frame.
        still_wanted: asked before each step; once it says no, what was learnt is dropped.

    Returns:
        None where it was no longer wanted.
    """
    rng = np.random.default_rng(0)
    lessons = [_lesson(network, [views[place] for place in places], longest) for places in _places(views, config, rng)]
    # What is made under inference mode, in which frames are read, cannot be trained; and autocast, whose casts of
    # weights are kept until it is left, would answer every step with the weights of the first.
    device = lessons[0].target.device.type
    with torch.inference_mode(False), torch.enable_grad(), torch.autocast(device, enabled=False):
        return _taught(network.decoder, lessons, config, still_wanted)


def _taught(
    trained: ClipDecoder, lessons: Sequence[_Lesson], config: ClipAdaptationConfig, still_wanted: Callable[[], bool]
) -> ClipDecoder | None:
    decoder = copy.deepcopy(trained).float().requires_grad_(False)
    before = {name: parameter.clone() for name, parameter in decoder.named_parameters()}
    taught = [parameter for name, parameter in decoder.named_parameters() if name.startswith(_TAUGHT)]
    for parameter in taught:
        parameter.requires_grad_(True)
    optimizer = torch.optim.Adam(taught, lr=config.learning_rate)
    for step in range(config.steps):
        if not still_wanted():
            return None
        lesson = lessons[step % len(lessons)]
        reading = lesson.reading
        answer = decoder(reading.everything, reading.carried, lesson.previous, lesson.details, reading.likeness)
        optimizer.zero_grad(set_to_none=True)
        _loss(answer.mask.float(), lesson.target).backward()
        torch.nn.utils.clip_grad_norm_(taught, 1.0)
        optimizer.step()
    decoder.requires_grad_(False)
    for name, parameter in decoder.named_parameters():
        parameter.copy_(torch.lerp(before[name], parameter, config.share))
    return decoder


def _places(
    views: Sequence[View], config: ClipAdaptationConfig, rng: np.random.Generator
) -> list[tuple[int, int, int]]:
    """Which view is settled, which is latest, which is asked; every other lesson goes out from the first."""
    found = []
    for lesson in range(config.lessons):
        order = [int(place) for place in rng.permutation(len(views))]
        if lesson % 2 == 0:
            order = [0, *(place for place in order if place)]
        found.append((order[0], order[1 % len(order)], order[2 % len(order)]))
    return found


@torch.no_grad()
def _lesson(network: ClipNetwork, views: Sequence[View], longest: int) -> _Lesson:
    settled, latest, asked = views
    likeness = None
    if network.config.likeness:
        known = Likeness()
        known.settle(settled.frame.like, settled.coverage)
        likeness = known.maps(asked.frame.like)
    attention = network.attend(
        asked.frame,
        [settled.frame.keys, latest.frame.keys],
        [FrameKind.SETTLED, FrameKind.LATEST],
        longest=longest,
    )
    values = [network.values(view.frame, view.coverage) for view in (settled, latest)]
    reading = network.read(asked.frame, attention, values, likeness)
    grid = tuple(asked.frame.details.four.shape[2:])
    details = FrameDetails(*(_plain(part) for part in asked.frame.details))
    return _Lesson(
        Reading(_plain(reading.everything), _plain(reading.carried), None if likeness is None else _plain(likeness)),
        _plain(F.interpolate(latest.coverage, size=grid, mode="area")),
        details,
        _plain(F.interpolate(asked.coverage, size=grid, mode="area")),
    )


def _plain(tensor: Tensor) -> Tensor:
    """In float32 and fit for training: what was made under inference mode is not."""
    with torch.inference_mode(False):
        return tensor.detach().float().clone()


def _loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy, heavier about the outline, and Dice, of one referent's map (1, 1, h, w)."""
    reach = _EDGE // 2
    most = F.max_pool2d(target, _EDGE, 1, reach)
    least = -F.max_pool2d(-target, _EDGE, 1, reach)
    weight = 1 + _EDGE_WEIGHT * (most - least)
    entropy = (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight).mean()
    probability = logits.sigmoid()
    overlap = (2 * (probability * target).sum() + 1) / (probability.sum() + target.sum() + 1)
    return 0.3 * entropy / (target.mean() + 0.05) + 1 - overlap
