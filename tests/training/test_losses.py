"""Losses prefer what is right, treat phrases that fit nothing apart, and are what their formulas say."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from refseg_annotator.nn.model import ModelOutput
from refseg_annotator.training.losses import Losses, LossWeights, referring_loss

SIDE, GRID = 16, 4


def target_of(*boxes: tuple[int, int, int, int] | None) -> tuple[Tensor, Tensor]:
    """One photo with a phrase a box (top, bottom, left, right); None where the phrase fits nothing."""
    target = torch.zeros(1, len(boxes), SIDE, SIDE)
    for number, box in enumerate(boxes):
        if box is not None:
            target[0, number, box[0] : box[1], box[2] : box[3]] = 1
    return target, torch.tensor([[float(box is not None) for box in boxes]])


def output_of(mask: Tensor, presence: Tensor, quality: Tensor | None = None) -> ModelOutput:
    coarse = torch.nn.functional.adaptive_avg_pool2d(mask, (GRID, GRID))
    return ModelOutput(mask, coarse, presence, torch.zeros_like(presence) if quality is None else quality)


def loss_of(output: ModelOutput, target: Tensor, present: Tensor, **weights: float) -> Losses:
    return referring_loss(output, target, present, LossWeights(**weights))


BOX = (4, 12, 4, 12)
TARGET, PRESENT = target_of(BOX)
RIGHT = (TARGET * 2 - 1) * 8  # logits


def test_the_right_answer_costs_less_than_any_other() -> None:
    right = loss_of(output_of(RIGHT, torch.full((1, 1), 6.0), torch.full((1, 1), 6.0)), TARGET, PRESENT)
    others = {
        "the opposite": output_of(-RIGHT, torch.full((1, 1), 6.0), torch.full((1, 1), 6.0)),
        "shifted": output_of(RIGHT.roll(3, -1), torch.full((1, 1), 6.0), torch.full((1, 1), 6.0)),
        "nothing": output_of(torch.full_like(RIGHT, -8), torch.full((1, 1), 6.0), torch.full((1, 1), 6.0)),
        "everything": output_of(torch.full_like(RIGHT, 8), torch.full((1, 1), 6.0), torch.full((1, 1), 6.0)),
        "not sure": output_of(torch.zeros_like(RIGHT), torch.zeros(1, 1)),
        "not here": output_of(RIGHT, torch.full((1, 1), -6.0), torch.full((1, 1), 6.0)),
        "badly done": output_of(RIGHT, torch.full((1, 1), 6.0), torch.full((1, 1), -6.0)),
    }
    assert float(right.total) < 0.05
    for name, output in others.items():
        assert float(loss_of(output, TARGET, PRESENT).total) > float(right.total) + 0.1, name


@pytest.mark.parametrize(("shift", "iou"), [(0, 1.0), (4, 1 / 3), (8, 0.0)])
def test_the_iou_of_a_step_is_that_of_its_masks(shift: int, iou: float) -> None:
    losses = loss_of(output_of(RIGHT.roll(shift, -1), torch.zeros(1, 1)), TARGET, PRESENT)
    assert float(losses.iou) == pytest.approx(iou)


def test_total_is_the_weighted_sum_of_its_parts() -> None:
    torch.manual_seed(0)
    target, present = target_of(BOX, None, (0, 3, 0, 9))
    output = output_of(torch.randn(1, 3, SIDE, SIDE), torch.randn(1, 3), torch.randn(1, 3))
    losses = loss_of(output, target, present, presence=0.7, quality=0.3)
    assert float(losses.total) == pytest.approx(
        float(losses.mask + 0.7 * losses.presence + 0.3 * losses.quality), rel=1e-5
    )


def test_presence_and_quality_by_hand() -> None:
    target, present = target_of(BOX, None)
    output = output_of(
        torch.cat([RIGHT, torch.full_like(RIGHT, -8)], 1), torch.tensor([[2.0, 1.0]]), torch.tensor([[0.5, 9.0]])
    )
    losses = loss_of(output, target, present)
    log = torch.nn.functional.logsigmoid
    expected = -(log(torch.tensor(2.0)) + log(torch.tensor(-1.0))) / 2
    assert float(losses.presence) == pytest.approx(float(expected), rel=1e-5)
    # Quality learns the IoU, here 1, and only where there is something to cover.
    assert float(losses.quality) == pytest.approx(float(-log(torch.tensor(0.5))), rel=1e-5)


def test_a_phrase_that_fits_nothing_wants_an_empty_mask() -> None:
    target, present = target_of(None)
    sure_not = torch.full((1, 1), -6.0)
    empty, full = (loss_of(output_of(torch.full_like(RIGHT, v), sure_not), target, present) for v in (-8.0, 8.0))
    assert float(empty.total) < 0.05 < float(full.mask)
    assert float(empty.iou) == 0
    assert float(empty.quality) == 0


def test_the_coarse_map_of_a_phrase_that_fits_nothing_is_left_alone() -> None:
    target, present = target_of(None)
    mask = torch.full((1, 1, SIDE, SIDE), -3.0)
    one, other = (
        referring_loss(
            ModelOutput(mask, torch.full((1, 1, GRID, GRID), value), torch.zeros(1, 1), torch.zeros(1, 1)),
            target,
            present,
            LossWeights(),
        )
        for value in (-5.0, 5.0)
    )
    assert float(one.total) == float(other.total)


def test_absent_masks_weigh_less() -> None:
    target, present = target_of(BOX, None)
    wrong = torch.cat([RIGHT, torch.full_like(RIGHT, 8)], 1)
    presence = torch.tensor([[6.0, -6.0]])
    light, heavy = (
        loss_of(output_of(wrong, presence), target, present, absent_mask=weight).mask for weight in (0.1, 1.0)
    )
    assert float(light) < float(heavy)


def test_a_small_object_weighs_about_as_much_as_a_large_one() -> None:
    costs = []
    for box in ((6, 8, 6, 8), (0, 12, 0, 16)):
        target, present = target_of(box)
        missed = output_of(torch.full_like(target, -4), torch.full((1, 1), 6.0))
        costs.append(float(loss_of(missed, target, present).mask))
    assert max(costs) / min(costs) < 3


def test_a_mask_of_another_grid_than_the_target_is_compared_on_its_own() -> None:
    target, present = target_of((0, 8, 0, 8))
    large = torch.full((1, 1, 32, 32), -8.0)
    # A finer target than the mask: averaged; its left upper quarter.
    small = torch.full((1, 1, 8, 8), -8.0)
    small[..., :4, :4] = 8
    assert float(loss_of(output_of(small, torch.full((1, 1), 6.0)), target, present).iou) == 1
    assert float(loss_of(output_of(large, torch.full((1, 1), 6.0)), target, present).iou) == 0


def test_every_part_of_the_output_is_taught() -> None:
    torch.manual_seed(0)
    target, present = target_of(BOX, None)
    shapes = [(1, 2, SIDE, SIDE), (1, 2, GRID, GRID), (1, 2), (1, 2), (1, 2, GRID, GRID)]
    parts = [torch.randn(shape).requires_grad_() for shape in shapes]
    losses = referring_loss(ModelOutput(*parts), target.half(), present, LossWeights(), target.half())
    losses.total.backward()
    assert all(part.grad is not None and bool(part.grad.any()) for part in parts)
    assert not any(part.requires_grad for part in losses[1:])


def test_extreme_logits_are_finite() -> None:
    target, present = target_of(BOX, None)
    mask = torch.cat([RIGHT, RIGHT], 1) * -1e4
    losses = loss_of(output_of(mask, torch.full((1, 2), 1e4), torch.full((1, 2), -1e4)), target, present)
    assert all(bool(torch.isfinite(part)) for part in losses)


def test_names_are_taught_by_what_the_classes_cover() -> None:
    target, present = target_of(BOX)
    output = output_of(torch.zeros(1, 1, SIDE, SIDE), torch.zeros(1, 1))
    covered = torch.nn.functional.adaptive_avg_pool2d(target, (GRID, GRID))
    right, wrong = (output._replace(names=sign * 9 * (2 * covered.round() - 1)) for sign in (1.0, -1.0))
    good = referring_loss(right, target, present, LossWeights(), target)
    bad = referring_loss(wrong, target, present, LossWeights(), target)
    assert float(good.names) < 0.2 < float(bad.names)
    assert float(bad.total - good.total) == pytest.approx(0.5 * float(bad.names - good.names), rel=1e-4)
    assert float(referring_loss(output, target, present, LossWeights(), target).names) == 0  # none were asked
