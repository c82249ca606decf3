"""The menu of what the selected expression means: all referents, none, or those that are ticked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from refseg_annotator.services import expression_edits
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from refseg_annotator.core.annotation import Expression, ExpressionId, ReferentId
    from refseg_annotator.core.events import Change
    from refseg_annotator.ui.bridge import Bridge

_TICKING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class MeansMenu(QMenu):
    """Stays open while one ticks, for a plural means several; Escape and a click beside it close it.

    Each tick is an edit, and one undo, of its own: what the list and the picture show meanwhile is what is kept.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._expression_id: ExpressionId | None = None
        self._every = QAction()
        self._nothing = QAction()
        self._ticks: dict[ReferentId, QAction] = {}
        self._is_held = False
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the referents of the picture on show, for the selected expression."""
        self.clear()
        self._ticks.clear()
        self._is_held = False
        project, self._expression_id = self._bridge.session.project, self._bridge.expression_id
        if self._expression() is None:
            return
        self._every = self._row(tr("All of them"), expression_edits.mean_all)
        self._nothing = self._row(tr("Nothing here (checked)"), expression_edits.mean_nothing)
        self.addSeparator()
        for place, referent in enumerate(self._bridge.referents_here(), start=1):
            # A lone "&" would underline the letter after it.
            title = referent_title(project, referent).replace("&", "&&")
            tick = self.addAction(f"#{place}  {title}")
            tick.setCheckable(True)
            tick.triggered.connect(partial(self._set_target, referent.id, tick))
            self._ticks[referent.id] = tick
        self._show_ticks()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember that the button went down here: letting go of the one that opened the menu ticks nothing."""
        self._is_held = True
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With the button held since the menu opened, letting go ticks, as in any menu."""
        self._is_held = self._is_held or bool(event.buttons())
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        row, self._is_held, was_held = self.actionAt(event.position().toPoint()), False, self._is_held
        if _can_be_ticked(row):
            if was_held:
                row.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick without closing."""
        row = self.activeAction()
        if event.key() in _TICKING and _can_be_ticked(row):
            row.trigger()
            return
        super().keyPressEvent(event)

    # --- within ------------------------------------------------------------------------------------------------

    def _expression(self) -> Expression | None:
        # The one that the menu was opened for: the list may select another row as rows come and go below it.
        expressions = self._bridge.session.project.expressions
        return None if self._expression_id is None else expressions.get(self._expression_id)

    def _row(self, words: str, call: Callable[..., Change]) -> QAction:
        row = self.addAction(words)
        row.setCheckable(True)
        row.triggered.connect(partial(self._change, call))
        return row

    def _set_target(self, referent_id: ReferentId, tick: QAction) -> None:
        self._change(expression_edits.assign if tick.isChecked() else expression_edits.unassign, referent_id)

    def _change(self, call: Callable[..., Change], *which: object) -> None:
        expression, session = self._expression(), self._bridge.session
        if expression is not None:
            self._bridge.attempt(lambda: call(session, expression.id, *which))
        self._show_ticks()

    def _show_ticks(self) -> None:
        """Tick what the project says: a tick on one row may change the others, and an edit may be refused."""
        expression = self._expression()
        targets = set() if expression is None else set(expression.targets)
        self._every.setChecked(len(self._ticks) > 1 and targets == set(self._ticks))
        self._nothing.setChecked(expression is not None and expression.no_target)
        for referent_id, tick in self._ticks.items():
            tick.setChecked(referent_id in targets)


def _can_be_ticked(row: QAction | None) -> bool:
    # Qt gives None where no row is, which its stubs do not say.
    return row is not None and row.isCheckable()
