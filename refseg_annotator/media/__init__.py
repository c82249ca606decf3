"""Photos and clips: listed without opening, measured without decoding, read as RGB frames."""

from __future__ import annotations

from refseg_annotator.media.frame_cache import FrameCache
from refseg_annotator.media.frame_source import FrameSource
from refseg_annotator.media.frame_times import FrameTimes
from refseg_annotator.media.image_decoding import check_whole
from refseg_annotator.media.image_file import ImageFile
from refseg_annotator.media.image_sequence import ImageSequence
from refseg_annotator.media.listing import (
    IMAGE_SUFFIXES,
    VIDEO_SUFFIXES,
    kind_of,
    list_media,
    media_by_subfolder,
    name_key,
    natural_key,
)
from refseg_annotator.media.opening import open_medium, orientation_of, probe, thumbnail
from refseg_annotator.media.orientation import turned, turned_size

__all__ = [
    "IMAGE_SUFFIXES",
    "VIDEO_SUFFIXES",
    "FrameCache",
    "FrameSource",
    "FrameTimes",
    "ImageFile",
    "ImageSequence",
    "check_whole",
    "kind_of",
    "list_media",
    "media_by_subfolder",
    "name_key",
    "natural_key",
    "open_medium",
    "orientation_of",
    "probe",
    "thumbnail",
    "turned",
    "turned_size",
]
