"""Settled masks carried through a clip: a proposal over frames that grows as they come, accepted as one undo step."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.core.edits import Several
from refseg_annotator.core.events import Change, listen
from refseg_annotator.errors import EditError, RefSegError
from refseg_annotator.inference.propagation_plan import Direction, make_plan
from refseg_annotator.services import annotate, clip_review
from refseg_annotator.services.jobs import MODEL_LANE, JobContext, JobHandle, JobRunner, Progress, sentence_of
from refseg_annotator.services.propagate_offer import ACCEPTED, Offer
from refseg_annotator.services.propagate_proposal import FramesProposal, PropagationPhase, PropagationState
from refseg_annotator.services.propagate_run import Arrived, ModelNeeded, PassedOver, PropagationRun
from refseg_annotator.services.propagate_start import chosen_referents, given_masks, reached_span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from refseg_annotator.core.annotation import AnnotationKey, FrameSpan, MediumId, ReferentId
    from refseg_annotator.inference.predictor import ModelInfo
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.services.session import Session

__all__ = ["Direction", "Propagation"]

logger = logging.getLogger(__name__)


class Propagation:
    """Runs propagations in the model's lane and keeps what they find on offer. All methods are the window's thread's.

    Runs add up: one for another clip, referent or range leaves what is on offer alone, and waits for its turn.
    A run over referents and frames that are on offer or under way already replaces just those, each when it comes by.

    Args:
        predictor_loader: makes the video predictor when first needed; may take seconds, for it imports torch.
    """

    def __init__(self, session: Session, runner: JobRunner, predictor_loader: Callable[[], VideoPredictor]) -> None:
        self._session = session
        self._runner = runner
        self._load = predictor_loader
        # Touched in the model's lane only, but for `use_loader`, which replaces it whole.
        self._predictor: VideoPredictor | None = None
        self._generation = 0
        self._offers: dict[MediumId, Offer] = {}
        self._is_accepting = False
        self._runs: dict[PropagationRun, JobHandle | None] = {}
        self._state = PropagationState()
        self._listeners: list[Callable[[PropagationState], None]] = []
        session.subscribe(self._notice)

    # --- state -----------------------------------------------------------------------------------------------------

    @property
    def state(self) -> PropagationState:
        """What the timeline shows now."""
        return replace(self._state, proposal=self.proposal)

    @property
    def proposal(self) -> FramesProposal | None:
        """The masks on offer of the clip on show, also while more arrive; where it has none, those of another clip."""
        offer = self._current()
        return None if offer is None else offer.proposal

    @property
    def proposals(self) -> list[FramesProposal]:
        """The masks on offer of every clip that has any."""
        return [proposal for offer in self._offers.values() if (proposal := offer.proposal) is not None]

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model; None before the first use."""
        predictor = self._predictor
        return None if predictor is None else predictor.info

    def subscribe(self, callback: Callable[[PropagationState], None]) -> Callable[[], None]:
        """Call `callback` with every new state; the answer ends that."""
        return listen(self._listeners, callback)

    def ready(self) -> VideoPredictor:
        """What carries masks through clips; loads it where need be. For work in the model's lane alone."""
        predictor = self._predictor
        if predictor is None:
            generation = self._generation
            predictor = self._load()
            if generation == self._generation:
                self._predictor = predictor
        return predictor

    def use_loader(self, predictor_loader: Callable[[], VideoPredictor]) -> None:
        """Use another model from the next run on; what is under way goes on with the one that it has."""
        self._load = predictor_loader
        self._generation += 1
        self._predictor = None

    # --- starting --------------------------------------------------------------------------------------------------

    def start(
        self,
        medium_id: MediumId,
        frame: int,
        direction: Direction,
        *,
        referents: Sequence[ReferentId] | None = None,
        span: FrameSpan | None = None,
        to_next_keyframe: bool = False,
        from_here: bool = True,
    ) -> None:
        """Carry masks on from a frame. Settled frames are never touched; between two of them both sides count.

        Args:
            direction: forward to the clip's end, backward to its beginning, or both.
            referents: whom, wherever they are settled; None takes those with a mask on this frame that are not locked.
            span: the frames wanted, in place of all to the end.
            to_next_keyframe: stop before the next frame, in each direction, where one of the referents is settled.
            from_here: masks on `frame` count as given, settled or not; else only those of referents settled nowhere.

        Raises:
            EditError: there is nothing to start from or nothing open to carry it to.
        """
        session = self._session
        medium = session.medium(medium_id)
        if not session.is_measured(medium_id):
            raise EditError("The clip is not open yet; wait a moment and propagate again.")
        session.ensure_loaded(medium_id)
        offer = self._offer_of(medium_id)
        chosen = chosen_referents(session, offer, medium_id, frame, referents)
        keyframes = given_masks(session, offer, chosen, frame, from_here=from_here)
        if span is None:
            span = reached_span(session, offer, medium, frame, direction, chosen, to_next_keyframe=to_next_keyframe)
        if span.last >= medium.frame_count:
            raise EditError(
                f"The clip ends with frame {medium.frame_count - 1}; choose a range that does not go beyond it."
            )
        if not keyframes:
            raise EditError("There is no mask to start from; draw one on this frame, or settle one on another.")
        plan = make_plan(keyframes, first=span.first, last=span.last, direction=direction)
        if plan.is_empty:
            raise EditError(
                f"No open frame from {span.first} to {span.last} can be reached; choose another range or direction."
            )
        run = PropagationRun(
            medium_id=medium_id,
            path=session.path_of(medium_id),
            size=medium.size,
            frame_count=medium.frame_count,
            referents=chosen,
            keyframes=keyframes,
            span=span,
            direction=direction,
            plan=plan,
        )
        self._begin(run)

    def rerun(self, referent_id: ReferentId, frame: int) -> None:
        """After a correction: carry it to what it touches, the propagated frames up to the keyframes around it.

        Raises:
            EditError: nothing was propagated there.
        """
        referent = annotate.referent_of(self._session, referent_id)
        self._session.ensure_loaded(referent.medium_id)
        proposed = [at for who, at in self._offer_of(referent.medium_id).masks if who == referent_id]
        span = clip_review.touched_span(self._session, referent_id, frame, proposed)
        if span is None:
            raise EditError("Nothing was propagated from this frame yet; propagate forward or backward first.")
        self.start(referent.medium_id, frame, Direction.BOTH, referents=[referent_id], span=span)

    def _begin(self, run: PropagationRun) -> None:
        for other, job in list(self._runs.items()):
            if run.covers(other):
                self._runs.pop(other)
                _stop(other, job)
        # What it claims stays on offer until it comes by: stopped before, or failed, nothing is lost.
        # A later run owns what it claims: the order of this dictionary is the order of the runs.
        self._runs[run] = None
        self._show(PropagationPhase.RUNNING if self._predictor else PropagationPhase.LOADING_MODEL)
        job = self._runner.start(
            MODEL_LANE,
            lambda context: self._work(context, run),
            on_item=lambda item: self._take(run, item),
            on_done=lambda: self._end(run),
            on_failed=lambda error: self._fail(run, error),
            on_cancelled=lambda: self._end(run),
            on_progress=lambda progress: self._tell_progress(run, progress),
            title=f"{ACCEPTED} frames {run.span.first} to {run.span.last}",
        )
        if run in self._runs:
            self._runs[run] = job

    # --- in the model's lane ---------------------------------------------------------------------------------------

    def _work(self, context: JobContext, run: PropagationRun) -> Iterator[ModelNeeded | Arrived | PassedOver]:
        if self._predictor is None:
            yield ModelNeeded()
        yield from run.results(self.ready(), self._session.frames, context)

    # --- back on the window's thread -------------------------------------------------------------------------------

    def _take(self, run: PropagationRun, item: ModelNeeded | Arrived | PassedOver) -> None:
        if run not in self._runs:
            return
        if isinstance(item, ModelNeeded):
            self._show(PropagationPhase.LOADING_MODEL)
            return
        if isinstance(item, PassedOver):
            self._show(PropagationPhase.RUNNING, notice=item.sentence)
            return
        runs = list(self._runs)
        theirs = {key for other in runs[runs.index(run) + 1 :] for key in other.claimed(item.masks)}
        offer = self._offer_of(run.medium_id)
        arrived = offer.take({key: mask for key, mask in item.masks.items() if key not in theirs})
        job = self._runs[run]
        if job is not None:
            # Of several frames found in one breath the job tells the first alone; the pace is that of the last.
            self._state = replace(self._state, progress=job.latest)
        self._show(PropagationPhase.RUNNING, arrived=arrived)

    def _tell_progress(self, run: PropagationRun, progress: Progress) -> None:
        if run in self._runs:
            # The model is loaded by then, though the first mask may be seconds away.
            running = PropagationPhase.RUNNING
            self._state = replace(self._state, phase=running, progress=progress, arrived=(), sentence=None, notice=None)
            self._tell()

    def _end(self, run: PropagationRun) -> None:
        if run in self._runs:
            del self._runs[run]
            self._rest()

    def _fail(self, run: PropagationRun, error: BaseException) -> None:
        if run not in self._runs:
            return
        if not isinstance(error, RefSegError):
            logger.error("propagating frames %s failed", run.span, exc_info=error)
        del self._runs[run]
        self._rest(sentence_of(error))

    def _rest(self, sentence: str | None = None, *, arrived: tuple[AnnotationKey, ...] = ()) -> None:
        """A run has ended: go on with the next, or offer what there is."""
        if sentence is not None:
            self._show(PropagationPhase.FAILED, sentence=sentence)
        elif self._runs:
            self._show(PropagationPhase.RUNNING)
        else:
            self._show(PropagationPhase.PROPOSAL if self.proposals else PropagationPhase.IDLE, arrived=arrived)

    # --- deciding --------------------------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop what is under way or waits; what arrived stays on offer."""
        if self._stop_all():
            self._rest()

    def reject(self) -> None:
        """Stop, and drop what `proposal` is for good; the project is as it was, and so are other clips' offers.

        Where nothing is on offer, what undo would bring back on the clip on show is dropped.
        """
        self._stop_all()
        current, shown = self._current(), self._session.shown
        for offer in self._offers.values():
            if offer is current or (current is None and shown in (None, offer.medium_id)):
                offer.drop()
        self._rest()

    def _stop_all(self, medium_id: MediumId | None = None) -> bool:
        """Stop the runs over one clip, or all; whether there was any."""
        stopped = [run for run in self._runs if medium_id in (None, run.medium_id)]
        for run in stopped:
            _stop(run, self._runs.pop(run))
        return bool(stopped)

    def accept(self, keys: Iterable[AnnotationKey] | None = None) -> Change:
        """Take what is on offer into the project, one step of undo; what is still under way over that clip stops.

        Frames settled meanwhile stay as they are. Masks of referents that are locked by now stay on offer.

        Args:
            keys: of whom and where, in one clip; None takes all of `proposal`. The others stay on offer, and undo
                brings these back on offer too.

        Raises:
            EditError: nothing is on offer, or nothing of it fits any more; it stays on offer.
        """
        chosen = None if keys is None else set(keys)
        offer = self._current() if chosen is None else self._offer_with(chosen)
        if offer is None:
            raise EditError("There is nothing to accept; propagate a mask first.")
        wanted = sorted(offer.masks if chosen is None else offer.masks.keys() & chosen)
        self._session.medium(offer.medium_id)
        self._session.ensure_loaded(offer.medium_id)
        edits = [edit for key in wanted if (edit := offer.accepting(key)) is not None]
        if not edits:
            raise EditError("All frames on offer were settled or locked meanwhile; reject the proposal.")
        self._end_runs_over(offer)
        self._is_accepting = True
        try:
            change = self._session.commit(Several(ACCEPTED, tuple(edits)))
        finally:
            self._is_accepting = False
        offer.taken(change.annotations, is_all=chosen is None)
        self._rest(arrived=() if chosen is None else tuple(sorted(change.annotations)))
        return change

    def discard(self, keys: Iterable[AnnotationKey] | None = None) -> Change:
        """Take masks off the offer, one step of undo, which brings them back; what is under way over that clip stops.

        Args:
            keys: of whom and where, in one clip; None takes all of `proposal`.

        Raises:
            EditError: none of them is on offer.
        """
        chosen = None if keys is None else set(keys)
        offer = self._current() if chosen is None else self._offer_with(chosen)
        if offer is None:
            raise EditError("There is nothing to discard here; no propagated mask is on offer on this frame.")
        edit = offer.discarding(offer.masks if chosen is None else chosen, "Discard propagated masks")
        self._end_runs_over(offer)
        return self._session.commit(edit)

    def _end_runs_over(self, offer: Offer) -> None:
        if self._stop_all(offer.medium_id):
            self._rest()

    def settle(self, referent_id: ReferentId, frame: int) -> Change:
        """Settle the mask that is seen on a frame, be it on offer or in the project: a keyframe from now on."""
        offer = self._offer_with({(referent_id, frame)})
        edit = None if offer is None else offer.accepting((referent_id, frame), keyframe=True)
        return annotate.settle(self._session, referent_id, frame) if edit is None else self._session.commit(edit)

    def settle_all(self, keys: Iterable[AnnotationKey], title: str = "Settle keyframes") -> Change:
        """Settle the masks that are seen on several frames, be they on offer or in the project; one step of undo.

        Raises:
            EditError: there is none, or all are settled already.
        """
        referents = self._session.project.referents
        edits = [
            edit
            for key in keys
            if key[0] in referents
            for edit in self._offer_of(referents[key[0]].medium_id).settling([key], title)
        ]
        if not edits:
            raise EditError("All of these frames are settled already; go to the next doubtful ones.")
        return self._session.commit(Several(title, tuple(edits)))

    def _notice(self, change: Change) -> None:
        """The offers follow what a person does to the project; `accept` itself tells of what it has taken."""
        if self._is_accepting:
            return
        had = [proposal.medium_id for proposal in self.proposals]
        runs = len(self._runs)
        for offer in self._offers.values():
            if offer.medium_id not in self._session.project.media:
                self._stop_all(offer.medium_id)
                offer.put_aside()
        moved = {key for offer in self._offers.values() for key in offer.follow(change)}
        has = [proposal.medium_id for proposal in self.proposals]
        if not moved and had == has and runs == len(self._runs):
            return
        if moved and (has or self._runs):
            keeps_phase = bool(self._runs) or (bool(had) and self._state.phase is not PropagationPhase.IDLE)
            phase = self._state.phase if keeps_phase else PropagationPhase.PROPOSAL
            self._show(phase, arrived=tuple(sorted(moved)), sentence=self._state.sentence)
        else:
            self._rest()

    # --- the offers ------------------------------------------------------------------------------------------------

    def _offer_of(self, medium_id: MediumId) -> Offer:
        """A clip's offer, which may be empty."""
        return self._offers.setdefault(medium_id, Offer(self._session, medium_id))

    def _offer_with(self, keys: Collection[AnnotationKey]) -> Offer | None:
        """The offer that some of these are on."""
        return next((offer for offer in self._offers.values() if not offer.masks.keys().isdisjoint(keys)), None)

    def _current(self) -> Offer | None:
        """The offer of the clip on show, where that has none the latest of another clip; None where none has any."""
        waiting = [offer for offer in self._offers.values() if offer.masks]
        shown = [offer for offer in waiting if offer.medium_id == self._session.shown]
        return (shown or waiting)[-1] if waiting else None

    # --- telling ---------------------------------------------------------------------------------------------------

    def _show(
        self,
        phase: PropagationPhase,
        *,
        arrived: tuple[AnnotationKey, ...] = (),
        sentence: str | None = None,
        notice: str | None = None,
    ) -> None:
        progress = self._state.progress if self._runs else Progress()
        self._state = PropagationState(phase, self.proposal, arrived, progress, sentence, notice)
        self._tell()

    def _tell(self) -> None:
        state = self.state
        for callback in tuple(self._listeners):
            callback(state)


def _stop(run: PropagationRun, job: JobHandle | None) -> None:
    # A run that has only just been started has no job yet; it looks at its own mark between two frames.
    run.stopped.set()
    if job is not None:
        job.cancel()
