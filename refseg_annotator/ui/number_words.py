"""Numbers as the window's language writes them.

Python, and with it the log, files and the command line, writes as English does: "1,308.5", "12%". What is shown in the
window passes here: through `number`, or through the gaps of `wording.tr`.
"""

from __future__ import annotations

import re
import string
from numbers import Real
from typing import Any, Final

from PySide6.QtCore import QLocale

_PERCENT: Final = {"de": "\u00a0%"}
"""The sign with what stands before it, where that is something; Qt knows the sign alone."""
_NUMBER: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?|\d+%")
"""A number that languages write differently, as Python writes it."""

_marks: Final[dict[int, str]] = {}
"""What stands for each of Python's marks; empty where the language has the same."""


def write_as(language: str) -> None:
    """Write numbers as a language does from now on; fields for numbers that are made from now on do so too."""
    locale = QLocale(language)
    QLocale.setDefault(locale)
    _marks.clear()
    marks = {",": locale.groupSeparator(), ".": locale.decimalPoint(), "%": _PERCENT.get(language, "%")}
    if any(mark != ours for mark, ours in marks.items()):
        _marks.update(str.maketrans(marks))


def number(value: float, spec: str = ",") -> str:
    """A number in the window: `format(value, spec)`, with the marks of the language."""
    return format(value, spec).translate(_marks)


def numbers_within(text: str) -> str:
    """A text with its numbers rewritten that Python wrote: "0.1-0.3 %"."""
    return _NUMBER.sub(lambda found: found[0].translate(_marks), text) if _marks else text


def if_number(text: str) -> str:
    """A text rewritten if it is a number that Python wrote, and nothing but that."""
    return text.translate(_marks) if _NUMBER.fullmatch(text) else text


def typed_number(text: str) -> str:
    """What a person typed for a number, with Python's marks; what is none is left for others to refuse."""
    group, point = _marks.get(ord(","), ","), _marks.get(ord("."), ".")
    plain = text.strip()
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d*)?", plain):
        plain = plain.replace(group, "")
    return plain.replace(point, ".")


class Filling(string.Formatter):
    """Fills the `{names}` of a text, as `str.format` does, with numbers as the language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value in its place."""
        words = str(super().format_field(value, format_spec))
        return words.translate(_marks) if isinstance(value, Real) else words
