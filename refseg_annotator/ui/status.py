"""The status bar: the next thing to do | long work | model, device, time | zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from refseg_annotator.ui.guidance.next_step import next_thing
from refseg_annotator.ui.job_panel import JobStrip
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from refseg_annotator.services.model_shelf import ReaderState
    from refseg_annotator.services.proposal import AssistState
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.job_panel import Jobs
    from refseg_annotator.ui.theme import Theme
    from refseg_annotator.ui.tools.tool_options import ToolOptionsDesk


class OneLine(QLabel):
    """A sentence on one line; where there is no room for all of it, it ends with three dots."""

    @property
    def shown(self) -> str:
        """What of the text is drawn."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self.shown)
        painter.end()


class Status(QFrame):
    """One line at the foot of the window."""

    def __init__(
        self,
        bridge: Bridge,
        jobs: Jobs,
        canvas: Canvas,
        actions: Actions,
        theme: Theme,
        tools: ToolOptionsDesk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._bridge = bridge
        self._actions = actions
        self._canvas = canvas
        self._tools = tools
        self._answered: tuple[str, float] | None = None  # which model answered last, and how many milliseconds it took
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(12)
        self.setFixedHeight(28)
        self.next = OneLine()
        self.next.setObjectName("next")
        self.next.setAccessibleName(tr("The next thing to do"))
        # A long sentence is cut before the numbers at the right are pushed out of the window.
        self.next.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.next.setMinimumWidth(120)
        self.jobs = JobStrip(jobs, theme)
        self.saved = QLabel()
        self.saved.setObjectName("model")
        self.model = QLabel()
        self.model.setObjectName("model")
        self.zoom = QToolButton()
        self.zoom.setObjectName("flat")
        self.zoom.setToolTip(actions["fit"].toolTip())
        self.zoom.setAccessibleName(tr("Zoom; press to fit the picture"))
        self.zoom.setMinimumWidth(56)
        self.zoom.clicked.connect(actions["fit"].trigger)
        row.addWidget(self.next, 1)
        row.addWidget(self.jobs)
        for widget in (self.saved, self.model, self.zoom):
            row.addWidget(_divider())
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        bridge.assist_changed.connect(self._on_assist)
        bridge.propagation_changed.connect(lambda _: self.refresh())
        bridge.model_changed.connect(self.refresh)
        bridge.settings_changed.connect(self.refresh)
        bridge.saved_changed.connect(self._refresh_saved)
        for signal in (bridge.session_changed, bridge.place_changed, bridge.selection_changed, bridge.tool_changed):
            signal.connect(self.refresh)
        bridge.project_changed.connect(lambda _: self.refresh())
        bridge.veil.changed.connect(self.refresh)
        actions.rekeyed.connect(self.refresh)
        tools.changed.connect(self.refresh)
        canvas.view_changed.connect(self._refresh_zoom)
        self.refresh()

    def refresh(self) -> None:
        """Say it anew."""
        mode = self._tools.options.mode
        words = next_thing(self._bridge, mode, lambda name: self._actions.keys_text(name).partition(", ")[0])
        self.next.setText(words)
        self.next.setToolTip(words)
        reader = self._bridge.reader
        milliseconds = None
        if reader.model is not None and self._answered is not None and self._answered[0] == reader.model.label:
            milliseconds = self._answered[1]
        tone, text = model_words(reader, self._bridge.settings.device, milliseconds)
        self.model.setText(text)
        self.model.setToolTip(self._model_tip())
        set_style_property(self.model, "tone", tone)
        self._refresh_saved()
        self._refresh_zoom()

    def _model_tip(self) -> str:
        model = self._bridge.reader.model
        if model is None:
            return self._bridge.reader.problem or tr("The model is being loaded.")
        return tr(
            "{summary}\n{value:.1f} million weights, {licence}",
            summary=model.summary,
            value=model.parameters / 1000000.0,
            licence=model.licence,
        )

    def _on_assist(self, state: AssistState) -> None:
        if state.proposal is not None:
            self._answered = state.proposal.model.label, state.proposal.milliseconds.total
        self.refresh()

    def _refresh_saved(self) -> None:
        session, problem = self._bridge.session, self._bridge.write_problem
        if session.path is None:
            tone, words, tip = "bad", tr("in memory only"), tr("The project has no file; Ctrl+Shift+S gives it one.")
        elif problem is not None and not session.saved:
            tone, words, tip = "loud", tr("NOT SAVED"), tr_sentence(problem)
        else:
            tone, words, tip = "muted", tr("saved") if session.saved else tr("saving"), str(session.path)
        self.saved.setText(words)
        self.saved.setToolTip(tip)
        set_style_property(self.saved, "tone", tone)

    def _refresh_zoom(self) -> None:
        percent = self._canvas.percent
        self.zoom.setText(
            "" if self._canvas.picture is None else f"{number(percent, '.0f' if percent >= 10 else '.1f')} %"
        )


def model_words(reader: ReaderState, wanted_device: str, milliseconds: float | None) -> tuple[str, str]:
    """A tone, and model, device and time in a line. Loud where the processor works though a GPU was asked for."""
    model = reader.model
    if model is None:
        if reader.problem:
            return "bad", tr("no model")
        return "muted", tr("loading {name}", name=reader.name) if reader.name else tr("loading the model")
    parts = [model.name, model.device]
    if milliseconds is not None:
        parts.append(f"{milliseconds:.0f} ms")
    if wanted_device == "cuda" and model.device == "cpu":
        return "loud", tr("CPU, NOT GPU  ·  {join}", join="  ·  ".join(parts))
    return "muted", "  ·  ".join(parts)


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedSize(1, 14)
    return line
