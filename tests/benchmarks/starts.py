"""From the command to the first window, and what memory the program takes, each beside the bare library."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.rows import Row, median_of_processes, peak_megabytes, run_python

BARE_WINDOW = """
import os
from PySide6 import QtCore, QtWidgets
application = QtWidgets.QApplication([])
class Bare(QtWidgets.QMainWindow):
    def paintEvent(self, event):
        {end}
        os._exit(0)
window = Bare()
window.resize(1440, 900)
window.show()
application.exec()
"""
OUR_WINDOW = "from refseg_annotator.cli.benchmark import report_first_window; report_first_window()"

OUR_WINDOW_PEAK = """
from PySide6.QtCore import QTimer
import os
from refseg_annotator.app import run
def end():
    tell_peak()
    os._exit(0)
run([], on_shown=lambda: end())
"""

ONE_PHRASE = """
from refseg_annotator.cli import benchmark
from refseg_annotator.cli.loading import load_named_predictor
predictor = load_named_predictor(None, None)
features = predictor.encode(benchmark._picture(640, 480, seed=0))
predictor.predict(features, predictor.tokenize(benchmark.PHRASE))
tell_peak()
"""

OUR_PROJECT = """
from pathlib import Path
from refseg_annotator.storage.project_store import ProjectStore
with ProjectStore.open(Path({project!r})) as store:
    project = store.load()
    store.load_annotations(next(iter(project.media)))
    tell_peak()
"""
THEIR_PROJECT = """
import json
with open({flat!r}) as file:
    rows = json.load(file)
tell_peak()
"""


def starts() -> Iterator[Row]:
    """The first window, each time a process of its own with folders of its own."""
    with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
        own = {f"REFSEG_{name}_DIR": f"{folder}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        own["REFSEG_STARTED_AT"] = repr(time.monotonic())
        yield Row(
            "from the command to the first window, painted",
            median_of_processes(OUR_WINDOW, environment=own),
            median_of_processes(BARE_WINDOW.format(end="pass")),
            "PySide6 alone, an empty window",
            2000,
        )


def memory() -> Iterator[Row]:
    """The most memory held, MB."""
    with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
        bare = BARE_WINDOW.format(end="tell_peak()")
        yield Row("memory: the window, empty", peak_megabytes(OUR_WINDOW_PEAK), peak_megabytes(bare), "PySide6 alone, an empty window", unit="MB")  # fmt: skip  # noqa: E501
        yield Row("memory: the model loaded, one phrase read", peak_megabytes(ONE_PHRASE), peak_megabytes("import torch; tell_peak()"), "import torch, nothing else", unit="MB")  # fmt: skip  # noqa: E501
        project, flat = make_project(Path(folder))
        ours = peak_megabytes(OUR_PROJECT.format(project=str(project)))
        theirs = peak_megabytes(THEIR_PROJECT.format(flat=str(flat)))
        yield Row("memory: a project of 20,000 masks, opened", ours, theirs, "json, the same masks in one COCO file", unit="MB")  # fmt: skip  # noqa: E501


def make_project(folder: Path) -> tuple[Path, Path]:
    """A project of 2,000 pictures with ten masks each, and the same masks as one JSON file."""
    script = (
        "from pathlib import Path; from tests.benchmarks.__main__ import write_project; "
        f"write_project(Path({str(folder)!r}))"
    )
    run_python(script)
    return folder / "large.refseg", folder / "large.json"
