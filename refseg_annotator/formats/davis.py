"""DAVIS 2016 and 2017: frames and label PNGs a sequence, and lists of sequences a split. It has no expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, ReadOptions, TransferReport, WriteOptions
from refseg_annotator.formats.davis_tree import COMMON_LOSSES, TreeOut, stage_sequences
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from pathlib import Path

LOSES: Final = COMMON_LOSSES | {Loss.EXPRESSIONS}


def sniff(path: Path) -> bool:
    """Whether the folder has DAVIS's three trees."""
    return (path / "JPEGImages").is_dir() and (path / "Annotations").is_dir() and (path / "ImageSets").is_dir()


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage the sequences of a DAVIS folder.

    Raises:
        FormatError: The tree is not DAVIS's or a picture is broken.
    """
    clips = stage_sequences(path, options, progress)
    return clips.stage.finish(clips.load)


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write the three trees into the empty folder `destination`."""
    ledger = Ledger()
    tree = TreeOut(destination, options, ledger)
    for item in fit(dataset, LOSES, ledger, progress):
        tree.add(item)
    tree.finish()
    return ledger.to_report("Export to DAVIS")


FORMAT: Final = Format(
    name="davis",
    title="DAVIS 2016, 2017",
    summary="frames and label PNGs a sequence, without expressions",
    holds_photos=False,
    holds_clips=True,
    loses=LOSES,
    sniff=sniff,
    read=read,
    write=write,
)
