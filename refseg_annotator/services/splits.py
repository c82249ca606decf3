"""Splits that do not leak: a medium is in one split whole, near-duplicates stay together, categories are spread evenly.

The same media, seed and shares give the same splits, in whatever order the media come. What is planned can be edited
before it is committed.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumId, Split
from refseg_annotator.core.edits import PutMedium, Several
from refseg_annotator.errors import UsageError
from refseg_annotator.formats.base import no_progress
from refseg_annotator.services.fingerprints import NEAR, near_duplicates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from refseg_annotator.core.annotation import Medium
    from refseg_annotator.core.project import Project
    from refseg_annotator.formats.base import Dataset, Progress

DEFAULT_SHARES: Final[Mapping[Split, float]] = {Split.TRAIN: 0.8, Split.VAL: 0.1, Split.TEST: 0.1}
_STEP: Final = 256  # groups dealt between two words of progress
TITLE: Final = "Split media"
"""What giving media their splits is called in the history."""

# fmt: off
PERSON_WORDS: Final = frozenset({
    "person", "people", "man", "men", "woman", "women", "boy", "boys", "girl", "girls", "child", "children", "kid",
    "kids", "baby", "lady", "guy", "adult", "human", "pedestrian", "rider", "player",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class SplitItem:
    """What the planner knows of a medium.

    Attributes:
        name: Stable from run to run; the order of names, not of ids, decides.
        categories: One for each referent.
        hashes: Perceptual hashes; empty where the medium was not looked at.
        split: The split it has; kept where the planner is told to.
    """

    id: MediumId
    name: str
    categories: tuple[str, ...] = ()
    hashes: tuple[int, ...] = ()
    split: Split = Split.NONE


@dataclass(frozen=True, slots=True)
class Leak:
    """Media that look alike and stand in several splits."""

    media: tuple[MediumId, ...]
    splits: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """A split for every medium, not yet committed.

    Attributes:
        groups: Media kept together because they look alike.
        leaks: Groups that stay torn, because their media were to keep the splits they had.
    """

    splits: Mapping[MediumId, Split]
    groups: tuple[tuple[MediumId, ...], ...] = ()
    leaks: tuple[Leak, ...] = ()

    def counts(self) -> dict[Split, int]:
        """How many media each split has."""
        return dict(Counter(self.splits.values()))

    def with_split(self, media: Iterable[MediumId], split: Split) -> SplitPlan:
        """The plan with these media, and all that look like them, moved to `split`."""
        wanted = set(media)
        for group in self.groups:
            if wanted.intersection(group):
                wanted.update(group)
        return replace(self, splits={**self.splits, **dict.fromkeys(wanted, split)})

    def to_edit(self, project: Project) -> Several:
        """The edit that gives the project's media their splits; those that have it already are left alone."""
        return Several(TITLE, tuple(edit for _, edit in split_edits(project.media.values(), self.splits)))


def split_edits(media: Iterable[Medium], splits: Mapping[MediumId, Split]) -> Iterator[tuple[Medium, PutMedium]]:
    """Each medium that has another split than it should, with the edit that gives it that."""
    for medium in media:
        split = splits.get(medium.id, medium.split)
        if split is not medium.split:
            yield medium, PutMedium(replace(medium, split=split))


def items_of(dataset: Dataset, hashes: Mapping[int, tuple[int, ...]] | None = None) -> list[SplitItem]:
    """The planner's view of a data set."""
    referents = dataset.referents_by_medium()
    return [
        SplitItem(
            medium.id,
            medium.name,
            tuple(referent.category for referent in referents[medium.id]),
            (hashes or {}).get(medium.id, ()),
            medium.split,
        )
        for medium in dataset.media
    ]


