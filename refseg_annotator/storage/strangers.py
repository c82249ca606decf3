"""Notices that another program wrote to a project file that we hold open.

Our own lock keeps other windows out; a database browser, a script or a copy over the file knows nothing of it. To save
on as if nothing had happened would mix two truths, so the next write is refused with a sentence; nothing is lost yet.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

# SQLite's header: change counter, page count, schema number, versions and our own mark.
_HEADER: Final = 100


class Strangers:
    """Watches one open file through one connection.

    The file stays open for as long as it is watched, in a descriptor of its own that is only read: to close one of a
    process's descriptors of a file gives up all locks that SQLite holds on it there.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._identity = identity_of(path)
        self._descriptor: int | None = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._data_version = self._read_data_version()
        self._header = self._read_header()

    @property
    def has_name(self) -> bool:
        """Whether the file watched is still the one that bears the name."""
        return identity_of(self._path) == self._identity

    def check_name(self) -> None:
        """StorageError unless the file still bears its name."""
        if not self.has_name:
            # SQLite would go on writing into a file that no longer has a name.
            raise StorageError(
                f"{str(self._path)!r} was moved, deleted or replaced while it was open; save the project under "
                "another name, nothing is lost yet."
            )

    def check(self) -> None:
        """Call within a transaction, before anything is written.

        Raises:
            StorageError: the file is no longer as this program left it.
        """
        if self._read_data_version() != self._data_version:
            raise StorageError(
                f"{str(self._path)!r} was changed by another program while it was open; save the project under "
                "another name, and open that to see what both have written."
            )
        header = self._read_header()
        if header != self._header:
            # Another program may have folded the log into the file, which changes nothing of what it holds.
            if not self._is_sound():
                raise StorageError(
                    f"{str(self._path)!r} was overwritten by another program while it was open; go back to a copy of "
                    "it, and keep this window open until then to see what its latest edits were."
                )
            self._header = header

    def note(self) -> None:
        """Call after a commit of our own: the file is now as we left it."""
        self._header = self._read_header()

    def close(self) -> None:
        """Watch no more. Call after the connection is closed."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _read_header(self) -> bytes:
        if self._descriptor is None:
            return b""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        return os.read(self._descriptor, _HEADER)

    def _is_sound(self) -> bool:
        # What the connection remembers of the file would hide what the file has become.
        self._connection.execute("PRAGMA shrink_memory")
        try:
            return bool(self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        except sqlite3.DatabaseError:
            return False


def identity_of(path: Path) -> tuple[int, int] | None:
    """What stays the same while a name means the same file; None when nothing bears the name."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
