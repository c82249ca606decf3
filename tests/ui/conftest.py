"""The real window on a project of its own, with the fake predictor and real lanes."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from refseg_annotator.app import Program
from refseg_annotator.inference.bundles import BundleInfo
from refseg_annotator.inference.predictor import FakePredictor, Predictor
from refseg_annotator.inference.video_predictor import FakeVideoPredictor, VideoPredictor
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.settings import Settings

RED, BLUE, BACKGROUND = (220, 40, 40), (40, 70, 220), (236, 232, 224)


def draw_shapes(path: Path, size: tuple[int, int] = (240, 160)) -> Path:
    """A red square on the left, a smaller one above it, a blue one on the right."""
    picture = Image.new("RGB", size, BACKGROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 60, 89, 119), fill=RED)
    draw.rectangle((20, 10, 39, 29), fill=RED)
    draw.rectangle((150, 50, 209, 109), fill=BLUE)
    picture.save(path)
    return path


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    """A picture that the fake predictor understands."""
    return draw_shapes(tmp_path / "shapes.png")


@dataclass
class Desk:
    """The running window, and hands for it."""

    program: Program
    qtbot: QtBot
    predictor: FakePredictor
    closed: bool = field(default=False)

    @property
    def window(self) -> Any:
        return self.program.window

    @property
    def bridge(self) -> Any:
        return self.program.bridge

    @property
    def project(self) -> Any:
        return self.program.bridge.session.project

    @property
    def canvas(self) -> Any:
        return self.program.window.canvas

    @property
    def message(self) -> str:
        message = self.window.messages.message
        return "" if message is None else message.sentence

    # --- waiting ---

    def until(self, is_so: Callable[[], object], timeout: int = 60_000) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=timeout)

    def until_picture(self) -> None:
        self.until(lambda: self.canvas.picture is not None and not self.canvas.is_waiting)

    def until_proposal(self) -> None:
        self.until(lambda: self.bridge.assist.state.phase is AssistPhase.PROPOSAL)

    def until_saved(self) -> None:
        self.until(lambda: self.bridge.session.saved)

    # --- hands ---

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifiers)

    def letters(self, text: str) -> None:
        """Type letters where the keyboard is, one by one."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)

    @property
    def focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def at(self, x: float, y: float) -> QPoint:
        """The place on the canvas over a source point."""
        return self.canvas.position_of(x, y).toPoint()

    def press(self, x: float, y: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, modifiers, self.at(x, y))

    def move(self, x: float, y: float) -> None:
        QTest.mouseMove(self.canvas, self.at(x, y))

    def release(self, x: float, y: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, modifiers, self.at(x, y))

    def drag(
        self, *points: tuple[float, float], modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press at the first source point, move through the others, let go at the last."""
        self.press(*points[0], modifiers)
        for point in points[1:]:
            self.drag_to(*point, modifiers=modifiers)
        self.release(*points[-1], modifiers)

    def drag_to(self, x: float, y: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Move with the left button down; `QTest.mouseMove` knows no buttons."""
        from PySide6.QtGui import QMouseEvent

        place = QPointF(self.at(x, y))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(self.canvas.mapToGlobal(place.toPoint())),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            modifiers,
        )
        QApplication.sendEvent(self.canvas, event)

    def run_phrase(self, text: str) -> None:
        """/ text Enter."""
        self.letters("/")
        self.window.phrase_bar.edit.selectAll()
        self.letters(text)
        self.key(Qt.Key.Key_Return)

    def accept_phrase(self, text: str) -> None:
        """/ text Enter, wait, Enter."""
        self.run_phrase(text)
        self.until_proposal()
        self.key(Qt.Key.Key_Return)

    def save_as(self, path: Path) -> None:
        """Save under a name, and wait for it."""
        self.window.desk.save_as(path)
        self.until(lambda: self.bridge.session.path == path and not self.window.jobs.running)

    def mask(self, referent_id: Any, frame: int = 0) -> np.ndarray:
        return self.project.annotations[(referent_id, frame)].mask.to_array()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.window.close()
            # What a lane is at may take long on a busy machine; the program itself waits less and tells.
            assert self.program.runner.shutdown(60)
            self.program.close()
            self.window.deleteLater()
            self.program.bridge.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def never_loaded(bundle: BundleInfo, settings: Settings) -> Predictor:
    raise AssertionError(f"{bundle.name} was to be loaded with {settings}")


@pytest.fixture
def open_desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    """Make windows; they are closed after the test."""
    desks: list[Desk] = []

    def make(
        *paths: Path,
        predictor: FakePredictor | None = None,
        settings: Settings | None = None,
        video_predictor: VideoPredictor | None = None,
        load_bundle: Callable[[BundleInfo, Settings], Predictor] | None = None,
        load_video: Callable[[Settings], VideoPredictor] | None = None,
    ) -> Desk:
        fake = predictor or FakePredictor()
        chosen = settings or Settings(theme="dark", reduced_motion=True)
        follower = video_predictor or FakeVideoPredictor()
        program = Program(
            qapp,
            chosen,
            # One for everything, unless the test makes predictors of the bundles that the settings ask for.
            predictor_loader=None if load_bundle else lambda: fake,
            load_bundle=load_bundle or never_loaded,
            load_video=load_video or (lambda settings: follower),
        )
        desk = Desk(program, qtbot, fake)
        desks.append(desk)
        program.window.resize(1024, 700)
        program.window.show()
        qtbot.waitExposed(program.window)
        program.window.start(list(paths))
        if paths:
            desk.until_picture()
        return desk

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk], shapes: Path) -> Desk:
    """A window with one picture open."""
    return open_desk(shapes)
