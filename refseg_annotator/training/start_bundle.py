"""Starting a run from a bundle: its words and its weights instead of pretrained parts.

Training goes on from what someone else's hours have taught already. Every word of the bundle keeps its row, further
words come after them; the optimiser, the average of weights and the schedule begin anew.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from refseg_annotator.errors import BundleError, TrainingError
from refseg_annotator.nn.checkpoint import Bundle, load_bundle
from refseg_annotator.nn.registry import CONFIGURATIONS
from refseg_annotator.nn.text_encoder import ContextualWords
from refseg_annotator.text import Vocabulary
from refseg_annotator.training.paraphrase import every_word
from refseg_annotator.training.vocabulary import KEPT_WORDS, Words, further_words, keep_words, kept_words, said_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.formats.samples import ReferSplit
    from refseg_annotator.nn.model import CMSANetwork
    from refseg_annotator.training.recipe import Recipe

logger = logging.getLogger(__name__)


def bundle_of_recipe(recipe: Recipe) -> Bundle | None:
    """The bundle that `recipe.start_from` names, or None where it names none.

    Raises:
        TrainingError: there is no such bundle, it is damaged, or it is of another configuration.
    """
    if not recipe.start_from:
        return None
    folder = Path(recipe.start_from)
    try:
        bundle = load_bundle(folder)
    except BundleError as cause:
        raise TrainingError(f"The run cannot start from {recipe.start_from!r}: {cause}") from cause
    known = CONFIGURATIONS.get(recipe.configuration)
    model = bundle.config.model
    if known is None:
        return bundle  # the unknown name is refused by whoever builds the network
    # The shapes of canvas decide no weight: a bundle may go on at another size.
    fitting = replace(
        known,
        vocabulary_size=model.vocabulary_size,
        vector_width=model.vector_width,
        trained_words=model.trained_words,
        image_size=model.image_size,
        canvases=model.canvases,
        # A part that bundles had not yet starts as if it were not there.
        similarity_heads=model.similarity_heads or known.similarity_heads,
    )
    if fitting != replace(model, similarity_heads=fitting.similarity_heads):
        raise TrainingError(
            f"The bundle {recipe.start_from!r} is not of the configuration {recipe.configuration!r}; "
            "start from one that is."
        )
    return bundle


def words_of_bundle(bundle: Bundle, splits: Sequence[ReferSplit], recipe: Recipe, data: Path, out: Path) -> Words:
    """The bundle's words in their places, then those that the recipe asks for beside them; kept in `out` for a resume.

    Words that come later have fixed vectors like the others, but no trained correction. Where the recipe takes no
    pretrained parts (`start`), there are no vectors for them: they stay unknown, and the log counts them.
    """
    vocabulary, trained = bundle.tokenizer.vocabulary, bundle.config.model.trained_words
    text = bundle.network.text_encoder
    vectors = text.vectors.detach().cpu().numpy() if isinstance(text, ContextualWords) else None
    said = said_words(splits)
    if vectors is None or not recipe.start:
        lacking = said - set(vocabulary.words)
        if lacking:
            logger.info("%d words of the data are not in the bundle, such as %r", len(lacking), min(lacking))
        return Words(vocabulary, trained, vectors)
    wanted = Vocabulary.of([*vocabulary.words, *sorted(said | every_word()), *further_words(recipe, data)])
    more = wanted.words[len(vocabulary) :]
    if not more:
        return Words(vocabulary, trained, vectors)
    kept = kept_words(out / KEPT_WORDS)
    if kept is not None and kept.vocabulary == wanted and _begin_with(kept, vectors):
        return kept
    from refseg_annotator.training.start_weights import word_vectors_beside

    words = Words(wanted, trained, np.concatenate([vectors, word_vectors_beside(more, vocabulary.words, vectors)]))
    keep_words(words, out / KEPT_WORDS)
    return words


def _begin_with(words: Words, vectors: NDArray[np.float32]) -> bool:
    return words.vectors is not None and np.array_equal(words.vectors[: len(vectors)], vectors)


def take_over(network: CMSANetwork, bundle: Bundle, words: Words) -> None:
    """The bundle's weights into `network`, which has its shape but perhaps for more words, whose vectors come too, and
    for a comparison of words and cells.
    """
    state = bundle.network.state_dict()
    if isinstance(network.text_encoder, ContextualWords) and words.vectors is not None:
        state["text_encoder.vectors"] = torch.from_numpy(words.vectors)
    lacking = network.load_state_dict(state, strict=False)
    new = [name for name in lacking.missing_keys if not name.startswith("similarity.")]
    if strangers := [*lacking.unexpected_keys, *new]:
        raise TrainingError(f"The bundle's weights do not fit the network at {strangers[0]!r}; start from another one.")
