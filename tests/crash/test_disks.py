"""Disks that refuse while the window works: full, gone, read-only, written by strangers. Nothing is lost or hidden."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from refseg_annotator import settings
from refseg_annotator.core.project import Project
from refseg_annotator.errors import StorageError
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import add_media, new_project, recoverable_projects, save_project_as
from refseg_annotator.services.importing import Import
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import everything_of
from refseg_annotator.ui.documents.documents_desk import DocumentsDesk
from tests.crash.journal import Memory, State
from tests.crash.rounds import read_back
from tests.formats import specs as made
from tests.storage.records import filled_project
from tests.ui.conftest import Desk, desk, draw_shapes, open_desk, shapes

__all__ = ["desk", "open_desk", "shapes"]  # fixtures of the window's own tests

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if not shutil.which("mount"):
        pytest.skip("this system has no mount")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"this user may not mount a small disk: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def in_memory(project: Project) -> State:
    return Memory().state(project)


def without_meta(state: State) -> State:
    """Numbers once given are not given again."""
    return {key: value for key, value in state.items() if key != "meta"}


def scribble(desk: Desk, dice: random.Random, strokes: int = 1) -> None:
    """Paint strokes; a noisy mask takes room on the disk."""
    desk.letters("b")
    for _ in range(strokes):
        points = [(dice.uniform(1, 239), dice.uniform(1, 159)) for _ in range(12)]
        desk.drag(*points)


@pytest.fixture(autouse=True)
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that cannot save asks at its end; a box that nobody answers would hold the tests up for ever."""
    monkeypatch.setattr(DocumentsDesk, "_ask_about_loss", lambda *_: "discard")


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def test_a_full_disk_is_told_and_what_waited_is_written_when_there_is_room(desk: Desk, small_disk: Path) -> None:
    dice = random.Random(1)
    path = small_disk / "work.refseg"
    desk.save_as(path)
    scribble(desk, dice)
    desk.until_saved()
    filler = fill(small_disk)
    for _ in range(200):
        scribble(desk, dice)
        if desk.bridge.write_problem is not None:
            break
    desk.until(lambda: desk.bridge.write_problem is not None)
    assert "disk is full" in desk.message
    assert not desk.bridge.session.saved
    desk.bridge.undo()
    scribble(desk, dice, 3)
    filler.unlink()
    scribble(desk, dice)
    desk.until_saved()
    expected = in_memory(desk.project)
    desk.close()
    assert read_back(path) == (expected, [])


@pytest.mark.parametrize("stays_full", [False, True])
def test_an_import_in_parts_that_fills_the_disk_leaves_the_project_as_it_was(
    small_disk: Path, tmp_path: Path, stays_full: bool
) -> None:
    specs = made.noisy_photos("noise", 60, width=600, height=400, seed=5)
    dataset = made.make(specs, tmp_path / "many", pixels=False)
    path = small_disk / "work.refseg"
    session = new_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    add_media(session, [draw_shapes(tmp_path / "own.png")])
    before = without_meta(in_memory(session.project))
    session.flush()
    importing = Import(session, dataset, one_step_bytes=1 << 20)
    parts = importing.parts(lambda *_: None)
    importing.commit(next(parts))
    importing.commit(next(parts))
    if stays_full:
        fill(small_disk)

    def bring_the_rest() -> None:
        for part in parts:
            importing.commit(part)

    with pytest.raises(StorageError, match="has only 0 MB left"):
        bring_the_rest()
    assert without_meta(in_memory(session.project)) == before
    assert session.saved, "taking back finds room even now"
    session.close()
    state, problems = read_back(path)
    assert (without_meta(state), problems) == (before, [])


def test_a_disk_that_stays_full_is_left_by_saving_elsewhere(desk: Desk, small_disk: Path, tmp_path: Path) -> None:
    dice = random.Random(2)
    desk.save_as(small_disk / "work.refseg")
    fill(small_disk)
    for _ in range(200):
        scribble(desk, dice)
        if desk.bridge.write_problem is not None:
            break
    desk.until(lambda: desk.bridge.write_problem is not None)
    desk.save_as(tmp_path / "rescued.refseg")
    desk.until_saved()
    expected = in_memory(desk.project)
    desk.close()
    assert read_back(tmp_path / "rescued.refseg") == (expected, [])


def test_saving_as_on_a_full_disk_changes_nothing(desk: Desk, small_disk: Path) -> None:
    scribble(desk, random.Random(3))
    desk.until_saved()
    former = desk.bridge.session.path
    fill(small_disk)
    desk.window.desk.save_as(small_disk / "new.refseg")
    desk.until(lambda: "full" in desk.message)
    assert desk.bridge.session.path == former
    assert not list(small_disk.glob("*.refseg*"))
    assert not list(small_disk.glob(".*"))


