"""Random mouse and keys, real ones, anywhere in the real window and its dialogs, and what came of it.

Only what would leave the program or wait for a person is taken out of its hands: file dialogs answer "cancelled" (now
and then with a file of ours), questions answer with their first button, and nobody quits.
"""

from __future__ import annotations

import logging
import random
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from refseg_annotator.app import Program
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services import documents
from refseg_annotator.settings import Settings
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.ui.actions.action_table import ACTIONS
from tests.ui.conftest import draw_shapes

PHRASES = ("red square", "blue square", "purple circle", "both, on the left", "?", "", "  ", "左边的红色", "a" * 300)
LETTERS = "abcdefghijklmnopqrstuvwxyzABDEFGHIKLMNOPRSUVWX123456789[],./ "
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace, Qt.Key.Key_Delete,
    Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F6,
    Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9,
)  # fmt: skip
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
BUTTONS = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
# They end the program, or leave it for the network or the desktop.
NOT_PRESSED = frozenset({"quit", "full_screen"})
_HARMLESS = ("This plugin does not support", "propagateSizeHints")


@dataclass
class MonkeyResult:
    """What a run did, and what it found wrong, told with the events before."""

    events: int = 0
    edits: int = 0
    summary: str = ""
    troubles: list[str] = field(default_factory=list)


