"""Clicks: where they are seen, what the network makes of them, and the part of a bundle that carries it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from refseg_annotator.bundle_files import CARD_FILE, CLICKS_FILE
from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import BundleError
from refseg_annotator.nn.checkpoint import load_bundle, read_config
from refseg_annotator.nn.click_bundle import ClickRecord, encoder_fingerprint, load_clicks, place_clicks, save_clicks
from refseg_annotator.nn.click_network import ClickConfig, ClickNetwork, ClickPlaces, click_grid, click_maps
from refseg_annotator.nn.image_encoder import FeatureMaps
from tests.nn.clip_bundles import write_bundle

SMALL = ClickConfig(inputs=(6, 8, 10), width=16, dilations=(1, 2), fine=1)
GRID = Size(12, 8)


def features(batch: int = 2, seed: int = 0) -> FeatureMaps:
    """Of pictures of 96 x 64 pixels, the levels at stride 16."""
    chance = torch.Generator().manual_seed(seed)

    def some(width: int, height: int, columns: int) -> torch.Tensor:
        return torch.randn(batch, width, height, columns, generator=chance)

    return FeatureMaps((some(4, 4, 6), some(8, 4, 6), some(10, 4, 6)), (some(6, 8, 12), some(3, 16, 24)))


def network() -> ClickNetwork:
    torch.manual_seed(1)
    made = ClickNetwork(SMALL)
    torch.nn.init.normal_(made.head.weight, std=0.1)  # it starts at zero, where nothing has a gradient
    for block in (*made.blocks, *made.fine):
        torch.nn.init.normal_(block.narrow.weight, std=0.1)
    return made


def maps_of(*places: ClickPlaces, before: np.ndarray | None = None) -> torch.Tensor:
    return torch.from_numpy(np.stack([click_maps(GRID, one, before) for one in places]))


def test_a_click_is_seen_where_it_is_and_the_box_to_the_cell() -> None:
    maps = click_maps(GRID, ClickPlaces([(3.5, 2.5)], [(9.2, 6.9), (1.0, 1.0)], (2.0, 1.0, 6.4, 3.6)))
    assert maps.shape == (4, 8, 12)
    assert np.unravel_index(maps[0].argmax(), GRID.shape) == (2, 3)
    assert maps[0].max() == 1
    assert np.unravel_index(maps[1].argmax(), GRID.shape) == (6, 9)
    assert maps[1, 0, 0] == maps[1, 1, 1] > 0.7
    assert not maps[2].any()
    assert maps[3].sum() == 4 * 3
    assert maps[3, 1:4, 2:6].all()


def test_a_box_thinner_than_a_cell_is_seen_all_the_same() -> None:
    assert click_maps(GRID, ClickPlaces(box=(4.1, 3.1, 4.2, 3.2)))[3].sum() == 1


def test_the_grid_covers_the_canvas() -> None:
    assert click_grid(Size(544, 352)) == Size(68, 44)
    assert click_grid(Size(322, 322)) == Size(41, 41)


def test_shapes_are_finite_and_every_parameter_learns() -> None:
    made = network()
    before = np.zeros(GRID.shape, np.float32)
    before[2:5, 3:8] = 1
    logits = made(made.prepare(features()), maps_of(ClickPlaces([(3, 2)]), ClickPlaces([], [(8, 3)]), before=before))
    assert logits.shape == (2, 1, 8, 12)
    assert torch.isfinite(logits).all()
    logits.square().sum().backward()
    without = [name for name, one in made.named_parameters() if one.grad is None or not one.grad.abs().sum() > 0]
    assert without == []


@pytest.mark.parametrize("places", [ClickPlaces(), ClickPlaces([(0, 0)]), ClickPlaces(box=(0, 0, 12, 8))])
def test_whatever_was_pointed_at_the_answer_has_numbers(places: ClickPlaces) -> None:
    made = network().eval()
    with torch.inference_mode():
        assert torch.isfinite(made(made.prepare(features(1)), maps_of(places))).all()


def test_what_no_click_speaks_against_stays() -> None:
    made = ClickNetwork(SMALL).eval()  # untrained, its head says nothing
    before = np.zeros(GRID.shape, np.float32)
    before[2:5, 3:8] = 1
    with torch.inference_mode():
        logits = made(made.prepare(features(1)), maps_of(ClickPlaces([(4, 3)]), before=before))
        nothing = made(made.prepare(features(1)), maps_of(ClickPlaces([(4, 3)])))
    assert ((logits[0, 0].numpy() > 0) == (before > 0)).all()
    assert not nothing.any()


def test_one_answer_does_not_hang_on_the_others_of_its_batch() -> None:
    made = network().eval()
    places = ClickPlaces([(3, 2)]), ClickPlaces([(9, 6)], [(2, 2)])
    with torch.inference_mode():
        both = made(made.prepare(features()), maps_of(*places))
        second = FeatureMaps(*(tuple(part[1:] for part in parts) for parts in features()))
        alone = made(made.prepare(second), maps_of(places[1]))
    assert torch.allclose(both[1:], alone, atol=1e-5)


# --- the part of a bundle --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that carries an untrained part."""
    folder = write_bundle(tmp_path_factory.mktemp("models") / "some", "cmsa-lite")
    loaded = load_bundle(folder)
    source = folder.parent / "part.safetensors"
    told = {"data": "squares", "notes": ["Clicked on by a test."]}
    record = ClickRecord(encoder_fingerprint(loaded.network.image_encoder), 7, SMALL, told, {"mIoU": 0.5})
    save_clicks(source, ClickNetwork(SMALL), record)
    place_clicks(folder, source, loaded)
    return folder


