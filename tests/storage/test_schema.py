"""Migrations: all steps or none, a copy kept, and every file knows its version."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from refseg_annotator.core.project import Project
from refseg_annotator.errors import BrokenProjectError, ProjectError
from refseg_annotator.storage import rows, schema
from refseg_annotator.storage.project_store import ProjectStore
from tests.storage.records import filled_project

NOW = schema.SCHEMA_VERSION
NEXT = schema.Migration(NOW + 1, "notes", ("CREATE TABLE notes (text TEXT)", "ALTER TABLE media ADD COLUMN note TEXT"))


@pytest.fixture
def newer_program(filled_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NOW + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, NEXT))


def test_versions_rise_by_one_from_one() -> None:
    assert [step.version for step in schema.MIGRATIONS] == list(range(1, len(schema.MIGRATIONS) + 1))
    assert schema.MIGRATIONS[-1].version == schema.SCHEMA_VERSION


def test_a_new_file_knows_what_it_is(filled_file: Path) -> None:
    assert filled_file.read_bytes()[68:72] == b"RfSg"
    raw = sqlite3.connect(filled_file)
    assert raw.execute("PRAGMA user_version").fetchone() == (NOW,)
    steps = [(step.version, step.title) for step in schema.MIGRATIONS]
    assert raw.execute("SELECT version, title FROM migrations").fetchall() == steps
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
        assert store.schema_version == NOW + 1
        assert len(store.load().media) == 3
    assert sorted(path.name for path in filled_file.parent.iterdir()) == [
        "project.refseg",
        f"project.refseg.format{NOW}",
    ]
    kept = sqlite3.connect(filled_file.with_name(f"project.refseg.format{NOW}"))
    assert kept.execute("PRAGMA user_version").fetchone() == (NOW,)
    assert kept.execute("SELECT COUNT(*) FROM media").fetchone() == (3,)
    kept.close()
    ProjectStore.open(filled_file, read_only=True).close()


def test_a_step_that_fails_leaves_the_file_as_it_was(filled_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = schema.Migration(NOW + 1, "bad", ("CREATE TABLE notes (text TEXT)", "CREATE TABLE media (id)"))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NOW + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, bad))
    with pytest.raises(BrokenProjectError):
        ProjectStore.open(filled_file)
    monkeypatch.undo()
    with ProjectStore.open(filled_file) as store:
        assert store.schema_version == NOW
        assert store.check() == []


def write_first_version(path: Path, project: Project) -> None:
    """A file as the program's first version wrote it: its tables, its columns, its rows."""
    raw = sqlite3.connect(path)
    for statement in schema.MIGRATIONS[0].statements:
        raw.execute(statement)

    def put(table: str, columns: int, found: list[tuple[object, ...]]) -> None:
        raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", [row[:columns] for row in found])

    put("media", 9, [rows.medium_row(one, path=one.path) for one in project.media.values()])
    put("referents", 7, [rows.referent_row(one) for one in project.referents.values()])
    put("expressions", 8, [rows.expression_row(one) for one in project.expressions.values()])
    put("annotations", 20, [rows.annotation_row(one) for one in project.annotations.values()])
    targets = [(one.id, n, t) for one in project.expressions.values() for n, t in enumerate(one.targets)]
    put("expression_targets", 3, targets)
    put("meta", 2, [("author", "Ada"), ("highest_id", project.highest_id), ("folder", path.parent.as_posix())])
    raw.execute("INSERT INTO migrations VALUES (1, 'first tables', '2026-01-01T00:00:00+00:00')")
    raw.execute("PRAGMA user_version = 1")
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.commit()
    raw.close()


def test_a_file_of_the_first_version_keeps_all_it_has(
    tmp_path: Path, load_whole: Callable[[ProjectStore], Project]
) -> None:
    path = tmp_path / "old.refseg"
    made = filled_project(tmp_path / "media")
    write_first_version(path, made)
    with pytest.raises(ProjectError, match="older RefSeg Annotator"):
        ProjectStore.open(path, read_only=True)
    with ProjectStore.open(path) as store:
        assert store.schema_version == NOW
        assert store.check() == []
        project = load_whole(store)
    assert dict(project.media) == dict(made.media)
    assert dict(project.referents) == dict(made.referents)
    # What the first version had no place for is unknown, all else is there.
    assert dict(project.expressions) == {
        key: replace(one, asked=None, checks=()) for key, one in made.expressions.items()
    }
    assert dict(project.annotations) == {
        key: replace(one, provenance=replace(one.provenance, proposal=None)) for key, one in made.annotations.items()
    }
    assert path.with_name("old.refseg.format1").exists()


def test_a_file_that_lacks_a_table_of_its_version_is_refused(filled_file: Path) -> None:
    raw = sqlite3.connect(filled_file)
    raw.execute("DROP TABLE expression_checks")
    raw.commit()
    raw.close()
    with pytest.raises(BrokenProjectError, match="expression_checks"):
        ProjectStore.open(filled_file)
