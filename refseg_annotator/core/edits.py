"""Edits: everything that can be done to a project. An edit, applied, returns the edit that undoes it.

Do, undo and redo are one code path. An edit first checks that it fits the project as it stands and raises `EditError`
before anything is changed; `Several` takes back what it did when one of its parts does not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumId
from refseg_annotator.core.events import Change
from refseg_annotator.core.mask_edits import DropAnnotation, PaintMask, PutAnnotation
from refseg_annotator.core.record_edits import (
    RECORD_COST,
    DropExpression,
    DropMedium,
    DropReferent,
    Edit,
    PutExpression,
    PutMedium,
    PutReferent,
    loaded_medium_in,
    referent_in,
)

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.project import Project

__all__ = [
    "DropAnnotation",
    "DropExpression",
    "DropMedium",
    "DropReferent",
    "Edit",
    "PaintMask",
    "PutAnnotation",
    "PutExpression",
    "PutMedium",
    "PutReferent",
    "Several",
    "removing_medium",
    "removing_referent",
]


@dataclass(frozen=True, slots=True)
class Several:
    """Edits that stand or fall together, as one step of the history.

    Args:
        title: What the user did.
        edits: Applied in order; a later one may rest on an earlier one.
    """

    title: str
    edits: tuple[Edit, ...] = field(default=())

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST + sum(edit.cost for edit in self.edits)

    def media(self, project: Project) -> frozenset[MediumId]:
        """The media of all parts."""
        return frozenset[MediumId]().union(*(edit.media(project) for edit in self.edits))

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Apply all, or none."""
        inverses: list[Edit] = []
        changes: list[Change] = []
        try:
            for edit in self.edits:
                inverse, change = edit.apply(project)
                inverses.append(inverse)
                changes.append(change)
        except BaseException:
            # Whatever went wrong, even a full memory: what was done is taken back, the newest first.
            for inverse in reversed(inverses):
                inverse.apply(project)
            raise
        return Several(self.title, tuple(reversed(inverses))), Change.merged(changes)


def removing_referent(project: Project, referent_id: ReferentId, *, title: str = "Remove referent") -> Several:
    """The edit that removes a referent with its masks; expressions that mean it stay and no longer do.

    Raises:
        EditError: It is not there, or its medium is not loaded.
    """
    referent = referent_in(project, referent_id)
    loaded_medium_in(project, referent.medium_id)
    edits: list[Edit] = [DropAnnotation(annotation.key) for annotation in project.annotations_of(referent_id)]
    for expression in project.expressions_for(referent_id):
        rest = tuple(target for target in expression.targets if target != referent_id)
        edits.append(PutExpression(replace(expression, targets=rest)))
    edits.append(DropReferent(referent_id))
    return Several(title, tuple(edits))


def removing_medium(project: Project, medium_id: MediumId, *, title: str = "Remove medium") -> Several:
    """The edit that removes a medium with its expressions, referents and masks; the file itself stays where it is.

    Raises:
        EditError: It is not there, or not loaded.
    """
    loaded_medium_in(project, medium_id)
    referents = project.referents_of(medium_id)
    edits: list[Edit] = []
    for referent in referents:
        edits.extend(DropAnnotation(annotation.key) for annotation in project.annotations_of(referent.id))
    edits.extend(DropExpression(expression.id) for expression in project.expressions_of(medium_id))
    edits.extend(DropReferent(referent.id) for referent in referents)
    edits.append(DropMedium(medium_id))
    return Several(title, tuple(edits))
