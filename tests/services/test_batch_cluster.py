"""A batch on a cluster: the same answers as here, whoever gives them; what a cluster lacks is said in a sentence."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.core.annotation import MediumId, MediumKind
from refseg_annotator.errors import ModelError, UsageError
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services.batch import MediumAnswer, answer_task
from refseg_annotator.services.batch_cluster import cluster_answers
from refseg_annotator.services.batch_plan import BatchTask, PhraseRow
from refseg_annotator.services.readers import Readers
from tests.services.two_readers import JealousPredictor

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def broken() -> FakePredictor:
    raise ModelError("There is no model 'mine'; choose one of cmsa-lite.")


def astonished() -> FakePredictor:
    raise ZeroDivisionError("nobody thought of that")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler and two workers within this process: no network is asked for."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="inproc"
    ) as made:
        yield made


@pytest.fixture
def tasks(tmp_path: Path) -> list[BatchTask]:
    made = []
    for number in range(9):
        pixels = np.full((60, 90, 3), 200, np.uint8)
        pixels[10:30, 5 + number : 35] = (220, 40, 40)
        path = tmp_path / f"p{number}.png"
        Image.fromarray(pixels).save(path)
        made.append(BatchTask(MediumId(number + 1), path, (PhraseRow("the red square"), PhraseRow("the green square"))))
    return [*made, BatchTask(MediumId(99), tmp_path / "gone.png", (PhraseRow("the red square"),))]


def by_medium(answers: list[MediumAnswer]) -> dict[int, MediumAnswer]:
    return {answer.medium_id: answer for answer in answers}


def test_the_cluster_answers_as_this_process_does(cluster: Any, tasks: list[BatchTask]) -> None:
    here = by_medium([answer_task(FakePredictor(), task) for task in tasks])
    there = by_medium(list(cluster_answers(tasks, Readers(FakePredictor), cluster.scheduler_address)))
    assert there == here
    assert "does not exist" in str(there[99].problem)


def test_photos_and_clips_are_each_answered_by_who_reads_them(cluster: Any, tasks: list[BatchTask]) -> None:
    mixed = [replace(task, kind=MediumKind.VIDEO if task.medium_id % 2 else MediumKind.IMAGE) for task in tasks[:-1]]
    lite, base = functools.partial(JealousPredictor, "lite"), functools.partial(JealousPredictor, "base")
    there = list(cluster_answers(mixed, Readers(lite, base), cluster.scheduler_address))
    told = {answer.medium_id: answer.model.name for answer in there if answer.model is not None}
    assert told == {task.medium_id: "base" if task.kind is MediumKind.VIDEO else "lite" for task in mixed}


def test_what_stops_asking_stops_the_work(cluster: Any, tasks: list[BatchTask]) -> None:
    answers = cluster_answers(tasks, Readers(FakePredictor), cluster.scheduler_address)
    assert next(answers).phrases
    answers.close()
    assert len(
        list(cluster_answers(tasks, Readers(functools.partial(FakePredictor)), cluster.scheduler_address))
    ) == len(tasks)


def test_what_fails_on_a_worker_is_told(cluster: Any, tasks: list[BatchTask]) -> None:
    with pytest.raises(ModelError, match="There is no model 'mine'"):
        list(cluster_answers(tasks, Readers(broken), cluster.scheduler_address))
    with pytest.raises(ModelError, match=r"ZeroDivisionError: nobody thought of that.*installed on all"):
        list(cluster_answers(tasks, Readers(astonished), cluster.scheduler_address))


def test_nothing_to_do_asks_no_cluster() -> None:
    assert list(cluster_answers([], Readers(FakePredictor), "inproc://nobody")) == []


def test_an_address_that_is_none_is_told(tasks: list[BatchTask]) -> None:
    with pytest.raises((UsageError, ModelError), match=r"address of a scheduler|No scheduler answers"):
        list(cluster_answers(tasks, Readers(FakePredictor), "what://is this", patience=0.2))


def test_a_scheduler_that_is_not_there_is_told(tasks: list[BatchTask]) -> None:
    # A port of this machine that nobody listens on: refused at once, and no network is left for it.
    with pytest.raises(ModelError, match="No scheduler answers"):
        list(cluster_answers(tasks, Readers(FakePredictor), "tcp://127.0.0.1:9", patience=0.2))


def test_a_missing_package_is_told(tasks: list[BatchTask], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"refseg-annotator\[cluster\]"):
        list(cluster_answers(tasks, Readers(FakePredictor), "tcp://10.0.0.5:8786"))
