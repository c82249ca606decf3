"""The project file: what is written comes back, others are kept out, and a refusing disk loses nothing."""

from __future__ import annotations

import errno
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    MediumId,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import (
    PutAnnotation,
    PutExpression,
    PutMedium,
    PutReferent,
    removing_medium,
    removing_referent,
)
from refseg_annotator.core.project import Draft, Project
from refseg_annotator.errors import BrokenProjectError, LockedProjectError, ProjectError, StorageError
from refseg_annotator.storage import project_store as store_module
from refseg_annotator.storage.faults import explained
from refseg_annotator.storage.project_store import ProjectStore, remove_project
from refseg_annotator.storage.schema import SCHEMA_VERSION
from refseg_annotator.storage.snapshot import Snapshot, everything_of, rows_of
from tests.storage.records import SIZE, contents, disc, filled_project, medium

LoadWhole = Callable[[ProjectStore], Project]


def test_everything_comes_back_equal(filled_file: Path, load_whole: LoadWhole) -> None:
    with ProjectStore.open(filled_file) as store:
        assert contents(load_whole(store)) == contents(filled_project(filled_file.parent / "media"))
        assert store.check() == []
        assert store.count_records() == (3, 5)
        assert store.schema_version == SCHEMA_VERSION


def test_annotations_come_medium_by_medium(filled_file: Path) -> None:
    with ProjectStore.open(filled_file) as store:
        project = store.load()
        assert not project.annotations
        assert not project.loaded_media
        clip = list(project.media)[2]
        assert [annotation.frame for annotation in store.load_annotations(clip)] == [2, 3, 8]
        assert store.load_annotations(MediumId(999)) == []


def test_a_closed_project_is_one_file(filled_file: Path) -> None:
    assert [path.name for path in filled_file.parent.iterdir()] == ["project.refseg"]


def test_paths_in_the_file_are_relative_and_project_and_media_move_together(filled_file: Path) -> None:
    with sqlite3.connect(filled_file) as raw:
        stored = [row[0] for row in raw.execute("SELECT path FROM media ORDER BY id")]
    raw.close()
    assert stored == ["media/1.png", "media/2.png", "media/3.png"]
    (filled_file.parent / "media").mkdir()
    moved = filled_file.parent.parent / "elsewhere"
    filled_file.parent.rename(moved)
    with ProjectStore.open(moved / "project.refseg") as store:
        assert [one.path for one in store.load().media.values()] == [
            (moved / "media" / f"{number}.png").as_posix() for number in (1, 2, 3)
        ]


def test_a_project_moved_alone_still_finds_its_media(filled_file: Path, tmp_path: Path) -> None:
    (filled_file.parent / "media").mkdir()
    alone = tmp_path / "alone.refseg"
    shutil.move(filled_file, alone)
    with ProjectStore.open(alone) as store:
        assert store.load().media[MediumId(1)].path == (filled_file.parent / "media" / "1.png").as_posix()


def test_one_edit_after_another(tmp_path: Path, load_whole: LoadWhole) -> None:
    project = filled_project(tmp_path)
    with ProjectStore.create(tmp_path / "a.refseg") as store:
        store.write(everything_of(project))
        for edit in (
            removing_referent(project, ReferentId(4)),
            removing_medium(project, MediumId(3)),
            PutReferent(Referent(ReferentId(project.next_id()), MediumId(1), "late")),
        ):
            inverse, change = edit.apply(project)
            store.write(rows_of(project, change))
            assert contents(load_whole(store)) == contents(project)
            _, change = inverse.apply(project)
            store.write(rows_of(project, change))
            assert contents(load_whole(store)) == contents(project)


def test_ids_of_dropped_records_are_not_given_again(tmp_path: Path) -> None:
    project = Project()
    number = MediumId(project.next_id())
    inverse, _ = PutMedium(medium(number)).apply(project)
    _, change = inverse.apply(project)
    with ProjectStore.create(tmp_path / "a.refseg") as store:
        store.write(rows_of(project, change))
        assert store.load().next_id() == number + 1


