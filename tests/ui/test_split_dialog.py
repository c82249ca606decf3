"""The dialog of splits: plans off the window's thread, the last wish wins, and nobody is told after it closed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from refseg_annotator.core.annotation import MediumState, Split
from refseg_annotator.services import annotate, documents, split_work
from refseg_annotator.services.jobs import BATCH_LANE, JobContext
from refseg_annotator.ui.review.split_dialog import SplitDialog
from tests.ui.conftest import Desk, draw_shapes

PATIENCE = 60.0


class Held:
    """Planning that waits until it is let go; remembers on which thread, and with which shares, it was asked."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.threads: list[threading.Thread] = []
        self.shares: list[dict[Split, float]] = []
        self._plan = split_work.plan_splits

    def __call__(self, items: Any, **wishes: Any) -> Any:
        self.threads.append(threading.current_thread())
        self.shares.append(dict(wishes["shares"]))
        assert self.go.wait(PATIENCE)
        return self._plan(items, **wishes)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    found = Held()
    monkeypatch.setattr(split_work, "plan_splits", found)
    yield found
    found.go.set()


@pytest.fixture
def two(held: Held, open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    del held  # before the window, which is closed first
    return open_desk(draw_shapes(tmp_path / "a.png"), draw_shapes(tmp_path / "b.png"))


@pytest.fixture
def dialog(two: Desk) -> SplitDialog:
    """Its look-alikes are not wanted."""
    found = SplitDialog(two.bridge, two.window.jobs, two.window)
    found.look.setChecked(False)
    found.show()
    return found


def give_all_to(dialog: SplitDialog, wanted: Split) -> None:
    for split, box in dialog.shares.items():
        box.setValue(100 if split is wanted else 0)


def lane_is_empty(desk: Desk) -> None:
    """Wait until the batch lane has done all that was asked of it so far, and the window has heard of it."""
    ends: list[bool] = []

    def nothing(_: JobContext) -> Iterator[None]:
        yield from ()

    desk.bridge.runner.start(BATCH_LANE, nothing, on_done=lambda: ends.append(True))
    desk.until(lambda: ends)


def test_the_plan_is_made_in_the_lane_and_the_dialog_says_so(two: Desk, held: Held, dialog: SplitDialog) -> None:
    dialog.make_plan()
    two.until(lambda: held.threads)
    assert held.threads == [thread for thread in threading.enumerate() if thread.name == f"lane-{BATCH_LANE}"]
    assert dialog.note.text()
    assert not dialog.make.isEnabled()
    assert not dialog.use.isEnabled()
    assert len(two.window.jobs.running) == 1
    held.go.set()
    two.until(dialog.make.isEnabled)
    assert dialog.plan is not None
    assert dialog.use.isEnabled()
    assert dialog.note.text() == ""
    assert two.window.jobs.running == ()


def test_the_last_of_quick_wishes_wins(two: Desk, held: Held, dialog: SplitDialog) -> None:
    dialog.make_plan()
    two.until(lambda: held.shares)
    for wanted in (Split.TRAIN, Split.VAL, Split.TEST):
        give_all_to(dialog, wanted)
        # On the way from one to the other all shares may be nothing, of which no plan is made: ask again.
        dialog.make_plan()
    assert not dialog.make.isEnabled()
    assert len(two.window.jobs.running) == 1
    held.go.set()
    two.until(lambda: dialog.plan is not None)
    assert dialog.plan is not None
    assert set(dialog.plan.splits.values()) == {Split.TEST}
    assert len(held.shares) == 2, "what was asked in between never began"
    lane_is_empty(two)
    assert set(dialog.plan.splits.values()) == {Split.TEST}
    assert two.window.jobs.running == ()
    assert two.message == "", "nobody stopped anything"


@pytest.mark.parametrize("way", ["close", "escape", "new project"])
def test_a_closed_dialog_stops_its_plan(two: Desk, held: Held, dialog: SplitDialog, way: str) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.make_plan()
    two.until(lambda: held.threads)
    (job,) = two.window.jobs.running
    if way == "close":
        dialog.close()
    elif way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        two.bridge.session_changed.emit()
    assert job.cancelled
    assert two.window.jobs.running == ()
    two.until(lambda: gone)
    held.go.set()
    # Whatever it still has to tell is told now, with no widget left to show it.
    lane_is_empty(two)
    assert job.state == "cancelled"


def test_stopped_in_the_status_bar_it_says_so_and_can_be_asked_again(
    two: Desk, held: Held, dialog: SplitDialog
) -> None:
    dialog.make_plan()
    two.until(lambda: held.threads)
    two.window.jobs.running[0].cancel()
    held.go.set()
    two.until(dialog.make.isEnabled)
    assert "was stopped" in dialog.note.text()
    assert dialog.plan is None
    dialog.make_plan()
    two.until(lambda: dialog.plan is not None)


def test_other_shares_do_not_begin_the_looking_again(two: Desk, held: Held, dialog: SplitDialog) -> None:
    free = threading.Event()

    def wait(_: JobContext) -> Iterator[None]:
        assert free.wait(PATIENCE)
        yield from ()

    two.bridge.runner.start(BATCH_LANE, wait)
    dialog.look.setChecked(True)
    dialog.make_plan()
    (looking,) = two.window.jobs.running
    give_all_to(dialog, Split.VAL)
    assert two.window.jobs.running == (looking,)
    held.go.set()
    free.set()
    two.until(lambda: dialog.plan is not None)
    assert dialog.plan is not None
    assert set(dialog.plan.splits.values()) == {Split.VAL}
    assert len(held.shares) == 1


# --- using it ----------------------------------------------------------------------------------------------------


class HeldEdits(Held):
    """Making the edits waits likewise."""

    def __init__(self) -> None:
        super().__init__()
        self._edits = split_work.split_edits

    def __call__(self, media: Any, splits: Any) -> Any:
        self.threads.append(threading.current_thread())
        assert self.go.wait(PATIENCE)
        return self._edits(media, splits)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch, two: Desk, held: Held, dialog: SplitDialog) -> Iterator[HeldEdits]:
    """All are to be VAL, and the making of the edits is held."""
    found = HeldEdits()
    monkeypatch.setattr(split_work, "split_edits", found)
    held.go.set()
    give_all_to(dialog, Split.VAL)
    dialog.make_plan()
    two.until(dialog.use.isEnabled)
    yield found
    found.go.set()


