"""Folders of frames as clips: opened so on request, offered where they look so, and photos in every other case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from refseg_annotator.services import folder_clips
from refseg_annotator.services.jobs import IO_LANE, JobContext
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from refseg_annotator.services.documents import FoundMedia
    from refseg_annotator.services.folder_clips import ClipOffer
    from refseg_annotator.ui.job_panel import Jobs


class FolderDesk(QObject):
    """What the File menu does with folders of frames.

    Args:
        add: puts what was found into the project and shows it.
        place: where dialogs begin.
    """

    def __init__(
        self,
        bridge: Bridge,
        jobs: Jobs,
        window: QWidget,
        *,
        add: Callable[[FoundMedia], None],
        place: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._jobs = jobs
        self._window = window
        self._add = add
        self._place = place
        self._offer: ClipOffer | None = None

    def open(self, folders: Sequence[Path]) -> None:
        """Add each folder as one clip."""

        def work(_context: JobContext) -> Iterator[FoundMedia]:
            yield folder_clips.find_clips(folders)

        self._jobs.start(IO_LANE, work, title=tr("Look for frames"), on_item=self._add)

    def ask(self) -> None:
        """Choose a folder to open as one clip."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Open folder as one clip"), self._place())
        if name:
            self.open([Path(name)])

    def look_at(self, paths: Sequence[Path]) -> None:
        """After paths were opened: where they are one folder that looks like a clip, offer to make one of it."""
        self._offer = None
        if len(paths) != 1:
            return

        def work(_context: JobContext) -> Iterator[ClipOffer | None]:
            yield folder_clips.clip_offer(paths[0].absolute())

        self._bridge.runner.start(IO_LANE, work, on_item=self._offered, title=tr("Look for frames"))

    def take_offer(self) -> None:
        """Make one clip of the photos that were added last."""
        offer, self._offer = self._offer, None
        if offer is None:
            self._bridge.say(tr("There is no folder that was opened as photos just now; open one as a clip instead."))
            return
        bridge = self._bridge
        report = bridge.attempt(lambda: folder_clips.put_clip_instead(bridge.session, offer))
        if report is None:
            return
        bridge.show(next(iter((*report.added, *report.present)), None))
        bridge.say(
            tr_count(
                offer.clip.frame_count,
                "{name} is one clip of {count:,} frame.",
                "{name} is one clip of {count:,} frames.",
                name=offer.clip.path.name,
            ),
            Tone.GOOD,
            action="undo",
        )

    def _offered(self, offer: ClipOffer | None) -> None:
        if offer is not None:
            self._offer = offer
            self._bridge.say(offer.sentence, action="as_one_clip")
