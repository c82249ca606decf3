"""The network, assembled from parts it is given.

    images (b, 3, S, S) -> ImageEncoder -> three levels, two details
    ids (b, k, n)       -> text encoder -> words
    level i, words      -> CMSA         -> (b, k, P, c)     one a level
    three levels        -> GMLF         -> (b k, c, h, w)
    deep levels, words  -> WordSimilarity, added to the fused map (ours, optional)
    fused map, words    -> decoder      -> mask logits
    refined map         -> PresenceHead -> "is it there at all?", "how good is the mask?"

`encode_image` is everything that needs no phrase, `read_phrases` everything that does: the tool keeps the former for a
frame and pays only the latter for each phrase. No loss, threshold or resize to the photo happens here.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from torch import Tensor, nn

from refseg_annotator.nn.cross_modal_self_attention import LevelContext
from refseg_annotator.nn.image_encoder import FeatureMaps
from refseg_annotator.nn.mask_decoder import Decoded
from refseg_annotator.nn.text_encoder import WordFeatures
from refseg_annotator.nn.word_similarity import WordSimilarity


class EncodedImages(NamedTuple):
    """All that is kept of b images: what each level and the decoder read whatever the phrase."""

    levels: tuple[LevelContext, LevelContext, LevelContext]
    details: tuple[Tensor, Tensor]
    cells: Tensor | None = None


class ModelOutput(NamedTuple):
    """The answer to k phrases on each of b images.

    Attributes:
        mask: (b, k, H, W) logits, fine grid.
        coarse: (b, k, h, w) logits, fusion grid.
        presence: (b, k) logits, the object is in the image.
        quality: (b, k) logits, expected IoU of the mask.
        names: (b, m, h, w) logits on the fusion grid, where names were asked too.
    """

    mask: Tensor
    coarse: Tensor
    presence: Tensor
    quality: Tensor
    names: Tensor | None = None


class LevelFusion(Protocol):
    """One level's fusion of image and words."""

    def prepare(self, visual: Tensor) -> LevelContext:
        """The image's share."""
        ...

    def __call__(self, context: LevelContext, words: WordFeatures) -> Tensor:
        """(b, k, P, c)."""
        ...


class Decoder(Protocol):
    """Fused map to mask logits."""

    def prepare(self, details: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """The image's share."""
        ...

    def __call__(self, fused: Tensor, words: WordFeatures, details: tuple[Tensor, Tensor]) -> Decoded:
        """Decodes (b k, c, h, w)."""
        ...


class CMSANetwork(nn.Module):
    """Referring segmentation by cross-modal self-attention; its parts are made by `nn.registry.build`."""

    def __init__(
        self,
        *,
        image_encoder: nn.Module,
        text_encoder: nn.Module,
        fusions: tuple[nn.Module, nn.Module, nn.Module],
        level_fusion: nn.Module,
        decoder: nn.Module,
        presence_head: nn.Module,
        similarity: WordSimilarity | None = None,
    ) -> None:
        super().__init__()
        self.image_encoder = image_encoder
        self.text_encoder = text_encoder
        self.fusions = nn.ModuleList(fusions)
        self.level_fusion = level_fusion
        self.decoder = decoder
        self.presence_head = presence_head
        self.similarity = similarity

    def encode_image(self, images: Tensor) -> EncodedImages:
        """`images` float (b, 3, S, S), RGB in 0..255, letterboxed."""
        maps: FeatureMaps = self.image_encoder(images)
        return self.prepare(maps)

    def prepare(self, maps: FeatureMaps) -> EncodedImages:
        """What the fusions and the decoder keep of an image's features."""
        first, second, third = (
            fusion.prepare(level)  # type: ignore[operator]
            for fusion, level in zip(self.fusions, maps.levels, strict=True)
        )
        cells = None if self.similarity is None else self.similarity.prepare(maps.levels)
        return EncodedImages((first, second, third), self.decoder.prepare(maps.details), cells)  # type: ignore[operator]

    def read_phrases(self, images: EncodedImages, ids: Tensor) -> ModelOutput:
        """`ids` int64 (b, k, n): k phrases for each image, 0 = padding."""
        words: WordFeatures = self.text_encoder(ids)
        batch, phrases, _ = ids.shape
        height, width = (int(n) for n in images.levels[0].grid)
        levels = [
            fusion(context, words).flatten(0, 1).transpose(1, 2).unflatten(2, (height, width))
            for fusion, context in zip(self.fusions, images.levels, strict=True)
        ]  # three (b k, c, h, w)
        fused: Tensor = self.level_fusion(tuple(levels))
        if self.similarity is not None and images.cells is not None:
            joined = self.similarity(images.cells, words)  # (b, k, P, c)
            fused = fused + joined.flatten(0, 1).transpose(1, 2).unflatten(2, (height, width))
        decoded: Decoded = self.decoder(fused, words, images.details)
        presence, quality = self.presence_head(decoded, words.sentence.flatten(0, 1))
        return ModelOutput(
            decoded.mask.squeeze(1).unflatten(0, (batch, phrases)),
            decoded.coarse.squeeze(1).unflatten(0, (batch, phrases)),
            presence.view(batch, phrases),
            quality.view(batch, phrases),
        )

    def forward(self, images: Tensor | FeatureMaps, ids: Tensor, names: Tensor | None = None) -> ModelOutput:
        """Images (b, 3, H, W) or their features, ids (b, k, n) and, in training, names of m classes (b, m, n')."""
        encoded = self.prepare(images) if isinstance(images, FeatureMaps) else self.encode_image(images)
        output = self.read_phrases(encoded, ids)
        if self.similarity is None or encoded.cells is None or names is None or not names.shape[1]:
            return output
        height, width = (int(n) for n in encoded.levels[0].grid)
        named = self.similarity.named(encoded.cells, self.text_encoder(names))  # (b, m, P)
        return output._replace(names=named.unflatten(2, (height, width)))

    def head_parameters(self) -> int:
        """The number of trained parameters beside the image encoder, the words' vectors and the presence head."""
        parts = (*self.fusions, self.level_fusion, self.decoder)
        return sum(parameter.numel() for part in parts for parameter in part.parameters())


def parameter_count(module: nn.Module) -> int:
    """All trainable numbers of `module`."""
    return sum(parameter.numel() for parameter in module.parameters())
