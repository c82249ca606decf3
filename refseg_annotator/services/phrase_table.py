"""Tables of phrases as people write them: a row a line, numbered as an editor numbers them.

A phrase is never cut: where a comma or a quote leaves open what belongs to it, the table is refused with the line and
the mend.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import EditError, FormatError
from refseg_annotator.media import kind_of
from refseg_annotator.services.annotate import clean_phrase
from refseg_annotator.services.batch_plan import PhraseRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MEDIUM_COLUMNS: Final = (
    "image", "picture", "photo", "file", "file_name", "filename", "medium", "path", "video", "clip"
)  # fmt: skip
_PHRASE_COLUMNS: Final = ("phrase", "expression", "sentence", "text")
_DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank.

    Attributes:
        number: from 1, blank lines counted.
        cells: its cells; none where its quotes are not those of a row, which `fault` tells.
    """

    number: int
    text: str
    cells: tuple[str, ...]
    fault: str = ""

    @property
    def names_file(self) -> bool:
        """Whether it begins with the name of a picture or clip, and says more."""
        return len(self.cells) > 1 and kind_of(Path(self.cells[0].strip())) is not None


def read_phrases(path: Path) -> list[PhraseRow]:
    """The rows of a table of phrases, CSV with commas, semicolons or tabs.

    With a header it has a column phrase, and may have image, frame and author; without one it holds a phrase a line, or
    an image and a phrase.

    Raises:
        FormatError: it cannot be read, or a row may be read in two ways; the sentence names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise FormatError(f"{str(path)!r} does not exist; check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"{str(path)!r} cannot be read as a table; save it as CSV in UTF-8.") from error
    # Not splitlines: editors number lines by their ends alone, not by every mark that parts text.
    raw = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not raw:
        raise FormatError(f"{str(path)!r} holds no phrase; write one on each line.")
    delimiter = _delimiter_of(raw[0][1])
    lines = [_line(number, line, delimiter) for number, line in raw]
    header = [cell.strip().lower() for cell in lines[0].cells]
    phrase_at = _place(header, _PHRASE_COLUMNS)
    if phrase_at is None and _place(header, _MEDIUM_COLUMNS) is not None:
        raise FormatError(f"{str(path)!r} has no column 'phrase'; name the column of phrases so.")
    if phrase_at is None:
        return _without_header(lines, delimiter, path)
    if len(header) == 1:
        return [_checked(_whole(line), line, path) for line in lines[1:]]
    return _with_header(lines, header, phrase_at, delimiter, path)


def _delimiter_of(first: str) -> str:
    """What parts the cells: behind the name of a file the mark that follows it, else the commonest of the line."""
    for mark in _DELIMITERS:
        if _line(1, first, mark).names_file:
            return mark
    return max(_DELIMITERS, key=first.count)


def _line(number: int, text: str, delimiter: str) -> _Line:
    # Line by line: a quote that nobody closes would take the rows below into its cell.
    try:
        return _Line(number, text, tuple(next(csv.reader([text], delimiter=delimiter, strict=True))))
    except csv.Error as error:
        return _Line(number, text, (), str(error))


def _with_header(
    lines: Sequence[_Line], header: Sequence[str], phrase_at: int, delimiter: str, path: Path
) -> list[PhraseRow]:
    medium_at, frame_at = _place(header, _MEDIUM_COLUMNS), _place(header, ("frame",))
    author_at = _place(header, ("author",))
    for line in lines:
        _refuse_torn(line, lines[0], phrase_at, delimiter, path)
    if medium_at is None:
        _refuse_unnamed_media(lines, path)
    rows: list[PhraseRow] = []
    for line in lines[1:]:
        frame = _cell(line.cells, frame_at)
        if frame and not (frame.isascii() and frame.isdigit()):
            raise FormatError(f"Line {line.number} of {path.name!r} has the frame {frame!r}; write a number from 0.")
        phrase, medium = _cell(line.cells, phrase_at), _cell(line.cells, medium_at)
        rows.append(_checked(PhraseRow(phrase, medium, int(frame or 0), _cell(line.cells, author_at)), line, path))
    return rows


def _refuse_torn(line: _Line, header: _Line, phrase_at: int, delimiter: str, path: Path) -> None:
    """Refuse a row whose quotes or commas leave open where its phrase ends."""
    _refuse_open_quote(line, path)
    behind = len(header.cells) - phrase_at - 1
    if any(cell.strip() for cell in line.cells[len(header.cells) :]):
        _refuse_cut(line, line.cells[phrase_at : len(line.cells) - behind], delimiter, path)
    # "the woman, on the left" under phrase and note: as many cells as columns, one with the blank of a sentence.
    phrase, *others = line.cells[phrase_at : phrase_at + 2] or [""]
    is_blank_led = any(cell.startswith(" ") and cell.strip() for cell in others)
    is_usual = phrase.startswith(" ") or any(cell.startswith(" ") for cell in header.cells)
    if is_blank_led and not is_usual and f'"{delimiter}' not in line.text:
        _refuse_cut(line, (phrase, *others), delimiter, path)


def _refuse_open_quote(line: _Line, path: Path) -> None:
    if line.fault:
        raise FormatError(
            f"Line {line.number} of {path.name!r} is no row that can be read ({line.fault}); close its quotes in "
            "the line itself, and write a quote within them twice."
        )


def _refuse_cut(line: _Line, pieces: Sequence[str], delimiter: str, path: Path) -> None:
    whole = delimiter.join(pieces).strip().replace('"', '""')
    raise FormatError(
        f"Line {line.number} of {path.name!r} has a {_DELIMITERS[delimiter]} in its phrase, which would cut it; put "
        f'the phrase in quotes: "{whole}".'
    )


def _refuse_unnamed_media(lines: Sequence[_Line], path: Path) -> None:
    """Refuse a column that names media and is not called so: its phrases would be asked of every medium."""
    header, *rows = lines
    for place, name in enumerate(header.cells):
        cells = [_cell(row.cells, place) for row in rows]
        if any(cells) and all(kind_of(Path(cell)) is not None for cell in cells if cell):
            raise FormatError(f"The column {name.strip()!r} of {path.name!r} names files; call it 'image'.")


def _without_header(lines: Sequence[_Line], delimiter: str, path: Path) -> list[PhraseRow]:
    if any(line.names_file for line in lines) or all(
        len(line.cells) == 2 and PurePosixPath(line.cells[0].strip()).suffix for line in lines
    ):
        return [_of_medium(line, delimiter, path) for line in lines]
    if delimiter == "\t" and any(len(line.cells) > 1 for line in lines):
        raise FormatError(f"{path.name!r} has several columns and no header; put 'image' and 'phrase' above them.")
    return [_checked(_whole(line), line, path) for line in lines]


def _of_medium(line: _Line, delimiter: str, path: Path) -> PhraseRow:
    """A row of a file and its phrase, nothing else."""
    _refuse_open_quote(line, path)
    if len(line.cells) < 2:
        raise FormatError(
            f"Line {line.number} of {path.name!r} names no file, as others do; write it before the phrase, or a header "
            "above all."
        )
    medium, phrase, *more = line.cells
    if any(cell.strip() for cell in more):
        _refuse_cut(line, (phrase, *more), delimiter, path)
    return _checked(PhraseRow(phrase.strip(), medium.strip()), line, path)


def _whole(line: _Line) -> PhraseRow:
    # A line that holds nothing else is a phrase, commas and all: a sentence is never split at its punctuation.
    return PhraseRow((line.cells[0] if len(line.cells) == 1 else line.text).strip())


def _checked(row: PhraseRow, line: _Line, path: Path) -> PhraseRow:
    if not row.phrase:
        raise FormatError(f"Line {line.number} of {path.name!r} has no phrase; write it, or remove the line.")
    try:
        clean_phrase(row.phrase)
    except EditError as error:
        raise FormatError(f"Line {line.number} of {path.name!r} holds no phrase: {error}") from error
    return row


def _place(header: Sequence[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""
