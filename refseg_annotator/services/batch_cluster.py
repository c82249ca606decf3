"""A batch on many machines: a Dask cluster hands the media out, each worker loads a model once; the caller writes.

Who runs the cluster is trusted: tasks and answers travel as pickles. The workers reach the media by the same paths as
the caller (a shared disk), and have this program and the models installed. Dask comes with the extra `cluster`.
"""

from __future__ import annotations

import itertools
import pickle
import threading
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.errors import ModelError, UsageError
from refseg_annotator.services.batch import MediumAnswer, answer_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refseg_annotator.services.batch_plan import BatchTask
    from refseg_annotator.services.readers import Readers

_AHEAD: Final = 2  # tasks handed out for each thread of a worker, as `batch_processes` does
_PATIENCE: Final = 20.0  # seconds until a scheduler that does not answer is given up


def cluster_answers(
    tasks: Sequence[BatchTask], readers: Readers, address: str, *, patience: float = _PATIENCE
) -> Iterator[MediumAnswer]:
    """Answers as they come from the workers of a cluster.

    Args:
        readers: who answers for which kind of medium, made as for `batch_processes.answers`.
        address: of the scheduler, such as "tcp://10.0.0.5:8786".
        patience: seconds to wait for the scheduler and for its first worker.

    Raises:
        UsageError: Dask is not installed, or the address is none.
        ModelError: the cluster does not answer, or a worker could not do its work; answers until then were yielded.
    """
    if not tasks:
        return
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            "Batches on many machines need Dask; install it with: python -m pip install 'refseg-annotator[cluster]'."
        ) from error
    try:
        client = distributed.Client(address, timeout=patience, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ModelError(f"No scheduler answers at {address!r}; start one with: dask scheduler.") from error
    except (ValueError, TypeError) as error:
        raise UsageError(f"{address!r} is no address of a scheduler; write it like tcp://10.0.0.5:8786.") from error
    try:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise ModelError(
                f"The scheduler at {address!r} has no workers; start some with: dask worker {address} --nthreads 1."
            ) from error
        yield from _answers_of(client, tasks, pickle.dumps(readers))
    finally:
        # What is under way is cancelled with the client that asked for it.
        client.close()


def _answers_of(client: Any, tasks: Sequence[BatchTask], readers: bytes) -> Iterator[MediumAnswer]:
    import distributed

    ahead = _AHEAD * max(sum(client.nthreads().values()), 1)
    # Pure calls with equal arguments would be answered from what was kept; a photo may have changed.
    handed = (client.submit(_answer, task, readers, pure=False) for task in tasks)
    under_way = distributed.as_completed(list(itertools.islice(handed, ahead)), loop=client.loop, raise_errors=False)
    for future in under_way:
        error = future.exception()
        if error is not None:
            raise _told(error) from error
        answer: MediumAnswer = future.result()
        future.release()
        for further in itertools.islice(handed, 1):
            under_way.add(further)
        yield answer


def _told(error: BaseException) -> ModelError:
    import distributed

    if isinstance(error, distributed.scheduler.KilledWorker):
        return ModelError(
            "A worker of the cluster ended of itself, perhaps for want of memory; give the workers more, or fewer"
            " threads, and run it again: it goes on where it stopped."
        )
    if isinstance(error, ModelError):
        return error
    detail = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return ModelError(
        f"A worker of the cluster failed ({detail}); see that this program and the model are installed on all of its"
        " machines, in one version."
    )


# --- on a worker ---------------------------------------------------------------------------------------------------

_READERS: Final[dict[bytes, Readers]] = {}
_ONE_AT_A_TIME: Final = threading.Lock()


def _answer(task: BatchTask, readers: bytes) -> MediumAnswer:
    # A model is one thread's at a time, as in the window's lane; processes share the work of a machine, not threads.
    with _ONE_AT_A_TIME:
        if readers not in _READERS:
            _READERS.clear()
            _READERS[readers] = pickle.loads(readers)  # noqa: S301  what the caller itself has packed
        return answer_by(_READERS[readers], task)
