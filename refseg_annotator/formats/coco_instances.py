"""One COCO file read into a stage, and one written: for COCO itself and for the formats that extend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from refseg_annotator.core.annotation import Annotation, Expression, MediumId, ReferentId, Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Progress, Stage
from refseg_annotator.formats.coco_rows import (
    UNNAMED_CATEGORY,
    AnnotationOut,
    AnnotationRow,
    CategoryRow,
    ExpressionRow,
    ImageOut,
    ImageRow,
    InstancesFile,
    ProvenanceRow,
    RleOut,
    SpokenRows,
)
from refseg_annotator.formats.files import Folder
from refseg_annotator.formats.json_out import JsonRows
from refseg_annotator.formats.polygons import polygons_of, slit_polygons
from refseg_annotator.formats.segmentation import (
    Rle,
    Segmentation,
    check_rles,
    checked_size,
    decode_rles,
    decode_segmentation,
    empty_polygons,
    parse_segmentation,
    rle_code,
)
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.formats.fitting import Item
    from refseg_annotator.formats.report import Ledger

_PROGRESS_EVERY: Final = 10_000


def image_folder(images: Sequence[ImageRow], places: Sequence[Path], *, given: Path | None) -> Folder:
    """The photos' folder: the one given, else the first of `places` that holds the first photo, else the first."""
    if given is not None:
        return Folder(given)
    for place in places:
        if images and place.is_dir() and (Folder(place) / images[0].file_name).is_file():
            return Folder(place)
    return Folder(next((place for place in places if place.is_dir()), places[0]))


def has_segmentation(row: AnnotationRow) -> bool:
    """Whether the record says anything about pixels."""
    return bytes(row.segmentation) not in {b"", b"[]", b"null", b"{}"}


