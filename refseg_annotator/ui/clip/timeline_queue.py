"""The doubtful frames of the clip on show, the worst first: go there, correct, or say that they are fine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.ui.actions.action_table import action_row
from refseg_annotator.ui.colours import is_light, referent_colour
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.wording import later, tr

if TYPE_CHECKING:
    from refseg_annotator.inference.propagation_drift import DoubtfulFrames
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.clip.timeline_tracks import Tracks
    from refseg_annotator.ui.theme import Theme

WIDTH: Final = 272
_ROW: Final = 40
_AFTER: Final = 200  # ms: frames that arrive by the dozen are listed together
_NOT_TOLD: Final = later("It was doubtful when it was accepted.")
_VERBS: Final = (
    ("previous_doubtful", "caret-left", ""), ("next_doubtful", "caret-right", ""), ("fine_so", "check", "Fine so"),
)  # fmt: skip

Index = QModelIndex | QPersistentModelIndex


class DoubtModel(QAbstractListModel):
    """The runs of doubtful frames."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self.runs: list[DoubtfulFrames] = []

    def put(self, runs: list[DoubtfulFrames]) -> None:
        """List these."""
        if runs != self.runs:
            self.beginResetModel()
            self.runs = runs
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a run."""
        run = self.runs[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return frames_words(run)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(
                "{frames_words}: {why_words} Drift {score:.0%}.",
                frames_words=frames_words(run),
                why_words=why_words(run),
                score=run.score,
            )
        return None


class DoubtDelegate(QStyledItemDelegate):
    """Two lines a run: where, and why."""

    def __init__(self, bridge: Bridge, model: DoubtModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines."""
        return QSize(WIDTH - 20, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One run."""
        run, theme, bridge = self._model.runs[index.row()], self._theme, self._bridge
        referent = bridge.session.project.referents.get(run.referent)
        if referent is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if run.first <= bridge.frame <= run.last and bridge.referent_id in (None, run.referent):
            painter.fillRect(rect, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("raised"))
        colour = referent_colour(referent.colour)
        place = next((at for at, one in enumerate(bridge.referents_here(), start=1) if one.id == referent.id), 0)
        painter.setFont(theme.small_font())
        small = QFontMetrics(painter.font())
        key = QRectF(rect.left() + 12, rect.top() + 12, max(16, small.horizontalAdvance(str(place)) + 8), 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*colour))
        painter.drawRoundedRect(key, 4, 4)
        painter.setPen(QColor(16, 18, 22) if is_light(colour) else QColor(255, 255, 255))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(place))
        left = round(key.right()) + 8
        score = number(run.score, ".0%")
        wide = small.horizontalAdvance(score)
        upper = QRect(left, rect.top() + 3, rect.right() - left - wide - 20, _ROW // 2 - 3)
        lower = QRect(left, rect.top() + _ROW // 2, rect.right() - left - 8, _ROW // 2 - 3)
        painter.setPen(theme.colour("doubtful"))
        painter.drawText(
            QRect(rect.right() - wide - 12, upper.top(), wide, upper.height()), Qt.AlignmentFlag.AlignVCenter, score
        )
        painter.setPen(theme.colour("muted"))
        painter.drawText(
            lower,
            Qt.AlignmentFlag.AlignVCenter,
            small.elidedText(why_words(run), Qt.TextElideMode.ElideRight, lower.width()),
        )
        painter.setFont(option.font)
        painter.setPen(theme.colour("text"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, frames_words(run))
        painter.restore()


class DoubtQueue(QWidget):
    """The list, with the verbs that its rows need; hidden while nothing is doubtful.

    Signals:
        chosen: go to a run.
    """

    chosen = Signal(object)

    def __init__(
        self, bridge: Bridge, tracks: Tracks, actions: Actions, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("doubtQueue")
        self.setFixedWidth(WIDTH)
        self._tracks = tracks
        self._theme = theme
        self.model = DoubtModel(bridge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 4, 0)
        head.setSpacing(4)
        self.title = QLabel()
        self.title.setObjectName("panelTitle")
        head.addWidget(self.title, 1)
        self._buttons: list[tuple[QToolButton, str]] = []
        for action_id, icon, words in _VERBS:
            button = QToolButton()
            button.setObjectName("flat")
            actions.tell(button, action_id)
            button.setText(tr(words))
            button.setAccessibleName(tr(action_row(action_id).title))
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(actions[action_id].trigger)
            self._buttons.append((button, icon))
            head.addWidget(button)
        frame = QWidget()
        frame.setFixedHeight(28)
        frame.setLayout(head)
        column.addWidget(frame)
        self.view = QListView()
        self.view.setAccessibleName(tr("Doubtful frames"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(DoubtDelegate(bridge, self.model, theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.view, 1)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.setObjectName("doubtful frames")
        self._timer.timeout.connect(self.refresh)
        self.view.clicked.connect(lambda index: self.chosen.emit(self.model.runs[index.row()]))
        tracks.changed.connect(self._later)
        bridge.place_changed.connect(self.view.viewport().update)
        bridge.selection_changed.connect(self.view.viewport().update)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.refresh()

    def refresh(self) -> None:
        """List them anew."""
        self._timer.stop()
        runs = self._tracks.doubtful()
        self.model.put(runs)
        self.title.setText(tr("Doubtful  {len:,}", len=len(runs)))
        self.setVisible(bool(runs))

    def _recolour(self) -> None:
        for button, icon in self._buttons:
            button.setIcon(self._theme.icon(icon))
        self.view.viewport().update()

    def _later(self) -> None:
        # Not put off by every further frame: it counts from the first.
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Count no more, as when the window closes."""
        self._timer.stop()


def frames_words(run: DoubtfulFrames) -> str:
    """Where a run lies: "frames 120 to 134"."""
    return (
        tr("frame {first:,}", first=run.first)
        if run.first == run.last
        else tr("frames {first:,} to {last:,}", first=run.first, last=run.last)
    )


def why_words(run: DoubtfulFrames) -> str:
    """What speaks for drift."""
    return tr(_NOT_TOLD) if run.sign is None else tr(run.sign.sentence)
