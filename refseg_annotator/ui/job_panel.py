"""Long work that a person waits for: what runs, how far it is, and the button that stops it, in the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from refseg_annotator.services.batch_run import BatchRun
from refseg_annotator.services.jobs import JobContext, JobHandle, JobRunner, Progress, sentence_of
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from refseg_annotator.ui.theme import Theme

T = TypeVar("T")


class Jobs(QObject):
    """The jobs that are shown; those of the assistant and of frames show themselves where they belong.

    Signals:
        changed: a job began, went on or ended.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._running: list[JobHandle] = []

    @property
    def running(self) -> tuple[JobHandle, ...]:
        """Jobs under way, the oldest first."""
        return tuple(self._running)

    def adopt(self, job: JobHandle) -> None:
        """Show work that somebody else runs, until `release`."""
        self._running.append(job)
        self.changed.emit()

    def release(self, job: JobHandle) -> None:
        """Show it no longer."""
        if job in self._running:
            self._running.remove(job)
        self.changed.emit()

    def start(
        self,
        lane: str,
        work: Callable[[JobContext], Iterator[T]],
        *,
        title: str,
        on_item: Callable[[T], None] | None = None,
        on_done: Callable[[], None] | None = None,
        on_failed: Callable[[BaseException], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> JobHandle:
        """Run work and show it; a failure that nobody else takes becomes a message."""
        runner: JobRunner = self._bridge.runner
        handles: list[JobHandle] = []

        def ended(call: Callable[[], None] | None) -> None:
            # A runner without threads ends the job before `start` returns, and it is not in the list yet.
            if handles and handles[0] in self._running:
                self._running.remove(handles[0])
            self.changed.emit()
            if call is not None:
                call()

        def failed(error: BaseException) -> None:
            if on_failed is not None:
                ended(lambda: on_failed(error))
            else:
                ended(lambda: self._bridge.say(sentence_of(error), Tone.ERROR))

        def cancelled() -> None:
            ended(on_cancelled)
            self._bridge.say(tr("{title} was stopped.", title=title))

        job = runner.start(
            lane,
            work,
            on_item=on_item,
            on_done=lambda: ended(on_done),
            on_failed=failed,
            on_cancelled=cancelled,
            on_progress=lambda _: self.changed.emit(),
            title=title,
        )
        handles.append(job)
        if not job.state.is_ending:
            self._running.append(job)
        self.changed.emit()
        return job


class JobStrip(QWidget):
    """The oldest running job: title, bar, time left, a button that stops it."""

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._title = QLabel()
        self._title.setObjectName("jobTitle")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(96, 4)
        self._left = QLabel()
        self._left.setObjectName("muted")
        self._pause = QToolButton()
        self._pause.setObjectName("flat")
        self._pause.clicked.connect(self._on_pause)
        self._stop = QToolButton()
        self._stop.setObjectName("flat")
        self._stop.setToolTip(tr("Stop this work"))
        self._stop.setAccessibleName(tr("Stop this work"))
        self._stop.clicked.connect(self._on_stop)
        for widget in (self._title, self._bar, self._left, self._pause, self._stop):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        jobs.changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        running = self._jobs.running
        self.setVisible(bool(running))
        if not running:
            return
        job = running[0]
        progress = job.latest
        self._title.setText(
            job.title if len(running) == 1 else tr("{title} (1 of {len})", title=job.title, len=len(running))
        )
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        self._left.setText(words_for(progress))
        self._stop.setIcon(self._theme.icon("x"))
        self._pause.setVisible(isinstance(job, BatchRun))
        if isinstance(job, BatchRun):
            words = tr("Go on") if job.is_paused else tr("Pause between two pictures")
            self._pause.setIcon(self._theme.icon("play" if job.is_paused else "pause"))
            self._pause.setToolTip(words)
            self._pause.setAccessibleName(words)
            if job.is_paused:
                self._left.setText(f"{words_for(progress)}, {tr('paused')}")

    def _on_pause(self) -> None:
        for job in self._jobs.running[:1]:
            if isinstance(job, BatchRun):
                (job.resume if job.is_paused else job.pause)()

    def _on_stop(self) -> None:
        for job in self._jobs.running[:1]:
            job.cancel()


def words_for(progress: Progress) -> str:
    """How far, and how long still: "120 of 3,000, 2 min left"."""
    if progress.total is None:
        return tr_sentence(progress.note)
    so_far = tr("{done:,} of {total:,}", done=progress.done, total=progress.total)
    left = progress.seconds_left
    if left is None or progress.seconds < 1.0:
        return so_far
    if left < 60:
        return tr("{so_far}, {max} s left", so_far=so_far, max=max(round(left), 1))
    return tr("{so_far}, {round} min left", so_far=so_far, round=round(left / 60))
