"""Pre-segmenting many media: the model answers, the answers lie in the project as proposals for a person to review.

A mask that a batch made is predicted and not settled, its medium is in work; a phrase of which the model holds that
nothing answers to it stays open, with what the model said. Nothing of this is an undo step: it arrives while the person
edits something else, and Ctrl+Z belongs to the person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import (
    Annotation,
    Asked,
    Expression,
    ExpressionId,
    MediumKind,
    MediumState,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import Edit, PutAnnotation, PutExpression, PutMedium, PutReferent, Several
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import MediaError, RefSegError
from refseg_annotator.inference.predictor import binarize
from refseg_annotator.media import open_medium
from refseg_annotator.services.annotate import clean_phrase, find_expression
from refseg_annotator.services.frames import MediumFacts

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.predictor import ImageFeatures, ModelInfo, Predictor
    from refseg_annotator.services.batch_plan import BatchTask, PhraseRow
    from refseg_annotator.services.readers import Readers
    from refseg_annotator.services.session import Session

SAME_FROM: Final = 0.9
"""IoU from which two proposals of one frame are one referent with two expressions."""


@dataclass(frozen=True, slots=True)
class PhraseAnswer:
    """What the model said of one phrase; `mask` is None where it drew nothing, or holds that nothing is there."""

    row: PhraseRow
    presence: float
    score: float
    mask: Mask | None


@dataclass(frozen=True, slots=True)
class MediumAnswer:
    """What the model said of one medium, or why it could say nothing; and a `warning` that another was meant to."""

    medium_id: MediumId
    facts: MediumFacts | None = None
    model: ModelInfo | None = None
    phrases: tuple[PhraseAnswer, ...] = ()
    problem: str | None = None
    warning: str | None = None


@dataclass(slots=True)
class BatchCounts:
    """What a batch has done so far."""

    media: int = 0
    masks: int = 0
    absent: int = 0
    problems: int = 0

    def take(self, answer: MediumAnswer) -> None:
        """Count an answer that is in the project."""
        self.media += 1
        self.problems += answer.problem is not None
        for phrase in answer.phrases:
            self.masks += phrase.mask is not None
            self.absent += phrase.mask is None


def answer_by(readers: Readers, task: BatchTask) -> MediumAnswer:
    """Ask who reads media of the task's kind, as `answer_task`; loads where need be."""
    answer = answer_task(readers.ready(task.kind).predictor, task)
    return answer if task.kind is MediumKind.IMAGE else replace(answer, warning=readers.warning)


def answer_task(predictor: Predictor, task: BatchTask) -> MediumAnswer:
    """Ask the model all phrases of one medium; each frame is encoded once.

    It touches no project, and so may run in any thread or process. What is wrong with the medium becomes the answer's
    `problem`; what is wrong with the model is raised.
    """
    try:
        source = open_medium(task.path)
    except MediaError as error:
        return MediumAnswer(task.medium_id, problem=str(error))
    try:
        facts = MediumFacts.of(source)
        phrases: list[PhraseAnswer] = []
        frame, features = -1, None
        # Frame by frame: one encoded frame is in memory, whatever their number and order in the table.
        for row in sorted(task.rows, key=lambda row: row.frame):
            if features is None or row.frame != frame:
                frame, features = row.frame, predictor.encode(source.read(row.frame))
            phrases.append(_asked(predictor, features, row))
    except MediaError as error:
        return MediumAnswer(task.medium_id, problem=str(error))
    finally:
        source.close()
    return MediumAnswer(task.medium_id, facts, predictor.info, tuple(phrases))


def _asked(predictor: Predictor, features: ImageFeatures, row: PhraseRow) -> PhraseAnswer:
    info = predictor.info
    prediction = predictor.predict(features, predictor.tokenize(clean_phrase(row.phrase)))
    presence, score = float(prediction.presence), float(prediction.score)
    if presence < info.presence_threshold:
        return PhraseAnswer(row, presence, score, None)
    mask = binarize(prediction, info)
    return PhraseAnswer(row, presence, score, None if mask.is_empty else mask)


