"""Numbers in the window: as its language writes them, wherever they are shown, and read as they are shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QDoubleSpinBox

from refseg_annotator.media import FrameTimes
from refseg_annotator.settings import Settings
from refseg_annotator.ui.clip.timeline_scale import frame_of, is_time, time_words
from refseg_annotator.ui.number_words import if_number, number, numbers_within, typed_number, write_as
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import speak, tr, tr_count
from tests.ui.conftest import Desk

UI = Path(__file__).resolve().parents[2] / "refseg_annotator" / "ui"
SPACE = "\u00a0"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["1,308", "0.758", "1,200,000.5", "9.4%", "88%", "   12,000", "1308"]),
        ("zh_CN", ["1,308", "0.758", "1,200,000.5", "9.4%", "88%", "   12,000", "1308"]),
        ("de", ["1.308", "0,758", "1.200.000,5", f"9,4{SPACE}%", f"88{SPACE}%", "   12.000", "1308"]),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, written: list[str]) -> None:
    asked = [(1308, ","), (0.758, ".3f"), (1.2e6 + 0.5, ",.1f"), (0.094, ".1%"), (0.88, ".0%"), (12000, ">9,")]
    write_as(language)
    assert [number(value, spec) for value, spec in asked] + [number(1308, "d")] == written


def test_the_gaps_of_texts_are_filled_so_too(qapp: QApplication) -> None:
    speak("de")
    assert (
        tr("{area:,} px, {share:.1%} of the picture", area=12345, share=0.041) == f"12.345 px, 4,1{SPACE}% des Bildes"
    )
    assert tr("{area:,} px, under 0.1 %", area=np.int64(4_000)) == "4.000 px, unter 0,1 %"
    assert tr_count(1200, "{count:,} frame", "{count:,} frames") == "1.200 Frames"
    # What is no number stays, whatever it looks like.
    assert tr("Deleted “{text}”.", text="1,308 dogs 5%") == tr("Deleted “{text}”.").replace("{text}", "1,308 dogs 5%")
    assert tr("{text!r} is no span of frames; write such as 12-40, or nothing for all.", text="1.5").startswith("'1.5'")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("1,200 frames", "1.200 Frames"),
        ("mean 2.50", "Mittel 2,50"),
        ("12.5 MB", f"12,5{SPACE}MB"),
        ("1,012.5 of 3,000.0 MB", f"1.012,5 von 3.000,0{SPACE}MB"),
        ("expected quality 88%", f"erwartete Güte 88{SPACE}%"),
    ],
)
def test_numbers_in_the_sentences_of_services_are_rewritten(sentence: str, words: str, qapp: QApplication) -> None:
    speak("de")
    assert tr_sentence(sentence) == words


def test_what_is_not_wholly_a_number_is_a_name() -> None:
    write_as("de")
    for name in ("0.7.1", "v1.5", "1,2", "a 1,308", "clip-1.5.mp4", "3", "2026-11-22"):
        assert if_number(name) == name
    assert (if_number("1,308"), if_number("0.5")) == ("1.308", "0,5")
    assert numbers_within("0.1-0.3 %") == "0,1-0,3 %"
    assert numbers_within("> 30 %") == "> 30 %"


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_a_frame_or_time_typed_as_it_is_shown_leads_there(language: str) -> None:
    write_as(language)
    times = FrameTimes(25.0)

    @given(st.integers(0, 2_000_000))
    def law(frame: int) -> None:
        shown = typed_number(number(frame))
        assert not is_time(shown)
        assert frame_of(shown, times) == frame
        assert frame_of(typed_number(str(frame)), times) == frame
        assert frame_of(typed_number(time_words(times.second_of(frame))), times) == frame

    law()
    assert typed_number("abc") == "abc"


def test_seconds_are_typed_with_the_mark_of_the_language_or_with_a_point() -> None:
    times = FrameTimes(10.0)
    write_as("de")
    for typed in ("48,5", "48.5", "0:48,5", "0:48.5"):
        assert is_time(typed_number(typed))
        assert frame_of(typed_number(typed), times) == 485


def test_the_window_writes_by_its_own_language_and_not_by_the_systems(
    open_desk: Callable[..., Desk], shapes: Path
) -> None:
    for language, system, area, half in (
        ("en", "de_DE", "3,600 px, 9.4% of the picture", "0.50"),
        ("de", "en_US", f"3.600 px, 9,4{SPACE}% des Bildes", "0,50"),
    ):
        QLocale.setDefault(QLocale(system))
        desk = open_desk(shapes, settings=Settings(theme="dark", reduced_motion=True, language=language))
        desk.accept_phrase("blue square")
        desk.until(lambda desk=desk: desk.bridge.referent_id is not None)
        assert desk.window.referent_panel.properties.area.text() == area
        desk.window.actions_["settings"].trigger()
        box = desk.window.findChildren(QDoubleSpinBox)[0]
        box.setValue(0.5)
        assert box.text().startswith(half)
        desk.key(Qt.Key.Key_Escape)
        desk.close()


def test_no_number_of_the_window_is_written_past_its_language() -> None:
    """Marks that languages have different ones for come from `number` or from `tr`."""
    past = []
    for path in sorted(UI.rglob("*.py")):
        if path.name == "theme.py":
            continue  # a length of the style sheet, which is English
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                spec = "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
                if re.search(r"[,%]|\.[1-9]\d*[fge]", spec):
                    past.append(f"{path.relative_to(UI)}:{node.lineno}: {spec}")
    assert past == []
