"""How well each cell of a picture fits each word: the short way from a noun to its pixels. Ours.

CMSA joins position and word by concatenation, so that it must learn from masks alone which look goes with which word.
Here cells and words are brought to one space in a few heads and compared by their cosine; the best and the mean over
the words join the fused map. The same comparison, asked with the names of classes, is trained directly on everything
that a photo's annotations name (`training.losses`), which one phrase at a time cannot do.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.text_encoder import WordFeatures


def _unit(vectors: Tensor) -> Tensor:
    """Vectors of length one along the last axis; float32, in which a short one has a finite gradient."""
    return F.normalize(vectors.float(), dim=-1, eps=1e-4)


class WordSimilarity(nn.Module):
    """Cosines of cells and words in `heads` spaces of 32 numbers each.

    Args:
        visual_width: channels of the two deeper levels together.
    """

    def __init__(self, visual_width: int, word_width: int, out_width: int, *, heads: int, width: int = 32) -> None:
        super().__init__()
        self.heads = heads
        self.cells = nn.Sequential(
            nn.Linear(visual_width, 2 * heads * width), nn.GELU(), nn.Linear(2 * heads * width, heads * width)
        )
        self.words = nn.Linear(word_width, heads * width)
        self.sharpness = nn.Parameter(torch.full((heads,), math.log(8.0)))
        self.leave = nn.Linear(2 * heads, out_width)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)
        self.name = nn.Linear(heads, 1)
        nn.init.constant_(self.name.weight, 1 / heads)
        nn.init.constant_(self.name.bias, -3.0)  # most cells are not what a name names

    def prepare(self, levels: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """The image's share: three levels (b, c_i, h, w) to unit vectors (b, H, P, d)."""
        deep = torch.cat([levels[1], levels[2]], dim=1).flatten(2).transpose(1, 2)
        return _unit(self.cells(deep).unflatten(-1, (self.heads, -1)).transpose(1, 2))

    def forward(self, cells: Tensor, words: WordFeatures) -> Tensor:
        """What joins the fused map: `cells` as `prepare` returns them, k phrases for each image; (b, k, P, out)."""
        vectors = _unit(self.words(words.words).unflatten(-1, (self.heads, -1)))  # (b, k, n, H, d)
        fits = torch.einsum("bhpd,bknhd->bknph", cells, vectors) * self.sharpness.exp()
        absent = ~words.mask[..., None, None]
        best = fits.masked_fill(absent, -1e4).amax(2).clamp(min=-100)  # (b, k, P, H)
        count = words.mask.sum(-1).clamp(min=1)[..., None, None]
        mean = fits.masked_fill(absent, 0.0).sum(2) / count
        joined: Tensor = self.leave(torch.cat([best, mean], dim=-1))
        return joined

    def named(self, cells: Tensor, words: WordFeatures) -> Tensor:
        """Logits (b, m, P) that a cell is what each of m names, read as whole phrases, names."""
        vectors = _unit(self.words(words.sentence).unflatten(-1, (self.heads, -1)))  # (b, m, H, d)
        fits = torch.einsum("bhpd,bmhd->bmph", cells, vectors) * self.sharpness.exp()
        logits: Tensor = self.name(fits)
        return logits.squeeze(-1)
