"""Round after round: a child is born, works, is killed, and its project is opened again and compared."""

from __future__ import annotations

import os
import random
import select
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from refseg_annotator.core.annotation import MediumId
from refseg_annotator.errors import LockedProjectError, StorageError
from refseg_annotator.services.documents import is_untitled, recoverable_projects
from refseg_annotator.storage.project_store import ProjectStore
from tests.crash import child as child_module
from tests.crash.child import Orders
from tests.crash.journal import (
    Edited,
    Gesture,
    Listener,
    Memory,
    Mishap,
    Moving,
    Ready,
    Saved,
    State,
    after,
    whole_digest,
)
from tests.crash.killing import Death

# How long a child may take to open its window on a busy machine before the harness gives it up.
MOST_SECONDS = 180.0
# A child that kills itself after a count may never come to it; then the parent does it.
MOST_TOLD = 300


@dataclass
class Tally:
    """What came of the rounds."""

    kills: int = 0
    by_mode: Counter[str] = field(default_factory=Counter)
    while_moving: int = 0
    visits_refused: int = 0
    mad_clocks: int = 0
    before_ready: int = 0
    gestures: int = 0
    edits: int = 0
    acknowledged: int = 0
    found: int = 0
    not_yet_written: int = 0
    most_not_yet_written: int = 0
    most_gestures_not_yet_written: int = 0
    most_masks: int = 0
    losses: int = 0
    damaged: int = 0
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def record(self) -> dict[str, Any]:
        return {**vars(self), "by_mode": dict(self.by_mode), "seconds": round(self.seconds, 1)}


@dataclass
class Life:
    """What a child told until its death."""

    ready: Ready | None = None
    edits: list[Edited] = field(default_factory=list)
    gesture_of: list[int] = field(default_factory=list)
    gestures: int = 0
    acknowledged: int = 0
    acknowledged_path: str = ""
    moving: list[Moving] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)
    was_killed: bool = False
    let_in: bool = False

    def take(self, message: object) -> None:
        match message:
            case Ready():
                self.ready = message
            case Edited():
                self.edits.append(message)
                self.gesture_of.append(self.gestures)
            case Saved():
                self.acknowledged, self.acknowledged_path = message.number, message.path
            case Gesture():
                self.gestures = message.number
            case Moving():
                self.moving.append(message)
            case Mishap():
                self.mishaps.append(message.account)


def draw_pictures(folder: Path, count: int = 8) -> list[Path]:
    """Small pictures that the fake predictor understands."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        picture = Image.new("RGB", (120 + 8 * number, 80), (236, 232, 224))
        draw = ImageDraw.Draw(picture)
        draw.rectangle((10, 20, 44, 59), fill=(220, 40, 40))
        draw.rectangle((12, 4, 20, 12), fill=(220, 40, 40))
        draw.rectangle((70, 20, 100, 55), fill=(40, 70, 220))
        path = folder / f"picture-{number}.png"
        picture.save(path)
        paths.append(path)
    return paths


def read_back(path: Path) -> tuple[State, list[str]]:
    """What a project file holds, and what its own check finds wrong with it."""
    with ProjectStore.open(path) as store:
        problems = store.check()
        project = store.load()
        for medium_id in project.media:
            project.put_loaded(MediumId(medium_id), store.load_annotations(medium_id))
    return Memory().state(project), problems


def bear(orders: Orders, log: Path) -> tuple[int, int]:
    """Fork a child under `orders`; its process and the pipe it tells through."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        os.close(reading)
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        child_module.live(orders, writing)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(4)


