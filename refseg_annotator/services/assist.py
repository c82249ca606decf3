"""From a phrase to a proposal: the model's answer, shown beside the annotation until a person accepts or rejects it."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from refseg_annotator.core.annotation import MediumId, MediumKind, ReferentId
from refseg_annotator.core.events import Change, listen
from refseg_annotator.errors import EditError, RefSegError
from refseg_annotator.inference.predictor import ModelInfo, Predictor, binarize
from refseg_annotator.services import annotate
from refseg_annotator.services.clip_vote import frames_to_vote, voted
from refseg_annotator.services.jobs import MODEL_LANE, JobContext, JobHandle, JobRunner, sentence_of
from refseg_annotator.services.proposal import AssistPhase, AssistState, MaskCandidate, Milliseconds, Proposal
from refseg_annotator.services.proposal_edit import accepting_edit
from refseg_annotator.services.refine import Prior
from refseg_annotator.services.refine_clicks import ClickModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.edits import Edit
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.clicks import Prompts
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.services.frames import MediumFacts
    from refseg_annotator.services.readers import Readers
    from refseg_annotator.services.session import Session
    from refseg_annotator.text import Tokens

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Request:
    """All that the model's lane needs: it must not read the project, which belongs to the window's thread."""

    text: str
    medium_id: MediumId
    kind: MediumKind
    frame: int
    path: Path


class Assist:
    """Runs phrases through the model, one at a time; a new one replaces the one under way.

    All methods belong to the window's thread; the model works in its lane.

    Args:
        readers: who reads phrases; loads in the model's lane when first needed.
        follower: gives what carries masks through clips, in the model's lane; with it, a doubtful answer on a frame of
            a clip is put to the vote of the frames around it. None leaves that out.
    """

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        readers: Readers,
        follower: Callable[[], VideoPredictor] | None = None,
    ) -> None:
        self._session = session
        self._runner = runner
        # Replaced whole by others: who is at work in the lane goes on with those it began with.
        self._readers = readers
        self._follower = follower
        self._state = AssistState()
        self._listeners: list[Callable[[AssistState], None]] = []
        self._job: JobHandle | None = None
        self._warming: dict[MediumKind, JobHandle] = {}
        self._asking: JobHandle | None = None

    # --- state -----------------------------------------------------------------------------------------------------

    @property
    def state(self) -> AssistState:
        """What the phrase bar shows now."""
        return self._state

    @property
    def proposal(self) -> Proposal | None:
        """The proposal on offer."""
        return self._state.proposal

    def model(self, kind: MediumKind = MediumKind.IMAGE) -> ModelInfo | None:
        """The loaded model that reads media of a kind; None before the first use."""
        reader = self._readers.loaded(kind)
        return None if reader is None else reader.predictor.info

    def subscribe(self, callback: Callable[[AssistState], None]) -> Callable[[], None]:
        """Call `callback` with every new state; the answer ends that."""
        return listen(self._listeners, callback)

    # --- asking ----------------------------------------------------------------------------------------------------

    def request(self, text: str, medium_id: MediumId, frame: int = 0) -> None:
        """Segment the whole phrase on a frame. The answer comes as a state; so does a failure, as a sentence."""
        self._stop()
        try:
            phrase, kind = annotate.clean_phrase(text), self._session.medium(medium_id).kind
            request = _Request(phrase, medium_id, kind, frame, self._session.path_of(medium_id))
        except EditError as error:
            self._show(AssistState(AssistPhase.FAILED, text, medium_id, frame, sentence=str(error)))
            return
        phase = AssistPhase.LOADING_MODEL if self.model(kind) is None else AssistPhase.ENCODING
        self._show(AssistState(phase, request.text, medium_id, frame))
        self._job = self._runner.start(
            MODEL_LANE,
            lambda context: self._work(context, request),
            on_item=self._take,
            on_failed=lambda error: self._fail(request, error),
            title=f"Segment “{request.text[:40]}”",
        )

    def warm(self, medium_id: MediumId | None = None, frame: int = 0) -> None:
        """Load the model, and encode a frame that is on show, before anyone asks: the first phrase then takes no wait.

        The model is the one that reads such a medium; without one, that of photos. Fails silently but for the log:
        whoever asks in earnest is told.
        """
        self._warm(MediumKind.IMAGE if medium_id is None else self._session.medium(medium_id).kind, medium_id, frame)

    def _warm(self, kind: MediumKind, medium_id: MediumId | None, frame: int) -> None:
        # One model's loading must not put off the other's: on a clip phrases and clicks are read by two.
        if kind in self._warming:
            self._warming[kind].cancel()
        path = None if medium_id is None else self._session.path_of(medium_id)
        self._warming[kind] = self._runner.start(
            MODEL_LANE,
            lambda context: self._warm_up(context, kind, medium_id, path, frame),
            on_item=self._learn,
            on_failed=lambda error: logger.info("the model could not be made ready: %s", error),
            title="Prepare the model",
        )

    def click_model(self, medium_id: MediumId, frame: int) -> ClickModel | None:
        """The model that is asked about clicks on a frame, by any thread but the window's; None while none can be.

        That for photos reads them on clips too: the one that follows masks reads none.
        """
        reader = self._readers.loaded(MediumKind.IMAGE)
        clicks = None if reader is None else reader.clicks
        if reader is None or clicks is None:
            return None
        frames, path = self._session.frames, self._session.path_of(medium_id)

        def read(prompts: Prompts, before: Mask) -> NDArray[np.float32]:
            return clicks.read_clicks(reader.encoded(frames, path, frame).features, prompts, before)

        return ClickModel(reader.predictor.info.label, read)

    def warm_clicks(self, medium_id: MediumId | None, frame: int) -> None:
        """As `warm`, for clicks; nothing where the model is there."""
        if self._readers.loaded(MediumKind.IMAGE) is None:
            self._warm(MediumKind.IMAGE, medium_id, frame)

    def use_readers(self, readers: Readers) -> None:
        """Have phrases read by others from now on; the present proposal goes."""
        self._stop()
        self._readers = readers
        self._show(AssistState())

    def ready(self, kind: MediumKind) -> Predictor:
        """The loaded predictor for media of a kind; loads it where need be. For work in the model's lane alone."""
        return self._readers.ready(kind).predictor

    def tokenize(self, text: str, kind: MediumKind = MediumKind.IMAGE) -> Tokens | None:
        """The words of a text as the model for media of a kind reads them; None while none is loaded."""
        reader = self._readers.loaded(kind)
        return None if reader is None else reader.predictor.tokenize(text)

    def cancel(self) -> None:
        """Stop what is under way and drop a proposal; the project is as it was."""
        self._stop()
        if self._state.phase is not AssistPhase.IDLE:
            self._show(AssistState())

    # --- deciding --------------------------------------------------------------------------------------------------

    def choose(self, place: int) -> None:
        """Offer another candidate, 0 the best."""
        proposal = self._offered()
        if not 0 <= place < len(proposal.candidates):
            if len(proposal.candidates) == 1:
                raise EditError("There is only one candidate; press 1 for it.")
            raise EditError(f"There are {len(proposal.candidates)} candidates; press a digit up to that.")
        mask, score = proposal.candidates[place]
        self._stop_asking()
        chosen = replace(proposal, mask=mask, score=score, chosen=place, clicks=0, seconds=0.0)
        self._show(replace(self._state, proposal=chosen, asking=0))

    def revise(self, mask: Mask, *, clicks: int, seconds: float) -> None:
        """Offer a corrected mask in place of the proposal's; clicks and seconds are those of all corrections so far."""
        revised = replace(self._offered(), mask=mask, clicks=clicks, seconds=seconds)
        self._stop_asking()
        self._show(replace(self._state, proposal=revised, asking=0))

    def reject(self) -> None:
        """Drop the proposal; the project is as it was."""
        self.cancel()

    def accept(self, into: ReferentId | None = None, *, as_no_target: bool | None = None) -> Change:
        """Take the proposal into the project: one step of undo.

        Args:
            into: the referent whose mask on this frame it replaces; None makes a new one. No other mask is touched.
            as_no_target: True records "checked: nothing here" in place of a mask, False takes the mask whatever the
                model holds of its presence, None follows the model.

        Raises:
            EditError: there is no proposal, or it no longer fits; it stays on offer.
        """
        proposal = self._offered()
        if as_no_target is None:
            as_no_target = proposal.is_absent and into is None
        edit: Edit | None
        if as_no_target:
            edit, _ = annotate.no_target_edit(self._session, proposal.medium_id, proposal.text)
        else:
            edit = accepting_edit(self._session, proposal, into)
        change = Change.nothing() if edit is None else self._session.commit(edit)
        self._stop_asking()
        self._show(AssistState())
        return change

    def _offered(self) -> Proposal:
        if self._state.proposal is None:
            raise EditError("There is no proposal; type a phrase and press Enter first.")
        return self._state.proposal

    # --- in the model's lane ---------------------------------------------------------------------------------------

    def _work(self, context: JobContext, request: _Request) -> Iterator[AssistState | _Learned]:
        def at(phase: AssistPhase) -> AssistState:
            return AssistState(phase, request.text, request.medium_id, request.frame)

        readers = self._readers
        if readers.loaded(request.kind) is None:
            yield at(AssistPhase.LOADING_MODEL)
        reader = readers.ready(request.kind)
        predictor = reader.predictor
        if context.cancelled:
            return
        yield at(AssistPhase.ENCODING)
        frames = self._session.frames
        encoded = reader.encoded(frames, request.path, request.frame)
        yield _Learned(request.medium_id, frames.facts(request.path))
        yield at(AssistPhase.READING_PHRASE)
        began = time.perf_counter()
        tokens = predictor.tokenize(request.text)
        prediction = predictor.predict(encoded.features, tokens)
        info = predictor.info
        main = MaskCandidate(binarize(prediction, info), prediction.score)
        others = tuple(MaskCandidate(binarize(one, info), one.score) for one in prediction.candidates[1:])
        phrase_ms = (time.perf_counter() - began) * 1000
        proposal = Proposal(
            text=request.text,
            medium_id=request.medium_id,
            frame=request.frame,
            mask=main.mask,
            score=main.score,
            presence=prediction.presence,
            model=info,
            candidates=(main, *others),
            unknown=tokens.unknown,
            plain=prediction.plain,
            unlike=prediction.unlike,
            truncated=tokens.truncated,
            milliseconds=Milliseconds(encoded.frame_ms, encoded.encode_ms, phrase_ms),
            prior=Prior.of(prediction.probability),
        )
        yield replace(at(AssistPhase.PROPOSAL), proposal=proposal)

    def _vote(self, context: JobContext, proposal: Proposal, asked: list[int], path: Path) -> Iterator[AssistState]:
        """The state with the proposal that the frames asked elect, or with the one that stands."""
        assert self._follower is not None  # noqa: S101  nobody else asks for a vote
        found = None
        if not context.cancelled:
            reader = self._readers.ready(MediumKind.VIDEO)
            found = voted(
                proposal,
                asked,
                reader,
                self._follower(),
                self._session.frames,
                path,
                lambda: not context.cancelled,
            )
        state = AssistState(AssistPhase.PROPOSAL, proposal.text, proposal.medium_id, proposal.frame)
        yield replace(state, proposal=found or proposal)

    def _warm_up(
        self, context: JobContext, kind: MediumKind, medium_id: MediumId | None, path: Path | None, frame: int
    ) -> Iterator[AssistState | _Learned]:
        reader = self._readers.ready(kind)
        if medium_id is not None and path is not None and not context.cancelled:
            frames = self._session.frames
            reader.encoded(frames, path, frame)
            yield _Learned(medium_id, frames.facts(path))

    # --- back on the window's thread -------------------------------------------------------------------------------

    def _take(self, item: AssistState | _Learned) -> None:
        if not isinstance(item, AssistState):
            self._learn(item)
            return
        self._show(item)
        if item.proposal is not None and item.proposal.asked_on == 1:
            self._ask_around(item.proposal)

    def _ask_around(self, proposal: Proposal) -> None:
        """Have the frames around vote on a doubtful answer; until they have, and if they cannot, it stays on offer."""
        medium = self._session.project.media.get(proposal.medium_id)
        # Whoever was told of the proposal may have decided on it at once.
        if self._follower is None or medium is None or proposal is not self._state.proposal:
            return
        asked = frames_to_vote(proposal, medium)
        if not asked:
            return
        path = self._session.path_of(proposal.medium_id)
        stands = self._state
        self._show(replace(stands, asking=len(asked) - 1))
        if self._state.proposal is not proposal:
            return

        def fail(error: BaseException) -> None:
            logger.info("the frames around could not be asked: %s", error)
            self._show(stands)

        self._asking = self._runner.start(
            MODEL_LANE,
            lambda context: self._vote(context, proposal, asked, path),
            on_item=self._show,
            on_failed=fail,
            title=f"Ask around for “{proposal.text[:40]}”",
        )

    def _learn(self, item: AssistState | _Learned) -> None:
        """Note the size of a medium whose file had not been opened before."""
        if isinstance(item, _Learned) and item.medium_id in self._session.project.media:
            try:
                self._session.learn({item.medium_id: item.facts})
            except RefSegError as error:
                self._stop()
                self._show(AssistState(AssistPhase.FAILED, self._state.text, item.medium_id, sentence=str(error)))

    def _fail(self, request: _Request, error: BaseException) -> None:
        if not isinstance(error, RefSegError):
            logger.error("segmenting %r failed", request.text, exc_info=error)
        self._show(
            AssistState(AssistPhase.FAILED, request.text, request.medium_id, request.frame, sentence=sentence_of(error))
        )

    def _stop(self) -> None:
        for job in (self._job, *self._warming.values()):
            if job is not None:
                job.cancel()
        self._job = None
        self._warming.clear()
        self._stop_asking()

    def _stop_asking(self) -> None:
        """What a person has decided on is not to change under their hands."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking = None

    def _show(self, state: AssistState) -> None:
        self._state = state
        for callback in tuple(self._listeners):
            callback(state)


class _Learned(NamedTuple):
    """What the opened file told of a medium, on its way to the session."""

    medium_id: MediumId
    facts: MediumFacts


__all__ = ["Assist", "AssistPhase", "AssistState", "MaskCandidate", "Milliseconds", "Proposal"]
