"""Frames by path: few files open, none closed under a reader."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import MediaError
from refseg_annotator.media import FrameCache
from refseg_annotator.services.frames import Frames, MediumFacts
from tests.services.conftest import PATIENCE


class Source:
    """A clip of three frames that knows whether it was closed."""

    kind = MediumKind.VIDEO
    size = Size(4, 3)
    frame_count = 3
    frame_rate = 25.0

    def __init__(self, path: Path) -> None:
        self.path = path
        self.closed = False
        self.reading, self.go = threading.Event(), threading.Event()
        self.go.set()

    def read(self, frame: int) -> np.ndarray:
        self.reading.set()
        assert self.go.wait(PATIENCE)
        assert not self.closed
        return np.full((3, 4, 3), frame, np.uint8)

    def close(self) -> None:
        self.closed = True


class Shelf:
    """Opens sources and keeps them for the test to look at."""

    def __init__(self) -> None:
        self.opened: list[Source] = []

    def __call__(self, path: Path) -> Source:
        if "gone" in path.name:
            raise MediaError(f"There is no {path.name!r}.")
        self.opened.append(Source(path))
        return self.opened[-1]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def frames(cache: FrameCache, shelf: Shelf) -> Frames:
    return Frames(cache, open_source=shelf)


def test_a_file_is_opened_once_and_a_frame_decoded_once(frames: Frames, shelf: Shelf) -> None:
    path = Path("/clips/a.mp4")
    assert frames.facts(path) == MediumFacts(Size(4, 3), 3, 25.0, MediumKind.VIDEO)
    assert frames.read(path, 2)[0, 0, 0] == 2
    assert frames.read(path, 2) is frames.read(path, 2)
    assert len(shelf.opened) == 1
    frames.close()
    assert shelf.opened[0].closed
    assert frames.facts(path).frame_count == 3
    assert len(shelf.opened) == 2
    frames.close()


def test_only_a_few_files_stay_open(frames: Frames, shelf: Shelf) -> None:
    for number in range(10):
        frames.facts(Path(f"/clips/{number}.mp4"))
    assert [source.closed for source in shelf.opened] == [True, True] + [False] * 8
    frames.close()
    assert all(source.closed for source in shelf.opened)


def test_a_file_forgotten_is_opened_and_decoded_anew(frames: Frames, shelf: Shelf) -> None:
    path = Path("/clips/a.mp4")
    first = frames.read(path, 1)
    frames.forget(path)
    frames.forget(path)
    assert shelf.opened[0].closed
    assert frames.read(path, 1) is not first
    frames.close()


def test_what_cannot_be_opened_is_told_and_tried_again(frames: Frames, shelf: Shelf) -> None:
    for _ in range(2):
        with pytest.raises(MediaError, match=r"There is no 'gone\.mp4'"):
            frames.read(Path("/clips/gone.mp4"), 0)
    assert shelf.opened == []


def test_no_file_is_closed_while_it_is_read(frames: Frames, shelf: Shelf) -> None:
    path = Path("/clips/slow.mp4")
    frames.facts(path)
    slow = shelf.opened[0]
    slow.go.clear()
    read: list[np.ndarray] = []
    reader = threading.Thread(target=lambda: read.append(frames.read(path, 1)))
    reader.start()
    assert slow.reading.wait(PATIENCE)
    closer = threading.Thread(target=frames.close)
    closer.start()
    assert not slow.closed
    slow.go.set()
    reader.join(PATIENCE)
    closer.join(PATIENCE)
    assert read[0][0, 0, 0] == 1
    assert slow.closed
