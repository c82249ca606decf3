"""LabelMe: one JSON file a photo. Masks are written as its PNG-in-JSON shapes, which keep every pixel.

What LabelMe does not know stands in fields of our own, which LabelMe carries along: `expressions`, `name`, `unnamed`,
`provenance`, `keyframe` of a shape and `expressions`, `split` of the file. The `description` of a shape, which is where
people write the phrase in LabelMe, is an expression for it.
"""

from __future__ import annotations

import base64
import binascii
import io
import math
from dataclasses import dataclass, field
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any, Final

import cv2
import msgspec
import numpy as np
from PIL import Image, ImageDraw

from refseg_annotator.core.annotation import Annotation, MediumId, Provenance, Referent, ReferentId
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
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
from refseg_annotator.formats.coco_rows import UNNAMED_CATEGORY, ExpressionRow, ProvenanceRow, SpokenRows
from refseg_annotator.formats.files import Folder, head_of, no_split, read_json
from refseg_annotator.formats.fitting import Item, fit
from refseg_annotator.formats.json_out import write_json
from refseg_annotator.formats.label_png import read_png
from refseg_annotator.formats.media_files import MediaFolder, Names, picture_size
from refseg_annotator.formats.report import REPORT_NAME, Ledger
from refseg_annotator.formats.segmentation import checked_size
from refseg_annotator.formats.split_names import split_name, split_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LOSES: Final = frozenset({Loss.CLIPS, Loss.MASKLESS, Loss.SPAN, Loss.CROWDS})
_VERSION: Final = "5.5.0"
_AREAS: Final = ("polygon", "rectangle", "oriented_rectangle", "circle", "mask")


class _Shape(msgspec.Struct, frozen=True):
    label: str
    points: list[tuple[float, float]]
    shape_type: str = "polygon"
    group_id: int | None = None
    mask: str | None = None
    description: str | None = None
    flags: dict[str, Any] | None = None
    name: str = ""
    unnamed: bool = False
    expressions: list[ExpressionRow | str] = []
    provenance: ProvenanceRow | None = None
    keyframe: bool = False


class _File(msgspec.Struct, frozen=True, rename="camel"):
    shapes: list[_Shape]
    image_path: str
    image_height: int | None = None
    image_width: int | None = None
    flags: dict[str, Any] | None = None
    split: str = ""
    expressions: list[ExpressionRow | str] = []


def label_files(path: Path) -> list[Path]:
    """The LabelMe files: the file itself, or those of the folder."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.glob("*.json") if _looks_like_labelme(file))


def _looks_like_labelme(path: Path) -> bool:
    head = head_of(path, 1 << 16)
    return b'"shapes"' in head and (b'"imagePath"' in head or b'"shape_type"' in head)


def sniff(path: Path) -> bool:
    """Whether the file, or some file of the folder, is LabelMe's."""
    if path.is_file():
        return path.suffix.lower() == ".json" and _looks_like_labelme(path)
    return path.is_dir() and any(_looks_like_labelme(file) for file in path.glob("*.json"))


@dataclass(slots=True)
class _Object:
    referent_id: ReferentId
    shapes: list[tuple[_Shape, str]]
    provenance: Provenance
    keyframe: bool


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    sizes: dict[MediumId, Size] = field(default_factory=dict)
    objects: dict[MediumId, list[_Object]] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one photo: the shapes of a group united."""
        size = self.sizes[medium_id]
        found: list[Annotation] = []
        for thing in self.objects[medium_id]:
            mask = Mask.empty(size)
            for shape, where in thing.shapes:
                mask = mask.union(_mask_of(shape, size, where))
            found.append(Annotation(thing.referent_id, 0, mask, thing.provenance, thing.keyframe))
        return found


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage a LabelMe file, or all of a folder.

    Raises:
        FormatError: A file breaks the format.
    """
    files = label_files(path)
    if not files:
        raise FormatError(f"{path} has no LabelMe file; name the JSON file or the folder that holds it.")
    reading = _Reading()
    if path.is_dir():
        for other in sorted(set(path.glob("*.json")) - {*files, path / f"{REPORT_NAME}.json"}):
            # A file that a crash left empty looks like nothing any more; an export's own report is none of them.
            reading.stage.ledger.drop("JSON files that are not LabelMe's", other.name)
    known: set[str] = set()
    for number, file in enumerate(files):
        progress(number, len(files), file.name)
        content = read_json(file, _File)
        known.add(content.split)
        if options.split is None or content.split == options.split:
            _stage_file(reading, file, content, options)
    if options.split is not None and options.split not in known:
        raise no_split(path, options.split, sorted(known))
    return reading.stage.finish(reading.load)


