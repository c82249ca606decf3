"""Starting a run from a bundle: its words and its weights instead of pretrained parts.

Training goes on from what someone else's hours have taught already. The bundle's vocabulary is taken as it is, so that
every word keeps its row; the optimiser, the average of weights and the schedule begin anew.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from refseg_annotator.errors import BundleError, TrainingError
from refseg_annotator.nn.checkpoint import Bundle, load_bundle
from refseg_annotator.nn.registry import CONFIGURATIONS
from refseg_annotator.nn.text_encoder import ContextualWords
from refseg_annotator.text import split_words
from refseg_annotator.training.vocabulary import Words

if TYPE_CHECKING:
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


def words_of_bundle(bundle: Bundle, splits: Sequence[ReferSplit]) -> Words:
    """The bundle's words; those of the data that it lacks stay unknown to the run, and the log counts them."""
    vocabulary = bundle.tokenizer.vocabulary
    known = set(vocabulary.words)
    lacking = {word for split in splits for sample in split.samples for word in split_words(sample.phrase)} - known
    if lacking:
        logger.info("%d words of the data are not in the bundle's vocabulary, such as %r", len(lacking), min(lacking))
    text = bundle.network.text_encoder
    vectors = text.vectors.detach().cpu().numpy() if isinstance(text, ContextualWords) else None
    return Words(vocabulary, bundle.config.model.trained_words, vectors)


def take_over(network: CMSANetwork, bundle: Bundle) -> None:
    """The bundle's weights into `network`, which has its shape but perhaps for a comparison of words and cells."""
    lacking = network.load_state_dict(bundle.network.state_dict(), strict=False)
    new = [name for name in lacking.missing_keys if not name.startswith("similarity.")]
    if strangers := [*lacking.unexpected_keys, *new]:
        raise TrainingError(f"The bundle's weights do not fit the network at {strangers[0]!r}; start from another one.")
