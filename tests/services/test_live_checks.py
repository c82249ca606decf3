"""Checks as one types: the phrase in the box, and every expression of a medium."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    MediumId,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.services.expression_words import head_noun
from refseg_annotator.services.live_checks import CheckInput, draft_problems, make_input, problems_of, with_draft
from refseg_annotator.services.problems import ProblemKind as Kind

SIZE = Size(100, 40)
LEFT, MIDDLE, RIGHT = Box(2, 10, 22, 30), Box(40, 10, 60, 30), Box(78, 10, 98, 30)
RED, BLUE = (220, 30, 30), (30, 60, 220)


def image(*colours: tuple[int, int, int]) -> np.ndarray:
    picture = np.full((*SIZE.shape, 3), 235, np.uint8)
    for place, colour in zip((LEFT, MIDDLE, RIGHT), colours, strict=False):
        picture[place.slices] = colour
    return picture


def mask(place: Box) -> Mask:
    return Mask.from_patch(SIZE, place, np.ones(place.shape, bool))


def scene(*expressions: tuple[str, tuple[int, ...]], category: str = "") -> CheckInput:
    """Three things from left to right, 1 to 3."""
    medium = MediumId(9)
    referents = [Referent(ReferentId(number), medium, category=category) for number in (1, 2, 3)]
    annotations = [
        Annotation(referent.id, 0, mask(place), Provenance(Origin.MANUAL))
        for referent, place in zip(referents, (LEFT, MIDDLE, RIGHT), strict=True)
    ]
    texts = [
        Expression(ExpressionId(10 + number), medium, text, tuple(map(ReferentId, targets)))
        for number, (text, targets) in enumerate(expressions)
    ]
    return make_input(medium, "a.png", SIZE, Path("a.png"), referents, texts, annotations)


def kinds(given: CheckInput, picture: np.ndarray | None = None) -> dict[str, set[Kind]]:
    found = problems_of(given, None if picture is None else lambda _: picture)
    texts = {expression.id: expression.text for expression in given.expressions}
    return {texts[key]: {problem.kind for problem in problems} for key, problems in found.items()}


def draft(given: CheckInput, text: str, *targets: int, picture: np.ndarray | None = None) -> set[Kind]:
    typed = with_draft(given, text, tuple(map(ReferentId, targets)))
    return {problem.kind for problem in draft_problems(typed, None if picture is None else lambda _: picture)}


def test_a_phrase_equally_true_of_another_is_told() -> None:
    dogs = scene(("the dog at the left", (1,)), ("small brown dog", (2,)), ("dog with the collar", (3,)))
    assert draft(dogs, "the red dog", 2, picture=image(RED, RED, BLUE)) == {Kind.EQUALLY_TRUE}
    assert draft(dogs, "the red dog", 2, picture=image(BLUE, RED, BLUE)) == set()
    assert draft(dogs, "the red dog", 2) == set(), "without the picture nobody can tell"
    assert draft(dogs, "dog on the left", 2) == {Kind.EQUALLY_TRUE}
    assert draft(dogs, "dog on the left", 1) == set()
    assert draft(dogs, "the red dog with the collar", 2, picture=image(RED, RED, RED)) == set()
    assert draft(dogs, "the dog", 2) == {Kind.CATEGORY_ONLY}
    assert draft(dogs, "the red dogs", 2, picture=image(RED, RED, RED)) == set(), "another word, another kind"


def test_categories_that_people_wrote_come_first() -> None:
    cups = scene(("the red one", (1,)), category="Cup")
    assert draft(cups, "the cup", 2) == {Kind.CATEGORY_ONLY}
    assert draft(cups, "the left cup", 3) == {Kind.SIDE_CONTRADICTED}


def test_side_and_colour_are_held_against_the_mask_as_one_types() -> None:
    things = scene()
    assert draft(things, "the dog on the right", 1) == {Kind.SIDE_CONTRADICTED}
    assert draft(things, "the blue dog", 1, picture=image(RED)) == {Kind.COLOUR_CONTRADICTED}
    assert draft(things, "the red dog", 1, picture=image(RED)) == set()


def test_a_proposal_is_looked_at_like_a_mask() -> None:
    things = scene()
    typed = with_draft(things, "the dog on the right", (), (0, mask(Box(2, 2, 12, 9))))
    assert [problem.kind for problem in draft_problems(typed)] == [Kind.SIDE_CONTRADICTED]
    assert draft_problems(with_draft(things, "the dog on the left", (), (0, mask(Box(2, 2, 12, 9))))) == ()


@pytest.mark.parametrize(
    ("text", "targets", "expected"),
    [
        ("The dog, at the left!", (1,), {Kind.DUPLICATE_EXPRESSION}),
        ("the dog at the left", (2,), {Kind.AMBIGUOUS, Kind.EQUALLY_TRUE}),
        ("the dog at the left", (), set()),
        ("word " * 21, (), {Kind.TOO_LONG}),
        ("", (), set()),
    ],
)
def test_words_alone(text: str, targets: tuple[int, ...], expected: set[Kind]) -> None:
    given = scene(("the dog at the left", (1,)), ("dog with collar", (2,)))
    assert draft(given, text, *targets) == expected


def test_every_expression_of_a_medium_is_looked_at() -> None:
    given = scene(
        ("the dog", (1,)), ("the right dog", (1,)), ("dog with a hat", (2,)), ("a cat", ()), ("the dog", (1,))
    )
    assert kinds(given) == {
        "the dog": {Kind.CATEGORY_ONLY, Kind.DUPLICATE_EXPRESSION},
        "the right dog": {Kind.SIDE_CONTRADICTED},
    }


def test_an_expression_of_another_frame_is_looked_at_there() -> None:
    medium = MediumId(9)
    annotations = [
        Annotation(ReferentId(1), 0, mask(LEFT), Provenance(Origin.MANUAL)),
        Annotation(ReferentId(1), 5, mask(RIGHT), Provenance(Origin.MANUAL)),
    ]
    referents = [Referent(ReferentId(1), medium)]
    read: list[int] = []
    from refseg_annotator.core.annotation import FrameSpan

    texts = [
        Expression(ExpressionId(2), medium, "the left dog", (ReferentId(1),), span=FrameSpan(4, 6)),
        Expression(ExpressionId(3), medium, "the left dog first", (ReferentId(1),), span=FrameSpan(0, 2)),
    ]
    given = make_input(medium, "c.mp4", SIZE, Path("c.mp4"), referents, texts, annotations)
    found = problems_of(given, lambda frame: read.append(frame) or None)  # type: ignore[func-returns-value]
    assert set(found) == {ExpressionId(2)}
    assert read == [5, 0]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("the big brown dog on the left", "dog"),
        ("man in white", "man"),
        ("woman holding a cup", "woman"),
        ("left guy", "guy"),
        ("the left one", ""),
        ("", ""),
        ("Traffic light, far right", "traffic"),
        ("in the back: a bus", "bus"),
    ],
)
def test_the_noun_of_a_phrase(text: str, noun: str) -> None:
    assert head_noun(text) == noun
