"""Plain mask PNGs, written only: one black and white picture for each mask, and a CSV that says what each one is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, TransferReport, WriteOptions
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.json_out import json_text
from refseg_annotator.formats.label_png import write_mask
from refseg_annotator.formats.media_files import MediaFolder, Names, frame_files
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.split_names import split_name

if TYPE_CHECKING:
    from pathlib import Path

LOSES: Final = frozenset(
    {Loss.KIND, Loss.AUTHOR, Loss.SPAN, Loss.PROVENANCE, Loss.KEYFRAMES, Loss.FRAME_RATE, Loss.MASKLESS, Loss.CROWDS}
)
COLUMNS: Final = ("mask", "medium", "frame", "referent", "category", "name", "split", "expressions")


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `masks/<medium>/<frame>_<referent>.png`, `masks.csv`, `expressions.csv` and `media/`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    with (
        (destination / "masks.csv").open("w", encoding="utf-8", newline="") as masks_file,
        (destination / "expressions.csv").open("w", encoding="utf-8", newline="") as expressions_file,
    ):
        masks, expressions = csv.writer(masks_file), csv.writer(expressions_file)
        masks.writerow(COLUMNS)
        expressions.writerow(("medium", "expression", "referents", "no_target"))
        for item in fit(dataset, LOSES, ledger, progress):
            medium = item.medium
            stem = names.clip(medium) if medium.is_clip else names.flat(medium.name)
            if medium.is_clip and medium.path.is_dir() and frame_files(medium.path):
                stems = [f"media/{stem}/{number:05d}" for number in range(medium.frame_count)]
                media.frames(medium, stems, suffix=frame_files(medium.path)[0].suffix.lower())
            elif medium.is_clip:
                media.video(medium, f"media/{stem}.mp4")
            else:
                media.photo(medium, f"media/{stem}")
            numbers = {referent.id: number for number, referent in enumerate(item.referents, 1)}
            by_id = {referent.id: referent for referent in item.referents}
            for annotation in item.annotations:
                referent = by_id[annotation.referent_id]
                name = f"masks/{stem}/{annotation.frame:05d}_{numbers[referent.id]:03d}.png"
                write_mask(destination / name, annotation.mask)
                texts = [expression.text for expression in item.expressions_for(referent.id)]
                masks.writerow(
                    (
                        name,
                        stem,
                        annotation.frame,
                        numbers[referent.id],
                        referent.category,
                        referent.name,
                        split_name(medium.split),
                        json_text(texts),
                    )
                )
                ledger.write("masks")
            for expression in item.expressions:
                targets = json_text([numbers[target] for target in expression.targets])
                expressions.writerow((stem, expression.text, targets, int(expression.no_target)))
                ledger.write("expressions")
    return ledger.to_report("Export to mask PNGs")


FORMAT: Final = Format(
    name="masks",
    title="Mask PNGs",
    summary="a black and white picture for each mask, with tables of what they are; written only",
    holds_photos=True,
    holds_clips=True,
    loses=LOSES,
    sniff=lambda _path: False,
    write=write,
)
