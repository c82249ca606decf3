"""The formats, as a table to read. Dialogs, the command line and the tests all take them from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import FormatError, UsageError
from refseg_annotator.formats import (
    a2d,
    coco,
    davis,
    jhmdb,
    labelme,
    mask_png,
    mevis,
    phrasecut,
    ref_davis,
    refer,
    refer_youtube_vos,
    referit,
    submission,
    talk2car,
    vision_language,
    voc,
    yolo,
)

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.formats.base import Format, Reader, ReadOptions

# In the order in which a folder is asked what it is: the particular before the general.
FORMATS: Final[tuple[Format, ...]] = (
    *refer.FORMATS,
    phrasecut.FORMAT,
    referit.FORMAT,
    talk2car.FORMAT,
    a2d.FORMAT,
    jhmdb.FORMAT,
    refer_youtube_vos.FORMAT,
    mevis.FORMAT,
    ref_davis.FORMAT,
    davis.FORMAT,
    labelme.FORMAT,
    coco.FORMAT,
    voc.FORMAT,
    yolo.FORMAT,
    mask_png.FORMAT,
    submission.FORMAT,
    vision_language.FORMAT,
)
_BY_NAME: Final = {form.name: form for form in FORMATS}


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        UsageError: There is none; the sentence lists those there are.
    """
    found = _BY_NAME.get(name)
    if found is None:
        raise UsageError(f"There is no format {name!r}; there are {', '.join(sorted(_BY_NAME))}.")
    return found


def find_reader(name: str) -> tuple[Format, Reader]:
    """The format of that name, to be read.

    Raises:
        UsageError: There is none, or it is only written; the sentence lists those that are read.
    """
    found = _BY_NAME.get(name)
    names = ", ".join(form.name for form in readable())
    if found is None:
        raise UsageError(f"There is no format {name!r} to read; there are {names}.")
    if found.read is None:
        raise UsageError(f"{found.title} ({name}) is only written, not read; formats to read are {names}.")
    return found, found.read


def readable() -> tuple[Format, ...]:
    """The formats that can be imported."""
    return tuple(form for form in FORMATS if form.reads)


def writable() -> tuple[Format, ...]:
    """The formats that can be exported."""
    return tuple(form for form in FORMATS if form.writes)


def check_options(form: Format, options: ReadOptions) -> None:
    """Refuse what would be passed over, or make every photo a missing one.

    Raises:
        UsageError: The folder of the photos is not there, or the format's splits are nobody's.
    """
    if options.image_root is not None and not options.image_root.is_dir():
        raise UsageError(f"There is no folder {str(options.image_root)!r} of photos or frames; check the path.")
    if options.by is not None and not form.has_authors:
        raise UsageError(f"{form.title} has one split of each name, whoever made it; leave --by out.")


def reader_of(path: Path, name: str | None) -> tuple[Format, Reader]:
    """The format named, or the one that a file or folder is in.

    Raises:
        UsageError: As `find_reader`.
        FormatError: As `sniff`.
    """
    return find_reader(name if name is not None else sniff(path).name)


def sniff(path: Path) -> Format:
    """The format a file or folder is in.

    Raises:
        FormatError: It looks like none that can be read.
    """
    if not path.exists():
        raise FormatError(f"{path} does not exist; check the path.")
    for form in readable():
        if form.sniff(path):
            return form
    if path.stat().st_size == 0 if path.is_file() else path.is_dir() and not any(path.iterdir()):
        raise FormatError(f"{path} is empty; name the file or folder of a data set.")
    known = ", ".join(form.name for form in readable())
    raise FormatError(f"{path} looks like no data set known here; say which it is ({known}).")