def put_answer(session: Session, answer: MediumAnswer) -> MediumAnswer:
    """Put an answer into the project, for review; returns it, with a `problem` where it no longer fits.

    Expressions that a person has linked or marked meanwhile stay as they are, and so does every mask there is.
    """
    medium = session.project.media.get(answer.medium_id)
    if answer.problem is not None or answer.facts is None or answer.model is None or medium is None:
        return answer
    try:
        session.learn({medium.id: answer.facts})
        session.ensure_loaded(medium.id)
        edits = _Answering(session, answer.medium_id, answer.model).edits(answer.phrases)
        if edits:
            session.amend(Several("Pre-segment", tuple(edits)))
    except RefSegError as error:
        return MediumAnswer(answer.medium_id, problem=str(error))
    return answer


class _Answering:
    """The edits that put answers about one medium into the project."""

    def __init__(self, session: Session, medium_id: MediumId, model: ModelInfo) -> None:
        self._session = session
        self._medium_id = medium_id
        self._model = model
        self._colours = {referent.colour for referent in session.project.referents_of(medium_id)}
        self._proposed: list[tuple[int, Mask, ReferentId]] = [
            (annotation.frame, annotation.mask, annotation.referent_id)
            for referent in session.project.referents_of(medium_id)
            for annotation in session.project.annotations_of(referent.id)
            if annotation.provenance.origin is Origin.PREDICTED and not annotation.keyframe
        ]

    def edits(self, phrases: tuple[PhraseAnswer, ...]) -> list[Edit]:
        """One after the other; later ones build on earlier ones."""
        edits: list[Edit] = []
        for phrase in phrases:
            edits += self._of(phrase)
        medium = self._session.medium(self._medium_id)
        if edits and medium.state is MediumState.UNSEEN:
            edits.append(PutMedium(replace(medium, state=MediumState.IN_WORK)))
        return edits

    def _of(self, phrase: PhraseAnswer) -> list[Edit]:
        known = find_expression(self._session, self._medium_id, phrase.row.phrase)
        if any(not expression.is_open for expression in known):
            return []
        asked = Asked(
            model=self._model.label,
            presence=phrase.presence,
            threshold=self._model.presence_threshold,
            score=phrase.score,
            frame=phrase.row.frame,
        )
        edits: list[Edit] = []
        targets: tuple[ReferentId, ...] = ()
        if phrase.mask is not None:
            referent_id = self._same_as(phrase.row.frame, phrase.mask)
            if referent_id is None:
                referent_id, edits = self._new_referent(phrase, phrase.mask)
            targets = (referent_id,)
        if known:
            expression = replace(known[0], targets=targets, asked=asked)
        else:
            expression = Expression(
                id=ExpressionId(self._session.project.next_id()),
                medium_id=self._medium_id,
                text=clean_phrase(phrase.row.phrase),
                targets=targets,
                author=phrase.row.author or self._session.project.author,
                asked=asked,
            )
        return [*edits, PutExpression(expression)]

    def _same_as(self, frame: int, mask: Mask) -> ReferentId | None:
        for other_frame, other, referent_id in self._proposed:
            if other_frame == frame and other.size == mask.size and iou(mask, other) >= SAME_FROM:
                return referent_id
        return None

    def _new_referent(self, phrase: PhraseAnswer, mask: Mask) -> tuple[ReferentId, list[Edit]]:
        colour = next(number for number in range(len(self._colours) + 1) if number not in self._colours)
        self._colours.add(colour)
        referent = Referent(ReferentId(self._session.project.next_id()), self._medium_id, colour=colour)
        provenance = Provenance(
            Origin.PREDICTED,
            model=self._model.label,
            phrase=clean_phrase(phrase.row.phrase),
            threshold=self._model.threshold,
            score=phrase.score,
            iou_before=1.0,
        )
        self._proposed.append((phrase.row.frame, mask, referent.id))
        annotation = Annotation(referent.id, phrase.row.frame, mask, provenance)
        return referent.id, [PutReferent(referent), PutAnnotation(annotation)]
