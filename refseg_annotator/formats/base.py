"""What every format shares: the staged data set, the options, and the record by which a format is known.

A `Dataset` stands between files and projects. Its records are the core's own, with ids that count only within it; masks
are decoded one medium at a time, so that a million of them never lie in memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    ExpressionKind,
    FrameSpan,
    MediumId,
    MediumKind,
    Origin,
    Provenance,
    Referent,
    ReferentId,
    Split,
)
from refseg_annotator.formats.faults import Fault
from refseg_annotator.formats.report import Ledger, Note, TransferReport

if TYPE_CHECKING:
    from refseg_annotator.core.geometry import Size

__all__ = [
    "IMPORTED",
    "Dataset",
    "DatasetMedium",
    "Format",
    "Ledger",
    "Loss",
    "Note",
    "Progress",
    "ReadOptions",
    "Stage",
    "TransferReport",
    "WriteOptions",
    "titles_of",
]

Progress: TypeAlias = Callable[[int, int, str], None]
"""`progress(done, total, note)`; it may raise to stop the transfer, which then leaves nothing behind."""

IMPORTED = Provenance(origin=Origin.IMPORTED)


def no_progress(_done: int, _total: int, _note: str) -> None:
    """For callers that do not watch."""


class Loss(StrEnum):
    """What a format cannot hold; the value is the words shown before an export."""

    CLIPS = "clips (their annotated frames are written as photos)"
    PHOTOS = "photos (only clips are written)"
    OVERLAPS = "overlaps (a pixel belongs to one referent, the smaller)"
    HOLES = "holes and parts too small for a polygon"
    OUTLINE = "the exact outline of a mask"
    EXPRESSIONS = "expressions"
    NO_TARGET = "expressions that fit nothing"
    NO_TARGET_ALONE = "expressions that fit nothing on photos without a mask"
    UNLINKED = "expressions without a referent yet"
    SEVERAL_TARGETS = "expressions for several referents"
    KIND = "the kind of an expression"
    AUTHOR = "the author of an expression"
    SPAN = "the frames an expression speaks of"
    NAMES = "the names of referents"
    CATEGORIES = "the categories of referents"
    UNPHRASED = "referents without an expression"
    MASKLESS = "referents without a mask"
    ABSENCE = "frames where a referent is marked absent"
    WHOLE_FRAMES = "frames with masks of some referents only (the others read as absent)"
    PROVENANCE = "who or what made a mask"
    KEYFRAMES = "which frames a person settled"
    SPLITS = "splits"
    TEST_SPLITS = "testA and testB (written as test)"
    VAL_SPLIT = "val (written as test)"
    NO_SPLIT = "media without a split (written as train)"
    FRAME_RATE = "the frame rate of clips"
    CROWDS = "the mark of a crowd region"
    MEDIA_WITHOUT_MASKS = "media without masks or expressions"
    LINE_BREAKS = "line breaks in expressions (written as spaces)"


@dataclass(frozen=True, slots=True)
class DatasetMedium:
    """A photo or clip of a data set.

    Attributes:
        path: The source on this machine: a photo, a clip, or the folder with a clip's frames. It may be missing.
        size: The frame as shown, that is, after any EXIF rotation.
        name: How the data set calls it: a relative path without tricks, for a clip without extension.
        source_frame: The frame of `path` that this photo is, where `path` is a clip.
    """

    id: MediumId
    path: Path
    kind: MediumKind
    size: Size
    name: str
    frame_count: int = 1
    frame_rate: float | None = None
    split: Split = Split.NONE
    source_frame: int | None = None

    @property
    def is_clip(self) -> bool:
        """True for a medium with frames."""
        return self.kind is MediumKind.VIDEO


Loader: TypeAlias = Callable[[MediumId], Sequence[Annotation]]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A staged data set: nothing of it is in a project yet.

    Attributes:
        load: The annotations of one medium, decoded at the call; raises `FormatError` where the files are broken.
        quick_check: What `check` uses.
        crowds: The referents that stand for a crowd nobody told apart; evaluation passes over them.
        ledger: What reading dropped and changed; `load` may add to it.
    """

    media: tuple[DatasetMedium, ...]
    referents: tuple[Referent, ...]
    expressions: tuple[Expression, ...]
    load: Loader = field(repr=False)
    ledger: Ledger = field(default_factory=Ledger, repr=False)
    crowds: frozenset[ReferentId] = frozenset()
    quick_check: Callable[[MediumId], None] | None = field(default=None, repr=False)

    def check(self, medium_id: MediumId) -> None:
        """Prove that `load` will succeed for a medium, at less cost where the format knows how.

        Raises:
            FormatError: It would not.
        """
        if self.quick_check is not None:
            self.quick_check(medium_id)
        else:
            self.load(medium_id)

    def referents_by_medium(self) -> dict[MediumId, list[Referent]]:
        """The referents of each medium, in order; every medium has an entry."""
        found: dict[MediumId, list[Referent]] = {medium.id: [] for medium in self.media}
        for referent in self.referents:
            found[referent.medium_id].append(referent)
        return found

    def expressions_by_medium(self) -> dict[MediumId, list[Expression]]:
        """The expressions of each medium, in order; every medium has an entry."""
        found: dict[MediumId, list[Expression]] = {medium.id: [] for medium in self.media}
        for expression in self.expressions:
            found[expression.medium_id].append(expression)
        return found


