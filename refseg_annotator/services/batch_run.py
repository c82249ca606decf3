"""A batch in the window: medium by medium in the model's lane, so that a phrase typed meanwhile waits for one medium.

It looks like a job to whoever shows it, and can be paused besides.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final, TypeVar

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.services.batch import BatchCounts, MediumAnswer, answer_task, put_answer
from refseg_annotator.services.batch_plan import BatchPlan, plan_batch
from refseg_annotator.services.jobs import MODEL_LANE, JobContext, JobHandle, JobState, Progress, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.services.batch_plan import BatchTask, PhraseRow
    from refseg_annotator.services.jobs import JobRunner
    from refseg_annotator.services.session import Session

T = TypeVar("T")

logger = logging.getLogger(__name__)

_MOST_TOLD: Final = 200


class BatchRun:
    """A batch under way. All methods belong to the window's thread.

    Args:
        predictor: gives the loaded predictor for media of a kind; called in the model's lane only.
        on_changed: called when it went on, paused or ended.
        on_ended: called once, at the end, whatever it was.
    """

    lane = MODEL_LANE

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        predictor: Callable[[MediumKind], Predictor],
        *,
        on_changed: Callable[[], None],
        on_ended: Callable[[BatchRun], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.title = "Pre-segment"
        self.counts = BatchCounts()
        self.problems: list[str] = []
        self.plan: BatchPlan | None = None
        self.sentence: str | None = None
        """Why it failed, if it did."""
        self._session = session
        self._runner = runner
        self._predictor = predictor
        self._on_changed = on_changed
        self._on_ended = on_ended
        self._clock = clock
        self._tasks: Iterator[BatchTask] = iter(())
        self._job: JobHandle | None = None
        self._state = JobState.WAITING
        self._paused = False
        self._is_next_posted = False
        self._seconds = 0.0
        self._since = 0.0

    # --- as a job ----------------------------------------------------------------------------------------------

    @property
    def state(self) -> JobState:
        """Waiting, running, or one of the endings."""
        return self._state

    @property
    def is_paused(self) -> bool:
        """Whether it rests until `resume`."""
        return self._paused

    @property
    def latest(self) -> Progress:
        """How far it is; the seconds are those at work."""
        seconds = self._seconds + (self._clock() - self._since if self._job is not None else 0.0)
        total = None if self.plan is None else len(self.plan.tasks)
        note = "paused" if self._paused else "" if total is not None else "loading the model"
        return Progress(self.counts.media, total, note, seconds)

    def start(
        self,
        rows: Sequence[PhraseRow],
        *,
        media: Collection[MediumId] | None = None,
        own: bool = False,
    ) -> None:
        """Load the model if need be, see what is to be asked (as `plan_batch`), and begin."""
        self._state = JobState.RUNNING

        def planned(model: str, clip_model: str | None) -> BatchPlan:
            return plan_batch(self._session, rows, model=model, clip_model=clip_model, media=media, own=own)

        # What might be asked, whoever has answered what: no model is loaded that has nothing to read.
        kinds = {task.kind for task in planned("", None).tasks} or {MediumKind.IMAGE}

        def load(_context: JobContext) -> Iterator[dict[MediumKind, str]]:
            yield {kind: self._predictor(kind).info.label for kind in kinds}

        def loaded(labels: dict[MediumKind, str]) -> None:
            self.plan = planned(labels.get(MediumKind.IMAGE, ""), labels.get(MediumKind.VIDEO))
            self._tasks = iter(self.plan.tasks)

        self._step(load, loaded)

    def pause(self) -> None:
        """Rest when the medium under way is answered."""
        if not self._paused and not self._state.is_ending:
            self._paused = True
            self._on_changed()

    def resume(self) -> None:
        """Go on."""
        if self._paused and not self._state.is_ending:
            self._paused = False
            if self._job is None and not self._is_next_posted:
                self._next()
            self._on_changed()

    def cancel(self) -> None:
        """Stop; what was answered stays, and a later batch goes on from there."""
        if not self._state.is_ending:
            if self._job is not None:
                self._job.cancel()
            self._end(JobState.CANCELLED)

    # --- within ------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        self._is_next_posted = False
        if self._state.is_ending:
            return
        if self._paused:
            self._on_changed()
            return
        task = next(self._tasks, None)
        if task is None:
            self._end(JobState.DONE)
            return

        def work(_context: JobContext) -> Iterator[MediumAnswer]:
            yield answer_task(self._predictor(task.kind), task)

        self._step(work, self._take)

    def _step(self, work: Callable[[JobContext], Iterator[T]], take: Callable[[T], None]) -> None:
        self._since = self._clock()
        job = self._runner.start(
            MODEL_LANE, work, on_item=take, on_done=self._stepped, on_failed=self._fail, title=self.title
        )
        # A runner without threads has ended it by now.
        self._job = None if job.state.is_ending else job

    def _take(self, answer: MediumAnswer) -> None:
        put = put_answer(self._session, answer)
        self.counts.take(put)
        if put.problem is not None and len(self.problems) < _MOST_TOLD:
            self.problems.append(put.problem)

    def _stepped(self) -> None:
        self._rest()
        if self._state.is_ending:
            return
        self._on_changed()
        # By way of the receiving thread's queue: the window gets its turn between two media, and so does a runner
        # without threads.
        self._is_next_posted = True
        self._runner.post(self._next)

    def _rest(self) -> None:
        self._seconds += self._clock() - self._since
        self._job = None

    def _fail(self, error: BaseException) -> None:
        logger.info("a batch ended early: %s", error)
        self.sentence = sentence_of(error)
        self._end(JobState.FAILED)

    def _end(self, state: JobState) -> None:
        if self._job is not None:
            self._rest()
        self._state = state
        self._on_changed()
        self._on_ended(self)