@pytest.mark.parametrize("killed", [True, False])
def test_a_draft_stays_only_where_it_was_ended(
    filled_file: Path, tmp_path: Path, load_whole: LoadWhole, killed: bool
) -> None:
    left = tmp_path / "left.refseg"
    with ProjectStore.open(filled_file) as store:
        project = load_whole(store)
        before = contents(project)
        here, elsewhere, *_ = project.media
        project.draft = Draft(here, project.highest_id)
        drawn, kept, phrase = (
            ReferentId(project.next_id()),
            ReferentId(project.next_id()),
            ExpressionId(project.next_id()),
        )
        mask = Annotation(drawn, 0, disc(SIZE, 9, 9, 4), Provenance(Origin.MANUAL))
        edits = (
            PutReferent(Referent(drawn, here)),
            PutReferent(Referent(kept, elsewhere)),
            PutExpression(Expression(phrase, here, "drawn blindly", (drawn,))),
            PutAnnotation(mask),
        )
        for edit in edits:
            _, change = edit.apply(project)
            store.write(rows_of(project, change))
        if not killed:
            project.draft = None
            _, change = PutReferent(Referent(ReferentId(project.next_id()), elsewhere)).apply(project)
            store.write(rows_of(project, change))
        store.copy_to(left).close()  # as a killed program leaves it
    with ProjectStore.open(left) as store:
        again = load_whole(store)
        assert (drawn in again.referents, phrase in again.expressions, kept in again.referents) == (
            not killed,
            not killed,
            True,
        )
        if killed:
            removing_referent(again, kept).apply(again)
            assert contents(again)[:4] == before[:4], "all but the highest id given"


def test_odd_texts_and_numbers_survive_or_become_nothing(tmp_path: Path) -> None:
    photo = replace(medium(1), path=os.fsdecode(b"/photos/\xff\xfe.png"))
    referent = Referent(ReferentId(2), MediumId(1), "a\x00b \ud800", "🐕")
    expression = Expression(ExpressionId(3), MediumId(1), "'; DROP TABLE media; --", (ReferentId(2),))
    odd = Provenance(
        Origin.PREDICTED,
        score=np.float32(0.5),  # type: ignore[arg-type]
        threshold=math.nan,
        iou_before=math.inf,
        clicks=np.int64(3),  # type: ignore[arg-type]
        seconds=math.nan,
    )
    snapshot = Snapshot(
        media=(photo,),
        referents=(referent,),
        expressions=(expression,),
        annotations=(Annotation(ReferentId(2), 0, disc(SIZE, 5, 5, 2), odd),),
        highest_id=3,
        author="Ada \udcff",
    )
    with ProjectStore.create(tmp_path / "a.refseg") as store:
        store.write(snapshot)
        project = store.load()
        assert project.media[photo.id] == photo
        assert project.referents[referent.id] == referent
        assert project.expressions[expression.id] == expression
        assert project.author == "Ada \udcff"
        assert store.load_annotations(photo.id)[0].provenance == Provenance(
            Origin.PREDICTED, score=0.5, clicks=3, seconds=0.0
        )


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_and_a_reader_is_not(filled_file: Path) -> None:
    with ProjectStore.open(filled_file) as store:
        with pytest.raises(LockedProjectError, match="open in another window"):
            ProjectStore.open(filled_file)
        with ProjectStore.open(filled_file, read_only=True) as reader:
            assert reader.is_read_only
            assert len(reader.load().media) == 3
            project = store.load()
            _, change = PutMedium(medium(project.next_id())).apply(project)
            store.write(rows_of(project, change))
            assert len(reader.load().media) == 4
            with pytest.raises(StorageError, match="reading only"):
                reader.write(Snapshot())
    ProjectStore.open(filled_file).close()


