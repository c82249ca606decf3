"""What is kept from a person's eyes in a blind check, and what is shown beside the project's masks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Referent
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.ui.review.blind_desk import BlindDesk


class Veil(QObject):
    """Referents up to an id are not to be seen: ids rise, so those drawn since are.

    Attributes:
        desk: the desk of blind checks, where the window has one.

    Signals:
        changed: other referents are veiled, or another mask is compared.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.desk: BlindDesk | None = None
        self._last = 0
        self._floor: int | None = None
        self._compared: Mask | None = None

    @property
    def last(self) -> int:
        """The highest id that is veiled; 0 for none."""
        return self._last

    @property
    def is_drawn(self) -> bool:
        """Whether anything is veiled."""
        return self._last > 0

    @property
    def compared(self) -> Mask | None:
        """A mask shown beside the project's: that of a blind check."""
        return self._compared

    @property
    def is_active(self) -> bool:
        """Whether a blind check is asked or its outcome shown."""
        return self.desk is not None and self.desk.is_active

    def draw(self, last: int, floor: int) -> None:
        """Veil the referents up to an id; undo stops at the history's state `floor`."""
        self._last, self._floor = last, floor
        self.changed.emit()

    def lift(self) -> None:
        """Show everything again."""
        if self._last or self._compared is not None:
            self._last, self._floor, self._compared = 0, None, None
            self.changed.emit()

    def compare(self, mask: Mask) -> None:
        """Show a mask beside the project's."""
        self._compared = mask
        self.changed.emit()

    def seen(self, referents: list[Referent]) -> list[Referent]:
        """Those of some referents that may be seen."""
        return [referent for referent in referents if referent.id > self._last] if self._last else referents

    def stops_undo(self, state: int) -> bool:
        """Whether undo would go back behind the beginning of the check."""
        return self._floor is not None and state == self._floor
