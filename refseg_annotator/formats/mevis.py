"""MeViS: expressions for any number of objects in `meta_expressions.json`, run-length masks in `mask_dict.json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId, Split
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import FormatError
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
from refseg_annotator.formats.clip_frames import clip_size, frame_places, frame_stems, in_order
from refseg_annotator.formats.files import Folder, only_split, read_json
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.json_out import write_json
from refseg_annotator.formats.media_files import MediaFolder, Names, frame_files
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.segmentation import Rle, checked_size, decode_rle, encode_rle
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

LOSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.PHOTOS,
        Loss.UNPHRASED,
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
    }
)
_SPLITS: Final = {Split.TRAIN: "train", Split.VAL: "valid_u", Split.TEST: "valid"}


class _Expression(msgspec.Struct, frozen=True):
    exp: str
    obj_id: list[int] | None = None
    anno_id: list[int] | None = None


class _Video(msgspec.Struct, frozen=True):
    expressions: dict[str, _Expression] = {}
    frames: list[str] = []


class _ExpressionsFile(msgspec.Struct, frozen=True):
    videos: dict[str, _Video]


def split_folders(path: Path) -> dict[str, Path]:
    """The folder of each split by its name; the folder itself where it is one split's."""
    if (path / "meta_expressions.json").is_file():
        return {path.name: path}
    return {file.parent.name: file.parent for file in sorted(path.glob("*/meta_expressions.json"))}


def sniff(path: Path) -> bool:
    """Whether the folder, or a split's folder in it, has `meta_expressions.json` beside its frames."""
    return path.is_dir() and bool(split_folders(path))


