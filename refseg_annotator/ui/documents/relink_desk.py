"""Missing files: noticed when a project opens, found again below a folder, taken in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from refseg_annotator.services.jobs import IO_LANE
from refseg_annotator.services.relink import MissingWork, Moved, SearchWork, Wanted, relink, wanted_media
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from refseg_annotator.ui.job_panel import Jobs

# So many are looked at unasked when a project opens; on a slow drive each takes its time.
_LOOKED_AT: Final = 300


class RelinkDesk(QObject):
    """What "Find missing files" does.

    Signals:
        relinked: files were found; thumbnails and frames are to be read anew.
    """

    relinked = Signal()

    def __init__(self, bridge: Bridge, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._jobs = jobs
        self._window = window
        bridge.session_changed.connect(self.look)

    def look(self) -> None:
        """See quietly whether files are missing, and offer to find them."""
        session = self._bridge.session
        media = wanted_media(session, _LOOKED_AT)

        def take(missing: list[Wanted]) -> None:
            if missing and session is self._bridge.session:
                self._bridge.say(self._words(missing), Tone.WARNING, action="relink")

        if media:
            self._bridge.runner.start(IO_LANE, MissingWork(media), on_item=take, title=tr("Look for missing files"))

    def find(self) -> None:
        """See which files are missing, and ask for the folder where they are now."""
        session = self._bridge.session

        def take(missing: list[Wanted]) -> None:
            if session is not self._bridge.session:
                return
            if not missing:
                self._bridge.say(tr("All files are where the project knows them."), Tone.GOOD)
                return
            folder = self._ask(missing)
            if folder is not None:
                self.search(missing, folder)

        self._jobs.start(IO_LANE, MissingWork(wanted_media(session)), title=tr("Look for missing files"), on_item=take)

    def search(self, missing: list[Wanted], folder: Path) -> None:
        """Look below a folder, and take what is found."""
        session = self._bridge.session
        lost = {one.id for one in missing}
        taken = {one.path for one in wanted_media(session) if one.id not in lost}

        def take(moved: Moved) -> None:
            if session is self._bridge.session:
                self._take(moved, len(missing))

        self._jobs.start(IO_LANE, SearchWork(missing, folder, taken), title=tr("Find missing files"), on_item=take)

    def _take(self, moved: Moved, total: int) -> None:
        bridge = self._bridge
        if bridge.attempt(lambda: relink(bridge.session, moved.found)) is None:
            return
        self.relinked.emit()
        words = tr_count(
            total, "Found {found:,} of {count:,} file.", "Found {found:,} of {count:,} files.", found=len(moved.found)
        )
        if moved.unclear:
            name = moved.unclear[0].path.name
            words += " " + tr("Of {name!r} there are several; choose a folder that holds one.", name=name)
        bridge.say(words, Tone.GOOD if len(moved.found) == total else Tone.WARNING, action="undo")

    def _words(self, missing: list[Wanted]) -> str:
        if len(missing) == 1:
            return tr("The file {name!r} is missing.", name=missing[0].path.name)
        return tr("{count:,} files of this project are missing.", count=len(missing))

    def _ask(self, missing: list[Wanted]) -> Path | None:
        title = tr_count(len(missing), "Where is the missing file now?", "Where are the {count:,} missing files now?")
        start = next((str(parent) for parent in missing[0].path.parents if parent.exists()), str(Path.home()))
        name = QFileDialog.getExistingDirectory(self._window, title, start)
        return Path(name) if name else None
