"""Project files made to harm: rows no project writes, bytes bent anywhere, things that act. A sentence, or the project.

The suite takes a short form; `REFSEG_FUZZ=10000` sets the number of bent files.
"""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refseg_annotator.errors import ProjectError
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import open_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import everything_of
from tests.hostile.bounded import has_bounds, run_bounded
from tests.hostile.test_media_files import bend
from tests.storage.records import filled_project

INPUTS = int(os.environ.get("REFSEG_FUZZ", "150"))

VALUES = [
    None,
    -1,
    0,
    1,
    2**31,
    2**53,
    2**63 - 1,
    -(2**63),
    0.5,
    float("inf"),
    "",
    "x" * 100_000,
    "../../../../etc/passwd",
    "/etc/passwd",
    "\\\\server\\share\\x.png",
    "//server/share/x.png",
    "a\x00b",
    "\u202egnp.exe",
    "\ud83d".encode("utf-8", "surrogatepass"),
    b"",
    b"\xff\xfe",
    b"\x01" + bytes(40),
    "image",
    "predicted",
]


def made(path: Path) -> Path:
    path.unlink(missing_ok=True)
    with ProjectStore.create(path, author="Ada") as store:
        store.write(everything_of(filled_project(path.parent)))
    return path


def open_whole(path: Path) -> str:
    """What became of it: the sentence, or "opened". All a window does at first is done."""
    try:
        session = open_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
        try:
            problems = session.store.check() if session.store is not None else []
            for medium_id in list(session.project.media):
                session.ensure_loaded(medium_id)
        finally:
            session.close(abandon=True)
    except ProjectError as error:
        return str(error)
    assert all(isinstance(problem, str) and "\n" not in problem for problem in problems)
    return "opened"


def columns_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [(table, row[1]) for table in tables for row in raw.execute(f"PRAGMA table_info({table})")]


def test_no_value_in_any_column_is_trusted(tmp_path: Path) -> None:
    path = made(tmp_path / "a.refseg")
    sound = path.read_bytes()
    dice, outcomes = random.Random(3), []
    columns = columns_of(path)
    for number in range(max(INPUTS, 2 * len(columns))):
        path.write_bytes(sound)
        table, column = columns[number % len(columns)]
        value = dice.choice(VALUES)
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA ignore_check_constraints = ON")
            where = "" if dice.random() < 0.5 else f" WHERE rowid = {dice.randint(1, 6)}"
            try:
                raw.execute(f"UPDATE {table} SET {column} = ?{where}", (value,))
                raw.commit()
            except sqlite3.Error:
                continue  # SQLite itself would not have it
        outcome = open_whole(path)
        assert outcome == "opened" or "\n" not in outcome, (table, column, value, outcome)
        outcomes.append(outcome)
    assert outcomes.count("opened") > 10
    assert len(outcomes) - outcomes.count("opened") > 10


def test_bent_project_files_are_opened_or_told_of(tmp_path: Path) -> None:
    sound = made(tmp_path / "a.refseg").read_bytes()
    dice, outcomes = random.Random(4), []
    path = tmp_path / "b.refseg"
    for _ in range(INPUTS):
        for old in tmp_path.glob("b.refseg*"):
            old.unlink()
        path.write_bytes(bend(sound, dice))
        outcomes.append(open_whole(path))
    assert not any("\n" in outcome for outcome in outcomes)
    assert 0 < outcomes.count("opened") < len(outcomes)


ACTING = [
    "CREATE TRIGGER t AFTER INSERT ON media BEGIN DELETE FROM annotations; END",
    "CREATE VIEW v AS SELECT * FROM media",
    "CREATE VIRTUAL TABLE f USING fts5(x)",
    "CREATE TABLE extra (x DEFAULT (load_extension('/tmp/x.so')))",
]


@pytest.mark.parametrize("statement", ACTING)
def test_what_acts_is_refused_or_inert(tmp_path: Path, statement: str) -> None:
    path = made(tmp_path / "a.refseg")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(statement)
    outcome = open_whole(path)
    assert outcome == "opened" if "extra" in statement else "that no project has" in outcome


def test_a_project_from_a_stranger_knocks_at_no_door(tmp_path: Path) -> None:
    """Opening a project reads no medium, whatever its path: a share of the network would learn who opens it."""
    path = made(tmp_path / "a.refseg")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE media SET path = '//198.51.100.7/share/x.png'")
        raw.execute("UPDATE meta SET value = '//198.51.100.7/share' WHERE key = 'folder'")
        raw.commit()
    assert open_whole(path) == "opened"


LARGE = """
import sqlite3
from contextlib import closing
from pathlib import Path
from tests.hostile.test_project_files import made, open_whole
path = made(Path(sys.argv[1]) / "a.refseg")
with closing(sqlite3.connect(path)) as raw:
    raw.execute(sys.argv[2])
    raw.commit()
bound(1500)
print(open_whole(path))
print(peak())
"""

# Each declares far more than any memory has, in a file of a few kilobytes.
DECLARED = {
    "a frame of two thousand million pixels a side": "UPDATE media SET width = 2147483647, height = 2147483647",
    "a mask as large": "UPDATE annotations SET width = 2147483647, height = 2147483647, x1 = width, y1 = height",
    "frames without number": "UPDATE media SET frame_count = 2147483647",
    "a mask of zeros that inflates": "UPDATE annotations SET mask = X'01789CEDC1010100000080'",
    "a long text": "UPDATE expressions SET text = hex(zeroblob(20000000))",
    "the highest number": "UPDATE meta SET value = 9223372036854775807 WHERE key = 'highest_id'",
}


@pytest.mark.skipif(not has_bounds(), reason="this system does not tell how much memory is mapped")
@pytest.mark.parametrize("what", DECLARED)
def test_memory_follows_the_file_not_what_it_declares(tmp_path: Path, what: str) -> None:
    lines = run_bounded(LARGE, str(tmp_path), DECLARED[what]).strip().splitlines()
    assert len(lines) == 2
    assert int(lines[1]) < 900
