"""What a batch is to ask: phrases matched with media, without those that are answered already."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.media import name_key
from refseg_annotator.services.annotate import same_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refseg_annotator.core.annotation import Expression, Medium, MediumId
    from refseg_annotator.services.session import Session


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A phrase to ask.

    Args:
        medium: the file it is about, as written in the table; "" for every medium.
        author: who wrote it; "" for the person at work.
    """

    phrase: str
    medium: str = ""
    frame: int = 0
    author: str = ""


@dataclass(frozen=True, slots=True)
class BatchTask:
    """One medium and what to ask of it; all that a worker needs, for workers do not see the project."""

    medium_id: MediumId
    path: Path
    rows: tuple[PhraseRow, ...]
    kind: MediumKind = MediumKind.IMAGE


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What is to be asked.

    Attributes:
        answered: phrases left out because the model has answered them, or a person.
        unmatched: sentences about rows whose medium is not in the project.
    """

    tasks: tuple[BatchTask, ...]
    answered: int = 0
    unmatched: tuple[str, ...] = ()

    @property
    def phrases(self) -> int:
        """How many phrases will be asked."""
        return sum(len(task.rows) for task in self.tasks)


def plan_batch(
    session: Session,
    rows: Sequence[PhraseRow],
    *,
    model: str,
    clip_model: str | None = None,
    media: Collection[MediumId] | None = None,
    own: bool = False,
    folder: Path | None = None,
) -> BatchPlan:
    """Match phrases with media.

    A phrase that a person has linked or marked, or that this model has answered, is not asked again: what was stopped
    goes on where it was.

    Args:
        model: label of the model that will be asked.
        clip_model: label of the one that will be asked on clips, where that is another.
        media: only these media; None for all.
        own: also ask the project's own phrases that nobody has answered.
        folder: from which the paths in the rows count, besides the names of the media.
    """
    project = session.project
    chosen = [medium for medium in project.media.values() if media is None or medium.id in media]
    for_all = [row for row in rows if not row.medium]
    for_one, unmatched = _matched(session, chosen, [row for row in rows if row.medium], folder)
    tasks: list[BatchTask] = []
    answered = 0
    for medium in chosen:
        known = project.expressions_of(medium.id)
        open_ones = [PhraseRow(one.text, "", _frame_of(one), one.author) for one in known if one.is_open and own]
        wanted: list[PhraseRow] = []
        label = clip_model if clip_model is not None and medium.kind is MediumKind.VIDEO else model
        for row in (*for_one.get(medium.id, ()), *for_all, *open_ones):
            if any(same_words(row.phrase, other.phrase) and row.frame == other.frame for other in wanted):
                continue
            if _is_answered(row, known, label):
                answered += 1
            else:
                wanted.append(row)
        if wanted:
            tasks.append(BatchTask(medium.id, session.path_of(medium.id), tuple(wanted), medium.kind))
    return BatchPlan(tuple(tasks), answered, tuple(unmatched))


def _frame_of(expression: Expression) -> int:
    if expression.asked is not None:
        return expression.asked.frame
    return 0 if expression.span is None else expression.span.first


def _is_answered(row: PhraseRow, known: Sequence[Expression], model: str) -> bool:
    for expression in known:
        if not same_words(expression.text, row.phrase):
            continue
        if not expression.is_open or (expression.asked is not None and expression.asked.model == model):
            return True
    return False


def _parts(path: Path) -> tuple[str, ...]:
    """The parts of a path, a letter and its mark as one: macOS takes them apart, tables seldom do."""
    return tuple(unicodedata.normalize("NFC", part) for part in path.parts)


def _matched(
    session: Session, media: Sequence[Medium], rows: Sequence[PhraseRow], folder: Path | None
) -> tuple[dict[MediumId, list[PhraseRow]], list[str]]:
    if not rows:
        return {}, []
    by_path: dict[str, MediumId] = {}
    by_name: dict[str, list[tuple[MediumId, tuple[str, ...]]]] = defaultdict(list)
    for medium in media:
        path = session.path_of(medium.id)
        by_path[path.as_posix()] = medium.id
        by_name[name_key(path.name)].append((medium.id, _parts(path)))
    found: dict[MediumId, list[PhraseRow]] = defaultdict(list)
    unmatched: dict[str, None] = {}
    for row in rows:
        named = Path(row.medium.replace("\\", "/"))
        whole = named if named.is_absolute() or folder is None else folder / named
        medium_id = by_path.get(whole.as_posix())
        if medium_id is None:
            parts = tuple(part for part in _parts(named) if part not in (".", ".."))
            ends = [one for one, theirs in by_name[name_key(named.name)] if theirs[-len(parts) :] == parts]
            medium_id = ends[0] if len(ends) == 1 else None
            if len(ends) > 1:
                unmatched[f"{row.medium!r} is the name of {len(ends)} media; write more of its path."] = None
                continue
        if medium_id is None:
            unmatched[f"{row.medium!r} is not in the project; add it, or mend its name."] = None
        else:
            found[medium_id].append(row)
    return found, list(unmatched)
