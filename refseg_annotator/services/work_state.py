"""How far the work on media has come, as it follows from what is done to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumState
from refseg_annotator.core.edits import PutMedium, Several

if TYPE_CHECKING:
    from refseg_annotator.core.edits import Edit
    from refseg_annotator.core.events import Change
    from refseg_annotator.core.project import Project


def first_work(project: Project, change: Change) -> Edit | None:
    """The edit that marks as in work what was unseen and has got a mask or an expression by a change; None for none."""
    touched = project.media_worked_on(change.expressions, change.annotations)
    if change.medium_id is not None and (change.annotations or change.expressions):
        touched.add(change.medium_id)  # of records that are gone the change alone knows the medium
    media = filter(None, map(project.media.get, sorted(touched)))
    unseen = [replace(one, state=MediumState.IN_WORK) for one in media if one.state is MediumState.UNSEEN]
    return Several("", tuple(map(PutMedium, unseen))) if unseen else None
