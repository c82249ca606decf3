"""JSON written row by row, so that a million annotations never lie in memory as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Self

import msgspec

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_ENCODER = msgspec.json.Encoder()


def write_json(path: Path, value: Any, *, indent: int = 0) -> None:
    """Save a value of plain types and structs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = _ENCODER.encode(value)
    path.write_bytes(msgspec.json.format(data, indent=indent) if indent else data)


class JsonRows:
    """A file with one JSON object: one field is an array that is written row by row, the rest comes at the end.

    Used as a context; leaving it without an error closes the object.
    """

    def __init__(self, path: Path, field: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = path.open("wb")
        self._file.write(b'{"' + field.encode() + b'":[')
        self._rest: dict[str, Any] = {}
        self._empty = True

    def add(self, row: msgspec.Struct) -> None:
        """One row more."""
        self._file.write(b"\n" if self._empty else b",\n")
        self._file.write(_ENCODER.encode(row))
        self._empty = False

    def finish_with(self, **fields: Any) -> None:
        """The other fields of the object."""
        self._rest = fields

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                self._file.write(b"]")
                for name, value in self._rest.items():
                    self._file.write(b',\n"' + name.encode() + b'":' + _ENCODER.encode(value))
                self._file.write(b"}\n")


class JsonLines:
    """A file of one JSON value a line."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = path.open("wb")

    def add(self, row: Any) -> None:
        """One line more."""
        self._file.write(_ENCODER.encode(row) + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def json_text(value: Any) -> str:
    """A value as JSON on one line."""
    return _ENCODER.encode(value).decode("utf-8")
