"""Frame numbers are those of a full decode and of OpenCV; any frame can be read at any time, alike."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import DamagedFrameError, MediaError
from refseg_annotator.media import FrameCache, open_medium, probe, thumbnail, video_decoder, video_file
from refseg_annotator.media import video_index as index_module
from tests.media.clips import (
    HEIGHT,
    RECIPES,
    WIDTH,
    X264,
    Recipe,
    damage_packets,
    hide_pictures,
    make_clip,
    number_in,
)

Clip = Callable[[str], Path]
# Where packets do not tell the order, and a full decode has to.
DECODED_ONCE = {
    "h264 in AVI, whose stamps are guesses",
    "mpeg4 in AVI with B-frames",
    "h264 bare",
    "mpeg2 in a program stream",
}


def full_decode(path: Path) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24")


def opencv_numbers(path: Path) -> list[int]:
    capture = cv2.VideoCapture(str(path))
    numbers = []
    while True:
        is_there, pixels = capture.read()
        if not is_there:
            break
        numbers.append(number_in(pixels))
    capture.release()
    return numbers


@pytest.mark.parametrize("name", RECIPES)
def test_frame_numbers_are_those_of_a_full_decode_and_of_opencv(clip: Clip, name: str) -> None:
    path = clip(name)
    source = open_medium(path)
    assert source.kind is MediumKind.VIDEO
    assert source.size == probe(path) == Size(WIDTH, HEIGHT)
    expected = list(full_decode(path))
    assert source.frame_count == len(expected) == RECIPES[name].count
    for number, pixels in enumerate(expected):
        frame = source.read(number)
        assert np.array_equal(frame, pixels), number
        assert number_in(frame) == number
        assert frame.flags.c_contiguous
        assert not frame.flags.writeable
    assert opencv_numbers(path) == list(range(len(expected)))
    source.close()


@pytest.mark.parametrize("name", RECIPES)
def test_any_order_gives_the_frames_of_reading_in_order(clip: Clip, name: str) -> None:
    path = clip(name)
    in_order = video_file.VideoFile(path)
    count = in_order.frame_count
    expected = [in_order.read(frame).copy() for frame in range(count)]
    in_order.close()

    # Few examples for each clip, many over all clips.
    @settings(max_examples=6)
    @given(order=st.lists(st.integers(0, count - 1), min_size=1, max_size=12))
    def law(order: list[int]) -> None:
        source = video_file.VideoFile(path)
        try:
            for frame in order:
                assert np.array_equal(source.read(frame), expected[frame]), (frame, order)
        finally:
            source.close()

    law()


@pytest.mark.parametrize("name", sorted(set(RECIPES) - DECODED_ONCE))
def test_the_index_of_an_ordinary_clip_is_made_without_decoding(
    clip: Clip, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        pytest.fail("the clip was decoded from end to end")

    path = clip(name)
    monkeypatch.setattr(index_module, "_decode_stamps", refuse)
    assert index_module.build_index(path).count == RECIPES[name].count


def test_pictures_that_are_never_shown_have_no_number(clip: Clip, tmp_path: Path) -> None:
    path = hide_pictures(clip("vp8"), tmp_path / "a.webm", hidden=(5, 6, 17, 40))
    expected = [number for number in range(48) if number not in (5, 6, 17, 40)]
    assert [number_in(pixels) for pixels in full_decode(path)] == expected
    source = video_file.VideoFile(path)
    assert source.frame_count == 44
    for frame in (43, 5, 4, 30, 6, 0):
        assert number_in(source.read(frame)) == expected[frame]
    assert opencv_numbers(path) == expected
    source.close()


def test_rates_and_times(clip: Clip) -> None:
    film = video_file.VideoFile(clip("h264 film rate"))
    assert film.frame_rate == pytest.approx(30000 / 1001, rel=1e-9)
    assert film.second_of(30) == pytest.approx(30 * 1001 / 30000, abs=1e-4)
    for name in ("h264 varying rate", "h264 varying rate in MP4"):
        varying = video_file.VideoFile(clip(name))
        stamps = RECIPES[name].stamps
        assert stamps is not None
        seconds = [varying.second_of(frame) for frame in range(varying.frame_count)]
        assert seconds == pytest.approx([(stamp - stamps[0]) / 1000 for stamp in stamps], abs=1e-3)
        assert varying.frame_rate == pytest.approx(47 / seconds[-1], rel=1e-6)
        varying.close()
    late = video_file.VideoFile(clip("h264 late start in Matroska"))
    assert late.second_of(0) == 0
    assert late.frame_rate == 25
    single = video_file.VideoFile(clip("one frame"))
    assert single.second_of(0) == 0
    for source in (film, late, single):
        source.close()


@pytest.mark.parametrize("rotation", [90, 180, -90, 0])
def test_phones_held_upright(tmp_path: Path, rotation: int) -> None:
    path = make_clip(tmp_path / "a.mp4", Recipe("mp4", "libx264", count=3, rotation=rotation))
    source = open_medium(path)
    capture = cv2.VideoCapture(str(path))
    shown = capture.read()[1][..., ::-1]
    capture.release()
    assert source.size.shape == source.read(0).shape[:2] == shown.shape[:2]
    assert probe(path) == source.size
    assert int(np.abs(source.read(0).astype(int) - shown).max()) <= 8
    assert thumbnail(path, 48).shape[:2] == ((48, 29) if rotation % 180 else (29, 48))
    source.close()


def test_an_edit_list_that_begins_inside_a_group(clip: Clip, tmp_path: Path) -> None:
    # As phones and editors write it when a clip is trimmed without coding it anew: the first frames are only decoded.
    data = bytearray(clip("h264 with B-frames").read_bytes())
    place = data.index(b"elst") + 16
    (media_time,) = struct.unpack_from(">i", data, place)
    struct.pack_into(">i", data, place, media_time + 5 * 512)
    path = tmp_path / "trimmed.mp4"
    path.write_bytes(data)
    expected = [number_in(pixels) for pixels in full_decode(path)]
    assert expected[0] == 5
    source = video_file.VideoFile(path)
    assert source.frame_count == len(expected)
    for frame in (20, 0, 3, 43 - 1, 6, 8):
        if frame < len(expected):
            assert number_in(source.read(frame)) == expected[frame]
    assert opencv_numbers(path) == expected
    source.close()


class Counter:
    """Counts the packets that go through decoders."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.packets = 0
        original = video_decoder.decoded

        def counted(packet: av.Packet) -> list[av.VideoFrame]:
            self.packets += 1
            return original(packet)

        monkeypatch.setattr(video_decoder, "decoded", counted)


