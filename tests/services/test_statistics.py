"""Statistics: every number against a project small enough to count by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from refseg_annotator.core.annotation import Asked, ExpressionId
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.edits import PutExpression
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import open_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.session import Session
from refseg_annotator.services.statistics import SINGULAR, Statistics, counting
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import everything_of
from tests.storage.records import filled_project


class Undisturbed:
    cancelled = False

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Nobody listens."""


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "filled.refseg"
    with ProjectStore.create(path, author="Ada") as store:
        store.write(everything_of(filled_project(tmp_path)))
    session = open_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    yield session
    session.close()


def count(session: Session) -> Statistics:
    (statistics,) = counting(session)(Undisturbed())
    return statistics


def bars(statistics: Statistics, name: str) -> dict[str, int]:
    (chart,) = (chart for chart in statistics.charts if chart.name == name)
    return {label: value for label, value in chart.bars if value}


def test_every_number(filled: Session) -> None:
    statistics = count(filled)
    assert statistics.counts == {
        "media": 3,
        "pictures": 2,
        "clips": 1,
        "referents": 3,
        "expressions": 4,
        "different words": 10,
        "masks": 5,
        "settled masks": 2,
        "frames marked absent": 1,
        "blind checks": 2,
    }
    assert bars(statistics, "states") == {"unseen": 2, "reviewed": 1}
    assert bars(statistics, "splits") == {"none": 2, "test_a": 1}
    assert bars(statistics, "expressions_per_referent") == {"1": 2, "2": 1}
    assert bars(statistics, "phrase_length") == {"2": 2, "3": 1, "5": 1}
    assert bars(statistics, "kinds") == {"unspecified": 2, "plural": 1, "no target": 1}
    assert bars(statistics, "targets") == {"one": 2, "many": 1, "nothing here": 1}
    assert bars(statistics, "origins") == {"by hand": 2, "predicted": 1, "propagated": 1, "imported": 1}
    assert bars(statistics, "model_agreement") == {"50-60 %": 1}
    assert bars(statistics, "blind_agreement") == {"0-10 %": 1, "50-60 %": 1}
    assert bars(statistics, "seconds_per_mask") == {"2-5 s": 1}
    assert sum(bars(statistics, "mask_sizes").values()) == 4
    assert statistics.means["agreement of blind checks"] == 0.25
    assert statistics.means["words per expression"] == 3.0
    authors = {row[0]: row[1:] for row in statistics.authors}
    assert authors["Ada"] == (0, 1, 2, 3, 4.5, 0, None)
    assert authors["Bo"] == (1, 0, 0, 0, 0.0, 0, None)
    assert authors["Bo 王"] == (0, 0, 0, 0, 0.0, 1, 0.5)
    assert list(authors)[-1] == "not recorded"


def test_masks_in_memory_and_on_disk_count_alike(filled: Session) -> None:
    before = count(filled)
    for medium_id in filled.project.media:
        filled.ensure_loaded(medium_id)
    assert count(filled) == before


def test_phrases_that_are_probably_not_here_have_a_bar(filled: Session) -> None:
    key = ExpressionId(9)
    asked = Asked(model="m", presence=0.1, threshold=0.5, score=0.5)
    before = filled.project.expressions[key]
    filled.commit(PutExpression(replace(before, no_target=False, asked=asked)))
    assert bars(count(filled), "targets")["probably not here"] == 1


def test_the_table_holds_every_bar(filled: Session) -> None:
    statistics = count(filled)
    rows = list(csv.DictReader(io.StringIO(statistics.to_csv())))
    for chart in statistics.charts:
        assert [(row["label"], int(row["value"])) for row in rows if row["table"] == chart.name] == list(chart.bars)
    assert {row["table"] for row in rows} >= {"counts", "means", "author: Ada"}
    assert statistics.to_json()["charts"]["kinds"]["plural"] == 1
    assert "Words per expression (mean 3.0)" in statistics.to_text()


@pytest.mark.parametrize("name", ["Bo\rB", "Bo\nB", "Bo\r\nB", 'B, "o"'])
def test_an_author_of_any_name_comes_back_from_the_table(filled: Session, name: str) -> None:
    expression = next(iter(filled.project.expressions.values()))
    filled.commit(PutExpression(replace(expression, author=name)))
    rows = list(csv.DictReader(io.StringIO(count(filled).to_csv(), newline="")))
    assert {row["table"] for row in rows} >= {f"author: {name}"}
    assert all(None not in row and None not in row.values() for row in rows), "every row has three fields"


def test_an_empty_project_has_numbers_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.refseg"
    ProjectStore.create(path).close()
    session = open_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    statistics = count(session)
    session.close()
    assert statistics.counts["media"] == 0
    assert statistics.to_text() == "0 media"
    assert statistics.to_json()["means"]["words per expression"] is None


@pytest.mark.parametrize(("count", "words"), [(0, "0 masks"), (1, "1 mask"), (1200, "1,200 masks")])
def test_what_is_counted_agrees_with_its_number(count: int, words: str) -> None:
    assert number_of(count, "masks") == words


def test_every_figure_has_a_singular(filled: Session) -> None:
    assert set(count(filled).counts) <= set(SINGULAR)


def test_the_window_and_the_terminal_call_one_of_a_kind_the_same() -> None:
    assert {name: number_of(1, name) for name in SINGULAR} == {name: f"1 {one}" for name, one in SINGULAR.items()}
