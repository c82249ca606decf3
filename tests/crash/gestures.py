"""What a person does at the window, at random: each gesture is a generator that yields what it waits for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from refseg_annotator.core.annotation import Split
from refseg_annotator.services import annotate, documents
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.crash.journal import Journal, Moving

Waiting = Iterator[Callable[[], bool]]
PHRASES = ("the red square", "the blue one", "the red one on the left", "the small red square", "no such thing")


class Person:
    """Hands on a window, and dice."""

    def __init__(self, program: Any, journal: Journal, dice: random.Random, pictures: list[Path], folder: Path) -> None:
        self.program, self.journal, self.dice = program, journal, dice
        self.pictures, self.folder = pictures, folder
        self.names = 0

    @property
    def window(self) -> Any:
        return self.program.window

    @property
    def bridge(self) -> Any:
        return self.program.bridge

    @property
    def session(self) -> Any:
        return self.program.bridge.session

    # --- choosing ----------------------------------------------------------------------------------------------

    def next_gesture(self, *, moves_often: bool) -> tuple[str, Waiting]:
        project = self.session.project
        if not project.media:
            return "add pictures", self.add_pictures()
        kinds: list[tuple[int, str, Callable[[], Waiting]]] = [
            (8, "stroke", self.stroke),
            (4, "phrase", self.phrase),
            (5, "undo", self.undo),
            (3, "redo", self.redo),
            (4, "words", self.words),
            (3, "referent", self.referent),
            (2, "medium", self.medium),
            (1, "add pictures", self.add_pictures),
            (8 if moves_often else 1, "save as", self.save_as),
        ]
        weights = [kind[0] for kind in kinds]
        _, title, make = self.dice.choices(kinds, weights)[0]
        return title, make()

    # --- gestures ----------------------------------------------------------------------------------------------

    def stroke(self) -> Waiting:
        canvas, bridge = self.window.canvas, self.bridge
        yield lambda: canvas.picture is not None and not canvas.is_waiting
        here = bridge.referents_here()
        bridge.select(self.dice.choice(here).id if here and self.dice.random() < 0.7 else None)
        bridge.choose_tool(self.dice.choice([ToolId.BRUSH, ToolId.BRUSH, ToolId.ERASER]))
        bridge.set_brush_radius(self.dice.choice([1.0, 4.0, 12.0]))
        size = bridge.medium.size
        points = [(self.dice.uniform(0, size.width), self.dice.uniform(0, size.height)) for _ in range(4)]
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(canvas, left, none, self._at(points[0]))
        for point in points[1:]:
            place = QPointF(self._at(point))
            event = QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, left, none)
            QApplication.sendEvent(canvas, event)
            yield lambda: True
        QTest.mouseRelease(canvas, left, none, self._at(points[-1]))

    def phrase(self) -> Waiting:
        yield lambda: self.window.canvas.picture is not None
        assist = self.bridge.assist
        self.bridge.request(self.dice.choice(PHRASES))
        yield lambda: not assist.state.is_busy
        if assist.state.phase is AssistPhase.PROPOSAL:
            self.trigger(self.dice.choice(["accept", "accept", "accept", "reject", "no_target"]))

    def undo(self) -> Waiting:
        for _ in range(self.dice.choice([1, 1, 1, 3])):
            self.trigger("undo")
            yield lambda: True

    def redo(self) -> Waiting:
        self.trigger("redo")
        yield lambda: True

    def words(self) -> Waiting:
        session, dice, project = self.session, self.dice, self.session.project
        medium_id = self.bridge.medium_id
        expressions = project.expressions_of(medium_id)
        here = [referent.id for referent in project.referents_of(medium_id)]
        text = f"phrase {dice.randrange(10**6)} ⚽ 'quoted'"
        way = dice.randrange(4)
        if way == 0 and expressions:
            self.try_(lambda: annotate.delete_expression(session, dice.choice(expressions).id))
        elif way == 1 and expressions:
            self.try_(lambda: annotate.edit_expression(session, dice.choice(expressions).id, text=text))
        elif way == 2:
            self.try_(lambda: annotate.mark_no_target(session, medium_id, text))
        else:
            targets = dice.sample(here, dice.randint(0, min(3, len(here))))
            self.try_(lambda: annotate.add_expression(session, medium_id, text, targets=targets))
        yield lambda: True

    def referent(self) -> Waiting:
        session, dice = self.session, self.dice
        here = self.bridge.referents_here()
        if not here:
            self.trigger("new_referent")
        else:
            one = dice.choice(here).id
            calls: list[Callable[[], object]] = [
                lambda: annotate.rename(session, one, f"name {dice.randrange(10**6)}"),
                lambda: annotate.set_category(session, one, dice.choice(["dog", "Ball ⚽", ""])),
                lambda: annotate.set_hidden(session, one, hidden=dice.random() < 0.5),
                lambda: annotate.set_locked(session, one, locked=dice.random() < 0.3),
                lambda: annotate.mark_absent(session, one, 0),
                lambda: annotate.delete_referent(session, one),
            ]
            self.try_(dice.choice(calls))
        yield lambda: True

    def medium(self) -> Waiting:
        session, dice = self.session, self.dice
        media = list(session.project.media)
        way = dice.randrange(5)
        if way < 2:
            self.bridge.show(dice.choice(media))
        elif way == 2:
            self.trigger("mark_reviewed")
        elif way == 3:
            self.try_(lambda: annotate.set_split(session, dice.choice(media), dice.choice(list(Split))))
        elif len(media) > 1:
            self.try_(lambda: documents.remove_media(session, [dice.choice(media)]))
        yield lambda: True

    def add_pictures(self) -> Waiting:
        before = len(self.window.jobs.running)
        self.window.desk.open_paths(self.dice.sample(self.pictures, 2))
        yield lambda: len(self.window.jobs.running) <= before

    def save_as(self) -> Waiting:
        self.names += 1
        name = f"saved-{self.names}" if self.dice.random() < 0.7 else "saved-again"
        path = (self.folder / f"{name}.refseg").resolve()
        self.journal.tell(Moving(str(path), is_done=False))
        self.window.desk.save_as(path)
        # Edits go on meanwhile: half of the time the next gesture does not wait.
        if self.dice.random() < 0.5:
            yield lambda: self.session.path == path and not self.window.jobs.running
            self.journal.tell(Moving(str(path), is_done=True))
        else:
            yield lambda: True

    # --- hands -------------------------------------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        self.window.actions_[action_id].trigger()

    def try_(self, call: Callable[[], object]) -> None:
        self.bridge.attempt(call)

    def _at(self, point: tuple[float, float]) -> QPoint:
        return self.window.canvas.position_of(*point).toPoint()