def watch(process: int, reading: int, death: Death, visit: Callable[[Life], None] | None = None) -> Life:
    """Listen to a child, kill it in time, and collect what it had told.

    Args:
        visit: called once, when the child is ready and has made an edit.
    """
    life, listener = Life(), Listener()
    born = time.monotonic()
    kill_at: float | None = born + MOST_SECONDS
    told, is_doomed = 0, False
    if death.mode == "clock" and death.seconds < 0:
        kill_at = born - death.seconds
    while True:
        left = max(0.0, kill_at - time.monotonic()) if kill_at is not None else None
        readable, _, _ = select.select([reading], [], [], left)
        if not readable:
            os.kill(process, signal.SIGKILL)
            kill_at = None
            continue
        data = os.read(reading, 1 << 16)
        if not data:
            break
        for message in listener.hear(data):
            life.take(message)
            told += life.ready is not None
        if visit is not None and life.edits and life.ready is not None:
            visit(life)
            visit = None
        if not is_doomed and death.mode == "clock" and told > death.count and kill_at is not None:
            is_doomed = True
            kill_at = time.monotonic() + abs(death.seconds)
        elif not is_doomed and death.mode != "clock" and told > MOST_TOLD and kill_at is not None:
            is_doomed = True
            kill_at = time.monotonic()
    os.close(reading)
    _, status = os.waitpid(process, 0)
    life.was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not life.was_killed:
        life.mishaps.append(f"the child ended by itself with status {status}")
    return life


