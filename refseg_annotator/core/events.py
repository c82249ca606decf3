"""The change: what an edit touched, for views to redraw and for the store to write; and how one comes to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from refseg_annotator.core.geometry import EMPTY_BOX, Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from refseg_annotator.core.annotation import AnnotationKey, ExpressionId, MediumId, ReferentId

_Callback = TypeVar("_Callback", bound="Callable[..., None]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Keys of the records that an edit put, changed or dropped, and where to look.

    Args:
        media: Media touched, present or gone; likewise `referents`, `expressions` and `annotations`.
        medium_id: The medium to show; None when there is none.
        frame: The frame to show; None when no frame in particular.
        box: What to repaint on that frame, in source pixels: None for the whole, `EMPTY_BOX` for nothing.
    """

    media: frozenset[MediumId] = frozenset()
    referents: frozenset[ReferentId] = frozenset()
    expressions: frozenset[ExpressionId] = frozenset()
    annotations: frozenset[AnnotationKey] = frozenset()
    medium_id: MediumId | None = None
    frame: int | None = None
    box: Box | None = None

    @classmethod
    def nothing(cls) -> Change:
        """The change that touches no record."""
        return cls(box=EMPTY_BOX)

    @property
    def is_nothing(self) -> bool:
        """Whether no record was touched."""
        return not (self.media or self.referents or self.expressions or self.annotations)

    @classmethod
    def merged(cls, changes: Iterable[Change]) -> Change:
        """All changes as one.

        It shows the first medium of the project that was touched and the earliest of its frames that was, the same
        for doing as for undoing. Boxes are united if they lie on that frame; changes of other frames make no box.
        """
        parts = list(changes)
        media = [part.medium_id for part in parts if part.medium_id is not None]
        medium_id = min(media, default=None)
        here = [part for part in parts if part.medium_id == medium_id]
        frame = min((part.frame for part in here if part.frame is not None), default=None)
        box: Box | None = EMPTY_BOX
        for part in here:
            if part.frame is None or part.frame == frame:
                box = None if box is None or part.box is None else box.union(part.box)
        return cls(
            media=frozenset().union(*(part.media for part in parts)),
            referents=frozenset().union(*(part.referents for part in parts)),
            expressions=frozenset().union(*(part.expressions for part in parts)),
            annotations=frozenset().union(*(part.annotations for part in parts)),
            medium_id=medium_id,
            frame=frame,
            box=box,
        )


def listen(listeners: list[_Callback], callback: _Callback) -> Callable[[], None]:
    """Add a listener; the answer ends its listening, and does nothing when called again."""
    listeners.append(callback)

    def end() -> None:
        if callback in listeners:
            listeners.remove(callback)

    return end
