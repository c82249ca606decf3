"""Cells beside words: padding, heads, and the names of classes."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.nn.text_encoder import WordFeatures
from refseg_annotator.nn.word_similarity import WordSimilarity
from tests.nn.builders import padded, words_of


def similarity() -> WordSimilarity:
    torch.manual_seed(0)
    part = WordSimilarity(12, 6, 5, heads=2, width=4).eval()
    torch.nn.init.normal_(part.leave.weight)
    return part


def levels(batch: int = 2) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(1)
    return torch.randn(batch, 3, 2, 3), torch.randn(batch, 4, 2, 3), torch.randn(batch, 8, 2, 3)


def test_it_starts_as_if_it_were_not_there() -> None:
    part = WordSimilarity(12, 6, 5, heads=2, width=4)
    joined = part(part.prepare(levels()), words_of([[3, 1], [2, 2]], length=3, width=6))
    assert joined.shape == (2, 2, 6, 5)
    assert not joined.any()


def test_cells_are_unit_vectors_and_padding_changes_nothing() -> None:
    part, words = similarity(), words_of([[3, 1], [2, 2]], length=3, width=6)
    cells = part.prepare(levels())
    assert cells.shape == (2, 2, 6, 4)
    assert torch.allclose(cells.norm(dim=-1), torch.ones(2, 2, 6), atol=1e-5)
    joined = part(cells, words)
    assert torch.allclose(part(cells, padded(words, 4)), joined, atol=1e-5)
    assert torch.isfinite(part(cells, words_of([[0, 1], [0, 0]], length=3, width=6))).all()


def test_the_order_of_words_does_not_matter_and_each_image_sees_its_own() -> None:
    part, words = similarity(), words_of([[3, 3], [3, 3]], length=3, width=6)
    cells = part.prepare(levels())
    turned = WordFeatures(words.words.flip(2), words.mask.flip(2), words.sentence)
    assert torch.allclose(part(cells, turned), part(cells, words), atol=1e-5)
    alone = WordFeatures(words.words[1:], words.mask[1:], words.sentence[1:])
    assert torch.allclose(part(cells[1:], alone), part(cells, words)[1:], atol=1e-5)


def test_names_learn_which_cells_are_theirs() -> None:
    part = similarity().train()
    cells_of, words = levels(1), words_of([[1, 1]], length=1, width=6)
    truth = torch.tensor([[[1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1.0]]])
    optimizer = torch.optim.Adam(part.parameters(), lr=0.02)
    for _ in range(150):
        logits = part.named(part.prepare(cells_of), words)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert logits.shape == (1, 2, 6)
    assert ((logits > 0) == (truth > 0)).all()


@pytest.mark.parametrize("heads", [1, 3])
def test_heads(heads: int) -> None:
    part = WordSimilarity(12, 6, 5, heads=heads)
    assert part.prepare(levels()).shape == (2, heads, 6, 32)
