"""Moved files: found by name and size, taken in one step."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import EditError
from refseg_annotator.services import relink as relink_module
from refseg_annotator.services.documents import add_media, measure_media
from refseg_annotator.services.relink import MissingWork, Moved, SearchWork, Wanted, relink, wanted_media
from refseg_annotator.services.session import Session


class Undisturbed:
    @property
    def cancelled(self) -> bool:
        return False

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Nobody listens."""


class StoppedAtAFile(Undisturbed):
    """Cancelled once the search has looked into so many files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
        self.opened: list[Path] = []
        self._most = most
        probe = relink_module.probe

        def looked(path: Path) -> Size:
            self.opened.append(path)
            return probe(path)

        monkeypatch.setattr(relink_module, "probe", looked)

    @property
    def cancelled(self) -> bool:
        return len(self.opened) >= self._most


def missing(session: Session) -> list[Wanted]:
    (found,) = MissingWork(wanted_media(session))(Undisturbed())
    return found


def search(session: Session, folder: Path) -> Moved:
    (moved,) = SearchWork(missing(session), folder)(Undisturbed())
    return moved


def test_a_moved_folder_is_found_in_one_step(session: Session, tmp_path: Path) -> None:
    assert missing(session) == []
    measure_media(session)
    new = tmp_path / "elsewhere" / "deep" / "photos"
    new.parent.mkdir(parents=True)
    shutil.move(tmp_path / "photos", new)
    moved = search(session, tmp_path / "elsewhere")
    assert sorted(path.name for path in moved.found.values()) == ["a.png", "b.png"]
    relink(session, moved.found)
    assert missing(session) == []
    assert session.history.undo_title == "Find 2 moved files"
    first = next(iter(session.project.media))
    assert session.frames.read(session.path_of(first), 0).shape == (60, 80, 3)
    session.undo()
    assert len(missing(session)) == 2


def test_a_name_is_found_whichever_way_its_letters_are_written(session: Session, tmp_path: Path) -> None:
    composed = "\u00dcbung.png"
    first, *_ = session.project.media
    path = session.path_of(first)
    path.rename(path.with_name(composed))
    add_media(session, [path.with_name(composed)])
    (tmp_path / "elsewhere").mkdir()
    new = tmp_path / "elsewhere" / unicodedata.normalize("NFD", composed)
    path.with_name(composed).rename(new)
    assert list(search(session, tmp_path / "elsewhere").found.values()) == [new]


def test_a_search_stops_between_two_files(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure_media(session)
    for folder in ("one", "two", "three"):
        shutil.copytree(tmp_path / "photos", tmp_path / "new" / folder)
    shutil.rmtree(tmp_path / "photos")
    wanted = missing(session)
    # Three files could be the first medium, three the second.
    for most in (1, 3, 4):
        stopped = StoppedAtAFile(monkeypatch, most)
        assert list(SearchWork(wanted, tmp_path / "new")(stopped)) == []
        assert len(stopped.opened) == most
    unstopped = StoppedAtAFile(monkeypatch, 99)
    assert len(list(SearchWork(wanted, tmp_path / "new")(unstopped))) == 1
    assert len(unstopped.opened) == 6


def test_a_file_of_another_size_is_not_taken(session: Session, tmp_path: Path) -> None:
    import cv2
    import numpy as np

    measure_media(session)
    (tmp_path / "photos" / "a.png").unlink()
    (tmp_path / "new").mkdir()
    assert cv2.imwrite(str(tmp_path / "new" / "a.png"), np.zeros((10, 10, 3), np.uint8))
    moved = search(session, tmp_path / "new")
    assert not moved.found
    assert [medium.path.name for medium in moved.lost] == ["a.png"]
    with pytest.raises(EditError, match="choose another folder"):
        relink(session, moved.found)


def test_of_two_the_one_whose_folders_are_alike_is_taken(session: Session, tmp_path: Path) -> None:
    for folder in ("new/photos", "new/copies"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(tmp_path / "photos" / "a.png", tmp_path / folder / "a.png")
    (tmp_path / "photos" / "a.png").unlink()
    moved = search(session, tmp_path / "new")
    assert [path.parent.name for path in moved.found.values()] == ["photos"]
    shutil.rmtree(tmp_path / "new" / "photos")
    (tmp_path / "new" / "more").mkdir()
    shutil.copy(tmp_path / "new" / "copies" / "a.png", tmp_path / "new" / "more" / "a.png")
    moved = search(session, tmp_path / "new")
    assert not moved.found
    assert [medium.path.name for medium in moved.unclear] == ["a.png"]


def test_files_that_the_project_knows_are_not_taken_again(session: Session, tmp_path: Path) -> None:
    (tmp_path / "photos" / "a.png").unlink()
    taken = {wanted.path for wanted in wanted_media(session)}
    shutil.copy(tmp_path / "photos" / "b.png", tmp_path / "photos" / "A.PNG")
    (moved,) = SearchWork(missing(session), tmp_path / "photos", taken)(Undisturbed())
    assert [path.name for path in moved.found.values()] == ["A.PNG"]
