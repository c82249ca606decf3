"""The one map between a picture and the canvas the network sees, with its inverse.

Coordinates are continuous: pixel (x, y) covers [x, x + 1) x [y, y + 1). The picture is scaled by one factor and
centred on a canvas of fixed size, a square or the best of a few shapes; what is left over is filled with `PAD_COLOUR`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size

# The grey that ImageNet's mean colour comes to: after normalisation the padding is close to zero.
PAD_COLOUR: Final = (124, 116, 104)

# Probabilities are brought to at most this longer side as logits, past it as probabilities: the logistic function on
# 12 million pixels costs more than the whole network and changes no pixel's side of the threshold that a person sees.
_LOGIT_SIDE: Final = 1024

# Beyond this a logit says no more, and between two of them interpolation would overflow.
_LARGEST_LOGIT: Final = 1e6


def best_canvas(source: Size, canvases: Sequence[Size]) -> Size:
    """Of `canvases`, the one that shows a picture of size `source` largest; the first of those that do equally."""
    return max(canvases, key=lambda canvas: _scale(source, canvas))


def _scale(source: Size, canvas: Size) -> float:
    return min(canvas.width / max(source.width, 1), canvas.height / max(source.height, 1))


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Scale `scale` and offset (`left`, `top`), in pixels of the canvas: x_canvas = x_source * scale + left."""

    source: Size
    canvas: Size
    scale: float
    left: float
    top: float

    @classmethod
    def fit(
        cls, source: Size, canvas: Size, *, zoom: float = 1.0, shift: tuple[float, float] = (0.0, 0.0)
    ) -> Letterbox:
        """The centred fit; training may `zoom` (1 = fit) and `shift` (share of the canvas, right and down)."""
        scale = _scale(source, canvas) * zoom
        left = (canvas.width - source.width * scale) / 2 + shift[0] * canvas.width
        top = (canvas.height - source.height * scale) / 2 + shift[1] * canvas.height
        return cls(source, canvas, scale, left, top)

    def apply(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The picture uint8 (H, W, 3) on the canvas uint8 (h, w, 3); averages where it shrinks."""
        return self._forward(image, PAD_COLOUR)

    def apply_mask(self, mask: NDArray[np.bool_] | NDArray[np.uint8]) -> NDArray[np.float32]:
        """A mask (H, W) on the canvas as coverage float32 (h, w) in 0..1."""
        covered = np.ascontiguousarray(mask, dtype=np.uint8) * np.uint8(255)
        return self._forward(covered, (0,)).astype(np.float32) / np.float32(255)

    def _forward(self, image: NDArray[np.uint8], fill: tuple[int, ...]) -> NDArray[np.uint8]:
        # Averaging (INTER_AREA) first, so that the sub-pixel warp that follows neither aliases nor blurs much.
        width, height = (max(1, round(n * self.scale)) for n in (self.source.width, self.source.height))
        if self.scale < 1 and (width, height) != (self.source.width, self.source.height):
            image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
        scale_x, scale_y = (
            self.source.width * self.scale / image.shape[1],
            self.source.height * self.scale / image.shape[0],
        )
        # cv2 counts from pixel centres: c_canvas = s * (c + 0.5) + offset - 0.5.
        matrix = np.array(
            [
                [scale_x, 0, self.left + 0.5 * scale_x - 0.5],
                [0, scale_y, self.top + 0.5 * scale_y - 0.5],
            ]
        )
        # Enlarged, half a pixel of the picture is several of the canvas: its edge must not fade into the fill.
        border = cv2.BORDER_REPLICATE if self.scale > 1 else cv2.BORDER_CONSTANT
        warped = np.asarray(
            cv2.warpAffine(
                image,
                matrix,
                (self.canvas.width, self.canvas.height),
                flags=cv2.INTER_LINEAR,
                borderMode=border,
                borderValue=fill,
            ),
            dtype=np.uint8,
        )
        if self.scale > 1:
            (x0, y0), (x1, y1) = self.to_canvas(0, 0), self.to_canvas(self.source.width, self.source.height)
            left, right = (min(max(round(edge), 0), self.canvas.width) for edge in (x0, x1))
            top, bottom = (min(max(round(edge), 0), self.canvas.height) for edge in (y0, y1))
            for outside in (warped[:top], warped[bottom:], warped[:, :left], warped[:, right:]):
                outside[:] = fill
        return warped

    def invert_logits(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits on any grid (g, g') over the canvas, as probability float32 (H, W) in 0..1 at source size."""
        return at_source(joined_looks([(self, logits)]), self.source)

    def _on_working_size(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits on any grid over the canvas, brought to the source, made smaller where that is large."""
        longer = max(self.source.width, self.source.height)
        shrink = min(1.0, _LOGIT_SIDE / longer)
        width, height = (max(1, round(n * shrink)) for n in (self.source.width, self.source.height))
        cells_x, cells_y = logits.shape[1] / self.canvas.width, logits.shape[0] / self.canvas.height  # a canvas pixel
        step_x = self.source.width / width * self.scale * cells_x
        step_y = self.source.height / height * self.scale * cells_y
        matrix = np.array(
            [
                [step_x, 0, self.left * cells_x + 0.5 * step_x - 0.5],
                [0, step_y, self.top * cells_y + 0.5 * step_y - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        at_size = cv2.warpAffine(
            np.clip(logits, -_LARGEST_LOGIT, _LARGEST_LOGIT, dtype=np.float32),
            matrix,
            (width, height),
            flags=flags,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(at_size, dtype=np.float32)

    def to_canvas(self, x: float, y: float) -> tuple[float, float]:
        """A point of the source, on the canvas."""
        return x * self.scale + self.left, y * self.scale + self.top

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """A point of the canvas, in the source."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale


def joined_looks(looks: Sequence[tuple[Letterbox, NDArray[np.float32]]]) -> NDArray[np.float32]:
    """What several letterboxes of one source say, each as logits on any grid over its canvas: their mean.

    Returns:
        Logits float32 (h, w) of the source, made smaller where that is large; `at_source` brings them there.
    """
    at_size = looks[0][0]._on_working_size(looks[0][1])
    for letterbox, logits in looks[1:]:
        at_size = at_size + letterbox._on_working_size(logits)
    return at_size / np.float32(len(looks))


def at_source(logits: NDArray[np.float32], source: Size) -> NDArray[np.float32]:
    """Logits of a source, as `joined_looks` returns them, as probability float32 (H, W) in 0..1 at its size."""
    probability = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    if probability.shape != source.shape:
        probability = cv2.resize(probability, (source.width, source.height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(probability, dtype=np.float32)
