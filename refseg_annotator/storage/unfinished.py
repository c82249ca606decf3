"""What an import under way has added to a project's file so far: noted with each of its parts, in the same transaction,
and struck out with the last. A file that still has the note was left by a program that ended in between, or that found
the disk full; whoever opens it for writing takes all of it back.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import ProjectError
from refseg_annotator.storage.rows import HIGHEST_ID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from refseg_annotator.core.annotation import Medium

logger = logging.getLogger(__name__)

_KEY: Final = "unfinished_import"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What goes when an import is taken back.

    Args:
        ids: First and last of each run of numbers that its records were given.
        media: Media that were there before and had nothing on them, as they were.
    """

    ids: tuple[tuple[int, int], ...] = ()
    media: tuple[Medium, ...] = ()

    @classmethod
    def joined(cls, several: Iterable[Unfinished]) -> Unfinished:
        """That of several imports at once."""
        parts = tuple(several)
        return cls(tuple(run for part in parts for run in part.ids), tuple(one for part in parts for one in part.media))


def note(connection: sqlite3.Connection, unfinished: Unfinished) -> None:
    """Put the note in the place of the former one, within a transaction; nothing unfinished strikes it out."""
    if not unfinished.ids:
        connection.execute("DELETE FROM meta WHERE key = ?", (_KEY,))
        return
    media = [
        [one.id, one.size.width, one.size.height, one.frame_count, one.frame_rate, one.state.value, one.split.value]
        for one in unfinished.media
    ]
    text = json.dumps({"ids": unfinished.ids, "media": media})
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, text))


def check_none(connection: sqlite3.Connection, path: Path) -> None:
    """ProjectError for a file with half an import in it, which reading alone cannot mend."""
    if _noted(connection) is not None:
        raise ProjectError(
            f"{str(path)!r} holds half an import that was broken off; open it once for writing, which takes that back."
        )


def take_back(connection: sqlite3.Connection, path: Path) -> None:
    """Remove what a broken-off import has left, in one transaction; does nothing for a file without a note."""
    text = _noted(connection)
    if text is None:
        return
    ids, media = _read(text)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for run in ids:
            # What hangs on them goes with them, whoever made it.
            for table in ("expressions", "referents", "media"):
                connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", run)  # noqa: S608  our own names
        connection.executemany(
            "UPDATE media SET width = ?2, height = ?3, frame_count = ?4, frame_rate = ?5, state = ?6, "
            "split = coalesce(?7, split) WHERE id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM referents WHERE medium_id = ?1) "
            "AND NOT EXISTS (SELECT 1 FROM expressions WHERE medium_id = ?1)",
            media,
        )
        note(connection, Unfinished())
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    logger.info("an import broken off was taken back from %s", path)


def _noted(connection: sqlite3.Connection) -> str | bytes | None:
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    return None if found is None else found[0]


def _read(text: str | bytes) -> tuple[list[tuple[int, int]], list[tuple[object, ...]]]:
    """The note of a file; of a bent one as much as can be told, for a file must not stay shut for it."""
    try:
        told = json.loads(text)
        ids = [(int(first), min(int(last), HIGHEST_ID)) for first, last in told["ids"] if int(first) > 0]
        media = [
            # A note of an older version says nothing of the split.
            (*map(int, one[:4]), one[4], str(one[5]), str(one[6]) if len(one) > 6 else None)
            for one in told["media"]
        ]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError) as error:
        logger.info("the note of an import broken off cannot be read: %s", error)
        return [], []
    return ids, list(media)
