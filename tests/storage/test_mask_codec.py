"""Masks survive their coding to the pixel; bytes that lie are refused before they cost memory."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.storage.mask_codec import decode_mask, encode_mask
from tests.storage.records import SIZE, disc


@settings(max_examples=100)
@given(hnp.arrays(np.bool_, st.tuples(st.integers(1, 40), st.integers(1, 40))))
def test_any_mask_comes_back_equal(array: np.ndarray) -> None:
    mask = Mask.from_array(array)
    assert decode_mask(encode_mask(mask), size=mask.size, box=mask.box) == mask


def test_long_runs_take_few_bytes() -> None:
    size = Size(3000, 2000)
    mask = Mask.from_array(np.ones(size.shape, bool))
    data = encode_mask(mask)
    assert len(data) < 20
    assert decode_mask(data, size=size, box=mask.box) == mask


def test_runs_on_both_sides_of_each_group_of_bits() -> None:
    width = 128 * 128 * 2
    for run in (1, 127, 128, 129, 16383, 16384, 16385):
        array = np.zeros((1, width), bool)
        array[0, 0], array[0, run + 1] = True, True
        mask = Mask.from_array(array)
        assert decode_mask(encode_mask(mask), size=mask.size, box=mask.box) == mask


def test_an_empty_mask_has_no_bytes() -> None:
    assert encode_mask(Mask.empty(SIZE)) == b""
    assert decode_mask(b"", size=SIZE, box=EMPTY_BOX) == Mask.empty(SIZE)
    with pytest.raises(ValueError, match="empty"):
        decode_mask(b"\x01", size=SIZE, box=EMPTY_BOX)


def _coded(plain: bytes) -> bytes:
    return b"\x01" + zlib.compress(plain)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "unknown"),
        (b"\x07" + zlib.compress(b"\x00\x04"), "unknown"),
        (b"\x01garbage", "damaged"),
        (_coded(b"\x00\x04")[:-2], "cut off"),
        (_coded(b"\x00\x04") + b"more", "too many"),
        (_coded(b"\x00\x03"), "fill 3 of 4"),
        (_coded(b"\x00\x05"), "fill 5 of 4"),
        (_coded(b"\x00\x84"), "cut off"),
        (_coded(b""), "cut off"),
        (_coded(b"\x00\x80\x80\x80\x80\x80\x01"), "cut off|too long"),
        (_coded(bytes(100_000_000)), "too many"),
    ],
)
def test_bytes_that_do_not_fill_the_box_are_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        decode_mask(data, size=Size(9, 9), box=Box(1, 1, 2, 5))


def test_damage_to_any_byte_is_refused_or_another_mask_of_that_box() -> None:
    mask = disc(SIZE, 12, 10, 6)
    data = encode_mask(mask)
    for place in range(len(data)):
        broken = bytearray(data)
        broken[place] ^= 0x55
        with pytest.raises(ValueError, match=r"."):
            decode_mask(bytes(broken), size=mask.size, box=mask.box)


def test_a_box_that_is_not_tight_is_tightened() -> None:
    mask = decode_mask(_coded(b"\x01\x03"), size=Size(9, 9), box=Box(1, 1, 2, 5))
    assert mask.box == Box(1, 2, 2, 5)
    assert mask.area == 3
