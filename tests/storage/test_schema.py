"""Migrations: all steps or none, a copy kept, and every file knows its version."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from refseg_annotator.errors import BrokenProjectError, ProjectError
from refseg_annotator.storage import schema
from refseg_annotator.storage.project_store import ProjectStore

SECOND = schema.Migration(2, "notes", ("CREATE TABLE notes (text TEXT)", "ALTER TABLE media ADD COLUMN note TEXT"))


@pytest.fixture
def newer_program(filled_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, SECOND))


def test_versions_rise_by_one_from_one() -> None:
    assert [step.version for step in schema.MIGRATIONS] == list(range(1, len(schema.MIGRATIONS) + 1))
    assert schema.MIGRATIONS[-1].version == schema.SCHEMA_VERSION


def test_a_new_file_knows_what_it_is(filled_file: Path) -> None:
    assert filled_file.read_bytes()[68:72] == b"RfSg"
    raw = sqlite3.connect(filled_file)
    assert raw.execute("PRAGMA user_version").fetchone() == (1,)
    assert raw.execute("SELECT version, title FROM migrations").fetchall() == [(1, "first tables")]
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_an_open_project_flushes_every_commit(filled_file: Path) -> None:
    with ProjectStore.open(filled_file) as store:
        connection = store._opened()
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


@pytest.mark.usefixtures("newer_program")
def test_an_older_file_is_copied_and_brought_up_to_date(filled_file: Path) -> None:
    with pytest.raises(ProjectError, match="older RefSeg Annotator; open it once for writing"):
        ProjectStore.open(filled_file, read_only=True)
    with ProjectStore.open(filled_file) as store:
        assert store.schema_version == 2
        assert len(store.load().media) == 3
    assert sorted(path.name for path in filled_file.parent.iterdir()) == [
        "project.refseg",
        "project.refseg.format1",
    ]
    kept = sqlite3.connect(filled_file.with_name("project.refseg.format1"))
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert kept.execute("SELECT COUNT(*) FROM media").fetchone() == (3,)
    kept.close()
    ProjectStore.open(filled_file, read_only=True).close()


def test_a_step_that_fails_leaves_the_file_as_it_was(filled_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = schema.Migration(2, "bad", ("CREATE TABLE notes (text TEXT)", "CREATE TABLE media (id)"))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, bad))
    with pytest.raises(BrokenProjectError):
        ProjectStore.open(filled_file)
    monkeypatch.undo()
    with ProjectStore.open(filled_file) as store:
        assert store.schema_version == 1
        assert store.check() == []