DELAY = 24  # packets a decoder with four threads and reordering takes in before it gives out a frame


def test_a_seek_costs_one_group_and_reading_on_one_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_clip(tmp_path / "a.mp4", Recipe("mp4", "libx264", count=1200, group=30, b_frames=2, options=X264))
    source = video_file.VideoFile(path)
    assert source.frame_count == 1200
    monkeypatch.setattr(video_file, "RECENT_BYTES", 0)
    counter = Counter(monkeypatch)
    for frame in (1199, 3, 640, 17, 1000):
        before = counter.packets
        assert number_in(source.read(frame)) == frame
        assert counter.packets - before <= 30 + DELAY
    before = counter.packets
    for frame in range(1001, 1101):
        source.read(frame)
    assert counter.packets - before <= 101
    # Somebody who looks around does not throw back somebody who goes through the clip.
    before = counter.packets
    for frame in range(1101, 1131):
        source.read(frame)
        if frame % 10 == 0:
            source.read(frame - 1000)
    assert counter.packets - before <= 30 + 3 * (30 + DELAY)
    source.close()


def test_stepping_back_decodes_a_long_group_once(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    source = video_file.VideoFile(clip("h264 one long group"))
    counter = Counter(monkeypatch)
    for frame in range(119, -1, -1):
        assert number_in(source.read(frame)) == frame
    assert counter.packets <= 121
    source.close()


def test_memory_is_bounded(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_file, "RECENT_BYTES", 200_000)
    source = video_file.VideoFile(clip("h264 one long group"))
    for frame in (5, 119, 60, 0, 90):
        source.read(frame)
        assert source._recent_bytes <= 200_000
        assert len(source._recent) <= video_file.RECENT_FRAMES
        assert len(source._decoders) <= 2
    source.close()
    assert source._recent_bytes == 0


def test_several_threads_read_one_clip(clip: Clip) -> None:
    source = video_file.VideoFile(clip("h264 with B-frames"))
    cache = FrameCache(10 * WIDTH * HEIGHT * 3)

    def work(seed: int) -> None:
        for frame in np.random.default_rng(seed).integers(0, 48, 40):
            assert number_in(cache.get(source, int(frame))) == frame

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(work, seed) for seed in range(4)]:
            future.result(60)
    source.close()


