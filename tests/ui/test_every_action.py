"""Every action of the table through a real key, or where it has none by mouse in its menu; each does what it says.

A case is a generator: what it does before its `yield` prepares, then the action is triggered by key or mouse, what
stands after the `yield` proves it. The last test holds the list of cases against the table of actions.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit

from refseg_annotator.core.annotation import MediumKind, MediumState
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from refseg_annotator.services import annotate
from refseg_annotator.services.batch_plan import PhraseRow
from refseg_annotator.services.propagate_proposal import PropagationPhase
from refseg_annotator.ui.actions.action_table import ACTIONS, ActionRow, Menu, Scope, action_row
from refseg_annotator.ui.canvas.loupe import Loupe
from refseg_annotator.ui.guidance.tour import Tour
from tests.ui.clips import draw_frame, write_clip
from tests.ui.conftest import Desk, draw_shapes

PATIENCE: Final = 60_000
FRAMES: Final = 24
LEFT, RIGHT = Box(30, 60, 90, 120), Box(150, 50, 210, 110)

Prove = Generator[None, None, None]
# The screen without a screen says so of every menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@dataclass(frozen=True)
class Hands:
    """What a case works with."""

    desk: Desk
    tmp_path: Path
    answers: dict[str, Any]
    """What file dialogs answer, by the name of their function; which were asked stands under "asked"."""

    @property
    def actions(self) -> Any:
        return self.desk.window.actions_

    def until(self, is_so: Callable[[], object]) -> None:
        self.desk.until(is_so, PATIENCE)

    @property
    def offered_action(self) -> str | None:
        message = self.desk.window.messages.message
        return None if message is None else message.action

    def dialog(self, name: str) -> None:
        """Wait for a dialog of that class, and close it."""

        def shown() -> list[QDialog]:
            return [
                one
                for one in QApplication.topLevelWidgets()
                if type(one).__name__ == name and one.isVisible() and isinstance(one, QDialog)
            ]

        self.until(shown)
        shown()[0].close()

    def paint(self, *boxes: Box) -> Any:
        """A referent with boxes as its mask, selected."""
        array = np.zeros((160, 240), bool)
        for box in boxes:
            array[box.slices] = True
        session, medium_id = self.desk.bridge.session, self.desk.bridge.medium_id
        made = annotate.paint_new(session, medium_id, 0, Box(0, 0, 240, 160), array)
        self.desk.bridge.select(made)
        return made

    def settle(self, frame: int) -> Any:
        """The red square's mask on a frame of the clip, settled."""
        desk = self.desk
        referent = desk.bridge.referent_id or annotate.new_referent(desk.bridge.session, desk.bridge.medium_id)
        mask = Mask.from_array((draw_frame(frame) == (220, 40, 40)).all(axis=-1))
        annotate.set_mask(desk.bridge.session, referent, frame, mask)
        desk.bridge.select(referent)
        return referent

    def go(self, frame: int) -> None:
        self.desk.bridge.show(self.desk.bridge.medium_id, frame)
        self.until(lambda: self.desk.window.loader.frame == frame and not self.desk.canvas.is_waiting)

    def offered(self) -> list[int]:
        """Wait for masks on offer; their frames."""
        propagation = self.desk.bridge.propagation
        self.until(lambda: propagation.state.phase is PropagationPhase.PROPOSAL)
        return list(propagation.proposal.frames)

    def still(self) -> None:
        """The hand is free and nothing is computed."""
        self.until(lambda: not self.desk.window.tools.options.is_busy)


CASES: dict[str, tuple[str, Callable[[Hands], Prove]]] = {}


def case(*ids: str, scene: str = "photo") -> Callable[[Callable[..., Prove]], Callable[..., Prove]]:
    def put(function: Callable[..., Prove]) -> Callable[..., Prove]:
        for action_id in ids:
            assert action_id not in CASES
            CASES[action_id] = (scene, (lambda hands, i=action_id: function(hands, i)) if len(ids) > 1 else function)
        return function

    return put


# --- File ------------------------------------------------------------------------------------------------------------


@case("new_project")
def new_project(h: Hands) -> Prove:
    assert h.desk.project.media
    yield
    h.until(lambda: not h.desk.project.media)


