"""What is saved answers the same when loaded; whatever is wrong with a bundle is one sentence; none is half there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import list_bundles, read_bundle
from refseg_annotator.nn import checkpoint
from refseg_annotator.nn.checkpoint import BundleConfig, load_bundle, read_config, save_bundle
from refseg_annotator.nn.model import CMSANetwork, parameter_count
from refseg_annotator.nn.registry import build
from refseg_annotator.text import Vocabulary
from tests.nn.builders import VOCABULARY_SIZE, gap, small

VOCABULARY = Vocabulary.of([f"word{number}" for number in range(2, VOCABULARY_SIZE)])
IDS = torch.tensor([[[2, 3, 9], [5, 0, 0]]])


@cache
def network_of(name: str) -> CMSANetwork:
    torch.manual_seed(0)
    network = build(small(name)).eval()
    with torch.no_grad():
        network.text_encoder.vectors.normal_()
    return network


def config_of(name: str, network: CMSANetwork) -> BundleConfig:
    return BundleConfig(
        name=name,
        version="1",
        licence="Apache-2.0",
        summary="A small one.",
        model=small(name),
        preprocessing={"size": small(name).image_size},
        threshold=0.45,
        presence_threshold=0.6,
        max_words=20,
        parameters=parameter_count(network),
        calibration={"presence_temperature": 2.0, "presence_bias": -0.5},
        training={"recipe": {"steps": 3}},
        scores={"mIoU": 0.5},
    )


def write(folder: Path, name: str = "tile-lite", **changes: Any) -> Path:
    network = network_of(name)
    config = replace(config_of(name, network), **changes)
    save_bundle(folder, network=network, vocabulary=VOCABULARY, config=config, card="# Small\n")
    return folder


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("bundles") / "small")


@pytest.fixture
def bundle(written: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(written, tmp_path / "small"))


# --- there and back ---------------------------------------------------------------------------------------------------


@torch.inference_mode()
@pytest.mark.parametrize("name", ["cmsa-lite", "tile-lite"])
def test_what_is_saved_answers_the_same(tmp_path: Path, name: str) -> None:
    with torch.inference_mode(False):
        network = network_of(name)
        config = config_of(name, network)
        save_bundle(tmp_path / name, network=network, vocabulary=VOCABULARY, config=config, card="# Small\n")
        loaded = load_bundle(tmp_path / name)
    assert loaded.config == config
    assert loaded.tokenizer.vocabulary == VOCABULARY
    assert loaded.tokenizer.max_words == 20
    assert not loaded.network.training
    images = torch.rand(1, 3, 64, 64) * 255
    for one, other in zip(network(images, IDS)[:4], loaded.network(images, IDS)[:4], strict=True):
        assert other.dtype == torch.float32
        assert gap(one, other) < 0.02  # fp16 in the file


def test_weights_are_half_precision_in_the_file_and_the_card_lies_beside(written: Path) -> None:
    state = load_file(written / "weights.safetensors")
    assert {tensor.dtype for tensor in state.values() if tensor.is_floating_point()} == {torch.float16}
    assert sorted(path.name for path in written.iterdir()) == [
        "card.md",
        "config.json",
        "vocabulary.txt",
        "weights.safetensors",
    ]
    assert (written / "card.md").read_text() == "# Small\n"


def test_the_list_of_bundles_reads_the_same_folder(written: Path) -> None:
    info = read_bundle(written)
    assert (info.config.threshold, info.config.presence_threshold, info.config.max_words) == (0.45, 0.6, 20)
    assert info.config.model["fusion"] == "tile"
    assert [one.name for one in list_bundles([written.parent])] == ["small"]


def test_a_number_beyond_half_precision_is_kept(tmp_path: Path) -> None:
    network = deepcopy(network_of("tile-lite"))
    with torch.no_grad():
        network.presence_head.judge[0].bias[0] = 1e6
    config = config_of("tile-lite", network)
    save_bundle(tmp_path / "large", network=network, vocabulary=VOCABULARY, config=config, card="")
    assert load_bundle(tmp_path / "large").network.presence_head.judge[0].bias[0].item() == 1e6


# --- never half there -------------------------------------------------------------------------------------------------


def folders(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_a_bundle_is_replaced_whole_and_leaves_nothing_behind(bundle: Path) -> None:
    (bundle / "notes.txt").write_text("of the old one")
    write(bundle, summary="The second.")
    assert folders(bundle.parent) == ["small"]
    assert not (bundle / "notes.txt").exists()
    assert load_bundle(bundle).config.summary == "The second."


@pytest.mark.parametrize("stage", ["weights", "vocabulary", "config"])
def test_a_disk_that_fails_midway_leaves_the_old_bundle(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    seen: list[list[str]] = []

    def fails(*_: Any, **__: Any) -> None:
        seen.append([info.name for info in list_bundles([bundle.parent])])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        if stage == "weights":
            patch.setattr(checkpoint, "save_file", fails)
        elif stage == "vocabulary":
            patch.setattr(Vocabulary, "save", fails)
        else:
            patch.setattr(Path, "write_bytes", fails)
        with pytest.raises(
            BundleError, match=r"'.*small' cannot be written \(.*No space left.*\); free space"
        ) as caught:
            write(bundle, summary="The second.")
    assert isinstance(caught.value.__cause__, OSError)
    assert seen == [["small"]]
    assert folders(bundle.parent) == ["small"]
    assert load_bundle(bundle).config.summary == "A small one."


def test_a_first_bundle_that_fails_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Vocabulary, "save", fails)
    with pytest.raises(BundleError, match="cannot be written"):
        write(tmp_path / "models" / "small")
    assert folders(tmp_path / "models") == []


def test_the_old_bundle_comes_back_when_the_new_cannot_take_its_place(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Path.replace

    def replace_once(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(16, "Device or resource busy")
        return moved(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_once)
        with pytest.raises(BundleError, match="cannot be written"):
            write(bundle, summary="The second.")
    assert load_bundle(bundle).config.summary == "A small one."
    assert folders(bundle.parent) == ["small"]


def test_weights_that_are_no_numbers_are_not_written(tmp_path: Path) -> None:
    network = deepcopy(network_of("tile-lite"))
    with torch.no_grad():
        network.fusions[1].mix.bias[3] = float("nan")
    with pytest.raises(BundleError, match=r"'fusions.1.mix.bias' hold numbers that are not finite"):
        save_bundle(
            tmp_path / "x", network=network, vocabulary=VOCABULARY, config=config_of("tile-lite", network), card=""
        )
    assert folders(tmp_path) == []


# --- strictness -------------------------------------------------------------------------------------------------------


def refused(folder: Path, says: str) -> None:
    with pytest.raises(BundleError, match=says) as caught:
        load_bundle(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "small" in sentence
    assert "again" in sentence or "anew" in sentence
    assert len(sentence) < 600


def edit_config(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "config.json"
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("config.json", "its config.json cannot be read"),
        ("vocabulary.txt", "vocabulary .* cannot be read"),
        ("weights.safetensors", "missing or damaged"),
    ],
)
def test_a_missing_file(bundle: Path, name: str, says: str) -> None:
    (bundle / name).unlink()
    refused(bundle, says)


def test_a_bundle_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "small", "its config.json cannot be read")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_truncated_weights(bundle: Path, share: float) -> None:
    path = bundle / "weights.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refused(bundle, "weights .* are missing or damaged")


def test_weights_that_are_something_else(bundle: Path) -> None:
    (bundle / "weights.safetensors").write_bytes(b"PK\x03\x04" + b"\0" * 5000)
    refused(bundle, "missing or damaged")


def test_weights_without_end_are_not_read(bundle: Path) -> None:
    with (bundle / "weights.safetensors").open("wb") as file:
        file.truncate(3 << 30)
    refused(bundle, "larger than any bundle")


def change_weights(folder: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    path = folder / "weights.safetensors"
    state = load_file(path)
    change(state)
    save_file(state, path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda state: state.pop("fusions.0.mix.bias"), "'fusions.0.mix.bias' is missing"),
        (lambda state: state.update(more=torch.zeros(3)), "'more' is one too many"),
        (
            lambda state: state.update({"fusions.0.mix.bias": torch.zeros(7)}),
            "'fusions.0.mix.bias' is 7 where 128 is needed",
        ),
        (
            lambda state: state.update({"fusions.0.mix.bias": torch.zeros(128, dtype=torch.int64)}),
            "'fusions.0.mix.bias' is of another kind of number",
        ),
    ],
)
def test_weights_that_do_not_fit(bundle: Path, change: Callable[[dict[str, torch.Tensor]], object], says: str) -> None:
    change_weights(bundle, change)
    refused(bundle, rf"weights of .* do not fit its configuration \({says}\)")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers(bundle: Path, value: float) -> None:
    change_weights(bundle, lambda state: state["fusions.2.mix.weight"].view(-1)[5].fill_(value))
    refused(bundle, "hold numbers that are not finite")


def test_a_vocabulary_of_another_length(bundle: Path) -> None:
    Vocabulary.of(["one", "two"]).save(bundle / "vocabulary.txt")
    refused(bundle, "has 4 words where its configuration says 12")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"name": "x"}',
        "[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_configuration_that_is_none(bundle: Path, text: str | bytes) -> None:
    (bundle / "config.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    refused(bundle, "its config.json (is not as it should be|cannot be read)")


def test_a_configuration_without_end_is_not_read(bundle: Path) -> None:
    with (bundle / "config.json").open("wb") as file:
        file.truncate(1 << 33)
    refused(bundle, "its config.json is far too large")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: c["model"].update(image_size=10**9), "image_size is 1000000000"),
        (lambda c: c["model"].update(word_width=10**6), "word_width"),
        (lambda c: c["model"].update(image_encoder="resnet9000"), "resnet9000"),
        (lambda c: c["model"].update(max_words=0), "max_words is 0"),
        (lambda c: c["model"]["detail"].update(layers=10**8), "detail.layers"),
        (lambda c: c["model"]["detail"].update(grid=[10**5, 10**5]), "detail.grid.0"),
        (lambda c: c["model"]["detail"].update(hidden=-4), "detail.hidden is -4"),
        (lambda c: c["model"]["levels"].pop(), "levels"),
        (lambda c: c["model"]["levels"][1].update(heads=0), "levels.1.heads is 0"),
        (lambda c: c["model"].update(trained_words=10**6), "trained_words"),
        (lambda c: c["model"].update(vocabulary_size="many"), "vocabulary_size"),
        (lambda c: c.update(threshold=1.5), "threshold is 1.5"),
        (lambda c: c.update(presence_threshold=-0.1), "presence_threshold is -0.1"),
        (lambda c: c.update(max_words=21), r"max_words is 21 where the network reads 1\.\.20"),
        (lambda c: c["calibration"].update(presence_temperature=0), "presence_temperature is 0"),
        (lambda c: c["calibration"].update(quality_temperature=-1), "quality_temperature is -1"),
        (lambda c: c.pop("threshold"), "threshold"),
    ],
)
def test_a_configuration_of_hostile_or_wrong_sizes(
    bundle: Path, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    edit_config(bundle, change)
    refused(bundle, rf"its config.json is not as it should be .*{says}")


def test_large_sizes_that_the_weights_do_not_have_cost_no_memory(tmp_path: Path) -> None:
    bundle = write(tmp_path / "small", "cmsa-lite")  # whose decoder has the sizes

    # Every size alone is allowed; together they would be hundreds of gigabytes.
    def grow(c: dict[str, Any]) -> None:
        c["model"]["detail"].update(hidden=16384, grid=[512, 512], step_widths=[16384, 16384], layers=32)

    edit_config(bundle, grow)
    refused(bundle, "weights of .* do not fit its configuration")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda c: c.update(treshold=0.5), "treshold"),
        (lambda c: c["model"].update(dropout=0.5), "model.dropout"),
        (lambda c: c["model"]["detail"].update(scale=2), "model.detail.scale"),
        (lambda c: c["model"]["levels"][2].update(head=2), "model.levels.2.head"),
    ],
)
def test_unknown_keys(bundle: Path, change: Callable[[dict[str, Any]], object], key: str) -> None:
    edit_config(bundle, change)
    refused(bundle, rf"sets '{key}', which this version does not know")


def test_free_records_may_hold_anything(bundle: Path) -> None:
    def more(c: dict[str, Any]) -> None:
        c["scores"]["by_kind"] = {"colour": {"mIoU": 0.5}}
        c["training"]["anything"] = [1, {"x": None}]
        c["preprocessing"]["pad"] = 3
        c["calibration"]["presence_ece"] = 0.01

    edit_config(bundle, more)
    assert read_config(bundle).calibration["presence_ece"] == 0.01
    load_bundle(bundle)


def test_nothing_in_a_bundle_is_executed(bundle: Path) -> None:
    # A pickle in place of the weights, as other tools write them, is refused and never unpickled.
    torch.save({"fusions.0.mix.bias": torch.zeros(3)}, bundle / "weights.safetensors")
    refused(bundle, "missing or damaged")
