"""Points and boxes: what is clicked is so, what is far stays, the same question has the same answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.inference.clicks import Click, Prompts
from refseg_annotator.services.refine import Method, Prior, first_window, refine

METHODS = [Method.GRABCUT, Method.RANDOM_WALKER]


def scene(width: int = 240, height: int = 160) -> tuple[np.ndarray, Mask, Mask]:
    """Two discs, red and blue, on a grey ground with some noise; and their masks."""
    generator = np.random.default_rng(5)
    rows, columns = np.mgrid[:height, :width]
    scale = width / 240
    image = np.full((height, width, 3), 120, np.uint8)
    red = (columns - 70 * scale) ** 2 + (rows - 80 * scale) ** 2 <= (36 * scale) ** 2
    blue = (columns - 180 * scale) ** 2 + (rows - 70 * scale) ** 2 <= (28 * scale) ** 2
    image[red], image[blue] = (210, 40, 40), (40, 60, 210)
    noisy = np.clip(image + generator.normal(0, 6, image.shape), 0, 255).astype(np.uint8)
    return noisy, Mask.from_array(red), Mask.from_array(blue)


@pytest.mark.parametrize("method", METHODS)
def test_a_click_finds_the_disc_below_it(method: Method) -> None:
    image, red, blue = scene()
    found = refine(image, Mask.empty(red.size), Prompts((Click(70.5, 80.5),)), method=method)
    assert iou(found, red) > 0.93
    assert found.intersection_area(blue) == 0


def furry_disc(seed: int, block: int) -> tuple[np.ndarray, Mask]:
    """A disc of the spots that its ground has too, told from it by a dark line alone; and its mask."""
    generator = np.random.default_rng(seed)
    rows, columns = np.mgrid[:160, :240]
    apart = (columns - 70) ** 2 + (rows - 80) ** 2
    spots = np.kron(generator.random((160 // block, 240 // block)) < 0.3, np.ones((block, block))) > 0
    image = np.where(spots[..., None], (90, 80, 60), (200, 190, 170)).astype(np.uint8)
    image[(apart > 36**2) & (apart <= 39**2)] = 10
    noisy = np.clip(image + generator.normal(0, 6, image.shape), 0, 255).astype(np.uint8)
    return noisy, Mask.from_array(apart <= 36**2)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("seed", "block"), [(0, 10), (6, 8), (6, 10), (9, 8), (12, 8)])
def test_a_first_click_on_spots_is_more_than_a_dot(method: Method, seed: int, block: int) -> None:
    # Of the disc's colours most lie outside it, so that mixtures of them leave little around the click.
    image, disc = furry_disc(seed, block)
    found = refine(image, Mask.empty(disc.size), Prompts((Click(70.5, 80.5),)), method=method)
    assert iou(found, disc) > 0.8


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("radius", [2, 3, 4])
def test_a_first_click_on_a_glint_means_what_it_lies_on(method: Method, radius: int) -> None:
    # Its edge is stronger than that of the thing, and holds the click in; a coarser look does not see it.
    rows, columns = np.mgrid[:160, :240]
    apart = (columns - 70) ** 2 + (rows - 80) ** 2
    image = np.full((160, 240, 3), 120, np.uint8)
    image[apart <= 36**2], image[apart <= radius**2] = (150, 110, 110), (250, 250, 250)
    noisy = np.clip(image + np.random.default_rng(5).normal(0, 3, image.shape), 0, 255).astype(np.uint8)
    disc = Mask.from_array(apart <= 36**2)
    found = refine(noisy, Mask.empty(disc.size), Prompts((Click(70.5, 80.5),)), method=method)
    assert iou(found, disc) > 0.9


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("turns", range(4))
def test_a_first_click_finds_what_the_pictures_end_cuts_off(method: Method, turns: int) -> None:
    image, disc = furry_disc(6, 8)
    cut = np.ascontiguousarray(np.rot90(image[:, 66:], turns))
    shown = Mask.from_array(np.rot90(disc.to_array()[:, 66:], turns))
    clicked = np.zeros(image[:, 66:].shape[:2], np.bool_)
    clicked[80, 3] = True
    ((row, column),) = np.argwhere(np.rot90(clicked, turns))
    found = refine(cut, Mask.empty(shown.size), Prompts((Click(column + 0.5, row + 0.5),)), method=method)
    assert iou(found, shown) > 0.8


@pytest.mark.parametrize("method", METHODS)
def test_a_box_finds_what_lies_in_it(method: Method) -> None:
    image, red, blue = scene()
    box = Box(145, 35, 216, 106)
    found = refine(image, Mask.empty(red.size), Prompts(box=box), method=method)
    assert iou(found, blue) > 0.85
    assert box.contains(found.box)


def test_a_second_click_adds_and_leaves_the_rest_to_the_pixel() -> None:
    image, red, blue = scene()
    # A mask of a person's own making: a ragged half of the red disc, with a hole, and a single pixel far off.
    array = red.to_array()
    array[:, 70:] = False
    array[78:83, 50:55] = False
    array[3, 3] = True
    base = Mask.from_array(array)
    found = refine(image, base, Prompts((Click(180.5, 70.5),)))
    assert iou(found.difference(base), blue) > 0.9
    assert base.difference(found).is_empty


def test_a_negative_click_takes_away_what_it_hangs_together_with() -> None:
    image, red, blue = scene()
    both = red.union(blue)
    found = refine(image, both, Prompts((Click(180.5, 70.5, positive=False),)))
    assert found.intersection_area(blue) < 0.05 * blue.area
    assert found.intersection(red) == red


def test_a_box_decides_anew_inside_and_nothing_outside() -> None:
    image, red, _blue = scene()
    sloppy = red.to_array()
    sloppy[30:130, 60:115] = True
    sloppy[10:20, 200:230] = True
    base = Mask.from_array(sloppy)
    box = Box(28, 40, 130, 125)
    found = refine(image, base, Prompts(box=box))
    outside = np.ones(base.size.shape, bool)
    outside[box.slices] = False
    assert (found.to_array() == sloppy)[outside].all()
    inside = np.zeros(base.size.shape, bool)
    inside[box.slices] = True
    wanted = Mask.from_array(red.to_array() & inside)
    assert iou(Mask.from_array(found.to_array() & inside), wanted) > iou(Mask.from_array(sloppy & inside), wanted)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_clicked_pixels_are_as_clicked_and_nothing_changes_outside_the_window(
    method: Method, data: st.DataObject
) -> None:
    image, red, blue = scene(120, 80)
    base = data.draw(st.sampled_from([Mask.empty(red.size), red, red.union(blue)]))
    clicks = tuple(
        Click(x + 0.5, y + 0.5, positive)
        for x, y, positive in data.draw(
            st.lists(st.tuples(st.integers(0, 119), st.integers(0, 79), st.booleans()), min_size=1, max_size=4)
        )
    )
    prompts = Prompts(clicks)
    found = refine(image, base, prompts, method=method, working_side=64)
    for place, click in enumerate(clicks):
        later = [other for other in clicks[place + 1 :] if (other.x, other.y) == (click.x, click.y)]
        if not later:
            assert found.contains_point(int(click.x), int(click.y)) is click.positive
    assert refine(image, base, prompts, method=method, working_side=64) == found


def test_a_large_picture_is_worked_on_small_and_kept_exact_outside() -> None:
    image, red, blue = scene(2400, 1600)
    array = red.to_array()
    array[::7, ::5] = False
    base = Mask.from_array(array)
    prompts = Prompts((Click(1800.5, 700.5),))
    found = refine(image, base, prompts, working_side=160)
    assert iou(found.difference(base), blue) > 0.9
    near = np.zeros(base.size.shape, bool)
    near[400:1000, 1500:2100] = True
    assert (found.to_array() == array)[~near].all()


def test_the_window_grows_until_the_thing_is_whole() -> None:
    image, red, _ = scene(1200, 800)
    window = first_window(Mask.empty(red.size), Prompts((Click(350.5, 400.5),)))
    found = refine(image, Mask.empty(red.size), Prompts((Click(350.5, 400.5),)), working_side=200)
    assert not window.contains(red.box)
    assert iou(found, red) > 0.93


def test_the_networks_probability_holds_where_it_is_sure() -> None:
    image, red, _blue = scene()
    # The network is sure of the red disc, and unsure of a bar across the ground.
    probability = np.where(red.to_array(), 0.99, 0.01).astype(np.float32)
    probability[110:130, 20:120] = 0.6
    base = Mask.from_array(probability > 0.5)
    prior = Prior.of(probability)
    found = refine(image, base, Prompts((Click(100.5, 120.5, positive=False),)), prior=prior)
    assert found.intersection(red).area > 0.97 * red.area
    assert found.difference(red).area < 0.1 * base.difference(red).area


def test_a_prior_is_kept_small_and_read_where_it_lies() -> None:
    probability = np.zeros((1000, 3000), np.float32)
    probability[400:800, 900:2100] = 1.0
    prior = Prior.of(probability, longest=300)
    assert prior.levels.shape == (100, 300)
    window = Box(850, 350, 1850, 850)
    read = prior.over(window, Size(3000, 1000), (50, 100))
    expected = probability[window.slices][::10, ::10]
    assert ((read > 0.5) == (expected > 0.5)).mean() > 0.97


def test_nothing_pointed_at_changes_nothing() -> None:
    image, red, _ = scene()
    assert refine(image, red, Prompts()) is red
    assert refine(image, red, Prompts((Click(-3, 5),), Box(400, 400, 500, 500))) is red


@pytest.mark.parametrize("method", METHODS)
def test_pictures_without_anything_in_them(method: Method) -> None:
    for size in (Size(1, 1), Size(2, 1), Size(40, 30)):
        image = np.full((*size.shape, 3), 90, np.uint8)
        found = refine(image, Mask.empty(size), Prompts((Click(0.5, 0.5),)), method=method)
        assert found.contains_point(0, 0)
        gone = refine(image, found, Prompts((Click(0.5, 0.5, positive=False),)), method=method)
        assert not gone.contains_point(0, 0)
