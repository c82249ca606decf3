"""`demo`: the main job on pictures that are there without a network, in the window or by itself."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from refseg_annotator.cli.answers import complain
from refseg_annotator.cli.choices import DEVICE_HELP, MODEL_HELP, Device
from refseg_annotator.cli.display import has_viewer
from refseg_annotator.errors import MediaError, RefSegError

PROJECT_NAME: Final = "demo.refseg"


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """A photo that scikit-image carries in its wheel, and phrases that suit it."""

    file: str
    phrases: tuple[str, ...]


PICTURES: Final = (
    DemoPicture("astronaut.png", ("the woman", "the black helmet on the right", "the horse")),
    DemoPicture("chelsea.png", ("the cat",)),
    DemoPicture("coffee.png", ("the cup",)),
    DemoPicture("camera.png", ("the man with the camera",)),
    DemoPicture("motorcycle_left.png", ("the red motorbike",)),
)


def copy_pictures(folder: Path) -> list[Path]:
    """Copy the demo's pictures into `folder`; those that this scikit-image does not carry are left out."""
    # The module is not imported for it: that costs a second and may look for a downloader.
    found = find_spec("skimage")
    source = Path(found.origin).parent / "data" if found and found.origin else None
    copies = []
    for picture in PICTURES:
        if source is not None and (source / picture.file).is_file():
            folder.mkdir(parents=True, exist_ok=True)
            copies.append(Path(shutil.copyfile(source / picture.file, folder / picture.file)))
    if not copies:
        raise MediaError("scikit-image's photos are missing; run: python -m pip install --force-reinstall scikit-image")
    return copies


def phrases_for(picture: Path) -> Sequence[str]:
    """The phrases to try on a demo picture."""
    return next(known.phrases for known in PICTURES if known.file == picture.name)


def free_folder(wanted: Path) -> Path:
    """`wanted`, or the first of `wanted-2`, `wanted-3` ... that is not there: nobody's work is written over."""
    number, folder = 1, wanted
    while folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


def project_in(folder: Path) -> Path:
    """The demo project in `folder`, made with its pictures where it is not there yet."""
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import add_media, close_project, new_project
    from refseg_annotator.services.jobs import SynchronousRunner

    path = folder / PROJECT_NAME
    if path.exists():
        return path
    pictures = copy_pictures(folder / "pictures")
    session = new_project(path, runner=SynchronousRunner(), media=FrameCache(64 << 20))
    add_media(session, pictures)
    close_project(session)
    return path


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
