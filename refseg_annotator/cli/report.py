"""`report`: what a bug report may carry, as a zip on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    destination: Annotated[Path, typer.Argument(help="The zip to write.")] = Path("refseg-report.zip"),
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what doctor finds, which takes seconds.")] = False,
) -> None:
    """Write a zip for a bug report: versions, doctor's findings and the log, without paths and names. Sends nothing."""
    from refseg_annotator.cli.doctor import look_around
    from refseg_annotator.services.log_bundle import write_bundle

    facts = None
    if not quick:
        facts = {
            "findings": [
                {"subject": one.subject, "state": one.state.value, "sentence": one.sentence} for one in look_around()
            ]
        }
    names = write_bundle(destination, facts)
    print(f"{destination}: {', '.join(names)}.")
    print("Nothing was sent. Paths, file names, phrases and names were taken out; read it before you send it on.")
