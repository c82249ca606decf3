"""Writing rows: the statements behind `ProjectStore`, each called inside its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.storage import rows, unfinished
from refseg_annotator.storage.paths import MovedFolders, stored_path

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from refseg_annotator.core.project import Draft
    from refseg_annotator.storage.snapshot import Snapshot

_PUT_MEDIUM: Final = (
    f"INSERT INTO media ({rows.MEDIUM_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608  our own constants
    "ON CONFLICT (id) DO UPDATE SET path = excluded.path, kind = excluded.kind, width = excluded.width, "
    "height = excluded.height, frame_count = excluded.frame_count, frame_rate = excluded.frame_rate, "
    "state = excluded.state, split = excluded.split"
)
_PUT_REFERENT: Final = (
    f"INSERT INTO referents ({rows.REFERENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
    "ON CONFLICT (id) DO UPDATE SET medium_id = excluded.medium_id, name = excluded.name, "
    "category = excluded.category, colour = excluded.colour, hidden = excluded.hidden, locked = excluded.locked"
)
_PUT_EXPRESSION: Final = (
    f"INSERT INTO expressions ({rows.EXPRESSION_COLUMNS}) "  # noqa: S608
    f"VALUES ({', '.join('?' * len(rows.EXPRESSION_COLUMNS.split(',')))}) "
    "ON CONFLICT (id) DO UPDATE SET medium_id = excluded.medium_id, text = excluded.text, "
    "no_target = excluded.no_target, kind = excluded.kind, author = excluded.author, "
    "first_frame = excluded.first_frame, last_frame = excluded.last_frame, asked_model = excluded.asked_model, "
    "asked_frame = excluded.asked_frame, asked_presence = excluded.asked_presence, "
    "asked_threshold = excluded.asked_threshold, asked_score = excluded.asked_score"
)
_PUT_ANNOTATION: Final = (
    f"INSERT OR REPLACE INTO annotations ({rows.ANNOTATION_COLUMNS}) "  # noqa: S608
    f"VALUES ({', '.join('?' * len(rows.ANNOTATION_COLUMNS.split(',')))})"
)


def write_rows(connection: sqlite3.Connection, snapshot: Snapshot, folder: Path) -> None:
    """Put and drop the rows of a snapshot; paths are stored relative to the project's `folder`."""

    def drop(table: str, column: str, keys: Iterable[int]) -> None:
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((key,) for key in keys))  # noqa: S608

    connection.executemany("DELETE FROM annotations WHERE referent_id = ? AND frame = ?", snapshot.dropped_annotations)
    drop("expressions", "id", snapshot.dropped_expressions)
    drop("referents", "id", snapshot.dropped_referents)
    drop("media", "id", snapshot.dropped_media)
    connection.executemany(
        _PUT_MEDIUM,
        (rows.medium_row(medium, path=stored_path(medium.path, folder)) for medium in snapshot.media),
    )
    connection.executemany(_PUT_REFERENT, (rows.referent_row(referent) for referent in snapshot.referents))
    connection.executemany(_PUT_EXPRESSION, (rows.expression_row(expression) for expression in snapshot.expressions))
    drop("expression_targets", "expression_id", (expression.id for expression in snapshot.expressions))
    connection.executemany(
        "INSERT INTO expression_targets VALUES (?, ?, ?)",
        (
            (expression.id, place, target)
            for expression in snapshot.expressions
            for place, target in enumerate(expression.targets)
        ),
    )
    drop("expression_checks", "expression_id", (expression.id for expression in snapshot.expressions))
    connection.executemany(
        f"INSERT INTO expression_checks ({rows.CHECK_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (row for expression in snapshot.expressions for row in rows.check_rows(expression)),
    )
    connection.executemany(_PUT_ANNOTATION, (rows.annotation_row(annotation) for annotation in snapshot.annotations))
    write_meta(connection, author=snapshot.author, highest_id=snapshot.highest_id, folder=folder, draft=snapshot.draft)
    if snapshot.unfinished is not None:
        unfinished.note(connection, snapshot.unfinished)


def write_meta(
    connection: sqlite3.Connection, *, author: str, highest_id: int, folder: Path, draft: Draft | None = None
) -> None:
    """Note who works, the highest id given, where the project lies and what a blind check under way draws."""
    values = (
        ("author", rows.to_text(author)),
        ("highest_id", highest_id),
        ("folder", rows.to_text(folder.as_posix())),
        ("draft_medium", 0 if draft is None else draft.medium_id),
        ("draft_after", 0 if draft is None else draft.after),
    )
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value "
        "WHERE value IS NOT excluded.value",
        values,
    )


def drop_draft(connection: sqlite3.Connection) -> None:
    """Delete what a blind check had drawn when the program was killed: its end would have taken that back."""
    noted = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('draft_medium', 'draft_after')"))
    medium_id, after = noted.get("draft_medium"), noted.get("draft_after")
    if not (isinstance(medium_id, int) and isinstance(after, int) and medium_id > 0):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in ("expressions", "referents"):
            connection.execute(f"DELETE FROM {table} WHERE medium_id = ? AND id > ?", (medium_id, after))  # noqa: S608
        connection.execute("UPDATE meta SET value = 0 WHERE key IN ('draft_medium', 'draft_after')")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def rewrite_paths(connection: sqlite3.Connection, old: Path, new: Path) -> None:
    """Make the stored paths of a copied project relative to its new folder, in one transaction."""
    former = connection.execute("SELECT value FROM meta WHERE key = 'folder'").fetchone()
    folders = MovedFolders(old, rows.read_text(former[0]) if former else None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for medium_id, stored in connection.execute("SELECT id, path FROM media").fetchall():
            moved = stored_path(folders.absolute(rows.read_text(stored) or ""), new)
            connection.execute("UPDATE media SET path = ? WHERE id = ?", (rows.to_text(moved), medium_id))
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('folder', ?)", (rows.to_text(new.as_posix()),))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
