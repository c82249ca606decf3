"""The layout of the window, kept from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication

from refseg_annotator import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

    from refseg_annotator.ui.clip.timeline import TimelineDock

LAYOUT_FILE: Final = "window.ini"
_WIDTH, _HEIGHT = 1440, 900
# For the title bar, whose height nobody knows before the window is shown: without it the status bar lies below a small
# screen's edge.
_FRAME: Final = 48


class WindowLayout:
    """Size, place and panels.

    Args:
        strip: a part that is not a dock, and may be hidden all the same.
        timeline: comes and goes with what is on show; kept is whether it is wanted.
    """

    def __init__(self, window: QMainWindow, splitter: QSplitter, strip: QWidget, timeline: TimelineDock) -> None:
        self._window = window
        self._splitter = splitter
        self._strip = strip
        self._timeline = timeline

    def restore(self) -> None:
        """As it was; at the first start as large as is comfortable."""
        room = QGuiApplication.primaryScreen().availableGeometry().size()
        self._window.resize(min(_WIDTH, room.width() - _FRAME), min(_HEIGHT, room.height() - _FRAME))
        store = self._store()
        geometry, state, split = (store.value(key) for key in ("geometry", "state", "referents"))
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            self._window.restoreState(state)
        if isinstance(split, QByteArray):
            self._splitter.restoreState(split)
        self._strip.setVisible(str(store.value("tools", "true")) == "true")
        self._timeline.set_wanted(str(store.value("timeline", "true")) == "true")

    def keep(self) -> None:
        """Remember it."""
        store = self._store()
        store.setValue("geometry", self._window.saveGeometry())
        store.setValue("state", self._window.saveState())
        store.setValue("referents", self._splitter.saveState())
        store.setValue("tools", "false" if self._strip.isHidden() else "true")
        store.setValue("timeline", "true" if self._timeline.is_wanted else "false")
        store.sync()

    def _store(self) -> QSettings:
        return QSettings(str(settings.config_folder() / LAYOUT_FILE), QSettings.Format.IniFormat)
