"""A weight bundle as files: their names, and the one reader of `config.json`. No torch, and no network's shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import msgspec

from refseg_annotator.errors import BundleError

if TYPE_CHECKING:
    from pathlib import Path

CONFIG_FILE: Final = "config.json"
VOCABULARY_FILE: Final = "vocabulary.txt"
WEIGHTS_FILE: Final = "weights.safetensors"
CARD_FILE: Final = "card.md"
# Beside some: the part that follows masks through clips.
CROSS_FRAME_FILE: Final = "cross_frame.safetensors"
# Beside some: the part that finds what clicks are on.
CLICKS_FILE: Final = "clicks.safetensors"

# A configuration or card larger than this is not one; the check keeps a hostile bundle from filling memory.
LARGEST_TEXT: Final = 4 << 20

ConfigT = TypeVar("ConfigT")


def read_config_record(folder: Path) -> dict[str, Any]:
    """What the bundle's `config.json` says, taken as it stands; `as_config` makes a checked record of it.

    Raises:
        BundleError: it is missing, too large, or no JSON table.
    """
    try:
        record = msgspec.json.decode(read_text(folder, CONFIG_FILE))
    except (msgspec.MsgspecError, RecursionError) as error:
        refuse_config(folder, error)
    if not isinstance(record, dict):
        refuse_config(folder, ValueError("it holds no table"))
    return record


def as_config(folder: Path, record: dict[str, Any], kind: type[ConfigT]) -> ConfigT:
    """A bundle's record as far as `kind` knows its keys.

    Raises:
        BundleError: a key is missing, or its value is not what `kind` takes.
    """
    try:
        return msgspec.convert(record, kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        refuse_config(folder, error)


def read_text(folder: Path, name: str) -> str:
    """A text file of a bundle.

    Raises:
        BundleError: it is missing, too large, or no UTF-8.
    """
    file = folder / name
    try:
        if file.stat().st_size > LARGEST_TEXT:
            raise BundleError(
                f"The model {folder.name!r} cannot be used, for its {name} is far too large; fetch it again."
            )
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(
            f"The model {folder.name!r} cannot be used, for its {name} cannot be read; fetch it again."
        ) from error


def refuse_config(folder: Path, cause: Exception) -> NoReturn:
    """Raises the BundleError for a configuration that says what cannot be; `cause` says it in English."""
    raise BundleError(
        f"The model {folder.name!r} cannot be used, for its {CONFIG_FILE} is not as it should be "
        f"({str(cause).rstrip('.')}); fetch it again."
    ) from cause
