"""The imports under way in a session, noted in its file for whoever opens that after a kill or a full disk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refseg_annotator.storage.unfinished import Unfinished

if TYPE_CHECKING:
    from refseg_annotator.storage.snapshot import Snapshot


class ImportJournal:
    """Stamps snapshots on their way to the file with what the imports under way have added by then."""

    def __init__(self) -> None:
        self._under_way: dict[object, Unfinished] = {}
        self._is_news = False

    @property
    def is_news(self) -> bool:
        """Whether the file has not been told of the latest note."""
        return self._is_news

    def note(self, owner: object, added: Unfinished) -> None:
        """What the import `owner` will have added with the next edit."""
        self._under_way[owner] = added
        self._is_news = True

    def strike(self, owner: object) -> None:
        """With the next edit that import is whole, or taken back."""
        if self._under_way.pop(owner, None) is not None:
            self._is_news = True

    def stamped(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot, with the note where the file has not got it."""
        if not self._is_news:
            return snapshot
        self._is_news = False
        return replace(snapshot, unfinished=Unfinished.joined(self._under_way.values()))
