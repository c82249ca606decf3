"""Files on disk as media sees them: how they are named in a sentence, and what is refused before a byte is read."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from refseg_annotator.errors import MediaError

if TYPE_CHECKING:
    import os
    from pathlib import Path


def quoted(path: Path) -> str:
    """The path in quotation marks, fit for a terminal: control characters and undecodable bytes are escaped."""
    # A file name may hold line breaks, terminal commands or lone surrogates, which would break the one sentence.
    return '"' + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(path)) + '"'


def stat_medium(path: Path) -> os.stat_result:
    """What the system knows of a file or folder.

    Raises:
        MediaError: There is none, or it may not be looked at.
    """
    try:
        return path.stat()
    except FileNotFoundError as cause:
        raise MediaError(
            f"{quoted(path)} does not exist; check the path, or relink the file if it was moved."
        ) from cause
    except PermissionError as cause:
        raise MediaError(f"{quoted(path)} may not be read by you; change its permissions.") from cause
    except (OSError, ValueError) as cause:  # ValueError: a null character in the path
        raise MediaError(f"{quoted(path)} cannot be reached ({cause}); check the path and the drive.") from cause


def stat_file(path: Path) -> os.stat_result:
    """What the system knows of an ordinary file with at least one byte.

    Raises:
        MediaError: It is missing, a folder, a pipe or device (which could block for ever), or empty.
    """
    status = stat_medium(path)
    if stat.S_ISDIR(status.st_mode):
        raise MediaError(f"{quoted(path)} is a folder, not a file; choose a file inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise MediaError(f"{quoted(path)} is a device or pipe, not a file; copy its contents to a file first.")
    if status.st_size == 0:
        raise MediaError(f"{quoted(path)} is empty (0 bytes); copy it again from where it came.")
    return status


def unreadable(path: Path, cause: OSError) -> MediaError:
    """The sentence for a file that the system refuses to open or to read."""
    if isinstance(cause, PermissionError):
        return MediaError(f"{quoted(path)} may not be read by you; change its permissions.")
    reason = cause.strerror or str(cause)
    return MediaError(f"{quoted(path)} cannot be read ({reason}); check the drive and copy the file again.")
