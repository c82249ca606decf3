"""The models: what is here, under which licence, how large, how good; and the way for others to come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import BundleError, RefSegError
from refseg_annotator.inference.bundles import BundleInfo, bundle_for_phrases, survey_bundles
from refseg_annotator.services import model_fetch
from refseg_annotator.services.jobs import BATCH_LANE, IO_LANE, JobContext
from refseg_annotator.services.model_fetch import FetchingWork, StagedModel
from refseg_annotator.settings import AUTOMATIC
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.forms import within_screen
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.row_table import row_table
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from refseg_annotator.ui.job_panel import Jobs

_COLUMNS: Final = ("Name", "Reads", "Version", "Licence", "Size", "Does", "mIoU", "Speed", "From")

_Found = tuple[list[BundleInfo], list[str], dict[MediumKind, str]]
"""The usable bundles, a sentence on each that is not, and the names of those that read phrases on media of a kind."""


def abilities(bundle: BundleInfo) -> str:
    """What a model can do, in a few words."""
    clips = tr("phrases, follows masks by itself") if bundle.follows_clips else tr("phrases")
    return tr("{what}; {words} words a phrase", what=clips, words=bundle.config.max_words)


def media_read(name: str, readers: Mapping[MediumKind, str]) -> str:
    """On what media the model of a name reads phrases, in a word or three."""
    photos, clips = readers.get(MediumKind.IMAGE) == name, readers.get(MediumKind.VIDEO) == name
    if photos and clips:
        return tr("photos and clips")
    return tr("photos") if photos else tr("clips") if clips else ""


def readers_told(chosen: str, readers: Mapping[MediumKind, str]) -> str:
    """Which models read phrases, in a sentence: by what the settings say, and by name as far as they are there."""
    photos, clips = readers.get(MediumKind.IMAGE), readers.get(MediumKind.VIDEO)
    if photos is None or clips is None:
        return "" if chosen == AUTOMATIC else tr("You chose {name}, which is not among the models here.", name=chosen)
    if chosen != AUTOMATIC:
        return tr("You chose {name}: it reads phrases on photos and on frames of clips.", name=photos)
    if photos == clips:
        return tr("Chosen automatically: {name} reads phrases on photos and on frames of clips.", name=photos)
    return tr(
        "Chosen automatically: {photos} reads phrases on photos, {clips} on frames of clips, which it reads better.",
        photos=photos,
        clips=clips,
    )


def _names_of_readers(chosen: str) -> dict[MediumKind, str]:
    try:
        return {kind: bundle_for_phrases(chosen, kind).name for kind in MediumKind}
    except BundleError:
        return {}  # what is wrong with it is told where it is to be loaded


def speed_of(bundle: BundleInfo) -> str:
    """How long a phrase takes by the model's own card, and where that was measured, if it says so."""
    scores = bundle.config.scores
    milliseconds = scores.get("ms_per_phrase")
    if not isinstance(milliseconds, int | float):
        return "-"
    device = scores.get("device")
    if not isinstance(device, str) or not device:
        return f"{milliseconds:.0f} ms"
    return tr("{milliseconds:.0f} ms ({get})", milliseconds=milliseconds, get=device)


