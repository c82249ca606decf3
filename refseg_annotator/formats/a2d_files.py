"""The files of A2D-Sentences: the list of clips, the queries, and the masks of one annotated frame."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from refseg_annotator.core.annotation import Split
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.files import read_csv_rows
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.segmentation import LARGEST_FRAME, checked_size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size

_TEXT_FOLDERS: Final = ("text_annotations", "Release", ".")
_QUERIES: Final = "a2d_annotation.txt"
MASKS: Final = "a2d_annotation_with_instances"
_COPY: Final = "(copy)"
SUBSETS: Final = {"0": Split.TRAIN, "1": Split.TEST}
_MOST_INSTANCES: Final = 1024


@dataclass(frozen=True, slots=True)
class ClipRow:
    """One row of `videoset.csv`; `height` and `width` are the source clip's and need not be the masks'."""

    name: str
    size: Size | None
    frame_count: int
    split: Split


@dataclass(frozen=True, slots=True)
class Query:
    """One row of `a2d_annotation.txt`."""

    video: str
    instance: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an A2D-Sentences folder."""

    videos: Path
    queries: Path
    missed: Path
    masks: Path


def find_files(path: Path) -> Files:
    """The files, wherever the mirrors of the data set keep them.

    Raises:
        FormatError: One that is needed is missing.
    """
    videos = next((file for file in (path / "Release/videoset.csv", path / "videoset.csv") if file.is_file()), None)
    folder = next((path / name for name in _TEXT_FOLDERS if (path / name / _QUERIES).is_file()), None)
    if videos is None:
        there = "" if folder is None else _alone(folder / _QUERIES)
        raise FormatError(f"{path / 'Release/videoset.csv'} is missing{there}; name the folder above Release.")
    if folder is None:
        raise FormatError(f"{path / 'text_annotations' / _QUERIES} is missing; put the text annotations in place.")
    return Files(videos, folder / _QUERIES, folder / "a2d_missed_videos.txt", folder / MASKS)


def _alone(file: Path) -> str:
    """What the queries say that lie there without clips and masks."""
    ledger = Ledger()
    queries = read_queries(file, ledger)
    copies = sum(note.count for note in ledger.to_report("").dropped)
    clips = len({query.video for query in queries})
    alone = f"{number_of(len(queries), 'queries')} of {number_of(clips, 'clips')}"
    return f", so {alone} in {file} ({copies} of a copy left out) cannot be used"


def read_videos(file: Path) -> list[ClipRow]:
    """The clips of `videoset.csv`.

    Raises:
        FormatError: A row has too few fields or a field that is no number.
    """
    rows: list[ClipRow] = []
    for line, fields in read_csv_rows(file):
        where = f"{file}: line {line}"
        if len(fields) < 9:
            raise FormatError(f"{where} has {number_of(len(fields), 'fields')}; videoset.csv has 9.")
        height, width, frames = (_number(fields[place], where) for place in (4, 5, 6))
        split = SUBSETS.get(fields[8].strip())
        if split is None:
            raise FormatError(f"{where}: the subset is {fields[8]!r}; it should be 0 (train) or 1 (test).")
        size = checked_size(width, height, where=where) if width and height else None
        rows.append(ClipRow(fields[0], size, frames, split))
    return rows


def _number(field_: str, where: str) -> int:
    try:
        number = int(float(field_))
    except (ValueError, OverflowError) as error:
        raise FormatError(f"{where}: {field_!r} is no number.") from error
    if not 0 <= number <= 1 << 24:
        raise FormatError(f"{where}: {field_!r} is no size or number of frames.")
    return number