@case("open_pictures")
def open_pictures(h: Hands) -> Prove:
    h.answers["getOpenFileNames"] = [str(draw_shapes(h.tmp_path / "other.png"))]
    yield
    h.until(lambda: len(h.desk.project.media) == 2)


@case("open_folder")
def open_folder(h: Hands) -> Prove:
    folder = h.tmp_path / "folder"
    folder.mkdir()
    draw_shapes(folder / "a.png")
    draw_shapes(folder / "b.png")
    h.answers["getExistingDirectory"] = str(folder)
    yield
    h.until(lambda: len(h.desk.project.media) == 3)


def folder_of_frames(h: Hands) -> Path:
    folder = h.tmp_path / "frames"
    folder.mkdir()
    for number in range(20):
        Image.fromarray(draw_frame(number)).save(folder / f"{number:05}.png")
    return folder


def clips(h: Hands) -> list[int]:
    return [one.frame_count for one in h.desk.project.media.values() if one.kind is MediumKind.VIDEO]


@case("open_frames")
def open_frames(h: Hands) -> Prove:
    h.answers["getExistingDirectory"] = str(folder_of_frames(h))
    yield
    h.until(lambda: clips(h) == [20])


@case("as_one_clip", scene="empty")
def as_one_clip(h: Hands) -> Prove:
    h.desk.window.desk.open_paths([folder_of_frames(h)])
    h.until(lambda: h.offered_action == "as_one_clip")
    yield
    h.until(lambda: clips(h) == [20])


@case("open_project", scene="empty")
def open_project(h: Hands) -> Prove:
    desk, path = h.desk, h.tmp_path / "kept.refseg"
    desk.window.desk.open_paths([draw_shapes(h.tmp_path / "a.png")])
    desk.until_picture()
    desk.save_as(path)
    desk.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    h.until(lambda: not desk.project.media)
    h.answers["getOpenFileName"] = str(path)
    yield
    h.until(lambda: desk.bridge.session.path == path)


@case("recover", scene="recoverable")
def recover(h: Hands) -> Prove:
    h.until(lambda: h.offered_action == "recover")
    yield
    h.until(lambda: len(h.desk.project.media) == 1)


@case("save")
def save(h: Hands) -> Prove:
    h.desk.save_as(h.tmp_path / "named.refseg")
    yield
    h.until(lambda: h.desk.message == "All edits are on disk.")


@case("save_as")
def save_as(h: Hands) -> Prove:
    h.answers["getSaveFileName"] = str(h.tmp_path / "another.refseg")
    yield
    h.until(lambda: h.desk.message.startswith("Saved as another.refseg"))
    assert h.desk.bridge.session.path == h.tmp_path / "another.refseg"


def opens(action_id: str, dialog: str, scene: str = "photo") -> None:
    @case(action_id, scene=scene)
    def opened(h: Hands) -> Prove:
        yield
        h.dialog(dialog)


opens("import", "ImportDialog")
opens("export", "ExportDialog")
opens("models", "ModelsDialog")
opens("settings", "SettingsDialog")
opens("batch", "BatchDialog")
opens("statistics", "StatisticsDialog")
opens("splits", "SplitDialog")
opens("guide", "GuideWindow")
opens("shortcuts", "ShortcutSheet")
opens("palette", "Palette")
opens("edit_keys", "KeysDialog")
opens("propagate_range", "PropagationDialog", "clip")


@case("quit")
def quit_(h: Hands) -> Prove:
    h.desk.until_saved()
    yield
    h.until(lambda: not h.desk.window.isVisible())


# --- Edit ------------------------------------------------------------------------------------------------------------


@case("undo")
def undo(h: Hands) -> Prove:
    assert h.desk.project.annotations
    yield
    assert not h.desk.project.annotations


@case("redo")
def redo(h: Hands) -> Prove:
    h.desk.bridge.undo()
    assert not h.desk.project.annotations
    yield
    assert h.desk.project.annotations


@case("new_referent")
def new_referent(h: Hands) -> Prove:
    before = set(h.desk.project.referents)
    yield
    assert set(h.desk.project.referents) - before == {h.desk.bridge.referent_id}


