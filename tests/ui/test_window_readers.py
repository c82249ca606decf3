"""In the window: who reads a phrase on a photo and on a frame of a clip, what is said of it, and how it is chosen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from refseg_annotator.core.annotation import MediumId, MediumKind
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import BundleInfo
from refseg_annotator.inference.predictor import Predictor
from refseg_annotator.services.proposal import AssistPhase
from refseg_annotator.settings import AUTOMATIC, Settings, load_settings
from refseg_annotator.ui.models_dialog import ModelsDialog, media_read, readers_told
from refseg_annotator.ui.settings_dialog import SettingsDialog
from tests.services.two_readers import JealousPredictor
from tests.ui.clips import write_clip
from tests.ui.conftest import Desk

IMAGE, VIDEO = MediumKind.IMAGE, MediumKind.VIDEO


class Loader:
    """Makes a predictor of each bundle, and notes which were loaded; `broken` ones cannot be, `gates` hold them up."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.broken: set[str] = set()
        self.gates: dict[str, threading.Event] = {}
        self.made: dict[str, JealousPredictor] = {}

    def __call__(self, bundle: BundleInfo, settings: Settings) -> Predictor:
        self.loaded.append(bundle.name)
        if bundle.name in self.gates:
            assert self.gates[bundle.name].wait(60)
        if bundle.name in self.broken:
            raise BundleError(f"The weights of {bundle.name!r} are damaged; fetch it again.")
        knows = "zebra" if bundle.name == "cmsa-base" else ""
        return self.made.setdefault(bundle.name, JealousPredictor(bundle.name, knows=knows))


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def desk(open_desk: Callable[..., Desk], shapes: Path, loader: Loader) -> Desk:
    """A window on a photo, with whatever model the settings ask for."""
    desk = open_desk(shapes, load_bundle=loader)
    desk.until(lambda: desk.bridge.assist.model() is not None)
    return desk


def medium(desk: Desk, kind: MediumKind) -> MediumId:
    return next(one.id for one in desk.project.media.values() if one.kind is kind)


def go(desk: Desk, kind: MediumKind, frame: int = 0) -> None:
    desk.bridge.show(medium(desk, kind), frame)
    desk.until(lambda: desk.window.loader.frame == frame and not desk.canvas.is_waiting)


def add_clip(desk: Desk, tmp_path: Path) -> None:
    desk.window.desk.open_paths([write_clip(tmp_path / "clip.mp4", 6)])
    desk.until(lambda: any(one.kind is VIDEO and one.frame_count == 6 for one in desk.project.media.values()))


def read_by(desk: Desk, phrase: str = "red square") -> str:
    """Who answers a phrase on the frame on show."""
    desk.run_phrase(phrase)
    desk.until_proposal()
    return str(desk.bridge.assist.proposal.model.name)


def status(desk: Desk) -> str:
    return str(desk.window.status.model.text())


# --- who reads -------------------------------------------------------------------------------------------------------


def test_a_clip_has_a_reader_of_its_own_loaded_when_it_is_needed(desk: Desk, loader: Loader, tmp_path: Path) -> None:
    assert read_by(desk) == "cmsa-lite"
    desk.key(Qt.Key.Key_Return)
    assert status(desk).startswith("cmsa-lite  ·  cpu  ·  ")
    assert loader.loaded == ["cmsa-lite"], "nothing but photos was looked at"
    add_clip(desk, tmp_path)
    go(desk, VIDEO)
    assert read_by(desk) == "cmsa-base"
    desk.key(Qt.Key.Key_Return)
    assert status(desk).startswith("cmsa-base  ·  cpu  ·  ")
    go(desk, IMAGE)
    # How long another model took elsewhere is nothing to say of this one.
    assert status(desk) == "cmsa-lite  ·  cpu"
    encoded = loader.made["cmsa-lite"].encoded
    assert read_by(desk, "blue square") == "cmsa-lite"
    assert loader.made["cmsa-lite"].encoded == encoded, "the photo was still at hand"
    desk.key(Qt.Key.Key_Return)
    told = sorted(one.provenance.model for one in desk.project.annotations.values())
    assert told == ["cmsa-base 1", "cmsa-lite 1", "cmsa-lite 1"]
    assert loader.loaded == ["cmsa-lite", "cmsa-base"]


