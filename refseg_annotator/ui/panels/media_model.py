"""The media of the project as rows. A hundred thousand are listed at once: no file is opened, no row is built ahead."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from refseg_annotator.core.annotation import MediumKind, MediumState
from refseg_annotator.services.media_filter import MediaFilter, explained, parse_filter
from refseg_annotator.ui.wording import later, tr, tr_count

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Medium, MediumId
    from refseg_annotator.core.events import Change
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex

STATE_WORDS: Final = {
    MediumState.UNSEEN: later("unseen"),
    MediumState.IN_WORK: "in work",
    MediumState.REVIEWED: later("reviewed"),
}


class MediaRole(IntEnum):
    """What the delegate asks for."""

    STATE = Qt.ItemDataRole.UserRole + 1
    DETAIL = Qt.ItemDataRole.UserRole + 2
    IS_UNREADABLE = Qt.ItemDataRole.UserRole + 3
    IS_CLIP = Qt.ItemDataRole.UserRole + 4


class MediaModel(QAbstractListModel):
    """Rows are ids of media; all else is read from the project when a row is painted."""

    def __init__(self, bridge: Bridge, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._thumbnails = thumbnails
        self._rows: list[MediumId] = []
        self._places: dict[MediumId, int] = {}
        self._filter = MediaFilter()
        self._reviewed: set[MediumId] = set()
        thumbnails.arrived.connect(self._on_thumbnail)
        self.reload()

    # --- what is listed ----------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Media of the project, listed or not."""
        return len(self._bridge.session.project.media)

    @property
    def reviewed(self) -> int:
        """Media of the project that are reviewed."""
        return len(self._reviewed)

    @property
    def is_filtered(self) -> bool:
        """Whether some may be left out."""
        return not self._filter.is_empty

    @property
    def problem(self) -> str:
        """What of the filter was not understood, as a sentence; "" where all was."""
        return explained(self._filter)

    def listed(self) -> tuple[MediumId, ...]:
        """The media that are listed, in their order."""
        return tuple(self._rows)

    def set_filter(self, text: str, state: MediumState | None) -> None:
        """List those that a text lets pass (see `services.media_filter`), in that state."""
        wanted = parse_filter(text, state)
        if wanted != self._filter:
            self._filter = wanted
            self._list()

    def reload(self) -> None:
        """List anew, and count anew what is reviewed."""
        media = self._bridge.session.project.media
        self._reviewed = {medium.id for medium in media.values() if medium.state is MediumState.REVIEWED}
        self._list()

    def _list(self) -> None:
        self.beginResetModel()
        if self.is_filtered:
            self._rows = self._filter.passing(self._bridge.session.project)
        else:
            self._rows = list(self._bridge.session.project.media)
        self._places = {medium_id: row for row, medium_id in enumerate(self._rows)}
        self.endResetModel()

    def follow(self, change: Change) -> None:
        """Keep up with a change of the project."""
        media = self._bridge.session.project.media
        if not change.media:
            if change.medium_id is not None:
                self._tell(change.medium_id)
            return
        came_or_went = any((medium_id in media) != (medium_id in self._places) for medium_id in change.media)
        if came_or_went and not self.is_filtered:
            self.reload()
            return
        if any(medium_id not in media for medium_id in change.media):
            self.reload()
            return
        # A row that no longer fits the filter stays until the filter changes: it would vanish under the hand.
        for medium_id in change.media:
            is_reviewed = media[medium_id].state is MediumState.REVIEWED
            (self._reviewed.add if is_reviewed else self._reviewed.discard)(medium_id)
            self._tell(medium_id)

    def medium_at(self, row: int) -> MediumId | None:
        """The medium of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def index_of(self, medium_id: MediumId | None) -> QModelIndex:
        """The row of a medium; invalid where it is not listed."""
        row = None if medium_id is None else self._places.get(medium_id)
        return QModelIndex() if row is None else self.index(row)

    def neighbour(self, medium_id: MediumId | None, step: int) -> MediumId | None:
        """The listed medium `step` rows on; the first where `medium_id` is not listed."""
        if not self._rows:
            return None
        row = None if medium_id is None else self._places.get(medium_id)
        if row is None:
            return self._rows[0]
        return self._rows[min(max(row + step, 0), len(self._rows) - 1)]

    def next_unreviewed(self, medium_id: MediumId | None) -> MediumId | None:
        """The next listed medium that is not reviewed, going round; None if there is none but `medium_id`."""
        media = self._bridge.session.project.media
        start = -1 if medium_id is None else self._places.get(medium_id, -1)
        for step in range(1, len(self._rows) + 1):
            other = media.get(self._rows[(start + step) % len(self._rows)])
            # A row may have lost its medium a moment ago, before the list is told.
            if other is not None and other.id != medium_id and other.state is not MediumState.REVIEWED:
                return other.id
        return None

    # --- Qt's own ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Listed media."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        medium_id = self.medium_at(index.row()) if index.isValid() else None
        medium = None if medium_id is None else self._bridge.session.project.media.get(medium_id)
        if medium is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _name(medium)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{medium.path}\n{tr(STATE_WORDS[medium.state])}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_name(medium)}, {tr(STATE_WORDS[medium.state])}"
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnails.get(medium.id, self._bridge.session.path_of(medium.id))
            case MediaRole.STATE:
                return medium.state
            case MediaRole.DETAIL:
                return self._detail(medium)
            case MediaRole.IS_UNREADABLE:
                return self._thumbnails.is_unreadable(medium.id)
            case MediaRole.IS_CLIP:
                return medium.kind is MediumKind.VIDEO
        return None

    # --- within ------------------------------------------------------------------------------------------------

    def _detail(self, medium: Medium) -> str:
        if self._thumbnails.is_unreadable(medium.id):
            return tr("cannot be read")
        project = self._bridge.session.project
        referents, expressions = len(project.referents_of(medium.id)), len(project.expressions_of(medium.id))
        if not referents and not expressions:
            return tr(STATE_WORDS[medium.state])
        told = []
        if expressions:
            told.append(tr_count(expressions, "{count:,} phrase", "{count:,} phrases"))
        if referents:
            told.append(tr_count(referents, "{count:,} referent", "{count:,} referents"))
        return tr(", ").join(told)

    def _tell(self, medium_id: MediumId) -> None:
        row = self._places.get(medium_id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _on_thumbnail(self, medium_id: MediumId) -> None:
        self._tell(medium_id)


def _name(medium: Medium) -> str:
    return medium.path.rsplit("/", 1)[-1]