@case("new_expression")
def new_expression(h: Hands) -> Prove:
    yield
    h.until(lambda: isinstance(h.desk.window.focusWidget(), QLineEdit))
    QTest.keyClicks(h.desk.focus, "another way to say it")
    h.desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    h.until(lambda: "another way to say it" in {one.text for one in h.desk.project.expressions.values()})


@case("rename")
def rename(h: Hands) -> Prove:
    h.desk.bridge.select(h.desk.bridge.referent_id)
    yield
    h.until(lambda: isinstance(h.desk.window.focusWidget(), QLineEdit))
    h.desk.focus.selectAll()
    QTest.keyClicks(h.desk.focus, "Rex")
    h.desk.key(Qt.Key.Key_Return)
    project = h.desk.project
    h.until(lambda: "Rex" in {one.name for one in project.referents.values()})


@case("delete")
def delete(h: Hands) -> Prove:
    h.desk.bridge.select(h.desk.bridge.referent_id)
    yield
    assert not h.desk.project.referents


@case("delete_mask")
def delete_mask(h: Hands) -> Prove:
    yield
    assert not h.desk.project.annotations
    assert h.desk.project.referents


@case("toggle_hidden")
def toggle_hidden(h: Hands) -> Prove:
    yield
    assert h.desk.bridge.referent.hidden


@case("toggle_locked")
def toggle_locked(h: Hands) -> Prove:
    yield
    assert h.desk.bridge.referent.locked


# --- Phrase ----------------------------------------------------------------------------------------------------------


@case("focus_phrase")
def focus_phrase(h: Hands) -> Prove:
    yield
    assert h.desk.window.focusWidget() is h.desk.window.phrase_bar.edit


@case("run_phrase")
def run_phrase(h: Hands) -> Prove:
    h.desk.letters("/blue square")
    yield
    h.desk.until_proposal()


@case("add_phrase")
def add_phrase(h: Hands) -> Prove:
    h.desk.letters("/the one at the left")
    yield
    h.until(lambda: "the one at the left" in {one.text for one in h.desk.project.expressions.values()})
    assert len(h.desk.project.referents) == 1


@case("segment_again")
def segment_again(h: Hands) -> Prove:
    yield
    h.desk.until_proposal()
    assert h.desk.bridge.accept_into == h.desk.bridge.referent_id


@case("accept", scene="offer")
def accept(h: Hands) -> Prove:
    yield
    assert len(h.desk.project.annotations) == 1


@case("accept_into", scene="offer")
def accept_into(h: Hands) -> Prove:
    made = annotate.new_referent(h.desk.bridge.session, h.desk.bridge.medium_id)
    h.desk.bridge.select(made)
    yield
    assert list(h.desk.project.annotations) == [(made, 0)]


@case("reject", scene="offer")
def reject(h: Hands) -> Prove:
    yield
    assert h.desk.bridge.assist.proposal is None
    assert not h.desk.project.annotations


@case("no_target", scene="offer")
def no_target(h: Hands) -> Prove:
    yield
    assert [one.no_target for one in h.desk.project.expressions.values()] == [True]


@case("accept_and_next", scene="photos")
def accept_and_next(h: Hands) -> Prove:
    here = h.desk.bridge.medium_id
    yield
    assert h.desk.project.media[here].state is MediumState.REVIEWED
    assert h.desk.bridge.medium_id != here


@case(*(f"pick_{digit}" for digit in range(1, 10)), scene="bare")
def pick(h: Hands, action_id: str) -> Prove:
    for number in range(9):
        h.paint(Box(20 * number, 0, 20 * number + 10, 10))
    h.desk.bridge.select(None)
    yield
    ids = [one.id for one in h.desk.bridge.referents_here()]
    assert h.desk.bridge.referent_id == ids[int(action_id[-1]) - 1]


# --- Tools -----------------------------------------------------------------------------------------------------------

TOOLS: Final = (
    "select", "points", "brush", "eraser", "polygon", "lasso", "rectangle", "wand", "superpixels", "fill",
)  # fmt: skip


@case(*TOOLS)
def tool(h: Hands, action_id: str) -> Prove:
    h.actions["lasso" if action_id == "select" else "select"].trigger()
    yield
    assert h.desk.bridge.tool.id == action_id
    assert h.actions[action_id].isChecked()