def splits_of(desk: Desk) -> list[Split]:
    return [medium.split for medium in desk.project.media.values()]


def test_the_edits_are_made_in_the_lane_and_what_changed_meanwhile_stays(
    two: Desk, planned: HeldEdits, dialog: SplitDialog
) -> None:
    first, second = two.project.media
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    two.until(lambda: planned.threads)
    assert planned.threads == [thread for thread in threading.enumerate() if thread.name == f"lane-{BATCH_LANE}"]
    assert (dialog.make.isEnabled(), dialog.use.isEnabled()) == (False, False)
    assert len(two.window.jobs.running) == 1
    annotate.set_medium_state(two.bridge.session, first, MediumState.REVIEWED)
    assert splits_of(two) == [Split.NONE] * 2
    steps = two.bridge.session.history.state_number
    planned.go.set()
    two.until(lambda: not dialog.isVisible())
    assert splits_of(two) == [Split.VAL] * 2
    assert two.project.media[first].state is MediumState.REVIEWED
    assert two.message == "Split 2 pictures."
    assert two.window.jobs.running == ()
    assert two.bridge.session.history.state_number == steps + 1
    two.bridge.undo()
    assert splits_of(two) == [Split.NONE] * 2
    assert two.project.media[first].state is MediumState.REVIEWED
    assert second in two.project.media


def test_a_picture_removed_meanwhile_gets_no_split(two: Desk, planned: HeldEdits, dialog: SplitDialog) -> None:
    _, second = two.project.media
    dialog.apply()
    two.until(lambda: planned.threads)
    documents.remove_media(two.bridge.session, [second])
    planned.go.set()
    two.until(lambda: not dialog.isVisible())
    assert splits_of(two) == [Split.VAL]
    assert two.message == "Split 1 picture."


@pytest.mark.parametrize("way", ["close", "other shares", "status bar"])
def test_edits_nobody_waits_for_are_not_made(two: Desk, planned: HeldEdits, dialog: SplitDialog, way: str) -> None:
    dialog.apply()
    two.until(lambda: planned.threads)
    if way == "close":
        dialog.close()
    elif way == "other shares":
        give_all_to(dialog, Split.TEST)
    else:
        two.window.jobs.running[0].cancel()
    planned.go.set()
    lane_is_empty(two)
    if way == "status bar":
        two.until(dialog.use.isEnabled)
        assert "was stopped" in dialog.note.text()
    assert splits_of(two) == [Split.NONE] * 2
    assert dialog.isVisible() == (way != "close")
