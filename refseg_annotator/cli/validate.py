"""`validate`: everything that is wrong with a project or a data set, and a status for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from refseg_annotator.cli.choices import FORMATS_READ
from refseg_annotator.cli.terminal import print_json, progress_on_stderr

if TYPE_CHECKING:
    from refseg_annotator.services.validate import Checks

SOMETHING_WRONG: Final = 2
"""The status where the check itself went well and found something."""


def validate(
    path: Annotated[Path, typer.Argument(help="A project, or the file or folder of a data set.", show_default=False)],
    data_format: Annotated[
        str | None,
        typer.Option(
            "--format", "--from", help=f"The data set's format, recognised where none is named: {FORMATS_READ}."
        ),
    ] = None,
    image_root: Annotated[
        Path | None, typer.Option(help="The photos' folder, where the format leaves it open.")
    ] = None,
    split: Annotated[str | None, typer.Option(help="Only this split, by the format's own name.")] = None,
    by: Annotated[str | None, typer.Option(help="Whose split, where there are several (unc, google, umd).")] = None,
    model: Annotated[str | None, typer.Option(help="Also tell words and lengths that this model cannot read.")] = None,
    no_media: Annotated[bool, typer.Option("--no-media", help="Leave photos and clips unopened: much faster.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every problem as a record for programs.")] = False,
) -> None:
    """Check a project or a data set; status 2 where something is wrong, 0 where nothing is but hints."""
    from refseg_annotator.formats.base import ReadOptions
    from refseg_annotator.services.validate import validate_path

    options = ReadOptions(image_root=image_root, split=split, by=by)
    checks = _checks(model, is_media_opened=not no_media)
    with progress_on_stderr(f"Checking {path.name}") as progress:
        report = validate_path(path, data_format, options=options, checks=checks, progress=progress)
    if as_json:
        print_json(report.to_json())
    else:
        print(report.to_text())
    if not report.is_valid:
        raise typer.Exit(SOMETHING_WRONG)


def _checks(model: str | None, *, is_media_opened: bool) -> Checks:
    from refseg_annotator.services.validate import Checks

    if model is None:
        return Checks(media=is_media_opened)
    from refseg_annotator.bundle_files import VOCABULARY_FILE
    from refseg_annotator.inference.bundles import find_bundle
    from refseg_annotator.text import Vocabulary

    bundle = find_bundle(model)
    words = Vocabulary.load(bundle.path / VOCABULARY_FILE)
    return Checks(media=is_media_opened, max_words=bundle.config.max_words, vocabulary=words)
