"""How the rows of the referent list are painted: colour key with number, name, expressions, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from refseg_annotator.ui.colours import is_light
from refseg_annotator.ui.panels.referent_model import Column, Role
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class ReferentDelegate(QStyledItemDelegate):
    """Paints by hand, so that light and dark, chosen and hovered look alike on every system."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Referents stand taller than expressions."""
        hint = index.data(Qt.ItemDataRole.SizeHintRole)
        return hint if isinstance(hint, QSize) else super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("raised"))
        if index.column() != Column.NAME:
            icon = index.data(Qt.ItemDataRole.DecorationRole)
            if isinstance(icon, QIcon):
                icon.paint(painter, QRect(rect.center() - QRect(0, 0, 15, 15).center(), QSize(16, 16)))
            painter.restore()
            return
        number = index.data(Role.NUMBER)
        left = rect.left() + 4
        if number is not None:
            left = self._paint_key(painter, rect, number, index.data(Role.COLOUR))
        else:
            left = self._paint_quote(painter, rect)
        note = index.data(Role.NOTE) or ""
        right = rect.right() - 6
        if index.data(Role.IS_DOUBTFUL):
            place = QRect(rect.right() - 22, rect.center().y() - 7, 16, 16)
            self._theme.icon("warning", role="doubtful").paint(painter, place)
            rect = rect.adjusted(0, 0, -20, 0)
            right = rect.right() - 6
        if note:
            right = self._paint_note(painter, rect, note, left)
        font = QFont(option.font)
        is_faint = bool(index.data(Role.IS_FAINT))
        if number is not None and not is_faint:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted" if is_faint else "text"))
        room = QRect(left, rect.top(), max(right - left, 0), rect.height())
        text = QFontMetrics(font).elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole) or ""), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _paint_key(self, painter: QPainter, rect: QRect, number: int, colour: tuple[int, int, int]) -> int:
        words = str(number)
        font = self._theme.small_font()
        font.setBold(True)
        width = max(20, QFontMetrics(font).horizontalAdvance(words) + 10)
        key = QRectF(rect.left() + 4, rect.center().y() - 9, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*colour))
        painter.drawRoundedRect(key, 4, 4)
        painter.setPen(QColor(16, 18, 22) if is_light(colour) else QColor(255, 255, 255))
        painter.setFont(font)
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, words)
        return round(key.right()) + 8

    def _paint_quote(self, painter: QPainter, rect: QRect) -> int:
        painter.setPen(QPen(self._theme.colour("muted"), 1.5))
        x, y = rect.left() + 6.0, rect.center().y() + 0.5
        painter.drawLine(QPointF(x, y), QPointF(x + 6, y))
        return rect.left() + 20

    def _paint_note(self, painter: QPainter, rect: QRect, note: str, left: int) -> int:
        font = self._theme.small_font()
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(note)
        # The phrase comes first; a note that would leave it no room is in the tool tip.
        if rect.right() - 8 - width - left < 72:
            return rect.right() - 6
        painter.setPen(self._theme.colour("muted"))
        room = QRect(rect.right() - 8 - width, rect.top(), width + 4, rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note)
        return room.left() - 8

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain line, as wide as the name."""
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            is_expression = index.data(Role.NUMBER) is None
            editor.setAccessibleName(tr("Expression") if is_expression else tr("Name of the referent"))
            editor.setFrame(False)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Beside the colour key."""
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(30 if index.data(Role.NUMBER) is not None else 16, 2, 0, -2))
