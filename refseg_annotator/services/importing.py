"""A staged data set on its way into a project: decoded in any thread, committed on the one that edits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    Medium,
    MediumId,
    MediumState,
    Referent,
    ReferentId,
    Split,
)
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.edits import (
    DropAnnotation,
    DropExpression,
    DropReferent,
    Edit,
    PutAnnotation,
    PutExpression,
    PutMedium,
    PutReferent,
    Several,
    removing_medium,
)
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import Dataset, DatasetMedium, Ledger, Progress, TransferReport
from refseg_annotator.services.file_sizes import held_against_files
from refseg_annotator.services.session import UNMEASURED, Session
from refseg_annotator.storage.unfinished import Unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from refseg_annotator.core.events import Change
    from refseg_annotator.core.project import Project

_RECORD_BYTES: Final = 700
"""What a record without its pixels takes in memory, generously."""
_LIKELY_BYTES: Final = 4096
"""What a referent with its records and mask takes, most likely: tells a large import from a small one beforehand."""
ONE_STEP_BYTES: Final = 256 << 20
"""An import up to this size is one step of the history; a larger one is committed in parts of a tenth of it."""


@dataclass(frozen=True, slots=True, eq=False)
class ImportPart:
    """Some media of a data set with all that belongs to them, masks decoded; ids are still the data set's."""

    media: tuple[DatasetMedium, ...]
    referents: tuple[Referent, ...]
    expressions: tuple[Expression, ...]
    annotations: tuple[Annotation, ...]


