"""The panel of media: filter, rows with thumbnail and state, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QCursor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import MediumState
from refseg_annotator.services.media_filter import EXAMPLES
from refseg_annotator.ui.panels.media_model import STATE_WORDS, MediaModel, MediaRole
from refseg_annotator.ui.panels.thumbnails import Thumbnails
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent

    from refseg_annotator.core.events import Change
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

_ROW: Final = 56
_PICTURE: Final = QSize(64, 44)


def name_within(name: str, metrics: QFontMetrics, width: int) -> str:
    """What of a file's name is shown in `width` pixels: all of it, or all but its ending, or its two ends."""
    stem, _, ending = name.rpartition(".")
    if metrics.horizontalAdvance(name) > width and stem and len(ending) <= len("jpeg") and ending.isalnum():
        name = stem
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)


class MediaDelegate(QStyledItemDelegate):
    """Thumbnail, name, what is known of it, and a mark for its state: ring, half, check."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are alike, so that a hundred thousand need no measuring."""
        return QSize(160, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("raised"))
        room = QRect(rect.left() + 12, rect.top() + 6, _PICTURE.width(), _PICTURE.height())
        self._paint_picture(painter, room, index)
        left = room.right() + 12
        width = rect.right() - 32 - left
        font = option.font
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        name = name_within(str(index.data(Qt.ItemDataRole.DisplayRole) or ""), QFontMetrics(font), width)
        painter.drawText(QRect(left, rect.top() + 8, width, 20), Qt.AlignmentFlag.AlignVCenter, name)
        small = self._theme.small_font()
        painter.setFont(small)
        painter.setPen(self._theme.colour("bad" if index.data(MediaRole.IS_UNREADABLE) else "muted"))
        detail = QFontMetrics(small).elidedText(
            str(index.data(MediaRole.DETAIL) or ""), Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(QRect(left, rect.top() + 28, width, 20), Qt.AlignmentFlag.AlignVCenter, detail)
        self._paint_state(painter, QPointF(rect.right() - 16, rect.center().y() + 0.5), index.data(MediaRole.STATE))
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(room), 4, 4)
        pixmap = index.data(Qt.ItemDataRole.DecorationRole)
        painter.fillPath(path, self._theme.colour("raised"))
        if isinstance(pixmap, QPixmap):
            # The middle of the picture fills the frame.
            scale = max(room.width() / pixmap.width(), room.height() / pixmap.height())
            width, height = room.width() / scale, room.height() / scale
            source = QRectF((pixmap.width() - width) / 2, (pixmap.height() - height) / 2, width, height)
            painter.save()
            painter.setClipPath(path)
            painter.drawPixmap(QRectF(room), pixmap, source)
            painter.restore()
        else:
            name = "warning" if index.data(MediaRole.IS_UNREADABLE) else "image"
            icon = self._theme.icon("film-strip" if index.data(MediaRole.IS_CLIP) else name, role="muted")
            icon.paint(painter, QRect(room.center().x() - 8, room.center().y() - 8, 18, 18))

    def _paint_state(self, painter: QPainter, centre: QPointF, state: MediumState | None) -> None:
        colours: dict[MediumState, QColor] = {
            MediumState.UNSEEN: self._theme.colour("muted"),
            MediumState.IN_WORK: self._theme.colour("doubtful"),
            MediumState.REVIEWED: self._theme.colour("good"),
        }
        if state is None:
            return
        colour = colours[MediumState(state)]
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = QRectF(centre.x() - 5, centre.y() - 5, 10, 10)
        if state == MediumState.REVIEWED:
            painter.setBrush(QBrush(colour))
            painter.drawEllipse(around.adjusted(-1, -1, 1, 1))
            painter.setPen(QPen(self._theme.colour("panel"), 1.6))
            painter.drawPolyline([centre + QPointF(-3, 0), centre + QPointF(-0.8, 2.4), centre + QPointF(3, -2.2)])
        else:
            painter.drawEllipse(around)
            if state == MediumState.IN_WORK:
                painter.setBrush(QBrush(colour))
                painter.drawPie(around, 90 * 16, 180 * 16)


class MediaView(QTableView):
    """The rows. Where they get less height, as when a timeline comes, the current one stays in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the current row if it was in sight; whoever has scrolled away from it is left there."""
        current = self.currentIndex()
        was_seen = current.isValid() and 0 <= self.visualRect(current).top() < event.oldSize().height()
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(current)


