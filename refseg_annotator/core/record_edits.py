"""Edits of media, referents and expressions, and what every edit is. Import them from `core.edits`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from refseg_annotator.core.counting import number_of
from refseg_annotator.core.events import Change
from refseg_annotator.core.geometry import EMPTY_BOX
from refseg_annotator.errors import EditError

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import (
        Expression,
        ExpressionId,
        Medium,
        MediumId,
        Referent,
        ReferentId,
    )
    from refseg_annotator.core.project import Project

RECORD_COST = 512
"""Bytes taken for a record without pixels, generously."""


class Edit(Protocol):
    """One change to a project."""

    @property
    def title(self) -> str:
        """A plain English verb phrase for the menu: "Brush", "Accept proposal". The inverse keeps it."""
        ...

    @property
    def cost(self) -> int:
        """Bytes that the edit holds."""
        ...

    def media(self, project: Project, /) -> frozenset[MediumId]:
        """The media that the edit is about; those whose annotations are not in memory must be loaded before it."""
        ...

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Change the project; return the edit that takes it back, and what was touched.

        Raises:
            EditError: The edit does not fit; nothing was changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class PutMedium:
    """Add a medium, or replace the one with its id."""

    medium: Medium
    title: str = "Add medium"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, _project: Project) -> frozenset[MediumId]:
        """The medium."""
        return frozenset({self.medium.id})

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Put it."""
        medium = self.medium
        before = project.media.get(medium.id)
        if before is not None and (before.size != medium.size or before.frame_count > medium.frame_count):
            loaded_medium_in(project, medium.id)
            frames = project.annotated_frames(medium.id)
            if frames and (before.size != medium.size or frames[-1] >= medium.frame_count):
                raise EditError(f"{medium.path!r} has masks that would not fit its new size; remove them first.")
            if any(e.span is not None and e.span.last >= medium.frame_count for e in project.expressions_of(medium.id)):
                raise EditError(f"{medium.path!r} has expressions about frames past its new end; change them first.")
        project._put_medium(medium)
        change = Change(media=frozenset({medium.id}), medium_id=medium.id)
        if before is None:
            return DropMedium(medium.id, self.title), change
        return PutMedium(before, self.title), change


