"""A recipe's file, whatever it trains: read strictly, its numbers held against their ranges."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from refseg_annotator.errors import TrainingError

RecipeT = TypeVar("RecipeT")

# Tables by data source or by kind of phrase, whose keys the data decide.
_KEYS_OF_DATA: Final = ("source_weight", "kind_weight", "unsafe_negative", "only")


def decode_recipe(path: Path, kind: type[RecipeT]) -> RecipeT:
    """The recipe of `kind` in a TOML file.

    Raises:
        TrainingError: the file is missing, no TOML, or names what is not known.
    """
    try:
        text = path.read_bytes()
    except OSError as cause:
        raise TrainingError(f"The recipe {str(path)!r} cannot be read; give the path of a TOML file.") from cause
    try:
        recipe = msgspec.toml.decode(text, type=kind, strict=True)
        _refuse_unknown_keys(msgspec.toml.decode(text), msgspec.to_builtins(recipe), repr(str(path)))
    except UnicodeDecodeError as cause:
        raise TrainingError(f"The recipe {str(path)!r} is no text in UTF-8; give the path of a TOML file.") from cause
    except msgspec.MsgspecError as cause:
        raise TrainingError(f"The recipe {str(path)!r} is not right: {cause}.") from cause
    return recipe


def kind_of_recipe(path: Path) -> str:
    """What a recipe's file says that it is for; "" for an image model's, and where a broken one is for its reader."""
    try:
        content = msgspec.toml.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return ""
    return str(content.get("kind", "")) if isinstance(content, dict) else ""


def text_of(recipe: object) -> str:
    """All that a recipe decides, as one line: equal for equal recipes."""
    return json.dumps(msgspec.to_builtins(recipe), sort_keys=True)


def refuse_out_of_range(path: Path, ranges: Iterable[tuple[str, float, float, float]]) -> None:
    """Holds a recipe's numbers (name, value, least, most) against what they may be.

    Raises:
        TrainingError: one lies outside.
    """
    for name, value, least, most in ranges:
        if not least <= value <= most:
            told = f"at least {least:g}" if math.isinf(most) else f"in {least:g}..{most:g}"
            raise TrainingError(f"The recipe {str(path)!r} sets {name} to {value:g} where it must be {told}.")


def _refuse_unknown_keys(given: object, known: object, where: str) -> None:
    """A misspelt key would silently train something else."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key not in known:
                raise TrainingError(f"The recipe {where} sets {key!r}, which is none of {', '.join(sorted(known))}.")
            if key not in _KEYS_OF_DATA:
                _refuse_unknown_keys(value, known[key], where)
    elif isinstance(given, list) and isinstance(known, list | tuple):
        for item, known_item in zip(given, known, strict=False):
            _refuse_unknown_keys(item, known_item, where)
