"""What the dialogs of export and import share: a form above, the account below, and work that can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from refseg_annotator.services.jobs import JobHandle, sentence_of
from refseg_annotator.services.transfer import TransferCancelledError
from refseg_annotator.ui.forms import WrappedLabel, add_field, new_form
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QShowEvent

    from refseg_annotator.formats.base import TransferReport
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.job_panel import Jobs


class TransferForm(QDialog):
    """A form above, the account below; not modal.

    It belongs to the project for which it was opened: when another is opened it stops what it does and goes. An account
    stays to be read.
    """

    def __init__(self, bridge: Bridge, jobs: Jobs, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        self._bridge = bridge
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._take_back: Callable[[], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self._form = new_form()
        column.addLayout(self._form)
        self.about = WrappedLabel(least=56)
        self.about.setObjectName("muted")
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.about)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report"))
        self.report.setMinimumHeight(160)
        self.report.hide()
        column.addWidget(self.report, 1)
        # Room that the account has left when it went is nobody's: the rows of the form stay together.
        column.addStretch(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.progress = WrappedLabel()
        self.progress.setObjectName("hint")
        self.run = QPushButton(verb)
        self.run.setProperty("primary", True)
        self.run.setDefault(True)
        self.close_button = QPushButton(tr("Close"))
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.run)
        column.addLayout(buttons)
        self.close_button.clicked.connect(self._on_close)
        self.run.clicked.connect(self._on_run)
        bridge.leaving.connect(self._on_leaving)
        bridge.session_changed.connect(self._on_session)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes through the form from above, then to the buttons; Enter does what the dialog is for."""
        before = self.previousInFocusChain()
        if before is not None:
            self.setTabOrder(before, self.run)
        self.setTabOrder(self.run, self.close_button)
        self._first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def _first_field(self) -> QWidget:
        raise NotImplementedError

    def _place_row(self, label: str, name: str, *buttons: QPushButton) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(line, 1)
        for button in buttons:
            row.addWidget(button)
        add_field(self._form, label, whole)
        return line

    def _ask_anew(self) -> None:
        """What was asked for is not what was done last: Enter does what the dialog is for again."""
        self.run.setDefault(True)

    def _set_running(self, job: JobHandle | None) -> None:
        self._job = job
        if job is not None and self.run.hasFocus():
            # Qt would give the keyboard to the button beside, and a second Enter would stop what the first began.
            self._first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self.run.setEnabled(job is None)
        self.close_button.setText(tr("Close") if job is None else tr("Stop"))

    def _show_report(self, report: TransferReport) -> None:
        self.report.setPlainText(report.to_text())
        self.report.show()
        # It is done: an Enter too many must not do it again, which would import everything twice.
        self.close_button.setDefault(True)
        self._tell("")

    def _show_failure(self, error: BaseException) -> None:
        self._set_running(None)
        if isinstance(error, TransferCancelledError):
            self._tell(tr("Stopped; nothing was left behind."))
        else:
            self._tell(tr_sentence(sentence_of(error)), "bad")

    def _tell(self, words: str, tone: str = "muted") -> None:
        set_style_property(self.progress, "tone", tone)
        self.progress.setText(words)

    def _begin(self, words: str) -> None:
        """Something is tried anew; the account of the last time would be read as that of this one."""
        self.run.setDefault(True)
        self.report.hide()
        self.report.clear()
        self._tell(words)

    def _on_close(self) -> None:
        if self._job is not None:
            self._stop()
        else:
            self.close()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._set_running(None)
        self._tell(tr("Stopped; nothing was left behind."))

    def _on_leaving(self) -> None:
        """The project's file is closed as soon as this is over, so what was begun is taken back now."""
        if self._job is not None:
            self._stop()
            if self._take_back is not None:
                self._take_back()

    def _on_session(self) -> None:
        """Another project is open."""
        if self.report.isHidden():
            self.close()
        else:
            self.run.setEnabled(False)
            self._tell(tr("This was the project before; open the dialog anew for the one open now."))

    def reject(self) -> None:
        """Esc, as the button, stops first what is under way: the job would end with nobody there to be told."""
        if self._job is None:
            super().reject()
        else:
            self._stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Likewise the window's own cross."""
        if self._job is None:
            super().closeEvent(event)
        else:
            self._stop()
            event.ignore()

    def _on_run(self) -> None:
        raise NotImplementedError
