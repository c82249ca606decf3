"""Edits of annotations. Import them from `core.edits`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refseg_annotator.core.counting import number_of
from refseg_annotator.core.events import Change
from refseg_annotator.core.geometry import EMPTY_BOX, Box
from refseg_annotator.core.mask import tight_box
from refseg_annotator.core.record_edits import RECORD_COST, loaded_medium_in, medium_of, name_of, referent_in
from refseg_annotator.errors import EditError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import (
        Annotation,
        AnnotationKey,
        Medium,
        MediumId,
        Provenance,
    )
    from refseg_annotator.core.project import Project
    from refseg_annotator.core.record_edits import Edit


@dataclass(frozen=True, slots=True)
class PutAnnotation:
    """Add an annotation, or replace the one of the same referent and frame."""

    annotation: Annotation
    title: str = "Set mask"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST + self.annotation.nbytes

    def media(self, project: Project) -> frozenset[MediumId]:
        """The referent's medium."""
        return medium_of(project, self.annotation.referent_id)

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Put it."""
        annotation = self.annotation
        referent = referent_in(project, annotation.referent_id)
        medium = loaded_medium_in(project, referent.medium_id)
        if not 0 <= annotation.frame < medium.frame_count:
            raise EditError(
                f"{medium.path!r} has {number_of(medium.frame_count, 'frames')} and none with index {annotation.frame}."
            )
        size = annotation.mask.size
        if size != medium.size:
            raise EditError(
                f"A mask of {size.width} x {size.height} pixels does not fit {medium.path!r}, which has"
                f" {medium.size.width} x {medium.size.height}; scale it first."
            )
        before = project.annotations.get(annotation.key)
        project._put_annotation(annotation)
        box = annotation.mask.box if before is None else annotation.mask.box.union(before.mask.box)
        inverse = DropAnnotation(annotation.key, self.title) if before is None else PutAnnotation(before, self.title)
        return inverse, _annotation_change(medium, annotation.key, box)


@dataclass(frozen=True, slots=True)
class DropAnnotation:
    """Remove an annotation: the frame is open again, which is not the same as an empty mask."""

    key: AnnotationKey
    title: str = "Remove mask"

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, project: Project) -> frozenset[MediumId]:
        """The referent's medium."""
        return medium_of(project, self.key[0])

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Drop it."""
        medium, before = _annotation(project, self.key)
        project._drop_annotation(self.key)
        return PutAnnotation(before, self.title), _annotation_change(medium, self.key, before.mask.box)


@dataclass(frozen=True, slots=True, eq=False)
class PaintMask:
    """Put pixels in place of those that a mask has inside a box. The inverse holds that region and no more.

    Args:
        key: The annotation, which must be there; a first stroke is a `PutAnnotation`.
        box: The region, inside the frame.
        pixels: bool `box.shape`, the mask's pixels in the region afterwards; not to be written to later.
        provenance: The mask's provenance afterwards; None keeps it.
        keyframe: Whether the mask is settled afterwards; None keeps it.
    """

    key: AnnotationKey
    box: Box
    pixels: NDArray[np.bool_]
    provenance: Provenance | None = None
    title: str = "Brush"
    keyframe: bool | None = None

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST + int(self.pixels.nbytes)

    def media(self, project: Project) -> frozenset[MediumId]:
        """The referent's medium."""
        return medium_of(project, self.key[0])

    def apply(self, project: Project) -> tuple[Edit, Change]:
        """Paint it."""
        medium, before = _annotation(project, self.key)
        if self.pixels.shape != self.box.shape or not Box.of(medium.size).contains(self.box):
            raise EditError(f"A stroke in {self.box} does not fit {medium.path!r}; paint inside the frame.")
        mask = before.mask.with_patch(self.box, self.pixels)
        old = before.mask.crop(self.box)
        differing = _box_of_differences(old, self.pixels, self.box)
        inverse = _RestoreRegion(
            key=self.key,
            box=differing,
            bits=np.packbits(old[differing.relative_to(self.box).slices]) if differing.area else np.zeros(0, np.uint8),
            provenance=before.provenance,
            title=self.title,
            keyframe=before.keyframe,
        )
        project._put_annotation(
            replace(
                before,
                mask=mask,
                provenance=before.provenance if self.provenance is None else self.provenance,
                keyframe=before.keyframe if self.keyframe is None else self.keyframe,
            )
        )
        return inverse, _annotation_change(medium, self.key, differing)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _RestoreRegion:
    """A `PaintMask` as history keeps it: eight pixels a byte, so that a long history fits its budget."""

    key: AnnotationKey
    box: Box
    bits: NDArray[np.uint8]
    provenance: Provenance
    title: str
    keyframe: bool

    @property
    def cost(self) -> int:
        return RECORD_COST + int(self.bits.nbytes)

    def media(self, project: Project) -> frozenset[MediumId]:
        return medium_of(project, self.key[0])

    def apply(self, project: Project) -> tuple[Edit, Change]:
        pixels = np.unpackbits(self.bits, count=self.box.area).reshape(self.box.shape).astype(np.bool_)
        return PaintMask(self.key, self.box, pixels, self.provenance, self.title, self.keyframe).apply(project)


def _annotation(project: Project, key: AnnotationKey) -> tuple[Medium, Annotation]:
    referent = referent_in(project, key[0])
    medium = loaded_medium_in(project, referent.medium_id)
    annotation = project.annotations.get(key)
    if annotation is None:
        raise EditError(f"{name_of(referent)} has no mask on frame {key[1]} of {medium.path!r}; set one first.")
    return medium, annotation


def _annotation_change(medium: Medium, key: AnnotationKey, box: Box) -> Change:
    return Change(annotations=frozenset({key}), medium_id=medium.id, frame=key[1], box=box)


def _box_of_differences(old: NDArray[np.bool_], new: NDArray[np.bool_], box: Box) -> Box:
    inner = tight_box(old != new)
    return EMPTY_BOX if inner.is_empty else Box.from_xywh(box.x0 + inner.x0, box.y0 + inner.y0, *inner.xywh[2:])
