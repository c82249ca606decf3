"""The loads that the workbench must hold, on the real window, beside other tools in the same run.

    python -m tests.benchmarks.workbench [--json FILE] [--labelme PYTHON] [--napari PYTHON] [LOAD ...]

PYTHON is the interpreter of a virtual environment that has the tool; nothing of it is needed here. Everything runs
offscreen with folders of its own. Wall time is what a person waits; processor time is told beside it because a machine
shared with others makes them differ. Status 1 where a load is not held.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from refseg_annotator.errors import ModelError
from tests.benchmarks.rows import machine

PEERS = ("labelme", "napari")
FRAME = 1000 / 60


@dataclass
class Load:
    """One line: medians in milliseconds; `asked` is judged against `judged`, the figure that the design means."""

    name: str
    wall: float
    processor: float
    asked: float | None
    words: str = ""
    worst: float | None = None
    peers: dict[str, list[Any]] = field(default_factory=dict)
    peer_key: str = ""

    @property
    def holds(self) -> bool:
        """By wall time, or by processor time where others held the processor meanwhile."""
        return self.asked is None or min(self.wall, self.processor) < self.asked


def timed(work: Callable[[int], object], rounds: int) -> tuple[float, float, float]:
    """Median wall and processor milliseconds of `work(round)`, and the 95th hundredth of the processor's."""
    work(-1)
    walls, busy = [], []
    for number in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work(number)
        walls.append(1000 * (time.perf_counter() - wall))
        busy.append(1000 * (time.process_time() - cpu))
    return statistics.median(walls), statistics.median(busy), float(np.quantile(busy, 0.95))


