"""Brings the frame on show to the canvas: read, decoded and halved in the io lane, its masks loaded with it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from refseg_annotator.errors import RefSegError
from refseg_annotator.services.jobs import IO_LANE, JobContext, JobHandle, sentence_of
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.frame_picture import FramePicture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.services.frames import MediumFacts

_KEPT_BYTES: Final = 256 << 20


class _Key(NamedTuple):
    path: Path
    frame: int


class _Read(NamedTuple):
    facts: MediumFacts
    picture: FramePicture


class FrameLoader(QObject):
    """Follows the bridge's place.

    Signals:
        waiting: a frame is on its way; the word to show meanwhile.
        arrived: the `FramePicture` on show; its masks are in memory.
        failed: the frame cannot be shown; the sentence why.
    """

    waiting = Signal(str)
    arrived = Signal(object)
    failed = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._job: JobHandle | None = None
        self._masks_job: JobHandle | None = None
        self._kept: OrderedDict[_Key, _Read] = OrderedDict()
        bridge.place_changed.connect(self.load)

    def load(self) -> None:
        """Bring the frame on show; one still on its way for another place is dropped."""
        self.stop()
        medium_id = self._bridge.medium_id
        if medium_id is None:
            self.arrived.emit(None)
            return
        session = self._bridge.session
        path, frame = session.path_of(medium_id), self._bridge.frame
        key = _Key(path, frame)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            self._take(medium_id, key, kept)
            return
        self.waiting.emit("Opening the picture")
        frames = session.frames

        def work(context: JobContext) -> Iterator[_Read]:
            array = frames.read(path, frame)
            if not context.cancelled:
                yield _Read(frames.facts(path), FramePicture.of(array))

        self._job = session.runner.start(
            IO_LANE,
            work,
            on_item=lambda read: self._take(medium_id, key, read),
            on_failed=self._fail,
            title=f"Open {path.name}",
        )

    def stop(self) -> None:
        """Drop what is on its way."""
        for job in (self._job, self._masks_job):
            if job is not None:
                job.cancel()
        self._job = self._masks_job = None

    def forget(self) -> None:
        """Drop all kept frames, as when another project opens."""
        self.stop()
        self._kept.clear()

    def _take(self, medium_id: MediumId, key: _Key, read: _Read) -> None:
        self._keep(key, read)
        session = self._bridge.session
        try:
            session.learn({medium_id: read.facts})
        except RefSegError as error:
            self._fail(error)
            return
        try:
            self._masks_job = session.load_then(medium_id, lambda: self.arrived.emit(read.picture), self._fail)
        except RefSegError as error:
            self._fail(error)

    def _keep(self, key: _Key, read: _Read) -> None:
        self._kept[key] = read
        self._kept.move_to_end(key)
        held = sum(kept.picture.array.nbytes for kept in self._kept.values())
        while len(self._kept) > 1 and held > _KEPT_BYTES:
            held -= self._kept.popitem(last=False)[1].picture.array.nbytes

    def _fail(self, error: BaseException) -> None:
        sentence = sentence_of(error)
        self.failed.emit(sentence)
        self._bridge.say(sentence, Tone.ERROR)
