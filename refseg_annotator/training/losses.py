"""What training minimises: masks by BCE and Dice, on the fine and the coarse grid; presence; expected quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.model import ModelOutput


@dataclass(frozen=True, slots=True)
class LossWeights:
    """Weights of the parts; `absent_mask` weighs the mask loss of phrases that fit nothing, `names` that of classes."""

    bce: float = 1.0
    dice: float = 1.0
    coarse: float = 0.4
    presence: float = 0.5
    quality: float = 0.2
    absent_mask: float = 0.1
    names: float = 0.5


class Losses(NamedTuple):
    """Scalars; `total` is what is minimised."""

    total: Tensor
    mask: Tensor
    presence: Tensor
    quality: Tensor
    iou: Tensor
    names: Tensor


def _balanced_bce(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy of maps (b, k, h, w) to (b, k).

    The mean over pixels lets small objects vanish: an object of 1 % of the picture would weigh 1 % of it.
    """
    bce = F.binary_cross_entropy_with_logits(logits, target, reduction="none").mean((-1, -2))
    return bce / (target.mean((-1, -2)) + 0.1) * 0.3


def _mask_loss(logits: Tensor, target: Tensor, weights: LossWeights) -> Tensor:
    """BCE + Dice of each phrase: logits and target (b, k, t, t) to (b, k)."""
    bce = _balanced_bce(logits, target)
    probability = torch.sigmoid(logits)
    overlap = 2 * (probability * target).sum((-1, -2)) + 1
    dice = 1 - overlap / (probability.sum((-1, -2)) + target.sum((-1, -2)) + 1)
    return weights.bce * bce + weights.dice * dice


def referring_loss(
    output: ModelOutput, target: Tensor, present: Tensor, weights: LossWeights, named: Tensor | None = None
) -> Losses:
    """`target` (b, k, h, w) coverage in 0..1, `present` (b, k) 0 or 1; `named` (b, m, h, w) coverage by classes."""
    target = target.float()
    mask, coarse = output.mask.float(), output.coarse.float()
    if mask.shape[-2:] != target.shape[-2:]:
        target_fine = F.adaptive_avg_pool2d(target, (mask.shape[-2], mask.shape[-1]))
    else:
        target_fine = target
    target_coarse = F.adaptive_avg_pool2d(target, (coarse.shape[-2], coarse.shape[-1]))
    each = present + weights.absent_mask * (1 - present)
    # Dice of an empty target is all or nothing; phrases that fit nothing learn the mask by BCE alone.
    fine = _mask_loss(mask, target_fine, weights)
    empty = F.binary_cross_entropy_with_logits(mask, target_fine, reduction="none").mean((-1, -2)) * 3
    fine = torch.where(present > 0, fine, empty)
    rough = torch.where(present > 0, _mask_loss(coarse, target_coarse, weights), torch.zeros_like(fine))
    mask_loss = ((fine + weights.coarse * rough) * each).sum() / each.sum().clamp(min=1)
    presence = F.binary_cross_entropy_with_logits(output.presence.float(), present)
    with torch.no_grad():
        guessed, truth = mask > 0, target_fine > 0.5
        union = (guessed | truth).sum((-1, -2)).clamp(min=1)
        iou = (guessed & truth).sum((-1, -2)) / union  # (b, k)
    quality = F.binary_cross_entropy_with_logits(output.quality.float(), iou, reduction="none")
    quality = (quality * present).sum() / present.sum().clamp(min=1)
    names = mask_loss.new_zeros(())
    if output.names is not None and named is not None:
        logits = output.names.float()
        covered = F.adaptive_avg_pool2d(named.float(), (logits.shape[-2], logits.shape[-1]))
        names = _balanced_bce(logits, covered).mean()
    total = mask_loss + weights.presence * presence + weights.quality * quality + weights.names * names
    mean_iou = (iou * present).sum() / present.sum().clamp(min=1)
    return Losses(total, mask_loss.detach(), presence.detach(), quality.detach(), mean_iou, names.detach())
