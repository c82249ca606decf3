from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    ExpressionId,
    FrameSpan,
    MediumId,
    Origin,
    Provenance,
    ReferentId,
)
from refseg_annotator.core.edits import (
    DropAnnotation,
    DropExpression,
    DropMedium,
    DropReferent,
    Edit,
    PaintMask,
    PutAnnotation,
    PutExpression,
    PutMedium,
    PutReferent,
    Several,
    removing_medium,
    removing_referent,
)
from refseg_annotator.core.events import Change
from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.project import Project
from refseg_annotator.errors import EditError
from tests.core.records import (
    BALL,
    BALL_0,
    BALL_2,
    BOTH,
    CAT,
    CLIP,
    DOG,
    DOG_MASK,
    MANUAL,
    ONE,
    PHOTO,
    mask,
    patch,
    small_project,
    state,
    stored,
)

NEW_MEDIUM = replace(PHOTO, id=MediumId(10), path="new.jpg")
NEW_REFERENT = replace(DOG, id=ReferentId(11))
NEW_EXPRESSION = replace(ONE, id=ExpressionId(12))
CAT_MASK = Annotation(CAT.id, 0, mask((5, 4)), MANUAL)
BOX = Box(1, 1, 4, 3)  # around the dog: "#.#" over ".#."
STROKE = PaintMask(DOG_MASK.key, BOX, patch("### .#."))

CHANGES = [
    (PutMedium(NEW_MEDIUM), Change(media=frozenset({NEW_MEDIUM.id}), medium_id=NEW_MEDIUM.id)),
    (PutMedium(replace(PHOTO, path="moved.jpg")), Change(media=frozenset({PHOTO.id}), medium_id=PHOTO.id)),
    (PutReferent(NEW_REFERENT), Change(referents=frozenset({NEW_REFERENT.id}), medium_id=PHOTO.id, box=EMPTY_BOX)),
    (PutReferent(replace(DOG, colour=3)), Change(referents=frozenset({DOG.id}), medium_id=PHOTO.id)),
    (
        PutExpression(NEW_EXPRESSION),
        Change(expressions=frozenset({NEW_EXPRESSION.id}), medium_id=PHOTO.id, box=EMPTY_BOX),
    ),
    (
        PutExpression(replace(BOTH, targets=())),
        Change(expressions=frozenset({BOTH.id}), medium_id=PHOTO.id, box=EMPTY_BOX),
    ),
    (DropExpression(ONE.id), Change(expressions=frozenset({ONE.id}), medium_id=PHOTO.id, box=EMPTY_BOX)),
    (
        PutAnnotation(CAT_MASK),
        Change(annotations=frozenset({CAT_MASK.key}), medium_id=PHOTO.id, frame=0, box=Box(5, 4, 6, 5)),
    ),
    (
        PutAnnotation(replace(BALL_2, mask=mask((4, 4)))),
        Change(annotations=frozenset({BALL_2.key}), medium_id=CLIP.id, frame=2, box=Box(4, 4, 7, 5)),
    ),
    (
        DropAnnotation(BALL_0.key),
        Change(annotations=frozenset({BALL_0.key}), medium_id=CLIP.id, frame=0, box=Box(0, 0, 1, 1)),
    ),
    (STROKE, Change(annotations=frozenset({DOG_MASK.key}), medium_id=PHOTO.id, frame=0, box=Box(2, 1, 3, 2))),
    (removing_referent(small_project(), CAT.id), None),
    (removing_referent(small_project(), DOG.id), None),
    (removing_medium(small_project(), PHOTO.id), None),
    (removing_medium(small_project(), CLIP.id), None),
    (Several("Nothing"), Change.nothing()),
]


