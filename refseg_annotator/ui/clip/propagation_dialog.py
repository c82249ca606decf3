"""The dialog of a propagation over a range: which frames, which way, whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import FrameSpan, ReferentId
from refseg_annotator.inference.propagation_plan import Direction
from refseg_annotator.media import FrameTimes
from refseg_annotator.ui.clip.timeline_scale import moment_words
from refseg_annotator.ui.colours import referent_colour
from refseg_annotator.ui.forms import add_field, inset, new_form
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.wording import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.ui.bridge import Bridge

_WAYS = (
    (Direction.BOTH, "both ways from the keyframes"),
    (Direction.FORWARD, "forward only"),
    (Direction.BACKWARD, "backward only"),
)


class PropagationDialog(QDialog):
    """Not modal: one may look at frames while it is open.

    Args:
        run: starts what was chosen; True if it was taken.
    """

    def __init__(
        self,
        bridge: Bridge,
        span: FrameSpan,
        run: Callable[[FrameSpan, Direction, list[ReferentId]], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Propagate a range"))
        self.setMinimumWidth(380)
        self._bridge = bridge
        self._run = run
        self._medium_id = bridge.medium_id
        medium = bridge.medium
        count = 1 if medium is None else medium.frame_count
        self.first, self.last = _frames(count, span.first), _frames(count, span.last)
        self.way = QComboBox()
        for direction, words in _WAYS:
            self.way.addItem(tr(words), direction)
        self.whom = QListWidget()
        self.whom.setAccessibleName(tr("Referents"))
        self.whom.setMaximumHeight(168)
        self.whom.setSpacing(2)
        self.whom.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.whom.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()
        self._extent = QLabel()
        self._extent.setObjectName("muted")
        range_row = QHBoxLayout()
        range_row.setSpacing(8)
        range_row.addWidget(self.first, 1)
        range_row.addWidget(QLabel(tr("to")))
        range_row.addWidget(self.last, 1)
        form = new_form()
        form.addRow(tr("Frames"), range_row)
        form.addRow("", self._extent)
        add_field(form, tr("Direction"), self.way)
        add_field(form, tr("Referents"), self.whom, is_tall=True)
        note = QLabel(
            tr("Settled frames are never changed. The masks are on offer first: nothing is kept before Accept.")
        )
        note.setObjectName("muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.go = QPushButton(tr("Propagate"))
        self.go.setProperty("primary", "true")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_go)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)
        self.first.valueChanged.connect(self._refresh)
        self.last.valueChanged.connect(self._refresh)
        self.whom.itemChanged.connect(self._refresh)
        # The frames shown belong to one clip; with another on show, of another project at that, they mean nothing.
        bridge.place_changed.connect(self._on_place)
        bridge.session_changed.connect(self.reject)
        self._refresh()

    @property
    def chosen(self) -> list[ReferentId]:
        """The ticked referents."""
        items = [self.whom.item(row) for row in range(self.whom.count())]
        return [
            ReferentId(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    def _fill(self) -> None:
        bridge = self._bridge
        project = bridge.session.project
        for number, referent in enumerate(bridge.referents_here(), start=1):
            item = QListWidgetItem(f"{number}   {referent_title(project, referent)}")
            item.setData(Qt.ItemDataRole.UserRole, referent.id)
            item.setForeground(self.palette().text())
            item.setData(Qt.ItemDataRole.DecorationRole, _key(referent_colour(referent.colour)))
            has_mask = bool(project.annotations_of(referent.id))
            wanted = bridge.referent_id in (None, referent.id) and has_mask and not referent.locked
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            if referent.locked or not has_mask:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                item.setToolTip(tr("It is locked.") if referent.locked else tr("It has no mask to start from."))
            self.whom.addItem(item)

    def _refresh(self) -> None:
        first, last = self.first.value(), self.last.value()
        count = last - first + 1
        if count > 0:
            # Asked each time: of a project just opened they may not be known at first.
            medium = self._bridge.medium
            known = FrameTimes() if medium is None else self._bridge.session.times_of(medium.id)
            start, end = (moment_words(known, frame) for frame in (first, last))
            times = tr("{start} to {end}", start=start, end=end)
            self._extent.setText(tr_count(count, "{count:,} frame, {times}", "{count:,} frames, {times}", times=times))
        else:
            self._extent.setText(tr("The last frame lies before the first."))
        self.go.setEnabled(count > 0 and bool(self.chosen))

    def _on_place(self) -> None:
        if self._bridge.medium_id != self._medium_id:
            self.reject()

    def _on_go(self) -> None:
        if self._run(FrameSpan(self.first.value(), self.last.value()), Direction(self.way.currentData()), self.chosen):
            self.accept()


def _frames(count: int, value: int) -> QSpinBox:
    box = QSpinBox()
    inset(box)
    box.setRange(0, count - 1)
    box.setValue(value)
    box.setGroupSeparatorShown(True)
    return box


def _key(colour: tuple[int, int, int]) -> object:
    from PySide6.QtGui import QColor, QPixmap

    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor(*colour))
    return pixmap
