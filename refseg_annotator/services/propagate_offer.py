"""The offer: the masks that propagation found, kept beside the project until a person has decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Annotation, AnnotationKey, MediumId
from refseg_annotator.core.edits import Edit, PutAnnotation
from refseg_annotator.core.events import Change
from refseg_annotator.core.record_edits import RECORD_COST
from refseg_annotator.errors import EditError
from refseg_annotator.services.propagate_proposal import FramesProposal, ProposedMask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from refseg_annotator.core.project import Project
    from refseg_annotator.services.session import Session

ACCEPTED: Final = "Propagate"
SETTLED: Final = "Settle keyframe"


class Offer:
    """The masks on offer of one clip, and those that undo would bring back. The window's thread alone touches it.

    Attributes:
        medium_id: the clip. Each has an offer of its own; none waits for another's.
        masks: what is on offer. Replaced whole where much of it goes, so that a view of it taken before stays as it is.
    """

    def __init__(self, session: Session, medium_id: MediumId) -> None:
        self._session = session
        self.medium_id: Final = medium_id
        self.masks: dict[AnnotationKey, ProposedMask] = {}
        # Where a person settled a frame or removed a referent or the clip instead: undo brings these back.
        self._aside: dict[AnnotationKey, ProposedMask] = {}
        # What an edit of the history has moved since `follow` was last asked.
        self._moved: set[AnnotationKey] = set()

    @property
    def proposal(self) -> FramesProposal | None:
        """The masks on offer as views meet them; None where there are none."""
        return FramesProposal(self.medium_id, self.masks) if self.masks else None

    def is_settled(self, key: AnnotationKey) -> bool:
        """Whether a person has decided about a frame."""
        annotation = self._session.project.annotations.get(key)
        return annotation is not None and annotation.keyframe

    # --- growing ---------------------------------------------------------------------------------------------------

    def take(self, masks: Mapping[AnnotationKey, ProposedMask]) -> tuple[AnnotationKey, ...]:
        """Offer masks; returns those that are on offer now.

        A referent may have been removed while its frame was worked on; nobody could accept its masks.
        """
        alive = self._session.project.referents
        arrived = {key: mask for key, mask in masks.items() if key[0] in alive and not self.is_settled(key)}
        for key, mask in masks.items():
            if key in arrived:
                self._aside.pop(key, None)
            else:
                self._aside[key] = mask
        self.masks.update(arrived)
        return tuple(arrived)

    # --- deciding --------------------------------------------------------------------------------------------------

    def accepting(self, key: AnnotationKey, *, keyframe: bool = False) -> Edit | None:
        """The edit that puts a proposed mask; None where there is none or a person has decided otherwise meanwhile."""
        project = self._session.project
        proposed, referent = self.masks.get(key), project.referents.get(key[0])
        if proposed is None or referent is None or referent.locked or self.is_settled(key):
            return None
        provenance = proposed.provenance(project.author if keyframe else "")
        annotation = Annotation(*key, proposed.mask, provenance, keyframe=keyframe)
        return PutAnnotation(annotation, SETTLED if keyframe else ACCEPTED)

    def settling(self, keys: Iterable[AnnotationKey], title: str) -> list[Edit]:
        """The edits that settle the masks that are seen on some frames, be they on offer or in the project."""
        edits: list[Edit] = []
        for key in keys:
            edit = self.accepting(key, keyframe=True)
            annotation = self._session.project.annotations.get(key)
            if edit is None and annotation is not None and not annotation.keyframe:
                edit = PutAnnotation(replace(annotation, keyframe=True), title)
            if edit is not None:
                edits.append(edit)
        return edits

    def taken(self, keys: Collection[AnnotationKey], *, is_all: bool) -> None:
        """Note what has become part of the project.

        Args:
            is_all: all that was on offer has been decided about; what undo would have brought back goes too.
        """
        kept = {key: mask for key, mask in self.masks.items() if key not in keys}
        if is_all:
            self.masks, self._aside = {key: mask for key, mask in kept.items() if not self.is_settled(key)}, {}
        else:
            self._aside |= {key: self.masks[key] for key in keys}
            self.masks = kept

    def drop(self) -> None:
        """Offer nothing any more, also not after an undo."""
        self.masks, self._aside = {}, {}

    def discarding(self, keys: Iterable[AnnotationKey], title: str) -> Edit:
        """The edit that takes masks off the offer.

        Raises:
            EditError: none of them is on offer.
        """
        found = tuple(sorted(key for key in keys if key in self.masks))
        if not found:
            raise EditError("There is nothing to discard here; no propagated mask is on offer on this frame.")
        return _Withdraw(self, found, title)

    # --- keeping up ------------------------------------------------------------------------------------------------

    def follow(self, change: Change) -> set[AnnotationKey]:
        """After a change of the project: what a person has decided about by now, and what has lost its referent, is no
        longer on offer; what undo has opened again is. Returns what came or went.
        """
        referents = self._session.project.referents
        gone = {key for key in change.annotations & self.masks.keys() if self._is_decided(key)}
        if change.referents:
            gone.update(key for key in self.masks if key[0] not in referents)
        touched = (key for key in self._aside if key in change.annotations or key[0] in change.referents)
        back = {key for key in touched if self._is_wanted_again(key)}
        self._aside |= {key: self.masks.pop(key) for key in gone}
        for key in back:
            self.masks[key] = self._aside.pop(key)
        moved, self._moved = self._moved, set()
        return gone | back | moved

    def put_aside(self) -> None:
        """The clip is gone; should undo bring it back, its masks are on offer again."""
        self._aside |= self.masks
        self.masks = {}

    def _is_decided(self, key: AnnotationKey) -> bool:
        annotation = self._session.project.annotations.get(key)
        # The same mask is there where the acceptance of a single one was undone and done again.
        return annotation is not None and (annotation.keyframe or annotation.mask == self.masks[key].mask)

    def _is_wanted_again(self, key: AnnotationKey) -> bool:
        referent = self._session.project.referents.get(key[0])
        # Whoever deletes a settled mask, or merely opens it again, does not want back what was there before.
        is_undone = self._session.history.can_redo and not self.is_settled(key)
        return is_undone and referent is not None

    # --- for its edits ---------------------------------------------------------------------------------------------

    def withdraw(self, keys: Iterable[AnnotationKey]) -> dict[AnnotationKey, ProposedMask]:
        """Take masks off the offer, those of them that are on it."""
        gone = {key: self.masks[key] for key in keys if key in self.masks}
        self.masks = {key: mask for key, mask in self.masks.items() if key not in gone}
        self._moved.update(gone)
        return gone

    def put_back(self, masks: Mapping[AnnotationKey, ProposedMask]) -> None:
        """Offer again what was withdrawn; what a later run has brought instead stays."""
        referents = self._session.project.referents
        back = {
            key: mask
            for key, mask in masks.items()
            if key not in self.masks and key[0] in referents and not self.is_settled(key)
        }
        self.masks = self.masks | back
        self._moved.update(back)


@dataclass(frozen=True, slots=True, eq=False)
class _Withdraw:
    """Discard masks on offer. The project stays as it is; a step of its history all the same, for undo."""

    offer: Offer
    keys: tuple[AnnotationKey, ...]
    title: str

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST

    def media(self, _project: Project) -> frozenset[MediumId]:
        """The clip."""
        return frozenset({self.offer.medium_id})

    def apply(self, _project: Project) -> tuple[Edit, Change]:
        """Withdraw them."""
        masks = self.offer.withdraw(self.keys)
        return _PutBack(self.offer, masks, self.title), _change_of(self.offer.medium_id, self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class _PutBack:
    """Offer again what was discarded."""

    offer: Offer
    masks: Mapping[AnnotationKey, ProposedMask]
    title: str

    @property
    def cost(self) -> int:
        """Bytes held."""
        return RECORD_COST + sum(proposed.mask.nbytes for proposed in self.masks.values())

    def media(self, _project: Project) -> frozenset[MediumId]:
        """The clip."""
        return frozenset({self.offer.medium_id})

    def apply(self, _project: Project) -> tuple[Edit, Change]:
        """Put them back."""
        keys = tuple(sorted(self.masks))
        self.offer.put_back(self.masks)
        return _Withdraw(self.offer, keys, self.title), _change_of(self.offer.medium_id, keys)


def _change_of(medium_id: MediumId, keys: tuple[AnnotationKey, ...]) -> Change:
    """No record is touched; where to look: the frame, if it is one."""
    frames = {frame for _, frame in keys}
    return Change(medium_id=medium_id, frame=frames.pop() if len(frames) == 1 else None)
