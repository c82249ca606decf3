"""A bounded, thread-safe store of decoded frames."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.media.frame_source import FrameSource

_Key = tuple[Path, int]


class _Decoding:
    """One decode under way: those who ask for the same frame meanwhile wait for its outcome."""

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self.pixels: NDArray[np.uint8] | None = None
        self.error: BaseException | None = None


class FrameCache:
    """Keeps the frames used last, up to a budget in bytes; a frame asked for by several threads is decoded once.

    Decoding happens in the calling thread and outside the lock, so that different frames do not wait for each other
    here. What is held beyond the budget is at most one frame for every thread that is decoding. Frames are known by
    the path of their source, so that a source opened anew finds them.
    """

    def __init__(self, budget: int) -> None:
        if budget < 0:
            raise ValueError(f"a budget is a number of bytes, not {budget}")
        self._budget = budget
        self._bytes = 0
        self._frames: OrderedDict[_Key, NDArray[np.uint8]] = OrderedDict()
        self._decoding: dict[_Key, _Decoding] = {}
        self._lock = threading.Lock()

    @property
    def budget(self) -> int:
        """The most bytes held."""
        return self._budget

    @property
    def bytes(self) -> int:
        """Bytes held now."""
        with self._lock:
            return self._bytes

    def get(self, source: FrameSource, frame: int) -> NDArray[np.uint8]:
        """Frame `frame` of `source`: uint8 (H, W, 3) RGB, contiguous, read-only.

        Raises:
            MediaError: The frame cannot be decoded; nothing of a failure is kept, the next call tries again.
        """
        key = (source.path, frame)
        with self._lock:
            held = self._frames.get(key)
            if held is not None:
                self._frames.move_to_end(key)
                return held
            decoding = self._decoding.get(key)
            is_mine = decoding is None
            if decoding is None:
                decoding = self._decoding[key] = _Decoding()
        if is_mine:
            return self._decode(key, decoding, source)
        decoding.is_over.wait()
        if decoding.pixels is None:
            raise _same_error(decoding.error)
        return decoding.pixels

    def holds(self, path: Path, frame: int) -> bool:
        """Whether the frame would be had without decoding."""
        with self._lock:
            return (path, frame) in self._frames

    def forget(self, path: Path) -> None:
        """Drop the frames of one file, because it was changed or is no longer needed."""
        with self._lock:
            for key in [key for key in self._frames if key[0] == path]:
                self._bytes -= self._frames.pop(key).nbytes
            # A decode that began before must not bring the old frame back.
            for key in [key for key in self._decoding if key[0] == path]:
                del self._decoding[key]

    def clear(self) -> None:
        """Drop all frames."""
        with self._lock:
            self._frames.clear()
            self._decoding.clear()
            self._bytes = 0

    def _decode(self, key: _Key, decoding: _Decoding, source: FrameSource) -> NDArray[np.uint8]:
        try:
            pixels = source.read(key[1])
            # A writable frame would let one reader change what all others see.
            pixels.flags.writeable = False
            decoding.pixels = pixels
        except BaseException as error:
            decoding.error = error
            raise
        finally:
            with self._lock:
                if self._decoding.get(key) is decoding:
                    del self._decoding[key]
                    if decoding.pixels is not None:
                        self._keep(key, decoding.pixels)
            decoding.is_over.set()
        return pixels

    def _keep(self, key: _Key, pixels: NDArray[np.uint8]) -> None:
        # A frame above the whole budget would push out everything and still not fit.
        if pixels.nbytes > self._budget:
            return
        self._frames[key] = pixels
        self._bytes += pixels.nbytes
        while self._bytes > self._budget:
            _, dropped = self._frames.popitem(last=False)
            self._bytes -= dropped.nbytes


def _same_error(error: BaseException | None) -> BaseException:
    """The decoder's error for a thread that waited, as its own object: tracebacks are not shared between threads."""
    if error is None or not isinstance(error, Exception):  # the decoding thread was interrupted, not the file broken
        return RuntimeError("the thread that decoded this frame was stopped; ask for the frame again")
    copy = type(error)(*error.args)
    copy.__cause__ = error
    return copy
