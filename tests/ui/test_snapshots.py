"""What the canvas shows, pixel for pixel, against pictures kept in `snapshots/`.

All is drawn from code: no photos, and no writing, which differs from one system's fonts to the next. After a change of
looks that is meant, `REFSEG_WRITE_SNAPSHOTS=1 pytest tests/ui/test_snapshots.py` writes them anew; look at them before
committing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.ui.canvas.canvas import Canvas
from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle
from refseg_annotator.ui.canvas.canvas_surface import Scene
from refseg_annotator.ui.canvas.frame_picture import FramePicture
from refseg_annotator.ui.colours import referent_colour
from refseg_annotator.ui.tools.brush import Draft

FOLDER = Path(__file__).with_name("snapshots")
WRITES = os.environ.get("REFSEG_WRITE_SNAPSHOTS") == "1"
SIZE = Size(120, 80)
# Smooth scaling and softening round differently from one build of Qt or OpenCV to another, along edges alone.
FAR, SHARE = 24, 0.004


def picture() -> FramePicture:
    """Stripes of grey under a red and a blue block."""
    rows, columns = np.mgrid[: SIZE.height, : SIZE.width]
    array = np.repeat((150 + 40 * ((columns // 8 + rows // 8) % 2))[..., None], 3, axis=2).astype(np.uint8)
    array[20:60, 12:44] = (200, 60, 50)
    array[28:66, 70:108] = (50, 80, 190)
    return FramePicture.of(array)


def ring(x: float, y: float, outer: float, inner: float) -> Mask:
    """A disc with a hole and a single pixel beside it."""
    rows, columns = np.mgrid[: SIZE.height, : SIZE.width] + 0.5
    away = (columns - x) ** 2 + (rows - y) ** 2
    array = (away < outer**2) & (away >= inner**2)
    array[4, int(x)] = True
    return Mask.from_array(array)


def block(box: Box) -> Mask:
    return Mask.from_patch(SIZE, box, np.ones((box.height, box.width), np.bool_))


def overlay(mask: Mask, place: int, **style: object) -> Overlay:
    return Overlay(MaskPixels(mask), OverlayStyle(referent_colour(place), **{"opacity": 0.45, "line": 1.5, **style}))  # type: ignore[arg-type]


def everything(**style: object) -> Scene:
    return Scene(
        resting=(overlay(block(Box(12, 20, 44, 60)), 1, **style), overlay(ring(60, 40, 14, 6), 2, **style)),
        selected=overlay(block(Box(70, 28, 108, 66)), 0, selected=True, **style),
        offer=overlay(ring(92, 30, 16, 0), 3, dashed=True, **style),
    )


def fitted(canvas: Canvas) -> None:
    canvas.set_scene(everything())


def outlines(canvas: Canvas) -> None:
    canvas.set_scene(everything(opacity=0.0))


def patterns(canvas: Canvas) -> None:
    masks = (
        block(Box(12 + 24 * (place % 4), 8 + 32 * (place // 4), 34 + 24 * (place % 4), 36 + 32 * (place // 4)))
        for place in range(8)
    )
    canvas.set_scene(Scene(resting=tuple(overlay(mask, place, pattern=place) for place, mask in enumerate(masks))))


def no_lines(canvas: Canvas) -> None:
    canvas.set_scene(everything(line=0.0))


def wide_lines(canvas: Canvas) -> None:
    canvas.set_scene(everything(line=4.0))


def bare(canvas: Canvas) -> None:
    canvas.set_scene(everything())
    canvas.set_bare(True)


def pixels(canvas: Canvas) -> None:
    canvas.set_scene(everything())
    canvas.zoom(8.0 / canvas.view.scale, canvas.position_of(60, 40))


def small(canvas: Canvas) -> None:
    canvas.set_scene(everything())
    canvas.zoom(0.5 / canvas.view.scale)


def brush_of_pixels(canvas: Canvas) -> None:
    canvas.set_scene(Scene())
    canvas.zoom(8.0 / canvas.view.scale, canvas.position_of(60, 40))
    canvas.set_brush(4.5)
    canvas._brush_at = QPointF(120, 80)
    canvas.update()


def draft(canvas: Canvas) -> None:
    canvas.set_scene(everything())
    stroke = Draft(block(Box(70, 28, 108, 66)))
    box = stroke.sweep(60, 60, 100, 70, 6, value=True).union(stroke.sweep(80, 40, 100, 40, 4, value=False))
    canvas.set_draft(Overlay(stroke, OverlayStyle(referent_colour(0), 0.45, 1.5, selected=True)), EMPTY_BOX)
    canvas.repaint_draft(box)


def band(canvas: Canvas) -> None:
    canvas.set_scene(Scene())
    canvas.set_band([(10, 10), (100, 20), (90, 70), (20, 60)], closed=True)


def panned(canvas: Canvas) -> None:
    canvas.set_scene(everything())
    canvas.grab()
    canvas._look(canvas.view.moved(37, -21))


CASES: tuple[Callable[[Canvas], None], ...] = (
    fitted,
    outlines,
    patterns,
    no_lines,
    wide_lines,
    bare,
    pixels,
    small,
    brush_of_pixels,
    draft,
    band,
    panned,
)


def array_of(image: QImage) -> np.ndarray:
    converted = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    return rows[:, : 3 * converted.width()].reshape(converted.height(), converted.width(), 3).copy()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_canvas_looks_as_it_did(qtbot: QtBot, case: Callable[[Canvas], None]) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(240, 160)
    canvas.set_colours(QColor(16, 18, 21), QColor(230, 230, 230), calm=True)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.set_picture(picture())
    case(canvas)
    seen = array_of(canvas.grab().toImage())
    file = FOLDER / f"{case.__name__}.png"
    if WRITES:
        Image.fromarray(seen).quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    kept = np.asarray(Image.open(file).convert("RGB")).astype(int)
    assert seen.shape == kept.shape
    differs = (np.abs(seen - kept) > FAR).any(axis=2)
    assert differs.mean() < SHARE, f"{int(differs.sum())} of {differs.size} pixels differ from {file.name}"


def test_every_snapshot_has_its_case_and_differs_from_the_others() -> None:
    files = sorted(FOLDER.glob("*.png"))
    assert [file.stem for file in files] == sorted(case.__name__ for case in CASES)
    contents = [file.read_bytes() for file in files]
    assert len(set(contents)) == len(contents)
    assert sum(map(len, contents)) < 200_000
