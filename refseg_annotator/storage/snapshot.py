"""A frozen picture of the records that a change touched: taken with the edit, written where disks may be slow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import (
        Annotation,
        AnnotationKey,
        Expression,
        ExpressionId,
        Medium,
        MediumId,
        Referent,
        ReferentId,
    )
    from refseg_annotator.core.events import Change
    from refseg_annotator.core.project import Project


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Rows to put and keys to drop, all in one transaction. Records are immutable, so holding them costs no copy."""

    media: tuple[Medium, ...] = ()
    referents: tuple[Referent, ...] = ()
    expressions: tuple[Expression, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    dropped_media: tuple[MediumId, ...] = ()
    dropped_referents: tuple[ReferentId, ...] = ()
    dropped_expressions: tuple[ExpressionId, ...] = ()
    dropped_annotations: tuple[AnnotationKey, ...] = ()
    highest_id: int = 0
    author: str = ""


def rows_of(project: Project, change: Change) -> Snapshot:
    """The snapshot of what `change` touched, as the project has it now."""
    media = sorted(change.media)
    referents = sorted(change.referents)
    expressions = sorted(change.expressions)
    annotations = sorted(change.annotations)
    return Snapshot(
        media=tuple(project.media[key] for key in media if key in project.media),
        referents=tuple(project.referents[key] for key in referents if key in project.referents),
        expressions=tuple(project.expressions[key] for key in expressions if key in project.expressions),
        annotations=tuple(project.annotations[key] for key in annotations if key in project.annotations),
        dropped_media=tuple(key for key in media if key not in project.media),
        dropped_referents=tuple(key for key in referents if key not in project.referents),
        dropped_expressions=tuple(key for key in expressions if key not in project.expressions),
        dropped_annotations=tuple(key for key in annotations if key not in project.annotations),
        highest_id=project.highest_id,
        author=project.author,
    )


def everything_of(project: Project) -> Snapshot:
    """The snapshot of all records in memory, for a project that gets its first file."""
    return Snapshot(
        media=tuple(project.media.values()),
        referents=tuple(project.referents.values()),
        expressions=tuple(project.expressions.values()),
        annotations=tuple(project.annotations.values()),
        highest_id=project.highest_id,
        author=project.author,
    )
