"""What holds of every network in the table: shapes, finite numbers, gradients everywhere, one seed one answer."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn

from refseg_annotator.nn.model import CMSANetwork, EncodedImages, ModelOutput
from refseg_annotator.nn.registry import CONFIGURATIONS, ModelConfig, build
from refseg_annotator.nn.word_similarity import WordSimilarity
from tests.nn.builders import gap, small

IDS = torch.tensor([[[2, 3, 4, 0, 0], [5, 7, 8, 9, 11]], [[5, 0, 0, 0, 0], [6, 2, 10, 3, 0]]])
"""Two phrases for each of two pictures: trained words (2-6), others (7-11), padding (0)."""

GRIDS = {"efficientnet-lite2": (16, 4), "hybrid-vit-s14": (18, 5), "resnet101": (32, 4)}
"""Sides of the fine and the coarse mask on the small pictures of `tests.nn.builders`."""

# A bias on the keys adds one number to all logits of a query, which no softmax sees: its gradient is zero but for
# rounding. The form stays as the paper has it.
SOFTMAX_BLIND = tuple(f"fusions.{level}.key.bias" for level in range(3))


def seeded(config: ModelConfig) -> CMSANetwork:
    """The network with its pretrained vectors, and with what starts at zero in life, as after some training."""
    torch.manual_seed(0)
    network = build(config).eval()
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if name.endswith("text_encoder.vectors"):
                tensor[2:].normal_()
        for part in network.modules():
            if isinstance(part, WordSimilarity):
                part.leave.weight.normal_(std=0.1)
            if isinstance(part, nn.BatchNorm2d) and not part.weight.any():  # residual branches of ResNet begin at zero
                part.weight.fill_(0.2)
    return network


def images(config: ModelConfig) -> Tensor:
    torch.manual_seed(1)
    return torch.rand(2, 3, config.image_size, config.image_size) * 255


def answered(output: ModelOutput) -> list[Tensor]:
    """The parts of an answer to phrases; names of classes are asked in training alone."""
    assert output.names is None
    return [part for part in output if part is not None]


class Named(NamedTuple):
    """A network of the table on small pictures, with its answer to `IDS`."""

    name: str
    config: ModelConfig
    network: CMSANetwork
    encoded: EncodedImages
    output: ModelOutput


@pytest.fixture(scope="module", params=CONFIGURATIONS)
def named(request: pytest.FixtureRequest) -> Named:
    config = small(request.param)
    network = seeded(config)
    with torch.no_grad():
        encoded = network.encode_image(images(config))
        return Named(request.param, config, network, encoded, network(images(config), IDS))


def test_forward_has_its_shape_and_is_finite(named: Named) -> None:
    fine, coarse = GRIDS[named.config.image_encoder]
    if named.config.decoder == "paper":
        fine = 8 * coarse  # its one convolution is enlarged eight times, whatever the encoder's stride
    output = named.output
    assert isinstance(output, ModelOutput)
    assert output.mask.shape == (2, 2, fine, fine)
    assert output.coarse.shape == (2, 2, coarse, coarse)
    assert output.presence.shape == output.quality.shape == (2, 2)
    assert all(part.dtype == torch.float32 and bool(torch.isfinite(part).all()) for part in answered(output))


@torch.no_grad()
def test_encoding_once_and_reading_then_is_the_forward(named: Named) -> None:
    read, again = (named.network.read_phrases(named.encoded, IDS) for _ in range(2))
    for one, two, three in zip(*map(answered, (named.output, read, again)), strict=True):
        assert gap(one, two) < 1e-5
        assert gap(two, three) < 1e-5  # reading leaves the features as they are


@torch.no_grad()
def test_phrases_are_read_alone_as_together(named: Named) -> None:
    for number in range(2):
        ids = IDS[:, number : number + 1]
        ids = ids[..., : int((ids != 0).sum(-1).max())]  # and without the padding that neither needs
        alone = named.network.read_phrases(named.encoded, ids)
        for both, one in zip(answered(named.output), answered(alone), strict=True):
            assert gap(both[:, number : number + 1], one) < 1e-4


@torch.no_grad()
def test_an_empty_phrase_is_finite(named: Named) -> None:
    output = named.network.read_phrases(named.encoded, torch.zeros(2, 1, 3, dtype=torch.int64))
    assert all(bool(torch.isfinite(part).all()) for part in answered(output))


@torch.no_grad()
def test_the_phrase_and_the_picture_decide(named: Named) -> None:
    assert gap(named.output.mask[:, 0], named.output.mask[:, 1]) > 1e-4
    other = named.network(images(named.config).flip(-1), IDS)
    assert gap(named.output.mask, other.mask) > 1e-4


def test_every_parameter_gets_a_gradient(named: Named) -> None:
    torch.manual_seed(2)
    output = named.network(images(named.config), IDS)
    torch.stack([(part * torch.randn_like(part)).sum() for part in answered(output)]).sum().backward()
    unused = ("similarity.name.",)  # names of classes are asked in training alone
    for path, parameter in named.network.named_parameters():
        gradient, parameter.grad = parameter.grad, None
        if path.startswith(unused):
            assert gradient is None, f"{path} is said never to be used, but has a gradient"
            continue
        assert gradient is not None, path
        assert bool(torch.isfinite(gradient).all()), path
        if path not in SOFTMAX_BLIND:
            assert float(gradient.abs().max()) > 0, path


def test_one_seed_one_answer(named: Named) -> None:
    again = seeded(named.config)
    assert all(
        torch.equal(one, two)
        for one, two in zip(named.network.state_dict().values(), again.state_dict().values(), strict=True)
    )
    with torch.no_grad():
        output = again(images(named.config), IDS)
    assert all(gap(one, two) < 1e-5 for one, two in zip(answered(named.output), answered(output), strict=True))
