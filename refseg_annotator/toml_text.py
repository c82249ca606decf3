"""A table of values as TOML text; the standard library only reads it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any


def toml_text(values: dict[str, Any]) -> str:
    """A TOML document of top-level keys, in which `tomllib` reads the same values; tables are written in line."""
    return "".join(f"{_toml_key(key)} = {_toml_value(value)}\n" for key, value in values.items())


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_string(key)


def _toml_value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            # Python writes inf and nan as TOML does, and 1e+16 is legal there too.
            return repr(value)
        case str():
            return _toml_string(value)
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple():
            return "[" + ", ".join(_toml_value(part) for part in value) + "]"
        case dict():
            inner = ", ".join(f"{_toml_key(key)} = {_toml_value(part)}" for key, part in value.items())
            return "{ " + inner + " }" if inner else "{}"
    raise TypeError(f"TOML has no {type(value).__name__}")


def _toml_string(text: str) -> str:
    # Half a surrogate pair, as in a path that is no UTF-8, has no place in a TOML file.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    # JSON's escapes are TOML's, but for the delete character, which TOML wants escaped.
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
