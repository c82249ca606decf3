"""Is a data set, or a project, as it should be? Everything wrong is listed, not only the first thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Split
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import FormatError, MediaError, RefSegError
from refseg_annotator.formats.base import Dataset, DatasetMedium, Progress, ReadOptions, no_progress, titles_of
from refseg_annotator.formats.faults import Fault, FaultKind
from refseg_annotator.formats.media_files import frame_files, read_frame
from refseg_annotator.formats.registry import check_options, reader_of
from refseg_annotator.media import open_medium, probe
from refseg_annotator.services.dataset_source import dataset_of
from refseg_annotator.services.expression_checks import Scene, check_scene, check_texts
from refseg_annotator.services.fingerprints import fingerprints
from refseg_annotator.services.problems import Problem, ProblemKind, ValidationReport
from refseg_annotator.services.splits import find_leaks, is_leak, items_of
from refseg_annotator.storage.project_store import SUFFIX, ProjectStore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import Annotation, Expression, Referent, ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.services.session import Session

__all__ = [
    "Checks",
    "Problem",
    "ProblemKind",
    "ValidationReport",
    "validate_dataset",
    "validate_path",
    "validate_session",
]

_SAME: Final = 0.98
"""Two referents whose masks overlap this far are likely one."""
_FAULTS: Final = {
    FaultKind.DUPLICATE_ID: ProblemKind.DUPLICATE_ID,
    FaultKind.ORPHAN: ProblemKind.ORPHAN,
    FaultKind.OUT_OF_FRAME: ProblemKind.OUT_OF_FRAME,
    FaultKind.MISMEASURED: ProblemKind.MISMEASURED,
    FaultKind.BROKEN: ProblemKind.BROKEN_FILE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What to check.

    Attributes:
        media: Open the photos and clips: their size, the colours named in expressions.
        leaks: Look for near-duplicates across splits.
        max_words: The longest expression the model reads.
        vocabulary: The words that the model knows; None leaves that open.
    """

    media: bool = True
    leaks: bool = True
    max_words: int = 20
    vocabulary: Collection[str] | None = None


def validate_path(
    path: Path,
    format_name: str | None = None,
    *,
    options: ReadOptions | None = None,
    checks: Checks | None = None,
    progress: Progress = no_progress,
) -> ValidationReport:
    """Check a project file or a data set; a broken file is a problem of the report, no error.

    Raises:
        UsageError: There is no such format.
        FormatError: The path does not exist, or looks like no data set.
        ProjectError: The project cannot be opened.
    """
    path = path.expanduser().absolute()
    if path.suffix.lower() == SUFFIX:
        return _validate_project_file(path, checks, progress)
    form, read = reader_of(path, format_name)
    if not path.exists():
        raise FormatError(f"{path} does not exist; check the path.")
    options = options if options is not None else ReadOptions()
    check_options(form, options)
    found: list[Problem] = []
    if form.faults is not None:
        found += [_of_fault(fault) for fault in form.faults(path, options)]
    try:
        dataset = read(path, options, progress)
    except FormatError as error:
        if not found:
            found.append(Problem(ProblemKind.BROKEN_FILE, str(path), _without_place(str(error), str(path))))
        return ValidationReport({"files": 1}, tuple(found))
    report = validate_dataset(dataset, checks=checks, progress=progress)
    known = {(problem.kind, problem.where) for problem in found}
    rest = [problem for problem in report.problems if (problem.kind, problem.where) not in known]
    return ValidationReport(report.checked, (*found, *rest), dataset.ledger.to_report(""))


def _of_fault(fault: Fault) -> Problem:
    return Problem(_FAULTS[fault.kind], fault.where, _without_place(fault.sentence, fault.where))


def _without_place(sentence: str, where: str) -> str:
    """A refusal names its file, which a list of problems has said already."""
    rest = sentence.removeprefix(f"{where}: ")
    return f"it {rest.removeprefix(f'{where} ')}" if rest.startswith(f"{where} ") else rest


def _validate_project_file(path: Path, checks: Checks | None, progress: Progress) -> ValidationReport:
    with ProjectStore.open(path, read_only=True) as store:
        broken = [Problem(ProblemKind.BROKEN_FILE, str(path), sentence) for sentence in store.check()]
        if broken:
            return ValidationReport({"files": 1}, tuple(broken))
        dataset = dataset_of(store.load(), folder=path.parent, load=store.load_annotations)
        return validate_dataset(dataset, checks=checks, progress=progress)


def validate_session(
    session: Session, *, checks: Checks | None = None, progress: Progress = no_progress
) -> ValidationReport:
    """Check an open project."""
    session.flush()
    return validate_dataset(dataset_of(session), checks=checks, progress=progress)


