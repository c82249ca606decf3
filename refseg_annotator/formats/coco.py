"""COCO: `annotations/instances*.json` with the photos beside; expressions ride along in fields of our own.

Run-length code is the default and holds every mask exactly. Polygons are written by choice; they follow the edges of
the pixels, so that parts and single pixels come back as they were, but holes are filled, and the report counts them.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, ReadOptions, TransferReport, WriteOptions
from refseg_annotator.formats.coco_instances import (
    CategoryIds,
    InstancesOut,
    InstancesReading,
    InstancesStyle,
    image_folder,
)
from refseg_annotator.formats.coco_rows import InstancesFile, MeasuredFile
from refseg_annotator.formats.faults import Fault, FaultKind
from refseg_annotator.formats.files import head_of, only_split, read_json
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.media_files import MediaFolder, Names
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.split_names import split_name, split_of
from refseg_annotator.formats.structure import instances_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOSES: Final = frozenset({Loss.CLIPS, Loss.MASKLESS, Loss.SPAN})


def instances_files(path: Path) -> list[Path]:
    """The COCO files at `path`: itself, or those of the folder or of its `annotations` folder."""
    if path.is_file():
        return [path]
    folders = [folder for folder in (path, path / "annotations") if folder.is_dir()]
    for folder in folders:
        named = sorted(folder.glob("instances*.json"))
        if named:
            return named
    for folder in folders:
        found = sorted(file for file in folder.glob("*.json") if _looks_like_instances(file))
        if found:
            return found
    return []


def _looks_like_instances(path: Path) -> bool:
    head = head_of(path)
    keys = (b'"images"', b'"annotations"', b'"categories"', b'"licenses"')
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and any(key in head for key in keys)


def sniff(path: Path) -> bool:
    """Whether `path` is a COCO file or a folder with some."""
    if path.is_file():
        return path.suffix.lower() == ".json" and _looks_like_instances(path)
    return bool(instances_files(path))


def image_places(file: Path) -> list[Path]:
    """Where the photos of a COCO file usually lie, likeliest first."""
    word = _split_word(file)
    bare = "".join(letter for letter in word if letter.isalpha())
    bases = [file.parent.parent, file.parent] if file.parent.name == "annotations" else [file.parent]
    names = dict.fromkeys(name for name in ("images", word, f"{bare}2017", f"{bare}2014", bare, "JPEGImages") if name)
    return [base / name for base in bases for name in names] + bases


def _split_word(file: Path) -> str:
    return file.stem.removeprefix("instances").strip("_-.")


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage a COCO file, or every COCO file of a folder as one split each.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    files = instances_files(path)
    if not files:
        raise FormatError(f"{path} has no COCO file; name the JSON file or the folder that holds it.")
    by_split: dict[str, list[Path]] = {}
    for file in files:
        by_split.setdefault(_split_word(file), []).append(file)
    reading = InstancesReading()
    for file in chain.from_iterable(only_split(path, by_split, options.split).values()):
        progress(0, 0, file.name)
        content = read_json(file, InstancesFile)
        folder = image_folder(content.images, image_places(file), given=options.image_root)
        reading.take(content, file, folder, split=split_of(_split_word(file)), progress=progress)
    return reading.finish()


def faults(path: Path, options: ReadOptions) -> Iterator[Fault]:
    """Everything wrong with the records of the COCO files at `path`."""
    for file in instances_files(path):
        if options.split is None or _split_word(file) == options.split:
            try:
                content = read_json(file, MeasuredFile)
            except FormatError as error:
                yield Fault(FaultKind.BROKEN, str(file), str(error))
            else:
                yield from instances_faults(content, file)


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `annotations/instances[_<split>].json` and `images/` into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    categories = CategoryIds()
    style = InstancesStyle(polygons=options.polygons)
    splits: dict[Split, InstancesOut] = {}
    with ExitStack() as stack:

        def open_split(split: Split) -> InstancesOut:
            word = split_name(split)
            file = destination / "annotations" / (f"instances_{word}.json" if word else "instances.json")
            return stack.enter_context(InstancesOut(file, categories, ledger, style))

        for item in fit(dataset, LOSES, ledger, progress):
            split = item.medium.split
            if split not in splits:
                splits[split] = open_split(split)
            splits[split].add(item, media.photo_beside(item.medium, names, "images"))
        if not splits:
            open_split(Split.NONE)
    return ledger.to_report("Export to COCO")


FORMAT: Final = Format(
    name="coco",
    title="COCO",
    summary="instances.json with run-length masks (polygons by choice), the expressions beside each annotation",
    holds_photos=True,
    holds_clips=False,
    loses=LOSES,
    file_suffix=".json",
    writes_file=True,
    sniff=sniff,
    read=read,
    faults=faults,
    write=write,
)