def titles_of(referents: Sequence[Referent], expressions: Sequence[Expression]) -> dict[ReferentId, str]:
    """What sentences call the referents of one medium, all of them in order, as the window does: by the name, else the
    category, else the first phrase for it, else by its number in the medium, from 1.
    """
    phrases: dict[ReferentId, str] = {}
    for expression in expressions:
        for target in expression.targets:
            phrases.setdefault(target, expression.text)
    return {
        referent.id: referent.name or referent.category or phrases.get(referent.id) or f"referent {number}"
        for number, referent in enumerate(referents, 1)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read a data set.

    Attributes:
        image_root: The folder of the photos or frames, where the format leaves it open.
        split: Only this split, by the format's own name ("valid", "testA").
        by: Whose split, where a data set has several (RefCOCO: "unc", "google", "umd").
    """

    image_root: Path | None = None
    split: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """How to write a data set.

    Attributes:
        polygons: COCO and LabelMe: polygons in place of exact masks; the report says what they lose.
        media: Whether photos and frames are copied beside, hard-linked where the disk allows, or left out.
        clips_as: Formats that take both: a video file a clip, or its frames as pictures.
        replace: Replace an earlier export at the destination; anything else there is never replaced.
    """

    polygons: bool = False
    media: Literal["copy", "link", "none"] = "copy"
    clips_as: Literal["video", "frames"] = "video"
    replace: bool = False


Sniffer: TypeAlias = Callable[[Path], bool]
Reader: TypeAlias = Callable[[Path, ReadOptions, Progress], Dataset]
FaultFinder: TypeAlias = Callable[[Path, ReadOptions], Iterable[Fault]]
Writer: TypeAlias = Callable[[Dataset, Path, WriteOptions, Progress], TransferReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A data set format as dialog, command line and tests know it.

    Attributes:
        name: What one types: "refcoco".
        title: What one reads: "RefCOCO, RefCOCO+, RefCOCOg".
        file_suffix: The suffix of the single file the format can be, or "" where it is always a folder.
        has_authors: Whether its splits are somebody's (RefCOCO: "unc", "google"), which `ReadOptions.by` tells.
        writes_file: Whether an export may be that single file, without the media.
        sniff: Whether a file or folder looks like this format; never raises, opens little.
        read: Stages a data set; None where the format is only written.
        faults: Lists everything wrong with the structure of the files, where reading alone would stop at the first.
        write: Writes into an existing, empty folder; None where the format is only read.
    """

    name: str
    title: str
    summary: str
    holds_photos: bool
    holds_clips: bool
    loses: frozenset[Loss] = frozenset()
    file_suffix: str = ""
    has_authors: bool = False
    writes_file: bool = False
    sniff: Sniffer
    read: Reader | None = None
    faults: FaultFinder | None = None
    write: Writer | None = None

    @property
    def reads(self) -> bool:
        """Whether data sets of this format can be imported."""
        return self.read is not None

    @property
    def writes(self) -> bool:
        """Whether data sets of this format can be exported."""
        return self.write is not None


class Stage:
    """Builds a `Dataset`: hands out ids, keeps order, refuses nothing (readers check before they add)."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self._next = 1
        self._media: list[DatasetMedium] = []
        self._referents: list[Referent] = []
        self._expressions: list[Expression] = []
        self._crowds: set[ReferentId] = set()

    def _id(self) -> int:
        number = self._next
        self._next += 1
        return number

    def add_photo(self, path: Path, *, size: Size, name: str, split: Split = Split.NONE) -> MediumId:
        """A photo; the file need not exist, which is noted."""
        if not path.is_file():
            self.ledger.change("photos are not where the data set says, so they count as missing", name)
        medium_id = MediumId(self._id())
        self._media.append(DatasetMedium(medium_id, path, MediumKind.IMAGE, size, name, split=split))
        return medium_id

    def add_clip(
        self,
        path: Path,
        *,
        size: Size,
        name: str,
        frame_count: int,
        frame_rate: float | None = None,
        split: Split = Split.NONE,
    ) -> MediumId:
        """A clip: a video file, or the folder with its frames."""
        if not path.exists():
            self.ledger.change("clips are not where the data set says, so they count as missing", name)
        medium_id = MediumId(self._id())
        self._media.append(DatasetMedium(medium_id, path, MediumKind.VIDEO, size, name, frame_count, frame_rate, split))
        return medium_id

    def add_referent(
        self, medium_id: MediumId, *, category: str = "", name: str = "", crowd: bool = False
    ) -> ReferentId:
        """A referent of `medium_id`; colours are given in turn."""
        referent_id = ReferentId(self._id())
        self._referents.append(Referent(referent_id, medium_id, name, category, len(self._referents)))
        if crowd:
            self._crowds.add(referent_id)
        return referent_id

    def add_expression(
        self,
        medium_id: MediumId,
        text: str,
        targets: Iterable[ReferentId] = (),
        *,
        no_target: bool = False,
        kind: ExpressionKind = ExpressionKind.UNSPECIFIED,
        author: str = "",
        span: FrameSpan | None = None,
    ) -> ExpressionId:
        """An expression of `medium_id`; targets are kept once each, in order."""
        expression_id = ExpressionId(self._id())
        unique = tuple(dict.fromkeys(targets))
        self._expressions.append(
            Expression(expression_id, medium_id, text, unique, no_target and not unique, kind, author, span)
        )
        return expression_id

    def finish(self, load: Loader, *, check: Callable[[MediumId], None] | None = None) -> Dataset:
        """The data set as staged."""
        return Dataset(
            tuple(self._media),
            tuple(self._referents),
            tuple(self._expressions),
            load,
            self.ledger,
            frozenset(self._crowds),
            check,
        )


def parse_kind(word: str) -> ExpressionKind:
    """The kind a data set's word means; unspecified where the word is none of ours."""
    try:
        return ExpressionKind(word.strip().lower().replace("-", "_"))
    except ValueError:
        return ExpressionKind.UNSPECIFIED


def kind_word(kind: ExpressionKind) -> str:
    """The word for a kind in files: "position", "no-target", "" for unspecified."""
    return "" if kind is ExpressionKind.UNSPECIFIED else kind.value.replace("_", "-")
