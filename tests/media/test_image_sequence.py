"""A folder of numbered pictures is a clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import MediaError
from refseg_annotator.media import ImageSequence, open_medium, probe, thumbnail


def write_frames(folder: Path, *names: str) -> None:
    for value, name in enumerate(names):
        Image.new("RGB", (12, 8), (value, value, value)).save(folder / name)


def test_frames_by_their_numbers(tmp_path: Path) -> None:
    write_frames(tmp_path, "frame_2.png", "frame_10.png", "frame_001.png")
    (tmp_path / "notes.txt").touch()
    source = open_medium(tmp_path)
    assert isinstance(source, ImageSequence)
    assert (source.kind, source.size, source.frame_count) == (MediumKind.VIDEO, Size(12, 8), 3)
    assert source.frame_rate is None
    assert ImageSequence(tmp_path, frame_rate=24).frame_rate == 24
    assert source.frame_names == ("frame_001", "frame_2", "frame_10")
    assert [int(source.read(frame)[0, 0, 0]) for frame in (0, 1, 2)] == [2, 0, 1]
    frame = source.read(1)
    assert frame.flags.c_contiguous
    assert not frame.flags.writeable
    assert probe(tmp_path) == Size(12, 8)
    assert thumbnail(tmp_path, 6).shape == (4, 6, 3)


def test_gaps_do_not_count_as_frames(tmp_path: Path) -> None:
    write_frames(tmp_path, "00000.png", "00005.png", "00010.png")
    assert open_medium(tmp_path).frame_count == 3


@pytest.mark.parametrize(
    ("names", "culprit"),
    [
        (("1.png", "2.png", "cover.png"), "cover.png"),
        (("a1.png", "a2.png", "b3.png"), "b3.png"),
        (("1.png", "01.png"), "1.png"),
        (("1.png", "1.bmp"), "1.png"),
    ],
)
def test_other_pictures_are_no_clip(tmp_path: Path, names: tuple[str, ...], culprit: str) -> None:
    write_frames(tmp_path, *names)
    with pytest.raises(MediaError, match="is no clip, since") as caught:
        open_medium(tmp_path)
    assert f'"{culprit}"' in str(caught.value)


def test_empty_and_missing_folders(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="holds no pictures"):
        open_medium(tmp_path)
    with pytest.raises(MediaError, match="does not exist"):
        ImageSequence(tmp_path / "gone")


def test_bad_frames_are_named(tmp_path: Path, quarters: NDArray[np.uint8]) -> None:
    write_frames(tmp_path, "1.png", "2.png", "3.png")
    Image.fromarray(quarters).save(tmp_path / "2.png")
    (tmp_path / "3.png").write_bytes((tmp_path / "3.png").read_bytes()[:50])
    source = open_medium(tmp_path)
    assert source.read(0).shape == (8, 12, 3)
    with pytest.raises(MediaError, match=r"2\.png.* has 48 x 32 pixels, and the clip .* 12 x 8"):
        source.read(1)
    with pytest.raises(MediaError, match=r"3\.png.* damaged or cut short"):
        source.read(2)
    with pytest.raises(MediaError, match="no frame 3"):
        source.read(3)
    source.close()
    with pytest.raises(MediaError, match="was closed"):
        source.read(0)
