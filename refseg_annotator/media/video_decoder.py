"""One decoder at work on a clip: begins at a keyframe and hands out frames with their numbers, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import av

from refseg_annotator.media.video_container import decoded, open_clip
from refseg_annotator.media.video_index import FROM_THE_START, VideoIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STEPS_BACK: Final = (0, 1, 4, 16)


class VideoDecoder:
    """Decodes forward from any keyframe. Not for several threads at once.

    Containers land near a place, not on it: what they give is read up to the very packet that holds the wanted
    keyframe, and the decoder is fed from there, so that what comes out depends on the keyframe alone.

    Raises:
        MediaError: The clip cannot be opened.
    """

    def __init__(self, path: Path, index: VideoIndex) -> None:
        self._path = path
        self._index = index
        self._clip = open_clip(path)
        self._frames: Iterator[tuple[int, av.VideoFrame]] | None = None
        self.position = -1
        """Number of the frame handed out last; -1 before the first after a restart at the beginning."""
        self.is_running = False
        """Whether further frames can follow."""

    def restart(self, key: int) -> None:
        """Make ready to decode from a keyframe, a place in the index's `keys`, or from `FROM_THE_START`."""
        self._frames = self._decode_from(key)
        self.position = self._index.number_of_key(key) - 1
        self.is_running = True

    def next(self) -> tuple[int, av.VideoFrame] | None:
        """The next frame with its number; None at the end of the clip."""
        if self._frames is None:
            return None
        found = next(self._frames, None)
        if found is None:
            self.is_running = False
            self._frames = None
        else:
            self.position = found[0]
        return found

    def close(self) -> None:
        """Close the file and free the decoder."""
        self._frames = None
        self.is_running = False
        self._clip.close()

    def _decode_from(self, key: int) -> Iterator[tuple[int, av.VideoFrame]]:
        counted = 0
        for packet in self._packets_from(key):
            for picture in decoded(packet):
                number = counted if self._index.is_counted else self._index.number_of(picture.pts)
                counted += 1
                if number is not None:
                    yield number, picture

    def _packets_from(self, key: int) -> Iterator[av.Packet]:
        if key != FROM_THE_START:
            for back in _STEPS_BACK:
                if back > key:
                    break
                packets = self._sought(key, int(self._index.seek_targets[key - back]))
                if packets is not None:
                    yield from packets
                    return
        self._clip.close()
        self._clip = open_clip(self._path)
        packets = self._tolerant_demux()
        if key != FROM_THE_START:
            packets = _dropped_before(packets, int(self._index.keys[key]))
        yield from packets

    def _sought(self, key: int, target: int) -> Iterator[av.Packet] | None:
        """Packets from the keyframe on, after a jump to `target`; None if the jump led past it."""
        wanted = int(self._index.keys[key])
        try:
            self._clip.container.seek(target, stream=self._clip.stream, backward=True)
        except av.FFmpegError:  # no place before the target is known to the container
            return None
        packets = self._tolerant_demux()
        for packet in packets:
            if packet.is_keyframe and packet.pts is not None:
                if packet.pts == wanted:
                    return _chained(packet, packets)
                if packet.pts > wanted:
                    return None
        return None

    def _tolerant_demux(self) -> Iterator[av.Packet]:
        """The packets from here; a clip that breaks off ends there."""
        try:
            yield from self._clip.container.demux(self._clip.stream)
        except av.FFmpegError:
            return


def _chained(first: av.Packet, others: Iterator[av.Packet]) -> Iterator[av.Packet]:
    yield first
    yield from others


def _dropped_before(packets: Iterator[av.Packet], stamp: int) -> Iterator[av.Packet]:
    """The packets from the keyframe with this stamp on."""
    for packet in packets:
        if packet.is_keyframe and packet.pts == stamp:
            yield packet
            yield from packets
