"""Other words for the same meaning: sides and colours survive every rule, and the mirror undoes itself."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.text import mirrored, split_words
from refseg_annotator.training import paraphrase
from refseg_annotator.training.paraphrase import RULES, SYNONYMS, every_word, joined, reworded

SIDE_WORDS = ["left", "right", "leftmost", "rightmost", "lefthand", "righthand", "left-hand", "right-hand", "leftward"]
OTHER_WORDS = ["the", "dog", "second", "from", "on", "leftover", "bright", "copyright", "middle", "hand", "side"]


# --- the mirror -------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(SIDE_WORDS + OTHER_WORDS), max_size=8).map(" ".join))
def test_the_mirror_of_the_mirror_is_the_phrase(phrase: str) -> None:
    assert mirrored(mirrored(phrase)) == phrase


@pytest.mark.parametrize(
    ("phrase", "other"),
    [
        ("dog on the left", "dog on the right"),
        ("second dog from the right", "second dog from the left"),
        ("leftmost chair, not the right one", "rightmost chair, not the left one"),
        ("left-hand side", "right-hand side"),
        ("lefthand dog", "righthand dog"),
        ("the man's left", "the man's right"),
        ("left most cup", "right most cup"),
        ("bright dog beside the leftover cake", "bright dog beside the leftover cake"),
        ("the dog in the middle", "the dog in the middle"),
        ("", ""),
    ],
)
def test_every_word_of_a_side_changes_sides_and_nothing_else_does(phrase: str, other: str) -> None:
    assert mirrored(phrase) == other
    assert mirrored(other) == phrase


def test_capitals_do_not_hide_a_side() -> None:
    assert mirrored("LEFT dog") == "right dog"


def test_what_the_rules_say_of_a_side_can_be_mirrored() -> None:
    # A form with a side word that the mirror does not know would teach the wrong side.
    said = [form.format(x="dog", y="cat", s="left") for rule in RULES for form in rule.says if "{s}" in form]
    for form in said:
        if any(word.startswith("left") for word in split_words(form)):
            assert "left" not in mirrored(form), form
            assert "right" in mirrored(form), form


# --- rules ------------------------------------------------------------------------------------------------------------

MET = {
    "dog on the far left": "left",
    "leftmost dog": "left",
    "second dog from the right": "right",
    "the dog on the right": "right",
    "dog on the left side": "left",
    "left dog": "left",
    "dog in the middle": None,
    "dog in front": None,
    "dog in the background": None,
    "dog at the top": "top",
    "bottom dog": "bottom",
    "dog between the other two": None,
    "biggest dog": None,
    "little dog": None,
    "closest dog": None,
    "farthest dog": None,
    "the black dog": "black",
    "dog that is brown": "brown",
    "dog next to the cat": "cat",
    "dog with the ball": "ball",
    "man riding the horse": "horse",
    "all the dogs": None,
    "both dogs": None,
}


def rule_of(phrase: str) -> int:
    return next((number for number, rule in enumerate(RULES) if any(pattern.match(phrase) for pattern in rule.met)), -1)


def test_every_rule_is_met() -> None:
    assert {rule_of(phrase) for phrase in MET} == set(range(len(RULES)))


@pytest.mark.parametrize(("phrase", "kept"), MET.items())
def test_a_rules_forms_keep_the_thing_and_the_word_that_decides(phrase: str, kept: str | None) -> None:
    rng = np.random.default_rng(0)
    said = {paraphrase._restated(phrase, rng, plain=False) for _ in range(200)}
    assert len(said) > 2
    for form in said:
        assert "{" not in form
        assert re.search(r"\b(dogs?|man)\b", form), form
        if kept in ("left", "right"):
            assert re.search(rf"\b{kept}(most|hand)?\b", form), form
            assert not re.search(r"\bright" if kept == "left" else r"\bleft", form), form
        elif kept is not None:
            assert kept in form.split(), form


def test_rules_are_taken_in_their_order() -> None:
    # "leftmost" before "left", "second from the left" before "on the left", sides before colours.
    assert rule_of("leftmost dog") == rule_of("dog on the far right") == 0
    assert rule_of("second dog from the left") == 1
    assert rule_of("black dog on the left") == rule_of("dog on the left") == 2


def test_a_phrase_that_no_rule_knows_stays() -> None:
    rng = np.random.default_rng(0)
    assert {paraphrase._restated("dog chewing a bone", rng, plain=False) for _ in range(20)} == {"dog chewing a bone"}


def test_a_plain_class_is_said_in_plain_ways() -> None:
    rng = np.random.default_rng(0)
    said = {paraphrase._restated("the potted plant", rng, plain=True) for _ in range(200)}
    assert len(said) > 8
    assert all("potted plant" in form and "the the" not in form for form in said)


# --- the whole --------------------------------------------------------------------------------------------------------


@given(st.sampled_from([*MET, "dog chewing a bone", "t-shirt", "a", "the", "x"]), st.integers(0, 10**6), st.booleans())
def test_rewording_is_never_empty_and_a_function_of_chance_alone(phrase: str, seed: int, plain: bool) -> None:
    said = reworded(phrase, np.random.default_rng(seed), plain=plain)
    assert split_words(said)
    assert "{" not in said
    assert said == reworded(phrase, np.random.default_rng(seed), plain=plain)


@given(st.text(max_size=30).filter(split_words), st.integers(0, 10**6), st.booleans())
def test_any_phrase_can_be_reworded(phrase: str, seed: int, plain: bool) -> None:
    assert reworded(phrase, np.random.default_rng(seed), plain=plain)


@pytest.mark.parametrize("phrase", ["dog on the left", "the black dog", "second dog from the right", "both dogs"])
def test_sides_and_colours_survive_chance(phrase: str) -> None:
    # A hurried hand may swap two letters: one in thirty phrases loses a word, no phrase gains a wrong one.
    decides = {"left", "right", "black", "both", "two", "pair"}
    others = {"both": {"two", "pair"}, "black": {"dark"}}  # said in their place
    wanted = decides & set(phrase.split())
    wanted |= {other for word in wanted for other in others.get(word, ())}
    said = [reworded(phrase, np.random.default_rng(seed), plain=False) for seed in range(400)]
    kept = [bool(wanted & set(re.split(r"[ ,]|most|hand", form))) for form in said]
    assert np.mean(kept) > 0.93
    assert not any((decides - wanted) & set(form.split()) for form in said)


def test_synonyms_are_offered_for_the_thing() -> None:
    said = {reworded("dog on the left", np.random.default_rng(seed), plain=False) for seed in range(400)}
    words = {word for form in said for word in form.split()}
    assert {"puppy", "doggy", "hound"} & words
    assert "cat" not in words


def test_rows_hold_words_of_one_meaning_once() -> None:
    for row in SYNONYMS:
        assert len(set(row)) == len(row) > 1
        assert not any(word in ("left", "right") for word in row)


# --- joining ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colour", "position", "longer"),
    [
        ("the black dog", "dog on the left", "black dog on the left"),
        ("black dog", "the dog in the middle", "black dog in the middle"),
        ("red car", "left car", "left red car"),
        ("red wine glass", "wine glass on the right", "red wine glass on the right"),
        ("black dog", "cat on the left", None),  # not the same word
        ("black dog", "hotdog on the left", None),
        ("dog that is black", "dog on the left", None),
        ("black dog", "white dog on the left", None),  # a colour is there already
        ("dog", "dog on the left", None),
    ],
)
def test_a_colour_and_a_place_make_one_longer_phrase(colour: str, position: str, longer: str | None) -> None:
    assert joined(colour, position) == longer


# --- the vocabulary ---------------------------------------------------------------------------------------------------


def test_every_word_that_can_be_said_is_known_beforehand() -> None:
    known = every_word()
    forms = [form for rule in RULES for form in rule.says] + list(paraphrase._PLAIN)
    for form in forms:
        for side in ("left", "right"):
            said = form.format(x="", y="", s=side)
            for word in split_words(said):
                assert word in known | {"left", "right"}, (form, word)
    for row in SYNONYMS:
        for entry in row:
            assert set(split_words(entry)) <= known
    assert not {"x", "y", "s"} & known
    assert {mirrored(word) for word in known} <= known
