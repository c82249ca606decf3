"""Looking and planning in a lane: the same plan as at once, from records frozen before, and stopped at any step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refseg_annotator.core.annotation import Medium, MediumId, MediumKind, Referent, ReferentId, Split
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.project import Project
from refseg_annotator.errors import UsageError
from refseg_annotator.media import FrameCache
from refseg_annotator.services.dataset_source import dataset_of
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.session import Session
from refseg_annotator.services.split_work import PlanWork, SplitWish, looking, planning
from refseg_annotator.services.splits import items_of, plan_splits

SHARES = {Split.TRAIN: 50.0, Split.VAL: 25.0, Split.TEST: 25.0}


class Watch:
    """A job's context that is cancelled at a given word of progress."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.told: list[tuple[int, int | None]] = []
        self._cancel_at = cancel_at

    @property
    def cancelled(self) -> bool:
        return self._cancel_at is not None and len(self.told) >= self._cancel_at

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        del note
        self.told.append((done, total))


@pytest.fixture
def large() -> Session:
    """A thousand media whose files nobody opens, each with a referent."""
    media = [
        Medium(MediumId(number + 1), f"/photos/{number:04}.jpg", MediumKind.IMAGE, Size(640, 480))
        for number in range(1000)
    ]
    referents = [
        Referent(ReferentId(2000 + one.id), one.id, category=("dog", "person")[one.id % 2], colour=0) for one in media
    ]
    project = Project.load_records(media=media, referents=referents, expressions=())
    return Session(project, store=None, runner=SynchronousRunner(), media=FrameCache(1 << 20))


def work_of(session: Session, *, parts: bool = False) -> PlanWork:
    hashes = {number: (number * 0x9E3779B97F4A7C15 % 2**64,) for number in range(1, 1001)}
    return planning(session, SplitWish(SHARES, seed=3, parts=parts), hashes)


def test_the_plan_is_the_one_made_at_once(large: Session) -> None:
    work = work_of(large)
    watch = Watch()
    [plan] = work(watch)
    assert plan == plan_splits(items_of(dataset_of(large), work.hashes), shares=SHARES, seed=3)
    assert plan.counts() == {Split.TRAIN: 500, Split.VAL: 250, Split.TEST: 250}
    done = [at for at, _ in watch.told]
    assert done == sorted(done), "the bar never goes back"
    assert {total for _, total in watch.told} == {3000}
    assert done[-1] < 3000
    [parted] = work_of(large, parts=True)(Watch())
    assert set(parted.splits.values()) == {Split.TRAIN, Split.VAL, Split.TEST_A, Split.TEST_B}


def test_it_is_stopped_at_whatever_step(large: Session) -> None:
    watch = Watch()
    list(work_of(large)(watch))
    steps = len(watch.told)
    # Reading names, comparing in each of the bands, dealing out.
    assert steps > 4 + 9 + 4
    for step in (0, 1, 5, steps // 2, steps - 1):
        stopped = Watch(cancel_at=step)
        assert list(work_of(large)(stopped)) == []
        assert len(stopped.told) == step, "nothing more was done"


def test_it_plans_what_there_was_when_it_was_asked(large: Session) -> None:
    work = work_of(large)
    [before] = work(Watch())
    medium = large.project.media[MediumId(1)]
    large.commit(PutMedium(replace(medium, path="/photos/zzz.jpg")))
    assert [plan == before for plan in work(Watch())] == [True]


def test_shares_of_nothing_are_refused(large: Session) -> None:
    with pytest.raises(UsageError, match="positive numbers"):
        list(planning(large, SplitWish({}), {})(Watch()))


def test_looking_finds_look_alikes_and_stops(session: Session) -> None:
    watch = Watch()
    [(hashes, unread)] = looking(session)(watch)
    assert unread == 0
    assert sorted(hashes) == sorted(session.project.media)
    [plan] = planning(session, SplitWish(SHARES), hashes)(Watch())
    assert [set(group) for group in plan.groups] == [set(session.project.media)]
    for step in range(len(watch.told)):
        assert list(looking(session)(Watch(cancel_at=step))) == []
