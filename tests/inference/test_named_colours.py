"""Colours that a phrase gives: to what it gives them, and whether an answer has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from refseg_annotator.inference.named_colours import CHROMATIC, colour_doubt, colour_share, named_colours
from refseg_annotator.text import split_words

# What nobody would call otherwise.
PLAIN = {
    "black": (15, 15, 15),
    "white": (250, 250, 250),
    "grey": (128, 128, 128),
    "red": (200, 20, 20),
    "orange": (240, 130, 20),
    "yellow": (240, 220, 30),
    "green": (30, 140, 40),
    "blue": (30, 60, 200),
    "purple": (120, 30, 150),
    "pink": (250, 150, 190),
    "brown": (110, 65, 30),
}
# What may be called by two words is between them; of these pairs nothing is.
NEVER = {
    "black": {"white", "yellow", "pink", "red", "orange"},
    "white": set(PLAIN) - {"white", "grey"},
    "grey": CHROMATIC | {"black", "brown"},  # white in the shade is grey
    "red": {"black", "white", "grey", "yellow", "green", "blue", "purple"},
    "orange": {"black", "white", "grey", "green", "blue", "purple", "pink"},
    "yellow": {"black", "white", "grey", "red", "blue", "purple", "pink"},
    "green": {"black", "white", "grey", "red", "orange", "blue", "purple", "pink"},
    "blue": {"black", "white", "grey", "red", "orange", "yellow", "green", "pink"},
    "purple": {"black", "white", "grey", "red", "orange", "yellow", "green"},
    "pink": {"black", "white", "grey", "yellow", "green", "blue", "orange"},
    "brown": {"white", "grey", "green", "blue", "purple", "pink", "yellow"},
}

rgb = st.tuples(*[st.integers(0, 255)] * 3)


def said(phrase: str) -> tuple[str, ...]:
    return tuple(colour.word for colour in named_colours(split_words(phrase)))


def scene(colour: tuple[int, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """A photo of all colours, with something of one colour in it, and that thing's mask."""
    picture = np.random.default_rng(3).integers(0, 256, (40, 60, 3)).astype(np.uint8)
    mask = np.zeros((40, 60), np.bool_)
    mask[10:30, 20:40] = True
    picture[mask] = colour
    return picture, mask


@pytest.mark.parametrize(
    ("phrase", "colours"),
    [
        ("the red car", ("red",)),
        ("Two big BLACK and WHITE cows on the left", ("black", "white")),
        ("red double decker bus", ("red",)),
        ("long brown skirt", ("brown",)),
        ("parked blue car", ("blue",)),
        ("woman in a green sweater", ("green",)),
        ("man wearing the dark red jacket", ("red",)),
        ("yellow taxi behind the white van", ("yellow",)),
        ("grey cat w/ orange eyes", ("grey",)),
        ("the ginger cat that is asleep", ("ginger",)),
    ],
)
def test_a_colour_before_its_noun_is_said_of_the_thing_or_of_what_it_wears(
    phrase: str, colours: tuple[str, ...]
) -> None:
    assert said(phrase) == colours


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "the dog",
        "the orange on the left",
        "the one in neon yellow",
        "man in black",
        "a black man",
        "the white lady",
        "white toddler",
        "blue eyed cat",
        "red haired woman",
        "horse with the white saddle pad",
        "dog next to the red ball",
        "horse close to the red ball",
        "pups on the purple towel",
        "the dog that is not black",
        "the red or blue car",
        "a glass of red wine",
        "white wine",
        "the green light",
        "guy red shirt",
    ],
)
def test_what_is_a_fruit_a_skin_a_part_a_neighbour_or_a_manner_of_speaking_is_held_against_nothing(phrase: str) -> None:
    assert said(phrase) == ()


@pytest.mark.parametrize("word", PLAIN)
def test_what_is_plainly_of_a_colour_may_be_called_so_and_not_by_what_it_is_not(word: str) -> None:
    pixels = np.array([PLAIN[word]] * 5, np.uint8)
    assert colour_share(pixels, word) == 1
    assert {other for other in PLAIN if colour_share(pixels, other) == 0} >= NEVER[word]


@given(rgb)
def test_nothing_has_no_name_at_all(colour: tuple[int, int, int]) -> None:
    assert any(colour_share(np.array([colour], np.uint8), word) == 1 for word in PLAIN)


