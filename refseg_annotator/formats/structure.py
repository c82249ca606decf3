"""Faults in the structure of COCO and REFER files, all of them: what a reader refuses at the first, a check lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.faults import Fault, FaultKind
from refseg_annotator.formats.segmentation import Rle, checked_size, decode_segmentation, parse_segmentation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.formats.coco_rows import AnnotationRow, InstancesFile
    from refseg_annotator.formats.refer_files import RefRow


def instances_faults(content: InstancesFile, file: Path) -> Iterator[Fault]:
    """Ids given twice, annotations of images or categories that are not there, masks that are broken or reach out."""
    sizes: dict[int, Size] = {}
    for number, image in enumerate(content.images):
        where = f"{file}: images[{number}]"
        if image.id in sizes:
            yield Fault(FaultKind.DUPLICATE_ID, where, f"the id {image.id} stands twice.")
            continue
        try:
            sizes[image.id] = checked_size(image.width, image.height, where=where)
        except FormatError as error:
            yield Fault(FaultKind.BROKEN, where, str(error))
    categories = {category.id for category in content.categories}
    if len(categories) < len(content.categories):
        yield Fault(FaultKind.DUPLICATE_ID, f"{file}: categories", "an id stands twice.")
    seen: set[int] = set()
    for number, row in enumerate(content.annotations):
        where = f"{file}: annotations[{number}]"
        if row.id in seen:
            yield Fault(FaultKind.DUPLICATE_ID, where, f"the id {row.id} stands twice.")
        seen.add(row.id)
        if categories and row.category_id not in categories:
            yield Fault(FaultKind.ORPHAN, where, f"category_id {row.category_id} is not among the categories.")
        size = sizes.get(row.image_id)
        if size is None:
            yield Fault(FaultKind.ORPHAN, where, f"image_id {row.image_id} is not among the images.")
        else:
            yield from _mask_faults(row, size, where)


def _mask_faults(row: AnnotationRow, size: Size, where: str) -> Iterator[Fault]:
    raw = bytes(row.segmentation)
    if raw in {b"", b"[]", b"null", b"{}"}:
        return
    try:
        segmentation = parse_segmentation(row.segmentation, where=where)
        if isinstance(segmentation, Rle):
            return  # decoded by whoever loads the masks; run-length code cannot reach out
        for polygon in segmentation:
            if isinstance(polygon, list) and _reaches_out(polygon, size):
                yield Fault(FaultKind.OUT_OF_FRAME, where, "a polygon reaches out of the image by more than a pixel.")
                break
        decode_segmentation(segmentation, size, where=where)
    except FormatError as error:
        yield Fault(FaultKind.BROKEN, where, str(error))


def _reaches_out(polygon: Sequence[float], size: Size) -> bool:
    xs, ys = polygon[0::2], polygon[1::2]
    return (
        min(xs, default=0) < -1
        or min(ys, default=0) < -1
        or max(xs, default=0) > size.width + 1
        or max(ys, default=0) > size.height + 1
    )


def refs_faults(rows: Sequence[RefRow], content: InstancesFile, file: Path) -> Iterator[Fault]:
    """Refs and sentences given twice, refs of images or annotations that are not there or do not go together."""
    images = {image.id for image in content.images}
    image_of = {row.id: row.image_id for row in content.annotations}
    refs: set[int] = set()
    sentences: set[int] = set()
    for number, row in enumerate(rows):
        where = f"{file}: [{number}]"
        if row.ref_id in refs:
            yield Fault(FaultKind.DUPLICATE_ID, where, f"the ref_id {row.ref_id} stands twice.")
        refs.add(row.ref_id)
        if row.image_id not in images:
            yield Fault(FaultKind.ORPHAN, where, f"image_id {row.image_id} is not in the instances file.")
        for ann_id in row.ann_ids:
            if ann_id not in image_of:
                yield Fault(FaultKind.ORPHAN, where, f"ann_id {ann_id} is not in the instances file.")
            elif image_of[ann_id] != row.image_id:
                yield Fault(
                    FaultKind.ORPHAN,
                    where,
                    f"ann_id {ann_id} lies on image {image_of[ann_id]}, not on {row.image_id}.",
                )
        for sentence in row.sentences:
            if sentence.sent_id in sentences:
                yield Fault(FaultKind.DUPLICATE_ID, where, f"the sent_id {sentence.sent_id} stands twice.")
            sentences.add(sentence.sent_id)
