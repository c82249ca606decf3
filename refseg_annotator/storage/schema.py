"""The tables of a project file, their version, and the steps from older versions to this one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import BrokenProjectError, ProjectError
from refseg_annotator.storage.faults import broken

if TYPE_CHECKING:
    from pathlib import Path

# Marks the file as ours for `file` and for `open_connection`; ASCII "RfSg".
APPLICATION_ID: Final = 0x52665367
_HEADER: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Migration:
    """A step to `version` from the one before; `statements` run in one transaction with their entry in the table."""

    version: int
    title: str
    statements: tuple[str, ...]


# Children go with their parents: an edit drops them first anyway, and a file must never refuse an edit for ever.
# A text that is no valid Unicode (a file name of another encoding) is kept as a blob; see `rows`.
_FIRST: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID",
    """CREATE TABLE migrations (
        version INTEGER PRIMARY KEY, title TEXT NOT NULL, applied TEXT NOT NULL)""",
    """CREATE TABLE media (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL,
        frame_count INTEGER NOT NULL, frame_rate REAL, state TEXT NOT NULL, split TEXT NOT NULL)""",
    """CREATE TABLE referents (
        id INTEGER PRIMARY KEY, medium_id INTEGER NOT NULL REFERENCES media ON DELETE CASCADE,
        name TEXT NOT NULL, category TEXT NOT NULL, colour INTEGER NOT NULL,
        hidden INTEGER NOT NULL, locked INTEGER NOT NULL)""",
    "CREATE INDEX referents_by_medium ON referents (medium_id)",
    """CREATE TABLE expressions (
        id INTEGER PRIMARY KEY, medium_id INTEGER NOT NULL REFERENCES media ON DELETE CASCADE,
        text TEXT NOT NULL, no_target INTEGER NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL,
        first_frame INTEGER, last_frame INTEGER)""",
    "CREATE INDEX expressions_by_medium ON expressions (medium_id)",
    """CREATE TABLE expression_targets (
        expression_id INTEGER NOT NULL REFERENCES expressions ON DELETE CASCADE,
        place INTEGER NOT NULL,
        referent_id INTEGER NOT NULL REFERENCES referents ON DELETE CASCADE,
        PRIMARY KEY (expression_id, place)) WITHOUT ROWID""",
    "CREATE INDEX expression_targets_by_referent ON expression_targets (referent_id)",
    """CREATE TABLE annotations (
        referent_id INTEGER NOT NULL REFERENCES referents ON DELETE CASCADE, frame INTEGER NOT NULL,
        keyframe INTEGER NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL,
        x0 INTEGER NOT NULL, y0 INTEGER NOT NULL, x1 INTEGER NOT NULL, y1 INTEGER NOT NULL,
        origin TEXT NOT NULL, model TEXT, phrase TEXT, threshold REAL, score REAL, iou_before REAL,
        clicks INTEGER NOT NULL, strokes INTEGER NOT NULL, seconds REAL NOT NULL, author TEXT NOT NULL,
        mask BLOB NOT NULL,
        UNIQUE (referent_id, frame))""",
)

# What models said of expressions, what people said without seeing the masks, and what a corrected mask was before.
_SECOND: Final = (
    "ALTER TABLE expressions ADD COLUMN asked_model TEXT",
    "ALTER TABLE expressions ADD COLUMN asked_frame INTEGER",
    "ALTER TABLE expressions ADD COLUMN asked_presence REAL",
    "ALTER TABLE expressions ADD COLUMN asked_threshold REAL",
    "ALTER TABLE expressions ADD COLUMN asked_score REAL",
    "ALTER TABLE annotations ADD COLUMN proposal BLOB",
    """CREATE TABLE expression_checks (
        expression_id INTEGER NOT NULL REFERENCES expressions ON DELETE CASCADE,
        place INTEGER NOT NULL,
        frame INTEGER NOT NULL, agreement REAL NOT NULL, absent INTEGER NOT NULL,
        author TEXT NOT NULL, checked_at TEXT NOT NULL, seconds REAL NOT NULL, resolved INTEGER NOT NULL,
        PRIMARY KEY (expression_id, place)) WITHOUT ROWID""",
)

MIGRATIONS: Final[tuple[Migration, ...]] = (
    Migration(1, "first tables", _FIRST),
    Migration(2, "answers of models, blind checks, proposals", _SECOND),
)
SCHEMA_VERSION: Final = MIGRATIONS[-1].version
_TABLES: Final = {
    "meta": 1,
    "migrations": 1,
    "media": 1,
    "referents": 1,
    "expressions": 1,
    "expression_targets": 1,
    "annotations": 1,
    "expression_checks": 2,
}
"""Our tables, and the version from which on a file has each."""


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """A connection in which we begin and commit by hand, that no stranger's file can make do more than hold rows."""
    mode = "ro" if read_only else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def set_durability(connection: sqlite3.Connection) -> None:
    """Write-ahead log, flushed at every commit.

    A killed process loses nothing committed either way: the log is in the system's hands. FULL, not NORMAL, so that a
    power cut loses nothing committed either; it costs one flush an edit, paid in the store's own lane.
    A disk that cannot hold a write-ahead log (some network shares) keeps SQLite's rollback journal, as safe and slower.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA journal_size_limit = 16777216")
    # Some systems build SQLite to overwrite what is deleted, by way of the log: on a full disk nothing could go.
    connection.execute("PRAGMA secure_delete = OFF")


def check_header(path: Path) -> None:
    """BrokenProjectError unless the file begins as SQLite's do: told apart before SQLite touches it.

    Never for a file that this very process has open: closing it here would give up the locks that SQLite holds on it.
    """
    if path.is_dir():
        raise BrokenProjectError(f"{str(path)!r} is a folder, not a project; choose a file that ends in .refseg.")
    with path.open("rb") as file:
        header = file.read(len(_HEADER))
    if header != _HEADER:
        what = "is empty" if not header else "is not a project of RefSeg Annotator"
        raise BrokenProjectError(f"{str(path)!r} {what}; choose a file that ends in .refseg, or go back to a copy.")


def check_identity(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of a file that is ours; BrokenProjectError for any other, or one newer than this program."""
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise BrokenProjectError(
            f"{str(path)!r} is a database, but not a project of RefSeg Annotator; choose a file that ends in .refseg."
        )
    version = _number(connection, "PRAGMA user_version")
    if version > SCHEMA_VERSION:
        raise BrokenProjectError(
            f"{str(path)!r} was written by a newer RefSeg Annotator (format {version}, this one reads up to "
            f"{SCHEMA_VERSION}); update the program."
        )
    if version < 1:
        raise broken(path, f"its format is given as {version}")
    return version


