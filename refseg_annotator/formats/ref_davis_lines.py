"""The four text files of Ref-DAVIS17 as they are written: line n of each speaks of the same object.

The published loaders put the files side by side, line by line, and take a quarter of a clip's lines for the number of
its objects. An object that one file lacks would shift all that follow; so a file without an expression of its own for
an object repeats another's. What is repeated stands in a file beside, by which our own reader leaves it out again.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from refseg_annotator.core.annotation import Expression
    from refseg_annotator.formats.report import Ledger

TEXT_FILES: Final = (
    "Davis17_annot1",
    "Davis17_annot2",
    "Davis17_annot1_full_video",
    "Davis17_annot2_full_video",
)
REPEATS_FILE: Final = "repeated_lines.txt"
_PLAIN: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "..."})


def encoding_of(name: str) -> str:
    """The second annotator's files are latin-1, the first one's UTF-8."""
    return "latin-1" if "annot2" in name else "utf-8"


class TextFiles:
    """The four files, object by object."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lines: dict[str, list[str]] = {name: [] for name in TEXT_FILES}
        self._repeats: list[str] = []

    def add(self, clip: str, number: int, expressions: Sequence[Expression]) -> None:
        """Deal the expressions of object `number` out to the files, and fill up the files that got fewer."""
        if not expressions:
            self._ledger.change(
                "objects without an expression count as missing where loaders want a line of each file",
                f"{clip} object {number}",
            )
            return
        self._ledger.write("expressions", len(expressions))
        dealt = _dealt(expressions)
        rounds = max(map(len, dealt.values()))
        if rounds > 1:
            self._ledger.change(
                "objects have so many expressions that they count as several for loaders that want one of each file",
                f"{clip} object {number}",
            )
        for file, texts in dealt.items():
            lines = [_line(clip, number, text) for text in texts]
            fill = _to_repeat(file, dealt, rounds - len(texts))
            for text in fill:
                said = _as_held(text, file)
                if said != text:
                    self._ledger.change(
                        "repeated expressions lose characters that are not latin-1", f"{text} -> {said}"
                    )
                lines.append(_line(clip, number, said))
                self._repeats.append(f"{file} {lines[-1]}")
            if fill:
                self._ledger.change(
                    "lines repeat an expression, which so counts as said by several annotators",
                    f"{clip} object {number}",
                    count=len(fill),
                )
            self._lines[file] += lines

    def write(self, folder: Path) -> None:
        """Write the files into the new `folder`."""
        folder.mkdir()
        for file, lines in self._lines.items():
            (folder / f"{file}.txt").write_bytes(_joined(lines).encode(encoding_of(file)))
        if self._repeats:
            (folder / REPEATS_FILE).write_bytes(_joined(self._repeats).encode())


def _dealt(expressions: Iterable[Expression]) -> dict[str, list[str]]:
    """The texts by file: an annotator's to his own, the others to the one that has the fewest yet and can hold it."""
    dealt: dict[str, list[str]] = {name: [] for name in TEXT_FILES}
    homeless: list[str] = []
    for expression in expressions:
        if expression.author in dealt and _fits(expression.text, expression.author):
            dealt[expression.author].append(expression.text)
        else:
            homeless.append(expression.text)
    for text in homeless:
        file = min((name for name in TEXT_FILES if _fits(text, name)), key=lambda name: len(dealt[name]))
        dealt[file].append(text)
    return dealt


def _to_repeat(file: str, dealt: dict[str, list[str]], count: int) -> list[str]:
    """What fills `count` lines of a file: the annotator's own other file before the other annotator's."""
    annotator = file[: len("Davis17_annot1")]
    others = sorted(dealt, key=lambda name: (not name.startswith(annotator), TEXT_FILES.index(name)))
    texts = [text for name in others for text in dealt[name]]
    fitting = [text for text in texts if _fits(text, file)] or texts
    return [fitting[place % len(fitting)] for place in range(count)]


def _line(clip: str, number: int, text: str) -> str:
    return f'{clip} {number} "{text}"'


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _fits(text: str, file: str) -> bool:
    try:
        text.encode(encoding_of(file))
    except UnicodeEncodeError:
        return False
    return True


def _as_held(text: str, file: str) -> str:
    """The text as the file's encoding holds it: the plain letter for an unknown one, a question mark for the rest."""
    if _fits(text, file):
        return text
    encoding = encoding_of(file)
    plain = "".join(
        letter if _fits(letter, file) else unicodedata.normalize("NFKD", letter)[0] for letter in text.translate(_PLAIN)
    )
    return plain.encode(encoding, "replace").decode(encoding)