def validate_dataset(
    dataset: Dataset, *, checks: Checks | None = None, progress: Progress = no_progress
) -> ValidationReport:
    """Check a staged data set, medium by medium."""
    checks = checks if checks is not None else Checks()
    checking = _Checking(checks)
    referents, expressions = dataset.referents_by_medium(), dataset.expressions_by_medium()
    for number, medium in enumerate(dataset.media):
        progress(number, len(dataset.media), f"Checking {medium.name}")
        checking.take(medium, dataset, referents[medium.id], expressions[medium.id])
    problems = checking.problems
    if checks.leaks:
        problems += _shared_file_problems(dataset)
    if checks.leaks and checks.media:
        problems += _leak_problems(dataset, progress)
    checked = {
        "media": len(dataset.media),
        "referents": len(dataset.referents),
        "expressions": len(dataset.expressions),
        "masks": checking.masks,
    }
    return ValidationReport(checked, tuple(problems))


@dataclass(slots=True)
class _Checking:
    checks: Checks
    problems: list[Problem] = field(default_factory=list)
    masks: int = 0

    def take(
        self,
        medium: DatasetMedium,
        dataset: Dataset,
        referents: Sequence[Referent],
        expressions: Sequence[Expression],
    ) -> None:
        """Check one medium."""
        self.problems += check_texts(
            expressions, medium.name, max_words=self.checks.max_words, vocabulary=self.checks.vocabulary
        )
        self.problems += _span_problems(medium, expressions)
        # Of a clip only the frames that expressions are held against: all of one may be an hour.
        view = _View(medium, is_open=self.checks.media)
        of_file = list(_file_problems(medium)) if self.checks.media else []
        self.problems += of_file
        if not medium.is_clip:
            view.picture(0)
        self._take_masks(medium, dataset, referents, expressions, view)
        known = {problem.sentence for problem in of_file}
        self.problems += [
            Problem(ProblemKind.BROKEN_FILE, medium.name, sentence) for sentence in view.broken if sentence not in known
        ]

    def _take_masks(
        self,
        medium: DatasetMedium,
        dataset: Dataset,
        referents: Sequence[Referent],
        expressions: Sequence[Expression],
        view: _View,
    ) -> None:
        try:
            annotations = dataset.load(medium.id)
        except RefSegError as error:
            self.problems.append(Problem(ProblemKind.BROKEN_FILE, medium.name, str(error)))
            return
        self.masks += len(annotations)
        titles = titles_of(referents, expressions)
        self.problems += _mask_problems(medium, titles, annotations)
        phrased = {target for expression in expressions for target in expression.targets}
        self.problems += [
            Problem(ProblemKind.UNPHRASED, f"{medium.name}: {title}", "no expression means it.")
            for referent, title in titles.items()
            if referent not in phrased
        ]
        self.problems += _scene_problems(medium, referents, expressions, annotations, view)


class _View:
    """The pixels of one medium, a frame at a time, and what its files turn out to be."""

    def __init__(self, medium: DatasetMedium, *, is_open: bool) -> None:
        self._medium = medium
        self._is_open = is_open and medium.path.exists()
        self._frame = -1
        self._picture: NDArray[np.uint8] | None = None
        self.broken: dict[str, None] = {}

    def picture(self, frame: int) -> NDArray[np.uint8] | None:
        """The frame; None where it cannot be read, which is noted, or has another size than the masks."""
        if self._is_open and frame != self._frame:
            self._frame, self._picture = frame, None
            try:
                picture = read_frame(self._medium, frame)
            except MediaError as error:
                self.broken[str(error)] = None
            else:
                self._picture = picture if picture.shape[:2] == self._medium.size.shape else None
        return self._picture


def _scene_problems(
    medium: DatasetMedium,
    referents: Sequence[Referent],
    expressions: Sequence[Expression],
    annotations: Sequence[Annotation],
    view: _View,
) -> Iterator[Problem]:
    """Each expression held against the frame that shows its targets largest."""
    by_frame: dict[int, dict[ReferentId, Mask]] = {}
    for annotation in annotations:
        if not annotation.is_absent and annotation.mask.size == medium.size:
            by_frame.setdefault(annotation.frame, {})[annotation.referent_id] = annotation.mask
    by_id = {referent.id: referent for referent in referents}
    for expression in expressions:
        frame = _best_frame(expression, by_frame)
        if frame is not None:
            scene = Scene(medium.name, medium.size, by_id, by_frame[frame], view.picture(frame))
            yield from check_scene(expression, scene)


def _best_frame(expression: Expression, by_frame: dict[int, dict[ReferentId, Mask]]) -> int | None:
    areas = {
        frame: sum(masks[target].area for target in expression.targets if target in masks)
        for frame, masks in by_frame.items()
        if expression.span is None or frame in expression.span
    }
    best = max(areas, key=lambda frame: (areas[frame], -frame), default=None)
    return best if best is not None and areas[best] else None


def _span_problems(medium: DatasetMedium, expressions: Sequence[Expression]) -> Iterator[Problem]:
    for expression in expressions:
        if expression.span is not None and expression.span.last >= medium.frame_count:
            yield Problem(
                ProblemKind.FRAME_INDEX,
                f"{medium.name}: {expression.text!r}",
                f"it speaks of frame {expression.span.last}, the clip ends at {medium.frame_count - 1}.",
            )


