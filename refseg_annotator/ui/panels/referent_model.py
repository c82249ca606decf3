"""Referents of the medium on show, with their expressions as children; last, the expressions that mean none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt

from refseg_annotator.core.annotation import Expression, ExpressionId, ExpressionKind, Referent
from refseg_annotator.services import annotate, expression_edits
from refseg_annotator.ui.colours import referent_colour
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.project import Project
    from refseg_annotator.services.problems import Problem
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.live_checker import LiveChecker
    from refseg_annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


EXPRESSION_TYPE: Final = "application/x-refseg-expression"


class Column(IntEnum):
    """What stands where."""

    NAME = 0
    VISIBLE = 1
    LOCKED = 2


class Role(IntEnum):
    """What the delegate asks for."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    COLOUR = Qt.ItemDataRole.UserRole + 2
    NOTE = Qt.ItemDataRole.UserRole + 3
    IS_FAINT = Qt.ItemDataRole.UserRole + 4
    IS_DOUBTFUL = Qt.ItemDataRole.UserRole + 5


@dataclass(slots=True, eq=False)
class Node:
    """A row: a referent, or an expression under one or, with `referent_id` None, under nothing."""

    row: int
    referent_id: ReferentId | None
    expression_id: ExpressionId | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)


_KINDS: Final = {kind: kind.value.replace("_", " ") for kind in ExpressionKind}