def read_queries(file: Path, ledger: Ledger) -> list[Query]:
    """The queries; rows whose instance is a `(copy)` are dropped, as the published loaders drop them.

    Raises:
        FormatError: The header is missing, or a row's instance is no number.
    """
    queries: list[Query] = []
    columns: list[str] | None = None
    for line, fields in read_csv_rows(file):
        if columns is None:
            columns = [name.strip() for name in fields]
            if columns[:3] != ["video_id", "instance_id", "query"]:
                raise FormatError(f"{file}: the first line should be video_id,instance_id,query.")
            continue
        if len(fields) < 3:
            raise FormatError(f"{file}: line {line} has {number_of(len(fields), 'fields')}; it should have three.")
        video, instance, text = fields[:3]
        if _COPY in instance:
            ledger.drop("queries whose instance is a copy", f"{video}: {instance}")
            continue
        try:
            number = int(instance)
        except ValueError as error:
            raise FormatError(f"{file}: line {line}: the instance {instance!r} is no number.") from error
        queries.append(Query(video, number, text, line))
    if columns is None:
        raise FormatError(f"{file} is empty; it should hold the queries.")
    return queries


def read_instances(file: Path) -> tuple[tuple[int, ...], NDArray[np.bool_]]:
    """The instance ids of one annotated frame and their masks, bool (n, height, width).

    Raises:
        FormatError: The file is no HDF5, lacks a field, or ids and masks do not go together.
    """
    with _opened(file) as content:
        ids = _ids(content, file)
        masks = np.asarray(_dataset(content, "reMask", file, limit=LARGEST_FRAME)[()])
    if masks.ndim == 2:
        masks = masks[np.newaxis]
    # The files hold more masks than ids at times, never fewer.
    if masks.ndim != 3 or len(masks) < len(ids) or masks.dtype.kind not in "biuf":
        raise FormatError(f"{file}: reMask has the shape {masks.shape}; it should be ({len(ids)}, width, height).")
    pixels: NDArray[np.bool_] = masks[: len(ids)].transpose(0, 2, 1) != 0
    return ids, pixels


def read_ids_and_shape(file: Path) -> tuple[tuple[int, ...], tuple[int, int, int]]:
    """The instance ids of one annotated frame and (n, height, width) of its masks, which stay unread.

    Raises:
        FormatError: The file is no HDF5 or lacks a field.
    """
    with _opened(file) as content:
        ids = _ids(content, file)
        masks = _dataset(content, "reMask", file, limit=LARGEST_FRAME)
        if masks.ndim not in (2, 3):
            raise FormatError(f"{file}: reMask has the shape {masks.shape}; it should be (n, width, height).")
        width, height = masks.shape[-2:]
        count = masks.shape[0] if masks.ndim == 3 else 1
    return ids, (int(count), int(height), int(width))


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    import h5py

    try:
        with h5py.File(file, "r") as content:
            yield content
    except FileNotFoundError as error:
        raise FormatError(f"{file} is missing; the format needs this mask file.") from error
    except (OSError, KeyError, RuntimeError, ValueError, TypeError) as error:
        raise FormatError(f"{file} is no whole HDF5 file; fetch it again.") from error


def _ids(content: Any, file: Path) -> tuple[int, ...]:
    ids = np.asarray(_dataset(content, "instance", file, limit=_MOST_INSTANCES)[()])
    if ids.dtype.kind not in "iuf" or not np.isfinite(ids).all():
        raise FormatError(f"{file}: instance holds something else than numbers.")
    return tuple(int(number) for number in ids.ravel())


def _dataset(content: Any, name: str, file: Path, *, limit: int) -> Any:
    """A field of the file itself: a link into another file would read what the data set has no business with."""
    import h5py

    if not isinstance(content.get(name, getlink=True), h5py.HardLink):
        raise FormatError(f"{file}: the field {name} is missing.")
    dataset = content[name]
    if not isinstance(dataset, h5py.Dataset) or dataset.external or dataset.is_virtual:
        raise FormatError(f"{file}: the field {name} is no array, or lies in another file; fetch the data set again.")
    chunk = int(np.prod(dataset.chunks, dtype=np.float64)) if dataset.chunks else 0
    if dataset.size is None or dataset.size > limit or chunk > limit:
        raise FormatError(f"{file}: the field {name} has the shape {dataset.shape}, which cannot be.")
    return dataset