def _file_problems(medium: DatasetMedium) -> Iterator[Problem]:
    if not medium.path.exists():
        yield Problem(ProblemKind.MISSING_MEDIUM, medium.name, f"{medium.path} is not there; put it back.")
        return
    try:
        size, count = _measured(medium)
    except MediaError as error:
        yield Problem(ProblemKind.BROKEN_FILE, medium.name, str(error))
        return
    if size != medium.size:
        yield Problem(
            ProblemKind.SIZE_MISMATCH,
            medium.name,
            f"the file has {size.width} x {size.height} pixels, its masks {medium.size.width} x {medium.size.height}.",
        )
    if count < medium.frame_count:
        yield Problem(
            ProblemKind.FRAME_INDEX,
            medium.name,
            f"the file has {number_of(count, 'frames')}, the data set counts {medium.frame_count}.",
        )


def _measured(medium: DatasetMedium) -> tuple[Size, int]:
    if not medium.is_clip:
        return probe(medium.path), 1
    if medium.path.is_dir():
        files = frame_files(medium.path)
        if not files:
            raise MediaError(f"{medium.path} holds no frames; put them back.")
        return probe(files[0]), len(files)
    source = open_medium(medium.path)
    try:
        return source.size, source.frame_count
    finally:
        source.close()


def _mask_problems(
    medium: DatasetMedium, titles: Mapping[ReferentId, str], annotations: Sequence[Annotation]
) -> Iterator[Problem]:
    shown: set[ReferentId] = set()
    by_frame: dict[int, list[Annotation]] = {}
    for annotation in annotations:
        where = f"{medium.name}: {titles[annotation.referent_id]}"
        if not 0 <= annotation.frame < medium.frame_count:
            yield Problem(
                ProblemKind.FRAME_INDEX,
                where,
                f"it has a mask on frame {annotation.frame}, the last is {medium.frame_count - 1}.",
            )
        if annotation.mask.size != medium.size:
            size = annotation.mask.size
            yield Problem(
                ProblemKind.SIZE_MISMATCH,
                where,
                f"its mask is {size.width} x {size.height}, the frame {medium.size.width} x {medium.size.height}.",
            )
        if annotation.is_absent:
            if not medium.is_clip:
                yield Problem(ProblemKind.EMPTY_MASK, where, "its mask has no pixel; draw it or remove it.")
        else:
            shown.add(annotation.referent_id)
            by_frame.setdefault(annotation.frame, []).append(annotation)
    annotated = {annotation.referent_id for annotation in annotations}
    for referent, title in titles.items():
        if referent not in shown and (medium.is_clip or referent not in annotated):
            yield Problem(
                ProblemKind.NO_MASK, f"{medium.name}: {title}", "it has no mask anywhere; draw one or remove it."
            )
    yield from _same_masks(medium, titles, by_frame)


def _same_masks(
    medium: DatasetMedium, titles: Mapping[ReferentId, str], by_frame: dict[int, list[Annotation]]
) -> Iterator[Problem]:
    told: set[tuple[ReferentId, ReferentId]] = set()
    for found in by_frame.values():
        by_box = sorted(found, key=lambda annotation: annotation.mask.box.x0)
        for place, one in enumerate(by_box):
            for other in by_box[place + 1 :]:
                if other.mask.box.x0 >= one.mask.box.x1:
                    break
                pair = (one.referent_id, other.referent_id)
                small, large = sorted((one.mask.area, other.mask.area))
                if pair in told or one.mask.size != other.mask.size or small < _SAME * large:
                    continue
                if iou(one.mask, other.mask) >= _SAME:
                    told.add(pair)
                    names = f"{titles[one.referent_id]} and {titles[other.referent_id]}"
                    yield Problem(ProblemKind.SAME_MASK, f"{medium.name}: {names}", "their masks are nearly the same.")


def _shared_file_problems(dataset: Dataset) -> Iterator[Problem]:
    """One file under several records: sure of its splits whether it is opened or not."""
    by_path: dict[Path, list[DatasetMedium]] = {}
    for medium in dataset.media:
        by_path.setdefault(medium.path, []).append(medium)
    for media in by_path.values():
        splits = sorted({medium.split for medium in media})
        if is_leak(splits):
            words = " and ".join(split.value for split in splits if split is not Split.NONE)
            yield Problem(ProblemKind.SPLIT_LEAK, media[0].name, f"it stands in {words}; keep it in one split.")


def _leak_problems(dataset: Dataset, progress: Progress) -> list[Problem]:
    splits = {medium.split for medium in dataset.media}
    if len(splits) < 2:
        return []
    readable = [medium for medium in dataset.media if medium.path.exists()]
    hashes, _ = fingerprints(readable, progress)
    names = {medium.id: medium.name for medium in dataset.media}
    paths = {medium.id: medium.path for medium in dataset.media}
    problems: list[Problem] = []
    for leak in find_leaks(items_of(dataset, hashes)):
        if len({paths[medium_id] for medium_id in leak.media}) == 1:
            continue  # one file, which is told already
        some = ", ".join(names[medium_id] for medium_id in leak.media[:4])
        words = " and ".join(split.value for split in leak.splits)
        problems.append(
            Problem(ProblemKind.SPLIT_LEAK, some, f"these look alike and stand in {words}; keep them in one split.")
        )
    return problems
