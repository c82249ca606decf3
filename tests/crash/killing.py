"""Ways for a process to be killed: by the clock, inside a transaction, or between two steps on files."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
from dataclasses import dataclass
from typing import Any

from refseg_annotator.storage import schema

MODES = ("clock", "transaction", "files")
_FILE_EVENTS = frozenset({"open", "os.rename", "os.remove", "os.truncate", "sqlite3.connect"})


@dataclass(frozen=True)
class Death:
    """When a child dies. `clock`: the parent kills it `seconds` after it has told `count` things since it was ready, so
    that a slow machine kills as late in the work as a fast one; before it is ready where `seconds` is negative.

    `transaction`: it kills itself after so many instructions of SQLite's machine, hence in the midst of a statement.
    `files`: it kills itself before its `count`-th opening, renaming or removing of a project's file.
    """

    mode: str
    seconds: float = 0.0
    count: int = 0

    @classmethod
    def drawn(cls, dice: random.Random) -> Death:
        mode = dice.choices(MODES, (6, 2, 2))[0]
        if mode == "clock":
            # One in ten dies while it still opens.
            if dice.random() < 0.08:
                return cls(mode, seconds=-dice.uniform(0.0, 0.3))
            return cls(mode, seconds=dice.uniform(0.0, 0.03), count=int(400 ** dice.uniform(0.2, 1.0)))
        most = 8000 if mode == "transaction" else 24
        return cls(mode, count=int(most ** dice.uniform(0.2, 1.0)))


class Countdown:
    """Kills this process when the count has run out; it runs from `arm` on."""

    def __init__(self) -> None:
        self._left: int | None = None

    def arm(self, count: int) -> None:
        self._left = count

    def step(self) -> int:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return 0


def count_instructions(countdown: Countdown) -> None:
    """Let every connection that the store opens from now on count."""
    connect = schema.connect

    def counted(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_progress_handler(countdown.step, 5)
        return connection

    schema.connect = counted


def count_files(countdown: Countdown) -> None:
    """Let every step on a project's file count."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _FILE_EVENTS and args and ".refseg" in str(args[0]):
            countdown.step()

    sys.addaudithook(hook)
