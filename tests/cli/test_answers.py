"""Whatever ends a verb early becomes one sentence on stderr and a status."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from refseg_annotator.cli.answers import one_line, sentence_of, told_when_stopped, verb
from refseg_annotator.errors import BundleError, MediaError, UsageError
from refseg_annotator.storage.faults import explained


def status_of(error: BaseException) -> int:
    @verb
    def failing() -> None:
        raise error

    with pytest.raises(typer.Exit) as caught:
        failing()
    return caught.value.exit_code


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MediaError("The photo 'a.jpg' is empty; copy it again."), 1),
        (BundleError("The bundle 'x' is not installed."), 1),
        (UsageError("Choose a mask or an overlay."), 2),
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "No space left on device", "out.png"), 1),
        (ZeroDivisionError("division by zero"), 1),
        (MemoryError(), 1),
    ],
)
def test_status_and_one_sentence(error: BaseException, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(error) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert len(captured.err.splitlines()) == 1
    assert captured.err.rstrip().endswith((".", "happened."))


def test_a_message_for_users_is_shown_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    status_of(MediaError("The photo 'a.jpg' is empty; copy it again."))
    assert capsys.readouterr().err == "The photo 'a.jpg' is empty; copy it again.\n"


def test_a_message_over_several_lines_becomes_one(capsys: pytest.CaptureFixture[str]) -> None:
    status_of(MediaError("The photo\n  is empty."))
    assert capsys.readouterr().err == "The photo is empty.\n"
    assert one_line(" a\tb\n c ") == "a b c"


def test_tracebacks_only_for_those_who_ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, allow_log
) -> None:
    monkeypatch.setenv("REFSEG_DEBUG", "1")
    allow_log("The verb failed")
    status_of(ZeroDivisionError("division by zero"))
    assert "ZeroDivisionError" in caplog.text
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left", "/x/a.png"), ("full", "/x/a.png")),
        (OSError(errno.ENOSPC, "No space left", "/from/a.png", None, "/to/b.png"), ("full for /to/b.png",)),
        (PermissionError(errno.EACCES, "Permission denied", "/x/a.png"), ("not allowed", "/x/a.png")),
        (OSError(errno.EROFS, "Read-only file system", "/x/a.png"), ("not allowed", "/x/a.png")),
        (FileNotFoundError(errno.ENOENT, "No such file", "/x/a.png"), ("no such file", "/x/a.png")),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "/x"), ("folder", "/x")),
        (OSError(errno.EIO, "Input/output error"), ("Input/output error",)),
        (RuntimeError("CUDA out of memory. Tried to allocate"), ("memory ran out",)),
        (ImportError("libEGL.so.1: cannot open shared object file"), ("libEGL.so.1", "doctor")),
        (ValueError("odd"), ("mistake in the program", "ValueError", "odd", "REFSEG_DEBUG=1")),
    ],
)
def test_sentences_for_errors_of_other_libraries(error: BaseException, words: tuple[str, ...]) -> None:
    sentence = sentence_of(error)
    assert all(word in sentence for word in words), sentence


def test_a_verb_keeps_its_name_signature_and_result() -> None:
    @verb
    def double(number: int) -> int:
        """Twice."""
        return 2 * number

    assert double(4) == 8
    assert double.__name__ == "double"
    assert double.__doc__ == "Twice."


@pytest.mark.parametrize("passed_on", [typer.Exit(3), typer.BadParameter("no such split")])
def test_typers_own_endings_pass(passed_on: Exception) -> None:
    @verb
    def ending() -> None:
        raise passed_on

    with pytest.raises(type(passed_on)):
        ending()


@pytest.mark.skipif(os.name != "posix", reason="the signal is sent as POSIX systems send it")
def test_ctrl_c_ends_politely() -> None:
    program = """
import signal, sys, threading
from refseg_annotator.cli import entry
from refseg_annotator.cli.answers import verb

@verb
def wait() -> None:
    print("ready", flush=True)
    threading.Event().wait(600)

# A shell that starts the tests in the background has its children ignore the signal.
signal.signal(signal.SIGINT, signal.default_int_handler)
entry.VERBS["wait"] = wait
entry.app.command("wait")(wait)
entry.main(["wait"])
"""
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    run.send_signal(signal.SIGINT)
    try:
        _, err = run.communicate(timeout=300)
    finally:
        run.kill()
    assert (run.returncode, err) == (130, "Stopped.\n")


PRINTING = """
from refseg_annotator.cli import entry
from refseg_annotator.cli.answers import complain, verb

@verb
def say() -> None:
    complain("Saying.")
    print("Zo\\xeb \\u56fe \\udcff.png")

entry.VERBS["say"] = say
entry.app.command("say")(say)
entry.main(["say"])
"""


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("ascii", b"Zo? ? ?.png"), ("cp1252", b"Zo\xeb ? ?.png"), ("utf-8", "Zoë 图 ?.png".encode())],
)
def test_characters_that_the_output_cannot_hold_cost_nothing_else(encoding: str, shown: bytes) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    run = subprocess.run([sys.executable, "-c", PRINTING], env=environment, capture_output=True, check=False)
    assert (run.returncode, run.stdout.strip(), run.stderr.strip()) == (0, shown, b"Saying.")


@pytest.mark.skipif(os.name != "posix", reason="only there may a program be started with closed streams")
@pytest.mark.parametrize(("closed", "err"), [(">&-", b"Saying.\n"), ("2>&-", b""), (">&- 2>&-", b"")])
def test_closed_streams_are_no_mistake(closed: str, err: bytes) -> None:
    line = f'"$0" -c "$1" {closed}'
    run = subprocess.run(["sh", "-c", line, sys.executable, PRINTING], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, err)


def test_the_disk_s_refusal_is_told_without_the_window_s_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    @verb
    def failing(number: int) -> None:
        with explained(tmp_path / "a.refseg"):
            raise OSError(number, os.strerror(number))

    for number, words in ((errno.ENOSPC, "free some space and run the command again"), (errno.EROFS, "permissions")):
        with pytest.raises(typer.Exit):
            failing(number)
        (sentence,) = capsys.readouterr().err.splitlines()
        assert "a.refseg" in sentence
        assert words in sentence
        assert "memory" not in sentence
        assert "elsewhere" not in sentence


def test_a_stop_of_which_more_is_to_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    @verb
    def stopped() -> None:
        with told_when_stopped("Stopped; the same command goes on."):
            raise KeyboardInterrupt

    with pytest.raises(typer.Exit) as caught:
        stopped()
    assert (caught.value.exit_code, capsys.readouterr().err) == (130, "Stopped; the same command goes on.\n")
