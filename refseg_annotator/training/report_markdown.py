"""The tables of an evaluation's report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from refseg_annotator.core.counting import number_of

_MEASURES: Final = (
    ("oIoU", "sum of intersections over sum of unions"),
    ("mIoU", "mean IoU of a sentence"),
    ("P@0.5", "share of sentences with IoU {sign} 0.5"),
    ("P@0.6", "with IoU {sign} 0.6"),
    ("P@0.7", "with IoU {sign} 0.7"),
    ("P@0.8", "with IoU {sign} 0.8"),
    ("P@0.9", "with IoU {sign} 0.9"),
    ("mAP", "mean over IoU .50:.05:.95, ranked by score"),
    ("N_acc", "sentences that fit nothing, answered with nothing"),
    ("T_acc", "sentences with a target, answered with a mask"),
    ("gIoU", 'mean IoU where a right "nothing" counts 1'),
    ("cIoU", "oIoU where a false mask adds its area to the union"),
    ("rIoU", "per object: intersections over unions and false masks, averaged"),
    ("mRR", "per object: share of its false sentences refused, averaged"),
)
_CAPTIONS: Final = {
    "precision_curve.png": "Share of sentences above each IoU",
    "iou_histogram.png": "How the IoU spreads",
    "by_kind.png": "By kind of phrase",
    "by_size.png": "By size of the object",
    "reliability.png": "What the score promises and what it keeps",
}


def markdown_of(record: Mapping[str, Any], *, plots: Sequence[str], worst: str) -> str:
    """The record of `report.record_of` as a page; `plots` and `worst` are files beside it."""
    data = record["data"]
    what = (
        f"{number_of(record['samples'], 'sentences')}, {record['targets']:,} of them with a target; asked on "
        f"{record['date']}, on {_plain(record['device'])}. Precision counts IoU {record['P@X']} X, and every "
        "mask is compared at the photo's own resolution."
    )
    parts = [
        f"# {_plain(record['model'])} on {_plain(data['title'])}",
        what,
        *record["notes"],
        _scores(record),
        *_figures(record["figures"]),
    ]
    for title, key in (("kind of phrase", "by_kind"), ("size of the object in the photo", "by_size")):
        parts += _groups(f"By {title}", record[key])
    if len(record["by_source"]) > 1:
        parts += _groups("By source of the photo", record["by_source"])
    parts += _calibration(record["reliability"])
    if record["ms_per_phrase"] is not None:
        parts.append(
            f"Median times: {record['ms_per_image']:.1f} ms to encode a photo, {record['ms_per_phrase']:.1f} ms a "
            "phrase on an encoded photo; reading and decoding of files are left out."
        )
    parts.append("## Plots")
    parts += [f"![{_CAPTIONS.get(name, name)}]({name})" for name in plots]
    parts.append(f"The worst answers, with pictures: [{worst}]({worst}).")
    return "\n\n".join(parts) + "\n"


def _scores(record: Mapping[str, Any]) -> str:
    return _table(
        ("measure", "score", "what it is"),
        [
            (name.replace("_", "-"), _shown(record[name]), what.format(sign=record["P@X"]))
            for name, what in _MEASURES
            if record[name] is not None
        ],
    )


def _figures(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    if not figures:
        return []
    rows = [
        (
            row["measure"].replace("_", "-"),
            _shown(row["here"]),
            _shown(row["value"]),
            "-" if row["here"] is None else f"{row['here'] - row['value']:+.3f}",
            row["what"],
        )
        for row in figures
    ]
    sources = dict.fromkeys(f"- {_plain(row['what'])}: {_plain(row['source'])}." for row in figures)
    table = _table(("measure", "here", "figure", "gap", "whose figure"), rows)
    return ["## Beside known figures", table, "\n".join(sources)]


def _groups(title: str, groups: Mapping[str, Mapping[str, Any]]) -> list[str]:
    if not groups:
        return []
    rows = [
        (name.replace("_", "-"), f"{row['samples']:,}", *(_shown(row[key]) for key in ("oIoU", "mIoU", "P@0.5")))
        for name, row in groups.items()
    ]
    return [f"## {title}", _table(("", "sentences", "oIoU", "mIoU", "P@0.5"), rows)]


def _calibration(found: Mapping[str, Any]) -> list[str]:
    errors = [
        f"{found[name]['ECE']:.3f} for the {name} (against {truth})"
        for name, truth in (("score", "the IoU"), ("presence", "whether the sentence names anything"))
        if found[name] is not None
    ]
    return [f"Expected calibration error: {', '.join(errors)}."] if errors else []


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_plain, line)) + " |" for line in lines)


def _plain(text: str) -> str:
    """Text in which no letter means anything to Markdown."""
    return "".join("\\" + letter if letter in "|\\`*[]<>" else letter for letter in " ".join(text.split()))


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, int | float) else "-"