@dataclass(slots=True)
class InstancesReading:
    """Stages COCO files one after another and decodes their masks later."""

    stage: Stage = field(default_factory=Stage)
    rows: dict[MediumId, list[tuple[ReferentId, AnnotationRow, str]]] = field(default_factory=dict)
    sizes: dict[MediumId, Size] = field(default_factory=dict)
    _noted: set[MediumId] = field(default_factory=set)

    def take(
        self, content: InstancesFile, file: Path, folder: Folder, *, split: Split, progress: Progress
    ) -> tuple[dict[int, MediumId], dict[int, ReferentId]]:
        """Stage what one file holds.

        Returns:
            The media by COCO's image id and the referents by its annotation id; annotations without pixels are not
            among them.

        Raises:
            FormatError: A record is broken; the sentence names file and field.
        """
        media: dict[int, MediumId] = {}
        spoken = SpokenRows()
        for number, image in enumerate(content.images):
            where = f"{file}: images[{number}]"
            if image.id in media:
                raise FormatError(f"{where}: the id {image.id} stands twice; give every image its own.")
            size = checked_size(image.width, image.height, where=where)
            own = split_of(image.split) if image.split else split
            medium_id = self.stage.add_photo(folder / image.file_name, size=size, name=image.file_name, split=own)
            media[image.id] = medium_id
            self.sizes[medium_id] = size
            self.rows[medium_id] = []
            spoken.add(medium_id, image.expressions, None)
        referents = self._take_annotations(content, file, media, spoken, progress)
        spoken.stage(self.stage)
        return media, referents

    def _take_annotations(
        self,
        content: InstancesFile,
        file: Path,
        media: dict[int, MediumId],
        spoken: SpokenRows,
        progress: Progress,
    ) -> dict[int, ReferentId]:
        categories = {row.id: row.category for row in content.categories}
        referents: dict[int, ReferentId] = {}
        without_pixels: set[int] = set()
        name = str(file)
        total = len(content.annotations)
        for number, row in enumerate(content.annotations):
            if number % _PROGRESS_EVERY == 0:
                progress(number, total, file.name)
            if row.id in referents or row.id in without_pixels:
                raise FormatError(
                    f"{file}: annotations[{number}]: the id {row.id} stands twice; give every annotation its own."
                )
            medium_id = media.get(row.image_id)
            if medium_id is None:
                raise FormatError(f"{file}: annotations[{number}]: image_id {row.image_id} is not among the images.")
            if categories and row.category_id not in categories:
                raise FormatError(
                    f"{file}: annotations[{number}]: category_id {row.category_id} is not among the categories."
                )
            if not has_segmentation(row):
                without_pixels.add(row.id)
                self.stage.ledger.drop("annotations without a segmentation", f"annotation {row.id}")
                spoken.pass_over(medium_id, row.expressions)
                continue
            category = categories.get(row.category_id, "")
            referent_id = self.stage.add_referent(medium_id, category=category, name=row.name, crowd=bool(row.iscrowd))
            referents[row.id] = referent_id
            self.rows[medium_id].append((referent_id, row, name))
            if row.expressions:
                spoken.add(medium_id, row.expressions, referent_id)
        return referents

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one photo."""
        size = self.sizes[medium_id]
        rows = self.rows[medium_id]
        where = [f"{file}: annotation {row.id}" for _, row, file in rows]
        segmentations = [
            parse_segmentation(row.segmentation, where=place) for (_, row, _), place in zip(rows, where, strict=True)
        ]
        coded = [place for place, segmentation in enumerate(segmentations) if isinstance(segmentation, Rle)]
        rles = [segmentation for segmentation in segmentations if isinstance(segmentation, Rle)]
        masks = dict(zip(coded, decode_rles(rles, size, where=[where[place] for place in coded]), strict=True))
        if medium_id not in self._noted:
            # Masks may be loaded more than once; their oddities are noted once.
            self._noted.add(medium_id)
            for (_, row, _), segmentation in zip(rows, segmentations, strict=True):
                self._note_empty_polygons(row, segmentation)
        return [
            Annotation(
                referent_id,
                0,
                masks[place] if place in masks else decode_segmentation(segmentations[place], size, where=where[place]),
                row.provenance.value() if row.provenance is not None else IMPORTED,
                row.keyframe,
            )
            for place, (referent_id, row, _) in enumerate(rows)
        ]

    def _note_empty_polygons(self, row: AnnotationRow, segmentation: Segmentation) -> None:
        count = empty_polygons(segmentation)
        if count:
            example = f"annotation {row.id}"
            self.stage.ledger.drop("polygons of fewer than three points", example, count=count)
            if not isinstance(segmentation, Rle) and count == len(segmentation):
                self.stage.ledger.change("masks come without a pixel, as none of their polygons has any", example)

    def check(self, medium_id: MediumId) -> None:
        """Whether `load` would succeed, in a tenth of the time where masks are run-length code."""
        size = self.sizes[medium_id]
        rles: list[Rle] = []
        places: list[str] = []
        for _, row, file in self.rows[medium_id]:
            where = f"{file}: annotation {row.id}"
            segmentation = parse_segmentation(row.segmentation, where=where)
            if isinstance(segmentation, Rle):
                rles.append(segmentation)
                places.append(where)
            else:
                decode_segmentation(segmentation, size, where=where)
        check_rles(rles, size, where=places)

    def finish(self) -> Dataset:
        """The data set as staged."""
        return self.stage.finish(self.load, check=self.check)


class CategoryIds:
    """Numbers categories from 1 in the order in which they are met."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def id_of(self, category: str) -> int:
        """The number of a category."""
        return self._ids.setdefault(category, len(self._ids) + 1)

    def rows(self) -> list[CategoryRow]:
        """The records of all categories met so far."""
        return [
            CategoryRow(number, category or UNNAMED_CATEGORY, unnamed=not category)
            for category, number in self._ids.items()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstancesStyle:
    """How a COCO file is written.

    Attributes:
        polygons: Polygons in place of run-length code.
        slit_polygons: Polygons that keep their holes, which the REFER code and pycocotools' `annToMask` both read; of
            run-length code the one wants a list and the other none.
        extended: Expressions, names and provenance stand in fields of our own.
        image_splits: Each image says its split.
    """

    polygons: bool = False
    slit_polygons: bool = False
    extended: bool = True
    image_splits: bool = False


class InstancesOut:
    """One COCO file being written; a context."""

    def __init__(self, file: Path, categories: CategoryIds, ledger: Ledger, style: InstancesStyle) -> None:
        self._rows = JsonRows(file, "annotations")
        self._categories = categories
        self._ledger = ledger
        self._style = style
        self._images: list[ImageOut] = []
        self._annotations = 0
        self._expressions = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.finish_with(
            images=self._images,
            categories=self._categories.rows(),
            info={"description": "Made with RefSeg Annotator", "version": "1.0"},
            licenses=[],
        )
        self._rows.__exit__(kind, error, trace)

    def add(self, item: Item, file_name: str, *, split: str = "") -> tuple[int, dict[ReferentId, int]]:
        """Write a photo and its masks; returns the image's id and the annotation's id of each referent."""
        medium = item.medium
        style = self._style
        image_id = len(self._images) + 1
        spoken: dict[ReferentId, list[ExpressionRow]] = {}
        loose: list[ExpressionRow] = []
        if style.extended:
            for expression in item.expressions:
                self._expressions += 1
                row = ExpressionRow.of(expression, self._expressions)
                for target in expression.targets:
                    spoken.setdefault(target, []).append(row)
                if not expression.targets:
                    loose.append(row)
            self._ledger.write("expressions", len(item.expressions))
        self._images.append(
            ImageOut(
                image_id,
                file_name,
                medium.size.width,
                medium.size.height,
                split=split if style.image_splits else "",
                expressions=loose,
            )
        )
        self._ledger.write("images")
        by_id = {referent.id: referent for referent in item.referents}
        ids: dict[ReferentId, int] = {}
        for annotation in item.annotations:
            referent = by_id[annotation.referent_id]
            self._annotations += 1
            ids[referent.id] = self._annotations
            segmentation, area = self._segmentation(annotation.mask, medium.name)
            self._rows.add(
                AnnotationOut(
                    id=self._annotations,
                    image_id=image_id,
                    category_id=self._categories.id_of(referent.category),
                    segmentation=segmentation,
                    bbox=annotation.mask.box.xywh,
                    area=area,
                    iscrowd=int(referent.id in item.crowds),
                    name=referent.name if style.extended else "",
                    expressions=spoken.get(referent.id, []),
                    provenance=ProvenanceRow.of(annotation.provenance) if style.extended else None,
                    keyframe=annotation.keyframe and style.extended,
                )
            )
        self._ledger.write("masks", len(item.annotations))
        return image_id, ids

    def _segmentation(self, mask: Mask, name: str) -> tuple[RleOut | list[list[float]], int]:
        """What stands for the mask, and the pixels that whoever reads it finds there."""
        if mask.is_empty:
            self._ledger.write("masks without a pixel")
        if self._style.slit_polygons:
            return slit_polygons(mask), mask.area
        # Polygons cannot say that there is nothing.
        if not self._style.polygons or mask.is_empty:
            return RleOut(mask.size.shape, rle_code(mask)), mask.area
        drawn = polygons_of(mask)
        if drawn.holes:
            self._ledger.change("holes are filled by polygons", name, count=drawn.holes)
            self._ledger.change("pixels of holes are added by polygons", name, count=drawn.gained_pixels)
        if drawn.lost_pixels:
            self._ledger.change("pixels are lost by polygons", name, count=drawn.lost_pixels)
        return drawn.polygons, mask.area - drawn.lost_pixels + drawn.gained_pixels


def category_ids_by_referent(item: Item, categories: CategoryIds) -> dict[ReferentId, int]:
    """COCO's category id of each referent, for records that repeat it."""
    return {referent.id: categories.id_of(referent.category) for referent in item.referents}


def targets_of(expressions: Iterable[Expression]) -> set[ReferentId]:
    """Every referent that some expression means."""
    return {target for expression in expressions for target in expression.targets}