@pytest.mark.parametrize(("edit", "expected"), CHANGES)
def test_an_edit_tells_what_it_touched_and_its_inverse_takes_it_back(edit, expected):
    project = small_project()
    before = state(project)
    inverse, change = edit.apply(project)
    after = state(project)
    assert expected is None or change == expected
    assert inverse.title == edit.title
    assert edit.cost > 0
    assert inverse.cost > 0
    again, back = inverse.apply(project)
    assert state(project) == before
    touched = ("media", "referents", "expressions", "annotations", "medium_id", "frame")
    assert [getattr(back, name) for name in touched] == [getattr(change, name) for name in touched]
    again.apply(project)
    assert state(project) == after
    assert (after == before) == change.is_nothing


REFUSED = [
    (DropMedium(PHOTO.id), "'photo.jpg' still has"),
    (DropMedium(MediumId(99)), "Medium 99 is no longer"),
    (PutMedium(replace(PHOTO, size=Size(6, 5))), "'photo.jpg' has masks"),
    (PutMedium(replace(CLIP, frame_count=2)), "'clip.mp4' has masks"),
    (PutReferent(replace(DOG, medium_id=CLIP.id)), "'dog' belongs to another"),
    (PutReferent(replace(NEW_REFERENT, medium_id=MediumId(99))), "Medium 99"),
    (DropReferent(DOG.id), "'dog' still has"),
    (DropReferent(CAT.id), "Referent 4 still has"),
    (DropReferent(ReferentId(99)), "Referent 99 is no longer"),
    (PutExpression(replace(NEW_EXPRESSION, targets=(ReferentId(99),))), "Referent 99"),
    (PutExpression(replace(NEW_EXPRESSION, targets=(BALL.id,))), "only mean referents of its own"),
    (PutExpression(replace(ONE, medium_id=CLIP.id, targets=())), "'the dog' belongs to another"),
    (PutExpression(replace(NEW_EXPRESSION, medium_id=MediumId(99))), "Medium 99"),
    (PutExpression(replace(NEW_EXPRESSION, span=FrameSpan(0, 1))), "speaks of frame 1"),
    (DropExpression(ExpressionId(99)), "Expression 99"),
    (PutAnnotation(replace(DOG_MASK, referent_id=ReferentId(99))), "Referent 99"),
    (PutAnnotation(replace(DOG_MASK, frame=1)), "1 frame and none with index 1"),
    (PutAnnotation(replace(DOG_MASK, frame=-1)), "none with index -1"),
    (PutAnnotation(replace(DOG_MASK, mask=mask(size=Size(5, 7)))), "5 x 7 pixels does not fit"),
    (DropAnnotation((DOG.id, 3)), "'dog' has no mask on frame 3"),
    (DropAnnotation((ReferentId(99), 0)), "Referent 99"),
    (PaintMask((CAT.id, 0), BOX, patch("### .#.")), "Referent 4 has no mask"),
    (PaintMask(DOG_MASK.key, BOX, patch("###")), "does not fit 'photo.jpg'"),
    (PaintMask(DOG_MASK.key, Box(6, 0, 8, 1), patch("##")), "does not fit 'photo.jpg'"),
]


@pytest.mark.parametrize(("edit", "sentence"), REFUSED)
def test_an_edit_that_does_not_fit_changes_nothing(edit, sentence):
    project = small_project()
    before = state(project)
    with pytest.raises(EditError, match=sentence):
        edit.apply(project)
    assert state(project) == before
    # Nor does it, when good edits came first in one step.
    with pytest.raises(EditError, match=sentence):
        Several("Step", (PutReferent(NEW_REFERENT), STROKE, DropAnnotation(BALL_0.key), edit)).apply(project)
    assert state(project) == before


@pytest.mark.parametrize(
    "edit",
    [
        PutAnnotation(CAT_MASK),
        DropAnnotation(DOG_MASK.key),
        STROKE,
        DropReferent(DOG.id),
        PutMedium(replace(PHOTO, size=Size(1, 1))),
    ],
)
def test_masks_on_disk_alone_are_not_edited_blindly(edit):
    project = stored(small_project())
    assert edit.media(project) == {PHOTO.id}
    with pytest.raises(EditError, match=r"'photo\.jpg' are not loaded"):
        edit.apply(project)
    for build in (removing_referent, removing_medium):
        with pytest.raises(EditError, match="not loaded"):
            build(project, DOG.id if build is removing_referent else PHOTO.id)


