"""Long work as generators, run by lanes of one thread each; every callback arrives on the caller's own thread.

A job ends exactly once: done, failed or cancelled. After `cancel()` no item of it arrives. Whatever a generator raises
reaches `on_failed`, `RuntimeError` included (torch raises it when memory runs out, and Qt helpers swallow it).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from refseg_annotator.errors import RefSegError
from refseg_annotator.services.job import (
    Job,
    JobCallbacks,
    JobContext,
    JobHandle,
    JobState,
    Progress,
    sentence_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

T = TypeVar("T")

MODEL_LANE: Final = "model"  # the network, one phrase at a time
IO_LANE: Final = "io"  # reading pictures, import, export
STORE_LANE: Final = "store"  # the project file; its own lane, so that a long export never delays an edit's way to disk
BATCH_LANE: Final = "batch"  # work over many media
TOOL_LANE: Final = "tool"  # what a tool computes while one draws; its own lane, so that it waits for no other
LANES: Final = (MODEL_LANE, IO_LANE, STORE_LANE, BATCH_LANE, TOOL_LANE)


class JobRunner(Protocol):
    """Runs work in lanes. `Runner` does so in threads, `SynchronousRunner` at once."""

    def start(
        self,
        lane: str,
        work: Callable[[JobContext], Iterator[T]],
        *,
        on_item: Callable[[T], None] | None = None,
        on_done: Callable[[], None] | None = None,
        on_failed: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        title: str = "",
    ) -> JobHandle:
        """Queue a generator function in a lane. Raises `RunnerClosedError` after `shutdown`."""

    def post(self, call: Callable[[], None]) -> None:
        """Call something on the receiving thread, soon."""

    def shutdown(self, timeout: float = 10.0) -> bool:
        """Cancel everything, wait for the threads; False if one did not stop in time."""


class RunnerClosedError(RefSegError):
    """Work was started after the program began to close."""


class _Lane:
    """A queue and the one thread that empties it; the thread starts with the first job."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._condition = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def add(self, job: Job) -> None:
        with self._condition:
            if self._closed:
                raise RunnerClosedError(f"{job.title or 'This work'} was not started because the program is closing.")
            self._waiting.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=f"lane-{self._name}", daemon=True)
                self._thread.start()
            self._condition.notify()

    def close(self) -> None:
        with self._condition:
            self._closed = True
            jobs = [*self._waiting, *([self._running] if self._running else [])]
            self._waiting.clear()
            self._condition.notify_all()
        for job in jobs:
            job.cancel()

    def join(self, timeout: float) -> bool:
        thread = self._thread
        if thread is None:
            return True
        thread.join(timeout)
        return not thread.is_alive()

    def _work(self) -> None:
        while True:
            with self._condition:
                self._running = None
                self._condition.wait_for(lambda: self._closed or bool(self._waiting))
                if not self._waiting:
                    return
                job = self._waiting.popleft()
                self._running = job
            job.run()


class Runner:
    """Runs jobs in lanes, one worker thread each; callbacks go through `post`, which the window provides.

    Args:
        post: brings a call to the receiving thread (the window's); must be callable from any thread.
        clock: seconds; injected by tests.
        progress_interval: least seconds between two progress callbacks of one job.
    """

    def __init__(
        self,
        post: Callable[[Callable[[], None]], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        progress_interval: float = 0.05,
    ) -> None:
        self._post = post
        self._clock = clock
        self._interval = progress_interval
        self._lanes = {name: _Lane(name) for name in LANES}

    def start(
        self,
        lane: str,
        work: Callable[[JobContext], Iterator[T]],
        *,
        on_item: Callable[[T], None] | None = None,
        on_done: Callable[[], None] | None = None,
        on_failed: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        title: str = "",
    ) -> Job:
        """Queue a generator function in a lane; jobs of one lane run one after the other, in order."""
        job = Job(
            title=title,
            lane=lane,
            work=work,
            callbacks=JobCallbacks(on_item, on_done, on_failed, on_cancelled, on_progress),
            post=self._post,
            clock=self._clock,
            interval=self._interval,
            may_wait=True,
        )
        self._lanes[lane].add(job)
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Call something on the receiving thread, soon."""
        self._post(call)

    def shutdown(self, timeout: float = 10.0) -> bool:
        """Cancel every job, wait for the threads; False if one is stuck in a step that outlasts `timeout` seconds."""
        for lane in self._lanes.values():
            lane.close()
        until = time.monotonic() + timeout
        return all(lane.join(max(0.0, until - time.monotonic())) for lane in self._lanes.values())


class SynchronousRunner:
    """The same interface without threads: `start` returns when the work has ended and every callback was called.

    Work started from within a callback runs when the work under way has ended, as it would in a lane.
    """

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._escaped: list[Exception] = []
        self._busy = False
        self._closed = False

    def start(
        self,
        lane: str,
        work: Callable[[JobContext], Iterator[T]],
        *,
        on_item: Callable[[T], None] | None = None,
        on_done: Callable[[], None] | None = None,
        on_failed: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        title: str = "",
    ) -> Job:
        """Run a generator function to its end; only its callbacks tell how it went."""
        if self._closed:
            raise RunnerClosedError(f"{title or 'This work'} was not started because the program is closing.")
        if lane not in LANES:
            raise KeyError(lane)
        job = Job(
            title=title,
            lane=lane,
            work=work,
            callbacks=JobCallbacks(on_item, on_done, on_failed, on_cancelled, on_progress),
            post=self._at_once,
            clock=time.monotonic,
            interval=0.0,
            may_wait=False,
        )
        self._jobs.append(job)
        if not self._busy:
            self._busy = True
            try:
                while self._jobs:
                    self._jobs.popleft().run()
            finally:
                self._busy = False
            if self._escaped:
                escaped, self._escaped = self._escaped, []
                raise escaped[0]
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Call it now."""
        call()

    def shutdown(self, timeout: float = 10.0) -> bool:
        """Refuse further work; there is nothing to wait for."""
        del timeout
        self._closed = True
        return True

    def _at_once(self, call: Callable[[], None]) -> None:
        # A callback's own mistake is the caller's to see, not a failure of the work that it was told about.
        try:
            call()
        except Exception as error:  # noqa: BLE001  raised again by `start`
            self._escaped.append(error)


__all__ = [
    "BATCH_LANE",
    "IO_LANE",
    "LANES",
    "MODEL_LANE",
    "STORE_LANE",
    "TOOL_LANE",
    "Job",
    "JobContext",
    "JobHandle",
    "JobRunner",
    "JobState",
    "Progress",
    "Runner",
    "RunnerClosedError",
    "SynchronousRunner",
    "sentence_of",
]
