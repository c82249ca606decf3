"""What the filter box understands."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from refseg_annotator.core.annotation import (
    Asked,
    BlindCheck,
    Expression,
    ExpressionId,
    Medium,
    MediumId,
    MediumKind,
    MediumState,
    Referent,
    ReferentId,
)
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.project import Project
from refseg_annotator.services.media_filter import EXAMPLES, explained, parse_filter


def asked(score: float, presence: float = 0.9) -> Asked:
    return Asked(model="m", presence=presence, threshold=0.5, score=score)


@pytest.fixture(scope="module")
def project() -> Project:
    media = [
        Medium(MediumId(1), "/photos/Holiday/beach.png", MediumKind.IMAGE, Size(9, 9), state=MediumState.REVIEWED),
        Medium(MediumId(2), "/photos/home/dog.png", MediumKind.IMAGE, Size(9, 9), state=MediumState.IN_WORK),
        Medium(MediumId(3), "/photos/home/empty.png", MediumKind.IMAGE, Size(9, 9)),
    ]
    referent = Referent(ReferentId(4), MediumId(1))
    texts = [
        Expression(ExpressionId(5), MediumId(1), "The Dog on the left", (referent.id,), asked=asked(0.8)),
        Expression(ExpressionId(6), MediumId(2), "woman's hat", asked=asked(0.3)),
        Expression(ExpressionId(7), MediumId(2), "a cow", asked=asked(0.9, presence=0.1)),
    ]
    texts[0] = replace(texts[0], checks=(BlindCheck(agreement=1.0),))
    return Project.load_records(media=media, referents=[referent], expressions=texts)


def listed(project: Project, text: str, state: MediumState | None = None) -> list[int]:
    wanted = parse_filter(text, state)
    found = wanted.passing(project)
    assert found == [medium.id for medium in project.media.values() if wanted.passes(project, medium)]
    return [int(medium_id) for medium_id in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2, 3]),
        ("dog", [1, 2]),
        ("DOG left", [1]),
        ("name:dog", [2]),
        ("name:home", [2, 3]),
        ("phrase:dog", [1]),
        ('phrase:"on the left"', [1]),
        ('"on the left', [1]),
        ("woman's", [2]),
        ("phrase:dog phrase:hat", []),
        ("score<50", [2]),
        ("score<0.5", [2]),
        ("score>=80%", [1]),
        ("score>20 score<0.5", [2]),
        ("state:reviewed", [1]),
        ("state:work", [2]),
        ("is:unreviewed", [2, 3]),
        ("state:unreviewed dog", [2]),
        ("is:open", [2]),
        ("is:nothere", [2]),
        ("no:phrases", [3]),
        ("no:masks", [2, 3]),
        ("has:masks", [1]),
        ("has:checks", [1]),
        ("12:30", []),
    ],
)
def test_filters(project: Project, text: str, expected: list[int]) -> None:
    assert listed(project, text) == expected


def test_the_state_beside_the_box_narrows(project: Project) -> None:
    assert listed(project, "dog", MediumState.REVIEWED) == [1]
    assert listed(project, "state:work", MediumState.REVIEWED) == []


def test_what_is_no_filter_is_told() -> None:
    assert explained(parse_filter("state:gone dog")).startswith("'state:gone' is no filter; try score<50")
    assert explained(parse_filter("has: dog")) == ""


def test_every_example_is_understood() -> None:
    for _, text in EXAMPLES:
        found = parse_filter(text)
        assert not found.is_empty
        assert not found.unknown


def talkative(count: int) -> Project:
    media = [Medium(MediumId(n), f"/p/{n}.jpg", MediumKind.IMAGE, Size(9, 9)) for n in range(1, count + 1)]
    texts = [Expression(ExpressionId(count + n), MediumId(n), f"the dog {n}") for n in range(1, count + 1)]
    return Project.load_records(media=media, referents=[], expressions=texts)


def test_the_time_of_many_media_grows_as_their_number() -> None:
    few, many = talkative(500), talkative(32_000)
    wanted = parse_filter("dog 77")
    assert len(wanted.passing(many)) > 100

    def seconds(project: Project) -> float:
        began = time.perf_counter()
        wanted.passing(project)
        return time.perf_counter() - began

    # Turn about, so that a busy machine slows both. 64 times as many take 64 times as long; a search that is quadratic
    # anywhere would take 4,096 times as long.
    times = [(seconds(few), seconds(many)) for _ in range(5)]
    assert min(long for _, long in times) < 1000 * min(short for short, _ in times), times
