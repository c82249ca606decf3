"""Projects as documents, and the media in them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator import settings
from refseg_annotator.core.annotation import MediumId, MediumKind
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import BrokenProjectError, EditError, LockedProjectError, StorageError
from refseg_annotator.media import FrameCache, probe
from refseg_annotator.services import annotate, documents
from refseg_annotator.services.documents import (
    FoundMedia,
    FoundMedium,
    add_media,
    close_project,
    discard_project,
    find_media,
    is_untitled,
    measure_media,
    new_project,
    open_project,
    put_media,
    recoverable_projects,
    remove_media,
    save_project_as,
    unmeasured_media,
)
from refseg_annotator.services.jobs import Runner, SynchronousRunner
from refseg_annotator.services.session import UNMEASURED, Session
from refseg_annotator.storage.project_store import ProjectStore
from tests.media.clips import Recipe, make_clip
from tests.services.conftest import PATIENCE, Inbox
from tests.storage.records import contents

Photo = Callable[[str], Path]


@pytest.fixture
def untitled(cache: FrameCache) -> Session:
    return new_project(runner=SynchronousRunner(), media=cache, author="Ada")


def reopened(session: Session) -> Session:
    assert session.path is not None
    session.close()
    return open_project(session.path, runner=SynchronousRunner(), media=session.media)


# --- projects --------------------------------------------------------------------------------------------------------


def test_an_untitled_project_is_on_disk_from_its_first_edit(untitled: Session, photo: Photo) -> None:
    add_media(untitled, [photo("a.png")])
    assert untitled.path is not None
    assert untitled.path.parent == settings.user_data_folder()
    assert is_untitled(untitled.path)
    again = reopened(untitled)
    assert [again.path_of(medium_id) for medium_id in again.project.media] == [photo("a.png")]
    assert again.project.author == "Ada"
    close_project(again)
    assert again.path is not None
    assert again.path.exists()


def test_an_empty_untitled_project_leaves_nothing(untitled: Session) -> None:
    close_project(untitled)
    assert list(settings.user_data_folder().iterdir()) == []


def test_a_named_project_stays_though_empty(tmp_path: Path, cache: FrameCache) -> None:
    session = new_project(tmp_path / "named", runner=SynchronousRunner(), media=cache)
    assert session.path == tmp_path / "named.refseg"
    close_project(session)
    assert (tmp_path / "named.refseg").exists()
    with pytest.raises(StorageError, match="exists already"):
        new_project(tmp_path / "named.refseg", runner=SynchronousRunner(), media=cache)
    new_project(tmp_path / "named.refseg", runner=SynchronousRunner(), media=cache, replace=True).close()


def test_save_as_gives_an_untitled_project_its_name(untitled: Session, tmp_path: Path, photo: Photo) -> None:
    add_media(untitled, [photo("a.png")])
    annotate.mark_no_target(untitled, MediumId(1), "a cow")
    save_project_as(untitled, tmp_path / "work" / ".." / "mine")
    assert untitled.path is not None
    assert untitled.path.name == "mine.refseg"
    assert list(settings.user_data_folder().iterdir()) == []
    annotate.mark_no_target(untitled, MediumId(1), "a horse")
    again = reopened(untitled)
    assert contents(again.project)[:3] == contents(untitled.project)[:3]
    assert again.path_of(MediumId(1)) == photo("a.png")
    again.close()


def test_save_as_makes_paths_relative_to_the_new_place(session: Session, tmp_path: Path, photo: Photo) -> None:
    photos = photo("a.png").parent
    save_project_as(session, photos / "beside.refseg")
    session.close()
    with sqlite3.connect(photos / "beside.refseg") as raw:
        assert raw.execute("SELECT path FROM media ORDER BY id").fetchall() == [("a.png",), ("b.png",)]
    raw.close()
    assert (tmp_path / "project.refseg").exists()
    moved = tmp_path / "moved"
    shutil.move(photos, moved)
    again = open_project(moved / "beside.refseg", runner=SynchronousRunner(), media=session.media)
    assert again.path_of(MediumId(1)) == moved / "a.png"
    assert again.frames.read(again.path_of(MediumId(1)), 0).shape == (60, 80, 3)
    again.close()


def test_save_as_onto_itself_only_saves(session: Session) -> None:
    assert session.path is not None
    save_project_as(session, session.path.with_suffix(""))
    assert session.store is not None
    assert session.store.is_open


def test_save_as_onto_an_existing_file(session: Session, tmp_path: Path, cache: FrameCache) -> None:
    other = new_project(tmp_path / "other.refseg", runner=SynchronousRunner(), media=cache)
    with pytest.raises(LockedProjectError):
        save_project_as(session, tmp_path / "other.refseg")
    assert session.path == tmp_path / "project.refseg"
    other.close()
    with pytest.raises(StorageError, match="exists already"):
        save_project_as(session, tmp_path / "other.refseg", replace=False)
    save_project_as(session, tmp_path / "other.refseg")
    assert session.path == tmp_path / "other.refseg"
    assert session.saved


def test_opening_a_broken_project_leaves_nothing_open(session: Session, cache: FrameCache) -> None:
    session.close()
    assert session.path is not None
    raw = sqlite3.connect(session.path)
    with raw:
        raw.execute("UPDATE media SET width = -1")
    raw.close()
    with pytest.raises(BrokenProjectError, match="the width is -1"):
        open_project(session.path, runner=SynchronousRunner(), media=cache)
    ProjectStore.open(session.path).close()


# --- recovery --------------------------------------------------------------------------------------------------------


def test_untitled_projects_left_behind_are_offered_again(cache: FrameCache, photo: Photo) -> None:
    left = [new_project(runner=SynchronousRunner(), media=cache) for _ in range(3)]
    for number, session in enumerate(left):
        add_media(session, [photo(f"{number}.png")])
    annotate.mark_no_target(left[0], MediumId(1), "a cow")
    empty = new_project(runner=SynchronousRunner(), media=cache)
    for session in (left[0], left[1], empty):
        session.close()
    assert left[0].path is not None
    assert left[1].path is not None
    os.utime(left[0].path, (1e9, 1e9))
    found = recoverable_projects()
    assert [one.path for one in found] == [left[1].path, left[0].path]
    assert [(one.media, one.annotations) for one in found] == [(1, 0), (1, 0)]
    assert found[0].modified > found[1].modified
    assert not empty.path.exists()  # type: ignore[union-attr]
    discard_project(left[1].path)
    assert [one.path for one in recoverable_projects()] == [left[0].path]
    left[2].close()
    assert len(recoverable_projects()) == 2


def test_a_damaged_untitled_project_is_passed_over_and_kept(cache: FrameCache) -> None:
    folder = settings.user_data_folder()
    folder.mkdir(parents=True)
    (folder / "untitled-broken.refseg").write_bytes(b"junk")
    assert recoverable_projects() == []
    assert (folder / "untitled-broken.refseg").exists()


def test_a_project_with_a_name_is_never_discarded(session: Session) -> None:
    assert session.path is not None
    with pytest.raises(StorageError, match="not an untitled project"):
        discard_project(session.path)
    assert session.path.exists()


# --- media -----------------------------------------------------------------------------------------------------------


def test_files_and_folders_are_added_in_one_step(untitled: Session, tmp_path: Path, photo: Photo) -> None:
    for name in ("c10.png", "c2.png", "c1.png"):
        photo(name)
    single = photo("single.png").rename(tmp_path / "single.png")
    report = add_media(untitled, [single, tmp_path / "photos", single])
    assert report.skipped == ()
    assert report.present == ()
    assert [Path(medium.path).name for medium in untitled.project.media.values()] == [
        "single.png",
        "c1.png",
        "c2.png",
        "c10.png",
    ]
    sizes = [medium.size for medium in untitled.project.media.values()]
    assert sizes == [Size(80, 60), UNMEASURED, UNMEASURED, UNMEASURED]
    assert untitled.history.undo_title == "Add 4 media"
    again = add_media(untitled, [tmp_path / "photos"])
    assert again.added == ()
    assert again.present == report.added[1:]
    untitled.undo()
    assert not untitled.project.media
    close_project(untitled)


def test_a_folder_of_folders_is_searched_through(untitled: Session, photo: Photo, tmp_path: Path) -> None:
    photo("a.png")
    assert len(add_media(untitled, [tmp_path]).added) == 1
    close_project(untitled)


def test_what_lies_below_photos_on_top_is_counted_and_left_out(untitled: Session, photo: Photo, tmp_path: Path) -> None:
    top = photo("a.png").parent
    for name in ("b/1.png", "b/deep/2.png", "c10/3.mp4", "c9/4.png", "d/5.png", "notes/no.txt"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()
    report = add_media(untitled, [top])
    assert len(report.added) == 1
    assert [skipped.sentence for skipped in report.skipped] == [
        "'photos' has 5 more media in folders of its own (b, c9, c10, ...), left out here; open those folders, too."
    ]
    close_project(untitled)


def test_what_cannot_be_added_is_told_in_sentences(untitled: Session, tmp_path: Path, photo: Photo) -> None:
    good = photo("good.png")
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "zero.png").write_bytes(b"")
    (tmp_path / "broken.jpg").write_bytes(b"not a photo")
    named = ["gone.png", "empty", "notes.txt", "zero.png", "broken.jpg", "old.refseg"]
    report = add_media(untitled, [good, *(tmp_path / name for name in named)])
    assert len(report.added) == 1
    assert {skipped.path.name for skipped in report.skipped} == set(named)
    for skipped in report.skipped:
        assert skipped.path.name in skipped.sentence
        assert "\n" not in skipped.sentence
    close_project(untitled)


def test_nothing_to_add_makes_no_step(untitled: Session, tmp_path: Path) -> None:
    report = add_media(untitled, [tmp_path / "gone.png"])
    assert report.added == ()
    assert not untitled.history.can_undo
    close_project(untitled)


def test_a_folder_is_listed_without_opening_a_file(
    untitled: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.jpg").touch()

    def refuse(path: Path) -> Size:
        raise AssertionError(f"{path} was opened")

    monkeypatch.setattr(documents, "probe", refuse)
    report = put_media(untitled, find_media([folder]))
    assert len(report.added) == 3000
    assert untitled.saved
    untitled.undo()
    assert not untitled.project.media
    untitled.redo()
    again = reopened(untitled)
    assert len(again.project.media) == 3000
    again.close()


def test_media_only_listed_can_be_measured_before_an_export(untitled: Session, tmp_path: Path, photo: Photo) -> None:
    photo("a.png")
    (tmp_path / "photos" / "z.png").write_bytes(b"broken")
    add_media(untitled, [tmp_path / "photos"])
    assert len(unmeasured_media(untitled)) == 2
    steps = untitled.history.state_number
    (skipped,) = measure_media(untitled)
    assert skipped.path.name == "z.png"
    assert [medium.size for medium in untitled.project.media.values()] == [Size(80, 60), UNMEASURED]
    assert untitled.history.state_number == steps
    assert untitled.saved
    close_project(untitled)


def test_a_clip_is_measured_with_all_its_frames(untitled: Session, tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    for name in ("clips/listed.mp4", "named.mp4"):
        make_clip(tmp_path / name, Recipe(".mp4", "mpeg4", count=12))
    add_media(untitled, [tmp_path / "clips", tmp_path / "named.mp4"])
    assert {medium.size for medium in untitled.project.media.values()} == {UNMEASURED}
    measure_media(untitled)
    assert [medium.frame_count for medium in untitled.project.media.values()] == [12, 12]
    assert all(medium.frame_rate for medium in untitled.project.media.values())
    assert not unmeasured_media(untitled)
    close_project(untitled)


def test_a_named_clip_that_is_broken_is_refused_where_it_is_chosen(untitled: Session, tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"no clip")
    report = add_media(untitled, [tmp_path / "broken.mp4"])
    assert not report.added
    assert len(report.skipped) == 1
    close_project(untitled)


def test_a_clip_known_by_its_header_alone_is_measured_again(untitled: Session, tmp_path: Path) -> None:
    make_clip(tmp_path / "old.mp4", Recipe(".mp4", "mpeg4", count=12))
    found = FoundMedium(tmp_path / "old.mp4", MediumKind.VIDEO, probe(tmp_path / "old.mp4"))
    put_media(untitled, FoundMedia((found,)))
    measure_media(untitled)
    assert [medium.frame_count for medium in untitled.project.media.values()] == [12]
    close_project(untitled)


def test_removing_media_takes_all_of_theirs_in_one_step(session: Session) -> None:
    referent = annotate.new_referent(session, MediumId(1))
    annotate.mark_absent(session, referent, 0)
    annotate.add_expression(session, MediumId(1), "the dog", targets=[referent])
    before = contents(session.project)
    remove_media(session, list(session.project.media))
    assert contents(session.project)[:4] == ({}, {}, {}, {})
    session.undo()
    assert contents(session.project) == before
    assert remove_media(session, []).is_nothing
    with pytest.raises(EditError):
        remove_media(session, [MediumId(99)])


def test_a_clip_is_listed_as_one(untitled: Session, tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "a.mp4").touch()
    add_media(untitled, [folder])
    (medium,) = untitled.project.media.values()
    assert medium.kind is MediumKind.VIDEO
    untitled.commit(PutMedium(medium))
    close_project(untitled)


def test_saving_as_in_the_lane_lets_editing_go_on(
    tmp_path: Path, threads: Runner, inbox: Inbox, cache: FrameCache, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = new_project(runner=threads, media=cache)
    add_media(session, [photo("a.png")])
    session.flush()
    former, store = session.path, session.store
    assert former is not None
    assert store is not None
    copying, go, done = threading.Event(), threading.Event(), []
    true_copy = store.copy_to

    def slow(path: Path) -> ProjectStore:
        copying.set()
        assert go.wait(PATIENCE)
        return true_copy(path)

    monkeypatch.setattr(store, "copy_to", slow)
    failed: list[BaseException] = []
    documents.start_saving_as(session, tmp_path / "mine", on_done=lambda: done.append(True), on_failed=failed.append)
    assert copying.wait(PATIENCE)
    annotate.mark_no_target(session, MediumId(1), "typed meanwhile")
    assert not session.saved
    go.set()
    inbox.run_until(lambda: bool(done) and session.saved)
    assert session.path == tmp_path / "mine.refseg"
    assert not former.exists()
    again = reopened(session)
    assert [expression.text for expression in again.project.expressions.values()] == ["typed meanwhile"]
    again.close()
    assert failed == []


def test_saving_as_in_the_lane_that_fails_is_told(session: Session, tmp_path: Path) -> None:
    failed: list[BaseException] = []
    path = session.path
    documents.start_saving_as(
        session, tmp_path / "no" / "such" / "x.refseg", on_done=lambda: None, on_failed=failed.append
    )
    assert [type(error) for error in failed] == [StorageError]
    assert session.path == path
    assert session.saved
