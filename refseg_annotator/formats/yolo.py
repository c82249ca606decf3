"""YOLO segmentation, written only and lossy by nature: one polygon a referent, in parts of the photo's sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.annotation import Split
from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, TransferReport, WriteOptions
from refseg_annotator.formats.coco_rows import UNNAMED_CATEGORY
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.json_out import json_text
from refseg_annotator.formats.media_files import MediaFolder, Names
from refseg_annotator.formats.polygons import outlines
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask

LOSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.CLIPS,
        Loss.HOLES,
        Loss.OUTLINE,
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
_FOLDERS: Final = {Split.TRAIN: "train", Split.VAL: "val", Split.TEST: "test"}


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `images/<split>`, `labels/<split>` and `data.yaml` into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    classes: dict[str, int] = {}
    splits: dict[str, None] = {"train": None, "val": None}
    for item in fit(dataset, LOSES, ledger, progress):
        split = _FOLDERS[item.medium.split]
        splits[split] = None
        stem = names.frame(item.medium.name)
        media.photo(item.medium, f"images/{split}/{stem}")
        by_id = {referent.id: referent for referent in item.referents}
        lines: list[str] = []
        for annotation in item.annotations:
            category = by_id[annotation.referent_id].category or UNNAMED_CATEGORY
            number = classes.setdefault(category, len(classes))
            ring = one_ring(annotation.mask, ledger, stem)
            lines.append(" ".join([str(number), *_fractions(ring, item.medium.size)]) + "\n")
            ledger.write("polygons")
        file = destination / "labels" / split / f"{stem}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(lines), encoding="utf-8")
    for split in splits:
        (destination / "images" / split).mkdir(parents=True, exist_ok=True)
        (destination / "labels" / split).mkdir(parents=True, exist_ok=True)
    # JSON strings are YAML strings; so no name can break the file.
    rows = [f"  {number}: {json_text(name)}\n" for name, number in classes.items()]
    head = "path: .\n" + "".join(f"{split}: images/{split}\n" for split in splits)
    (destination / "data.yaml").write_text(f"{head}names:\n{''.join(rows)}", encoding="utf-8")
    return ledger.to_report("Export to YOLO segmentation")


def one_ring(mask: Mask, ledger: Ledger, name: str) -> NDArray[np.int64]:
    """One closed line around all parts of a mask, int64 (n, 2) x, y in pixel corners: parts are joined by a line there
    and back, holes are filled."""
    from scipy.spatial import cKDTree

    rings = outlines(mask)
    if rings.holes:
        ledger.change("holes are filled", name, count=len(rings.holes))
    if len(rings.outer) > 1:
        ledger.change("separate parts are joined by a line", name, count=len(rings.outer) - 1)
    joined = rings.outer[0]
    for ring in rings.outer[1:]:
        distances, nearest = cKDTree(ring).query(joined)
        here = int(np.argmin(distances))
        there = int(nearest[here])
        detour = np.concatenate([ring[there:], ring[: there + 1], joined[here : here + 1]])
        joined = np.concatenate([joined[: here + 1], detour, joined[here + 1 :]])
    return joined


def _fractions(ring: NDArray[np.int64], size: Size) -> list[str]:
    return [f"{value:.6g}" for value in (ring / np.array([size.width, size.height])).ravel().tolist()]


FORMAT: Final = Format(
    name="yolo",
    title="YOLO segmentation",
    summary="one polygon a referent, joined and without holes; written only",
    holds_photos=True,
    holds_clips=False,
    loses=LOSES,
    sniff=lambda _path: False,
    write=write,
)