class Bench:
    """The real window with the fake predictor, and hands for it."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        from refseg_annotator.app import Program
        from refseg_annotator.inference.predictor import FakePredictor
        from refseg_annotator.settings import Settings

        self.application = QApplication.instance() or QApplication([])
        fake = FakePredictor()
        # The tour of a first start would lie over the canvas and be drawn with it.
        settings = Settings(theme="dark", reduced_motion=True, tour_seen=True, brush_radius=500)
        self.program = Program(self.application, settings, predictor_loader=lambda: fake)
        self.window = self.program.window
        self.window.resize(1920, 1080)
        self.window.show()
        self.window.start([])
        self.until(lambda: True)

    @property
    def canvas(self) -> Any:
        return self.window.canvas

    def until(self, is_so: Callable[[], bool], seconds: float = 120.0) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + seconds
        while True:
            self.application.processEvents()
            if is_so():
                return
            if time.monotonic() > end:
                raise SystemExit("the window did not get there in time")

    def open(self, path: Path) -> None:
        """Open a picture and wait for it."""
        self.window.desk.open_paths([path])
        self.until(lambda: self.canvas.picture is not None and not self.canvas.is_waiting)

    def mouse(self, kind: Any, x: float, y: float, *, down: bool = True) -> None:
        """A mouse event over a source point, painted before this returns."""
        from PySide6.QtCore import QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        place = self.canvas.position_of(x, y)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QMouseEvent.Type.MouseMove else left
        event = QMouseEvent(kind, place, QPointF(place), button, left if down else none, Qt.KeyboardModifier.NoModifier)
        self.application.sendEvent(self.canvas, event)
        self.application.processEvents()

    def close(self) -> None:
        """End it all."""
        self.window.close()
        self.program.close()


def large_picture(folder: Path) -> Path:
    """8192 x 8192 pixels of soft blots."""
    import cv2

    random = np.random.default_rng(0)
    picture = cv2.resize(random.integers(0, 255, (32, 32, 3), dtype=np.uint8), (8192, 8192))
    path = folder / "large.jpg"
    cv2.imwrite(str(path), picture)
    return path


def brush(folder: Path) -> Iterator[Load]:
    """Real mouse moves with a brush of radius 500 on 8192 x 8192, drawn; then the stroke taken back."""
    from PySide6.QtCore import QEvent

    from refseg_annotator.ui.tools.canvas_tools import ToolId

    bench = Bench()
    bench.open(large_picture(folder))
    bench.bridge = bench.program.bridge
    bench.bridge.choose_tool(ToolId.BRUSH)
    for title, zoom in (("whole picture in sight", None), ("at 100 %", 1.0)):
        if zoom is not None:
            bench.canvas.one_to_one()
            bench.application.processEvents()
        x, y = bench.canvas.source_at(bench.canvas.rect().center().toPointF())
        bench.mouse(QEvent.Type.MouseButtonPress, x, y)
        reach = 60 / bench.canvas.view.scale

        def move(number: int, x: float = x, y: float = y, reach: float = reach) -> None:
            bench.mouse(QEvent.Type.MouseMove, x + reach * (number % 7 - 3), y + reach * (number % 5 - 2))

        wall, cpu, worst = timed(move, 120)
        bench.mouse(QEvent.Type.MouseButtonRelease, x, y, down=False)
        words = "mouse event to pixels"
        yield Load(f"brush, radius 500, 8192 x 8192, {title}", wall, cpu, 16, words, worst, peer_key="brush")
    session = bench.bridge.session
    before = {key: one.mask for key, one in session.project.annotations.items()}
    steps = 0

    def there_and_back(_number: int) -> None:
        bench.bridge.undo()
        bench.application.processEvents()
        bench.bridge.redo()
        bench.application.processEvents()

    wall, cpu, worst = timed(there_and_back, 20)
    assert {key: one.mask for key, one in session.project.annotations.items()} == before
    while session.history.can_undo:
        bench.bridge.undo()
        steps += 1
    assert not session.project.annotations
    budget = session.history.budget / 2**20 if hasattr(session.history, "budget") else 64
    yield Load(
        "undo and redo of such a stroke, both drawn", wall, cpu, 100,
        f"exact; {budget:.0f} MiB of steps, {steps} here", worst, peer_key="undo_step",
    )  # fmt: skip
    bench.close()


def referents(folder: Path) -> Iterator[Load]:
    """1,000 referents on a frame of full HD: pan and zoom, each frame drawn."""
    import cv2

    from refseg_annotator.core.annotation import Annotation, Origin, Provenance, Referent, ReferentId
    from refseg_annotator.core.edits import PutAnnotation, PutReferent, Several
    from refseg_annotator.core.geometry import Box, Size
    from refseg_annotator.core.mask import Mask

    random = np.random.default_rng(0)
    path = folder / "hd.png"
    cv2.imwrite(str(path), cv2.resize(random.integers(0, 255, (9, 16, 3), dtype=np.uint8), (1920, 1080)))
    bench = Bench()
    bench.open(path)
    session, medium_id, size = bench.program.bridge.session, bench.program.bridge.medium_id, Size(1920, 1080)
    edits: list[Any] = []
    rows, columns = np.mgrid[:60, :80]
    for number in range(1000):
        referent = Referent(id=ReferentId(session.project.next_id()), medium_id=medium_id, colour=number)
        x, y = int(random.integers(0, 1840)), int(random.integers(0, 1020))
        inside = ((columns - 40) / 40) ** 2 + ((rows - 30) / 30) ** 2 < 1 - 0.5 * random.random()
        mask = Mask.from_patch(size, Box(x, y, x + 80, y + 60), inside)
        edits += [PutReferent(referent), PutAnnotation(Annotation(referent.id, 0, mask, Provenance(Origin.MANUAL)))]
    session.commit(Several("Thousand", edits))
    bench.until(lambda: session.saved)
    bench.program.bridge.select(ReferentId(edits[0].referent.id))
    for title, scale in (("whole picture in sight", None), ("at 200 %", 2.0)):
        if scale is not None:
            bench.canvas.zoom(scale / bench.canvas.view.scale)
            settle(bench)

        def pan(number: int) -> None:
            way = 7 if number % 20 < 10 else -7
            bench.canvas._look(bench.canvas.view.moved(way, way))
            bench.application.processEvents()

        wall, cpu, worst = timed(pan, 120)
        yield Load(f"pan, 1,000 referents, {title}", wall, cpu, FRAME, "a frame drawn", worst, peer_key="pan")

    def zoom(number: int) -> None:
        bench.canvas.zoom(1.1 if number % 10 < 5 else 1 / 1.1)
        bench.canvas.repaint()

    bench.canvas.fit()
    settle(bench)
    wall, cpu, worst = timed(zoom, 60)
    yield Load("zoom, 1,000 referents", wall, cpu, FRAME, "a frame drawn", worst, peer_key="zoom")
    bench.close()


def settle(bench: Bench) -> None:
    """Until nothing is to be drawn any more."""
    bench.until(lambda: bench.canvas._stretched is None)


def folder_of_100_000(folder: Path) -> Iterator[Load]:
    """100,000 pictures: listed without opening one, then all in the window's list."""
    from refseg_annotator.media import list_media

    photos = folder / "photos"
    photos.mkdir()
    first = photos / "0.jpg"
    for number in range(100_000):
        # A file has room for some 65,000 names.
        if number % 50_000 == 0:
            first = photos / f"{number}.jpg"
            first.write_bytes(_small_picture())
        else:
            os.link(first, photos / f"{number}.jpg")
    listed: list[Path] = []
    wall, cpu, worst = timed(lambda _: listed.__setitem__(slice(None), list_media(photos)), 3)
    yield Load("folder of 100,000 pictures, listed", wall, cpu, 1000, f"{len(listed):,} names in natural order", worst)
    bench = Bench()
    began, busy = time.perf_counter(), time.process_time()
    bench.window.desk.open_paths([photos])
    bench.until(lambda: len(bench.program.bridge.session.project.media) >= len(listed), 600)
    wall, cpu = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)
    words = "in the window's list, a row of the project each"
    yield Load("folder of 100,000 pictures, opened in the window", wall, cpu, None, words, peer_key="folder")

    def typed(number: int) -> None:
        bench.window.media_list.filter.setText(str(11 + number % 80))
        bench.application.processEvents()

    bench.until(lambda: bench.canvas.picture is not None)
    wall, cpu, worst = timed(typed, 10)
    bench.window.media_list.filter.clear()
    yield Load("filter of 100,000 rows, a letter typed", wall, cpu, 100, "until the list is drawn", worst)
    bench.close()