@case("brush_smaller", "brush_larger")
def brush_size(h: Hands, action_id: str) -> Prove:
    h.desk.letters("b")
    before = h.desk.bridge.brush_radius
    yield
    assert (h.desk.bridge.brush_radius > before) == (action_id == "brush_larger")
    assert h.desk.bridge.brush_radius != before


@case("step_back")
def step_back(h: Hands) -> Prove:
    desk = h.desk
    desk.letters("p")
    for x, y in ((100, 20), (130, 20), (130, 40)):
        desk.press(x, y)
        desk.release(x, y)
    corners = len(desk.canvas._band)
    yield
    assert len(desk.canvas._band) == corners - 1


@case("mode_add", "mode_subtract", "mode_intersect")
def mode(h: Hands, action_id: str) -> Prove:
    h.actions["mode_intersect" if action_id == "mode_add" else "mode_add"].trigger()
    yield
    assert h.desk.window.tools.options.options.mode.value == action_id.removeprefix("mode_")


@case("next_mode")
def next_mode(h: Hands) -> Prove:
    before = h.desk.window.tools.options.options.mode
    yield
    assert h.desk.window.tools.options.options.mode is not before


HOLE, SPECK = Box(50, 80, 60, 90), Box(200, 10, 202, 12)


@case("grow", "shrink", "smooth", "fill_holes", "drop_specks", scene="bare")
def operation(h: Hands, action_id: str) -> Prove:
    made = h.paint(LEFT, SPECK)
    hole = Mask.from_patch(Size(240, 160), HOLE, np.ones((10, 10), bool))
    mask = h.desk.project.annotations[(made, 0)].mask.difference(hole)
    annotate.set_mask(h.desk.bridge.session, made, 0, mask)
    before = h.desk.mask(made).copy()
    yield
    h.still()
    h.desk.key(Qt.Key.Key_Return)
    h.until(lambda: not h.desk.window.hand.is_busy)
    h.still()
    after = h.desk.mask(made)
    assert (after != before).any()
    match action_id:
        case "grow":
            assert after[before].all()
        case "shrink":
            assert before[after].all()
        case "fill_holes":
            assert after[HOLE.slices].all()
        case "drop_specks":
            assert not after[SPECK.slices].any()


@case("invert_mask")
def invert_mask(h: Hands) -> Prove:
    referent = h.desk.bridge.referent_id
    before = h.desk.mask(referent).copy()
    yield
    h.still()
    h.until(lambda: not (h.desk.mask(referent) == before).any())


@case("split_parts", scene="bare")
def split_parts(h: Hands) -> Prove:
    h.paint(LEFT, RIGHT)
    yield
    h.until(lambda: len(h.desk.project.referents) == 2)


@case("merge_referents", scene="bare")
def merge_referents(h: Hands) -> Prove:
    h.paint(RIGHT)
    kept = h.paint(LEFT)
    yield
    h.desk.press(180, 80)
    h.desk.release(180, 80)
    h.until(lambda: set(h.desk.project.referents) == {kept})
    assert h.desk.mask(kept)[80, 180]


@case("copy_to_next", scene="clip")
def copy_to_next(h: Hands) -> Prove:
    referent = h.desk.bridge.referent_id
    yield
    assert (referent, 1) in h.desk.project.annotations


# --- View ------------------------------------------------------------------------------------------------------------


@case("zoom_in", "zoom_out")
def zoom(h: Hands, action_id: str) -> Prove:
    before = h.desk.canvas.percent
    yield
    assert (h.desk.canvas.percent > before) == (action_id == "zoom_in")
    assert h.desk.canvas.percent != before


@case("fit")
def fit(h: Hands) -> Prove:
    fitted = h.desk.canvas.percent
    h.desk.canvas.zoom(3.0)
    yield
    assert h.desk.canvas.percent == fitted


@case("one_to_one")
def one_to_one(h: Hands) -> Prove:
    h.desk.canvas.zoom(3.0)
    yield
    assert h.desk.canvas.percent == 100


@case("hide_masks")
def hide_masks(h: Hands) -> Prove:
    assert h.desk.canvas.scene.selected is not None
    yield
    assert h.desk.canvas.scene.selected is None


@case("outline_only")
def outline_only(h: Hands) -> Prove:
    yield
    assert h.desk.canvas.scene.selected.style.opacity == 0


