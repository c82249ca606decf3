"""Project files as files: complete before they take their name, and known again when another takes it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# What SQLite keeps beside a file while it is open, or after a crash.
LOG_SUFFIXES: Final = ("-wal", "-shm", "-journal")


def copy_database(connection: sqlite3.Connection, destination: Path) -> None:
    """All that is committed, log included, into a new file; SQLite's own backup, so never half a transaction."""
    with closing(sqlite3.connect(destination)) as copy:
        connection.backup(copy)


def fold_at_once(connection: sqlite3.Connection) -> bool:
    """Move the log into the file and empty it, waiting for nobody; whether the file alone is complete then.

    It is not while another connection reads an older state, which needs the log.
    """
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        is_hindered, logged, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return not is_hindered or 0 <= logged == moved


def fresh_neighbour(path: Path) -> Path:
    """Where a file is made before it takes the place of `path`: in the same folder, so on the same disk."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def take_place(fresh: Path, path: Path) -> None:
    """Give a complete file its name; what bore the name before is gone only then."""
    for suffix in LOG_SUFFIXES:
        remove(fresh.with_name(fresh.name + suffix))
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    # The log of a file replaced would be replayed into the new one.
    if path.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in LOG_SUFFIXES:
        remove(path.with_name(path.name + suffix))
    fresh.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    path.unlink(missing_ok=True)
