"""Brings the frame on show to the canvas: read, decoded and halved in the io lane, its masks loaded with it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from refseg_annotator.errors import RefSegError
from refseg_annotator.services.jobs import IO_LANE, JobContext, JobHandle, sentence_of
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.canvas.frame_picture import FramePicture
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from refseg_annotator.core.annotation import Medium, MediumId
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

    At most one frame is being read, and one more is wanted: the latest. While one scrubs through a clip, the frame
    under way is shown when it comes, those asked for in between are never read, and the last one is what stays.

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
        self._reading: _Key | None = None
        self._wanted: _Key | None = None
        self._kept: OrderedDict[_Key, _Read] = OrderedDict()
        self._told_damaged: set[Path] = set()
        self.frame = 0
        """The frame of the picture that came last: what the canvas shows, also while another is on its way."""
        bridge.place_changed.connect(self.load)

    @property
    def is_busy(self) -> bool:
        """Whether a frame is on its way."""
        return self._reading is not None

    def load(self) -> None:
        """Bring the frame on show; one still on its way for another medium is dropped."""
        medium = self._bridge.medium
        # A medium just removed is on show until everybody has been told of that.
        if medium is None:
            self.stop()
            self.arrived.emit(None)
            return
        medium_id = medium.id
        key = _Key(self._bridge.session.path_of(medium_id), self._bridge.frame)
        kept = self._kept.get(key)
        if kept is not None:
            self.stop()
            self._kept.move_to_end(key)
            self._take(medium_id, key, kept)
        elif self._reading is not None and self._reading.path == key.path:
            self._wanted = None if self._reading == key else key
        else:
            self.stop()
            self._read(medium, key)

    def stop(self) -> None:
        """Drop what is on its way."""
        for job in (self._job, self._masks_job):
            if job is not None:
                job.cancel()
        self._job = self._masks_job = None
        self._reading = self._wanted = None

    def forget(self) -> None:
        """Drop all kept frames, as when another project opens."""
        self.stop()
        self._kept.clear()

    def _read(self, medium: Medium, key: _Key) -> None:
        session = self._bridge.session
        is_clip = medium.frame_count > 1
        self.waiting.emit(tr("Frame {frame:,}", frame=key.frame) if is_clip else tr("Opening the picture"))
        frames = session.frames

        def work(context: JobContext) -> Iterator[_Read]:
            array = frames.read(key.path, key.frame)
            if not context.cancelled:
                yield _Read(frames.facts(key.path), FramePicture.of(array))

        self._reading = key
        job = session.runner.start(
            IO_LANE,
            work,
            on_item=lambda read: self._arrive(medium.id, key, read),
            on_failed=self._fail,
            title=tr("Open {name}", name=key.path.name),
        )
        if self._reading == key:
            self._job = job

    def _arrive(self, medium_id: MediumId, key: _Key, read: _Read) -> None:
        wanted, self._wanted = self._wanted, None
        self._reading = self._job = None
        self._take(medium_id, key, read)
        # Only now: whoever is told of the picture finds the canvas waiting again if it is not the one asked for.
        if wanted is not None and self._reading is None:
            self.load()

    def _tell_damage(self, key: _Key, damage: str | None) -> None:
        """Once a clip: that numbers of frames cannot be trusted."""
        if damage is not None and key.path not in self._told_damaged:
            self._told_damaged.add(key.path)
            self._bridge.say(damage, Tone.WARNING)

    def _take(self, medium_id: MediumId, key: _Key, read: _Read) -> None:
        self._keep(key, read)
        session = self._bridge.session
        former = session.project.media.get(medium_id)
        try:
            session.learn({medium_id: read.facts})
        except RefSegError as error:
            self._fail(error)
            return

        def show() -> None:
            self.frame = key.frame
            self.arrived.emit(read.picture)
            self._tell_damage(key, read.facts.damage)
            if former is not None:
                self._compare_lengths(former, read.facts.frame_count)

        try:
            self._masks_job = session.load_then(medium_id, show, self._fail)
        except RefSegError as error:
            self._fail(error)

    def _compare_lengths(self, former: Medium, count: int) -> None:
        """Another cut of the clip, or frames gone from a folder, move masks to other frames unnoticed."""
        bridge = self._bridge
        if 1 < former.frame_count != count and bridge.session.project.annotated_frames(former.id):
            bridge.say(
                tr_count(
                    count,
                    "{name!r} has {count:,} frame now, and had {before:,} when its masks were drawn; see whether they "
                    "still lie on the right frames.",
                    "{name!r} has {count:,} frames now, and had {before:,} when its masks were drawn; see whether they "
                    "still lie on the right frames.",
                    name=bridge.session.path_of(former.id).name,
                    before=former.frame_count,
                ),
                Tone.WARNING,
            )

    def _keep(self, key: _Key, read: _Read) -> None:
        self._kept[key] = read
        self._kept.move_to_end(key)
        held = sum(kept.picture.array.nbytes for kept in self._kept.values())
        while len(self._kept) > 1 and held > _KEPT_BYTES:
            held -= self._kept.popitem(last=False)[1].picture.array.nbytes

    def _fail(self, error: BaseException) -> None:
        wanted, self._wanted = self._wanted, None
        self._reading = self._job = None
        sentence = sentence_of(error)
        self.frame = self._bridge.frame
        self.failed.emit(sentence)
        medium = self._bridge.medium
        is_missing = medium is not None and not self._bridge.session.path_of(medium.id).exists()
        self._bridge.say(sentence, Tone.ERROR, action="relink" if is_missing else None)
        if wanted is not None:
            self.load()
