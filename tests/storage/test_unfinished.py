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
