"""The project: the one truth about media, referents, expressions and annotations, with the indexes to ask it fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from refseg_annotator.core.tables import Index, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

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


class Draft(NamedTuple):
    """What a blind check under way draws: the referents and expressions of a medium with ids above `after`."""

    medium_id: MediumId
    after: int


class Project:
    """Records by id, in the order in which they were made.

    Everyone reads it; edits alone change it, and the store's loader fills it. Annotations come medium by medium: those
    of a medium outside `loaded_media` are not here, which does not mean that there are none.

    Args:
        author: The person at work, written into what he makes.

    Attributes:
        draft: What goes again with the blind check under way, and is not there when a file is opened anew.
    """

    def __init__(self, author: str = "") -> None:
        self.author = author
        self.draft: Draft | None = None
        self._highest_id = 0
        self._media: Table[MediumId, Medium] = Table()
        self._referents: Table[ReferentId, Referent] = Table()
        self._expressions: Table[ExpressionId, Expression] = Table()
        self._annotations: Table[AnnotationKey, Annotation] = Table()
        self._loaded: dict[MediumId, None] = {}
        self._referents_by_medium: Index[MediumId, ReferentId, Referent] = Index()
        self._expressions_by_medium: Index[MediumId, ExpressionId, Expression] = Index()
        self._expressions_by_referent: Index[ReferentId, ExpressionId, Expression] = Index()
        self._annotations_by_referent: Index[ReferentId, int, Annotation] = Index()
        self._annotations_by_medium: dict[MediumId, Index[int, ReferentId, Annotation]] = {}

    def draft_on(self, medium_id: MediumId | None) -> None:
        """What is made on a medium from now on is a draft: a file whose program was killed is opened without it.

        None: it was taken back, and what is made from now on stays. Of either the next edit tells the file.
        """
        self.draft = None if medium_id is None else Draft(medium_id, self._highest_id)

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def media(self) -> Mapping[MediumId, Medium]:
        """All media; a live view, as are the three below."""
        return self._media

    @property
    def referents(self) -> Mapping[ReferentId, Referent]:
        """All referents."""
        return self._referents

    @property
    def expressions(self) -> Mapping[ExpressionId, Expression]:
        """All expressions."""
        return self._expressions

    @property
    def annotations(self) -> Mapping[AnnotationKey, Annotation]:
        """The annotations of the loaded media, by referent and frame."""
        return self._annotations

    @property
    def loaded_media(self) -> AbstractSet[MediumId]:
        """The media whose annotations are in memory; a live view."""
        return self._loaded.keys()

    @property
    def highest_id(self) -> int:
        """The highest id ever given; the store keeps it, so that no id is given twice."""
        return self._highest_id

    def next_id(self) -> int:
        """An id that no record of this project ever had: one counter serves media, referents and expressions."""
        self._highest_id += 1
        return self._highest_id

    def referents_of(self, medium_id: MediumId) -> list[Referent]:
        """The referents of a medium."""
        return self._referents_by_medium.of(medium_id)

    def expressions_of(self, medium_id: MediumId) -> list[Expression]:
        """The expressions of a medium."""
        return self._expressions_by_medium.of(medium_id)

    def media_worked_on(
        self, expressions: Iterable[ExpressionId], annotations: Iterable[AnnotationKey]
    ) -> set[MediumId]:
        """The media of those of some expressions and annotations that are still there."""
        referents = {referent_id for referent_id, _ in annotations} & self.referents.keys()
        media = {self.referents[referent_id].medium_id for referent_id in referents}
        return media | {self.expressions[one].medium_id for one in expressions if one in self.expressions}

    def expressions_for(self, referent_id: ReferentId) -> list[Expression]:
        """The expressions that mean a referent, alone or among others."""
        return self._expressions_by_referent.of(referent_id)

    def annotations_on(self, medium_id: MediumId, frame: int) -> list[Annotation]:
        """The annotations of one frame, by referent."""
        by_frame = self._annotations_by_medium.get(medium_id)
        return [] if by_frame is None else by_frame.of(frame)

    def annotations_of(self, referent_id: ReferentId) -> list[Annotation]:
        """The annotations of a referent, by frame."""
        return self._annotations_by_referent.of(referent_id)

    def annotated_frames(self, medium_id: MediumId) -> list[int]:
        """The frames of a medium that have an annotation, rising."""
        return list(self._annotations_by_medium.get(medium_id, ()))

    # --- loading -------------------------------------------------------------------------------------------------

    @classmethod
    def load_records(
        cls,
        *,
        media: Iterable[Medium],
        referents: Iterable[Referent],
        expressions: Iterable[Expression],
        highest_id: int = 0,
        author: str = "",
    ) -> Project:
        """The project of stored records, no medium loaded; ValueError names the first record that hangs in the air."""
        project = cls(author)
        project._highest_id = highest_id
        for medium in media:
            project._demand_new_id(medium.id, medium.id in project._media)
            project._put_medium(medium)
        for referent in referents:
            project._demand_new_id(referent.id, referent.id in project._referents)
            if referent.medium_id not in project._media:
                raise ValueError(f"referent {referent.id} belongs to medium {referent.medium_id}, which is not there")
            project._put_referent(referent)
        for expression in expressions:
            project._demand_new_id(expression.id, expression.id in project._expressions)
            if expression.medium_id not in project._media:
                raise ValueError(
                    f"expression {expression.id} belongs to medium {expression.medium_id}, which is not there"
                )
            for target in expression.targets:
                found = project._referents.get(target)
                if found is None or found.medium_id != expression.medium_id:
                    raise ValueError(f"expression {expression.id} means referent {target}, which is not in its medium")
            project._put_expression(expression)
        project._loaded.clear()
        return project

    def put_loaded(self, medium_id: MediumId, annotations: Iterable[Annotation]) -> None:
        """Take in all annotations of a medium not loaded so far; ValueError, and nothing taken, if one does not fit."""
        medium = self._media.get(medium_id)
        if medium is None or medium_id in self._loaded:
            raise ValueError(f"medium {medium_id} is not there or has its annotations already")
        staged = list(annotations)
        seen: set[AnnotationKey] = set()
        for annotation in staged:
            referent = self._referents.get(annotation.referent_id)
            if referent is None or referent.medium_id != medium_id or annotation.key in seen:
                raise ValueError(f"annotation {annotation.key} is there twice or its referent is not in the medium")
            if annotation.mask.size != medium.size or not 0 <= annotation.frame < medium.frame_count:
                raise ValueError(f"annotation {annotation.key} does not fit the size and frames of {medium.path!r}")
            seen.add(annotation.key)
        for annotation in staged:
            self._put_annotation(annotation)
        self._loaded[medium_id] = None

    def unload(self, medium_id: MediumId) -> None:
        """Let go of a medium's annotations; for the session alone, once they are all on disk."""
        for referent in self.referents_of(medium_id):
            for annotation in self.annotations_of(referent.id):
                self._drop_annotation(annotation.key)
        self._loaded.pop(medium_id, None)

    # --- writing: for edits and the loaders above, which have checked what they ask for -----------------------------

    def _put_medium(self, medium: Medium) -> None:
        if medium.id not in self._media:
            # A medium that just came has no annotation anywhere, so all of them are in memory.
            self._loaded[medium.id] = None
        self._note_id(medium.id)
        self._media.put(medium.id, medium)

    def _drop_medium(self, medium_id: MediumId) -> None:
        self._media.drop(medium_id)
        self._loaded.pop(medium_id, None)

    def _put_referent(self, referent: Referent) -> None:
        self._note_id(referent.id)
        self._referents.put(referent.id, referent)
        self._referents_by_medium.put(referent.medium_id, referent.id, referent)

    def _drop_referent(self, referent_id: ReferentId) -> None:
        referent = self._referents.drop(referent_id)
        self._referents_by_medium.drop(referent.medium_id, referent_id)

    def _put_expression(self, expression: Expression) -> None:
        self._note_id(expression.id)
        before = self._expressions.get(expression.id)
        if before is not None:
            self._drop_expression(expression.id)
        self._expressions.put(expression.id, expression)
        self._expressions_by_medium.put(expression.medium_id, expression.id, expression)
        for target in expression.targets:
            self._expressions_by_referent.put(target, expression.id, expression)

    def _drop_expression(self, expression_id: ExpressionId) -> None:
        expression = self._expressions.drop(expression_id)
        self._expressions_by_medium.drop(expression.medium_id, expression_id)
        for target in expression.targets:
            self._expressions_by_referent.drop(target, expression_id)

    def _put_annotation(self, annotation: Annotation) -> None:
        medium_id = self._referents[annotation.referent_id].medium_id
        self._annotations.put(annotation.key, annotation)
        self._annotations_by_referent.put(annotation.referent_id, annotation.frame, annotation)
        by_frame = self._annotations_by_medium.setdefault(medium_id, Index())
        by_frame.put(annotation.frame, annotation.referent_id, annotation)

    def _drop_annotation(self, key: AnnotationKey) -> None:
        annotation = self._annotations.drop(key)
        self._annotations_by_referent.drop(annotation.referent_id, annotation.frame)
        medium_id = self._referents[annotation.referent_id].medium_id
        by_frame = self._annotations_by_medium[medium_id]
        by_frame.drop(annotation.frame, annotation.referent_id)
        if not by_frame:
            del self._annotations_by_medium[medium_id]

    def _note_id(self, record_id: int) -> None:
        self._highest_id = max(self._highest_id, record_id)

    @staticmethod
    def _demand_new_id(record_id: int, is_taken: bool) -> None:
        if record_id < 1 or is_taken:
            raise ValueError(f"the id {record_id} is given twice, or is not a positive number")
