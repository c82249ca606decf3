from __future__ import annotations

import os
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.core.annotation import MediumId, MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import FormatError, MediaError
from refseg_annotator.formats.base import DatasetMedium, WriteOptions
from refseg_annotator.formats.media_files import (
    MediaFolder,
    Names,
    encode_video,
    frame_files,
    picture_size,
    read_frame,
)
from refseg_annotator.formats.registry import FORMATS
from refseg_annotator.formats.report import Ledger
from refseg_annotator.media import open_medium
from refseg_annotator.services.transfer import export_dataset
from tests.formats import specs as made
from tests.formats.examples import photo


def frames(count: int, width: int = 64, height: int = 48) -> list[np.ndarray]:
    """Frames that tell their number by a bar."""
    found = []
    for number in range(count):
        frame = np.full((height, width, 3), 30, np.uint8)
        frame[:, : (number + 1) * width // (count + 1)] = 220
        found.append(frame)
    return found


def clip(path, count: int, **fields) -> DatasetMedium:
    width, height = fields.pop("size", (64, 48))
    return DatasetMedium(
        MediumId(1), path, MediumKind.VIDEO, Size(width=width, height=height), "clip", frame_count=count, **fields
    )


@pytest.mark.parametrize(("width", "height"), [(64, 48), (65, 49), (1, 1)])
def test_a_video_holds_every_frame_in_its_place(tmp_path, width, height):
    written = frames(7, width, height)
    encode_video(tmp_path / "a.mp4", written, frame_rate=29.97)
    source = open_medium(tmp_path / "a.mp4")
    try:
        assert source.frame_count == 7
        assert source.size.shape == (height, width)
        for number, frame in enumerate(written):
            assert np.abs(source.read(number).astype(int) - frame).mean() < 12
    finally:
        source.close()


def test_frames_of_a_video_become_pictures(tmp_path):
    encode_video(tmp_path / "a.mp4", frames(5), frame_rate=25)
    ledger = Ledger()
    MediaFolder(tmp_path / "out", WriteOptions(), ledger).frames(
        clip(tmp_path / "a.mp4", 5), [f"v/{n:05d}" for n in range(5)]
    )
    found = frame_files(tmp_path / "out/v")
    assert [path.name for path in found] == [f"{n:05d}.jpg" for n in range(5)]
    for number, frame in enumerate(frames(5)):
        with Image.open(found[number]) as picture:
            assert np.abs(np.asarray(picture).astype(int) - frame).mean() < 12
    assert [note.what for note in ledger.to_report("").changed] == ["frames are encoded anew"]


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_frame_that_is_a_file_of_its_own_stays_byte_for_byte_as_a_photo(tmp_path, suffix):
    for number in range(3):
        photo(tmp_path / f"clip/{number:05d}{suffix}", width=64, height=48 if number else 47)
    ledger = Ledger()
    medium = clip(tmp_path / "clip", 3, source_frame=2)
    written = MediaFolder(tmp_path / "out", WriteOptions(), ledger).photo(medium, "images/clip_00002")
    assert written == f"images/clip_00002{suffix}"
    assert (tmp_path / "out" / written).read_bytes() == (tmp_path / f"clip/00002{suffix}").read_bytes()
    assert ledger.to_report("").is_whole


@pytest.mark.parametrize("media", ["copy", "link"])
def test_a_source_that_refuses_costs_itself_alone_and_is_not_blamed_on_the_destination(tmp_path, media):
    """A folder called like a photo stands for a file without rights, which is none to whoever runs tests as root."""
    thing = made.ReferentSpec("dog", masks={0: np.ones((6, 8), bool)})
    photos = [made.MediumSpec(name, 8, 6, referents=(thing,)) for name in ("a", "b")]
    dataset = made.make([*photos, made.MediumSpec("clip", 8, 6, 3, referents=(thing,))], tmp_path / "source")
    for file in (dataset.media[0].path, dataset.media[2].path / "00001.jpg"):
        file.unlink()
        file.mkdir()
    report = export_dataset(dataset, "masks", tmp_path / "out", WriteOptions(media=media, clips_as="frames"))
    dropped = {note.what: note.examples for note in report.dropped}
    assert list(dropped) == ["photos that cannot be read", "frames that cannot be read"]
    assert "a.png" in dropped["photos that cannot be read"][0]
    assert report.written["photos"] == 1
    found = sorted(
        path.relative_to(tmp_path / "out/media").as_posix() for path in (tmp_path / "out/media").rglob("*.*")
    )
    assert found == ["b.png", "clip/00000.jpg", "clip/00002.jpg"]


def test_a_frame_of_a_video_is_encoded_as_a_photo(tmp_path):
    encode_video(tmp_path / "a.mp4", frames(3), frame_rate=25)
    ledger = Ledger()
    MediaFolder(tmp_path / "out", WriteOptions(), ledger).photo(clip(tmp_path / "a.mp4", 3, source_frame=1), "b")
    with Image.open(tmp_path / "out/b.jpg") as picture:
        assert np.abs(np.asarray(picture).astype(int) - frames(3)[1]).mean() < 12
    assert [note.what for note in ledger.to_report("").changed] == ["photos are encoded anew"]


def test_an_mp4_stays_byte_for_byte(tmp_path):
    encode_video(tmp_path / "a.mp4", frames(3), frame_rate=25)
    ledger = Ledger()
    MediaFolder(tmp_path / "out", WriteOptions(), ledger).video(clip(tmp_path / "a.mp4", 3), "clips/x.mp4")
    assert (tmp_path / "out/clips/x.mp4").read_bytes() == (tmp_path / "a.mp4").read_bytes()
    assert ledger.to_report("").is_whole


def test_a_link_shares_the_bytes_and_none_leaves_media_out(tmp_path):
    path = photo(tmp_path / "a.jpg")
    medium = DatasetMedium(MediumId(1), path, MediumKind.IMAGE, Size(width=12, height=9), "a.jpg")
    MediaFolder(tmp_path / "out", WriteOptions(media="link"), Ledger()).photo(medium, "x/a")
    assert (tmp_path / "out/x/a.jpg").samefile(path)
    folder = MediaFolder(tmp_path / "none", WriteOptions(media="none"), Ledger())
    assert folder.photo_beside(medium, Names(Ledger()), "images") == "a.jpg"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("mode", ["I;16", "CMYK", "LA"])
def test_photos_of_other_kinds_are_copied_or_encoded(tmp_path, mode):
    suffix = "tif" if mode == "CMYK" else "png"
    path = tmp_path / f"a.{suffix}"
    Image.new(mode, (12, 9)).save(path)
    medium = DatasetMedium(MediumId(1), path, MediumKind.IMAGE, Size(width=12, height=9), path.name)
    ledger = Ledger()
    name = MediaFolder(tmp_path / "out", WriteOptions(), ledger).photo(medium, "a")
    assert name == "a.png"
    assert picture_size(tmp_path / "out/a.png") == (12, 9)
    assert ledger.to_report("").is_whole == (suffix == "png")


def test_what_is_missing_or_broken_is_noted_and_the_export_goes_on(tmp_path):
    ledger = Ledger()
    folder = MediaFolder(tmp_path / "out", WriteOptions(), ledger)
    (tmp_path / "broken.tif").write_bytes(b"II*\x00")
    (tmp_path / "broken.mov").write_bytes(b"no film")
    size = Size(width=12, height=9)
    for name in ("gone.jpg", "broken.tif"):
        folder.photo(DatasetMedium(MediumId(1), tmp_path / name, MediumKind.IMAGE, size, name), "x")
    for name in ("gone.mp4", "broken.mov"):
        folder.frames(clip(tmp_path / name, 2), ["a", "b"])
        folder.video(clip(tmp_path / name, 2), "x.mp4")
    notes = {note.what: note.count for note in ledger.to_report("").dropped}
    assert notes == {
        "photos that are not where they should be": 1,
        "photos that cannot be read": 1,
        "clips that are not where they should be": 2,
        "clips that cannot be read": 2,
    }
    assert not (tmp_path / "out/x.mp4").exists()


@pytest.mark.parametrize(
    ("source", "kind", "written"),
    [
        ("anim.gif", "GIF", "anim.png"),
        ("a.avif.ppm", "PPM", "a.avif.png"),
        ("a.JFIF", "JPEG", "a.jpg"),
        ("a.jpe", "JPEG", "a.jpg"),
        ("no_suffix", "JPEG", "no_suffix.png"),
    ],
)
def test_a_file_holds_what_its_suffix_says(tmp_path, source, kind, written):
    path = tmp_path / source
    Image.new("RGB", (12, 9), (90, 120, 40)).save(path, format=kind)
    medium = DatasetMedium(MediumId(1), path, MediumKind.IMAGE, Size(width=12, height=9), source)
    name = MediaFolder(tmp_path / "out", WriteOptions(), Ledger()).photo_beside(medium, Names(Ledger()), "images")
    assert name == written
    out = tmp_path / "out/images" / name
    with Image.open(out) as picture:
        assert picture.format == {"png": "PNG", "jpg": "JPEG"}[out.suffix[1:]]
        assert picture.size == (12, 9)
    assert (out.read_bytes() == path.read_bytes()) == (out.suffix == ".jpg")


@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_files_cut_short_are_copied_and_told_of(tmp_path, suffix):
    noise = np.random.default_rng(0).integers(0, 255, (48, 64, 3), np.uint8)
    whole, torn = tmp_path / f"v/whole.{suffix}", tmp_path / f"v/torn.{suffix}"
    whole.parent.mkdir()
    Image.fromarray(noise).save(whole)
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    ledger = Ledger()
    folder = MediaFolder(tmp_path / "out", WriteOptions(), ledger)
    for path in (whole, torn):
        size = Size(width=64, height=48)
        folder.photo(DatasetMedium(MediumId(1), path, MediumKind.IMAGE, size, path.name), path.stem)
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    folder.frames(clip(tmp_path / "v", 2), ["f/0", "f/1"], suffix=f".{suffix}")
    notes = {note.what: (note.count, note.examples) for note in ledger.to_report("").changed}
    assert notes == {
        "photos are copied as they are, damaged or cut short": (1, (torn.name,)),
        "frames are copied as they are, damaged or cut short": (1, (f"clip: {torn.name}",)),
    }


def test_sizes_are_as_shown_and_no_picture_is_said(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert picture_size(tmp_path / "a.jpg") == (20, 30)
    (tmp_path / "b.jpg").write_bytes(b"")
    with pytest.raises(FormatError, match=r"b\.jpg"):
        picture_size(tmp_path / "b.jpg")


def test_frames_past_the_end_are_an_error(tmp_path):
    dataset = made.make([made.MediumSpec("v", 8, 6, 2)], tmp_path)
    assert read_frame(dataset.media[0], 1).shape == (6, 8, 3)
    with pytest.raises(MediaError, match="has 2 frames and none with index 2"):
        read_frame(dataset.media[0], 2)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.jpg", "A.png", "a"], ["a", "A-2", "a-3"]),
        (["x/a.jpg", "y/a.jpg"], ["a", "a-2"]),
        (["a:b?.jpg", "..", "b."], ["a_b_", "medium", "b"]),
        (["v1.2", "v1.3"], ["v1.2", "v1.3"]),
        (["caf\u00e9.jpg", "cafe\u0301.jpg"], ["caf\u00e9", "cafe\u0301-2"]),
        (["con.jpg", "x/AUX", "lpt1.v2", "console"], ["_con", "_AUX", "_lpt1.v2", "console"]),
    ],
)
def test_names_fit_every_system_and_are_told_apart(names, expected):
    giver = Names(Ledger())
    assert [giver.flat(name) for name in names] == expected