class Rounds:
    """Kills children; each opens what the last one left behind, until a new project is begun.

    Args:
        folder: everything of the rounds lies here, the user's own folders too.
        say: called with a line now and then.
    """

    def __init__(self, folder: Path, seed: int, say: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder.resolve()
        self.seed = seed
        self.dice = random.Random(seed)
        self.tally = Tally()
        self._say = say
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"REFSEG_{name}_DIR"] = str(self.folder / "home" / name.lower())
        self.pictures = draw_pictures(self.folder / "pictures")
        self.saves = self.folder / "saves"
        self.saves.mkdir(exist_ok=True)
        self.project: Path | None = None
        self.state: State = {}

    def run(self, kills: int) -> Tally:
        began = time.monotonic()
        for number in range(kills):
            if self.project is None or self.dice.random() < 0.12:
                self._begin_anew()
            self._round(number)
            if (number + 1) % 25 == 0:
                self._say(f"{number + 1} kills, {self.tally.edits} edits, {len(self.tally.problems)} problems")
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def _begin_anew(self) -> None:
        self.project, self.state = None, {}
        for old in (*self.saves.iterdir(), *(self.folder / "home" / "data").glob("untitled-*")):
            old.unlink()

    def _round(self, number: int) -> None:
        dice, tally = self.dice, self.tally
        death = Death.drawn(dice)
        orders = Orders(
            seed=dice.randrange(1 << 32),
            project=self.project,
            pictures=self.pictures,
            folder=self.saves,
            death=death,
            is_patient=dice.random() < 0.5,
            pause=dice.choice([0, 5, 20]),
            has_mad_clock=dice.random() < 0.2,
        )
        tally.mad_clocks += orders.has_mad_clock
        log = self.folder / "child.log"
        process, reading = bear(orders, log)
        life = watch(process, reading, death, self._visit if dice.random() < 0.25 else None)
        tally.kills += 1
        tally.by_mode[death.mode] += 1
        tally.gestures += life.gestures
        tally.edits += len(life.edits)
        tally.acknowledged += life.acknowledged
        where = f"round {number} of seed {self.seed} ({death}, {'patient' if orders.is_patient else 'hasty'})"
        if life.let_in and not life.moving:
            # One that was saved under another name by then is free again.
            life.mishaps.append("a second writer was let in")
        for account in life.mishaps:
            tally.problems.append(f"{where}: {account}")
            self._say(tally.problems[-1])
        try:
            self._judge(life, orders, where)
        except Exception:
            tally.damaged += 1
            tally.problems.append(f"{where}: {traceback.format_exc()}")
            self._say(tally.problems[-1])
            self.project = None

    def _judge(self, life: Life, orders: Orders, where: str) -> None:
        tally = self.tally
        if life.ready is None:
            tally.before_ready += 1
            self._judge_unopened(where)
            return
        if whole_digest(self.state if self.project else self._fresh(), life.ready.loaded) != life.ready.in_memory:
            self._problem(where, "the window shows something else than the file held")
        states = [self.state if self.project else self._fresh()]
        for edit in life.edits:
            states.append(after(states[-1], edit))
            if whole_digest(states[-1], edit.loaded) != edit.in_memory:
                self._problem(where, f"the rows of edit {edit.number} do not make what is in memory")
        former = Path(life.ready.path)
        places = dict.fromkeys([former, *(Path(move.path) for move in life.moving)])
        done = [Path(move.path) for move in life.moving if move.is_done]
        tally.while_moving += bool(life.moving) and not life.moving[-1].is_done
        found: dict[Path, int] = {}
        for place in places:
            if not place.exists():
                continue
            state, problems = read_back(place)
            if problems:
                tally.damaged += 1
                self._problem(where, f"{place.name}: {problems}")
            ranks = [rank for rank in range(len(states) - 1, -1, -1) if states[rank] == state]
            if ranks:
                found[place] = ranks[0]
            elif place in (former, life.acknowledged_path) or place in done:
                self._problem(where, f"{place.name} holds what the project never was")
        if done and done[-1] not in found:
            self._problem(where, f"{done[-1].name} was told to be saved and is not there")
        best = max(found.items(), key=lambda item: item[1], default=None)
        if best is None or best[1] < life.acknowledged:
            tally.losses += life.acknowledged - (0 if best is None else best[1])
            self._problem(where, f"of {life.acknowledged} edits told to be saved {best and best[1]} are there")
        if best is None:
            self.project = None
            return
        path, rank = best
        lost = len(life.edits) - rank
        tally.found += rank
        tally.not_yet_written += lost
        tally.most_not_yet_written = max(tally.most_not_yet_written, lost)
        gestures = len(set(life.gesture_of[rank:]))
        tally.most_gestures_not_yet_written = max(tally.most_gestures_not_yet_written, gestures)
        if orders.is_patient and gestures > 1:
            self._problem(where, f"{gestures} gestures are gone, though each waited for the one before to be saved")
        self._check_offer(path, states[rank], where)
        self.project, self.state = (path, states[rank]) if path.exists() else (None, {})
        tally.most_masks = max(tally.most_masks, sum(key[0] == "a" for key in self.state))

    def _visit(self, life: Life) -> None:
        """A second process at a project that is open: refused for writing, and what it may read is whole."""
        assert life.ready is not None
        path = Path(life.ready.path)
        try:
            ProjectStore.open(path).close()
        except LockedProjectError:
            self.tally.visits_refused += 1
        except StorageError:
            return  # saved under another name by now
        else:
            life.let_in = True
            return
        try:
            with ProjectStore.open(path, read_only=True) as store:
                problems = store.check()
        except StorageError:
            return
        if problems:
            life.mishaps.append(f"a reader beside the writer finds {problems}")

    def _judge_unopened(self, where: str) -> None:
        """Killed while it opened: what was there is there as it was."""
        if self.project is None:
            return
        state, problems = read_back(self.project)
        if problems or state != self.state:
            self.tally.damaged += 1
            self._problem(where, f"a window killed while it opened left {problems or 'something else'}")

    def _check_offer(self, path: Path, state: State, where: str) -> None:
        """An unnamed project with pictures is offered again; one without is cleared away."""
        if not is_untitled(path):
            return
        offered = {one.path for one in recoverable_projects()}
        has_media = any(key[0] == "m" and key != "meta" for key in state)
        if (path in offered) is not has_media:
            self._problem(where, "the unnamed project is not offered again" if has_media else "an empty one is offered")

    def _fresh(self) -> State:
        return {"meta": ("0 Ada", 0)}

    def _problem(self, where: str, what: str) -> None:
        self.tally.problems.append(f"{where}: {what}")
        self._say(self.tally.problems[-1])
