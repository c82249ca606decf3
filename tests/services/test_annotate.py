"""What a person does: each action one step of undo, no other record touched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from refseg_annotator.core.annotation import (
    Asked,
    ExpressionId,
    ExpressionKind,
    FrameSpan,
    MediumId,
    MediumState,
    Origin,
    Provenance,
    ReferentId,
    Split,
)
from refseg_annotator.core.edits import PutExpression, PutMedium
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate
from refseg_annotator.services.session import UNMEASURED, Session
from tests.storage.records import contents, disc, medium

PHOTO = MediumId(1)
SIZE = Size(80, 60)
BOX = Box(10, 10, 14, 13)


def ones(box: Box = BOX) -> np.ndarray:
    return np.ones(box.shape, bool)


@pytest.fixture
def referent(session: Session) -> ReferentId:
    return annotate.new_referent(session, PHOTO, name="dog")


# --- painting --------------------------------------------------------------------------------------------------------


def test_the_first_stroke_makes_a_mask_and_the_next_adds_to_it(session: Session, referent: ReferentId) -> None:
    change = annotate.paint(session, referent, 0, BOX, ones(), seconds=2.0)
    assert change.box == BOX
    annotation = session.project.annotations[referent, 0]
    assert annotation.mask == Mask.from_patch(SIZE, BOX, ones())
    assert annotation.keyframe
    assert annotation.provenance == Provenance(Origin.MANUAL, strokes=1, seconds=2.0, author="Ada")
    second = Box(13, 11, 20, 12)
    change = annotate.paint(session, referent, 0, second, ones(second), title="Eraser", clicks=1, seconds=1.0)
    assert change.box == Box(14, 11, 20, 12)
    annotation = session.project.annotations[referent, 0]
    assert annotation.mask.area == 12 + 6
    assert annotation.provenance == Provenance(Origin.MANUAL, clicks=1, strokes=2, seconds=3.0, author="Ada")
    assert session.history.undo_title == "Eraser"
    session.undo()
    assert session.project.annotations[referent, 0].provenance.strokes == 1
    session.undo()
    assert not session.project.annotations


def test_a_stroke_over_the_edge_is_cut_off(session: Session, referent: ReferentId) -> None:
    over = Box(-5, -5, 3, 2)
    annotate.paint(session, referent, 0, over, ones(over))
    assert session.project.annotations[referent, 0].mask.box == Box(0, 0, 3, 2)
    with pytest.raises(EditError, match="outside the picture"):
        annotate.paint(session, referent, 0, Box(100, 100, 101, 101), ones(Box(0, 0, 1, 1)))
    with pytest.raises(EditError, match="does not fill its box"):
        annotate.paint(session, referent, 0, BOX, ones(over))


def test_correcting_a_prediction_keeps_where_it_came_from(session: Session, referent: ReferentId) -> None:
    predicted = Provenance(Origin.PREDICTED, "cmsa 1", "the dog", 0.5, 0.9, 1.0)
    annotate.set_mask(session, referent, 0, disc(SIZE, 30, 30, 9), provenance=predicted)
    annotate.paint(session, referent, 0, BOX, ones())
    mask = session.project.annotations[referent, 0].mask
    after = session.project.annotations[referent, 0].provenance
    proposed = disc(SIZE, 30, 30, 9)
    assert after == replace(predicted, strokes=1, author="Ada", iou_before=iou(mask, proposed), proposal=proposed)
    assert after.iou_before is not None
    assert 0 < after.iou_before < 1


def test_the_painted_pixels_are_a_copy(session: Session, referent: ReferentId) -> None:
    draft = ones()
    annotate.paint(session, referent, 0, BOX, draft)
    draft[:] = False
    session.undo()
    session.redo()
    assert session.project.annotations[referent, 0].mask.area == 12


def test_painting_without_a_referent_makes_one_in_the_same_step(session: Session) -> None:
    made = annotate.paint_new(session, PHOTO, 0, BOX, ones())
    assert session.project.annotations[made, 0].mask.area == 12
    session.undo()
    assert not session.project.referents


def test_a_locked_referent_is_left_alone(session: Session, referent: ReferentId) -> None:
    annotate.paint(session, referent, 0, BOX, ones())
    annotate.set_locked(session, referent, locked=True)
    for action in (
        lambda: annotate.paint(session, referent, 0, BOX, ones()),
        lambda: annotate.delete_mask(session, referent, 0),
        lambda: annotate.mark_absent(session, referent, 0),
        lambda: annotate.delete_referent(session, referent),
    ):
        with pytest.raises(EditError, match="'dog' is locked; unlock it"):
            action()
    annotate.set_locked(session, referent, locked=False)
    annotate.delete_mask(session, referent, 0)
    assert not session.project.annotations


def test_a_picture_not_yet_measured_cannot_be_painted(session: Session) -> None:
    listed = replace(medium(session.project.next_id()), size=UNMEASURED)
    session.commit(PutMedium(listed))
    with pytest.raises(EditError, match="not open yet"):
        annotate.paint_new(session, listed.id, 0, BOX, ones())


def test_absent_and_settled_are_states(session: Session, referent: ReferentId) -> None:
    with pytest.raises(EditError, match="no mask on this frame to settle"):
        annotate.settle(session, referent, 0)
    annotate.mark_absent(session, referent, 0)
    annotation = session.project.annotations[referent, 0]
    assert annotation.is_absent
    assert annotation.keyframe
    annotate.settle(session, referent, 0, is_keyframe=False)
    assert not session.project.annotations[referent, 0].keyframe
    annotate.settle(session, referent, 0)
    assert session.project.annotations[referent, 0].keyframe
    assert session.history.undo_title == "Settle keyframe"


# --- referents -------------------------------------------------------------------------------------------------------


def test_new_referents_take_the_lowest_free_colour(session: Session) -> None:
    first, second, third = (annotate.new_referent(session, PHOTO) for _ in range(3))
    annotate.delete_referent(session, second)
    fourth = annotate.new_referent(session, PHOTO)
    elsewhere = annotate.new_referent(session, MediumId(2))
    colours = [session.project.referents[one].colour for one in (first, third, fourth, elsewhere)]
    assert colours == [0, 2, 1, 0]


def test_a_referents_properties_are_one_step_each(session: Session, referent: ReferentId) -> None:
    annotate.rename(session, referent, "  the\n dog ")
    annotate.set_category(session, referent, "animal")
    annotate.set_colour(session, referent, 5)
    annotate.set_hidden(session, referent, hidden=True)
    found = session.project.referents[referent]
    assert (found.name, found.category, found.colour, found.hidden) == ("the dog", "animal", 5, True)
    assert annotate.set_hidden(session, referent, hidden=True).is_nothing
    titles = []
    while session.history.undo_title != "New referent":
        titles.append(session.history.undo_title)
        session.undo()
    assert titles == ["Hide referent", "Set colour", "Set category", "Rename referent"]


def test_deleting_a_referent_takes_its_masks_and_its_own_phrases(session: Session, referent: ReferentId) -> None:
    other = annotate.new_referent(session, PHOTO)
    annotate.paint(session, referent, 0, BOX, ones())
    annotate.paint(session, other, 0, BOX, ones())
    alone = annotate.add_expression(session, PHOTO, "the dog", targets=[referent])
    both = annotate.add_expression(session, PHOTO, "both dogs", targets=[referent, other])
    before = contents(session.project)
    annotate.delete_referent(session, referent)
    assert set(session.project.annotations) == {(other, 0)}
    assert alone not in session.project.expressions
    assert session.project.expressions[both].targets == (other,)
    session.undo()
    assert contents(session.project) == before


def test_what_is_gone_is_a_sentence(session: Session) -> None:
    with pytest.raises(EditError, match="referent is no longer part"):
        annotate.rename(session, ReferentId(99), "x")
    with pytest.raises(EditError, match="expression is no longer part"):
        annotate.delete_expression(session, ExpressionId(99))
    with pytest.raises(EditError, match="picture is no longer part"):
        annotate.new_referent(session, MediumId(99))


# --- expressions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("  the dog, on the left.  ", "the dog, on the left."),
        ("two\twords\nhere", "two words here"),
        ("bell\x07 \x00zero", "bell zero"),
        ("half \ud83d pair", "half pair"),
        ("两只狗", "两只狗"),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_the_phrase_is_kept_as_typed_but_for_what_nobody_sees(typed: str, recorded: str) -> None:
    assert annotate.clean_phrase(typed) == recorded


@pytest.mark.parametrize("typed", ["", "  \n", "\x00"])
def test_an_empty_phrase_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(EditError, match="Type what you mean first"):
        annotate.add_expression(session, PHOTO, typed)


def test_the_same_words_for_the_same_referents_are_one_expression(session: Session, referent: ReferentId) -> None:
    first = annotate.add_expression(session, PHOTO, "The dog", targets=[referent])
    assert annotate.add_expression(session, PHOTO, " the  DOG", targets=[referent, referent]) == first
    assert annotate.add_expression(session, PHOTO, "the dog") != first
    assert annotate.add_expression(session, PHOTO, "the dog", targets=[referent], span=FrameSpan(0, 0)) != first
    assert session.project.expressions[first].author == "Ada"


def test_an_expression_is_edited_in_place(session: Session, referent: ReferentId) -> None:
    made = annotate.add_expression(session, PHOTO, "teh dog")
    annotate.edit_expression(session, made, text="the dog", targets=[referent, referent], kind=ExpressionKind.CATEGORY)
    found = session.project.expressions[made]
    assert (found.text, found.targets, found.kind) == ("the dog", (referent,), ExpressionKind.CATEGORY)
    assert annotate.edit_expression(session, made, text="the dog").is_nothing
    annotate.delete_expression(session, made)
    assert made not in session.project.expressions
    assert referent in session.project.referents


def test_other_words_end_what_a_model_said_of_the_former(session: Session) -> None:
    made = annotate.add_expression(session, PHOTO, "teh dog")
    asked = Asked(model="cmsa", presence=0.1, threshold=0.5, score=0.2)
    session.commit(PutExpression(replace(session.project.expressions[made], asked=asked)))
    annotate.edit_expression(session, made, text=" Teh  Dog", kind=ExpressionKind.CATEGORY)
    assert session.project.expressions[made].asked == asked
    annotate.edit_expression(session, made, text="the dog")
    assert session.project.expressions[made].asked is None
    session.undo()
    assert session.project.expressions[made].asked == asked


def test_nothing_here_is_a_state_that_a_target_ends(session: Session, referent: ReferentId) -> None:
    made = annotate.mark_no_target(session, PHOTO, "a cow")
    assert session.project.expressions[made].no_target
    assert session.project.expressions[made].kind is ExpressionKind.NO_TARGET
    steps = session.history.state_number
    assert annotate.mark_no_target(session, PHOTO, "A cow ") == made
    assert session.history.state_number == steps
    annotate.edit_expression(session, made, targets=[referent])
    found = session.project.expressions[made]
    assert (found.no_target, found.kind, found.targets) == (False, ExpressionKind.UNSPECIFIED, (referent,))
    with pytest.raises(EditError, match="'a cow' names a referent here already"):
        annotate.mark_no_target(session, PHOTO, "a cow")
    annotate.edit_expression(session, made, targets=[])
    assert annotate.mark_no_target(session, PHOTO, "a cow") == made


# --- media -----------------------------------------------------------------------------------------------------------


def test_a_mediums_state_and_split(session: Session) -> None:
    annotate.set_medium_state(session, PHOTO, MediumState.REVIEWED)
    annotate.set_split(session, PHOTO, Split.VAL)
    assert session.project.media[PHOTO].state is MediumState.REVIEWED
    assert session.project.media[PHOTO].split is Split.VAL
    assert annotate.set_medium_state(session, PHOTO, MediumState.REVIEWED).is_nothing
    assert annotate.set_split(session, PHOTO, Split.VAL).is_nothing
    session.undo()
    session.undo()
    assert session.project.media[PHOTO].state is MediumState.UNSEEN
