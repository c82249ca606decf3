"""J-HMDB-Sentences, read only: one query a clip, frames as PNG from 1, masks in one MATLAB file a clip."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId, Split
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, Dataset, Format, Progress, ReadOptions, Stage
from refseg_annotator.formats.clip_frames import clip_size, numbered_places, subfolders
from refseg_annotator.formats.files import Folder, no_split, read_csv_rows
from refseg_annotator.formats.matlab import matlab_shape, read_matlab
from refseg_annotator.formats.media_files import frame_files
from refseg_annotator.formats.segmentation import LARGEST_FRAME, checked_size
from refseg_annotator.formats.split_names import split_of

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.geometry import Size

_KEY: Final = "part_mask"
_QUERIES: Final = "jhmdb_annotation.txt"
_LARGEST_STACK: Final = 4 * LARGEST_FRAME


def sniff(path: Path) -> bool:
    """Whether the folder has the queries and the masks."""
    return (path / _QUERIES).is_file() and (path / "puppet_mask").is_dir()


@dataclass(slots=True)
class _Reading:
    stage: Stage = field(default_factory=Stage)
    clips: dict[MediumId, tuple[ReferentId, Size, Path, dict[int, int]]] = field(default_factory=dict)
    """With each clip the frame number of every place in its stack of masks."""

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one clip; frames past the end of the mask file are not annotated."""
        referent_id, size, file, frames = self.clips[medium_id]
        stack = read_matlab(file, _KEY, limit=_LARGEST_STACK)
        stack = stack[:, :, None] if stack.ndim == 2 else stack
        if stack.ndim != 3 or stack.shape[:2] != size.shape:
            raise FormatError(f"{file}: {_KEY} has the shape {stack.shape}; the frames are {size.shape}.")
        return [
            Annotation(referent_id, frames[place], Mask.from_array(stack[:, :, place]), IMPORTED)
            for place in range(stack.shape[2])
            if place in frames
        ]


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage all clips; the data set is there to be tested on, so they are of the split test.

    Raises:
        FormatError: A file is missing or breaks the format, or another split is asked for.
    """
    if options.split is not None and split_of(options.split) is not Split.TEST:
        raise no_split(path, options.split, [Split.TEST.value])
    file = path / _QUERIES
    reading = _Reading()
    frames_root = Folder(options.image_root or path / "Rename_Images")
    masks_root = Folder(path / "puppet_mask")
    actions = _actions(masks_root.root)
    rows = list(read_csv_rows(file))
    if not rows or [name.strip() for name in rows[0][1][:2]] != ["video_id", "query"]:
        raise FormatError(f"{file}: the first line should be video_id,query.")
    staged: dict[str, tuple[MediumId, ReferentId]] = {}
    for number, (line, fields) in enumerate(rows[1:]):
        progress(number, len(rows) - 1, fields[0])
        if len(fields) < 2:
            raise FormatError(f"{file}: line {line} has {number_of(len(fields), 'fields')}; it should have two.")
        name, text = fields[:2]
        if name not in staged:
            if name not in actions:
                raise FormatError(f"{file}: line {line}: there is no {name!r} under puppet_mask.")
            staged[name] = _stage_clip(reading, name, actions[name], frames_root, masks_root)
        medium_id, referent_id = staged[name]
        reading.stage.add_expression(medium_id, text, (referent_id,))
    return reading.stage.finish(reading.load)


def _actions(root: Path) -> dict[str, str]:
    return {clip.name: action.name for action in subfolders(root) for clip in subfolders(action)}


def _stage_clip(
    reading: _Reading, name: str, action: str, frames_root: Folder, masks_root: Folder
) -> tuple[MediumId, ReferentId]:
    folder = frames_root / f"{action}/{name}"
    mask_file = masks_root / f"{action}/{name}/puppet_mask.mat"
    frames = frame_files(folder)
    shape = matlab_shape(mask_file, _KEY)
    if len(shape) not in (2, 3):
        raise FormatError(f"{mask_file}: {_KEY} has the shape {shape}; it should be (height, width, frames).")
    size = (
        clip_size(frames, (), where=str(folder)) if frames else checked_size(shape[1], shape[0], where=str(mask_file))
    )
    length = shape[2] if len(shape) == 3 else 1
    places = numbered_places(frames) if frames else {place: place for place in range(length)}
    if any(place >= length for place in places):
        reading.stage.ledger.change("clips have no masks on their last frames", name)
    lost = sum(place not in places for place in range(length))
    if lost:
        reading.stage.ledger.drop("masks of frames that the clip does not have", name, count=lost)
    medium_id = reading.stage.add_clip(folder, size=size, name=name, frame_count=len(places), split=Split.TEST)
    referent_id = reading.stage.add_referent(medium_id, category="person")
    reading.clips[medium_id] = (referent_id, size, mask_file, places)
    return medium_id, referent_id


FORMAT: Final = Format(
    name="jhmdb",
    title="J-HMDB-Sentences",
    summary="one query a clip, masks in MATLAB files; read only",
    holds_photos=False,
    holds_clips=True,
    sniff=sniff,
    read=read,
)
