"""The short form of `python -m tests.crash`, and proof that the harness sees a loss when there is one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"), reason="this system has no fork or no SIGKILL"
)


def test_a_window_killed_at_random_loses_nothing_that_it_called_saved(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--kills", "10", "--seed", "7", "--json", "-", "--folder", str(tmp_path)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    assert figures["problems"] == []
    assert (figures["kills"], figures["losses"], figures["damaged"]) == (10, 0, 0)
    assert figures["edits"] >= figures["found"] >= figures["acknowledged"] > 0


FORGETFUL = """
import os, sys
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", QT_QPA_PLATFORM="offscreen")
from pathlib import Path
from refseg_annotator.storage import project_store, snapshot
from refseg_annotator.services import session
from tests.crash import child
from tests.crash.rounds import Rounds
child.PATIENCE = 20.0  # what is spoilt may never be saved, and a child that waits for that in vain is a loss seen
{mischief}
rounds = Rounds(Path(sys.argv[1]), seed=3)
# As many as it takes, of at most so many.
seen = next((tally.problems for tally in (rounds.run(1) for _ in range(8)) if tally.problems), [])
print(rounds.tally.kills, seen)
raise SystemExit(0 if seen else 1)
"""

# A disk that says yes and keeps nothing of every fifth write.
LYING_STORE = """
write, count = project_store.write_rows, [0]
def lie(connection, snapshot, folder):
    count[0] += 1
    if count[0] % 5:
        write(connection, snapshot, folder)
project_store.write_rows = lie
"""

# A session that sends only one of the masks which an edit changed.
FORGETFUL_SESSION = """
from dataclasses import replace
take = session.rows_of
def forget(project, change):
    rows = take(project, change)
    return replace(rows, referents=rows.referents[:-1])
session.rows_of = forget
"""


@pytest.mark.parametrize("mischief", [LYING_STORE, FORGETFUL_SESSION], ids=["lying store", "forgetful session"])
def test_the_harness_sees_a_loss(tmp_path: Path, mischief: str) -> None:
    script = FORGETFUL.replace("{mischief}", mischief)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
