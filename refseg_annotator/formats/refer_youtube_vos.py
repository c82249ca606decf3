"""Refer-YouTube-VOS: frames and label PNGs a clip, `meta.json` with categories, `meta_expressions.json` a split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from refseg_annotator.core.annotation import MediumId, ReferentId, Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, ReadOptions, TransferReport, WriteOptions
from refseg_annotator.formats.clip_frames import (
    MOST_DIGITS,
    LabelledClips,
    frame_stems,
    in_order,
    object_numbers,
    write_label_frames,
)
from refseg_annotator.formats.files import Folder, only_split, read_json
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.json_out import write_json
from refseg_annotator.formats.media_files import MediaFolder, Names, frame_files
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

LOSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.PHOTOS,
        Loss.OVERLAPS,
        Loss.WHOLE_FRAMES,
        Loss.NO_TARGET,
        Loss.SEVERAL_TARGETS,
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
_SPLITS: Final = {Split.TRAIN: "train", Split.VAL: "valid", Split.TEST: "test"}


class _Expression(msgspec.Struct, frozen=True):
    exp: str
    obj_id: str | int | None = None


class _Video(msgspec.Struct, frozen=True):
    expressions: dict[str, _Expression] = {}
    frames: list[str] = []


class _ExpressionsFile(msgspec.Struct, frozen=True):
    videos: dict[str, _Video]


class _Object(msgspec.Struct, frozen=True):
    category: str = ""
    frames: list[str] = []


class _Objects(msgspec.Struct, frozen=True):
    objects: dict[str, _Object] = {}


class _MetaFile(msgspec.Struct, frozen=True):
    videos: dict[str, _Objects]


def expression_files(folder: Path) -> dict[str, Path]:
    """The `meta_expressions.json` of each split by its name."""
    return {path.parent.name: path for path in sorted((folder / "meta_expressions").glob("*/meta_expressions.json"))}


def sniff(path: Path) -> bool:
    """Whether the folder has `meta_expressions/<split>/meta_expressions.json`."""
    return path.is_dir() and bool(expression_files(path))


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage all splits of a folder or the one asked for.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    files = expression_files(path)
    if not files:
        raise FormatError(f"{path} has no meta_expressions/<split>/meta_expressions.json; name the folder above it.")
    clips = LabelledClips()
    for split, file in only_split(path, files, options.split).items():
        _read_split(clips, path, split, file, options, progress)
    return clips.stage.finish(clips.load)


def _read_split(
    clips: LabelledClips, root: Path, split: str, file: Path, options: ReadOptions, progress: Progress
) -> None:
    videos = read_json(file, _ExpressionsFile).videos
    categories = _categories(root / split / "meta.json")
    base = Folder(options.image_root / split if options.image_root is not None else root / split)
    labels = Folder(root / split)
    for number, (name, video) in enumerate(videos.items()):
        progress(number, len(videos), name)
        if not frame_files(base / f"JPEGImages/{name}") and not frame_files(labels / f"Annotations/{name}"):
            clips.stage.ledger.drop("clips that have neither frames nor masks here", name)
            continue
        known = {
            key: _object_number(row, f"{file}: videos.{name}.expressions.{key}.obj_id")
            for key, row in video.expressions.items()
        }
        medium_id, referents = clips.add(
            base / f"JPEGImages/{name}",
            labels / f"Annotations/{name}",
            name=name,
            split=split_of(split),
            frame_names=video.frames,
            categories=categories.get(name),
            objects=[found for found in known.values() if found is not None],
        )
        for key, row in in_order(video.expressions):
            _add_expression(clips, medium_id, row.exp, known[key], referents)


def _add_expression(
    clips: LabelledClips, medium_id: MediumId, text: str, number: int | None, referents: dict[int, ReferentId]
) -> None:
    # The published valid set names no objects: its expressions wait for someone to link them.
    clips.stage.add_expression(medium_id, text, () if number is None else (referents[number],))


def _object_number(row: _Expression, where: str) -> int | None:
    if row.obj_id is None:
        return None
    try:
        number = int(row.obj_id)
    except ValueError as error:
        raise FormatError(f"{where}: {row.obj_id!r} is no object number.") from error
    if not 1 <= number <= 255:
        raise FormatError(f"{where}: object numbers run from 1 to 255, not {number}.")
    return number


def _categories(file: Path) -> dict[str, dict[int, str]]:
    if not file.is_file():
        return {}
    found: dict[str, dict[int, str]] = {}
    for name, video in read_json(file, _MetaFile).videos.items():
        for key, row in video.objects.items():
            if not (key.isdecimal() and len(key) <= MOST_DIGITS and 1 <= int(key) <= 255):
                raise FormatError(
                    f"{file}: videos.{name}.objects: {key[:MOST_DIGITS]!r} is no object number from 1 to 255."
                )
            found.setdefault(name, {})[int(key)] = row.category
    return found


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `<split>/{JPEGImages,Annotations,meta.json}` and `meta_expressions/<split>/` into the empty folder."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    expressions: dict[str, dict[str, Any]] = {}
    meta: dict[str, dict[str, Any]] = {}
    for item in fit(dataset, LOSES, ledger, progress):
        split = _SPLITS[item.medium.split]
        name = names.clip(item.medium)
        stems = frame_stems(item.medium)
        numbers = object_numbers(item, ledger)
        write_label_frames(item, destination / split / "Annotations" / name, stems, numbers, ledger)
        media.frames(item.medium, [f"{split}/JPEGImages/{name}/{stem}" for stem in stems])
        frames = item.frames()
        meta.setdefault(split, {})[name] = {
            "objects": {
                str(numbers[referent.id]): {
                    "category": referent.category,
                    "frames": [
                        stems[frame]
                        for frame, annotations in frames.items()
                        if any(a.referent_id == referent.id and not a.is_absent for a in annotations)
                    ],
                }
                for referent in item.referents
                if referent.id in numbers
            }
        }
        rows: dict[str, dict[str, str]] = {}
        for expression in item.expressions:
            if expression.targets and expression.targets[0] not in numbers:
                ledger.drop("expressions whose referents are left out", expression.text)
                continue
            row = {"exp": expression.text}
            if expression.targets:
                row["obj_id"] = str(numbers[expression.targets[0]])
            rows[str(len(rows))] = row
        expressions.setdefault(split, {})[name] = {"expressions": rows, "frames": stems}
        ledger.write("expressions", len(rows))
    for split in expressions or {"train": {}}:
        write_json(destination / split / "meta.json", {"videos": meta.get(split, {})})
        file = destination / "meta_expressions" / split / "meta_expressions.json"
        write_json(file, {"videos": expressions.get(split, {})})
    return ledger.to_report("Export to Refer-YouTube-VOS")


FORMAT: Final = Format(
    name="refer-youtube-vos",
    title="Refer-YouTube-VOS",
    summary="frames, label PNGs and meta_expressions.json a split",
    holds_photos=False,
    holds_clips=True,
    loses=LOSES,
    sniff=sniff,
    read=read,
    write=write,
)
