"""The canvas: panning shows what drawing anew would, sampling is sharp or smooth where it should be."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.ui.canvas import canvas_marks as marks
from refseg_annotator.ui.canvas.canvas import Canvas
from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle
from refseg_annotator.ui.canvas.canvas_marks import Badge
from refseg_annotator.ui.canvas.canvas_surface import Scene
from refseg_annotator.ui.canvas.frame_picture import FramePicture


def photo(width: int = 300, height: int = 200) -> FramePicture:
    """Noise: every pixel tells where it comes from."""
    array = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return FramePicture.of(array)


def disc(size: Size, x: float, y: float, radius: float) -> Mask:
    rows, columns = np.mgrid[: size.height, : size.width] + 0.5
    return Mask.from_array((columns - x) ** 2 + (rows - y) ** 2 < radius**2)


def scene(size: Size) -> Scene:
    style = OverlayStyle((230, 159, 0), 0.4, 1.5)
    masks = [disc(size, 80, 60, 30), disc(size, 180, 120, 50)]
    return Scene(
        resting=(Overlay(MaskPixels(masks[0]), style),),
        selected=Overlay(MaskPixels(masks[1]), OverlayStyle((86, 180, 233), 0.4, 1.5, selected=True)),
        offer=Overlay(MaskPixels(disc(size, 240, 50, 20)), OverlayStyle((0, 158, 115), 0.3, 1.5, dashed=True)),
        badges=(Badge("1", (230, 159, 0), masks[0].box, False), Badge("2", (86, 180, 233), masks[1].box, True)),
    )


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_colours(QColor(16, 18, 21), QColor(230, 230, 230), calm=True)
    made.show()
    qtbot.waitExposed(made)
    picture = photo()
    made.set_picture(picture)
    made.set_scene(scene(picture.size))
    return made


def seen(canvas: Canvas) -> QImage:
    return canvas.grab().toImage()


def differing(first: QImage, second: QImage) -> int:
    """Largest difference of any colour of any pixel."""
    a, b = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (first, second))
    return int(abs(a - b).max())


def afresh(canvas: Canvas) -> QImage:
    """The same, every layer drawn anew."""
    canvas._stretched = None
    canvas._invalidate()
    return canvas.grab().toImage()


@pytest.mark.parametrize("scale", [0.4, 1.0, 2.5, 7.0])
def test_panning_shows_what_drawing_anew_would(canvas: Canvas, scale: float) -> None:
    canvas.zoom(scale / canvas.view.scale)
    seen(canvas)
    for dx, dy in ((13, 0), (0, -21), (-40, 33), (500, 0), (-3, -3)):
        canvas._look(canvas.view.moved(dx, dy))
        # Smooth sampling rounds a little differently where it begins at another pixel.
        assert differing(seen(canvas), afresh(canvas)) <= 3


def test_a_dirty_box_shows_what_drawing_anew_would(canvas: Canvas) -> None:
    seen(canvas)
    before = canvas.scene
    mask = disc(Size(300, 200), 180, 120, 50).difference(disc(Size(300, 200), 200, 130, 20))
    assert before.selected is not None
    changed = Scene(before.resting, Overlay(MaskPixels(mask), before.selected.style), before.offer, before.badges)
    canvas.set_scene(changed, [Box(178, 108, 222, 152)])
    assert differing(seen(canvas), afresh(canvas)) <= 3


def test_masks_that_take_long_are_stretched_while_one_zooms(canvas: Canvas, qtbot: QtBot) -> None:
    seen(canvas)
    canvas._resting.seconds = 1.0
    canvas.zoom(1.25)
    assert canvas._stretched is not None
    seen(canvas)
    canvas._look(canvas.view.moved(10, 5))
    qtbot.waitUntil(lambda: canvas._stretched is None, timeout=20_000)
    assert differing(seen(canvas), afresh(canvas)) <= 3


def test_pixels_are_sharp_past_four_hundred_percent_and_at_one_to_one(canvas: Canvas) -> None:
    canvas.set_scene(Scene())
    picture = canvas.picture
    assert picture is not None
    for scale in (1.0, 5.0):
        canvas.zoom(scale / canvas.view.scale, QPointF(200, 150))
        image = seen(canvas)
        for x, y in ((140, 90), (160, 110), (150, 100)):
            place = canvas.position_of(x + 0.5, y + 0.5)
            assert image.pixelColor(int(place.x()), int(place.y())).getRgb()[:3] == tuple(
                int(part) for part in picture.array[y, x]
            )


def test_small_views_are_of_halves_and_not_of_noise(qtbot: QtBot) -> None:
    array = np.zeros((4096, 4096, 3), np.uint8)
    array[::2, ::2] = 255
    array[1::2, 1::2] = 255
    picture = FramePicture.of(array)
    assert [image.width() for image in picture.levels] == [4096, 2048, 1024, 512]
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    made.set_picture(picture)
    middle = seen(made).pixelColor(200, 150).getRgb()[:3]
    assert all(110 <= part <= 145 for part in middle)


def test_the_picture_cannot_be_lost(canvas: Canvas) -> None:
    canvas._look(canvas.view.moved(10_000, -10_000))
    rect = canvas.view.device_rect(Box(0, 0, 300, 200))
    assert canvas.rect().intersects(rect)


def test_fitting_holds_while_resized_and_ends_with_a_zoom(canvas: Canvas) -> None:
    canvas.fit()
    canvas.resize(500, 320)
    QApplication.processEvents()
    fitted = canvas.view
    canvas.fit()
    assert canvas.view == fitted
    canvas.zoom(2.0)
    scale = canvas.view.scale
    canvas.resize(420, 300)
    QApplication.processEvents()
    assert canvas.view.scale == scale


def test_a_frame_of_the_same_size_keeps_the_view(canvas: Canvas) -> None:
    canvas.zoom(3.0)
    view = canvas.view
    canvas.set_picture(photo())
    assert canvas.view == view
    canvas.set_picture(photo(120, 90))
    assert canvas.view != view


def test_the_spinner_comes_only_after_a_while(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_waiting("Opening the picture")
    assert not canvas._spin.isActive()
    qtbot.waitUntil(canvas._spin.isActive, timeout=20_000)
    canvas.set_waiting(None)
    assert not canvas._spin.isActive()


def test_a_proposal_moves_unless_one_wants_calm(canvas: Canvas) -> None:
    assert not canvas._march.isActive()
    canvas.set_colours(QColor("black"), QColor("white"), calm=False)
    assert canvas._march.isActive()
    canvas.hide()
    assert not canvas._march.isActive()


def test_a_canvas_without_a_picture_is_plain(qtbot: QtBot) -> None:
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(50, 40)
    made.set_colours(QColor(1, 2, 3), QColor("white"), calm=True)
    made.zoom(2.0)
    made.fit()
    assert seen(made).pixelColor(20, 20).getRgb()[:3] == (1, 2, 3)
    assert not made.abandon()
    assert not made.finish()


@pytest.mark.parametrize("ratio", [1, 2, 3])
@pytest.mark.parametrize("ground", [0, 128, 255])
def test_a_tool_s_line_is_as_wide_on_every_screen_and_seen_on_every_ground(ratio: int, ground: int) -> None:
    side = 40
    image = QImage(side * ratio, side * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(ground, ground, ground))
    painter = QPainter(image)
    marks.draw_band(painter, [QPointF(5, 20), QPointF(35, 20)], closed=False)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(side * ratio, -1, 4)[:, side * ratio // 2, 0]
    across = pixels.astype(int)
    assert np.count_nonzero(across > 230) >= 2 * ratio, "the line itself is light"
    if ground:
        assert np.count_nonzero(across < ground * 0.6) >= 2 * ratio, "its halo is dark"
        assert np.count_nonzero(across != ground) <= 7 * ratio


@pytest.mark.parametrize("reach", [64.0, 100.3, 512.0])
@pytest.mark.parametrize("place", [(600.0, 600.0), (600.4, 599.7)])
def test_a_wide_brush_is_repainted_where_its_line_is(reach: float, place: tuple[float, float]) -> None:
    """The ring that is repainted holds every pixel of the line, and little besides."""
    centre = QPointF(*place)
    image = QImage(1200, 1200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    marks.draw_brush(painter, marks.brush_circle(centre, reach), smooth=True)
    ring = marks.ring(centre, reach)
    assert sum(part.width() * part.height() for part in ring) < 0.5 * (2 * reach) ** 2
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    for part in ring:
        painter.fillRect(part, QColor(0, 0, 0, 0))
    painter.end()
    assert not np.frombuffer(image.constBits(), np.uint8).any()
