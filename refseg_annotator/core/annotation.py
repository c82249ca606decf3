"""The records of a project. Every one is a frozen value; a change makes a new one (`dataclasses.replace`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

# Imported at run time: readers of these records' type hints need the names.
from refseg_annotator.core.geometry import Size  # noqa: TC001
from refseg_annotator.core.mask import Mask  # noqa: TC001

MediumId = NewType("MediumId", int)
ReferentId = NewType("ReferentId", int)
ExpressionId = NewType("ExpressionId", int)

AnnotationKey = tuple[ReferentId, int]


class MediumKind(StrEnum):
    """What a medium is."""

    IMAGE = "image"
    VIDEO = "video"


class MediumState(StrEnum):
    """How far the work on a medium has come."""

    UNSEEN = "unseen"
    IN_WORK = "in_work"
    REVIEWED = "reviewed"


class Split(StrEnum):
    """The part of a dataset that a medium belongs to."""

    NONE = "none"
    TRAIN = "train"
    VAL = "val"
    TEST = "test"
    TEST_A = "test_a"
    TEST_B = "test_b"


class Origin(StrEnum):
    """Where a mask came from."""

    MANUAL = "manual"
    PREDICTED = "predicted"
    PROPAGATED = "propagated"
    IMPORTED = "imported"


class ExpressionKind(StrEnum):
    """By what an expression tells its referent apart."""

    UNSPECIFIED = "unspecified"
    CATEGORY = "category"
    COLOUR = "colour"
    POSITION = "position"
    SIZE = "size"
    RELATION = "relation"
    ACTION = "action"
    PLURAL = "plural"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a mask came to be.

    Args:
        origin: Where the present mask began.
        model: Name of the model that proposed it, or that answered the clicks of a person who drew it.
        phrase: The phrase the model read.
        threshold: Probability from which a pixel counted, 0..1.
        score: The model's expected quality of its mask, 0..1.
        iou_before: IoU of the present mask with the model's proposal, 0..1: how much a person changed.
        clicks: Clicks a person gave.
        strokes: Strokes of a tool a person made.
        seconds: Time a person spent on it.
        author: The person.
        proposal: The mask as the model proposed it, kept from a person's first correction on, so that `iou_before` can
            be told of every later one; None while the mask is the model's own, or where no model had a part in it.
    """

    origin: Origin
    model: str | None = None
    phrase: str | None = None
    threshold: float | None = None
    score: float | None = None
    iou_before: float | None = None
    clicks: int = 0
    strokes: int = 0
    seconds: float = 0.0
    author: str = ""
    proposal: Mask | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """An image or a video.

    Args:
        path: Where its file is, with forward slashes; relative to the project file's folder where that is possible.
        size: Size of a frame as shown, after the EXIF rotation.
        frame_count: Number of frames; 1 for an image.
        frame_rate: Frames a second; None for an image or where unknown.
    """

    id: MediumId
    path: str
    kind: MediumKind
    size: Size
    frame_count: int = 1
    state: MediumState = MediumState.UNSEEN
    split: Split = Split.NONE
    frame_rate: float | None = None

    def __post_init__(self) -> None:
        if self.frame_count < 1 or (self.kind is MediumKind.IMAGE and self.frame_count != 1):
            raise ValueError(f"{self.path!r} is an {self.kind} and cannot have {self.frame_count} frames")


@dataclass(frozen=True, slots=True)
class Referent:
    """The object, or group of objects, that expressions of one medium mean.

    Args:
        colour: Index into the palette of overlays.
        hidden: Its overlay is not drawn.
        locked: Tools leave its masks alone.
    """

    id: ReferentId
    medium_id: MediumId
    name: str = ""
    category: str = ""
    colour: int = 0
    hidden: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class FrameSpan:
    """The frames from `first` to `last`, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"a span of frames runs forward from 0, not {self.first} to {self.last}")

    def __contains__(self, frame: int) -> bool:
        return self.first <= frame <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a model said when it was last asked for an expression.

    Args:
        model: Its name and version.
        presence: Probability that the text names anything on the frame, 0..1.
        threshold: The presence below which this model holds that nothing is there, 0..1.
        score: Expected quality of the mask it drew, 0..1.
        frame: The frame it was asked about.
    """

    model: str
    presence: float
    threshold: float
    score: float
    frame: int = 0

    @property
    def is_absent(self) -> bool:
        """Whether the model held that nothing on the frame answers to the text."""
        return self.presence < self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindCheck:
    """One person's answer to an expression, given without seeing its masks.

    Args:
        agreement: IoU of the checker's mask with that of all targets together, 0..1; 1 where both say "nothing here".
        is_absent: The checker found nothing that the text names.
        author: The checker.
        checked_at: When, as ISO 8601 with the zone.
        seconds: How long it took.
        is_resolved: Someone has looked at the two masks since and settled the question.
    """

    agreement: float
    is_absent: bool = False
    frame: int = 0
    author: str = ""
    checked_at: str = ""
    seconds: float = 0.0
    is_resolved: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that names one, many or no referents of a medium.

    Args:
        targets: The referents it means, each once. None yet, and `no_target` unset: nobody has looked.
        no_target: Someone has checked that nothing in the medium answers to the text.
        span: The frames it speaks of; None for all.
        asked: What a model said of it; None while none was asked. With neither targets nor `no_target` it is open, and
            where the model found nothing it is "probably not here": a person has to say.
        checks: Blind checks, the latest last.
    """

    id: ExpressionId
    medium_id: MediumId
    text: str
    targets: tuple[ReferentId, ...] = ()
    no_target: bool = False
    kind: ExpressionKind = ExpressionKind.UNSPECIFIED
    author: str = ""
    span: FrameSpan | None = None
    asked: Asked | None = None
    checks: tuple[BlindCheck, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what it means."""
        return not self.targets and not self.no_target

    def __post_init__(self) -> None:
        if self.no_target and self.targets:
            raise ValueError(f"the expression {self.text!r} is marked as having no target and has {len(self.targets)}")
        if len(set(self.targets)) != len(self.targets):
            raise ValueError(f"the expression {self.text!r} names a referent twice")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One referent's mask on one frame.

    Args:
        frame: Frame index from 0; 0 for an image.
        mask: Its pixels; an empty mask says that the referent is absent from the frame.
        keyframe: A person settled this mask; propagation stops here.
    """

    referent_id: ReferentId
    frame: int
    mask: Mask
    provenance: Provenance
    keyframe: bool = False

    @property
    def key(self) -> AnnotationKey:
        """What no two annotations of a project share."""
        return self.referent_id, self.frame

    @property
    def nbytes(self) -> int:
        """Bytes held by the pixels, or the code, of the mask and of the proposal that is kept with it."""
        proposal = self.provenance.proposal
        return self.mask.nbytes + (0 if proposal is None else proposal.nbytes)

    @property
    def is_absent(self) -> bool:
        """Whether the annotation says that the referent is not to be seen on the frame."""
        return self.mask.is_empty
