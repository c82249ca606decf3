"""What a project is made of, in numbers and distributions: one source for the window's page, PNG, CSV and JSON."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.core.annotation import ExpressionKind, MediumKind, MediumState, Origin, Split
from refseg_annotator.core.counting import number_of
from refseg_annotator.formats.csv_out import CsvText
from refseg_annotator.services.expression_checks import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from refseg_annotator.core.annotation import Annotation, Expression, Medium, MediumId, Referent
    from refseg_annotator.services.jobs import JobContext
    from refseg_annotator.services.session import Session

_SHARES: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
_SHARE_WORDS: Final = ("< 0.1 %", "0.1-0.3 %", "0.3-1 %", "1-3 %", "3-10 %", "10-30 %", "> 30 %")
_SECONDS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 60.0)
_SECOND_WORDS: Final = ("< 1 s", "1-2 s", "2-5 s", "5-10 s", "10-20 s", "20-60 s", "> 60 s")
_TENTHS: Final = tuple(number / 10 for number in range(1, 10))
_TENTH_WORDS: Final = tuple(f"{10 * number}-{10 * number + 10} %" for number in range(10))
_MOST_WORDS: Final = 20
_MOST_EXPRESSIONS: Final = 8
NOBODY: Final = "not recorded"
SINGULAR: Final = {
    "media": "medium",
    "pictures": "picture",
    "clips": "clip",
    "referents": "referent",
    "expressions": "expression",
    "different words": "different word",
    "masks": "mask",
    "settled masks": "settled mask",
    "frames marked absent": "frame marked absent",
    "blind checks": "blind check",
    "phrases": "phrase",
    "strokes": "stroke",
}
"""What is counted, and what one of it is called, for the window, which translates both; `number_of` says the same."""

_STATES: Final = {MediumState.UNSEEN: "unseen", MediumState.IN_WORK: "in work", MediumState.REVIEWED: "reviewed"}
_ORIGINS: Final = {
    Origin.MANUAL: "by hand",
    Origin.PREDICTED: "predicted",
    Origin.PROPAGATED: "propagated",
    Origin.IMPORTED: "imported",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One distribution: bars with labels.

    Attributes:
        note: one number that sums it up, in words.
    """

    name: str
    title: str
    bars: tuple[tuple[str, int], ...]
    note: str = ""

    @property
    def total(self) -> int:
        """All bars together."""
        return sum(value for _, value in self.bars)


