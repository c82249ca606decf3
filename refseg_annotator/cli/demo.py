"""`demo`: the main job on pictures that are there without a network, in the window or by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from refseg_annotator.cli.answers import complain
from refseg_annotator.cli.choices import DEVICE_HELP, MODEL_HELP, Device
from refseg_annotator.cli.demo_pictures import PICTURES, PROJECT_NAME, project_in
from refseg_annotator.cli.display import has_viewer
from refseg_annotator.errors import RefSegError


def free_folder(wanted: Path) -> Path:
    """`wanted`, or the first of `wanted-2`, `wanted-3` ... that is not there: nobody's work is written over."""
    number, folder = 1, wanted
    while folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


def demo(
    out: Annotated[Path, typer.Option(help="Folder to make the demo in.")] = Path("refseg-demo"),
    no_window: Annotated[bool, typer.Option("--no-window", help="Do the job without a window.")] = False,
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
) -> None:
    """Open a demo project; without a display, do the main job on it and say where the results are."""
    if not no_window and has_viewer() and _window_is_possible():
        from refseg_annotator.cli.window import open_window, settings_with

        changes = [f"{key}={value}" for key, value in (("model", model), ("device", device)) if value is not None]
        project = project_in(out if (out / PROJECT_NAME).exists() else free_folder(out))
        print(f"The demo project is {project}. Try: {'; '.join(phrase for one in PICTURES for phrase in one.phrases)}.")
        raise typer.Exit(open_window([project], settings_with(changes)))

    from refseg_annotator.cli.demo_job import do_main_job

    for line in do_main_job(free_folder(out), model, device):
        print(line, flush=True)


def _window_is_possible() -> bool:
    """Whether the window can open; where not, say why, for the job can be done without it."""
    from refseg_annotator.cli.window import check_window_is_possible

    try:
        check_window_is_possible()
    except RefSegError as error:
        complain(f"{error} The demo goes on without a window.")
        return False
    return True
