"""Both themes: every name of the sheet is put in, writing is legible, referents differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from refseg_annotator.ui.colours import is_light, lighter, referent_colour
from refseg_annotator.ui.theme import DARK, LIGHT, Colours, style_sheet
from tests.ui.conftest import Desk


def luminance(name: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_writing_is_legible(colours: Colours) -> None:
    for ground in ("window", "panel"):
        assert contrast(colours.text, getattr(colours, ground)) >= 7
        for name in ("muted", "good", "doubtful", "bad"):
            assert contrast(getattr(colours, name), getattr(colours, ground)) >= 4.5, (name, ground)
    assert contrast(colours.accent_text, colours.accent) >= 4.5
    assert contrast(colours.text, colours.accent_soft) >= 7


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_the_sheet_has_no_name_left(colours: Colours) -> None:
    sheet = style_sheet(colours, 10.0)
    body = sheet[sheet.index("*/") :]
    assert "@" not in body
    assert all(getattr(colours, item.name) in body for item in fields(Colours))
    for part in body.split('url("')[1:]:
        assert Path(part.split('"')[0]).is_file()


def test_the_theme_is_switched_by_key_and_kept(desk: Desk) -> None:
    assert desk.program.theme.is_dark
    before = desk.window.grab().toImage().pixelColor(5, 5)
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not desk.program.theme.is_dark
    assert desk.bridge.settings.theme == "light"
    assert desk.window.grab().toImage().pixelColor(5, 5) != before


def test_the_system_theme_follows_the_system(open_desk: Callable[..., Desk]) -> None:
    from refseg_annotator.settings import Settings

    desk = open_desk(settings=Settings(theme="system"))
    scheme = desk.program.theme._application.styleHints().colorScheme()
    assert desk.program.theme.is_dark == (scheme == Qt.ColorScheme.Dark)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("tool", "part"), [("s", "method"), ("w", "sample")])
def test_a_list_that_opens_shows_all_its_rows(desk: Desk, tool: str, part: str) -> None:
    desk.letters(tool)
    box = getattr(desk.window.tools.bar, part)
    box.showPopup()
    view = box.view()
    assert view.viewport().height() >= box.count() * view.sizeHintForRow(0)
    box.hidePopup()


def test_neighbouring_referents_differ() -> None:
    colours = [referent_colour(index) for index in range(40)]
    assert len(set(colours)) == 40
    for first, second in combinations(colours[:7], 2):
        assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) > 2000
    for first, second in pairwise(colours[7:]):
        assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) > 2000


def test_lighter_and_light() -> None:
    assert lighter((0, 0, 0), 1.0) == (255, 255, 255)
    assert lighter((10, 20, 30), 0.0) == (10, 20, 30)
    assert is_light((240, 228, 66))
    assert not is_light((0, 114, 178))
