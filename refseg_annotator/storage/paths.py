"""Paths of media: absolute in memory, relative to the project's folder in its file, always with forward slashes.

So a project and its media can be moved together, and a project saved to another folder needs no change in memory.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Final

_ABSOLUTE: Final = re.compile(r"/|\\\\|[A-Za-z]:[/\\]")


def stored_path(path: str, folder: Path) -> str:
    """How the project in `folder` writes a medium's path: relative, but absolute where it lies on another drive."""
    parent, name = os.path.split(path)
    there = _stored_folder(parent, str(folder))
    return name if there == "." else f"{there.rstrip('/')}/{name}"


def absolute_path(stored: str, folder: Path) -> str:
    """The inverse of `stored_path`."""
    if is_absolute(stored):
        return stored
    parent, _, name = stored.rpartition("/")
    return f"{_absolute_folder(parent, str(folder)).rstrip('/')}/{name}"


# A hundred thousand photos lie in few folders: the way to each is worked out once.
@lru_cache(maxsize=4096)
def _stored_folder(parent: str, folder: str) -> str:
    try:
        return PurePath(os.path.relpath(parent or ".", folder)).as_posix()
    except ValueError:  # Windows: no way leads from C: to D:
        return PurePath(parent).as_posix()


@lru_cache(maxsize=4096)
def _absolute_folder(parent: str, folder: str) -> str:
    return PurePath(os.path.normpath(PurePath(folder, parent))).as_posix()


def is_absolute(stored: str) -> bool:
    """Whether a path needs no folder; a path of Windows counts everywhere, lest it be read as a name of here."""
    return _ABSOLUTE.match(stored) is not None


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
        parent = stored.rpartition("/")[0]
        uses_former = self._uses_former.get(parent)
        if uses_former is None:
            there = Path(absolute_path(stored, self._former)).parent
            uses_former = not Path(here).parent.is_dir() and there.is_dir()
            self._uses_former[parent] = uses_former
        return absolute_path(stored, self._former) if uses_former else here
