"""PhraseCut, read only: phrases with polygons of one or many instances on Visual Genome photos."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Format, Progress, ReadOptions, Stage
from refseg_annotator.formats.files import Folder, files_of_split, head_of, read_json
from refseg_annotator.formats.media_files import picture_size
from refseg_annotator.formats.segmentation import checked_size, decode_polygons
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

_PREFIX: Final = "refer_"
_SIZES: Final = "image_data_split.json"
_IMAGE_FOLDERS: Final = ("images", "VG_100K", "VG_100K_2", ".")


class _Task(msgspec.Struct, frozen=True):
    image_id: int
    phrase: str
    polygons: list[list[list[tuple[float, float]]]] = msgspec.field(name="Polygons")
    ann_ids: list[int] = []
    phrase_structure: Any = None


class _ImageSize(msgspec.Struct, frozen=True):
    image_id: int
    width: int
    height: int


def split_files(path: Path) -> dict[str, Path]:
    """The task files by split; `miniv`, a part of val, only where val itself is not there."""
    found = {file.stem.removeprefix(_PREFIX): file for file in sorted(path.glob(f"{_PREFIX}*.json"))}
    if "val" in found:
        found.pop("miniv", None)
    return found


def sniff(path: Path) -> bool:
    """Whether the folder has task files with instance boxes, which only PhraseCut's have."""
    if not path.is_dir():
        return False
    return any(b'"instance_boxes"' in head_of(file, 1 << 16) for file in split_files(path).values())


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    photos: dict[int, MediumId] = field(default_factory=dict)
    sizes: dict[MediumId, Size] = field(default_factory=dict)
    masks: dict[MediumId, list[tuple[ReferentId, list[list[float]], str]]] = field(default_factory=dict)
    instances: dict[tuple[int, int, int], ReferentId] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one photo; an instance's polygons are united."""
        size = self.sizes[medium_id]
        return [
            Annotation(referent_id, 0, decode_polygons(polygons, size, where=where), IMPORTED)
            for referent_id, polygons, where in self.masks[medium_id]
        ]


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage all splits or the one asked for.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    files = files_of_split(path, split_files(path), prefix=_PREFIX, split=options.split, title="PhraseCut")
    sizes = {
        row.image_id: (row.width, row.height)
        for row in (read_json(path / _SIZES, list[_ImageSize]) if (path / _SIZES).is_file() else ())
    }
    reading = _Reading()
    for split, file in files.items():
        tasks = read_json(file, list[_Task])
        folder = _image_folder(path, tasks, options)
        for number, task in enumerate(tasks):
            progress(number, len(tasks), file.name)
            where = f"{file}: [{number}]"
            if task.image_id not in reading.photos:
                _add_photo(reading, folder, task.image_id, sizes, split, where)
            _add_task(reading, task, where)
    return reading.stage.finish(reading.load)


def _image_folder(path: Path, tasks: list[_Task], options: ReadOptions) -> Folder:
    if options.image_root is not None:
        return Folder(options.image_root)
    for name in _IMAGE_FOLDERS:
        if tasks and (path / name / f"{tasks[0].image_id}.jpg").is_file():
            return Folder(path / name)
    return Folder(path / _IMAGE_FOLDERS[0])


def _add_photo(
    reading: _Reading, folder: Folder, image_id: int, sizes: dict[int, tuple[int, int]], split: str, where: str
) -> None:
    photo = folder / f"{image_id}.jpg"
    if image_id in sizes:
        width, height = sizes[image_id]
    elif photo.is_file():
        width, height = picture_size(photo)
    else:
        raise FormatError(f"{where}: the size of image {image_id} is unknown; put {_SIZES} or {photo} in place.")
    size = checked_size(width, height, where=where)
    medium_id = reading.stage.add_photo(photo, size=size, name=photo.name, split=split_of(split))
    reading.photos[image_id] = medium_id
    reading.sizes[medium_id] = size
    reading.masks[medium_id] = []


def _add_task(reading: _Reading, task: _Task, where: str) -> None:
    medium_id = reading.photos[task.image_id]
    category = ""
    if isinstance(task.phrase_structure, dict):
        name = task.phrase_structure.get("name")
        category = name if isinstance(name, str) else ""
    targets: list[ReferentId] = []
    for number, instance in enumerate(task.polygons):
        polygons = [[coordinate for point in polygon for coordinate in point] for polygon in instance]
        # The same instance comes back in other tasks of the photo; its polygons tell whether it is the same drawing.
        ann_id = task.ann_ids[number] if len(task.ann_ids) == len(task.polygons) else -number - 1
        key = (task.image_id, ann_id, hash(tuple(map(tuple, polygons))))
        if key not in reading.instances:
            reading.instances[key] = reading.stage.add_referent(medium_id, category=category)
            place = f"{where}.Polygons[{number}]"
            reading.masks[medium_id].append((reading.instances[key], polygons, place))
        targets.append(reading.instances[key])
    reading.stage.add_expression(medium_id, task.phrase, targets, no_target=not targets)


FORMAT: Final = Format(
    name="phrasecut",
    title="PhraseCut",
    summary="phrases with polygons on Visual Genome photos; read only",
    holds_photos=True,
    holds_clips=False,
    sniff=sniff,
    read=read,
)