def test_a_window_opened_on_a_clip_loads_no_model_for_photos(
    open_desk: Callable[..., Desk], loader: Loader, tmp_path: Path
) -> None:
    desk = open_desk(write_clip(tmp_path / "clip.mp4", 6), load_bundle=loader)
    assert read_by(desk) == "cmsa-base"
    assert loader.loaded == ["cmsa-base"]


def test_a_chosen_model_reads_everything(
    open_desk: Callable[..., Desk], shapes: Path, loader: Loader, tmp_path: Path
) -> None:
    desk = open_desk(shapes, load_bundle=loader, settings=Settings(model="cmsa-lite"))
    assert read_by(desk) == "cmsa-lite"
    add_clip(desk, tmp_path)
    go(desk, VIDEO)
    assert status(desk).startswith("cmsa-lite  ·  cpu")
    assert read_by(desk) == "cmsa-lite"
    assert loader.loaded == ["cmsa-lite"]


def test_while_it_loads_the_window_says_so_and_goes_on(desk: Desk, loader: Loader, tmp_path: Path) -> None:
    gate = loader.gates["cmsa-base"] = threading.Event()
    add_clip(desk, tmp_path)
    go(desk, VIDEO)
    desk.run_phrase("red square")
    desk.until(lambda: status(desk) == "loading cmsa-base")
    assert desk.window.phrase_bar.hint.text() == "Loading the model cmsa-base. Esc stops it."
    assert desk.window.phrase_bar.ring.isVisible()
    # Whoever goes to a photo meanwhile asks there; what was left never answers.
    go(desk, IMAGE)
    assert status(desk).startswith("cmsa-lite  ·  cpu")
    desk.run_phrase("blue square")
    answers: list[tuple[str, int]] = []
    desk.bridge.assist_changed.connect(
        lambda state: answers.append((state.proposal.model.name, state.medium_id)) if state.proposal else None
    )
    gate.set()
    desk.until_proposal()
    assert answers == [("cmsa-lite", medium(desk, IMAGE))]
    assert loader.made["cmsa-base"].predicted == []


def test_where_the_model_for_clips_fails_that_of_photos_reads_them_and_it_is_said_once(
    desk: Desk, loader: Loader, tmp_path: Path
) -> None:
    loader.broken.add("cmsa-base")
    said: list[str] = []
    desk.bridge.said.connect(lambda message: said.append(message.sentence))
    add_clip(desk, tmp_path)
    go(desk, VIDEO)
    assert read_by(desk) == "cmsa-lite"
    desk.key(Qt.Key.Key_Return)
    assert status(desk).startswith("cmsa-lite  ·  cpu")
    go(desk, VIDEO, 3)
    assert read_by(desk) == "cmsa-lite"
    desk.key(Qt.Key.Key_Return)
    assert {one.provenance.model for one in desk.project.annotations.values()} == {"cmsa-lite 1"}
    (sentence,) = [words for words in said if "cmsa-base" in words]
    assert sentence.startswith("On clips cmsa-lite reads phrases for now, because cmsa-base could not be loaded: The")
    assert sentence.endswith("are damaged; fetch it again.")
    assert loader.loaded == ["cmsa-lite", "cmsa-base"]


def test_unknown_words_are_those_of_the_model_that_reads(desk: Desk, tmp_path: Path) -> None:
    hint = desk.window.phrase_bar.hint
    read_by(desk, "red zebra square")
    assert "does not know this word" in hint.text()
    desk.key(Qt.Key.Key_Return)
    add_clip(desk, tmp_path)
    go(desk, VIDEO)
    for phrase in ("red zebra square", "red yak square"):
        read_by(desk, phrase)
        assert ("does not know this word" in hint.text()) is ("yak" in phrase)
        desk.key(Qt.Key.Key_Return)
    checker = desk.window.referent_panel.model._checker

    def strange(kind: MediumKind) -> str:
        """What the checks say of the expressions of a medium on show."""
        phrases = desk.project.expressions_of(medium(desk, kind))
        return " ".join(problem.sentence for phrase in phrases for problem in checker.of(phrase.id))

    desk.until(lambda: "yak" in strange(VIDEO))
    assert "zebra" not in strange(VIDEO)
    go(desk, IMAGE)
    desk.until(lambda: "zebra" in strange(IMAGE))