@case("patterns")
def patterns(h: Hands) -> Prove:
    yield
    assert h.desk.canvas.scene.selected.style.pattern is not None


@case("more_opaque", "less_opaque")
def opacity(h: Hands, action_id: str) -> Prove:
    before = h.desk.canvas.scene.selected.style.opacity
    yield
    assert h.desk.canvas.scene.selected.style.opacity == pytest.approx(before + (0.1 if "more" in action_id else -0.1))


@case("loupe")
def loupe(h: Hands) -> Prove:
    glass = h.desk.window.findChild(Loupe)
    assert not glass.isVisible()
    yield
    assert glass.isVisible()
    h.desk.move(60, 90)
    seen = glass.grab().toImage()
    # Over the red square, within its mask: the colour of neither the lens's ground nor the empty window.
    assert seen.pixelColor(glass.width() // 2 + 20, glass.height() // 2 + 20).red() > 100
    QTest.keyRelease(h.desk.focus, Qt.Key.Key_Z)
    assert not glass.isVisible()


@case("peek")
def peek(h: Hands) -> Prove:
    yield
    assert h.desk.bridge.look.peeking
    QTest.keyRelease(h.desk.focus, Qt.Key.Key_X)
    assert not h.desk.bridge.look.peeking


@case("pan")
def pan(h: Hands) -> Prove:
    h.desk.canvas.zoom(3.0)
    before = h.desk.canvas.view
    yield
    x, y = h.desk.canvas.source_at(h.desk.canvas.rect().center().toPointF())
    h.desk.drag((x, y), (x + 12, y + 6))
    QTest.keyRelease(h.desk.focus, Qt.Key.Key_Space)
    assert (h.desk.canvas.view.x, h.desk.canvas.view.scale) != (before.x, before.scale)
    assert h.desk.canvas.view.scale == before.scale


@case("show_media", "show_referents", "show_tools")
def panel(h: Hands, action_id: str) -> Prove:
    window = h.desk.window
    shown = {"show_media": window.media_dock, "show_referents": window.referent_dock, "show_tools": window.tool_strip}
    assert shown[action_id].isVisible()
    yield
    assert not shown[action_id].isVisible()


@case("show_timeline", scene="clip")
def show_timeline(h: Hands) -> Prove:
    assert h.desk.window.timeline_dock.isVisible()
    yield
    assert not h.desk.window.timeline_dock.isVisible()


@case("next_panel", "previous_panel")
def step_panel(h: Hands, action_id: str) -> Prove:
    h.desk.canvas.setFocus()
    yield
    assert h.desk.window.focusWidget() is not h.desk.canvas


@case("switch_theme")
def switch_theme(h: Hands) -> Prove:
    assert h.desk.window.theme.is_dark
    yield
    assert not h.desk.window.theme.is_dark


@case("full_screen")
def full_screen(h: Hands) -> Prove:
    yield
    assert h.desk.window.isFullScreen()
    h.desk.key(Qt.Key.Key_F11)


# --- Clip ------------------------------------------------------------------------------------------------------------


@case("play", scene="clip")
def play(h: Hands) -> Prove:
    yield
    h.until(lambda: h.desk.bridge.frame > 0)
    h.desk.window.timeline.player.pause()
    h.until(lambda: not h.desk.canvas.is_waiting)


STEPS: Final = {
    "previous_frame": (5, 4), "next_frame": (5, 6), "back_frames": (15, 5), "ahead_frames": (5, 15),
    "first_frame": (9, 0), "last_frame": (3, FRAMES - 1),  "previous_keyframe": (7, 0), "next_keyframe": (7, 12),
}  # fmt: skip


@case(*STEPS, scene="clip")
def step(h: Hands, action_id: str) -> Prove:
    start, end = STEPS[action_id]
    h.settle(12)
    h.go(start)
    yield
    h.until(lambda: h.desk.bridge.frame == end)


def doubt(h: Hands) -> Any:
    """Masks carried that are gone for a while: a run of doubtful frames."""
    h.desk.letters("f")
    h.offered()
    h.desk.canvas.setFocus()
    h.desk.key(Qt.Key.Key_Return)
    h.until(lambda: len(h.desk.project.annotations) == FRAMES)
    tracks = h.desk.window.timeline.tracks
    h.until(tracks.doubtful)
    return tracks.doubtful()


@case("previous_doubtful", "next_doubtful", scene="doubtful")
def to_doubtful(h: Hands, action_id: str) -> Prove:
    runs = doubt(h)
    run = runs[0] if action_id == "next_doubtful" else runs[-1]
    h.go(0 if action_id == "next_doubtful" else FRAMES - 1)
    yield
    h.until(lambda: run.first <= h.desk.bridge.frame <= run.last)


@case("fine_so", scene="doubtful")
def fine_so(h: Hands) -> Prove:
    run = doubt(h)[0]
    h.go(run.first)
    referent = h.desk.bridge.referent_id
    yield
    h.until(lambda: h.desk.project.annotations[(referent, run.first)].keyframe)


@case("settle", scene="clip")
def settle(h: Hands) -> Prove:
    referent = h.desk.bridge.referent_id
    assert h.desk.project.annotations[(referent, 0)].keyframe
    yield
    assert not h.desk.project.annotations[(referent, 0)].keyframe


@case("absent", scene="clip")
def absent(h: Hands) -> Prove:
    h.go(4)
    yield
    assert h.desk.project.annotations[(h.desk.bridge.referent_id, 4)].is_absent


@case("propagate_forward", scene="clip")
def propagate_forward(h: Hands) -> Prove:
    yield
    assert h.offered() == list(range(1, FRAMES))


@case("propagate_backward", scene="clip")
def propagate_backward(h: Hands) -> Prove:
    h.settle(12)
    h.go(12)
    yield
    assert h.offered() == list(range(1, 12))


@case("propagate_to_keyframe", "propagate_between", scene="clip")
def propagate_between(h: Hands, action_id: str) -> Prove:
    h.settle(6)
    h.settle(12)
    h.go(0 if action_id == "propagate_to_keyframe" else 3)
    yield
    assert h.offered() == list(range(1, 6))


@case("propagate_again", scene="clip")
def propagate_again(h: Hands) -> Prove:
    h.desk.letters("f")
    h.offered()
    h.desk.canvas.setFocus()
    h.desk.key(Qt.Key.Key_Return)
    h.until(lambda: len(h.desk.project.annotations) == FRAMES)
    h.settle(10)
    h.go(10)
    yield
    assert 11 in h.offered()


@case("stop_propagation", scene="slow")
def stop_propagation(h: Hands) -> Prove:
    h.desk.letters("f")
    h.until(lambda: h.desk.bridge.propagation.state.arrived)
    yield
    h.answers["gate"].set()
    assert 0 < len(h.offered()) < FRAMES - 1


@case("discard_propagation", scene="clip")
def discard_propagation(h: Hands) -> Prove:
    h.desk.letters("f")
    h.offered()
    yield
    h.until(lambda: h.desk.bridge.propagation.proposal is None)
    assert len(h.desk.project.annotations) == 1


@case("accept_here", "discard_here", "accept_referent", "discard_referent", scene="clip")
def part_of_the_offer(h: Hands, action_id: str) -> Prove:
    h.desk.letters("f")
    frames = h.offered()
    here = frames[-1]
    h.go(here)
    yield
    propagation, project = h.desk.bridge.propagation, h.desk.project
    decided = {here} if action_id.endswith("_here") else set(frames)
    h.until(lambda: set(propagation.proposal.frames if propagation.proposal else ()) == set(frames) - decided)
    carried = {at for (_, at), mask in project.annotations.items() if not mask.keyframe}
    assert carried == (decided if action_id.startswith("accept") else set())


# --- Go --------------------------------------------------------------------------------------------------------------


@case("previous_medium", "next_medium", "next_unreviewed", scene="photos")
def medium(h: Hands, action_id: str) -> Prove:
    media = list(h.desk.project.media)
    annotate.set_medium_state(h.desk.bridge.session, media[1], MediumState.REVIEWED)
    if action_id == "previous_medium":
        h.desk.bridge.show(media[1])
    yield
    expected = {"previous_medium": media[0], "next_medium": media[1], "next_unreviewed": media[2]}
    assert h.desk.bridge.medium_id == expected[action_id]
    h.desk.until_picture()


@case("next_referent", "previous_referent", scene="bare")
def step_referent(h: Hands, action_id: str) -> Prove:
    made = [h.paint(Box(20 * number, 0, 20 * number + 10, 10)) for number in range(3)]
    h.desk.bridge.select(made[1])
    h.desk.canvas.setFocus()
    yield
    assert h.desk.bridge.referent_id == made[2 if action_id == "next_referent" else 0]


@case("filter_media")
def filter_media(h: Hands) -> Prove:
    yield
    assert h.desk.window.focusWidget() is h.desk.window.media_list.filter


@case("mark_reviewed")
def mark_reviewed(h: Hands) -> Prove:
    yield
    assert h.desk.bridge.medium.state is MediumState.REVIEWED


@case("remove_medium", scene="photos")
def remove_medium(h: Hands) -> Prove:
    here = h.desk.bridge.medium_id
    yield
    h.until(lambda: here not in h.desk.project.media)
    assert (h.tmp_path / "a.png").exists()
    h.desk.until_picture()


# --- Review ----------------------------------------------------------------------------------------------------------


@case("pause_batch", scene="photos")
def pause_batch(h: Hands) -> Prove:
    batch, gate = h.desk.window.review.batch, Event()
    h.desk.predictor.before_encode = lambda *_: gate.wait(PATIENCE / 1000) and None
    batch.start([PhraseRow("blue square")])
    h.until(h.actions["pause_batch"].isEnabled)
    yield
    assert batch.run.is_paused
    gate.set()
    batch.run.resume()
    h.until(lambda: batch.run is None)


@case("show_review")
def show_review(h: Hands) -> Prove:
    assert not h.desk.window.review.panel.isVisible()
    yield
    assert h.desk.window.review.panel.isVisible()


@case("next_item", "previous_item", "keep_item", scene="doubted")
def review_item(h: Hands, action_id: str) -> Prove:
    review = h.desk.window.review
    if action_id != "next_item":
        h.desk.letters("j")
        h.until(lambda: review.queue.is_gathered and h.actions["keep_item"].isEnabled())
    count = len(review.queue.items())
    here = h.desk.bridge.medium_id
    yield
    if action_id == "keep_item":
        h.until(lambda: len(review.queue.items()) == count - 1)
    else:
        h.until(lambda: review.queue.is_gathered and review.panel.isVisible())
        h.until(lambda: h.desk.bridge.medium_id != here or action_id == "next_item")
    h.desk.until_picture()


@case("blind_check")
def blind_check(h: Hands) -> Prove:
    yield
    assert h.desk.bridge.veil.is_drawn
    h.desk.canvas.setFocus()
    h.desk.key(Qt.Key.Key_Escape)


@case("relink", scene="photos")
def relink(h: Hands) -> Prove:
    yield
    h.until(lambda: h.desk.message == "All files are where the project knows them.")


# --- Help ------------------------------------------------------------------------------------------------------------


@case("tour")
def tour(h: Hands) -> Prove:
    yield
    shown = h.desk.window.findChild(Tour)
    assert shown.isVisible()
    shown.end()


@case("report")
def report(h: Hands) -> Prove:
    h.answers["getSaveFileName"] = str(h.tmp_path / "report.zip")
    yield
    h.until(lambda: (h.tmp_path / "report.zip").exists() and not h.desk.window.jobs.running)


@case("about")
def about(h: Hands) -> Prove:
    yield
    assert h.desk.message.startswith("RefSeg Annotator")


# --- scenes and hands ------------------------------------------------------------------------------------------------


def at_work(desk: Desk) -> Desk:
    desk.accept_phrase("red square")
    desk.until(lambda: desk.project.annotations)
    desk.canvas.setFocus()
    return desk


def set_the_scene(scene: str, make: Callable[..., Desk], tmp_path: Path, answers: dict[str, Any]) -> Desk:
    match scene:
        case "empty":
            return make()
        case "recoverable":
            make(draw_shapes(tmp_path / "a.png")).close()
            return make()
        case "photos":
            return make(*(draw_shapes(tmp_path / f"{name}.png") for name in "abc"))
        case "doubted":
            desk = make(*(draw_shapes(tmp_path / f"{name}.png") for name in "ab"))
            desk.window.review.batch.start([PhraseRow("the green square")])
            desk.until(lambda: desk.window.review.batch.run is None, PATIENCE)
            desk.canvas.setFocus()
            return desk
        case "bare":
            return make(draw_shapes(tmp_path / "shapes.png"))
        case "photo":
            return at_work(make(draw_shapes(tmp_path / "shapes.png")))
        case "offer":
            desk = make(draw_shapes(tmp_path / "shapes.png"))
            desk.run_phrase("red square")
            desk.until_proposal()
            desk.canvas.setFocus()
            return desk
    return clip_of(scene, make, tmp_path, answers)


def clip_of(scene: str, make: Callable[..., Desk], tmp_path: Path, answers: dict[str, Any]) -> Desk:
    hidden = range(8, 14) if scene == "doubtful" else range(0)
    follower = FakeVideoPredictor()
    if scene == "slow":
        gate = answers["gate"] = Event()
        follower.before_track = lambda frame: None if frame != 6 else (gate.wait(PATIENCE / 1000), None)[1]
    desk = make(write_clip(tmp_path / "clip.mp4", FRAMES, hidden=hidden), video_predictor=follower)
    desk.until(lambda: desk.bridge.medium.frame_count == FRAMES, PATIENCE)
    Hands(desk, tmp_path, answers).settle(0)
    desk.canvas.setFocus()
    return desk


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """File dialogs belong to the system and cannot be driven; they answer what a test put here."""
    told: dict[str, Any] = {}
    for name, many in (("getOpenFileName", False), ("getSaveFileName", False), ("getOpenFileNames", True)):
        monkeypatch.setattr(QFileDialog, name, lambda *_, n=name, m=many: (told.get(n, [] if m else ""), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: told.get("getExistingDirectory", ""))
    return told


def trigger(desk: Desk, row: ActionRow) -> None:
    """By its first key; without one by mouse, in the menu."""
    if not row.keys:
        click_in_menu(desk, row)
        return
    key = QKeySequence(row.keys[0])[0]
    if row.scope is Scope.HELD:
        QTest.keyPress(desk.focus, key.key(), key.keyboardModifiers())
    else:
        QTest.keyClick(desk.focus, key.key(), key.keyboardModifiers())


def click_in_menu(desk: Desk, row: ActionRow) -> None:
    assert row.menu is not Menu.NONE
    bar, left, none = desk.window.menuBar(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    top = next(action for action in bar.actions() if action.text() == row.menu.value)
    QTest.mouseClick(bar, left, none, bar.actionGeometry(top).center())
    menu = top.menu()
    desk.until(menu.isVisible, PATIENCE)
    entry = menu.actionGeometry(desk.window.actions_[row.id])
    assert menu.rect().contains(entry.center())
    QTest.mouseMove(menu, entry.center())
    QTest.mouseClick(menu, left, none, entry.center())
    desk.until(lambda: not menu.isVisible(), PATIENCE)


@pytest.mark.parametrize("action_id", [row.id for row in ACTIONS])
def test_the_action_does_what_it_says(
    open_desk: Callable[..., Desk], tmp_path: Path, answers: dict[str, Any], action_id: str
) -> None:
    scene, prove = CASES[action_id]
    desk = set_the_scene(scene, open_desk, tmp_path, answers)
    proving = prove(Hands(desk, tmp_path, answers))
    next(proving)
    row = action_row(action_id)
    assert row.scope in (Scope.HELD, Scope.BOX) or desk.window.actions_[action_id].isEnabled()
    trigger(desk, row)
    with pytest.raises(StopIteration):
        next(proving)


def test_every_action_has_its_case_and_every_case_its_action() -> None:
    assert set(CASES) == {row.id for row in ACTIONS}


def test_actions_with_keys_are_in_their_menus_too(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """By mouse as well as by key: one of each menu, the others lie in the same list."""
    desk = set_the_scene("photo", open_desk, tmp_path, {})
    for action_id, is_so in (
        ("toggle_hidden", lambda: desk.bridge.referent.hidden),
        ("brush", lambda: desk.bridge.tool.id == "brush"),
        ("zoom_in", lambda: desk.canvas.percent > 0),
        ("mark_reviewed", lambda: desk.bridge.medium.state is MediumState.REVIEWED),
    ):
        click_in_menu(desk, action_row(action_id))
        assert is_so()
