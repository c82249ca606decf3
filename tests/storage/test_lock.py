"""One writer at a time, whatever becomes of him."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from refseg_annotator.errors import LockedProjectError, StorageError
from refseg_annotator.storage import lock as lock_module
from refseg_annotator.storage.lock import FileLock

HOLDER = """
import sys
from pathlib import Path
from refseg_annotator.storage.lock import FileLock
held = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def _holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_a_second_window_of_this_process_is_refused(tmp_path: Path) -> None:
    held = FileLock(tmp_path / "a.refseg")
    with pytest.raises(LockedProjectError, match=rf"'a.refseg' is open in another window \(process {os.getpid()}\)"):
        FileLock(tmp_path / "a.refseg")
    held.release()
    held.release()
    assert not held.path.exists()
    FileLock(tmp_path / "a.refseg").release()


def test_another_process_is_refused_until_the_holder_ends(tmp_path: Path) -> None:
    process = _holder(tmp_path / "a.refseg")
    try:
        with pytest.raises(LockedProjectError, match=rf"process {process.pid}"):
            FileLock(tmp_path / "a.refseg")
    finally:
        _end(process)
    FileLock(tmp_path / "a.refseg").release()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    process = _holder(tmp_path / "a.refseg")
    process.kill()
    _end(process)
    assert (tmp_path / "a.refseg.lock").exists()
    FileLock(tmp_path / "a.refseg").release()


def test_a_lock_removed_between_opening_and_locking_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.refseg"
    true_lock, calls = lock_module._lock, []

    def late(descriptor: int) -> None:
        true_lock(descriptor)
        calls.append(descriptor)
        if len(calls) == 1:
            (tmp_path / "a.refseg.lock").unlink()

    monkeypatch.setattr(lock_module, "_lock", late)
    held = FileLock(path)
    assert len(calls) == 2
    monkeypatch.setattr(lock_module, "_lock", true_lock)
    with pytest.raises(LockedProjectError):
        FileLock(path)
    held.release()


def test_a_disk_without_locks_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock_module, "_lock", refuse)
    with pytest.raises(StorageError, match="cannot lock files"):
        FileLock(tmp_path / "a.refseg")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageError, match="read-only"):
        FileLock(tmp_path / "a.refseg")
