"""The tool strip: one icon a tool, the size of the brush, and the opacity of masks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

_GROUPS: Final = (
    tuple(tool.value for tool in ToolId),
    ("undo", "redo"),
    ("hide_masks", "outline_only"),
)
_BUTTON: Final = QSize(36, 32)  # large enough to hit without aiming
_SPACING: Final = 2
_MARGIN: Final = 6
_END: Final = 8  # above and below
_RULE: Final = 4 + 1 + 4  # between two groups
_MOST_COLUMNS: Final = 4
_LABEL: Final = 20
_SLIDER: Final = 88


class ToolStrip(QFrame):
    """Stands at the left of the canvas, in as many columns as it takes to show all buttons whole."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self._bridge = bridge
        self._theme = theme
        self.columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _END, _MARGIN, _END)
        column.setSpacing(0)
        self._grids: list[tuple[QGridLayout, list[QToolButton]]] = []
        for place, group in enumerate(_GROUPS):
            if place:
                column.addSpacing(4)
                line = QFrame()
                line.setObjectName("rule")
                line.setFixedHeight(1)
                column.addWidget(line)
                column.addSpacing(4)
            grid = QGridLayout()
            grid.setSpacing(_SPACING)
            self._grids.append((grid, [_button(actions, action_id) for action_id in group]))
            column.addLayout(grid)
        column.addStretch(1)
        self.size_label = QLabel()
        self.size_label.setObjectName("small")
        self.size_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_label.setFixedHeight(_LABEL)
        self.size_label.setToolTip(tr("Diameter of the brush in image pixels; [ and ] or Alt+wheel change it."))
        column.addWidget(self.size_label)
        self.opacity = QSlider(Qt.Orientation.Vertical)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setFixedHeight(_SLIDER)
        self.opacity.setAccessibleName(tr("Opacity of masks"))
        column.addWidget(self.opacity, 0, Qt.AlignmentFlag.AlignHCenter)
        self._drop = QLabel()
        self._drop.setFixedSize(18, 18)
        column.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignHCenter)
        # The strip takes the height there is, and its width from that.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._deal(1)
        self.opacity.valueChanged.connect(self._on_opacity)
        bridge.look_changed.connect(self._refresh)
        bridge.tool_changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _on_opacity(self, percent: int) -> None:
        bridge = self._bridge
        if percent != round(bridge.look.opacity * 100):
            bridge.set_settings(bridge.settings.changed("overlay_opacity", percent / 100))

    def _refresh(self) -> None:
        bridge = self._bridge
        diameter = bridge.brush_radius * 2
        self._refresh_room()
        self.size_label.setText(tr("{diameter:.0f} px", diameter=diameter))
        percent = round(bridge.look.opacity * 100)
        self.opacity.setValue(percent)
        self.opacity.setToolTip(tr("Opacity of masks: {percent} %", percent=percent))
        self._drop.setPixmap(self._theme.icon("drop-half", role="muted").pixmap(18, 18))
        self._drop.setToolTip(self.opacity.toolTip())

    def _deal(self, columns: int) -> None:
        """Lay the buttons out anew."""
        if columns == self.columns:
            return
        self.columns = columns
        for grid, buttons in self._grids:
            for place, button in enumerate(buttons):
                grid.removeWidget(button)
                grid.addWidget(button, place // columns, place % columns)
        self.setFixedWidth(2 * _MARGIN + columns * _BUTTON.width() + (columns - 1) * _SPACING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons come first: brush size is in the tool's options too, and opacity in the settings."""
        super().resizeEvent(event)
        height = self.height()
        fitting = (columns for columns in range(1, _MOST_COLUMNS) if height_of(columns) <= height)
        self._deal(next(fitting, _MOST_COLUMNS))
        self._refresh_room()

    def _refresh_room(self) -> None:
        room = self.height() - height_of(self.columns)
        has_slider = room >= _LABEL + _SLIDER + self._drop.height()
        self.opacity.setVisible(has_slider)
        self._drop.setVisible(has_slider)
        self.size_label.setVisible(self._bridge.tool.is_round and room >= _LABEL)

    def minimumSizeHint(self) -> QSize:
        """The buttons alone, in as many columns as there may be."""
        return QSize(self.minimumWidth(), height_of(_MOST_COLUMNS))


def height_of(columns: int) -> int:
    """Pixels that the buttons take in so many columns."""
    rows = [-(-len(group) // columns) for group in _GROUPS]
    return 2 * _END + (len(rows) - 1) * _RULE + sum(row * _BUTTON.height() + (row - 1) * _SPACING for row in rows)


def _button(actions: Actions, action_id: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setDefaultAction(actions[action_id])
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(20, 20))
    button.setFixedSize(_BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setAccessibleName(actions[action_id].toolTip())
    return button
