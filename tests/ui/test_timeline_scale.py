"""Where frames lie on the timeline: there and back, zooming, scrolling, ticks, times."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.media import FrameTimes
from refseg_annotator.ui.clip.timeline_scale import MOST_PER_FRAME, FrameScale, frame_of, slot_of, step_of, time_words

counts = st.integers(1, 60_000)
widths = st.integers(1, 4000)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.05, 20), st.floats(0, 1)),
        st.tuples(st.just("scroll"), st.floats(-5000, 5000), st.just(0.0)),
        st.tuples(st.just("resize"), st.floats(1, 3000), st.just(0.0)),
    ),
    max_size=12,
)


def walked(scale: FrameScale, walk: list[tuple[str, float, float]]) -> FrameScale:
    for kind, amount, at in walk:
        if kind == "zoom":
            scale = scale.zoomed(amount, at * scale.width)
        elif kind == "scroll":
            scale = scale.scrolled(amount)
        else:
            scale = scale.resized(int(amount))
    return scale


@given(counts, widths, steps)
def test_the_strip_never_shows_what_is_not_there(count: int, width: int, walk: list[tuple[str, float, float]]) -> None:
    scale = walked(FrameScale.fitting(count, width), walk)
    seen = scale.visible
    assert 0 <= seen.start < seen.stop <= count
    assert scale.first >= 0
    assert scale.per_frame <= MOST_PER_FRAME
    # Room is left beyond the last frame only where the whole clip is in sight.
    assert scale.x_of(count) >= scale.width - 1e-3 or seen == range(count)


@given(counts, widths, steps, st.floats(0, 1))
def test_a_pixel_leads_to_the_frame_that_is_drawn_there(
    count: int, width: int, walk: list[tuple[str, float, float]], at: float
) -> None:
    scale = walked(FrameScale.fitting(count, width), walk)
    seen = scale.visible
    frame = seen.start + round(at * (len(seen) - 1))
    assert scale.frame_at(scale.x_of(frame + 0.5)) == frame


@given(counts, st.integers(200, 2000), st.floats(1, 30), st.floats(0, 1))
def test_zooming_leaves_what_is_under_the_pointer(count: int, width: int, factor: float, at: float) -> None:
    scale = FrameScale.fitting(count, width)
    x = min(at * width, scale.extent)
    grown = scale.zoomed(factor, x)
    before, after = scale.first + x / scale.per_frame, grown.first + x / grown.per_frame
    held = grown.first in (0.0, max(count - width / grown.per_frame, 0.0))
    assert held or abs(before - after) < 1e-6 * count


@given(counts, st.integers(200, 2000), st.floats(1, 100), st.floats(0, 1))
def test_following_brings_the_frame_into_sight(count: int, width: int, factor: float, at: float) -> None:
    scale = FrameScale.fitting(count, width).zoomed(factor, 0.0)
    frame = round(at * (count - 1))
    shown = scale.following(frame)
    assert shown.x_of(frame) >= -1e-6
    assert shown.x_of(frame + 1) <= shown.width + 1e-6


def test_a_frame_in_sight_moves_nothing() -> None:
    scale = FrameScale.fitting(1000, 500).zoomed(8, 0)
    assert scale.following(30) is scale


@given(counts, st.integers(60, 3000), steps)
def test_ticks_are_few_and_their_numbers_apart(count: int, width: int, walk: list[tuple[str, float, float]]) -> None:
    scale = walked(FrameScale.fitting(count, width), walk)
    ticks = list(scale.ticks(100))
    majors = [tick.frame for tick in ticks if tick.is_major]
    assert len(ticks) <= scale.width / 6 + 200 / 6 + 3
    assert all((after - before) * scale.per_frame >= 99.9 for before, after in pairwise(majors))


def test_slots_are_near_what_is_needed() -> None:
    assert [slot_of(least) for least in (0.1, 1, 1.5, 3, 5, 7, 11, 13, 17, 700)] == [1, 1, 2, 3, 6, 8, 12, 16, 24, 768]


def test_steps_are_round_numbers() -> None:
    assert [step_of(least) for least in (0.1, 1, 1.5, 3, 7, 11, 450)] == [1, 1, 2, 5, 10, 20, 500]


@pytest.mark.parametrize(
    ("frame", "rate", "words"),
    [(0, 25.0, "0:00.00"), (120, 25.0, "0:04.80"), (54_000, 30.0, "30:00.00"), (108_000, 29.97, "1:00:03.60")],
)
def test_times_as_people_write_them(frame: int, rate: float, words: str) -> None:
    times = FrameTimes(rate)
    assert time_words(times.second_of(frame)) == words
    assert frame_of(words, times) == frame


@given(st.integers(0, 200_000), st.sampled_from([5.0, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, None]))
def test_the_time_shown_leads_back_to_its_frame(frame: int, rate: float | None) -> None:
    times = FrameTimes(rate)
    assert frame_of(time_words(times.second_of(frame)), times) == frame
    assert frame_of(f"{frame:,}", times) == frame


@pytest.mark.parametrize("text", ["", "abc", "-3", "1:2:3:4", "0:0x", "1e5", "9" * 40, "٣"])
def test_what_is_neither_a_frame_nor_a_time(text: str) -> None:
    assert frame_of(text, FrameTimes(25.0)) is None
