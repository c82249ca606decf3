"""The workbench's loads on another tool, run by that tool's own python: `PYTHON peer_loads.py labelme|napari FOLDER`.

It imports nothing of this project. Prints one line of JSON: load -> [median wall ms, median processor ms, words].
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import subprocess
import sys
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROUNDS = 30


def median(work, rounds=ROUNDS):
    """Median wall and processor milliseconds of `work(round)` after one that warms up."""
    work(-1)
    walls, busy = [], []
    for number in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work(number)
        walls.append(1000 * (time.perf_counter() - wall))
        busy.append(1000 * (time.process_time() - cpu))
    return [statistics.median(walls), statistics.median(busy)]


_FIRST = {
    "labelme": """
from PyQt5 import QtWidgets, QtCore
app = QtWidgets.QApplication([])
from labelme.app import MainWindow
window = MainWindow()
""",
    "napari": """
import napari
from qtpy import QtWidgets, QtCore
viewer = napari.Viewer(show=False)
window = viewer.window._qt_window
app = QtWidgets.QApplication.instance()
""",
}
_SHOWN = """
import os, sys
class First(QtCore.QObject):
    def eventFilter(self, watched, event):
        if event.type() == QtCore.QEvent.Type.Paint:
            os._exit(0)
        return False
first = First()
window.installEventFilter(first)
window.show()
QtCore.QTimer.singleShot(60000, lambda: os._exit(3))
app.exec_() if hasattr(app, "exec_") else app.exec()
"""


def first_window(tool):
    """From the command to the first paint; the first start, which reads the program from the disk, is not counted."""
    import resource

    walls, busy = [], []
    for _ in range(4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", _FIRST[tool] + _SHOWN], capture_output=True, check=False)
        walls.append(1000 * (time.perf_counter() - began))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
        if done.returncode:
            return None
    return [statistics.median(walls[1:]), statistics.median(busy[1:]), "command to first paint"]


def tried(found, name, measure):
    """Note what `measure` gives; a load that this version of the tool cannot do is told and leaves the others."""
    try:
        figures = measure()
    except Exception as error:  # noqa: BLE001  whatever a stranger's program raises
        print(f"not {name}: {type(error).__name__}: {error}", file=sys.stderr)
        return
    if figures is not None:
        found[name] = figures


def labelme(folder):
    """Its folder list, its canvas with 1,000 polygons, its step of undo."""
    from labelme import app as module
    from labelme._shape import Shape
    from labelme.widgets.canvas import Canvas
    from PyQt5 import QtCore, QtGui, QtWidgets

    application = QtWidgets.QApplication([])
    found = {}
    tried(found, "first_window", lambda: first_window("labelme"))

    def listed():
        window = module.MainWindow()
        wall, cpu = time.perf_counter(), time.process_time()
        window._import_images_from_dir(root_dir=folder)
        took = [1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)]
        return [*took, f"{len(window.imageList) if hasattr(window, 'imageList') else 'all'} files in its window"]

    tried(found, "folder", listed)
    canvas = Canvas(epsilon=10.0, double_click="close", num_backups=10)
    canvas.resize(1400, 900)
    image = QtGui.QPixmap(1920, 1080)
    image.fill(QtGui.QColor(90, 110, 130))
    canvas.load_pixmap(image) if hasattr(canvas, "load_pixmap") else canvas.loadPixmap(image)
    random.seed(0)
    shapes = []
    for number in range(1000):
        shape = Shape(label=f"object {number}", shape_type="polygon")
        x, y = random.randrange(60, 1860), random.randrange(60, 1020)
        for step in range(40):
            turn = step / 40 * 2 * math.pi
            point = QtCore.QPointF(x + 40 * math.cos(turn), y + 30 * math.sin(turn))
            shape.add_point(point) if hasattr(shape, "add_point") else shape.addPoint(point)
        shape.close()
        shapes.append(shape)
    canvas.load_shapes(shapes) if hasattr(canvas, "load_shapes") else canvas.loadShapes(shapes)
    canvas.show()
    application.processEvents()

    def zoom(number):
        canvas.scale = 1.0 + 0.1 * (number % 5)
        canvas.repaint()

    tried(found, "pan", lambda: [*median(lambda _: canvas.repaint()), "one repaint of 1,000 polygons"])
    tried(found, "zoom", lambda: [*median(zoom), "one repaint of 1,000 polygons at another scale"])
    kept = "one step kept (of 10), 1,000 polygons"
    tried(found, "undo_step", lambda: [*median(lambda _: canvas.backup_shapes()), kept])
    return found


def napari(_folder):
    """Its label layer: a stroke of the same radius on 8192 x 8192, and taking it back."""
    import numpy as np
    from napari.layers import Labels

    found = {}
    tried(found, "first_window", lambda: first_window("napari"))
    layer = Labels(np.zeros((8192, 8192), np.int32))
    layer.brush_size = 1000

    def stroke(number):
        layer.paint((4000 + 3 * number, 4000 + 7 * number), 1)

    words = "Labels.paint of radius 500 without drawing, steps of undo limited to 100"
    tried(found, "brush", lambda: [*median(stroke, 15), words])
    taken = "one undo of such a stroke, without drawing"
    tried(found, "undo_step", lambda: [*median(lambda _: layer.undo(), 10), taken])
    return found


if __name__ == "__main__":
    print(json.dumps({"labelme": labelme, "napari": napari}[sys.argv[1]](sys.argv[2])))
