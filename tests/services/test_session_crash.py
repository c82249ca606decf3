"""A window killed in full work: the file holds the edits in order up to some moment, and all that were flushed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from refseg_annotator.core.annotation import MediumId, ReferentId
from refseg_annotator.services.documents import is_untitled, recoverable_projects
from refseg_annotator.storage.project_store import ProjectStore

WORKER = """
import queue, sys
from refseg_annotator.core.annotation import *
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Box
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate
from refseg_annotator.services.documents import new_project
from refseg_annotator.services.jobs import Runner
from tests.storage.records import medium
import numpy as np
calls = queue.SimpleQueue()
session = new_project(runner=Runner(calls.put), media=FrameCache(1 << 20))
session.commit(PutMedium(medium(session.project.next_id())))
box = Box(3, 3, 9, 9)
for number in range(500):
    referent = annotate.paint_new(session, MediumId(1), 0, box, np.ones(box.shape, bool))
    annotate.rename(session, referent, str(number))
    if number == 40:
        session.flush()
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("kill_after", [40, 133])
def test_a_killed_window_leaves_a_recoverable_prefix(kill_after: int) -> None:
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < kill_after:
            pass
        process.kill()
    (left,) = recoverable_projects()
    assert is_untitled(left.path)
    assert left.annotations >= 41
    with ProjectStore.open(left.path) as store:
        assert store.check() == []
        project = store.load()
        project.put_loaded(MediumId(1), store.load_annotations(MediumId(1)))
    referents = list(project.referents.values())
    # The last one may have been painted and not yet named: two edits.
    assert [referent.name for referent in referents[:-1]] == [str(number) for number in range(len(referents) - 1)]
    assert referents[-1].name in ("", str(len(referents) - 1))
    assert set(project.annotations) == {(ReferentId(referent.id), 0) for referent in referents}
