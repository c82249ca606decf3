"""The frame index of a clip: which frame carries which number, and where decoding must begin to reach it.

A frame's number is its place in the order in which a full decode emits frames, which is what `ffmpeg -fps_mode
passthrough` writes and what OpenCV counts. For a sound file that is the order of the time stamps of its packets, and
reading packets is enough (no decoding: about 100,000 a second). Where packets do not tell (stamps missing, double or
guessed, pictures that are never shown), the clip is decoded once from end to end. The rate a container states is never
used to count.

A frame that is damaged, so that no decoder emits it, keeps its number where packets tell it. Where they do not, or the
packets themselves are gone, numbers behind the damage are too low, and the index says that it is not whole.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import av
import numpy as np

from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import MediaError
from refseg_annotator.media.frame_times import varying
from refseg_annotator.media.paths import quoted, stat_file
from refseg_annotator.media.video_container import decoded_or_damaged, open_clip, undecodable

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from numpy.typing import NDArray

MAX_FRAMES: Final = 4_000_000
"""Most frames of a clip: 37 hours at 30 a second, some 100 MB of index."""
FROM_THE_START: Final = -1
"""In the place of a keyframe: the first packet of the file."""

_CHECKED_FRAMES: Final = 16
_KEPT_INDEXES: Final = 32
_STEADY: Final = 0.005  # seconds: containers round time stamps, to a millisecond or so
_MISSED_SECONDS: Final = 0.5  # what the pictures may fall short of the length that Matroska states for them
_STREAMED: Final = frozenset({"mpegts", "mpeg", "mpegvideo", "h264", "hevc", "obu"})


@dataclass(frozen=True, slots=True, eq=False)
class VideoIndex:
    """Where the frames of a clip are.

    Args:
        stamps: int64 (n,): the time stamp by which the decoder marks each frame; empty if frames carry none, so that
            they can only be counted from the start.
        count: Number of frames n.
        starts: int32 (n,): for each frame the keyframe, as a place in `keys`, from which decoding gives it exactly.
        keys: int64 (m,): time stamps of the packets that hold keyframes, in the order of the file.
        seek_targets: int64 (m,): what to ask the container for in order to land at or before each of them.
        seconds: float64 (n,): when each frame is shown, counted from the first.
        rate: Frames a second on average; None where unknown.
        is_whole: Whether no frame is missing for want of a number.
    """

    stamps: NDArray[np.int64]
    count: int
    starts: NDArray[np.int32]
    keys: NDArray[np.int64]
    seek_targets: NDArray[np.int64]
    seconds: NDArray[np.float64]
    rate: float | None
    is_whole: bool = True
    varying_seconds: NDArray[np.float64] | None = field(init=False, repr=False)
    """`seconds` where they cannot be told from the rate; else None."""
    _order: NDArray[np.int64] = field(init=False, repr=False)
    _sorted: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = np.argsort(self.stamps)
        object.__setattr__(self, "varying_seconds", varying(self.seconds, self.rate))
        object.__setattr__(self, "_order", order)
        object.__setattr__(self, "_sorted", self.stamps[order])

    @property
    def is_counted(self) -> bool:
        """Whether frames carry no time stamps and are known by counting alone."""
        return not len(self.stamps)

    def number_of(self, stamp: int | None) -> int | None:
        """The number of the frame with this time stamp; None for one that is not shown."""
        if stamp is None:
            return None
        place = int(np.searchsorted(self._sorted, stamp))
        return int(self._order[place]) if place < len(self._sorted) and self._sorted[place] == stamp else None

    def start_of(self, frame: int) -> int:
        """The keyframe, as a place in `keys`, from which to decode towards `frame`, or `FROM_THE_START`."""
        return FROM_THE_START if self.is_counted else int(self.starts[frame])

    def number_of_key(self, key: int) -> int:
        """The number of the first frame that decoding from this keyframe is of use for."""
        if key == FROM_THE_START:
            return 0
        return self.number_of(int(self.keys[key])) or 0


@dataclass(slots=True)
class _Packets:
    """What reading all packets of a clip tells, in the order of the file, which is that of decoding."""

    stamps: array[int]
    shown: array[int]
    places: array[int]
    key_places: array[int]
    key_stamps: array[int]
    key_targets: array[int]
    is_sound: bool
    is_repeatable: bool
    is_streamed: bool = False
    """Whether the container is one to be joined midway, whose first pictures may have nothing to be decoded from."""
    is_torn: bool = False
    """Whether the container noticed that bytes are missing."""
    stated_seconds: float | None = None
    """How long the pictures last, as the container says where that can be held against its packets."""


def index_of(path: Path) -> VideoIndex:
    """The index of a clip, kept for the files used last as long as they do not change.

    Raises:
        MediaError: The clip cannot be read, or has more than `MAX_FRAMES` frames.
    """
    status = stat_file(path)
    key = (path, status.st_mtime_ns, status.st_size)
    with _kept_lock:
        index = _kept.get(key)
        if index is not None:
            _kept.move_to_end(key)
            return index
    index = build_index(path)
    with _kept_lock:
        _kept[key] = index
        while len(_kept) > _KEPT_INDEXES:
            _kept.popitem(last=False)
    return index


# Process-wide: an index is a pure function of the file, and a clip closed and opened again must not be read twice.
_kept: OrderedDict[tuple[Path, int, int], VideoIndex] = OrderedDict()
_kept_lock = threading.Lock()


def build_index(path: Path) -> VideoIndex:
    """Read all packets of a clip; decode only its beginning, or all of it where packets are not to be trusted."""
    packets, time_base, stated_rate = _read_packets(path)
    stamps: NDArray[np.int64] | None = None
    is_whole = not _has_lost_packets(packets, time_base)
    if packets.is_sound:
        shown = np.frombuffer(packets.shown, np.int64) if packets.shown else np.zeros(0, np.int64)
        ordered = np.sort(shown)
        if len(ordered) and bool((np.diff(ordered) > 0).all()):
            stamps = _from_the_beginning(path, ordered, is_streamed=packets.is_streamed)
    if stamps is None:
        scanned, count, is_undamaged = _decode_stamps(path, is_streamed=packets.is_streamed)
        is_whole &= is_undamaged
        if not count:
            raise undecodable(path)
        if scanned is None or not packets.is_repeatable:
            seconds = np.arange(count) / (stated_rate or 25.0)
            empty = np.zeros(0, np.int64)
            return VideoIndex(empty, count, np.zeros(0, np.int32), empty, empty, seconds, stated_rate, is_whole)
        stamps = scanned
    starts = _starts(stamps, packets)
    seconds, rate = _times(stamps, time_base, stated_rate)
    return VideoIndex(
        stamps,
        len(stamps),
        starts,
        np.array(packets.key_stamps, np.int64),
        np.array(packets.key_targets, np.int64),
        seconds,
        rate,
        is_whole,
    )


def _read_packets(path: Path) -> tuple[_Packets, Fraction, float | None]:
    """The packets of a clip, the unit of its time stamps in seconds, and the rate its container states."""
    packets = _Packets(
        array("q"), array("q"), array("q"), array("q"), array("q"), array("q"), is_sound=True, is_repeatable=True
    )
    with open_clip(path) as clip:
        codec = clip.stream.codec_context.name
        # AVI has no presentation stamps; where pictures are reordered, the library's guesses may be wrong.
        if clip.container.format.name == "avi" and clip.stream.codec_context.has_b_frames:
            packets.is_sound = False
        # In a program stream few pictures carry stamps; the others' are guessed, and differently after a jump.
        if clip.container.format.name == "mpeg":
            packets.is_sound = packets.is_repeatable = False
        packets.is_streamed = clip.container.format.name in _STREAMED
        # Matroska alone: others say how many packets there are, and where; what is torn out of it leaves no trace.
        if "matroska" in clip.container.format.name and len(clip.container.streams) == 1 and clip.container.duration:
            packets.stated_seconds = clip.container.duration / av.time_base
        place = 0
        try:
            for packet in clip.container.demux(clip.stream):
                stamp = packet.pts
                if packet.size == 0:
                    packets.is_sound &= stamp is None and packet.dts is None  # else a dropped frame, not the end
                    continue
                if place >= MAX_FRAMES:
                    raise MediaError(f"{quoted(path)} has more than {MAX_FRAMES:,} frames; cut it into shorter clips.")
                packets.is_torn |= packet.is_corrupt
                if stamp is None:
                    packets.is_sound = False
                else:
                    if packet.is_keyframe:
                        packets.key_places.append(place)
                        packets.key_stamps.append(stamp)
                        packets.key_targets.append(stamp if packet.dts is None else packet.dts)
                    packets.stamps.append(stamp)
                    packets.places.append(place)
                    if not packet.is_discard and _is_shown(codec, packet):
                        packets.shown.append(stamp)
                place += 1
        except (av.FFmpegError, IndexError) as cause:
            # PyAV looks a packet's stream up in the list it made at first; damage can make a new one begin midway.
            raise _damaged(path, place) from cause
        if not place:
            raise undecodable(path)
        rate = clip.stream.average_rate or clip.stream.base_rate
        return packets, clip.stream.time_base, float(rate) if rate else None


def _is_shown(codec: str, packet: av.Packet) -> bool:
    """Whether a packet's picture is shown: VP8 and VP9 have pictures that only serve to predict others."""
    if codec not in ("vp8", "libvpx", "vp9", "libvpx-vp9"):
        return True
    data = memoryview(packet)
    first = int(data[0])
    if codec in ("vp8", "libvpx"):
        return bool(first >> 4 & 1)
    if int(data[-1]) & 0xE0 == 0xC0:  # several pictures in one packet, of which one is shown
        return True
    bits = first & 7 if first >> 4 & 3 == 3 else first >> 1 & 7  # profile 3 has a reserved bit more
    return bool(bits & 4 or bits & 1)  # an earlier picture shown now, or this one


