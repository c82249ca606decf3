"""Masks as polygons along the edges of pixels, so that what a polygon can hold comes back exactly.

`polygons_of` are the outer rings, as annotation tools draw them; `slit_polygons` hold the holes as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from refseg_annotator.formats.segmentation import decode_polygons

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask

Point: TypeAlias = tuple[int, int]
_STEPS: tuple[Point, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Right, down, left, up: with the mask to the right hand, a turn clockwise is one further."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The rings around a mask, in pixel corners of the frame: `outer` clockwise around parts, `holes` inside them."""

    outer: tuple[NDArray[np.int64], ...]
    """Each int64 (n, 2) x, y; corners only."""
    holes: tuple[NDArray[np.int64], ...]


@dataclass(frozen=True, slots=True)
class PolygonMask:
    """Polygons as COCO writes them, with what they lose as pycocotools draws them."""

    polygons: list[list[float]]
    lost_pixels: int
    """Pixels of the mask that the polygons leave out."""
    gained_pixels: int
    """Pixels that the polygons add: the filled holes."""
    holes: int


def outlines(mask: Mask) -> Outlines:
    """The rings around `mask`; pixels that touch at a corner only are parts of their own."""
    if mask.is_empty:
        return Outlines((), ())
    leaving = _edges(mask.pixels)
    outer: list[NDArray[np.int64]] = []
    holes: list[NDArray[np.int64]] = []
    origin = np.array([mask.box.x0, mask.box.y0], np.int64)
    while leaving:
        ring = np.array(_ring(leaving), np.int64)
        x, y = ring[:, 0], ring[:, 1]
        doubled_area = int((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
        (outer if doubled_area > 0 else holes).append(ring + origin)
    return Outlines(tuple(outer), tuple(holes))


def _edges(pixels: NDArray[np.bool_]) -> dict[Point, list[int]]:
    """The border edges by the corner they leave, as directions; the mask lies to the right of each."""
    padded = np.pad(pixels, 1)
    inside = padded[1:-1, 1:-1]
    leaving: dict[Point, list[int]] = {}
    for direction, (outside, dx, dy) in enumerate(
        (
            (padded[:-2, 1:-1], 0, 0),  # along the top, to the right
            (padded[1:-1, 2:], 1, 0),  # down the right side
            (padded[2:, 1:-1], 1, 1),  # along the bottom, to the left
            (padded[1:-1, :-2], 0, 1),  # up the left side
        )
    ):
        rows, columns = np.nonzero(inside & ~outside)
        for x, y in zip((columns + dx).tolist(), (rows + dy).tolist(), strict=True):
            leaving.setdefault((x, y), []).append(direction)
    return leaving


def _ring(leaving: dict[Point, list[int]]) -> list[Point]:
    """One closed ring, taken out of `leaving`; its corners only."""
    start, choices = next(iter(leaving.items()))
    at, first = start, choices[0]
    heading = first
    corners = [start]
    while True:
        _take(leaving, at, heading)
        dx, dy = _STEPS[heading]
        at = (at[0] + dx, at[1] + dy)
        back = at == start
        following = _turn([*leaving.get(at, ()), *([first] if back else ())], heading)
        if back and following == first:
            return corners[1:] if heading == first else corners
        if following != heading:
            corners.append(at)
        heading = following


def _take(leaving: dict[Point, list[int]], at: Point, heading: int) -> None:
    leaving[at].remove(heading)
    if not leaving[at]:
        del leaving[at]


def _turn(choices: list[int], heading: int) -> int:
    """The way on. Where two pixels touch at a corner, the sharpest right turn keeps them apart."""
    for turn in (1, 0, 3):
        if (heading + turn) % 4 in choices:
            return (heading + turn) % 4
    raise AssertionError("a ring around pixels never breaks off")


def polygons_of(mask: Mask) -> PolygonMask:
    """The outer rings of `mask` as COCO polygons, with the pixels that they lose or fill."""
    rings = outlines(mask)
    polygons: list[list[float]] = [ring.ravel().astype(float).tolist() for ring in rings.outer]
    drawn = decode_polygons(polygons, mask.size, where="polygons")
    common = mask.intersection_area(drawn)
    return PolygonMask(polygons, mask.area - common, drawn.area - common, len(rings.holes))


def slit_polygons(mask: Mask) -> list[list[float]]:
    """The mask as one COCO polygon a part, each hole joined to the ring above it by a slit of no width.

    Whoever fills by crossings, as pycocotools does, gets the mask back with its holes. Of an empty mask there is one
    polygon, which holds no pixel.
    """
    if mask.is_empty:
        return [[0.0] * 6]
    found = outlines(mask)
    rings = [[(x, y) for x, y in ring.tolist()] for ring in (*found.outer, *found.holes)]
    pixels = mask.to_array()
    slits: list[dict[int, list[tuple[int, list[Point]]]]] = [{} for _ in rings]
    tops = _top_edges(rings)
    # What hangs below comes first: a hole is whole, with all that hangs on it, when it is hung on what lies above.
    holes = sorted(range(len(found.outer), len(rings)), key=lambda number: -min(y for _, y in rings[number]))
    for number in holes:
        y, x = min((y, x) for x, y in rings[number])
        above = np.flatnonzero(~pixels[:y, x])
        top = int(above[-1]) + 1 if above.size else 0
        upper, edge = next((ring, edge) for first, last, ring, edge in tops[top] if first <= x < last)
        start = rings[number].index((x, y))
        whole = _with_slits(rings[number], slits[number], start)
        slits[upper].setdefault(edge, []).append((x, [(x, top), *whole, (x, y), (x, top)]))
    parts = range(len(found.outer))
    return [[float(value) for point in _with_slits(rings[part], slits[part], 0) for value in point] for part in parts]


def _top_edges(rings: list[list[Point]]) -> dict[int, list[tuple[int, int, int, int]]]:
    """The edges with the mask below them, by their y: first x, x behind the last, number of the ring, of the corner."""
    found: dict[int, list[tuple[int, int, int, int]]] = {}
    for number, ring in enumerate(rings):
        for edge, ((x, y), (following, _)) in enumerate(zip(ring, [*ring[1:], ring[0]], strict=True)):
            if following > x:
                found.setdefault(y, []).append((x, following, number, edge))
    return found


def _with_slits(ring: list[Point], slits: dict[int, list[tuple[int, list[Point]]]], start: int) -> list[Point]:
    """The ring from its corner `start` on, what hangs on an edge put in behind the corner where the edge begins."""
    walked: list[Point] = []
    for step in range(len(ring)):
        edge = (start + step) % len(ring)
        walked.append(ring[edge])
        for _, hung in sorted(slits.get(edge, ()), key=lambda slit: slit[0]):
            walked += hung
    return walked