def test_nothing_is_written_beside_the_clip(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", Recipe("mp4", "libx264", count=10))
    source = video_file.VideoFile(path)
    source.read(7)
    source.close()
    assert list(tmp_path.iterdir()) == [path]


def test_the_index_is_kept_until_the_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    original = index_module.build_index
    monkeypatch.setattr(index_module, "build_index", lambda path: built.append(path) or original(path))
    path = make_clip(tmp_path / "a.mp4", Recipe("mp4", "libx264", count=10))
    for _ in range(2):
        source = video_file.VideoFile(path)
        assert source.frame_count == 10
        source.close()
    assert len(built) == 1
    make_clip(path, Recipe("mp4", "libx264", count=20))
    assert video_file.VideoFile(path).frame_count == 20


def test_frames_outside_and_clips_closed(clip: Clip) -> None:
    source = video_file.VideoFile(clip("h264 with B-frames"))
    for frame in (-1, 48, 10**12):
        with pytest.raises(MediaError, match=rf"48 frames, numbers 0 to 47, and no frame {frame};"):
            source.read(frame)
    source.close()
    source.close()
    with pytest.raises(MediaError, match="was closed"):
        source.read(0)


@pytest.mark.parametrize(
    ("recipe", "part"),
    [
        (Recipe("mp4", "libx264"), 0.6),
        (Recipe("mp4", "libx264", container_options={"movflags": "faststart"}), 0.6),
        (Recipe("mp4", "libx264", container_options={"movflags": "faststart"}), 0.99),
        (Recipe("mkv", "libx264"), 0.6),
        (Recipe("webm", "libvpx-vp9", options={"cpu-used": "8", "deadline": "realtime"}), 0.6),
        (Recipe("avi", "mjpeg", pixel_format="yuvj420p"), 0.6),
        (Recipe("mp4", "libx264"), 0.001),
        (Recipe("mkv", "libx264"), 0.01),
    ],
    ids=lambda value: f"{value.suffix} {value.codec}" if isinstance(value, Recipe) else str(value),
)
def test_a_clip_cut_short_says_so(tmp_path: Path, recipe: Recipe, part: float) -> None:
    path = make_clip(tmp_path / f"a.{recipe.suffix}", recipe)
    data = path.read_bytes()
    path.write_bytes(data[: max(1, int(len(data) * part))])
    for attempt in (open_medium, probe, lambda path: thumbnail(path, 32)):
        with pytest.raises(MediaError, match=r'a\.\w+" is (cut short|damaged).*; .*\.$'):
            attempt(path)


def test_a_stream_without_a_length_gives_what_is_there(clip: Clip, tmp_path: Path) -> None:
    data = clip("h264 in a transport stream").read_bytes()
    path = tmp_path / "a.ts"
    path.write_bytes(data[: len(data) // 2])
    source = video_file.VideoFile(path)
    assert 10 < source.frame_count < 48
    assert [number_in(source.read(frame)) for frame in range(10)] == list(range(10))
    source.close()


def test_no_clip(tmp_path: Path) -> None:
    text = tmp_path / "a.mp4"
    text.write_text("Dear reader")
    with pytest.raises(MediaError, match=r"damaged or no clip"):
        open_medium(text)
    text.write_bytes(b"")
    with pytest.raises(MediaError, match="empty"):
        open_medium(text)
    with pytest.raises(MediaError, match="does not exist"):
        open_medium(tmp_path / "gone.mkv")
    sound = tmp_path / "sound.mkv"
    with av.open(str(sound), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), format="s16", layout="mono")
        frame.rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(MediaError, match="holds no pictures"):
        open_medium(sound)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_playlists_lead_nowhere(clip: Clip, tmp_path: Path, suffix: str) -> None:
    # A file from a stranger must not make the library read other files or ask the network.
    other = clip("h264 in a transport stream")
    path = tmp_path / f"a.{suffix}"
    playlists = (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{other}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{other}'\n",
    )
    for playlist in playlists:
        path.write_text(playlist)
        with pytest.raises(MediaError, match="no clip"):
            open_medium(path)


def test_names_that_look_like_protocols(clip: Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "concat:a|b %d.mp4"
    path.write_bytes(clip("h264 with B-frames").read_bytes())
    monkeypatch.chdir(tmp_path)
    source = open_medium(Path(path.name))
    assert number_in(source.read(3)) == 3
    source.close()


def test_a_clip_without_a_suffix_is_known_by_its_contents(clip: Clip, tmp_path: Path) -> None:
    path = tmp_path / "clip"
    path.write_bytes(clip("h264 with B-frames").read_bytes())
    assert open_medium(path).kind is MediumKind.VIDEO
    assert probe(path) == Size(WIDTH, HEIGHT)
    path.write_text("Dear reader")
    with pytest.raises(MediaError, match="not a picture"):
        open_medium(path)


def test_frames_over_the_limit_are_not_decoded(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    from refseg_annotator.media import video_container

    monkeypatch.setattr(video_container, "MAX_FRAME_PIXELS", 100 * 100)
    with pytest.raises(MediaError, match=r"declares frames of 160 x 96 pixels, over the limit"):
        open_medium(clip("h264 with B-frames"))


def test_clips_over_the_limit_of_frames(clip: Clip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "MAX_FRAMES", 20)
    with pytest.raises(MediaError, match="has more than 20 frames"):
        index_module.build_index(clip("h264 with B-frames"))


@pytest.mark.parametrize(
    "name", ["h264 with B-frames", "h264 in Matroska", "mjpeg", "vp9", "mpeg4 in AVI with B-frames"]
)
def test_damaged_bytes_never_raise_anything_else(clip: Clip, tmp_path: Path, name: str) -> None:
    data = clip(name).read_bytes()
    path = tmp_path / clip(name).name
    random = np.random.default_rng(len(data))
    for _ in range(12):
        damaged = bytearray(data)
        for place in random.integers(0, len(data), int(random.integers(1, 30))):
            damaged[place] = int(random.integers(0, 256))
        path.write_bytes(damaged)
        try:
            source = video_file.VideoFile(path)
            count = source.frame_count
        except MediaError:
            continue
        for frame in {0, count // 2, count - 1}:
            try:
                source.read(frame)
            except MediaError:
                continue
        source.close()


def test_a_damaged_frame_is_named_and_others_are_read(clip: Clip, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    data = bytearray(clip("h264 keyframes only").read_bytes())
    with av.open(str(clip("h264 keyframes only"))) as container:
        packet = next(packet for number, packet in enumerate(container.demux(video=0)) if number == 20)
        place, size = packet.pos, packet.size
    data[place : place + size] = b"\xff" * size
    path.write_bytes(data)
    source = video_file.VideoFile(path)
    assert source.frame_count == 48
    with pytest.raises(MediaError, match=r'Frame 20 of ".*a\.mp4" is damaged'):
        source.read(20)
    assert number_in(source.read(21)) == 21
    assert number_in(source.read(19)) == 19
    source.close()


def test_reads_leave_no_threads(clip: Clip) -> None:
    before = threading.active_count()
    source = video_file.VideoFile(clip("h264 with B-frames"))
    source.read(40)
    source.close()
    assert threading.active_count() == before


def test_film_rates_are_exact() -> None:
    assert RECIPES["h264 film rate"].rate == Fraction(30000, 1001)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        *((name, 0) for name in ("h264 with B-frames", "mjpeg in QuickTime")),
        *(
            (name, first)
            for name in ("h264 with B-frames", "h264 one long group", "mpeg4", "mjpeg", "mjpeg in QuickTime")
            for first in (2, 24, 36)
        ),
    ],
)
def test_frames_behind_damage_keep_their_numbers(clip: Clip, tmp_path: Path, name: str, first: int) -> None:
    """Three packets overwritten: their frames are named as damaged, and no other takes their place."""
    whole = clip(name)
    path = damage_packets(whole, tmp_path / f"damaged{whole.suffix}", range(first, first + 3))
    source = video_file.VideoFile(path)
    assert source.frame_count == RECIPES[name].count
    assert source.damage is None, "every frame has its number"
    lost, shown = [], {}
    for frame in range(source.frame_count):
        try:
            shown[frame] = number_in(source.read(frame))
        except DamagedFrameError:
            lost.append(frame)
    source.close()
    group = 1 if "mjpeg" in name else RECIPES[name].group
    # Frames are shown in another order than they lie in the file, within a few; and damage lasts to the next keyframe.
    until = first + 3 if group == 1 else (first + 2) // group * group + group
    assert lost
    assert first - 3 <= min(lost)
    assert max(lost) < until
    assert [frame for frame, number in shown.items() if frame != number and not first - 3 <= frame < until] == []


@pytest.mark.parametrize(
    ("name", "packets"),
    [
        ("h264 in a transport stream", range(20, 23)),
        ("h264 in a transport stream", range(24, 25)),
        ("h264 in Matroska", range(24, 27)),
        ("vp8", range(24, 27)),
        ("mpeg4 in AVI", range(2)),
        ("mpeg4", range(3)),
    ],
)
def test_a_clip_whose_frames_are_missing_without_a_number_says_so(
    clip: Clip, tmp_path: Path, name: str, packets: range
) -> None:
    whole = clip(name)
    source = video_file.VideoFile(damage_packets(whole, tmp_path / f"damaged{whole.suffix}", packets))
    assert source.frame_count < RECIPES[name].count
    assert source.damage is not None
    assert "is damaged, and frames are missing" in source.damage
    source.close()


@pytest.mark.parametrize("name", RECIPES)
def test_of_a_whole_clip_no_damage_is_told(clip: Clip, name: str) -> None:
    source = video_file.VideoFile(clip(name))
    assert source.damage is None
    source.close()