def _from_the_beginning(path: Path, stamps: NDArray[np.int64], *, is_streamed: bool) -> NDArray[np.int64] | None:
    """The stamps of a clip's frames, held against a decode of its beginning; None if that emits others.

    Those of frames lost to damage stay among them; but not those before the first frame of a stream, which may begin
    amid a group of pictures.
    """
    expected = stamps[:_CHECKED_FRAMES].tolist()
    found: list[int | None] = []
    is_damaged = False
    with open_clip(path) as clip:
        for packet in clip.container.demux(clip.stream):
            pictures, is_bad = decoded_or_damaged(packet)
            is_damaged |= is_bad
            found.extend(picture.pts for picture in pictures)
            if len(found) >= len(expected):
                break
        found = found[: len(expected)]
        if found == expected:
            return stamps
        # Where the first picture is damaged, the library may guess AVI's stamps wrongly, now or later.
        if clip.container.format.name == "avi" and found[:1] != expected[:1]:
            return None
    told = [stamp for stamp in found if stamp is not None]
    if not is_damaged or not told or len(told) < len(found):
        return None
    # In whatever order: behind damage a decoder may know no longer which frame is shown first.
    if len(set(told)) < len(told) or not bool(np.isin(told, stamps).all()):
        return None
    return stamps[np.searchsorted(stamps, min(told)) :] if is_streamed else stamps


