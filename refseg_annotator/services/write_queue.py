"""The way of edits to disk: snapshots in order, written in the store's lane, kept until the disk has taken them."""

from __future__ import annotations

import logging
import threading
from collections import deque
from contextlib import contextmanager
from functools import reduce
from typing import TYPE_CHECKING

from refseg_annotator.errors import ProjectError, StorageError
from refseg_annotator.services.jobs import STORE_LANE, JobContext, JobRunner, RunnerClosedError
from refseg_annotator.storage.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from refseg_annotator.storage.project_store import ProjectStore

logger = logging.getLogger(__name__)


class WriteQueue:
    """Writes snapshots one after the other, a transaction each. What the disk refuses stays first in the queue.

    Args:
        on_written: called on the runner's receiving thread when a run of writes has emptied the queue.
        on_failed: called there with the error when a write failed; the next `add`, `retry` or `flush` tries again.
    """

    def __init__(
        self,
        store: ProjectStore,
        runner: JobRunner,
        *,
        on_written: Callable[[], None],
        on_failed: Callable[[BaseException], None],
    ) -> None:
        self._store = store
        self._runner = runner
        self._on_written = on_written
        self._on_failed = on_failed
        self._waiting: deque[Snapshot] = deque()
        self._writing = threading.Lock()  # held while the store is written or exchanged
        self._guard = threading.Lock()  # held for moments, around the fields
        self._is_scheduled = False

    @property
    def store(self) -> ProjectStore:
        """The file that is written."""
        return self._store

    @property
    def is_empty(self) -> bool:
        """Whether every snapshot is on disk."""
        return not self._waiting

    def add(self, snapshot: Snapshot) -> None:
        """Queue a snapshot and see to it that the lane is at work; returns at once."""
        with self._guard:
            self._waiting.append(snapshot)
        self.retry()

    def retry(self) -> None:
        """Set the lane to work if anything waits."""
        with self._guard:
            if self._is_scheduled or not self._waiting:
                return
            self._is_scheduled = True
        try:
            self._runner.start(
                STORE_LANE,
                self._work,
                on_done=self._on_written,
                on_failed=self._on_failed,
                on_cancelled=self._note_cancelled,
                title="Save",
            )
        except RunnerClosedError:
            # The program is closing; the flush that ends a session writes what waits on its own thread.
            self._note_cancelled()
            logger.info("the store's lane is closed; %d snapshots wait for the last flush", len(self._waiting))

    def join_waiting(self, timeout: float) -> None:
        """Make one snapshot of all that wait, and try again: what one puts and a later one drops needs no room.

        Raises:
            StorageError: another write holds the file for longer than `timeout` seconds.
        """
        with self.held(timeout), self._guard:
            if len(self._waiting) > 1:
                self._waiting = deque((reduce(Snapshot.followed_by, self._waiting),))
        self.retry()

    def flush(self, timeout: float) -> None:
        """Return once everything is on disk.

        Raises:
            StorageError: the disk refuses, or another write holds the file for longer than `timeout` seconds.
        """
        with self.held(timeout):
            self._empty()

    def make_whole(self) -> bool:
        """Fold the log into the file, for a copy of the file alone; call it in the store's lane.

        Returns whether such a copy has every edit: not while some wait, nor while another program reads the file.

        Raises:
            StorageError: the disk refuses.
        """
        with self._writing:
            return self._store.make_whole() and self.is_empty

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Nothing is written within; snapshots that come meanwhile wait."""
        if not self._writing.acquire(timeout=timeout):
            raise StorageError(
                f"{self._store.path.name!r} has not been saved within {timeout:.0f} seconds; its disk is slow or gone, "
                "wait or save the project elsewhere."
            )
        try:
            yield
        finally:
            self._writing.release()

    def move(self, copy_store: Callable[[ProjectStore], ProjectStore], timeout: float) -> None:
        """Write to a copy of the file from now on, what waits included; the former file is closed. For any thread.

        Raises:
            StorageError: the copy could not be made, and nothing has changed; or what waits could not be written to it.
        """
        with self.held(timeout):
            former = self._store
            self._store = copy_store(former)
            try:
                self._empty()
            finally:
                try:
                    former.close()
                except ProjectError as error:
                    # It may be on the disk that refused; the copy has all of it.
                    logger.info("the former project file could not be closed: %s", error)

    def _work(self, context: JobContext) -> Iterator[None]:
        # Not cancellable: a queue that is let go half-way is what no one wants. Each write is short.
        del context
        with self._writing:
            with self._guard:
                self._is_scheduled = False
            self._empty()
        yield from ()

    def _empty(self) -> None:
        while self._waiting:
            self._store.write(self._waiting[0])
            with self._guard:
                self._waiting.popleft()

    def _note_cancelled(self) -> None:
        with self._guard:
            self._is_scheduled = False
