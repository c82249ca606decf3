"""Folded normalisations: the encoder answers as before, with none of them left to run."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from refseg_annotator.nn.batch_norm_folding import fold_batch_norms
from refseg_annotator.nn.registry import IMAGE_ENCODERS


def lived(module: nn.Module) -> nn.Module:
    """Statistics and scales as training leaves them: of any size."""
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.normal_(part.running_mean, 0, 0.3)
            nn.init.uniform_(part.running_var, 0.5, 2)
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.normal_(part.bias, 0, 0.3)
    return module.eval()


@pytest.mark.parametrize("name", ["efficientnet-lite2", "resnet101"])
def test_the_encoder_answers_as_before(name: str) -> None:
    torch.manual_seed(1)
    encoder = lived(IMAGE_ENCODERS[name]())
    picture = torch.rand(1, 3, 64, 64) * 255
    with torch.no_grad():
        before = encoder(picture)
        norms = sum(isinstance(part, nn.BatchNorm2d) for part in encoder.modules())
        assert fold_batch_norms(encoder) == norms > 40
        assert not any(isinstance(part, nn.BatchNorm2d) for part in encoder.modules())
        after = encoder(picture)
    for one, other in zip((*before.levels, *before.details), (*after.levels, *after.details), strict=True):
        scale = float(one.abs().max())
        assert torch.allclose(one, other, atol=1e-4 * scale), float((one - other).abs().max()) / scale


def test_a_normalisation_that_follows_no_convolution_stays() -> None:
    module = nn.Sequential(nn.BatchNorm2d(3), nn.Conv2d(3, 3, 1), nn.ReLU(), nn.BatchNorm2d(3)).eval()
    assert fold_batch_norms(module) == 0


def test_statistics_of_the_batch_cannot_be_folded() -> None:
    module = nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3, track_running_stats=False)).eval()
    assert fold_batch_norms(module) == 0


def test_a_module_in_training_is_refused() -> None:
    with pytest.raises(ValueError, match="evaluation mode"):
        fold_batch_norms(nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3)))
