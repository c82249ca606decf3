"""How a verb answers: 0 for done, 1 with one sentence for a failure, 2 for wrong use, never a traceback."""

from __future__ import annotations

import errno
import functools
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, ParamSpec, TypeVar

import typer

from refseg_annotator.errors import RefSegError, StorageError, UsageError

FAILURE: Final = 1
WRONG_USE: Final = 2
STOPPED: Final = 130
"""What a shell expects of a program that ended at Ctrl-C: 128 + SIGINT."""

P = ParamSpec("P")
R = TypeVar("R")


def wants_tracebacks() -> bool:
    """Whether REFSEG_DEBUG asks for Python's own account of a failure."""
    return os.environ.get("REFSEG_DEBUG", "") not in {"", "0"}


def show_what_can_be_shown() -> None:
    """Have output pass over a character that its encoding lacks, as a file's name may hold one: the rest matters."""
    for stream in (sys.stdout, sys.stderr):
        # What closed streams leave is None; what stands in for them in other programs may be no file at all.
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def complain(sentence: str) -> None:
    """Write one line to stderr; a character that the terminal cannot show must not hide the rest."""
    if sys.stderr is None:  # closed by who started the program
        return
    encoding = sys.stderr.encoding or "utf-8"
    print(sentence.encode(encoding, "replace").decode(encoding), file=sys.stderr)


def one_line(text: str) -> str:
    """Text of another library as one line."""
    return " ".join(text.split())


def sentence_of(error: BaseException) -> str:
    """What to tell a user of an error that was not written for one."""
    if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
        return "The memory ran out; close other programs, or use a smaller picture."
    if isinstance(error, OSError):
        return _sentence_of_disk(error)
    if isinstance(error, ImportError):
        return (
            f"A part of the installation cannot be loaded ({one_line(str(error))}); "
            "run refseg-annotator doctor to see what is missing."
        )
    return (
        f"This is a mistake in the program, not in what you asked: {type(error).__name__}: {one_line(str(error))}. "
        "Set REFSEG_DEBUG=1 and run it again to see where it happened."
    )


def _sentence_of_disk(error: OSError) -> str:
    name = error.filename
    if error.errno in (errno.ENOSPC, errno.EDQUOT) and error.filename2:
        name = error.filename2  # of a copy, the second is what was to be written
    place = f" for {name!s}" if name else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"The disk is full{place}; free some space and try again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"Writing or reading is not allowed{place}; choose another folder or mend its permissions."
        case errno.ENOENT:
            return f"There is no such file or folder{place}; check the path."
        case errno.EISDIR | errno.ENOTDIR | errno.EEXIST:
            return f"A file and a folder are in each other's way{place}; choose another path."
        case _:
            return f"The disk refused{place}: {one_line(error.strerror or str(error))}."


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Turn whatever ends a verb early into one sentence on stderr and an exit status."""

    @functools.wraps(function)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            result = function(*args, **kwargs)
            if sys.stdout is not None:  # closed by who started the program
                sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            complain("Stopped.")
            raise typer.Exit(STOPPED) from None
        except BrokenPipeError:
            # The reader of our output left (`| head`): nobody is there to be told. Python would flush once more at
            # its end and complain; give it somewhere to do so.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(FAILURE) from None
        except RefSegError as error:
            _account_for(error)
            complain(one_line(error.at_terminal if isinstance(error, StorageError) else str(error)))
            raise typer.Exit(WRONG_USE if isinstance(error, UsageError) else FAILURE) from None
        except Exception as error:  # noqa: BLE001  the last resort: a user is never shown a traceback
            _account_for(error)
            complain(sentence_of(error))
            raise typer.Exit(FAILURE) from None
        return result

    return answered


@contextmanager
def told_when_stopped(sentence: str) -> Iterator[None]:
    """Answer Ctrl-C within with `sentence`, for a verb of which more is to be said than that it stopped."""
    try:
        yield
    except KeyboardInterrupt:
        complain(sentence)
        raise typer.Exit(STOPPED) from None


def _account_for(error: Exception) -> None:
    """Show the traceback to those who asked for it."""
    if wants_tracebacks():
        logging.getLogger(__name__).error("The verb failed.", exc_info=error)
