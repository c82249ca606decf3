"""Small pictures of a clip's frames, read in the batch lane one at a time by a decoder of their own, within a bound.

A decoder of their own, because the clip's frames on show must not wait for a jump to the far end and back; and outside
the frame cache, because two dozen full frames there would push out those that one steps through.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from refseg_annotator.errors import MediaError
from refseg_annotator.media import FrameSource, open_medium
from refseg_annotator.services.jobs import BATCH_LANE, JobContext, JobHandle, RunnerClosedError
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.services.jobs import JobRunner

HEIGHT: Final = 96
"""Pixels of a thumbnail: sharp at twice the density."""
_MOST_KEPT: Final = 400


class FrameThumbnails(QObject):
    """The shelf of one clip.

    Signals:
        arrived: one more thumbnail is there.
    """

    arrived = Signal()

    def __init__(
        self,
        runner: JobRunner,
        *,
        open_source: Callable[[Path], FrameSource] = open_medium,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._open_source = open_source
        self._path: Path | None = None
        self._source: FrameSource | None = None
        self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._wanted: list[int] = []
        self._job: JobHandle | None = None
        self._is_resting = False
        self._is_closed = False

    def show(self, path: Path | None) -> None:
        """Serve another clip; None for none."""
        if path != self._path:
            self._let_go()
            self._path = path

    def rest(self, resting: bool) -> None:
        """Read nothing while frames are played or scrubbed through; go on afterwards."""
        self._is_resting = resting
        self._next()

    def peek(self, frame: int) -> QPixmap | None:
        """The thumbnail of a frame if it is there; nothing is read."""
        if frame in self._kept:
            self._kept.move_to_end(frame)
            return self._kept[frame]
        return None

    def want(self, frames: Sequence[int]) -> None:
        """The frames whose thumbnails are in sight and missing, all of them: what was wanted before is forgotten."""
        self._wanted = [frame for frame in frames if frame not in self._kept][:_MOST_KEPT]
        self._next()

    def close(self) -> None:
        """Read nothing any more."""
        self._is_closed = True
        self._let_go()

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        source, self._source = self._source, None
        if source is not None:
            source.close()
        self._kept.clear()
        self._wanted = []

    def _next(self) -> None:
        path = self._path
        if self._job is not None or not self._wanted or self._is_resting or self._is_closed or path is None:
            return
        frame = self._wanted.pop(0)
        source, open_source = self._source, self._open_source

        def work(_context: JobContext) -> Iterator[tuple[FrameSource | None, QImage | None]]:
            # A frame that cannot be read is told of where it is shown.
            try:
                reader = open_source(path) if source is None else source
                yield reader, None if frame >= reader.frame_count else _small(reader.read(frame))
            except MediaError:
                yield source, None

        def ended(_error: BaseException | None = None) -> None:
            if _error is not None:
                self._keep(frame, None)
            self._job = None
            self._next()

        def take(found: tuple[FrameSource | None, QImage | None]) -> None:
            self._source = found[0]
            self._keep(frame, found[1])

        try:
            job = self._runner.start(
                BATCH_LANE, work, on_item=take, on_done=ended, on_failed=ended, title=tr("Thumbnails of frames")
            )
        except RunnerClosedError:
            self._is_closed = True
            return
        if not job.state.is_ending:
            self._job = job

    def _keep(self, frame: int, image: QImage | None) -> None:
        self._kept[frame] = None if image is None else QPixmap.fromImage(image)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()


def _small(pixels: NDArray[np.uint8]) -> QImage:
    import cv2

    height, width = pixels.shape[:2]
    size = (max(round(width * HEIGHT / height), 1), HEIGHT)
    # By nearest lines first where the frame is large: area averaging of 4K would take longer than its decoding.
    step = max(height // (4 * HEIGHT), 1)
    small = np.ascontiguousarray(cv2.resize(pixels[::step, ::step], size, interpolation=cv2.INTER_AREA))
    image = QImage(small.data, size[0], HEIGHT, 3 * size[0], QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)