def test_names_keep_their_folders_or_lose_their_blanks():
    assert Names(Ledger()).frame("clip/00007") == "clip_00007"
    assert Names(Ledger(), blanks=False).flat("my clip\t2") == "my_clip_2"


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("copy", ["x.JPG -> x.jpg", "x/p.jpg -> x_p.jpg", "{}/x_p.jpg -> x_p-2.jpg", "t.tif -> t.png"]),
        ("none", ["x/p.jpg -> x_p.jpg", "{}/x_p.jpg -> x_p-2.jpg"]),
    ],
)  # fmt: skip
def test_every_name_that_changes_is_told_with_a_source_that_can_be_found(tmp_path, media, expected):
    names = ["x.JPG", "same.jpg", "x/p.jpg", "x_p.jpg", "t.tif"]
    specs = [made.MediumSpec(f"m{number}", 8, 6) for number in range(len(names))]
    dataset = made.make(specs, tmp_path / "source")
    folder = tmp_path / "photos"
    moved = []
    for medium, name in zip(dataset.media, names, strict=True):
        photo(folder / name, width=8, height=6)
        moved.append(replace(medium, path=folder / name, name=name))
    report = export_dataset(replace(dataset, media=tuple(moved)), "yolo", tmp_path / "out", WriteOptions(media=media))
    [note] = [note for note in report.changed if note.what == "media have another name in the export"]
    assert list(note.examples) == [example.format(folder) for example in expected]
    assert note.count == len(expected)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no file name that is no Unicode")
