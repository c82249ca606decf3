"""`models`: the weight bundles at hand, and those that come from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from refseg_annotator.cli.answers import complain, verb
from refseg_annotator.cli.terminal import print_json, progress_on_stderr
from refseg_annotator.errors import BundleError, UsageError

if TYPE_CHECKING:
    from refseg_annotator.inference.bundles import BundleInfo

models = typer.Typer(help="The models at hand.", no_args_is_help=True)


def _record(bundle: BundleInfo) -> dict[str, Any]:
    from refseg_annotator.services.model_fetch import accepted_record, is_own

    config = bundle.config
    return {
        "name": bundle.name,
        "version": config.version,
        "licence": config.licence,
        "parameters": config.parameters,
        "bytes": bundle.bytes,
        "path": str(bundle.path),
        "summary": config.summary,
        "own": is_own(bundle),
        "accepted": accepted_record(bundle),
    }


@models.command("list")
@verb
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """List the models: name, licence, size and what each is for."""
    from refseg_annotator.inference.bundles import survey_bundles

    bundles, broken = survey_bundles()
    for unusable in broken:
        complain(unusable.sentence)
    if as_json:
        print_json({"models": [_record(bundle) for bundle in bundles]})
        return
    if not bundles:
        complain("No model is installed; reinstall the package, or train one with refseg-annotator train.")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from refseg_annotator.services.model_fetch import is_own

    table = Table("name", "version", "licence", "size", "from", "summary", box=None, pad_edge=False)
    for bundle in bundles:
        size = f"{bundle.bytes / 1e6:.1f} MB"
        origin = "you" if is_own(bundle) else "the program"
        words = (bundle.name, bundle.config.version, bundle.licence, size, origin, bundle.config.summary)
        table.add_row(*map(Text, words))
    Console().print(table)


@models.command("info")
@verb
def info(
    name: Annotated[str, typer.Argument(help="Name of a bundle, or its folder.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Show a model's card: what it was trained on, its scores and its limits."""
    from refseg_annotator.inference.bundles import find_bundle

    bundle = find_bundle(name)
    if as_json:
        config = bundle.config
        print_json({**_record(bundle), "scores": config.scores, "training": config.training, "card": bundle.card})
        return
    print(f"{bundle.name} {bundle.config.version}, {bundle.licence}, {bundle.bytes / 1e6:.1f} MB, {bundle.path}\n")
    print(bundle.card.strip() or "It carries no card.")


class _Bar:
    """Shows what has arrived; nobody cancels but with Ctrl-C, which keeps it too."""

    cancelled = False

    def __init__(self, advance: Any) -> None:
        self._advance = advance

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """So many bytes."""
        self._advance(done, total or 0, note)


@models.command("fetch")
@verb
def fetch(
    source: Annotated[
        str, typer.Argument(help="Address, zip or folder of a bundle, or a name of the catalogue.", show_default=False)
    ],
    sha256: Annotated[str | None, typer.Option(help="SHA-256 that the zip must have.", show_default=False)] = None,
    name: Annotated[str | None, typer.Option(help="What to call it here.", show_default=False)] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace your own model of that name.")] = False,
    accept: Annotated[bool, typer.Option("--accept-licence", help="Accept its licence without being asked.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Fetch a model, or copy one from a file; shows its licence before it is installed. Broken off, it is resumed."""
    from refseg_annotator.services.model_fetch import FetchingWork, discard, install, locate

    work = FetchingWork(locate(source, sha256=sha256), name=name)
    with progress_on_stderr(f"Fetching {source}") as advance:
        (staged,) = work(_Bar(advance))
    try:
        config, size = staged.bundle.config, staged.bundle.bytes / 1e6
        complain(f"{staged.name} {config.version}, {size:.1f} MB, SHA-256 {staged.sha256}")
        complain(config.summary)
        complain(f"Licence: {staged.licence}")
        if staged.bundle.card.strip() and not accept:
            complain(f"\n{staged.bundle.card.strip()}\n")
        if not accept and sys.stdin.isatty():
            accept = typer.confirm(f"Do you accept the licence {staged.licence!r}?", err=True)
        if not accept:
            raise UsageError(
                f"{staged.name!r} was not installed; read its licence above and give --accept-licence to accept it."
            )
        bundle = install(staged, accepted=accept, replace=replace)
    finally:
        discard(staged)
    if as_json:
        print_json(_record(bundle))
    else:
        print(f"{bundle.name} is installed in {bundle.path}; use it with --model {bundle.name}.")


@models.command("remove")
@verb
def remove(name: Annotated[str, typer.Argument(help="Name of a model of your own.", show_default=False)]) -> None:
    """Remove a model that you fetched or trained."""
    from refseg_annotator.services.model_fetch import remove as remove_model

    print(f"Removed {remove_model(name)}.")


@models.command("pack")
@verb
def pack(
    name: Annotated[str, typer.Argument(help="Name of a bundle, or its folder.", show_default=False)],
    destination: Annotated[Path, typer.Argument(help="The zip to write.", show_default=False)],
) -> None:
    """Write a model as one zip for others, and print its SHA-256."""
    from refseg_annotator.inference.bundles import find_bundle
    from refseg_annotator.services.model_package import pack as pack_model

    if destination.suffix.lower() != ".zip":
        raise BundleError(f"{str(destination)!r} must end in .zip; choose such a name.")
    if not destination.parent.is_dir():
        raise BundleError(f"The folder {str(destination.parent)!r} does not exist; make it first.")
    print(f"{pack_model(find_bundle(name), destination)}  {destination}")
