"""Answers for the evaluation server of Refer-YouTube-VOS, written only: a black and white PNG an expression and frame.

`Annotations/<clip>/<number of the expression>/<frame>.png`, the masks of all referents that the expression means
united; an expression's number is its place among those of its clip, as in the data set it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, TransferReport, WriteOptions
from refseg_annotator.formats.clip_frames import frame_stems
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.label_png import write_mask
from refseg_annotator.formats.media_files import Names
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from pathlib import Path

LOSES: Final = frozenset(
    {
        Loss.PHOTOS,
        Loss.UNPHRASED,
        Loss.WHOLE_FRAMES,
        Loss.CATEGORIES,
        Loss.NAMES,
        Loss.KIND,
        Loss.AUTHOR,
        Loss.SPAN,
        Loss.PROVENANCE,
        Loss.KEYFRAMES,
        Loss.FRAME_RATE,
        Loss.SPLITS,
        Loss.CROWDS,
    }
)


def write(dataset: Dataset, destination: Path, _options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `Annotations/` into the empty folder `destination`; every frame of a clip gets a picture."""
    ledger = Ledger()
    names = Names(ledger)
    for item in fit(dataset, LOSES, ledger, progress):
        folder = destination / "Annotations" / names.clip(item.medium)
        stems = frame_stems(item.medium)
        frames = item.frames()
        for number, expression in enumerate(item.expressions):
            for frame, stem in enumerate(stems):
                mask = Mask.empty(item.medium.size)
                for annotation in frames.get(frame, ()):
                    if annotation.referent_id in expression.targets:
                        mask = mask.union(annotation.mask)
                write_mask(folder / str(number) / f"{stem}.png", mask)
            ledger.write("expressions")
            ledger.write("mask pictures", len(stems))
    (destination / "Annotations").mkdir(exist_ok=True)
    return ledger.to_report("Export for submission")


FORMAT: Final = Format(
    name="submission",
    title="Refer-YouTube-VOS submission",
    summary="a black and white picture for each expression and frame, for the evaluation server; written only",
    holds_photos=False,
    holds_clips=True,
    loses=LOSES,
    sniff=lambda _path: False,
    write=write,
)