class Import:
    """One import: each of `parts` committed, then `finish`; every other ending calls `undo`.

    `parts` may run in a worker, the rest belongs to the session's thread.

    Args:
        one_step_bytes: See `ONE_STEP_BYTES`.
    """

    def __init__(self, session: Session, dataset: Dataset, *, one_step_bytes: int = ONE_STEP_BYTES) -> None:
        self._session = session
        self._dataset = dataset
        self._one_step_bytes = one_step_bytes
        self._ledger = Ledger()
        self._is_large = False
        self._by_path: dict[str, MediumId] | None = None
        self._new_media: list[MediumId] = []
        self._new_referents: list[ReferentId] = []
        self._new_expressions: list[ExpressionId] = []
        self._ids: list[tuple[int, int]] = []
        self._bare: dict[MediumId, Medium] = {}
        self._splits: dict[MediumId, Split] = {}  # what the data set says first of each medium of the project
        self._counted: set[MediumId] = set()
        self._steps: tuple[int, int] | None = None  # the history's state before the first part, and after the latest
        self._is_alone = True  # no step but the parts' own was made since

    def parts(self, progress: Progress) -> Iterator[ImportPart]:
        """Decode the whole data set before the first part comes, so that a broken file stops the import at once.

        Raises:
            FormatError: A mask cannot be decoded.
        """
        self._dataset = held_against_files(self._dataset, progress)
        if len(self._dataset.referents) * _LIKELY_BYTES > self._one_step_bytes:
            self._check(progress)
        else:
            kept: list[ImportPart] = []
            size = 0
            for part in self._media_parts(progress, "Reading"):
                size += _bytes_of(part)
                if size <= self._one_step_bytes:
                    kept.append(part)
                else:
                    kept.clear()
            if size <= self._one_step_bytes:
                yield _joined(kept)
                return
        self._is_large = True
        waiting: list[ImportPart] = []
        size = 0
        for part in self._media_parts(progress, "Importing"):
            waiting.append(part)
            size += _bytes_of(part)
            if size > self._one_step_bytes // 10:
                yield _joined(waiting)
                waiting, size = [], 0
        if waiting:
            yield _joined(waiting)

    def _check(self, progress: Progress) -> None:
        total = len(self._dataset.media)
        for number, medium in enumerate(self._dataset.media):
            progress(number, total, f"Checking {medium.name}")
            self._dataset.check(medium.id)

    def _media_parts(self, progress: Progress, note: str) -> Iterator[ImportPart]:
        dataset = self._dataset
        referents, expressions = dataset.referents_by_medium(), dataset.expressions_by_medium()
        total = len(dataset.media)
        for number, medium in enumerate(dataset.media):
            progress(number, total, f"{note} {medium.name}")
            yield ImportPart(
                (medium,),
                tuple(referents[medium.id]),
                tuple(expressions[medium.id]),
                tuple(_held(dataset.load(medium.id), medium)),
            )
        progress(total, total, "")

    def commit(self, part: ImportPart) -> Change:
        """Add a part to the project; where it does not fit, everything this import has added is taken out again.

        Raises:
            FormatError: A medium is in the project already, with another size or fewer frames.
            EditError: The project refuses a record.
            StorageError: The disk refuses, and the import is a large one.
        """
        project, history = self._session.project, self._session.history
        if self._steps is None:
            self._steps = (history.state_number, history.state_number)
        elif history.state_number != self._steps[1]:
            self._is_alone = False
        first_id = project.highest_id + 1
        try:
            store = self._session.store
            # What it takes in memory is known at once and more than it takes on the disk, as a rule by far.
            if self._is_large and store is not None and not store.has_room(_bytes_of(part)):
                store.demand_room(_stored_bytes_of(part))
            edits, media = self._edits(part)
            if self._is_large:
                self._ids.append((first_id, project.highest_id))
                self._note_added()
            change = self._session.commit(Several("Import data set", tuple(edits)))
            self._steps = (self._steps[0], history.state_number)
            if self._is_large:
                self._session.set_down(media)
                if self._session.store is not None:
                    self._session.store.fold_log()
        except BaseException:
            self.undo()
            raise
        self._count(part, media)
        return change

    def finish(self) -> None:
        """Say that all parts are committed; a large import is in the project for good only then.

        Raises:
            StorageError: The disk refuses, and everything this import has added is taken out again.
        """
        if not self._is_large:
            return
        self._session.journal.strike(self)
        try:
            self._session.amend(Several("Import data set"))
            self._session.flush()
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Take out all that this import has added; for a failed or cancelled import."""
        project, history = self._session.project, self._session.history
        gone = {medium_id for medium_id in self._new_media if medium_id in project.media}
        self._session.pass_over_masks(gone)
        for medium_id in _media_of(self._new_referents, project) - gone:
            self._session.ensure_loaded(medium_id)
        edits = [*self._removing_from_others(gone)]
        edits += [removing_medium(project, medium_id) for medium_id in sorted(gone)]
        edits += self._bare_again()
        self._session.journal.strike(self)
        if edits:
            try:
                self._session.take_back(Several("Take back the import", tuple(edits)))
            except BaseException:
                self._note_added()
                raise
        self._new_media, self._new_referents, self._new_expressions = [], [], []
        self._ids, self._bare, self._splits = [], {}, {}
        if self._steps is not None:
            before, after = self._steps
            if self._is_alone and history.state_number == after:
                history.forget_since(before)
            else:
                # Steps made meanwhile may speak of records that are gone.
                history.clear()
        self._steps = None

    def _removing_from_others(self, gone: AbstractSet[MediumId]) -> Iterator[Edit]:
        """What takes this import's records out of media that stay."""
        project = self._session.project
        for expression_id in self._new_expressions:
            expression = project.expressions.get(expression_id)
            if expression is not None and expression.medium_id not in gone:
                yield DropExpression(expression_id)
        new_expressions = set(self._new_expressions)
        referents = [project.referents[one] for one in self._new_referents if one in project.referents]
        staying = {referent.id for referent in referents if referent.medium_id not in gone}
        # Expressions written meanwhile may mean several of them.
        for expression in {e.id: e for one in sorted(staying) for e in project.expressions_for(one)}.values():
            if expression.id not in new_expressions:
                rest = tuple(target for target in expression.targets if target not in staying)
                yield PutExpression(replace(expression, targets=rest))
        for referent_id in sorted(staying):
            for annotation in project.annotations_of(referent_id):
                yield DropAnnotation(annotation.key)
            yield DropReferent(referent_id)

    def _note_added(self) -> None:
        """A file that is left half-way tells what has to go."""
        if self._ids:
            self._session.journal.note(self, Unfinished(tuple(self._ids), tuple(self._bare.values())))

    def _bare_again(self) -> Iterator[Edit]:
        """The media that had nothing on them, and have nothing on them once this import is out, as they were."""
        project = self._session.project
        referents, expressions = set(self._new_referents), set(self._new_expressions)
        for medium_id, former in self._bare.items():
            medium = project.media.get(medium_id)
            if (
                medium is None
                or any(one.id not in referents for one in project.referents_of(medium_id))
                or any(one.id not in expressions for one in project.expressions_of(medium_id))
            ):
                continue
            again = replace(
                medium,
                size=former.size,
                frame_count=former.frame_count,
                frame_rate=former.frame_rate,
                split=former.split if medium.split is self._splits.get(medium_id) else medium.split,
                state=former.state if medium.state is MediumState.IN_WORK else medium.state,
            )
            if again != medium:
                yield PutMedium(again)

    def report(self, title: str = "Import") -> TransferReport:
        """What came of it; complete once all parts are committed."""
        self._ledger.absorb(self._dataset.ledger)
        if self._dataset.crowds:
            self._ledger.change("crowd regions become plain referents", count=len(self._dataset.crowds))
        return self._ledger.to_report(title)

    def _edits(self, part: ImportPart) -> tuple[list[Edit], list[MediumId]]:
        project = self._session.project
        media_ids: dict[MediumId, MediumId] = {}
        referent_ids: dict[ReferentId, ReferentId] = {}
        edits: list[Edit] = []
        for medium in part.media:
            media_ids[medium.id], edit = self._place_medium(medium, project)
            if edit is not None:
                edits.append(edit)
        for referent in part.referents:
            new_id = referent_ids[referent.id] = ReferentId(project.next_id())
            self._new_referents.append(new_id)
            edits.append(PutReferent(replace(referent, id=new_id, medium_id=media_ids[referent.medium_id])))
        for expression in part.expressions:
            new_expression = ExpressionId(project.next_id())
            self._new_expressions.append(new_expression)
            edits.append(
                PutExpression(
                    replace(
                        expression,
                        id=new_expression,
                        medium_id=media_ids[expression.medium_id],
                        targets=tuple(referent_ids[target] for target in expression.targets),
                    )
                )
            )
        edits.extend(
            PutAnnotation(replace(annotation, referent_id=referent_ids[annotation.referent_id]))
            for annotation in part.annotations
        )
        return edits, list(media_ids.values())

    def _place_medium(self, medium: DatasetMedium, project: Project) -> tuple[MediumId, Edit | None]:
        """The project's medium for one of the data set's: the one with the same file, or a new one."""
        path = medium.path.absolute().as_posix()
        if self._by_path is None:
            self._by_path = {
                self._session.path_of(medium_id).absolute().as_posix(): medium_id for medium_id in project.media
            }
        found = self._by_path.get(path)
        if found is None:
            new_id = self._by_path[path] = MediumId(project.next_id())
            self._new_media.append(new_id)
            self._splits[new_id] = medium.split
            return new_id, PutMedium(
                Medium(
                    new_id,
                    path,
                    medium.kind,
                    medium.size,
                    medium.frame_count,
                    split=medium.split,
                    frame_rate=medium.frame_rate,
                )
            )
        known = project.media.get(found)
        if found in self._splits:
            # The data set names one file twice, as where a photo stands in two splits.
            if self._splits[found] is not medium.split:
                self._ledger.change("photos stand in several splits; the first is kept", medium.name)
            return found, None
        if known is None:
            return found, None
        is_bare = not project.referents_of(found) and not project.expressions_of(found)
        if is_bare:
            self._bare.setdefault(found, known)
        split = medium.split if is_bare and known.split is Split.NONE else known.split
        if medium.split not in (Split.NONE, split):
            self._ledger.change("media keep the split that they have in the project", medium.name)
        self._splits[found] = split
        if known.size == UNMEASURED != medium.size:
            return found, PutMedium(
                replace(
                    known,
                    size=medium.size,
                    frame_count=medium.frame_count,
                    frame_rate=medium.frame_rate,
                    split=split,
                )
            )
        if known.size != medium.size or known.frame_count < medium.frame_count:
            raise FormatError(
                f"{path} is in the project with {known.size.width} x {known.size.height} pixels and "
                f"{number_of(known.frame_count, 'frames')}, in the data set with {medium.size.width} x "
                f"{medium.size.height} and {medium.frame_count}; one of the two belongs to another file."
            )
        self._ledger.change("media were in the project already and got the new masks and expressions", medium.name)
        return found, None if split is known.split else PutMedium(replace(known, split=split))

    def _count(self, part: ImportPart, media: Iterable[MediumId]) -> None:
        new = set(media) - self._counted
        self._counted |= new
        self._ledger.write("media", len(new))
        for what, records in (
            ("referents", part.referents),
            ("expressions", part.expressions),
            ("masks", part.annotations),
        ):
            self._ledger.write(what, len(records))


