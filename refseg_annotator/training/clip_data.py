"""The data sets of clips that can be scored, and the figures that were published for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from refseg_annotator.errors import FormatError, UsageError
from refseg_annotator.formats import a2d, davis, jhmdb, mevis, ref_davis, refer_youtube_vos
from refseg_annotator.formats.base import Dataset, Format, Progress, ReadOptions, no_progress


class Measure(StrEnum):
    """What a data set is scored by."""

    PRECISION = "precision"  # sentences on annotated frames: P@X, overall and mean IoU, mAP
    REGION_AND_BOUNDARY = "region_and_boundary"  # objects or expressions over all frames: J, F, J&F


@dataclass(frozen=True, slots=True)
class ClipFormat:
    """A row of the table.

    Attributes:
        name: what one types.
        paper: the figures of CMSA with cross-frame self-attention, as others quote them, 0..1 by published name.
        has_sentences: whether there is a phrase to read, or masks alone.
    """

    name: str
    format: Format
    measure: Measure
    paper: Mapping[str, float] = field(default_factory=dict)
    has_sentences: bool = True

    @property
    def title(self) -> str:
        """What one reads."""
        return self.format.title


PAPER: Final = "CMSA with CFSA (Ye et al., 2021), as quoted by others: check it there before you cite it"

_THRESHOLDS: Final = ("P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "oIoU", "mIoU")

CLIP_FORMATS: Final[tuple[ClipFormat, ...]] = (
    ClipFormat(
        "a2d",
        a2d.FORMAT,
        Measure.PRECISION,
        dict(zip(_THRESHOLDS, (0.487, 0.431, 0.358, 0.231, 0.052, 0.618, 0.432), strict=True)),
    ),
    ClipFormat(
        "jhmdb",
        jhmdb.FORMAT,
        Measure.PRECISION,
        dict(zip(_THRESHOLDS, (0.764, 0.625, 0.389, 0.090, 0.001, 0.628, 0.581), strict=True)),
    ),
    ClipFormat("refer-youtube-vos", refer_youtube_vos.FORMAT, Measure.REGION_AND_BOUNDARY),
    ClipFormat("ref-davis", ref_davis.FORMAT, Measure.REGION_AND_BOUNDARY),
    ClipFormat("davis", davis.FORMAT, Measure.REGION_AND_BOUNDARY, has_sentences=False),
    ClipFormat("mevis", mevis.FORMAT, Measure.REGION_AND_BOUNDARY),
)
_BY_NAME: Final = {form.name: form for form in CLIP_FORMATS}


def clip_format(name: str) -> ClipFormat:
    """The row of a name.

    Raises:
        UsageError: there is none, answered with those that there are.
    """
    try:
        return _BY_NAME[name]
    except KeyError as error:
        raise UsageError(f"The format {name!r} cannot be scored; those that can are {', '.join(_BY_NAME)}.") from error


def read_clip_data(
    name: str, data: Path, split: str, *, image_root: Path | None = None, progress: Progress = no_progress
) -> Dataset:
    """One split of the data set of clips at `data`, staged: masks are read clip by clip.

    Raises:
        UsageError: there is no such format.
        FormatError: the data are missing or broken, or the split has no clip; the note of it names the file.
    """
    form = clip_format(name).format
    assert form.read is not None, "the table holds formats that can be read"  # noqa: S101
    dataset = form.read(data, ReadOptions(split=split, image_root=image_root), progress)
    media = [medium for medium in dataset.media if medium.is_clip]
    if not media:
        raise FormatError(f"{data} has no clip with masks in its split {split!r}; choose another split.")
    return dataset


def broken_files(name: str, data: Path, split: str) -> list[str]:
    """A sentence for every broken file, where the format can tell them all; empty where it cannot or none is."""
    faults = clip_format(name).format.faults
    return [] if faults is None else [fault.sentence for fault in faults(data, ReadOptions(split=split))]
