"""Paths of media: absolute in memory, relative to the project's folder in its file, always with forward slashes.

So a project and its media can be moved together, and a project saved to another folder needs no change in memory.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


def stored_path(path: str, folder: Path) -> str:
    """How the project in `folder` writes a medium's path: relative, but absolute where it lies on another drive."""
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # Windows: no way leads from C: to D:
        return PurePath(path).as_posix()
    return PurePath(relative).as_posix()


def absolute_path(stored: str, folder: Path) -> str:
    """The inverse of `stored_path`."""
    if is_absolute(stored):
        return stored
    return PurePath(os.path.normpath(folder / stored)).as_posix()


def is_absolute(stored: str) -> bool:
    """Whether a path needs no folder; a path of Windows counts everywhere, lest it be read as a name of here."""
    return (
        PurePosixPath(stored).is_absolute() or PureWindowsPath(stored).is_absolute() or PurePath(stored).is_absolute()
    )


class MovedFolders:
    """Finds the media of a project that was moved without them: where the new folder has none, the old one may.

    Looks once at each folder, never at each file. Paths of a network share are not followed: a project file from a
    stranger must not make this computer knock at doors.

    Args:
        folder: where the project lies now.
        former: where it lay when it was last written, or None.
    """

    def __init__(self, folder: Path, former: str | None) -> None:
        self._folder = folder
        usable = former is not None and is_absolute(former) and not former.startswith(("//", "\\\\"))
        self._former = Path(former) if former is not None and usable and Path(former) != folder else None
        self._uses_former: dict[str, bool] = {}

    def absolute(self, stored: str) -> str:
        """The absolute path of a medium as stored."""
        here = absolute_path(stored, self._folder)
        if self._former is None or is_absolute(stored):
            return here
        parent = str(PurePosixPath(stored).parent)
        uses_former = self._uses_former.get(parent)
        if uses_former is None:
            there = Path(absolute_path(stored, self._former)).parent
            uses_former = not Path(here).parent.is_dir() and there.is_dir()
            self._uses_former[parent] = uses_former
        return absolute_path(stored, self._former) if uses_former else here
