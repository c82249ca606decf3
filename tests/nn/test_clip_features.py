"""The early part of the encoder: the same features, the same digest, whatever is tuned behind it."""

from __future__ import annotations

import copy

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import ModelError
from refseg_annotator.nn.clip_features import EarlyEncoder, working_size
from refseg_annotator.nn.image_encoder import EfficientNetLite2Encoder
from tests.nn.builders import gap
from tests.nn.clip_parts import early_encoder


def test_the_features_are_those_of_the_whole_encoder():
    early = early_encoder()
    images = torch.rand(2, 3, 56, 84) * 255
    found = early(images)
    body = early.encoder.body
    with torch.no_grad():
        (level,) = body.forward_intermediates(early.encoder.normalise(images), indices=[7], intermediates_only=True)
        whole = early.encoder(images)
    expected = F.layer_norm(level.flatten(2).transpose(1, 2), (384,)).transpose(1, 2).unflatten(2, (4, 6))
    assert gap(found.tokens, expected) < 1e-4
    assert gap(found.eight, whole.details[0]) < 1e-5
    assert gap(found.four, whole.details[1]) < 1e-5


def test_sizes_may_change_from_clip_to_clip():
    early = early_encoder()
    for height, width in ((56, 56), (56, 98), (84, 56), (56, 56)):
        assert early(torch.zeros(1, 3, height, width)).tokens.shape == (1, 384, height // 14, width // 14)


def test_the_digest_is_of_what_is_read_and_of_nothing_else():
    early = early_encoder()
    known = early.fingerprint()
    tuned = copy.deepcopy(early)
    with torch.no_grad():
        tuned.encoder.body.blocks[8].attn.qkv.weight += 1
        tuned.encoder.body.norm.weight += 1
    assert tuned.fingerprint() == known
    with torch.no_grad():
        tuned.encoder.body.blocks[7].attn.qkv.weight += 1
    assert tuned.fingerprint() != known
    stored = copy.deepcopy(early)
    for parameter in stored.parameters():
        parameter.data = parameter.data.half().float()
    assert stored.fingerprint() == known, "a bundle stores fp16"


def test_without_the_rest_of_the_encoder_features_and_digest_are_the_same():
    whole = early_encoder()
    early = copy.deepcopy(whole)
    early.drop_the_rest()
    assert sum(one.numel() for one in early.parameters()) < 0.7 * sum(one.numel() for one in whole.parameters())
    images = torch.rand(1, 3, 56, 84) * 255
    for found, expected in zip(early(images), whole(images), strict=True):
        assert torch.equal(found, expected)
    assert early.fingerprint() == whole.fingerprint()


def test_another_encoder_is_refused_in_one_sentence():
    with pytest.raises(ModelError, match="hybrid-vit-s14"):
        EarlyEncoder(EfficientNetLite2Encoder())


@given(width=st.integers(1, 8000), height=st.integers(1, 8000))
def test_working_sizes_fit_the_patches_and_keep_the_aspect(width, height):
    size = working_size(Size(width=width, height=height), 616)
    assert size.width % 14 == size.height % 14 == 0
    assert max(size.width, size.height) == 616
    least = min(size.width, size.height)
    assert least >= 56
    if least > 56:
        shrunk = min(width, height) * 616 / max(width, height)
        assert abs(least - shrunk) <= 7.001
