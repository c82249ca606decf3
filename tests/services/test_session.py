"""The session: one writer; everything committed reaches the disk in order, and a refusing disk loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    MediumId,
    MediumKind,
    MediumState,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import DropMedium, PaintMask, PutAnnotation, PutMedium, PutReferent, Several
from refseg_annotator.core.events import Change
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.project import Project
from refseg_annotator.errors import BrokenProjectError, EditError, MediaError, StorageError
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import new_project, open_project
from refseg_annotator.services.frames import MediumFacts
from refseg_annotator.services.jobs import Runner, SynchronousRunner
from refseg_annotator.services.session import UNMEASURED, Session
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import Snapshot
from tests.services.conftest import PATIENCE, Inbox
from tests.storage.records import SIZE, contents, disc, medium


def put_referent(session: Session, name: str = "") -> ReferentId:
    referent = Referent(ReferentId(session.project.next_id()), MediumId(1), name)
    session.commit(PutReferent(referent, f"Add {name}"))
    return referent.id


def put_mask(session: Session, referent_id: ReferentId, x: int = 10) -> Change:
    size = session.project.media[MediumId(1)].size
    mask = disc(size, x, 10, 4)
    return session.commit(PutAnnotation(Annotation(referent_id, 0, mask, Provenance(Origin.MANUAL))))


def read_back(path: Path) -> Project:
    with ProjectStore.open(path, read_only=True) as store:
        project = store.load()
        for medium_id in project.media:
            project.put_loaded(medium_id, store.load_annotations(medium_id))
        return project


class UnwillingDisk:
    """Stands before a store's `write`: refuses while `is_full`, and keeps the order of what came through."""

    def __init__(self, store: ProjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        self.tried = 0
        self.written: list[Snapshot] = []
        self._write = store.write
        monkeypatch.setattr(store, "write", self.write)

    def write(self, snapshot: Snapshot) -> None:
        self.tried += 1
        if self.is_full:
            raise StorageError("The disk is full.")
        self._write(snapshot)
        self.written.append(snapshot)


@pytest.fixture
def disk(session: Session, monkeypatch: pytest.MonkeyPatch) -> UnwillingDisk:
    assert session.store is not None
    return UnwillingDisk(session.store, monkeypatch)


# --- committing ------------------------------------------------------------------------------------------------------


def test_what_is_committed_undone_and_redone_is_on_disk(session: Session) -> None:
    assert session.path is not None
    referent = put_referent(session, "dog")
    put_mask(session, referent)
    session.commit(PaintMask((referent, 0), Box(0, 0, 3, 2), np.ones((2, 3), bool)))
    for step in (session.undo, session.undo, session.redo, session.redo, session.undo):
        assert step() is not None
        assert session.saved
        assert session.history.is_saved
        assert contents(read_back(session.path)) == contents(session.project)
    assert session.project.annotations[referent, 0].mask == disc(Size(80, 60), 10, 10, 4)


def test_undo_and_redo_at_their_ends_do_nothing(session: Session) -> None:
    told: list[Change] = []
    session.subscribe(told.append)
    assert session.redo() is None
    session.undo()
    assert session.undo() is None
    assert len(told) == 1


def test_an_edit_that_does_not_fit_changes_nothing(session: Session, disk: UnwillingDisk) -> None:
    before, told = contents(session.project), []
    session.subscribe(told.append)
    with pytest.raises(EditError):
        session.commit(Several("no", (PutReferent(Referent(ReferentId(50), MediumId(1))), DropMedium(MediumId(77)))))
    assert contents(session.project)[:4] == before[:4]
    assert told == []
    assert disk.written == []


def test_the_first_work_on_a_medium_puts_it_in_work(session: Session) -> None:
    assert session.project.media[MediumId(1)].state is MediumState.UNSEEN
    referent = put_referent(session)
    assert session.project.media[MediumId(1)].state is MediumState.UNSEEN
    put_mask(session, referent)
    assert session.project.media[MediumId(1)].state is MediumState.IN_WORK
    session.undo()
    assert not session.project.annotations
    assert session.project.media[MediumId(1)].state is MediumState.IN_WORK
    assert session.history.undo_title == "Add "


# --- telling ---------------------------------------------------------------------------------------------------------


def test_everyone_is_told_until_they_end_it(session: Session) -> None:
    first, second = [], []
    end = session.subscribe(first.append)
    session.subscribe(second.append)
    change = session.commit(PutReferent(Referent(ReferentId(50), MediumId(1))))
    end()
    end()
    session.undo()
    assert first == [change]
    assert len(second) == 2


def test_a_change_made_by_a_listener_is_told_after_the_one_that_caused_it(session: Session) -> None:
    told: list[frozenset[ReferentId]] = []

    def follow(change: Change) -> None:
        if ReferentId(50) in change.referents and ReferentId(51) not in session.project.referents:
            session.commit(PutReferent(Referent(ReferentId(51), MediumId(1))))

    session.subscribe(follow)
    session.subscribe(lambda change: told.append(change.referents))
    session.commit(PutReferent(Referent(ReferentId(50), MediumId(1))))
    assert told == [frozenset({50}), frozenset({51})]


def test_a_listeners_mistake_neither_deafens_the_others_nor_keeps_the_edit_from_disk(
    session: Session, disk: UnwillingDisk
) -> None:
    told: list[Change] = []

    def slip(_: Change) -> None:
        raise ZeroDivisionError("in a widget")

    session.subscribe(slip)
    session.subscribe(told.append)
    with pytest.raises(ZeroDivisionError):
        put_referent(session)
    assert len(told) == 1
    assert len(disk.written) == 1


@pytest.mark.parametrize("change", [put_referent, lambda session: session.draft_on(MediumId(1))])
def test_another_thread_may_not_change_the_project(session: Session, change: Callable[[Session], object]) -> None:
    caught: list[BaseException] = []

    def intrude() -> None:
        try:
            change(session)
        except RuntimeError as error:
            caught.append(error)

    put_referent(session)
    thread = threading.Thread(target=intrude)
    thread.start()
    thread.join()
    assert "one thread only" in str(caught[0])
    assert session.project.draft is None


@pytest.mark.parametrize("killed", [True, False])
def test_what_is_made_while_a_draft_is_begun_stays_only_where_it_was_ended(
    session: Session, tmp_path: Path, killed: bool
) -> None:
    before = put_referent(session)
    session.draft_on(MediumId(1))
    drawn = put_referent(session)
    put_mask(session, drawn)
    if not killed:
        session.draft_on(None)
    after = put_referent(session)
    session.flush()
    assert session.store is not None
    left = tmp_path / "left.refseg"
    session.store.copy_to(left).close()  # what a killed program leaves
    with ProjectStore.open(left) as store:
        assert set(store.load().referents) == ({before} if killed else {before, drawn, after})


# --- disks that refuse -----------------------------------------------------------------------------------------------


def test_edits_wait_while_the_disk_is_full_and_go_in_order_when_it_is_not(
    session: Session, disk: UnwillingDisk
) -> None:
    failures: list[BaseException] = []
    saved: list[bool] = []
    end = session.on_write_failed(failures.append)
    session.on_saved(lambda: saved.append(session.saved))
    disk.is_full = True
    for name in "abc":
        put_referent(session, name)
    assert [str(error) for error in failures] == ["The disk is full."] * 3
    assert not session.saved
    assert not session.history.is_saved
    with pytest.raises(StorageError, match="disk is full"):
        session.flush()
    assert saved == []
    end()
    disk.is_full = False
    put_referent(session, "d")
    assert session.saved
    assert saved == [True]
    assert len(failures) == 3
    assert [snapshot.referents[0].name for snapshot in disk.written] == ["a", "b", "c", "d"]
    assert session.path is not None
    assert contents(read_back(session.path)) == contents(session.project)


def test_flush_alone_tries_again(session: Session, disk: UnwillingDisk) -> None:
    disk.is_full = True
    put_referent(session, "a")
    disk.is_full = False
    session.flush()
    assert session.saved
    session.flush()
    assert disk.tried == 2


def test_closing_is_refused_while_edits_wait_and_the_session_goes_on(session: Session, disk: UnwillingDisk) -> None:
    disk.is_full = True
    put_referent(session, "a")
    with pytest.raises(StorageError):
        session.close()
    put_referent(session, "b")
    disk.is_full = False
    session.close()
    session.close()
    assert session.store is not None
    assert not session.store.is_open
    assert session.path is not None
    assert [referent.name for referent in read_back(session.path).referents.values()] == ["a", "b"]


def test_edits_refused_by_one_disk_go_to_another(session: Session, disk: UnwillingDisk, tmp_path: Path) -> None:
    disk.is_full = True
    put_referent(session, "a")
    session.move_to(lambda store: store.copy_to(tmp_path / "other.refseg"))
    assert session.saved
    assert session.path == tmp_path / "other.refseg"
    assert contents(read_back(session.path)) == contents(session.project)


def test_a_move_that_fails_changes_nothing(session: Session, tmp_path: Path) -> None:
    path = session.path
    with pytest.raises(StorageError):
        session.move_to(lambda store: store.copy_to(tmp_path / "no" / "such" / "folder.refseg"))
    assert session.path == path
    put_referent(session, "a")
    assert session.saved


# --- lanes -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def threaded(tmp_path: Path, threads: Runner, cache: FrameCache) -> Session:
    session = new_project(tmp_path / "lanes.refseg", runner=threads, media=cache)
    session.commit(PutMedium(medium(session.project.next_id())))
    return session


def test_flush_returns_when_all_is_on_disk(threaded: Session, inbox: Inbox) -> None:
    for number in range(60):
        put_referent(threaded, str(number))
    threaded.flush()
    assert threaded.saved
    assert threaded.path is not None
    assert contents(read_back(threaded.path)) == contents(threaded.project)
    inbox.run_waiting()
    assert threaded.history.is_saved
    threaded.close()


def test_the_lane_writes_unasked_and_tells(threaded: Session, inbox: Inbox) -> None:
    told: list[bool] = []
    threaded.on_saved(lambda: told.append(True))
    put_referent(threaded, "a")
    inbox.run_until(lambda: bool(told))
    assert threaded.saved
    threaded.close()


def test_a_slow_disk_does_not_hold_up_the_window(
    threaded: Session, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    threaded.flush()
    store, go, writing = threaded.store, threading.Event(), threading.Event()
    assert store is not None
    true_write = store.write

    def slow(snapshot: Snapshot) -> None:
        writing.set()
        assert go.wait(PATIENCE)
        true_write(snapshot)

    monkeypatch.setattr(store, "write", slow)
    put_referent(threaded, "a")
    assert writing.wait(PATIENCE)
    put_referent(threaded, "b")
    assert not threaded.saved
    with pytest.raises(StorageError, match="has not been saved within 0 seconds"):
        threaded.flush(timeout=0.0)
    go.set()
    threaded.flush()
    assert threaded.saved
    threaded.close()


def test_failures_in_the_lane_are_told_here(threaded: Session, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    threaded.flush()
    inbox.run_waiting()
    assert threaded.store is not None
    disk = UnwillingDisk(threaded.store, monkeypatch)
    failures: list[BaseException] = []
    threaded.on_write_failed(failures.append)
    disk.is_full = True
    put_referent(threaded, "a")
    inbox.run_until(lambda: bool(failures))
    disk.is_full = False
    put_referent(threaded, "b")
    inbox.run_until(lambda: threaded.saved and threaded.history.is_saved)
    threaded.close()


def test_a_closed_lane_leaves_the_last_word_to_flush(threaded: Session, threads: Runner) -> None:
    threads.shutdown(PATIENCE)
    put_referent(threaded, "late")
    threaded.close()
    assert threaded.path is not None
    assert [referent.name for referent in read_back(threaded.path).referents.values()] == ["late"]


# --- masks come and go -----------------------------------------------------------------------------------------------


def _reopened(session: Session, **budget: int) -> Session:
    session.close()
    assert session.path is not None
    store = ProjectStore.open(session.path)
    return Session(store.load(), store=store, runner=session.runner, media=session.media, **budget)


def test_masks_are_loaded_when_an_edit_needs_them(session: Session) -> None:
    referent = put_referent(session)
    put_mask(session, referent)
    again = _reopened(session)
    assert not again.project.annotations
    again.commit(PaintMask((referent, 0), Box(0, 0, 3, 2), np.ones((2, 3), bool)))
    assert again.project.annotations[referent, 0].mask.area == disc(SIZE, 10, 10, 4).area + 6
    assert MediumId(2) not in again.project.loaded_media
    again.close()


def test_masks_out_of_sight_are_let_go_and_undo_brings_them_back(tmp_path: Path, cache: FrameCache) -> None:
    session = new_project(tmp_path / "many.refseg", runner=SynchronousRunner(), media=cache)
    for _ in range(12):
        session.commit(PutMedium(medium(session.project.next_id())))
    small = _reopened(session, mask_budget=1)
    small.shown = MediumId(3)
    for medium_id in list(small.project.media):
        referent = Referent(ReferentId(small.project.next_id()), medium_id)
        mask = Annotation(referent.id, 0, disc(SIZE, 10, 10, 4), Provenance(Origin.MANUAL))
        small.commit(Several("Both", (PutReferent(referent), PutAnnotation(mask))))
    assert small.project.loaded_media == {3, 9, 10, 11, 12}
    assert len(small.project.annotations) == 5
    for _ in range(12):
        assert small.undo() is not None
    assert not small.project.annotations
    for _ in range(12):
        assert small.redo() is not None
    assert small.path is not None
    assert len(read_back(small.path).annotations) == 12
    small.close()


def test_masks_wait_in_memory_while_the_disk_is_full(
    session: Session, monkeypatch: pytest.MonkeyPatch, cache: FrameCache
) -> None:
    for _ in range(8):
        session.commit(PutMedium(medium(session.project.next_id())))
    small = _reopened(session, mask_budget=1)
    assert small.store is not None
    disk = UnwillingDisk(small.store, monkeypatch)
    disk.is_full = True
    for medium_id in list(small.project.media):
        referent = Referent(ReferentId(small.project.next_id()), medium_id)
        size = small.project.media[medium_id].size
        mask = Annotation(referent.id, 0, disc(size, 10, 10, 4), Provenance(Origin.MANUAL))
        small.commit(Several("Both", (PutReferent(referent), PutAnnotation(mask))))
    assert len(small.project.annotations) == 10
    small.close(abandon=True)


def test_masks_can_be_read_in_the_io_lane(threaded: Session, inbox: Inbox) -> None:
    referent = put_referent(threaded)
    put_mask(threaded, referent)
    threaded.flush()
    again = _reopened(threaded)
    opened, failed = [], []
    assert again.load_then(MediumId(1), lambda: opened.append(1), failed.append) is not None
    inbox.run_until(lambda: bool(opened))
    assert (referent, 0) in again.project.annotations
    assert again.load_then(MediumId(1), lambda: opened.append(2), failed.append) is None
    assert opened == [1, 2]
    assert failed == []
    again.close()


def test_masks_read_in_the_lane_never_overwrite_later_edits(threaded: Session, inbox: Inbox) -> None:
    referent = put_referent(threaded)
    put_mask(threaded, referent)
    threaded.flush()
    again = _reopened(threaded)
    opened: list[bool] = []
    again.load_then(MediumId(1), lambda: opened.append(True), lambda _: None)
    put_mask(again, referent, x=20)
    inbox.run_until(lambda: bool(opened))
    assert again.project.annotations[referent, 0].mask == disc(SIZE, 20, 10, 4)
    again.close()


def test_masks_read_in_the_lane_are_read_again_where_they_were_edited_and_let_go(
    threaded: Session, inbox: Inbox
) -> None:
    referent = put_referent(threaded)
    put_mask(threaded, referent)
    threaded.flush()
    again = _reopened(threaded)
    read = again.store.load_annotations
    is_read = threading.Event()

    def note(medium_id: MediumId) -> list[Annotation]:
        found = read(medium_id)
        is_read.set()
        return found

    again.store.load_annotations = note
    opened: list[bool] = []
    again.load_then(MediumId(1), lambda: opened.append(True), lambda _: None)
    assert is_read.wait(PATIENCE)
    put_mask(again, referent, x=20)
    again.set_down([MediumId(1)])
    assert MediumId(1) not in again.project.loaded_media
    inbox.run_until(lambda: bool(opened))
    assert again.project.annotations[referent, 0].mask == disc(SIZE, 20, 10, 4)
    again.close()


def test_masks_that_do_not_fit_are_one_sentence(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    again = _reopened(session)
    stray = Annotation(ReferentId(99), 0, disc(SIZE, 1, 1, 1), Provenance(Origin.MANUAL))
    monkeypatch.setattr(again.store, "load_annotations", lambda _: [stray])
    with pytest.raises(BrokenProjectError, match="do not fit it"):
        again.ensure_loaded(MediumId(1))
    again.close()


# --- facts from files ------------------------------------------------------------------------------------------------


def test_a_size_learned_is_no_undo_step_and_undo_does_not_take_it_back(session: Session) -> None:
    listed = replace(medium(session.project.next_id()), size=UNMEASURED)
    session.commit(PutMedium(listed))
    assert not session.is_measured(listed.id)
    session.commit(PutMedium(replace(listed, state=MediumState.REVIEWED)))
    session.learn({listed.id: MediumFacts(SIZE)})
    assert session.is_measured(listed.id)
    assert session.project.media[listed.id] == replace(listed, size=SIZE, state=MediumState.REVIEWED)
    session.undo()
    assert session.project.media[listed.id] == replace(listed, size=SIZE)
    assert session.path is not None
    assert read_back(session.path).media[listed.id].size == SIZE
    session.undo()
    assert listed.id not in session.project.media
    session.redo()
    assert session.project.media[listed.id].size == SIZE
    assert session.learn({listed.id: MediumFacts(SIZE), MediumId(999): MediumFacts(SIZE)}).is_nothing


def test_a_true_photo_of_one_pixel_counts_as_measured_once_looked_at(session: Session) -> None:
    dot = replace(medium(session.project.next_id()), size=Size(1, 1))
    session.commit(PutMedium(dot))
    assert not session.is_measured(dot.id)
    session.learn({dot.id: MediumFacts(Size(1, 1))})
    assert session.is_measured(dot.id)


def test_a_file_that_changed_its_size_under_its_masks_is_refused(session: Session) -> None:
    put_mask(session, put_referent(session))
    with pytest.raises(MediaError, match="is 5 x 5 now, but was 80 x 60 when its masks were drawn"):
        session.learn({MediumId(1): MediumFacts(Size(5, 5)), MediumId(2): MediumFacts(Size(7, 7))})
    assert session.project.media[MediumId(1)].size == Size(80, 60)
    assert session.project.media[MediumId(2)].size == Size(7, 7)


def test_a_clip_that_became_shorter_than_its_masks_is_refused_and_the_others_are_noted(session: Session) -> None:
    clip = replace(medium(session.project.next_id(), frames=9), frame_rate=25.0)
    session.commit(PutMedium(clip))
    referent = Referent(ReferentId(session.project.next_id()), clip.id)
    session.commit(PutReferent(referent))
    session.commit(PutAnnotation(Annotation(referent.id, 6, Mask.empty(clip.size), Provenance(Origin.MANUAL))))
    listed = replace(medium(session.project.next_id()), size=UNMEASURED)
    session.commit(PutMedium(listed))
    shorter = MediumFacts(clip.size, 6, 25.0, MediumKind.VIDEO)
    with pytest.raises(MediaError, match="has 6 frames now, and the work on it reaches up to frame 6; put the former"):
        session.learn({clip.id: shorter, listed.id: MediumFacts(SIZE)})
    assert session.project.media[clip.id].frame_count == 9
    assert session.is_measured(listed.id)
    session.learn({clip.id: replace(shorter, frame_count=7)})
    assert session.project.media[clip.id].frame_count == 7


# --- in memory only --------------------------------------------------------------------------------------------------


def test_a_project_without_a_file_lives_in_memory(cache: FrameCache) -> None:
    session = Session(Project(), store=None, runner=SynchronousRunner(), media=cache)
    assert session.saved
    session.commit(PutMedium(medium(1)))
    assert not session.saved
    assert session.path is None
    session.flush()
    assert session.path_of(MediumId(1)) == Path("/photos/1.png")
    with pytest.raises(EditError, match="in memory only"):
        session.move_to(lambda store: store)
    with pytest.raises(EditError, match="no longer part of the project"):
        session.path_of(MediumId(9))
    session.close()


def test_reopening_starts_saved_and_without_history(session: Session, photo: Callable[[str], Path]) -> None:
    put_mask(session, put_referent(session))
    session.close()
    assert session.path is not None
    again = open_project(session.path, runner=SynchronousRunner(), media=session.media)
    assert again.saved
    assert again.history.is_saved
    assert not again.history.can_undo
    assert again.path_of(MediumId(1)) == photo("a.png")
    again.close()


def test_masks_are_read_where_the_project_has_gone_meanwhile(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by `python -m tests.crash`: a save under another name closed the file that a reader was about to read."""
    referent_id = put_referent(session)
    put_mask(session, referent_id)
    session.flush()
    medium_id = session.project.referents[referent_id].medium_id
    session.shown = None
    session.set_down([medium_id])
    read, moved = ProjectStore.load_annotations, tmp_path / "elsewhere.refseg"

    def overtaken(store: ProjectStore, wanted: MediumId) -> list[Annotation]:
        if session.path != moved:
            session.move_to(lambda former: former.copy_to(moved))
        return read(store, wanted)

    monkeypatch.setattr(ProjectStore, "load_annotations", overtaken)
    reached: list[str] = []
    session.load_then(medium_id, lambda: reached.append("loaded"), lambda error: reached.append(str(error)))
    assert reached == ["loaded"]
    assert session.path == moved
    assert (referent_id, 0) in session.project.annotations
