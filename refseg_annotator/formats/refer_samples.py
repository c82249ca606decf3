"""REFER folders as flat samples for training and evaluation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.refer_files import (
    ReferFiles,
    RefRow,
    find_files,
    photo_folder,
    read_instances,
    read_refs,
    rows_of_split,
)
from refseg_annotator.formats.samples import ReferAnnotation, ReferImage, ReferSample, ReferSplit
from refseg_annotator.formats.segmentation import checked_size, decode_segmentation

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.formats.coco_rows import AnnotationRow

__all__ = ["ReferAnnotation", "ReferImage", "ReferSample", "ReferSplit", "read_refer"]


def read_refer(data: Path, split: str, *, by: str | None = None, image_root: Path | None = None) -> ReferSplit:
    """One split for training or evaluation; masks stay in code until asked for.

    Args:
        data: The folder with `instances_<split>.json` and `refs_<split>.json`, or `instances.json` and `refs(<by>).p`.
        split: "train", "val", "testA" ...
        by: Whose split of the data set ("unc", "umd", "google"), where there are several.
        image_root: The photos' folder, where it is not one of the usual.

    Raises:
        FormatError: A file is missing or broken; the sentence names file and field.
    """
    files = find_files(data, split=split, by=by, image_root=image_root)
    instances = read_instances(files.instances)
    folder = photo_folder(files, instances.images, given=image_root)
    images: dict[int, ReferImage] = {}
    for number, row in enumerate(instances.images):
        where = f"{files.instances}: images[{number}]"
        if row.id in images:
            raise FormatError(f"{where}: the id {row.id} stands twice; give every image its own.")
        checked_size(row.width, row.height, where=where)
        images[row.id] = ReferImage(row.id, folder / row.file_name, row.width, row.height)
    categories = {row.id: row.name for row in instances.categories}
    annotations: dict[int, ReferAnnotation] = {}
    for number, found in enumerate(instances.annotations):
        where = f"{files.instances}: annotations[{number}]"
        if found.id in annotations:
            raise FormatError(f"{where}: the id {found.id} stands twice; give every annotation its own.")
        image = images.get(found.image_id)
        if image is None:
            raise FormatError(f"{where}: image_id {found.image_id} is not among the images.")
        annotations[found.id] = ReferAnnotation(
            id=found.id,
            image_id=found.image_id,
            category=categories.get(found.category_id, ""),
            iscrowd=bool(found.iscrowd),
            decode=partial(decode_segmentation, found.segmentation, image.size, where=_name(files, found)),
        )
    samples: list[ReferSample] = []
    for number, ref in enumerate(_refs_of_split(files, split)):
        _check_ids(ref, images=images, annotations=annotations, where=f"{files.refs}: the record {number} of {split}")
        samples.extend(
            ReferSample(
                ref_id=ref.ref_id,
                sent_id=sentence.sent_id,
                image_id=ref.image_id,
                ann_ids=ref.ann_ids,
                phrase=sentence.sent or sentence.raw or " ".join(sentence.tokens),
                kind=sentence.kind,
                exist=sentence.exist,
            )
            for sentence in ref.sentences
        )
    return ReferSplit(images=images, annotations=annotations, samples=tuple(samples))


def _name(files: ReferFiles, row: AnnotationRow) -> str:
    return f"{files.instances}: annotation {row.id}"


def _refs_of_split(files: ReferFiles, split: str) -> list[RefRow]:
    rows = read_refs(files.refs)
    return rows if files.split is not None else rows_of_split(rows, split, file=files.refs)


def _check_ids(
    ref: RefRow, *, images: dict[int, ReferImage], annotations: dict[int, ReferAnnotation], where: str
) -> None:
    if ref.image_id not in images:
        raise FormatError(f"{where}: image_id {ref.image_id} is not in the instances file.")
    for ann_id in ref.ann_ids:
        found = annotations.get(ann_id)
        if found is None:
            raise FormatError(f"{where}: ann_id {ann_id} is not in the instances file.")
        if found.image_id != ref.image_id:
            raise FormatError(f"{where}: ann_id {ann_id} lies on image {found.image_id}, not on {ref.image_id}.")
