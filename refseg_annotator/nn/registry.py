"""The tables of networks: which parts exist, which configurations are known, and how one is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Final, Literal

from torch import nn

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import ModelError
from refseg_annotator.nn.cross_modal_self_attention import CrossModalSelfAttention, CrossModalSelfAttentionConfig
from refseg_annotator.nn.gated_fusion import GatedFusionConfig, GatedMultiLevelFusion, PaperGatedFusion, SummedLevels
from refseg_annotator.nn.image_encoder import EfficientNetLite2Encoder, HybridViTEncoder, ResNet101Encoder
from refseg_annotator.nn.mask_decoder import DetailDecoder, DetailDecoderConfig, PaperDecoder, PresenceHead
from refseg_annotator.nn.model import CMSANetwork
from refseg_annotator.nn.sentence_fusion import TileAndConcatenate
from refseg_annotator.nn.text_encoder import ContextualWords, ContextualWordsConfig, WordEmbedding
from refseg_annotator.nn.word_similarity import WordSimilarity

EncoderName = Literal["efficientnet-lite2", "hybrid-vit-s14", "resnet101"]


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Everything that decides the shape of a network; it lies beside the weights in `config.json`.

    Attributes:
        image_encoder: a key of `IMAGE_ENCODERS`.
        image_size: side of the square the encoder sees, in pixels.
        similarity_heads: heads of the comparison of cells and words beside CMSA (ours); 0 = none.
        canvases: (width, height) of the canvases it sees instead, each picture on the one that shows it largest;
            about the square's area each, so that none costs more. Empty = the square.
        max_words: words read of a phrase.
        vocabulary_size: words the text side knows, `<pad>` and `<unk>` included.
        text: `contextual` (ours) or `embedding` (paper), with its width.
        vector_width: width of the fixed pretrained vectors (contextual).
        trained_words: the first ids, which carry a trained correction (contextual).
        fusion: `cmsa`, or `tile` for the baseline without attention.
        levels: one attention a level, shallow to deep.
        level_fusion: how levels join.
        gated: sizes of the gates.
        decoder: `detail` (ours) or `paper`.
        detail: sizes of the detail decoder.
    """

    image_encoder: EncoderName
    image_size: int
    max_words: int
    vocabulary_size: int
    text: Literal["contextual", "embedding"]
    word_width: int
    vector_width: int
    trained_words: int
    fusion: Literal["cmsa", "tile"]
    levels: tuple[CrossModalSelfAttentionConfig, CrossModalSelfAttentionConfig, CrossModalSelfAttentionConfig]
    level_fusion: Literal["gated-code", "gated-paper", "sum"]
    gated: GatedFusionConfig
    decoder: Literal["detail", "paper"]
    detail: DetailDecoderConfig
    canvases: tuple[tuple[int, int], ...] = ()
    similarity_heads: int = 0

    @property
    def canvas_sizes(self) -> tuple[Size, ...]:
        """Sizes of picture that the encoder sees."""
        return tuple(Size(*canvas) for canvas in self.canvases) or (Size(self.image_size, self.image_size),)


# No network here comes near these; whoever asks for more is refused before anything of that size is made.
_LARGEST_SIDE: Final = 4096
_LARGEST_WIDTH: Final = 16384
_LARGEST: Final = {
    "vocabulary_size": 10_000_000,
    "trained_words": 10_000_000,
    "max_words": 1000,
    "heads": 64,
    "layers": 32,
    "pool_space": 16,
    "pool_words": 16,
    "grid": 512,
    "similarity_heads": 64,
}
_MAY_BE_NONE: Final = frozenset({"vector_width", "trained_words", "reduce_visual", "reduce_pair", "similarity_heads"})

_Encoder = type[EfficientNetLite2Encoder] | type[HybridViTEncoder] | type[ResNet101Encoder]

IMAGE_ENCODERS: Final[dict[EncoderName, _Encoder]] = {
    "efficientnet-lite2": EfficientNetLite2Encoder,
    "hybrid-vit-s14": HybridViTEncoder,
    "resnet101": ResNet101Encoder,
}

LEVEL_FUSIONS: Final[dict[str, Callable[[GatedFusionConfig], nn.Module]]] = {
    "gated-code": GatedMultiLevelFusion,
    "gated-paper": PaperGatedFusion,
    "sum": lambda _: SummedLevels(),
}


