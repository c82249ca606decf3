"""Images to features at the levels the fusion reads and the details the decoder steps up with.

Every encoder takes RGB in 0..255 and normalises it itself, with the numbers its weights were trained with.
The networks inside are timm's; only what is taken from them is ours.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple, Protocol

import timm
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

IMAGENET_MEAN = (123.675, 116.28, 103.53)
IMAGENET_STD = (58.395, 57.12, 57.375)


class FeatureMaps(NamedTuple):
    """Features of b images.

    Attributes:
        levels: three maps (b, c_i, h, w) of one grid, shallow to deep.
        details: two finer maps, about twice and four times that grid.
    """

    levels: tuple[Tensor, Tensor, Tensor]
    details: tuple[Tensor, Tensor]


class ImageEncoder(Protocol):
    """What the model asks of an image encoder."""

    level_widths: tuple[int, int, int]
    detail_widths: tuple[int, int]
    patch: int  # the sides of its images are multiples of this

    def __call__(self, images: Tensor) -> FeatureMaps:
        """`images` float (b, 3, S, S), RGB in 0..255."""
        ...


class Normalise(nn.Module):
    """(x - mean) / std per channel, numbers in 0..255."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: tuple[float, float, float], std: tuple[float, float, float]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)

    def forward(self, images: Tensor) -> Tensor:
        """(b, 3, S, S)."""
        return (images - self.mean) / self.std


def _freeze_statistics(module: nn.Module) -> None:
    """Batch norm keeps its trained statistics: batches here are small, and the paper freezes it too."""
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eval()


def _full_precision_in_training(encoder: nn.Module, images: Tensor) -> AbstractContextManager[object]:
    """float32 while weights of depth-wise convolutions are trained on a CPU.

    Their bfloat16 backward pass takes twice as long there (measured: 1334 against 703 ms for 8 images).
    """
    trained = encoder.training and any(parameter.requires_grad for parameter in encoder.parameters())
    if trained and images.device.type == "cpu":
        return torch.autocast("cpu", enabled=False)
    return nullcontext()


class EfficientNetLite2Encoder(nn.Module):
    """EfficientNet-Lite2: stride 8, 16 and 32 as levels on the stride-16 grid, stride 8 and 4 as details."""

    level_widths = (48, 120, 352)
    detail_widths = (48, 24)
    patch = 1

    def __init__(self) -> None:
        super().__init__()
        self.normalise = Normalise((127.0, 127.0, 127.0), (128.0, 128.0, 128.0))
        self.body = timm.create_model(
            "tf_efficientnet_lite2", pretrained=False, features_only=True, out_indices=(1, 2, 3, 4)
        )

    def train(self, mode: bool = True) -> EfficientNetLite2Encoder:
        """Batch norm stays as it was trained."""
        super().train(mode)
        _freeze_statistics(self)
        return self

    def forward(self, images: Tensor) -> FeatureMaps:
        """(b, 3, 320, 320) to a 20 x 20 grid."""
        images = self.normalise(images).contiguous(memory_format=torch.channels_last)
        with _full_precision_in_training(self, images):
            four, eight, sixteen, thirty_two = self.body(images)
        grid = sixteen.shape[2:]
        deep = F.interpolate(thirty_two, size=grid, mode="bilinear", align_corners=False)
        return FeatureMaps((F.adaptive_avg_pool2d(eight, grid), sixteen, deep), (eight, four))


class HybridViTEncoder(nn.Module):
    """ViT-S/14 for meaning, the first half of EfficientNet-Lite2 for detail.

    Levels are the outputs of transformer blocks 4, 8 and 12 on the patch grid (23 x 23 at 322 pixels).
    """

    level_widths = (384, 384, 384)
    detail_widths = (48, 24)
    patch = 14
    blocks = (3, 7, 11)

    def __init__(self, image_size: int = 322) -> None:
        super().__init__()
        self.normalise = Normalise(IMAGENET_MEAN, IMAGENET_STD)
        self.normalise_detail = Normalise((127.0, 127.0, 127.0), (128.0, 128.0, 128.0))
        self.body = timm.create_model(
            "vit_small_patch14_dinov2", pretrained=False, img_size=image_size, num_classes=0, dynamic_img_size=True
        )
        self.detail = timm.create_model(
            "tf_efficientnet_lite2", pretrained=False, features_only=True, out_indices=(1, 2)
        )
        self.detail.blocks = self.detail.blocks[:3]  # timm builds all seven stages; stride 8 is reached after three

    def train(self, mode: bool = True) -> HybridViTEncoder:
        """Batch norm stays as it was trained."""
        super().train(mode)
        _freeze_statistics(self)
        return self

    def forward(self, images: Tensor) -> FeatureMaps:
        """(b, 3, S, S), S a multiple of 14."""
        levels = self.body.forward_intermediates(
            self.normalise(images), indices=list(self.blocks), norm=True, intermediates_only=True
        )
        return FeatureMaps((levels[0], levels[1], levels[2]), self._details(images))

    def _details(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Stride 8 and stride 4 of EfficientNet-Lite2."""
        detail = self.detail
        stem = detail.bn1(detail.conv_stem(self.normalise_detail(images).contiguous(memory_format=torch.channels_last)))
        four = detail.blocks[1](detail.blocks[0](stem))
        return detail.blocks[2](four), four


class ResNet101Encoder(nn.Module):
    """The paper's backbone: ResNet-101 with output stride 8 by dilation; Res3, Res4, Res5 on one 40 x 40 grid."""

    level_widths = (512, 1024, 2048)
    detail_widths = (256, 64)
    patch = 1

    def __init__(self) -> None:
        super().__init__()
        self.normalise = Normalise(IMAGENET_MEAN, IMAGENET_STD)
        self.body = timm.create_model("resnet101", pretrained=False, num_classes=0, output_stride=8)

    def train(self, mode: bool = True) -> ResNet101Encoder:
        """Batch norm stays as it was trained."""
        super().train(mode)
        _freeze_statistics(self)
        return self

    def forward(self, images: Tensor) -> FeatureMaps:
        """(b, 3, 320, 320) to 40 x 40."""
        body = self.body
        stem = body.act1(body.bn1(body.conv1(self.normalise(images))))
        two = body.layer1(body.maxpool(stem))
        three = body.layer2(two)
        four = body.layer3(three)
        return FeatureMaps((three, four, body.layer4(four)), (two, stem))