def _stage_file(reading: _Reading, file: Path, content: _File, options: ReadOptions) -> None:
    stage = reading.stage
    name = content.image_path
    if options.image_root is not None:
        # LabelMe writes paths such as ..\\photos\\a.jpg; whoever names the photos' folder means what lies in it.
        path = PureWindowsPath(name)
        name = path.name if path.is_absolute() or path.root or ".." in path.parts else name
    photo = _photo(name, file, options)
    width, height = content.image_width, content.image_height
    if width is None or height is None:
        # Old files do not say; then the photo must.
        width, height = picture_size(photo)
    size = checked_size(width, height, where=str(file))
    medium_id = stage.add_photo(photo, size=size, name=name, split=split_of(content.split))
    reading.sizes[medium_id] = size
    objects: dict[object, _Object] = {}
    described: set[tuple[ReferentId, str]] = set()
    spoken = SpokenRows()
    spoken.add(medium_id, content.expressions, None)
    _note_flags(stage, content.flags, str(file))
    for number, shape in enumerate(content.shapes):
        where = f"{file}: shapes[{number}]"
        _note_flags(stage, shape.flags, where)
        if shape.shape_type not in _AREAS:
            stage.ledger.drop(f"{shape.shape_type} shapes, which have no area", where)
            if words := _new_words(shape):
                stage.ledger.drop("expressions of shapes that have no area", words)
            continue
        # Shapes of one group and label are parts of one thing.
        key: object = (shape.group_id, shape.label) if shape.group_id is not None else number
        if key not in objects:
            category = "" if shape.unnamed else shape.label
            referent_id = stage.add_referent(medium_id, category=category, name=shape.name)
            provenance = shape.provenance.value() if shape.provenance is not None else IMPORTED
            objects[key] = _Object(referent_id, [], provenance, shape.keyframe)
        objects[key].shapes.append((shape, where))
        referent_id = objects[key].referent_id
        spoken.add(medium_id, shape.expressions, referent_id)
        words = _new_words(shape)
        if words and (referent_id, words) not in described:
            described.add((referent_id, words))  # the parts of a group often say the same
            spoken.add(medium_id, [words], referent_id)
    reading.objects[medium_id] = list(objects.values())
    spoken.stage(stage)


def _photo(name: str, file: Path, options: ReadOptions) -> Path:
    if options.image_root is None and ".." in PureWindowsPath(name).parts:
        raise FormatError(
            f"{file}: the photo {name!r} leads out of the folder of the JSON files; "
            "give the photos' folder as the image root."
        )
    return Folder(options.image_root or file.parent) / name


def _new_words(shape: _Shape) -> str:
    """What the description says and no expression of the shape does; an export writes the first of them there."""
    texts = {row if isinstance(row, str) else row.text for row in shape.expressions}
    words = shape.description or ""
    return "" if words in texts or not words.strip() else words


def _note_flags(stage: Stage, flags: dict[str, Any] | None, where: str) -> None:
    for name in (name for name, is_set in (flags or {}).items() if is_set):
        stage.ledger.drop("flags", f"{where}: {name}")


def _mask_of(shape: _Shape, size: Size, where: str) -> Mask:
    reach = 4.0 * max(size.width, size.height) + 1024.0
    points = np.array(shape.points, np.float64).reshape(-1, 2)
    if not np.isfinite(points).all() or (points.size and float(np.abs(points).max()) > reach):
        raise FormatError(f"{where}: a point lies far outside the photo.")
    match shape.shape_type:
        case "mask":
            return _mask_of_png(shape, points, size, where)
        case "rectangle":
            if len(points) != 2:
                raise FormatError(f"{where}: a rectangle has two points, not {len(points)}.")
        case "circle":
            if len(points) != 2:
                count = number_of(len(points), "points")
                raise FormatError(f"{where}: a circle has a middle and a point on it, not {count}.")
        case "oriented_rectangle":
            if len(points) != 4:
                count = number_of(len(points), "points")
                raise FormatError(f"{where}: an oriented rectangle has four corners, not {count}.")
        case _:
            if len(points) < 3:
                raise FormatError(f"{where}: a polygon has three points or more, not {len(points)}.")
    return _drawn(shape.shape_type, points, size)


def _drawn(shape_type: str, points: NDArray[np.float64], size: Size) -> Mask:
    """The pixels of an outline as LabelMe itself fills it: by Pillow, the border included."""
    canvas = Image.new("1", (size.width, size.height))
    draw = ImageDraw.Draw(canvas)
    if shape_type == "rectangle":
        low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        draw.rectangle([*low, *high], fill=1, outline=1)
    elif shape_type == "circle":
        (x, y), (rim_x, rim_y) = points.tolist()
        radius = math.hypot(rim_x - x, rim_y - y)
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=1, outline=1)
    else:
        draw.polygon([tuple(point) for point in points.tolist()], fill=1, outline=1)
    return Mask.from_array(np.asarray(canvas))


