"""The figures that a report sets beside its own: published ones, and those of the reference run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from refseg_annotator.training.evaluation_data import EvaluationData

_PAPER: Final = "CMSA (Ye et al., CVPR 2019)"
_FROM_MEMORY: Final = "the CMSA paper's table, from memory: check it there before you cite it"
_REFERENCE: Final = "the reference run"
_MEASURED: Final = (
    "a prototype with a frozen EfficientNet-Lite2, trained on voc, ccp and camvid alone; measured by the project on "
    "refphotos val, all 474 photos"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to compare with.

    Attributes:
        format: the format of the data set it speaks of; for "refer" also the folder's name, since anything can lie
            in that layout.
        by: whose split it was measured on; "" where there is only one.
        measure: the published name, as in `ReferringSummary.as_dict`.
        value: 0..1.
        what: whose figure it is.
        source: where it was taken from.
    """

    format: str
    split: str
    by: str
    measure: str
    value: float
    what: str = _PAPER
    source: str = _FROM_MEMORY
    folder: str = ""


FIGURES: Final[tuple[Figure, ...]] = (
    Figure("refcoco", "val", "unc", "oIoU", 0.583),
    Figure("refcoco", "testA", "unc", "oIoU", 0.606),
    Figure("refcoco", "testB", "unc", "oIoU", 0.551),
    Figure("refcoco+", "val", "unc", "oIoU", 0.438),
    Figure(
        "refcocog", "val", "google", "oIoU", 0.400,
        source="the CMSA paper's table for G-Ref, from memory; 0.4007 was read elsewhere: check it before you cite it",
    ),
    Figure("referit", "test", "", "oIoU", 0.638),
    *(
        Figure("refer", "val", "", measure, value, what=_REFERENCE, source=_MEASURED, folder="refphotos")
        for measure, value in (
            ("oIoU", 0.622), ("mIoU", 0.484), ("P@0.5", 0.529), ("P@0.7", 0.333), ("P@0.9", 0.081), ("N_acc", 0.751),
        )
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure with the number measured here, 0..1, or None where nothing speaks of it."""

    figure: Figure
    here: float | None


def comparisons(data: EvaluationData, scores: Mapping[str, Any]) -> tuple[Comparison, ...]:
    """The figures for this very split, with the scores measured here; empty where there are none.

    A split whose author the files do not name is taken for the one of the figure.
    """
    return tuple(
        Comparison(figure, scores.get(figure.measure))
        for figure in FIGURES
        if (figure.format, figure.split) == (data.format, data.split)
        and (not figure.folder or figure.folder == data.title)
        and (not data.by or data.by == figure.by)
    )