def _small_picture() -> bytes:
    import cv2

    return cv2.imencode(".jpg", np.full((48, 64, 3), 120, np.uint8))[1].tobytes()


def waits(_folder: Path) -> Iterator[Load]:
    """With the shipped model: a phrase on a picture already read, and the first window."""
    from refseg_annotator.cli import benchmark
    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.inference.predictor import binarize

    predictor = load_named_predictor(None, None)
    features = predictor.encode(benchmark._picture(640, 480, seed=0))

    def ask(_number: int) -> None:
        binarize(predictor.predict(features, predictor.tokenize(benchmark.PHRASE)), predictor.info)

    wall, cpu, worst = timed(ask, 15)
    info = predictor.info
    yield Load("phrase on an encoded frame", wall, cpu, 50, f"{info.name} on {info.device}", worst)
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        window = benchmark._window()
    except ModelError as error:
        print(f"The first window could not be measured: {error}", file=sys.stderr)
        return
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / (benchmark._WINDOW_ROUNDS + 1)
    yield Load("first window", window, busy, 2000, "command to first paint; torch comes later", peer_key="first_window")


LOADS: dict[str, Callable[[Path], Iterator[Load]]] = {
    "waits": waits,
    "folder": folder_of_100_000,
    "brush": brush,
    "referents": referents,
}


