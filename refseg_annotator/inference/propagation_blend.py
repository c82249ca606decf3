"""Two sweeps made one: the backward sweep's answers wait in bounded memory and are blended with the forward sweep's.

Full-size probabilities of a whole clip would take gigabytes. The backward sweep meets the frames in just the reverse of
the order in which the forward one asks for them, so they wait on a stack: cut to the box that holds any probability,
shrunk where that is large, sixteen levels deep, deflated, and beyond a few megabytes on disk. A clip's length costs
disk, some hundred bytes to a few kilobytes a frame, and no memory.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from typing import TYPE_CHECKING, Final, Self

import cv2
import numpy as np

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import tight_box
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import StorageError
from refseg_annotator.inference.predictor import ModelInfo, Prediction, answered_mask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from numpy.typing import NDArray

_LEVELS: Final = 15  # steps of probability kept: an error of 1/30 moves an outline by less than a pixel
_LONGEST_SIDE: Final = 512  # pixels of a box kept: networks answer coarser than that anyway
_IN_MEMORY: Final = 8 << 20
_ENTRY: Final = struct.Struct("<qdd4iHHI")  # referent, presence, score, box, kept width and height, bytes
_FRAME: Final = struct.Struct("<qHI")  # frame, entries, bytes of the entries: behind them, to be read from the end
# How much the nearer and surer side is preferred where the two sides do not agree: their mean would be neither's mask.
_SHARPNESS: Final = 4.0
# A sweep that has lost its referent says "absent" from there on; seeing it is the stronger evidence.
_WEIGHT_OF_ABSENCE: Final = 0.25


class PredictionStack:
    """Predictions of frames, last in, first out. Memory is bounded; a context manager that ends with its file.

    Args:
        size: size of the frames.
        in_memory: bytes beyond which they go to a temporary file.
    """

    def __init__(self, size: Size, *, in_memory: int = _IN_MEMORY) -> None:
        self._size = size
        # Closed by __exit__; the stack is its own context manager.
        self._file = tempfile.SpooledTemporaryFile(max_size=in_memory, prefix="refseg-sweep-")  # noqa: SIM115
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def push(self, frame: int, predictions: Mapping[ReferentId, Prediction]) -> None:
        """Lay the predictions of a frame on top.

        Raises:
            StorageError: the disk for temporary files refuses.
        """
        packed = b"".join(_packed(referent, prediction) for referent, prediction in predictions.items())
        try:
            self._file.seek(self._end)
            self._file.write(packed)
            self._file.write(_FRAME.pack(frame, len(predictions), len(packed)))
        except OSError as error:
            raise StorageError(
                f"The folder for temporary files, {tempfile.gettempdir()!r}, takes no more ({error.strerror}); "
                "make room there or propagate a shorter range."
            ) from error
        self._end += len(packed) + _FRAME.size

    def top(self) -> int | None:
        """The frame on top; None when the stack is empty."""
        return None if self._end == 0 else self._head()[0]

    def pop(self) -> dict[ReferentId, Prediction]:
        """Take the predictions of the frame on top."""
        if self._end == 0:
            raise IndexError("the stack of predictions is empty")
        _, entries, length = self._head()
        self._end -= _FRAME.size + length
        self._file.seek(self._end)
        packed = self._file.read(length)
        found: dict[ReferentId, Prediction] = {}
        place = 0
        for _ in range(entries):
            referent, prediction, place = _unpacked(packed, place, self._size)
            found[referent] = prediction
        return found

    def _head(self) -> tuple[int, int, int]:
        self._file.seek(self._end - _FRAME.size)
        frame, entries, length = _FRAME.unpack(self._file.read(_FRAME.size))
        return frame, entries, length


def _packed(referent: ReferentId, prediction: Prediction) -> bytes:
    levels = np.rint(np.clip(prediction.probability, 0, 1) * _LEVELS).astype(np.uint8)
    box = tight_box(levels > 0)
    if box.is_empty:
        return _ENTRY.pack(referent, prediction.presence, prediction.score, 0, 0, 0, 0, 0, 0, 0)
    kept = levels[box.slices]
    shrink = _LONGEST_SIDE / max(box.shape)
    if shrink < 1:
        shape = max(1, round(box.width * shrink)), max(1, round(box.height * shrink))
        kept = np.asarray(cv2.resize(kept, shape, interpolation=cv2.INTER_AREA))
    data = zlib.compress(np.ascontiguousarray(kept).tobytes(), 1)
    height, width = kept.shape
    corners = box.x0, box.y0, box.x1, box.y1
    return _ENTRY.pack(referent, prediction.presence, prediction.score, *corners, width, height, len(data)) + data


def _unpacked(packed: bytes, place: int, size: Size) -> tuple[ReferentId, Prediction, int]:
    referent, presence, score, x0, y0, x1, y1, width, height, length = _ENTRY.unpack_from(packed, place)
    start = place + _ENTRY.size
    probability = np.zeros(size.shape, np.float32)
    if length:
        box = Box(x0, y0, x1, y1)
        levels = np.frombuffer(zlib.decompress(packed[start : start + length]), np.uint8).reshape(height, width)
        part = levels.astype(np.float32) / _LEVELS
        if part.shape != box.shape:
            part = cv2.resize(part, (box.width, box.height), interpolation=cv2.INTER_LINEAR)
        probability[box.slices] = part
    return ReferentId(referent), Prediction(probability, presence, score), start + length


def blend(
    forward: Prediction, backward: Prediction, *, behind_left: int, before_right: int, info: ModelInfo
) -> tuple[Prediction, float]:
    """One prediction out of those of the two sweeps, and their agreement: the IoU of the masks they stand for, 0..1.

    Where they agree, each counts by its nearness to its keyframe; the less they agree, the more the nearer and surer
    one is taken alone.

    Args:
        behind_left: frames from the forward sweep's keyframe, at least 1.
        before_right: frames to the backward sweep's keyframe, at least 1.
        info: gives the thresholds at which the masks are compared.
    """
    agreement = iou(answered_mask(forward, info), answered_mask(backward, info))
    power = 1 + _SHARPNESS * (1 - agreement)
    ahead = (before_right * _sureness(forward)) ** power
    back = (behind_left * _sureness(backward)) ** power
    weight = ahead / (ahead + back)
    probability = _mixed(forward.probability, backward.probability, weight)
    presence = weight * forward.presence + (1 - weight) * backward.presence
    score = (weight * forward.score + (1 - weight) * backward.score) * (1 + agreement) / 2
    return Prediction(probability, presence, score), agreement


def _sureness(prediction: Prediction) -> float:
    seen = _WEIGHT_OF_ABSENCE + (1 - _WEIGHT_OF_ABSENCE) * prediction.presence
    return max(prediction.score, 0.01) * seen


def _mixed(first: NDArray[np.float32], second: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
    return np.asarray(cv2.addWeighted(first, weight, second, 1 - weight, 0.0), np.float32)
