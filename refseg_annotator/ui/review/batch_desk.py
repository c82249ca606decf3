"""Batches in the window: one at a time, shown among the jobs, paused and resumed, its end told in a sentence."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from refseg_annotator.services.batch_run import BatchRun
from refseg_annotator.services.jobs import JobState
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.services.batch_plan import PhraseRow
    from refseg_annotator.ui.job_panel import Jobs

_INTERVAL: Final = 0.1  # s between two looks at how far it is


class BatchDesk(QObject):
    """Starts, pauses and ends the window's batch.

    Signals:
        changed: a batch began, paused, went on or ended.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._jobs = jobs
        self._told = 0.0
        self.run: BatchRun | None = None
        bridge.session_changed.connect(self.stop)

    def start(self, rows: Sequence[PhraseRow], media: Collection[MediumId] | None = None, *, own: bool = False) -> None:
        """Begin; a batch that is under way has to end first."""
        bridge = self._bridge
        if self.run is not None:
            bridge.say(tr("A batch is under way; stop it first, or wait for its end."), Tone.WARNING)
            return
        self.run = BatchRun(
            bridge.session, bridge.runner, bridge.assist.ready, on_changed=self._on_changed, on_ended=self._on_ended
        )
        self._jobs.adopt(self.run)
        self.run.start(rows, media=None if media is None else frozenset(media), own=own)
        self.changed.emit()

    def toggle(self) -> None:
        """Pause, or go on."""
        if self.run is not None:
            (self.run.resume if self.run.is_paused else self.run.pause)()
            self.changed.emit()

    def stop(self) -> None:
        """End it; what was answered stays."""
        if self.run is not None:
            self.run.cancel()

    def _on_changed(self) -> None:
        now = time.monotonic()
        run = self.run
        if run is None or run.is_paused or run.state.is_ending or now - self._told >= _INTERVAL:
            self._told = now
            self._jobs.changed.emit()

    def _on_ended(self, run: BatchRun) -> None:
        self.run = None
        self._jobs.release(run)
        self.changed.emit()
        if run.state is JobState.FAILED:
            self._bridge.say(run.sentence or "", Tone.ERROR)
            return
        counts = run.counts
        if not counts.media and run.state is JobState.DONE:
            answered = run.plan.answered if run.plan is not None else 0
            words = tr("Every phrase was answered before.") if answered else tr("There was no phrase to ask.")
            self._bridge.say(" ".join([words, *self._unmatched(run)]))
            return
        words = tr(
            "{pictures}: {masks}, {absent}.",
            pictures=tr_count(
                counts.media - counts.problems,
                "Pre-segmented {count:,} picture",
                "Pre-segmented {count:,} pictures",
            ),
            masks=tr_count(counts.masks, "{count:,} mask to review", "{count:,} masks to review"),
            absent=tr("{count:,} probably not here", count=counts.absent),
        )
        parts = [tr("Stopped."), words] if run.state is JobState.CANCELLED else [words]
        if run.problems:
            parts.append(tr("{count} could not be read: {first}", count=counts.problems, first=run.problems[0]))
        parts += self._unmatched(run)
        is_fine = len(parts) == 1
        self._bridge.say(" ".join(parts), Tone.GOOD if is_fine else Tone.WARNING, action="next_item")

    def _unmatched(self, run: BatchRun) -> list[str]:
        return list(run.plan.unmatched[:2]) if run.plan is not None else []
