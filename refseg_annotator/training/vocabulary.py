"""The words a run knows, and the vectors they start from."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from refseg_annotator.errors import BundleError, TrainingError
from refseg_annotator.nn.registry import CONFIGURATIONS, configuration
from refseg_annotator.text import Vocabulary, split_words
from refseg_annotator.training import paraphrase
from refseg_annotator.training.recipe import Recipe

if TYPE_CHECKING:
    from refseg_annotator.formats.samples import ReferSplit

logger = logging.getLogger(__name__)

KEPT_WORDS: Final = "vocabulary.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A vocabulary, how many of its first ids carry trained corrections, and the fixed vectors (len, w) or None."""

    vocabulary: Vocabulary
    trained: int
    vectors: NDArray[np.float32] | None


def said_words(splits: Sequence[ReferSplit]) -> set[str]:
    """The words of the phrases themselves, without their other wordings."""
    return {word for split in splits for sample in split.samples for word in split_words(sample.phrase)}


def met_beside(words: Words, splits: Sequence[ReferSplit]) -> set[str]:
    """The words that a run on `splits` meets and that carry no trained correction."""
    return (said_words(splits) | paraphrase.every_word()) & set(words.vocabulary.words[words.trained :])


def words_of_recipe(recipe: Recipe, splits: Sequence[ReferSplit], data: Path, out: Path) -> Words:
    """Words of the phrases first, then those of further texts and GloVe's most frequent; kept in `out` for a resume."""
    trained = sorted(said_words(splits) | paraphrase.every_word())
    configuration(recipe.configuration, vocabulary_size=2)  # an unknown name is refused before anything is gathered
    config = CONFIGURATIONS[recipe.configuration]
    if config.text == "embedding":
        vocabulary = Vocabulary.of(trained)
        return Words(vocabulary, len(vocabulary), None)
    cache = out / KEPT_WORDS
    kept = kept_words(cache)
    if kept is not None and kept.vocabulary.words[2 : kept.trained] == tuple(trained):
        return kept
    vocabulary = Vocabulary.of([*trained, *further_words(recipe, data)])
    if recipe.start:
        from refseg_annotator.training.start_weights import word_vectors

        vectors = word_vectors(vocabulary.words)
    else:
        shape = (len(vocabulary), config.vector_width)
        vectors = np.random.default_rng(recipe.seed).normal(0, 1, shape).astype(np.float32)
    vectors[:2] = 0
    words = Words(vocabulary, 2 + len(trained), vectors)
    keep_words(words, cache)
    return words


def further_words(recipe: Recipe, data: Path) -> list[str]:
    """Words of the recipe's texts that GloVe knows, and GloVe's most frequent."""
    texts = (word for name in recipe.vocabulary.texts for word in _words_of_text(data / name))
    return _known_to_glove(texts, recipe.vocabulary.glove_words)


def keep_words(words: Words, cache: Path) -> None:
    """Keeps words with vectors for a resume, beside and moved into place; without vectors they are gathered at once."""
    if words.vectors is None:
        return
    staged = cache.with_name(f".{cache.name}")  # savez adds no suffix to a name that has its own
    np.savez_compressed(staged, words=np.array(words.vocabulary.words), trained=words.trained, vectors=words.vectors)
    staged.replace(cache)


def kept_words(cache: Path) -> Words | None:
    """The words kept for a resume; None where there are none, or none that can be read."""
    if not cache.exists():
        return None
    try:
        with cache.open("rb") as file, np.load(file) as kept:
            return Words(Vocabulary([str(word) for word in kept["words"]]), int(kept["trained"]), kept["vectors"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, BundleError) as cause:
        logger.info("the words kept in %s cannot be read (%s); they are gathered anew", cache, cause)
        return None


def _known_to_glove(texts: Iterable[str], count: int) -> list[str]:
    """Words of `texts` and the `count` most frequent plain words, those only that GloVe has a vector for."""
    if count == 0:
        return sorted(set(texts))
    from refseg_annotator.training.start_weights import glove_words

    glove = glove_words()
    known = set(glove)
    frequent = [word for word in glove[: 2 * count] if word.isalpha() and word.isascii() and len(word) > 1][:count]
    return [*sorted(set(texts) & known), *frequent]


def _words_of_text(path: Path) -> Iterable[str]:
    """Words of a further text: a JSON of lists of sentences, or a CSV with a column `query`."""
    try:
        if path.suffix == ".json":
            loaded = json.loads(path.read_text(encoding="utf-8"))
            sentences = [sentence for row in loaded.values() for sentence in row]
        else:
            with path.open(encoding="utf-8", newline="") as file:
                sentences = [row["query"] for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError, AttributeError) as cause:
        raise TrainingError(
            f"The recipe's text {str(path)!r} is missing or has no sentences; mend `vocabulary.texts`."
        ) from cause
    return {word for sentence in sentences for word in split_words(sentence)}
