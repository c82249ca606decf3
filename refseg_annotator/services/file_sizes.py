"""A staged data set held against its photos and clips: what was drawn for another size than a file has stays out.

Many tools draw on photos as they are stored, without the turn that EXIF asks for. Where that alone is the difference,
the masks are turned as the photo is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import MediaError
from refseg_annotator.formats.media_files import frame_files
from refseg_annotator.media import orientation_of, probe, turned, turned_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refseg_annotator.core.annotation import Annotation, MediumId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.formats.base import Dataset, DatasetMedium, Progress

_STEP: Final = 64  # media between two words of progress


def held_against_files(dataset: Dataset, progress: Progress) -> Dataset:
    """The data set with the sizes that its files have; masks of any other size are left out, and the ledger says so.

    Masks drawn on a photo as it is stored are turned with it. A mask of any other size would be refused when the file
    is opened, or lie in the wrong place. Files that are missing or cannot be read keep the size that the data set says.
    Reads headers only; for any thread.
    """
    media: list[DatasetMedium] = []
    misfits: set[MediumId] = set()
    lying: dict[MediumId, int] = {}
    total = len(dataset.media)
    for number, medium in enumerate(dataset.media):
        if number % _STEP == 0:
            progress(number, total, f"Measuring {medium.name}")
        orientation = None
        try:
            size = _size_of_file(medium)
            if size is not None and size != medium.size:
                orientation = _orientation_apart(medium, size)
        except MediaError as error:
            dataset.ledger.change("photos or clips cannot be opened; the size is as the data set says", str(error))
            size = None
        if orientation is not None:
            dataset.ledger.change("photos are turned by their EXIF, and their masks with them", medium.name)
            lying[medium.id] = orientation
        elif size is not None and size != medium.size:
            dataset.ledger.change(
                "photos or clips have another size than the data set says",
                f"{medium.name}: {medium.size.width} x {medium.size.height} in the data set, "
                f"{size.width} x {size.height} in the file",
            )
            misfits.add(medium.id)
        media.append(medium if size is None else replace(medium, size=size))
    if not misfits and not lying:
        return dataset
    counted: set[MediumId] = set()

    def load(medium_id: MediumId) -> Sequence[Annotation]:
        found = dataset.load(medium_id)
        if medium_id in lying:
            return [replace(one, mask=_turned(one.mask, lying[medium_id])) for one in found]
        if medium_id not in misfits:
            return found
        if medium_id not in counted and found:
            counted.add(medium_id)
            dataset.ledger.drop("masks drawn for another size than their photo or clip has", count=len(found))
        return ()

    return replace(dataset, media=tuple(media), load=load)


def _orientation_apart(medium: DatasetMedium, shown: Size) -> int | None:
    """The EXIF orientation by which a photo as the data set measured it differs from what is shown; None for others."""
    if medium.kind is not MediumKind.IMAGE:
        return None
    orientation = orientation_of(medium.path)
    return orientation if turned_size(medium.size, orientation) == shown else None


def _turned(mask: Mask, orientation: int) -> Mask:
    return Mask.from_array(turned(mask.to_array().astype(np.uint8), orientation))


def _size_of_file(medium: DatasetMedium) -> Size | None:
    """The size of a medium's frame on disk, or None where there is no file."""
    if not medium.path.exists():
        return None
    if not medium.path.is_dir():
        return probe(medium.path)
    files = frame_files(medium.path)
    return probe(files[0]) if files else None