class ModelsDialog(QDialog):
    """Not modal. What takes time runs in a lane; the list is read anew when it is done."""

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._jobs = jobs
        self._bundles: list[BundleInfo] = []
        self._broken: list[str] = []
        self._named: dict[MediumKind, str] = {}
        self.asked: LicenceDialog | None = None
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(within_screen(self, QSize(1120, 640)))
        self.table = row_table(tr("Models"), [tr(title) for title in _COLUMNS])
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setWordWrap(False)
        header.setStretchLastSection(True)
        self.table.itemSelectionChanged.connect(self._on_selection)
        self.card = QTextBrowser()
        self.card.setOpenLinks(False)
        self.card.setAccessibleName(tr("Card of the model"))
        self.note = QLabel()
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.use = self._button(tr("Use this model"), self.use_selected)
        self.use.setToolTip(tr("It reads every phrase from now on, on photos and on clips."))
        self.automatic = self._button(tr("Choose automatically"), self.use_automatic)
        self.automatic.setToolTip(tr("Each phrase is read by the model that reads such a medium best."))
        self.remove = self._button(tr("Remove"), self.remove_selected)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (
            self.use,
            self.automatic,
            self.remove,
            self._button(tr("Add from a file..."), self.ask_file),
            self._button(tr("Add from an address..."), self.ask_address),
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addWidget(self.table, 2)
        column.addWidget(self.card, 3)
        column.addWidget(self.note)
        column.addLayout(buttons)
        bridge.model_changed.connect(self._tell)
        self.refresh()

    def _button(self, title: str, call: Callable[[], None]) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: call())
        return button

    # --- the list ------------------------------------------------------------------------------------------------

    @property
    def selected(self) -> BundleInfo | None:
        """The model of the selected row."""
        row = self.table.currentRow()
        return self._bundles[row] if 0 <= row < len(self._bundles) else None

    def refresh(self) -> None:
        """Read the list anew, in the io lane."""
        chosen = self._bridge.settings.model

        def work(_context: JobContext) -> Iterator[_Found]:
            usable, broken = survey_bundles()
            yield usable, [tr_sentence(one.sentence) for one in broken], _names_of_readers(chosen)

        job = self._bridge.runner.start(IO_LANE, work, on_item=self._show, title=tr("Look for models"))
        # The dialog may be closed before the disk has answered.
        self.destroyed.connect(job.cancel)

    def _show(self, found: _Found) -> None:
        self._bundles, self._broken, self._named = found
        readers = self._readers
        used = readers.get(MediumKind.IMAGE, "")
        self.table.setRowCount(len(self._bundles))
        for row, bundle in enumerate(self._bundles):
            score = bundle.config.scores.get("mIoU")
            words = (
                f"{bundle.name}  ✓" if bundle.name in readers.values() else bundle.name,
                media_read(bundle.name, readers),
                bundle.config.version,
                bundle.licence,
                tr(
                    "{value:.1f} MB, {value_2:.1f} M",
                    value=bundle.bytes / 1000000.0,
                    value_2=bundle.config.parameters / 1000000.0,
                ),
                abilities(bundle),
                number(score, ".3f") if isinstance(score, float) else "-",
                speed_of(bundle),
                tr("you") if model_fetch.is_own(bundle) else tr("the program"),
            )
            for section, text in enumerate(words):
                self.table.setItem(row, section, QTableWidgetItem(text))
        names = [bundle.name for bundle in self._bundles]
        if names:
            self.table.selectRow(names.index(used) if used in names else 0)
        self._tell()
        self._on_selection()

    @property
    def _readers(self) -> dict[MediumKind, str]:
        """Who reads phrases: by the settings, but for one that another stands in for, since it could not be loaded."""
        states = {kind: self._bridge.readers.state_of(kind) for kind in self._named}
        return {kind: name if states[kind].model is None else states[kind].name for kind, name in self._named.items()}

    def _tell(self) -> None:
        self.told.setText(readers_told(self._bridge.settings.model, self._readers))
        self.note.setText(" ".join([self._speed(), *self._broken]).strip())

    def _speed(self) -> str:
        model = self._bridge.reader.model
        if model is None:
            return ""
        return tr("{name} runs on {device}; doctor --benchmark measures it here.", name=model.name, device=model.device)

    def _on_selection(self) -> None:
        bundle = self.selected
        self.card.setMarkdown("" if bundle is None else bundle.card or bundle.config.summary)
        chosen = self._bridge.settings.model
        self.use.setEnabled(bundle is not None and bundle.name != chosen)
        self.automatic.setEnabled(chosen != AUTOMATIC)
        self.remove.setEnabled(bundle is not None and model_fetch.is_own(bundle))

    def use_selected(self) -> None:
        """Phrases are read by this model from now on, on photos and on clips."""
        bundle = self.selected
        if bundle is not None:
            self._choose(bundle.name)

    def use_automatic(self) -> None:
        """Phrases are read by the model that reads such a medium best."""
        self._choose(AUTOMATIC)

    def _choose(self, name: str) -> None:
        self._bridge.set_settings(self._bridge.settings.changed("model", name))
        self.refresh()

    def remove_selected(self) -> None:
        """Remove a model of the user's own."""
        bundle = self.selected
        if bundle is None:
            return

        def work(_context: JobContext) -> Iterator[None]:
            model_fetch.remove(bundle.name)
            yield from ()

        self._jobs.start(IO_LANE, work, title=tr("Remove {name}", name=bundle.name), on_done=self.refresh)

    # --- others come in ------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Choose a zip."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Add a model"), str(Path.home()), tr("Models (*.zip)"))
        if name:
            self.add(name)

    def ask_address(self) -> None:
        """Type an address, with its SHA-256 behind it where there is one."""
        box = QInputDialog(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Add a model"))
        box.setLabelText(tr("Address of the model's zip, and its SHA-256 behind it if you have it:"))
        box.textValueSelected.connect(self._add_typed)
        box.open()

    def _add_typed(self, words: str) -> None:
        parts = words.split()
        if parts:
            self.add(parts[0], parts[1] if len(parts) > 1 else None)

    def add(self, source: str, sha256: str | None = None) -> None:
        """Fetch or copy a model, then ask about its licence."""
        located = self._bridge.attempt(lambda: model_fetch.locate(source, sha256=sha256))
        if located is not None:
            title = tr("Add model {name}", name=Path(source).name)
            self._jobs.start(BATCH_LANE, FetchingWork(located), title=title, on_item=self._ask_licence)

    def _ask_licence(self, staged: StagedModel) -> None:
        self.asked = LicenceDialog(staged, self)
        self.asked.accepted.connect(lambda: self._install(staged))
        self.asked.rejected.connect(lambda: self._discard(staged))
        self.asked.show()

    def _install(self, staged: StagedModel) -> None:
        def work(_context: JobContext) -> Iterator[BundleInfo]:
            try:
                yield model_fetch.install(staged, accepted=True)
            except RefSegError:
                model_fetch.discard(staged)
                raise

        def done(bundle: BundleInfo) -> None:
            self._bridge.say(tr("The model {name} is installed.", name=bundle.name), Tone.GOOD)
            self.refresh()

        self._jobs.start(IO_LANE, work, title=tr("Install {name}", name=staged.name), on_item=done)

    def _discard(self, staged: StagedModel) -> None:
        def work(_context: JobContext) -> Iterator[None]:
            model_fetch.discard(staged)
            yield from ()

        self._bridge.runner.start(IO_LANE, work, title=tr("Throw away {name}", name=staged.name))


class LicenceDialog(QDialog):
    """Shows what a model says of itself, its licence first. Accepted or rejected, never by default."""

    def __init__(self, staged: StagedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licence of {name}", name=staged.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(within_screen(self, QSize(640, 480)))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        head = QLabel(
            tr(
                "{name} {version}, {size} MB, comes under this licence: {licence}",
                name=staged.name,
                version=staged.bundle.config.version,
                size=number(staged.bundle.bytes / 1e6, ".1f"),
                licence=staged.licence,
            )
        )
        # What a stranger wrote is shown as it stands, not as markup.
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        column.addWidget(head)
        text = QTextBrowser()
        text.setOpenLinks(False)
        text.setPlainText(staged.bundle.card or staged.bundle.config.summary)
        column.addWidget(text, 1)
        digest = QLabel(tr("SHA-256: {digest}", digest=staged.sha256))
        digest.setObjectName("muted")
        digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(digest)
        row = QHBoxLayout()
        row.addStretch(1)
        decline, accept = QPushButton(tr("Decline")), QPushButton(tr("Accept and install"))
        for button in (decline, accept):
            button.setAutoDefault(False)
            row.addWidget(button)
        decline.clicked.connect(self.reject)
        accept.clicked.connect(self.accept)
        column.addLayout(row)
