"""Fixtures of the services' tests: a receiving thread, photos that the fake predictor understands, sessions on them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from refseg_annotator.core.geometry import Box
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import add_media, new_project
from refseg_annotator.services.jobs import Runner, SynchronousRunner
from refseg_annotator.services.session import Session

PATIENCE = 60.0
"""Seconds after which a test that waits for a thread gives up."""

LEFT, RIGHT = Box(5, 10, 25, 30), Box(60, 12, 70, 22)


class Inbox:
    """Stands for the window's event loop: calls posted from any thread are made here, when a test waits."""

    def __init__(self) -> None:
        self._calls: queue.Queue[Callable[[], None]] = queue.Queue()

    def post(self, call: Callable[[], None]) -> None:
        self._calls.put(call)

    def run_until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            try:
                self._calls.get(timeout=max(0.0, deadline - time.monotonic()))()
            except queue.Empty:
                raise AssertionError("what the test waits for never came") from None

    def run_waiting(self) -> int:
        """Make the calls that are there now; how many they were."""
        made = 0
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return made
            call()
            made += 1


@pytest.fixture(autouse=True)
def no_leaked_lanes() -> Iterator[None]:
    """A lane's thread that outlives its test fails it."""
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("lane-")]
    assert left == []


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def threads(inbox: Inbox) -> Iterator[Runner]:
    """A runner with real lanes; its callbacks come when the test runs the inbox."""
    runner = Runner(inbox.post, progress_interval=0.0)
    yield runner
    assert runner.shutdown(timeout=PATIENCE)


@pytest.fixture
def cache() -> FrameCache:
    return FrameCache(64 << 20)


@pytest.fixture
def photo(tmp_path: Path) -> Callable[[str], Path]:
    """Write a photo: two red squares on grey, the left one larger."""

    def write(name: str) -> Path:
        image = np.full((60, 80, 3), 235, np.uint8)
        image[LEFT.slices] = image[RIGHT.slices] = (220, 30, 30)
        path = tmp_path / "photos" / name
        path.parent.mkdir(exist_ok=True)
        assert cv2.imwrite(str(path), image[..., ::-1])
        return path

    return write


@pytest.fixture
def session(tmp_path: Path, photo: Callable[[str], Path], cache: FrameCache) -> Iterator[Session]:
    """A session on a project file with two photos; everything runs at once."""
    opened = new_project(tmp_path / "project.refseg", runner=SynchronousRunner(), media=cache, author="Ada")
    add_media(opened, [photo("a.png"), photo("b.png")])
    yield opened
    opened.close(abandon=True)
