from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size


def pixels(box: Box) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box.x0, box.x1) for y in range(box.y0, box.y1)}


def test_size_in_both_orders():
    size = Size(width=4, height=3)
    assert (size.shape, size.area) == ((3, 4), 12)


@pytest.mark.parametrize(("width", "height"), [(0, 1), (1, 0), (-1, 1)])
def test_a_size_has_a_pixel(width, height):
    with pytest.raises(ValueError, match="at least one pixel"):
        Size(width, height)


@pytest.mark.parametrize("corners", [(1, 0, 0, 1), (0, 1, 1, 0)])
def test_a_box_runs_forward(corners):
    with pytest.raises(ValueError, match="ends where it begins"):
        Box(*corners)


def test_box_measures():
    box = Box(1, 2, 5, 4)
    assert (box.width, box.height, box.area, box.shape) == (4, 2, 8, (2, 4))
    assert box.xywh == (1, 2, 4, 2)
    assert Box.from_xywh(*box.xywh) == box
    array = np.arange(35).reshape(5, 7)
    assert array[box.slices].tolist() == [[15, 16, 17, 18], [22, 23, 24, 25]]
    assert Box.of(Size(7, 5)) == Box(0, 0, 7, 5)


BOXES = [
    EMPTY_BOX,
    Box(3, 3, 3, 6),
    Box(0, 0, 1, 1),
    Box(0, 0, 4, 4),
    Box(2, 1, 6, 3),
    Box(4, 4, 6, 6),
    Box(-2, -2, 2, 2),
    Box(1, 1, 2, 3),
]


@pytest.mark.parametrize("a", BOXES)
@pytest.mark.parametrize("b", BOXES)
def test_boxes_as_sets_of_pixels(a, b):
    assert pixels(a.intersection(b)) == pixels(a) & pixels(b)
    assert a.contains(b) == (pixels(b) <= pixels(a))
    united = a.union(b)
    assert united.contains(a)
    assert united.contains(b)
    corners = pixels(a) | pixels(b)
    if corners:
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        assert united == Box(min(xs), min(ys), max(xs) + 1, max(ys) + 1)
    else:
        assert united == EMPTY_BOX
    for x in range(-3, 7):
        assert a.contains_point(x, 2) == ((x, 2) in pixels(a))


@pytest.mark.parametrize(
    ("box", "n", "expected"),
    [
        (Box(2, 2, 4, 5), 1, Box(1, 1, 5, 6)),
        (Box(2, 2, 5, 5), -1, Box(3, 3, 4, 4)),
        (Box(2, 2, 4, 5), -1, EMPTY_BOX),
        (EMPTY_BOX, 3, EMPTY_BOX),
        (Box(2, 2, 2, 9), 3, EMPTY_BOX),
    ],
)
def test_expanded(box, n, expected):
    assert box.expanded(n) == expected


def test_clipped_and_relative():
    assert Box(-3, 2, 9, 9).clipped(Size(7, 5)) == Box(0, 2, 7, 5)
    assert Box(8, 0, 9, 1).clipped(Size(7, 5)) == EMPTY_BOX
    assert Box(3, 4, 5, 6).relative_to(Box(1, 1, 9, 9)) == Box(2, 3, 4, 5)
