"""A file left by an import that was broken off; that it is taken back is tested with the imports themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refseg_annotator.storage.project_store import ProjectStore


@pytest.mark.parametrize(
    "note",
    [
        "",
        "{",
        "[]",
        "{}",
        7,
        b"\xff",
        '{"ids": [[1]], "media": []}',
        '{"ids": [[1e400, 2]], "media": []}',
        '{"ids": [[1, 9]], "media": [[1]]}',
        "[" * 100_000,
    ],
)
def test_a_bent_note_keeps_no_file_shut_and_takes_nothing_from_it(filled_file: Path, note: object) -> None:
    with closing(sqlite3.connect(filled_file)) as connection, connection:
        connection.execute("INSERT INTO meta VALUES ('unfinished_import', ?)", (note,))
    for _ in range(2):
        with ProjectStore.open(filled_file) as store:
            assert store.count_records() == (3, 5)
            assert store.check() == []
    ProjectStore.open(filled_file, read_only=True).close()


@pytest.mark.parametrize(
    ("told", "split"), [('[900, 7, 8, 1, null, "unseen"]', "val"), ('[900, 7, 8, 1, null, "unseen", "none"]', "none")]
)
def test_a_bare_medium_becomes_what_it_was_as_far_as_the_note_tells(filled_file: Path, told: str, split: str) -> None:
    """Notes of older versions say nothing of the split."""
    with closing(sqlite3.connect(filled_file)) as connection, connection:
        connection.execute("INSERT INTO media VALUES (900, 'x.png', 'image', 5, 5, 1, NULL, 'in_work', 'val')")
        note = f'{{"ids": [[5000, 5001]], "media": [{told}]}}'
        connection.execute("INSERT INTO meta VALUES ('unfinished_import', ?)", (note,))
    ProjectStore.open(filled_file).close()
    with closing(sqlite3.connect(filled_file)) as connection:
        found = connection.execute("SELECT width, height, state, split FROM media WHERE id = 900").fetchall()
    assert found == [(7, 8, "unseen", split)]
