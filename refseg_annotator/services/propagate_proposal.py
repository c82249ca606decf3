"""What propagation offers: masks over many frames, no part of the project until accepted, and the state of the work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import Origin, Provenance
from refseg_annotator.inference.propagation_drift import DoubtfulFrames, doubtful_queue
from refseg_annotator.services.jobs import Progress

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import AnnotationKey, MediumId
    from refseg_annotator.core.geometry import Box, Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.propagation import PropagatedMask
    from refseg_annotator.inference.propagation_drift import Drift


class PropagationPhase(StrEnum):
    """What propagation is at."""

    IDLE = "idle"
    LOADING_MODEL = "loading_model"
    RUNNING = "running"
    PROPOSAL = "proposal"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, eq=False)
class ProposedMask:
    """One referent on one frame as proposed. A long clip has tens of thousands.

    Attributes:
        mask: packed; it goes into the project as it is.
        presence: probability that the referent is to be seen, 0..1.
        score: the model's expected quality, 0..1.
        drift: what speaks for drift.
        is_draft: seen from one side only so far.
        model: name and version of the model.
        threshold: probability from which a pixel counted, 0..1.
    """

    mask: Mask
    presence: float
    score: float
    drift: Drift
    is_draft: bool
    model: str
    threshold: float

    @classmethod
    def of(cls, result: PropagatedMask, *, is_draft: bool, model: str, threshold: float) -> ProposedMask:
        """A result packed."""
        return cls(
            result.mask.packed(),
            result.presence,
            result.score,
            result.drift,
            is_draft,
            model,
            threshold,
        )

    def provenance(self, author: str = "") -> Provenance:
        """How the mask came to be, once it is accepted; the drift stays with it, as what it leaves of 1."""
        return Provenance(
            Origin.PROPAGATED,
            model=self.model,
            threshold=self.threshold,
            score=round(1 - self.drift.score, 4),
            iou_before=1.0,
            author=author,
        )

    @property
    def size(self) -> Size:
        """Size of the frame."""
        return self.mask.size

    @property
    def box(self) -> Box:
        """The tight box around the mask."""
        return self.mask.box

    @property
    def is_absent(self) -> bool:
        """Whether the referent is proposed as absent."""
        return self.mask.is_empty


class FramesProposal(Mapping["AnnotationKey", ProposedMask]):
    """Proposed masks by referent and frame: a live view that grows while the work goes on.

    Attributes:
        medium_id: the clip.
    """

    def __init__(self, medium_id: MediumId, masks: Mapping[AnnotationKey, ProposedMask]) -> None:
        self.medium_id = medium_id
        self._masks = masks

    def __getitem__(self, key: AnnotationKey) -> ProposedMask:
        return self._masks[key]

    def __iter__(self) -> Iterator[AnnotationKey]:
        return iter(self._masks)

    def __len__(self) -> int:
        return len(self._masks)

    @property
    def frames(self) -> list[int]:
        """The frames with a proposed mask, rising."""
        return sorted({frame for _, frame in self._masks})

    def doubtful(self) -> list[DoubtfulFrames]:
        """What to look at before accepting, the worst first."""
        return doubtful_queue(
            (referent, frame, proposed.drift.score, proposed.drift.worst)
            for (referent, frame), proposed in self._masks.items()
        )


@dataclass(frozen=True, slots=True, eq=False)
class PropagationState:
    """What the timeline and the job panel show.

    Attributes:
        proposal: the masks on offer, also while more arrive, after a cancellation and after a failure.
        arrived: what came into the proposal, or left it, since the state before; for redrawing.
        progress: frames passed, of how many, and the time left.
        sentence: what went wrong, in phase FAILED.
        notice: what to tell the person with this one state, whatever the phase.
    """

    phase: PropagationPhase = PropagationPhase.IDLE
    proposal: FramesProposal | None = None
    arrived: tuple[AnnotationKey, ...] = ()
    progress: Progress = field(default_factory=Progress)
    sentence: str | None = None
    notice: str | None = None

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self.phase in (PropagationPhase.LOADING_MODEL, PropagationPhase.RUNNING)