def test_a_folder_that_vanishes_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    dice = random.Random(4)
    share, away = tmp_path / "share", tmp_path / "away"
    share.mkdir()
    desk.save_as(share / "work.refseg")
    scribble(desk, dice)
    desk.until_saved()
    share.rename(away)
    scribble(desk, dice)
    desk.until(lambda: desk.bridge.write_problem is not None)
    assert "moved, deleted or replaced" in desk.message
    away.rename(share)
    scribble(desk, dice)
    desk.until_saved()
    expected = in_memory(desk.project)
    desk.close()
    assert read_back(share / "work.refseg") == (expected, [])


def test_a_folder_that_is_gone_for_good(desk: Desk, tmp_path: Path) -> None:
    dice = random.Random(5)
    share = tmp_path / "share"
    share.mkdir()
    desk.save_as(share / "work.refseg")
    scribble(desk, dice)
    desk.until_saved()
    shutil.rmtree(share)
    scribble(desk, dice)
    desk.until(lambda: desk.bridge.write_problem is not None)
    desk.save_as(tmp_path / "rescued.refseg")
    desk.until_saved()
    expected = in_memory(desk.project)
    desk.close()
    assert read_back(tmp_path / "rescued.refseg") == (expected, [])


# --- strangers at the file -------------------------------------------------------------------------------------------


def test_a_stranger_who_writes_into_the_file_is_noticed(desk: Desk, tmp_path: Path) -> None:
    dice = random.Random(6)
    path = tmp_path / "work.refseg"
    desk.save_as(path)
    scribble(desk, dice)
    desk.until_saved()
    with closing(sqlite3.connect(path)) as stranger, stranger:
        stranger.execute("UPDATE referents SET name = 'by a stranger'")
    scribble(desk, dice)
    desk.until(lambda: desk.bridge.write_problem is not None)
    assert "changed by another program" in desk.message
    desk.save_as(tmp_path / "both.refseg")
    desk.until_saved()
    masks = {key: value for key, value in in_memory(desk.project).items() if key[0] == "a"}
    desk.close()
    state, problems = read_back(tmp_path / "both.refseg")
    assert problems == []
    assert {key: value for key, value in state.items() if key[0] == "a"} == masks
    with ProjectStore.open(tmp_path / "both.refseg") as store:
        assert {referent.name for referent in store.load().referents.values()} >= {"by a stranger"}


def test_a_stranger_who_only_reads_disturbs_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "work.refseg"
    desk.save_as(path)
    scribble(desk, random.Random(7))
    desk.until_saved()
    with closing(sqlite3.connect(path)) as stranger:
        assert stranger.execute("SELECT COUNT(*) FROM annotations").fetchone() == (1,)
        stranger.execute("PRAGMA wal_checkpoint(PASSIVE)")
    scribble(desk, random.Random(8))
    desk.until_saved()
    expected = in_memory(desk.project)
    desk.close()
    assert read_back(path) == (expected, [])


def _other_project(path: Path) -> Path:
    with ProjectStore.create(path, author="Eve"):
        pass
    return path


def _replace(path: Path, other: Path) -> None:
    other.replace(path)


def _overwrite(path: Path, other: Path) -> None:
    del other
    with path.open("rb+") as file:
        file.write(random.Random(9).randbytes(path.stat().st_size))


def _empty(path: Path, other: Path) -> None:
    del other
    os.truncate(path, 0)


@pytest.mark.parametrize("mischief", [_replace, _overwrite, _empty])
def test_a_file_exchanged_behind_our_back_is_noticed_before_it_is_written(
    desk: Desk, tmp_path: Path, mischief: Callable[[Path, Path], None]
) -> None:
    dice = random.Random(10)
    path = tmp_path / "work.refseg"
    desk.save_as(path)
    scribble(desk, dice, 3)
    desk.until_saved()
    mischief(path, _other_project(tmp_path / "other.refseg"))
    after = path.read_bytes()
    scribble(desk, dice)
    desk.until(lambda: desk.bridge.write_problem is not None)
    assert str(path) in desk.message
    assert path.read_bytes() == after


# --- without a window ------------------------------------------------------------------------------------------------

