"""A phrase, or a mask, carried through a clip without a window: into a project of its own, a batch of frames at a time.

What the window does with `Propagation` and a person, this does for scripts: the start is settled by whoever asks, every
batch is on disk before the next, and however the work ends, what arrived is in the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    Medium,
    MediumId,
    MediumKind,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import Edit, PutAnnotation, PutExpression, PutMedium, PutReferent, Several
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import DamagedFrameError
from refseg_annotator.inference.phrase_in_clip import FrameAnswer, answer_on, vote
from refseg_annotator.inference.propagation import Direction, propagate_live
from refseg_annotator.inference.propagation_drift import DoubtfulFrames, DriftSign, doubtful_queue
from refseg_annotator.inference.propagation_plan import make_plan
from refseg_annotator.services.annotate import clean_phrase
from refseg_annotator.services.bridged_frames import BridgedFrames
from refseg_annotator.services.propagate_proposal import ProposedMask
from refseg_annotator.text import demand_words

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from refseg_annotator.core.annotation import FrameSpan
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.inference.propagation import FramePrediction, FrameReader
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.media import FrameSource
    from refseg_annotator.services.session import Session

__all__ = ["CarriedClip", "CarriedFrame", "ClipStart", "Direction", "frames_to_ask", "given_start", "phrase_start"]

_ASKED: Final = 8
_BATCH: Final = 200  # frames: a fraction of a minute's work is what a killed process loses


@dataclass(frozen=True, slots=True, eq=False)
class ClipStart:
    """The mask that a run starts from.

    Attributes:
        mask: empty where the phrase fits nothing on the frames asked.
        presence: probability that the phrase names something on `frame`, 0..1; None for a mask that was given.
        score: the model's expected quality, 0..1; likewise.
        asked: the frames on which the phrase was read.
    """

    frame: int
    mask: Mask
    provenance: Provenance
    presence: float | None = None
    score: float | None = None
    asked: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_found(self) -> bool:
        """Whether there is anything to carry."""
        return not self.mask.is_empty


def frames_to_ask(span: FrameSpan, *, most: int = _ASKED) -> list[int]:
    """The frames on which to look for a phrase when nobody said where: the first, the last, and some between."""
    count = min(most, span.last - span.first + 1)
    if count == 1:
        return [span.first]
    return [span.first + round(place * (span.last - span.first) / (count - 1)) for place in range(count)]


def phrase_start(
    predictor: Predictor,
    frames: FrameReader,
    phrase: str,
    asked: Sequence[int],
    *,
    guess: bool = False,
    follower: VideoPredictor | None = None,
) -> ClipStart:
    """Where a phrase is surest: the frame of those asked with the highest presence times expected quality.

    Args:
        guess: start from the best guess even where the model finds that nothing fits.
        follower: with it, what is found on one frame at least is put to the vote of all frames asked
            (`phrase_in_clip.elected`): the start is the mask that they elect, on the frame where they are most at one.

    Raises:
        MediaError: the clip cannot be read, or none of the frames asked can be decoded.
        UsageError: the phrase holds no word.
    """
    demand_words(phrase)
    tokens = predictor.tokenize(phrase)
    if not asked:
        raise ValueError("a phrase is asked on one frame at least")
    info = predictor.info

    def is_found(answer: FrameAnswer) -> bool:
        return not answer.mask.is_empty and (guess or answer.presence >= info.presence_threshold)

    answers: list[FrameAnswer] = []
    damage: DamagedFrameError | None = None
    for frame in asked:
        try:
            image = frames.read(frame)
        except DamagedFrameError as error:
            damage = error
        else:
            answers.append(answer_on(frame, predictor, predictor.encode(image), tokens))
    if damage is not None and not answers:
        raise damage
    asked = [answer.frame for answer in answers]
    surest = max(answers, key=lambda answer: (is_found(answer), answer.sureness))
    frame, mask = surest.frame, surest.mask if is_found(surest) else Mask.empty(surest.mask.size)
    if follower is not None and len(asked) > 1 and not mask.is_empty:
        found = vote(follower, frames, answers)
        if found is not None:
            frame, mask = found.frame, found.mask
    there = next(answer for answer in answers if answer.frame == frame)
    presence, score = there.presence, round(there.score, 4)
    provenance = Provenance(
        Origin.PREDICTED, model=info.label, phrase=phrase, threshold=info.threshold, score=score, iou_before=1.0
    )
    return ClipStart(frame, mask, provenance, presence, score, tuple(asked), tokens.unknown)


def given_start(frame: int, mask: Mask) -> ClipStart:
    """The start from a mask that somebody has made elsewhere."""
    return ClipStart(frame, mask, Provenance(Origin.IMPORTED))


@dataclass(frozen=True, slots=True, eq=False)
class CarriedFrame:
    """What a step brought.

    Attributes:
        done: steps behind, of `total`; the first frames may lie on the way to the range and bring no mask.
        mask: None where the step brought none.
    """

    frame: int
    mask: Mask | None
    done: int
    total: int


class CarriedClip:
    """One referent of one clip in a project of its own.

    Args:
        session: on a project without media.
        source: the opened clip.
        span: the frames wanted; the start lies among them.
    """

    def __init__(
        self,
        session: Session,
        source: FrameSource,
        phrase: str,
        start: ClipStart,
        span: FrameSpan,
        direction: Direction,
    ) -> None:
        project = session.project
        self._session = session
        self._frames = BridgedFrames(source, source.frame_count)
        self._start = start
        self._span = span
        self._direction = direction
        self.medium_id = MediumId(project.next_id())
        self.referent_id = ReferentId(project.next_id())
        text = clean_phrase(phrase)
        medium = Medium(
            self.medium_id,
            source.path.absolute().as_posix(),
            MediumKind.VIDEO,
            source.size,
            source.frame_count,
            frame_rate=source.frame_rate,
        )
        expression = Expression(
            ExpressionId(project.next_id()), self.medium_id, text, (self.referent_id,), author=project.author
        )
        # Whoever runs this has chosen the start, as a person does who accepts a proposal: a barrier from now on.
        keyframe = Annotation(self.referent_id, start.frame, start.mask.packed(), start.provenance, keyframe=True)
        edits: tuple[Edit, ...] = (
            PutMedium(medium),
            PutReferent(Referent(self.referent_id, self.medium_id, name=text)),
            PutExpression(expression),
            PutAnnotation(keyframe),
        )
        session.commit(Several("Propagate", edits))
        self._plan = make_plan(self._keyframes, first=span.first, last=span.last, direction=direction)
        self._waiting: list[Edit] = []
        self._doubts: list[tuple[ReferentId, int, float, DriftSign]] = []
        self._carried = 0
        self._absent = 0

    @property
    def _keyframes(self) -> dict[int, dict[ReferentId, Mask]]:
        return {self._start.frame: {self.referent_id: self._start.mask}}

    @property
    def steps(self) -> int:
        """How many steps `carry` takes."""
        return self._plan.steps

    @property
    def carried(self) -> int:
        """Frames that got a mask, or the word that the referent is absent, so far."""
        return self._carried

    @property
    def absent(self) -> int:
        """How many of them have the referent as absent."""
        return self._absent

    @property
    def damaged(self) -> list[int]:
        """The frames passed so far that cannot be decoded, rising; they got no mask, and the run went past them."""
        return self._frames.damaged

    def doubtful(self) -> list[DoubtfulFrames]:
        """What to look at first, the worst first."""
        return doubtful_queue(self._doubts)

    def carry(self, predictor: VideoPredictor) -> Generator[CarriedFrame, None, None]:
        """Do the work, frame after frame. Closed or broken off, what came is in the project.

        Raises:
            MediaError: the clip cannot be read; frames that are damaged alone are passed over.
            StorageError: the disk refuses.
        """
        info = predictor.info
        found = propagate_live(
            predictor,
            self._frames,
            self._keyframes,
            first=self._span.first,
            last=self._span.last,
            direction=self._direction,
            thorough=self._start.presence is None,  # a person's mask, not the model's
        )
        try:
            for done, prediction in enumerate(found, 1):
                mask = self._take(prediction, info.label, info.threshold)
                yield CarriedFrame(prediction.frame, mask, done, self.steps)
        finally:
            self._put_down()

    def masks(self) -> Iterator[tuple[int, Mask]]:
        """Frame and mask of everything in the project, the start too, rising."""
        for annotation in self._session.project.annotations_of(self.referent_id):
            yield annotation.frame, annotation.mask

    def _take(self, prediction: FramePrediction, model: str, threshold: float) -> Mask | None:
        result = prediction.masks.get(self.referent_id)
        if result is None or prediction.is_draft or self._frames.is_damaged(prediction.frame):
            return None
        proposed = ProposedMask.of(result, is_draft=False, model=model, threshold=threshold)
        self._waiting.append(
            PutAnnotation(Annotation(self.referent_id, prediction.frame, proposed.mask, proposed.provenance()))
        )
        if result.drift.is_doubtful:
            self._doubts.append((self.referent_id, prediction.frame, result.drift.score, result.drift.worst))
        self._carried += 1
        self._absent += result.is_absent
        if len(self._waiting) >= _BATCH:
            self._put_down()
        return result.mask

    def _put_down(self) -> None:
        if self._waiting:
            # Nobody is there to undo it, and a history of an hour's frames would be memory for nothing. The list is
            # emptied last: broken off here by Ctrl+C, the batch is put once more, which changes nothing.
            self._session.amend(Several("Propagate", tuple(self._waiting)))
            self._waiting.clear()
