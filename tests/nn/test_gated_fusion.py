"""The gates, number by number, and what each form of fusion lets through."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from refseg_annotator.nn.gated_fusion import (
    GatedFusionConfig,
    GatedMultiLevelFusion,
    PaperGatedFusion,
    SummedLevels,
)

WIDTH = 4


def levels(*, seed: int = 0, size: tuple[int, int] = (3, 5)) -> tuple[Tensor, Tensor, Tensor]:
    torch.manual_seed(seed)
    return tuple(torch.randn(2, WIDTH, *size) for _ in range(3))


def made(form: type[GatedMultiLevelFusion | PaperGatedFusion], *, separable: bool):
    torch.manual_seed(1)
    return form(GatedFusionConfig(width=WIDTH, separable=separable))


FORMS = pytest.mark.parametrize("form", [GatedMultiLevelFusion, PaperGatedFusion])


@torch.inference_mode()
@FORMS
@pytest.mark.parametrize("separable", [False, True])
def test_three_levels_become_one_of_the_same_grid(form, separable: bool) -> None:
    fused = made(form, separable=separable)(levels())
    assert fused.shape == (2, WIDTH, 3, 5)
    assert bool(torch.isfinite(fused).all())


@torch.inference_mode()
def test_the_code_form_is_the_authors_step() -> None:
    module = made(GatedMultiLevelFusion, separable=False)
    module.balance.copy_(torch.tensor([-1.0, 0.0, 2.0]))
    x = levels()
    expected = torch.zeros_like(x[0])
    for i in range(3):
        inner, forget, reset = module.gates[i](x[i]).split(WIDTH, dim=1)
        f, r, a = torch.sigmoid(forget + 1), torch.sigmoid(reset + 1), torch.sigmoid(module.balance[i])
        c = a * f * x[(i + 1) % 3] + (1 - a) * f * x[(i + 2) % 3] + (1 - f) * inner
        expected += r * torch.tanh(c) + (1 - r) * x[i]
    assert torch.allclose(module(x), expected, atol=1e-6)


@torch.inference_mode()
def test_the_paper_form_is_the_formula_in_the_text() -> None:
    module = made(PaperGatedFusion, separable=False)
    torch.nn.init.normal_(module.share)
    x = levels()
    m = [torch.sigmoid(module.gates[i](x[i])) for i in range(3)]
    expected = torch.zeros_like(x[0])
    for i in range(3):
        expected += (1 - m[i]) * x[i]
        for j in {0, 1, 2} - {i}:
            expected += module.share[i, j] * m[j] * x[j]
    assert torch.allclose(module(x), expected, atol=1e-6)


@torch.inference_mode()
@FORMS
def test_shut_gates_leave_every_level_to_itself(form) -> None:
    module = made(form, separable=True)
    for gate in module.gates:
        gate[1].weight.zero_()
        gate[1].bias.fill_(-40)  # forget, reset and m are all about zero
    x = levels()
    assert torch.allclose(module(x), x[0] + x[1] + x[2], atol=1e-6)


@torch.inference_mode()
@FORMS
def test_gates_stand_at_each_position(form) -> None:
    module = made(form, separable=True)
    x = levels(size=(1, 9))
    other = tuple(level.clone() for level in x)
    for level in other:
        level[..., 8] += 1
    changed = (module(x) - module(other)).abs().amax((0, 1, 2)) > 0
    assert changed.tolist() == [False] * 7 + [True] * 2  # a 3 x 3 window reaches one cell


@torch.inference_mode()
def test_the_sum_has_no_gates() -> None:
    x = levels()
    assert torch.equal(SummedLevels()(x), x[0] + x[1] + x[2])
    assert not list(SummedLevels().parameters())
