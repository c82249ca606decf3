"""The panel of referents: the list, and the properties of what is selected in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from refseg_annotator.services import annotate
from refseg_annotator.ui.panels.properties import Properties
from refseg_annotator.ui.panels.referent_delegate import ReferentDelegate
from refseg_annotator.ui.panels.referent_model import Column, ReferentModel
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import ExpressionId
    from refseg_annotator.core.events import Change
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.live_checker import LiveChecker
    from refseg_annotator.ui.theme import Theme

MENU_ACTIONS = ("segment_again", "new_expression", "rename", "toggle_hidden", "toggle_locked", "delete_mask", "delete")


class ReferentPanel(QWidget):
    """Shows the referents of the medium on show; its selection is the bridge's."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("referentPanel")
        self._bridge = bridge
        self._actions = actions
        self._theme = theme
        self._is_following = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.setSpacing(4)
        self._title = QLabel(tr("Referents"))
        self._title.setObjectName("panelTitle")
        head.addWidget(self._title, 1)
        for action_id in ("new_referent", "new_expression", "delete"):
            head.addWidget(actions.icon_button(action_id))
        column.addLayout(head)
        self.model = ReferentModel(bridge, theme, self)
        self.tree = QTreeView()
        self.tree.setObjectName("referents")
        self.tree.setAccessibleName(tr("Referents and their expressions"))
        self.tree.setModel(self.model)
        delegate = ReferentDelegate(theme, self.tree)
        self.tree.setItemDelegate(delegate)
        # After the tree's own answer to it, which takes the keyboard.
        delegate.closeEditor.connect(self._give_back)
        self._came_from: QWidget | None = None
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setUniformRowHeights(False)
        self.tree.setMouseTracking(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        # A phrase dragged onto another referent means that one too.
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.tree.setDefaultDropAction(Qt.DropAction.LinkAction)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(28)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for section in (Column.VISIBLE, Column.LOCKED):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, 28)
        self._empty = QLabel()
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 8, 12, 8)
        lists = QWidget()
        inner = QVBoxLayout(lists)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._empty)
        inner.addWidget(self.tree, 1)
        self.properties = Properties(bridge)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("referentSplitter")
        self.splitter.addWidget(lists)
        self.splitter.addWidget(self.properties)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        column.addWidget(self.splitter, 1)
        self.tree.clicked.connect(self._on_clicked)
        self.tree.customContextMenuRequested.connect(self._on_menu)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        bridge.project_changed.connect(self._on_change)
        for signal in (bridge.session_changed, bridge.place_changed, bridge.veil.changed):
            signal.connect(self.refresh)
        bridge.selection_changed.connect(self._follow)
        theme.changed.connect(self.tree.viewport().update)
        self.refresh()

    def refresh(self) -> None:
        """Read the project anew."""
        if self.model.refresh():
            self.tree.expandAll()
            self._span_expressions()
        count = len(self._bridge.referents_here())
        self._title.setText(tr("Referents  {count}", count=count) if count else tr("Referents"))
        has_rows = self.model.rowCount() > 0
        self.tree.setVisible(has_rows)
        self._empty.setVisible(not has_rows)
        self._empty.setText(
            tr("What the project has here is hidden while it is checked blindly.")
            if self._bridge.veil.is_drawn
            else tr(
                "Nothing here yet.\n\nPress / and type what you mean, then Enter. Accepted masks are listed here with"
                " all phrases for them.\n\nOr press B and paint."
            )
        )
        self._follow()

    def use_checker(self, checker: LiveChecker) -> None:
        """Show what the checks find, in the list and below it."""
        self.model.use_checker(checker)
        self.properties.use_checker(checker)

    def edit_selected(self) -> None:
        """Type over the name or text of what is selected."""
        index = self.model.find(self._bridge.referent_id, self._bridge.expression_id)
        if not index.isValid():
            return
        # None where nothing has the keyboard, whatever the type hints say.
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        self.tree.setFocus()
        # Where another window has the keyboard, an editor left open does not notice; one types on in it then.
        if self.tree.state() is not QAbstractItemView.State.EditingState:
            self.tree.edit(index)

    def _give_back(self) -> None:
        """Whoever renamed from the picture goes on there: arrows are frames again, not rows of the tree."""
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and self.tree.hasFocus():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_expression(self, expression_id: ExpressionId) -> None:
        """Type over an expression just made."""
        self._bridge.select(self._bridge.referent_id, expression_id)
        self.edit_selected()

    def _span_expressions(self) -> None:
        """Expressions have neither eye nor lock; their text has that room too."""
        for row in range(self.model.rowCount()):
            top = self.model.index(row, Column.NAME)
            node = self.model.node(top)
            self.tree.setFirstColumnSpanned(row, QModelIndex(), node is not None and node.expression_id is not None)
            for child in range(self.model.rowCount(top)):
                self.tree.setFirstColumnSpanned(child, top, True)

    def _on_change(self, change: Change) -> None:
        if change.medium_id in (None, self._bridge.medium_id) or change.media:
            self.refresh()

    def _follow(self) -> None:
        """Select what the bridge has selected."""
        index = self.model.find(self._bridge.referent_id, self._bridge.expression_id)
        if self.model.node(self.tree.currentIndex()) is self.model.node(index) and index.isValid():
            return
        self._is_following = True
        selection = self.tree.selectionModel()
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(index, flags)
            self.tree.scrollTo(index)
        else:
            selection.clear()
        self._is_following = False

    def _on_current(self, index: QModelIndex) -> None:
        if self._is_following:
            return
        node = self.model.node(index)
        if node is not None:
            self._bridge.select(node.referent_id, node.expression_id)

    def _on_clicked(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if node is None or node.expression_id is not None or node.referent_id is None:
            return
        bridge, referent_id = self._bridge, node.referent_id
        referent = bridge.session.project.referents.get(referent_id)
        if referent is None:
            return
        if index.column() == Column.VISIBLE:
            bridge.attempt(lambda: annotate.set_hidden(bridge.session, referent_id, hidden=not referent.hidden))
        elif index.column() == Column.LOCKED:
            bridge.attempt(lambda: annotate.set_locked(bridge.session, referent_id, locked=not referent.locked))

    def _on_menu(self, position: QPoint) -> None:
        if not self.tree.indexAt(position).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in MENU_ACTIONS:
            menu.addAction(self._actions[action_id])
        self._actions.add_mask_menu(menu)
        menu.popup(self.tree.viewport().mapToGlobal(position))
