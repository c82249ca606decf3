"""A batch on several processes: each loads what its media need, once, and answers one by one; the caller writes.

A new interpreter is started for each (spawn), so that neither locks nor a GPU's state are inherited half-way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import ModelError
from refseg_annotator.services.batch import MediumAnswer, answer_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refseg_annotator.services.batch_plan import BatchTask
    from refseg_annotator.services.readers import Readers

# Tasks handed out ahead for each process: enough that none waits, few enough that a stop is prompt.
_AHEAD: Final = 2


def answers(tasks: Sequence[BatchTask], readers: Readers, *, processes: int = 1) -> Iterator[MediumAnswer]:
    """Answers as they come; in the order of the tasks with one process, which is this one.

    Args:
        readers: who answers for which kind of medium; each process loads those that its tasks need. They are sent to
            the processes, and so are made of functions of a module, or partials of such.

    Raises:
        ModelError: a model cannot be loaded, or a process ended of itself; answers given until then have been yielded.
    """
    if processes <= 1:
        for task in tasks:
            yield answer_by(readers, task)
        return
    threads = max(1, (os.cpu_count() or 1) // processes)
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(readers, threads),
    )
    try:
        yield from _answers_of(pool, tasks, ahead=_AHEAD * processes)
    except BrokenProcessPool as error:
        raise ModelError(
            "A process of the batch ended of itself, perhaps for want of memory; run it again with fewer processes,"
            " it goes on where it stopped."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _answers_of(pool: ProcessPoolExecutor, tasks: Sequence[BatchTask], *, ahead: int) -> Iterator[MediumAnswer]:
    under_way: set[Future[MediumAnswer]] = set()
    waiting = iter(tasks)
    while True:
        with _deaf_processes():
            for task in waiting:
                under_way.add(pool.submit(_answer, task))
                if len(under_way) >= ahead:
                    break
        if not under_way:
            return
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


@contextmanager
def _deaf_processes() -> Iterator[None]:
    """Processes begun within do not hear Ctrl-C, which a terminal sends to all: the one that waits for them does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield  # Windows; there `_begin` does what can be done
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        # What came meanwhile is heard now.
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


# --- in a process of its own ---------------------------------------------------------------------------------------

_READERS: Final[list[Readers]] = []


def _begin(readers: Readers, threads: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Read by torch when it is imported, which the first loading does.
    os.environ["OMP_NUM_THREADS"] = str(threads)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Nothing is loaded here: what fails at the beginning of a process is not told, what fails in a task is.
    _READERS.append(readers)


def _answer(task: BatchTask) -> MediumAnswer:
    return answer_by(_READERS[0], task)
