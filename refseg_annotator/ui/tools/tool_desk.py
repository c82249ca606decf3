"""All that has to do with tools, put together: the stage, the hand, their options, and what their actions do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from refseg_annotator.services import mask_tools_edits
from refseg_annotator.services.mask_tools import Mode
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.clip.propagation_masks import is_only_offered
from refseg_annotator.ui.tools.canvas_tools import Gesture, Hand
from refseg_annotator.ui.tools.painting_tools import ToolStage
from refseg_annotator.ui.tools.tool_cursors import icon_of, tool_cursor
from refseg_annotator.ui.tools.tool_operations import OPERATIONS, Operation, merge, operate
from refseg_annotator.ui.tools.tool_options import ToolOptionsDesk
from refseg_annotator.ui.tools.tool_options_bar import ROOM, ToolOptionsBar
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCursor
    from PySide6.QtWidgets import QWidget

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.theme import Theme


class ToolDesk(QObject):
    """Made with the window; `attach` puts the options bar over the picture and binds the actions."""

    def __init__(self, bridge: Bridge, canvas: Canvas, actions: Actions, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self._actions = actions
        self._theme = theme
        self.options = ToolOptionsDesk(self)
        self.stage = ToolStage(bridge, canvas, self.options)
        self.stage.accept = actions["accept"].trigger
        self.hand = canvas.hand = Hand(self.stage)
        canvas.cursor_of = self._cursor
        self.bar: ToolOptionsBar | None = None

    def attach(self, host: QWidget) -> None:
        """Put the options bar over the upper edge of `host`, and do what the actions ask for."""
        self._canvas.inset = ROOM
        self.bar = ToolOptionsBar(self._bridge, self.options, self._theme, host)
        self.bar.applied.connect(self._on_applied)
        self.bar.left.connect(lambda: self._canvas.setFocus(Qt.FocusReason.OtherFocusReason))
        for action_id, call in self._verbs().items():
            self._actions.on(action_id, call)
        bridge = self._bridge
        self.options.changed.connect(self._canvas.refresh_cursor)
        bridge.tool_changed.connect(self._canvas.refresh_cursor)
        self._canvas.brush_stepped.connect(self.step)
        for signal in (bridge.selection_changed, bridge.place_changed, bridge.session_changed):
            signal.connect(self.refresh)
        bridge.project_changed.connect(lambda _: self.refresh())
        self.refresh()

    def _verbs(self) -> dict[str, Callable[[], object]]:
        desk = self.options
        verbs: dict[str, Callable[[], object]] = {
            "brush_smaller": lambda: self.step(-1),
            "brush_larger": lambda: self.step(1),
            "mode_add": lambda: desk.set_mode(Mode.ADD),
            "mode_subtract": lambda: desk.set_mode(Mode.SUBTRACT),
            "mode_intersect": lambda: desk.set_mode(Mode.INTERSECT),
            "next_mode": desk.next_mode,
            "invert_mask": self.invert,
            "split_parts": self.split_parts,
            "merge_referents": self.merge,
            "copy_to_next": self.copy_to_next,
        }
        for operation in OPERATIONS:
            verbs[operation.id] = partial(self.operate, operation)
        return verbs

    def refresh(self) -> None:
        """Enable what can be done now."""
        bridge = self._bridge
        medium, has_referent = bridge.medium, bridge.referent is not None
        for operation in OPERATIONS:
            self._actions[operation.id].setEnabled(has_referent)
        for action_id in ("invert_mask", "split_parts", "merge_referents"):
            self._actions[action_id].setEnabled(has_referent)
        self._actions["copy_to_next"].setEnabled(has_referent and medium is not None and medium.frame_count > 1)

    # --- what actions do ----------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Make the brush larger or smaller, or the number of the tool in hand."""
        name = None if self.bar is None else self.bar.number_in_hand
        if name is None:
            self._bridge.step_brush(by)
            return
        value = self.options.number(name)
        self.options.set_number(name, value + by * max(1, abs(value) // 8))

    def operate(self, operation: Operation) -> None:
        """Show what an operation makes of the selected mask."""
        self._perform(self._shown(operation))

    def merge(self) -> None:
        """Wait for a click on the referent to merge into the selected one."""
        self._perform(merge(self.stage))

    def invert(self) -> None:
        """Make the selected mask what it is not."""
        self._perform(_inverting(self.stage))

    def split_parts(self) -> None:
        """Make each part of the selected mask a referent."""
        self._canvas.abandon()
        bridge = self._bridge
        referent_id, frame = bridge.referent_id, bridge.frame
        if referent_id is not None and not is_only_offered(bridge, (referent_id, frame)):
            made = bridge.attempt(lambda: mask_tools_edits.split_parts(bridge.session, referent_id, frame))
            if made is not None:
                bridge.say(tr("Split the mask into {value} referents.", value=len(made) + 1), Tone.GOOD, action="undo")

    def copy_to_next(self) -> None:
        """Put the selected referent's mask on the next frame, and go there."""
        self._canvas.abandon()
        bridge = self._bridge
        referent_id, medium_id, frame = bridge.referent_id, bridge.medium_id, bridge.frame
        if referent_id is None or medium_id is None:
            return
        if not is_only_offered(bridge, (referent_id, frame)):
            copied = bridge.attempt(lambda: self._copy(referent_id, frame))
            if copied is not None:
                bridge.show(medium_id, frame + 1)

    def _copy(self, referent_id: ReferentId, frame: int) -> object:
        return mask_tools_edits.copy_mask(self._bridge.session, referent_id, frame, frame + 1)

    # --- within -------------------------------------------------------------------------------------------------

    def _perform(self, gesture: Gesture) -> None:
        if self._bridge.assist.proposal is not None:
            self._bridge.say(
                tr("Accept the proposal first (Enter), or reject it (Esc)."), Tone.WARNING, action="accept"
            )
            gesture.close()
            return
        self.hand.perform(gesture)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self, operation: Operation) -> Gesture:
        """The operation, with its number in the bar for as long as it lasts."""
        if self.bar is None:
            return
        self.bar.show_operation(operation)
        try:
            yield from operate(self.stage, operation)
        finally:
            self.bar.show_operation(None)

    def _on_applied(self, is_kept: bool) -> None:
        if is_kept:
            self._canvas.finish()
        else:
            self._canvas.abandon()

    def _cursor(self) -> QCursor:
        tool = self._bridge.tool
        sign = icon_of(tool.id.value)
        if "mode" in tool.options and self.options.options.mode is not Mode.ADD:
            sign = icon_of(f"mode_{self.options.options.mode.value}")
        return tool_cursor(sign, self._canvas.devicePixelRatioF())


def _inverting(stage: ToolStage) -> Gesture:
    preview = stage.begin_preview(erases=True)
    if preview is None:
        return
    answers: list[Mask] = []
    try:
        stage.work(preview.base.inverted, answers.append, title=tr("Invert mask"))
        while not answers:
            yield
        preview.show(answers[0])
        stage.finish(preview, title=tr("Invert mask"))
    finally:
        stage.stop_work()
        stage.drop(preview)
