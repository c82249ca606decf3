"""Sentences of services in another language: known by their templates, their gaps taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from refseg_annotator.errors import EditError
from refseg_annotator.media import open_medium
from refseg_annotator.settings import Settings
from refseg_annotator.ui.sentences import tr_sentence, tr_sentences
from refseg_annotator.ui.wording import speak
from tests.ui.conftest import Desk


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    speak("de")
    yield
    speak("en")


def test_english_stays_as_it_is(qapp: QApplication) -> None:
    speak("en")
    assert tr_sentence("'a.png' does not exist; check the path.") == "'a.png' does not exist; check the path."


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("'a.png' does not exist; check the path.", "'a.png' gibt es nicht; prüfen Sie den Pfad."),
        (
            "'x' is locked; unlock it to change its mask.",
            "'x' ist gesperrt; geben Sie es frei, um seine Maske zu ändern.",
        ),
        # The template that says more wins: this one ends as the first does, and names relinking besides.
        (
            "'b' does not exist; check the path, or relink the file if it was moved.",
            "'b' gibt es nicht; prüfen Sie den Pfad, oder verknüpfen Sie die Datei neu, wenn sie verschoben wurde.",
        ),
        # Names with marks of patterns in them are names.
        ("'a (1).*{2}.png' is closed; open it again.", "'a (1).*{2}.png' ist geschlossen; öffnen Sie es wieder."),
        # Made in one place and raised in others: what is said of disks and projects most of all.
        (
            "There is no '/a/b.refseg'; check the name, or whether its drive is connected.",
            "Es gibt kein '/a/b.refseg'; prüfen Sie den Namen, oder ob sein Laufwerk angeschlossen ist.",
        ),
        (
            "The project '/a.refseg' is damaged (file is not a database); go back to a copy of it.",
            "Das Projekt '/a.refseg' ist beschädigt (file is not a database); greifen Sie auf eine Kopie zurück.",
        ),
        ("median 2.5 s", "Median 2,5 s"),
        ("blind check agrees 63%", "Blindprüfung stimmt zu 63\xa0% überein"),
        ("blind check by Bo agrees 63%", "Blindprüfung von Bo stimmt zu 63\xa0% überein"),
        ("blind check by Bo: not here", "Blindprüfung von Bo: nicht da"),
        # Counts in a sentence are told by one function, and are sentences of their own.
        ("1 file looked at", "1 Datei angesehen"),
        ("1,200 files looked at", "1.200 Dateien angesehen"),
        ("'a.mp4' has 1 frame and none with index 3.", "'a.mp4' hat 1 Frame und keinen mit der Nummer 3."),
        ("'a.mp4' has 9 frames and none with index 9.", "'a.mp4' hat 9 Frames und keinen mit der Nummer 9."),
        ("nobody knows these frames", "nobody knows these frames"),
        ("nobody wrote this sentence.", "nobody wrote this sentence."),
        ("", ""),
    ],
)
def test_a_sentence_is_known_by_its_template(sentence: str, words: str) -> None:
    assert tr_sentence(sentence) == words


@pytest.mark.usefixtures("german")
def test_several_are_told_one_by_one() -> None:
    both = "it stands twice; remove one; the model does not know foo"
    assert tr_sentences(both) == "sie steht zweimal da; entfernen Sie eine; das Modell kennt foo nicht"
    assert tr_sentences("the model drew nothing") == "das Modell zeichnete nichts"


@pytest.mark.usefixtures("german")
def test_what_is_raised_is_what_is_known(tmp_path: Path) -> None:
    from refseg_annotator.errors import MediaError

    with pytest.raises(MediaError) as raised:
        open_medium(tmp_path / "gone.png")
    assert "gibt es nicht" in tr_sentence(str(raised.value))


def test_the_window_tells_it(open_desk: Callable[..., Desk], shapes: Path, qapp: QApplication) -> None:
    desk = open_desk(shapes, settings=Settings(theme="dark", reduced_motion=True, language="de"))

    def refuse() -> None:
        raise EditError("'red square' is locked; unlock it to change its mask.")

    desk.bridge.attempt(refuse)
    assert desk.message == "'red square' ist gesperrt; geben Sie es frei, um seine Maske zu ändern."
    speak("en")