LIMITED = """
import queue, resource, signal, sys
from pathlib import Path
import numpy as np
from refseg_annotator.core.annotation import MediumId
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Box
from refseg_annotator.errors import StorageError
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate
from refseg_annotator.services.documents import new_project
from refseg_annotator.services.jobs import SynchronousRunner
from tests.storage.records import SIZE, medium
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
session = new_project(Path(sys.argv[1]), runner=SynchronousRunner(), media=FrameCache(1 << 20))
failures = []
session.on_write_failed(lambda error: failures.append(error))
session.commit(PutMedium(medium(session.project.next_id())))
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
box, dice = Box(0, 0, SIZE.width, SIZE.height), np.random.default_rng(1)
count = 0
while not failures and count < 2000:
    annotate.paint_new(session, MediumId(1), 0, box, dice.random(box.shape) < 0.5)
    count += 1
assert failures and all(isinstance(error, StorageError) for error in failures), failures
print(failures[0])
assert not session.saved
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
annotate.paint_new(session, MediumId(1), 0, box, dice.random(box.shape) < 0.5)
session.flush()
print(len(session.project.annotations))
session.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file size")
def test_a_file_that_may_not_grow_is_told_and_written_later(tmp_path: Path) -> None:
    path = tmp_path / "a.refseg"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], check=False, cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    sentence, count = done.stdout.strip().splitlines()
    assert "a.refseg" in sentence
    state, problems = read_back(path)
    assert problems == []
    assert sum(key[0] == "a" for key in state) == int(count) > 10


POWERLESS = """
import os, sys
from pathlib import Path
from refseg_annotator.errors import ProjectError
from refseg_annotator.storage.project_store import ProjectStore
folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
try:
    ProjectStore.open(folder / "a.refseg")
except ProjectError as error:
    print(error)
try:
    ProjectStore.create(folder / "b.refseg")
except ProjectError as error:
    print(error)
with ProjectStore.open(folder / "a.refseg", read_only=True) as store:
    print(store.check(), len(store.load().media))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists, not in modes")
def test_a_read_only_folder_is_told_and_can_be_read() -> None:
    # Root may write anywhere: there the process gives its rights up first, in a folder that anyone may enter.
    folder = Path(tempfile.mkdtemp(prefix="refseg-read-only-"))
    try:
        with ProjectStore.create(folder / "a.refseg"):
            pass
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", POWERLESS, str(folder)],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
        )
        if "Permission denied" in done.stderr and "refseg_annotator" in done.stderr:
            pytest.skip("nobody may read this checkout")
        assert done.returncode == 0, done.stderr
        lines = done.stdout.strip().splitlines()
        assert [("read-only" in line, "save the project to another folder" in line) for line in lines[:2]] == [
            (True, True),
            (True, True),
        ]
        assert lines[2] == "[] 0"
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


RACERS = """
import os, sys, time
from pathlib import Path
from refseg_annotator.errors import LockedProjectError
from refseg_annotator.storage.project_store import ProjectStore
path = Path(sys.argv[1])
ProjectStore.create(path).close()
for _ in range(20):
    begin_read, begin_write = os.pipe()
    told_read, told_write = os.pipe()
    racers = []
    for _ in range(6):
        racer = os.fork()
        if racer == 0:
            os.close(begin_write)
            os.read(begin_read, 1)  # until the parent closes its end
            try:
                store = ProjectStore.open(path)
            except LockedProjectError:
                os.write(told_write, b"r")
            else:
                os.write(told_write, b"w")
            time.sleep(600)
            os._exit(0)
        racers.append(racer)
    os.close(begin_write)
    told = b""
    while len(told) < 6:
        told += os.read(told_read, 6)
    assert sorted(told) == sorted(b"rrrrrw"), told
    for racer in racers:
        os.kill(racer, 9)
        os.waitpid(racer, 0)
    os.close(begin_read), os.close(told_read), os.close(told_write)
    ProjectStore.open(path).close()
print("one at a time")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_of_many_who_open_a_project_at_once_one_may_write(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RACERS, str(tmp_path / "a.refseg")],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "one at a time"), done.stderr


def test_save_as_into_a_missing_folder_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no"):
        save_project_as(desk.bridge.session, tmp_path / "nowhere" / "a.refseg")


@pytest.mark.parametrize("seconds", [-(1 << 33), 0, 1 << 34, 1 << 40])
def test_a_clock_that_was_wrong_hides_no_unnamed_project(seconds: int) -> None:
    folder = settings.user_data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "untitled-20260101-000000-abcd.refseg"
    with ProjectStore.create(path) as store:
        store.write(everything_of(filled_project()))
    try:
        os.utime(path, (seconds, seconds))
    except (OSError, OverflowError):
        pytest.skip("this disk keeps no such time")
    (found,) = recoverable_projects()
    assert (found.path, found.media) == (path, 3)
