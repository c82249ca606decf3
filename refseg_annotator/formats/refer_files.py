"""The files of a REFER folder (RefCOCO, RefCOCO+, RefCOCOg, RefCLEF, gRefCOCO, R-RIS) and their records.

Two layouts are read: `instances.json` with `refs(<by>).p` or `.json` (`grefs(...)` for gRefCOCO), where each record
says its split, and one pair `instances_<split>.json`, `refs_<split>.json` a split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.coco_instances import image_folder
from refseg_annotator.formats.coco_rows import ImageRow, InstancesFile
from refseg_annotator.formats.files import Folder, no_split, read_json, read_plain_pickle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NO_TARGET_ID: Final = -1
"""gRefCOCO's id for "no object"."""

# Where the forks of the REFER code keep the photos, seen from the folder with instances.json.
_IMAGE_FOLDERS: Final = (
    "images",
    "images/train2014",
    "train2014",
    "images/mscoco/images/train2014",
    "images/saiapr_tc-12",
    "../images/mscoco/images/train2014",
    "../images/train2014",
    "../images/saiapr_tc-12",
    "../images",
    "../train2014",
    ".",
)
_PREFERRED_AUTHORS: Final = ("unc", "umd", "google", "berkeley")
_REFS: Final = re.compile(r"g?refs(?:\((?P<by>[^)]*)\))?\.(?:p|pkl|json)\Z")


class SentenceRow(msgspec.Struct, frozen=True):
    """One sentence; `kind` and `exist` (R-RIS) are extensions, `exist` missing means true."""

    sent_id: int
    raw: str = ""
    sent: str = ""
    tokens: list[str] = []
    kind: str = ""
    exist: bool = True


class RefRow(msgspec.Struct, frozen=True):
    """One object (gRefCOCO: any number of objects, `[-1]` for none) with its sentences."""

    ref_id: int
    image_id: int
    sentences: list[SentenceRow]
    ann_id: int | list[int]
    split: str = ""

    @property
    def ann_ids(self) -> tuple[int, ...]:
        """The objects meant, each once; empty for no target."""
        ids = [self.ann_id] if isinstance(self.ann_id, int) else self.ann_id
        return tuple(dict.fromkeys(number for number in ids if number != NO_TARGET_ID))


@dataclass(frozen=True, slots=True)
class ReferFiles:
    """The files that belong together: objects, sentences, photos."""

    instances: Path
    refs: Path
    images: Path
    split: str | None
    """The split that the whole refs file belongs to; None where each record says its own."""


def split_names(folder: Path) -> tuple[str, ...]:
    """The splits of a folder with one pair of files a split, by file name; empty in the other layout."""
    names = sorted(path.name[len("refs_") : -len(".json")] for path in folder.glob("refs_*.json"))
    return tuple(name for name in names if (folder / f"instances_{name}.json").is_file())


def unpaired(folder: Path) -> tuple[str, ...]:
    """The files of a folder with one pair of files a split that lack the other of their pair."""
    known = {f"{part}_{name}.json" for name in split_names(folder) for part in ("refs", "instances")}
    found = {path.name for part in ("refs", "instances") for path in folder.glob(f"{part}_*.json")}
    return tuple(sorted(found - known))


def refs_files(folder: Path) -> dict[str, Path]:
    """`refs*` files of a folder with one `instances.json`, by their author ("unc", "" where none is named)."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        match = _REFS.fullmatch(path.name)
        if match:
            found.setdefault(match["by"] or "", path)
    return found


def find_files(folder: Path, *, split: str | None, by: str | None, image_root: Path | None) -> ReferFiles:
    """The files to read for `split` (None: those of the folder with one `instances.json`).

    Raises:
        FormatError: The folder is missing or holds no REFER files, no such split or no such author.
    """
    if not folder.is_dir():
        raise FormatError(f"{folder} is no folder; name the folder that holds the instances and refs files.")
    pairs = split_names(folder)
    if split in pairs:
        return ReferFiles(
            instances=folder / f"instances_{split}.json",
            refs=folder / f"refs_{split}.json",
            images=image_root or folder / "images",
            split=split,
        )
    if pairs:
        raise no_split(folder, split, pairs)
    if split is not None and (folder / f"refs_{split}.json").is_file():
        raise FormatError(f"{folder / f'instances_{split}.json'} is missing; refs_{split}.json needs it.")
    instances = folder / "instances.json"
    refs = refs_files(folder)
    if not refs or not instances.is_file():
        missing = "no refs file" if instances.is_file() else "no instances.json"
        raise FormatError(f"{folder} has {missing}; name a folder in the layout of the REFER data sets.")
    if by is not None and by not in refs:
        known = ", ".join(name or "(unnamed)" for name in refs)
        raise FormatError(f"{folder} has no refs by {by!r}; it has {known}.")
    chosen = by if by is not None else next((name for name in _PREFERRED_AUTHORS if name in refs), next(iter(refs)))
    return ReferFiles(instances=instances, refs=refs[chosen], images=image_root or folder, split=None)


def photo_folder(files: ReferFiles, images: Sequence[ImageRow], *, given: Path | None) -> Folder:
    """The folder of the photos: the one given, else the first of the forks' that holds the first photo."""
    if given is not None or files.split is not None or not images:
        return Folder(files.images)
    return image_folder(images, [files.instances.parent / name for name in _IMAGE_FOLDERS], given=None)


def read_instances(path: Path) -> InstancesFile:
    """The objects file.

    Raises:
        FormatError: It breaks the format.
    """
    return read_json(path, InstancesFile)


def read_refs(path: Path) -> list[RefRow]:
    """The sentences file, JSON or pickle.

    Raises:
        FormatError: It breaks the format, or the pickle holds more than plain values.
    """
    if path.suffix == ".json":
        return read_json(path, list[RefRow])
    return read_plain_pickle(path, list[RefRow])


def rows_of_split(rows: Sequence[RefRow], split: str, *, file: Path) -> list[RefRow]:
    """The records of a split, where each says its own.

    Raises:
        FormatError: There are none.
    """
    chosen = [row for row in rows if row.split == split]
    if not chosen:
        raise no_split(file, split, sorted({row.split for row in rows}))
    return chosen
