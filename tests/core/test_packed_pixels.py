from __future__ import annotations

import threading

import numpy as np
import pytest

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.mask_code import decode_pixels, encode_pixels
from refseg_annotator.core.packed_pixels import PackedPixels, UnpackedPixels

SIZE = Size(200, 100)


def disc(x: int = 80, y: int = 50, radius: int = 30) -> Mask:
    rows, columns = np.ogrid[: SIZE.height, : SIZE.width]
    return Mask.from_array((rows - y) ** 2 + (columns - x) ** 2 <= radius**2)


def packed(side: int) -> PackedPixels:
    return PackedPixels(encode_pixels(np.ones((side, side), np.bool_)), (side, side))


def test_a_packed_mask_holds_its_code_alone():
    mask = disc()
    small = mask.packed()
    assert small.is_packed
    assert not mask.is_packed
    assert small.nbytes == len(small.code()) < mask.nbytes / 10
    assert small.packed() is small
    assert small.code() == mask.code()


def test_what_gains_nothing_stays_as_it_is():
    for mask in (Mask.empty(SIZE), Mask.from_patch(SIZE, Box(3, 3, 4, 4), np.ones((1, 1), np.bool_))):
        assert mask.packed() is mask
    noise = np.random.default_rng(0).random((9, 9)) < 0.5
    mask = Mask.from_array(noise)
    assert mask.packed() == mask


def test_pixels_are_read_only_and_at_hand_while_they_are_looked_at():
    small = disc().packed()
    pixels = small.pixels
    assert small.pixels is pixels
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = False


def test_a_code_makes_the_mask_it_came_from():
    mask = disc()
    assert Mask.from_code(SIZE, mask.box, mask.code()) == mask
    assert Mask.from_code(SIZE, EMPTY_BOX, b"").is_empty


@pytest.mark.parametrize("box", [EMPTY_BOX, Box(0, 0, 3, 4), Box(198, 0, 202, 3)])
def test_a_code_goes_with_its_box(box):
    with pytest.raises(ValueError, match="packed pixels"):
        Mask(SIZE, box, PackedPixels(b"\x01", (3, 4) if box.is_empty else (4, 4)))


def test_equal_pixels_under_other_deflating_are_equal():
    mask = disc()
    import zlib

    other = mask.code()[:1] + zlib.compress(zlib.decompress(mask.code()[1:]), 0)
    assert other != mask.code()
    assert Mask.from_code(SIZE, mask.box, other) == mask.packed()
    assert hash(Mask.from_code(SIZE, mask.box, other)) == hash(mask)


def test_what_is_kept_is_bounded_the_longest_unused_goes_first():
    kept = UnpackedPixels(budget=250)
    first, second, third = packed(10), packed(10), packed(10)
    one = kept.get(first)
    kept.get(second)
    assert kept.get(first) is one
    kept.get(third)
    assert kept.bytes == 200
    assert kept.get(first) is one
    kept.clear()
    assert kept.bytes == 0


def test_one_that_is_over_the_budget_alone_is_given_out_and_not_kept():
    kept = UnpackedPixels(budget=50)
    assert kept.get(packed(10)).all()
    assert kept.bytes == 0


def test_many_threads_look_at_once():
    kept = UnpackedPixels(budget=1000)
    ones = [packed(side) for side in range(1, 20)]
    wrong: list[int] = []

    def look() -> None:
        for _ in range(20):
            wrong.extend(one.shape[0] for one in ones if kept.get(one).shape != one.shape)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert kept.bytes <= 1000


def test_damaged_code_is_refused():
    code = encode_pixels(np.eye(9, dtype=np.bool_))
    for broken in (b"", b"\x02" + code[1:], code[:-1], code + b"x"):
        with pytest.raises(ValueError, match="mask"):
            decode_pixels(broken, (9, 9))
    with pytest.raises(ValueError, match="fill"):
        decode_pixels(code, (9, 10))
