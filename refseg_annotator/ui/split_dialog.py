"""Deal media out to train, val and test: a plan to look at, then one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from refseg_annotator.services.dataset_source import media_of
from refseg_annotator.services.fingerprints import fingerprints
from refseg_annotator.services.jobs import BATCH_LANE, JobContext, JobHandle, sentence_of
from refseg_annotator.services.splits import SplitItem, SplitPlan, plan_splits, with_test_a_and_b
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.forms import add_field, inset, new_form
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QCloseEvent

    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.job_panel import Jobs

Hashes = dict[int, tuple[int, ...]]


class _StoppedError(Exception):
    """Nobody wants the look-alikes any more."""


class SplitDialog(QDialog):
    """Shares in per cent; look-alikes are found in the background once, and kept for further plans."""

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Split media"))
        self.setMinimumWidth(480)
        self._bridge = bridge
        self._jobs = jobs
        self._job: JobHandle | None = None
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
            box.valueChanged.connect(lambda _: self._forget())
        for check in (self.look, self.keep, self.parts):
            check.toggled.connect(lambda _: self._forget())
        bridge.session_changed.connect(self.close)

    def make_plan(self) -> None:
        """Look at the files if need be, and plan."""
        if self._job is not None:
            return
        if self.look.isChecked() and self._hashes is None:
            self._look()
        else:
            self._show_plan()

    def apply(self) -> None:
        """Give the media their splits: one step of undo."""
        bridge, plan = self._bridge, self.plan
        if plan is None:
            return
        edit = plan.to_edit(bridge.session.project)
        if edit.edits and bridge.attempt(lambda: bridge.session.commit(edit)) is None:
            return
        words = tr("Split {count} pictures.", count=f"{len(edit.edits):,}") if edit.edits else tr("All are so already.")
        bridge.say(words, Tone.GOOD, action="undo" if edit.edits else None)
        self.close()

    def _forget(self) -> None:
        self.plan = None
        self.use.setEnabled(False)
        self.report.clear()

    def _look(self) -> None:
        media = media_of(self._bridge.session)

        def work(context: JobContext) -> Iterator[tuple[Hashes, int]]:
            def progress(done: int, total: int, _note: str = "") -> None:
                if context.cancelled:
                    raise _StoppedError
                context.progress(done, total)

            try:
                hashes, unread = fingerprints(media, progress)
            except _StoppedError:
                return
            yield hashes, len(unread)

        def take(found: tuple[Hashes, int]) -> None:
            self._hashes, self._unread = found

        self.make.setEnabled(False)
        self.note.setText(tr("Looking for pictures that look alike..."))
        job = self._jobs.start(
            BATCH_LANE,
            work,
            title=tr("Look for look-alikes"),
            on_item=take,
            on_done=self._looked,
            on_failed=self._failed,
            on_cancelled=self._idle,
        )
        self._job = None if job.state.is_ending else job

    def _idle(self) -> None:
        self._job = None
        self.make.setEnabled(True)
        self.note.clear()

    def _looked(self) -> None:
        self._idle()
        self._show_plan()

    def _failed(self, error: BaseException) -> None:
        self._idle()
        self.note.setText(tr_sentence(sentence_of(error)))

    def _show_plan(self) -> None:
        project = self._bridge.session.project
        hashes = (self._hashes or {}) if self.look.isChecked() else {}
        items = [
            SplitItem(
                medium.id,
                medium.name,
                tuple(referent.category for referent in project.referents_of(medium.id)),
                hashes.get(medium.id, ()),
                medium.split,
            )
            for medium in media_of(self._bridge.session)
        ]
        shares = {split: float(box.value()) for split, box in self.shares.items() if box.value()}
        try:
            plan = plan_splits(items, shares=shares, seed=self.seed.value(), keep=self.keep.isChecked())
        except RefSegError as error:
            self.note.setText(tr_sentence(str(error)))
            return
        if self.parts.isChecked():
            plan = with_test_a_and_b(items, plan)
        self.plan = plan
        self.use.setEnabled(bool(items))
        self.report.setPlainText(self._words(plan, len(items)))

    def _words(self, plan: SplitPlan, total: int) -> str:
        lines = [
            f"{split.value:<8} {count:>9,}  {count / max(total, 1):.1%}"
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
            count = f"{len(plan.leaks):,}"
            lines.append(tr("{count} groups stay torn, for their pictures keep the splits they have.", count=count))
        if self._unread:
            lines.append(tr("{count} files could not be read.", count=f"{self._unread:,}"))
        return "\n".join(lines)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody waits for the look-alikes any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().closeEvent(event)