def test_records_are_edited_while_masks_are_on_disk():
    project = stored(small_project())
    before = state(project)
    edit = Several(
        "Tidy", (PutReferent(replace(DOG, name="hound")), DropExpression(ONE.id), PutMedium(replace(CLIP, path="b")))
    )
    inverse, _ = edit.apply(project)
    assert project.referents[DOG.id].name == "hound"
    inverse.apply(project)
    assert state(project) == before


def test_a_new_medium_is_loaded_and_a_changed_one_stays_as_it_was():
    project = stored(small_project())
    inverse, _ = PutMedium(NEW_MEDIUM).apply(project)
    assert project.loaded_media == {NEW_MEDIUM.id}
    PutMedium(replace(PHOTO, path="moved.jpg")).apply(project)
    assert project.loaded_media == {NEW_MEDIUM.id}
    inverse.apply(project)
    assert project.loaded_media == set()


def test_a_medium_grows_and_shrinks_where_nothing_lies():
    project = small_project()
    PutMedium(replace(CLIP, frame_count=9)).apply(project)
    PutMedium(replace(CLIP, frame_count=3)).apply(project)
    PutExpression(replace(ONE, id=ExpressionId(13), medium_id=CLIP.id, targets=(), span=FrameSpan(0, 2))).apply(project)
    DropAnnotation(BALL_2.key).apply(project)
    with pytest.raises(EditError, match="frames past its new end"):
        PutMedium(replace(CLIP, frame_count=2)).apply(project)


def test_the_media_an_edit_is_about():
    project = small_project()
    for edit, _ in CHANGES:
        change = edit.apply(small_project())[1]
        expected = set() if change.medium_id is None else {change.medium_id}
        assert edit.media(project) == expected
    # What an edit makes first and then rests on is known as well.
    accept = Several(
        "Accept proposal", (PutReferent(NEW_REFERENT), PutAnnotation(replace(DOG_MASK, referent_id=NEW_REFERENT.id)))
    )
    assert accept.media(project) == {PHOTO.id}
    gone, _ = removing_medium(project, CLIP.id).apply(project)
    assert gone.media(project) == {CLIP.id}
    assert DropExpression(ExpressionId(99)).media(project) == frozenset()


class TestPaintMask:
    def test_pixels_replace_those_in_the_box(self):
        project = small_project()
        PaintMask(DOG_MASK.key, Box(2, 0, 4, 2), patch(".# ..")).apply(project)
        assert project.annotations[DOG_MASK.key].mask == mask((1, 1), (2, 2), (3, 0))

    def test_provenance_and_keyframe_are_kept_unless_given(self):
        project = small_project()
        STROKE.apply(project)
        painted = project.annotations[DOG_MASK.key]
        assert (painted.provenance, painted.keyframe) == (DOG_MASK.provenance, False)
        corrected = Provenance(Origin.PREDICTED, model="cmsa-lite", strokes=1, iou_before=0.75)
        inverse, _ = replace(STROKE, provenance=corrected, keyframe=True).apply(project)
        settled = project.annotations[DOG_MASK.key]
        assert (settled.provenance, settled.keyframe) == (corrected, True)
        inverse.apply(project)
        assert project.annotations[DOG_MASK.key] == painted

    def test_the_inverse_holds_no_more_than_the_pixels_that_changed(self):
        size = Size(4000, 3000)
        project = Project()
        photo = replace(PHOTO, size=size)
        rng = np.random.default_rng(5)
        whole = Mask.from_array(rng.random(size.shape) < 0.5)
        for edit in (PutMedium(photo), PutReferent(DOG), PutAnnotation(replace(DOG_MASK, mask=whole))):
            edit.apply(project)
        pixels = whole.to_array()
        pixels[100:200, 300:400] = True
        inverse, change = PaintMask(DOG_MASK.key, Box.of(size), pixels).apply(project)
        assert change.box is not None
        assert Box(300, 100, 400, 200).contains(change.box)
        assert inverse.cost < 2_000  # 12,500 bits, packed
        inverse.apply(project)
        assert project.annotations[DOG_MASK.key].mask == whole

    def test_a_stroke_that_changes_nothing_repaints_nothing(self):
        project = small_project()
        before = state(project)
        inverse, change = PaintMask(DOG_MASK.key, BOX, DOG_MASK.mask.crop(BOX)).apply(project)
        assert change.box == EMPTY_BOX
        inverse.apply(project)
        assert state(project) == before

    def test_later_writes_to_the_pixels_given_do_not_reach_the_project(self):
        project = small_project()
        pixels = patch("### .#.")
        PaintMask(DOG_MASK.key, BOX, pixels).apply(project)
        after = state(project)
        pixels[:] = False
        assert state(project) == after


