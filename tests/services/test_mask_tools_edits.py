"""Splitting, merging and copying: one step of undo each, expressions follow, locked referents are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from refseg_annotator.core.annotation import FrameSpan, MediumId, MediumKind, Origin, Provenance, ReferentId
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.mask_tools_edits import MOST_PARTS, copy_mask, merge_referents, split_parts
from refseg_annotator.services.session import Session
from tests.storage.records import contents

PHOTO, OTHER = MediumId(1), MediumId(2)
SIZE = Size(80, 60)


def three_parts() -> Mask:
    """A ring with a hole, a line of pixels joined by corners, and a single pixel."""
    array = np.zeros(SIZE.shape, bool)
    array[10:30, 10:30] = True
    array[15:20, 15:20] = False
    array[range(40, 50), range(40, 50)] = True
    array[5, 70] = True
    return Mask.from_array(array)


def referent_with(session: Session, mask: Mask, *phrases: str, name: str = "", frame: int = 0) -> ReferentId:
    made = annotate.new_referent(session, PHOTO, name=name)
    annotate.set_mask(session, made, frame, mask)
    for phrase in phrases:
        annotate.add_expression(session, PHOTO, phrase, targets=(made,))
    return made


def targets(session: Session) -> dict[str, tuple[ReferentId, ...]]:
    return {expression.text: expression.targets for expression in session.project.expressions.values()}


def records(session: Session) -> tuple[object, ...]:
    """All records; the counter of ids goes only forward."""
    return contents(session.project)[:4]


def clip(session: Session, frames: int = 4) -> None:
    medium = session.project.media[PHOTO]
    session.commit(PutMedium(replace(medium, kind=MediumKind.VIDEO, frame_count=frames)))


# --- splitting -------------------------------------------------------------------------------------------------------


def test_parts_become_referents_and_expressions_mean_all_of_them(session: Session) -> None:
    whole = three_parts()
    first = referent_with(session, whole, "the things", name="thing")
    bystander = referent_with(session, Mask.from_array(np.eye(60, 80, dtype=bool)), "the diagonal")
    annotate.add_expression(session, PHOTO, "everything", targets=(bystander, first))
    before = records(session)
    made = split_parts(session, first, 0)
    project = session.project
    masks = [project.annotations[one, 0].mask for one in (first, *made)]
    assert [mask.area for mask in masks] == [375, 10, 1]
    assert masks[0].union(masks[1]).union(masks[2]) == whole
    assert targets(session) == {
        "the things": (first, *made),
        "the diagonal": (bystander,),
        "everything": (bystander, first, *made),
    }
    colours = [referent.colour for referent in project.referents.values()]
    assert len(set(colours)) == len(colours)
    assert session.history.undo_title == "Split into parts"
    session.undo()
    assert records(session) == before
    session.redo()
    assert project.annotations[made[1], 0].mask.area == 1


def test_one_piece_cannot_be_split_nor_can_noise(session: Session) -> None:
    one = referent_with(session, Mask.from_array(np.eye(60, 80, dtype=bool)))
    with pytest.raises(EditError, match="in one piece"):
        split_parts(session, one, 0)
    array = np.zeros(SIZE.shape, bool)
    array[::2, ::2] = True
    noise = referent_with(session, Mask.from_array(array), name="noise")
    with pytest.raises(EditError, match=r"“noise” is in 1,200 parts; drop its specks first"):
        split_parts(session, noise, 0)
    assert MOST_PARTS < 1200
    empty = annotate.new_referent(session, PHOTO)
    with pytest.raises(EditError, match="has no mask here"):
        split_parts(session, empty, 0)


def test_a_locked_referent_is_neither_split_merged_nor_copied(session: Session) -> None:
    clip(session)
    one = referent_with(session, three_parts(), "the things")
    two = referent_with(session, three_parts())
    annotate.set_locked(session, one, locked=True)
    before = records(session)
    for refused in (
        lambda: split_parts(session, one, 0),
        lambda: merge_referents(session, one, two),
        lambda: merge_referents(session, two, one),
        lambda: copy_mask(session, one, 0, 1),
    ):
        with pytest.raises(EditError, match="“the things” is locked; unlock it"):
            refused()
    assert records(session) == before


# --- merging ---------------------------------------------------------------------------------------------------------


def half(left: bool) -> Mask:
    array = np.zeros(SIZE.shape, bool)
    array[:, slice(0, 45) if left else slice(35, 80)] = True
    return Mask.from_array(array)


def test_merging_unites_masks_on_every_frame_and_expressions_follow(session: Session) -> None:
    clip(session)
    one = referent_with(session, half(True), "the left one", "the pair")
    two = referent_with(session, half(False), "the right one", "The  PAIR", name="right")
    annotate.set_mask(session, two, 2, half(False))
    annotate.add_expression(session, PHOTO, "both", targets=(two, one))
    span = annotate.add_expression(session, PHOTO, "the pair", targets=(two,), span=FrameSpan(0, 1))
    before = records(session)
    merge_referents(session, one, two)
    project = session.project
    assert two not in project.referents
    assert project.referents[one].name == "right"
    assert project.annotations[one, 0].mask == half(True).union(half(False))
    assert project.annotations[one, 2].mask == half(False)
    assert project.annotations[one, 0].provenance.strokes == 2
    assert sorted(expression.text for expression in project.expressions_for(one)) == [
        "both",
        "the left one",
        "the pair",
        "the pair",
        "the right one",
    ]
    assert project.expressions[span].targets == (one,)
    assert all(expression.targets == (one,) for expression in project.expressions.values())
    session.undo()
    assert records(session) == before


def test_what_is_settled_stays_so_only_where_all_of_it_is(session: Session) -> None:
    one, two = referent_with(session, half(True)), referent_with(session, half(False))
    annotate.settle(session, two, 0, is_keyframe=False)
    merge_referents(session, one, two)
    assert not session.project.annotations[one, 0].keyframe


def test_what_cannot_be_merged(session: Session) -> None:
    one = referent_with(session, half(True))
    elsewhere = annotate.new_referent(session, OTHER)
    with pytest.raises(EditError, match="with itself"):
        merge_referents(session, one, one)
    with pytest.raises(EditError, match="two pictures"):
        merge_referents(session, one, elsewhere)


# --- copying ---------------------------------------------------------------------------------------------------------


def test_a_mask_is_copied_settled_and_not_over_a_settled_one(session: Session) -> None:
    clip(session)
    one = referent_with(session, three_parts())
    made = Provenance(Origin.PREDICTED, model="m 1", phrase="the things", iou_before=0.9, clicks=2)
    annotate.set_mask(session, one, 0, three_parts(), provenance=made)
    copy_mask(session, one, 0, 1)
    copied = session.project.annotations[one, 1]
    assert copied.mask == three_parts()
    assert copied.keyframe
    assert copied.provenance == replace(made, iou_before=None, author="Ada")
    with pytest.raises(EditError, match="frame 1 is settled"):
        copy_mask(session, one, 0, 1)
    annotate.settle(session, one, 1, is_keyframe=False)
    annotate.set_mask(session, one, 0, half(True))
    copy_mask(session, one, 0, 1)
    assert session.project.annotations[one, 1].mask == half(True)
    with pytest.raises(EditError, match="last frame"):
        copy_mask(session, one, 0, 4)
