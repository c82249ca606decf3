"""What lies over the picture, as pixels: masks with fill and two-tone outline, at the resolution of the screen.

A mask is sampled at the device pixels of the rectangle to repaint, softened by a few pixels, and sent through a table
of 256 colours: nothing, dark line, bright line, fill. So the cost of an overlay is that of the screen it covers,
whatever the size of the photo or the raggedness of the mask; a noisy mask costs no more than a smooth one, and the
lines keep their width at every zoom. Past 400 % the fill follows the photo's own pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from PySide6.QtGui import QImage

from refseg_annotator.core.geometry import Box
from refseg_annotator.ui.canvas.patterns import TILE, laid
from refseg_annotator.ui.colours import Rgb, lighter
from refseg_annotator.ui.tools.brush import sample_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.ui.canvas.view import View

DASH: Final = 7  # device pixels of a dash at 100 % display scale
# Of a patterned fill: how much more opaque the pattern is than a plain fill, and what share of it lies between.
_PATTERN_GAIN: Final = 0.3
_PATTERN_GROUND: Final = 0.45


class Pixels(Protocol):
    """Something with pixels to draw: a `Draft`, or a mask through `MaskPixels`."""

    @property
    def box(self) -> Box:
        """A box of source pixels that holds all of it."""

    def sample(self, box: Box, step: int) -> NDArray[np.bool_]:
        """Every `step`-th pixel of a box inside the picture."""


@dataclass(frozen=True, slots=True)
class MaskPixels:
    """A mask to draw."""

    mask: Mask

    @property
    def box(self) -> Box:
        """The mask's own box."""
        return self.mask.box

    def sample(self, box: Box, step: int) -> NDArray[np.bool_]:
        """Every `step`-th pixel of a box inside the picture."""
        return sample_mask(self.mask, box, step)


@dataclass(frozen=True, slots=True)
class OverlayStyle:
    """How a mask is drawn.

    Args:
        colour: of fill and line.
        opacity: of the fill, 0..1; 0 is outline only.
        line: width of the outline in device pixels; 0 for none.
        selected: brighter and with a wider line.
        dashed: the line alternates between light and dark: a proposal.
        pattern: of the fill, an index of `patterns.PATTERNS`; None for a plain one.
        tile: side of the pattern's tile in device pixels.
    """

    colour: Rgb
    opacity: float
    line: float
    selected: bool = False
    dashed: bool = False
    pattern: int | None = None
    tile: int = TILE

    @property
    def softness(self) -> float:
        """Standard deviation of the softening, in device pixels: it makes the width of the line."""
        return max(self.line * (1.25 if self.selected else 0.95), 0.6)

    @property
    def margin(self) -> int:
        """Device pixels by which the outline may reach past the mask's own pixels."""
        return int(self.softness * 3) + 2


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """One mask over the picture."""

    pixels: Pixels
    style: OverlayStyle