class TestSeveral:
    def test_later_edits_rest_on_earlier_ones_and_undo_runs_backwards(self):
        project = small_project()
        before = state(project)
        accept = Several(
            "Accept proposal",
            (
                PutReferent(NEW_REFERENT),
                PutExpression(replace(NEW_EXPRESSION, targets=(NEW_REFERENT.id,))),
                PutAnnotation(replace(DOG_MASK, referent_id=NEW_REFERENT.id)),
            ),
        )
        inverse, change = accept.apply(project)
        assert change.box == DOG_MASK.mask.box
        assert (change.referents, change.expressions) == ({NEW_REFERENT.id}, {NEW_EXPRESSION.id})
        assert inverse.title == "Accept proposal"
        inverse.apply(project)
        assert state(project) == before

    def test_any_fault_is_rolled_back(self):
        class Faulty:
            title = "Fail"
            cost = 0

            def media(self, _project: Project) -> frozenset[MediumId]:
                return frozenset()

            def apply(self, project: Project) -> tuple[Edit, Change]:
                raise MemoryError

        project = small_project()
        before = state(project)
        with pytest.raises(MemoryError):
            Several("Step", (STROKE, removing_medium(project, CLIP.id), Faulty())).apply(project)
        assert state(project) == before

    def test_rolling_back_runs_backwards(self):
        project = small_project()
        before = state(project)
        chain = (
            PutMedium(NEW_MEDIUM),
            PutReferent(replace(NEW_REFERENT, medium_id=NEW_MEDIUM.id)),
            PutAnnotation(replace(DOG_MASK, referent_id=NEW_REFERENT.id)),
            PaintMask((NEW_REFERENT.id, 0), BOX, patch("### .#.")),
            PaintMask((NEW_REFERENT.id, 0), BOX, patch("... ###")),
            STROKE,
            replace(STROKE, pixels=patch("... ...")),
        )
        with pytest.raises(EditError, match="Medium 99"):
            Several("Step", (*chain, DropMedium(MediumId(99)))).apply(project)
        assert state(project) == before

    def test_steps_nest(self):
        project = small_project()
        before = state(project)
        step = Several("Clear", (removing_referent(project, BALL.id), removing_medium(project, PHOTO.id)))
        assert step.media(project) == {PHOTO.id, CLIP.id}
        inverse, change = step.apply(project)
        assert list(project.referents) == []
        assert change.media == {PHOTO.id}
        assert change.annotations == {DOG_MASK.key, BALL_0.key, BALL_2.key}
        inverse.apply(project)
        assert state(project) == before


def test_removing_a_referent_leaves_its_expressions_without_it():
    project = small_project()
    removing_referent(project, DOG.id).apply(project)
    assert project.expressions[BOTH.id] == replace(BOTH, targets=(CAT.id,))
    assert project.expressions[ONE.id] == replace(ONE, targets=())
    assert DOG.id not in project.referents


def test_a_medium_undone_is_back_in_its_place():
    project = small_project()
    inverse, _ = removing_medium(project, PHOTO.id).apply(project)
    assert list(project.media) == [CLIP.id]
    inverse.apply(project)
    assert list(project.media) == [PHOTO.id, CLIP.id]