class FilterField(QLineEdit):
    """What to filter by.

    Signals:
        left: Esc: the canvas gets the keyboard, and the filter stays.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the keyboard away; the next letter is a tool again, not a letter of the filter."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class MediaList(QWidget):
    """The list; its current row is the bridge's medium."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._is_following = False
        self.thumbnails = Thumbnails(bridge.runner, parent=self)
        self.model = MediaModel(bridge, self.thumbnails, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(4)
        self.filter = FilterField()
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAcceptDrops(False)
        self.filter.setAccessibleName(tr("Filter media by name, phrase, score"))
        self.filter.setToolTip(tr("Words of the name or of a phrase; the funnel shows what else there is."))
        self._filter_icon = self.filter.addAction(
            theme.icon("funnel", role="muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._filter_icon.setToolTip(tr("What one can filter by"))
        self._filter_icon.triggered.connect(lambda: self._examples_menu().popup(QCursor.pos()))
        self.states = QComboBox()
        self.states.setAccessibleName(tr("Filter media by state"))
        self.states.addItem(tr("all"), None)
        for state, words in STATE_WORDS.items():
            self.states.addItem(tr(words), state)
        self.states.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.states.setMinimumContentsLength(5)
        self.states.setMaximumWidth(88)
        self.states.view().setMinimumWidth(104)
        head.addWidget(self.filter, 1)
        head.addWidget(self.states)
        column.addLayout(head)
        # A table of one column: a list view would ask the model for every row before it shows the first.
        self.view = MediaView()
        self.view.setObjectName("media")
        self.view.setAccessibleName(tr("Media"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(MediaDelegate(theme, self.view))
        self.view.setMouseTracking(True)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.setCornerButtonEnabled(False)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.horizontalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(_ROW)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.view, 1)
        self.count = QLabel()
        self.count.setObjectName("panelFoot")
        self.count.setMinimumWidth(1)
        column.addWidget(self.count)
        self.filter.textChanged.connect(self._refilter)
        self.states.currentIndexChanged.connect(self._refilter)
        self.filter.returnPressed.connect(self._show_first)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        bridge.project_changed.connect(self._on_change)
        bridge.session_changed.connect(self._on_session)
        bridge.place_changed.connect(self._follow)
        theme.changed.connect(self._recolour)
        self._follow()
        self._recount()

    def step(self, by: int) -> None:
        """Go to a listed neighbour."""
        medium_id = self.model.neighbour(self._bridge.medium_id, by)
        if medium_id is not None:
            self._bridge.show(medium_id)

    def reread(self) -> None:
        """Read all thumbnails anew, as when files have moved."""
        self.thumbnails.clear()
        self.view.viewport().update()

    def _examples_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, text in EXAMPLES:
            action = menu.addAction(f"{tr(words)}\t{text}")
            action.triggered.connect(lambda _=False, text=text: self._add_to_filter(text))
        return menu

    def _add_to_filter(self, text: str) -> None:
        """Put a condition behind what is typed."""
        self.filter.setText(f"{self.filter.text().strip()} {text}".strip())
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.setCursorPosition(len(self.filter.text()) - (1 if text.endswith('"') else 0))

    def focus_filter(self) -> None:
        """Give the filter the keyboard."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _recolour(self) -> None:
        self._filter_icon.setIcon(self._theme.icon("funnel", role="muted"))
        self.view.viewport().update()

    def _refilter(self) -> None:
        state = self.states.currentData()  # Qt keeps the word, not our own type
        self.model.set_filter(self.filter.text().strip(), None if state is None else MediumState(state))
        self._follow()
        self._recount()

    def _show_first(self) -> None:
        medium_id = self.model.medium_at(0)
        if medium_id is not None:
            self._bridge.show(medium_id)
            self.view.setFocus()

    def _on_session(self) -> None:
        self.thumbnails.clear()
        self.filter.clear()
        self.states.setCurrentIndex(0)
        self.model.reload()
        self._follow()
        self._recount()

    def _on_change(self, change: Change) -> None:
        self.model.follow(change)
        if change.media:
            self._follow()
            self._recount()

    def _recount(self) -> None:
        total, listed = self.model.total, self.model.rowCount()
        if self.model.problem:
            words = self.model.problem
        elif not total:
            words = tr("No media yet")
        elif self.model.is_filtered:
            words = tr("{listed:,} of {total:,}", listed=listed, total=total)
        else:
            words = tr_count(
                total,
                "{count:,} medium, {reviewed:,} reviewed",
                "{count:,} media, {reviewed:,} reviewed",
                reviewed=self.model.reviewed,
            )
        self.count.setText(words)
        self.count.setToolTip(words)

    def _follow(self) -> None:
        """Make the bridge's medium the current row."""
        index = self.model.index_of(self._bridge.medium_id)
        self._is_following = True
        if index.isValid():
            self.view.setCurrentIndex(index)
        else:
            self.view.selectionModel().clear()
        self._is_following = False

    def _on_current(self, index: QModelIndex) -> None:
        medium_id = self.model.medium_at(index.row()) if index.isValid() else None
        if medium_id is not None and not self._is_following:
            self._bridge.show(medium_id)
