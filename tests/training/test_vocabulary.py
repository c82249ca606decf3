"""Words of a run: those of its phrases first, kept for a resume, gathered anew when what was kept is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.errors import ModelError, TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.text import split_words
from refseg_annotator.training import paraphrase
from refseg_annotator.training.recipe import Recipe, VocabularyConfig
from refseg_annotator.training.vocabulary import KEPT_WORDS, Words, words_of_recipe

RecipeOf = Callable[..., Recipe]


def words_of(recipe: Recipe, data: Path, out: Path) -> Words:
    out.mkdir(exist_ok=True)
    return words_of_recipe(recipe, [read_refer(data, "train")], data, out)


def same(one: Words, other: Words) -> bool:
    assert one.vectors is not None
    assert other.vectors is not None
    return (one.vocabulary, one.trained) == (other.vocabulary, other.trained) and np.array_equal(
        one.vectors, other.vectors
    )


def test_the_words_of_the_phrases_and_of_their_other_wordings_are_trained(
    recipe_of: RecipeOf, data: Path, tmp_path: Path
) -> None:
    words = words_of(recipe_of(), data, tmp_path / "out")
    trained = set(words.vocabulary.words[2 : words.trained])
    said = {word for sample in read_refer(data, "train").samples for word in split_words(sample.phrase)}
    assert trained == said | paraphrase.every_word()
    assert words.vectors is not None
    assert words.vectors.shape == (len(words.vocabulary), 8)
    assert words.vectors.dtype == np.float32
    assert not words.vectors[:2].any()
    assert words.vectors[2:].any(axis=1).all()


def test_words_of_further_texts_come_after_the_trained_ones(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    (data / "more.json").write_text('{"1": ["a Zebra, grazing"], "2": ["the dog"]}')
    (data / "more.csv").write_text("video_id,query\n1,okapi is yodelling\n")
    recipe = recipe_of(vocabulary=VocabularyConfig(glove_words=0, texts=("more.json", "more.csv")))
    words = words_of(recipe, data, tmp_path / "out")
    assert words.vocabulary.words[words.trained :] == ("grazing", "okapi", "yodelling", "zebra")


@pytest.mark.parametrize(
    ("name", "content"),
    [("none.json", None), ("bad.json", "{"), ("list.json", "[1]"), ("bad.csv", "a,b\n1,2\n")],
)
def test_a_further_text_that_is_missing_or_none_is_one_sentence(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, name: str, content: str | None
) -> None:
    if content is not None:
        (data / name).write_text(content)
    with pytest.raises(TrainingError, match=rf"{name}' is missing or has no sentences; mend `vocabulary.texts`"):
        words_of(recipe_of(vocabulary=VocabularyConfig(glove_words=0, texts=(name,))), data, tmp_path / "out")


def test_the_papers_text_side_has_trained_words_alone(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    words = words_of(recipe_of(configuration="cmsa-paper"), data, tmp_path / "out")
    assert words.vectors is None
    assert words.trained == len(words.vocabulary)


def test_an_unknown_configuration_is_refused_before_anything_is_gathered(
    recipe_of: RecipeOf, data: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="no configuration 'huge'; choose one of cmsa-lite"):
        words_of(recipe_of(configuration="huge"), data, tmp_path / "out")
    assert not (tmp_path / "out" / KEPT_WORDS).exists()


# --- kept for a resume ------------------------------------------------------------------------------------------------


def test_a_resumed_run_finds_its_words(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = words_of(recipe_of(), data, out)
    kept = out / KEPT_WORDS
    with np.load(kept) as found:
        marked = {name: found[name] for name in found}
    marked["vectors"] = marked["vectors"] + 1  # shows that they are read and not made again
    np.savez(kept, **marked)
    again = words_of(recipe_of(), data, out)
    assert again.vocabulary == first.vocabulary
    assert again.vectors is not None
    assert first.vectors is not None
    assert np.allclose(again.vectors, first.vectors + 1)
    assert [path.name for path in out.iterdir()] == [KEPT_WORDS]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"nothing"])
def test_words_kept_by_half_are_gathered_anew(recipe_of: RecipeOf, data: Path, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out"
    first = words_of(recipe_of(), data, out)
    (out / KEPT_WORDS).write_bytes(content)
    assert same(words_of(recipe_of(), data, out), first)
    whole = (out / KEPT_WORDS).read_bytes()
    (out / KEPT_WORDS).write_bytes(whole[: len(whole) // 2])
    assert same(words_of(recipe_of(), data, out), first)


def test_words_kept_of_other_data_are_gathered_anew(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words_of(recipe_of(), data, out)
    refs = data / "refs_train.json"
    refs.write_text(refs.read_text().replace("the yellow car", "the yellow okapi"))
    assert "okapi" in words_of(recipe_of(), data, out).vocabulary
