"""What can be done with clips: going through them, settling frames, carrying masks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt

from refseg_annotator.core.annotation import FrameSpan
from refseg_annotator.inference.propagation_plan import Direction
from refseg_annotator.services import annotate, clip_review
from refseg_annotator.services.propagate_proposal import FramesProposal, PropagationPhase
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.clip.offer_verbs import OfferVerbs
from refseg_annotator.ui.clip.propagation_bar import FLOW_NAME, FLOW_SENTENCE, offer_words
from refseg_annotator.ui.clip.propagation_dialog import PropagationDialog
from refseg_annotator.ui.clip.timeline import is_clip
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.services.propagate_proposal import PropagationState
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.clip.timeline import Timeline

_LEAP: Final = 10
# What means something only while a clip is on show.
_OF_CLIPS: Final = (
    "play", "previous_frame", "next_frame", "back_frames", "ahead_frames", "first_frame", "last_frame",
    "previous_keyframe", "next_keyframe", "previous_doubtful", "next_doubtful", "settle", "absent", "fine_so",
    "propagate_forward", "propagate_backward", "propagate_to_keyframe", "propagate_between", "propagate_range",
    "propagate_again",
)  # fmt: skip


class TimelineVerbs(QObject):
    """Binds the actions for clips, and keeps them enabled or not."""

    def __init__(self, bridge: Bridge, actions: Actions, timeline: Timeline, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._actions = actions
        self._timeline = timeline
        self._window = window
        self._told_of_flow = False
        self.offer = OfferVerbs(bridge, actions, self)
        for action_id, call in self._verbs().items():
            actions.on(action_id, call)
        for signal in (bridge.place_changed, bridge.session_changed, bridge.selection_changed):
            signal.connect(self.refresh)
        bridge.project_changed.connect(lambda _: self.refresh())
        bridge.propagation_changed.connect(self._on_propagation)
        bridge.settings_changed.connect(self._forget_telling)
        self.refresh()

    def _verbs(self) -> dict[str, Callable[[], object]]:
        return {
            "play": self._timeline.player.toggle,
            "previous_frame": partial(self.step, -1),
            "next_frame": partial(self.step, 1),
            "back_frames": partial(self.step, -_LEAP),
            "ahead_frames": partial(self.step, _LEAP),
            "first_frame": lambda: self.go(0),
            "last_frame": lambda: self.go(self._last),
            "previous_keyframe": partial(self.step_keyframe, forward=False),
            "next_keyframe": partial(self.step_keyframe, forward=True),
            "previous_doubtful": partial(self.step_doubtful, forward=False),
            "next_doubtful": partial(self.step_doubtful, forward=True),
            "settle": self.settle,
            "absent": self.mark_absent,
            "fine_so": self.fine_so,
            "propagate_forward": lambda: self._propagate(Direction.FORWARD),
            "propagate_backward": lambda: self._propagate(Direction.BACKWARD),
            "propagate_to_keyframe": lambda: self._propagate(Direction.FORWARD, to_next_keyframe=True),
            "propagate_between": lambda: self._propagate(Direction.BOTH, to_next_keyframe=True),
            "propagate_range": self.ask_range,
            "propagate_again": self.propagate_again,
            "stop_propagation": self.stop,
            "discard_propagation": self.discard,
        }

    def refresh(self) -> None:
        """Enable what can be done now."""
        clip = is_clip(self._bridge)
        for action_id in _OF_CLIPS:
            self._actions[action_id].setEnabled(clip)
        propagation = self._bridge.propagation
        self._actions["stop_propagation"].setEnabled(propagation.state.is_busy)
        self._actions["discard_propagation"].setEnabled(propagation.proposal is not None)

    # --- going -------------------------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        medium = self._bridge.medium
        return 0 if medium is None else medium.frame_count - 1

    def go(self, frame: int) -> None:
        """Go to a frame of the clip."""
        self._timeline.player.pause()
        self._bridge.show(self._bridge.medium_id, min(max(frame, 0), self._last))

    def step(self, by: int) -> None:
        """Go so many frames on."""
        self.go(self._bridge.frame + by)

    def step_keyframe(self, *, forward: bool) -> None:
        """Go to the next keyframe of the selected referent, or of any."""
        bridge, frame = self._bridge, self._bridge.frame
        whom = [bridge.referent_id] if bridge.referent_id is not None else [one.id for one in bridge.referents_here()]
        keyframes = self._timeline.tracks.keyframes(whom)
        beyond = [key for key in keyframes if (key > frame if forward else key < frame)]
        if beyond:
            self.go(beyond[0] if forward else beyond[-1])
        else:
            bridge.say(
                tr("There is no keyframe after this frame.")
                if forward
                else tr("There is no keyframe before this frame.")
            )

    def step_doubtful(self, *, forward: bool) -> None:
        """Go to the next run of doubtful frames, and select whom it is about."""
        queue = self._timeline.tracks.doubtful()
        run = clip_review.next_doubtful(queue, self._bridge.frame, self._bridge.referent_id, forward=forward)
        if run is None:
            beyond = (
                tr("No frame after this one is doubtful.") if forward else tr("No frame before this one is doubtful.")
            )
            self._bridge.say(beyond if queue else tr("No frame of this clip is doubtful."))
            return
        self.go(run.first)
        self._bridge.select(run.referent)

    # --- settling ----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Settle the selected referent's mask on this frame, or take that back."""
        bridge = self._bridge
        referent_id = self._whom(tr("Select the referent to settle first."))
        if referent_id is None:
            return
        annotation = bridge.session.project.annotations.get((referent_id, bridge.frame))
        if annotation is not None and annotation.keyframe:
            bridge.attempt(lambda: annotate.settle(bridge.session, referent_id, bridge.frame, is_keyframe=False))
        else:
            bridge.attempt(lambda: bridge.propagation.settle(referent_id, bridge.frame))

    def mark_absent(self) -> None:
        """Settle that the selected referent is not to be seen on this frame."""
        bridge = self._bridge
        referent_id = self._whom(tr("Select the referent to mark as absent first."))
        if referent_id is not None:
            bridge.attempt(lambda: annotate.mark_absent(bridge.session, referent_id, bridge.frame))

    def fine_so(self) -> None:
        """Settle the run of doubtful frames that this frame lies in, of the selected referent, or else of another."""
        bridge, frame = self._bridge, self._bridge.frame
        runs = [run for run in self._timeline.tracks.doubtful() if run.first <= frame <= run.last]
        mine = [run for run in runs if run.referent == bridge.referent_id] or runs[:1]
        if not mine:
            bridge.say(tr("This frame is not doubtful; press Q for the next one that is."))
            return
        run = mine[0]
        keys = [(run.referent, at) for at in range(run.first, run.last + 1)]
        change = bridge.attempt(lambda: bridge.propagation.settle_all(keys, "Fine so"))
        if change is not None:
            self._timeline.queue.refresh()
            left = len(self._timeline.tracks.doubtful())
            told = tr("{left:,} more to look at; press Q.", left=left) if left else tr("Nothing is doubtful any more.")
            count = run.last - run.first + 1
            bridge.say(
                tr_count(count, "Settled {count:,} frame. {told}", "Settled {count:,} frames. {told}", told=told),
                Tone.GOOD,
                action="undo",
            )

    def _whom(self, otherwise: str) -> ReferentId | None:
        bridge = self._bridge
        if bridge.referent_id is not None:
            return bridge.referent_id
        referents = bridge.referents_here()
        if len(referents) == 1:
            return referents[0].id
        bridge.say(otherwise, Tone.WARNING)
        return None

    # --- carrying ----------------------------------------------------------------------------------------------

    def _propagate(self, direction: Direction, *, to_next_keyframe: bool = False) -> None:
        bridge, medium_id, frame = self._bridge, self._bridge.medium_id, self._bridge.frame
        if medium_id is None:
            return
        whom = None if bridge.referent_id is None else [bridge.referent_id]
        self._start(
            lambda: bridge.propagation.start(
                medium_id, frame, direction, referents=whom, to_next_keyframe=to_next_keyframe
            )
        )

    def ask_range(self) -> None:
        """Ask which frames, which way and whom."""
        bridge = self._bridge
        if not is_clip(bridge):
            return
        if not bridge.referents_here():
            bridge.say(tr("There is no mask to start from; draw one on this frame, or type a phrase."), Tone.WARNING)
            return
        dialog = PropagationDialog(bridge, FrameSpan(bridge.frame, self._last), self._run_range, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _run_range(self, span: FrameSpan, direction: Direction, whom: Sequence[ReferentId]) -> bool:
        bridge, medium_id = self._bridge, self._bridge.medium_id
        if medium_id is None:
            return False
        return self._start(
            # The frame on show is only where one happens to look meanwhile.
            lambda: bridge.propagation.start(
                medium_id, bridge.frame, direction, referents=whom, span=span, from_here=False
            )
        )

    def propagate_again(self) -> None:
        """Carry the corrected mask to the frames that were propagated around it."""
        bridge = self._bridge
        referent_id = self._whom(tr("Select the referent to propagate again first."))
        if referent_id is not None:
            self._start(lambda: bridge.propagation.rerun(referent_id, bridge.frame))

    def _start(self, call: Callable[[], None]) -> bool:
        def begun() -> bool:
            call()
            return True

        return bool(self._bridge.attempt(begun))

    @property
    def has_offer(self) -> bool:
        """Whether Enter or Esc have something to decide about."""
        state = self._bridge.propagation.state
        return state.is_busy or state.proposal is not None or state.phase is PropagationPhase.FAILED

    def accept(self) -> bool:
        """Take what is on offer into the project; whether there was something to decide."""
        bridge = self._bridge
        proposal = bridge.propagation.proposal
        if proposal is None or bridge.propagation.state.is_busy:
            return False
        if proposal.medium_id != bridge.medium_id:
            bridge.show(proposal.medium_id, proposal.frames[0])
            bridge.say(tr("The propagated masks on offer are those of this clip; look at them, then press Enter."))
            return True
        change = bridge.attempt(bridge.propagation.accept)
        if change is not None:
            taken = FramesProposal(proposal.medium_id, {key: proposal[key] for key in change.annotations})
            left = len(self._timeline.tracks.doubtful())
            told = [tr("Accepted {words}.", words=offer_words(taken))]
            if any(other.medium_id == proposal.medium_id for other in bridge.propagation.proposals):
                told.append(tr("What is locked stays on offer; unlock it to accept it."))
            if left:
                told.append(
                    tr_count(
                        left,
                        "In one place it is doubtful, press Q to look at it.",
                        "In {count:,} places it is doubtful, press Q to look at them.",
                    )
                )
            bridge.say(" ".join(told), Tone.GOOD, action="undo")
        return True

    def reject(self) -> bool:
        """Esc: stop what runs; what is on offer is not thrown away by a single key."""
        state = self._bridge.propagation.state
        if state.is_busy:
            self.stop()
        elif state.proposal is not None:
            words = offer_words(state.proposal)
            self._bridge.say(
                tr("{upper}{value} on offer: Enter accepts.", upper=words[:1].upper(), value=words[1:]),
                action="discard_propagation",
            )
        elif state.phase is PropagationPhase.FAILED:
            self._bridge.propagation.reject()
        else:
            return False
        return True

    def stop(self) -> None:
        """Stop; what arrived stays on offer."""
        propagation = self._bridge.propagation
        was_busy = propagation.state.is_busy
        propagation.cancel()
        if was_busy and propagation.proposal is None:  # else the bar stays, and says what is on offer
            self._bridge.say(tr("Stopped before any mask had been carried; nothing has changed."))

    def discard(self) -> None:
        """Drop what is on offer; undo brings it back."""
        propagation = self._bridge.propagation
        proposal = propagation.proposal
        if proposal is None:
            propagation.reject()
            return
        words = offer_words(proposal)
        if self._bridge.attempt(propagation.discard) is not None:
            self._bridge.say(tr("Discarded {words}.", words=words), action="undo")

    # --- keeping up --------------------------------------------------------------------------------------------

    def _on_propagation(self, state: PropagationState) -> None:
        propagation = self._bridge.propagation
        self._actions["stop_propagation"].setEnabled(state.is_busy)
        self._actions["discard_propagation"].setEnabled(state.proposal is not None)
        if state.notice is not None:
            self._bridge.say(state.notice, Tone.WARNING)
        model = propagation.model
        if model is not None and model.name == FLOW_NAME and not self._told_of_flow and state.is_busy:
            self._told_of_flow = True
            self._bridge.say(tr(FLOW_SENTENCE), Tone.WARNING)

    def _forget_telling(self) -> None:
        # Another model may have been chosen, of which the same must be said again.
        self._told_of_flow = False
