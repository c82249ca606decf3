"""Pictures of every kind come out as upright uint8 RGB; whatever cannot is explained in one sentence."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import MediaError
from refseg_annotator.media import ImageFile, open_medium, probe, thumbnail
from refseg_annotator.media.image_decoding import MAX_PIXELS
from refseg_annotator.media.orientation import orientation_in

ORIENTATION = 0x0112


def saved(path: Path, picture: Image.Image, orientation: int | None = None, **options: object) -> Path:
    if orientation is not None:
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        options["exif"] = exif
    picture.save(path, **options)
    return path


def sentence(path: Path) -> str:
    with pytest.raises(MediaError) as caught:
        open_medium(path).read(0)
    text = str(caught.value)
    assert path.name in text
    assert text.endswith(".")
    assert "\n" not in text
    assert ";" in text, "a sentence names the mend after the thing"
    return text


def close_to(pixels: NDArray[np.uint8], expected: NDArray[np.uint8], tolerance: int) -> bool:
    return pixels.shape == expected.shape and int(np.abs(pixels.astype(int) - expected.astype(int)).max()) <= tolerance


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_a_frame_is_contiguous_and_read_only(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    for name in ("a.png", "a.jpg", "a.bmp", "a.gif", "a.webp", "a.tif"):
        source = open_medium(saved(tmp_path / name, Image.fromarray(quarters)))
        frame = source.read(0)
        assert frame.dtype == np.uint8, name
        assert frame.shape == (32, 48, 3), name
        assert frame.flags.c_contiguous, name
        assert not frame.flags.writeable, name
        assert (source.kind, source.size, source.frame_count) == (MediumKind.IMAGE, Size(48, 32), 1), name
        assert source.frame_rate is None
        source.close()


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_applied(
    tmp_path: Path, quarters: NDArray[np.uint8], suffix: str, orientation: int
) -> None:
    options: dict[str, object] = {"jpg": {"quality": 95, "subsampling": 0}, "webp": {"lossless": True}}.get(suffix, {})
    path = saved(tmp_path / f"turned.{suffix}", Image.fromarray(quarters), orientation, **options)
    with Image.open(path) as picture:
        expected = np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))
    frame = open_medium(path).read(0)
    assert np.array_equal(frame, expected)
    assert probe(path) == Size(expected.shape[1], expected.shape[0]) == open_medium(path).size
    assert thumbnail(path, 16).shape[:2] == ((16, 11) if orientation >= 5 else (11, 16))


def test_orientation_turns_the_pixels_themselves(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    # Not through Pillow's own turning: 6 means that the camera's top left is the picture's top right.
    frame = open_medium(saved(tmp_path / "a.png", Image.fromarray(quarters), 6)).read(0)
    assert np.array_equal(frame, np.rot90(quarters, -1))
    frame = open_medium(saved(tmp_path / "b.png", Image.fromarray(quarters), 5)).read(0)
    assert np.array_equal(frame, quarters.transpose(1, 0, 2))


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"Exif\x00\x00",
        b"Exif\x00\x00II*\x00",
        b"II*\x00\xff\xff\xff\xff",
        b"MM\x00*\x00\x00\x00\x08\xff\xff",
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x63\x00\x00\x00",
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x02\x00\x01\x00\x00\x00\x06\x00\x00\x00",
        b"\x00" * 100,
    ],
)
def test_broken_exif_leaves_a_picture_upright(tmp_path: Path, quarters: NDArray[np.uint8], exif: bytes) -> None:
    assert orientation_in(exif) == 1
    path = tmp_path / "a.jpg"
    Image.fromarray(quarters).save(path, exif=exif)
    assert open_medium(path).read(0).shape == (32, 48, 3)
    path = tmp_path / "a.png"
    Image.fromarray(quarters).save(path, exif=exif)
    assert np.array_equal(open_medium(path).read(0), quarters)


@given(exif=st.binary(max_size=200), prefix=st.sampled_from([b"II*\x00", b"MM\x00*"]))
def test_any_exif_gives_an_orientation(exif: bytes, prefix: bytes) -> None:
    assert 1 <= orientation_in(prefix + exif) <= 8


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize(("depth", "shift"), [(8, 0), (10, 2), (12, 4), (16, 8)])
def test_deep_grey_and_colour_keep_their_order(tmp_path: Path, suffix: str, depth: int, shift: int) -> None:
    top = (1 << depth) - 1
    ramp = np.linspace(0, top, 32 * 48).round().astype(np.uint16).reshape(32, 48)
    grey, colour = tmp_path / f"grey.{suffix}", tmp_path / f"colour.{suffix}"
    assert cv2.imwrite(str(grey), ramp)
    stack = np.dstack([ramp, ramp.T.reshape(32, 48), ramp[::-1]])  # B, G, R
    assert cv2.imwrite(str(colour), stack)
    frame = open_medium(grey).read(0)
    assert np.array_equal(frame[..., 0], ramp >> shift)
    assert np.array_equal(frame[..., 0], frame[..., 2])
    assert np.array_equal(open_medium(colour).read(0), stack[..., ::-1] >> shift)


def test_deep_tiff_is_turned_once(tmp_path: Path) -> None:
    deep = np.arange(6 * 4, dtype=np.uint16).reshape(4, 6) * 2000
    path = saved(tmp_path / "a.tif", Image.fromarray(deep), None, tiffinfo={ORIENTATION: 6})
    assert probe(path) == Size(4, 6)
    assert np.array_equal(open_medium(path).read(0)[..., 0], np.rot90(deep >> 8, -1))


def test_floats_and_wide_integers_are_stretched(tmp_path: Path) -> None:
    unit = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    frame = open_medium(saved(tmp_path / "unit.tif", Image.fromarray(unit))).read(0)
    assert np.array_equal(frame[..., 0], np.rint(unit.astype(np.float64) * 255))
    wide = unit * 5000 - 1000
    wide[0, 0] = np.nan
    frame = open_medium(saved(tmp_path / "wide.tif", Image.fromarray(wide))).read(0)
    assert frame[0, 0, 0] == 0
    assert frame[7, 7, 0] == 255
    whole = (np.arange(64, dtype=np.int32) * 100_000).reshape(8, 8)
    frame = open_medium(saved(tmp_path / "whole.tif", Image.fromarray(whole))).read(0)
    assert (frame[0, 0, 0], frame[7, 7, 0]) == (0, 255)
    flat = open_medium(saved(tmp_path / "flat.tif", Image.fromarray(np.full((4, 4), np.inf, np.float32)))).read(0)
    assert not flat.any()


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    pixels = np.zeros((2, 3, 4), np.uint8)
    pixels[0, 0] = 10, 20, 30, 255
    pixels[0, 1] = 200, 0, 100, 0
    pixels[0, 2] = 0, 0, 0, 128
    expected = [[10, 20, 30], [255, 255, 255], [127, 127, 127]]
    assert open_medium(saved(tmp_path / "a.png", Image.fromarray(pixels))).read(0)[0].tolist() == expected
    deep = tmp_path / "deep.png"
    assert cv2.imwrite(str(deep), pixels[..., [2, 1, 0, 3]].astype(np.uint16) * 257)
    assert close_to(open_medium(deep).read(0)[:1], np.array([expected], np.uint8), 1)
    palette = Image.fromarray(np.array([[0, 1]], np.uint8), "L").convert("P")
    palette.putpalette([255, 0, 0, 0, 255, 0])
    palette.info["transparency"] = 1
    frame = open_medium(saved(tmp_path / "p.png", palette, transparency=1)).read(0)
    assert frame[0].tolist() == [[255, 0, 0], [255, 255, 255]]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_modes_look_as_pillow_shows_them(tmp_path: Path, quarters: NDArray[np.uint8], mode: str) -> None:
    picture = Image.fromarray(quarters).convert(mode)
    frame = open_medium(saved(tmp_path / "a.png", picture)).read(0)
    assert np.array_equal(frame, np.asarray(picture.convert("RGB")))


def test_jpegs_of_every_make_equal_pillow(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    smooth = cv2.GaussianBlur(quarters, (0, 0), 4)
    makes: dict[str, tuple[str, dict[str, object]]] = {
        "plain": ("RGB", {}),
        "grey": ("L", {}),
        "cmyk": ("CMYK", {"quality": 95}),
        "progressive": ("RGB", {"progressive": True}),
        "full-colour": ("RGB", {"subsampling": 0}),
        "restart": ("RGB", {"restart_marker_rows": 1}),
    }
    for name, (mode, options) in makes.items():
        path = saved(tmp_path / f"{name}.jpg", Image.fromarray(smooth).convert(mode), **options)
        with Image.open(path) as picture:
            expected = np.asarray(picture.convert("RGB"))
        assert close_to(open_medium(path).read(0), expected, 2), name
    assert close_to(open_medium(tmp_path / "cmyk.jpg").read(0), smooth, 20)


def test_a_jpeg_with_only_its_end_marker_missing_is_read(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    path = saved(tmp_path / "a.jpg", Image.fromarray(quarters))
    whole = open_medium(path).read(0)
    path.write_bytes(path.read_bytes() + b"\xff\xd9 trailing bytes of a motion photo")
    assert np.array_equal(open_medium(path).read(0), whole)


def test_animations_show_their_first_frame(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    first, second = Image.fromarray(quarters), Image.fromarray(255 - quarters)
    for name, options in (("a.gif", {}), ("a.webp", {"lossless": True}), ("a.png", {}), ("a.tif", {})):
        path = tmp_path / name
        first.save(path, save_all=True, append_images=[second], **options)
        source = open_medium(path)
        assert source.frame_count == 1, name
        assert np.array_equal(source.read(0), quarters), name


def test_the_smallest_picture(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg", "a.gif", "a.webp", "a.tif", "a.bmp"):
        path = saved(tmp_path / name, Image.new("RGB", (1, 1), "white"))
        assert probe(path) == Size(1, 1)
        assert open_medium(path).read(0).tolist() == [[[255, 255, 255]]]
        assert thumbnail(path, 64).shape == (1, 1, 3)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "bmp", "gif"])
def test_a_picture_cut_short_says_so(tmp_path: Path, suffix: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    path = saved(tmp_path / f"a.{suffix}", Image.fromarray(noise))
    data = path.read_bytes()
    for part in (0.02, 0.3, 0.6, 0.9):
        path.write_bytes(data[: int(len(data) * part)])
        assert "damaged or cut short" in (text := sentence(path)) or "broken" in text, (part, text)
        with pytest.raises(MediaError):
            thumbnail(path, 16)


def test_deep_colour_cut_short_says_so(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 65536, (64, 64, 3), np.uint16)
    path = tmp_path / "a.png"
    assert cv2.imwrite(str(path), noise)
    path.write_bytes(path.read_bytes()[:12_000])
    assert "damaged or cut short" in sentence(path)


def test_a_jpeg_is_not_taken_for_whole_by_its_thumbnail(tmp_path: Path) -> None:
    # The EXIF thumbnail is a JPEG with an end marker of its own.
    inner = io.BytesIO()
    Image.new("RGB", (8, 8)).save(inner, "JPEG")
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    path = tmp_path / "a.jpg"
    Image.fromarray(noise).save(path, exif=b"Exif\x00\x00" + inner.getvalue())
    path.write_bytes(path.read_bytes()[:-1500])
    assert "damaged or cut short" in sentence(path)


def test_no_picture_and_no_file(tmp_path: Path) -> None:
    text = tmp_path / "letter.jpg"
    text.write_text("Dear reader")
    assert "not a picture" in sentence(text)
    empty = tmp_path / "empty.png"
    empty.touch()
    assert "empty (0 bytes)" in sentence(empty)
    assert "does not exist" in sentence(tmp_path / "gone.png")
    folder = tmp_path / "folder.png"
    folder.mkdir()
    assert "folder" in sentence(folder)
    with pytest.raises(MediaError, match="cannot be reached"):
        open_medium("a\0b.png")


def test_postscript_is_never_run(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")
    assert "not a picture" in sentence(path)


def test_names_that_would_break_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\n.png"
    with pytest.raises(MediaError) as caught:
        open_medium(path)
    assert str(caught.value).isprintable()
    path = tmp_path / os.fsdecode(b"\xff\xfe.png")
    with pytest.raises(MediaError) as caught:
        open_medium(path)
    str(caught.value).encode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and pipes of POSIX")
def test_forbidden_files_and_pipes(
    tmp_path: Path, quarters: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    assert "device or pipe" in sentence(pipe)
    path = saved(tmp_path / "a.jpg", Image.fromarray(quarters))

    def refuse(self: Path, *args: object, **options: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as root, whom no permission stops
    assert "permissions" in sentence(path)


def png_declaring(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def test_a_picture_bomb_is_refused_by_its_header(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    path = tmp_path / "bomb.png"
    for side in (16385, 24000, 60_000):
        path.write_bytes(png_declaring(side, side))
        with pytest.raises(MediaError, match="over 268 megapixels are not opened"):
            probe(path)
        assert "megapixels" in sentence(path)
    assert MAX_PIXELS == 16384**2
    path = saved(tmp_path / "bomb.jpg", Image.fromarray(quarters))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack(">HH", 32, 48), struct.pack(">HH", 65_000, 65_000), 1))
    assert "65000 x 65000" in sentence(path)


def test_a_file_changed_behind_our_back(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    path = saved(tmp_path / "a.png", Image.fromarray(quarters))
    source = open_medium(path)
    saved(path, Image.new("RGB", (5, 5)))
    with pytest.raises(MediaError, match=r"changed on disk from 48 x 32 to 5 x 5"):
        source.read(0)
    path.unlink()
    with pytest.raises(MediaError, match="does not exist"):
        source.read(0)


@pytest.mark.parametrize("frame", [-1, 1, 10**9])
def test_only_frame_0(tmp_path: Path, quarters: NDArray[np.uint8], frame: int) -> None:
    source = ImageFile(saved(tmp_path / "a.png", Image.fromarray(quarters)))
    with pytest.raises(MediaError, match=f"no frame {frame}"):
        source.read(frame)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damaged_bytes_never_raise_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(["jpg", "png", "gif", "webp", "tif", "bmp"]))
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(np.arange(16 * 16 * 3, dtype=np.uint8).reshape(16, 16, 3)).save(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    for read in (probe, lambda p: open_medium(p).read(0), lambda p: thumbnail(p, 8)):
        with contextlib.suppress(MediaError):
            read(path)


def test_thumbnails_fit_and_keep_their_shape(tmp_path: Path) -> None:
    ramp = np.dstack([np.tile(np.linspace(0, 255, 1200).astype(np.uint8), (300, 1))] * 3)
    for name in ("a.jpg", "a.png"):
        path = saved(tmp_path / name, Image.fromarray(ramp))
        for longest in (1, 64, 150, 600, 1200, 5000):
            small = thumbnail(path, longest)
            width = min(longest, 1200)
            assert small.shape == (max(1, round(width / 4)), width, 3), (name, longest)
            assert not small.flags.writeable
        expected = cv2.resize(ramp, (150, 38), interpolation=cv2.INTER_AREA)
        assert close_to(thumbnail(path, 150), expected, 6), name
    with pytest.raises(ValueError, match="at least one pixel"):
        thumbnail(path, 0)


def test_a_photo_takes_no_multiple_of_what_pillow_takes(tmp_path: Path) -> None:
    noise = cv2.resize(np.random.default_rng(0).integers(0, 256, (150, 200, 3), np.uint8), (2000, 1500))
    path = saved(tmp_path / "a.jpg", Image.fromarray(noise), 6, quality=90)
    source = open_medium(path)

    def peer() -> NDArray[np.uint8]:
        with Image.open(path) as picture:
            return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))

    assert close_to(source.read(0), peer(), 6)
    # Turn about, so that a busy machine slows both; the best of each counts, and usually they are equal.
    spent = [(seconds(lambda: source.read(0)), seconds(peer)) for _ in range(4)]
    assert min(ours for ours, _ in spent) < 6 * min(theirs for _, theirs in spent), spent