def _bytes_of(part: ImportPart) -> int:
    records = len(part.media) + len(part.referents) + len(part.expressions) + len(part.annotations)
    return records * _RECORD_BYTES + sum(annotation.nbytes for annotation in part.annotations)


def _stored_bytes_of(part: ImportPart) -> int:
    """What a part takes in the file: its masks as code."""
    masks = (mask for one in part.annotations for mask in (one.mask, one.provenance.proposal) if mask is not None)
    return _bytes_of(replace(part, annotations=())) + sum(_RECORD_BYTES + len(mask.code()) for mask in masks)


def _held(annotations: Iterable[Annotation], medium: DatasetMedium) -> Iterator[Annotation]:
    """A clip's masks packed: they are many, few are looked at, and the project's file wants just that code."""
    for annotation in annotations:
        yield replace(annotation, mask=annotation.mask.packed()) if medium.is_clip else annotation


def _joined(parts: Sequence[ImportPart]) -> ImportPart:
    return ImportPart(
        tuple(medium for part in parts for medium in part.media),
        tuple(referent for part in parts for referent in part.referents),
        tuple(expression for part in parts for expression in part.expressions),
        tuple(annotation for part in parts for annotation in part.annotations),
    )


def _media_of(referents: Iterable[ReferentId], project: Project) -> set[MediumId]:
    return {project.referents[referent_id].medium_id for referent_id in referents if referent_id in project.referents}
