"""The cross-frame part as a file: it comes back as it was, and refuses what it was not trained on."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import torch

from refseg_annotator.errors import BundleError
from refseg_annotator.nn.checkpoint import Bundle, load_bundle, read_config
from refseg_annotator.nn.clip_bundle import (
    CROSS_FRAME_FILE,
    Confidence,
    CrossFrameRecord,
    load_cross_frame,
    place_cross_frame,
    read_cross_frame_record,
    save_cross_frame,
)
from tests.nn.clip_bundles import write_bundle
from tests.nn.clip_parts import SMALL, clip_network, early_encoder


@pytest.fixture
def part(tmp_path: Path) -> Path:
    network = clip_network()
    record = CrossFrameRecord(
        early_encoder().fingerprint(),
        5,
        SMALL,
        {"data": "made", "notes": ["a note"]},
        confidence=Confidence(constant=-1.0, age=-0.5),
    )
    save_cross_frame(tmp_path / CROSS_FRAME_FILE, network, record)
    return tmp_path / CROSS_FRAME_FILE


def test_round_trip(part):
    loaded = load_cross_frame(part, early_encoder().encoder)
    assert loaded.record == read_cross_frame_record(part)
    assert loaded.record.config == SMALL
    for name, tensor in clip_network().state_dict().items():
        torch.testing.assert_close(loaded.network.state_dict()[name], tensor.half().float(), msg=name)
    assert not loaded.network.training
    assert [path.name for path in part.parent.iterdir()] == [CROSS_FRAME_FILE], "nothing half-written is left"


def test_another_encoder_is_refused(part):
    other = copy.deepcopy(early_encoder().encoder)
    with torch.no_grad():
        other.body.blocks[0].norm1.bias += 1
    with pytest.raises(BundleError, match="another image encoder"):
        load_cross_frame(part, other)


@pytest.mark.parametrize("content", [b"", b"no tensors at all", b"\x08\0\0\0\0\0\0\0{}      "])
def test_damaged_files_are_named(part, content):
    part.write_bytes(content)
    with pytest.raises(BundleError, match=CROSS_FRAME_FILE):
        load_cross_frame(part, early_encoder().encoder)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BundleError, match="missing or damaged"):
        read_cross_frame_record(tmp_path / CROSS_FRAME_FILE)


def test_weights_that_do_not_fit_the_record_are_refused(part):
    record = replace(read_cross_frame_record(part), config=replace(SMALL, value_width=16))
    save_cross_frame(part, clip_network(), record)
    with pytest.raises(BundleError, match="do not fit"):
        load_cross_frame(part, early_encoder().encoder)


def test_weights_that_are_no_numbers_are_not_written(tmp_path):
    network = clip_network()
    network.told.weight.data[0, 0] = torch.nan
    with pytest.raises(BundleError, match="not finite"):
        save_cross_frame(tmp_path / CROSS_FRAME_FILE, network, CrossFrameRecord("x", 1, SMALL))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def bundle(tmp_path: Path) -> tuple[Path, Bundle]:
    folder = write_bundle(tmp_path / "models" / "some")
    return folder, load_bundle(folder)


def test_a_bundle_takes_the_part_and_says_so(bundle, tmp_path):
    folder, loaded = bundle
    from refseg_annotator.nn.clip_features import EarlyEncoder

    record = CrossFrameRecord(EarlyEncoder(loaded.network.image_encoder).fingerprint(), 5, SMALL, {"data": "made"})
    save_cross_frame(tmp_path / "new.safetensors", clip_network(), record)
    for _ in range(2):  # placed twice, told once
        assert place_cross_frame(folder, tmp_path / "new.safetensors", loaded) == folder / CROSS_FRAME_FILE
    assert msgspec.convert(read_config(folder).cross_frame, CrossFrameRecord) == record
    assert json.loads((folder / "config.json").read_text())["name"] == loaded.config.name
    card = (folder / "card.md").read_text()
    assert card.startswith("# A card")
    assert card.count("Following masks through clips") == 1
    assert "data: made" in card
    assert load_cross_frame(folder / CROSS_FRAME_FILE, load_bundle(folder).network.image_encoder).record == record


def test_a_bundle_whose_configuration_was_broken_meanwhile_is_refused_in_a_sentence(bundle, tmp_path):
    folder, loaded = bundle
    from refseg_annotator.nn.clip_features import EarlyEncoder

    record = CrossFrameRecord(EarlyEncoder(loaded.network.image_encoder).fingerprint(), 5, SMALL)
    save_cross_frame(tmp_path / "new.safetensors", clip_network(), record)
    (folder / "config.json").write_text("{")
    with pytest.raises(BundleError, match=r"its config\.json is not as it should be"):
        place_cross_frame(folder, tmp_path / "new.safetensors", loaded)


def test_a_part_of_another_encoder_leaves_the_bundle_alone(bundle, part):
    folder, loaded = bundle
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(BundleError, match="another image encoder"):
        place_cross_frame(folder, part, loaded)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_bundle_without_the_part_says_nothing_of_it(bundle):
    assert read_config(bundle[0]).cross_frame == {}


def test_confidence_falls_with_every_frame_since_a_person_looked():
    assert Confidence().logit(1.5, 9) == 1.5
    doubting = Confidence(constant=-1.0, quality=0.5, age=-0.5)
    assert doubting.logit(2.0, 0) == pytest.approx(0.0)
    assert doubting.logit(2.0, 30) < doubting.logit(2.0, 3) < 0.0 < doubting.logit(3.0, 0)