@pytest.mark.parametrize("media", ["copy", "none"])
@pytest.mark.parametrize("form", [form for form in FORMATS if form.writes], ids=lambda form: form.name)
def test_a_file_name_that_is_no_utf8_costs_its_odd_letters_only(form, media, tmp_path):
    name = os.fsdecode(b"p\xff")
    thing = made.ReferentSpec("dog", masks={0: np.ones((3, 4), bool)})
    texts = (made.ExpressionSpec("the dog", (0,)),)
    clips = not form.holds_photos
    spec = made.MediumSpec("plain", 4, 3, 2 if clips else None, made.Split.TRAIN, (thing,), texts)
    dataset = made.make([spec], tmp_path / "source")
    [medium] = dataset.media
    odd = medium.path.rename(medium.path.with_name(medium.path.name.replace("plain", name)))
    if clips:
        for file in list(odd.iterdir()):
            file.rename(odd / f"{name}{file.name}")
    dataset = replace(dataset, media=(replace(medium, path=odd, name=medium.name.replace("plain", name)),))
    report = export_dataset(dataset, form.name, tmp_path / "out", WriteOptions(media=media, clips_as="frames"))
    report.to_text().encode()
    assert "texts lose characters that are none" in {note.what for note in report.changed}
    for path in (tmp_path / "out").rglob("*"):
        str(path).encode()


def test_frames_turned_by_exif_are_written_upright_as_their_masks_lie(tmp_path):
    (tmp_path / "clip").mkdir()
    picture = Image.new("RGB", (48, 64), 90)
    turned = picture.getexif()
    turned[0x0112] = 6
    picture.save(tmp_path / "clip/00000.jpg", exif=turned)
    medium = clip(tmp_path / "clip", 1)
    assert open_medium(medium.path).size == medium.size
    ledger = Ledger()
    MediaFolder(tmp_path / "out", WriteOptions(), ledger).frames(medium, ["a"])
    with Image.open(tmp_path / "out/a.jpg") as written:
        assert written.size == (64, 48)
    assert "frames are encoded anew" in {note.what for note in ledger.to_report("").changed}


def test_names_are_cut_to_what_file_systems_hold():
    giver = Names(Ledger())
    long = [giver.flat("猫" * 80 + ending) for ending in ("a", "b", "c" * 300)]
    assert len(set(long)) == 3
    assert all(len(f"{name}.json".encode()) <= 255 for name in long)
