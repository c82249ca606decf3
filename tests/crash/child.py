"""The process that is killed: the real window on the offscreen platform, with real lanes, worked by a random person."""

from __future__ import annotations

import logging
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from refseg_annotator.app import Program
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services import documents
from refseg_annotator.services.session import Session
from refseg_annotator.services.write_queue import WriteQueue
from refseg_annotator.settings import Settings
from refseg_annotator.storage import schema
from refseg_annotator.storage.snapshot import Snapshot
from tests.crash.gestures import Person
from tests.crash.journal import Edited, Gesture, Journal, Memory, Mishap, Ready, Saved, Told, whole_digest
from tests.crash.killing import Countdown, Death, count_files, count_instructions

PATIENCE = 90.0


@dataclass(frozen=True)
class Orders:
    """What a child does.

    Args:
        seed: of the person's dice.
        project: the project to open; None begins an unnamed one.
        pictures: photos that can be added.
        folder: where projects are saved.
        death: how it ends; None goes on until the parent kills it.
        is_patient: wait until all is saved before the next gesture.
        pause: most milliseconds between two steps of the person.
        has_mad_clock: the time of day jumps by years, forth and back, whenever it is asked for.
    """

    seed: int
    project: Path | None
    pictures: list[Path]
    folder: Path
    death: Death | None
    is_patient: bool
    pause: int = 20
    has_mad_clock: bool = False


class Witness:
    """Sees every edit before the disk does and everything that the window is told, and writes both down."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.edits = 0
        self.memory = Memory()
        self._owners: dict[int, Session] = {}

    def watch(self) -> None:
        """Stand between session and queue: an edit is told of before it can reach the disk."""
        make_queue, add = Session._queue_to, WriteQueue.add
        witness = self

        def queue_to(session: Session, store: Any) -> WriteQueue:
            queue = make_queue(session, store)
            witness._owners[id(queue)] = session
            return queue

        def told_add(queue: WriteQueue, snapshot: Snapshot) -> None:
            witness.tell(snapshot, witness._owners[id(queue)])
            add(queue, snapshot)

        Session._queue_to = queue_to  # type: ignore[method-assign]
        WriteQueue.add = told_add  # type: ignore[method-assign]

    def tell(self, snapshot: Snapshot, session: Session) -> None:
        self.edits += 1
        puts, drops = self.memory.rows(snapshot, session.project)
        loaded = tuple(sorted(session.project.loaded_media))
        digest = whole_digest(self.memory.state(session.project), loaded)
        self.journal.tell(Edited(self.edits, puts, drops, digest, loaded))

    def saved(self, session: Session) -> None:
        self.journal.tell(Saved(self.edits, str(session.path)))

    def ready(self, session: Session) -> None:
        loaded = tuple(sorted(session.project.loaded_media))
        digest = whole_digest(self.memory.state(session.project), loaded)
        self.journal.tell(Ready(str(session.path), digest, loaded))


class _Mishaps(logging.Handler):
    """A warning in our own log is a mishap."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(logging.WARNING)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        self._journal.tell(Mishap(self.format(record)))


class Driver:
    """Runs gestures from a timer, so that the window's own loop is never nested."""

    def __init__(
        self, steps: Iterator[Callable[[], bool]], account: Callable[[], str], pause: Callable[[], int]
    ) -> None:
        self._steps = steps
        self._account = account
        self._pause = pause
        self._is_so: Callable[[], bool] = lambda: True
        self._since = time.monotonic()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        self._timer.start(0)

    def _step(self) -> None:
        if not self._is_so():
            if time.monotonic() - self._since > PATIENCE:
                raise TimeoutError(f"what a gesture waits for does not come: {self._account()}")
            self._timer.start(2)
            return
        self._is_so = next(self._steps)
        self._since = time.monotonic()
        self._timer.start(self._pause())


def live(orders: Orders, descriptor: int) -> None:
    """Work at the window until killed. Called in a fresh process; never returns."""
    journal = Journal(descriptor)
    logging.getLogger("refseg_annotator").addHandler(_Mishaps(journal))
    try:
        _live(orders, journal)
    except BaseException:
        journal.tell(Mishap(traceback.format_exc()))
    os._exit(3)


def let_clock_jump(dice: random.Random) -> None:
    """Replace the time of day wherever the program reads it; monotonic clocks do not jump."""

    class Mad(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime(dice.randrange(1971, 2100), dice.randrange(1, 13), 1, tzinfo=UTC).astimezone(tz)

    documents.datetime = Mad  # type: ignore[misc]
    schema.datetime = Mad  # type: ignore[misc]
    time.time = lambda: dice.uniform(0.0, 4e9)


def open_window(journal: Journal, project: Path | None) -> Program:
    """The window on a project or a new one; a mistake in a handler ends the process, told of."""
    application = QApplication.instance() or QApplication(["refseg-annotator"])
    assert isinstance(application, QApplication)
    settings = Settings(theme="dark", reduced_motion=True, author="Ada")
    program = Program(application, settings, predictor_loader=FakePredictor)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        journal.tell(Mishap("".join(traceback.format_exception(kind, error, trace))))
        os._exit(3)

    sys.excepthook = hook
    program.bridge.said.connect(lambda message: journal.tell(Told(message.sentence, str(message.tone))))
    program.window.resize(1024, 640)
    program.window.show()
    program.window.start([] if project is None else [project])
    return program


def _live(orders: Orders, journal: Journal) -> None:
    witness, countdown, dice = Witness(journal), Countdown(), random.Random(orders.seed)
    witness.watch()
    if orders.has_mad_clock:
        let_clock_jump(dice)
    if orders.death is not None and orders.death.mode == "transaction":
        count_instructions(countdown)
    if orders.death is not None and orders.death.mode == "files":
        count_files(countdown)
    program = open_window(journal, orders.project)
    person = Person(program, journal, dice, orders.pictures, orders.folder)
    listened: list[Session] = []
    latest: list[str] = []
    told: list[str] = []
    program.bridge.said.connect(lambda message: told.append(message.sentence))

    def listen() -> None:
        session = program.bridge.session
        if session not in listened:
            listened.append(session)
            session.on_saved(lambda: witness.saved(session))

    def gestures() -> Iterator[Callable[[], bool]]:
        if orders.project is not None:
            yield lambda: program.bridge.session.path == orders.project
        listen()
        session = program.bridge.session
        if session.project.media and dice.random() < 0.5:
            for medium_id in session.project.media:
                session.ensure_loaded(medium_id)
        witness.ready(session)
        if orders.death is not None and orders.death.mode != "clock":
            countdown.arm(orders.death.count)
        number = 0
        while True:
            number += 1
            title, steps = person.next_gesture(moves_often=orders.death is not None and orders.death.mode == "files")
            latest.append(title)
            journal.tell(Gesture(number, title))
            yield from steps
            if orders.is_patient:
                yield lambda: session.saved

    def account() -> str:
        bridge, window = program.bridge, program.window
        return (
            f"gesture {latest[-1:]}, project {bridge.session.path}, medium {bridge.medium_id}, "
            f"picture {window.canvas.picture is not None}, waiting {window.canvas.is_waiting}, "
            f"assistant {bridge.assist.state.phase}, jobs {window.jobs.running}, saved {bridge.session.saved}, "
            f"told {told[-3:]}"
        )

    driver = Driver(gestures(), account, lambda: dice.randrange(orders.pause) if orders.pause else 0)
    driver.start()
    QApplication.exec()
