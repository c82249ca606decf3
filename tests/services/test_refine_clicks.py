"""Clicks answered by a network: each changes only what hangs together with it, and the same question is asked once."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.inference.clicks import Click, Prompts
from refseg_annotator.services.refine import Prior
from refseg_annotator.services.refine_clicks import ClickedMask, clicked_mask, outlined

SIZE = Size(40, 30)
LEFT, RIGHT = Box(2, 5, 15, 25), Box(20, 5, 38, 25)
EMPTY = Mask.empty(SIZE)


def of(*boxes: Box, level: float = 0.9) -> np.ndarray:
    """A probability that is `level` in boxes and 0.01 outside."""
    found = np.full(SIZE.shape, 0.01, np.float32)
    for box in boxes:
        found[box.slices] = level
    return found


class Network:
    """Says what it is told to say, one answer after the other, and notes what it was asked."""

    def __init__(self, *answers: np.ndarray) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[Prompts, Mask]] = []

    def __call__(self, prompts: Prompts, before: Mask) -> np.ndarray:
        self.asked.append((prompts, before))
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def never(_mask: Mask, click: Click) -> Mask:
    raise AssertionError(f"colours were asked about {click}")


def plain(probability: np.ndarray, cut: float, _click: Click | None) -> np.ndarray:
    """No picture, no edges."""
    return probability > cut


def mask(*boxes: Box) -> Mask:
    return Mask.from_array(of(*boxes) > 0.5)


def test_a_click_gains_what_hangs_together_with_it_alone() -> None:
    clicked = ClickedMask(EMPTY, Network(of(LEFT, RIGHT)), never, plain)
    assert clicked.after(Prompts((Click(5.5, 10.5),))) == mask(LEFT)


def test_what_there_was_stays_whatever_the_network_says_of_it() -> None:
    clicked = ClickedMask(mask(RIGHT), Network(of(LEFT)), never, plain)
    assert clicked.after(Prompts((Click(5.5, 10.5),))) == mask(LEFT, RIGHT)


def test_a_negative_click_takes_away_what_hangs_together_with_it() -> None:
    clicked = ClickedMask(mask(LEFT, RIGHT), Network(of()), never, plain)
    assert clicked.after(Prompts((Click(25.5, 10.5, positive=False),))) == mask(LEFT)


def test_what_was_clicked_on_elsewhere_is_not_held_against_a_part() -> None:
    # Asked with a click on another thing, a network would let the whole part go.
    network = Network(of(RIGHT))
    clicked = ClickedMask(mask(LEFT), network, never, plain)
    there, off = Click(30.5, 10.5), Click(5.5, 10.5, positive=False)
    assert clicked.after(Prompts((there,))) == mask(LEFT, RIGHT)
    network.answers = [of(Box(2, 5, 4, 25))]
    kept = Box(2, 5, 4, 25)
    assert clicked.after(Prompts((there, off))) == mask(kept, RIGHT)
    assert network.asked[-1] == (Prompts((off,)), mask(LEFT))


def test_a_negative_click_on_nothing_asks_nothing() -> None:
    network = Network(of())
    assert ClickedMask(mask(RIGHT), network, never, plain).after(Prompts((Click(5, 5, positive=False),))) == mask(RIGHT)
    assert network.asked == []


def test_each_click_is_asked_with_the_mask_before_it_and_only_once() -> None:
    network = Network(of(LEFT), of(LEFT, RIGHT))
    clicked = ClickedMask(EMPTY, network, never, plain)
    first, second = Click(5.5, 10.5), Click(30.5, 10.5)
    assert clicked.after(Prompts((first,))) == mask(LEFT)
    assert clicked.after(Prompts((first, second))) == mask(LEFT, RIGHT)
    assert clicked.after(Prompts((first,))) == mask(LEFT)  # one step back
    assert network.asked == [(Prompts((first,)), EMPTY), (Prompts((first, second)), mask(LEFT))]


@pytest.mark.parametrize("level", [0.34, 0.3, 0.26])
def test_a_positive_click_is_believed_where_the_network_says_little(level: float) -> None:
    clicked = ClickedMask(EMPTY, Network(of(LEFT, level=level)), never, plain)
    assert clicked.after(Prompts((Click(5.5, 10.5),))) == mask(LEFT)


def test_a_negative_click_is_believed_where_the_network_says_much() -> None:
    said = np.where(mask(LEFT).to_array(), 0.7, 0.99).astype(np.float32)
    clicked = ClickedMask(mask(LEFT, RIGHT), Network(said), never, plain)
    assert clicked.after(Prompts((Click(5.5, 10.5, positive=False),))) == mask(RIGHT)


BITE = Box(2, 5, 7, 15)
"""A small part of LEFT, which colours take away."""


@pytest.mark.parametrize(("positive", "level"), [(True, 0.2), (False, 0.9)])
def test_colours_answer_where_the_network_holds_the_contrary(positive: bool, level: float) -> None:
    asked: list[tuple[Mask, Click]] = []
    base = mask(RIGHT) if positive else mask(LEFT)

    def by_colours(before: Mask, click: Click) -> Mask:
        asked.append((before, click))
        return before.union(mask(BITE)) if positive else before.difference(mask(BITE))

    click = Click(5.5, 10.5, positive)
    clicked = ClickedMask(base, Network(of(LEFT, level=level)), by_colours, plain)
    assert clicked.after(Prompts((click,))) == (base.union(mask(BITE)) if positive else base.difference(mask(BITE)))
    assert asked == [(base, click)]


def test_colours_answer_where_the_network_agrees_and_would_change_nothing() -> None:
    clicked = ClickedMask(
        mask(LEFT), Network(of(LEFT, level=0.5)), lambda before, _: before.difference(mask(BITE)), plain
    )
    clicked.outlined = lambda probability, _cut, _click: probability > 0.4  # edges that hold the click in
    assert clicked.after(Prompts((Click(5.5, 10.5, positive=False),))) == mask(LEFT).difference(mask(BITE))


def test_colours_alone_take_away_no_more_than_a_part() -> None:
    clicked = ClickedMask(mask(LEFT), Network(of(LEFT)), lambda before, _: Mask.empty(before.size), plain)
    off = Click(5.5, 10.5, positive=False)
    assert clicked.after(Prompts((off,))) == mask(LEFT).difference(mask(Box(5, 10, 6, 11)))


# --- two things that touch, and a thing's part ------------------------------------------------------------------------

NEIGHBOUR = Box(15, 5, 30, 25)
"""Touches LEFT."""
BOTH = mask(LEFT, NEIGHBOUR)


def test_of_two_things_in_one_piece_a_negative_click_takes_away_the_one_that_it_is_on() -> None:
    network = Network(of(LEFT, NEIGHBOUR), of(NEIGHBOUR))  # it all belongs together; by itself it is the neighbour
    clicked = ClickedMask(BOTH, network, never, plain)
    off = Click(22.5, 10.5, positive=False)
    assert clicked.after(Prompts((off,))) == mask(LEFT)
    assert network.asked == [(Prompts((off,)), BOTH), (Prompts((Click(22.5, 10.5),)), EMPTY)]


def test_a_negative_click_for_which_all_would_go_takes_away_the_thing_that_it_is_on_or_what_colours_take() -> None:
    off = Click(22.5, 10.5, positive=False)
    assert ClickedMask(BOTH, Network(of(), of(NEIGHBOUR)), never, plain).after(Prompts((off,))) == mask(LEFT)
    small = Box(20, 8, 25, 13)

    def by_colours(before: Mask, _click: Click) -> Mask:
        return before.difference(mask(small))

    clicked = ClickedMask(BOTH, Network(of(), of(LEFT, NEIGHBOUR)), by_colours, plain)
    assert clicked.after(Prompts((off,))) == BOTH.difference(mask(small))


def test_of_two_pieces_one_may_go_whole_however_large() -> None:
    speck, large = Box(0, 0, 3, 3), Box(5, 5, 38, 28)
    clicked = ClickedMask(mask(speck, large), Network(of()), never, plain)
    assert clicked.after(Prompts((Click(20.5, 15.5, positive=False),))) == mask(speck)


def test_a_click_on_what_the_network_holds_to_be_one_thing_never_takes_all_of_it_away() -> None:
    bite = Box(2, 5, 6, 9)
    clicked = ClickedMask(EMPTY, Network(of(LEFT)), lambda before, _: before.difference(mask(bite)), plain)
    there, off = Click(10.5, 15.5), Click(4.5, 7.5, positive=False)
    assert clicked.after(Prompts((there, off))) == mask(LEFT).difference(mask(bite))


def test_slivers_of_the_rim_go_with_what_they_were_one_with_and_other_pieces_stay() -> None:
    speck = Box(36, 1, 38, 3)  # another piece, as small
    base = BOTH.union(mask(speck))
    shrunk = Box(15, 5, 28, 25)  # less a rim of two columns
    clicked = ClickedMask(base, Network(of(LEFT, NEIGHBOUR), of(shrunk)), never, plain)
    assert clicked.after(Prompts((Click(22.5, 10.5, positive=False),))) == mask(LEFT, Box(28, 5, 30, 25), speck)
    narrow = Box(15, 5, 29, 25)
    clicked = ClickedMask(base, Network(of(LEFT, NEIGHBOUR), of(narrow)), never, plain)
    assert clicked.after(Prompts((Click(22.5, 10.5, positive=False),))) == mask(LEFT, speck)


def test_what_a_click_added_another_takes_away_whole() -> None:
    clicked = ClickedMask(EMPTY, Network(of(LEFT), of()), never, plain)
    there, off = Click(5.5, 10.5), Click(5.5, 10.5, positive=False)
    assert clicked.after(Prompts((there, off))) == EMPTY


@pytest.mark.parametrize(
    ("base", "expected", "by_network"),
    [(LEFT, 0.02, False), (LEFT, 0.3, True), (Box(2, 5, 12, 25), 0.02, True), (Box(2, 5, 30, 25), 0.02, True)],
)
def test_a_wearer_is_not_added_to_a_shirt_that_the_phrase_meant(base: Box, expected: float, by_network: bool) -> None:
    added = Box(base.x1 if base.x1 != 12 else 15, 5, 38, 25)  # the third base has a gap beside it, the last is large

    def by_colours(before: Mask, _click: Click) -> Mask:
        return before.union(mask(Box(added.x0, 5, added.x0 + 5, 25)))

    told: list[Mask] = []

    def likely(gained: Mask) -> float:
        told.append(gained)
        return expected

    clicked = ClickedMask(mask(base), Network(of(added)), by_colours if not by_network else never, plain, likely)
    found = clicked.after(Prompts((Click(added.x0 + 1.5, 10.5),)))
    assert found.difference(mask(base)) == mask(added if by_network else Box(added.x0, 5, added.x0 + 5, 25))
    assert all(one == mask(added) for one in told)
    assert bool(told) is (base == LEFT)


def test_what_the_phrase_expected_of_a_mask_is_the_mean_of_its_probability() -> None:
    prior = Prior.of(of(LEFT, level=0.8))
    assert prior.mean_in(mask(LEFT)) == pytest.approx(0.8, abs=0.01)
    assert prior.mean_in(mask(RIGHT)) == pytest.approx(0.01, abs=0.01)
    assert prior.mean_in(EMPTY) == 0


@pytest.mark.parametrize("positive", [True, False])
def test_the_clicked_pixel_is_as_it_was_clicked(positive: bool) -> None:
    click = Click(18.5, 2.5, positive)
    base = mask(Box(10, 0, 30, 10))
    said = of(LEFT) if positive else of(Box(0, 0, 40, 30), level=1.0)
    found = ClickedMask(base, Network(said), lambda before, _click: before, plain)
    assert found.after(Prompts((click,))).contains_point(18, 2) is positive


def test_a_box_holds_the_answer_within_it_without_specks() -> None:
    said = of(LEFT, RIGHT)
    said[28, 39] = said[26, 3] = 0.9
    box = Box(1, 3, 19, 29)
    network = Network(said)
    found = ClickedMask(EMPTY, network, never, plain).after(Prompts(box=box))
    assert found.difference(mask(LEFT)).area <= 1  # a single cell is a two-hundredth of a per cent of no photo
    assert mask(LEFT).difference(found).is_empty
    assert found.intersection_area(mask(RIGHT)) == 0


def test_a_box_around_part_of_a_mask_is_for_colours() -> None:
    assert ClickedMask(EMPTY, Network(), never, plain).answers(Prompts(box=LEFT))
    assert not ClickedMask(mask(LEFT), Network(), never, plain).answers(Prompts(box=LEFT))
    assert ClickedMask(mask(LEFT), Network(), never, plain).answers(Prompts((Click(1, 1),)))


def test_clicks_beyond_the_picture_change_nothing() -> None:
    network = Network(of(LEFT))
    assert ClickedMask(mask(RIGHT), network, never, plain).after(Prompts((Click(-1, 3), Click(40.5, 3)))) == mask(RIGHT)
    assert network.asked == []


@pytest.mark.parametrize("scale", [1, 20])
def test_the_outline_is_drawn_along_the_pictures_edges(scale: int) -> None:
    size = Size(60 * scale, 40 * scale)
    truth = np.zeros(size.shape, np.bool_)
    truth[8 * scale : 30 * scale, 12 * scale : 44 * scale] = True
    image = np.where(truth[..., None], (200, 60, 40), (90, 120, 100)).astype(np.uint8)
    # What a network says: right in the middle, blurred and a little to the right at the edges.
    said = cv2.GaussianBlur(np.roll(truth, scale, axis=1).astype(np.float32), (0, 0), 4.0 * scale)
    click = Click(28.5 * scale, 20.5 * scale)
    before = iou(Mask.from_array(said > 0.4), Mask.from_array(truth))
    drawn = clicked_mask(image, Mask.empty(size), lambda _prompts, _before: said).after(Prompts((click,)))
    assert before < 0.9
    assert iou(drawn, Mask.from_array(truth)) > 0.97


@pytest.mark.parametrize("level", [0.0, 0.1, 0.3, 1.0])
def test_an_answer_without_two_sides_is_cut_as_it_is(level: float) -> None:
    said = np.full(SIZE.shape, level, np.float32)
    image = np.full((*SIZE.shape, 3), 120, np.uint8)
    assert (outlined(image, said, 0.4, None) == (said > 0.4)).all()
