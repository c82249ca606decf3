"""What frames of a clip are read by: the shared early part of the image encoder, on the clip's own aspect.

Of `HybridViTEncoder` only what every bundle leaves as it started is read: the transformer's first eight blocks and the
detail maps. Its later blocks may be tuned to phrases, and propagation does without them, which is a third cheaper.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import torch
from timm.layers.pos_embed import resample_abs_pos_embed
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import ModelError
from refseg_annotator.nn.bundle_part import fingerprint_of
from refseg_annotator.nn.image_encoder import HybridViTEncoder
from refseg_annotator.nn.token_merging import MergedTokens, TokenMergingConfig

BLOCKS: Final = 8
TOKEN_WIDTH: Final = 384


class FrameFeatures(NamedTuple):
    """Early features of b frames of H x W pixels.

    Attributes:
        tokens: (b, 384, H / 14, W / 14), each token normalised to mean 0 and deviation 1.
        eight: (b, 48, H / 8, W / 8).
        four: (b, 24, H / 4, W / 4).
    """

    tokens: Tensor
    eight: Tensor
    four: Tensor


def working_size(size: Size, longest: int, patch: int = HybridViTEncoder.patch) -> Size:
    """The size in pixels that frames of `size` are read at: sides are multiples of `patch`, the aspect about kept.

    The longer side is the multiple nearest to `longest`, whatever the clip's resolution; a very thin clip keeps at
    least four tokens across.
    """
    scale = longest / max(size.width, size.height)
    width, height = (patch * max(4, round(side * scale / patch)) for side in (size.width, size.height))
    return Size(width=width, height=height)


class EarlyEncoder(nn.Module):
    """The early part of a `HybridViTEncoder`; it holds that encoder's own weights, not copies.

    Position embeddings are interpolated once a size.
    """

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        if not isinstance(encoder, HybridViTEncoder):
            raise ModelError(
                "Clips are followed by the features of the image encoder 'hybrid-vit-s14'; use a bundle with that one."
            )
        self.encoder = encoder
        self._places: dict[tuple[int, int], Tensor] = {}

    @torch.no_grad()
    def forward(
        self, images: Tensor, merging: TokenMergingConfig | None = None, apart: Tensor | None = None
    ) -> FrameFeatures:
        """(b, 3, H, W), RGB in 0..255; H and W multiples of 14.

        Args:
            merging: how tokens of one picture that need not be kept apart are merged.
            apart: bool (h, w), the places that are kept apart; without it no token is merged.
        """
        encoder = self.encoder
        body = encoder.body
        patches = body.patch_embed(encoder.normalise(images))  # (b, h, w, c)
        batch, height, width, _ = patches.shape
        tokens = torch.cat([body.cls_token.expand(batch, -1, -1), patches.flatten(1, 2)], dim=1)  # (b, 1 + P, c)
        tokens = tokens + self._place(height, width)
        if merging is None or apart is None or not merging.rounds:
            for block in body.blocks[:BLOCKS]:
                tokens = block(tokens)
            plain = tokens[:, 1:]
        else:
            plain = self._merging(tokens, merging, apart)
        plain = F.layer_norm(plain.float(), (TOKEN_WIDTH,))
        eight, four = encoder._details(images)
        return FrameFeatures(plain.transpose(1, 2).unflatten(2, (height, width)), eight, four)

    def _merging(self, tokens: Tensor, merging: TokenMergingConfig, apart: Tensor) -> Tensor:
        """The blocks on tokens (1, 1 + P, c), the class token first, merged on the way: (1, P, c)."""
        shares = dict(merging.rounds)
        leading, found = tokens[:, :1], MergedTokens.of(tokens[0, 1:], apart)
        for number, block in enumerate(self.encoder.body.blocks[:BLOCKS]):
            if number in shares:
                found = found.merged(shares[number])
            together, bias = torch.cat([leading, found.tokens[None]], dim=1), None
            if len(found.tokens) < len(found.place):
                count, heads = together.shape[1], block.attn.num_heads
                bias = found.attention_bias(leading=1).to(tokens.dtype).expand(1, heads, count, count)
            together = block(together, attn_mask=bias)
            leading, found = together[:, :1], found._replace(tokens=together[0, 1:])
        return found.tokens[found.place][None]

    def _place(self, height: int, width: int) -> Tensor:
        body = self.encoder.body
        known = self._places.get((height, width))
        if known is None or known.device != body.pos_embed.device:
            known = resample_abs_pos_embed(
                body.pos_embed.detach().float(),
                new_size=[height, width],
                old_size=list(body.patch_embed.grid_size),
                num_prefix_tokens=1,
            )
            if len(self._places) >= 8:
                self._places.clear()
            self._places[height, width] = known
        return known

    def drop_the_rest(self) -> None:
        """Let go of the blocks that are not read here, a third of the weights; nobody else may need the encoder."""
        del self.encoder.body.blocks[BLOCKS:]

    def fingerprint(self) -> str:
        """A digest of the weights read here; see `bundle_part.fingerprint_of`."""
        return fingerprint_of({name: one for name, one in self.encoder.state_dict().items() if _is_early(name)})


def _is_early(name: str) -> bool:
    part, _, rest = name.partition(".")
    if part == "detail":
        return not name.endswith("num_batches_tracked")
    first, _, rest = rest.partition(".")
    if first == "blocks":
        return int(rest.partition(".")[0]) < BLOCKS
    return first in ("cls_token", "pos_embed", "patch_embed")