def test_a_share_is_of_the_pixels_however_many_and_none_of_none() -> None:
    pixels = np.array([PLAIN["red"], PLAIN["blue"]] * 90_000, np.uint8)
    pixels = np.random.default_rng(0).permutation(pixels)
    assert colour_share(pixels, "red") == pytest.approx(0.5, abs=0.02)
    assert colour_share(pixels[:0], "red") == 0


@pytest.mark.parametrize("word", PLAIN)
def test_an_answer_of_another_colour_is_doubted_and_one_of_its_own_never(word: str) -> None:
    words = split_words(f"the {word} car")
    assert colour_doubt(words, *scene(PLAIN[word])) is None
    for other in NEVER[word]:
        doubt = colour_doubt(split_words(f"the {other} car"), *scene(PLAIN[word]))
        assert doubt is not None, other
        assert (doubt.word, doubt.fit) == (other, 0)


@given(st.integers(0, 400))
def test_the_less_of_a_colour_the_greater_the_doubt(count: int) -> None:
    picture, mask = scene(PLAIN["blue"])
    rows, columns = np.nonzero(mask)
    picture[rows[:count], columns[:count]] = PLAIN["red"]
    doubt = colour_doubt(split_words("the red car"), picture, mask)
    assert (doubt.fit if doubt is not None else 1) == pytest.approx(min(1, count / 400 / 0.12), abs=1e-6)


@pytest.mark.parametrize("side", [1, 12, 1500])
def test_a_large_photo_is_told_the_same_of_a_large_and_of_a_small_thing(side: int) -> None:
    picture = np.full((1800, 2400, 3), PLAIN["green"], np.uint8)
    mask = np.zeros(picture.shape[:2], np.bool_)
    mask[101 : 101 + side, 203 : 203 + side] = True
    picture[mask] = PLAIN["blue"]
    assert colour_doubt(split_words("the blue car"), picture, mask) is None
    doubt = colour_doubt(split_words("the red car"), picture, mask)
    assert doubt is not None
    assert doubt.fit == 0


def test_of_two_colours_the_one_that_is_not_there_is_told_and_a_garment_needs_few_pixels() -> None:
    picture, mask = scene(PLAIN["black"])
    doubt = colour_doubt(split_words("the black and white cow"), picture, mask)
    assert doubt is not None
    assert doubt.word == "white"
    rows, columns = np.nonzero(mask)
    picture[rows[:10], columns[:10]] = PLAIN["green"]
    assert colour_doubt(split_words("woman in a green sweater"), picture, mask) is None
    assert colour_doubt(split_words("the green car"), picture, mask) is not None


def test_a_photo_without_colours_tells_no_colour_and_one_in_the_light_of_a_candle_no_white() -> None:
    _, mask = scene(PLAIN["grey"])
    grey = np.repeat(np.random.default_rng(1).integers(0, 256, (40, 60, 1)), 3, axis=2).astype(np.uint8)
    grey[mask] = PLAIN["grey"]
    assert colour_doubt(split_words("the red car"), grey, mask) is None
    assert colour_doubt(split_words("the black car"), grey, mask) is not None
    level = np.random.default_rng(2).uniform(0.3, 0.9, (40, 60, 1))
    candle = (level * np.array([250, 150, 50])).astype(np.uint8)
    assert colour_doubt(split_words("the white sink"), candle, mask) is None
    assert colour_doubt(split_words("the blue sink"), candle, mask) is not None


def test_an_empty_mask_and_a_photo_that_is_black_all_over_are_told_nothing_of() -> None:
    picture, mask = scene(PLAIN["red"])
    assert colour_doubt(split_words("the blue car"), picture, np.zeros_like(mask)) is None
    assert colour_doubt(split_words("the blue car"), np.zeros_like(picture), mask) is not None


@given(
    st.lists(st.sampled_from(split_words("the a red blue black and or not with in of to car shirt man wearing dog")))
)
def test_any_words_are_read(words: list[str]) -> None:
    picture, mask = scene(PLAIN["red"])
    doubt = colour_doubt(words, picture, mask)
    assert doubt is None or (doubt.word in words and 0 <= doubt.fit < 1)