class WindowMonkey:
    """The hands.

    Args:
        calm: called now and then, to let queued work be done.
    """

    def __init__(self, program: Program, chance: random.Random, files: list[Path]) -> None:
        self.program = program
        self.window = program.window
        self.chance = chance
        self.files = files
        self.past: deque[str] = deque(maxlen=25)
        self._down: tuple[QWidget, Qt.MouseButton] | None = None

    def do(self) -> None:
        """One event, or a few that belong together."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (22, self.press_key),
            (14, self.type_letter),
            (22, self.use_mouse),
            (12, self.stroke),
            (3, self.turn_wheel),
            (7, self.trigger),
            (3, self.phrase),
            (2, self.dismiss),
            (1, self.resize),
        ]
        act = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        try:
            act()
        except RuntimeError as error:
            # The list of a combo box may go while its Python shell is still handed out; nobody's hand reaches it.
            if "already deleted" not in str(error):
                raise

    # --- targets ---

    def top(self) -> QWidget:
        """A window to act on: a popup takes all, else mostly the main window, at times a dialog."""
        popup = QApplication.activePopupWidget()
        if popup is not None and isValid(popup):
            return popup
        tops = [one for one in QApplication.topLevelWidgets() if isValid(one) and isinstance(one, QDialog)]
        dialogs = [one for one in tops if one.isVisible()]
        return self.chance.choice(dialogs) if dialogs and self.chance.random() < 0.5 else self.window

    def target(self) -> tuple[QWidget, QPoint]:
        """A place in a window; more often than not on the canvas."""
        top = self.top()
        canvas = self.window.canvas
        if top is self.window and canvas.isVisible() and self.chance.random() < 0.6:
            return canvas, QPoint(self.chance.randrange(canvas.width()), self.chance.randrange(canvas.height()))
        place = QPoint(self.chance.randrange(max(top.width(), 1)), self.chance.randrange(max(top.height(), 1)))
        widget = top.childAt(place) or top
        widget = widget if is_alive(widget) else top
        return widget, widget.mapFrom(top, place) if widget is not top else place

    def focus(self) -> QWidget:
        top = self.top()
        focus = top.focusWidget()
        # Qt may name a list of a combo box that has just gone.
        return next((one for one in (focus, top) if one is not None and is_alive(one)), self.window)

    def note(self, *parts: object) -> None:
        self.past.append(" ".join(str(part) for part in parts))

    # --- acts ---

    def press_key(self) -> None:
        key, held = self.chance.choice(KEYS), self.chance.choice(MODIFIERS)
        if self.chance.random() < 0.25:
            key, held = Qt.Key(ord(self.chance.choice("ABCDEFGHIJKLMNOPRSTUVWXYZ0"))), Qt.KeyboardModifier.ControlModifier  # fmt: skip  # noqa: E501
        if held == Qt.KeyboardModifier.AltModifier and key == Qt.Key.Key_F4:
            return
        focus = self.focus()
        self.note("key", key.name, held.name, "on", _named(focus))
        QTest.keyClick(focus, key, held)

    def type_letter(self) -> None:
        letter, focus = self.chance.choice(LETTERS), self.focus()
        self.note("type", repr(letter), "on", _named(focus))
        QTest.keyClicks(focus, letter)

    def use_mouse(self) -> None:
        widget, place = self.target()
        kind = self.chance.choice(["click", "click", "press", "move", "release", "double"])
        button, held = self.chance.choice(BUTTONS), self.chance.choice(MODIFIERS)
        self.note(kind, button.name, held.name, "on", _named(widget), place.x(), place.y())
        if kind == "click":
            QTest.mouseClick(widget, button, held, place)
        elif kind == "double":
            QTest.mouseDClick(widget, button, held, place)
        elif kind == "press":
            self._send(widget, QEvent.Type.MouseButtonPress, place, button, button, held)
        elif kind == "release":
            self._send(widget, QEvent.Type.MouseButtonRelease, place, button, Qt.MouseButton.NoButton, held)
        else:
            down = self.chance.choice([Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton])
            self._send(widget, QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, down, held)

    def stroke(self) -> None:
        canvas = self.window.canvas
        if not canvas.isVisible() or QApplication.activePopupWidget() is not None:
            return
        held = self.chance.choice(MODIFIERS)
        self.note("stroke", held.name)
        spots = [QPoint(self.chance.randrange(canvas.width()), self.chance.randrange(canvas.height())) for _ in "abc"]
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        self._send(canvas, QEvent.Type.MouseButtonPress, spots[0], left, left, held)
        for spot in spots[1:]:
            self._send(canvas, QEvent.Type.MouseMove, spot, none, left, held)
        self._send(canvas, QEvent.Type.MouseButtonRelease, spots[-1], left, none, held)

    def turn_wheel(self) -> None:
        widget, place = self.target()
        held = self.chance.choice(MODIFIERS)
        turn = QPoint(0, self.chance.choice([-240, -120, 120, 240]))
        self.note("wheel", turn.y(), held.name, "on", _named(widget))
        where = QPointF(place)
        event = QWheelEvent(
            where, QPointF(widget.mapToGlobal(place)), QPoint(), turn, Qt.MouseButton.NoButton, held,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def trigger(self) -> None:
        row = self.chance.choice([row for row in ACTIONS if row.id not in NOT_PRESSED])
        self.note("action", row.id)
        self.window.actions_[row.id].trigger()

    def phrase(self) -> None:
        edit, text = self.window.phrase_bar.edit, self.chance.choice(PHRASES)
        self.note("phrase", repr(text[:20]))
        edit.setFocus()
        edit.setText(text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        if self.chance.random() < 0.6:
            wait(lambda: not self.program.bridge.assist.state.is_busy, 60)

    def dismiss(self) -> None:
        top = self.top()
        if top is not self.window:
            self.note("close", _named(top))
            top.close()

    def resize(self) -> None:
        size = self.chance.randrange(1024, 1500), self.chance.randrange(640, 900)
        self.note("resize", *size)
        self.window.resize(*size)

    def _send(
        self,
        widget: QWidget,
        kind: QEvent.Type,
        place: QPoint,
        button: Qt.MouseButton,
        down: Qt.MouseButton,
        held: Qt.KeyboardModifier,
    ) -> None:
        event = QMouseEvent(kind, QPointF(place), QPointF(widget.mapToGlobal(place)), button, down, held)
        QApplication.sendEvent(widget, event)


def is_alive(widget: QWidget) -> bool:
    """Whether a widget can be spoken to; Qt's own inner ones may go while their Python shells stay."""
    try:
        return isValid(widget) and widget.objectName() is not None
    except RuntimeError:
        return False


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}".strip()