@dataclass(slots=True)
class _Clip:
    file: Path
    size: Size
    places: Sequence[int]
    """The frame number of each place in a list of codes."""
    objects: dict[int, ReferentId]


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    clips: dict[MediumId, _Clip] = field(default_factory=dict)
    masks: dict[Path, dict[str, msgspec.Raw]] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one clip. `null` says nothing; code without a pixel says that the object is absent."""
        clip = self.clips[medium_id]
        found: list[Annotation] = []
        for number, referent_id in clip.objects.items():
            for place, rle in enumerate(_codes(self.masks[clip.file], number, clip)):
                if rle is not None:
                    where, frame = f"{clip.file}: {number}[{place}]", clip.places[place]
                    found.append(Annotation(referent_id, frame, decode_rle(rle, clip.size, where=where), IMPORTED))
        return found


def _codes(masks: dict[str, msgspec.Raw], number: int, clip: _Clip) -> list[Rle | None]:
    try:
        codes = msgspec.json.decode(masks[str(number)], type=list[Rle | None])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(f"{clip.file}: {number} is no list of run-length codes and nulls.") from error
    if len(codes) > len(clip.places):
        count = number_of(len(codes), "frames")
        raise FormatError(f"{clip.file}: {number} has {count}, its clip has {len(clip.places)}.")
    return codes


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage all splits of a folder, the one asked for, or the one that the folder is.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    folders = split_folders(path)
    if not folders:
        raise FormatError(f"{path} has no meta_expressions.json; name the MeViS folder or one split's folder.")
    reading = _Reading()
    for split, folder in only_split(path, folders, options.split).items():
        _read_split(reading, folder, _SPLIT_OF.get(split, split_of(split)), options, progress)
    return reading.stage.finish(reading.load)


# MeViS's `valid_u` has masks and is what people validate on; `valid` is kept back for the server, as a test split is.
_SPLIT_OF: Final = {name: split for split, name in _SPLITS.items()}


def _read_split(reading: _Reading, folder: Path, split: Split, options: ReadOptions, progress: Progress) -> None:
    file = folder / "meta_expressions.json"
    videos = read_json(file, _ExpressionsFile).videos
    mask_file = folder / "mask_dict.json"
    masks = read_json(mask_file, dict[str, msgspec.Raw]) if mask_file.is_file() else {}
    reading.masks[mask_file] = masks
    base = Folder(options.image_root / folder.name if options.image_root is not None else folder)
    for place, (name, video) in enumerate(videos.items()):
        progress(place, len(videos), name)
        frames_folder = base / f"JPEGImages/{name}"
        frames = frame_files(frames_folder)
        frame_count = len(frames) or len(video.frames)
        if not frame_count:
            raise FormatError(f"{file}: videos.{name}.frames is empty and {frames_folder} has no pictures.")
        listed = bool(frames and video.frames)
        # The published loader sorts the names before it counts.
        places = frame_places(frames, sorted(video.frames), folder=frames_folder) if listed else range(frame_count)
        numbers = dict.fromkeys(n for row in video.expressions.values() for n in row.anno_id or ())
        for number in numbers:
            if str(number) not in masks:
                raise FormatError(f"{file}: videos.{name}: anno_id {number} is not in {mask_file.name}.")
        size = clip_size(frames, (), where=name) if frames else _size_of_codes(masks, numbers, mask_file, name)
        medium_id = reading.stage.add_clip(frames_folder, size=size, name=name, frame_count=frame_count, split=split)
        referents = {number: reading.stage.add_referent(medium_id) for number in numbers}
        reading.clips[medium_id] = _Clip(mask_file, size, places, referents)
        for _, row in in_order(video.expressions):
            targets = [referents[number] for number in row.anno_id or ()]
            # An empty list says that nothing is meant; no list, as in the published valid set, that nobody tells.
            reading.stage.add_expression(medium_id, row.exp, targets, no_target=row.anno_id == [])


def _size_of_codes(masks: dict[str, msgspec.Raw], numbers: dict[int, None], file: Path, name: str) -> Size:
    for number in numbers:
        try:
            codes = msgspec.json.decode(masks[str(number)], type=list[Rle | None])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise FormatError(f"{file}: {number} is no list of run-length codes and nulls.") from error
        for code in codes:
            if code is not None:
                height, width = code.size
                return checked_size(width, height, where=f"{file}: {number}")
    raise FormatError(f"{file.parent / 'JPEGImages' / name} has no pictures; the frame size cannot be told without.")


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `<split>/{JPEGImages, meta_expressions.json, mask_dict.json}` into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    videos: dict[str, dict[str, Any]] = {}
    masks: dict[str, dict[str, list[dict[str, Any] | None]]] = {}
    numbers_given = 0
    for item in fit(dataset, LOSES, ledger, progress):
        split = _SPLITS[item.medium.split]
        name = names.clip(item.medium)
        stems = frame_stems(item.medium)
        codes: dict[ReferentId, list[dict[str, Any] | None]] = {
            referent.id: [None] * item.medium.frame_count for referent in item.referents
        }
        for annotation in item.annotations:
            codes[annotation.referent_id][annotation.frame] = encode_rle(annotation.mask)
        unmarked = sum(found.count(None) for found in codes.values())
        if unmarked:
            ledger.change("masks that nobody made count as absent for MeViS's own tools", name, count=unmarked)
        numbers = {referent.id: numbers_given + n for n, referent in enumerate(item.referents)}
        in_clip = {referent.id: n for n, referent in enumerate(item.referents)}
        numbers_given += len(numbers)
        masks.setdefault(split, {}).update({str(numbers[key]): found for key, found in codes.items()})
        rows: dict[str, dict[str, Any]] = {}
        for expression in item.expressions:
            row: dict[str, Any] = {"exp": expression.text}
            if expression.targets or expression.no_target:
                row["obj_id"] = [in_clip[target] for target in expression.targets]
                row["anno_id"] = [numbers[target] for target in expression.targets]
            rows[str(len(rows))] = row
        found = videos.setdefault(split, {})
        found[name] = {"expressions": rows, "vid_id": len(found), "frames": stems}
        media.frames(item.medium, [f"{split}/JPEGImages/{name}/{stem}" for stem in stems])
        ledger.write("expressions", len(rows))
        ledger.write("masks", len(item.annotations))
    for split in videos or {"train": {}}:
        write_json(destination / split / "meta_expressions.json", {"videos": videos.get(split, {})})
        write_json(destination / split / "mask_dict.json", masks.get(split, {}))
    return ledger.to_report("Export to MeViS")


FORMAT: Final = Format(
    name="mevis",
    title="MeViS",
    summary="expressions for none, one or many objects of a clip, run-length masks",
    holds_photos=False,
    holds_clips=True,
    loses=LOSES,
    sniff=sniff,
    read=read,
    write=write,
)
