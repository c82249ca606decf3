"""The panel of what is doubtful: why, and where."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QComboBox,
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

from refseg_annotator.services.review import Doubt, ReviewItem
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.sentences import tr_sentences
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.review.review_queue import ReviewQueue
    from refseg_annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 48
DOUBT_WORDS: Final = {
    Doubt.NOT_HERE: "probably not here",
    Doubt.NOTHING_DRAWN: "nothing drawn",
    Doubt.AGREEMENT: "checks disagree",
    Doubt.DRIFT: "drifted",
    Doubt.SCORE: "low quality",
    Doubt.PRESENCE: "perhaps not here",
    Doubt.PROBLEM: "phrase",
}
DOUBT_ICONS: Final = {
    Doubt.NOT_HERE: "prohibit",
    Doubt.NOTHING_DRAWN: "circle-dashed",
    Doubt.AGREEMENT: "users",
    Doubt.DRIFT: "film-strip",
    Doubt.SCORE: "warning",
    Doubt.PRESENCE: "question",
    Doubt.PROBLEM: "text-aa",
}


class ItemRole(IntEnum):
    """What the delegate asks for."""

    ICON = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2


class ReviewModel(QAbstractListModel):
    """The queue as rows; names are read from the project when a row is painted."""

    def __init__(self, bridge: Bridge, queue: ReviewQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._queue = queue
        self._items: list[ReviewItem] = []
        self.reload()

    def reload(self) -> None:
        """Read the queue anew."""
        items = self._queue.items()
        if items != self._items:
            self.beginResetModel()
            self._items = items
            self.endResetModel()

    def item(self, row: int) -> ReviewItem | None:
        """The item of a row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def row_of(self, item: ReviewItem | None) -> int:
        """The row of an item; -1 where it is not listed."""
        return self._items.index(item) if item in self._items else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Listed items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        item = self.item(index.row()) if index.isValid() else None
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._title(item)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._title(item)}\n{self._detail(item)}"
            case ItemRole.ICON:
                return DOUBT_ICONS[item.doubt]
            case ItemRole.DETAIL:
                return self._detail(item)
        return None

    def _title(self, item: ReviewItem) -> str:
        project = self._bridge.session.project
        expression = project.expressions.get(item.expression_id) if item.expression_id is not None else None
        if expression is not None:
            return expression.text
        referent = project.referents.get(item.referent_id) if item.referent_id is not None else None
        return "-" if referent is None else referent_title(project, referent)

    def _detail(self, item: ReviewItem) -> str:
        medium = self._bridge.session.project.media.get(item.medium_id)
        name = "" if medium is None else medium.path.rsplit("/", 1)[-1]
        return f"{tr_sentences(item.sentence)}  ·  {name}"


class ReviewDelegate(QStyledItemDelegate):
    """An icon for the reason, the phrase, and the reason in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are alike."""
        return QSize(160, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("raised"))
        icon = self._theme.icon(str(index.data(ItemRole.ICON)), role="doubtful")
        icon.paint(painter, QRect(rect.left() + 12, rect.center().y() - 8, 18, 18))
        left = rect.left() + 40
        width = rect.right() - 12 - left
        for words, font, role, top in (
            (index.data(Qt.ItemDataRole.DisplayRole), option.font, "text", 5),
            (index.data(ItemRole.DETAIL), self._theme.small_font(), "muted", 24),
        ):
            painter.setFont(font)
            painter.setPen(self._theme.colour(role))
            shown = QFontMetrics(font).elidedText(str(words or ""), Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, rect.top() + top, width, 19), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class ReviewPanel(QWidget):
    """The list with its head.

    Signals:
        wanted: go to this item.
    """

    wanted = Signal(object)

    def __init__(
        self, bridge: Bridge, queue: ReviewQueue, actions: Actions, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPanel")
        self._queue = queue
        self._is_following = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.setSpacing(4)
        self.title = QLabel()
        self.title.setObjectName("panelTitle")
        head.addWidget(self.title, 1)
        self.reason = QComboBox()
        self.reason.setAccessibleName(tr("List one reason alone"))
        self.reason.addItem(tr("all reasons"), None)
        for doubt, words in DOUBT_WORDS.items():
            self.reason.addItem(tr(words), doubt)
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(8)
        self.reason.view().setMinimumWidth(140)
        for action_id in ("next_item", "keep_item"):
            head.addWidget(actions.icon_button(action_id))
        self.again = QToolButton()
        self.again.setObjectName("flat")
        self.again.setToolTip(tr("Look through the whole project again"))
        self.again.setAccessibleName(self.again.toolTip())
        self.again.clicked.connect(queue.gather)
        head.addWidget(self.again)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 8)
        below.addWidget(self.reason, 1)
        column.addLayout(below)
        self.model = ReviewModel(bridge, queue, self)
        self.view = QListView()
        self.view.setObjectName("review")
        self.view.setAccessibleName(tr("What is doubtful"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(ReviewDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.view, 1)
        self.empty = QLabel()
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.empty, 1)
        self._theme = theme
        self.reason.currentIndexChanged.connect(self._on_reason)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        queue.changed.connect(self.refresh)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.refresh()

    def refresh(self) -> None:
        """Read the queue anew; the chosen row stays where it still is."""
        chosen = self.model.item(self.view.currentIndex().row())
        self._is_following = True
        self.model.reload()
        self.choose(chosen)
        self._is_following = False
        count = self.model.rowCount()
        self.title.setText(f"{tr('Doubtful')}  {number(count)}" if count else tr("Doubtful"))
        self.view.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.empty.setText(self._words())
        self.again.setVisible(self._queue.is_gathered)
        icon = "arrows-clockwise"
        self.again.setIcon(self._theme.icon(icon, role="accent" if self._queue.is_stale else "muted"))

    def choose(self, item: ReviewItem | None) -> None:
        """Make an item the current row, without going there."""
        row = self.model.row_of(item)
        was = self._is_following
        self._is_following = True
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        else:
            self.view.selectionModel().clear()
        self._is_following = was

    def _words(self) -> str:
        if self._queue.is_gathering:
            return tr("Looking through the project...")
        if not self._queue.is_gathered:
            return tr("Press J to look for masks and phrases that deserve a second look.")
        if self._queue.doubt is not None:
            return tr("Nothing is doubtful for this reason.")
        return tr("Nothing is doubtful.")

    def _recolour(self) -> None:
        self.view.viewport().update()
        self.refresh()

    def _on_reason(self) -> None:
        chosen = self.reason.currentData()  # Qt keeps the word, not our own type
        self._queue.narrow(None if chosen is None else Doubt(chosen))

    def _on_current(self, index: QModelIndex) -> None:
        item = self.model.item(index.row()) if index.isValid() else None
        if item is not None and not self._is_following:
            self.wanted.emit(item)
