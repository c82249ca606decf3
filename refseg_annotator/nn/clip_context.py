"""A phrase in a clip: the frames around join the levels of the one that is asked about, before the levels are fused.

A switch of its own: `CMSANetwork.prepare` reads the levels either way.
"""

from __future__ import annotations

from torch import Tensor, nn

from refseg_annotator.nn.cross_frame_self_attention import CrossFrameContext
from refseg_annotator.nn.image_encoder import FeatureMaps
from refseg_annotator.nn.model import CMSANetwork, EncodedImages


class ClipContext(nn.Module):
    """Cross-frame self-attention on each of three levels; untrained it changes nothing."""

    def __init__(self, level_widths: tuple[int, int, int], key_width: int = 64) -> None:
        super().__init__()
        self.levels = nn.ModuleList([CrossFrameContext(width, key_width) for width in level_widths])

    def forward(self, maps: FeatureMaps, target: int) -> FeatureMaps:
        """Features of the frames t-k..t+k of one clip to those of frame `target` alone."""
        first, second, third = (context(level, target) for context, level in zip(self.levels, maps.levels, strict=True))
        eight, four = (part[target : target + 1] for part in maps.details)
        return FeatureMaps((first, second, third), (eight, four))


def encode_clip(network: CMSANetwork, images: Tensor, target: int, context: ClipContext | None) -> EncodedImages:
    """Everything about one frame that needs no phrase, with or without the frames around it.

    Args:
        images: float (T, 3, H, W), consecutive frames, RGB in 0..255, letterboxed.
        target: which of them is asked about.
        context: None reads the frame by itself.
    """
    if context is None:
        return network.encode_image(images[target : target + 1])
    return network.prepare(context(network.image_encoder(images), target))