@dataclass(frozen=True, slots=True)
class DropMedium:
    """Remove a medium that nothing hangs on any more; see `removing_medium`."""

    id: MediumId
    title: str = "Remove medium"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, _project: Project) -> frozenset[MediumId]:
        """The medium."""
        return frozenset({self.id})

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Drop it."""
        medium = medium_in(project, self.id)
        if project.referents_of(self.id) or project.expressions_of(self.id):
            raise EditError(f"{medium.path!r} still has referents or expressions; remove them first.")
        # Without referents there are no annotations, loaded or not; put back, it counts as loaded.
        project._drop_medium(self.id)
        return PutMedium(medium, self.title), Change(media=frozenset({self.id}), medium_id=self.id)


@dataclass(frozen=True, slots=True)
class PutReferent:
    """Add a referent, or replace the one with its id."""

    referent: Referent
    title: str = "Add referent"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, _project: Project) -> frozenset[MediumId]:
        """The referent's medium."""
        return frozenset({self.referent.medium_id})

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Put it."""
        referent = self.referent
        medium_in(project, referent.medium_id)
        before = project.referents.get(referent.id)
        if before is not None and before.medium_id != referent.medium_id:
            raise EditError(
                f"{name_of(before)} belongs to another medium and cannot be moved; make a new referent there."
            )
        project._put_referent(referent)
        return (
            DropReferent(referent.id, self.title) if before is None else PutReferent(before, self.title),
            Change(
                referents=frozenset({referent.id}),
                medium_id=referent.medium_id,
                # Nothing of a new referent is drawn yet; another colour of an old one shows on every frame.
                box=EMPTY_BOX if before is None else None,
            ),
        )


@dataclass(frozen=True, slots=True)
class DropReferent:
    """Remove a referent that nothing hangs on any more; see `removing_referent`."""

    id: ReferentId
    title: str = "Remove referent"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, project: Project) -> frozenset[MediumId]:
        """The referent's medium."""
        return medium_of(project, self.id)

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Drop it."""
        referent = referent_in(project, self.id)
        loaded_medium_in(project, referent.medium_id)
        if project.annotations_of(self.id) or project.expressions_for(self.id):
            raise EditError(f"{name_of(referent)} still has masks or expressions; remove them first.")
        project._drop_referent(self.id)
        change = Change(referents=frozenset({self.id}), medium_id=referent.medium_id, box=EMPTY_BOX)
        return PutReferent(referent, self.title), change


@dataclass(frozen=True, slots=True)
class PutExpression:
    """Add an expression, or replace the one with its id."""

    expression: Expression
    title: str = "Add expression"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST + 4 * len(self.expression.text)

    def media(self, _project: Project) -> frozenset[MediumId]:
        """The expression's medium."""
        return frozenset({self.expression.medium_id})

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Put it."""
        expression = self.expression
        medium = medium_in(project, expression.medium_id)
        before = project.expressions.get(expression.id)
        if before is not None and before.medium_id != expression.medium_id:
            raise EditError(f"{before.text!r} belongs to another medium and cannot be moved; write it anew there.")
        for target in expression.targets:
            if referent_in(project, target).medium_id != expression.medium_id:
                raise EditError(f"{expression.text!r} can only mean referents of its own medium.")
        if expression.span is not None and expression.span.last >= medium.frame_count:
            raise EditError(
                f"{expression.text!r} speaks of frame {expression.span.last}, and {medium.path!r} has"
                f" {number_of(medium.frame_count, 'frames')}; give it an earlier end."
            )
        project._put_expression(expression)
        change = Change(expressions=frozenset({expression.id}), medium_id=expression.medium_id, box=EMPTY_BOX)
        if before is None:
            return DropExpression(expression.id, self.title), change
        return PutExpression(before, self.title), change


@dataclass(frozen=True, slots=True)
class DropExpression:
    """Remove an expression."""

    id: ExpressionId
    title: str = "Remove expression"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, project: Project) -> frozenset[MediumId]:
        """The expression's medium."""
        expression = project.expressions.get(self.id)
        return frozenset() if expression is None else frozenset({expression.medium_id})

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Drop it."""
        expression = project.expressions.get(self.id)
        if expression is None:
            raise EditError(f"Expression {self.id} is no longer in the project; choose another.")
        project._drop_expression(self.id)
        change = Change(expressions=frozenset({self.id}), medium_id=expression.medium_id, box=EMPTY_BOX)
        return PutExpression(expression, self.title), change


def medium_in(project: Project, medium_id: MediumId) -> Medium:
    """The medium of that id; EditError if it is gone."""
    medium = project.media.get(medium_id)
    if medium is None:
        raise EditError(f"Medium {medium_id} is no longer in the project; add its file again.")
    return medium


def referent_in(project: Project, referent_id: ReferentId) -> Referent:
    """The referent of that id; EditError if it is gone."""
    referent = project.referents.get(referent_id)
    if referent is None:
        raise EditError(f"Referent {referent_id} is no longer in the project; choose another.")
    return referent


def loaded_medium_in(project: Project, medium_id: MediumId) -> Medium:
    """The medium of that id; EditError if it is gone or its annotations are not in memory."""
    medium = medium_in(project, medium_id)
    if medium_id not in project.loaded_media:
        raise EditError(f"The masks of {medium.path!r} are not loaded yet; open it first.")
    return medium


def medium_of(project: Project, referent_id: ReferentId) -> frozenset[MediumId]:
    """The medium of a referent, as `Edit.media` gives it."""
    # A referent that is not there yet is put by an earlier part of the same `Several`, which names the medium.
    referent = project.referents.get(referent_id)
    return frozenset() if referent is None else frozenset({referent.medium_id})


def name_of(referent: Referent) -> str:
    """What a sentence calls a referent."""
    return repr(referent.name) if referent.name else f"Referent {referent.id}"