def test_a_second_process_is_refused(filled_file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from refseg_annotator.errors import LockedProjectError\n"
        "from refseg_annotator.storage.project_store import ProjectStore\n"
        "try: ProjectStore.open(Path(sys.argv[1])).close(); print('opened')\n"
        "except LockedProjectError as error: print(error)\n"
    )

    def other_process() -> str:
        return subprocess.run(
            [sys.executable, "-c", script, str(filled_file)], capture_output=True, text=True, check=True
        ).stdout

    with ProjectStore.open(filled_file):
        assert "is open in another window" in other_process()
    assert other_process() == "opened\n"


def test_another_name_for_the_same_file_is_locked_too(filled_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.refseg"
    try:
        link.symlink_to(filled_file)
    except OSError:
        pytest.skip("this system makes no links")
    with ProjectStore.open(filled_file):
        with pytest.raises(LockedProjectError):
            ProjectStore.open(link)
        with pytest.raises(LockedProjectError):
            ProjectStore.open(filled_file.parent / ".." / "work" / filled_file.name)
    with ProjectStore.open(link) as store:
        assert store.path == filled_file


@pytest.mark.parametrize("read_only", [False, True])
def test_a_failed_opening_leaves_no_connection(
    filled_file: Path, read_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = store_module.schema.connect
    opened: list[sqlite3.Connection] = []

    def noted(*arguments: object, **options: object) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options))
        return opened[-1]

    def refused(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(store_module.schema, "connect", noted)
    monkeypatch.setattr(store_module, "Strangers", refused)
    with pytest.raises(StorageError, match="Too many open files"):
        ProjectStore.open(filled_file, read_only=read_only)
    assert opened
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_a_failed_opening_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.refseg"
    path.write_bytes(b"SQLite format 3\x00" + bytes(500))
    with pytest.raises(BrokenProjectError):
        ProjectStore.open(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.refseg"]


def test_create_does_not_overwrite_unasked(filled_file: Path) -> None:
    with pytest.raises(StorageError, match="exists already"):
        ProjectStore.create(filled_file)
    with ProjectStore.create(filled_file, replace=True) as store:
        assert not store.load().media
    assert [path.name for path in filled_file.parent.iterdir()] == ["project.refseg"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"GIF89a" * 50, "is not a project"), (b"SQLite format 3\x00" + bytes(4096), "damaged|is not")],
)
def test_a_file_that_is_no_project(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.refseg"
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(BrokenProjectError, match=sentence):
            ProjectStore.open(path, read_only=read_only)
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no"):
        ProjectStore.open(tmp_path / "gone.refseg")
    with pytest.raises(BrokenProjectError, match="is a folder"):
        ProjectStore.open(tmp_path)


def test_another_programs_database_and_a_newer_version(filled_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE a (b)")
    raw.close()
    with pytest.raises(BrokenProjectError, match="database, but not a project"):
        ProjectStore.open(other)
    with sqlite3.connect(filled_file) as raw:
        raw.execute("PRAGMA user_version = 7")
    raw.close()
    with pytest.raises(
        BrokenProjectError, match=rf"newer RefSeg Annotator .format 7, this one reads up to {SCHEMA_VERSION}.; update"
    ):
        ProjectStore.open(filled_file)


def test_a_truncated_project_is_named_as_damaged(filled_file: Path) -> None:
    content = filled_file.read_bytes()
    filled_file.write_bytes(content[: len(content) // 2])
    with pytest.raises(BrokenProjectError, match="is damaged"), ProjectStore.open(filled_file) as store:
        store.load()


@pytest.mark.parametrize("cut", range(1, 12))
def test_overwritten_pages_never_escape_as_another_error(filled_file: Path, cut: int) -> None:
    content = bytearray(filled_file.read_bytes())
    page = 4096 * cut
    if page + 4096 > len(content):
        pytest.skip("the file is shorter")
    content[page : page + 4096] = os.urandom(4096)
    filled_file.write_bytes(content)
    try:
        with ProjectStore.open(filled_file) as store:
            problems = store.check()
    except BrokenProjectError:
        return
    assert problems


def test_a_file_that_acts_is_refused(filled_file: Path) -> None:
    with sqlite3.connect(filled_file) as raw:
        raw.execute("CREATE TRIGGER t AFTER INSERT ON media BEGIN DELETE FROM referents; END")
    raw.close()
    with pytest.raises(BrokenProjectError, match="trigger 't'"):
        ProjectStore.open(filled_file)


def test_a_missing_table_is_named(filled_file: Path) -> None:
    with sqlite3.connect(filled_file) as raw:
        raw.execute("DROP TABLE annotations")
    raw.close()
    with pytest.raises(BrokenProjectError, match="'annotations' is missing"):
        ProjectStore.open(filled_file)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE media SET width = -3",
        "UPDATE media SET width = 1099511627776",
        "UPDATE media SET width = 1000000, height = 1000000",
        "UPDATE media SET width = 'wide'",
        "UPDATE media SET frame_count = 0 WHERE id = 3",
        "UPDATE media SET frame_count = 5 WHERE id = 1",
        "UPDATE media SET kind = 'hologram'",
        "UPDATE media SET path = ''",
        "UPDATE media SET path = x'ff'",
        "UPDATE media SET id = -1 WHERE id = 2",
        "UPDATE media SET frame_rate = 9e999",
        "UPDATE referents SET medium_id = 77",
        "UPDATE referents SET hidden = 2",
        "UPDATE referents SET colour = 'red'",
        "UPDATE expressions SET first_frame = 5, last_frame = 2",
        "UPDATE expressions SET first_frame = 5",
        "UPDATE expressions SET no_target = 1",
        "UPDATE expression_targets SET referent_id = 88",
        "UPDATE expression_targets SET referent_id = 4",
        "UPDATE meta SET value = -4 WHERE key = 'highest_id'",
        "UPDATE meta SET value = 9223372036854775807 WHERE key = 'highest_id'",
    ],
)
def test_hostile_rows_are_refused_on_loading(filled_file: Path, statement: str) -> None:
    _tamper(filled_file, statement)
    with ProjectStore.open(filled_file) as store:
        with pytest.raises(BrokenProjectError, match=r"is damaged \(.+\); go back to a copy"):
            store.load()
        assert store.check()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE annotations SET x1 = 4000",
        "UPDATE annotations SET x0 = -1",
        "UPDATE annotations SET x0 = x1 + 1",
        "UPDATE annotations SET width = 32, height = 23",
        "UPDATE annotations SET width = 900000, height = 900000",
        "UPDATE annotations SET mask = 'text'",
        "UPDATE annotations SET mask = x'01'",
        "UPDATE annotations SET mask = x''",
        "UPDATE annotations SET frame = -1",
        "UPDATE annotations SET frame = 1",
        "UPDATE annotations SET origin = 'dreamt'",
        "UPDATE annotations SET score = 'high'",
        "UPDATE annotations SET clicks = -1",
        "UPDATE annotations SET keyframe = 9",
    ],
)
def test_hostile_masks_are_refused_when_their_medium_opens(filled_file: Path, statement: str) -> None:
    _tamper(filled_file, f"{statement} WHERE referent_id = 4")
    with ProjectStore.open(filled_file) as store:
        store.load()
        with pytest.raises(BrokenProjectError, match="the mask of referent 4"):
            store.load_annotations(MediumId(1))
        assert store.load_annotations(MediumId(3))
        assert store.check()


