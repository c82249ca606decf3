"""What to pre-segment: which phrases, of which pictures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import MediumId, MediumState
from refseg_annotator.errors import RefSegError
from refseg_annotator.services.batch_plan import PhraseRow
from refseg_annotator.services.phrase_table import read_phrases
from refseg_annotator.ui.forms import add_field, new_form
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.media_list import MediaList


class PhraseSource(StrEnum):
    """Where the phrases come from."""

    OWN = "own"
    TYPED = "typed"
    TABLE = "table"


class BatchDialog(QDialog):
    """Asks, and hands the answer on; the work is done elsewhere.

    Signals:
        start_wanted: rows, ids of media, and whether the project's own open phrases are asked too.
    """

    start_wanted = Signal(object, object, bool)

    def __init__(self, bridge: Bridge, media_list: MediaList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Pre-segment many"))
        self.setMinimumWidth(520)
        self._bridge = bridge
        project = bridge.session.project
        self._listed = media_list.model.listed()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        form = new_form()
        open_ones = sum(expression.is_open for expression in project.expressions.values())
        self.source = QComboBox()
        self.source.setAccessibleName(tr("Phrases"))
        self.source.addItem(tr("these, of every picture"), PhraseSource.TYPED)
        self.source.addItem(tr("a table (CSV): image, phrase"), PhraseSource.TABLE)
        self.source.addItem(
            tr("the project's own that nobody has answered ({count})", count=number(open_ones)), PhraseSource.OWN
        )
        add_field(form, tr("Phrases"), self.source)
        self.phrases = QPlainTextEdit()
        self.phrases.setAccessibleName(tr("One phrase a line"))
        self.phrases.setPlaceholderText(tr("One phrase a line, for example:\nthe dog on the left\nthe person in red"))
        self.phrases.setMinimumHeight(112)
        self.phrases.setTabChangesFocus(True)
        table = QWidget()
        row = QHBoxLayout(table)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.table = QLineEdit()
        self.table.setAccessibleName(tr("Table of phrases"))
        choose = QPushButton(tr("Choose..."))
        choose.clicked.connect(self._choose)
        row.addWidget(self.table, 1)
        row.addWidget(choose)
        self._pages = QStackedWidget()
        for page in (self.phrases, table, QWidget()):
            self._pages.addWidget(page)
        form.addRow("", self._pages)
        self.media = QComboBox()
        self.media.setAccessibleName(tr("Pictures"))
        unreviewed = [one.id for one in project.media.values() if one.state is not MediumState.REVIEWED]
        self._choices: list[list[MediumId]] = [list(project.media), list(self._listed), unreviewed]
        words = (tr("all ({count})"), tr("those in the list ({count})"), tr("those not reviewed ({count})"))
        for text, ids in zip(words, self._choices, strict=True):
            self.media.addItem(text.replace("{count}", number(len(ids))))
        if len(self._listed) < len(project.media):
            self.media.setCurrentIndex(1)
        add_field(form, tr("Pictures"), self.media)
        column.addLayout(form)
        about = QLabel(
            tr(
                "The model is asked in the background; you can go on working. Its masks are proposals, not settled, and"
                " their pictures are in work. Phrases that fit nothing are kept as “probably not here”. J goes to what"
                " is doubtful. What is answered is not asked again."
            )
        )
        about.setObjectName("muted")
        about.setWordWrap(True)
        column.addWidget(about)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.problem = QLabel()
        self.problem.setObjectName("hint")
        self.problem.setProperty("tone", "bad")
        self.problem.setWordWrap(True)
        leave = QPushButton(tr("Close"))
        leave.clicked.connect(self.close)
        self.run = QPushButton(tr("Start"))
        self.run.setProperty("primary", True)
        self.run.setDefault(True)
        self.run.clicked.connect(self._on_run)
        buttons.addWidget(self.problem, 1)
        buttons.addWidget(leave)
        buttons.addWidget(self.run)
        column.addLayout(buttons)
        self.source.currentIndexChanged.connect(self._pages.setCurrentIndex)
        self.source.currentIndexChanged.connect(lambda _: self.problem.clear())
        self.phrases.setFocus(Qt.FocusReason.OtherFocusReason)
        bridge.session_changed.connect(self.close)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a table of phrases"), "", tr("Tables (*.csv *.tsv *.txt)")
        )
        if name:
            self.table.setText(name)

    def _on_run(self) -> None:
        source = PhraseSource(self.source.currentData())
        try:
            rows = self._rows(source)
        except RefSegError as error:
            self.problem.setText(tr_sentence(str(error)))
            return
        if not rows and source is not PhraseSource.OWN:
            self.problem.setText(tr("Write a phrase first."))
            return
        self.start_wanted.emit(rows, self._choices[self.media.currentIndex()], source is PhraseSource.OWN)
        self.close()

    def _rows(self, source: PhraseSource) -> list[PhraseRow]:
        if source is PhraseSource.TYPED:
            lines = [" ".join(line.split()) for line in self.phrases.toPlainText().splitlines()]
            return [PhraseRow(line) for line in lines if line]
        if source is PhraseSource.TABLE and self.table.text().strip():
            return read_phrases(Path(self.table.text().strip()))
        return []
