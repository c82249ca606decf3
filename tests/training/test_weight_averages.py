"""Averages of weights move by what they are told, and leave what is no weight."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.training.weight_averages import keep_share, update_average


def test_the_average_moves_by_its_decay_and_faster_at_first() -> None:
    def pair() -> tuple[torch.nn.Module, torch.nn.Module]:
        average, network = torch.nn.BatchNorm1d(2), torch.nn.BatchNorm1d(2)
        for module, value in ((average, 0.0), (network, 1.0)):
            torch.nn.init.constant_(module.weight, value)
            module.num_batches_tracked.fill_(int(value) + 3)
        return average, network

    for step, decay in ((0, 0.1), (10, 11 / 20), (10**6, 0.9)):
        average, network = pair()
        update_average(average, network, 0.9, step)
        assert average.weight.tolist() == pytest.approx([1 - decay] * 2)
        assert average.num_batches_tracked.item() == 3  # counts are no weights
        assert network.weight.tolist() == [1, 1]
        assert average.weight.requires_grad


def test_a_share_of_what_was_before_is_kept_where_it_was_of_that_shape() -> None:
    network = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 1))
    for parameter in network.parameters():
        torch.nn.init.constant_(parameter, 1.0)
    before = {"0.weight": torch.zeros(2, 2), "0.bias": torch.zeros(3), "gone": torch.zeros(1)}
    keep_share(network, before, 0.25)
    assert network[0].weight.detach().unique().tolist() == [0.75]
    assert network[0].bias.tolist() == [1, 1], "of another shape"
    assert network[1].weight.tolist() == [[1, 1]], "new"
