"""Small pictures of media, made in the io lane one at a time, the last wanted first, kept within a bound."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from refseg_annotator.errors import MediaError
from refseg_annotator.media import thumbnail
from refseg_annotator.services.jobs import IO_LANE, JobContext, JobHandle, RunnerClosedError
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.services.jobs import JobRunner

LONGEST: Final = 128  # px of a thumbnail's longer side: sharp at twice the density
_MOST_KEPT: Final = 800
_MOST_WANTED: Final = 48  # rows that scrolled by while others loaded are forgotten


class Thumbnails(QObject):
    """The shelf.

    Signals:
        arrived: a medium's thumbnail is there, or known to be impossible.
    """

    arrived = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        *,
        read: Callable[[Path, int], NDArray[np.uint8]] = thumbnail,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._read = read
        self._kept: OrderedDict[MediumId, QPixmap | None] = OrderedDict()
        self._wanted: OrderedDict[MediumId, Path] = OrderedDict()
        self._job: JobHandle | None = None
        self._is_quiet = False

    def get(self, medium_id: MediumId, path: Path) -> QPixmap | None:
        """The thumbnail if it is there; else it is on its way. A file that cannot be read has none."""
        if medium_id in self._kept:
            self._kept.move_to_end(medium_id)
            return self._kept[medium_id]
        self._wanted[medium_id] = path
        self._wanted.move_to_end(medium_id)
        while len(self._wanted) > _MOST_WANTED:
            self._wanted.popitem(last=False)
        self._next()
        return None

    def is_unreadable(self, medium_id: MediumId) -> bool:
        """Whether the file was tried and gave no picture."""
        return medium_id in self._kept and self._kept[medium_id] is None

    def clear(self) -> None:
        """Forget everything, as when another project opens."""
        self._wanted.clear()
        self._kept.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def close(self) -> None:
        """Start nothing any more."""
        self._is_quiet = True
        self.clear()

    def _next(self) -> None:
        if self._job is not None or not self._wanted or self._is_quiet:
            return
        medium_id, path = self._wanted.popitem(last=True)
        read = self._read

        def work(_context: JobContext) -> Iterator[QImage | None]:
            # A broken file is told where it is opened, not for its thumbnail.
            try:
                array = read(path, LONGEST)
            except MediaError:
                yield None
                return
            height, width = array.shape[:2]
            view = QImage(array.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
            yield view.convertToFormat(QImage.Format.Format_RGB32)

        def ended(_error: BaseException | None = None) -> None:
            if _error is not None:
                self._keep(medium_id, None)
            self._job = None
            self._next()

        try:
            job = self._runner.start(
                IO_LANE,
                work,
                on_item=lambda image: self._keep(medium_id, image),
                on_done=ended,
                on_failed=ended,
                title=tr("Thumbnail"),
            )
        except RunnerClosedError:
            self._is_quiet = True
            return
        if not job.state.is_ending:
            self._job = job

    def _keep(self, medium_id: MediumId, image: QImage | None) -> None:
        self._kept[medium_id] = None if image is None else QPixmap.fromImage(image)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(medium_id)
