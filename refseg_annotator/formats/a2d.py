"""A2D-Sentences: clips, a list of them, a CSV of queries, and one HDF5 file with the masks of each annotated frame.

The masks lie transposed, (n, width, height), and (width, height) where there is one; frames count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId, Split
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.a2d_faults import faults
from refseg_annotator.formats.a2d_files import (
    MASKS,
    SUBSETS,
    ClipRow,
    Files,
    Query,
    find_files,
    read_ids_and_shape,
    read_instances,
    read_queries,
    read_videos,
)
from refseg_annotator.formats.base import (
    IMPORTED,
    Dataset,
    Format,
    Loss,
    Progress,
    ReadOptions,
    Stage,
    TransferReport,
    WriteOptions,
)
from refseg_annotator.formats.clip_frames import numbered_places
from refseg_annotator.formats.csv_out import CsvText
from refseg_annotator.formats.files import Folder, no_split, read_text
from refseg_annotator.formats.fitting import Item, fit
from refseg_annotator.formats.media_files import MediaFolder, Names, frame_files
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.segmentation import checked_size
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

LOSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.PHOTOS,
        Loss.ABSENCE,
        Loss.MASKLESS,
        Loss.NO_TARGET,
        Loss.UNLINKED,
        Loss.SEVERAL_TARGETS,
        Loss.CATEGORIES,
        Loss.KIND,
        Loss.AUTHOR,
        Loss.SPAN,
        Loss.NAMES,
        Loss.PROVENANCE,
        Loss.KEYFRAMES,
        Loss.FRAME_RATE,
        Loss.NO_SPLIT,
        Loss.TEST_SPLITS,
        Loss.VAL_SPLIT,
        Loss.MEDIA_WITHOUT_MASKS,
    }
)
_CLIP_FOLDERS: Final = ("Release/clips320H", "Release/CLIPS320", "Release/clips320", "clips320H", "CLIPS320")
_FRAME_FOLDERS: Final = ("Release/pngs320H", "pngs320H", "Rename_Images")


def sniff(path: Path) -> bool:
    """Whether the folder has the list of clips and the queries."""
    try:
        return path.is_dir() and find_files(path) is not None
    except FormatError:
        return False


@dataclass(slots=True)
class _Clip:
    name: str
    size: Size
    masks: dict[int, Path]
    instances: dict[int, ReferentId]


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    clips: dict[MediumId, _Clip] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one clip; an instance that a frame's file does not hold is not annotated there."""
        clip = self.clips[medium_id]
        found: list[Annotation] = []
        for frame, file in clip.masks.items():
            numbers, pixels = read_instances(file)
            if pixels.shape[1:] != clip.size.shape:
                height, width = pixels.shape[1:]
                raise FormatError(
                    f"{file}: reMask is {width} x {height} where the clip has {clip.size.width} x {clip.size.height}."
                )
            seen: set[int] = set()
            for number, mask in zip(numbers, pixels, strict=True):
                if number not in seen:
                    seen.add(number)
                    found.append(Annotation(clip.instances[number], frame, Mask.from_array(mask), IMPORTED))
        return found


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage the clips that have masks; a query belongs to every annotated frame that holds its instance.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    files = find_files(path)
    reading = _Reading()
    ledger = reading.stage.ledger
    rows = read_videos(files.videos)
    if options.split is not None:
        wanted = split_of(options.split)
        if wanted not in SUBSETS.values():
            raise no_split(path, options.split, (split.value for split in SUBSETS.values()))
        rows = [row for row in rows if row.split is wanted]
    missed = {line.strip() for line in read_text(files.missed).splitlines()} if files.missed.is_file() else set()
    queries: dict[str, list[Query]] = {}
    for query in read_queries(files.queries, ledger):
        queries.setdefault(query.video, []).append(query)
    known = {row.name for row in rows}
    if options.split is None:
        for video, lost in queries.items():
            if video not in known:
                ledger.drop("queries of clips that videoset.csv does not list", video, count=len(lost))
    base, masks = Folder(options.image_root or path), Folder(files.masks)
    staged: set[str] = set()
    for number, row in enumerate(rows):
        progress(number, len(rows), row.name)
        if row.name in staged:
            ledger.drop("rows of videoset.csv that list a clip again", row.name)
            continue
        staged.add(row.name)
        if row.name in missed:
            ledger.drop("clips that the data set itself calls missed", row.name)
            continue
        _stage_clip(reading, row, queries.get(row.name, []), base, masks / row.name, files)
    return reading.stage.finish(reading.load)


