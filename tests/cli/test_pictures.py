"""Masks and overlays as PNG files: exact, whole or not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.cli.pictures import check_places, drawn_over, write_mask, write_overlay, write_png
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import UsageError


def ring() -> Mask:
    pixels = np.ones((20, 30), bool)
    pixels[8:12, 10:20] = False
    return Mask.from_patch(Size(width=60, height=50), Box(10, 10, 40, 30), pixels)


def test_a_mask_file_holds_the_masks_pixels(tmp_path: Path) -> None:
    mask = ring()
    write_mask(tmp_path / "mask.png", mask)
    read = np.array(Image.open(tmp_path / "mask.png"))
    assert read.dtype == np.uint8
    assert set(np.unique(read)) == {0, 255}
    assert np.array_equal(read > 0, mask.to_array())


def test_an_empty_mask_is_a_black_picture(tmp_path: Path) -> None:
    write_mask(tmp_path / "mask.png", Mask.empty(Size(width=7, height=5)))
    assert np.array_equal(np.array(Image.open(tmp_path / "mask.png")), np.zeros((5, 7), np.uint8))


def test_an_overlay_colours_inside_and_leaves_the_rest(tmp_path: Path) -> None:
    image = np.full((50, 60, 3), 100, np.uint8)
    mask = ring()
    write_overlay(tmp_path / "overlay.png", image, [mask])
    drawn = np.array(Image.open(tmp_path / "overlay.png"))
    changed = (drawn != image).any(axis=2)
    assert changed[mask.to_array()].all()
    assert not changed[:8].any()  # two pixels of outline at most
    assert not changed[20:21, 22:28].any()  # the hole is no part of the mask
    assert (image == 100).all()


def test_masks_are_told_apart_by_colour_and_an_empty_one_draws_nothing() -> None:
    size = Size(width=40, height=20)
    image = np.zeros((20, 40, 3), np.uint8)
    left = Mask.from_patch(size, Box(2, 2, 16, 18), np.ones((16, 14), bool))
    right = Mask.from_patch(size, Box(24, 2, 38, 18), np.ones((16, 14), bool))
    drawn = drawn_over(image, [left, Mask.empty(size), right])
    assert tuple(drawn[10, 9]) != tuple(drawn[10, 31])
    assert np.array_equal(drawn_over(image, [Mask.empty(size)]), image)


def test_a_mask_that_reaches_the_border_is_drawn(tmp_path: Path) -> None:
    size = Size(width=12, height=9)
    image = np.zeros((9, 12, 3), np.uint8)
    assert drawn_over(image, [Mask.empty(size).inverted()]).any(axis=2).all()


def test_a_lossy_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"mask\.jpg.*PNG"):
        write_mask(tmp_path / "mask.jpg", ring())
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_former_file_and_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mask.png"
    write_mask(path, ring())
    before = path.read_bytes()

    def full(self: Image.Image, target: Path, **_: object) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(OSError, match="No space"):
        write_png(path, np.zeros((4, 4), np.uint8))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["mask.png"]


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "nowhere").symlink_to("/dev/null")
    for name in ("folder", "nowhere"):
        with pytest.raises(UsageError, match=r"is no file that could be replaced; choose another name\."):
            write_png(tmp_path / name, np.zeros((4, 4), np.uint8))
    assert (tmp_path / "nowhere").is_char_device()
    assert (tmp_path / "folder").is_dir()


def test_a_refusal_of_the_disk_names_the_file_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space") as caught:
        write_png(tmp_path / "mask.png", np.zeros((4, 4), np.uint8))
    assert caught.value.filename == str(tmp_path / "mask.png")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_written_is_told_beforehand_and_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (tmp_path, os.W_OK))
    with pytest.raises(UsageError, match="may not be written") as caught:
        check_places([tmp_path / "mask.png"])
    assert str(tmp_path) in str(caught.value)


def test_a_disk_that_became_read_only_is_told_by_the_file_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, refuse)
    with pytest.raises(OSError, match="Read-only") as caught:
        write_png(tmp_path / "mask.png", np.zeros((4, 4), np.uint8))
    assert caught.value.filename == str(tmp_path / "mask.png")