def _mask_of_png(shape: _Shape, points: NDArray[np.float64], size: Size, where: str) -> Mask:
    if shape.mask is None or len(points) != 2:
        raise FormatError(f"{where}: a mask shape needs two points and the field mask.")
    try:
        data = base64.b64decode(shape.mask, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError(f"{where}: mask is no PNG picture in base64.") from error
    picture = read_png(data, where=f"{where}: mask")[2]
    pixels: NDArray[np.bool_] = np.any(picture, axis=2) if picture.ndim == 3 else np.not_equal(picture, 0)
    x0, y0 = (round(value) for value in points.min(axis=0).tolist())
    box = Box.from_xywh(x0, y0, pixels.shape[1], pixels.shape[0])
    inside = box.clipped(size)
    if inside.is_empty:
        return Mask.empty(size)
    return Mask.from_patch(size, inside, pixels[inside.relative_to(box).slices])


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write a photo and a JSON file each into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    for item in fit(dataset, LOSES, ledger, progress):
        stem = names.frame(item.medium.name)
        photo = item.medium.name if options.media == "none" else media.photo(item.medium, stem)
        numbers = {expression.id: number for number, expression in enumerate(item.expressions, 1)}
        by_id = {referent.id: referent for referent in item.referents}
        shapes: list[dict[str, Any]] = []
        for group, annotation in enumerate(item.annotations, 1):
            referent = by_id[annotation.referent_id]
            common = _shape_fields(item, referent, annotation, numbers)
            parts = _mask_shapes(annotation.mask, options, ledger, item.medium.name)
            shapes += [{**common, "group_id": group, **part} for part in parts]
        loose = [ExpressionRow.of(e, numbers[e.id]) for e in item.expressions if not e.targets]
        content: dict[str, Any] = {
            "version": _VERSION,
            "flags": {},
            "shapes": shapes,
            "imagePath": photo,
            "imageData": None,
            "imageHeight": item.medium.size.height,
            "imageWidth": item.medium.size.width,
            "split": split_name(item.medium.split),
            "expressions": loose,
        }
        write_json(destination / f"{stem}.json", content, indent=2)
        ledger.write("files")
        ledger.write("masks", len(item.annotations))
        ledger.write("expressions", len(item.expressions))
    return ledger.to_report("Export to LabelMe")


def _shape_fields(item: Item, referent: Referent, annotation: Annotation, numbers: dict[Any, int]) -> dict[str, Any]:
    expressions = item.expressions_for(referent.id)
    fields: dict[str, Any] = {
        "label": referent.category or UNNAMED_CATEGORY,
        "description": expressions[0].text if expressions else "",
        "flags": {},
        "name": referent.name,
        "unnamed": not referent.category,
        "expressions": [ExpressionRow.of(expression, numbers[expression.id]) for expression in expressions],
        "keyframe": annotation.keyframe,
    }
    provenance = ProvenanceRow.of(annotation.provenance)
    return fields if provenance is None else {**fields, "provenance": provenance}


def _mask_shapes(mask: Mask, options: WriteOptions, ledger: Ledger, name: str) -> list[dict[str, Any]]:
    return _polygon_shapes(mask, ledger, name) if options.polygons and not mask.is_empty else [_png_shape(mask)]


def _png_shape(mask: Mask) -> dict[str, Any]:
    """LabelMe's mask shape: the first and the last pixel of the box, and the box's pixels as a PNG."""
    stream = io.BytesIO()
    # A picture has at least one pixel: an empty mask is a black one.
    box = Box(0, 0, 1, 1) if mask.is_empty else mask.box
    Image.fromarray(mask.crop(box)).save(stream, format="PNG")
    return {
        "shape_type": "mask",
        "points": [[box.x0, box.y0], [box.x1 - 1, box.y1 - 1]],
        "mask": base64.b64encode(stream.getvalue()).decode("ascii"),
    }


def _polygon_shapes(mask: Mask, ledger: Ledger, name: str) -> list[dict[str, Any]]:
    """The outer borders of the parts, from pixel to pixel, as LabelMe draws them; what they change is noted."""
    size = mask.size
    rings, _ = cv2.findContours(mask.pixels.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    drawn = Mask.empty(size)
    shapes: list[dict[str, Any]] = []
    for ring in rings:
        points = ring.reshape(-1, 2).astype(np.float64) + np.array([mask.box.x0, mask.box.y0])
        # LabelMe asks for three points even around one pixel.
        points = np.concatenate([points, np.repeat(points[-1:], max(0, 3 - len(points)), axis=0)])
        drawn = drawn.union(_drawn("polygon", points, size))
        shapes.append({"shape_type": "polygon", "points": points.tolist(), "mask": None})
    gained, lost = drawn.difference(mask).area, mask.difference(drawn).area
    if gained:
        ledger.change("pixels of holes are filled by polygons", name, count=gained)
    if lost:
        ledger.change("pixels are lost by polygons", name, count=lost)
    return shapes


FORMAT: Final = Format(
    name="labelme",
    title="LabelMe",
    summary="one JSON file a photo with exact masks (polygons by choice), the expressions beside each shape",
    holds_photos=True,
    holds_clips=False,
    loses=LOSES,
    file_suffix=".json",
    sniff=sniff,
    read=read,
    write=write,
)
