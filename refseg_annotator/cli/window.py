"""`gui`: the window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refseg_annotator.cli.answers import complain
from refseg_annotator.cli.display import has_display
from refseg_annotator.cli.system_libraries import install_command, missing_libraries, platform_needs
from refseg_annotator.errors import RefSegError, UsageError

if TYPE_CHECKING:
    from refseg_annotator.settings import Settings


def check_window_is_possible() -> None:
    """Say in one sentence what Qt would say by ending the process."""
    if not has_display():
        raise RefSegError(
            "There is no display here; run it on a desktop, or use the verbs without a window: "
            "demo, segment, evaluate, export (see refseg-annotator --help)."
        )
    missing = missing_libraries(platform_needs(os.environ))
    if missing:
        names = ", ".join(library.soname for library in missing)
        raise RefSegError(
            f"The window needs system libraries that are missing ({names}); run: {install_command(missing)}"
        )


def settings_with(changes: Sequence[str]) -> Settings:
    """The user's settings, with `KEY=VALUE` from the command line for this run; problems in the file are told."""
    from refseg_annotator.settings import load_settings, setting

    loaded = load_settings()
    for problem in loaded.problems:
        complain(problem)
    settings = loaded.settings
    for change in changes:
        key, sign, value = change.partition("=")
        if not sign:
            raise UsageError(f"--set takes KEY=VALUE, such as theme=dark, not {change!r}.")
        settings = settings.changed(key, setting(key).parsed(value))
    return settings


def open_window(paths: Sequence[Path], settings: Settings, *, clips: Sequence[Path] = ()) -> int:
    """Show the window on `paths` and return the exit status when it has closed."""
    check_window_is_possible()
    from refseg_annotator.app import run

    return run(paths, clips=clips, settings=settings)


def gui(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Pictures, folders of pictures, or one project.", show_default=False)
    ] = None,
    clips: Annotated[
        list[Path] | None,
        typer.Option("--clip", metavar="FOLDER", help="A folder of numbered frames, opened as one clip."),
    ] = None,
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A setting for this run, such as theme=dark.")
    ] = None,
) -> None:
    """Open the window; the verb to use when none is named."""
    raise typer.Exit(open_window(paths or [], settings_with(changes or []), clips=clips or []))
