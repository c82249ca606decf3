"""Pictures and a film of the window, made by the window itself: real keys, the shipped model, photos of scikit-image.

    python packaging/portraits.py film FILE.gif [--check]         twenty seconds of the flow, under 2 MB
    python packaging/portraits.py panels FOLDER [--theme dark] [--language en] [--scale 2] [NAME ...]

Everything runs offscreen on a project of its own. Look at what comes out before it is committed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 720)
FILM_SIZE = (960, 540)
MOST_BYTES = 2_000_000


class Portrait:
    """The window, hands, and a camera.

    Args:
        folder: where photos and the project lie.
    """

    def __init__(self, folder: Path, *, theme: str, language: str) -> None:
        from PySide6.QtWidgets import QApplication

        from refseg_annotator.app import Program
        from refseg_annotator.settings import Settings

        self.application = QApplication.instance() or QApplication([])
        self.application.styleHints().setCursorFlashTime(0)
        settings = Settings(theme=theme, language=language, reduced_motion=True, tour_seen=True, author="Zoë")
        self.program = Program(self.application, settings)  # type: ignore[arg-type]
        self.window = self.program.window
        self.folder = folder
        self.shots: list[tuple[Any, int]] = []
        self.pointer: tuple[int, int] | None = None
        self.window.resize(*SIZE)
        self.window.show()
        self.window.start([])
        self.until(lambda: bool(self.program.bridge.reader.model or self.program.bridge.reader.problem))

    # --- hands -------------------------------------------------------------------------------------------------

    def until(self, is_so: Callable[[], bool], seconds: float = 900) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > end:
                raise SystemExit("The window did not get there in time.")
            self.application.processEvents()
            time.sleep(0.005)
        self.settle()

    def settle(self) -> None:
        """Let what is queued be drawn."""
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            self.application.processEvents()
            time.sleep(0.005)

    def open(self, *paths: Path) -> None:
        """Open files and wait for the picture."""
        self.window.desk.open_paths(list(paths))
        self.until(lambda: self.window.canvas.picture is not None and not self.window.canvas.is_waiting)

    def press(self, key: Any, held: Any = None) -> None:
        """A key where the keyboard is."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self.window.focusWidget() or self.window, key, held or Qt.KeyboardModifier.NoModifier)
        self.application.processEvents()

    def type(self, text: str, *, films: int = 0) -> None:
        """Letters, filmed one by one where `films` is the time of each in ms."""
        from PySide6.QtTest import QTest

        for letter in text:
            QTest.keyClicks(self.window.focusWidget() or self.window, letter)
            if films:
                self.shoot(films)

    def phrase(self, text: str, *, films: int = 0) -> None:
        """Type a phrase, run it, and wait for the proposal."""
        from PySide6.QtCore import Qt

        self.window.canvas.setFocus()
        self.type("/")
        self.window.phrase_bar.edit.clear()
        self.type(text, films=films)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.program.bridge.assist.proposal is not None)

    def accept(self) -> None:
        """Enter."""
        from PySide6.QtCore import Qt

        self.window.canvas.setFocus()
        self.press(Qt.Key.Key_Return)
        self.settle()

    def stroke(self, *points: tuple[float, float], films: int = 0) -> None:
        """Draw through source points."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        canvas, left, none = self.window.canvas, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

        def send(kind: QEvent.Type, x: float, y: float, button: Any, down: Any) -> None:
            place = canvas.position_of(x, y)
            event = QMouseEvent(kind, place, QPointF(place), button, down, Qt.KeyboardModifier.NoModifier)
            self.application.sendEvent(canvas, event)
            corner = canvas.mapTo(self.window, place.toPoint())
            self.pointer = (corner.x(), corner.y())
            if films:
                self.shoot(films)

        send(QEvent.Type.MouseMove, *points[0], none, none)
        send(QEvent.Type.MouseButtonPress, *points[0], left, left)
        for start, end in itertools.pairwise(points):
            for step in range(1, 7):
                share = step / 6
                spot = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
                send(QEvent.Type.MouseMove, *spot, none, left)
        send(QEvent.Type.MouseButtonRelease, *points[-1], left, none)
        self.pointer = None

    # --- camera ------------------------------------------------------------------------------------------------

    def grab(self, widget: Any = None) -> Any:
        """A picture of the window, or of a dialog over it."""
        import numpy as np
        from PIL import Image
        from PySide6.QtGui import QImage

        self.application.processEvents()
        image = (widget or self.window).grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return Image.fromarray(rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy())

    def shoot(self, milliseconds: int) -> None:
        """A frame of the film."""
        from PIL import Image

        frame = self.grab().resize(FILM_SIZE, Image.Resampling.LANCZOS)
        self.shots.append((frame, milliseconds))

    def close(self) -> None:
        """End it."""
        self.window.close()
        self.program.close()


def photo(folder: Path, name: str) -> Path:
    """A photo that comes with scikit-image, as a file; "cats" and "people" are the ones that phrases fit."""
    import skimage.data
    from PIL import Image

    path = folder / f"{name}.jpg"
    Image.fromarray(getattr(skimage.data, name)()).convert("RGB").save(path, quality=95)
    return path


def clip(folder: Path) -> Path:
    """A folder of frames: the camera moves over a photo."""
    import skimage.data
    from PIL import Image

    whole = Image.fromarray(skimage.data.chelsea())
    place = folder / "cat clip"
    place.mkdir()
    for number in range(48):
        left, top = 2 * number, number // 3
        whole.crop((left, top, left + 340, top + 260)).save(place / f"{number:05}.jpg", quality=92)
    return place


def film(file: Path) -> None:
    """Type, accept, correct, type again, undo, find; written as a GIF."""
    from PySide6.QtCore import Qt

    with tempfile.TemporaryDirectory(prefix="refseg-film-") as place:
        folder = Path(place)
        take = Portrait(folder, theme="dark", language="en")
        take.shoot(2200)
        take.open(*(photo(folder, name) for name in ("chelsea", "coffee", "rocket")))
        take.shoot(900)
        take.phrase("the cat", films=140)
        take.shoot(1800)
        take.accept()
        take.shoot(1200)
        take.type("b")
        take.program.bridge.set_brush_radius(16)
        take.stroke((362, 40), (372, 120), (352, 200), (330, 262), films=60)
        take.shoot(1000)
        take.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        take.settle()
        take.shoot(1000)
        take.type("v")
        take.type("/")
        take.window.phrase_bar.edit.clear()
        take.type("the striped animal that looks at us", films=50)
        take.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        take.settle()
        take.shoot(1600)
        take.window.canvas.setFocus()
        take.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        take.until(lambda: not take.window.canvas.is_waiting)
        cut = len(take.shots)
        take.shoot(1400)
        take.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        take.settle()
        from refseg_annotator.ui.actions.palette import Palette

        palette = take.window.findChild(Palette)
        for letters in ("e", "ex", "exp", "expo", "export"):
            palette.edit.setText(letters)
            over(take, palette)
            take.shots[-1] = (take.shots[-1][0], 160)
        take.shots[-1] = (take.shots[-1][0], 1300)
        palette.close()
        take.settle()
        take.shoot(3000)
        shots = take.shots
        take.close()
    write_film(file, shots, cut)


def over(take: Portrait, dialog: Any) -> None:
    """A frame with a dialog pasted where it stands over the window."""
    from PIL import Image

    take.application.processEvents()
    whole = take.grab()
    corner = dialog.pos() - take.window.pos()
    whole.paste(take.grab(dialog), (corner.x(), corner.y()))
    take.shots.append((whole.resize(FILM_SIZE, Image.Resampling.LANCZOS), 100))


def write_film(file: Path, shots: list[tuple[Any, int]], cut: int) -> None:
    """One palette for all frames of a scene, so that what does not change costs nothing; `cut` begins the second."""
    from PIL import Image

    total = sum(milliseconds for _, milliseconds in shots)
    for colours in (255, 192, 128, 64):
        frames = []
        for scene in (shots[:cut], shots[cut:]):
            picked = [frame for frame, _ in scene[:: max(len(scene) // 5, 1)]]
            sheet = Image.new("RGB", (FILM_SIZE[0], FILM_SIZE[1] * len(picked)))
            for place, frame in enumerate(picked):
                sheet.paste(frame, (0, FILM_SIZE[1] * place))
            palette = sheet.quantize(colours, method=Image.Quantize.MEDIANCUT)
            frames += [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame, _ in scene]
        frames[0].save(
            file, save_all=True, append_images=frames[1:], duration=[time for _, time in shots], loop=0, optimize=True
        )
        size = file.stat().st_size
        print(f"{file}: {len(shots)} frames, {total / 1000:.1f} s, {colours} colours, {size / 1e6:.2f} MB")
        if size < MOST_BYTES:
            return
    raise SystemExit("The film is too large at any number of colours.")


def panels(folder: Path, *, theme: str, language: str, suffix: str, names: list[str]) -> None:
    """A picture of the window in each of its states, and of each dialog."""
    from PySide6.QtCore import Qt

    with tempfile.TemporaryDirectory(prefix="refseg-panels-") as place:
        photos = Path(place)
        take = Portrait(photos, theme=theme, language=language)

        def keep(name: str, dialog: Any = None) -> None:
            if not names or name in names:
                take.settle()
                file = folder / f"{name}-{theme}{'' if language == 'en' else '-' + language}{suffix}.png"
                take.grab(dialog).save(file, optimize=True)
                print(file)

        def dialog_of(action_id: str, name: str, kind: str) -> None:
            if names and name not in names:
                return
            actions = take.window.actions_
            if not any(row == action_id for row in actions._actions) or not actions[action_id].isEnabled():
                print(f"{action_id} cannot be done here")
                return
            actions[action_id].trigger()
            take.settle()
            for widget in take.application.topLevelWidgets():
                if type(widget).__name__ == kind and widget.isVisible():
                    keep(name, widget)
                    widget.close()
                    take.settle()
                    return
            print(f"{action_id} opened no {kind}")

        keep("empty")
        take.open(
            photo(photos, "astronaut"), photo(photos, "chelsea"), photo(photos, "coffee"), photo(photos, "rocket")
        )
        take.phrase("the cat")
        keep("doubtful")
        take.accept()
        take.type("d")
        take.until(lambda: not take.window.canvas.is_waiting)
        take.phrase("the cat")
        keep("proposal")
        take.accept()
        take.type("/")
        take.window.phrase_bar.edit.clear()
        take.type("the striped animal that looks at us")
        take.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        take.window.canvas.setFocus()
        take.settle()
        keep("window")
        take.window.actions_["patterns"].trigger()
        keep("patterns")
        take.window.actions_["patterns"].trigger()
        take.window.actions_["wand"].trigger() if "wand" in take.window.actions_._actions else None
        keep("tools")
        take.window.actions_["select"].trigger()
        if not names or "tour" in names:
            from refseg_annotator.ui.guidance.tour import Tour

            take.window.actions_["tour"].trigger()
            take.settle()
            tour = take.window.findChild(Tour)
            tour.go(1)
            keep("tour")
            tour.end()
            take.settle()
        dialog_of("palette", "palette", "Palette")
        dialog_of("shortcuts", "shortcuts", "ShortcutSheet")
        dialog_of("edit_keys", "keys", "KeysDialog")
        dialog_of("settings", "settings", "SettingsDialog")
        dialog_of("export", "export", "ExportDialog")
        dialog_of("import", "import", "ImportDialog")
        dialog_of("models", "models", "ModelsDialog")
        dialog_of("guide", "guide", "GuideWindow")
        dialog_of("propagate_range", "range", "PropagationDialog")
        dialog_of("batch", "batch", "BatchDialog")
        dialog_of("statistics", "statistics", "StatisticsDialog")
        dialog_of("splits", "splits", "SplitDialog")
        from refseg_annotator.services.batch_plan import PhraseRow

        take.window.review.batch.start([PhraseRow("the cup"), PhraseRow("the dog on the left")])
        take.until(lambda: take.window.review.batch.run is None)
        if "show_review" in take.window.actions_._actions:
            take.window.actions_["next_item"].trigger()
            take.until(lambda: take.window.review.queue.is_gathered)
            keep("review")
            take.window.actions_["show_review"].trigger()
        take.window.actions_["blind_check"].trigger()
        keep("blind")
        take.window.canvas.setFocus()
        take.press(Qt.Key.Key_Escape)
        if not names or "timeline" in names:
            take.window.desk.open_paths([])
            take.window.start([], clips=[clip(photos)])
            take.until(lambda: any(one.frame_count > 1 for one in take.program.bridge.session.project.media.values()))
            media = take.program.bridge.session.project.media
            take.program.bridge.show(next(key for key, one in media.items() if one.frame_count > 1))
            take.until(lambda: not take.window.canvas.is_waiting)
            take.phrase("the cat")
            take.accept()
            take.window.actions_["propagate_forward"].trigger()
            take.until(lambda: take.program.bridge.propagation.state.phase == "proposal")
            take.program.bridge.show(take.program.bridge.medium_id, 20)
            take.until(lambda: not take.window.canvas.is_waiting)
            take.window.messages.hide()
            keep("timeline")
        take.close()


def main() -> int:
    """Do what the docstring of this file says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("film", "panels"))
    parser.add_argument("place", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--theme", default="dark", choices=("dark", "light"))
    parser.add_argument("--language", default="en")
    parser.add_argument("--scale", type=int, default=1)
    told = parser.parse_intermixed_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(told.scale)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="refseg-portraits-") as home:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"REFSEG_{name}_DIR"] = str(Path(home) / name.lower())
        if told.what == "film":
            film(told.place)
        else:
            told.place.mkdir(parents=True, exist_ok=True)
            suffix = "" if told.scale == 1 else f"@{told.scale}x"
            panels(told.place, theme=told.theme, language=told.language, suffix=suffix, names=told.names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
