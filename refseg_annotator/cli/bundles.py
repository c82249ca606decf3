"""`models list` and `models info`: the weight bundles at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from refseg_annotator.cli.answers import complain, verb
from refseg_annotator.cli.terminal import print_json

if TYPE_CHECKING:
    from refseg_annotator.inference.bundles import BundleInfo

models = typer.Typer(help="The models at hand.", no_args_is_help=True)


def _record(bundle: BundleInfo) -> dict[str, Any]:
    config = bundle.config
    return {
        "name": bundle.name,
        "version": config.version,
        "licence": config.licence,
        "parameters": config.parameters,
        "bytes": bundle.bytes,
        "path": str(bundle.path),
        "summary": config.summary,
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

    table = Table("name", "version", "licence", "size", "summary", box=None, pad_edge=False)
    for bundle in bundles:
        size = f"{bundle.bytes / 1e6:.1f} MB"
        words = (bundle.name, bundle.config.version, bundle.licence, size, bundle.config.summary)
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
