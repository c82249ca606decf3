"""Talk2Car-RegSeg, read only: a command to a car, and the region of the photo where it should go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Format, Progress, ReadOptions, Stage
from refseg_annotator.formats.clip_frames import subfolders
from refseg_annotator.formats.files import Folder, head_of, only_split, read_json
from refseg_annotator.formats.label_png import read_mask_png
from refseg_annotator.formats.media_files import picture_size
from refseg_annotator.formats.segmentation import checked_size
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

_IMAGE_FOLDERS: Final = ("imgs", "images", "new_images", ".")
_CATEGORY: Final = "region"


class _Command(msgspec.Struct, frozen=True):
    command: str
    img: str = ""


def command_files(path: Path) -> list[Path]:
    """The JSON files that hold commands."""
    return sorted(file for file in path.glob("*.json") if b'"command"' in head_of(file, 1 << 16))


def mask_folder(path: Path) -> Path | None:
    """The folder with the masks: the one itself or one in it."""
    for folder in (path, *subfolders(path)):
        if next(folder.glob("gt_img_ann_*_*.png"), None) is not None:
            return folder
    return None


def sniff(path: Path) -> bool:
    """Whether the folder has commands and masks."""
    return path.is_dir() and bool(command_files(path)) and mask_folder(path) is not None


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    photos: dict[Path, MediumId] = field(default_factory=dict)
    sizes: dict[MediumId, Size] = field(default_factory=dict)
    masks: dict[MediumId, list[tuple[ReferentId, Path]]] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The regions of one photo."""
        size = self.sizes[medium_id]
        return [
            Annotation(referent_id, 0, Mask.from_array(read_mask_png(file, size)), IMPORTED)
            for referent_id, file in self.masks[medium_id]
        ]


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage all splits or the one asked for.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    folder = mask_folder(path) if path.is_dir() else None
    if folder is None:
        raise FormatError(f"{path} has no gt_img_ann_<split>_<number>.png; name the Talk2Car-RegSeg folder.")
    commands: dict[str, tuple[Path, dict[str, _Command]]] = {}
    for file in command_files(path):
        content = read_json(file, dict[str, dict[str, _Command] | list[_Command]])
        for split, rows in content.items():
            by_number = {str(n): row for n, row in enumerate(rows)} if isinstance(rows, list) else rows
            commands[split] = (file, by_number)
    commands = dict(only_split(path, commands, options.split))
    if not commands:
        raise FormatError(f"{path} has no JSON file with commands; put it beside the masks.")
    reading = _Reading()
    for split, (file, rows_of_split) in commands.items():
        _read_split(reading, path, split, file, rows_of_split, Folder(folder), options, progress)
    return reading.stage.finish(reading.load)


def _read_split(
    reading: _Reading,
    path: Path,
    split: str,
    file: Path,
    rows: dict[str, _Command],
    masks: Folder,
    options: ReadOptions,
    progress: Progress,
) -> None:
    names = {key: row.img or f"img_{split}_{key}.jpg" for key, row in rows.items()}
    images = _image_folder(path, next(iter(names.values()), ""), options)
    for number, (key, row) in enumerate(rows.items()):
        progress(number, len(rows), file.name)
        mask = masks / f"gt_img_ann_{split}_{key}.png"
        if not mask.is_file():
            reading.stage.ledger.drop("commands without a mask", f"{split} {key}")
            continue
        photo = images / names[key]
        if photo not in reading.photos:
            width, height = picture_size(photo if photo.is_file() else mask)
            size = checked_size(width, height, where=str(mask))
            medium_id = reading.stage.add_photo(photo, size=size, name=photo.name, split=split_of(split))
            reading.photos[photo] = medium_id
            reading.sizes[medium_id] = size
            reading.masks[medium_id] = []
        medium_id = reading.photos[photo]
        referent_id = reading.stage.add_referent(medium_id, category=_CATEGORY)
        reading.masks[medium_id].append((referent_id, mask))
        reading.stage.add_expression(medium_id, row.command, (referent_id,))


def _image_folder(path: Path, first: str, options: ReadOptions) -> Folder:
    if options.image_root is not None:
        return Folder(options.image_root)
    for name in _IMAGE_FOLDERS:
        if first and (path / name).is_dir() and (Folder(path / name) / first).is_file():
            return Folder(path / name)
    return Folder(path / _IMAGE_FOLDERS[0])


FORMAT: Final = Format(
    name="talk2car-regseg",
    title="Talk2Car-RegSeg",
    summary="commands to a car with the region where it should go; read only",
    holds_photos=True,
    holds_clips=False,
    sniff=sniff,
    read=read,
)
