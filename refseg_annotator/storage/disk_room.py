"""Room on the disk for what is about to be written: asked for before, where a write half done would be in the way."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

# What SQLite writes besides what it is asked to: its index of the log, and pages half full.
_BESIDES: Final = 1 << 18


def is_enough(path: Path, size: int) -> bool:
    """Whether the disk of a project has room for a write of about so many bytes.

    It needs twice that: it stands in the log first, and in the file when the log is folded in.
    """
    return shutil.disk_usage(path.parent).free >= _needed(size)


def demand(path: Path, size: int) -> None:
    """StorageError unless there `is_enough`."""
    free = shutil.disk_usage(path.parent).free
    if free < _needed(size):
        raise StorageError(
            f"The disk of {path.name!r} has only {free >> 20} MB left, and the next part of what is to be "
            f"written may need {(_needed(size) >> 20) + 1} MB; free some space first."
        )


def _needed(size: int) -> int:
    return 2 * size + _BESIDES
