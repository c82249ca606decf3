"""Bundles are listed without torch, and a bad one is one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from refseg_annotator import settings
from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import (
    DEFAULT_MODEL,
    bundle_for_clips,
    bundle_for_phrases,
    find_bundle,
    list_bundles,
    model_folders,
    survey_bundles,
)

CONFIG = {
    "name": "small",
    "version": "1.0",
    "licence": "Apache-2.0",
    "summary": "For tests.",
    "model": {"width": 8, "levels": [1, 2]},
    "preprocessing": {"size": 320},
    "threshold": 0.4,
    "presence_threshold": 0.6,
    "max_words": 20,
    "parameters": 12,
    "training": {"data": "none"},
    "scores": {"mIoU": 0.5},
    "calibration": {"a key": "of tomorrow"},
}


def make_bundle(folder: Path, **changes: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(CONFIG | changes), encoding="utf-8")
    (folder / "vocabulary.txt").write_text("<pad>\n<unk>\ndog\n", encoding="utf-8")
    (folder / "weights.safetensors").write_bytes(b"\0" * 100)
    (folder / "card.md").write_text("# Card\n", encoding="utf-8")
    return folder


def test_a_bundle_tells_of_itself(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "small")
    (info,) = list_bundles([tmp_path])
    assert (info.name, info.path, info.licence, info.card) == ("small", folder, "Apache-2.0", "# Card\n")
    assert info.config.threshold == 0.4
    assert info.config.preprocessing == {"size": 320}
    assert info.config.scores == {"mIoU": 0.5}
    assert info.bytes == sum(file.stat().st_size for file in folder.iterdir())


def test_the_users_own_wins_over_what_came_with_the_program(tmp_path: Path) -> None:
    own, carried = tmp_path / "own", tmp_path / "carried"
    make_bundle(own / "small", summary="Mine.")
    make_bundle(carried / "small")
    make_bundle(carried / "other")
    infos = list_bundles([own, carried])
    assert [info.name for info in infos] == ["other", "small"]
    assert infos[1].config.summary == "Mine."
    assert find_bundle("small", [own, carried]).path == own / "small"


def test_the_folders_are_those_of_the_settings() -> None:
    assert model_folders() == (settings.user_models_folder(), settings.models_folder())
    make_bundle(settings.user_models_folder() / "mine")
    assert "mine" in [info.name for info in list_bundles()]


def test_a_bundle_may_be_named_by_its_path(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "anywhere" / "mine")
    assert find_bundle(str(folder), []).path == folder


def test_an_unknown_name_is_answered_with_the_known(tmp_path: Path) -> None:
    make_bundle(tmp_path / "small")
    make_bundle(tmp_path / "large")
    with pytest.raises(BundleError, match=r"There is no model 'huge'; choose one of large, small\.$"):
        find_bundle("huge", [tmp_path])
    with pytest.raises(BundleError, match="nor any other; put a bundle into"):
        find_bundle("huge", [tmp_path / "nowhere"])


@pytest.mark.parametrize("name", ["config.json", "vocabulary.txt", "weights.safetensors"])
def test_a_missing_or_empty_file_is_named(tmp_path: Path, name: str) -> None:
    folder = make_bundle(tmp_path / "small")
    (folder / name).write_bytes(b"")
    with pytest.raises(BundleError, match=rf"'small' cannot be used, for its {name} is empty; fetch it again"):
        find_bundle("small", [tmp_path])
    (folder / name).unlink()
    usable, unusable = survey_bundles([tmp_path])
    assert usable == []
    assert [one.path for one in unusable] == [folder]
    assert f"{name} is missing" in unusable[0].sentence


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        json.dumps({"name": "x"}),
        json.dumps(CONFIG | {"threshold": 1.5}),
        json.dumps(CONFIG | {"threshold": "high"}),
        json.dumps(CONFIG | {"presence_threshold": -0.1}),
        json.dumps(CONFIG | {"max_words": 0}),
        json.dumps(CONFIG | {"model": 3}),
        "[" * 100_000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_a_configuration_that_lies_is_one_sentence(tmp_path: Path, text: str) -> None:
    folder = make_bundle(tmp_path / "small")
    (folder / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match=r"'small' cannot be used, for its config.json") as caught:
        find_bundle("small", [tmp_path])
    assert "\n" not in str(caught.value)
    assert list_bundles([tmp_path]) == []


def test_a_configuration_without_end_is_not_read(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "small")
    with (folder / "config.json").open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(BundleError, match="far too large"):
        find_bundle("small", [tmp_path])


def test_other_folders_are_no_bundles(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / ".staged-small").mkdir()
    (tmp_path / "readme.md").write_text("hello", encoding="utf-8")
    assert survey_bundles([tmp_path]) == ([], [])


def test_listing_needs_no_torch() -> None:
    script = (
        "import sys, refseg_annotator.inference.bundles, refseg_annotator.inference.predictor as p; p.FakePredictor()"
    )
    check = "; print(sorted({'torch', 'PySide6', 'cv2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script + check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_clips_are_followed_by_the_chosen_model_else_by_one_that_can(tmp_path: Path) -> None:
    make_bundle(tmp_path / "phrases")
    plain = find_bundle("phrases", [tmp_path])
    assert bundle_for_clips(plain, [tmp_path]) is None
    for name in ("follower", "zealot"):
        (make_bundle(tmp_path / name) / "cross_frame.safetensors").write_bytes(b"\0")
    follower, zealot = (find_bundle(name, [tmp_path]) for name in ("follower", "zealot"))
    assert bundle_for_clips(plain, [tmp_path]) == follower
    assert bundle_for_clips(zealot, [tmp_path]) == zealot
    assert bundle_for_clips(None, [tmp_path]) == follower


def test_phrases_are_read_by_who_was_chosen_else_by_one_for_photos_and_one_for_clips(tmp_path: Path) -> None:
    def read(chosen: str) -> list[str]:
        return [bundle_for_phrases(chosen, kind, [tmp_path]).name for kind in (MediumKind.IMAGE, MediumKind.VIDEO)]

    make_bundle(tmp_path / "other")
    with pytest.raises(BundleError, match="choose one of other"):
        read(settings.AUTOMATIC)
    make_bundle(tmp_path / DEFAULT_MODEL)
    assert read(settings.AUTOMATIC) == [DEFAULT_MODEL, DEFAULT_MODEL]
    (make_bundle(tmp_path / "a-follower") / "cross_frame.safetensors").write_bytes(b"\0")
    assert read(settings.AUTOMATIC) == [DEFAULT_MODEL, "a-follower"]
    assert read(DEFAULT_MODEL) == [DEFAULT_MODEL, DEFAULT_MODEL]
    assert read("other") == read(str(tmp_path / "other")) == ["other", "other"]
    (tmp_path / DEFAULT_MODEL / "cross_frame.safetensors").write_bytes(b"\0")
    assert read(settings.AUTOMATIC) == [DEFAULT_MODEL, DEFAULT_MODEL]
