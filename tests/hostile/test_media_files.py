"""Pictures and clips made to harm: bombs, broken EXIF, bent bytes. A sentence or the pixels, in bounded memory.

The suite takes a short form; `REFSEG_FUZZ=10000` sets the number of bent files.
"""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.errors import MediaError
from refseg_annotator.media import open_medium, probe
from tests.hostile.bounded import has_bounds, run_bounded
from tests.media.clips import RECIPES, make_clip

INPUTS = int(os.environ.get("REFSEG_FUZZ", "300"))
bounded = pytest.mark.skipif(not has_bounds(), reason="this system does not tell how much memory is mapped")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"", *extra: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + b"".join(extra) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return b"GIF89a" + screen + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00;"


def bmp(width: int, height: int) -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    )


def tiff(width: int, height: int) -> bytes:
    tags = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 0xFFFFFFFF)]
    body = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + body + bytes(4)


def jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    return b"\xff\xd8\xff\xc0" + frame + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00" + b"\xff\xd9"


def deep_zip(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


BOMBS: dict[str, Callable[[], bytes]] = {
    "huge.png": lambda: png(2**31 - 1, 2**31 - 1),
    "wide.png": lambda: png(2**31 - 1, 1),
    "zero.png": lambda: png(0, 0),
    "large.png": lambda: png(100_000, 100_000, deep_zip(1 << 20)),
    "text.png": lambda: png(8, 8, b"", _chunk(b"zTXt", b"a\0\0" + deep_zip(200 << 20))),
    "profile.png": lambda: png(8, 8, deep_zip(200), _chunk(b"iCCP", b"a\0\0" + deep_zip(200 << 20))),
    "huge.gif": lambda: gif(65535, 65535),
    "huge.bmp": lambda: bmp(2**31 - 1, 2**31 - 1),
    "negative.bmp": lambda: bmp(-5, -(2**31)),
    "huge.tif": lambda: tiff(2**32 - 1, 2**32 - 1),
    "large.tif": lambda: tiff(200_000, 200_000),
    "huge.jpg": lambda: jpeg(65535, 65535),
    "huge.webp": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\x10\0\0\0\xff\xff\xff\xff\xff\xff",
    "huge.ppm": lambda: b"P6 999999999 999999999 255\n",
    "huge.mp4": lambda: b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + struct.pack(">I", 2**31) + b"moov",
    "deep.mp4": lambda: (
        b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"
        + b"".join(struct.pack(">I", 8 * (20_000 - n)) + b"moov" for n in range(20_000))
    ),
    "empty.avi": lambda: b"RIFF\xff\xff\xff\xffAVI LIST\xff\xff\xff\xffhdrl",
}

BOMB_SCRIPT = """
from pathlib import Path
from refseg_annotator.errors import MediaError
from refseg_annotator.media import open_medium, probe
import refseg_annotator.media.video_file
bound(1500)
for path in sorted(Path(sys.argv[1]).iterdir()):
    for look in (probe, lambda path: open_medium(path).read(0)):
        try:
            look(path)
        except MediaError as error:
            assert chr(10) not in str(error) and path.name in str(error), (path, str(error))
        else:
            print("opened", path.name)
print("peak", peak())
"""


@bounded
def test_no_picture_fills_the_memory_by_what_it_declares(tmp_path: Path) -> None:
    for name, make in BOMBS.items():
        (tmp_path / name).write_bytes(make())
    lines = run_bounded(BOMB_SCRIPT, str(tmp_path)).split("\n")
    # The two whose pixels are small and sound may open, without their bloated extras.
    assert {line.split()[1] for line in lines if line.startswith("opened")} <= {"profile.png", "text.png"}
    assert int(lines[-2].split()[1]) < 1000


@pytest.fixture(scope="module")
def sound_pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sound")
    pixels = np.random.default_rng(1).integers(0, 255, (40, 56, 3), dtype=np.uint8)
    pixels[10:30, 10:40] = (200, 30, 30)
    picture = Image.fromarray(pixels)
    exif = picture.getexif()
    exif[0x0112] = 6
    exif[0x010F] = "maker"
    exif.get_ifd(0x8769)[0x9003] = "2026:01:01 00:00:00"
    paths = []
    for name in ("a.png", "a.jpg", "a.webp", "a.tif", "a.bmp", "a.gif", "b.png"):
        path = folder / name
        picture.save(path, **({"exif": exif} if name in ("a.jpg", "a.webp", "b.png") else {}))
        paths.append(path)
    return paths


def bend(data: bytes, dice: random.Random) -> bytes:
    """The bytes with some of them other, gone, doubled or cut off."""
    bent = bytearray(data)
    match dice.randrange(6):
        case 0:
            bent = bent[: dice.randrange(len(bent))]
        case 1 | 2:
            # Headers are where the harm is.
            for _ in range(dice.randint(1, 6)):
                bent[dice.randrange(min(len(bent), 200))] = dice.choice([0, 255, 127, 128, dice.randrange(256)])
        case 3:
            for _ in range(dice.randint(1, 20)):
                bent[dice.randrange(len(bent))] = dice.randrange(256)
        case 4:
            place, length = dice.randrange(len(bent)), dice.randrange(1, 64)
            bent[place : place + length] = dice.randbytes(dice.randrange(64))
        case _:
            place = dice.randrange(max(1, len(bent) - 4))
            bent[place : place + 4] = struct.pack(
                dice.choice("<>") + "I", dice.choice([0, 1, 2**31 - 1, 2**31, 2**32 - 1])
            )
    return bytes(bent)


def play(clip: Path) -> None:
    """Reads the first, middle and last frame, each of the clip's size; MediaError where it cannot be read."""
    source = open_medium(clip)
    try:
        for frame in {0, source.frame_count // 2, source.frame_count - 1}:
            assert source.read(frame).shape == (*source.size.shape, 3)
    finally:
        source.close()


def look_at(path: Path) -> str:
    """What became of it: the sentence, or "read"."""
    try:
        size = probe(path)
        source = open_medium(path)
        try:
            pixels = source.read(0)
        finally:
            source.close()
    except MediaError as error:
        return str(error)
    assert pixels.dtype == np.uint8
    assert pixels.shape == (*size.shape, 3) == (*source.size.shape, 3)
    return "read"


def test_bent_pictures_are_read_or_told_of(sound_pictures: list[Path], tmp_path: Path) -> None:
    dice = random.Random(20260101)
    told: dict[str, int] = {}
    for number in range(INPUTS):
        sound = sound_pictures[number % len(sound_pictures)]
        bent = tmp_path / f"bent{sound.suffix}"
        bent.write_bytes(bend(sound.read_bytes(), dice))
        outcome = look_at(bent)
        assert outcome == "read" or ("\n" not in outcome and bent.name in outcome), outcome
        told[outcome == "read"] = told.get(outcome == "read", 0) + 1
    assert min(told.values()) > INPUTS // 10


EXIFS = [
    b"",
    b"Exif\0\0",
    b"Exif\0\0II*\0\xff\xff\xff\xff",
    b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40,
    # An orientation of many values, of no value, and a directory that is its own successor.
    b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\xff\x06\0\0\0\x08\0\0\0",
    b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\0\0\0\0\x06\0\0\0\x08\0\0\0",
    b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x04\0\0\0abcd\x08\0\0\0",
    b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0",
]


@pytest.mark.parametrize("exif", EXIFS)
def test_broken_exif_does_not_cost_the_picture(tmp_path: Path, exif: bytes) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (48, 32), (200, 30, 30)).save(path, quality=95)
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    assert look_at(path) == "read"


CLIP_SCRIPT = """
import random
from pathlib import Path
from refseg_annotator.errors import MediaError
from tests.hostile.test_media_files import bend, play
sound, place, count = [Path(word) for word in sys.argv[3:]], Path(sys.argv[1]), int(sys.argv[2])
bound(2500)
dice, told = random.Random(7), 0
for number in range(count):
    origin = sound[number % len(sound)]
    bent = place / f"bent{origin.suffix}"
    bent.write_bytes(bend(origin.read_bytes(), dice))
    try:
        play(bent)
    except MediaError as error:
        told += 1
        assert chr(10) not in str(error), str(error)
print(told, peak())
"""


@bounded
def test_bent_clips_are_read_or_told_of(tmp_path: Path) -> None:
    import av

    sound = []
    for name, recipe in RECIPES.items():
        try:
            av.Codec(recipe.codec, "w")
        except ValueError:
            continue
        if recipe.count <= 60 and len(sound) < 5:
            sound.append(str(make_clip(tmp_path / f"{len(sound)}.{recipe.suffix}", recipe)))
        del name
    place = tmp_path / "bent"
    place.mkdir()
    told, peak = run_bounded(CLIP_SCRIPT, str(place), str(max(20, INPUTS // 5)), *sound).split()
    assert int(told) > 0
    assert int(peak) < 1500