def _has_lost_packets(packets: _Packets, time_base: Fraction) -> bool:
    """Whether the clip's own times say that frames are missing from it, and the container says so too."""
    if not packets.is_torn and packets.stated_seconds is None:
        return False
    seconds = np.unique(np.array(packets.stamps, np.int64)) * float(time_base)
    if len(seconds) < 3:
        return False
    steps = np.diff(seconds)
    usual = float(np.median(steps))
    has_holes = bool((steps > 1.5 * usual).any())
    if packets.is_torn and has_holes:
        return True
    # Pictures may be left out on purpose where the rate varies; where it is steady, their number is told by the length.
    is_steady = np.count_nonzero(np.abs(steps - usual) > _STEADY) <= 0.05 * len(steps)
    stated = packets.stated_seconds
    missed = 0.0 if stated is None else float(stated - seconds[0] - len(seconds) * usual)
    return bool(is_steady) and missed > _MISSED_SECONDS


def _decode_stamps(path: Path, *, is_streamed: bool) -> tuple[NDArray[np.int64] | None, int, bool]:
    """Stamps in the order in which a full decode emits frames (None if they do not tell frames apart), how many, and
    whether the decoder found no damage; in a stream, none behind the first.
    """
    stamps = array("q")
    count = 0
    is_whole = True
    with open_clip(path) as clip:
        try:
            for packet in clip.container.demux(clip.stream):
                pictures, is_bad = decoded_or_damaged(packet)
                # What a stream begins with may have nothing to be decoded from.
                is_whole &= not is_bad or (is_streamed and not count)
                for picture in pictures:
                    count += 1
                    if picture.pts is not None:
                        stamps.append(picture.pts)
        except av.FFmpegError as cause:
            raise _damaged(path, count) from cause
    found = np.array(stamps, np.int64)
    if len(found) < count or len(np.unique(found)) < count:
        return None, count, is_whole
    return found, count, is_whole


