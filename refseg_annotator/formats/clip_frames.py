"""Clips kept as folders of frames, and their masks as folders of label PNGs: the trees of DAVIS and its descendants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from refseg_annotator.core.annotation import Annotation, MediumId, ReferentId, Split
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import IMPORTED, DatasetMedium, Stage
from refseg_annotator.formats.label_png import LARGEST_NUMBER, read_labels, write_labels
from refseg_annotator.formats.media_files import frame_files, picture_size
from refseg_annotator.formats.report import whole_text
from refseg_annotator.formats.segmentation import checked_size
from refseg_annotator.media import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.formats.fitting import Item
    from refseg_annotator.formats.report import Ledger

T = TypeVar("T")
LARGEST_FRAME_COUNT: Final = 1 << 24
MOST_DIGITS: Final = 9
"""Of a number in a name; Python itself refuses very many."""


def frame_stems(medium: DatasetMedium, *, first: int = 0) -> list[str]:
    """The names of a clip's frames without suffix: those of its files where they can stay, else %05d.

    They cannot where plain sorting, which the loaders of these data sets do, would put 10 before 2.
    """
    stems = [path.stem for path in frame_files(medium.path)] if medium.path.is_dir() else []
    is_fit = len(stems) == medium.frame_count and stems == sorted({whole_text(stem) for stem in stems})
    return stems if is_fit else [f"{number:05d}" for number in range(first, first + medium.frame_count)]


def in_order(rows: Mapping[str, T]) -> list[tuple[str, T]]:
    """The expressions of a clip by their numbers, which a file written with sorted keys has as 0, 1, 10, 2."""
    numbered = all(key.isdecimal() and len(key) <= MOST_DIGITS for key in rows)
    return sorted(rows.items(), key=lambda item: int(item[0])) if numbered else list(rows.items())


def clip_size(frames: Sequence[Path], labels: Sequence[Path], *, where: str) -> Size:
    """The frame size of a clip, from its first frame or, where there is none, its first label picture.

    Raises:
        FormatError: There is neither, or the file is no picture.
    """
    for path in (*frames[:1], *labels[:1]):
        width, height = picture_size(path)
        return checked_size(width, height, where=str(path))
    raise FormatError(f"{where} has neither frames nor masks; put its pictures in place.")


def frame_places(frames: Sequence[Path], names: Sequence[str], *, folder: Path) -> list[int]:
    """The frame number of each listed name among the pictures on disk, where there may be more than are listed.

    Raises:
        FormatError: A listed frame has no picture; all later ones would be taken for their neighbours.
    """
    places = {path.stem: number for number, path in enumerate(frames)}
    missing = [name for name in names if name not in places]
    if missing:
        raise FormatError(
            f"{folder} lacks the frame {missing[0]!r} ({len(missing)} in all) that the data set lists; put the "
            "missing pictures in place."
        )
    return [places[name] for name in names]


def numbered_places(frames: Sequence[Path]) -> dict[int, int]:
    """The frame number of each picture by the number in its name, less one, where pictures are numbered from 1; by its
    place where a name is no number."""
    stems = [path.stem for path in frames]
    if not all(stem.isdecimal() and 1 <= int(stem) <= LARGEST_FRAME_COUNT for stem in stems):
        return {place: place for place in range(len(stems))}
    return {int(stem) - 1: place for place, stem in enumerate(stems)}


@dataclass(slots=True)
class _LabelledClip:
    name: str
    size: Size
    objects: dict[int, ReferentId]
    labels: dict[int, Path]


@dataclass(slots=True)
class LabelledClips:
    """Stages clips whose masks are label PNGs named like the frames."""

    stage: Stage = field(default_factory=Stage)
    clips: dict[MediumId, _LabelledClip] = field(default_factory=dict)

    def add(
        self,
        frames_folder: Path,
        labels_folder: Path,
        *,
        name: str,
        split: Split,
        frame_names: Sequence[str] = (),
        categories: dict[int, str] | None = None,
        objects: Iterable[int] = (),
    ) -> tuple[MediumId, dict[int, ReferentId]]:
        """Stage one clip; returns it with its referents by object number.

        Args:
            frame_names: The frames in order, without suffix, where a file names them.
            categories: The category of each object, where a file names them; without it the label pictures are searched
                for object numbers.
            objects: Object numbers known from elsewhere.

        Raises:
            FormatError: There is nothing to learn the frame size from, or a picture is broken.
        """
        frames = frame_files(frames_folder)
        labels = frame_files(labels_folder)
        if frames and frame_names:
            frame_places(frames, frame_names, folder=frames_folder)
        # A list may name only the annotated frames; frame numbers go by the pictures on disk.
        names = [path.stem for path in frames] or list(frame_names) or [path.stem for path in labels]
        if not names or len(names) > LARGEST_FRAME_COUNT:
            raise FormatError(f"{frames_folder} has no frames; put the clip's pictures in place.")
        places = {stem: number for number, stem in enumerate(names)}
        size = clip_size(frames, labels, where=str(frames_folder))
        medium_id = self.stage.add_clip(frames_folder, size=size, name=name, frame_count=len(names), split=split)
        placed: dict[int, Path] = {}
        for path in labels:
            number = places.get(path.stem)
            if number is None:
                self.stage.ledger.drop("masks of frames that the clip does not have", f"{name}/{path.name}")
            else:
                placed[number] = path
        known = set(objects) | set(categories or ())
        if categories is None:
            for path in placed.values():
                known.update(np.unique(read_labels(path, size)).tolist())
        referents = {
            number: self.stage.add_referent(medium_id, category=(categories or {}).get(number, ""))
            for number in sorted(known - {0})
        }
        self.clips[medium_id] = _LabelledClip(name, size, referents, placed)
        return medium_id, referents

    def load(self, medium_id: MediumId) -> list[Annotation]:
        """The masks of one clip: on every frame that has a label picture every referent is there, seen or absent."""
        clip = self.clips[medium_id]
        found: list[Annotation] = []
        for frame, path in sorted(clip.labels.items()):
            labels = read_labels(path, clip.size)
            unknown = set(np.unique(labels).tolist()) - {0, *clip.objects}
            if unknown:
                self.stage.ledger.drop("objects that no file lists", f"{clip.name}/{path.name}", count=len(unknown))
            found.extend(
                Annotation(referent_id, frame, Mask.from_array(labels == number), IMPORTED)
                for number, referent_id in clip.objects.items()
            )
        return found


def object_numbers(item: Item, ledger: Ledger) -> dict[ReferentId, int]:
    """The referents of a clip numbered from 1; those beyond what a label picture can number are left out."""
    for referent in item.referents[LARGEST_NUMBER:]:
        ledger.drop(f"referents beyond the {LARGEST_NUMBER} a label picture can number", referent.name)
    return {referent.id: number for number, referent in enumerate(item.referents[:LARGEST_NUMBER], 1)}


def write_label_frames(
    item: Item, folder: Path, stems: Sequence[str], numbers: dict[ReferentId, int], ledger: Ledger
) -> None:
    """A label PNG for every frame of the clip that has an annotation, even where all referents are absent."""
    for frame, shown in item.frames().items():
        labels = np.zeros(item.medium.size.shape, np.uint8)
        for annotation in shown:
            number = numbers.get(annotation.referent_id)
            if number is not None:
                box = annotation.mask.box
                labels[box.slices][annotation.mask.pixels] = number
        unmarked = len(numbers) - sum(annotation.referent_id in numbers for annotation in shown)
        if unmarked:
            ledger.change(
                "masks that nobody made on a frame with others read as absent", item.medium.name, count=unmarked
            )
        write_labels(folder / f"{stems[frame]}.png", labels)
        ledger.write("mask pictures")


def subfolders(folder: Path) -> list[Path]:
    """The folders in a folder, in natural order; none where there is no such folder."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(found, key=lambda path: natural_key(path.name))
