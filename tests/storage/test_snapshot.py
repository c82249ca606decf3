"""Snapshots that waited are written as one: the file ends as if each had been written by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest

from refseg_annotator.core.annotation import Annotation, Expression, ExpressionId, Origin, Provenance
from refseg_annotator.core.edits import (
    Edit,
    PutAnnotation,
    PutExpression,
    PutMedium,
    removing_medium,
    removing_referent,
)
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import Snapshot, everything_of, rows_of
from tests.storage.records import contents, disc, filled_project


def _whole(store: ProjectStore):
    project = store.load()
    for medium_id in project.media:
        project.put_loaded(medium_id, store.load_annotations(medium_id))
    return contents(project)


@pytest.mark.parametrize("at_once", [1, 2, 3, 99])
def test_snapshots_joined_do_what_they_did_one_by_one(tmp_path: Path, at_once: int) -> None:
    project = filled_project(tmp_path / "media")
    waiting = [everything_of(project)]
    medium = next(iter(project.media.values()))
    referent = project.referents_of(medium.id)[0]

    def do(edit: Edit) -> Edit:
        inverse, change = edit.apply(project)
        waiting.append(rows_of(project, change))
        return inverse

    size = medium.size
    for x in (8, 12):
        do(PutAnnotation(Annotation(referent.id, 0, disc(size, x, 8, 4), Provenance(Origin.MANUAL))))
    back = do(removing_referent(project, referent.id))
    do(back)
    added = Expression(ExpressionId(project.next_id()), medium.id, "late", (referent.id,))
    drop = do(PutExpression(added))
    do(do(drop))
    do(PutMedium(replace(medium, split=medium.split)))
    do(do(removing_medium(project, medium.id)))

    starts = range(0, len(waiting), at_once)
    folded = [reduce(Snapshot.followed_by, waiting[start : start + at_once]) for start in starts]
    with ProjectStore.create(tmp_path / "p.refseg") as store:
        for snapshot in folded:
            store.write(snapshot)
        assert store.check() == []
        assert _whole(store) == contents(project)
