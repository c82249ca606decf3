"""Long work as generators, run by lanes of one thread each; every callback arrives on the caller's own thread.

A job ends exactly once: done, failed or cancelled. After `cancel()` no item of it arrives. Whatever a generator raises
reaches `on_failed`, `RuntimeError` included (torch raises it when memory runs out, and Qt helpers swallow it).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from refseg_annotator.errors import RefSegError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

T = TypeVar("T")

MODEL_LANE: Final = "model"  # the network, one phrase at a time
IO_LANE: Final = "io"  # reading pictures, import, export
STORE_LANE: Final = "store"  # the project file; its own lane, so that a long export never delays an edit's way to disk
BATCH_LANE: Final = "batch"  # work over many media
LANES: Final = (MODEL_LANE, IO_LANE, STORE_LANE, BATCH_LANE)

# Items of one job that may wait for the receiving thread. A generator that is faster than the window waits here.
_MOST_WAITING_ITEMS: Final = 32


class JobState(StrEnum):
    """Where a job stands; the last three are endings."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_ending(self) -> bool:
        """Whether nothing more will come."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` (None where unknown), a short note, seconds since it began."""

    done: int = 0
    total: int | None = None
    note: str = ""
    seconds: float = 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far; None while it cannot be told."""
        if self.total is None or self.done <= 0:
            return None
        return self.seconds / self.done * max(self.total - self.done, 0)


class JobContext(Protocol):
    """What running work may ask and tell."""

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop at the next convenient place."""

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Tell how far the work is; may be called as often as one likes."""


class JobHandle(Protocol):
    """A started job, as its owner sees it."""

    title: str
    lane: str

    @property
    def state(self) -> JobState:
        """Waiting, running, or one of the endings."""

    @property
    def latest(self) -> Progress:
        """The last progress told by the work."""

    def cancel(self) -> None:
        """Stop between two items; from now on no item arrives, and the ending is `on_cancelled`."""


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


def sentence_of(error: BaseException) -> str:
    """An error as one sentence for a person: our own errors speak for themselves, others are named."""
    if isinstance(error, RefSegError):
        return str(error)
    if isinstance(error, MemoryError):
        return "The computer ran out of memory; close other programs or work on a smaller picture."
    detail = " ".join(str(error).split())
    name = type(error).__name__
    return (
        f"Something unexpected went wrong ({name}: {detail})."
        if detail
        else f"Something unexpected went wrong ({name})."
    )


@dataclass(frozen=True, slots=True)
class _Callbacks:
    on_item: Callable[[Any], None] | None
    on_done: Callable[[], None] | None
    on_failed: Callable[[BaseException], None] | None
    on_cancelled: Callable[[], None] | None
    on_progress: Callable[[Progress], None] | None


class Job:
    """One piece of long work and its way to an ending. Also the `JobContext` that the work sees."""

    def __init__(
        self,
        *,
        title: str,
        lane: str,
        work: Callable[[JobContext], Iterator[Any]],
        callbacks: _Callbacks,
        post: Callable[[Callable[[], None]], None],
        clock: Callable[[], float],
        interval: float,
        may_wait: bool,
    ) -> None:
        self.title = title
        self.lane = lane
        self._work = work
        self._callbacks = callbacks
        self._post = post
        self._clock = clock
        self._interval = interval
        self._may_wait = may_wait
        self._condition = threading.Condition()
        self._state = JobState.WAITING
        self._cancel_wanted = threading.Event()
        self._ending_posted = False
        self._waiting_items = 0
        self._latest = Progress()
        self._progress_waiting = False
        self._progress_told_at: float | None = None
        self._began_at = 0.0

    @property
    def state(self) -> JobState:
        """Waiting, running, or one of the endings; an ending shows once its callback's turn has come."""
        return self._state

    @property
    def latest(self) -> Progress:
        """The last progress told by the work."""
        return self._latest

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._cancel_wanted.is_set()

    def cancel(self) -> None:
        """Ask the work to stop between items. A job that never began ends at once; one that ended stays as it is."""
        with self._condition:
            if self._state.is_ending or self._cancel_wanted.is_set():
                return
            self._cancel_wanted.set()
            self._condition.notify_all()
            never_began = self._state is JobState.WAITING
        if never_began:
            self._post_ending(JobState.CANCELLED, None)

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Remember the progress; tell it on the receiving thread at most once an interval, the last step always."""
        now = self._clock()
        self._latest = Progress(done, total, note, now - self._began_at)
        if self._callbacks.on_progress is None:
            return
        with self._condition:
            told = self._progress_told_at
            due = told is None or now - told >= self._interval or (total is not None and done >= total)
            if not due or self._progress_waiting or self._cancel_wanted.is_set():
                return
            self._progress_waiting = True
            self._progress_told_at = now
        self._post(self._deliver_progress)

    def run(self) -> None:
        """Do the work, on the lane's thread."""
        with self._condition:
            if self._cancel_wanted.is_set() or self._state is not JobState.WAITING:
                return
            self._state = JobState.RUNNING
        self._began_at = self._clock()
        try:
            items = self._work(self)
            try:
                for item in items:
                    if not self._hand_over(item):
                        break
            finally:
                close = getattr(items, "close", None)
                if close is not None:
                    close()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and not self._may_wait:
                self._cancel_wanted.set()  # Ctrl+C on the caller's own thread: the caller must hear of it
                self._post_ending(JobState.CANCELLED, None)
                raise
            if self._cancel_wanted.is_set():
                logger.info("job %r failed after it was cancelled: %s", self.title, error)
            self._post_ending(JobState.FAILED, error)
            return
        self._post_ending(JobState.CANCELLED if self._cancel_wanted.is_set() else JobState.DONE, None)

    def _hand_over(self, item: object) -> bool:
        """Queue an item for the receiving thread; False once the job is cancelled."""
        with self._condition:
            if self._callbacks.on_item is not None and self._may_wait:
                self._condition.wait_for(
                    lambda: self._cancel_wanted.is_set() or self._waiting_items < _MOST_WAITING_ITEMS
                )
            if self._cancel_wanted.is_set():
                return False
            if self._callbacks.on_item is None:
                return True
            self._waiting_items += 1
        self._post(lambda: self._deliver_item(item))
        return True

    def _deliver_item(self, item: object) -> None:
        with self._condition:
            self._waiting_items -= 1
            self._condition.notify_all()
            if self._cancel_wanted.is_set() or self._state.is_ending:
                return
        if self._callbacks.on_item is not None:
            self._callbacks.on_item(item)

    def _deliver_progress(self) -> None:
        with self._condition:
            self._progress_waiting = False
            if self._cancel_wanted.is_set() or self._state.is_ending:
                return
        if self._callbacks.on_progress is not None:
            self._callbacks.on_progress(self._latest)

    def _post_ending(self, ending: JobState, error: BaseException | None) -> None:
        with self._condition:
            if self._ending_posted:
                return
            self._ending_posted = True
        self._post(lambda: self._deliver_ending(ending, error))

    def _deliver_ending(self, ending: JobState, error: BaseException | None) -> None:
        with self._condition:
            if self._state.is_ending:
                return
            # Cancelled while the ending was on its way: whoever cancelled must not be told of success.
            self._state = JobState.CANCELLED if self._cancel_wanted.is_set() else ending
            self._condition.notify_all()
        if self._state is JobState.CANCELLED:
            if self._callbacks.on_cancelled is not None:
                self._callbacks.on_cancelled()
        elif self._state is JobState.DONE:
            if self._callbacks.on_done is not None:
                self._callbacks.on_done()
        elif error is not None:
            if self._callbacks.on_failed is not None:
                self._callbacks.on_failed(error)
            else:
                logger.error("job %r failed and nobody listens: %s", self.title, sentence_of(error), exc_info=error)


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
            callbacks=_Callbacks(on_item, on_done, on_failed, on_cancelled, on_progress),
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
            callbacks=_Callbacks(on_item, on_done, on_failed, on_cancelled, on_progress),
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
