"""`train`: a model of one's own, by a recipe."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from refseg_annotator.cli.answers import told_when_stopped
from refseg_annotator.cli.terminal import progress_on_stderr
from refseg_annotator.errors import TrainingError, UsageError

_STOPPED: Final = (
    "Stopped; the same command goes on from the last checkpoint in --out, or begins anew where there is none."
)


def recipe_path(name: Path) -> Path:
    """The recipe file at `name`, or the shipped recipe of that name."""
    from refseg_annotator.settings import resources_folder

    if name.exists():
        return name
    shipped = resources_folder() / "recipes"
    if (shipped / f"{name}.toml").is_file():
        return shipped / f"{name}.toml"
    known = ", ".join(sorted(path.stem for path in shipped.glob("*.toml")))
    raise UsageError(f"There is no recipe {str(name)!r}; give a TOML file's path, or one of the shipped: {known}.")


def train(
    out: Annotated[Path, typer.Option(help="Folder for checkpoints, log, plot and bundle.", show_default=False)],
    config: Annotated[
        Path | None, typer.Option(help="The recipe: a TOML file, or a shipped recipe's name.", show_default=False)
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder that the recipe's data sets lie in.", show_default=False)
    ] = None,
    bundle: Annotated[
        str | None,
        typer.Option(
            help="Recipes that follow masks through clips or read clicks: the model, by name or folder, that they are "
            "trained for and put into.",
            show_default=False,
        ),
    ] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Other number of steps than the recipe's.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Other seed than the recipe's.")] = None,
    start_from: Annotated[
        Path | None,
        typer.Option(help="Start from a bundle: its folder, or an installed one's name.", show_default=False),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew even where a run was stopped in --out.")] = False,
    plot: Annotated[
        bool, typer.Option("--plot", help="Train nothing: draw the run in --out, as far as it has come.")
    ] = False,
) -> None:
    """Train a model; the same command goes on where a stopped run was."""
    if plot:
        from refseg_annotator.training.report_run import plot_run

        print(f"Written: {plot_run(out)}")
        return
    if config is None or data is None:
        missing = "--config" if config is None else "--data"
        raise UsageError(f"Training needs {missing}; only --plot goes without.")
    if any(find_spec(package) is None for package in ("lightning_fabric", "matplotlib")):
        raise TrainingError('Training needs packages that are not installed; run: python -m pip install ".[train]"')
    if not data.is_dir():
        raise UsageError(f"There is no data folder {str(data)!r}; give the folder that holds the recipe's data sets.")
    from refseg_annotator.training.recipe_file import kind_of_recipe

    path = recipe_path(config)
    train_part = {"cross-frame": _train_clips, "clicks": _train_clicks}.get(kind_of_recipe(path))
    if train_part is not None:
        train_part(path, bundle, data, out, steps=steps, seed=seed, fresh=fresh)
        return
    if bundle is not None:
        raise UsageError(
            f"--bundle is for recipes that follow clips or read clicks, such as cfsa-base; leave it out with {config}."
        )
    from refseg_annotator.training.recipe import read_recipe

    recipe = read_recipe(path)
    recipe = replace(recipe, steps=steps or recipe.steps, seed=recipe.seed if seed is None else seed)
    if start_from is not None:
        from refseg_annotator.inference.bundles import find_bundle

        recipe = replace(recipe, start_from=str(find_bundle(str(start_from)).path))
    from refseg_annotator.training import trainer
    from refseg_annotator.training.recipe_data import demand_data

    demand_data(recipe, data)
    with told_when_stopped(_STOPPED), progress_on_stderr(f"Training {recipe.name}") as progress:
        written = trainer.train(recipe, data, out, progress=progress, fresh=fresh)
    print(f"Written: {written}")


def _train_clips(
    path: Path, bundle: str | None, data: Path, out: Path, *, steps: int | None, seed: int | None, fresh: bool
) -> None:
    """The part that follows masks through clips, into a bundle that lies there."""
    from refseg_annotator.training.clip_recipe import read_clip_recipe

    recipe = read_clip_recipe(path)
    recipe = replace(recipe, steps=steps or recipe.steps, seed=recipe.seed if seed is None else seed)
    folder = _folder_for(recipe.name, bundle)
    from refseg_annotator.training.clip_bundling import train_into_bundle
    from refseg_annotator.training.recipe_data import demand_clip_data

    demand_clip_data(recipe, data)
    with told_when_stopped(_STOPPED), progress_on_stderr(f"Training {recipe.name}") as progress:
        written = train_into_bundle(recipe, folder, data, out, progress=progress, fresh=fresh)
    print(f"Written: {written}")


def _train_clicks(
    path: Path, bundle: str | None, data: Path, out: Path, *, steps: int | None, seed: int | None, fresh: bool
) -> None:
    """The part that finds what clicks are on, into a bundle that lies there."""
    from refseg_annotator.training.click_recipe import read_click_recipe

    recipe = read_click_recipe(path)
    recipe = replace(recipe, steps=steps or recipe.steps, seed=recipe.seed if seed is None else seed)
    folder = _folder_for(recipe.name, bundle)
    from refseg_annotator.training.click_bundling import train_clicks_into_bundle
    from refseg_annotator.training.recipe_data import demand_click_data

    demand_click_data(recipe, data)
    with told_when_stopped(_STOPPED), progress_on_stderr(f"Training {recipe.name}") as progress:
        written = train_clicks_into_bundle(recipe, folder, data, out, progress=progress, fresh=fresh)
    print(f"Written: {written}")


def _folder_for(recipe: str, bundle: str | None) -> Path:
    """The bundle that a part is trained for."""
    if bundle is None:
        raise UsageError(f"The recipe {recipe!r} is trained for a model; name it with --bundle.")
    from refseg_annotator.inference.bundles import find_bundle

    return find_bundle(bundle).path
