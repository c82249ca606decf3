"""A data set cut to what a format can hold, medium by medium, everything left out being written down.

Every writer runs over `fit(...)`; so what a format `loses` is taken away, and accounted for, in this one place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    ExpressionKind,
    MediumId,
    MediumKind,
    Referent,
    ReferentId,
    Split,
)
from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.base import IMPORTED, Dataset, DatasetMedium, Loss, Progress, titles_of
from refseg_annotator.formats.report import whole_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from refseg_annotator.formats.report import Ledger


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One medium with all that belongs to it, masks decoded.

    Attributes:
        titles: What the report calls its referents.
    """

    medium: DatasetMedium
    referents: tuple[Referent, ...]
    expressions: tuple[Expression, ...]
    annotations: tuple[Annotation, ...]
    crowds: frozenset[ReferentId] = frozenset()
    titles: Mapping[ReferentId, str] = field(default_factory=dict)

    def expressions_for(self, referent_id: ReferentId) -> list[Expression]:
        """The expressions that mean the referent, alone or with others."""
        return [expression for expression in self.expressions if referent_id in expression.targets]

    def frames(self) -> dict[int, list[Annotation]]:
        """The annotations by frame, frames rising; frames without any are not in it."""
        found: dict[int, list[Annotation]] = {}
        for annotation in sorted(self.annotations, key=lambda annotation: annotation.frame):
            found.setdefault(annotation.frame, []).append(annotation)
        return found


def fit(dataset: Dataset, loses: AbstractSet[Loss], ledger: Ledger, progress: Progress) -> Iterator[Item]:
    """The media of `dataset` as a format can take them that loses `loses`.

    Raises:
        FormatError: A mask of the source cannot be decoded.
    """
    referents = dataset.referents_by_medium()
    expressions = dataset.expressions_by_medium()
    ids = _Ids(dataset)
    total = len(dataset.media)
    for number, found in enumerate(dataset.media):
        medium = replace(found, name=_text(found.name, ledger))
        progress(number, total, medium.name)
        if Loss.PHOTOS in loses and not medium.is_clip:
            ledger.drop("photos, as the format holds clips only", medium.name)
            continue
        item = Item(
            medium,
            tuple(referents[medium.id]),
            tuple(expressions[medium.id]),
            tuple(dataset.load(medium.id)),
            dataset.crowds.intersection(referent.id for referent in referents[medium.id]),
            titles_of(referents[medium.id], expressions[medium.id]),
        )
        parts = _still_frames(item, ids, ledger) if medium.is_clip and Loss.CLIPS in loses else [item]
        for part in parts:
            fitted = _fitted(part, loses, ledger)
            if fitted is not None:
                yield fitted
    progress(total, total, "")


class _Ids:
    def __init__(self, dataset: Dataset) -> None:
        tables = (dataset.media, dataset.referents, dataset.expressions)
        self._last = max((record.id for table in tables for record in table), default=0)

    def next(self) -> int:
        self._last += 1
        return self._last


def _still_frames(clip: Item, ids: _Ids, ledger: Ledger) -> Iterator[Item]:
    """Every frame of the clip that shows a referent, as a photo with that frame's referents and expressions."""
    medium = clip.medium
    ledger.change("clips are written as photos of their annotated frames", medium.name)
    _note_absence(clip.annotations, medium, ledger)
    by_id = {referent.id: referent for referent in clip.referents}
    spoken: set[ExpressionId] = set()
    seen: set[ReferentId] = set()
    for frame, found in clip.frames().items():
        shown = [annotation for annotation in found if not annotation.is_absent]
        if not shown:
            continue
        photo = replace(
            medium,
            id=MediumId(ids.next()),
            kind=MediumKind.IMAGE,
            name=f"{medium.name}/{frame:05d}",
            frame_count=1,
            frame_rate=None,
            source_frame=frame,
        )
        here = {annotation.referent_id: ReferentId(ids.next()) for annotation in shown}
        expressions: list[Expression] = []
        for expression in clip.expressions:
            targets = tuple(here[target] for target in expression.targets if target in here)
            if targets and (expression.span is None or frame in expression.span):
                spoken.add(expression.id)
                expressions.append(
                    replace(expression, id=ExpressionId(ids.next()), medium_id=photo.id, targets=targets, span=None)
                )
        seen.update(here)
        yield Item(
            photo,
            tuple(replace(by_id[old], id=new, medium_id=photo.id) for old, new in here.items()),
            tuple(expressions),
            tuple(replace(annotation, referent_id=here[annotation.referent_id], frame=0) for annotation in shown),
            frozenset(new for old, new in here.items() if old in clip.crowds),
            {new: clip.titles[old] for old, new in here.items()},
        )
    for expression in clip.expressions:
        if expression.id not in spoken:
            ledger.drop("expressions of clips that name nothing on an annotated frame", expression.text)
    for referent in clip.referents:
        if referent.id not in seen:
            ledger.drop("referents of clips without a mask", clip.titles[referent.id])


