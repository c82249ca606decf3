"""Files of every earlier format, as they were written then: each opens, holds the same and leaves a copy behind."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from refseg_annotator.storage import schema
from refseg_annotator.storage.project_store import ProjectStore

VERSIONS = Path(__file__).with_name("versions")
ROOT = Path(__file__).resolve().parents[2]
EARLIER = list(range(1, schema.SCHEMA_VERSION))


def file_of(version: int, path: Path) -> Path:
    """A project file of that format, as a program of that time wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((VERSIONS / f"format{version}.sql").read_text(encoding="utf-8"))
    return path


@pytest.mark.parametrize("version", EARLIER)
def test_a_file_of_every_earlier_format_opens_and_holds_the_same(version: int, tmp_path: Path) -> None:
    path = file_of(version, tmp_path / "old.refseg")
    with ProjectStore.open(path) as store:
        assert store.schema_version == schema.SCHEMA_VERSION
        assert store.check() == []
        project = store.load()
        masks = [one for medium_id in project.media for one in store.load_annotations(medium_id)]
    assert [Path(medium.path).name for medium in project.media.values()] == ["1.png", "2.png", "3.png"]
    assert [referent.name for referent in project.referents.values()] == ["dog", "", "Ball ⚽"]
    assert {one.text: one.targets for one in project.expressions.values()} == {
        "the dog, on the left.": (4,),
        "beide Tiere 两只动物": (5, 4),
        "a cow": (),
        "the ball": (6,),
    }
    assert [(one.key, one.mask.area, one.keyframe) for one in masks] == [
        ((4, 0), 101, True),
        ((5, 0), 13, False),
        ((6, 2), 49, False),
        ((6, 3), 0, True),
        ((6, 8), 31 * 23, False),
    ]
    assert project.author == "Ada"
    assert project.highest_id == 12


@pytest.mark.parametrize("version", EARLIER)
def test_the_copy_kept_is_the_file_as_it_was(version: int, tmp_path: Path) -> None:
    path = file_of(version, tmp_path / "old.refseg")
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    ProjectStore.open(path).close()
    with closing(sqlite3.connect(path.with_name(f"old.refseg.format{version}"))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert list(connection.iterdump()) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from refseg_annotator.storage import schema
from refseg_annotator.storage.project_store import ProjectStore
left = [int(sys.argv[2])]
def step():
    left[0] -= 1
    if left[0] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
migrate = schema.migrate
def killed(connection):
    connection.set_progress_handler(step, 1)
    migrate(connection)
    os.kill(os.getpid(), signal.SIGKILL)
schema.migrate = killed
ProjectStore.open(Path(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("instructions", [1, 150, 1200, 1 << 30])
def test_a_program_killed_while_it_brings_a_file_up_to_date_leaves_one_or_the_other(
    instructions: int, tmp_path: Path
) -> None:
    path = file_of(1, tmp_path / "old.refseg")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(instructions)], check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] in (1, schema.SCHEMA_VERSION)
    with ProjectStore.open(path) as store:
        assert store.check() == []
        assert store.schema_version == schema.SCHEMA_VERSION
        assert store.count_records() == (3, 5)
