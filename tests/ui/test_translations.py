"""The catalogues: complete, fitting, compiled as they stand; and a window that speaks them."""

from __future__ import annotations

import importlib.util
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from refseg_annotator.settings import Settings
from refseg_annotator.ui.actions.action_table import ACTIONS, Menu
from refseg_annotator.ui.wording import CATALOGUES, CONTEXT, LANGUAGES, language_of, speak, tr, tr_count
from tests.ui.conftest import Desk

ROOT = Path(__file__).resolve().parents[2]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = script()
TEXTS = SCRIPT.texts()


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    speak("en")


def fields(text: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_action_is_in_the_catalogues() -> None:
    for row in ACTIONS:
        assert row.title in TEXTS
        assert not row.tip or row.tip in TEXTS
    assert all(menu.value in TEXTS for menu in Menu if menu is not Menu.NONE)


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_catalogue_is_complete(language: str) -> None:
    known = SCRIPT.catalogue(language)
    sentences = SCRIPT.sentences()
    missing = [f"{place}: {text!r}" for text, place in TEXTS.items() if not known.get(text) and text not in sentences]
    assert not missing, "put them in and run `python packaging/translations.py update`:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", CATALOGUES)
def test_nearly_all_that_services_say_is_in_the_catalogue(language: str) -> None:
    # A sentence reworded below the window is shown in English until the next `update`; more than a few are a mistake.
    known, sentences = SCRIPT.catalogue(language), SCRIPT.sentences()
    missing = [text for text in sentences if not known.get(text)]
    assert len(missing) < 0.05 * len(sentences), missing


def test_no_visible_text_is_written_past_tr() -> None:
    assert SCRIPT.passed_by() == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_fill_in_the_same_values(language: str) -> None:
    for source, words in SCRIPT.catalogue(language).items():
        if words and "{" in source:
            assert fields(words) == fields(source), source


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_compiled_catalogue_is_that_of_the_text(language: str, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(SCRIPT.FOLDER / f"refseg_{language}.qm"))
    for source, words in SCRIPT.catalogue(language).items():
        assert (translator.translate(CONTEXT, source) or "") == words, source


@pytest.mark.parametrize("language", CATALOGUES)
def test_menus_have_access_keys_of_their_own(language: str) -> None:
    known = SCRIPT.catalogue(language)
    keys = [match[1].lower() for menu in Menu if menu.value and (match := re.search(r"&(\w)", known[menu.value]))]
    assert len(keys) == len([menu for menu in Menu if menu.value])
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("choice", "wanted", "language"),
    [
        ("system", ["de-AT", "en"], "de"),
        ("system", ["fr-FR", "zh-Hans-CN"], "zh_CN"),
        ("system", ["zh-TW", "de"], "de"),
        ("system", ["en-GB", "de"], "en"),
        ("system", ["fr"], "en"),
        ("system", ["C"], "en"),
        ("de", ["en"], "de"),
        ("zh_CN", [], "zh_CN"),
        ("klingon", [], "en"),
    ],
)
def test_the_language_follows_choice_and_system(choice: str, wanted: list[str], language: str) -> None:
    assert language_of(choice, wanted) == language


def test_every_language_calls_itself_by_its_own_name() -> None:
    assert set(LANGUAGES) == {"en", *CATALOGUES}


@pytest.mark.usefixtures("english_again")
def test_words_and_numbers(qapp: QApplication) -> None:
    assert tr("Accept") == "Accept"
    assert tr_count(1, "{count:,} frame", "{count:,} frames") == "1 frame"
    assert tr_count(1200, "{count:,} frame", "{count:,} frames") == "1,200 frames"
    assert speak("de") == "de"
    assert tr("Accept") == "Annehmen"
    assert tr("“{title}” is locked; unlock it to change its mask.", title="Hund").startswith("„Hund“")
    assert speak("en") == "en"
    assert tr("Accept") == "Accept"


@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize("language", CATALOGUES)
def test_the_window_speaks_it_and_the_words_fit(
    open_desk: Callable[..., Desk], shapes: Path, qapp: QApplication, language: str
) -> None:
    desk = open_desk(shapes, settings=Settings(theme="dark", reduced_motion=True, language=language))
    known = SCRIPT.catalogue(language)
    titles = [action.text() for action in desk.window.menuBar().actions()]
    assert titles == [known[menu.value] for menu in Menu if menu is not Menu.NONE]
    meanwhile: list[str] = []
    desk.bridge.assist_changed.connect(
        lambda state: meanwhile.append(desk.window.phrase_bar.hint.text()) if state.is_busy else None
    )
    desk.run_phrase("red square")
    desk.until_proposal()
    rest = known["{value}. Esc stops it."]
    expected = {rest.format(value=known[words]) for words in ("Looking at the picture", "Reading the phrase")}
    assert expected <= set(meanwhile)
    assert desk.window.phrase_bar.accept.text() == known["Accept"]
    qapp.processEvents()
    for button in desk.window.findChildren(QPushButton):
        if button.isVisible() and button.text():
            needed = QFontMetrics(button.font()).horizontalAdvance(button.text().replace("&", ""))
            assert button.width() >= needed, button.text()
    for label in desk.window.findChildren(QLabel):
        # Labels that may be cut say all of it in their tip.
        if label.isVisible() and label.text() and not label.wordWrap() and "<" not in label.text():
            needed = max(QFontMetrics(label.font()).horizontalAdvance(line) for line in label.text().splitlines())
            assert label.width() >= needed or label.toolTip(), label.text()


@pytest.mark.usefixtures("english_again")
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_an_empty_window_shows_its_title_whole_at_its_smallest(open_desk: Callable[..., Desk], language: str) -> None:
    desk = open_desk(settings=Settings(theme="dark", reduced_motion=True, language=language))
    title = desk.window.empty.findChild(QLabel, "emptyTitle")
    desk.until(title.isVisible)
    needed = title.fontMetrics().boundingRect(title.rect(), Qt.TextFlag.TextWordWrap, title.text())
    assert desk.window.width() == 1024
    assert needed.width() <= title.width()
    assert needed.height() <= title.height()
    assert desk.window.empty.rect().contains(title.geometry())
