"""JSON lines for training vision-language models, written only: one line for each expression and frame.

A line holds the picture's path, the question and answer as chat messages, boxes, and exact masks as run-length code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, TransferReport, WriteOptions, kind_word
from refseg_annotator.formats.fitting import Item, fit
from refseg_annotator.formats.json_out import JsonLines
from refseg_annotator.formats.media_files import MediaFolder, Names
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.segmentation import encode_rle
from refseg_annotator.formats.split_names import split_name

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.annotation import Annotation, Expression

LOSES: Final = frozenset(
    {
        Loss.CROWDS,
        Loss.CLIPS,
        Loss.ABSENCE,
        Loss.MASKLESS,
        Loss.UNLINKED,
        Loss.UNPHRASED,
        Loss.AUTHOR,
        Loss.SPAN,
        Loss.NAMES,
        Loss.PROVENANCE,
        Loss.KEYFRAMES,
        Loss.MEDIA_WITHOUT_MASKS,
    }
)
NOTHING: Final = "There is no such thing in the picture."


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write `samples.jsonl` and `images/` into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    with JsonLines(destination / "samples.jsonl") as lines:
        for item in fit(dataset, LOSES, ledger, progress):
            photo = media.photo_beside(item.medium, names, "images")
            image = photo if options.media == "none" else f"images/{photo}"
            by_referent = {annotation.referent_id: annotation for annotation in item.annotations}
            for expression in item.expressions:
                shown = [by_referent[target] for target in expression.targets if target in by_referent]
                lines.add(sample_line(item, image, expression, shown))
                ledger.write("samples")
    return ledger.to_report("Export to JSON lines")


def sample_line(item: Item, image: str, expression: Expression, shown: list[Annotation]) -> dict[str, Any]:
    """One sample; boxes are x0, y0, x1, y1 in pixels, half open, and scaled to 0..1000 in the answer."""
    size = item.medium.size
    categories = {referent.id: referent.category for referent in item.referents}
    boxes = [(a.mask.box.x0, a.mask.box.y0, a.mask.box.x1, a.mask.box.y1) for a in shown]
    scaled = [
        [
            round(1000 * x0 / size.width),
            round(1000 * y0 / size.height),
            round(1000 * x1 / size.width),
            round(1000 * y1 / size.height),
        ]
        for x0, y0, x1, y1 in boxes
    ]
    answer = " ".join(str(box) for box in scaled) if shown else NOTHING
    return {
        "image": image,
        "width": size.width,
        "height": size.height,
        "split": split_name(item.medium.split),
        "expression": expression.text,
        "kind": kind_word(expression.kind),
        "no_target": expression.no_target,
        "categories": [categories[annotation.referent_id] for annotation in shown],
        "boxes": boxes,
        "masks": [encode_rle(annotation.mask) for annotation in shown],
        "messages": [
            {"role": "user", "content": f"<image>\nSegment: {expression.text}"},
            {"role": "assistant", "content": answer},
        ],
    }


FORMAT: Final = Format(
    name="jsonl",
    title="JSON lines (vision-language training)",
    summary="a line for each expression with boxes, run-length masks and chat messages; written only",
    holds_photos=True,
    holds_clips=False,
    loses=LOSES,
    file_suffix=".jsonl",
    writes_file=True,
    sniff=lambda _path: False,
    write=write,
)
