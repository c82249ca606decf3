"""Phrases that fit nothing really fit nothing: classes are absent with all their kin, colours far, places wrong."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.training import negatives
from refseg_annotator.training.negatives import Thing, kin_of, wrong_class, wrong_colour, wrong_place_or_count

CLASSES = ["dog", "cat", "car", "truck", "person", "pedestrian", "sofa", "chair", "bottle", "cup", "tv", "sheep"]
KNOWN = {category: [f"the {category}", f"{category} on the left", f"black {category}"] for category in CLASSES}
SEEDS = range(200)


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


# --- kin --------------------------------------------------------------------------------------------------------------


def test_kin_is_mutual_and_includes_oneself() -> None:
    names = {name for row in negatives._KIN for name in row} | {"giraffe"}
    for name in names:
        assert name in kin_of(name)
        assert all(name in kin_of(other) for other in kin_of(name))
    assert kin_of("giraffe") == {"giraffe"}
    assert {"jacket", "sweater", "vest"} <= kin_of("cardigan")  # of two rows


# --- a class that is not there ----------------------------------------------------------------------------------------


@given(st.sets(st.sampled_from(CLASSES)), st.sets(st.sampled_from(CLASSES)), st.integers(0, 10**6))
def test_a_class_that_is_there_or_its_kin_is_never_named(present: set[str], unsafe: set[str], seed: int) -> None:
    phrase = wrong_class(frozenset(present), KNOWN, rng(seed), unsafe=frozenset(unsafe))
    forbidden = set(unsafe).union(*(kin_of(category) for category in present))
    if phrase is None:
        assert set(CLASSES) <= forbidden
        return
    named = next(category for category in CLASSES if category in phrase.split())
    assert named not in forbidden
    assert phrase in KNOWN[named]


def test_an_animal_is_mostly_mistaken_for_an_animal() -> None:
    said = [wrong_class(frozenset({"dog"}), KNOWN, rng(seed), unsafe=frozenset()) for seed in SEEDS]
    animals = sum(phrase is not None and bool({"cat", "sheep"} & set(phrase.split())) for phrase in said)
    assert 0.55 < animals / len(said) < 0.95
    assert not any(phrase is not None and "dog" in phrase.split() for phrase in said)


def test_a_phrase_that_may_mean_anything_is_left_out() -> None:
    known = {"cat": ["the animal on the left", "the cat"]}
    said = {wrong_class(frozenset(), known, rng(seed), unsafe=frozenset()) for seed in SEEDS}
    assert said == {None, "the cat"}


def test_where_nothing_is_left_to_name_there_is_no_phrase() -> None:
    assert wrong_class(frozenset({"dog"}), {"dog": ["dog"]}, rng(0), unsafe=frozenset()) is None
    assert wrong_class(frozenset(), {}, rng(0), unsafe=frozenset()) is None


# --- a colour that is not there ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("colour", negatives._FAR_COLOURS)
def test_another_colour_is_far_from_the_true_one(colour: str) -> None:
    said = {wrong_colour(f"the {colour} dog on the left", 1, rng(seed)) for seed in SEEDS}
    assert said == {f"the {far} dog on the left" for far in negatives._FAR_COLOURS[colour]}


def test_no_colour_is_far_from_itself_or_its_neighbours() -> None:
    near = ["gray grey black", "gray grey white", "red pink", "red orange", "red brown", "orange yellow", "purple blue"]
    near += ["pink purple", "brown orange", "black brown"]
    for colour, far in negatives._FAR_COLOURS.items():
        assert colour not in far
        for pair in near:
            if colour in pair.split():
                assert not set(pair.split()) & set(far), (colour, pair)


def test_a_second_object_of_the_class_forbids_a_wrong_colour() -> None:
    assert wrong_colour("black dog", 2, rng(0)) is None
    assert wrong_colour("black dog", 0, rng(0)) is None
    assert wrong_colour("the dog", 1, rng(0)) is None
    assert wrong_colour("the blackboard", 1, rng(0)) is None


# --- a place or a number that is wrong --------------------------------------------------------------------------------


def said_of(*things: Thing) -> set[str | None]:
    return {wrong_place_or_count("dog", things, rng(seed)) for seed in SEEDS}


COUNTS = {"two dogs", "both dogs", "second dog from the left", "second dog from the right"}
ON_THE_RIGHT = {"dog on the right", "dog on the far right", "right dog"}
ON_THE_LEFT = {"dog on the left", "dog on the far left", "left dog"}


@pytest.mark.parametrize(
    ("centre", "extent", "sides"),
    [
        (0.2, 0.3, ON_THE_RIGHT),
        (0.8, 0.3, ON_THE_LEFT),
        (0.5, 0.3, set()),  # in the middle: who knows
        (0.3, 0.6, set()),  # so wide that it is on both sides
        (0.7, 0.6, set()),
    ],
)
def test_a_side_is_named_only_where_it_is_wrong(centre: float, extent: float, sides: set[str]) -> None:
    assert said_of(Thing("dog", centre, extent)) == COUNTS | sides


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 10**6))
def test_a_thing_that_reaches_a_side_is_never_denied_there(centre: float, extent: float, seed: int) -> None:
    phrase = wrong_place_or_count("dog", [Thing("dog", centre, extent)], rng(seed))
    assert phrase is not None
    if phrase in ON_THE_RIGHT:
        assert centre < 1 / 3
        assert centre + extent / 2 < 0.6
    if phrase in ON_THE_LEFT:
        assert centre > 2 / 3
        assert centre - extent / 2 > 0.4


def test_more_than_one_of_the_class_makes_no_wrong_place() -> None:
    assert said_of(Thing("dog", 0.2, 0.1), Thing("dog", 0.8, 0.1)) == {None}
    assert said_of() == {None}


def test_a_plural_is_left_as_it_is() -> None:
    said = {wrong_place_or_count("scissors", [Thing("scissors", 0.5, 0.1)], rng(seed)) for seed in SEEDS}
    assert {"two scissors", "both scissors"} <= said


# --- beside what is there ---------------------------------------------------------------------------------------------


@given(st.integers(0, 10**6))
def test_the_absent_thing_stands_first_and_its_neighbour_after_it(seed: int) -> None:
    said = negatives.beside("the cat", ["dog", "sofa"], np.random.default_rng(seed))
    assert said.startswith("the cat ")
    assert said.split()[-1] in ("dog", "sofa")


@pytest.mark.parametrize("phrase", ["cat on the left", "cat near the tree", "left cat", "cat with the ball"])
def test_a_phrase_with_a_place_of_its_own_gets_no_other(phrase: str) -> None:
    assert negatives.beside(phrase, ["dog"], np.random.default_rng(0)) == phrase


def test_an_empty_photo_has_no_neighbours() -> None:
    assert negatives.beside("the cat", [], np.random.default_rng(0)) == "the cat"


def test_a_thing_that_is_there_is_told_by_one_that_is_not() -> None:
    rng = np.random.default_rng(1)
    said = [negatives.with_absent("person", "the horse", rng) for _ in range(60)]
    assert all(re.fullmatch(r"(the )?person [a-z ]+ (a|the) horse", phrase) for phrase in said)
    assert {"person riding a horse", "the person wearing the horse"} & set(said)
    assert all("riding" not in negatives.with_absent("dog", "tie", rng) for _ in range(30))
    assert negatives.with_absent("dog", "tie on the left", rng) == "tie on the left"
