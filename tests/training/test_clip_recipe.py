"""Recipes for what follows clips: the shipped one is right, a wrong one is answered in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from refseg_annotator.errors import TrainingError
from refseg_annotator.settings import resources_folder
from refseg_annotator.training.clip_recipe import read_clip_recipe
from refseg_annotator.training.recipe_file import kind_of_recipe

GOOD = """
kind = "cross-frame"
name = "some"
window = 1
[clips]
path = "v"
width = 112
height = 56
[photos]
path = "p"
side = 56
"""


def test_the_shipped_recipe_is_read_and_known_for_what_it_is():
    recipes = resources_folder() / "recipes"
    assert read_clip_recipe(recipes / "cfsa-base.toml").name == "cfsa-base"
    assert read_clip_recipe(recipes / "cfsa-base-further.toml").start == "bundle"
    assert kind_of_recipe(recipes / "cfsa-base.toml") == "cross-frame"
    assert kind_of_recipe(recipes / "clicks-lite.toml") == "clicks"
    assert kind_of_recipe(recipes / "cmsa-lite.toml") == ""


@pytest.mark.parametrize("content", ["", "kind = [", "not toml ["])
def test_what_is_something_else_is_not_taken_for_one(tmp_path: Path, content: str):
    path = tmp_path / "x.toml"
    path.write_text(content)
    assert kind_of_recipe(path) == ""
    assert kind_of_recipe(tmp_path / "none.toml") == ""


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('name = "some"', 'name = "some"\nstepz = 3', "stepz"),
        ('name = "some"', 'name = "some"\nsteps = 0', "steps"),
        ('name = "some"', 'name = "some"\nreal_share = 2.0', "real_share"),
        ('name = "some"', 'name = "some"\nframes = 99', "frames"),
        ('name = "some"', 'name = "some"\nframes = 3\nfollowed = 9', "followed"),
        ('name = "some"', 'name = "some"\nspoiled = 1.5', "spoiled"),
        ('name = "some"', 'name = "some"\nstart = "nowhere"', "start"),
        ('name = "some"', 'name = "some"\nstart_share = 0.4', "starts from none"),
        ("height = 56", "height = 57", "height"),
        ("side = 56", "side = 40", "side"),
        ('path = "v"', "", "path"),
        ("[clips]", "[clips", "not right"),
    ],
)
def test_a_wrong_recipe_is_named(tmp_path: Path, before: str, after: str, named: str):
    path = tmp_path / "wrong.toml"
    path.write_text(GOOD.replace(before, after))
    with pytest.raises(TrainingError, match=named):
        read_clip_recipe(path)


def test_the_good_one_is_read(tmp_path: Path):
    path = tmp_path / "good.toml"
    path.write_text(GOOD)
    assert read_clip_recipe(path).clips.width == 112
    with pytest.raises(TrainingError, match="cannot be read"):
        read_clip_recipe(tmp_path / "none.toml")
