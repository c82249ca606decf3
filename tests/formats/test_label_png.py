from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from PIL import Image

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.label_png import palette, read_labels, read_mask_png, read_png, write_labels, write_mask


@given(hnp.arrays(np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=20)))
def test_numbers_come_back_and_pillow_reads_them(tmp_path_factory, labels):
    path = tmp_path_factory.getbasetemp() / "labels.png"
    write_labels(path, labels)
    assert (read_labels(path) == labels).all()
    with Image.open(path) as picture:
        assert picture.mode == "P"
        assert (np.asarray(picture) == labels).all()


def test_the_palette_is_vocs():
    assert palette()[[0, 1, 2, 3, 15, 255]].tolist() == [
        [0, 0, 0],
        [128, 0, 0],
        [0, 128, 0],
        [128, 128, 0],
        [192, 128, 128],
        [224, 224, 192],
    ]


def test_a_mask_is_black_and_white(tmp_path):
    mask = Mask.from_array(np.eye(4, dtype=bool))
    write_mask(tmp_path / "deep/a.png", mask)
    with Image.open(tmp_path / "deep/a.png") as picture:
        assert (np.asarray(picture) == np.eye(4) * 255).all()
    assert (read_mask_png(tmp_path / "deep/a.png", mask.size) == np.eye(4, dtype=bool)).all()
    with pytest.raises(FormatError, match="4 x 4 pixels where its frame has 5 x 4"):
        read_mask_png(tmp_path / "deep/a.png", Size(width=5, height=4))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("bits", "row", "numbers"),
    [
        (2, b"\x18", [0, 1, 2, 0]),
        (4, b"\x01\x2f", [0, 1, 2, 15]),
        (2, b"\x33", [0, 1, 0, 1]),
        (4, b"\x0f\x0f", [0, 1, 0, 1]),
    ],
    ids=["numbers-2", "numbers-4", "black-and-white-2", "black-and-white-4"],
)
def test_grey_of_few_bits_keeps_its_numbers(tmp_path, bits, row, numbers):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 1, bits, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" + row)) + chunk(b"IEND", b"")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head + body)
    assert read_labels(tmp_path / "a.png").tolist() == [numbers]


def png_that_claims(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is no PNG picture"),
        (b"GIF89a" + bytes(40), "is no PNG picture"),
        (png_that_claims(100_000, 100_000), "cannot be"),
        (png_that_claims(20_000, 3_000), "no whole PNG"),
        (png_that_claims(0, 5), "cannot be"),
        (png_that_claims(9, 9)[:40], "no whole PNG"),
    ],
)
def test_what_is_no_picture_or_a_bomb(data, words):
    with pytest.raises(FormatError, match=words):
        read_png(data, where="x.png")


def test_object_numbers_beyond_a_byte(tmp_path):
    Image.fromarray(np.full((3, 3), 300, np.uint16)).save(tmp_path / "a.png")
    with pytest.raises(FormatError, match="the object number 300"):
        read_labels(tmp_path / "a.png")
    with pytest.raises(FormatError, match="is missing"):
        read_labels(tmp_path / "b.png")


def test_a_picture_in_colours_keeps_them():
    stream = io.BytesIO()
    Image.new("RGBA", (2, 2), (1, 2, 3, 255)).save(stream, "PNG")
    size, mode, pixels = read_png(stream.getvalue(), where="x")
    assert (size, mode, pixels.shape) == (Size(width=2, height=2), "RGBA", (2, 2, 3))
