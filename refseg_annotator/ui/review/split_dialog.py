"""Deal media out to train, val and test: a plan to look at, then one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import RefSegError
from refseg_annotator.services.jobs import BATCH_LANE, JobContext, JobHandle, sentence_of
from refseg_annotator.services.split_work import Dealt, Hashes, SplitWish, dealing, edit_of, looking, planning
from refseg_annotator.services.splits import SplitPlan, require_shares
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.forms import add_field, inset, new_form
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QCloseEvent

    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.job_panel import Jobs

T = TypeVar("T")


class SplitDialog(QDialog):
    """Shares in per cent. Look-alikes are found once, and kept for further plans.

    Looking, planning and making the edits run in the batch lane; of several plans asked for, the last one counts.
    """

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Split media"))
        self.setMinimumWidth(480)
        self._bridge = bridge
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._turn = 0  # which of all works so far is the present one; what others bring is not taken
        self._is_looking = False
        self._hashes: Hashes | None = None
        self._unread = 0
        self.plan: SplitPlan | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        form = new_form()
        self.shares: dict[Split, QSpinBox] = {}
        shares = QWidget()
        row = QHBoxLayout(shares)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for split, share in ((Split.TRAIN, 80), (Split.VAL, 10), (Split.TEST, 10)):
            box = QSpinBox()
            inset(box)
            box.setRange(0, 100)
            box.setValue(share)
            box.setSuffix(" %")
            box.setAccessibleName(tr("Share of {split}", split=split.value))
            self.shares[split] = box
            row.addWidget(QLabel(split.value))
            row.addWidget(box, 1)
        add_field(form, tr("Shares"), shares)
        self.seed = QSpinBox()
        inset(self.seed)
        self.seed.setRange(0, 999_999)
        self.seed.setAccessibleName(tr("Seed"))
        add_field(form, tr("Seed"), self.seed)
        column.addLayout(form)
        self.look = QCheckBox(tr("Keep pictures that look alike together (looks at every file)"))
        self.look.setChecked(True)
        self.keep = QCheckBox(tr("Pictures that have a split keep it"))
        self.parts = QCheckBox(tr("Part test as RefCOCO does: testA has people, testB the rest"))
        for check in (self.look, self.keep, self.parts):
            column.addWidget(check)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Plan"))
        self.report.setPlaceholderText(tr("The plan stands here before anything is changed."))
        column.addWidget(self.report, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.note = QLabel()
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        leave = QPushButton(tr("Close"))
        leave.clicked.connect(self.close)
        self.make = QPushButton(tr("Plan"))
        self.make.clicked.connect(self.make_plan)
        self.use = QPushButton(tr("Use this split"))
        self.use.setProperty("primary", True)
        self.use.clicked.connect(self.apply)
        buttons.addWidget(self.note, 1)
        for button in (leave, self.make, self.use):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.use.setEnabled(False)
        for box in (*self.shares.values(), self.seed):
            box.valueChanged.connect(lambda _: self._wish_anew())
        for check in (self.look, self.keep, self.parts):
            check.toggled.connect(lambda _: self._wish_anew())
        bridge.session_changed.connect(self.close)

    def make_plan(self) -> None:
        """Look at the files if need be, and plan."""
        if self._job is not None:
            return
        self._forget()
        try:
            require_shares(self._wish().shares)
        except RefSegError as error:
            self.note.setText(tr_sentence(str(error)))
            return
        if self.look.isChecked() and self._hashes is None:
            self._look()
        else:
            self._plan()

    def apply(self) -> None:
        """Give the media their splits, one step of undo, once the edits are made."""
        if self.plan is None or self._job is not None:
            return
        ready: list[Dealt] = []
        work = dealing(self._bridge.session, self.plan)
        self._start(work, tr("Split media"), ready.extend, lambda: self._commit(ready))

    def _commit(self, ready: list[Dealt]) -> None:
        bridge = self._bridge
        edit = edit_of(bridge.session.project, ready)
        if edit.edits and bridge.attempt(lambda: bridge.session.commit(edit)) is None:
            return
        count = len(edit.edits)
        words = (
            tr_count(count, "Split {count:,} picture.", "Split {count:,} pictures.")
            if count
            else tr("All are so already.")
        )
        bridge.say(words, Tone.GOOD, action="undo" if edit.edits else None)
        self.close()

    def _forget(self) -> None:
        self.plan = None
        self.use.setEnabled(False)
        self.report.clear()

    def _wish_anew(self) -> None:
        """Other fields, another plan; one that is under way begins again with them."""
        self._forget()
        # The files look the same whatever the shares are.
        if self._job is None or (self._is_looking and self.look.isChecked()):
            return
        self._stop()
        self.make_plan()

    def _wish(self) -> SplitWish:
        shares = {split: float(box.value()) for split, box in self.shares.items() if box.value()}
        return SplitWish(shares, self.seed.value(), self.keep.isChecked(), self.parts.isChecked())

    def _look(self) -> None:
        def take(found: tuple[Hashes, int]) -> None:
            self._hashes, self._unread = found

        self._is_looking = True
        self.note.setText(tr("Looking for pictures that look alike..."))
        self._start(looking(self._bridge.session), tr("Look for look-alikes"), take, self.make_plan)

    def _plan(self) -> None:
        hashes = (self._hashes or {}) if self.look.isChecked() else {}
        self.note.setText(tr("Looking through the project..."))
        self._start(planning(self._bridge.session, self._wish(), hashes), tr("Split media"), self._show_plan)

    # --- in the batch lane -------------------------------------------------------------------------------------------

    def _start(
        self,
        work: Callable[[JobContext], Iterator[T]],
        title: str,
        take: Callable[[T], None],
        then: Callable[[], None] | None = None,
    ) -> None:
        """Run work whose callbacks count only while it is the present one: a closed dialog has no widgets left."""
        self._turn += 1
        turn = self._turn

        def took(item: T) -> None:
            if turn == self._turn:
                take(item)

        def ended(words: str = "", call: Callable[[], None] | None = None) -> None:
            if turn == self._turn:
                self._rest(words)
                if call is not None:
                    call()

        def stopped() -> None:
            # Somebody else stopped it, in the status bar.
            ended(tr("{title} was stopped.", title=title))

        self.make.setEnabled(False)
        self.use.setEnabled(False)
        job = self._bridge.runner.start(
            BATCH_LANE,
            work,
            on_item=took,
            on_done=lambda: ended(call=then),
            on_failed=lambda error: ended(tr_sentence(sentence_of(error))),
            on_cancelled=stopped,
            on_progress=lambda _: self._jobs.changed.emit(),
            title=title,
        )
        # A runner without threads has ended the job by now, and may have begun the next.
        if turn == self._turn and not job.state.is_ending:
            self._job = job
            self._jobs.adopt(job)

    def _rest(self, words: str = "") -> None:
        """Nothing is under way any more."""
        job, self._job = self._job, None
        self._is_looking = False
        if job is not None:
            self._jobs.release(job)
        self.make.setEnabled(True)
        self.use.setEnabled(self.plan is not None and bool(self.plan.splits))
        self.note.setText(words)

    def _stop(self) -> None:
        """Nobody waits for the present work any more, nor is told of its end."""
        job = self._job
        if job is not None:
            self._turn += 1
            job.cancel()
            self._rest()

    # --- the plan ----------------------------------------------------------------------------------------------------

    def _show_plan(self, plan: SplitPlan) -> None:
        self.plan = plan
        self.report.setPlainText(self._words(plan, len(plan.splits)))

    def _words(self, plan: SplitPlan, total: int) -> str:
        lines = [
            f"{split.value:<8} {number(count, '>9,')}  {number(count / max(total, 1), '.1%')}"
            for split, count in sorted(plan.counts().items(), key=lambda pair: list(Split).index(pair[0]))
        ]
        lines.append("")
        if self.look.isChecked():
            lines.append(
                tr_count(
                    len(plan.groups),
                    "{count:,} group of look-alikes is kept together.",
                    "{count:,} groups of look-alikes are kept together.",
                )
            )
        else:
            lines.append(tr("Look-alikes were not looked for; they may stand on both sides."))
        if plan.leaks:
            lines.append(
                tr_count(
                    len(plan.leaks),
                    "{count:,} group stays torn, for its pictures keep the splits they have.",
                    "{count:,} groups stay torn, for their pictures keep the splits they have.",
                )
            )
        if self._unread:
            lines.append(
                tr_count(self._unread, "{count:,} file could not be read.", "{count:,} files could not be read.")
            )
        return "\n".join(lines)

    def done(self, result: int) -> None:
        """Closed, or left with Esc, of which no close event tells."""
        self._stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody waits any more."""
        self._stop()
        super().closeEvent(event)
