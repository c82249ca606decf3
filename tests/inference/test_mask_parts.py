"""Parts of a followed mask: what lies far from the main one is refused, as far as the settled mask allows."""

from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.inference.mask_parts import strays, widest_gap


def squares(*places: tuple[int, int, int]) -> np.ndarray:
    """Squares (row, column, side) on 60 x 80."""
    mask = np.zeros((60, 80), bool)
    for row, column, side in places:
        mask[row : row + side, column : column + side] = True
    return mask


MAIN = (20, 10, 10)
NEAR = (20, 26, 4)
FAR = (20, 60, 6)


def test_a_mask_in_one_piece_is_left_alone():
    assert strays(squares(MAIN), np.ones((60, 80), np.float32)) is None
    assert strays(np.zeros((60, 80), bool), np.ones((60, 80), np.float32)) is None
    assert widest_gap(squares(MAIN)) == 0.0
    assert widest_gap(np.zeros((60, 80), bool)) == 0.0


def test_a_part_far_away_goes_with_its_rim_and_a_near_one_stays():
    refused = strays(squares(MAIN, NEAR, FAR), np.ones((60, 80), np.float32))
    assert refused is not None
    assert refused[squares(FAR)].all()
    assert refused[18:20, 58:68].any()  # the rim, which a soft mask would grow back from
    assert not refused[squares(MAIN, NEAR)].any()


def test_the_part_that_looks_like_the_referent_is_the_main_one():
    likeness = np.where(squares(FAR), np.float32(1), np.float32(0.2))
    refused = strays(squares(MAIN, FAR), likeness)
    assert refused is not None
    assert refused[squares(MAIN)].all()
    assert not refused[squares(FAR)].any()


def test_where_nothing_looks_like_it_the_largest_part_stays():
    refused = strays(squares(MAIN, FAR), np.zeros((60, 80), np.float32))
    assert refused is not None
    assert not refused[squares(MAIN)].any()
    assert refused[squares(FAR)].all()


def test_parts_that_were_settled_apart_may_stay_apart():
    settled = squares(MAIN, FAR)
    assert widest_gap(settled) == pytest.approx(4.1, abs=0.2)  # 41 pixels, of a square of 10
    assert strays(settled, np.ones((60, 80), np.float32), widest_gap(settled)) is None


def test_a_speck_in_a_settled_mask_allows_nothing():
    assert widest_gap(squares(MAIN, (50, 70, 1))) == 0.0