def _starts(stamps: NDArray[np.int64], packets: _Packets) -> NDArray[np.int32]:
    """For each frame the last keyframe that comes before it both in the file and on the screen.

    The second half matters: frames that follow a keyframe in the file but are shown before it need the group before.
    """
    key_places = np.array(packets.key_places, np.int64)
    places = _looked_up(stamps, np.array(packets.stamps, np.int64), np.array(packets.places, np.int64))
    # A keyframe that is not shown itself (before an edit list's beginning) counts as before all that follow it.
    key_numbers = _looked_up(np.array(packets.key_stamps, np.int64), stamps, np.arange(len(stamps)))
    numbers = np.arange(len(stamps))
    starts = np.searchsorted(key_places, places, side="right") - 1
    late = (starts >= 0) & (key_numbers[starts] > numbers) if len(key_numbers) else np.zeros(len(stamps), bool)
    while bool(late.any()):
        starts[late] -= 1
        late = (starts >= 0) & (key_numbers[starts] > numbers)
    return np.maximum(starts, FROM_THE_START).astype(np.int32)


def _looked_up(wanted: NDArray[np.int64], stamps: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each wanted stamp the value that stands beside it; -1 where there is none."""
    if not len(stamps):
        return np.full(len(wanted), -1, np.int64)
    order = np.argsort(stamps, kind="stable")
    found = order[np.minimum(np.searchsorted(stamps, wanted, sorter=order), len(stamps) - 1)]
    return np.where(stamps[found] == wanted, values[found], -1)


def _times(
    stamps: NDArray[np.int64], time_base: Fraction, stated: float | None
) -> tuple[NDArray[np.float64], float | None]:
    """When each frame is shown in seconds from the first, and the average rate."""
    count = len(stamps)
    seconds = (stamps - stamps[0]) * float(time_base)
    if count < 2 or not bool((np.diff(seconds) > 0).all()):
        rate = stated or 25.0
        return np.arange(count) / rate, stated
    measured = (count - 1) / float(seconds[-1])
    # The stated rate is exact (30000/1001) where the measured one suffers from rounded stamps; it must agree, though.
    return seconds, stated if stated and abs(stated - measured) <= 0.005 * measured else measured


def _damaged(path: Path, frames: int) -> MediaError:
    return MediaError(f"{quoted(path)} is damaged after {number_of(frames, 'frames')}; copy it again or repair it.")
