"""What a batch is to ask: phrases from a table, matched with media, without those that are answered already."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import EditError, FormatError
from refseg_annotator.media import kind_of
from refseg_annotator.services.annotate import clean_phrase, same_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from refseg_annotator.core.annotation import Expression, Medium, MediumId
    from refseg_annotator.services.session import Session

_MEDIUM_COLUMNS: Final = (
    "image", "picture", "photo", "file", "file_name", "filename", "medium", "path", "video", "clip"
)  # fmt: skip
_PHRASE_COLUMNS: Final = ("phrase", "expression", "sentence", "text")
_DELIMITERS: Final = ",;\t"


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


def read_phrases(path: Path) -> list[PhraseRow]:
    """The rows of a table of phrases, CSV with commas, semicolons or tabs.

    With a header it has a column phrase, and may have image, frame and author; without one it holds a phrase a line, or
    an image and a phrase.

    Raises:
        FormatError: it cannot be read; the sentence names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise FormatError(f"{str(path)!r} does not exist; check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"{str(path)!r} cannot be read as a table; save it as CSV in UTF-8.") from error
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        found = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise FormatError(f"{str(path)!r} is no table that can be read ({error}); save it as CSV in UTF-8.") from error
    if not found:
        raise FormatError(f"{str(path)!r} holds no phrase; write one on each line.")
    header = [cell.strip().lower() for cell in found[0]]
    phrase_at = _place(header, _PHRASE_COLUMNS)
    if phrase_at is None and _place(header, _MEDIUM_COLUMNS) is not None:
        raise FormatError(f"{str(path)!r} has no column 'phrase'; name the column of phrases so.")
    if phrase_at is None:
        return _without_header(found, lines, delimiter, path)
    medium_at, frame_at = _place(header, _MEDIUM_COLUMNS), _place(header, ("frame",))
    author_at = _place(header, ("author",))
    if medium_at is None:
        _refuse_unnamed_media(found, path)
    rows: list[PhraseRow] = []
    for number, cells in enumerate(found[1:], start=2):
        frame = _cell(cells, frame_at)
        if frame and not frame.isdigit():
            raise FormatError(f"Row {number} of {path.name!r} has the frame {frame!r}; write a number from 0.")
        rows.append(
            PhraseRow(_cell(cells, phrase_at), _cell(cells, medium_at), int(frame or 0), _cell(cells, author_at))
        )
    return _checked(rows, path)


def _refuse_unnamed_media(found: list[list[str]], path: Path) -> None:
    """Refuse a column that names media and is not called so: its phrases would be asked of every medium."""
    header, *rows = found
    for place, name in enumerate(header):
        cells = [_cell(row, place) for row in rows]
        if any(cells) and all(kind_of(Path(cell)) is not None for cell in cells if cell):
            raise FormatError(f"The column {name.strip()!r} of {path.name!r} names files; call it 'image'.")


def _without_header(found: list[list[str]], lines: list[str], delimiter: str, path: Path) -> list[PhraseRow]:
    # A line that holds no file name is a phrase, commas and all: a sentence is never split at its punctuation.
    if all(len(cells) == 2 and PurePosixPath(cells[0].strip()).suffix for cells in found):
        return _checked([PhraseRow(cells[1].strip(), cells[0].strip()) for cells in found], path)
    if delimiter == "\t" and any(len(cells) > 1 for cells in found):
        raise FormatError(f"{path.name!r} has several columns and no header; put 'image' and 'phrase' above them.")
    return _checked([PhraseRow(line.strip()) for line in lines if line.strip()], path)


def _checked(rows: list[PhraseRow], path: Path) -> list[PhraseRow]:
    for number, row in enumerate(rows, start=1):
        try:
            clean_phrase(row.phrase)
        except EditError as error:
            raise FormatError(f"Phrase {number} of {path.name!r} is empty; write it, or remove the row.") from error
    return rows


def _place(header: Sequence[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


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
        by_name[path.name.casefold()].append((medium.id, path.parts))
    found: dict[MediumId, list[PhraseRow]] = defaultdict(list)
    unmatched: dict[str, None] = {}
    for row in rows:
        named = Path(row.medium.replace("\\", "/"))
        whole = named if named.is_absolute() or folder is None else folder / named
        medium_id = by_path.get(whole.as_posix())
        if medium_id is None:
            parts = tuple(part for part in named.parts if part not in (".", ".."))
            ends = [one for one, theirs in by_name[named.name.casefold()] if theirs[-len(parts) :] == parts]
            medium_id = ends[0] if len(ends) == 1 else None
            if len(ends) > 1:
                unmatched[f"{row.medium!r} is the name of {len(ends)} media; write more of its path."] = None
                continue
        if medium_id is None:
            unmatched[f"{row.medium!r} is not in the project; add it, or mend its name."] = None
        else:
            found[medium_id].append(row)
    return found, list(unmatched)
