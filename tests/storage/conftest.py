"""Fixtures of the store's tests: a file filled with every kind of record, and how to read one back whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator.core.project import Project
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import everything_of
from tests.storage.records import filled_project


@pytest.fixture
def filled_file(tmp_path: Path) -> Path:
    """A closed project file with one of everything; its media lie beside it, in `media`."""
    path = tmp_path / "work" / "project.refseg"
    path.parent.mkdir()
    with ProjectStore.create(path, author="Ada") as store:
        store.write(everything_of(filled_project(path.parent / "media")))
    return path


@pytest.fixture
def load_whole() -> Callable[[ProjectStore], Project]:
    """Load a project with the annotations of all media."""

    def load(store: ProjectStore) -> Project:
        project = store.load()
        for medium_id in project.media:
            project.put_loaded(medium_id, store.load_annotations(medium_id))
        return project

    return load
