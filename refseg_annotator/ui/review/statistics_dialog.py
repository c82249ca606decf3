"""The page of statistics: painted as a whole, so that the picture it exports is what one sees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from refseg_annotator.services.jobs import BATCH_LANE, JobHandle, sentence_of
from refseg_annotator.services.statistics import SINGULAR, counting
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.forms import within_screen
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.review.chart import chart_height, chart_label, paint_chart
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from refseg_annotator.services.statistics import Chart, Statistics
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.job_panel import Jobs
    from refseg_annotator.ui.theme import Theme

_MARGIN: Final = 24.0
_NARROWEST: Final = 300.0
_GAP: Final = 28.0
_FIGURE: Final = 60.0
_ROW: Final = 24.0
_PNG_SCALE: Final = 2
_AUTHOR_HEADS: Final = ("Author", "Phrases", "Masks", "Strokes", "Clicks", "Seconds", "Checks", "Agreement")
_FIGURES: Final = (
    "media",
    "referents",
    "expressions",
    "masks",
    "settled masks",
    "blind checks",
)


def figure_words(name: str, count: int) -> str:
    """What is counted, in the number that fits: "mask", "masks"."""
    return tr(SINGULAR.get(name, name) if count == 1 else name)


def spoken(statistics: Statistics) -> str:
    """The figures and charts as lines for those who hear the page."""
    lines = [
        ", ".join(f"{number(count)} {figure_words(name, count)}" for name, count in statistics.counts.items() if count)
    ]
    for chart in statistics.charts:
        bars = ", ".join(f"{chart_label(label)} {number(value)}" for label, value in chart.bars if value)
        note = f" ({tr_sentence(chart.note)})" if chart.note else ""
        lines.append(f"{tr(chart.title)}{note}: {bars or tr('nothing to count yet')}")
    return "\n".join(lines)


class StatisticsPage(QWidget):
    """Figures above, charts in columns, authors below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._statistics: Statistics | None = None
        self.setAccessibleName(tr("Statistics of the project"))
        theme.changed.connect(self.update)

    def show_statistics(self, statistics: Statistics) -> None:
        """Paint these."""
        self._statistics = statistics
        self.setAccessibleDescription(spoken(statistics))
        self._fit()
        self.update()

    def to_image(self, width: int = 1200) -> QImage:
        """The whole page as a picture, twice as fine as the screen."""
        height = round(self._height(width))
        image = QImage(width * _PNG_SCALE, height * _PNG_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_PNG_SCALE)
        painter = QPainter(image)
        self._paint(painter, float(width), float(height))
        painter.end()
        return image

    def sizeHint(self) -> QSize:
        """Wide enough for three columns."""
        return QSize(1040, round(self._height(1040)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns, another height."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page."""
        painter = QPainter(self)
        self._paint(painter, float(self.width()), float(self.height()))
        painter.end()

    def _fit(self) -> None:
        height = round(self._height(self.width()))
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)

    def _columns(self, width: float) -> list[list[Chart]]:
        """Charts dealt out to columns, each to the shortest so far."""
        charts = () if self._statistics is None else self._statistics.charts
        count = max(1, int((width - 2 * _MARGIN + _GAP) // (_NARROWEST + _GAP)))
        columns: list[list[Chart]] = [[] for _ in range(count)]
        heights = [0.0] * count
        for chart in charts:
            place = heights.index(min(heights))
            columns[place].append(chart)
            heights[place] += chart_height(chart) + _GAP
        return columns

    def _height(self, width: float) -> float:
        charts = max((sum(chart_height(one) + _GAP for one in column) for column in self._columns(width)), default=0.0)
        authors = 0 if self._statistics is None else len(self._statistics.authors)
        return _MARGIN + _FIGURE + _GAP + charts + (_ROW * (authors + 2) if authors else 0) + _MARGIN

    def _paint(self, painter: QPainter, width: float, height: float) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, width, height), theme.colour("panel"))
        statistics = self._statistics
        if statistics is None:
            return
        self._paint_figures(painter, statistics, width)
        top = _MARGIN + _FIGURE + _GAP
        columns = self._columns(width)
        room = (width - 2 * _MARGIN - _GAP * (len(columns) - 1)) / len(columns)
        lowest = top
        for place, column in enumerate(columns):
            y = top
            for chart in column:
                rect = QRectF(_MARGIN + place * (room + _GAP), y, room, chart_height(chart))
                paint_chart(painter, rect, chart, theme, self.font())
                y += chart_height(chart) + _GAP
            lowest = max(lowest, y)
        if statistics.authors:
            self._paint_authors(painter, statistics, lowest, width)

    def _paint_figures(self, painter: QPainter, statistics: Statistics, width: float) -> None:
        large = QFont(self.font())
        large.setPointSizeF(large.pointSizeF() * 1.9)
        large.setWeight(QFont.Weight.DemiBold)
        step = (width - 2 * _MARGIN) / len(_FIGURES)
        for place, name in enumerate(_FIGURES):
            left = _MARGIN + place * step
            words = figure_words(name, statistics.counts[name])
            painter.setFont(large)
            painter.setPen(self._theme.colour("text"))
            painter.drawText(
                QRectF(left, _MARGIN, step, 36), Qt.AlignmentFlag.AlignVCenter, number(statistics.counts[name])
            )
            painter.setFont(self._theme.small_font())
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(left, _MARGIN + 36, step, 20), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_authors(self, painter: QPainter, statistics: Statistics, top: float, width: float) -> None:
        first = (width - 2 * _MARGIN) * 0.3
        step = (width - 2 * _MARGIN - first) / (len(_AUTHOR_HEADS) - 1)
        painter.setFont(self._theme.small_font())
        painter.setPen(self._theme.colour("muted"))
        self._paint_row(painter, tuple(tr(head) for head in _AUTHOR_HEADS), top, first, step)
        painter.setFont(self.font())
        painter.setPen(self._theme.colour("text"))
        for place, row in enumerate(statistics.authors, start=1):
            agreement = "" if row[7] is None else number(row[7], ".0%")
            words = (row[0], *(number(value) for value in row[1:5]), number(row[5], ",.0f"), number(row[6]), agreement)
            self._paint_row(painter, words, top + place * _ROW, first, step)

    def _paint_row(self, painter: QPainter, cells: tuple[str, ...], top: float, first: float, step: float) -> None:
        name = painter.fontMetrics().elidedText(cells[0], Qt.TextElideMode.ElideRight, round(first - 12))
        painter.drawText(QRectF(_MARGIN, top, first, _ROW), Qt.AlignmentFlag.AlignVCenter, tr(name))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for place, cell in enumerate(cells[1:]):
            painter.drawText(QRectF(_MARGIN + first + place * step, top, step, _ROW), right, cell)


class StatisticsDialog(QDialog):
    """Counts the project in the background, shows the page, exports it."""

    def __init__(self, bridge: Bridge, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Statistics"))
        self._bridge = bridge
        self._jobs = jobs
        self._job: JobHandle | None = None
        self.statistics: Statistics | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(12)
        self.page = StatisticsPage(theme)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.page)
        column.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self.note = QLabel(tr("Counting..."))
        self.note.setObjectName("muted")
        row.addWidget(self.note, 1)
        self.again = QPushButton(tr("Count again"))
        self.to_csv = QPushButton(tr("Save table (CSV)..."))
        self.to_png = QPushButton(tr("Save picture (PNG)..."))
        done = QPushButton(tr("Close"))
        for button, call in (
            (self.again, self.count),
            (self.to_csv, self._ask_csv),
            (self.to_png, self._ask_png),
            (done, self.close),
        ):
            button.clicked.connect(call)
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        self.resize(within_screen(self, QSize(1088, 760)))
        bridge.session_changed.connect(self.close)
        self.count()

    def count(self) -> None:
        """Count the project as it is now."""
        if self._job is not None and not self._job.state.is_ending:
            return
        for button in (self.again, self.to_csv, self.to_png):
            button.setEnabled(False)
        self.note.setText(tr("Counting..."))
        self._job = self._jobs.start(
            BATCH_LANE, counting(self._bridge.session), title=tr("Count"), on_item=self._take, on_failed=self._fail
        )

    def save_csv(self, path: Path) -> None:
        """Write the table."""
        if self.statistics is not None:
            self._write(path, self.statistics.to_csv().encode("utf-8"))

    def save_png(self, path: Path) -> None:
        """Write the page as a picture."""
        if self.statistics is None:
            return
        if self.page.to_image().save(str(path), "PNG"):  # type: ignore[call-overload]
            self.note.setText(tr("Saved as {name}.", name=path.name))
        else:
            self._bridge.say(tr("{str!r} cannot be written; choose another folder.", str=str(path)), Tone.WARNING)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            sentence = tr(
                "{path!r} cannot be written ({why}); choose another folder.", path=str(path), why=error.strerror
            )
            self._bridge.say(sentence, Tone.WARNING)
        else:
            self.note.setText(tr("Saved as {name}.", name=path.name))

    def _take(self, statistics: Statistics) -> None:
        self.statistics = statistics
        self.page.show_statistics(statistics)
        self.note.clear()
        for button in (self.again, self.to_csv, self.to_png):
            button.setEnabled(True)

    def _fail(self, error: BaseException) -> None:
        self.note.setText(tr_sentence(sentence_of(error)))
        self.again.setEnabled(True)

    def _ask_csv(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save table"), self._place("statistics.csv"), tr("Tables (*.csv)")
        )
        if name:
            self.save_csv(Path(name))

    def _ask_png(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save picture"), self._place("statistics.png"), tr("Pictures (*.png)")
        )
        if name:
            self.save_png(Path(name))

    def _place(self, name: str) -> str:
        path = self._bridge.session.path
        return str((Path.home() if path is None else path.parent) / name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody waits for the count any more."""
        if self._job is not None:
            self._job.cancel()
        super().closeEvent(event)
