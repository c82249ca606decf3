"""A frozen picture of the records that a change touched: taken with the edit, written where disks may be slow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    from refseg_annotator.core.project import Draft, Project
    from refseg_annotator.storage.unfinished import Unfinished

_Record = TypeVar("_Record")


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
    draft: Draft | None = None
    unfinished: Unfinished | None = None
    """What imports under way have added by now, where that is news."""

    def followed_by(self, later: Snapshot) -> Snapshot:
        """One snapshot that does what this one and then `later` do: what is put and then dropped is never written."""
        referents = _less(self.referents, later.referents, later.dropped_referents, lambda one: one.id)
        gone = set(later.dropped_referents)
        annotations = _less(self.annotations, later.annotations, later.dropped_annotations, lambda one: one.key)
        return replace(
            later,
            media=_less(self.media, later.media, later.dropped_media, lambda one: one.id) + later.media,
            referents=referents + later.referents,
            expressions=_less(self.expressions, later.expressions, later.dropped_expressions, lambda one: one.id)
            + later.expressions,
            annotations=tuple(one for one in annotations if one.referent_id not in gone) + later.annotations,
            # In a snapshot drops come first, so that a record dropped here and put later stays put.
            dropped_media=tuple(dict.fromkeys(self.dropped_media + later.dropped_media)),
            dropped_referents=tuple(dict.fromkeys(self.dropped_referents + later.dropped_referents)),
            dropped_expressions=tuple(dict.fromkeys(self.dropped_expressions + later.dropped_expressions)),
            dropped_annotations=tuple(dict.fromkeys(self.dropped_annotations + later.dropped_annotations)),
            unfinished=self.unfinished if later.unfinished is None else later.unfinished,
        )


def _less(
    earlier: Iterable[_Record], later: Iterable[_Record], dropped: Iterable[object], key: Callable[[_Record], object]
) -> tuple[_Record, ...]:
    """The earlier records that later ones neither replace nor drop."""
    over = {*(key(one) for one in later), *dropped}
    return tuple(one for one in earlier if key(one) not in over)


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
        draft=project.draft,
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
        draft=project.draft,
    )
