"""A job: one piece of long work on its way to exactly one ending."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

from refseg_annotator.errors import RefSegError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

# Items of one job that may wait for the receiving thread. A generator that is faster than the window waits here.
_MOST_WAITING_ITEMS: Final = 32
# Seconds within which what comes is found with the first item: frames filled between two that were read.
_ONE_BREATH: Final = 0.05


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
    """How far a job is: `done` of `total` (None where unknown), a short note, seconds since it began.

    `first` is what was done with the first item, or in one breath with it, and the seconds until then.
    """

    done: int = 0
    total: int | None = None
    note: str = ""
    seconds: float = 0.0
    first: tuple[int, float] = (0, 0.0)

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far; None while it cannot be told.

        Work may take long to begin, as where what is to be followed is studied first: the pace is that since the first
        item, and the first alone tells none.
        """
        done, seconds = self.first
        if self.total is None or self.done <= done:
            return 0.0 if self.total is not None and 0 < self.total <= self.done else None
        return (self.seconds - seconds) / (self.done - done) * max(self.total - self.done, 0)


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
class JobCallbacks:
    """Who is told what, always on the receiving thread."""

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
        callbacks: JobCallbacks,
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
        self._first_at = 0.0

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
        seconds = now - self._began_at
        first = self._latest.first
        if done > 0 and not first[0]:
            self._first_at = seconds
        if done > 0 and seconds - self._first_at <= _ONE_BREATH:
            first = (done, seconds)
        self._latest = Progress(done, total, note, seconds, first)
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