# --- how it is chosen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "photos", "clips", "words"),
    [
        (AUTOMATIC, "a", "b", "Chosen automatically: a reads phrases on photos, b on frames of clips"),
        (AUTOMATIC, "a", "a", "Chosen automatically: a reads phrases on photos and on frames of clips."),
        ("/models/a", "a", "a", "You chose a: it reads phrases on photos and on frames of clips."),
    ],
)
def test_who_reads_is_said_in_words(chosen: str, photos: str, clips: str, words: str) -> None:
    assert readers_told(chosen, {IMAGE: photos, VIDEO: clips}).startswith(words)


def test_a_model_that_is_gone_is_said_to_be(desk: Desk) -> None:
    assert readers_told("mine", {}) == "You chose mine, which is not among the models here."
    assert readers_told(AUTOMATIC, {}) == ""


def test_what_a_model_reads_is_a_word() -> None:
    readers = {IMAGE: "a", VIDEO: "b"}
    assert [media_read(name, readers) for name in "abc"] == ["photos", "clips", ""]
    assert media_read("a", {IMAGE: "a", VIDEO: "a"}) == "photos and clips"


def listed(dialog: ModelsDialog) -> dict[str, str]:
    """What each model of the list reads; a tick says that it is in use."""
    rows = range(dialog.table.rowCount())
    return {dialog.table.item(row, 0).text(): dialog.table.item(row, 1).text() for row in rows}


def test_a_model_is_chosen_for_everything_and_the_choice_given_back(desk: Desk, loader: Loader, tmp_path: Path) -> None:
    add_clip(desk, tmp_path)
    dialog = desk.window.verbs.help.show_models()
    desk.until(lambda: listed(dialog) == {"cmsa-base  ✓": "clips", "cmsa-lite  ✓": "photos"})
    assert dialog.told.text().startswith("Chosen automatically: cmsa-lite reads phrases on photos, cmsa-base on frames")
    assert not dialog.automatic.isEnabled()
    # Even the one that reads photos anyway may be chosen, for clips too.
    assert dialog.selected.name == "cmsa-lite"
    dialog.use.click()
    desk.until(lambda: listed(dialog) == {"cmsa-base": "", "cmsa-lite  ✓": "photos and clips"})
    assert dialog.told.text() == "You chose cmsa-lite: it reads phrases on photos and on frames of clips."
    assert not dialog.use.isEnabled()
    go(desk, VIDEO)
    assert read_by(desk) == "cmsa-lite"
    desk.until(lambda: load_settings().settings.model == "cmsa-lite")
    dialog.automatic.click()
    desk.until(lambda: listed(dialog) == {"cmsa-base  ✓": "clips", "cmsa-lite  ✓": "photos"})
    assert desk.bridge.assist.state.phase is AssistPhase.IDLE, "the answer of the former model is gone"
    assert read_by(desk) == "cmsa-base"
    desk.until(lambda: load_settings().settings.model == AUTOMATIC)
    dialog.close()


def test_the_dialog_names_who_stands_in(desk: Desk, loader: Loader, tmp_path: Path) -> None:
    loader.broken.add("cmsa-base")
    add_clip(desk, tmp_path)
    dialog = desk.window.verbs.help.show_models()
    desk.until(dialog.table.rowCount)
    go(desk, VIDEO)
    read_by(desk)
    assert dialog.told.text() == "Chosen automatically: cmsa-lite reads phrases on photos and on frames of clips."
    dialog.close()


def test_the_settings_say_what_automatic_means_and_an_emptied_field_is_that_again(desk: Desk) -> None:
    dialog = SettingsDialog(desk.bridge, desk.window)
    assert any(label.text().startswith("auto: one model reads photos") for label in dialog.findChildren(QLabel))
    field = dialog.fields["model"]
    assert isinstance(field, QLineEdit)
    for typed, kept in (("cmsa-base", "cmsa-base"), ("  ", AUTOMATIC)):
        field.setText(typed)
        field.editingFinished.emit()
        assert (field.text(), desk.bridge.settings.model) == (kept, kept)
    dialog.close()
