"""Phrases without the words that training never met, and the two readings of one phrase as one map."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.inference.kinds_of_things import KINDS
from refseg_annotator.inference.plain_phrase import TaughtWords, joined_readings, reading_weights
from refseg_annotator.text import plural_of, split_words

TAUGHT = (
    "dog cat horse man woman boy kid jacket coat skirt hat screen bicycle car cake orange chair table bowl glass tabby"
    " black white red blue big small left right front middle top back sitting standing looking wearing smiling"
    " walking fence camera man's face road"
)
FURTHER = "bib saddle pad leather curled pleated barriers waiter slice leash propeller christmas tree paint"
WORDS = TaughtWords(TAUGHT.split(), frozenset(f"{TAUGHT} {FURTHER}".split()))


def plain(phrase: str) -> str | None:
    found = WORDS.plain(WORDS.spelt(split_words(phrase)))
    return None if found is None else " ".join(found)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("black cat with a white bib", "black cat"),
        ("horse with the white saddle pad", "horse"),
        ("leather jacket", "jacket"),
        ("white pleated skirt", "white skirt"),
        ("the cat curled up on the chair", "the cat"),
        ("dog on the leash", "dog"),
        ("slice of cake", "cake"),
        ("the car with the blue propeller in front", "the car in front"),
        ("the christmas tree on the left", "the christmas tree on the left"),
        ("man in the leather jacket", "man in the jacket"),
        ("dog with paint on its face", "dog"),
        ("cat on the leash on the left", "cat on the left"),
        ("bycicle with a bib on the left", "bicycle on the left"),
        ("two boys and a dog", "two boys and a dog"),
        ("bowls in the front, leather", "bowls in the front"),
        ("big italian greyhound", "big dog"),
        ("two poodles on the left", "two dogs on the left"),
        ("man and a toddler in the red fleece", "man and a toddler in the red jacket"),
        ("woman with a beret", "woman with a hat"),
        ("woman wearing a big wool beret", "woman wearing a big hat"),
        ("cow carrying a tourist", "cow"),
        ("the chinos", "the chinos"),
    ],
)
def test_what_describes_by_strange_words_is_left_out_and_what_names_the_thing_stays(phrase: str, said: str) -> None:
    assert (plain(phrase) or " ".join(split_words(phrase))) == said


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("woman in a red coat wearing a hat with a dog", "woman"),
        ("dog sitting next to the man with a hat in front of the fence", "dog in front of the fence"),
        ("man standing on the right looking at the camera with a dog", "man on the right"),
        ("dog with a hat on its back looking at the cat", "dog"),
    ],
)
def test_of_several_things_said_places_alone_are_kept(phrase: str, said: str) -> None:
    assert plain(phrase) == said


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "dog",
        "the red dog on the left",
        "dog near the chair",
        "gizmo",
        "the gizmo",
        "one of these",
        "2 dogs",
        "with",
    ],
)
def test_a_short_phrase_of_taught_words_or_of_none_is_read_once(phrase: str) -> None:
    assert plain(phrase) is None


def test_only_words_that_nothing_knows_are_held_for_misspelt() -> None:
    # Like no taught word; known by a vector; too short to tell.
    untouched = ("leashs", "curled", "dgo")
    assert WORDS.spelt(("the", "bycicle", "jackett", *untouched)) == ("the", "bicycle", "jacket", *untouched)


def test_kinds_are_one_taught_thing_each_and_never_their_own_name() -> None:
    folder = Path(__file__).parents[2] / "models" / "cmsa-lite"
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    vocabulary = (folder / "vocabulary.txt").read_text(encoding="utf-8").split()
    shipped = TaughtWords([*vocabulary[: config["model"]["trained_words"]], *config["taught"]], frozenset(vocabulary))
    assert not [kind for kind in KINDS.values() if any(map(shipped.strange, kind.split()))]
    assert not set(KINDS) & set(KINDS.values())
    for name, kind in KINDS.items():
        assert split_words(name) == (name,)
        assert KINDS.get(plural_of(name), kind) in (kind, plural_of(kind))
    assert shipped.plain(("golden", "retriever")) is None  # this one was taught
    assert shipped.plain(("a", "pug", "on", "the", "sofa")) == ("a", "dog", "on", "the", "sofa")


@given(
    st.lists(
        st.sampled_from(f"{TAUGHT} {FURTHER} of in on with the a who and its one two 3 qwertz".split()), max_size=14
    )
)
def test_the_plain_phrase_is_what_was_said_in_its_order_and_has_no_plainer_one_of_its_own_words(
    words: list[str],
) -> None:
    found = WORDS.plain(words)
    if found is None:
        return
    assert found
    rest = iter(words)
    assert all(any(word in (said, KINDS.get(said)) for said in rest) for word in found)
    assert len(found) <= len(words)
    assert found != tuple(words)


MAPS = st.lists(st.floats(-200, 200, width=32), min_size=6, max_size=6).map(
    lambda numbers: np.array(numbers, np.float32).reshape(2, 3)
)


@given(MAPS, MAPS, st.floats(0, 1), st.floats(0, 1))
def test_a_joined_map_lies_between_its_readings_and_is_theirs_where_they_agree(
    one: np.ndarray, other: np.ndarray, first: float, second: float
) -> None:
    weights = reading_weights([first, second])
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    joined = joined_readings([one, other], weights)
    assert joined.dtype == np.float32
    assert joined.shape == one.shape
    assert (joined >= np.minimum(one, other) - 1e-3).all()
    assert (joined <= np.maximum(one, other) + 1e-3).all()
    assert np.allclose(joined_readings([one, one], weights), one, atol=1e-3)


def test_probabilities_are_averaged_and_the_better_reading_counts_more() -> None:
    one, other = np.full((1, 1), 2.0, np.float32), np.full((1, 1), -1.0, np.float32)
    weights = reading_weights([0.8, 0.2])
    assert weights[0] > 3 * weights[1]
    chances = 1 / (1 + np.exp(-np.array([2.0, -1.0])))
    assert 1 / (1 + np.exp(-joined_readings([one, other], weights))) == pytest.approx(
        float(weights @ chances), abs=1e-5
    )
