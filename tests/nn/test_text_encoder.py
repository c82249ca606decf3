"""Order of words, padding, words never trained."""

from __future__ import annotations

import pytest
import torch

from refseg_annotator.nn.text_encoder import ContextualWords, ContextualWordsConfig, WordEmbedding, normalised

DOG, LEFT, OF, HORSE, RARE = 2, 3, 4, 5, 9


def contextual(*, layers: int = 1) -> ContextualWords:
    torch.manual_seed(0)
    config = ContextualWordsConfig(vocabulary_size=10, vector_width=6, trained_words=6, width=16, layers=layers)
    module = ContextualWords(config).eval()
    with torch.no_grad():
        module.vectors[2:] = torch.randn(8, 6)
        torch.nn.init.normal_(module.correction.weight)
    return module


def embedding() -> WordEmbedding:
    torch.manual_seed(0)
    return WordEmbedding(10, 16).eval()


def ids(*phrases: tuple[int, ...], length: int = 6) -> torch.Tensor:
    return torch.tensor([[[*phrase, *[0] * (length - len(phrase))] for phrase in phrases]])


BOTH = pytest.mark.parametrize("make", [contextual, embedding])


@torch.inference_mode()
def test_the_order_of_words_is_seen_by_contextual_words_and_not_by_the_embedding() -> None:
    asked = ids((DOG, LEFT, OF, HORSE), (HORSE, LEFT, OF, DOG))
    plain = embedding()(asked)
    assert torch.allclose(plain.sentence[0, 0], plain.sentence[0, 1])
    assert torch.equal(plain.words[0, 0, 0], plain.words[0, 1, 3])
    seen = contextual()(asked)
    assert not torch.allclose(seen.sentence[0, 0], seen.sentence[0, 1], atol=1e-3)
    assert not torch.allclose(seen.words[0, 0, 0], seen.words[0, 1, 3], atol=1e-3)


@torch.inference_mode()
def test_contextual_words_see_each_other() -> None:
    found = contextual()(ids((DOG, LEFT), (DOG, HORSE)))
    assert not torch.allclose(found.words[0, 0, 0], found.words[0, 1, 0], atol=1e-3)


@torch.inference_mode()
@BOTH
def test_padding_changes_nothing_and_is_zero(make) -> None:
    module = make()
    phrases = ((DOG, LEFT, OF), (HORSE,))
    short, long = module(ids(*phrases, length=3)), module(ids(*phrases, length=9))
    assert torch.allclose(short.words, long.words[:, :, :3], atol=1e-6)
    assert torch.allclose(short.sentence, long.sentence, atol=1e-6)
    assert torch.equal(long.mask, ids(*phrases, length=9) != 0)
    assert not long.words[~long.mask].any()


@torch.inference_mode()
@BOTH
def test_the_sentence_is_the_mean_of_its_words(make) -> None:
    found = make()(ids((DOG, LEFT, OF), (HORSE,)))
    assert torch.allclose(found.sentence[0, 0], found.words[0, 0, :3].mean(0), atol=1e-6)
    assert torch.allclose(found.sentence[0, 1], found.words[0, 1, 0], atol=1e-6)


@BOTH
def test_a_phrase_of_padding_alone_is_zero_and_its_gradient_finite(make) -> None:
    module = make()
    found = module(ids((), (DOG,)))
    assert not found.words[0, 0].any()
    assert not found.sentence[0, 0].any()
    found.words.square().sum().backward()
    assert all(bool(torch.isfinite(p.grad).all()) for p in module.parameters() if p.grad is not None)


@BOTH
def test_one_answer_with_and_without_gradients(make) -> None:
    # torch takes another way through a transformer layer where no gradient is asked for.
    module, asked = make(), ids((DOG, LEFT, OF), (HORSE,), ())
    with torch.inference_mode():
        fast = module(asked)
    slow = module(asked)
    assert torch.allclose(fast.words, slow.words, atol=1e-5)


@torch.inference_mode()
def test_a_word_never_trained_is_its_vector_alone() -> None:
    module = contextual()
    module.vectors[RARE] = module.vectors[DOG]
    before = module(ids((RARE,), (DOG,))).words[0, :, 0]
    assert not torch.allclose(before[0], before[1], atol=1e-3)
    module.correction.weight.zero_()
    after = module(ids((RARE,), (DOG,))).words[0, :, 0]
    assert torch.allclose(after[0], after[1], atol=1e-6)
    assert torch.allclose(after[0], before[0], atol=1e-6)  # the last trained word's correction is not lent to it


def test_training_forgets_corrections_by_chance_and_evaluation_does_not() -> None:
    module, asked = contextual(), ids((DOG, LEFT, OF, HORSE, DOG, LEFT))
    with torch.no_grad():
        assert torch.equal(module(asked).words, module(asked).words)
        for layer in module.modules():
            if isinstance(layer, torch.nn.Dropout):
                layer.p = 0.0
        module.train()
        drawn = {tuple(module(asked).words.flatten().tolist()) for _ in range(12)}
    assert len(drawn) > 1


def test_a_new_encoder_starts_without_corrections() -> None:
    module = ContextualWords(ContextualWordsConfig(vocabulary_size=10, vector_width=6, trained_words=6))
    assert not module.correction.weight.any()
    assert "vectors" in module.state_dict()
    assert "vectors" not in dict(module.named_parameters())


def test_normalised_vectors_have_length_one_and_zero_stays_zero() -> None:
    vectors = normalised(torch.tensor([[3.0, 4.0], [0.0, 0.0]]))
    assert vectors.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]
