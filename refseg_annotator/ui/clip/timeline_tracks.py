"""How each referent stands on each frame of the clip on show, as arrays: what the strips paint and the queue lists.

The project and the masks on offer stay the truth; these arrays follow them, one cell a frame, so that a clip of 54,000
frames is painted from what is in sight and a single change costs a single cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from refseg_annotator.inference.propagation_drift import doubtful_queue
from refseg_annotator.services.clip_review import FrameState, drift_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import Annotation, AnnotationKey, ReferentId
    from refseg_annotator.core.events import Change
    from refseg_annotator.inference.propagation_drift import DoubtfulFrames, DriftSign
    from refseg_annotator.services.propagate_proposal import FramesProposal, PropagationState, ProposedMask
    from refseg_annotator.ui.bridge import Bridge


class Mark(IntEnum):
    """A `FrameState` as a cell; a higher one is shown where several frames share a pixel. NONE has no mask."""

    NONE = 0
    ABSENT = 1
    OPEN = 2
    PROPAGATED = 3
    SETTLED_ABSENT = 4
    SETTLED = 5
    DOUBTFUL = 6


_MARK_OF: Final = {
    FrameState.ABSENT: Mark.ABSENT,
    FrameState.OPEN: Mark.OPEN,
    FrameState.PROPAGATED: Mark.PROPAGATED,
    FrameState.SETTLED_ABSENT: Mark.SETTLED_ABSENT,
    FrameState.SETTLED: Mark.SETTLED,
    FrameState.DOUBTFUL: Mark.DOUBTFUL,
}


def is_settled(marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which cells are keyframes."""
    return np.asarray((marks == Mark.SETTLED) | (marks == Mark.SETTLED_ABSENT), np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One referent through the clip; a cell a frame.

    Args:
        marks: as the project has it, uint8 of `Mark`.
        drift: of propagated masks, float32 0..1.
        offered: masks on offer, NONE where there is none; what is settled is never on offer.
        offered_drift: their drift.
    """

    marks: NDArray[np.uint8]
    drift: NDArray[np.float32]
    offered: NDArray[np.uint8]
    offered_drift: NDArray[np.float32]

    @classmethod
    def empty(cls, frames: int) -> Track:
        """Nothing on any frame."""
        return cls(
            np.zeros(frames, np.uint8),
            np.zeros(frames, np.float32),
            np.zeros(frames, np.uint8),
            np.zeros(frames, np.float32),
        )

    def shown(self, part: slice) -> NDArray[np.uint8]:
        """What one sees on some frames: a mask on offer lies over what the project has."""
        return np.where(self.offered[part] > 0, self.offered[part], self.marks[part])

    def put(self, frame: int, annotation: Annotation | None) -> None:
        """Note what the project has on a frame."""
        if 0 <= frame < len(self.marks):
            self.marks[frame] = Mark.NONE if annotation is None else _MARK_OF[state_of(annotation)]
            self.drift[frame] = 0.0 if annotation is None else drift_of(annotation) or 0.0

    def offer(self, frame: int, proposed: ProposedMask | None) -> None:
        """Note what is on offer on a frame."""
        if 0 <= frame < len(self.offered):
            self.offered[frame] = Mark.NONE if proposed is None else _mark_of_offer(proposed)
            self.offered_drift[frame] = 0.0 if proposed is None else proposed.drift.score


def _mark_of_offer(proposed: ProposedMask) -> Mark:
    if proposed.drift.is_doubtful:
        return Mark.DOUBTFUL
    return Mark.ABSENT if proposed.is_absent else Mark.PROPAGATED


class Tracks(QObject):
    """The tracks of the clip on show.

    Signals:
        changed: a cell, or all, differ.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._tracks: dict[ReferentId, Track] = {}
        self._place: tuple[object, object, int, bool] | None = None
        self._offer_size = 0
        self.looked_at = 0
        """Annotations read so far, so that tests can see that little is read anew."""
        bridge.place_changed.connect(self.follow_place)
        bridge.session_changed.connect(self.reload)
        bridge.project_changed.connect(self._on_change)
        bridge.propagation_changed.connect(self._on_offer)

    @property
    def frame_count(self) -> int:
        """Frames of the clip; 0 where there is none on show."""
        medium = self._bridge.medium
        return 0 if medium is None else medium.frame_count

    def of(self, referent_id: ReferentId) -> Track:
        """A referent's track, made when it is first asked for."""
        track = self._tracks.get(referent_id)
        if track is None:
            track = self._tracks[referent_id] = Track.empty(self.frame_count)
            for annotation in self._bridge.session.project.annotations_of(referent_id):
                track.put(annotation.frame, annotation)
                self.looked_at += 1
            proposal = self._offer()
            for key in [] if proposal is None else proposal:
                if key[0] == referent_id:
                    track.offer(key[1], proposal[key] if proposal is not None else None)
        return track

    def keyframes(self, referents: Iterable[ReferentId]) -> list[int]:
        """The frames on which one of the referents is settled, rising."""
        settled = np.zeros(self.frame_count, np.bool_)
        for referent_id in referents:
            settled |= is_settled(self.of(referent_id).marks)
        return [int(frame) for frame in np.flatnonzero(settled)]

    def doubtful(self) -> list[DoubtfulFrames]:
        """The doubtful frames of the clip, accepted or on offer, the worst first."""
        proposal = self._offer()
        rows: list[tuple[ReferentId, int, float, DriftSign | None]] = []
        for referent in self._bridge.referents_here():
            track = self.of(referent.id)
            for at in np.flatnonzero(track.shown(slice(None)) == Mark.DOUBTFUL):
                frame = int(at)
                proposed = None if proposal is None else proposal.get((referent.id, frame))
                if proposed is None:
                    rows.append((referent.id, frame, float(track.drift[frame]), None))
                else:
                    rows.append((referent.id, frame, proposed.drift.score, proposed.drift.worst))
        # Each of them was found doubtful by those who know; here they are only put in order.
        return doubtful_queue(rows, limit=0.0)

    def follow_place(self) -> None:
        """Begin anew if another clip is on show, or if its masks have come into memory."""
        bridge = self._bridge
        is_loaded = bridge.medium_id in bridge.session.project.loaded_media
        place = (bridge.session, bridge.medium_id, self.frame_count, is_loaded)
        if place != self._place:
            self._place = place
            self.reload()

    def reload(self) -> None:
        """Make everything anew when next asked for."""
        self._tracks.clear()
        self._offer_size = len(self._offer() or ())
        self.changed.emit()

    def _offer(self) -> FramesProposal | None:
        proposal = self._bridge.propagation.proposal
        return proposal if proposal is not None and proposal.medium_id == self._bridge.medium_id else None

    def _on_change(self, change: Change) -> None:
        project, medium_id = self._bridge.session.project, self._bridge.medium_id
        if medium_id is not None and medium_id in change.media:
            self.follow_place()
        gone = [known for known in self._tracks if known not in project.referents]
        for known in gone:
            del self._tracks[known]
        touched = False
        for referent_id, frame in change.annotations:
            track = self._tracks.get(referent_id)
            if track is not None:
                track.put(frame, project.annotations.get((referent_id, frame)))
                self.looked_at += 1
                touched = True
        if touched or gone or change.referents:
            self.changed.emit()

    def _on_offer(self, state: PropagationState) -> None:
        proposal = self._offer()
        size = len(proposal or ())
        if state.arrived:
            self._take_arrived(proposal, state.arrived)
            self._offer_size = size
            self.changed.emit()
        elif size != self._offer_size:
            # A run replaced others, or all was accepted or discarded.
            for track in self._tracks.values():
                track.offered.fill(Mark.NONE)
            self._take_arrived(proposal, proposal or ())
            self._offer_size = size
            self.changed.emit()

    def _take_arrived(self, proposal: FramesProposal | None, keys: Iterable[AnnotationKey]) -> None:
        for referent_id, frame in keys:
            track = self._tracks.get(referent_id)
            if track is not None:
                track.offer(frame, None if proposal is None else proposal.get((referent_id, frame)))
