"""Folders are listed by name alone, in the order people count."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.media import (
    IMAGE_SUFFIXES,
    VIDEO_SUFFIXES,
    kind_of,
    list_media,
    listing,
    media_by_subfolder,
    natural_key,
)


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_numbers_count_as_numbers(tmp_path: Path) -> None:
    for name in (
        "img10.jpg",
        "img9.PNG",
        "IMG1.jpeg",
        "img007.webp",
        "b.mp4",
        ".hidden.jpg",
        "notes.txt",
        "._img1.jpg",
    ):
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    assert names(list_media(tmp_path)) == ["b.mp4", "IMG1.jpeg", "img007.webp", "img9.PNG", "img10.jpg"]


def test_subfolders_only_when_asked(tmp_path: Path) -> None:
    for name in ("a.jpg", "b2/x.jpg", "b10/y.jpg", "b2/deep/z.mkv", ".git/n.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list_media(tmp_path) == [tmp_path / "a.jpg"]
    found = [path.relative_to(tmp_path).as_posix() for path in list_media(tmp_path, recursive=True)]
    assert found == ["a.jpg", "b2/x.jpg", "b2/deep/z.mkv", "b10/y.jpg"]
    assert media_by_subfolder(tmp_path) == {"b2": 2, "b10": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "up").symlink_to(tmp_path)
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    assert names(list_media(tmp_path, recursive=True)) == ["a.jpg", "self.png"]


def test_missing_folder_and_file_for_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        list_media(tmp_path / "gone")
    (tmp_path / "a.jpg").touch()
    with pytest.raises(MediaError, match="is a file, not a folder"):
        list_media(tmp_path / "a.jpg")

    def refuse(path: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(MediaError, match="may not be read by you"):
        list_media(tmp_path)


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    assert list_media(tmp_path) == []


def test_kinds() -> None:
    assert kind_of(Path("a.JPG")) is MediumKind.IMAGE
    assert kind_of(Path("a.Mp4")) is MediumKind.VIDEO
    assert kind_of(Path("a.txt")) is None
    assert kind_of(Path("jpg")) is None
    assert not IMAGE_SUFFIXES & VIDEO_SUFFIXES


class Entry:
    """What a listing may ask of a file in a folder: its name, and once whether it is a folder, which costs no stat."""

    asked = 0

    def __init__(self, name: str) -> None:
        self.name = name

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        self.asked += 1
        return False


def test_the_work_grows_with_the_files_and_touches_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # How fast that is, tests.benchmarks tells. What makes it fast is counted here: a folder of many files is read
    # once, no file is looked at, and each name is taken apart once for the whole sort.
    many = 20_000
    entries = [Entry(f"photo {index}.jpg") for index in reversed(range(many))] + [Entry("notes.txt")]
    touched: list[object] = []
    keyed: list[str] = []

    def scandir(path: object) -> contextlib.nullcontext[list[Entry]]:
        touched.append(path)
        return contextlib.nullcontext(entries)

    def stat(path: object, **how: object) -> os.stat_result:
        touched.append(path)
        return real_stat(path, **how)

    def key(name: str) -> tuple[str, str]:
        keyed.append(name)
        return natural_key(name)

    real_stat = os.stat
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        patch.setattr(os, "stat", stat)
        patch.setattr(os, "lstat", stat)
        patch.setattr(listing, "natural_key", key)
        found = list_media(tmp_path)
    assert names(found) == [f"photo {index}.jpg" for index in range(many)]
    assert set(touched) == {tmp_path}
    assert len(touched) <= 3
    assert {entry.asked for entry in entries[:-1]} == {1}
    assert entries[-1].asked == 0
    assert sorted(keyed) == sorted(names(found))


@given(st.lists(st.integers(0, 10**30), unique=True))
def test_numbers_sort_as_integers(numbers: list[int]) -> None:
    assert sorted((f"frame{n}.png" for n in numbers), key=natural_key) == [f"frame{n}.png" for n in sorted(numbers)]


@given(st.text(max_size=20), st.text(max_size=20))
def test_keys_are_equal_only_for_equal_names(one: str, other: str) -> None:
    assert (natural_key(one) == natural_key(other)) == (one == other)
