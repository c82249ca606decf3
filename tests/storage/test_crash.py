"""A killed writer: what he committed is there, in order, and nothing half."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from refseg_annotator.core.annotation import MediumId, ReferentId
from refseg_annotator.storage.project_store import ProjectStore

EDITS = 200

# Each edit adds a referent with a mask and a phrase, so that one without the others would show.
WRITER = """
import sys
from pathlib import Path
from refseg_annotator.core.annotation import *
from refseg_annotator.core.edits import PutAnnotation, PutExpression, PutMedium, PutReferent, Several
from refseg_annotator.core.project import Project
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import rows_of
from tests.storage.records import SIZE, disc, medium
project = Project()
store = ProjectStore.create(Path(sys.argv[1]))
def commit(edit):
    _, change = edit.apply(project)
    store.write(rows_of(project, change))
commit(PutMedium(medium(project.next_id())))
for number in range({edits}):
    referent, expression = ReferentId(project.next_id()), ExpressionId(project.next_id())
    mask = disc(SIZE, number % 31, number % 23, 4)
    commit(Several("one", (
        PutReferent(Referent(referent, MediumId(1), str(number))),
        PutExpression(Expression(expression, MediumId(1), str(number), (referent,))),
        PutAnnotation(Annotation(referent, 0, mask, Provenance(Origin.MANUAL))),
    )))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("kill_after", [0, 1, 57, 199])
def test_a_killed_process_loses_nothing_it_committed(tmp_path: Path, kill_after: int) -> None:
    path = tmp_path / "a.refseg"
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER.replace("{edits}", str(EDITS)), str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        told = -1
        while told < kill_after:
            told = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        # What was told before the kill took effect was committed too.
        for line in process.stdout:
            if line.endswith("\n"):
                told = int(line)
    with ProjectStore.open(path) as store:
        assert store.check() == []
        project = store.load()
        project.put_loaded(MediumId(1), store.load_annotations(MediumId(1)))
    names = [referent.name for referent in project.referents.values()]
    assert names == [str(number) for number in range(len(names))]
    assert len(names) > told
    assert [expression.text for expression in project.expressions.values()] == names
    assert list(project.annotations) == [(ReferentId(key), 0) for key in project.referents]
