"""Paths of media: relative in the file, absolute in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from refseg_annotator.storage.paths import MovedFolders, absolute_path, is_absolute, stored_path


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        ("/work/project/media/a b.png", "media/a b.png"),
        ("/work/photos/ä.png", "../photos/ä.png"),
        ("/other/x.png", "../../other/x.png"),
        ("/work/project/a\\b.png", "a\\b.png"),
    ],
)
def test_a_path_is_stored_relative_and_comes_back(path: str, stored: str) -> None:
    folder = Path("/work/project")
    assert stored_path(path, folder) == stored
    assert absolute_path(stored, folder) == path


def test_another_drive_is_stored_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_way(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", no_way)
    assert stored_path("/d/photo.png", Path("/c")) == "/d/photo.png"
    assert absolute_path("D:/photo.png", Path("/c")) == "D:/photo.png"


def test_absolute_paths_of_both_systems_are_known() -> None:
    assert is_absolute("/a")
    assert is_absolute("C:/a")
    assert not is_absolute("a/C")


def test_media_left_behind_are_found_where_they_were(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "deeper" / "new"
    (old / "media").mkdir(parents=True)
    new.mkdir(parents=True)
    folders = MovedFolders(new, old.as_posix())
    assert folders.absolute("media/a.png") == (old / "media" / "a.png").as_posix()
    (new / "media").mkdir()
    assert MovedFolders(new, old.as_posix()).absolute("media/a.png") == (new / "media" / "a.png").as_posix()
    assert MovedFolders(new, None).absolute("gone/a.png") == (new / "gone" / "a.png").as_posix()


def test_a_network_share_is_never_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(Path, "is_dir", lambda path: looked.append(path) or False)
    folders = MovedFolders(tmp_path, "//stranger/share")
    assert folders.absolute("media/a.png") == (tmp_path / "media" / "a.png").as_posix()
    assert looked == []