def coverage(pixels: Pixels, view: View, size: Size, rect: QRect) -> NDArray[np.uint8] | None:
    """How far each device pixel of `rect` is covered, uint8 (rect height, rect width); None where it is not at all."""
    reach = pixels.box.intersection(view.source_box(rect, size))
    if reach.is_empty:
        return None
    step = max(int(1 / view.scale) // 2, 1)
    # The grid is that of the whole picture, so that a part repainted later meets the rest without a seam.
    grown = Box(reach.x0 - 2 * step, reach.y0 - 2 * step, reach.x1 + 2 * step, reach.y1 + 2 * step)
    box = Box(max(grown.x0 // step, 0) * step, max(grown.y0 // step, 0) * step, grown.x1, grown.y1).clipped(size)
    grid = pixels.sample(box, step)
    if not grid.any():
        return None
    if view.scale >= 1.0:
        return _enlarged(grid, box, view, rect)
    return _reduced(grid, box, step, view, rect)


def _enlarged(grid: NDArray[np.bool_], box: Box, view: View, rect: QRect) -> NDArray[np.uint8]:
    """Each device pixel takes the source pixel under its centre."""
    columns = np.floor((np.arange(rect.width()) + rect.x() + 0.5 - view.x) / view.scale).astype(np.int64) - box.x0
    rows = np.floor((np.arange(rect.height()) + rect.y() + 0.5 - view.y) / view.scale).astype(np.int64) - box.y0
    left, right = np.searchsorted(columns, (0, box.width))
    top, bottom = np.searchsorted(rows, (0, box.height))
    covered = np.zeros((rect.height(), rect.width()), np.uint8)
    levels = grid.view(np.uint8)
    if view.scale == 1.0 and top < bottom and left < right:
        part = levels[rows[top] : rows[bottom - 1] + 1, columns[left] : columns[right - 1] + 1]
    else:
        part = levels.take(rows[top:bottom], axis=0).take(columns[left:right], axis=1)
    np.multiply(part, 255, out=covered[top:bottom, left:right])
    return covered


def _reduced(grid: NDArray[np.bool_], box: Box, step: int, view: View, rect: QRect) -> NDArray[np.uint8]:
    """Each device pixel takes the mean of what lies around it."""
    import cv2

    scale = view.scale * step
    levels = np.ascontiguousarray(grid).view(np.uint8) * np.uint8(255)
    # Source (column + 0.5) of the grid to device: the centre of a sample is the centre of its cell.
    matrix = np.array(
        [
            [scale, 0.0, box.x0 * view.scale + view.x - rect.x() + 0.5 * scale - 0.5],
            [0.0, scale, box.y0 * view.scale + view.y - rect.y() + 0.5 * scale - 0.5],
        ]
    )
    return np.asarray(
        cv2.warpAffine(levels, matrix, (rect.width(), rect.height()), flags=cv2.INTER_LINEAR), dtype=np.uint8
    )


@lru_cache(maxsize=512)
def _table(style: OverlayStyle, dark_dash: bool = False, is_drawn: bool = False) -> NDArray[np.uint32]:
    """256 premultiplied ARGB words, by softened coverage; `is_drawn`: where the fill's pattern is drawn."""
    fill_opacity = min(style.opacity * (1.18 if style.selected else 1.0), 1.0)
    if style.pattern is not None:
        fill_opacity = min(fill_opacity + _PATTERN_GAIN, 1.0) if is_drawn else fill_opacity * _PATTERN_GROUND
    fill = (*style.colour, fill_opacity)
    nothing = (0, 0, 0, 0.0)
    if style.line <= 0:
        stops = [(0.0, nothing), (0.35, nothing), (0.65, fill), (1.0, fill)]
    else:
        bright = lighter(style.colour, 0.35 if style.selected else 0.12)
        if style.dashed:
            bright = (20, 22, 26) if dark_dash else (255, 255, 255)
        line = (*bright, 1.0)
        halo = (*(style.colour if style.dashed else (0, 0, 0)), 0.85 if style.dashed else 0.6)
        stops = [
            (0.0, nothing),
            (0.05, nothing),
            (0.15, halo),
            (0.28, halo),
            (0.4, line),
            (0.74, line),
            (0.9, fill),
            (1.0, fill),
        ]
    places = np.array([place for place, _ in stops]) * 255
    levels = np.arange(256)
    colours = np.array(
        [[red * alpha, green * alpha, blue * alpha, 255 * alpha] for _, (red, green, blue, alpha) in stops]
    )
    parts = [np.interp(levels, places, colours[:, channel]).round().astype(np.uint32) for channel in range(4)]
    red, green, blue, alpha = parts
    table: NDArray[np.uint32] = (alpha << 24) | (red << 16) | (green << 8) | blue
    return table


def draw_overlay(
    painter: QPainter, overlay: Overlay, view: View, size: Size, rect: QRect, *, dash: int = DASH, phase: int = 0
) -> None:
    """Paint the part of an overlay that lies in `rect`, a device rectangle; the painter works in device pixels."""
    import cv2

    style = overlay.style
    margin = style.margin
    target = rect.intersected(view.device_rect(overlay.pixels.box, margin=margin))
    if target.isEmpty():
        return
    covered = coverage(overlay.pixels, view, size, target.adjusted(-margin, -margin, margin, margin))
    if covered is None:
        return
    softness = style.softness
    # The kernel's reach is the margin, or a part repainted alone would differ from the same part of a whole.
    softened = cv2.GaussianBlur(covered, (0, 0), softness)
    if style.line > 0:
        # A speck is lighter than a line once softened; its own pixels must show all the same.
        softened = cv2.max(softened, cv2.convertScaleAbs(covered, alpha=0.7))
    inner = softened[margin : margin + target.height(), margin : margin + target.width()]
    words = _table(style).take(inner)
    if style.pattern is not None and style.opacity > 0:
        corner = {"left": target.x() - view.x, "top": target.y() - view.y}
        drawn = laid(style.pattern, style.tile, **corner, width=target.width(), height=target.height())
        words = np.where(drawn, _table(style, is_drawn=True).take(inner), words)
    if style.dashed and style.line > 0:
        # Counted from the picture's corner: the dashes go with it when it is panned.
        rows = np.arange(target.height()) + (target.y() - view.y)
        diagonal = np.add.outer(rows, np.arange(target.width()) + (target.x() - view.x + phase))
        words = np.where(diagonal // dash % 2 == 0, words, _table(style, dark_dash=True).take(inner))
    image = QImage(
        words.data, target.width(), target.height(), 4 * target.width(), QImage.Format.Format_ARGB32_Premultiplied
    )
    painter.drawImage(target.topLeft(), image)
