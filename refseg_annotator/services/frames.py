"""Frames of media by path: open sources kept few, decoded frames kept within the cache's bytes. For any thread but the
window's, because reading and decoding take their time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.counting import number_of
from refseg_annotator.media import FrameCache, FrameSource, open_medium
from refseg_annotator.media.frame_source import Damageable
from refseg_annotator.media.frame_times import Timed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import Medium
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.project import Project

# An open clip holds a decoder and its buffers; more than these are seldom looked at in turn.
_MOST_OPEN: Final = 8


@dataclass(frozen=True, slots=True)
class MediumFacts:
    """What only the opened file tells of a medium.

    Args:
        seconds: float64 (n,), when each frame is shown, of a clip whose rate varies; else None.
        damage: in one sentence, that frames are missing from a clip whose numbers nothing tells; else None.
    """

    size: Size
    frame_count: int = 1
    frame_rate: float | None = None
    kind: MediumKind = MediumKind.IMAGE
    seconds: NDArray[np.float64] | None = field(default=None, compare=False, repr=False)
    damage: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, source: FrameSource) -> MediumFacts:
        """What an opened file tells."""
        seconds = source.varying_seconds if isinstance(source, Timed) else None
        return cls(source.size, source.frame_count, source.frame_rate, source.kind, seconds, damage_of(source))

    def put_on(self, medium: Medium) -> Medium:
        """The medium's record with what its file tells."""
        return replace(medium, kind=self.kind, size=self.size, frame_count=self.frame_count, frame_rate=self.frame_rate)


def damage_of(source: FrameSource) -> str | None:
    """In one sentence, that frames are missing from a clip whose numbers nothing tells; None where that is not so."""
    return source.damage if isinstance(source, Damageable) else None


def misfit(project: Project, medium: Medium, told: MediumFacts) -> str | None:
    """Why a file cannot be what a medium was worked on with, its annotations being in memory; None if it can."""
    frames = project.annotated_frames(medium.id)
    spans = (expression.span for expression in project.expressions_of(medium.id))
    last = max([*frames, *(span.last for span in spans if span is not None)], default=-1)
    sentence = None
    if frames and told.size != medium.size:
        sentence = (
            f"{medium.path!r} is {told.size.width} x {told.size.height} now, but was {medium.size.width} x "
            f"{medium.size.height} when its masks were drawn; put the former file back."
        )
    elif told.frame_count < medium.frame_count and told.frame_count <= last:
        sentence = (
            f"{medium.path!r} has {number_of(told.frame_count, 'frames')} now, and the work on it reaches up to frame "
            f"{last}; put the former file back."
        )
    return sentence


class _OpenSource:
    """A source with the lock that keeps it from being closed while it is read."""

    def __init__(self, source: FrameSource) -> None:
        self.source = source
        self.lock = threading.Lock()
        self.closed = False

    def close(self) -> None:
        with self.lock:
            if not self.closed:
                self.closed = True
                self.source.close()


class Frames:
    """Reads frames by path. Thread-safe.

    Args:
        cache: holds decoded frames, bounded in bytes; shared by everything that shows or segments them.
        open_source: opens a file; injected by tests.
    """

    def __init__(self, cache: FrameCache, *, open_source: Callable[[Path], FrameSource] = open_medium) -> None:
        self._cache = cache
        self._open_source = open_source
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, _OpenSource] = OrderedDict()

    def read(self, path: Path, frame: int) -> NDArray[np.uint8]:
        """A frame as uint8 (H, W, 3) RGB, read-only. Raises MediaError in one sentence."""
        while True:
            opened = self._opened(path)
            with opened.lock:
                if not opened.closed:
                    return self._cache.get(opened.source, frame)

    def facts(self, path: Path) -> MediumFacts:
        """Size, number of frames and rate, from the opened file."""
        while True:
            opened = self._opened(path)
            with opened.lock:
                if not opened.closed:
                    return MediumFacts.of(opened.source)

    def forget(self, path: Path) -> None:
        """Close a file and drop its frames, for instance because another has taken its place."""
        with self._lock:
            opened = self._open.pop(path, None)
        if opened is not None:
            opened.close()
        self._cache.forget(path)

    def close(self) -> None:
        """Close every file; a later read opens it anew."""
        with self._lock:
            every = list(self._open.values())
            self._open.clear()
        for opened in every:
            opened.close()

    def _opened(self, path: Path) -> _OpenSource:
        with self._lock:
            found = self._open.get(path)
            if found is not None:
                self._open.move_to_end(path)
                return found
        # Opened outside the lock: a slow disk must not hold up readers of other files.
        mine = _OpenSource(self._open_source(path))
        too_many: list[_OpenSource] = []
        with self._lock:
            found = self._open.setdefault(path, mine)
            if found is not mine:
                too_many.append(mine)
            self._open.move_to_end(path)
            while len(self._open) > _MOST_OPEN:
                too_many.append(self._open.popitem(last=False)[1])
        for opened in too_many:
            opened.close()
        return found


@dataclass(frozen=True, slots=True)
class ClipReader:
    """One clip's frames through a session's cache, as propagation reads them."""

    frames: Frames
    path: Path
    size: Size

    def read(self, frame: int) -> NDArray[np.uint8]:
        """A frame as uint8 (H, W, 3) RGB; MediaError where it cannot be read."""
        return self.frames.read(self.path, frame)
