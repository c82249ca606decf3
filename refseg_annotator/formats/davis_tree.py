"""The trees DAVIS and Ref-DAVIS share: frames and label PNGs a sequence, and lists of sequences a split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import ReferentId, Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import Loss, Progress, ReadOptions, WriteOptions
from refseg_annotator.formats.clip_frames import (
    LabelledClips,
    frame_stems,
    object_numbers,
    subfolders,
    write_label_frames,
)
from refseg_annotator.formats.files import Folder, no_split, read_text
from refseg_annotator.formats.media_files import MediaFolder, Names
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.formats.fitting import Item
    from refseg_annotator.formats.report import Ledger

COMMON_LOSSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.PHOTOS,
        Loss.OVERLAPS,
        Loss.WHOLE_FRAMES,
        Loss.MASKLESS,
        Loss.CATEGORIES,
        Loss.NAMES,
        Loss.PROVENANCE,
        Loss.KEYFRAMES,
        Loss.FRAME_RATE,
        Loss.NO_SPLIT,
        Loss.TEST_SPLITS,
    }
)
_LISTS: Final = {Split.TRAIN: "train", Split.VAL: "val", Split.TEST: "test-dev"}
_RESOLUTIONS: Final = ("480p", "Full-Resolution", "1080p")
RESOLUTION: Final = "480p"


def resolution_of(path: Path) -> str:
    """The resolution folder to read: 480p before the full one.

    Raises:
        FormatError: The folder has no `JPEGImages/<resolution>`.
    """
    for name in _RESOLUTIONS:
        if (path / "JPEGImages" / name).is_dir():
            return name
    raise FormatError(f"{path} has no JPEGImages/480p; name the DAVIS folder that holds it.")


def splits_of_sequences(path: Path) -> dict[str, Split]:
    """The split of each sequence from the lists under `ImageSets`; 2017's before 2016's."""
    found: dict[str, Split] = {}
    for year in ("2017", "2016"):
        for file in sorted((path / "ImageSets" / year).glob("*.txt")):
            split = split_of(file.stem)
            if split is not Split.NONE:
                for line in read_text(file).splitlines():
                    found.setdefault(line.strip(), split)
    return found


def stage_sequences(path: Path, options: ReadOptions, progress: Progress) -> LabelledClips:
    """Stage every sequence that is listed, or, where lists are missing, every folder of frames.

    Raises:
        FormatError: The tree is not DAVIS's, a listed sequence is missing, or a picture is broken.
    """
    resolution = resolution_of(path)
    frames = Folder(path / "JPEGImages" / resolution)
    labels = Folder(path / "Annotations" / resolution)
    splits = splits_of_sequences(path)
    wanted = split_of(options.split) if options.split is not None else None
    if wanted is Split.NONE or (wanted is not None and wanted not in splits.values()):
        raise no_split(path, options.split, sorted({_LISTS.get(split, split.value) for split in splits.values()}))
    names = dict.fromkeys([*(name for name in splits if name), *(folder.name for folder in subfolders(frames.root))])
    clips = LabelledClips()
    for number, name in enumerate(names):
        split = splits.get(name, Split.NONE)
        if wanted is None or split is wanted:
            progress(number, len(names), name)
            clips.add(frames / name, labels / name, name=name, split=split)
    return clips


class TreeOut:
    """The three trees being written, for DAVIS and for what extends it.

    Args:
        encoding: What the names of clips must be writable in.
    """

    def __init__(self, destination: Path, options: WriteOptions, ledger: Ledger, *, encoding: str = "utf-8") -> None:
        self._destination = destination
        self._media = MediaFolder(destination, options, ledger)
        self._ledger = ledger
        self._names = Names(ledger, blanks=False, encoding=encoding)
        self._lists: dict[str, list[str]] = {"train": [], "val": []}

    def add(self, item: Item) -> tuple[str, dict[ReferentId, int]]:
        """Write one clip; returns its name and its object numbers."""
        name = self._names.clip(item.medium)
        stems = frame_stems(item.medium)
        numbers = object_numbers(item, self._ledger)
        write_label_frames(item, self._destination / "Annotations" / RESOLUTION / name, stems, numbers, self._ledger)
        self._media.frames(item.medium, [f"JPEGImages/{RESOLUTION}/{name}/{stem}" for stem in stems])
        self._lists.setdefault(_LISTS[item.medium.split], []).append(name)
        return name, numbers

    def finish(self) -> None:
        """Write the lists of sequences."""
        folder = self._destination / "ImageSets" / "2017"
        folder.mkdir(parents=True)
        for folder_name in ("JPEGImages", "Annotations"):
            (self._destination / folder_name / RESOLUTION).mkdir(parents=True, exist_ok=True)
        for split, names in self._lists.items():
            (folder / f"{split}.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
