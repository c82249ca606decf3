"""What deserves a second look, over the whole project: doubtful masks, phrases without an answer, low agreement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import (
    Annotation,
    BlindCheck,
    Expression,
    ExpressionId,
    ExpressionKind,
    MediumId,
    MediumState,
    Origin,
    ReferentId,
)
from refseg_annotator.core.edits import Edit, PutAnnotation, PutExpression, PutMedium, Several
from refseg_annotator.core.events import Change
from refseg_annotator.errors import EditError
from refseg_annotator.services.clip_review import drift_of
from refseg_annotator.services.live_checks import make_input, problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from refseg_annotator.core.annotation import Medium, Referent
    from refseg_annotator.services.jobs import JobContext
    from refseg_annotator.services.session import Session

LOW_SCORE: Final = 0.5
"""Below this expected quality a mask that nobody has settled is doubtful."""
NEAR_PRESENCE: Final = 0.1
"""A presence this near the model's threshold could as well have fallen on its other side."""
LOW_AGREEMENT: Final = 0.7
"""Below this IoU a blind check disagrees."""
DRIFTED: Final = 0.5


class Doubt(StrEnum):
    """Why an item is in the queue."""

    NOT_HERE = "not_here"
    NOTHING_DRAWN = "nothing_drawn"
    AGREEMENT = "agreement"
    DRIFT = "drift"
    SCORE = "score"
    PRESENCE = "presence"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to look at.

    Attributes:
        weight: how doubtful, 0..1; the worst first.
        sentence: the reason, for the list.
    """

    medium_id: MediumId
    frame: int
    doubt: Doubt
    weight: float
    sentence: str
    referent_id: ReferentId | None = None
    expression_id: ExpressionId | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MediumRecords:
    """The records of one medium, frozen; `annotations` is None where they have to be read from the file."""

    medium: Medium
    path: Path
    referents: tuple[Referent, ...]
    expressions: tuple[Expression, ...]
    annotations: tuple[Annotation, ...] | None


def records_of(session: Session, medium_id: MediumId) -> MediumRecords:
    """The present records of a medium."""
    project = session.project
    referents = project.referents_of(medium_id)
    annotations = None
    if medium_id in project.loaded_media or session.store is None:
        annotations = tuple(one for referent in referents for one in project.annotations_of(referent.id))
    return MediumRecords(
        session.medium(medium_id),
        session.path_of(medium_id),
        tuple(referents),
        tuple(project.expressions_of(medium_id)),
        annotations,
    )


def doubts_of(records: MediumRecords) -> list[ReviewItem]:
    """What is doubtful about one medium, the worst first. Of a reviewed medium only what a review leaves open."""
    items = list(_of_expressions(records))
    if records.medium.state is not MediumState.REVIEWED:
        items += _of_masks(records)
        items += _of_words(records)
    return sorted(items, key=lambda item: (-item.weight, item.frame))


def _of_expressions(records: MediumRecords) -> Iterator[ReviewItem]:
    medium_id = records.medium.id
    settled = {(one.referent_id, one.frame) for one in records.annotations or () if one.keyframe}
    for expression in records.expressions:
        asked = expression.asked
        target = expression.targets[0] if expression.targets else None

        def item(doubt: Doubt, frame: int, weight: float, sentence: str) -> ReviewItem:
            return ReviewItem(medium_id, frame, doubt, weight, sentence, target, expression.id)  # noqa: B023

        if expression.is_open and asked is not None:
            if asked.is_absent:
                words = f"probably not here (presence {asked.presence:.0%})"
                yield item(Doubt.NOT_HERE, asked.frame, 0.9, words)
            else:
                yield item(Doubt.NOTHING_DRAWN, asked.frame, 0.8, "the model drew nothing")
        elif asked is not None and records.medium.state is not MediumState.REVIEWED:
            distance = abs(asked.presence - asked.threshold)
            is_open = any((one, asked.frame) not in settled for one in expression.targets)
            if is_open and distance < NEAR_PRESENCE:
                words = f"perhaps not here (presence {asked.presence:.0%}, limit {asked.threshold:.0%})"
                yield item(Doubt.PRESENCE, asked.frame, 0.7 - distance, words)
        if expression.checks:
            latest = expression.checks[-1]
            if latest.agreement < LOW_AGREEMENT and not latest.is_resolved:
                yield item(Doubt.AGREEMENT, latest.frame, 1 - latest.agreement / 2, _words_of(latest))


def _words_of(check: BlindCheck) -> str:
    """Whole sentences: one that is put together of parts is in no catalogue."""
    share = f"{check.agreement:.0%}"
    if check.author:
        words = (
            f"blind check by {check.author}: not here"
            if check.is_absent
            else (f"blind check by {check.author} agrees {share}")
        )
    else:
        words = "blind check: not here" if check.is_absent else f"blind check agrees {share}"
    return words


def _of_masks(records: MediumRecords) -> Iterator[ReviewItem]:
    medium_id = records.medium.id
    run: dict[ReferentId, ReviewItem] = {}
    last: dict[ReferentId, int] = {}
    for annotation in sorted(records.annotations or (), key=lambda one: (one.referent_id, one.frame)):
        if annotation.keyframe:
            continue
        referent_id, frame = annotation.referent_id, annotation.frame
        drift, score = drift_of(annotation) or 0.0, annotation.provenance.score
        if has_drifted(annotation):
            former = run.get(referent_id)
            if former is not None and last[referent_id] == frame - 1:
                # One item a run of frames: a person looks at its first, and mends it from there.
                worst = max(former.weight, drift)
                words = f"drifted, frames {former.frame} to {frame}, up to {worst:.0%}"
                run[referent_id] = replace(former, weight=worst, sentence=words)
            else:
                if former is not None:
                    yield former
                words = f"drifted {drift:.0%} on frame {frame}"
                run[referent_id] = ReviewItem(medium_id, frame, Doubt.DRIFT, drift, words, referent_id)
            last[referent_id] = frame
        elif annotation.provenance.origin is Origin.PREDICTED and score is not None and score < LOW_SCORE:
            words = f"expected quality {score:.0%}"
            yield ReviewItem(medium_id, frame, Doubt.SCORE, 1 - score, words, referent_id)
    yield from run.values()


def _of_words(records: MediumRecords) -> Iterator[ReviewItem]:
    if not records.expressions:
        return
    given = make_input(
        records.medium.id,
        "",
        records.medium.size,
        records.path,
        records.referents,
        records.expressions,
        records.annotations or (),
    )
    targets = {expression.id: expression for expression in records.expressions}
    for expression_id, problems in problems_of(given).items():
        expression = targets[expression_id]
        frame = 0 if expression.span is None else expression.span.first
        sentence = "; ".join(problem.sentence.rstrip(".") for problem in problems)
        target = expression.targets[0] if expression.targets else None
        yield ReviewItem(records.medium.id, frame, Doubt.PROBLEM, 0.5, sentence, target, expression_id)


class Gathering:
    """The doubts of many media, read medium by medium in a lane; made on the window's thread.

    Args:
        load: reads the annotations of a medium that are not in memory; any thread.
    """

    def __init__(self, records: Sequence[MediumRecords], load: Callable[[MediumId], Iterable[Annotation]]) -> None:
        self._records = records
        self._load = load

    def __call__(self, context: JobContext) -> Iterator[list[ReviewItem]]:
        """Yields the items of each medium that has any."""
        total = len(self._records)
        for number, records in enumerate(self._records, start=1):
            if records.annotations is None:
                records = replace(records, annotations=tuple(self._load(records.medium.id)))  # noqa: PLW2901
            items = doubts_of(records)
            if items:
                yield items
            context.progress(number, total)


def gathering(session: Session) -> Gathering:
    """The work of finding all that is doubtful; media without expressions or referents are passed over."""
    project = session.project
    worked_on = [
        medium_id for medium_id in project.media if project.referents_of(medium_id) or project.expressions_of(medium_id)
    ]
    return Gathering([records_of(session, medium_id) for medium_id in worked_on], session.annotations_on_disk)


# --- deciding ------------------------------------------------------------------------------------------------------


def has_drifted(annotation: Annotation | None) -> bool:
    """Whether a mask was carried and is doubtful for it."""
    drift = None if annotation is None else drift_of(annotation)
    return drift is not None and drift >= DRIFTED


def keep(session: Session, item: ReviewItem) -> Change:
    """Say that an item is right as it is; it leaves the queue. One step of undo.

    Raises:
        EditError: a phrase with a problem cannot be kept by a key; or the item is gone.
    """
    session.ensure_loaded(item.medium_id)
    edits = list(_keeping(session, item))
    if not edits:
        raise EditError("There is nothing left to decide here; go to the next one.")
    return session.commit(Several("Keep as it is", tuple(edits)))


def _keeping(session: Session, item: ReviewItem) -> Iterator[Edit]:
    project = session.project
    expression = None if item.expression_id is None else project.expressions.get(item.expression_id)
    if item.doubt is Doubt.PROBLEM:
        raise EditError("Reword the phrase (F2), or mark the picture as reviewed (Ctrl+M).")
    if item.doubt in (Doubt.NOT_HERE, Doubt.NOTHING_DRAWN):
        if expression is not None and expression.is_open:
            yield PutExpression(replace(expression, no_target=True, kind=ExpressionKind.NO_TARGET))
    elif item.doubt is Doubt.AGREEMENT:
        if expression is not None and expression.checks:
            resolved = replace(expression.checks[-1], is_resolved=True)
            yield PutExpression(replace(expression, checks=(*expression.checks[:-1], resolved)))
    else:
        wanted = (
            expression.targets if expression is not None else () if item.referent_id is None else (item.referent_id,)
        )
        for referent_id in wanted:
            frame = item.frame
            annotation = project.annotations.get((referent_id, frame))
            while annotation is not None and not annotation.keyframe:
                yield PutAnnotation(replace(annotation, keyframe=True))
                frame += 1
                following = project.annotations.get((referent_id, frame))
                # The item is the whole run of drifted frames, and so is what is kept.
                annotation = following if item.doubt is Doubt.DRIFT and has_drifted(following) else None


def mark_reviewed(session: Session, medium_id: MediumId) -> Change:
    """A person has seen a picture and takes it as it is: its proposals are settled, its state is reviewed.

    On a clip only its state changes: what was carried from frame to frame is settled frame by frame. Phrases that are
    "probably not here" stay open: only a person's G says so.
    """
    session.ensure_loaded(medium_id)
    project, medium = session.project, session.medium(medium_id)
    edits: list[Edit] = []
    if medium.frame_count == 1:
        edits += [
            PutAnnotation(replace(annotation, keyframe=True))
            for annotation in project.annotations_on(medium_id, 0)
            if not annotation.keyframe and annotation.provenance.origin is Origin.PREDICTED
        ]
    if medium.state is not MediumState.REVIEWED:
        edits.append(PutMedium(replace(medium, state=MediumState.REVIEWED)))
    if not edits:
        return Change.nothing()
    return session.commit(Several("Mark as reviewed", tuple(edits)))
