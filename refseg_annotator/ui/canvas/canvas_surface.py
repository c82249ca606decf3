"""The surface of the canvas: the picture and what lies over it, under one view. It draws; `canvas` handles the pointer.

A plain widget and not a `QGraphicsView`: what it shows is a handful of pixel layers under one transform, which a scene
of items only hides. Each layer keeps its pixels at the screen's resolution (`canvas_layers`), so a pan moves them and
draws the strips that come into sight, a stroke draws its dirty box, and an 8192 x 8192 photo costs no more than the
screen. From below: photo, the masks at rest, the selected mask or the draft painted on it, the proposal, then numbers,
lines of a tool and the brush.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QRegion

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.ui.canvas import canvas_marks as marks
from refseg_annotator.ui.canvas.canvas_items import DASH, Overlay, draw_overlay
from refseg_annotator.ui.canvas.canvas_layers import Layer
from refseg_annotator.ui.canvas.canvas_view import CanvasView
from refseg_annotator.ui.canvas.overlay_index import OverlayImages, OverlayIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from refseg_annotator.ui.canvas.canvas_marks import Badge
    from refseg_annotator.ui.canvas.frame_picture import FramePicture
    from refseg_annotator.ui.canvas.view import View
    from refseg_annotator.ui.tools.canvas_tools import Point

_MARCH_INTERVAL: Final = 140  # ms a step of 2 pixels: a dash and its gap pass in a second
_FADE: Final = 120  # ms
_SPINNER_AFTER: Final = 100  # ms
_COSTLY: Final = 0.012  # s: masks at rest that take longer are stretched while one zooms, and drawn when it is over
_RING_FROM: Final = 64  # logical pixels of radius
_SETTLED_AFTER: Final = 90  # ms


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What lies over the picture: masks at rest, the selected one, the proposal, and the numbers."""

    resting: tuple[Overlay, ...] = ()
    selected: Overlay | None = None
    offer: Overlay | None = None
    badges: tuple[Badge, ...] = ()