class ReferentModel(QAbstractItemModel):
    """Reads the project through the bridge, and writes through the services."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._tops: list[Node] = []
        self._checker: LiveChecker | None = None

    def use_checker(self, checker: LiveChecker) -> None:
        """Mark expressions that the checks find fault with."""
        self._checker = checker
        checker.changed.connect(self.refresh)

    # --- keeping up --------------------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Read the project anew; whether rows came or went, in which case the model was reset."""
        tops = self._read()
        if _shape(tops) == _shape(self._tops):
            if self._tops:
                last = self.index(len(self._tops) - 1, len(Column) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
                for node in self._tops:
                    if node.children:
                        top = self.index_of(node)
                        self.dataChanged.emit(
                            self.index(0, 0, top), self.index(len(node.children) - 1, len(Column) - 1, top)
                        )
            return False
        self.beginResetModel()
        self._tops = tops
        self.endResetModel()
        return True

    def _read(self) -> list[Node]:
        bridge = self._bridge
        if bridge.medium_id is None:
            return []
        project = bridge.session.project
        tops: list[Node] = []
        for referent in bridge.referents_here():
            node = Node(len(tops), referent.id)
            for expression in project.expressions_for(referent.id):
                node.children.append(Node(len(node.children), referent.id, expression.id, node))
            tops.append(node)
        if bridge.veil.is_drawn:
            return tops
        tops.extend(
            Node(len(tops) + place, None, expression.id)
            for place, expression in enumerate(e for e in project.expressions_of(bridge.medium_id) if not e.targets)
        )
        return tops

    # --- finding -----------------------------------------------------------------------------------------------

    def node(self, index: Index) -> Node | None:
        """The row of an index."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a row's name."""
        return self.createIndex(node.row, Column.NAME, node)

    def find(self, referent_id: ReferentId | None, expression_id: ExpressionId | None = None) -> QModelIndex:
        """The index of a referent, or of an expression (under that referent, where one is named)."""
        for node in self._tops:
            if expression_id is None:
                if node.referent_id == referent_id and node.expression_id is None and referent_id is not None:
                    return self.index_of(node)
                continue
            if node.expression_id == expression_id:
                return self.index_of(node)
            if referent_id in (None, node.referent_id):
                for child in node.children:
                    if child.expression_id == expression_id:
                        return self.index_of(child)
        return QModelIndex()

    # --- Qt's own ----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's signature
        """The index of a cell."""
        node = self.node(parent)
        rows = self._tops if node is None else node.children
        if 0 <= row < len(rows) and 0 <= column < len(Column):
            return self.createIndex(row, column, rows[row])
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The referent of an expression's row."""
        node = self.node(index)
        return QModelIndex() if node is None or node.parent is None else self.index_of(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows below a row."""
        if parent.isValid() and parent.column() != Column.NAME:
            return 0
        node = self.node(parent)
        return len(self._tops) if node is None else len(node.children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, eye, lock."""
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names and texts are edited in place."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        node = self.node(index)
        if node is not None:
            drag = node.expression_id is not None
            flags |= Qt.ItemFlag.ItemIsDragEnabled if drag else Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.NAME else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, 32 if node.expression_id is None else 26)
        project = self._bridge.session.project
        if node.expression_id is not None:
            expression = project.expressions.get(node.expression_id)
            return None if expression is None else self._expression_data(expression, index.column(), role)
        referent = project.referents.get(node.referent_id) if node.referent_id is not None else None
        return None if referent is None else self._referent_data(project, referent, node, index.column(), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a referent or reword an expression."""
        node = self.node(index)
        if node is None or role != Qt.ItemDataRole.EditRole:
            return False
        bridge, text = self._bridge, str(value)
        if node.expression_id is not None:
            expression_id = node.expression_id
            edited = bridge.attempt(lambda: annotate.edit_expression(bridge.session, expression_id, text=text))
        elif (referent_id := node.referent_id) is None:
            return False
        else:
            edited = bridge.attempt(lambda: annotate.rename(bridge.session, referent_id, text))
        return edited is not None

    def supportedDropActions(self) -> Qt.DropAction:
        """A phrase that is dropped stays where it was, too."""
        return Qt.DropAction.LinkAction

    def supportedDragActions(self) -> Qt.DropAction:
        """As for dropping."""
        return Qt.DropAction.LinkAction

    def mimeTypes(self) -> list[str]:
        """What is dragged: an expression of the medium on show."""
        return [EXPRESSION_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged expression."""
        data = QMimeData()
        for index in indexes:
            node = self.node(index)
            if node is not None and node.expression_id is not None:
                data.setData(EXPRESSION_TYPE, str(node.expression_id).encode())
                break
        return data

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index) -> bool:
        """Onto referents alone."""
        node = self.node(parent)
        return data.hasFormat(EXPRESSION_TYPE) and node is not None and node.expression_id is None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Let the expression mean the referent too."""
        node = self.node(parent)
        if node is None or node.referent_id is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        expression_id = ExpressionId(int(bytes(data.data(EXPRESSION_TYPE).data())))
        bridge, referent_id = self._bridge, node.referent_id
        bridge.attempt(lambda: expression_edits.assign(bridge.session, expression_id, referent_id))
        # Qt would remove the row that was dragged; it has its place under both.
        return False

    # --- within ------------------------------------------------------------------------------------------------

    def _expression_data(self, expression: Expression, column: int, role: int) -> Any:
        if column != Column.NAME:
            return None
        note = _KINDS[expression.kind] if expression.kind is not ExpressionKind.UNSPECIFIED else ""
        if expression.no_target:
            note = tr("nothing here")
        elif not expression.targets:
            asked = expression.asked
            note = tr("probably not here") if asked is not None and asked.is_absent else tr("no referent yet")
        elif len(expression.targets) > 1:
            note = tr("{len} referents", len=len(expression.targets))
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return expression.text
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join([expression.text, *self._remarks(expression, note)])
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join([tr("Expression {text}", text=expression.text), *self._remarks(expression, note)])
            case Role.IS_DOUBTFUL:
                return bool(self._problems(expression.id))
            case Role.NOTE:
                return note
        return None

    def _problems(self, expression_id: ExpressionId) -> tuple[Problem, ...]:
        return () if self._checker is None else self._checker.of(expression_id)

    def _remarks(self, expression: Expression, note: str) -> list[str]:
        sentences = [tr_sentence(problem.sentence) for problem in self._problems(expression.id)]
        return [note, *sentences] if note else sentences

    def _referent_data(self, project: Project, referent: Referent, node: Node, column: int, role: int) -> Any:
        if column == Column.NAME:
            title = referent_title(project, referent)
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    # Its phrases stand below; the first of them as a title would say the same twice.
                    return referent.name or referent.category or tr("Referent {value}", value=node.row + 1)
                case Qt.ItemDataRole.EditRole:
                    return referent.name
                case Qt.ItemDataRole.ToolTipRole:
                    return title
                case Qt.ItemDataRole.AccessibleTextRole:
                    number = tr("Referent {value}", value=node.row + 1)
                    return (
                        title if title == number else tr("Referent {value}, {title}", value=node.row + 1, title=title)
                    )
                case Role.NUMBER:
                    return node.row + 1
                case Role.COLOUR:
                    return referent_colour(referent.colour)
                case Role.IS_FAINT:
                    return not (referent.name or referent.category)
            return None
        if column == Column.VISIBLE:
            icon, tip = ("eye-slash", tr("Show")) if referent.hidden else ("eye", tr("Hide"))
            strong = referent.hidden
        else:
            shut, opened = ("lock-simple", tr("Unlock")), ("lock-simple-open", tr("Lock"))
            icon, tip = shut if referent.locked else opened
            strong = referent.locked
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self._theme.icon(icon, role="text" if strong else "muted")
            case Qt.ItemDataRole.ToolTipRole:
                return tip
            case Qt.ItemDataRole.AccessibleTextRole:
                return tip
        return None


def referent_title(project: Project, referent: Referent) -> str:
    """What a referent is called: its name, else its category, else the first phrase for it, else by its number."""
    if referent.name or referent.category:
        return referent.name or referent.category
    expressions = project.expressions_for(referent.id)
    if expressions:
        return expressions[0].text
    here = [one.id for one in project.referents_of(referent.medium_id)]
    # As the list numbers them, so that one thing has one name in the whole window.
    return tr("Referent {value}", value=here.index(referent.id) + 1 if referent.id in here else "-")


def _shape(tops: list[Node]) -> list[tuple[object, ...]]:
    return [(node.referent_id, node.expression_id, *(child.expression_id for child in node.children)) for node in tops]
