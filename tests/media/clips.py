"""Clips made on the spot, whose every frame shows its own number in large blocks that survive any codec."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 160, 96
BITS = 12


@dataclass(frozen=True)
class Recipe:
    """How to make a clip."""

    suffix: str
    codec: str
    count: int = 48
    rate: int | Fraction = 25
    group: int = 12
    b_frames: int = 0
    stamps: Sequence[int] | None = None
    time_base: Fraction | None = None
    pixel_format: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    container_options: dict[str, str] = field(default_factory=dict)
    container: str | None = None
    rotation: int | None = None
    noise: int = 0


def picture(number: int, noise: int = 0) -> NDArray[np.uint8]:
    """The picture of frame `number`: (96, 160, 3)."""
    pixels = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    for bit in range(BITS):
        row, column = divmod(bit, 4)
        value = 255 if number >> bit & 1 else 0
        pixels[8 + row * 24 : 28 + row * 24, 8 + column * 36 : 40 + column * 36] = value
    if noise:
        change = np.random.default_rng(number).integers(-noise, noise + 1, pixels.shape)
        pixels = np.clip(pixels.astype(np.int16) + change, 0, 255).astype(np.uint8)
    return pixels


def number_in(pixels: NDArray[np.uint8]) -> int:
    """The number that a frame shows."""
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    number = 0
    for bit in range(BITS):
        row, column = divmod(bit, 4)
        if pixels[12 + row * 24 : 24 + row * 24, 14 + column * 36 : 34 + column * 36].mean() > 128:
            number |= 1 << bit
    return number


def make_clip(path: Path, recipe: Recipe) -> Path:
    """Encode a clip by its recipe."""
    with av.open(str(path), "w", format=recipe.container, options=recipe.container_options) as container:
        stream = container.add_stream(recipe.codec, rate=recipe.rate)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, recipe.pixel_format
        stream.gop_size = recipe.group
        stream.bit_rate = 2_000_000
        stream.codec_context.max_b_frames = recipe.b_frames
        stream.codec_context.thread_count = 1
        stream.options = recipe.options
        if recipe.time_base:
            stream.codec_context.time_base = recipe.time_base
        if recipe.rotation is not None:
            stream.set_display_rotation(recipe.rotation)
        for number in range(recipe.count):
            frame = av.VideoFrame.from_ndarray(picture(number, recipe.noise), format="rgb24")
            frame = frame.reformat(format=recipe.pixel_format)
            frame.pts = recipe.stamps[number] if recipe.stamps else number
            frame.time_base = recipe.time_base or 1 / Fraction(recipe.rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def hide_pictures(source: Path, target: Path, hidden: Sequence[int]) -> Path:
    """Copy a VP8 clip with some of its pictures marked as never shown, as encoders do with alternative references."""
    with av.open(str(source)) as origin, av.open(str(target), "w") as copy:
        stream = copy.add_stream_from_template(origin.streams.video[0])
        for place, packet in enumerate(origin.demux(video=0)):
            if not packet.size:
                continue
            data = bytearray(bytes(packet))
            if place in hidden:
                data[0] &= ~0x10
            changed = av.Packet(bytes(data))
            changed.pts, changed.dts, changed.time_base = packet.pts, packet.dts, packet.time_base
            changed.is_keyframe = packet.is_keyframe
            changed.stream = stream
            copy.mux(changed)
    return target


def damage_packets(source: Path, target: Path, numbers: Sequence[int]) -> Path:
    """Copy a clip with the bytes of some of its packets overwritten by noise; they are numbered as they lie there."""
    data = bytearray(source.read_bytes())
    with av.open(str(source)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        for number in numbers:
            place, size = packets[number].pos, packets[number].size
            assert place is not None
            data[place : place + size] = np.random.default_rng(number).integers(0, 256, size, np.uint8).tobytes()
    target.write_bytes(data)
    return target


def irregular_stamps(count: int) -> list[int]:
    """Milliseconds of a rate that varies between 8 and 60 frames a second."""
    steps = np.random.default_rng(3).integers(16, 120, count)
    return [int(stamp) for stamp in np.cumsum(steps)]


MILLISECONDS = Fraction(1, 1000)
FILM = Fraction(30000, 1001)
X264 = {"preset": "ultrafast"}

RECIPES = {
    "h264 with B-frames": Recipe("mp4", "libx264", b_frames=2),
    "h264 in Matroska": Recipe("mkv", "libx264", b_frames=2),
    "h264 in a transport stream": Recipe("ts", "libx264", b_frames=2),
    "h264 in AVI, whose stamps are guesses": Recipe("avi", "libx264", b_frames=2),
    "h264 open groups": Recipe("ts", "libx264", b_frames=3, options={"x264-params": "open-gop=1:bframes=3"}),
    "h264 periodic refresh without keyframes": Recipe(
        "ts", "libx264", options={"x264-params": "intra-refresh=1:keyint=20"}
    ),
    "h264 one long group": Recipe("mp4", "libx264", count=120, group=1000, b_frames=2),
    "h264 keyframes only": Recipe("mp4", "libx264", group=1),
    "h264 film rate": Recipe("mov", "libx264", rate=FILM, b_frames=2),
    "h264 late start": Recipe("mp4", "libx264", b_frames=2, stamps=range(100, 148)),
    "h264 late start in Matroska": Recipe("mkv", "libx264", b_frames=2, stamps=range(100, 148)),
    "h264 varying rate": Recipe(
        "mkv", "libx264", b_frames=2, stamps=irregular_stamps(48), time_base=MILLISECONDS, rate=1000
    ),
    "h264 varying rate in MP4": Recipe(
        "mp4", "libx264", b_frames=2, stamps=irregular_stamps(48), time_base=MILLISECONDS, rate=1000
    ),
    "h264 fragments": Recipe("mp4", "libx264", b_frames=2, container_options={"movflags": "frag_keyframe+empty_moov"}),
    "h264 bare": Recipe("h264", "libx264", b_frames=2, container="h264"),
    "mpeg4": Recipe("mp4", "mpeg4", b_frames=2),
    "mpeg4 in AVI": Recipe("avi", "mpeg4"),
    "mpeg4 in AVI with B-frames": Recipe("avi", "mpeg4", b_frames=2),
    "mpeg2 in a program stream": Recipe("mpg", "mpeg2video", b_frames=2),
    "mjpeg": Recipe("avi", "mjpeg", pixel_format="yuvj420p", rate=30),
    "mjpeg in QuickTime": Recipe("mov", "mjpeg", pixel_format="yuvj420p", rate=12),
    "vp9": Recipe("webm", "libvpx-vp9", options={"cpu-used": "8", "deadline": "realtime"}),
    "vp8": Recipe("webm", "libvpx", options={"cpu-used": "8", "deadline": "realtime"}),
    # Pictures that only serve to predict others lie in one packet with the next shown one.
    "vp9 with hidden pictures": Recipe(
        "webm",
        "libvpx-vp9",
        count=64,
        group=60,
        noise=20,
        options={"auto-alt-ref": "1", "lag-in-frames": "25", "deadline": "good", "cpu-used": "5"},
    ),
    "h264 in Flash video": Recipe("flv", "libx264", b_frames=2),
    "windows media": Recipe("wmv", "wmv2"),
    "ffv1": Recipe("mkv", "ffv1", group=1),
    "one frame": Recipe("mp4", "libx264", count=1),
}
