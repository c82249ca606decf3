"""How a folder is known as an export of this program, and what in it is not of the export: that is never replaced."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from refseg_annotator.formats.report import REPORT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refseg_annotator.formats.base import TransferReport

_TOOL: Final = "refseg-annotator"
_CLUTTER: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in folders by themselves."""


class _Marker(msgspec.Struct):
    """What tells an export from anything else.

    Attributes:
        files: All that it wrote, by the path from its folder; None where an older version did.
    """

    tool: str = ""
    files: list[str] | None = None


def mark_export(folder: Path, report: TransferReport, format_name: str) -> None:
    """Save the report of an export in its folder, which is known by it from then on; call it last.

    Raises:
        OSError: The disk refuses.
    """
    own = [f"{REPORT_NAME}.{suffix}" for suffix in ("json", "txt")]
    marked = {"tool": _TOOL, "format": format_name, **report.to_json(), "files": sorted([*_files_in(folder), *own])}
    (folder / f"{REPORT_NAME}.json").write_bytes(msgspec.json.format(msgspec.json.encode(marked), indent=2))
    (folder / f"{REPORT_NAME}.txt").write_text(report.to_text() + "\n", encoding="utf-8")


def is_export(folder: Path) -> bool:
    """Whether this program wrote the folder."""
    return _marker_of(folder) is not None


def added_file(folder: Path) -> str | None:
    """Some file in an export's folder that the export did not write, by its path from there; None where there is none,
    or where an older version wrote it, which did not list its files."""
    marker = _marker_of(folder)
    if marker is None or marker.files is None:
        return None
    known = frozenset(marker.files)
    found = (name for name in _files_in(folder) if name not in known)
    return next((name for name in found if name.rpartition("/")[2] not in _CLUTTER), None)


def _marker_of(folder: Path) -> _Marker | None:
    try:
        marker = msgspec.json.decode((folder / f"{REPORT_NAME}.json").read_bytes(), type=_Marker)
    except (OSError, msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return marker if marker.tool == _TOOL else None


def _files_in(folder: Path) -> Iterator[str]:
    """Every file below the folder, and every link, by its path from there with forward slashes."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*names, *links):
            yield (here / name).relative_to(folder).as_posix()