def wait(is_so: Callable[[], bool], seconds: float) -> bool:
    """Let the window live until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        QApplication.processEvents()
        time.sleep(0.002)
    return True


@contextmanager
def nobody_to_ask(chance: random.Random, folder: Path) -> Iterator[None]:
    """File dialogs and questions answer by themselves."""

    def chosen(*_arguments: object, **_options: object) -> tuple[str, str]:
        return ("" if chance.random() < 0.8 else str(folder / f"chosen-{chance.randrange(4)}.png")), ""

    def several(*_arguments: object, **_options: object) -> tuple[list[str], str]:
        return ([] if chance.random() < 0.8 else [str(folder / "a.png")]), ""

    def answered(self: QMessageBox) -> int:
        buttons = self.buttons()
        if buttons:
            chance.choice(buttons).click()
        return 0

    kept: list[tuple[Any, str, Any]] = []
    for owner, name, other in (
        (QFileDialog, "getOpenFileName", chosen),
        (QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", "")),
        (QFileDialog, "getOpenFileNames", several),
        (QFileDialog, "getExistingDirectory", lambda *_a, **_k: ""),
        (QMessageBox, "exec", answered),
    ):
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, other)
    try:
        yield
    finally:
        for owner, name, former in kept:
            setattr(owner, name, former)


class Ears(logging.Handler):
    """Hears every warning of the log, every exception that escaped, and what Qt complains of."""

    def __init__(self, past: deque[str]) -> None:
        super().__init__(logging.WARNING)
        self.past = past
        self.troubles: list[str] = []

    def tell(self, words: str) -> None:
        if len(self.troubles) < 20:
            self.troubles.append("\n    ".join([words, "after:", *self.past]))

    def emit(self, record: logging.LogRecord) -> None:
        words = f"{record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info:
            words += "\n" + "".join(traceback.format_exception(*record.exc_info))
        self.tell(words)

    def on_error(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        self.tell("".join(traceback.format_exception(kind, error, trace)))

    def on_qt(self, kind: QtMsgType, _context: object, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and kind != QtMsgType.QtInfoMsg and not any(one in words for one in _HARMLESS):
            self.tell(f"Qt: {words}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        logger, hook = logging.getLogger("refseg_annotator"), sys.excepthook
        logger.addHandler(self)
        sys.excepthook = self.on_error
        former = qInstallMessageHandler(self.on_qt)
        try:
            yield
        finally:
            qInstallMessageHandler(former)
            sys.excepthook = hook
            logger.removeHandler(self)


def run_monkey(folder: Path, *, events: int, seed: int, settle: int = 25) -> MonkeyResult:
    """Let it work on a new project in `folder`, then open what it left and compare.

    Args:
        settle: events after which everything queued is done.
    """
    chance = random.Random(seed)
    application = QApplication.instance() or QApplication([])
    files = [draw_shapes(folder / f"{name}.png") for name in ("a", "b", "chosen-1", "chosen-2")]
    fake = FakePredictor()
    settings = Settings(theme="dark", reduced_motion=True, tour_seen=True)
    program = Program(application, settings, predictor_loader=lambda: fake)  # type: ignore[arg-type]
    result = MonkeyResult()
    # The menu and the palette have it too, and a click there is as good as the key.
    program.window.actions_["quit"].setEnabled(False)
    monkey = WindowMonkey(program, chance, files)
    ears = Ears(monkey.past)
    with ears.listening(), nobody_to_ask(chance, folder):
        program.window.resize(1100, 720)
        program.window.show()
        program.window.start(files[:2])
        wait(lambda: program.window.canvas.picture is not None, 120)
        edits = 0
        for number in range(events):
            monkey.do()
            result.events += 1
            if number % settle == settle - 1:
                QApplication.processEvents()
                edits = max(edits, program.bridge.session.history.state_number)
            if not program.window.isVisible():
                ears.tell("The window closed.")
                break
            if not program.bridge.session.project.media and not program.window.jobs.running:
                program.window.desk.open_paths(files[:2])
                wait(lambda: bool(program.bridge.session.project.media), 120)
        for widget in QApplication.topLevelWidgets():
            if widget is not program.window and widget.isVisible():
                widget.close()
        wait(lambda: not program.window.jobs.running and not program.bridge.assist.state.is_busy, 300)
        session = program.bridge.session
        for medium_id in session.project.media:
            session.ensure_loaded(medium_id)
        before, path = session.project, session.path
        result.edits = edits
        program.window.close()
        wait(lambda: not program.window.isVisible(), 60)
        # What a lane is at may take long on a busy machine; the program itself waits less and warns.
        program.runner.shutdown(120)
        program.close()
    result.troubles = ears.troubles
    if path is None:
        result.troubles.append("The project had no file.")
    elif not before.media and not path.exists():
        result.summary = "an empty unnamed project, which is not kept"
    else:
        result.summary = _compare(before, path, result.troubles)
    program.window.deleteLater()
    program.bridge.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return result


def _compare(before: Any, path: Path, troubles: list[str]) -> str:
    path = documents.with_suffix(path)
    with ProjectStore.open(path) as store:
        after = store.load()
        for medium_id in after.media:
            after.put_loaded(medium_id, store.load_annotations(medium_id))
    for name in ("media", "referents", "expressions", "annotations"):
        kept, read = dict(getattr(before, name)), dict(getattr(after, name))
        if kept != read:
            differing = [key for key in kept.keys() | read.keys() if kept.get(key) != read.get(key)]
            troubles.append(f"{name} differ after reopening: {differing[:5]}")
    counts = f"{len(after.referents)} referents, {len(after.expressions)} expressions, {len(after.annotations)} masks"
    return f"reopened equal: {counts}" if not any("differ" in one for one in troubles) else f"NOT equal: {counts}"
