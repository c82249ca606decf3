"""Data sets out and in. Both run in the batch lane, so that pictures still open meanwhile, and both end with an account
of what was written and what was lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QPushButton,
    QWidget,
)

from refseg_annotator.errors import RefSegError
from refseg_annotator.formats.base import Format, Loss, WriteOptions
from refseg_annotator.formats.registry import readable, writable
from refseg_annotator.services.documents import Measured, is_untitled, measuring, unmeasured_media
from refseg_annotator.services.jobs import BATCH_LANE, JobContext
from refseg_annotator.services.transfer import (
    Import,
    ImportPart,
    check_destination,
    dataset_of,
    export_work,
    free_destination,
    import_work,
    stage_dataset,
    watched,
)
from refseg_annotator.ui.documents.transfer_form import TransferForm
from refseg_annotator.ui.forms import add_field
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refseg_annotator.formats.base import Dataset
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.job_panel import Jobs


class ExportDialog(TransferForm):
    """Choose a format and a place; read what it will lose before, and what it lost after."""

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(bridge, jobs, tr("Export data set"), tr("Export"), parent)
        self.format = QComboBox()
        self.format.setAccessibleName(tr("Format"))
        self._formats = writable()
        for form in self._formats:
            self.format.addItem(tr(form.title))
        self.format.setCurrentIndex([form.name for form in self._formats].index("coco"))
        add_field(self._form, tr("Format"), self.format)
        choose = QPushButton(tr("Choose..."))
        self.place = self._place_row(tr("Into the folder"), tr("Folder of the export"), choose)
        self.media = QComboBox()
        self.media.setAccessibleName(tr("Pictures"))
        for words, value in (
            (tr("copy the pictures beside"), "copy"),
            (tr("link the pictures where the disk allows"), "link"),
            (tr("leave the pictures where they are"), "none"),
        ):
            self.media.addItem(words, value)
        add_field(self._form, tr("Pictures"), self.media)
        self.polygons = QCheckBox(tr("Polygons in place of run-length code"))
        self._form.addRow("", self.polygons)
        self.replace = QCheckBox(tr("Replace an earlier export there"))
        self._form.addRow("", self.replace)
        self._proposed = ""
        self._propose()
        self.format.currentIndexChanged.connect(self._about)
        self.format.currentIndexChanged.connect(self._propose)
        self.replace.toggled.connect(self._propose)
        for signal in (
            self.format.currentIndexChanged,
            self.place.textChanged,
            self.media.currentIndexChanged,
            self.polygons.toggled,
            self.replace.toggled,
        ):
            signal.connect(self._ask_anew)
        choose.clicked.connect(self._choose)
        self._about()

    def _first_field(self) -> QWidget:
        return self.format

    @property
    def chosen(self) -> Format:
        """The chosen format."""
        return self._formats[self.format.currentIndex()]

    def _about(self) -> None:
        form = self.chosen
        lost = sorted(tr(loss.value) for loss in form.loses)
        words = tr("It cannot hold: {join}.", join="; ".join(lost)) if lost else tr("It holds everything.")
        rule = (
            tr("Pictures and clips without any annotation are left out.")
            if Loss.MEDIA_WITHOUT_MASKS in form.loses
            else tr("Pictures and clips without any annotation are written too.")
        )
        self.about.setText(f"{tr(form.summary)}\n{words} {rule}")
        self.polygons.setVisible(form.name == "coco")

    def _propose(self) -> None:
        """A place that is not refused; never in place of one that a person named."""
        if self.place.text() == self._proposed:
            options = WriteOptions(replace=self.replace.isChecked())
            self._proposed = str(free_destination(self.chosen.name, _default_place(self._bridge), options))
            self.place.setText(self._proposed)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the export"), self.place.text())
        if folder:
            self.place.setText(folder)

    def _on_run(self) -> None:
        place = self.place.text().strip()
        if not place:
            self._tell(tr("Name a folder for the export first."), "bad")
            return
        self._begin(tr("Exporting"))
        options = WriteOptions(
            polygons=self.polygons.isVisible() and self.polygons.isChecked(),
            media=self.media.currentData(),
            replace=self.replace.isChecked(),
        )
        form = self.chosen
        unmeasured = unmeasured_media(self._bridge.session)
        if not unmeasured:
            self._write(form, Path(place), options)
            return
        refused: list[RefSegError] = []

        def measure(context: JobContext) -> Iterator[Measured]:
            # A place that is taken is told before every file is opened, which may take minutes.
            check_destination(form.name, Path(place), options)
            yield from measuring(unmeasured)(context)

        def learn(measured: Measured) -> None:
            try:
                self._bridge.session.learn(measured.facts)
            except RefSegError as error:
                refused.append(error)

        self.progress.setText(tr("Measuring what was not opened yet"))
        job = self._jobs.start(
            BATCH_LANE,
            measure,
            title=tr("Export {title}", title=form.title),
            on_item=learn,
            on_done=lambda: self._show_failure(refused[0]) if refused else self._write(form, Path(place), options),
            on_failed=self._show_failure,
        )
        if not job.state.is_ending:
            self._set_running(job)

    def _write(self, form: Format, place: Path, options: WriteOptions) -> None:
        try:
            dataset = dataset_of(self._bridge.session)
        except RefSegError as error:
            self._show_failure(error)
            return
        job = self._jobs.start(
            BATCH_LANE,
            export_work(dataset, form.name, place, options),
            title=tr("Export {title}", title=form.title),
            on_item=self._show_report,
            on_done=lambda: self._set_running(None),
            on_failed=self._show_failure,
        )
        if not job.state.is_ending:
            self._set_running(job)


class ImportDialog(TransferForm):
    """Choose a data set; it is read from end to end before anything of it enters the project."""

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(bridge, jobs, tr("Import data set"), tr("Import"), parent)
        self.format = QComboBox()
        self.format.setAccessibleName(tr("Format"))
        self.format.addItem(tr("recognise it"), None)
        for form in readable():
            self.format.addItem(tr(form.title), form)
        add_field(self._form, tr("Format"), self.format)
        folders, files = QPushButton(tr("Folder...")), QPushButton(tr("File..."))
        self.place = self._place_row(tr("File or folder"), tr("File or folder of the data set"), folders, files)
        folders.clicked.connect(self._choose_folder)
        files.clicked.connect(self._choose_file)
        self.format.currentIndexChanged.connect(self._about)
        for signal in (self.format.currentIndexChanged, self.place.textChanged):
            signal.connect(self._ask_anew)
        self._about()

    def _first_field(self) -> QWidget:
        return self.place

    def _about(self) -> None:
        form = self.format.currentData()
        if isinstance(form, Format):
            self.about.setText(tr(form.summary))
        else:
            self.about.setText(tr("The data set becomes part of this project, as one step that can be undone."))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the data set"), self.place.text())
        if folder:
            self.place.setText(folder)

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, tr("File of the data set"), self.place.text())
        if file:
            self.place.setText(file)

    def _on_run(self) -> None:
        place = self.place.text().strip()
        if not place:
            self._tell(tr("Name the data set's file or folder first."), "bad")
            return
        form = self.format.currentData()
        name = form.name if isinstance(form, Format) else None

        def read(context: JobContext) -> Iterator[Dataset]:
            yield stage_dataset(Path(place), name, progress=watched(context))

        staged: list[Dataset] = []
        self._begin(tr("Reading the data set"))
        job = self._jobs.start(
            BATCH_LANE,
            read,
            title=tr("Read data set"),
            on_item=staged.append,
            on_done=lambda: self._bring_in(staged[0]),
            on_failed=self._show_failure,
        )
        if not job.state.is_ending:
            self._set_running(job)

    def _bring_in(self, dataset: Dataset) -> None:
        importing = Import(self._bridge.session, dataset)
        self._take_back = importing.undo
        refused: list[RefSegError] = []

        def failed(error: BaseException) -> None:
            importing.undo()
            self._show_failure(error)

        def done() -> None:
            self._set_running(None)
            if not refused:
                try:
                    importing.finish()
                except RefSegError as error:
                    refused.append(error)
            if refused:
                failed(refused[0])
            else:
                self._show_report(importing.report())

        def commit(part: ImportPart) -> None:
            if refused:
                return
            try:
                importing.commit(part)
            except RefSegError as error:
                refused.append(error)

        self._tell(tr("Importing"))
        job = self._jobs.start(
            BATCH_LANE,
            import_work(importing),
            title=tr("Import data set"),
            on_item=commit,
            on_done=done,
            on_failed=failed,
            on_cancelled=importing.undo,
        )
        if not job.state.is_ending:
            self._set_running(job)


def _default_place(bridge: Bridge) -> Path:
    path = bridge.session.path
    medium = bridge.medium
    if path is not None and not is_untitled(path):
        return path.with_name(f"{path.stem}-export")
    # A project without a name has no place of its own that anybody knows; its photos have.
    base = Path(medium.path).parent if medium is not None and Path(medium.path).is_absolute() else Path.home()
    return base / "export"
