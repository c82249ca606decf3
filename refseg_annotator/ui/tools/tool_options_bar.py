"""The options bar: what the tool in hand is set to, over the upper edge of the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from refseg_annotator.ui.actions.action_table import action_row
from refseg_annotator.ui.bridge import LARGEST_BRUSH
from refseg_annotator.ui.busy import BusyRing
from refseg_annotator.ui.tools.tool_fields import NumberField
from refseg_annotator.ui.tools.tool_options import METHODS, MODES, RANGES, SAMPLES, OptionRange
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.services.mask_tools import Mode
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme
    from refseg_annotator.ui.tools.tool_operations import Operation
    from refseg_annotator.ui.tools.tool_options import ToolOptionsDesk

_MARGIN: Final = 8
_HEIGHT: Final = 40
ROOM: Final = _MARGIN + _HEIGHT + _MARGIN
"""What it takes of the height of its host."""
_SIZE: Final = OptionRange(
    "Size", 1, round(2 * LARGEST_BRUSH), tip="Diameter in image pixels; [ and ] or Alt+wheel change it."
)


class ToolOptionsBar(QFrame):
    """Floats over `host`; hidden while the tool in hand has no options.

    Signals:
        applied: the operation under way is to be kept (True) or dropped (False).
        left: the keyboard is free again.
    """

    applied = Signal(bool)
    left = Signal()

    def __init__(self, bridge: Bridge, desk: ToolOptionsDesk, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("toolOptions")
        self.setAccessibleName(tr("Options of the tool"))
        self._bridge = bridge
        self._desk = desk
        self._theme = theme
        self._host = host
        self._operation: Operation | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        self._icon = QLabel()
        self._icon.setFixedSize(18, 18)
        self.title = QLabel()
        self.title.setObjectName("panelTitle")
        head = self._head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self.title)
        row.addLayout(head)
        self._line = QFrame()
        self._line.setObjectName("divider")
        self._line.setFixedSize(1, 20)
        row.addWidget(self._line)
        self.parts: dict[str, QWidget] = {}
        self.modes: dict[Mode, QToolButton] = {}
        self._add_modes(row)
        self.fields: dict[str, NumberField] = {}
        for name, limits in (("size", _SIZE), *RANGES.items()):
            field = self.fields[name] = self.parts[name] = NumberField(limits)
            field.changed.connect(lambda value, name=name: self._on_number(name, value))
            field.left.connect(self._on_left)
            row.addWidget(field)
        self.contiguous = QCheckBox(tr("Connected"))
        self.contiguous.setToolTip(tr("Only what hangs together with the click; otherwise the colour anywhere."))
        self.contiguous.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.contiguous.toggled.connect(lambda on: desk.set(replace(desk.options, contiguous=on)))
        self._add_part(row, "contiguous", self.contiguous)
        self.sample = self._choice(
            [tr(words) for words, _ in SAMPLES], tr("The square whose mean colour the wand goes by.")
        )
        self.sample.activated.connect(lambda place: desk.set(replace(desk.options, sample=SAMPLES[place][1])))
        self._add_part(row, "sample", self.sample)
        self.method = self._choice(
            [tr(words) for words, _ in METHODS],
            tr(
                "The model goes by what things look like, GrabCut by colours and edges, the random walker by edges and "
                "nearness to the points."
            ),
        )
        self.method.activated.connect(lambda place: desk.set(replace(desk.options, method=METHODS[place][1])))
        self._add_part(row, "method", self.method)
        self.apply = QPushButton(tr("Apply"))
        self.apply.setProperty("primary", True)
        self.apply.setToolTip(tr("Keep it (Enter)"))
        self.drop = QPushButton(tr("Cancel"))
        self.drop.setToolTip(tr("Leave the mask as it was (Esc)"))
        for button, keeps in ((self.apply, True), (self.drop, False)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, keeps=keeps: self.applied.emit(keeps))
            row.addWidget(button)
        self.ring = BusyRing(theme)
        row.addWidget(self.ring)
        host.installEventFilter(self)
        bridge.tool_changed.connect(self.refresh)
        bridge.place_changed.connect(self.refresh)
        desk.changed.connect(self.refresh)
        desk.busy_changed.connect(self.ring.set_busy)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.refresh()

    # --- what it shows ------------------------------------------------------------------------------------------

    @property
    def number_in_hand(self) -> str | None:
        """The option that [ and ] change; None where that is the size of the brush."""
        if self._operation is not None:
            return self._operation.option
        return next((name for name in self._bridge.tool.options if name in RANGES), None)

    def show_operation(self, operation: Operation | None) -> None:
        """Show the number of an operation; None for the tool's options again."""
        if operation is not self._operation:
            self._operation = operation
            self.refresh()

    def refresh(self) -> None:
        """Show what belongs to the tool in hand."""
        operation, tool, desk = self._operation, self._bridge.tool, self._desk
        names = self._names()
        row = action_row(tool.id.value if operation is None else operation.id)
        self.title.setText(tr(row.title).rstrip(".…"))
        self._icon.setPixmap(self._theme.icon(row.icon, role="accent").pixmap(18, 18))
        for name, part in self.parts.items():
            part.setVisible(name in names)
        for button in (self.apply, self.drop):
            button.setVisible(operation is not None)
        options = desk.options
        self.modes[options.mode].setChecked(True)
        self.fields["size"].show_number(max(round(self._bridge.brush_radius * 2), 1))
        for name in RANGES:
            self.fields[name].show_number(desk.number(name))
        with QSignalBlocker(self.contiguous):
            self.contiguous.setChecked(options.contiguous)
        self.sample.setCurrentIndex([value for _, value in SAMPLES].index(options.sample))
        self.method.setCurrentIndex([value for _, value in METHODS].index(options.method))
        self.setVisible(bool(names) and self._bridge.medium_id is not None)
        self._place()

    # --- within -------------------------------------------------------------------------------------------------

    def _names(self) -> tuple[str, ...]:
        """The options that the tool in hand, or the operation under way, has."""
        return self._bridge.tool.options if self._operation is None else (self._operation.option,)

    def _add_part(self, row: QHBoxLayout, name: str, part: QWidget) -> None:
        part.setAccessibleDescription(part.toolTip())
        self.parts[name] = part
        row.addWidget(part)

    def _add_modes(self, row: QHBoxLayout) -> None:
        frame = QFrame()
        frame.setObjectName("segments")
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.setSpacing(2)
        group = QButtonGroup(frame)
        for words, mode, _, tip in MODES:
            button = QToolButton()
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setFixedSize(28, 22)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(tr("{tip} M goes on to the next.", tip=tr(tip)))
            button.setAccessibleName(tr(words))
            button.clicked.connect(lambda _=False, mode=mode: self._desk.set_mode(mode))
            group.addButton(button)
            inner.addWidget(button)
            self.modes[mode] = button
        self._add_part(row, "mode", frame)

    def _choice(self, words: list[str], tip: str) -> QComboBox:
        box = QComboBox()
        box.addItems(words)
        box.setToolTip(tip)
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return box

    def _on_number(self, name: str, value: int) -> None:
        if name == "size":
            self._bridge.set_brush_radius(value / 2)
        else:
            self._desk.set_number(name, value)

    def _on_left(self, is_kept: bool) -> None:
        self.left.emit()
        if is_kept and self._operation is not None:
            self.applied.emit(True)

    def _recolour(self) -> None:
        for _, mode, icon, _ in MODES:
            self.modes[mode].setIcon(self._theme.icon(icon))
        self.refresh()

    def _place(self) -> None:
        room = self._host.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self.setFixedHeight(_HEIGHT)
        # What can be done without goes first where the window is narrow: sliders, the name, words, the rare choice.
        shed: tuple[list[QWidget], ...] = (
            [field.slider for field in self.fields.values()],
            [self.title, self._line],
            [field.label for field in self.fields.values()],
            [self.sample],
        )
        names = self._names()
        for part in (widget for step in shed[:3] for widget in step):
            part.setVisible(True)
        self.sample.setVisible("sample" in names)
        for step in shed:
            if self._width() <= room.width():
                break
            for part in step:
                part.setVisible(False)
        self.setFixedWidth(self._width())
        self.move(room.left() + max((room.width() - self.width()) // 2, 0), room.top())
        self.raise_()

    def _width(self) -> int:
        """What the visible parts take; layouts learn of hidden ones only with the next events, unless they are told."""
        for field in self.fields.values():
            field.updateGeometry()
            field.row.invalidate()
        self._head.invalidate()
        layout = self.layout()
        if layout is None:
            return self.width()
        layout.invalidate()
        return layout.totalSizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place while the host is resized."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return False
