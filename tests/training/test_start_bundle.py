"""A run that starts from a bundle: its words, its weights; what does not fit is one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.checkpoint import load_bundle, read_config
from refseg_annotator.nn.registry import CONFIGURATIONS
from refseg_annotator.training import paraphrase
from refseg_annotator.training.recipe import Recipe
from refseg_annotator.training.start_bundle import bundle_of_recipe, words_of_bundle
from refseg_annotator.training.trainer import start_run, train

RecipeOf = Callable[..., Recipe]


def test_step_zero_has_the_bundles_words_and_weights(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    folder = train(recipe_of(steps=2), data, tmp_path / "first")
    recipe = replace(recipe_of(steps=2, seed=9), start_from=str(folder))
    bundle = bundle_of_recipe(recipe)
    assert bundle is not None
    words = words_of_bundle(bundle, [], recipe, data, tmp_path)
    assert words.vocabulary.words == load_bundle(folder).tokenizer.vocabulary.words
    run = start_run(recipe, words, bundle)
    for name, tensor in bundle.network.state_dict().items():
        assert torch.equal(run.network.state_dict()[name], tensor), name
        assert torch.equal(run.average.state_dict()[name], tensor), name
    assert run.step == 0
    assert words.vectors is not None
    assert np.array_equal(words.vectors, bundle.network.text_encoder.vectors.numpy())  # type: ignore[operator]


def test_the_run_goes_on_and_ends_with_a_bundle(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    folder = train(recipe_of(steps=2), data, tmp_path / "first")
    further = train(replace(recipe_of(steps=2), start_from=str(folder)), data, tmp_path / "second")
    old, new = load_bundle(folder), load_bundle(further)
    assert old.tokenizer.vocabulary.words == new.tokenizer.vocabulary.words
    assert any(
        not torch.equal(tensor, new.network.state_dict()[name]) for name, tensor in old.network.state_dict().items()
    )
    assert new.config.training["recipe"]["start_from"] == str(folder)


def test_a_share_of_the_start_is_kept_in_the_end(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    folder = train(recipe_of(steps=1), data, tmp_path / "first")
    recipe = replace(recipe_of(steps=2), start_from=str(folder))
    new, kept = (
        load_bundle(train(replace(recipe, start_share=share), data, tmp_path / f"share-{share}")).network.state_dict()
        for share in (0.0, 0.25)
    )
    old = load_bundle(folder).network.state_dict()
    moved = [name for name in old if not torch.equal(old[name], new[name])]
    assert moved
    for name in moved:  # bundles hold half precision
        assert torch.allclose(kept[name], torch.lerp(new[name], old[name], 0.25), atol=2e-3, rtol=2e-3), name


def test_a_share_of_no_start_is_one_sentence(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="start_share of a bundle, but starts from none"):
        train(replace(recipe_of(steps=1), start_share=0.4), data, tmp_path / "out")


def test_no_bundle_or_another_configuration_is_one_sentence(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot start from"):
        train(replace(recipe_of(steps=2), start_from=str(tmp_path / "nowhere")), data, tmp_path / "out")
    folder = train(recipe_of(steps=1), data, tmp_path / "first")
    recipe = recipe_of(steps=1)
    with pytest.raises(TrainingError, match="not of the configuration 'cmsa-paper'"):
        bundle_of_recipe(replace(recipe, configuration="cmsa-paper", start_from=str(folder)))
    assert bundle_of_recipe(recipe) is None


def test_a_bundle_without_the_comparison_of_words_may_go_on_with_it(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe_of(steps=1)
    known = CONFIGURATIONS[recipe.configuration]
    monkeypatch.setitem(CONFIGURATIONS, recipe.configuration, replace(known, similarity_heads=0))
    folder = train(recipe, data, tmp_path / "first")
    monkeypatch.setitem(CONFIGURATIONS, recipe.configuration, replace(known, similarity_heads=2))
    further = train(replace(recipe, start_from=str(folder)), data, tmp_path / "second")
    assert load_bundle(further).config.model.similarity_heads == 2


def test_further_words_come_after_the_bundles_own(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = train(recipe_of(steps=1), data, tmp_path / "first")
    old = load_bundle(folder)
    asked: list[int] = []

    def beside(words: Sequence[str], known: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        assert len(known) == len(vectors)
        asked.append(len(words))
        return np.full((len(words), vectors.shape[1]), 0.5, np.float32)

    monkeypatch.setattr("refseg_annotator.training.start_weights.word_vectors_beside", beside)
    monkeypatch.setattr("refseg_annotator.training.vocabulary._known_to_glove", lambda *_: ["okapi", "tapir"])
    recipe = replace(recipe_of(steps=1), start_from=str(folder), start=True)
    new = load_bundle(train(recipe, data, tmp_path / "second"))
    count = len(old.tokenizer.vocabulary)
    assert new.tokenizer.vocabulary.words[:count] == old.tokenizer.vocabulary.words
    assert new.tokenizer.vocabulary.words[count:] == ("okapi", "tapir")
    assert new.config.model.trained_words == old.config.model.trained_words
    vectors = new.network.text_encoder.vectors.numpy()  # type: ignore[operator]
    assert np.array_equal(vectors[:count], old.network.text_encoder.vectors.numpy())  # type: ignore[operator]
    assert (vectors[count:] == 0.5).all()
    train(recipe, data, tmp_path / "second")  # a resume finds them
    assert asked == [2]


def test_a_bundle_records_what_was_met_beside_the_trained_words_by_it_and_by_those_before(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refseg_annotator.training.vocabulary._known_to_glove", lambda *_: ["okapi", "tapir", "whale"])
    folder = train(recipe_of(steps=1), data, tmp_path / "first")
    assert read_config(folder).taught == ()  # all that it met is trained
    record = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(record | {"taught": ["tapir"]}))
    known = paraphrase.every_word
    monkeypatch.setattr("refseg_annotator.training.paraphrase.every_word", lambda: known() | {"okapi"})
    further = train(replace(recipe_of(steps=1), start_from=str(folder)), data, tmp_path / "second")
    assert read_config(further).taught == ("okapi", "tapir")
    taught = load_bundle(further).taught_words
    assert {"okapi", "tapir", "dog"} <= set(taught)
    assert "whale" not in taught
