"""Lanes: in order, one ending each, nothing after a cancel, and every failure is heard. No test here sleeps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from refseg_annotator.errors import MediaError
from refseg_annotator.services.job import Job, JobCallbacks
from refseg_annotator.services.jobs import (
    LANES,
    JobContext,
    JobRunner,
    JobState,
    Progress,
    Runner,
    RunnerClosedError,
    SynchronousRunner,
    sentence_of,
)
from tests.services.conftest import PATIENCE, Inbox


class Told:
    """Keeps what a job told, in order."""

    def __init__(self) -> None:
        self.items: list[object] = []
        self.endings: list[object] = []
        self.progress: list[Progress] = []
        self.threads: set[int] = set()

    def listeners(self) -> dict[str, Callable[..., None]]:
        return {
            "on_item": self._note(self.items),
            "on_done": lambda: self._note(self.endings)("done"),
            "on_failed": self._note(self.endings),
            "on_cancelled": lambda: self._note(self.endings)("cancelled"),
            "on_progress": self._note(self.progress),
        }

    def _note(self, where: list) -> Callable[[object], None]:
        def note(what: object) -> None:
            self.threads.add(threading.get_ident())
            where.append(what)

        return note

    def has_ended(self) -> bool:
        return bool(self.endings)


def count_to(number: int) -> Callable[[JobContext], Iterator[int]]:
    def work(context: JobContext) -> Iterator[int]:
        for one in range(number):
            yield one
            context.progress(one + 1, number)

    return work


@pytest.fixture(params=["threads", "at once"])
def runner(request: pytest.FixtureRequest) -> Iterator[JobRunner]:
    if request.param == "threads":
        yield request.getfixturevalue("threads")
        return
    yield SynchronousRunner()


def test_items_come_in_order_then_one_ending(runner: JobRunner, inbox: Inbox) -> None:
    told = Told()
    job = runner.start("io", count_to(100), title="Count", **told.listeners())
    inbox.run_until(told.has_ended)
    assert told.items == list(range(100))
    assert told.endings == ["done"]
    assert job.state is JobState.DONE
    assert job.state.is_ending
    assert (job.latest.done, job.latest.total) == (100, 100)
    assert told.progress[-1].done == 100
    assert told.threads == {threading.get_ident()}
    assert inbox.run_waiting() == 0


@pytest.mark.parametrize(
    "error", [RuntimeError("CUDA out of memory"), MediaError("Gone."), MemoryError(), SystemExit(3)]
)
def test_whatever_is_raised_is_heard(runner: JobRunner, inbox: Inbox, error: BaseException) -> None:
    told = Told()

    def work(_: JobContext) -> Iterator[int]:
        yield 1
        raise error

    job = runner.start("model", work, **told.listeners())
    inbox.run_until(told.has_ended)
    assert told.items == [1]
    assert told.endings == [error]
    assert job.state is JobState.FAILED


def test_a_failure_before_the_first_item_is_heard(runner: JobRunner, inbox: Inbox) -> None:
    told = Told()

    def no_generator(_: JobContext) -> Iterator[int]:
        raise RuntimeError("at once")

    runner.start("io", no_generator, **told.listeners())
    inbox.run_until(told.has_ended)
    assert [str(error) for error in told.endings] == ["at once"]


def test_a_lane_lives_on_after_a_failure(runner: JobRunner, inbox: Inbox) -> None:
    first, second = Told(), Told()

    def fail(_: JobContext) -> Iterator[int]:
        raise RuntimeError("no")
        yield

    runner.start("io", fail, **first.listeners())
    runner.start("io", count_to(2), **second.listeners())
    inbox.run_until(second.has_ended)
    assert second.endings == ["done"]


def test_a_failure_nobody_listens_to_is_logged(
    runner: JobRunner, inbox: Inbox, allow_log: Callable[[str], None]
) -> None:
    allow_log("job 'Lonely' failed and nobody listens")

    def fail(_: JobContext) -> Iterator[int]:
        raise ValueError("no")
        yield

    job = runner.start("io", fail, title="Lonely")
    inbox.run_until(lambda: job.state.is_ending)


def test_cancelling_from_an_item_lets_no_other_come(runner: JobRunner, inbox: Inbox) -> None:
    told, closed = Told(), []
    listeners = told.listeners()

    def work(_: JobContext) -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            closed.append(True)

    note = listeners["on_item"]
    listeners["on_item"] = lambda item: (note(item), job_of[0].cancel() if item == 3 else None)
    job_of: list = [None]

    if isinstance(runner, SynchronousRunner):
        # At once means that `start` has not yet returned the job; its context is the way to it.
        def catching(context: JobContext) -> Iterator[int]:
            job_of[0] = context
            yield from work(context)

        runner.start("io", catching, **listeners)
    else:
        job_of[0] = runner.start("io", work, **listeners)
    inbox.run_until(told.has_ended)
    assert told.items == [0, 1, 2, 3]
    assert told.endings == ["cancelled"]
    assert closed == [True]
    assert inbox.run_waiting() == 0


def test_a_waiting_job_that_is_cancelled_ends_though_the_lane_is_busy(threads: Runner, inbox: Inbox) -> None:
    go, first, second = threading.Event(), Told(), Told()

    def wait(_: JobContext) -> Iterator[int]:
        go.wait(PATIENCE)
        yield 1

    threads.start("model", wait, **first.listeners())
    job = threads.start("model", count_to(5), **second.listeners())
    job.cancel()
    job.cancel()
    inbox.run_until(second.has_ended)
    assert second.endings == ["cancelled"]
    assert not first.has_ended()
    go.set()
    inbox.run_until(first.has_ended)
    assert (second.items, second.endings) == ([], ["cancelled"])


def test_cancelled_after_the_work_was_done_but_before_anyone_was_told(threads: Runner, inbox: Inbox) -> None:
    worked, told = threading.Event(), Told()

    def work(_: JobContext) -> Iterator[int]:
        yield 1
        worked.set()

    job = threads.start("io", work, **told.listeners())
    assert worked.wait(PATIENCE)
    job.cancel()
    inbox.run_until(told.has_ended)
    assert told.items == []
    assert told.endings == ["cancelled"]
    job.cancel()
    assert job.state is JobState.CANCELLED


def test_a_failure_after_a_cancel_is_a_cancel(threads: Runner, inbox: Inbox) -> None:
    started, go, told = threading.Event(), threading.Event(), Told()

    def work(_: JobContext) -> Iterator[int]:
        started.set()
        go.wait(PATIENCE)
        raise RuntimeError("late")
        yield

    job = threads.start("io", work, **told.listeners())
    assert started.wait(PATIENCE)
    job.cancel()
    go.set()
    inbox.run_until(told.has_ended)
    assert told.endings == ["cancelled"]


def test_work_can_see_that_it_is_cancelled(threads: Runner, inbox: Inbox) -> None:
    started, told = threading.Event(), Told()

    def work(context: JobContext) -> Iterator[int]:
        started.set()
        while not context.cancelled:
            seen.wait(0.001)
        yield 1

    seen = threading.Event()
    job = threads.start("io", work, **told.listeners())
    assert started.wait(PATIENCE)
    assert job.state is JobState.RUNNING
    job.cancel()
    inbox.run_until(told.has_ended)
    assert told.items == []


def test_a_fast_generator_waits_for_a_slow_receiver(threads: Runner, inbox: Inbox) -> None:
    made, told = [], Told()
    full = threading.Event()

    def work(_: JobContext) -> Iterator[int]:
        for one in range(500):
            made.append(one)
            if one >= 31:
                full.set()
            yield one

    threads.start("io", work, **told.listeners())
    assert full.wait(PATIENCE)
    assert len(made) <= 33
    inbox.run_until(told.has_ended)
    assert told.items == list(range(500))


def test_lanes_run_beside_each_other(threads: Runner, inbox: Inbox) -> None:
    met, told = threading.Barrier(len(LANES)), [Told() for _ in LANES]

    def meet(_: JobContext) -> Iterator[int]:
        met.wait(PATIENCE)
        yield 1

    for lane, one in zip(LANES, told, strict=True):
        threads.start(lane, meet, **one.listeners())
    inbox.run_until(lambda: all(one.has_ended() for one in told))
    assert [one.endings for one in told] == [["done"]] * len(LANES)


def test_one_lane_is_one_thread_in_order(threads: Runner, inbox: Inbox) -> None:
    workers, order = set(), []
    told = [Told() for _ in range(5)]

    def work(number: int) -> Callable[[JobContext], Iterator[int]]:
        def run(_: JobContext) -> Iterator[int]:
            workers.add(threading.get_ident())
            order.append(number)
            yield number

        return run

    for number, one in enumerate(told):
        threads.start("batch", work(number), **one.listeners())
    inbox.run_until(lambda: all(one.has_ended() for one in told))
    assert order == [0, 1, 2, 3, 4]
    assert len(workers) == 1
    assert threading.get_ident() not in workers


def test_progress_is_rate_limited_but_its_end_is_told(inbox: Inbox) -> None:
    now, told = [0.0], Told()

    def work(context: JobContext) -> Iterator[int]:
        for one in range(100):
            now[0] += 0.01
            context.progress(one + 1, 100, "counting")
            asked.set()
            answered.wait(PATIENCE)
            answered.clear()
        yield 1

    asked, answered = threading.Event(), threading.Event()
    runner = Runner(inbox.post, clock=lambda: now[0], progress_interval=0.1)
    runner.start("io", work, **told.listeners())
    for _ in range(100):
        assert asked.wait(PATIENCE)
        asked.clear()
        inbox.run_waiting()
        answered.set()
    inbox.run_until(told.has_ended)
    assert 9 <= len(told.progress) <= 12
    assert told.progress[-1].done == 100
    assert told.progress[-1].seconds_left == 0.0
    assert told.progress[1].seconds_left == pytest.approx(1.0 - told.progress[1].seconds, abs=0.02)
    assert runner.shutdown(PATIENCE)


def test_time_left_is_unknown_without_a_total() -> None:
    assert Progress(3).seconds_left is None
    assert Progress(0, 5, seconds=2.0).seconds_left is None
    assert Progress(2, 6, seconds=4.0).seconds_left == pytest.approx(8.0)
    # A minute until the first item, which says nothing of the next, then a second each.
    assert Progress(1, 5, seconds=60.0, first=(1, 60.0)).seconds_left is None
    assert Progress(3, 5, seconds=62.0, first=(1, 60.0)).seconds_left == pytest.approx(2.0)
    assert Progress(1, 1, seconds=60.0, first=(1, 60.0)).seconds_left == 0.0


def test_time_left_is_that_of_the_pace_behind_what_came_first() -> None:
    """As of a propagation: seconds of study, then three frames at once, two of them filled, then half a second each."""
    now, told = [0.0], Told()
    times = [7.0, 7.01, 7.02, 7.5, 8.0, 8.5]

    def work(context: JobContext) -> Iterator[int]:
        context.progress(0, len(times))
        for done, now[0] in enumerate(times, 1):
            context.progress(done, len(times))
            yield done

    Job(
        title="",
        lane="io",
        work=work,
        callbacks=JobCallbacks(**told.listeners()),
        post=lambda call: call(),
        clock=lambda: now[0],
        interval=0.0,
        may_wait=False,
    ).run()
    left = {progress.done: progress.seconds_left for progress in told.progress}
    assert [left[done] for done in (0, 1, 6) if done in left] == [None, None, 0.0]
    assert left[4] == pytest.approx(0.96)
    assert left[5] == pytest.approx(0.49)


def test_shutdown_cancels_wakes_and_joins(inbox: Inbox) -> None:
    runner, told, started = Runner(inbox.post), [Told(), Told(), Told()], threading.Event()

    def endless(_: JobContext) -> Iterator[int]:
        while True:
            started.set()
            yield 1

    runner.start("io", endless, **told[0].listeners())
    runner.start("io", count_to(3), **told[1].listeners())
    runner.start("model", endless, **told[2].listeners())
    assert started.wait(PATIENCE)
    # Nobody receives: the endless generators wait for room, and must be woken.
    assert runner.shutdown(PATIENCE)
    inbox.run_waiting()
    assert [one.endings for one in told] == [["cancelled"]] * 3
    with pytest.raises(RunnerClosedError, match="program is closing"):
        runner.start("io", count_to(1), title="Late work")


def test_shutdown_tells_of_a_thread_that_does_not_stop(inbox: Inbox) -> None:
    runner, go, started = Runner(inbox.post), threading.Event(), threading.Event()

    def stuck(_: JobContext) -> Iterator[int]:
        started.set()
        go.wait(PATIENCE)
        yield 1

    runner.start("io", stuck)
    assert started.wait(PATIENCE)
    assert not runner.shutdown(timeout=0.0)
    go.set()
    assert runner.shutdown(PATIENCE)


def test_an_unknown_lane_is_a_mistake(runner: JobRunner) -> None:
    with pytest.raises(KeyError):
        runner.start("fast", count_to(1))


# --- at once ---------------------------------------------------------------------------------------------------------


def test_at_once_work_started_in_a_callback_follows() -> None:
    runner, order = SynchronousRunner(), []

    def start_second(_: int) -> None:
        runner.start("io", count_to(1), on_item=lambda _: order.append("second"))
        order.append("asked")

    runner.start("io", count_to(1), on_item=start_second, on_done=lambda: order.append("first done"))
    assert order == ["asked", "first done", "second"]


def test_at_once_a_callbacks_own_mistake_reaches_the_caller() -> None:
    runner, told = SynchronousRunner(), Told()
    listeners = told.listeners()

    def slip(_: object) -> None:
        raise ZeroDivisionError("in the callback")

    listeners["on_item"] = slip
    with pytest.raises(ZeroDivisionError, match="in the callback"):
        runner.start("io", count_to(1), **listeners)
    assert told.endings == ["done"]
    runner.start("io", count_to(1), on_done=lambda: told.items.append("still works"))
    assert told.items == ["still works"]


def test_at_once_ctrl_c_reaches_the_caller() -> None:
    told = Told()

    def interrupted(_: JobContext) -> Iterator[int]:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        SynchronousRunner().start("io", interrupted, **told.listeners())
    assert told.endings == ["cancelled"]


def test_at_once_nothing_runs_after_shutdown() -> None:
    runner = SynchronousRunner()
    assert runner.shutdown()
    with pytest.raises(RunnerClosedError):
        runner.start("io", count_to(1))


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MediaError("'a.png' is empty."), "'a.png' is empty."),
        (MemoryError(), "The computer ran out of memory; close other programs or work on a smaller picture."),
        (RuntimeError("bad\n  thing"), "Something unexpected went wrong (RuntimeError: bad thing)."),
        (ValueError(), "Something unexpected went wrong (ValueError)."),
    ],
)
def test_every_error_is_a_sentence(error: BaseException, sentence: str) -> None:
    assert sentence_of(error) == sentence