def check_is_present(version: int, path: Path) -> None:
    """ProjectError for a file of an older schema, which reading alone cannot bring up to date."""
    if version < SCHEMA_VERSION:
        raise ProjectError(
            f"{str(path)!r} was written by an older RefSeg Annotator; open it once for writing, which brings it up "
            "to date."
        )


def check_tables(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """BrokenProjectError unless the file holds the tables of its version and nothing that acts: no trigger, view or
    virtual table.
    """
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    found: set[object] = set()
    for kind, name, sql in rows:
        if kind not in ("table", "index") or "VIRTUAL" in str(sql)[:30].upper():
            raise broken(path, f"it holds a {kind} {name!r} that no project has")
        if kind == "table":
            found.add(name)
    if missing := sorted(name for name, since in _TABLES.items() if since <= version and name not in found):
        raise broken(path, f"its table {missing[0]!r} is missing")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version, in one transaction: it has either all steps or none."""
    version = _number(connection, "PRAGMA user_version")
    steps = [step for step in MIGRATIONS if step.version > version]
    if not steps:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            for statement in step.statements:
                connection.execute(statement)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute("INSERT INTO migrations VALUES (?, ?, ?)", (step.version, step.title, now))
        connection.execute(f"PRAGMA user_version = {steps[-1].version}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    value = connection.execute(pragma).fetchone()[0]
    return int(value)
