"""The program's door: the table of verbs and `main`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from refseg_annotator import __version__
from refseg_annotator.cli import (
    batch,
    bundles,
    demo,
    doctor,
    evaluate,
    propagate,
    report,
    segment,
    split,
    stats,
    train,
    transfer,
    validate,
    window,
)
from refseg_annotator.cli.answers import show_what_can_be_shown, verb, wants_tracebacks

app = typer.Typer(
    name="refseg-annotator",
    help="Type a phrase, get the mask, correct it, export a referring segmentation dataset.",
    epilog="Without a verb the window opens: refseg-annotator photo.jpg is refseg-annotator gui photo.jpg.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

VERBS: Final[dict[str, Callable[..., Any]]] = {
    "gui": window.gui,
    "demo": demo.demo,
    "segment": segment.segment,
    "batch": batch.batch,
    "propagate": propagate.propagate,
    "train": train.train,
    "evaluate": evaluate.evaluate,
    "import": transfer.import_,
    "export": transfer.export,
    "convert": transfer.convert,
    "split": split.split,
    "stats": stats.stats,
    "validate": validate.validate,
    "doctor": doctor.doctor,
    "report": report.report,
}
GROUPS: Final[dict[str, typer.Typer]] = {"models": bundles.models}

for _name, _function in VERBS.items():
    app.command(_name)(verb(_function))
for _name, _group in GROUPS.items():
    app.add_typer(_group, name=_name)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"refseg-annotator {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Type a phrase, get the mask, correct it, export a referring segmentation dataset."""


def with_verb(arguments: Sequence[str]) -> list[str]:
    """The arguments with `gui` put in front where no verb was typed: nothing at all, or the path of something to open.

    A word that is neither a verb nor looks like a path is left alone: it is a misspelt verb, and typer says so.
    """
    if not arguments:
        return ["gui"]
    first = arguments[0]
    if first in VERBS or first in GROUPS or first.startswith("-"):
        return list(arguments)
    looks_like_path = any(mark in first for mark in (".", "/", os.sep)) or Path(first).exists()
    return ["gui", *arguments] if looks_like_path else list(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the verb that the arguments name (those of the process by default) and leave with its exit status."""
    # torch's threads wait for each other by spinning; where another program has one of the cores, they spin in the way
    # of the one they wait for, and a picture takes twenty times as long. Asleep they lose next to nothing. Read once,
    # when torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if wants_tracebacks():
        logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s: %(message)s")
    show_what_can_be_shown()
    app(args=with_verb(sys.argv[1:] if arguments is None else arguments), prog_name="refseg-annotator")