def _note_absence(annotations: Iterable[Annotation], medium: DatasetMedium, ledger: Ledger) -> int:
    """Account for the marks of absence that go; returns how many there are."""
    absent = sum(annotation.is_absent for annotation in annotations)
    if absent:
        ledger.change("frames where a referent is marked absent read as not annotated", medium.name, count=absent)
    return absent


def _fitted(item: Item, loses: AbstractSet[Loss], ledger: Ledger) -> Item | None:
    annotations = list(item.annotations)
    if Loss.OVERLAPS in loses:
        annotations = without_overlaps(annotations, ledger, item.medium.name)
    if Loss.ABSENCE in loses and _note_absence(annotations, item.medium, ledger):
        annotations = [annotation for annotation in annotations if not annotation.is_absent]
    referents = [_printable(referent, ledger) for referent in item.referents]
    if Loss.MASKLESS in loses:
        # A format that can say "absent" holds a referent by that alone.
        says_absent = not {Loss.ABSENCE, Loss.WHOLE_FRAMES} & loses
        shown = {annotation.referent_id for annotation in annotations if says_absent or not annotation.is_absent}
        for referent in referents:
            if referent.id not in shown:
                ledger.drop("referents without a mask", f"{item.titles[referent.id]} in {item.medium.name}")
        referents = [referent for referent in referents if referent.id in shown]
        annotations = [annotation for annotation in annotations if annotation.referent_id in shown]
    expressions = _fitted_expressions(item.expressions, {referent.id for referent in referents}, loses, ledger)
    if Loss.UNPHRASED in loses:
        phrased = {target for expression in expressions for target in expression.targets}
        for referent in referents:
            if referent.id not in phrased:
                ledger.drop("referents without an expression", f"{item.titles[referent.id]} in {item.medium.name}")
        referents = [referent for referent in referents if referent.id in phrased]
        annotations = [annotation for annotation in annotations if annotation.referent_id in phrased]
    if Loss.MEDIA_WITHOUT_MASKS in loses and not annotations and not expressions:
        ledger.drop("media without masks or expressions", item.medium.name)
        return None
    _note_metadata(item.medium, referents, expressions, annotations, loses, ledger)
    if Loss.CROWDS in loses and item.crowds:
        ledger.change("crowd regions become plain referents", item.medium.name, count=len(item.crowds))
    return Item(
        _fitted_split(item.medium, loses, ledger),
        tuple(referents),
        tuple(expressions),
        tuple(annotations),
        item.crowds,
    )


def _fitted_expressions(
    expressions: Sequence[Expression], held: AbstractSet[ReferentId], loses: AbstractSet[Loss], ledger: Ledger
) -> list[Expression]:
    fitted: list[Expression] = []
    for expression in expressions:
        if Loss.EXPRESSIONS in loses:
            ledger.drop("expressions", expression.text)
            continue
        targets = tuple(target for target in expression.targets if target in held)
        if expression.targets and not targets:
            ledger.drop("expressions whose referents are left out", expression.text)
            continue
        if targets != expression.targets:
            ledger.change("expressions lose a referent that is left out", expression.text)
        if Loss.UNLINKED in loses and not targets and not expression.no_target:
            ledger.drop("expressions that have no referent yet", expression.text)
        elif Loss.NO_TARGET in loses and expression.no_target:
            ledger.drop("expressions that fit nothing", expression.text)
        elif Loss.NO_TARGET_ALONE in loses and expression.no_target and not held:
            ledger.drop("expressions that fit nothing, on photos without a mask", expression.text)
        elif Loss.SEVERAL_TARGETS in loses and len(targets) > 1:
            ledger.drop("expressions for several referents", expression.text)
        else:
            text = _text(expression.text, ledger)
            if Loss.LINE_BREAKS in loses and " ".join(text.splitlines()) != text:
                text = " ".join(text.splitlines())
                ledger.change("expressions have their line breaks written as spaces", text)
            fitted.append(replace(expression, text=text, targets=targets))
    return fitted