def _ours(
    encoder: EncoderName,
    image_size: int,
    grid: int,
    level_widths: tuple[int, int, int],
    canvases: tuple[tuple[int, int], ...] = (),
    similarity_heads: int = 0,
) -> ModelConfig:
    """The shipped kind: factorised attention of width 128 on three levels, gates, reasoning layers, two steps up."""
    first, second, third = (CrossModalSelfAttentionConfig(visual_width=c, word_width=128) for c in level_widths)
    return ModelConfig(
        image_encoder=encoder,
        image_size=image_size,
        max_words=20,
        vocabulary_size=2,
        text="contextual",
        word_width=128,
        vector_width=146,
        trained_words=2,
        fusion="cmsa",
        levels=(first, second, third),
        level_fusion="gated-code",
        gated=GatedFusionConfig(width=128),
        decoder="detail",
        detail=DetailDecoderConfig(grid=(grid, grid)),
        canvases=canvases,
        similarity_heads=similarity_heads,
    )


def _paper_level(
    visual: int, inner: int, *, reduce_visual: int = 0, reduce_pair: int = 0
) -> CrossModalSelfAttentionConfig:
    """The authors' code: one head, ReLU, 2x2x2 max-pooled keys and values, no scale."""
    return CrossModalSelfAttentionConfig(
        visual_width=visual,
        word_width=1000,
        width=inner,
        out_width=500,
        heads=1,
        reduce_visual=reduce_visual,
        reduce_pair=reduce_pair,
        norm="unit",
        relu=True,
        pool="max",
        pool_space=2,
        pool_words=2,
        scale=False,
        sentence_gate=False,
    )


_LITE: Final = _ours(
    "efficientnet-lite2",
    384,
    20,
    EfficientNetLite2Encoder.level_widths,
    # 4:3, 3:2 and 2:1 lying and standing, beside the square: 551 to 588 cells each.
    ((384, 384), (448, 336), (336, 448), (464, 304), (304, 464), (544, 272), (272, 544)),
    similarity_heads=8,
)

_LITE_PLAIN: Final = replace(_LITE, decoder="paper", similarity_heads=0)

CONFIGURATIONS: Final[dict[str, ModelConfig]] = {
    "cmsa-lite": _LITE,
    "cmsa-base": _ours(
        "hybrid-vit-s14",
        322,
        23,
        HybridViTEncoder.level_widths,
        # 4:3, 3:2 and 2:1 lying and standing, beside the square: 512 to 532 patches each.
        ((322, 322), (364, 280), (280, 364), (392, 266), (266, 392), (448, 224), (224, 448)),
        similarity_heads=8,
    ),
    "cmsa-paper": ModelConfig(
        image_encoder="resnet101",
        image_size=320,
        max_words=20,
        vocabulary_size=2,
        text="embedding",
        word_width=1000,
        vector_width=0,
        trained_words=0,
        fusion="cmsa",
        levels=(
            _paper_level(512, 64, reduce_pair=128),
            _paper_level(1024, 128, reduce_pair=256),
            _paper_level(2048, 512, reduce_visual=1000),
        ),
        level_fusion="gated-code",
        gated=GatedFusionConfig(width=500, separable=False),
        decoder="paper",
        detail=DetailDecoderConfig(width=500, word_width=1000, grid=(40, 40)),
    ),
    # The ablation's rows up to `cmsa-lite`, one part more each: attention, gates, and what is ours after them, which
    # reads the words again and would hide what the paper's parts do.
    "tile-lite": replace(_LITE_PLAIN, fusion="tile", level_fusion="sum"),
    "cmsa-lite-without-gates": replace(_LITE_PLAIN, level_fusion="sum"),
    "cmsa-lite-plain": _LITE_PLAIN,
}


def configuration(name: str, *, vocabulary_size: int, vector_width: int = 0, trained_words: int = 2) -> ModelConfig:
    """The configuration called `name`, for a vocabulary of that size.

    Raises:
        ModelError: no configuration has that name; the sentence lists those that are.
    """
    if name not in CONFIGURATIONS:
        raise ModelError(f"There is no configuration {name!r}; choose one of {', '.join(CONFIGURATIONS)}.")
    config = CONFIGURATIONS[name]
    if config.text == "embedding":
        return replace(config, vocabulary_size=vocabulary_size)
    return replace(config, vocabulary_size=vocabulary_size, vector_width=vector_width, trained_words=trained_words)


def scaled_canvases(config: ModelConfig, scale: float) -> tuple[Size, ...]:
    """The configuration's canvases `scale` times as large, in whole cells of its encoder."""
    patch = IMAGE_ENCODERS[config.image_encoder].patch
    cell = 16 if patch == 1 else patch

    def side(pixels: int) -> int:
        return max(1, round(pixels * scale / cell)) * cell

    return tuple(Size(side(canvas.width), side(canvas.height)) for canvas in config.canvas_sizes)


