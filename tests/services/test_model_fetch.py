"""Models from elsewhere: looked into, shown with their licence, in place whole or not at all."""

from __future__ import annotations

import json
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator import settings
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import find_bundle, survey_bundles
from refseg_annotator.services import model_fetch, model_package
from refseg_annotator.services.model_download import sha256_of
from refseg_annotator.services.model_fetch import (
    FetchingWork,
    StagedModel,
    accepted_record,
    discard,
    install,
    is_own,
    locate,
    remove,
)
from refseg_annotator.services.model_package import check_weights, pack
from tests.services.bad_server import Page, serving
from tests.services.small_bundles import files_of, write_folder, write_zip


class Quiet:
    cancelled = False

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Nobody looks."""


def stage(words: str, *, sha256: str | None = None, name: str | None = None) -> StagedModel:
    (staged,) = FetchingWork(locate(words, sha256=sha256), name=name)(Quiet())
    return staged


def left_behind() -> list[str]:
    folder = settings.user_models_folder()
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("write", [write_folder, write_zip, lambda path: write_zip(path, inside="")])
def test_a_model_from_a_file_is_installed_once_its_licence_is_accepted(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    staged = stage(str(write(tmp_path / "m.zip")))
    assert (staged.name, staged.licence) == ("tiny", "CC-BY-4.0")
    assert survey_bundles([settings.user_models_folder()]) == ([], [])
    with pytest.raises(BundleError, match=r"under the licence CC-BY-4\.0"):
        install(staged, accepted=False)
    bundle = install(staged, accepted=True)
    assert bundle.path == settings.user_models_folder() / "tiny"
    assert find_bundle("tiny").config.summary == "A model for tests."
    assert is_own(bundle)
    record = accepted_record(bundle)
    assert record is not None
    assert (record["licence"], record["sha256"]) == ("CC-BY-4.0", staged.sha256)
    assert left_behind() == ["tiny"]


def test_a_model_from_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    package = write_zip(tmp_path / "m.zip")
    with serving() as server:
        server.pages["/m.zip"] = Page(package.read_bytes(), drops=[300, 10])
        staged = stage(server.url("/m.zip"), sha256=sha256_of(package))
    assert install(staged, accepted=True).config.name == "tiny"
    assert left_behind() == ["tiny"]


def test_a_name_of_the_catalogue_brings_its_checksum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    package = write_zip(tmp_path / "m.zip")
    folder = settings.user_models_folder()
    folder.mkdir(parents=True)
    with serving() as server:
        server.pages["/m.zip"] = Page(package.read_bytes())
        entry = {
            "name": "tiny",
            "url": server.url("/m.zip"),
            "sha256": sha256_of(package),
            "bytes": package.stat().st_size,
            "licence": "CC-BY-4.0",
            "summary": "A model for tests.",
        }
        (folder / "models.json").write_text(json.dumps({"models": [entry]}))
        staged = stage("tiny")
    discard(staged)
    with pytest.raises(BundleError, match="known by name: tiny"):
        locate("tinny")
    (folder / "models.json").write_text("{")
    with pytest.raises(BundleError, match="mend or remove it"):
        locate("tinny")


def test_what_is_none_of_these_is_told(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="neither a file nor a model"):
        locate(str(tmp_path / "nothing"))
    with pytest.raises(BundleError, match="no SHA-256"):
        locate("x", sha256="12")


def test_a_declined_model_leaves_nothing(tmp_path: Path) -> None:
    discard(stage(str(write_zip(tmp_path / "m.zip"))))
    assert left_behind() == []


def test_names_taken_are_not_given_again(tmp_path: Path) -> None:
    package = str(write_zip(tmp_path / "m.zip"))
    install(stage(package), accepted=True)
    second = stage(package)
    with pytest.raises(BundleError, match="already"):
        install(second, accepted=True)
    newer = stage(str(write_zip(tmp_path / "n.zip", files_of(version="2.0"))))
    assert install(newer, accepted=True, replace=True).config.version == "2.0"
    install(stage(package, name="other"), accepted=True)
    discard(second)
    assert left_behind() == ["other", "tiny"]
    shipped = stage(str(write_zip(tmp_path / "o.zip", files_of(name="cmsa-lite"))))
    with pytest.raises(BundleError, match="came with the program"):
        install(shipped, accepted=True)
    discard(shipped)


def test_a_replacement_that_fails_leaves_the_former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = str(write_zip(tmp_path / "m.zip"))
    install(stage(package), accepted=True)
    newer = stage(str(write_zip(tmp_path / "n.zip", files_of(version="2.0"))))
    move = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "bundle":
            raise OSError(5, "Input/output error")
        return move(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(BundleError, match="The disk refuses"):
            install(newer, accepted=True, replace=True)
    assert find_bundle("tiny", [settings.user_models_folder()]).config.version == "1.0"


def test_no_model_is_called_by_the_word_for_none_chosen(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="'auto' means that no model is chosen"):
        stage(str(write_zip(tmp_path / "m.zip", files_of(name=settings.AUTOMATIC))))
    assert left_behind() == []


def test_own_models_can_be_removed_and_shipped_ones_not(tmp_path: Path) -> None:
    install(stage(str(write_zip(tmp_path / "m.zip"))), accepted=True)
    remove("tiny")
    assert left_behind() == []
    with pytest.raises(BundleError, match="came with the program"):
        remove("cmsa-lite")
    with pytest.raises(BundleError, match="There is no model"):
        remove("tiny")


def test_what_is_packed_can_be_fetched_and_is_the_same_everywhere(tmp_path: Path) -> None:
    bundle = install(stage(str(write_folder(tmp_path / "made"))), accepted=True)
    first, second = pack(bundle, tmp_path / "a.zip"), pack(bundle, tmp_path / "b.zip")
    assert first == second == sha256_of(tmp_path / "a.zip")
    with pytest.raises(BundleError, match="exists already"):
        pack(bundle, tmp_path / "a.zip")
    remove("tiny")
    install(stage(str(tmp_path / "a.zip"), sha256=first), accepted=True)
    for name, data in files_of().items():
        assert (bundle.path / name).read_bytes() == data
    with pytest.raises(BundleError, match="another SHA-256"):
        stage(str(tmp_path / "a.zip"), sha256="0" * 64)


# --- hostile ---------------------------------------------------------------------------------------------------------


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("trapped",)


@pytest.mark.parametrize("suffix", [".pt", ".pth", ".ckpt", ".bin", ".pkl"])
def test_a_pickled_checkpoint_is_refused_unread(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"model{suffix}"
    file.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(BundleError, match="can run anything"):
        stage(str(file))
    with pytest.raises(BundleError, match="no part of a model"):
        stage(str(write_zip(tmp_path / "m.zip", {**files_of(), f"model{suffix}": pickle.dumps(Trap())})))
    assert not (tmp_path / "trapped").exists()
    assert left_behind() == []


@pytest.mark.parametrize(
    "inside",
    ["../", "../../", "/", "/etc/", "a/b/", "C:\\", "..\\"],
    ids=["up", "up up", "root", "etc", "deep", "c", "b"],
)
def test_names_that_lead_away_are_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(BundleError, match=r"no part of a model|is no model"):
        stage(str(write_zip(tmp_path / "m.zip", inside=inside)))
    assert left_behind() == []


@pytest.mark.parametrize("bent", ["a name without a letter", "a member that lies nowhere"])
def test_a_directory_of_a_zip_that_lies_is_told(tmp_path: Path, bent: str) -> None:
    data = bytearray(write_zip(tmp_path / "m.zip").read_bytes())
    entry = data.index(b"PK\x01\x02")
    if bent == "a name without a letter":
        data[entry + 28 : entry + 30] = b"\0\0"  # the length of the name
        data[entry + 30 : entry + 32] = struct.pack("<H", len("tiny/config.json"))  # what follows is its extra field
    else:
        data[entry + 42 : entry + 46] = b"\xf0\xff\xff\xff"  # where the member begins
    (tmp_path / "m.zip").write_bytes(data)
    with pytest.raises(BundleError, match=r"m\.zip") as told:
        stage(str(tmp_path / "m.zip"))
    assert "disk refuses" not in str(told.value)
    assert left_behind() == []


def test_a_link_in_a_zip_becomes_a_file_and_no_link(tmp_path: Path) -> None:
    package = tmp_path / "m.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in files_of().items():
            entry = zipfile.ZipInfo(name)
            if name == "card.md":
                entry.external_attr = 0o120777 << 16
            archive.writestr(entry, b"/etc/passwd" if name == "card.md" else data)
    staged = stage(str(package))
    assert staged.bundle.card == "/etc/passwd"
    assert not (staged.bundle.path / "card.md").is_symlink()
    discard(staged)


def test_a_bomb_is_cut_short(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="larger than"):
        stage(str(write_zip(tmp_path / "m.zip", {**files_of(), "card.md": bytes(5 << 20)})))
    assert left_behind() == []


def test_a_size_that_lies_does_not_open_the_door(tmp_path: Path) -> None:
    package = write_zip(tmp_path / "m.zip", {**files_of(), "card.md": bytes(6 << 20)})
    data = package.read_bytes()
    told, lie = struct.pack("<I", 6 << 20), struct.pack("<I", 10)
    assert data.count(told) >= 2
    package.write_bytes(data.replace(told, lie))
    with pytest.raises(BundleError):
        stage(str(package))
    assert left_behind() == []


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", "-x", "x" * 65, "a\x00b", "a.", "con/..", "ä"])
def test_names_that_are_no_folders_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BundleError, match="name of a model"):
        stage(str(write_zip(tmp_path / "m.zip", files_of(name=name))))
    assert left_behind() == []


HEADER = b'{"a":{"dtype":"F32","shape":[6],"data_offsets":[0,24]}}'


def safetensors(header: bytes, data: bytes = bytes(24), *, length: int | None = None) -> bytes:
    return struct.pack("<Q", len(header) if length is None else length) + header + data


@pytest.mark.parametrize(
    "weights",
    [
        b"",
        b"12345",
        pickle.dumps(Trap()),
        safetensors(HEADER, length=1 << 62),
        safetensors(HEADER, length=0),
        safetensors(HEADER, length=len(HEADER) + 8),
        safetensors(HEADER, bytes(23)),
        safetensors(HEADER, bytes(25)),
        safetensors(b'{"a":{"dtype":"F32","shape":[6],"data_offsets":[4,24]}}'),
        safetensors(b'{"a":{"data_offsets":[0,24]},"b":{"data_offsets":[8,24]}}'),
        safetensors(b'{"a":{"data_offsets":[0,-1]}}'),
        safetensors(b'{"a":{"data_offsets":[0,1e400]}}'),
        safetensors(b'{"a":{"data_offsets":[0]}}'),
        safetensors(b'{"a":{}}'),
        safetensors(b"[" * 5000 + b"]" * 5000),
        safetensors(b'{"a":' + b'{"a":' * 4000 + b"1" + b"}" * 4001),
    ],
)
def test_weights_that_lie_are_refused(tmp_path: Path, weights: bytes) -> None:
    file = tmp_path / "w"
    file.write_bytes(weights)
    with pytest.raises(BundleError):
        check_weights(file, shown="w")
    with pytest.raises(BundleError):
        stage(str(write_zip(tmp_path / "m.zip", {**files_of(), "weights.safetensors": weights})))
    assert left_behind() == []


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"PK\x05\x06" + bytes(18), b"\x80\x04N.", b"<html>404</html>"]
)
def test_what_is_no_zip_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.zip").write_bytes(data)
    with pytest.raises(BundleError, match=r"no zip|lacks"):
        stage(str(tmp_path / "m.zip"))


def test_a_zip_cut_off_or_bent_anywhere_is_a_sentence_or_the_same_model(tmp_path: Path) -> None:
    import random

    dice = random.Random(5)
    whole = write_zip(tmp_path / "m.zip").read_bytes()
    sentences: list[str] = []
    for _ in range(120):
        data = bytearray(whole)
        if dice.random() < 0.4:
            del data[dice.randrange(len(data)) :]
        for _ in range(dice.randint(1, 4)):
            if data:
                data[dice.randrange(len(data))] = dice.randrange(256)
        (tmp_path / "m.zip").write_bytes(data)
        try:
            staged = stage(str(tmp_path / "m.zip"))
        except BundleError as error:
            sentences.append(str(error))
        else:
            discard(staged)
    assert len(sentences) > 60
    assert not any("\n" in sentence for sentence in sentences)
    assert left_behind() == []


def test_the_part_for_clips_travels_along_and_is_looked_into(tmp_path: Path) -> None:
    files = files_of() | {"cross_frame.safetensors": safetensors(HEADER)}
    bundle = install(stage(str(write_zip(tmp_path / "m.zip", files))), accepted=True)
    assert (bundle.path / "cross_frame.safetensors").read_bytes() == safetensors(HEADER)
    pack(bundle, tmp_path / "p.zip")
    assert "tiny/cross_frame.safetensors" in zipfile.ZipFile(tmp_path / "p.zip").namelist()
    files["cross_frame.safetensors"] = safetensors(HEADER, bytes(25))
    with pytest.raises(BundleError, match="something behind"):
        stage(str(write_zip(tmp_path / "n.zip", files)))


def test_limits_are_those_of_the_loader() -> None:
    from refseg_annotator.nn import bundle_part, checkpoint, clip_bundle

    assert model_package.CROSS_FRAME_FILE == clip_bundle.CROSS_FRAME_FILE
    assert model_package._LARGEST["cross_frame.safetensors"] == bundle_part.LARGEST_PART
    assert model_package._LARGEST["clicks.safetensors"] == bundle_part.LARGEST_PART
    assert model_package._LARGEST["weights.safetensors"] == checkpoint._LARGEST_WEIGHTS
    assert model_fetch.ACCEPTED_FILE not in model_package.FILES
