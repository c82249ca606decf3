"""How it stands with the models that read phrases, for whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from refseg_annotator.services.model_shelf import ReaderState

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import MediumKind


class ReaderBoard(QObject):
    """The state of each model, by the kind of medium that it reads.

    Signals:
        changed: another model reads, is being loaded, or none could be.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._states: dict[MediumKind, ReaderState] = {}

    def state_of(self, kind: MediumKind) -> ReaderState:
        """How it stands with the model that reads media of a kind."""
        return self._states.get(kind, ReaderState())

    def put(self, kind: MediumKind, state: ReaderState) -> None:
        """Note how it stands."""
        self._states[kind] = state
        self.changed.emit()

    def clear(self) -> None:
        """Others are to read; nothing is known of them yet."""
        self._states.clear()
        self.changed.emit()
