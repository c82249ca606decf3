"""What the assistant shows: a proposal, and the state of the work towards one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.predictor import ModelInfo
    from refseg_annotator.services.refine import Prior


class AssistPhase(StrEnum):
    """What the assistant is at."""

    IDLE = "idle"
    LOADING_MODEL = "loading_model"
    ENCODING = "encoding"
    READING_PHRASE = "reading_phrase"
    PROPOSAL = "proposal"
    FAILED = "failed"


class MaskCandidate(NamedTuple):
    """One reading of the phrase, and its expected quality, 0..1."""

    mask: Mask
    score: float


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """How long the steps took; `encode` is 0 where the picture was encoded already."""

    frame: float = 0.0
    encode: float = 0.0
    phrase: float = 0.0

    @property
    def total(self) -> float:
        """All steps together."""
        return self.frame + self.encode + self.phrase


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proposal:
    """A prediction offered to the user, frozen; no part of the project until accepted.

    Attributes:
        text: the phrase as typed.
        mask: the chosen candidate's mask, at source size.
        score: its expected quality, 0..1.
        presence: probability that the phrase names anything in the frame, 0..1.
        candidates: all readings, best first; `chosen` is the place of `mask` among them.
        unknown: words that the model's vocabulary lacks.
        plain: how the model read the phrase otherwise too, as `inference.predictor.Prediction` says; mostly empty.
        unlike: a colour that the phrase gives and the best candidate hardly has; mostly empty.
        truncated: whether words past the model's limit went unread.
        asked_on: frames of a clip that were asked, this one among them, and voted on the mask.
        prior: the probability behind the best candidate, for tools that refine it; None where it is not known.
        clicks: how often a person pointed at something to correct the mask; `seconds` is how long that took.
    """

    text: str
    medium_id: MediumId
    frame: int
    mask: Mask
    score: float
    presence: float
    model: ModelInfo
    candidates: tuple[MaskCandidate, ...] = ()
    chosen: int = 0
    unknown: tuple[str, ...] = ()
    plain: str = ""
    unlike: str = ""
    truncated: bool = False
    asked_on: int = 1
    milliseconds: Milliseconds = field(default_factory=Milliseconds)
    prior: Prior | None = None
    clicks: int = 0
    seconds: float = 0.0

    @property
    def model_mask(self) -> Mask:
        """The chosen candidate's mask as the model drew it."""
        return self.candidates[self.chosen].mask if self.candidates else self.mask

    @property
    def is_absent(self) -> bool:
        """Whether the model holds that the phrase names nothing in the frame."""
        return self.presence < self.model.presence_threshold


@dataclass(frozen=True, slots=True, eq=False)
class AssistState:
    """What the phrase bar shows. `proposal` stands in phase PROPOSAL, `sentence` in FAILED.

    Attributes:
        asking: frames around the proposal's that are being asked, for it is not sure of itself; 0 where none are.
    """

    phase: AssistPhase = AssistPhase.IDLE
    text: str = ""
    medium_id: MediumId | None = None
    frame: int = 0
    proposal: Proposal | None = None
    sentence: str | None = None
    asking: int = 0

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self.phase in (AssistPhase.LOADING_MODEL, AssistPhase.ENCODING, AssistPhase.READING_PHRASE)
