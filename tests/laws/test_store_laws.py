"""Law of the store: after any walk of edits and undos, each written as it happens, the file equals the project."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.history import History
from refseg_annotator.core.project import Project
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import rows_of
from tests.storage.records import contents, random_edit


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1 << 32), length=st.integers(1, 40))
def test_the_file_follows_any_walk_of_edits(tmp_path_factory: pytest.TempPathFactory, seed: int, length: int) -> None:
    folder: Path = tmp_path_factory.mktemp("walk")
    dice = random.Random(seed)
    project, history = Project("Ada"), History()
    with ProjectStore.create(folder / "a.refseg") as store:
        for _ in range(length):
            way = dice.random()
            if way < 0.2 and history.can_undo:
                change = history.undo(project)
            elif way < 0.3 and history.can_redo:
                change = history.redo(project)
            else:
                inverse, change = random_edit(project, dice).apply(project)
                history.record(inverse)
            assert change is not None
            store.write(rows_of(project, change))
    with ProjectStore.open(folder / "a.refseg") as store:
        read = store.load()
        for medium_id in read.media:
            read.put_loaded(medium_id, store.load_annotations(medium_id))
        assert store.check() == []
    assert contents(read) == contents(project)
