"""What the tests of clips share: one untrained encoder, small frames, a small network."""

from __future__ import annotations

from functools import cache

import torch

from refseg_annotator.nn.clip_decoder import ClipDecoderConfig
from refseg_annotator.nn.clip_features import EarlyEncoder, FrameFeatures
from refseg_annotator.nn.clip_network import ClipConfig, ClipNetwork
from refseg_annotator.nn.cross_frame_self_attention import CrossFrameConfig
from refseg_annotator.nn.image_encoder import HybridViTEncoder

SMALL = ClipConfig(
    longest_side=112,
    value_width=8,
    likeness=True,
    attention=CrossFrameConfig(key_width=32),
    decoder=ClipDecoderConfig(width=16, eight=8, four=8),
)


@cache
def early_encoder() -> EarlyEncoder:
    """An untrained encoder; not to be changed."""
    torch.manual_seed(0)
    return EarlyEncoder(HybridViTEncoder(image_size=70)).eval()


def clip_network(seed: int = 0) -> ClipNetwork:
    """A small network with something to compare."""
    torch.manual_seed(seed)
    network = ClipNetwork(SMALL)
    network.attention.start_from(torch.randn(600, 384))
    return network.eval()


def features(height: int = 5, width: int = 8, batch: int = 1, seed: int = 0) -> FrameFeatures:
    """Random features of frames of 14 height x 14 width pixels."""
    generator = torch.Generator().manual_seed(seed)

    def some(channels: int, stride: int) -> torch.Tensor:
        sides = (-(-14 * side // stride) for side in (height, width))
        return torch.randn(batch, channels, *sides, generator=generator)

    return FrameFeatures(some(384, 14), some(48, 8), some(24, 4))
