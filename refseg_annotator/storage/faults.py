"""What SQLite and the operating system say of a project file, told again as one sentence for a person."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import BrokenProjectError, LockedProjectError, ProjectError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LEAST_ROOM: Final = 1 << 16
"""Bytes: what SQLite needs beside a project to open it at all."""
_FULL: Final = "SQLITE_FULL"
_READ_ONLY: Final = ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")
_BUSY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_BROKEN: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_TOOBIG")
_GONE: Final = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_NOLFS")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of the disk and of SQLite into the project's own; those that already are pass through."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(path, error) from error
    except UnicodeDecodeError as error:
        # SQLite's own table of contents, bent: Python reads it as text before anybody can ask for bytes.
        raise broken(path, "a text in it is none") from error
    except OSError as error:
        raise of_disk(path, error) from error


def of_disk(path: Path, error: OSError) -> ProjectError:
    """The sentence for a refusal of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _read_only(path)
    if error.errno == errno.ENOENT:
        return StorageError(f"There is no {str(path)!r}; check the name, or whether its drive is connected.")
    return _gone(path, error.strerror or str(error))


def _of_sqlite(path: Path, error: sqlite3.Error) -> ProjectError:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(_FULL):
        return _full(path)
    if name.startswith(_READ_ONLY):
        return _read_only(path)
    if name.startswith(_BUSY):
        return LockedProjectError(f"{path.name!r} is being written by another program; close it there and try again.")
    if name.startswith(_GONE):
        # Of a disk without room for its own small files SQLite says no more than "disk I/O error".
        return _full(path) if _has_no_room(path) else _gone(path, str(error))
    if name.startswith(_BROKEN):
        return broken(path, str(error))
    # What remains (a missing column, a value of a wrong type) is a file that is not as we write it.
    return broken(path, str(error))


def broken(path: Path, what: str) -> BrokenProjectError:
    """The sentence for a damaged project; `what` says where the damage is."""
    # What SQLite says may quote the file.
    return BrokenProjectError(
        f"The project {str(path)!r} is damaged ({' '.join(what.split())}); go back to a copy of it."
    )


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def _full(path: Path) -> StorageError:
    return StorageError(
        f"The disk is full, so {path.name!r} could not be saved; free some space or save the project elsewhere: "
        "until then the edits stay in memory.",
        at_terminal=f"The disk is full, so {path.name!r} could not be saved; free some space and run the command "
        "again: what it had not saved yet is lost.",
    )


def _read_only(path: Path) -> StorageError:
    return StorageError(
        f"{str(path)!r} may not be written, for its file or folder is read-only; save the project to another folder.",
        at_terminal=f"{str(path)!r} may not be written, for its file or folder is read-only; mend its permissions, or "
        "name a project in another folder.",
    )


def _gone(path: Path, what: str) -> StorageError:
    return StorageError(
        f"{str(path)!r} cannot be reached ({what}); connect its drive again or save the project elsewhere.",
        at_terminal=f"{str(path)!r} cannot be reached ({what}); see to its drive and run the command again: what it "
        "had not saved yet is lost.",
    )
