"""Which media's masks stay in memory: those on show and used last; others are let go once they are on disk."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Annotation, MediumId
    from refseg_annotator.core.project import Project

# The media used last stay, however large: a step back and forth must not read the file each time.
_KEPT: Final = 4
_UNCOUNTED: Final = -1


class MaskMemory:
    """Counts the bytes of loaded masks by medium, least recently used first.

    Args:
        budget: bytes beyond which media out of sight are unloaded.

    Attributes:
        shown: the medium on the canvas, which is never unloaded.
    """

    def __init__(self, project: Project, budget: int) -> None:
        self._project = project
        self._budget = budget
        self._bytes: OrderedDict[MediumId, int] = OrderedDict()
        self.shown: MediumId | None = None

    def took_in(self, medium_id: MediumId, annotations: list[Annotation]) -> None:
        """Note the masks read for a medium."""
        self._bytes[medium_id] = sum(annotation.nbytes for annotation in annotations)
        self.used(medium_id)

    def changed(self, medium_id: MediumId) -> None:
        """Note that masks of a medium were edited."""
        self._bytes[medium_id] = _UNCOUNTED
        self.used(medium_id)

    def used(self, medium_id: MediumId) -> None:
        """Note that somebody looked at a medium."""
        if medium_id in self._bytes:
            self._bytes.move_to_end(medium_id)

    def gone(self, medium_id: MediumId) -> None:
        """Note that a medium has left the project, or its masks the memory."""
        self._bytes.pop(medium_id, None)

    def let_go(self) -> None:
        """Unload the media longest unused while masks pass the budget. Only when everything is on disk."""
        for medium_id, size in self._bytes.items():
            if size == _UNCOUNTED:
                self._bytes[medium_id] = sum(
                    annotation.nbytes
                    for referent in self._project.referents_of(medium_id)
                    for annotation in self._project.annotations_of(referent.id)
                )
        total = sum(self._bytes.values())
        for medium_id in list(self._bytes)[:-_KEPT]:
            if total <= self._budget:
                return
            if medium_id != self.shown:
                self._project.unload(medium_id)
                total -= self._bytes.pop(medium_id)
