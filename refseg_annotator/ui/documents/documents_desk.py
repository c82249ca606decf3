"""Opening, adding, saving: what touches files happens in the io lane, what touches the project when that came back."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from refseg_annotator.errors import RefSegError
from refseg_annotator.services import documents
from refseg_annotator.services.jobs import IO_LANE, STORE_LANE, JobContext
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.documents.folder_desk import FolderDesk
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import FoundMedia, Recoverable
    from refseg_annotator.services.session import Session
    from refseg_annotator.ui.job_panel import Jobs

logger = logging.getLogger(__name__)

PROJECT_FILTER: Final = "RefSeg projects (*.refseg)"
_MOST_TOLD: Final = 3
_REST: Final = 3000  # milliseconds without an edit after which the project's file is made complete in itself


class DocumentsDesk(QObject):
    """What the File menu does.

    Args:
        frames: the cache of decoded frames, shared by all projects of the window.
        window: over which dialogs stand.
    """

    def __init__(self, bridge: Bridge, jobs: Jobs, frames: FrameCache, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._jobs = jobs
        self._frames = frames
        self._window = window
        self._recoverable: Path | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._make_whole)
        bridge.saved_changed.connect(self._note_saved)
        self.folders = FolderDesk(bridge, jobs, window, add=self._add, place=self._place)

    # --- projects ----------------------------------------------------------------------------------------------

    def new(self) -> None:
        """An empty project; the present one is saved and closed."""
        author = self._bridge.settings.author

        def work(_context: JobContext) -> Iterator[Session]:
            yield documents.new_project(runner=self._bridge.runner, media=self._frames, author=author)

        self._jobs.start(IO_LANE, work, title=tr("New project"), on_item=self._switch_to)

    def open_project(self, path: Path) -> None:
        """Open another project; the present one is saved and closed once that has worked."""
        if self._bridge.session.path == path.absolute():
            self._bridge.say(tr("{name} is open already.", name=path.name))
            return

        def work(_context: JobContext) -> Iterator[Session]:
            yield documents.open_project(path, runner=self._bridge.runner, media=self._frames)

        def opened(session: Session) -> None:
            self._switch_to(session)
            self._remember(path)

        self._jobs.start(IO_LANE, work, title=tr("Open {name}", name=path.name), on_item=opened)

    def ask_project(self) -> None:
        """Choose a project to open."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open project"), self._place(), PROJECT_FILTER)
        if name:
            self.open_project(Path(name))

    def ask_save_as(self) -> None:
        """Choose a name for the project and go on under it."""
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save project as"), self._place(), PROJECT_FILTER)
        if name:
            self.save_as(Path(name))

    def save_as(self, path: Path) -> None:
        """Go on under another name. The dialog has asked before a file of that name is replaced."""
        session = self._bridge.session
        place = documents.with_suffix(path).absolute()

        def work(_context: JobContext) -> Iterator[None]:
            documents.save_project_as(session, place)
            yield from ()

        def saved() -> None:
            self._remember(place)
            self._bridge.saved_changed.emit()
            self._bridge.say(
                tr("Saved as {name}; every further edit is saved there at once.", name=place.name), Tone.GOOD
            )

        self._jobs.start(IO_LANE, work, title=tr("Save as {name}", name=place.name), on_done=saved)

    def save(self) -> None:
        """Wait for the disk, and name an unnamed project."""
        session = self._bridge.session
        if session.path is not None and documents.is_untitled(session.path) and session.project.media:
            self.ask_save_as()
            return

        def work(_context: JobContext) -> Iterator[bool]:
            yield session.make_whole()

        def written(is_whole: bool) -> None:
            if not session.saved:
                return
            if is_whole:
                self._bridge.say(tr("All edits are on disk."), Tone.GOOD)
            else:
                self._bridge.say(
                    tr(
                        "All edits are on disk, but another program is reading the project, so a copy of its file "
                        "could lack the latest; save it under another name instead."
                    ),
                    Tone.WARNING,
                    action="save_as",
                )

        # Writes run in the store's lane in order, so what is queued behind them runs when they are done.
        self._jobs.start(STORE_LANE, work, title=tr("Save"), on_item=written)

    def _note_saved(self) -> None:
        """Edits came, or reached the disk: look once nothing more has come for a while."""
        if self._bridge.session.path is not None:
            self._rest.start()

    def _make_whole(self) -> None:
        """While nobody edits: a project copied as it lies, by a backup or a file manager, has what was done in it."""
        session = self._bridge.session

        def work(_context: JobContext) -> Iterator[bool]:
            yield session.make_whole()

        def failed(error: BaseException) -> None:
            # Nobody asked for it, and every edit is on disk; what keeps the disk from it, the next edit or save tells.
            logger.info("the log could not be folded into the project: %s", error)

        self._bridge.runner.start(STORE_LANE, work, on_failed=failed, title=tr("Save"))

    def remember_recoverable(self, otherwise: Callable[[], None]) -> None:
        """Say that an earlier, unnamed project can be opened again; do something else where there is none."""

        def work(_context: JobContext) -> Iterator[list[Recoverable]]:
            yield documents.recoverable_projects()

        def found(projects: list[Recoverable]) -> None:
            if projects and not self._bridge.session.project.media:
                latest = projects[0]
                self._recoverable = latest.path
                count = _media_words(latest.media - latest.clips, latest.clips)
                when = latest.modified.strftime("%d %B, %H:%M")
                self._bridge.say(
                    tr("An unnamed project with {count} is still here, from {when}.", count=count, when=when),
                    action="recover",
                )
            elif not projects:
                otherwise()

        self._bridge.runner.start(IO_LANE, work, on_item=found, title=tr("Look for unnamed projects"))

    def recover(self) -> None:
        """Open the latest unnamed project."""
        if self._recoverable is not None:
            self.open_project(self._recoverable)
        else:
            self._bridge.say(tr("There is no unnamed project to open."))

    # --- media -------------------------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or named: a project, or media to add to this one."""
        projects = [path for path in paths if documents.is_project(path)]
        if projects:
            self.open_project(projects[0])
            if len(paths) > 1:
                self._bridge.say(tr("A project was among them, so it was opened and the rest left out."), Tone.WARNING)
            return
        if not paths:
            return

        def work(_context: JobContext) -> Iterator[FoundMedia]:
            yield documents.find_media(paths)

        def added(found: FoundMedia) -> None:
            self._add(found)
            if not found.skipped:
                self.folders.look_at(paths)

        self._jobs.start(IO_LANE, work, title=tr("Look for pictures"), on_item=added)

    def ask_pictures(self) -> None:
        """Choose files to add."""
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Open pictures"), self._place())
        self.open_paths([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Choose a folder to add."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Open folder"), self._place())
        if name:
            self.open_paths([Path(name)])

    # --- closing -----------------------------------------------------------------------------------------------

    def close(self) -> bool:
        """Save and close the project at the program's end; False if the person would rather stay.

        The one place for a box that must be answered: edits that the disk refuses would be lost.
        """
        session = self._bridge.session
        while True:
            try:
                documents.close_project(session)
            except RefSegError as error:
                answer = self._ask_about_loss(error)
                if answer == "stay":
                    return False
                if answer != "discard":
                    continue
                documents.close_project(session, abandon=True)
            self._rest.stop()
            return True

    def _ask_about_loss(self, error: RefSegError) -> str:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Edits are not saved"))
        box.setText(tr_sentence(str(error)))
        box.setInformativeText(tr("The edits since then are in memory only and go with the window."))
        answers: dict[QPushButton, str] = {
            box.addButton(tr("Try again"), QMessageBox.ButtonRole.AcceptRole): "again",
            box.addButton(tr("Keep the window open"), QMessageBox.ButtonRole.RejectRole): "stay",
            box.addButton(tr("Discard the edits"), QMessageBox.ButtonRole.DestructiveRole): "discard",
        }
        box.exec()
        clicked = box.clickedButton()
        return next((answer for button, answer in answers.items() if button is clicked), "stay")

    # --- within ------------------------------------------------------------------------------------------------

    def _switch_to(self, session: Session) -> None:
        former = self._bridge.take(session)

        def work(_context: JobContext) -> Iterator[None]:
            documents.close_project(former)
            yield from ()

        def refused(error: BaseException) -> None:
            # The former project stays open with its edits; its window is gone, so the file must be told of by name.
            self._bridge.say(tr("The former project could not be closed: {error}", error=error), Tone.ERROR)

        self._bridge.runner.start(IO_LANE, work, on_failed=refused, title=tr("Close project"))

    def _add(self, found: FoundMedia) -> None:
        bridge = self._bridge
        report = bridge.attempt(lambda: documents.put_media(bridge.session, found))
        if report is None:
            return
        skipped = [one.sentence for one in report.skipped]
        if skipped:
            told = " ".join(tr_sentence(one) for one in skipped[:_MOST_TOLD])
            if len(skipped) > _MOST_TOLD:
                told += " " + tr("And {more:,} more like these.", more=len(skipped) - _MOST_TOLD)
            bridge.say(told, Tone.WARNING)
        elif report.present and not report.added:
            bridge.say(tr("Already in the project."))
        first = next(iter((*report.added, *report.present)), None)
        if first is not None:
            bridge.show(first)

    def _remember(self, path: Path) -> None:
        self._bridge.set_settings(self._bridge.settings.with_recent_project(path.absolute()))

    def _place(self) -> str:
        path = self._bridge.session.path
        if path is not None and not documents.is_untitled(path):
            return str(path.parent)
        # A project without a name belongs beside its pictures: their paths in it are then short, and move along with
        # it. Each folder is looked at once: a hundred thousand photos of a drive that is gone lie in few.
        folders = dict.fromkeys(Path(medium.path).parent for medium in self._bridge.session.project.media.values())
        beside = next((folder for folder in folders if folder.is_absolute() and folder.is_dir()), None)
        return str(beside or Path.home())


def _media_words(pictures: int, clips: int) -> str:
    """How many of each: "2 pictures and 1 clip"."""
    told = []
    if pictures:
        told.append(tr_count(pictures, "{count:,} picture", "{count:,} pictures"))
    if clips:
        told.append(tr_count(clips, "{count:,} clip", "{count:,} clips"))
    return tr("{one} and {other}", one=told[0], other=told[1]) if len(told) == 2 else "".join(told)
