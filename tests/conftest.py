"""What every test stands on: no network, no screen, nobody's own settings, and no noise.

Fixtures for a test to ask for:
    shared_data   the folder of shared photos and clips, or a skip
    allow_log     the way to say beforehand which warning is meant

Fixtures that watch every test without being asked:
    own_folders   settings, user data and cache lie in a folder of the test's own
    quick_disk    project files are written without waiting for the disk, but where that is what is tested
    quiet_log     a log line of WARNING or worse from this package fails the test
    no_leaks      a thread or a running timer left behind by a test that uses Qt fails it
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

# Before any import of Qt, torch or a hub client: all three read the environment once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
os.environ.pop("REFSEG_DEBUG", None)
# The networks of tests are too small for threads to share; on a machine that lends fewer cores than it counts, threads
# that wait for each other take many times as long. And sums come out the same whatever the machine.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# A law may meet a slow moment of the machine: time is no reason to fail. In the gate the same examples come every time.
hypothesis_settings.register_profile("here", deadline=None, max_examples=60)
hypothesis_settings.register_profile("gate", deadline=None, max_examples=60, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("gate" if os.environ.get("CI") else "here")

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
"""Seconds a thread or timer may take to end by itself after its test."""


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders to be made. Not by pytest itself, which looks through those of all former tests for the next number."""
    place = tmp_path_factory.mktemp("homes")
    return (place / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_folders(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's own settings, recovery files and caches out of the tests, and the tests out of them."""
    home = next(homes)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        folder = home / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder))
        monkeypatch.setenv(f"REFSEG_{name}_DIR", str(folder / "refseg-annotator"))
    return home


@pytest.fixture(autouse=True)
def quick_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk at every step of every test, a tenth of a second each time.

    That what is called saved outlives the program and the machine is proven where projects are stored and killed; there
    the disk is waited for, and so it is in every process that a test starts.
    """
    if not _WAITS_FOR_DISK.isdisjoint(request.path.relative_to(ROOT).parts):
        return
    from refseg_annotator.storage import schema

    connect, set_durability = schema.connect, schema.set_durability

    def connect_quickly(*arguments: Any, **options: Any) -> Any:
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def set_durability_but_that(connection: Any) -> None:
        set_durability(connection)
        connection.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(schema, "connect", connect_quickly)
    monkeypatch.setattr(schema, "set_durability", set_durability_but_that)
    monkeypatch.setattr(os, "fsync", lambda _: None)


_WAITS_FOR_DISK = {"storage", "settings", "crash", "hostile", "laws"}
"""Rooms."""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder that holds `refphotos`, `refvideos` and `text`; a test that needs it carries the mark `data`."""
    told = os.environ.get("REFSEG_DATA")
    folder = Path(told) if told else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the shared data are not at {folder}; set REFSEG_DATA to their folder to run this test")
    return folder


class _Listener(logging.Handler):
    """Keeps the records of WARNING and worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def allow_log() -> Iterator[Callable[[str], None]]:
    """Call with a regular expression: a warning that matches is meant, and one that never comes fails the test."""
    allowed: list[str] = []
    yield allowed.append
    # Read by quiet_log, which ends after this fixture.
    _ALLOWED[:] = allowed


_ALLOWED: list[str] = []


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Fail a test whose code logs a warning or an error that the test did not announce with `allow_log`."""
    _ALLOWED.clear()
    listener = _Listener()
    logger = logging.getLogger("refseg_annotator")
    logger.addHandler(listener)
    yield
    logger.removeHandler(listener)
    lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in listener.records]
    unmet = [pattern for pattern in _ALLOWED if not any(re.search(pattern, line) for line in lines)]
    unexpected = [line for line in lines if not any(re.search(pattern, line) for pattern in _ALLOWED)]
    _ALLOWED.clear()
    if unexpected:
        pytest.fail("unexpected log lines:\n" + "\n".join(unexpected), pytrace=False)
    if unmet:
        pytest.fail("announced log lines that never came:\n" + "\n".join(unmet), pytrace=False)


def _wait_until(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that uses Qt and leaves a thread alive or a timer running."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from shiboken6 import isValid

    started: list[Any] = []
    start = QTimer.start

    def remembered_start(self: QTimer, *arguments: Any) -> None:
        started.append(self)
        start(self, *arguments)

    monkeypatch.setattr(QTimer, "start", remembered_start)
    before = set(threading.enumerate())
    # What was there before the test need not be looked through for what the test lets go of.
    gc.freeze()
    yield
    # What the test let go of may still wait for its deletion; the loop does that only when it comes back to itself.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.unfreeze()
    threads: list[threading.Thread] = []

    def all_ended() -> bool:
        QCoreApplication.processEvents()
        threads[:] = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
        return not threads

    if not _wait_until(all_ended):
        pytest.fail(f"threads left running: {', '.join(thread.name for thread in threads)}", pytrace=False)
    running = [timer for timer in started if isValid(timer) and timer.isActive()]
    started.clear()
    for timer in running:
        timer.stop()
    if running:
        names = ", ".join(timer.objectName() or f"one of {timer.interval()} ms" for timer in running)
        pytest.fail(f"timers left running: {names}", pytrace=False)
