"""The project file: one SQLite database, one transaction an edit, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import defaultdict
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, Self

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.project import Project
from refseg_annotator.errors import ProjectError, StorageError
from refseg_annotator.storage import disk_room, rows, schema, unfinished
from refseg_annotator.storage.faults import broken, explained
from refseg_annotator.storage.file_placing import (
    LOG_SUFFIXES,
    copy_database,
    fold_at_once,
    fresh_neighbour,
    remove,
    take_place,
)
from refseg_annotator.storage.lock import FileLock
from refseg_annotator.storage.paths import MovedFolders
from refseg_annotator.storage.strangers import Strangers
from refseg_annotator.storage.tables import drop_draft, rewrite_paths, write_meta, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from refseg_annotator.core.annotation import Annotation, MediumId
    from refseg_annotator.storage.snapshot import Snapshot

SUFFIX: Final = ".refseg"
# Masks of one medium are in memory together while it is open, those of a long clip as the code that the file has, which
# is some hundred bytes a frame. More than this is refused before it is asked for.
MOST_MASK_BYTES: Final = 4 << 30
# Up to so many pixels of one medium are held ready to be drawn; decoding is quick, but not for nothing.
MOST_OPEN_PIXELS: Final = 64 << 20


class ProjectStore:
    """An open project file. Thread-safe: any thread may call; one call is served at a time.

    Opened for writing it holds a lock until `close` or the process's end; opened read-only it takes none, and sees
    what was committed when each call began.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        self.path: Final = path
        self._connection: sqlite3.Connection | None = connection
        self._lock = lock
        self._mutex = threading.Lock()
        self._strangers = Strangers(path, connection)

    # --- opening and closing ---------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, *, author: str = "", replace: bool = False) -> ProjectStore:
        """A new, empty project file, open for writing.

        Raises:
            StorageError: the folder cannot be written, or the file exists and `replace` is unset.
            LockedProjectError: the file exists and is open in another window.
        """
        path = path.resolve()
        if path.exists() and not replace:
            raise StorageError(f"{str(path)!r} exists already; open it, or choose another name.")
        if not path.parent.is_dir():
            raise StorageError(
                f"The folder {str(path.parent)!r} does not exist; make it first, or choose another place."
            )

        def fill(fresh: Path) -> None:
            fresh.touch(exist_ok=False)
            with closing(schema.connect(fresh)) as connection:
                schema.migrate(connection)
                write_meta(connection, author=author, highest_id=0, folder=path.parent)

        return cls._placed(path, fill)

    @classmethod
    def _placed(cls, path: Path, fill: Callable[[Path], None]) -> ProjectStore:
        """A file that `fill` has written beside `path` and that then took its place, open for writing."""
        lock = FileLock(path)
        try:
            with explained(path):
                fresh = fresh_neighbour(path)
                try:
                    fill(fresh)
                    take_place(fresh, path)
                finally:
                    remove(fresh)
            return cls._connected(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> ProjectStore:
        """An existing project file, brought to the present schema (an older one is first copied beside itself).

        What an import has left that was broken off by a kill or a full disk is taken out of it.

        Raises:
            BrokenProjectError: no project, damaged, or of a newer version.
            LockedProjectError: open for writing in another window.
            StorageError: missing, or not to be written.
        """
        # Resolved, so that whatever name leads to a file, there is one lock for it and one folder its paths start from.
        path = path.resolve()
        if read_only:
            try:
                return cls._read_only(path)
            except ProjectError:
                with explained(path):
                    schema.check_header(path)  # knows more than SQLite about files that are none of its
                raise
        with explained(path):
            path.stat()
        lock = FileLock(path)
        try:
            with explained(path):
                schema.check_header(path)
            return cls._connected(path, lock, lambda connection: _tidied(connection, path))
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _connected(
        cls, path: Path, lock: FileLock, tidy: Callable[[sqlite3.Connection], None] = lambda _: None
    ) -> ProjectStore:
        with explained(path):
            if not os.access(path, os.W_OK):
                raise PermissionError(13, "read-only", str(path))
            connection = schema.connect(path)
            try:
                version = schema.check_identity(connection, path)
                schema.check_tables(connection, path, version)
                if version < schema.SCHEMA_VERSION:
                    copy_database(connection, path.with_name(f"{path.name}.format{version}"))
                    schema.migrate(connection)
                schema.set_durability(connection)
                tidy(connection)
                return cls(path, connection, lock)
            except BaseException:
                connection.close()
                raise

    @classmethod
    def _read_only(cls, path: Path) -> ProjectStore:
        with explained(path):
            connection = schema.connect(path, read_only=True)
            try:
                try:
                    version = schema.check_identity(connection, path)
                except sqlite3.OperationalError:
                    # In a folder that cannot be written SQLite finds no place for the log's index; without a log
                    # beside it the file is complete in itself and may be read as it lies.
                    log = path.with_name(path.name + "-wal")
                    if log.exists() and log.stat().st_size > 0:
                        raise
                    connection.close()
                    connection = schema.connect(path, read_only=True, immutable=True)
                    version = schema.check_identity(connection, path)
                schema.check_tables(connection, path, version)
                schema.check_is_present(version, path)
                unfinished.check_none(connection, path)
                return cls(path, connection, None)
            except BaseException:
                connection.close()
                raise

    def close(self) -> None:
        """Fold the log into the file and let others in; a second call does nothing."""
        with self._mutex:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            try:
                with explained(self.path):
                    connection.close()
            finally:
                self._strangers.close()
                if self._lock is not None:
                    self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_read_only(self) -> bool:
        """Whether the file was opened without the right to write."""
        return self._lock is None

    @property
    def is_open(self) -> bool:
        """Whether `close` was not called yet."""
        return self._connection is not None

    @property
    def schema_version(self) -> int:
        """The version of the tables."""
        with self._mutex, explained(self.path):
            return int(self._opened().execute("PRAGMA user_version").fetchone()[0])

    # --- reading ---------------------------------------------------------------------------------------------------

    def load(self) -> Project:
        """The project with its media, referents and expressions; annotations come medium by medium."""
        with self._mutex, explained(self.path):
            connection = self._opened()
            connection.execute("BEGIN")  # one moment for all tables, whatever another process writes meanwhile
            try:
                meta = dict(connection.execute("SELECT key, value FROM meta"))
                media = connection.execute(f"SELECT {rows.MEDIUM_COLUMNS} FROM media ORDER BY id").fetchall()  # noqa: S608
                referents = connection.execute(f"SELECT {rows.REFERENT_COLUMNS} FROM referents ORDER BY id").fetchall()  # noqa: S608
                expressions = connection.execute(
                    f"SELECT {rows.EXPRESSION_COLUMNS} FROM expressions ORDER BY id"  # noqa: S608
                ).fetchall()
                targets: dict[Any, list[Any]] = defaultdict(list)
                for expression_id, referent_id in connection.execute(
                    "SELECT expression_id, referent_id FROM expression_targets ORDER BY expression_id, place"
                ):
                    targets[expression_id].append(referent_id)
                checks: dict[Any, list[Any]] = defaultdict(list)
                for row in connection.execute(
                    f"SELECT {rows.CHECK_COLUMNS} FROM expression_checks ORDER BY expression_id, place"  # noqa: S608
                ):
                    checks[row[0]].append(row)
            finally:
                connection.execute("ROLLBACK")
        folders = MovedFolders(self.path.parent, rows.read_text(meta.get("folder")))
        try:
            return Project.load_records(
                media=[rows.read_medium(row, absolute=folders.absolute) for row in media],
                referents=[rows.read_referent(row) for row in referents],
                expressions=[
                    rows.read_expression(row, targets.get(row[0], ()), checks.get(row[0], ())) for row in expressions
                ],
                highest_id=rows.read_highest_id(meta.get("highest_id")),
                author=rows.read_text(meta.get("author")) or "",
            )
        except ValueError as error:
            raise broken(self.path, str(error)) from error

    def load_annotations(self, medium_id: MediumId) -> list[Annotation]:
        """All annotations of a medium, by referent and frame; where they are many their masks come packed.

        Raises:
            BrokenProjectError: one does not fit its medium, or its bytes are damaged.
            ProjectError: together they would fill more than `MOST_MASK_BYTES` of memory.
        """
        with self._mutex, explained(self.path):
            connection = self._opened()
            of_medium = "annotations JOIN referents ON referents.id = annotations.referent_id WHERE medium_id = ?"
            connection.execute("BEGIN")
            try:
                medium = connection.execute(
                    "SELECT path, width, height, frame_count FROM media WHERE id = ?", (medium_id,)
                ).fetchone()
                pixels, size = connection.execute(
                    "SELECT TOTAL(MAX(x1 - x0, 0) * 1.0 * MAX(y1 - y0, 0)), TOTAL(LENGTH(mask)) "  # noqa: S608
                    f"FROM {of_medium}",
                    (medium_id,),
                ).fetchone()
                is_packed = pixels > MOST_OPEN_PIXELS
                if size > MOST_MASK_BYTES:
                    raise ProjectError(
                        f"The masks of {medium[0] if medium else medium_id!r} need {size / 2**30:.0f} GB of memory, "
                        f"more than the {MOST_MASK_BYTES >> 30} GB allowed; split the clip into shorter ones."
                    )
                columns = ", ".join(f"annotations.{name}" for name in rows.ANNOTATION_COLUMNS.split(", "))
                found = connection.execute(
                    f"SELECT {columns} FROM {of_medium} ORDER BY annotations.referent_id, frame",  # noqa: S608
                    (medium_id,),
                ).fetchall()
            finally:
                connection.execute("ROLLBACK")
        if medium is None:
            return []
        annotations: list[Annotation] = []
        for row in found:
            try:
                annotation = rows.read_annotation(row, packed=is_packed)
                if annotation.mask.size.shape != (medium[2], medium[1]) or annotation.frame >= medium[3]:
                    raise ValueError("it does not fit the size and frames of its medium")  # noqa: TRY301
            except ValueError as error:
                where = f"the mask of referent {row[0]!r} on frame {row[1]!r} of {medium[0]!r}: {error}"
                raise broken(self.path, where) from error
            annotations.append(annotation)
        return annotations

    def check(self) -> list[str]:
        """What is wrong with the file, one sentence each; empty if nothing is. Reads all of it."""
        problems: list[str] = []
        try:
            with self._mutex, explained(self.path):
                connection = self._opened()
                problems += [
                    f"SQLite finds: {' '.join(str(row[0]).split())}."
                    for row in connection.execute("PRAGMA integrity_check")
                    if row[0] != "ok"
                ]
                problems += [
                    f"A row of {row[0]!r} points to a row of {row[2]!r} that is not there."
                    for row in connection.execute("PRAGMA foreign_key_check")
                ]
            project = self.load()
            for medium_id in project.media:
                project.put_loaded(medium_id, self.load_annotations(medium_id))
        except ProjectError as error:
            problems.append(str(error))
        except ValueError as error:
            problems.append(str(broken(self.path, str(error))))
        return problems

    def count_records(self) -> tuple[int, int]:
        """How many media and annotations the file holds."""
        with self._mutex, explained(self.path):
            row = self._opened().execute("SELECT (SELECT COUNT(*) FROM media), (SELECT COUNT(*) FROM annotations)")
            media, annotations = row.fetchone()
            return int(media), int(annotations)

    def count_clips(self) -> int:
        """How many of the media are clips."""
        with self._mutex, explained(self.path):
            row = self._opened().execute("SELECT COUNT(*) FROM media WHERE kind = ?", (MediumKind.VIDEO.value,))
            return int(row.fetchone()[0])

    # --- writing ---------------------------------------------------------------------------------------------------

    def write(self, snapshot: Snapshot) -> None:
        """Put and drop the rows of a snapshot: all of them, on disk when this returns, or none.

        Raises:
            StorageError: the disk refuses; the same snapshot may be written again later.
        """
        with self._mutex, explained(self.path):
            connection = self._opened()
            if self._lock is None:
                raise StorageError(f"{self.path.name!r} is open for reading only; open it for writing first.")
            self._strangers.check_name()
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._strangers.check()
                write_rows(connection, snapshot, self.path.parent)
                connection.execute("COMMIT")
                self._strangers.note()
            except BaseException:
                # A full disk ends the transaction by itself; what is left of any other is taken back.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def has_room(self, size: int) -> bool:
        """Whether the disk has room for a write of about so many bytes."""
        with explained(self.path):
            return disk_room.is_enough(self.path, size)

    def demand_room(self, size: int) -> None:
        """StorageError unless `has_room`."""
        with explained(self.path):
            disk_room.demand(self.path, size)

    def fold_log(self) -> None:
        """Move what was written from the log to the file; the log keeps its place on the disk. Nothing once closed.

        So that what was written can be taken back on a full disk too: to remove rows needs room in the log.

        Raises:
            StorageError: the disk refuses; what was written is safe in the log.
        """
        with self._mutex, explained(self.path):
            if self._connection is not None:
                self._connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()

    def make_whole(self) -> bool:
        """Fold the log into the file and empty it; whether the file copied alone is complete now, as it is not while
        another program reads an older state. Nobody is waited for; nothing, and False, once closed.

        StorageError where the disk refuses, or another program has written to the file; the log is safe.
        """
        with self._mutex, explained(self.path):
            if self._connection is None or self._lock is None:
                return False
            self._strangers.check_name()
            self._strangers.check()
            try:
                return fold_at_once(self._connection)
            finally:
                self._strangers.note()

    def copy_to(self, path: Path) -> ProjectStore:
        """The same project in another place, complete before it takes its name, open for writing. This one stays open.

        Paths of media stay true: they are written anew, relative to the new folder.
        """
        path = path.resolve()

        def fill(fresh: Path) -> None:
            self._copy_into(fresh)
            with closing(schema.connect(fresh)) as connection:
                rewrite_paths(connection, self.path.parent, path.parent)

        return self._placed(path, fill)

    def _copy_into(self, fresh: Path) -> None:
        self._opened()
        if self._strangers.has_name:
            # Through a connection of its own: a large copy must not keep readers of this one waiting.
            with closing(schema.connect(self.path, read_only=True)) as reader:
                copy_database(reader, fresh)
            return
        with self._mutex:
            copy_database(self._opened(), fresh)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StorageError(f"{self.path.name!r} is closed; open it again.")
        return self._connection


def _tidied(connection: sqlite3.Connection, path: Path) -> None:
    """Take back what nobody finished when the program was killed: imports, and what a blind check drew."""
    unfinished.take_back(connection, path)
    drop_draft(connection)


def remove_project(path: Path) -> None:
    """Remove a project's file and what SQLite keeps beside it.

    Raises:
        LockedProjectError: it is open in another window.
        StorageError: the disk refuses.
    """
    lock = FileLock(path)
    try:
        with explained(path):
            for suffix in ("", *LOG_SUFFIXES):
                remove(path.with_name(path.name + suffix))
    finally:
        lock.release()
