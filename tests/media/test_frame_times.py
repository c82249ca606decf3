"""When frames are shown: steady rates as ever, varying ones by the clip's own stamps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.media import FrameTimes
from refseg_annotator.media.frame_times import USUAL_RATE, varying
from refseg_annotator.media.video_file import VideoFile
from tests.media.clips import RECIPES

Clip = Callable[[str], Path]
VARYING = {name for name in RECIPES if "varying" in name}


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_only_clips_whose_rate_varies_have_times_of_their_own(clip: Clip, name: str) -> None:
    source = VideoFile(clip(name))
    seconds = source.varying_seconds
    assert (seconds is not None) == (name in VARYING)
    if seconds is not None:
        assert [source.second_of(frame) for frame in range(source.frame_count)] == seconds.tolist()
        assert seconds is source.varying_seconds, "kept, not counted anew for every frame read"
    source.close()


def test_rounded_stamps_are_a_steady_rate() -> None:
    steady = np.arange(1000) / 29.97
    assert varying(np.round(steady, 3), 29.97) is None
    assert varying(steady, None) is None
    held = np.where(np.arange(1000) < 500, steady, steady + 0.2)
    assert varying(held, 29.97) is held


@given(st.integers(0, 200_000), st.sampled_from([5.0, 23.976, 25.0, 29.97, 60.0, None]))
def test_at_a_steady_rate_frames_and_seconds_are_proportional(frame: int, rate: float | None) -> None:
    times = FrameTimes(rate)
    assert times.is_steady
    assert times.second_of(frame) == frame / (rate or USUAL_RATE)
    assert times.frame_at(times.second_of(frame)) == times.frame_near(times.second_of(frame)) == frame


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=60), st.floats(0, 1))
def test_where_it_varies_each_frame_is_shown_from_its_stamp_to_the_next(gaps: list[int], part: float) -> None:
    seconds = np.concatenate([[0.0], np.cumsum(gaps) / 1000])
    times = FrameTimes(len(gaps) / seconds[-1], seconds)
    assert not times.is_steady
    for frame, gap in enumerate(gaps):
        assert times.second_of(frame) == seconds[frame]
        assert times.frame_at(seconds[frame]) == times.frame_near(seconds[frame]) == frame
        assert times.frame_at(seconds[frame] + part * (gap / 1000 - 1e-5)) == frame
    last = len(gaps)
    assert times.frame_at(seconds[-1] + 100) == last
    assert times.frame_at(-1.0) == 0
    assert times.frame_near(seconds[-1] + 100 / times.rate) > last, "beyond the end, and to be told so"