def check_shape(config: ModelConfig) -> None:
    """Refuses a configuration whose parts do not fit each other, or whose sizes no network here comes near.

    Raises:
        ModelError: the sentence names the part.
    """
    _check_sizes(config, "")
    encoder = IMAGE_ENCODERS[config.image_encoder]
    if not 32 <= config.image_size <= _LARGEST_SIDE or config.image_size % encoder.patch:
        raise ModelError(f"image_size is {config.image_size}, no multiple of {encoder.patch} in 32..{_LARGEST_SIDE}.")
    for canvas in config.canvases:
        if any(not 32 <= side <= _LARGEST_SIDE or side % encoder.patch for side in canvas):
            raise ModelError(f"canvases holds {canvas}, not two multiples of {encoder.patch} in 32..{_LARGEST_SIDE}.")
    if config.trained_words > config.vocabulary_size:
        raise ModelError(f"trained_words is {config.trained_words} of {config.vocabulary_size} words.")
    for place, level in enumerate(config.levels):
        _must_be(f"levels.{place}.visual_width", level.visual_width, encoder.level_widths[place])
        _must_be(f"levels.{place}.word_width", level.word_width, config.word_width)
        _must_be(f"levels.{place}.out_width", level.out_width, config.gated.width)
        _must_divide(f"levels.{place}.width", level.width, level.heads)
    if config.decoder == "detail":
        _must_be("detail.width", config.detail.width, config.gated.width)
        _must_be("detail.word_width", config.detail.word_width, config.word_width)
        for place in range(2):
            _must_be(f"detail.detail_widths.{place}", config.detail.detail_widths[place], encoder.detail_widths[place])
        _must_divide("detail.width", config.detail.width, config.detail.heads)
    if config.text == "contextual":
        _must_divide("word_width", config.word_width, ContextualWordsConfig(2, 0, 0).heads)


def _must_be(name: str, given: int, wanted: int) -> None:
    if given != wanted:
        raise ModelError(f"{name} is {given} where the part it meets has {wanted}.")


def _must_divide(name: str, width: int, heads: int) -> None:
    if width % heads:
        raise ModelError(f"{name} is {width}, which {heads} heads do not divide.")


def _check_sizes(part: object, where: str) -> None:
    """Every whole number of a configuration against what its name allows."""
    if isinstance(part, tuple):
        for place, item in enumerate(part):
            _check_sizes(item, f"{where}.{place}")
    elif is_dataclass(part):
        for entry in fields(part):
            _check_sizes(getattr(part, entry.name), f"{where}.{entry.name}".lstrip("."))
    elif isinstance(part, int) and not isinstance(part, bool):
        name = next(word for word in reversed(where.split(".")) if not word.isdigit())
        least, most = 0 if name in _MAY_BE_NONE else 1, _LARGEST.get(name, _LARGEST_WIDTH)
        if not least <= part <= most:
            raise ModelError(f"{where} is {part}, not in {least}..{most}.")


def build(config: ModelConfig) -> CMSANetwork:
    """Puts the network together; weights are as each part starts."""
    fusions = tuple(
        CrossModalSelfAttention(level)
        if config.fusion == "cmsa"
        else TileAndConcatenate(level.visual_width, level.word_width, level.out_width)
        for level in config.levels
    )
    text: nn.Module
    if config.text == "contextual":
        text = ContextualWords(
            ContextualWordsConfig(
                vocabulary_size=config.vocabulary_size,
                vector_width=config.vector_width,
                trained_words=config.trained_words,
                width=config.word_width,
                max_words=config.max_words,
            )
        )
    else:
        text = WordEmbedding(config.vocabulary_size, config.word_width)
    width = config.gated.width
    similarity = None
    if config.similarity_heads:
        deep = config.levels[1].visual_width + config.levels[2].visual_width
        similarity = WordSimilarity(deep, config.word_width, width, heads=config.similarity_heads)
    return CMSANetwork(
        image_encoder=IMAGE_ENCODERS[config.image_encoder](),
        text_encoder=text,
        fusions=(fusions[0], fusions[1], fusions[2]),
        level_fusion=LEVEL_FUSIONS[config.level_fusion](config.gated),
        decoder=DetailDecoder(config.detail) if config.decoder == "detail" else PaperDecoder(width),
        presence_head=PresenceHead(width, config.word_width),
        similarity=similarity,
    )
