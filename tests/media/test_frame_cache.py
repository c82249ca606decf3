"""The cache is bounded, decodes once, and lets different frames be decoded at the same time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import MediaError
from refseg_annotator.media import FrameCache, FrameSource, frame_cache

FRAME_BYTES = 10 * 10 * 3


class CountingSource:
    """Ten-pixel frames filled with their number; counts its decodes and runs a hook inside each."""

    def __init__(self, name: str = "a", hook: Callable[[int], None] = lambda frame: None) -> None:
        self.path = Path(name)
        self.kind = MediumKind.VIDEO
        self.size = Size(10, 10)
        self.frame_count = 100
        self.frame_rate: float | None = None
        self.decodes: Counter[int] = Counter()
        self.hook = hook

    def read(self, frame: int) -> NDArray[np.uint8]:
        self.decodes[frame] += 1
        self.hook(frame)
        return np.full((10, 10, 3), frame, np.uint8)

    def close(self) -> None:
        pass


def test_a_source_is_a_frame_source() -> None:
    source: FrameSource = CountingSource()
    assert FrameCache(0).get(source, 3)[0, 0, 0] == 3


def test_held_frames_are_not_decoded_again_and_cannot_be_written() -> None:
    cache, source = FrameCache(10 * FRAME_BYTES), CountingSource()
    first = cache.get(source, 5)
    assert cache.get(source, 5) is first
    assert source.decodes == {5: 1}
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0, 0] = 1


def test_the_frame_used_longest_ago_goes_first() -> None:
    cache, source = FrameCache(2 * FRAME_BYTES), CountingSource()
    for frame in (1, 2, 1, 3):
        cache.get(source, frame)
    assert cache.holds(source.path, 1)
    assert not cache.holds(source.path, 2)
    assert cache.holds(source.path, 3)
    assert cache.bytes == 2 * FRAME_BYTES


@given(budget=st.integers(0, 6 * FRAME_BYTES), asked=st.lists(st.integers(0, 9), max_size=40))
def test_never_over_budget_and_always_the_right_frame(budget: int, asked: list[int]) -> None:
    cache, source = FrameCache(budget), CountingSource()
    for frame in asked:
        assert cache.get(source, frame)[0, 0, 0] == frame
        assert cache.bytes <= budget
        assert cache.bytes % FRAME_BYTES == 0


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Goes up by one whenever a thread begins to wait for another's decode."""
    told = threading.Semaphore(0)

    class Told(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            told.release()
            return super().wait(timeout)

    class Decoding(frame_cache._Decoding):
        def __init__(self) -> None:
            super().__init__()
            self.is_over = Told()

    monkeypatch.setattr(frame_cache, "_Decoding", Decoding)
    return told


def test_several_threads_decode_a_frame_once(waiting: threading.Semaphore) -> None:
    go = threading.Event()
    started = threading.Event()

    def wait(frame: int) -> None:
        started.set()
        assert go.wait(60)

    for budget in (10 * FRAME_BYTES, 0):  # even a frame too large to keep is shared by those who wait for it
        go.clear()
        started.clear()
        cache, source = FrameCache(budget), CountingSource(hook=wait)
        with ThreadPoolExecutor(8) as pool:
            first = pool.submit(cache.get, source, 7)
            assert started.wait(60)
            others = [pool.submit(cache.get, source, 7) for _ in range(7)]
            assert all(waiting.acquire(timeout=60) for _ in others)
            go.set()
            frames = {id(future.result(60)) for future in (first, *others)}
        assert source.decodes == {7: 1}
        assert len(frames) == 1


def test_different_frames_do_not_wait_for_each_other() -> None:
    both = threading.Barrier(2, timeout=60)
    cache = FrameCache(10 * FRAME_BYTES)
    one, other = CountingSource("one", lambda frame: both.wait()), CountingSource("other", lambda frame: both.wait())
    with ThreadPoolExecutor(2) as pool:  # each decode waits until the other has begun
        futures = [pool.submit(cache.get, source, 1) for source in (one, other)]
        assert [future.result(60)[0, 0, 0] for future in futures] == [1, 1]


def test_a_failure_reaches_everybody_and_is_not_kept(waiting: threading.Semaphore) -> None:
    go, started, broken = threading.Event(), threading.Event(), [True]

    def fail(frame: int) -> None:
        started.set()
        assert go.wait(60)
        if broken[0]:
            raise MediaError("the clip is cut short; copy it again.")

    cache, source = FrameCache(10 * FRAME_BYTES), CountingSource(hook=fail)
    with ThreadPoolExecutor(3) as pool:
        futures = [pool.submit(cache.get, source, 1)]
        assert started.wait(60)
        futures += [pool.submit(cache.get, source, 1) for _ in range(2)]
        assert all(waiting.acquire(timeout=60) for _ in range(2))
        go.set()
        errors = [future.exception(60) for future in futures]
    assert {type(error) for error in errors} == {MediaError}
    assert {str(error) for error in errors} == {"the clip is cut short; copy it again."}
    broken[0] = False
    assert cache.get(source, 1)[0, 0, 0] == 1


def test_forgetting_drops_one_file_and_what_is_being_decoded() -> None:
    cache, source = FrameCache(10 * FRAME_BYTES), CountingSource("a")
    other = CountingSource("b")
    cache.get(source, 1)
    cache.get(other, 1)
    source.hook = lambda frame: cache.forget(Path("a"))  # the file changes while a frame of it is being decoded
    cache.get(source, 2)
    assert not cache.holds(Path("a"), 1)
    assert not cache.holds(Path("a"), 2)
    assert cache.holds(Path("b"), 1)
    assert cache.bytes == FRAME_BYTES
    cache.clear()
    assert cache.bytes == 0


def test_a_stampede_stays_bounded_and_right() -> None:
    cache = FrameCache(5 * FRAME_BYTES)
    sources = [CountingSource("a"), CountingSource("b")]

    def work(seed: int) -> None:
        for frame in np.random.default_rng(seed).integers(0, 20, 200):
            assert cache.get(sources[int(frame) % 2], int(frame))[0, 0, 0] == frame
            assert cache.bytes <= 5 * FRAME_BYTES

    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(work, seed) for seed in range(8)]:
            future.result(60)


def test_a_budget_is_not_negative() -> None:
    with pytest.raises(ValueError, match="number of bytes"):
        FrameCache(-1)
