"""Tables that are read and chosen from by rows, as dialogs have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def row_table(name: str, titles: Sequence[str], rows: int = 0) -> QTableWidget:
    """A table without grid, of which whole rows are chosen and no cell is written in.

    Args:
        name: what screen readers call it.
    """
    table = QTableWidget(rows, len(titles))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(titles))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return table
