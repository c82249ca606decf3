"""The tool strip: one icon a tool, the size of the brush, and the opacity of masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

_GROUPS = (
    tuple(tool.value for tool in ToolId),
    ("undo", "redo"),
    ("hide_masks", "outline_only"),
)


_BUTTON = 32  # px; with the window at its smallest, all of them and no slider
_WITH_SLIDER = 620


class _ToolButton(QToolButton):
    """Gives up height where the window is low, so that no button lies over another."""

    def sizeHint(self) -> QSize:
        """Large enough to hit without aiming."""
        return QSize(36, 34)

    def minimumSizeHint(self) -> QSize:
        """The icon and no more."""
        return QSize(36, 18)


class ToolStrip(QFrame):
    """Stands at the left of the canvas."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self._bridge = bridge
        self._theme = theme
        self.setFixedWidth(48)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(2)
        for place, group in enumerate(_GROUPS):
            if place:
                column.addSpacing(4)
                line = QFrame()
                line.setObjectName("rule")
                line.setFixedHeight(1)
                column.addWidget(line)
                column.addSpacing(4)
            for action_id in group:
                button = _ToolButton()
                button.setObjectName("tool")
                button.setDefaultAction(actions[action_id])
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
                button.setIconSize(QSize(20, 20))
                button.setFixedSize(36, _BUTTON)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.setAccessibleName(actions[action_id].toolTip())
                column.addWidget(button)
        column.addStretch(1)
        self.size_label = QLabel()
        self.size_label.setObjectName("small")
        self.size_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_label.setToolTip(tr("Diameter of the brush in image pixels; [ and ] or Alt+wheel change it."))
        column.addWidget(self.size_label)
        self.opacity = QSlider(Qt.Orientation.Vertical)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setFixedHeight(88)
        self.opacity.setAccessibleName(tr("Opacity of masks"))
        column.addWidget(self.opacity, 0, Qt.AlignmentFlag.AlignHCenter)
        self._drop = QLabel()
        self._drop.setFixedSize(18, 18)
        column.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignHCenter)
        # In a low window the buttons come first; opacity is in the settings too.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
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
        self.size_label.setVisible(bridge.tool.is_round)
        self.size_label.setText(tr("{diameter:.0f} px", diameter=diameter))
        percent = round(bridge.look.opacity * 100)
        self.opacity.setValue(percent)
        self.opacity.setToolTip(tr("Opacity of masks: {percent} %", percent=percent))
        self._drop.setPixmap(self._theme.icon("drop-half", role="muted").pixmap(18, 18))
        self._drop.setToolTip(self.opacity.toolTip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the slider where there is room for it."""
        super().resizeEvent(event)
        has_room = self.height() >= _WITH_SLIDER
        self.opacity.setVisible(has_room)
        self._drop.setVisible(has_room)

    def minimumSizeHint(self) -> QSize:
        """The buttons alone."""
        return QSize(48, 0)
