"""Superpixels: every pixel in one piece, whatever the size of the picture."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.measure import label

from refseg_annotator.core.geometry import Size
from refseg_annotator.services import mask_tools_pieces
from refseg_annotator.services.mask_tools_pieces import cut_into_pieces


def halves(width: int = 120, height: int = 80) -> np.ndarray:
    """Dark on the left, bright on the right, a little noise."""
    image = np.random.default_rng(0).integers(0, 12, (height, width, 3)).astype(np.uint8)
    image[:, width // 2 :] += 200
    return image


@pytest.mark.parametrize("most", [600_000, 2_000, 777])
def test_pieces_have_every_pixel_once(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mask_tools_pieces, "_MOST_PIXELS", most)
    image = halves(113, 71)
    pieces = cut_into_pieces(image, 16)
    assert pieces.size == Size(113, 71)
    assert pieces.count > 10
    seen = np.zeros((71, 113), np.int32)
    for piece in range(pieces.count):
        box, pixels = pieces.pixels_of(piece)
        assert pixels.shape == box.shape
        assert pixels.any()
        seen[box.slices] += pixels
        y, x = np.argwhere(pixels)[0]
        assert pieces.piece_at(box.x0 + int(x), box.y0 + int(y)) == piece
        assert label(pixels, connectivity=1).max() == 1
    assert (seen == 1).all()
    assert pieces.piece_at(113, 5) is None
    assert pieces.piece_at(-1, 5) is None


def test_pieces_follow_edges() -> None:
    pieces = cut_into_pieces(halves(), 16)
    bright = np.zeros((80, 120), bool)
    for piece in range(pieces.count):
        box, pixels = pieces.pixels_of(piece)
        if halves()[box.slices][pixels].mean() > 100:
            bright[box.slices] |= pixels
    assert (bright == (np.arange(120) >= 60)).mean() > 0.99


def test_small_pictures_are_one_piece() -> None:
    for shape in ((1, 1, 3), (1, 9, 3), (2, 2, 3), (8, 8, 3)):
        pieces = cut_into_pieces(np.full(shape, 50, np.uint8), 64)
        assert pieces.count == 1
        box, pixels = pieces.pixels_of(0)
        assert box.area == shape[0] * shape[1]
        assert pixels.all()


def test_the_same_picture_is_cut_the_same_way() -> None:
    assert (cut_into_pieces(halves(), 10).labels == cut_into_pieces(halves(), 10).labels).all()
