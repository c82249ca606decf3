"""Planning a split and making its edits in a lane: made of frozen records on the thread that edits the project,
stopped at any time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Medium
from refseg_annotator.core.edits import PutMedium, Several
from refseg_annotator.services.dataset_source import described
from refseg_annotator.services.fingerprints import fingerprints
from refseg_annotator.services.splits import TITLE, SplitItem, SplitPlan, plan_splits, split_edits, with_test_a_and_b

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refseg_annotator.core.annotation import MediumId, Referent, Split
    from refseg_annotator.core.project import Project
    from refseg_annotator.formats.base import Progress
    from refseg_annotator.services.jobs import JobContext
    from refseg_annotator.services.session import Session

Hashes = dict[int, tuple[int, ...]]
Dealt = tuple[Medium, PutMedium]
"""A medium as it was when the edit was made that gives it another split, and that edit."""
_STEP: Final = 256  # media between two words of progress


@dataclass(frozen=True, slots=True)
class SplitWish:
    """How the media are to be dealt out.

    Attributes:
        shares: What each split should get; those that get nothing are left out.
        keep: Media that have a split keep it.
        parts: Test is parted into testA and testB.
    """

    shares: Mapping[Split, float]
    seed: int = 0
    keep: bool = False
    parts: bool = False


class _StoppedError(Exception):
    """Nobody wants the answer any more."""


def _watched(context: JobContext, offset: int = 0, total: int | None = None) -> Progress:
    """A job's progress for a part of its work, which begins at `offset` of `total`; it ends work that was cancelled."""

    def progress(done: int, of: int, _note: str = "") -> None:
        if context.cancelled:
            raise _StoppedError
        context.progress(offset + done, of if total is None else total)

    return progress


@dataclass(frozen=True, slots=True, eq=False)
class LookWork:
    """Looks at every file for `PlanWork` to know which pictures are alike; a generator for a lane."""

    media: Sequence[Medium]
    folder: Path

    def __call__(self, context: JobContext) -> Iterator[tuple[Hashes, int]]:
        """Yields the hashes and how many files could not be read, once."""
        progress = _watched(context)
        try:
            hashes, unread = fingerprints(described(self.media, self.folder, progress), progress)
        except _StoppedError:
            return
        yield hashes, len(unread)


@dataclass(frozen=True, slots=True, eq=False)
class PlanWork:
    """Plans a split; a generator for a lane."""

    media: Sequence[Medium]
    referents: Sequence[Referent]
    folder: Path
    wish: SplitWish
    hashes: Mapping[int, tuple[int, ...]]

    def __call__(self, context: JobContext) -> Iterator[SplitPlan]:
        """Yields the plan, once.

        Raises:
            UsageError: as `plan_splits`.
        """
        count = len(self.media)
        try:
            items = self._items(_watched(context, total=3 * count))
            plan = plan_splits(
                items,
                shares=self.wish.shares,
                seed=self.wish.seed,
                keep=self.wish.keep,
                progress=_watched(context, offset=count, total=3 * count),
            )
        except _StoppedError:
            return
        yield with_test_a_and_b(items, plan) if self.wish.parts else plan

    def _items(self, progress: Progress) -> list[SplitItem]:
        categories: dict[MediumId, list[str]] = defaultdict(list)
        for referent in self.referents:
            categories[referent.medium_id].append(referent.category)
        return [
            SplitItem(
                medium.id,
                medium.name,
                tuple(categories.get(medium.id, ())),
                self.hashes.get(medium.id, ()),
                medium.split,
            )
            for medium in described(self.media, self.folder, progress)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class DealWork:
    """Makes the edits of a plan; a generator for a lane."""

    media: Sequence[Medium]
    splits: Mapping[MediumId, Split]

    def __call__(self, context: JobContext) -> Iterator[list[Dealt]]:
        """Yields all, once; media that have their split already are left alone."""
        try:
            media = _told(self.media, _watched(context, total=len(self.media)))
            found = list(split_edits(media, self.splits))
        except _StoppedError:
            return
        yield found


def _told(media: Sequence[Medium], progress: Progress) -> Iterator[Medium]:
    for done, medium in enumerate(media):
        if done % _STEP == 0:
            progress(done, len(media), medium.path)
        yield medium


def edit_of(project: Project, dealt: Sequence[Dealt]) -> Several:
    """The one edit of all that were made; what has changed of the media meanwhile stays as it is now."""
    edits: list[PutMedium] = []
    for before, edit in dealt:
        now, split = project.media.get(before.id), edit.medium.split
        if now is before:
            edits.append(edit)
        elif now is not None and now.split is not split:
            edits.append(PutMedium(replace(now, split=split)))
    return Several(TITLE, tuple(edits))


def looking(session: Session) -> LookWork:
    """The work of looking at the files of a project as it is now. Opens none of them yet."""
    return LookWork(tuple(session.project.media.values()), _folder_of(session))


def planning(session: Session, wish: SplitWish, hashes: Mapping[int, tuple[int, ...]]) -> PlanWork:
    """The work of planning a split of a project as it is now; `hashes` by medium, empty where nobody looked."""
    project = session.project
    media, referents = tuple(project.media.values()), tuple(project.referents.values())
    return PlanWork(media, referents, _folder_of(session), wish, hashes)


def dealing(session: Session, plan: SplitPlan) -> DealWork:
    """The work of making a plan's edits, for `edit_of`."""
    return DealWork(tuple(session.project.media.values()), plan.splits)


def _folder_of(session: Session) -> Path:
    return Path() if session.path is None else session.path.parent