def _stage_clip(
    reading: _Reading, row: ClipRow, queries: list[Query], base: Folder, folder: Path, files: Files
) -> None:
    ledger = reading.stage.ledger
    clip = _clip_path(base, row.name)
    frames = _mask_files(folder)
    frame_count = max(row.frame_count, max(frames, default=-1) + 1)
    if frames and (pictures := frame_files(clip)):
        # Frame numbers go by the pictures on disk: where one is missing the later ones move up, and their masks too.
        places, frame_count = numbered_places(pictures), len(pictures)
        for number in sorted(frames.keys() - places.keys()):
            ledger.drop("masks of frames that the clip does not have", f"{row.name}/{frames[number].name}")
        frames = {places[number]: file for number, file in frames.items() if number in places}
    if not frames:
        ledger.drop("clips without masks", row.name)
        if queries:
            ledger.drop("queries of clips without masks", row.name, count=len(queries))
        return
    instances: dict[int, None] = {}
    shapes: list[Sequence[int]] = []
    for file in frames.values():
        numbers, (count, *shape) = read_ids_and_shape(file)
        instances.update(dict.fromkeys(numbers))
        shapes.append(shape)
        example = f"{row.name}/{file.name}"
        if count > len(numbers):
            ledger.drop("masks that no instance goes with", example, count=count - len(numbers))
        if len(set(numbers)) < len(numbers):
            ledger.drop("second masks of an instance on a frame", example, count=len(numbers) - len(set(numbers)))
    size = checked_size(shapes[0][1], shapes[0][0], where=str(folder))
    medium_id = reading.stage.add_clip(clip, size=size, name=row.name, frame_count=frame_count, split=row.split)
    referents = {instance: reading.stage.add_referent(medium_id) for instance in sorted(instances)}
    reading.clips[medium_id] = _Clip(row.name, size, frames, referents)
    for query in queries:
        if query.instance not in referents:
            ledger.drop("queries whose instance has no mask", f"{files.queries.name} line {query.line}")
        else:
            reading.stage.add_expression(medium_id, query.text, (referents[query.instance],))


def _mask_files(folder: Path) -> dict[int, Path]:
    """The mask files of a clip by frame index from 0; the files count from 1."""
    found: dict[int, Path] = {}
    for file in sorted(folder.glob("*.h5")) if folder.is_dir() else ():
        if not file.stem.isdecimal() or not 1 <= int(file.stem) <= 1 << 24:
            raise FormatError(f"{file}: the name should be the frame's number, from 00001 on.")
        found[int(file.stem) - 1] = file
    return dict(sorted(found.items()))


def _clip_path(base: Folder, name: str) -> Path:
    for folder in _CLIP_FOLDERS:
        path = base / f"{folder}/{name}.mp4"
        if path.is_file():
            return path
    for folder in _FRAME_FOLDERS:
        path = base / f"{folder}/{name}"
        if path.is_dir():
            return path
    return base / f"{_CLIP_FOLDERS[0]}/{name}.mp4"


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `Release/` and `text_annotations/` into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    texts = destination / "text_annotations"
    (texts / MASKS).mkdir(parents=True)
    videos, queries = CsvText(), CsvText()
    queries.add("video_id", "instance_id", "query")
    for item in fit(dataset, LOSES, ledger, progress):
        medium = item.medium
        name = names.clip(medium)
        numbers = {referent.id: number for number, referent in enumerate(item.referents)}
        frames = item.frames()
        seconds = medium.frame_count / (medium.frame_rate or 25.0)
        subset = "0" if medium.split is Split.TRAIN else "1"
        height, width = medium.size.shape
        videos.add(name, 0, 0, f"{seconds:.3f}", height, width, medium.frame_count, len(frames), subset)
        for expression in item.expressions:
            queries.add(name, numbers[expression.targets[0]], expression.text)
            ledger.write("expressions")
        write_masks(item, texts / MASKS / name, numbers, ledger)
        if options.clips_as == "frames":
            media.frames(
                medium, [f"Release/pngs320H/{name}/{n:05d}" for n in range(1, medium.frame_count + 1)], suffix=".png"
            )
        else:
            media.video(medium, f"Release/clips320H/{name}.mp4")
    (destination / "Release").mkdir(exist_ok=True)
    (destination / "Release" / "videoset.csv").write_bytes(videos.to_text().encode())
    (texts / "a2d_annotation.txt").write_bytes(queries.to_text().encode())
    (texts / "a2d_missed_videos.txt").write_bytes(b"")
    return ledger.to_report("Export to A2D-Sentences")


def write_masks(item: Item, folder: Path, numbers: dict[ReferentId, int], ledger: Ledger) -> None:
    """One HDF5 file for each frame that shows a referent: `instance`, `reMask`, `reBBox`."""
    import h5py

    for frame, shown in item.frames().items():
        folder.mkdir(parents=True, exist_ok=True)
        masks = np.stack([annotation.mask.to_array().T for annotation in shown]).astype(np.uint8)
        boxes = [annotation.mask.box for annotation in shown]
        with h5py.File(folder / f"{frame + 1:05d}.h5", "w") as content:
            content["instance"] = np.array([numbers[annotation.referent_id] for annotation in shown], np.float64)
            content.create_dataset("reMask", data=masks[0] if len(masks) == 1 else masks, compression="gzip")
            content["reBBox"] = np.array([(b.x0, b.y0, b.x1 - 1, b.y1 - 1) for b in boxes], np.float64).T
        ledger.write("mask files")


FORMAT: Final = Format(
    name="a2d",
    title="A2D-Sentences",
    summary="clips as mp4 or frames, queries as CSV, masks as one HDF5 file for each annotated frame",
    holds_photos=False,
    holds_clips=True,
    loses=LOSES,
    sniff=sniff,
    read=read,
    faults=faults,
    write=write,
)
