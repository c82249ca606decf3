"""Features kept: each view is encoded once, the answer is the same whether it was, and a killed run loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.nn.image_encoder import EfficientNetLite2Encoder, FeatureMaps
from refseg_annotator.text import Tokenizer, Vocabulary
from refseg_annotator.training.feature_store import FeatureStore
from refseg_annotator.training.recipe import Recipe
from refseg_annotator.training.samples import ReferringSamples
from refseg_annotator.training.trainer import train

RecipeOf = Callable[..., Recipe]


class CountedEncoder(nn.Module):
    """Maps that show the image they are of; counts the images it was asked."""

    asked = 0

    def forward(self, images: Tensor) -> FeatureMaps:
        self.asked += len(images)
        mean = images.mean((1, 2, 3))[:, None, None, None]
        return FeatureMaps(
            (mean.expand(-1, 2, 3, 3), mean.expand(-1, 3, 3, 3) + 1, mean.expand(-1, 4, 3, 3) + 2),
            (mean.expand(-1, 2, 6, 6) + 3, mean.expand(-1, 2, 12, 12) + 4),
        )


def images_of(*greys: float) -> Tensor:
    return torch.stack([torch.full((3, 8, 8), grey) for grey in greys])


def test_a_view_is_encoded_once_and_stands_at_its_place(tmp_path: Path, recipe_of: RecipeOf) -> None:
    encoder = CountedEncoder()
    store = FeatureStore(tmp_path, recipe_of(), encoder)
    first = store.maps_of([(0, 0), (7, 1)], images_of(10.0, 20.0))
    assert encoder.asked == 2
    again = store.maps_of([(7, 1), (3, 0), (0, 0)], images_of(20.0, 30.0, 10.0))
    assert encoder.asked == 3
    assert [float(level[0].mean()) for level in again.levels] == [20.0, 21.0, 22.0]
    assert [float(detail[1].mean()) for detail in again.details] == [33.0, 34.0]
    assert torch.equal(first.levels[0][0], again.levels[0][2])
    assert again.details[1].shape == (3, 2, 12, 12)
    assert {path.suffix for path in store.folder.iterdir()} == {".safetensors"}
    store.discard()
    assert not list(tmp_path.iterdir())


def test_features_are_kept_and_read_where_the_processor_runs_in_bfloat16(tmp_path: Path, recipe_of: RecipeOf) -> None:
    store = FeatureStore(tmp_path, recipe_of(), CountedEncoder())
    with torch.autocast("cpu", torch.bfloat16):
        for _ in range(2):
            maps = store.maps_of([(0, 0)], images_of(10.0))
    assert [level.dtype for level in maps.levels] == [torch.float32] * 3


def test_another_recipe_or_process_finds_nothing(tmp_path: Path, recipe_of: RecipeOf) -> None:
    encoder = CountedEncoder()
    for recipe, rank in ((recipe_of(), 0), (recipe_of(seed=5), 0), (recipe_of(), 1)):
        FeatureStore(tmp_path, recipe, encoder, rank=rank).maps_of([(0, 0)], images_of(10.0))
    assert encoder.asked == 3


@pytest.mark.parametrize("content", [b"", b"\x10\0\0\0\0\0\0\0 nothing", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, recipe_of: RecipeOf, content: bytes | None) -> None:
    encoder = CountedEncoder()
    store = FeatureStore(tmp_path, recipe_of(), encoder)
    whole = store.maps_of([(0, 0)], images_of(10.0))
    (file,) = store.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-9] if content is None else content)
    again = store.maps_of([(0, 0)], images_of(10.0))
    assert encoder.asked == 2
    assert all(torch.equal(one, other) for one, other in zip(whole.levels, again.levels, strict=True))


def test_a_disk_that_refuses_is_one_sentence(tmp_path: Path, recipe_of: RecipeOf) -> None:
    store = FeatureStore(tmp_path, recipe_of(), CountedEncoder())
    store.folder.write_text("in the way")
    with pytest.raises(TrainingError, match=r"cannot be written .*; free space there, or set `cached_views = 0`"):
        store.maps_of([(0, 0)], images_of(10.0))


# --- in a run ---------------------------------------------------------------------------------------------------------


def test_fixed_views_are_the_same_view_each_time(data: Path, recipe_of: RecipeOf) -> None:
    samples = ReferringSamples(
        [(read_refer(data, "train"), 1.0)],
        Tokenizer(Vocabulary.of(["dog"]), 8),
        recipe_of().sampling,
        canvases=(Size(32, 32),),
        batch=2,
        seed=1,
        length=100,
        fixed=60,
        views=2,
    )
    seen: dict[tuple[int, ...], Tensor] = {}
    for number in range(60):
        sample = samples[number]
        key = tuple(sample.view.tolist())
        assert torch.equal(seen.setdefault(key, sample.image), sample.image)
    assert set(seen) == {(photo, number) for photo in (0, 1) for number in (0, 1)}
    assert len({image.numpy().tobytes() for image in seen.values()}) == 4
    later = [samples[number] for number in range(60, 70)]
    assert all(int(sample.view[1]) == -1 for sample in later)
    assert len({sample.image.numpy().tobytes() for sample in later}) == 10


def test_a_frozen_run_encodes_each_view_once_and_leaves_no_features(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    whole = EfficientNetLite2Encoder.forward

    def counted(self: EfficientNetLite2Encoder, images: Tensor) -> FeatureMaps:
        asked.append(len(images))
        return whole(self, images)

    monkeypatch.setattr(EfficientNetLite2Encoder, "forward", counted)
    train(recipe_of(steps=10, freeze_encoder_steps=10, cached_views=1), data, tmp_path / "out")
    assert sum(asked) == 2  # two photos, one view each, in twenty samples
    assert not list((tmp_path / "out").glob("features-*"))


class Killed(BaseException):
    pass


def test_a_killed_run_goes_on_to_the_same_weights(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    recipe = recipe_of(steps=8, freeze_encoder_steps=6, cached_views=2, checkpoint_every=2)

    def killed(done: int, *_: Any) -> None:
        if done == 5:
            raise Killed

    whole = load_bundle(train(recipe, data, tmp_path / "whole"))
    with pytest.raises(Killed):
        train(recipe, data, tmp_path / "killed", progress=killed)
    assert list((tmp_path / "killed").glob("features-*"))
    resumed = load_bundle(train(recipe, data, tmp_path / "killed"))
    for name, tensor in whole.network.state_dict().items():
        assert torch.equal(tensor, resumed.network.state_dict()[name]), name
    with pytest.raises(Killed):
        train(replace(recipe, seed=4), data, tmp_path / "killed", progress=killed, fresh=True)
    assert len(list((tmp_path / "killed").glob("features-*"))) == 1
