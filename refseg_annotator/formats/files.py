"""Reading foreign files with care: sizes, JSON, pickles of plain values, paths that stay inside their folder.

Everything here answers bad input with one `FormatError` sentence that names the file and, where there is one, the
field.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import pickle
import re
import unicodedata
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from refseg_annotator.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

T = TypeVar("T")

LARGEST_FILE: Final = 16 << 30
"""Bytes: beyond this a text file is surely not an annotation file."""

# What a pickle of plain values may name, under Python 2's and Python 3's name of the module.
_PLAIN_TYPES: Final[dict[str, type]] = {"set": set, "frozenset": frozenset, "list": list, "dict": dict}
_END: Final = "\x1fend of the file\x1f"
"""A last line of our own: a quote left open would take it, and with it all that came before, into one field."""
_BYTE: Final = re.compile(r"\(byte (\d+)\)")
_NO_NUMBER: Final = re.compile(rb"[\s\S]?(?:NaN|-?Infinity)")
"""What Python's json writes for numbers that are none; msgspec stumbles over its first or second letter."""
LARGEST_PICKLE: Final = 1 << 28
"""Bytes: a pickle larger than this is refused (RefCOCOg's own is under 30 MB)."""


def read_bytes(path: Path, *, limit: int = LARGEST_FILE) -> bytes:
    """The file's bytes.

    Raises:
        FormatError: The file is missing, a folder, unreadable or larger than `limit` bytes.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            raise FormatError(f"{path} has {size:,} bytes, more than the {limit:,} this format can have.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FormatError(f"{path} is missing; the format needs this file.") from error
    except OSError as error:
        raise FormatError(
            f"{path} cannot be read ({error.strerror or error}); check the file and its rights."
        ) from error


def read_text(path: Path, *, encoding: str = "utf-8", limit: int = LARGEST_FILE) -> str:
    """The file's text, a byte order mark dropped; where there is one the text is UTF-8, whatever it should be.

    Raises:
        FormatError: As `read_bytes`, or the bytes are not of this encoding.
    """
    data = read_bytes(path, limit=limit)
    if data.startswith(b"\xef\xbb\xbf"):
        encoding, data = "utf-8", data[3:]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path} is not {encoding.upper()} text (byte {error.start}); save it again in that encoding."
        ) from error


def head_of(path: Path, count: int = 4096) -> bytes:
    """The first bytes of a file, for a sniffer; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError:
        return b""


def read_json(path: Path, kind: type[T]) -> T:
    """The file's JSON, checked against `kind` while it is parsed.

    Raises:
        FormatError: The file cannot be read, is no JSON, is cut off, or a field has another type.
    """
    data = read_bytes(path)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if not data.strip():
        raise FormatError(f"{path} is empty; it should hold JSON.")
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise FormatError(f"{path}: {field_sentence(error)}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path} is not UTF-8 text, as JSON must be; save it again in that encoding.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise FormatError(_json_sentence(path, data, error)) from error


def _json_sentence(path: Path, data: bytes, error: Exception) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{path} is not UTF-8 text, as JSON must be; save it again in that encoding."
    found = _BYTE.search(str(error))
    if found is not None and _NO_NUMBER.match(data, max(0, int(found[1]) - 1)):
        return (
            f"{path} says NaN or Infinity (byte {found[1]}), for which JSON has no word; "
            "write it again with a number or null there."
        )
    return f"{path} is not whole JSON ({_lowered(error)}); fetch or write it again."


def convert(value: Any, kind: type[T], *, path: Path) -> T:
    """A plain value (from a pickle) checked against `kind`.

    Raises:
        FormatError: A field has another type.
    """
    try:
        return msgspec.convert(value, type=kind)
    except msgspec.ValidationError as error:
        raise FormatError(f"{path}: {field_sentence(error)}") from error
    except RecursionError as error:
        raise FormatError(f"{path} holds a value that contains itself; fetch it again.") from error


def field_sentence(error: msgspec.ValidationError) -> str:
    """msgspec's complaint as the end of a sentence: `field [3].ann_id: expected int, got str.`"""
    what, _, where = str(error).partition(" - at ")
    field = where.strip("`").removeprefix("$").removeprefix(".")
    return f"field {field or 'at the top'}: {_lowered(what)}."


def _lowered(words: object) -> str:
    text = str(words).replace("`", "").rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]  # "JSON" is a word of its own


class _PlainUnpickler(pickle.Unpickler):
    """Admits containers, numbers and strings; a pickle that names any other class or function is refused unrun."""

    def find_class(self, module: str, name: str) -> Any:
        if module in ("builtins", "__builtin__") and name in _PLAIN_TYPES:
            return _PLAIN_TYPES[name]
        raise pickle.UnpicklingError(f"it names {module}.{name}")

    def persistent_load(self, _pid: Any) -> Any:
        raise pickle.UnpicklingError("it refers to an object outside the file")


