"""Which files of a folder are media, in the order people count: without opening one."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.media.paths import quoted, stat_medium, unreadable

if TYPE_CHECKING:
    from pathlib import Path

# fmt: off
IMAGE_SUFFIXES: Final = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".webp", ".tif", ".tiff", ".bmp", ".dib", ".gif",
    ".avif", ".jp2", ".j2k", ".ppm", ".pgm", ".pbm", ".pnm",
})
VIDEO_SUFFIXES: Final = frozenset({
    ".mp4", ".m4v", ".mov", ".qt", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".m2v", ".mjpeg", ".mjpg",
    ".ogv", ".ogg", ".wmv", ".asf", ".flv", ".f4v", ".ts", ".mts", ".m2ts", ".vob", ".3gp", ".3g2", ".mxf",
    ".y4m", ".h264", ".264", ".h265", ".hevc", ".265", ".ivf", ".obu",
})
# fmt: on
_NUMBER: Final = re.compile(r"[0-9]+")


def kind_of(path: Path) -> MediumKind | None:
    """Image or video by the file's suffix; None for anything else. No file is touched."""
    return _kind_of_suffix(path.suffix.lower())


def natural_key(text: str) -> tuple[str, str]:
    """A key by which "frame 2" comes before "frame 10", whatever the case; equal only for equal texts."""
    # One string compares several times faster than a tuple of parts; a run of digits is led by its length, so that a
    # longer number is a greater one. Leading zeros decide last, through the text itself.
    return _NUMBER.sub(_with_length, text.casefold()), text


def name_key(name: str) -> str:
    """What two names have in common that some system takes for one: case, and letters written in several ways."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def list_media(folder: Path, recursive: bool = False) -> list[Path]:
    """The pictures and clips in a folder in natural order, each folder's own files before those of its subfolders.

    Known by their suffixes: none is opened. Hidden files and folders are left out; links to folders are not followed.

    Raises:
        MediaError: The folder is missing, is a file, or may not be read. Subfolders that may not be
            read are passed over.
    """
    stat_medium(folder)
    try:
        return _media_in(folder, recursive=recursive)
    except NotADirectoryError as cause:
        raise MediaError(f"{quoted(folder)} is a file, not a folder; choose the folder it lies in.") from cause
    except OSError as cause:
        raise unreadable(folder, cause) from cause


def media_by_subfolder(folder: Path) -> dict[str, int]:
    """How many pictures and clips each folder in `folder` holds, those in it included; none is named that has none.

    Raises:
        MediaError: As `list_media`.
    """
    own = len(list_media(folder))
    below = [path.relative_to(folder).parts[0] for path in list_media(folder, recursive=True)[own:]]
    return dict(Counter(below))


def _media_in(folder: Path, *, recursive: bool) -> list[Path]:
    names: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            suffix = name[name.rfind(".") :].lower()
            if _kind_of_suffix(suffix) is not None and not _is_folder(entry):
                names.append(name)
            elif recursive and entry.is_dir(follow_symlinks=False):
                folders.append(name)
    found = [folder / name for name in sorted(names, key=natural_key)]
    for name in sorted(folders, key=natural_key):
        try:
            found.extend(_media_in(folder / name, recursive=True))
        except OSError:  # one forbidden or vanished folder must not hide all the others
            continue
    return found


def _kind_of_suffix(suffix: str) -> MediumKind | None:
    if suffix in IMAGE_SUFFIXES:
        return MediumKind.IMAGE
    return MediumKind.VIDEO if suffix in VIDEO_SUFFIXES else None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle: shown, and explained when it is opened
        return False


def _with_length(match: re.Match[str]) -> str:
    digits = match.group().lstrip("0")
    return f"0{chr(len(digits) + 1)}{digits}"
