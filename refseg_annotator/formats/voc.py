"""Pascal VOC masks, written only: one PNG of classes and one of objects a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.annotation import Split
from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, TransferReport, WriteOptions
from refseg_annotator.formats.coco_rows import UNNAMED_CATEGORY
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.label_png import write_labels
from refseg_annotator.formats.media_files import MediaFolder, Names
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from pathlib import Path

LOSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.CLIPS,
        Loss.OVERLAPS,
        Loss.ABSENCE,
        Loss.MASKLESS,
        Loss.EXPRESSIONS,
        Loss.NAMES,
        Loss.PROVENANCE,
        Loss.KEYFRAMES,
        Loss.NO_SPLIT,
        Loss.TEST_SPLITS,
    }
)
_LARGEST: Final = 254
"""255 marks VOC's undecided border."""
_LISTS: Final = {Split.TRAIN: "train", Split.VAL: "val", Split.TEST: "test"}


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `JPEGImages`, `SegmentationClass`, `SegmentationObject`, `ImageSets` and the names of the classes."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    classes: dict[str, int] = {}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS.values()}
    for item in fit(dataset, LOSES, ledger, progress):
        stem = names.frame(item.medium.name)
        media.photo(item.medium, f"JPEGImages/{stem}", suffixes=(".jpg",))
        kinds = np.zeros(item.medium.size.shape, np.uint8)
        objects = np.zeros(item.medium.size.shape, np.uint8)
        by_id = {referent.id: referent for referent in item.referents}
        for number, annotation in enumerate(item.annotations, 1):
            category = by_id[annotation.referent_id].category or UNNAMED_CATEGORY
            kind = classes.setdefault(category, len(classes) + 1)
            if number > _LARGEST or kind > _LARGEST:
                ledger.drop(f"masks beyond the {_LARGEST} objects or classes a VOC picture can number", stem)
                continue
            slices, pixels = annotation.mask.box.slices, annotation.mask.pixels
            kinds[slices][pixels] = kind
            objects[slices][pixels] = number
        write_labels(destination / "SegmentationClass" / f"{stem}.png", kinds)
        write_labels(destination / "SegmentationObject" / f"{stem}.png", objects)
        ledger.write("mask pictures", 2)
        lists[_LISTS[item.medium.split]].append(stem)
    folder = destination / "ImageSets" / "Segmentation"
    folder.mkdir(parents=True)
    for split, stems in lists.items():
        (folder / f"{split}.txt").write_text("".join(f"{stem}\n" for stem in stems), encoding="utf-8")
    rows = "".join(f"{number} {' '.join(name.split())}\n" for name, number in classes.items())
    (destination / "class_names.txt").write_text(f"0 background\n{rows}", encoding="utf-8")
    return ledger.to_report("Export to Pascal VOC masks")


FORMAT: Final = Format(
    name="voc",
    title="Pascal VOC masks",
    summary="class and object PNGs a photo; written only",
    holds_photos=True,
    holds_clips=False,
    loses=LOSES,
    sniff=lambda _path: False,
    write=write,
)
