"""Sizes among things of a kind: which phrases compare, and which part of the kind is taken."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from refseg_annotator.inference.size_comparison import SizeComparison, by_size, size_comparison
from refseg_annotator.text import split_words

THRESHOLD = 0.45


def compared(phrase: str) -> SizeComparison | None:
    return size_comparison(split_words(phrase))


@pytest.mark.parametrize(
    ("phrase", "kind", "largest"),
    [
        ("the smallest dog", "dog", False),
        ("Biggest man", "man", True),
        ("the sheep that is farthest away", "sheep", False),
        ("the sink closer to us", "sink", True),
        ("the potted bush closest to the camera", "potted bush", True),
        ("big black dog", "black dog", True),
        ("the largest bus in the picture", "bus", True),
        ("most distant car", "car", False),
    ],
)
def test_a_size_and_a_kind_are_compared(phrase: str, kind: str, largest: bool) -> None:
    found = compared(phrase)
    assert found is not None
    assert found.largest is largest
    assert found.kind[1] == f"the {kind}"
    plurals = {"man": "men", "sheep": "sheep", "potted bush": "potted bushes", "bus": "buses"}
    assert found.kind[0] == f"all {plurals.get(kind, kind + 's')}"


@pytest.mark.parametrize("phrase", ["closest of the three dogs", "the nearer one of the dogs", "biggest of all dogs"])
def test_one_of_several_is_compared_too(phrase: str) -> None:
    assert compared(phrase) == SizeComparison(("all dogs",), largest=True)


@pytest.mark.parametrize(
    "phrase",
    [
        "the dog",
        "the big dogs",
        "the big cow with the halter on",
        "small dog on the kitchen floor",
        "the dog behind the big tree",
        "small bunch of bananas",
        "bigger of the dog",
        "the big glasses",
        "smallest",
        "cat with its eyes closed",
        "",
    ],
)
def test_what_says_more_or_less_than_a_size_and_a_kind_is_left_to_the_network(phrase: str) -> None:
    assert compared(phrase) is None


def logits(*boxes: tuple[slice, slice, float]) -> NDArray[np.float32]:
    made = np.full((40, 60), -4.0, np.float32)
    for rows, columns, value in boxes:
        made[rows, columns] = value
    return made


SMALL = (slice(4, 10), slice(4, 10), 1.0)
LARGE = (slice(15, 35), slice(25, 50), 3.0)
SPECK = (slice(0, 1), slice(58, 60), 5.0)
UNSURE = (slice(2, 8), slice(40, 48), -0.1)  # above the threshold of .45, below one half


def cut(found: NDArray[np.float32]) -> NDArray[np.bool_]:
    return np.asarray(1 / (1 + np.exp(-found)) > THRESHOLD)


def test_the_smallest_thing_is_taken_however_faint_beside_the_largest_and_specks_are_no_things() -> None:
    kind = logits(SMALL, LARGE, SPECK, UNSURE)
    own = logits(LARGE)
    smallest = cut(by_size(own, kind, THRESHOLD, largest=False))
    assert np.array_equal(smallest, cut(logits(SMALL)))
    largest = cut(by_size(logits(SMALL), kind, THRESHOLD, largest=True))
    assert np.array_equal(largest, cut(logits(LARGE)))


def test_the_others_stay_in_the_map_just_below_the_threshold() -> None:
    found = by_size(logits(LARGE), logits(SMALL, LARGE), THRESHOLD, largest=False)
    other = 1 / (1 + np.exp(-found[15:35, 25:50]))
    assert (other < THRESHOLD).all()
    assert (other > THRESHOLD - 0.1).all()


def test_one_thing_alone_leaves_the_networks_own_answer() -> None:
    own = logits((slice(15, 30), slice(20, 50), 2.0))
    assert by_size(own, logits(LARGE, SPECK), THRESHOLD, largest=False) is own
    assert by_size(own, logits(), THRESHOLD, largest=True) is own


def test_an_answer_that_is_the_part_already_keeps_its_outline() -> None:
    own = logits((slice(15, 34), slice(26, 50), 2.0))
    assert by_size(own, logits(SMALL, LARGE), THRESHOLD, largest=True) is own


def test_what_such_an_answer_shows_beside_the_part_is_left_out() -> None:
    meant = (slice(15, 34), slice(26, 50), 2.0)
    found = by_size(logits(meant, SMALL), logits(SMALL, LARGE), THRESHOLD, largest=True)
    assert np.array_equal(cut(found), cut(logits(meant)))
