"""Opening a clip: which containers are let in, the limits, and the sentences for what goes wrong."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import av
import cv2
import numpy as np
from av.video.reformatter import VideoReformatter

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import DamagedFrameError, MediaError
from refseg_annotator.media.declared_length import is_cut_short
from refseg_annotator.media.paths import quoted, stat_file, unreadable

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

MAX_FRAME_PIXELS: Final = 8192 * 8192
"""Largest frame that is decoded, by the size the clip declares."""

# Only containers that hold their own pictures. Playlists and concatenations (HLS, DASH, concat, SDP) would make a file
# from a stranger read other files or ask the network.
_CONTAINERS: Final = (
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,m4v,h264,hevc,mjpeg,ivf,obu,av1,yuv4mpegpipe"
)
_MEND: Final = "copy it again, or convert it to MP4 (H.264)"
_MAX_THREADS: Final = 4


@dataclass(frozen=True, slots=True)
class OpenClip:
    """An open container with the stream of pictures in it. A context manager; not for several threads at once."""

    container: Any
    stream: Any

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and free the decoder."""
        self.container.close()


@dataclass(frozen=True, slots=True)
class ClipHeader:
    """What the header and the first frame tell.

    Args:
        stored: Size of a frame as coded.
        size: Size of a frame as shown.
        quarter_turns: How often a frame is turned counter-clockwise by 90 degrees to be shown, 0 to 3.
    """

    stored: Size
    size: Size
    quarter_turns: int


def open_clip(path: Path) -> OpenClip:
    """Open a clip's file and its decoder; nothing is decoded yet.

    Raises:
        MediaError: Missing, unreadable, no clip, cut short, without pictures, or with frames over `MAX_FRAME_PIXELS`.
    """
    status = stat_file(path)
    try:
        with path.open("rb") as file:
            if is_cut_short(file, status.st_size):
                raise MediaError(f"{quoted(path)} is cut short: it declares more bytes than it has; {_MEND}.")
    except OSError as cause:
        raise unreadable(path, cause) from cause
    try:
        # "file:" so that a name such as "concat:a|b" is a name and nothing else. Options for the container alone: those
        # for streams too make PyAV before 18 crash on clips whose streams are found late (MPEG-PS).
        container = av.open(
            f"file:{os.fspath(path)}",
            container_options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS},
            metadata_errors="replace",
        )
    except Exception as cause:
        raise MediaError(f"{quoted(path)} is damaged or no clip that can be read; {_MEND}.") from cause
    try:
        return OpenClip(container, _ready_stream(path, container))
    except BaseException:
        container.close()
        raise


def read_clip_header(path: Path) -> ClipHeader:
    """Size and rotation of a clip. One frame is decoded, since the rotation comes with it.

    Raises:
        MediaError: As `open_clip`, or no frame can be decoded.
    """
    return _header_of(first_picture(path))


def first_picture(path: Path) -> av.VideoFrame:
    """The first frame of a clip, as decoded.

    Raises:
        MediaError: As `open_clip`, or there is none.
    """
    with open_clip(path) as clip:
        try:
            for packet in clip.container.demux(clip.stream):
                for picture in decoded(packet):
                    return picture
        except av.FFmpegError as cause:
            raise undecodable(path) from cause
    raise undecodable(path)


def decoded(packet: av.Packet) -> list[av.VideoFrame]:
    """The frames that a packet completes; none where it is damaged, as every player does."""
    return decoded_or_damaged(packet)[0]


def decoded_or_damaged(packet: av.Packet) -> tuple[list[av.VideoFrame], bool]:
    """The frames that a packet completes, and whether the decoder found damage; then there are none."""
    if packet.size == 0 and (packet.pts is not None or packet.dts is not None):
        return [], False  # a placeholder for a dropped frame; the decoder would take it for the end of the clip
    try:
        return list(packet.decode()), False
    except av.error.InvalidDataError:
        return [], True


def damaged_numbers(path: Path) -> str:
    """The sentence for a clip of which frames are gone that nothing tells the numbers of."""
    sentence = (
        f"{quoted(path)} is damaged, and frames are missing from it: numbers may be too low from there on; {_MEND}."
    )
    return sentence  # noqa: RET504  the name is that by which the catalogues find it


def rgb_of(picture: av.VideoFrame, header: ClipHeader, converter: VideoReformatter) -> NDArray[np.uint8]:
    """A decoded frame as shown: (H, W, 3) RGB. Frames of another size than the first are scaled to it.

    One converter serves all frames of a clip, one thread at a time: a frame's own would be set up anew for each, which
    costs more than the conversion, and live as long as the frame.
    """
    stored = header.stored
    converted = converter.reformat(picture, stored.width, stored.height, format="rgb24")
    pixels = np.asarray(converted.to_ndarray(), np.uint8)
    return pixels if not header.quarter_turns else _turned(pixels, header.quarter_turns)


def poster(path: Path) -> NDArray[np.uint8]:
    """The first frame of a clip as shown: (H, W, 3) RGB.

    Raises:
        MediaError: As `first_picture`.
    """
    picture = first_picture(path)
    return rgb_of(picture, _header_of(picture), VideoReformatter())


def undecodable(path: Path) -> MediaError:
    """The sentence for a clip of which no frame can be decoded."""
    return MediaError(f"{quoted(path)} is damaged: no frame of it can be decoded; {_MEND}.")


def damaged_frame(path: Path, frame: int) -> DamagedFrameError:
    """The sentence for one frame that does not come out of the decoder."""
    return DamagedFrameError(f"Frame {frame} of {quoted(path)} is damaged and cannot be decoded; {_MEND}.")


def _ready_stream(path: Path, container: Any) -> Any:
    """The stream of pictures, its decoder set up."""
    stream = container.streams.best("video")
    if stream is None:
        raise MediaError(f"{quoted(path)} holds no pictures, only sound or data; choose another file.")
    context = stream.codec_context
    if context is None:
        raise MediaError(f"{quoted(path)} is coded in a way that cannot be decoded here; convert it to MP4 (H.264).")
    if context.width * context.height > MAX_FRAME_PIXELS:
        raise MediaError(
            f"{quoted(path)} declares frames of {context.width} x {context.height} pixels, over the limit of "
            f"{MAX_FRAME_PIXELS // 1_000_000} megapixels; scale it down."
        )
    # The header may lie, and the size may change on the way: the decoder holds to the limit as well.
    context.options = {"max_pixels": str(MAX_FRAME_PIXELS)}
    context.thread_count = min(_MAX_THREADS, os.cpu_count() or 1)
    stream.thread_type = "AUTO"
    return stream


def _header_of(picture: av.VideoFrame) -> ClipHeader:
    stored = Size(picture.width, picture.height)
    turns = round(picture.rotation / 90) % 4
    return ClipHeader(stored, Size(stored.height, stored.width) if turns % 2 else stored, turns)


def _turned(pixels: NDArray[np.uint8], quarter_turns: int) -> NDArray[np.uint8]:
    codes = (cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE)
    return np.asarray(cv2.rotate(pixels, codes[quarter_turns - 1]), np.uint8)
