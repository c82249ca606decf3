"""What the Help menu opens: the guide, the models, and the zip for a bug report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from refseg_annotator.services.jobs import IO_LANE, JobContext
from refseg_annotator.services.log_bundle import write_bundle
from refseg_annotator.ui.bridge import Bridge, Tone
from refseg_annotator.ui.guidance.guide_window import GuideWindow
from refseg_annotator.ui.models_dialog import ModelsDialog
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from refseg_annotator.ui.job_panel import Jobs
    from refseg_annotator.ui.theme import Theme


class HelpDesk(QObject):
    """Opens them over the window."""

    def __init__(self, bridge: Bridge, jobs: Jobs, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._jobs = jobs
        self._theme = theme
        self._window = window

    def verbs(self) -> dict[str, Callable[[], object]]:
        """Its actions."""
        return {"guide": self.show_guide, "models": self.show_models, "report": self.ask_report}

    def show_guide(self, page: str = "") -> GuideWindow:
        """Open the guide."""
        guide = GuideWindow(self._theme, self._window, page=page)
        guide.show()
        return guide

    def show_models(self) -> ModelsDialog:
        """Open the models."""
        dialog = ModelsDialog(self._bridge, self._jobs, self._window)
        dialog.show()
        return dialog

    def ask_report(self) -> None:
        """Choose where the zip for a bug report goes."""
        start = str(Path.home() / "refseg-report.zip")
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save report"), start, tr("Zip files (*.zip)"))
        if name:
            self.write_report(Path(name))

    def write_report(self, path: Path) -> None:
        """Write it; nothing is sent."""

        def work(_context: JobContext) -> Iterator[None]:
            path.unlink(missing_ok=True)  # the dialog has asked
            write_bundle(path)
            yield from ()

        def done() -> None:
            self._bridge.say(tr("{name} is written. Nothing was sent; read it first.", name=path.name), Tone.GOOD)

        self._jobs.start(IO_LANE, work, title=tr("Write report"), on_done=done)
