"""The plain baseline of a level: the sentence's mean vector tiled over the image and concatenated, no attention.

It has the interface of `CrossModalSelfAttention`, so that the ablation changes one part and nothing else.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.cross_modal_self_attention import SPATIAL_NUMBERS, LevelContext, spatial_features
from refseg_annotator.nn.text_encoder import WordFeatures, normalised


class TileAndConcatenate(nn.Module):
    """One level: image features (b, c, h, w) and words to fused features (b, k, P, out_width)."""

    def __init__(self, visual_width: int, word_width: int, out_width: int) -> None:
        super().__init__()
        self.image = nn.Linear(visual_width + SPATIAL_NUMBERS, out_width)
        self.sentence = nn.Linear(word_width, out_width)
        self.mix = nn.Linear(out_width, out_width)

    def prepare(self, visual: Tensor) -> LevelContext:
        """The image's share, once an image: `visual` (b, c, h, w)."""
        batch, _, height, width = visual.shape
        cells = normalised(visual.flatten(2).transpose(1, 2)) * visual.shape[1] ** 0.5
        place = spatial_features(height, width, device=cells.device, dtype=cells.dtype).expand(batch, -1, -1)
        position = self.image(torch.cat([cells, place], dim=-1))  # (b, P, out)
        nothing = position.new_zeros(batch, 0)
        return LevelContext(
            position, nothing, nothing, nothing, nothing, torch.tensor([height, width], device=visual.device)
        )

    def forward(self, context: LevelContext, words: WordFeatures) -> Tensor:
        """(b, k, P, out_width). A linear map of the concatenation is the sum of a map of each."""
        both = context.position.unsqueeze(1) + self.sentence(words.sentence).unsqueeze(2)
        return F.relu(self.mix(F.relu(both)))
