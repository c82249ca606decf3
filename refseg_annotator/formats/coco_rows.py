"""The records of COCO's JSON, and of the formats that extend it, as they are read and written.

What COCO does not know stands in fields of our own, left out where they say nothing: `expressions`, `name`,
`provenance`, `keyframe` of an annotation, `expressions`, `split` of an image, `unnamed` of a category.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from refseg_annotator.core.annotation import ExpressionKind, Origin, Provenance
from refseg_annotator.formats.base import IMPORTED, kind_word, parse_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refseg_annotator.core.annotation import Expression, MediumId, ReferentId
    from refseg_annotator.formats.base import Stage

UNNAMED_CATEGORY = "object"
"""COCO demands a category; this one stands for none."""


class ExpressionRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """An expression beside the annotations it means; one that means several stands at each with the same id."""

    id: int | None = None
    text: str = ""
    kind: str = ""
    author: str = ""
    no_target: bool = False

    @classmethod
    def of(cls, expression: Expression, number: int) -> ExpressionRow:
        """The row of an expression under the id `number`."""
        return cls(number, expression.text, kind_word(expression.kind), expression.author, expression.no_target)

    def kind_value(self) -> ExpressionKind:
        """The kind; unspecified where the word is none of ours."""
        return parse_kind(self.kind)


class SpokenRows:
    """Expressions as they are met: one that stands at several annotations under one id means all of them."""

    def __init__(self) -> None:
        self._rows: dict[tuple[MediumId, object], tuple[ExpressionRow, list[ReferentId]]] = {}
        self._without_pixels: list[tuple[MediumId, ExpressionRow]] = []

    def add(self, medium_id: MediumId, rows: Iterable[ExpressionRow | str], referent_id: ReferentId | None) -> None:
        """Note `rows`, which stand beside what is meant; None where they stand at the picture itself."""
        for row in map(_row_of, rows):
            # Without an id every mention is an expression of its own.
            key = (medium_id, object() if row.id is None else row.id)
            targets = self._rows.setdefault(key, (row, []))[1]
            if referent_id is not None:
                targets.append(referent_id)

    def pass_over(self, medium_id: MediumId, rows: Iterable[ExpressionRow | str]) -> None:
        """Note `rows` that stand beside an annotation without pixels: those that mean nothing else are left out."""
        self._without_pixels += [(medium_id, row) for row in map(_row_of, rows)]

    def stage(self, stage: Stage) -> None:
        """Stage them all; where each has an id, ids tell the order that they had."""
        told: set[tuple[MediumId, int]] = set()
        for medium_id, row in self._without_pixels:
            if row.id is not None and (medium_id, row.id) in self._rows:
                stage.ledger.change("expressions lose a target that has no segmentation", row.text)
            elif row.id is None or (medium_id, row.id) not in told:
                stage.ledger.drop("expressions of annotations without a segmentation", row.text)
                told |= set() if row.id is None else {(medium_id, row.id)}
        found = [(medium_id, row, targets) for (medium_id, _), (row, targets) in self._rows.items()]
        if all(row.id is not None for _, row, _ in found):
            found.sort(key=lambda item: (item[0], item[1].id or 0))
        for medium_id, row, targets in found:
            stage.add_expression(
                medium_id, row.text, targets, no_target=row.no_target, kind=row.kind_value(), author=row.author
            )


def _row_of(found: ExpressionRow | str) -> ExpressionRow:
    return ExpressionRow(text=found) if isinstance(found, str) else found


class ProvenanceRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who or what made a mask."""

    origin: str = Origin.IMPORTED.value
    model: str | None = None
    phrase: str | None = None
    threshold: float | None = None
    score: float | None = None
    iou_before: float | None = None
    clicks: int = 0
    strokes: int = 0
    seconds: float | None = None
    author: str = ""

    @classmethod
    def of(cls, provenance: Provenance) -> ProvenanceRow | None:
        """The row, or None where it would say no more than "imported"."""
        if provenance == IMPORTED:
            return None
        return cls(
            provenance.origin.value,
            provenance.model,
            provenance.phrase,
            provenance.threshold,
            provenance.score,
            provenance.iou_before,
            provenance.clicks,
            provenance.strokes,
            provenance.seconds or None,
            provenance.author,
        )

    def value(self) -> Provenance:
        """The provenance; "imported" where the word is none of ours."""
        known = {origin.value: origin for origin in Origin}
        return Provenance(
            known.get(self.origin, Origin.IMPORTED),
            self.model,
            self.phrase,
            self.threshold,
            self.score,
            self.iou_before,
            self.clicks,
            self.strokes,
            self.seconds or 0.0,
            self.author,
        )


class ImageRow(msgspec.Struct, frozen=True, gc=False):
    """An image to read."""

    id: int
    file_name: str
    width: int
    height: int
    split: str = ""
    expressions: list[ExpressionRow | str] = []


class AnnotationRow(msgspec.Struct, frozen=True, gc=False):
    """An annotation to read; the segmentation stays JSON until its mask is wanted."""

    id: int
    image_id: int
    category_id: int = 0
    segmentation: msgspec.Raw = msgspec.Raw(b"")
    iscrowd: int | bool = 0
    name: str = ""
    expressions: list[ExpressionRow | str] = []
    provenance: ProvenanceRow | None = None
    keyframe: bool = False


class MeasuredRow(AnnotationRow, frozen=True, gc=False):
    """An annotation to check: with what it says of its own mask, as JSON, for a reader has no use for it."""

    bbox: msgspec.Raw = msgspec.Raw(b"")
    area: msgspec.Raw = msgspec.Raw(b"")


class CategoryRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A category; `unnamed` marks the one that stands for none."""

    id: int
    name: str
    supercategory: str = ""
    unnamed: bool = False

    @property
    def category(self) -> str:
        """The name as a referent has it."""
        return "" if self.unnamed else self.name


class InstancesFile(msgspec.Struct, frozen=True):
    """COCO's `instances.json`, read."""

    images: list[ImageRow]
    annotations: list[AnnotationRow]
    categories: list[CategoryRow] = []


class MeasuredFile(msgspec.Struct, frozen=True):
    """COCO's `instances.json`, read to be checked."""

    images: list[ImageRow]
    annotations: list[MeasuredRow]
    categories: list[CategoryRow] = []


class ImageOut(msgspec.Struct, omit_defaults=True):
    """An image to write."""

    id: int
    file_name: str
    width: int
    height: int
    split: str = ""
    expressions: list[ExpressionRow] = []


class RleOut(msgspec.Struct):
    """Run-length code to write: (height, width) and compressed counts."""

    size: tuple[int, int]
    counts: str


class AnnotationOut(msgspec.Struct, omit_defaults=True):
    """An annotation to write; `bbox` is x, y, width, height of the mask and `area` its number of pixels."""

    id: int
    image_id: int
    category_id: int
    segmentation: RleOut | list[list[float]]
    bbox: tuple[int, int, int, int]
    area: int
    iscrowd: int
    name: str = ""
    expressions: list[ExpressionRow] = []
    provenance: ProvenanceRow | None = None
    keyframe: bool = False
