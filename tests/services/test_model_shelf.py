"""Which bundle reads what, by the settings; the way out where the one for clips cannot be had; and who is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from refseg_annotator import settings as places
from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import BundleInfo
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor, Predictor
from refseg_annotator.services.model_shelf import ModelShelf, ReaderState
from refseg_annotator.settings import AUTOMATIC, Settings
from tests.inference.test_bundles import make_bundle

IMAGE, VIDEO = MediumKind.IMAGE, MediumKind.VIDEO


class Shelf:
    """A shelf with what it loaded, told and warned of; `fails` holds the bundles that cannot be loaded,
    `made` makes the predictor in place of the fake."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.told: list[tuple[MediumKind, ReaderState]] = []
        self.warned: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.made: Callable[[BundleInfo, Settings], Predictor] | None = None
        self.shelf = ModelShelf(self._load, lambda *news: self.told.append(news), self.warned.append)

    def _load(self, bundle: BundleInfo, settings: Settings) -> Predictor:
        if bundle.name in self.fails:
            raise self.fails[bundle.name]
        self.loaded.append(f"{bundle.name} {settings.device}")
        if self.made is not None:
            return self.made(bundle, settings)
        return FakePredictor(replace(FAKE_INFO, name=bundle.name))

    def names(self, settings: Settings) -> dict[MediumKind, str]:
        """Who reads what by these settings, photos asked first."""
        readers = self.shelf.readers(settings)
        return {kind: readers.ready(kind).predictor.info.name for kind in (IMAGE, VIDEO)}

    def state(self, kind: MediumKind) -> ReaderState:
        """What was told last of a kind."""
        return next(state for told, state in reversed(self.told) if told is kind)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models: the usual one, and one that follows clips."""
    folder = tmp_path / "models"
    make_bundle(folder / "cmsa-lite")
    (make_bundle(folder / "follower") / "cross_frame.safetensors").write_bytes(b"\0")
    make_bundle(folder / "mine")
    monkeypatch.setattr(places, "models_folder", lambda: folder)
    return folder


@pytest.fixture
def shelf(models: Path) -> Shelf:
    return Shelf()


@pytest.mark.parametrize(
    ("chosen", "photos", "clips"),
    [
        (AUTOMATIC, "cmsa-lite", "follower"),
        ("cmsa-lite", "cmsa-lite", "cmsa-lite"),
        ("follower", "follower", "follower"),
        ("mine", "mine", "mine"),
    ],
)
def test_a_model_that_was_chosen_reads_everything(shelf: Shelf, chosen: str, photos: str, clips: str) -> None:
    assert shelf.names(Settings(model=chosen)) == {IMAGE: photos, VIDEO: clips}
    assert len(shelf.loaded) == len({photos, clips})
    assert {kind: shelf.state(kind).name for kind in (IMAGE, VIDEO)} == {IMAGE: photos, VIDEO: clips}
    assert shelf.warned == []


def test_nothing_is_loaded_before_it_is_needed_and_nothing_twice(shelf: Shelf) -> None:
    readers = shelf.shelf.readers(Settings())
    assert (shelf.loaded, shelf.told) == ([], [])
    first = readers.ready(VIDEO)
    assert shelf.loaded == ["follower auto"]
    assert shelf.told == [
        (VIDEO, ReaderState("follower")),
        (VIDEO, ReaderState("follower", first.predictor.info)),
    ]
    readers.ready(IMAGE)
    # Another project of the same settings.
    again = shelf.shelf.readers(Settings(theme="light"))
    assert again.ready(VIDEO).predictor is first.predictor
    again.ready(IMAGE)
    assert shelf.loaded == ["follower auto", "cmsa-lite auto"]


def test_other_settings_load_anew_and_keep_nothing_of_before(shelf: Shelf) -> None:
    shelf.names(Settings())
    shelf.names(Settings(device="cpu"))
    shelf.names(Settings(model="follower", device="cpu"))
    shelf.names(Settings(device="cpu"))
    assert shelf.loaded == [
        *("cmsa-lite auto", "follower auto", "cmsa-lite cpu", "follower cpu"),
        *("follower cpu", "cmsa-lite cpu", "follower cpu"),
    ]


def test_without_a_model_for_clips_that_of_photos_reads_them_and_it_is_said_once(shelf: Shelf, models: Path) -> None:
    (models / "follower" / "cross_frame.safetensors").unlink()
    for _ in range(2):
        assert shelf.names(Settings()) == {IMAGE: "cmsa-lite", VIDEO: "cmsa-lite"}
    assert shelf.loaded == ["cmsa-lite auto"]
    (sentence,) = shelf.warned
    assert sentence.startswith("No model here follows clips, so that cmsa-lite reads phrases on clips as well")
    assert shelf.state(VIDEO).model is not None
    assert shelf.state(VIDEO).name == "cmsa-lite"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BundleError("The weights of 'follower' are damaged; fetch it again."), "are damaged; fetch it again."),
        (RuntimeError("DefaultCPUAllocator: not enough memory"), "RuntimeError: DefaultCPUAllocator"),
        (MemoryError(), "ran out of memory"),
    ],
)
def test_a_model_for_clips_that_cannot_be_loaded_is_replaced_and_it_is_said_once(
    shelf: Shelf, error: Exception, reason: str
) -> None:
    shelf.fails["follower"] = error
    for _ in range(2):
        assert shelf.names(Settings()) == {IMAGE: "cmsa-lite", VIDEO: "cmsa-lite"}
    (sentence,) = shelf.warned
    assert sentence.startswith("On clips cmsa-lite reads phrases for now, because follower could not be loaded: ")
    assert reason in sentence
    assert shelf.state(VIDEO).name == "cmsa-lite"
    # Mended, it reads from the next project on.
    shelf.fails.clear()
    assert shelf.names(Settings())[VIDEO] == "follower"


def test_a_clip_asked_first_gets_the_model_of_photos_too(shelf: Shelf) -> None:
    shelf.fails["follower"] = BundleError("It is damaged.")
    readers = shelf.shelf.readers(Settings())
    assert readers.ready(VIDEO).predictor is readers.ready(IMAGE).predictor
    assert shelf.loaded == ["cmsa-lite auto"]


@pytest.mark.parametrize("kind", MediumKind)
def test_a_chosen_model_that_is_not_there_is_told_and_raised(shelf: Shelf, kind: MediumKind) -> None:
    readers = shelf.shelf.readers(Settings(model="no such model"))
    with pytest.raises(BundleError, match="no such model"):
        readers.ready(kind)
    assert [shelf.state(one).model for one in MediumKind] == [None, None]
    assert all("no such model" in (shelf.state(one).problem or "") for one in MediumKind)
    assert shelf.warned == [], "who was chosen has nobody standing in"


def test_where_none_can_be_loaded_each_is_told_why(shelf: Shelf) -> None:
    shelf.fails |= {name: BundleError(f"{name} is damaged.") for name in ("follower", "cmsa-lite")}
    with pytest.raises(BundleError, match="cmsa-lite is damaged"):
        shelf.shelf.readers(Settings()).ready(VIDEO)
    assert shelf.state(VIDEO).problem == "cmsa-lite is damaged."
    assert shelf.warned == []


def test_what_was_loaded_for_settings_that_are_gone_is_neither_told_nor_kept(shelf: Shelf) -> None:
    former = shelf.shelf.readers(Settings())

    def choose(bundle: BundleInfo, settings: Settings) -> Predictor:
        shelf.shelf.readers(Settings(model="mine"))
        return FakePredictor(replace(FAKE_INFO, name=bundle.name))

    shelf.made = choose
    former.ready(VIDEO)
    assert shelf.told == [(VIDEO, ReaderState("follower"))], "what came after is of other settings"
    shelf.made = None
    assert shelf.names(Settings(model="follower")) == {IMAGE: "follower", VIDEO: "follower"}
    assert shelf.loaded == ["follower auto", "follower auto"]


def test_settings_that_make_no_other_predictor_change_nothing(shelf: Shelf) -> None:
    same: list[Callable[[Settings], Settings]] = [
        lambda one: one.changed("study", "off"),
        lambda one: one.changed("author", "Ada"),
    ]
    first = shelf.shelf.readers(Settings()).ready(IMAGE).predictor
    for change in same:
        assert shelf.shelf.readers(change(Settings())).ready(IMAGE).predictor is first
