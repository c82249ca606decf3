"""The lock that keeps a second writer out: held by the operating system, gone with the process however it ends."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import LockedProjectError, StorageError
from refseg_annotator.storage.faults import explained

if TYPE_CHECKING:
    from pathlib import Path

_REFUSED: Final = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
# On Windows a locked byte cannot even be read by others, so the byte locked lies beyond the text.
_LOCKED_BYTE: Final = 1 << 30


class FileLock:
    """An exclusive advisory lock on a file beside the project, `name.refseg.lock`.

    The side file, not the project itself: some systems let SQLite's own locks and ours collide on one file.

    Raises:
        LockedProjectError: another window or process holds it.
        StorageError: the folder cannot be written, or its disk knows no locks.
    """

    def __init__(self, project: Path) -> None:
        self.path: Final = project.with_name(project.name + ".lock")
        self._descriptor: int | None = self._acquire(project)

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if sys.platform == "win32":
            os.close(descriptor)
        # Elsewhere removed while still held: whoever opened it meanwhile finds the name gone and starts again.
        # A file left behind, because the drive is gone or another has it open on Windows, locks nobody out.
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        if sys.platform != "win32":
            os.close(descriptor)

    def _acquire(self, project: Path) -> int:
        while True:
            with explained(project):
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
            try:
                _lock(descriptor)
            except OSError as error:
                holder = _holder(descriptor)
                os.close(descriptor)
                if error.errno in _REFUSED:
                    raise LockedProjectError(
                        f"{project.name!r} is open in another window{holder}; close it there, or save it there "
                        "(Ctrl+S) and work on a copy of the file."
                    ) from error
                raise StorageError(
                    f"The disk of {str(project)!r} cannot lock files ({error.strerror}), so two people could overwrite "
                    "each other's work; copy the project to a local disk."
                ) from error
            if not self._is_still(descriptor):
                os.close(descriptor)
                continue
            # Who holds it is a courtesy: on a full disk the lock holds without it.
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
                os.write(descriptor, f"{os.getpid()}\n".encode())
            return descriptor

    def _is_still(self, descriptor: int) -> bool:
        """Whether the locked file is the one that bears the name: its last holder may have removed it in between."""
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return False
        mine = os.fstat(descriptor)
        return (named.st_ino, named.st_dev) == (mine.st_ino, mine.st_dev)


def _holder(descriptor: int) -> str:
    try:
        text = os.pread(descriptor, 32, 0).decode("ascii", "replace") if hasattr(os, "pread") else ""
    except OSError:
        text = ""
    number = text.strip()
    return f" (process {number})" if number.isdigit() else ""


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # flock belongs to the open file, so that a second window of this very process is refused as well.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
