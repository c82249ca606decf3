"""`segment`: the record it prints, exactly, and what it writes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.cli.segment import ask
from refseg_annotator.errors import UsageError
from refseg_annotator.inference.predictor import FakePredictor

SQUARES = np.full((60, 90, 3), 200, np.uint8)
SQUARES[10:30, 5:35] = (220, 40, 40)
SQUARES[20:50, 60:80] = (40, 70, 220)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "squares.png"
    Image.fromarray(SQUARES).save(path)
    return path


@pytest.fixture
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verb runs with the fake model, whichever name is asked for."""
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: FakePredictor())


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["segment", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_the_record_is_as_documented(photo: Path, no_weights: None) -> None:
    status, out, _ = run(photo, "the red square", "--json")
    assert status == 0
    record = json.loads(out)
    assert list(record) == [
        "phrase",
        "plain",
        "unlike",
        "model",
        "device",
        "presence",
        "score",
        "box",
        "area",
        "mask",
        "ms",
    ]
    assert record["phrase"] == "the red square"
    assert record["plain"] == ""
    assert record["device"] == "cpu"
    assert record["box"] == [5, 10, 30, 20]
    assert record["area"] == 600
    assert record["mask"]["size"] == [60, 90]
    assert set(record["ms"]) == {"encode", "phrase"}
    decoded = coco_mask.decode({"size": record["mask"]["size"], "counts": record["mask"]["counts"].encode()})
    expected = np.zeros((60, 90), np.uint8)
    expected[10:30, 5:35] = 1
    assert np.array_equal(decoded, expected)


def test_mask_and_overlay_are_written(photo: Path, no_weights: None, tmp_path: Path) -> None:
    mask, overlay = tmp_path / "mask.png", tmp_path / "overlay.png"
    status, out, _ = run(photo, "the blue square", "-o", mask, "--overlay", overlay)
    assert status == 0
    assert str(mask) in out
    assert str(overlay) in out
    assert int((np.array(Image.open(mask)) > 0).sum()) == 600
    assert np.array(Image.open(overlay)).shape == SQUARES.shape


def test_a_phrase_that_fits_nothing_gives_an_empty_mask(photo: Path, no_weights: None, tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"
    status, out, _ = run(photo, "the green square", "-o", mask)
    assert status == 0
    assert "probably not in this picture" in out
    assert not np.array(Image.open(mask)).any()


def test_a_guess_is_kept_on_request() -> None:
    predictor = FakePredictor()
    refused = ask(predictor, SQUARES, "the green square")
    assert not refused.is_present
    assert refused.mask.is_empty
    guessed = ask(predictor, SQUARES, "the green square", guess=True)
    assert guessed.prediction.presence == refused.prediction.presence


@pytest.mark.parametrize("phrase", ["", "   ", "?!"])
def test_a_phrase_without_words_is_wrong_use(photo: Path, no_weights: None, phrase: str) -> None:
    status, out, err = run(photo, phrase, "--json")
    assert (status, out) == (2, "")
    assert "no word" in err
    with pytest.raises(UsageError):
        ask(FakePredictor(), SQUARES, phrase)


def test_unicode_survives_in_the_record(photo: Path, no_weights: None) -> None:
    phrase = "the red sqüare 犬 \u202e"
    status, out, _ = run(photo, phrase, "--json")
    assert status == 0
    assert out.isascii()
    assert json.loads(out)["phrase"] == phrase


def test_what_was_read_beside_the_phrase_is_told(
    photo: Path, no_weights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FakePredictor.predict
    monkeypatch.setattr(FakePredictor, "predict", lambda *given: replace(real(*given), plain="the red square"))
    _, out, _ = run(photo, "the red square with a white bib")
    assert 'also read it as "the red square"' in out
    _, out, _ = run(photo, "the red square with a white bib", "--json")
    assert json.loads(out)["plain"] == "the red square"


def test_a_colour_that_the_answer_hardly_has_is_told(
    photo: Path, no_weights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = run(photo, "the red square")
    assert "hardly" not in out
    real = FakePredictor.predict
    monkeypatch.setattr(FakePredictor, "predict", lambda *given: replace(real(*given), unlike="red"))
    _, out, _ = run(photo, "the red square")
    assert "hardly red" in out
    _, out, _ = run(photo, "the red square", "--json")
    assert json.loads(out)["unlike"] == "red"


def test_unknown_words_are_named(photo: Path, no_weights: None) -> None:
    status, out, _ = run(photo, "the red zeppelin")
    assert status == 0
    assert "zeppelin" in out


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.jpg", None), ("empty.jpg", b""), ("text.jpg", b"no picture at all"), ("half.png", "half")],
)
def test_bad_pictures_are_one_sentence(
    tmp_path: Path, photo: Path, no_weights: None, name: str, content: bytes | str | None
) -> None:
    path = tmp_path / name
    if content == "half":
        path.write_bytes(photo.read_bytes()[: photo.stat().st_size // 2])
    elif isinstance(content, bytes):
        path.write_bytes(content)
    status, out, err = run(path, "the dog")
    assert (status, out) == (1, "")
    assert name in err
    assert len(err.splitlines()) == 1


def test_an_unknown_model_is_one_sentence_that_lists_the_known(photo: Path) -> None:
    status, out, err = run(photo, "the dog", "--model", "no-such-model")
    assert (status, out) == (1, "")
    assert "no-such-model" in err
    assert len(err.splitlines()) == 1


def test_wrong_use_is_status_2(photo: Path) -> None:
    assert run()[0] == 2
    assert run(photo)[0] == 2
    assert run(photo, "the dog", "--device", "tpu")[0] == 2


@pytest.mark.parametrize("option", ["-o", "--overlay"])
def test_the_picture_itself_is_never_written_over(photo: Path, no_weights: None, option: str) -> None:
    before = photo.read_bytes()
    link = photo.with_name("link.png")
    link.symlink_to(photo)
    for place in (photo, photo.parent / "." / photo.name, link):
        status, out, error = run(photo, "the red square", option, place)
        assert status == 2
        assert out == ""
        assert error.strip() == f"{place} is the picture itself and would be lost; choose another name to write to."
    assert photo.read_bytes() == before
    assert link.is_symlink()


def test_where_it_writes_is_checked_before_the_model_is_loaded(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(name: str | None, device: str | None) -> FakePredictor:
        raise AssertionError("the model was loaded for nothing")

    monkeypatch.setattr(loading, "load_named_predictor", never)
    place = tmp_path / "none" / "mask.png"
    status, _, error = run(photo, "the red square", "-o", place)
    assert status == 2
    assert error.strip() == f"The folder {place.parent} does not exist; make it first, or choose another place."
    status, _, error = run(photo, "the red square", "-o", tmp_path / "a.png", "--overlay", tmp_path / "a.png")
    assert status == 2
    assert error.strip().endswith("a.png is named twice; choose another name for one of the two.")


def test_a_folder_is_no_picture_even_if_it_holds_one(photo: Path, no_weights: None) -> None:
    status, _, error = run(photo.parent, "the red square")
    assert status == 1
    assert error.strip() == (
        f"{photo.parent} is a folder; segment reads single pictures, batch is the verb for a folder of them."
    )
