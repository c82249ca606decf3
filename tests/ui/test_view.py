"""The transform and its inverse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.ui.canvas.view import LEAST_SCALE, MOST_SCALE, View

views = st.builds(View, st.floats(0.01, 60), st.integers(-5000, 5000), st.integers(-5000, 5000))
points = st.floats(-1000, 10_000)


@given(views, points, points)
def test_there_and_back(view: View, x: float, y: float) -> None:
    assert view.to_source(*view.to_device(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(views, st.floats(0.2, 5), st.integers(0, 2000), st.integers(0, 2000))
def test_zooming_keeps_the_point_below_the_pointer(view: View, factor: float, x: int, y: int) -> None:
    zoomed = view.zoomed(factor, x, y)
    before, after = view.to_source(x, y), zoomed.to_source(x, y)
    # Offsets are whole device pixels, so the point may be off by half of one.
    assert abs(before[0] - after[0]) <= 0.5 / zoomed.scale + 1e-9
    assert abs(before[1] - after[1]) <= 0.5 / zoomed.scale + 1e-9
    assert LEAST_SCALE <= zoomed.scale <= MOST_SCALE


@given(views, st.integers(0, 99), st.integers(0, 99), st.integers(1, 50), st.integers(1, 50))
def test_the_device_rectangle_holds_the_box(view: View, x: int, y: int, width: int, height: int) -> None:
    box = Box.from_xywh(x, y, width, height)
    rect = view.device_rect(box)
    assert view.source_box(rect, Size(200, 200)).contains(box)


def test_fitting_shows_the_whole_in_the_middle() -> None:
    view = View.fitting(Size(400, 200), 1000, 800, margin=50)
    assert view.scale == 2.25
    assert (view.x, view.y) == (50, 175)


def test_empty_boxes_stay_empty() -> None:
    assert View().device_rect(EMPTY_BOX).isNull()
    assert View().source_box(QRect(), Size(5, 5)).is_empty


def test_stepping_through_hits_one_to_one() -> None:
    assert View(0.99).zoomed(1.005, 0, 0).scale == 1.0