def _fitted_split(medium: DatasetMedium, loses: AbstractSet[Loss], ledger: Ledger) -> DatasetMedium:
    split = medium.split
    if Loss.SPLITS in loses:
        if split is not Split.NONE:
            ledger.change("media lose their split", medium.name)
        return replace(medium, split=Split.NONE)
    if Loss.NO_SPLIT in loses and split is Split.NONE:
        ledger.change("media without a split are written as train", medium.name)
        return replace(medium, split=Split.TRAIN)
    if Loss.VAL_SPLIT in loses and split is Split.VAL:
        ledger.change("media of val are written as test", medium.name)
        return replace(medium, split=Split.TEST)
    if Loss.TEST_SPLITS in loses and split in (Split.TEST_A, Split.TEST_B):
        ledger.change("media of testA and testB are written as test", medium.name)
        return replace(medium, split=Split.TEST)
    return medium


def _note_metadata(
    medium: DatasetMedium,
    referents: Sequence[Referent],
    expressions: Sequence[Expression],
    annotations: Sequence[Annotation],
    loses: AbstractSet[Loss],
    ledger: Ledger,
) -> None:
    counts: Counter[str] = Counter()
    if Loss.NAMES in loses:
        counts["referents lose their name"] = sum(bool(referent.name) for referent in referents)
    if Loss.CATEGORIES in loses:
        counts["referents lose their category"] = sum(bool(referent.category) for referent in referents)
    if Loss.KIND in loses:
        counts["expressions lose their kind"] = sum(
            expression.kind is not ExpressionKind.UNSPECIFIED for expression in expressions
        )
    if Loss.AUTHOR in loses:
        counts["expressions lose their author"] = sum(bool(expression.author) for expression in expressions)
    if Loss.SPAN in loses:
        counts["expressions lose the frames they speak of"] = sum(e.span is not None for e in expressions)
    if Loss.PROVENANCE in loses:
        counts["masks lose who or what made them"] = sum(a.provenance != IMPORTED for a in annotations)
    if Loss.KEYFRAMES in loses:
        counts["masks lose the mark of a settled frame"] = sum(annotation.keyframe for annotation in annotations)
    if Loss.FRAME_RATE in loses and medium.frame_rate is not None:
        counts["clips lose their frame rate"] = 1
    for what, count in counts.items():
        if count:
            ledger.change(what, medium.name, count=count)


def without_overlaps(annotations: Sequence[Annotation], ledger: Ledger, name: str) -> list[Annotation]:
    """The annotations with every pixel given to one of them, the smallest on its frame; order is kept."""
    by_frame: dict[int, list[int]] = {}
    for place, annotation in enumerate(annotations):
        by_frame.setdefault(annotation.frame, []).append(place)
    resolved: list[Annotation | None] = list(annotations)
    for frame, places in by_frame.items():
        taken = np.zeros(annotations[places[0]].mask.size.shape, np.bool_)
        # Ties go to the later one, as a later layer would lie on top.
        for place in sorted(places, key=lambda place: (annotations[place].mask.area, -place)):
            mask = annotations[place].mask
            under = taken[mask.box.slices]
            covered = int(np.count_nonzero(under & mask.pixels))
            if covered:
                ledger.change("pixels of overlaps go to the smaller referent", f"{name} frame {frame}", count=covered)
                left = Mask.from_patch(mask.size, mask.box, mask.pixels & ~under)
                if left.is_empty:
                    ledger.drop("masks that lie wholly under others", f"{name} frame {frame}")
                resolved[place] = None if left.is_empty else replace(annotations[place], mask=left)
            under |= mask.pixels
    return [annotation for annotation in resolved if annotation is not None]


def _printable(referent: Referent, ledger: Ledger) -> Referent:
    name, category = _text(referent.name, ledger), _text(referent.category, ledger)
    if (name, category) == (referent.name, referent.category):
        return referent
    return replace(referent, name=name, category=category)


def _text(text: str, ledger: Ledger) -> str:
    whole = whole_text(text)
    if whole != text:
        ledger.change("texts lose characters that are none", whole)
    return whole
