"""Faults in the structure of COCO and REFER files, all of them: what a reader refuses at the first, a check lists."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import msgspec

from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.coco_instances import has_segmentation
from refseg_annotator.formats.faults import Fault, FaultKind
from refseg_annotator.formats.segmentation import Rle, checked_size, decode_segmentation, parse_segmentation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.formats.coco_rows import MeasuredFile, MeasuredRow
    from refseg_annotator.formats.refer_files import RefRow

_LIST: Final = msgspec.json.Decoder(list[float])


def instances_faults(content: MeasuredFile, file: Path) -> Iterator[Fault]:
    """Ids given twice, annotations of images or categories that are not there, masks that are broken or reach out, and
    boxes and areas that are not those of their masks."""
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


def _mask_faults(row: MeasuredRow, size: Size, where: str) -> Iterator[Fault]:
    if not has_segmentation(row):
        return
    is_coded = False
    try:
        segmentation = parse_segmentation(row.segmentation, where=where)
        is_coded = isinstance(segmentation, Rle)
        for polygon in () if isinstance(segmentation, Rle) else segmentation:
            if isinstance(polygon, list) and _reaches_out(polygon, size):
                yield Fault(FaultKind.OUT_OF_FRAME, where, "a polygon reaches out of the image by more than a pixel.")
                break
        mask = decode_segmentation(segmentation, size, where=where)
    except FormatError as error:
        if not is_coded:  # broken run-length code is told by whoever loads the masks
            yield Fault(FaultKind.BROKEN, where, str(error))
        return
    yield from _measure_faults(row, mask, where, is_coded=is_coded)


def _measure_faults(row: MeasuredRow, mask: Mask, where: str, *, is_coded: bool) -> Iterator[Fault]:
    """What `bbox` and `area` say, where they say anything, held against the mask."""
    x, y, width, height = mask.box.xywh
    # Run-length code is measured in whole pixels; the sides of polygons lie anywhere within one, and overlap.
    slack = 1.0 if is_coded else 2.0 + 0.05 * max(width, height)
    given = _numbers(row.bbox)
    if given is not None and len(given) != 4:
        yield Fault(FaultKind.MISMEASURED, where, f"its bbox has {number_of(len(given), 'numbers')} instead of four.")
    elif given is not None and not mask.is_empty:
        sides = (x, y, x + width, y + height)
        said = (given[0], given[1], given[0] + given[2], given[1] + given[3])
        if any(not abs(one - other) <= slack for one, other in zip(said, sides, strict=True)):
            words = ", ".join(f"{number:g}" for number in given)
            sentence = f"its bbox is [{words}], its mask lies in [{x}, {y}, {width}, {height}]; compute it anew."
            yield Fault(FaultKind.MISMEASURED, where, sentence)
    if bytes(row.area) in {b"", b"null"}:
        return
    [area] = _numbers(b"[" + bytes(row.area) + b"]") or [math.nan]
    spare = 1.0 + 0.01 * mask.area if is_coded else 2.0 * (width + height) + 0.1 * mask.area
    if not abs(area - mask.area) <= spare:
        named = "no number" if math.isnan(area) else f"{area:g}"
        sentence = f"its area is {named}, its mask has {number_of(mask.area, 'pixels')}; compute it anew."
        yield Fault(FaultKind.MISMEASURED, where, sentence)


def _numbers(raw: msgspec.Raw | bytes) -> list[float] | None:
    """A list of numbers, as it stands in JSON; empty where it is something else, None where nothing is said."""
    if bytes(raw) in {b"", b"null", b"[]"}:
        return None
    try:
        return _LIST.decode(raw)
    except msgspec.DecodeError:
        return []


def _reaches_out(polygon: Sequence[float], size: Size) -> bool:
    xs, ys = polygon[0::2], polygon[1::2]
    return (
        min(xs, default=0) < -1
        or min(ys, default=0) < -1
        or max(xs, default=0) > size.width + 1
        or max(ys, default=0) > size.height + 1
    )


def refs_faults(rows: Sequence[RefRow], content: MeasuredFile, file: Path) -> Iterator[Fault]:
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