@pytest.fixture
def folder(bundle: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(bundle, tmp_path / "some"))


def test_a_bundle_keeps_the_part_its_record_and_a_section_of_the_card(folder: Path) -> None:
    encoder = load_bundle(folder).network.image_encoder
    assert load_clicks(folder / CLICKS_FILE, encoder).config == SMALL
    assert read_config(folder).clicks["scores"] == {"mIoU": 0.5}
    card = (folder / CARD_FILE).read_text()
    assert card.startswith("# A card\n")
    assert "- Clicked on by a test.\n- mIoU: 0.5\n" in card


def test_placed_again_the_card_says_it_once_and_keeps_what_follows(folder: Path) -> None:
    card = folder / CARD_FILE
    card.write_text(card.read_text() + "\n## Something else\n\nstays\n")
    loaded = load_bundle(folder)
    place_clicks(folder, folder / CLICKS_FILE, loaded)
    text = card.read_text()
    assert text.count("## Finding what clicks are on") == 1
    assert text.endswith("## Something else\n\nstays\n")


def test_a_part_of_another_encoder_is_refused_in_a_sentence(folder: Path) -> None:
    encoder = load_bundle(folder).network.image_encoder
    with torch.no_grad():
        next(iter(encoder.parameters())).add_(1)
    with pytest.raises(BundleError, match=r"click part .* another image encoder"):
        load_clicks(folder / CLICKS_FILE, encoder)


@pytest.mark.parametrize("content", [b"", b"no tensors at all"])
def test_a_damaged_part_is_refused_in_a_sentence(folder: Path, content: bytes) -> None:
    (folder / CLICKS_FILE).write_bytes(content)
    with pytest.raises(BundleError, match=r"click part .* missing or damaged"):
        load_clicks(folder / CLICKS_FILE, load_bundle(folder).network.image_encoder)


def test_weights_of_another_shape_than_told_are_refused(folder: Path) -> None:
    encoder = load_bundle(folder).network.image_encoder
    record = ClickRecord(encoder_fingerprint(encoder), 7, replace(SMALL, width=24))
    save_clicks(folder / CLICKS_FILE, ClickNetwork(SMALL), record)
    with pytest.raises(BundleError, match="do not fit"):
        load_clicks(folder / CLICKS_FILE, encoder)


@pytest.mark.parametrize("config", [replace(SMALL, width=-3), replace(SMALL, inputs=(6, 8, -1))])
def test_a_shape_that_no_network_has_is_refused(folder: Path, config: ClickConfig) -> None:
    encoder = load_bundle(folder).network.image_encoder
    save_clicks(folder / CLICKS_FILE, ClickNetwork(SMALL), ClickRecord(encoder_fingerprint(encoder), 7, config))
    with pytest.raises(BundleError, match=r"damaged|do not fit"):
        load_clicks(folder / CLICKS_FILE, encoder)