@dataclass(slots=True)
class AuthorWork:
    """What one person has done."""

    expressions: int = 0
    masks: int = 0
    strokes: int = 0
    clicks: int = 0
    seconds: float = 0.0
    checks: int = 0
    agreements: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers of a project.

    Attributes:
        counts: how many of what.
        authors: rows of (author, expressions, masks, strokes, clicks, seconds, checks, mean agreement or None).
    """

    counts: dict[str, int]
    charts: tuple[Chart, ...]
    authors: tuple[tuple[str, int, int, int, int, float, int, float | None], ...]
    means: dict[str, float | None]

    def to_json(self) -> dict[str, Any]:
        """As values for JSON."""
        return {
            "counts": dict(self.counts),
            "means": dict(self.means),
            "charts": {chart.name: dict(chart.bars) for chart in self.charts},
            "authors": [dict(zip(AUTHOR_COLUMNS, row, strict=True)) for row in self.authors],
        }

    def to_csv(self) -> str:
        """As one table: what, of what, how much."""
        table = CsvText()
        table.add("table", "label", "value")
        table.add_all(("counts", name, count) for name, count in self.counts.items())
        table.add_all(("means", name, mean) for name, mean in self.means.items())
        table.add_all((chart.name, label, value) for chart in self.charts for label, value in chart.bars)
        for author, *values in self.authors:
            for column, value in zip(AUTHOR_COLUMNS[1:], values, strict=True):
                table.add(f"author: {author}", column, value)
        return table.to_text()

    def to_text(self) -> str:
        """As plain lines, bars and all."""
        lines = [", ".join(number_of(count, name) for name, count in self.counts.items() if count or name == "media")]
        for chart in self.charts:
            if not chart.total:
                continue
            lines += ["", f"{chart.title}{f' ({chart.note})' if chart.note else ''}"]
            widest = max(len(label) for label, _ in chart.bars)
            most = max(value for _, value in chart.bars)
            lines += [
                f"  {label:>{widest}}  {'#' * round(30 * value / most):<30} {value:,}" for label, value in chart.bars
            ]
        if self.authors:
            lines += ["", "Authors"]
            for author, expressions, masks, strokes, _, seconds, checks, agreement in self.authors:
                work = ((expressions, "phrases"), (masks, "masks"), (strokes, "strokes"))
                words = ", ".join([*(number_of(*one) for one in work), f"{seconds:,.0f} s"])
                if checks:
                    words += f", {number_of(checks, 'blind checks')}" + (
                        f" agreeing {agreement:.0%}" if agreement is not None else ""
                    )
                lines.append(f"  {author}: {words}")
        return "\n".join(lines)


AUTHOR_COLUMNS: Final = (
    "author", "expressions", "masks", "strokes", "clicks", "seconds", "checks", "agreement",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class StatisticsWork:
    """Counts a project in a lane; made of frozen records on the thread that edits it, see `counting`."""

    media: Sequence[Medium]
    referents: Sequence[Referent]
    expressions: Sequence[Expression]
    loaded: dict[MediumId, Sequence[Annotation]]
    load: Callable[[MediumId], Iterable[Annotation]]

    def __call__(self, context: JobContext) -> Iterator[Statistics]:
        """Yields the statistics, once."""
        counting_ = _Counting()
        with_referents = {referent.medium_id for referent in self.referents}
        total = len(self.media)
        for number, medium in enumerate(self.media, start=1):
            counting_.medium(medium)
            if medium.id in with_referents:
                found = self.loaded.get(medium.id)
                for annotation in self.load(medium.id) if found is None else found:
                    counting_.annotation(annotation)
            if number % 64 == 0 or number == total:
                context.progress(number, total)
        for expression in self.expressions:
            counting_.expression(expression)
        yield counting_.done(self.referents)


def counting(session: Session) -> StatisticsWork:
    """The work of counting a project as it is now."""
    project = session.project
    loaded: dict[MediumId, Sequence[Annotation]] = {
        medium_id: [one for referent in project.referents_of(medium_id) for one in project.annotations_of(referent.id)]
        for medium_id in project.loaded_media
    }
    return StatisticsWork(
        tuple(project.media.values()),
        tuple(project.referents.values()),
        tuple(project.expressions.values()),
        loaded,
        session.annotations_on_disk,
    )


class _Counting:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.states: Counter[MediumState] = Counter()
        self.splits: Counter[Split] = Counter()
        self.kinds: Counter[ExpressionKind] = Counter()
        self.targets: Counter[str] = Counter()
        self.lengths: Counter[int] = Counter()
        self.of_referent: Counter[int] = Counter()
        self.origins: Counter[Origin] = Counter()
        self.shares = [0] * len(_SHARE_WORDS)
        self.times = [0] * len(_SECOND_WORDS)
        self.kept = [0] * len(_TENTH_WORDS)
        self.agreed = [0] * len(_TENTH_WORDS)
        self.all_shares: list[float] = []
        self.all_times: list[float] = []
        self.all_kept: list[float] = []
        self.all_agreed: list[float] = []
        self.words: set[str] = set()
        self.authors: dict[str, AuthorWork] = {}

    def medium(self, medium: Medium) -> None:
        self.counts["clips" if medium.kind is MediumKind.VIDEO else "pictures"] += 1
        self.states[medium.state] += 1
        self.splits[medium.split] += 1

    def annotation(self, annotation: Annotation) -> None:
        provenance = annotation.provenance
        self.counts["masks"] += 1
        self.counts["settled masks"] += annotation.keyframe
        self.origins[provenance.origin] += 1
        if annotation.is_absent:
            self.counts["frames marked absent"] += 1
        else:
            share = annotation.mask.area / annotation.mask.size.area
            self.all_shares.append(share)
            self.shares[bisect_right(_SHARES, share)] += 1
        if provenance.seconds > 0:
            self.all_times.append(provenance.seconds)
            self.times[bisect_right(_SECONDS, provenance.seconds)] += 1
        if provenance.iou_before is not None and (annotation.keyframe or provenance.strokes):
            self.all_kept.append(provenance.iou_before)
            self.kept[bisect_right(_TENTHS, provenance.iou_before)] += 1
        work = self._author(provenance.author)
        work.masks += 1
        work.strokes += provenance.strokes
        work.clicks += provenance.clicks
        work.seconds += provenance.seconds

    def expression(self, expression: Expression) -> None:
        words = words_of(expression.text)
        self.words.update(words)
        self.lengths[min(len(words), _MOST_WORDS)] += 1
        self.kinds[expression.kind] += 1
        self.targets[_target_word(expression)] += 1
        for target in expression.targets:
            self.of_referent[target] += 1
        self._author(expression.author).expressions += 1
        for check in expression.checks:
            self.counts["blind checks"] += 1
            self.all_agreed.append(check.agreement)
            self.agreed[bisect_right(_TENTHS, check.agreement)] += 1
            work = self._author(check.author)
            work.checks += 1
            work.agreements.append(check.agreement)

    def _author(self, name: str) -> AuthorWork:
        return self.authors.setdefault(name or NOBODY, AuthorWork())

    def done(self, referents: Sequence[Referent]) -> Statistics:
        per_referent = Counter(min(self.of_referent[one.id], _MOST_EXPRESSIONS) for one in referents)
        expressions = sum(self.lengths.values())
        counts = {
            "media": sum(self.states.values()),
            "pictures": self.counts["pictures"],
            "clips": self.counts["clips"],
            "referents": len(referents),
            "expressions": expressions,
            "different words": len(self.words),
            "masks": self.counts["masks"],
            "settled masks": self.counts["settled masks"],
            "frames marked absent": self.counts["frames marked absent"],
            "blind checks": self.counts["blind checks"],
        }
        words = sum(length * count for length, count in self.lengths.items())
        means = {
            "expressions per referent": _mean([self.of_referent[one.id] for one in referents]),
            "words per expression": round(words / expressions, 3) if expressions else None,
            "mask share, median": _rounded(median(self.all_shares)) if self.all_shares else None,
            "seconds per mask, median": _rounded(median(self.all_times)) if self.all_times else None,
            "IoU with the model's proposal": _mean(self.all_kept),
            "agreement of blind checks": _mean(self.all_agreed),
        }
        return Statistics(counts, self._charts(per_referent, means), self._author_rows(), means)

    def _charts(self, per_referent: Counter[int], means: dict[str, float | None]) -> tuple[Chart, ...]:
        def note(name: str, form: str) -> str:
            mean = means[name]
            return "" if mean is None else form.format(mean)

        return (
            Chart("states", "States of media", tuple((_STATES[state], self.states[state]) for state in _STATES)),
            Chart("splits", "Splits", tuple((one.value, self.splits[one]) for one in Split if self.splits[one])),
            Chart(
                "expressions_per_referent",
                "Expressions per referent",
                _numbers(per_referent, _MOST_EXPRESSIONS, first=0),
                note("expressions per referent", "mean {:.2f}"),
            ),
            Chart(
                "phrase_length",
                "Words per expression",
                _numbers(self.lengths, _MOST_WORDS, first=1),
                note("words per expression", "mean {:.1f}"),
            ),
            Chart(
                "kinds",
                "Kinds of expressions",
                tuple((kind.value.replace("_", " "), self.kinds[kind]) for kind in ExpressionKind if self.kinds[kind]),
            ),
            Chart("targets", "What expressions mean", tuple((word, self.targets[word]) for word in _TARGET_WORDS)),
            Chart(
                "mask_sizes",
                "Mask sizes, part of the frame",
                tuple(zip(_SHARE_WORDS, self.shares, strict=True)),
                note("mask share, median", "median {:.1%}"),
            ),
            Chart("origins", "Where masks came from", tuple((_ORIGINS[one], self.origins[one]) for one in _ORIGINS)),
            Chart(
                "seconds_per_mask",
                "Time per mask",
                tuple(zip(_SECOND_WORDS, self.times, strict=True)),
                note("seconds per mask, median", "median {:.1f} s"),
            ),
            Chart(
                "model_agreement",
                "IoU with the model's proposal",
                tuple(zip(_TENTH_WORDS, self.kept, strict=True)),
                note("IoU with the model's proposal", "mean {:.0%}"),
            ),
            Chart(
                "blind_agreement",
                "Agreement of blind checks",
                tuple(zip(_TENTH_WORDS, self.agreed, strict=True)),
                note("agreement of blind checks", "mean {:.0%}"),
            ),
        )

    def _author_rows(self) -> tuple[tuple[str, int, int, int, int, float, int, float | None], ...]:
        return tuple(
            (
                name,
                work.expressions,
                work.masks,
                work.strokes,
                work.clicks,
                round(work.seconds, 2),
                work.checks,
                _mean(work.agreements),
            )
            for name, work in sorted(self.authors.items(), key=lambda pair: (pair[0] == NOBODY, pair[0]))
        )


_TARGET_WORDS: Final = ("one", "many", "nothing here", "probably not here", "open")


def _target_word(expression: Expression) -> str:
    if expression.targets:
        return "one" if len(expression.targets) == 1 else "many"
    if expression.no_target:
        return "nothing here"
    return "probably not here" if expression.asked is not None and expression.asked.is_absent else "open"


def _numbers(found: Counter[int], most: int, *, first: int) -> tuple[tuple[str, int], ...]:
    last = max(found, default=first)
    return tuple(
        (f"{number}+" if number == most else str(number), found[number])
        for number in range(min(first, *found, first), last + 1)
    )


def _mean(values: Sequence[float]) -> float | None:
    return _rounded(fmean(values)) if values else None


def _rounded(value: float) -> float:
    return round(value, 4)
