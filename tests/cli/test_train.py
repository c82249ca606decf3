"""`train`: thin, so what is tested is what it hands on and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app, train
from refseg_annotator.settings import resources_folder

RECIPE = """
name = "tiny"
configuration = "cmsa-lite"
steps = 3
seed = 7
[[data]]
path = "."
split = "val"
"""


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(RECIPE)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["train", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_the_recipe_is_handed_on_with_what_the_command_changes(
    recipe: Path, refer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from refseg_annotator.training import trainer

    handed: dict[str, Any] = {}

    def record(recipe: Any, data: Path, out: Path, **more: Any) -> Path:
        handed.update(more, recipe=recipe, data=data, out=out)
        return out / "bundle"

    monkeypatch.setattr(trainer, "train", record)
    out = tmp_path / "run"
    status, said, err = run("--config", recipe, "--data", refer_folder, "--out", out, "--steps", 9, "--fresh")
    assert status == 0, err
    assert (handed["data"], handed["out"], handed["fresh"]) == (refer_folder, out, True)
    assert (handed["recipe"].name, handed["recipe"].steps, handed["recipe"].seed) == ("tiny", 9, 7)
    assert str(out / "bundle") in said


def test_a_shipped_recipe_goes_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from refseg_annotator.training.click_recipe import read_click_recipe
    from refseg_annotator.training.clip_recipe import read_clip_recipe
    from refseg_annotator.training.recipe import read_recipe
    from refseg_annotator.training.recipe_file import kind_of_recipe

    shipped = sorted((resources_folder() / "recipes").glob("*.toml"))
    assert shipped
    for path in shipped:
        found = train.recipe_path(Path(path.stem))
        assert found == path
        match kind_of_recipe(found):
            case "cross-frame":
                assert read_clip_recipe(found).clips
            case "clicks":
                assert read_click_recipe(found).data
            case _:
                assert read_recipe(found).data


def test_an_unknown_recipe_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    status, out, err = run("--config", "no-such", "--data", tmp_path, "--out", tmp_path / "run")
    assert (status, out) == (2, "")
    assert "no-such" in err
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("text", ["steps = ", "name = 5", RECIPE + "\nbatsh = 3\n", RECIPE.replace("3", "0")])
def test_a_broken_recipe_is_one_sentence(tmp_path: Path, recipe: Path, text: str) -> None:
    recipe.write_text(text)
    status, out, err = run("--config", recipe, "--data", tmp_path, "--out", tmp_path / "run")
    assert (status, out) == (1, "")
    assert "tiny.toml" in err
    assert len(err.splitlines()) == 1


def test_missing_data_and_missing_packages_are_told_first(
    recipe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, err = run("--config", recipe, "--data", tmp_path / "nowhere", "--out", tmp_path / "run")
    assert status == 2
    assert "nowhere" in err
    monkeypatch.setattr(train, "find_spec", lambda name: None)
    status, _, err = run("--config", recipe, "--data", tmp_path, "--out", tmp_path / "run")
    assert status == 1
    assert ".[train]" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("more", [("--config", "cmsa-lite"), ("--config", "cfsa-base", "--bundle", "cmsa-lite")])
def test_missing_data_sets_are_told_first_and_alone(tmp_path: Path, more: tuple[str, ...]) -> None:
    (tmp_path / "data").mkdir()
    status, out, err = run(*more, "--data", tmp_path / "data", "--out", tmp_path / "run")
    assert (status, out) == (1, "")
    (sentence,) = err.splitlines()
    assert f"which is not in '{tmp_path / 'data'}'; name with --data the folder" in sentence
    assert not (tmp_path / "run").exists()


def test_a_recipe_for_clips_goes_with_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from refseg_annotator.training import clip_bundling

    handed: dict[str, Any] = {}

    def record(recipe: Any, bundle: Path, data: Path, out: Path, **more: Any) -> Path:
        handed.update(more, recipe=recipe, bundle=bundle, data=data, out=out)
        return bundle / "cross_frame.safetensors"

    monkeypatch.setattr(clip_bundling, "train_into_bundle", record)
    for name in ("refphotos/images", "refvideos/meta_expressions/train"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("instances", "refs"):
        (tmp_path / f"refphotos/{name}_train.json").touch()
    (tmp_path / "refvideos/meta_expressions/train/meta_expressions.json").touch()
    out, bundle = tmp_path / "run", "cmsa-lite"
    common = ("--config", "cfsa-base", "--data", tmp_path, "--out", out)
    status, said, err = run(*common, "--bundle", bundle, "--steps", 9, "--fresh")
    assert status == 0, err
    assert "cross_frame.safetensors" in said
    assert handed["recipe"].steps == 9
    assert handed["bundle"].name == bundle
    assert handed["fresh"] is True
    status, _, err = run(*common)
    assert status != 0
    assert "--bundle" in err


def test_a_bundle_is_for_recipes_of_clips_alone(recipe: Path, tmp_path: Path) -> None:
    status, _, err = run("--config", recipe, "--data", tmp_path, "--out", tmp_path / "run", "--bundle", "cmsa-lite")
    assert status != 0
    assert "--bundle" in err


def test_a_stopped_run_says_how_it_goes_on(
    recipe: Path, refer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from refseg_annotator.training import trainer

    def stop(*_: Any, **__: Any) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(trainer, "train", stop)
    status, out, err = run("--config", recipe, "--data", refer_folder, "--out", tmp_path / "run")
    assert (status, out) == (130, "")
    assert err.startswith("Stopped; the same command goes on from the last checkpoint in --out")
