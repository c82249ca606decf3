"""Asides decide nothing: the thing, its side and its colour stay, and a phrase that has its own is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.text import mirrored, split_words
from refseg_annotator.training.asides import ASIDES, added, every_form
from refseg_annotator.training.paraphrase import every_word

NOUNS = sorted(noun for row in ASIDES for noun in row.nouns)


@given(
    st.sampled_from(NOUNS), st.sampled_from(["", "the ", "black ", "the black ", "leftmost "]), st.integers(0, 10**6)
)
def test_the_thing_and_what_is_said_of_it_stay(noun: str, before: str, seed: int) -> None:
    phrase = f"{before}{noun} near the tree"
    said = added(phrase, np.random.default_rng(seed))
    assert said != phrase
    kept = [word for word in split_words(phrase) if word != "the"]
    words = iter(split_words(said))
    assert all(word in words for word in kept), said  # in their order
    assert said == added(phrase, np.random.default_rng(seed))


@pytest.mark.parametrize(
    "phrase",
    [
        "man riding the horse",
        "both dogs",
        "two cats",
        "second dog from the left",
        "dog that is black",
        "her bag",
        "kite",
    ],
)
def test_a_phrase_with_its_own_aside_or_no_known_noun_stays(phrase: str) -> None:
    assert {added(phrase, np.random.default_rng(seed)) for seed in range(20)} == {phrase}


def test_only_worn_and_carried_things_have_owners() -> None:
    said = {added("the dog", np.random.default_rng(seed)) for seed in range(60)}
    assert all(phrase.startswith("the dog ") for phrase in said)
    assert len(said) > 10
    bags = {added("the bag", np.random.default_rng(seed)) for seed in range(60)}
    assert {"her bag", "the bag in her hand"} <= bags


def test_no_aside_names_a_side_a_colour_or_a_number() -> None:
    words = {word for row in ASIDES for form in (*row.after, *row.before) for word in split_words(form)}
    assert not words & {
        "left",
        "right",
        "top",
        "bottom",
        "black",
        "white",
        "red",
        "blue",
        "green",
        "two",
        "both",
        "second",
    }
    assert all(mirrored(form) == form for row in ASIDES for form in row.after)


def test_each_noun_has_one_row() -> None:
    assert len(NOUNS) == len(set(NOUNS))


def test_the_vocabulary_knows_every_word() -> None:
    said = {word.removesuffix("'s") for form in every_form() for word in split_words(form)}
    assert said <= every_word()