def read_plain_pickle(path: Path, kind: type[T]) -> T:
    """A pickle of plain values, as Python 2 wrote them too, checked against `kind`; nothing in it is ever run.

    Raises:
        FormatError: The file cannot be read, is cut off, holds more than plain values, or a field has another type.
    """
    data = read_bytes(path, limit=LARGEST_PICKLE)
    try:
        value = _PlainUnpickler(io.BytesIO(data), encoding="latin-1").load()
    except pickle.UnpicklingError as error:
        raise FormatError(f"{path} is refused: {_lowered(error)}; only pickles of plain values are read.") from error
    except Exception as error:  # a broken pickle may raise any built-in error; all mean the same
        raise FormatError(f"{path} is no whole pickle ({_lowered(error) or 'cut off'}); fetch it again.") from error
    return convert(value, kind, path=path)


def read_csv_rows(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """`(line number from 1, fields)` of each row that is not blank; quoted commas and line breaks are honoured.

    Raises:
        FormatError: The file cannot be read, leaves a quote open or otherwise breaks the rules of CSV.
    """
    lines = io.StringIO(read_text(path, encoding=encoding), newline="")
    reader = csv.reader(chain(lines, [_END]), delimiter=delimiter)
    last = 0
    try:
        for row in reader:
            if row == [_END]:
                return
            if row and row[-1].endswith(_END):
                raise FormatError(f"{path}: line {last + 1}: a quote is opened that nobody closes; close it.")
            if row:
                yield reader.line_num, row
            last = reader.line_num
    except csv.Error as error:
        raise FormatError(f"{path}: line {reader.line_num}: {_lowered(error)}.") from error


class Folder:
    """A folder whose files are named by foreign data: every name is proven to stay inside before it is used.

    Args:
        root: The folder; it may itself be reached through a symlink, what lies in it may not lead out.
    """

    __slots__ = ("_parents", "_real", "root")

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._parents: dict[str, bool] = {}

    def __truediv__(self, name: str) -> Path:
        return self.file(name)

    def file(self, name: str) -> Path:
        """The path of `name` in the folder. It need not exist; letters with marks are found however written.

        Raises:
            FormatError: The name is empty, absolute, has `..` in it, or a symlink on the way leads out of the folder.
        """
        pure = plain_name(name, where=str(self.root))
        path = self.root / pure
        if not name.isascii() and not os.path.exists(path):  # noqa: PTH110  says no where the name is too long
            path = self._written_otherwise(pure)
            pure = PurePosixPath(path.relative_to(self.root).as_posix())
        parent = str(pure.parent)
        inside = self._parents.get(parent)
        if inside is None:
            inside = self._parents[parent] = self._holds(path.parent)
        if not inside or (path.is_symlink() and not self._holds(path)):
            raise FormatError(
                f"{name!r} leads out of {self.root} through a symlink; name the real folder as the image folder."
            )
        return path

    def _written_otherwise(self, pure: PurePosixPath) -> Path:
        """`pure` with each part as it is on disk: letter and mark apart (macOS) or as one; else as it is."""
        path = self.root
        for part in pure.parts:
            forms = (part, unicodedata.normalize("NFC", part), unicodedata.normalize("NFD", part))
            path /= next((form for form in forms if os.path.exists(path / form)), part)  # noqa: PTH110
        return path

    def _holds(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real == self._real or real.startswith(self._real.rstrip(os.sep) + os.sep)


def plain_name(name: str, *, where: str) -> PurePosixPath:
    """A foreign file name as a relative path without tricks; backslashes count as separators.

    Raises:
        FormatError: The name is empty, absolute, names a drive, holds `..` or a character no file name has.
    """
    pure = PurePosixPath(name.replace("\\", "/"))
    parts = pure.parts
    if not parts or "\0" in name or any(ord(letter) < 32 for letter in name):
        raise FormatError(f"{where}: {name!r} is no file name; correct it in the annotation file.")
    if pure.is_absolute() or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        raise FormatError(f"{where}: the file name {name!r} leads out of its folder; make it relative to that folder.")
    if len(name) > 1024 or any(len(part.encode("utf-8", "surrogatepass")) > 255 for part in parts):
        raise FormatError(f"{where}: the file name {name[:40]!r}... is longer than a file name can be.")
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(f"{where}: {name!r} is no file name; correct it in the annotation file.") from error
    return pure


def only_split(path: Path, found: Mapping[str, T], split: str | None) -> Mapping[str, T]:
    """Of what a data set at `path` has by split: all, or the one asked for.

    Raises:
        FormatError: It has none of that name.
    """
    if split is None:
        return found
    if split not in found:
        raise no_split(path, split, found)
    return {split: found[split]}


def no_split(path: Path, split: str | None, known: Iterable[str]) -> FormatError:
    """What to raise where the data set, or the file, at `path` lacks the split asked for; `known` are those it has."""
    names = ", ".join(dict.fromkeys(name or "(unnamed)" for name in known)) or "none"
    return FormatError(f"{path} has no split {split!r}; it has {names}.")


def files_of_split(
    folder: Path, files: Mapping[str, Path], *, prefix: str, split: str | None, title: str
) -> Mapping[str, Path]:
    """Of a data set's `files` by split, named `<prefix><split>.json`: all, or the one asked for, listed or not.

    Raises:
        FormatError: The split asked for has no file, or there is none at all; `title` names the data set.
    """
    if split is not None and (single := folder / f"{prefix}{split}.json").is_file():
        return {split: single}
    if not files:
        raise FormatError(f"{folder} has no {prefix}<split>.json; name the {title} folder.")
    if split is not None:
        raise no_split(folder, split, files)
    return files