class CanvasSurface(CanvasView):
    """Shows a frame and its scene."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = Scene()
        self._index = OverlayIndex(())
        self._images = OverlayImages()
        self._draft: Overlay | None = None
        self._is_bare = False
        self._band: list[Point] = []
        self._band_closed = False
        self._brush: float | None = None
        self._brush_at: QPointF | None = None
        self._background = QColor(20, 22, 26)
        self._ink = QColor(230, 232, 235)
        self._calm = False
        self._phase = 0
        self._angle = 0
        self._waiting: str | None = None
        self._photo = Layer(self._draw_photo, covers=True)
        self._resting = Layer(self._draw_resting)
        self._active = Layer(self._draw_active)
        self._offer = Layer(self._draw_offer)
        self._layers: tuple[Layer, ...] = (self._photo, self._resting, self._active, self._offer)
        self._march = QTimer(self, interval=_MARCH_INTERVAL)
        self._march.setObjectName("march")
        self._march.timeout.connect(self._on_march)
        self._spin = QTimer(self, interval=40)
        self._spin.setObjectName("spinner")
        self._spin.timeout.connect(self._on_spin)
        self._patience = QTimer(self, interval=_SPINNER_AFTER, singleShot=True)
        self._patience.setObjectName("patience")
        self._patience.timeout.connect(self._spin.start)
        self._stretched: View | None = None
        self._settle = QTimer(self, interval=_SETTLED_AFTER, singleShot=True)
        self._settle.setObjectName("settle")
        self._settle.timeout.connect(self._on_settled)
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_FADE)
        self._fade.valueChanged.connect(lambda _: self._update_offer())

    # --- what it shows ------------------------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """What lies over the picture."""
        return self._scene

    @property
    def draft(self) -> Overlay | None:
        """What a tool shows in place of the selected mask."""
        return self._draft

    @property
    def is_waiting(self) -> bool:
        """Whether a frame is on its way."""
        return self._waiting is not None

    def set_picture(self, picture: FramePicture | None) -> None:
        """Show a frame; one of the same size keeps the view, another is fitted."""
        same_size = picture is not None and self._picture is not None and picture.size == self._size
        self._picture = picture
        self._size = Size(1, 1) if picture is None else picture.size
        self._stretched = None
        if not same_size:
            self.fit()
        self._invalidate()
        self.view_changed.emit()

    def set_waiting(self, words: str | None) -> None:
        """Show a spinner with a word, if the wait is long enough to notice; None ends it."""
        self._waiting = words
        if words is None:
            self._patience.stop()
            self._spin.stop()
        elif not self._spin.isActive() and self.isVisible():
            self._patience.start()
        self.update()

    def set_scene(self, scene: Scene, dirty: Sequence[Box] | None = None) -> None:
        """Show other masks; `dirty` are the boxes of source pixels that may differ, None for all."""
        before, self._scene = self._scene, scene
        self._index = OverlayIndex(scene.resting)
        if dirty is None:
            self._invalidate(self._resting, self._active)
        else:
            for box in dirty:
                self._invalidate_box(box, self._resting, self._active)
        if before.badges != scene.badges:
            self.update()
        if not _is_same_offer(before.offer, scene.offer):
            self._invalidate(self._offer)
            self._animate_offer(appears=before.offer is None and scene.offer is not None)

    def set_draft(self, draft: Overlay | None, dirty: Box) -> None:
        """Show a draft in place of the selected mask; None ends that. `dirty` is what may differ, in source pixels."""
        self._draft = draft
        self._invalidate_box(dirty, self._active)

    def repaint_draft(self, box: Box) -> None:
        """The draft has changed within a box of source pixels; draw no more than that."""
        self._invalidate_box(box, self._active)

    def set_band(self, points: list[Point], *, closed: bool) -> None:
        """Show a tool's line through source points."""
        before = self._band_rect()
        self._band, self._band_closed = points, closed
        self.update(self._logical(before.united(self._band_rect())))

    def set_bare(self, bare: bool) -> None:
        """Show the photo without anything on it."""
        self._is_bare = bare
        self.update()

    def set_colours(self, background: QColor, ink: QColor, *, calm: bool) -> None:
        """Take the theme's colours; `calm` is without motion."""
        self._background, self._ink, self._calm = background, ink, calm
        self._invalidate()
        self._animate_offer(appears=False)

    # --- within -------------------------------------------------------------------------------------------------------

    @property
    def _has_active(self) -> bool:
        return self._draft is not None or self._scene.selected is not None

    def _invalidate(self, *layers: Layer) -> None:
        for layer in layers or self._layers:
            layer.invalidate()
        self.update()

    def _invalidate_box(self, box: Box, *layers: Layer) -> None:
        overlays = (self._draft, self._scene.selected, *self._scene.resting[:1])
        margin = max((overlay.style.margin for overlay in overlays if overlay is not None), default=8)
        rect = self._view.device_rect(box, margin=margin + 1)
        if rect.isEmpty():
            return
        for layer in layers:
            layer.invalidate(rect)
        self.update(self._logical(rect))

    def _after_look(self, before: View) -> None:
        if self._view.scale == before.scale:
            unused = {self._active: not self._has_active, self._offer: self._scene.offer is None}
            for layer in self._layers:
                if unused.get(layer, False):
                    layer.invalidate()
                elif layer is not self._resting or self._stretched is None:
                    layer.scroll(self._view.x - before.x, self._view.y - before.y)
            self.update()
        elif self._resting.seconds > _COSTLY and self.isVisible():
            self._stretched = self._stretched or before
            self._invalidate(self._photo, self._active, self._offer)
        else:
            self._invalidate()
        if self._stretched is not None:
            self._settle.start()

    def _on_settled(self) -> None:
        self._stretched = None
        self._invalidate(self._resting)

    def _animate_offer(self, *, appears: bool) -> None:
        shows = self._scene.offer is not None and not self._calm and self.isVisible()
        if shows and not self._march.isActive():
            self._march.start()
        elif not shows:
            self._march.stop()
            self._fade.stop()
        if appears and shows:
            self._fade.start()

    def _update_offer(self) -> QRect:
        offer = self._scene.offer
        if offer is None:
            return QRect()
        rect = self._view.device_rect(offer.pixels.box, margin=offer.style.margin)
        self.update(self._logical(rect))
        return rect

    def _on_march(self) -> None:
        self._phase += 2
        self._offer.invalidate(self._update_offer())

    def _on_spin(self) -> None:
        self._angle = 0 if self._calm else (self._angle + 20) % 360
        self.update(self._spinner_rect())

    def _band_rect(self) -> QRect:
        margin = math.ceil((marks.BAND_HALO / 2 + 1) * self.devicePixelRatioF()) + 1
        return self._view.device_rect(marks.band_box(self._band), margin=margin) if self._band else QRect()

    def _spinner_rect(self) -> QRect:
        return QRect(self.width() // 2 - 120, self.height() // 2 - 40, 240, 80)

    def _brush_region(self) -> QRegion:
        """Where the brush is drawn, logical; empty where it is not. A wide one is a ring: what it encloses rests."""
        if self._brush is None or self._brush_at is None:
            return QRegion()
        reach = self._brush * self._view.scale / self.devicePixelRatioF()
        if reach < _RING_FROM or self._view.scale >= marks.PIXELS_FROM:
            reach += self._view.scale + 6
            at = self._brush_at
            return QRegion(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach).toAlignedRect())
        return marks.ring(self._brush_at, reach)

    def _reach_of(self, overlay: Overlay) -> QRect:
        return self._view.device_rect(overlay.pixels.box, margin=overlay.style.margin)

    def _corner_of(self, box: Box) -> QPointF:
        return self.position_of(box.x0, box.y0)

    # --- painting -----------------------------------------------------------------------------------------------------

    def _draw_photo(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(rect, self._background)
        if self._picture is not None:
            self._picture.draw(painter, self._view, rect)

    def _draw_resting(self, painter: QPainter, rect: QRect) -> None:
        for overlay in self._index.meeting(self._view, rect):
            if not self._images.draw(painter, overlay, self._view, self._size, rect):
                draw_overlay(painter, overlay, self._view, self._size, rect)

    def _draw_active(self, painter: QPainter, rect: QRect) -> None:
        overlay = self._draft or self._scene.selected
        if overlay is not None:
            draw_overlay(painter, overlay, self._view, self._size, rect)

    def _draw_offer(self, painter: QPainter, rect: QRect) -> None:
        if self._scene.offer is not None:
            dash = round(DASH * self.devicePixelRatioF())
            draw_overlay(painter, self._scene.offer, self._view, self._size, rect, dash=dash, phase=self._phase)

    def _draw_brush(self, painter: QPainter) -> None:
        if self._brush is None or self._brush_at is None or self._picture is None:
            return
        if self._view.scale >= marks.PIXELS_FROM:
            x, y = self.source_at(self._brush_at)
            above, below = self.source_at(QPointF(0, 0))[1], self.source_at(QPointF(0, self.height()))[1]
            rows = (math.floor(above) - 1, math.ceil(below) + 1)
            marks.draw_brush(painter, marks.brush_pixels(x, y, self._brush, rows, self.position_of), smooth=False)
        else:
            reach = self._brush * self._view.scale / self.devicePixelRatioF()
            marks.draw_brush(painter, marks.brush_circle(self._brush_at, reach), smooth=True)

    def _paint_layers(self, painter: QPainter, exposed: QRect) -> None:
        self._photo.paint(painter, exposed)
        if self._is_bare or self._picture is None:
            return
        if not self._scene.resting:
            pass
        elif self._stretched is None:
            self._resting.paint(painter, exposed)
        else:
            view, former = self._view, self._stretched
            grown = view.scale / former.scale
            self._resting.paint_stretched(painter, exposed, grown, view.x - former.x * grown, view.y - former.y * grown)
        # Of a layer with one mask only that mask's part is mixed in: the rest of it is empty.
        active = self._draft or self._scene.selected
        if active is not None:
            self._active.paint(painter, exposed.intersected(self._reach_of(active)))
        if self._scene.offer is not None:
            is_fading = self._fade.state() is QVariantAnimation.State.Running
            painter.setOpacity(float(self._fade.currentValue()) if is_fading else 1.0)
            self._offer.paint(painter, exposed.intersected(self._reach_of(self._scene.offer)))
            painter.setOpacity(1.0)

    # --- Qt's own -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the layers together within the exposed rectangle."""
        painter = QPainter(self)
        exposed = self._device(event.rect()).intersected(QRect(QPoint(0, 0), self._device_size()))
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        self._paint_layers(painter, exposed)
        painter.restore()
        if self._picture is not None and not self._is_bare:
            marks.draw_badges(painter, self._scene.badges, self.font(), self.size(), event.rect(), self._corner_of)
            if self._band:
                marks.draw_band(painter, [self.position_of(x, y) for x, y in self._band], closed=self._band_closed)
        self._draw_brush(painter)
        if self._waiting is not None and self._spin.isActive():
            marks.draw_spinner(painter, self._spinner_rect(), self._waiting, self._angle, self._background, self._ink)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted, and any other where its middle was."""
        device = self._device_size()
        self._stretched = None
        for layer in self._layers:
            layer.resize(device.width(), device.height())
        if self._is_fitted:
            self.fit()
        elif event.oldSize().isValid():
            ratio = self.devicePixelRatioF()
            dx = round((event.size().width() - event.oldSize().width()) * ratio / 2)
            dy = round((event.size().height() - event.oldSize().height()) * ratio / 2)
            self._look(self._view.moved(dx, dy))

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what moves."""
        super().showEvent(event)
        self._animate_offer(appears=False)
        if self._waiting is not None:
            self._patience.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what moves: nobody sees it."""
        super().hideEvent(event)
        for timer in (self._march, self._spin, self._patience, self._settle):
            timer.stop()
        if self._stretched is not None:
            self._on_settled()
        self._fade.stop()

    def sizeHint(self) -> QSize:
        """Most of the window."""
        return QSize(800, 600)


def _is_same_offer(first: Overlay | None, second: Overlay | None) -> bool:
    if first is None or second is None:
        return first is second
    return first.style == second.style and first.pixels == second.pixels