def peer_figures(told: dict[str, str | None], folder: Path) -> dict[str, dict[str, list[Any]]]:
    """What the other tools take for the same loads, by tool and load."""
    figures: dict[str, dict[str, list[Any]]] = {}
    for name, python in told.items():
        if python is None:
            continue
        command = [python, str(Path(__file__).with_name("peer_loads.py")), name, str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"{name} could not be measured: {error}", file=sys.stderr)
            continue
        sys.stderr.write("".join(f"  {name}: {line}\n" for line in done.stderr.splitlines() if line.startswith("not ")))
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no word on why"]
            print(f"{name} could not be measured: {last[0]}", file=sys.stderr)
            continue
        figures[name] = json.loads(done.stdout.strip().splitlines()[-1])
        version = f"from importlib.metadata import version; print(version({name!r}))"
        told_version = subprocess.run([python, "-c", version], capture_output=True, text=True, check=False)
        figures[name]["version"] = [told_version.stdout.strip()]
    return figures


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.workbench", description=__doc__.splitlines()[0])
    parser.add_argument("loads", nargs="*", metavar="LOAD", help=f"which: {', '.join(LOADS)}; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    for name in PEERS:
        parser.add_argument(f"--{name}", metavar="PYTHON", help=f"interpreter of an environment that has {name}")
    told = parser.parse_args()
    if unknown := set(told.loads) - set(LOADS):
        parser.error(f"there is no load {', '.join(sorted(unknown))}; there are {', '.join(LOADS)}")
    where = machine()
    print("; ".join(f"{name} {value}" for name, value in where.items()))
    done: list[Load] = []
    with tempfile.TemporaryDirectory(prefix="refseg-loads-") as place:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"REFSEG_{name}_DIR"] = str(Path(place) / name.lower())
        for name in told.loads or LOADS:
            folder = Path(place) / name
            folder.mkdir()
            for load in LOADS[name](folder):
                done.append(load)
                print(f"  {load.name}: {load.wall:,.1f} ms, processor {load.processor:,.1f} ms", file=sys.stderr)
        photos = Path(place) / "folder" / "photos"
        if not photos.is_dir():
            photos.mkdir(parents=True)
            (photos / "0.jpg").write_bytes(_small_picture())
        peers = peer_figures({name: getattr(told, name) for name in PEERS}, photos)
    for load in done:
        load.peers = {name: found[load.peer_key] for name, found in peers.items() if found.get(load.peer_key)}
    print_table(done, peers)
    if told.json:
        record = {"machine": where, "peers": peers, "loads": [{**vars(one), "holds": one.holds} for one in done]}
        told.json.write_text(json.dumps(record, indent=2), encoding="utf-8")
    broken = [load.name for load in done if not load.holds]
    if broken:
        print("\nNot held: " + "; ".join(broken))
    return bool(broken)


def print_table(loads: list[Load], peers: dict[str, dict[str, list[Any]]]) -> None:
    """Markdown."""
    names = [f"{name} {found['version'][0]}" for name, found in peers.items()]
    print(
        "\n| load | wall, ms | processor, ms | 95 %, ms | asked, ms |"
        + "".join(f" {name}, wall / processor |" for name in names)
    )
    print("|---|--:|--:|--:|--:|" + "---|" * len(names))
    for load in loads:
        asked = "" if load.asked is None else f"< {load.asked:,.0f}"
        worst = "" if load.worst is None else f"{load.worst:,.1f}"
        others = [load.peers.get(name) for name in peers]
        cells = "".join(f" {one[0]:,.1f} / {one[1]:,.1f} ({one[2]}) |" if one else " |" for one in others)
        words = f"{load.name}: {load.words}" if load.words else load.name
        print(f"| {words} | {load.wall:,.1f} | {load.processor:,.1f} | {worst} | {asked} |{cells}")


if __name__ == "__main__":
    sys.exit(main())
