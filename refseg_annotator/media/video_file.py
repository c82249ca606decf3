"""A clip as a medium of numbered frames, read in any order without unpacking it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from av.video.reformatter import VideoReformatter

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.media.frame_source import frozen, no_such_frame
from refseg_annotator.media.paths import quoted
from refseg_annotator.media.video_container import damaged_frame, damaged_numbers, read_clip_header, rgb_of
from refseg_annotator.media.video_decoder import VideoDecoder
from refseg_annotator.media.video_index import FROM_THE_START, index_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import av
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.media.video_index import VideoIndex

RECENT_BYTES: Final = 48 << 20
"""Decoded frames kept in the decoder's own layout, so that stepping back does not decode a group anew each time."""
RECENT_FRAMES: Final = 128
"""Most of them: beside its pixels, of which alone the bytes are known, each frame holds data of the decoder."""

_MAX_DECODERS: Final = 2  # one for who goes through the clip, one for who looks around in it
_SEEK_COST: Final = 4  # in frames: below this it is cheaper to decode on than to jump
_MAX_FROM_START: Final = 2000  # frames decoded at most in a last attempt


class VideoFile:
    """A clip; frames count from 0 in the order in which a full decode emits them.

    Opening reads the header and one frame; the frame index is made when it is first needed. A frame is decoded from
    the keyframe before it, so that random reads cost one group of pictures and reads in order one frame. Rotation
    stated by the file is applied. Any thread may call any method; reads of one clip wait for each other.

    Raises:
        MediaError: The clip is missing, unreadable, damaged, cut short, or too large.
    """

    def __init__(self, path: Path | str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._header = read_clip_header(self._path)
        self._converter = VideoReformatter()
        self._lock = threading.Lock()
        self._index: VideoIndex | None = None
        self._decoders: list[VideoDecoder] = []  # the one used last comes last
        self._recent: OrderedDict[int, av.VideoFrame] = OrderedDict()
        self._recent_bytes = 0
        self._is_closed = False

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def kind(self) -> MediumKind:
        """Always a video."""
        return MediumKind.VIDEO

    @property
    def size(self) -> Size:
        """Size of a frame as shown."""
        return self._header.size

    @property
    def frame_count(self) -> int:
        """Number of frames, as counted, not as stated. The first call reads through the file.

        Raises:
            MediaError: The file cannot be read through.
        """
        with self._lock:
            return self._indexed().count

    @property
    def frame_rate(self) -> float | None:
        """Frames a second on average; None where unknown."""
        with self._lock:
            return self._indexed().rate

    def second_of(self, frame: int) -> float:
        """When a frame is shown, in seconds from the first: true also where the rate varies."""
        with self._lock:
            index = self._indexed()
            self._check(frame, index)
            return float(index.seconds[frame])

    @property
    def varying_seconds(self) -> NDArray[np.float64] | None:
        """When each frame is shown, float64 (n,) in seconds from the first, where the rate varies; else None."""
        with self._lock:
            return self._indexed().varying_seconds

    @property
    def damage(self) -> str | None:
        """In one sentence, that frames are missing whose numbers nothing tells; None where every frame has its own.

        A frame that is there and cannot be decoded has its number, and `read` names it.
        """
        with self._lock:
            return None if self._indexed().is_whole else damaged_numbers(self._path)

    def read(self, frame: int) -> NDArray[np.uint8]:
        """Decode one frame: (H, W, 3) RGB, contiguous and read-only.

        Raises:
            DamagedFrameError: It cannot be decoded.
            MediaError: There is no such frame, or the clip cannot be read.
        """
        with self._lock:
            index = self._indexed()
            self._check(frame, index)
            picture = self._recent.get(frame)
            if picture is None:
                picture = self._decode(frame, index)
            try:
                return frozen(rgb_of(picture, self._header, self._converter))
            except Exception as cause:
                raise damaged_frame(self._path, frame) from cause

    def close(self) -> None:
        """Close the file and free the decoders."""
        with self._lock:
            self._is_closed = True
            while self._decoders:
                self._decoders.pop().close()
            self._recent.clear()
            self._recent_bytes = 0

    def _indexed(self) -> VideoIndex:
        if self._is_closed:
            raise MediaError(f"{quoted(self._path)} was closed; open it again.")
        if self._index is None:
            self._index = index_of(self._path)
        return self._index

    def _check(self, frame: int, index: VideoIndex) -> None:
        if not 0 <= frame < index.count:
            raise no_such_frame(quoted(self._path), frame, index.count)

    def _decode(self, frame: int, index: VideoIndex) -> av.VideoFrame:
        decoder = self._nearest(frame, index)
        if decoder is not None:
            picture = self._advance(decoder, frame)
            if picture is not None:
                return picture
        decoder = decoder or self._spare(index)
        for key in _attempts(frame, index):
            decoder.restart(key)
            picture = self._advance(decoder, frame)
            if picture is not None:
                return picture
        raise damaged_frame(self._path, frame)

    def _nearest(self, frame: int, index: VideoIndex) -> VideoDecoder | None:
        """The decoder that reaches the frame sooner by going on than by a jump; None if a jump is better."""
        jump = frame - index.number_of_key(index.start_of(frame)) + _SEEK_COST
        ahead = [one for one in self._decoders if one.is_running and 0 < frame - one.position <= jump]
        if not ahead:
            return None
        nearest = max(ahead, key=lambda one: one.position)
        self._decoders.remove(nearest)
        self._decoders.append(nearest)
        return nearest

    def _spare(self, index: VideoIndex) -> VideoDecoder:
        """A decoder to send elsewhere: a new one, or the one not used for longest."""
        decoder = VideoDecoder(self._path, index) if len(self._decoders) < _MAX_DECODERS else self._decoders.pop(0)
        self._decoders.append(decoder)
        return decoder

    def _advance(self, decoder: VideoDecoder, frame: int) -> av.VideoFrame | None:
        """Decode on up to the frame; None if the decoder passes it by."""
        while (found := decoder.next()) is not None:
            number, picture = found
            self._keep(number, picture)
            if number == frame:
                return picture
            if number > frame:
                return None
        return None

    def _keep(self, number: int, picture: av.VideoFrame) -> None:
        cost = _bytes_of(picture)
        if number in self._recent or cost > RECENT_BYTES:
            return
        self._recent[number] = picture
        self._recent_bytes += cost
        while self._recent_bytes > RECENT_BYTES or len(self._recent) > RECENT_FRAMES:
            _, dropped = self._recent.popitem(last=False)
            self._recent_bytes -= _bytes_of(dropped)


def _attempts(frame: int, index: VideoIndex) -> Iterator[int]:
    """Keyframes to try: the nearest, then earlier ones, since not all that is marked as a keyframe is a clean start."""
    start = index.start_of(frame)
    yield start
    for back in (1, 3):
        if start - back >= 0:
            yield start - back
    if start != FROM_THE_START and frame <= _MAX_FROM_START:
        yield FROM_THE_START


def _bytes_of(picture: av.VideoFrame) -> int:
    return sum(plane.buffer_size for plane in picture.planes)
