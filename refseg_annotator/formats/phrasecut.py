"""PhraseCut, read only: phrases with polygons of one or many instances on Visual Genome photos."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec
import numpy as np
from PIL import Image, ImageDraw

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Format, Progress, ReadOptions, Stage
from refseg_annotator.formats.files import Folder, files_of_split, head_of, read_json
from refseg_annotator.formats.media_files import picture_size
from refseg_annotator.formats.segmentation import checked_size
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

_PREFIX: Final = "refer_"
_FEWEST_POINTS: Final = 2
"""Of a polygon, as the published code draws it: its border is part of it."""
_SIZES: Final = "image_data_split.json"
_IMAGE_FOLDERS: Final = ("images", "VG_100K", "VG_100K_2", ".")


_Polygons: TypeAlias = list[list[tuple[float, float]]]


class _Task(msgspec.Struct, frozen=True):
    image_id: int
    phrase: str
    polygons: list[_Polygons] = msgspec.field(name="Polygons")
    ann_ids: list[int] = []
    phrase_structure: Any = None


class _ImageSize(msgspec.Struct, frozen=True):
    image_id: int
    width: int
    height: int


def split_files(path: Path) -> dict[str, Path]:
    """The task files by split; `miniv`, a part of val, only where val itself is not there.

    `refer_input_<split>.json`, which the published downloader puts beside them, holds the phrases without answers.
    """
    files = {file.stem.removeprefix(_PREFIX): file for file in sorted(path.glob(f"{_PREFIX}*.json"))}
    found = {split: file for split, file in files.items() if not split.startswith("input_")}
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
    masks: dict[MediumId, list[tuple[ReferentId, _Polygons, str]]] = field(default_factory=dict)
    instances: dict[tuple[int, int, int], ReferentId] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one photo; an instance's polygons are united."""
        size = self.sizes[medium_id]
        return [
            Annotation(referent_id, 0, _drawn(polygons, size, where), IMPORTED)
            for referent_id, polygons, where in self.masks[medium_id]
        ]


def _drawn(polygons: _Polygons, size: Size, where: str) -> Mask:
    """The pixels of an instance as the published code draws them: corners cut to whole pixels, the border included."""
    reach = 4.0 * max(size.width, size.height) + 1024.0
    canvas = Image.new("1", (size.width, size.height))
    draw = ImageDraw.Draw(canvas)
    for polygon in polygons:
        if any(not abs(value) <= reach for point in polygon for value in point):
            raise FormatError(f"{where} has a point far outside the frame.")
        if len(polygon) >= _FEWEST_POINTS:
            draw.polygon([(int(x), int(y)) for x, y in polygon], fill=1, outline=1)
    return Mask.from_array(np.asarray(canvas))


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
    for number, polygons in enumerate(task.polygons):
        # The same instance comes back in other tasks of the photo; its polygons tell whether it is the same drawing.
        ann_id = task.ann_ids[number] if len(task.ann_ids) == len(task.polygons) else -number - 1
        key = (task.image_id, ann_id, hash(tuple(map(tuple, polygons))))
        if key not in reading.instances:
            reading.instances[key] = reading.stage.add_referent(medium_id, category=category)
            place = f"{where}.Polygons[{number}]"
            reading.masks[medium_id].append((reading.instances[key], polygons, place))
            short = sum(len(polygon) < _FEWEST_POINTS for polygon in polygons)
            if short:
                reading.stage.ledger.drop("polygons of fewer than two points", place, count=short)
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
