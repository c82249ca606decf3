"""ReferIt as CMSA used it, read only: `referit_query_<split>.json` and one MATLAB mask an object."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId, Split
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Format, Progress, ReadOptions, Stage
from refseg_annotator.formats.files import Folder, files_of_split, plain_name, read_json
from refseg_annotator.formats.matlab import matlab_shape, read_matlab
from refseg_annotator.formats.segmentation import LARGEST_FRAME, checked_size
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

_PREFIX: Final = "referit_query_"
_KEY: Final = "segimg_t"
_SUFFIXES: Final = (".jpg", ".jpeg", ".png")


def query_files(path: Path) -> dict[str, Path]:
    """The query files by split; `trainval` only where neither of its halves is there."""
    found = {file.stem.removeprefix(_PREFIX): file for file in sorted(path.glob(f"{_PREFIX}*.json"))}
    if "train" in found or "val" in found:
        found.pop("trainval", None)
    return found


def sniff(path: Path) -> bool:
    """Whether the folder has query files and masks."""
    return path.is_dir() and bool(query_files(path)) and (path / "mask").is_dir()


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    photos: dict[str, MediumId] = field(default_factory=dict)
    sizes: dict[MediumId, Size] = field(default_factory=dict)
    masks: dict[MediumId, list[tuple[ReferentId, Path]]] = field(default_factory=dict)

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one photo: zero is the object, everything else is not."""
        size = self.sizes[medium_id]
        found: list[Annotation] = []
        for referent_id, file in self.masks[medium_id]:
            array = read_matlab(file, _KEY, limit=LARGEST_FRAME)
            if array.shape != size.shape:
                raise FormatError(
                    f"{file}: {_KEY} has the shape {array.shape} where other masks of its photo have {size.shape}."
                )
            found.append(Annotation(referent_id, 0, Mask.from_array(array == 0), IMPORTED))
        return found


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage all splits or the one asked for.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    files = files_of_split(path, query_files(path), prefix=_PREFIX, split=options.split, title="ReferIt")
    reading = _Reading()
    images, masks = Folder(options.image_root or path / "images"), Folder(path / "mask")
    for word, file in files.items():
        split = Split.TRAIN if word == "trainval" else split_of(word)
        queries = read_json(file, dict[str, list[str]])
        for number, (key, sentences) in enumerate(queries.items()):
            progress(number, len(queries), file.name)
            _stage_object(reading, key, sentences, split, images, masks, where=f"{file}: {key}")
    return reading.stage.finish(reading.load)


def _stage_object(
    reading: _Reading, key: str, sentences: list[str], split: Split, images: Folder, masks: Folder, *, where: str
) -> None:
    image, _, number = key.rpartition("_")
    if not image or not number.isdecimal() or len(plain_name(key, where=where).parts) != 1:
        raise FormatError(f"{where}: the key should be <image>_<object number>.")
    mask_file = masks / f"{key}.mat"
    if image not in reading.photos:
        shape = matlab_shape(mask_file, _KEY)
        if len(shape) != 2:
            raise FormatError(f"{mask_file}: {_KEY} has the shape {shape}; it should be (height, width).")
        size = checked_size(shape[1], shape[0], where=str(mask_file))
        paths = [images / f"{image}{suffix}" for suffix in _SUFFIXES]
        photo = next((path for path in paths if path.is_file()), paths[0])
        medium_id = reading.stage.add_photo(photo, size=size, name=photo.name, split=split)
        reading.photos[image] = medium_id
        reading.sizes[medium_id] = size
        reading.masks[medium_id] = []
    elif not mask_file.is_file():
        raise FormatError(f"{mask_file} is missing; the format needs this mask.")
    medium_id = reading.photos[image]
    referent_id = reading.stage.add_referent(medium_id)
    reading.masks[medium_id].append((referent_id, mask_file))
    for sentence in sentences:
        reading.stage.add_expression(medium_id, sentence, (referent_id,))


FORMAT: Final = Format(
    name="referit",
    title="ReferIt (as CMSA used it)",
    summary="referit_query_<split>.json with MATLAB masks whose zeros are the object; read only",
    holds_photos=True,
    holds_clips=False,
    sniff=sniff,
    read=read,
)
