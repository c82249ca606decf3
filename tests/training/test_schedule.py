"""The learning rate over a run, of either kind of recipe."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from refseg_annotator.training.recipe import Recipe
from refseg_annotator.training.schedule import share_of_peak
from tests.training.clip_data import small_clip_recipe

RecipeOf = Callable[..., Recipe]


@pytest.mark.parametrize("schedule", ["cosine", "polynomial"])
def test_the_learning_rate_rises_then_falls(recipe_of: RecipeOf, schedule: str) -> None:
    recipe = recipe_of(steps=100, warmup=10, final_share=0.1, schedule=schedule)
    rates = [share_of_peak(recipe, step, recipe.schedule) for step in range(100)]
    assert rates[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert rates[10] == pytest.approx(1)
    assert all(one > other for one, other in pairwise(rates[10:]))
    assert share_of_peak(recipe, 100, recipe.schedule) == pytest.approx(0.1)
    half = share_of_peak(recipe, 55, recipe.schedule)
    assert half == pytest.approx(0.1 + 0.9 * (0.5 if schedule == "cosine" else 0.5**0.9))


def test_a_run_as_short_as_its_warm_up(recipe_of: RecipeOf) -> None:
    assert [share_of_peak(recipe_of(steps=2, warmup=2), step) for step in range(3)] == [0.5, 1.0, 1.0]
    assert share_of_peak(recipe_of(steps=1, warmup=0), 0) == 1.0


def test_the_learning_rate_of_a_run_on_clips_rises_then_falls() -> None:
    recipe = small_clip_recipe(steps=100, warmup=10)
    shares = [share_of_peak(recipe, step) for step in range(100)]
    assert shares[0] == pytest.approx(0.1)
    assert max(shares) == pytest.approx(1.0)
    assert shares[10:] == sorted(shares[10:], reverse=True)
    assert shares[-1] == pytest.approx(recipe.final_share, abs=0.01)