def test_masks_that_would_fill_all_memory_are_refused(filled_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MOST_MASK_BYTES", 10)
    with ProjectStore.open(filled_file) as store, pytest.raises(ProjectError, match="GB of memory"):
        store.load_annotations(MediumId(1))


def test_many_masks_of_a_medium_come_packed_and_are_the_same(
    filled_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ProjectStore.open(filled_file) as store:
        opened = store.load_annotations(MediumId(1))
        assert not any(annotation.mask.is_packed for annotation in opened)
        monkeypatch.setattr(store_module, "MOST_OPEN_PIXELS", 10)
        packed = store.load_annotations(MediumId(1))
    assert any(annotation.mask.is_packed for annotation in packed)
    assert all(annotation.mask.is_packed or annotation.mask.is_empty for annotation in packed)
    assert packed == opened
    assert [hash(one) for one in packed] == [hash(one) for one in opened]
    assert sum(one.mask.nbytes for one in packed) < sum(one.mask.nbytes for one in opened)


def _tamper(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path)
    with raw:
        raw.execute(statement)
    raw.close()


# --- disks that refuse -----------------------------------------------------------------------------------------------


def test_a_full_disk_writes_all_or_nothing_and_a_retry_works(tmp_path: Path, load_whole: LoadWhole) -> None:
    project = filled_project(tmp_path)
    with ProjectStore.create(tmp_path / "a.refseg") as store:
        connection = store._opened()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        noisy = Annotation(
            ReferentId(4),
            0,
            type(disc(SIZE, 1, 1, 1)).from_array(np.random.default_rng(1).random(SIZE.shape) < 0.5),
            Provenance(Origin.MANUAL, phrase="x" * 20000),
        )
        snapshot = replace(everything_of(project), annotations=(noisy,))
        with pytest.raises(StorageError, match=r"The disk is full, so 'a.refseg' could not be saved; free some space"):
            store.write(snapshot)
        assert not store.load().media
        connection.execute("PRAGMA max_page_count = 100000")
        store.write(snapshot)
        assert store.load_annotations(MediumId(1)) == [noisy]


@pytest.mark.parametrize(("free", "sentence"), [(4096, "The disk is full"), (1 << 30, "cannot be reached")])
def test_sqlite_s_io_error_on_a_full_disk_is_told_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, sentence: str
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(StorageError, match=sentence), explained(tmp_path / "a.refseg"):
        raise error


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EROFS, "read-only"), (errno.EACCES, "read-only"), (errno.ENOSPC, "disk is full"), (errno.EIO, "reached")],
)
def test_a_folder_that_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store_module, "take_place", refuse)
    with pytest.raises(StorageError, match=sentence):
        ProjectStore.create(tmp_path / "a.refseg")
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_folder_refuses_writers_and_serves_readers(
    filled_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests may run as root, for whom no folder is read-only: SQLite is told to behave as in one.
    true_connect = store_module.schema.connect

    def without_index(path: Path, *, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
        if read_only and not immutable:
            connection = true_connect(path, read_only=True)
            connection.execute("PRAGMA query_only = ON")
            connection.close()
            broken = sqlite3.connect(":memory:", isolation_level=None)
            broken.set_authorizer(lambda *_: sqlite3.SQLITE_DENY)
            return _Unopenable(broken)  # type: ignore[return-value]
        return true_connect(path, read_only=read_only, immutable=immutable)

    monkeypatch.setattr(store_module.schema, "connect", without_index)
    with ProjectStore.open(filled_file, read_only=True) as reader:
        assert len(reader.load().media) == 3
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StorageError, match="may not be written"):
        ProjectStore.open(filled_file)


class _Unopenable:
    """A connection that answers as SQLite does where it may not make the log's index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, _: str) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    def close(self) -> None:
        self._connection.close()


def test_a_file_deleted_or_replaced_while_open_is_noticed(filled_file: Path) -> None:
    with ProjectStore.open(filled_file) as store:
        filled_file.rename(filled_file.with_name("away.refseg"))
        with pytest.raises(StorageError, match="moved, deleted or replaced"):
            store.write(Snapshot(highest_id=99))
        shutil.copy(filled_file.with_name("away.refseg"), filled_file)
        with pytest.raises(StorageError, match="moved, deleted or replaced"):
            store.write(Snapshot(highest_id=99))


def test_a_closed_store_says_so(filled_file: Path) -> None:
    store = ProjectStore.open(filled_file)
    store.close()
    store.close()
    assert not store.is_open
    with pytest.raises(StorageError, match="is closed"):
        store.load()


# --- copies ----------------------------------------------------------------------------------------------------------


def test_a_copy_is_whole_and_its_media_are_found(filled_file: Path, tmp_path: Path, load_whole: LoadWhole) -> None:
    target = tmp_path / "far" / "away" / "copy.refseg"
    target.parent.mkdir(parents=True)
    with ProjectStore.open(filled_file) as store:
        before = contents(load_whole(store))
        with store.copy_to(target) as copy:
            assert contents(load_whole(copy)) == before
            assert copy.check() == []
            with pytest.raises(LockedProjectError):
                ProjectStore.open(target)
        assert store.is_open
    with sqlite3.connect(target) as raw:
        assert raw.execute("SELECT path FROM media WHERE id = 1").fetchone() == ("../../work/media/1.png",)
    raw.close()
    assert sorted(path.name for path in target.parent.iterdir()) == ["copy.refseg"]


def test_a_file_made_whole_and_copied_alone_has_everything(tmp_path: Path, load_whole: LoadWhole) -> None:
    """As a file manager copies it, without what SQLite keeps beside it."""
    path, alone = tmp_path / "a.refseg", tmp_path / "copy.refseg"
    with ProjectStore.create(path) as store:
        store.write(everything_of(filled_project(tmp_path / "media")))
        before = contents(load_whole(store))
        assert path.with_name("a.refseg-wal").stat().st_size > 0, "there is nothing to fold in"
        assert store.make_whole()
        shutil.copyfile(path, alone)
        assert store.make_whole(), "a second time there is nothing to do"
        store.write(Snapshot())  # and our own folding is nobody else's writing
    with ProjectStore.open(alone) as copy:
        assert contents(load_whole(copy)) == before
    assert not store.make_whole()


def test_a_file_that_another_program_reads_is_not_called_whole(filled_file: Path) -> None:
    with ProjectStore.open(filled_file) as store, closing(sqlite3.connect(filled_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM media").fetchone()
        project = store.load()
        store.write(rows_of(project, PutReferent(Referent(ReferentId(900), MediumId(1))).apply(project)[1]))
        before = time.monotonic()
        assert not store.make_whole()
        assert time.monotonic() - before < 2.0, "it has waited for the reader"
        reader.execute("ROLLBACK")
        assert store.make_whole()


def test_a_file_that_was_replaced_is_not_written_to_by_making_it_whole(filled_file: Path) -> None:
    with ProjectStore.open(filled_file) as store:
        other = filled_file.with_name("other")
        shutil.copyfile(filled_file, other)
        other.replace(filled_file)
        with pytest.raises(StorageError, match="was moved, deleted or replaced"):
            store.make_whole()


def test_a_copy_replaces_another_project_whole(filled_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "old.refseg"
    old = ProjectStore.create(target, author="Old")
    old.close()
    with ProjectStore.open(filled_file) as store, store.copy_to(target) as copy:
        assert copy.load().author == "Ada"


def test_a_copy_that_fails_leaves_the_old_file(
    filled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "old.refseg"
    ProjectStore.create(target, author="Old").close()

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_module, "rewrite_paths", refuse)
    with ProjectStore.open(filled_file) as store, pytest.raises(StorageError, match="full"):
        store.copy_to(target)
    with ProjectStore.open(target) as kept:
        assert kept.load().author == "Old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.refseg", "work"]


def test_a_copy_onto_an_open_project_is_refused(filled_file: Path, tmp_path: Path) -> None:
    with ProjectStore.create(tmp_path / "b.refseg"), ProjectStore.open(filled_file) as store:
        with pytest.raises(LockedProjectError):
            store.copy_to(tmp_path / "b.refseg")
        with pytest.raises(LockedProjectError):
            store.copy_to(filled_file)


def test_remove_project_takes_all_of_it(filled_file: Path) -> None:
    remove_project(filled_file)
    assert list(filled_file.parent.iterdir()) == []
