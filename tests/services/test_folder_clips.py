"""Folders of frames: clips when asked, offered when they look so, photos in every other case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.documents import add_media, open_project, put_media
from refseg_annotator.services.folder_clips import clip_offer, find_clips, put_clip_instead
from refseg_annotator.services.session import Session
from tests.storage.records import contents

SIZE = (24, 16)
FRAMES = [f"{number:05d}.jpg" for number in range(12)]


def pictures(folder: Path, names: Sequence[str], sizes: dict[str, tuple[int, int]] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        Image.new("RGB", (sizes or {}).get(name, SIZE), (number * 7 % 256, 40, 90)).save(folder / name)
    return folder


def kinds(session: Session) -> list[tuple[MediumKind, int]]:
    return [(medium.kind, medium.frame_count) for medium in session.project.media.values()]


# --- asked for -------------------------------------------------------------------------------------------------------


def test_a_folder_is_one_clip_when_asked(session: Session, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "walk", FRAMES)
    before = contents(session.project)[:4]
    report = put_media(session, find_clips([folder]))
    [medium_id] = report.added
    medium = session.project.media[medium_id]
    assert (medium.kind, medium.size, medium.frame_count) == (MediumKind.VIDEO, Size(*SIZE), 12)
    assert session.frames.read(session.path_of(medium_id), 5).shape == (16, 24, 3)
    assert put_media(session, find_clips([folder])).present == (medium_id,)
    session.undo()
    assert contents(session.project)[:4] == before


def test_a_clip_of_frames_is_there_after_opening_again(session: Session, tmp_path: Path) -> None:
    [medium_id] = put_media(session, find_clips([pictures(tmp_path / "walk", FRAMES)])).added
    path = session.path
    assert path is not None
    session.close()
    again = open_project(path, runner=session.runner, media=session.media)
    assert again.project.media[medium_id].frame_count == 12
    assert again.frames.facts(again.path_of(medium_id)).frame_count == 12
    again.close()


def test_a_folder_of_photos_is_photos_unless_asked(session: Session, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "walk", FRAMES)
    here = len(session.project.media)
    add_media(session, [folder])
    assert kinds(session)[here:] == [(MediumKind.IMAGE, 1)] * 12


def test_what_is_no_clip_is_said_in_a_sentence(tmp_path: Path) -> None:
    uneven = pictures(tmp_path / "uneven", FRAMES, {FRAMES[-1]: (30, 20)})
    named = pictures(tmp_path / "named", ["beach.jpg", "dog.jpg"])
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "notes.txt").touch()
    found = find_clips([uneven, named, empty, tmp_path / "gone", tmp_path / "notes.txt"])
    assert not found.media
    uneven_said, named_said, empty_said, gone_said, notes_said = (one.sentence for one in found.skipped)
    assert "30 x 20" in uneven_said
    assert "24 x 16" in uneven_said
    assert "no numbered frame" in named_said
    assert "no pictures" in empty_said
    assert "no folder of frames" in gone_said
    assert "no folder of frames" in notes_said


def test_a_folder_of_folders_is_so_many_clips(tmp_path: Path) -> None:
    tree = tmp_path / "JPEGImages"
    for name in ("walk10", "walk2"):
        tree.mkdir(exist_ok=True)
        pictures(tree / name, FRAMES)
    pictures(tree / "odd", ["beach.jpg"])
    found = find_clips([tree])
    assert [one.path.name for one in found.media] == ["walk2", "walk10"]
    assert [one.path.name for one in found.skipped] == ["odd"]


def test_a_video_among_the_folders_is_taken_as_it_is(tmp_path: Path) -> None:
    photo = pictures(tmp_path / "one", ["a.png"]) / "a.png"
    [found] = find_clips([photo]).media
    assert (found.kind, found.size) == (MediumKind.IMAGE, Size(*SIZE))


# --- the offer -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        FRAMES,
        [f"frame_{number}.png" for number in range(1, 30)],
        [f"{number:05d}.jpg" for number in range(0, 100, 5)],
        [f"walk-{number:03d}_left.png" for number in range(40) if number != 17],
    ],
)
def test_what_looks_like_a_clip_is_offered(tmp_path: Path, names: list[str]) -> None:
    offer = clip_offer(pictures(tmp_path / "walk", names))
    assert offer is not None
    assert offer.clip.frame_count == len(names)
    assert f"{len(names)} pictures of 'walk'" in offer.sentence


@pytest.mark.parametrize(
    "names",
    [
        FRAMES[:7],
        [f"IMG_{number:04d}.jpg" for number in range(1000, 1030)],
        [f"DSC{number:05d}.JPG" for number in range(30)],
        [f"P{number:07d}.jpg" for number in range(30)],
        ["000000000139.jpg", *(f"{number:012d}.jpg" for number in range(285, 9000, 701))],  # a data set's ids
        ["1.jpg", "2.jpg", "5.jpg", "9.jpg", "11.jpg", "12.jpg", "17.jpg", "18.jpg", "25.jpg"],
        [f"{name}.jpg" for name in ("ann", "bob", "cat", "dog", "eve", "fox", "gnu", "hen")],
        [f"{name}1.jpg" for name in ("ann", "bob", "cat", "dog", "eve", "fox", "gnu", "hen")],
    ],
)
def test_what_does_not_is_not(tmp_path: Path, names: list[str]) -> None:
    assert clip_offer(pictures(tmp_path / "photos", names)) is None


def test_frames_of_several_sizes_beside_a_video_or_no_folder_are_not_offered(tmp_path: Path) -> None:
    assert clip_offer(pictures(tmp_path / "uneven", FRAMES, {FRAMES[-1]: (30, 20)})) is None
    mixed = pictures(tmp_path / "mixed", FRAMES)
    (mixed / "clip.mp4").touch()
    assert clip_offer(mixed) is None
    assert clip_offer(tmp_path / "gone") is None
    assert clip_offer(mixed / FRAMES[0]) is None


def test_taking_the_offer_puts_the_clip_in_the_photos_place(session: Session, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "walk", FRAMES)
    others = len(session.project.media)
    add_media(session, [folder])
    before = contents(session.project)[:4]
    offer = clip_offer(folder)
    assert offer is not None
    report = put_clip_instead(session, offer)
    assert kinds(session)[others:] == [(MediumKind.VIDEO, 12)]
    assert session.project.media[report.added[0]].path == folder.as_posix()
    session.undo()
    assert contents(session.project)[:4] == before
    session.redo()
    assert kinds(session)[others:] == [(MediumKind.VIDEO, 12)]


def test_photos_that_were_worked_on_stay(session: Session, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "walk", FRAMES)
    report = add_media(session, [folder])
    annotate.new_referent(session, report.added[3])
    before = contents(session.project)[:4]
    offer = clip_offer(folder)
    assert offer is not None
    with pytest.raises(EditError, match="masks or phrases already"):
        put_clip_instead(session, offer)
    assert contents(session.project)[:4] == before