def plan_splits(
    items: Sequence[SplitItem],
    *,
    shares: Mapping[Split, float] = DEFAULT_SHARES,
    seed: int = 0,
    keep: bool = False,
    near: int = NEAR,
    progress: Progress = no_progress,
) -> SplitPlan:
    """Deal the media out.

    Args:
        shares: What each split should get; the sum is taken as the whole.
        keep: Media that have a split keep it, and draw those that look like them along.
        near: Bits in which the hashes of two media that look alike may differ.
        progress: Told often, up to twice the number of items: they are compared, then dealt. What it raises ends the
            work.

    Raises:
        UsageError: as `require_shares`.
    """
    require_shares(shares)
    count = len(items)

    def compared(done: int, total: int, note: str) -> None:
        progress(done * count // total, 2 * count, note)

    alike = near_duplicates({item.id: item.hashes for item in items}, near=near, progress=compared)
    progress(count, 2 * count, "Dealing out")
    groups = _groups(items, alike)
    dealing = _Dealing(groups, shares, random.Random(seed))
    leaks: list[Leak] = []
    free: list[_Group] = []
    for group in groups:
        kept = {item.split for item in group.items} - {Split.NONE} if keep else set()
        if len(kept) == 1:
            dealing.give(group, kept.pop())
        elif kept:
            leaks.append(Leak(tuple(item.id for item in group.items), tuple(sorted(kept))))
            dealing.keep_torn(group)
        else:
            free.append(group)
    for number, group in enumerate(dealing.in_turn(free)):
        if number % _STEP == 0:
            progress(count + number, 2 * count, "Dealing out")
        dealing.give(group, dealing.best(group))
    order = {item.id: dealing.splits[item.id] for item in items}
    return SplitPlan(order, tuple(tuple(sorted(group)) for group in alike), tuple(leaks))


def require_shares(shares: Mapping[Split, float]) -> None:
    """See that media can be dealt out so.

    Raises:
        UsageError: The shares are none, negative, beyond all bounds, or name `Split.NONE`.
    """
    total = sum(shares.values())
    if not all(share >= 0 for share in shares.values()) or not 0 < total < math.inf or Split.NONE in shares:
        raise UsageError("The shares of the splits should be positive numbers for train, val and test.")


@dataclass(frozen=True, slots=True)
class _Group:
    items: tuple[SplitItem, ...]
    categories: Counter[str]

    @property
    def key(self) -> str:
        return self.items[0].name


def _groups(items: Sequence[SplitItem], alike: Iterable[Sequence[MediumId]]) -> list[_Group]:
    by_id = {item.id: item for item in items}
    members = {medium_id: tuple(group) for group in alike for medium_id in group}
    found: dict[tuple[MediumId, ...], _Group] = {}
    for item in items:
        key = members.get(item.id, (item.id,))
        if key not in found:
            together = tuple(sorted((by_id[medium_id] for medium_id in key), key=lambda one: one.name))
            found[key] = _Group(together, Counter(c for one in together for c in one.categories))
    return sorted(found.values(), key=lambda group: group.key)


@dataclass(slots=True)
class _Dealing:
    """Gives each group to the split that lacks most of what it holds; rare categories first."""

    groups: Sequence[_Group]
    shares: Mapping[Split, float]
    rng: random.Random
    splits: dict[MediumId, Split] = field(default_factory=dict)
    media: Counter[Split] = field(default_factory=Counter)
    categories: dict[Split, Counter[str]] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def __post_init__(self) -> None:
        for group in self.groups:
            self.totals.update(group.categories)
            self.total += len(group.items)

    def in_turn(self, groups: list[_Group]) -> list[_Group]:
        """Groups of rare categories first, large ones before small; equals in the seed's order."""
        shuffled = list(groups)
        self.rng.shuffle(shuffled)
        return sorted(shuffled, key=lambda group: (self._rarest(group), -len(group.items)))

    def _rarest(self, group: _Group) -> int:
        return min((self.totals[category] for category in group.categories), default=sum(self.totals.values()) + 1)

    def best(self, group: _Group) -> Split:
        """The split with the largest want."""
        order = sorted(self.shares)
        self.rng.shuffle(order)
        return max(order, key=lambda split: self._want(split, group))

    def _want(self, split: Split, group: _Group) -> tuple[float, float]:
        share = self.shares[split] / sum(self.shares.values())
        if share <= 0:
            return (float("-inf"), float("-inf"))
        media = (share * self.total - self.media[split]) / (share * self.total)
        held = self.categories.get(split, Counter())
        wants = [
            (share * self.totals[category] - held[category]) / (share * self.totals[category])
            for category in group.categories
        ]
        return (sum(wants) / len(wants) + media if wants else media, media)

    def give(self, group: _Group, split: Split) -> None:
        """The group is dealt."""
        for item in group.items:
            self.splits[item.id] = split
        self._count(split, len(group.items), group.categories)

    def keep_torn(self, group: _Group) -> None:
        """The group's media stay where they are; those without a split go with the first that has one."""
        first = next(item.split for item in group.items if item.split is not Split.NONE)
        for item in group.items:
            split = item.split if item.split is not Split.NONE else first
            self.splits[item.id] = split
            self._count(split, 1, Counter(item.categories))

    def _count(self, split: Split, media: int, categories: Counter[str]) -> None:
        self.media[split] += media
        self.categories.setdefault(split, Counter()).update(categories)


def is_person(category: str) -> bool:
    """Whether a category speaks of people."""
    return any(word in PERSON_WORDS for word in category.lower().replace("_", " ").split())


def with_test_a_and_b(
    items: Sequence[SplitItem], plan: SplitPlan, rule: Callable[[str], bool] = is_person
) -> SplitPlan:
    """RefCOCO's rule: of the media in test, those mostly of people go to testA, the others to testB.

    Media that look alike stay together: a group goes where most of its referents belong.
    """
    by_id = {item.id: item for item in items}
    groups = {medium_id: group for group in plan.groups for medium_id in group}
    splits = dict(plan.splits)
    for medium_id, split in plan.splits.items():
        if split is not Split.TEST:
            continue
        together = groups.get(medium_id, (medium_id,))
        categories = [category for one in together for category in by_id[one].categories]
        people = sum(rule(category) for category in categories)
        splits[medium_id] = Split.TEST_A if categories and 2 * people >= len(categories) else Split.TEST_B
    return replace(plan, splits=splits)


def find_leaks(items: Sequence[SplitItem], *, near: int = NEAR) -> list[Leak]:
    """Media that look alike and stand in several splits; media without a split leak nothing."""
    by_id = {item.id: item for item in items if item.split is not Split.NONE}
    leaks: list[Leak] = []
    for group in near_duplicates({medium_id: item.hashes for medium_id, item in by_id.items()}, near=near):
        splits = tuple(sorted({by_id[medium_id].split for medium_id in group}))
        if is_leak(splits):
            leaks.append(Leak(tuple(sorted(group)), splits))
    return leaks


def is_leak(splits: Iterable[Split]) -> bool:
    """Whether one picture in all of these splits is both learnt from and asked about, or chosen by; `NONE` is none."""
    return len({_side(split) for split in splits if split is not Split.NONE}) > 1


def _side(split: Split) -> str:
    """testA and testB are two parts of one side: nothing is trained on either."""
    return "test" if split in (Split.TEST, Split.TEST_A, Split.TEST_B) else split.value
