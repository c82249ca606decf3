"""What the Help menu opens: the guide in both palettes, the models and their licences, the report."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QPushButton

from refseg_annotator import settings
from refseg_annotator.inference.bundles import list_bundles
from refseg_annotator.ui.guidance.guide_window import GuideWindow, guide_pages
from refseg_annotator.ui.models_dialog import LicenceDialog, ModelsDialog, speed_of
from tests.services.small_bundles import files_of, write_zip
from tests.ui.conftest import Desk


def press(dialog: LicenceDialog, title: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == title).click()


# --- the guide -------------------------------------------------------------------------------------------------------


def test_every_page_is_shown_and_links_lead_to_pages(desk: Desk) -> None:
    guide = desk.window.verbs.help.show_guide()
    assert isinstance(guide, GuideWindow)
    pages = guide_pages()
    assert pages[0].name == "first-project"
    for page in pages:
        guide.show_page(page.name)
        assert guide.page == page.name
        assert page.title in guide.text.toPlainText()
        for line in page.text.splitlines():
            for target in (part.split(")")[0] for part in line.split("](")[1:]):
                if target.startswith("http"):
                    continue
                assert target.removesuffix(".md") in {other.name for other in pages}, (page.name, target)
    guide.text.anchorClicked.emit(QUrl("first-project.md"))
    assert guide.page == "first-project"
    guide.text.anchorClicked.emit(QUrl("no-such-page.md"))
    assert guide.page == "first-project"
    guide.close()


def test_the_guide_is_searched(desk: Desk) -> None:
    guide = desk.window.verbs.help.show_guide()
    guide.search.setText("safetensors")
    shown = [place for place in range(guide.contents.count()) if not guide.contents.item(place).isHidden()]
    assert 0 < len(shown) < guide.contents.count()
    assert guide.contents.currentRow() in shown
    guide.search.clear()
    assert not any(guide.contents.item(place).isHidden() for place in range(guide.contents.count()))
    guide.close()


def test_the_guide_follows_the_palette(desk: Desk) -> None:
    guide = desk.window.verbs.help.show_guide()
    dark = guide.text.palette().text().color().lightness()
    assert dark > 128
    desk.window.actions_["switch_theme"].trigger()
    assert guide.text.palette().text().color().lightness() < 128
    assert guide.text.toPlainText()
    guide.close()


# --- the models ------------------------------------------------------------------------------------------------------


def listed(dialog: ModelsDialog) -> list[str]:
    return [dialog.table.item(row, 0).text().split()[0] for row in range(dialog.table.rowCount())]


@pytest.fixture
def dialog(desk: Desk) -> ModelsDialog:
    made = desk.window.verbs.help.show_models()
    desk.until(lambda: listed(made) == ["cmsa-base", "cmsa-lite"])
    return made


def test_the_models_are_listed_with_licence_and_card(desk: Desk, dialog: ModelsDialog) -> None:
    words = [dialog.table.item(0, column).text() for column in range(dialog.table.columnCount())]
    assert "Apache-2.0" in words
    assert any("MB" in word for word in words)
    assert any("ms" in word for word in words)
    assert "cmsa-lite" in dialog.card.toPlainText()
    assert not dialog.remove.isEnabled()
    dialog.close()


def test_a_model_is_added_once_its_licence_is_accepted_and_can_be_used_and_removed(
    desk: Desk, dialog: ModelsDialog, tmp_path: Path
) -> None:
    dialog.add(str(write_zip(tmp_path / "m.zip")))
    desk.until(lambda: dialog.asked is not None)
    asked = dialog.asked
    assert asked is not None
    assert any("CC-BY-4.0" in label.text() for label in asked.findChildren(QLabel))
    press(asked, "Accept and install")
    desk.until(lambda: listed(dialog) == ["cmsa-base", "cmsa-lite", "tiny"])
    dialog.table.selectRow(2)
    assert dialog.remove.isEnabled()
    dialog.remove_selected()
    desk.until(lambda: listed(dialog) == ["cmsa-base", "cmsa-lite"])
    dialog.close()


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ({}, "-"),
        ({"ms_per_phrase": 50.09}, "50 ms"),
        ({"ms_per_phrase": 50.09, "device": ""}, "50 ms"),
        ({"ms_per_phrase": 50.09, "device": "cpu"}, "50 ms (cpu)"),
    ],
)
def test_the_speed_says_where_it_was_measured_only_if_that_is_known(scores: dict[str, object], words: str) -> None:
    bundle = list_bundles()[0]
    config = msgspec.structs.replace(bundle.config, scores=scores)
    assert speed_of(msgspec.structs.replace(bundle, config=config)) == words


def test_no_model_of_the_list_has_a_question_mark_for_its_speed(desk: Desk, dialog: ModelsDialog) -> None:
    desk.until(dialog.table.rowCount)
    column = [dialog.table.horizontalHeaderItem(at).text() for at in range(dialog.table.columnCount())].index("Speed")
    assert not [
        words for row in range(dialog.table.rowCount()) if "?" in (words := dialog.table.item(row, column).text())
    ]


def test_a_declined_model_is_thrown_away(desk: Desk, dialog: ModelsDialog, tmp_path: Path) -> None:
    dialog.add(str(write_zip(tmp_path / "m.zip")))
    desk.until(lambda: dialog.asked is not None)
    assert dialog.asked is not None
    press(dialog.asked, "Decline")
    desk.until(lambda: not list(settings.user_models_folder().glob(".staged-*")))
    assert listed(dialog) == ["cmsa-base", "cmsa-lite"]
    dialog.close()


@pytest.mark.parametrize("name", ["cmsa-lite", "../up"])
def test_a_name_that_cannot_be_is_told(desk: Desk, dialog: ModelsDialog, tmp_path: Path, name: str) -> None:
    dialog.add(str(write_zip(tmp_path / "m.zip", files_of(name=name))))
    desk.until(lambda: dialog.asked is not None or "name of a model" in desk.message)
    if dialog.asked is not None:
        press(dialog.asked, "Accept and install")
        desk.until(lambda: "name of a model" in desk.message)
    desk.until(lambda: not list(settings.user_models_folder().glob(".staged-*")))
    dialog.close()


def test_what_is_no_model_is_told(desk: Desk, dialog: ModelsDialog) -> None:
    dialog.add("no-such-model")
    assert "neither a file nor a model" in desk.message
    dialog.close()


# --- the report ------------------------------------------------------------------------------------------------------


def test_the_report_is_written_and_nothing_sent(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "report.zip"
    desk.window.verbs.help.write_report(place)
    desk.until(lambda: "Nothing was sent" in desk.message)
    with zipfile.ZipFile(place) as archive:
        assert "machine.json" in archive.namelist()
