from __future__ import annotations

from dataclasses import replace

import pytest

from refseg_annotator.core.annotation import Annotation, ExpressionId, MediumId, ReferentId
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.project import Project
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
    expected_indexes,
    mask,
    put,
    small_project,
    state,
    stored,
)


def test_questions():
    project = small_project()
    assert project.referents_of(PHOTO.id) == [DOG, CAT]
    assert project.expressions_of(PHOTO.id) == [BOTH, ONE]
    assert project.expressions_of(CLIP.id) == []
    assert project.expressions_for(DOG.id) == [BOTH, ONE]
    assert project.expressions_for(CAT.id) == [BOTH]
    assert project.annotations_on(CLIP.id, 2) == [BALL_2]
    assert project.annotations_on(CLIP.id, 1) == []
    assert project.annotations_of(BALL.id) == [BALL_0, BALL_2]
    assert project.annotated_frames(CLIP.id) == [0, 2]
    assert project.annotations[DOG.id, 0] == DOG_MASK
    assert state(project).items() >= expected_indexes(project).items()


def test_unknown_ids_have_nothing():
    project = small_project()
    nobody = 99
    assert project.referents_of(MediumId(nobody)) == project.expressions_of(MediumId(nobody)) == []
    assert project.expressions_for(ReferentId(nobody)) == project.annotations_of(ReferentId(nobody)) == []
    assert project.annotations_on(MediumId(nobody), 0) == project.annotated_frames(MediumId(nobody)) == []


def test_one_counter_for_all_ids():
    project = small_project()
    assert project.highest_id == 7
    assert [project.next_id(), project.next_id()] == [8, 9]
    put(project, replace(CAT, id=ReferentId(20)))
    assert project.next_id() == 21


def test_views_are_live_and_cannot_be_written():
    project = Project()
    media = project.media
    put(project, PHOTO)
    assert list(media) == [PHOTO.id]
    assert not hasattr(media, "__setitem__")


def test_loading_media_one_by_one():
    whole = small_project()
    project = stored(whole)
    assert project.loaded_media == set()
    assert dict(project.annotations) == {}
    project.put_loaded(CLIP.id, [BALL_2, BALL_0])
    assert project.loaded_media == {CLIP.id}
    assert project.annotations_of(BALL.id) == [BALL_0, BALL_2]
    project.put_loaded(PHOTO.id, [DOG_MASK])
    assert state(project) == state(whole)
    assert project.highest_id == whole.highest_id


def test_unloading_and_loading_again():
    project = small_project()
    before = state(project)
    project.unload(CLIP.id)
    assert project.loaded_media == {PHOTO.id}
    assert project.annotated_frames(CLIP.id) == []
    assert list(project.annotations.values()) == [DOG_MASK]
    project.put_loaded(CLIP.id, [BALL_0, BALL_2])
    assert state(project) == before


@pytest.mark.parametrize(
    ("medium_id", "annotations"),
    [
        (CLIP.id, [BALL_0, DOG_MASK]),
        (CLIP.id, [BALL_0, BALL_0]),
        (CLIP.id, [BALL_0, replace(BALL_0, referent_id=ReferentId(99))]),
        (CLIP.id, [BALL_0, replace(BALL_0, frame=4)]),
        (CLIP.id, [BALL_0, replace(BALL_0, frame=-1)]),
        (CLIP.id, [BALL_0, Annotation(BALL.id, 1, mask(size=Size(3, 3)), MANUAL)]),
        (MediumId(99), []),
    ],
)
def test_annotations_that_do_not_fit_are_not_taken_in(medium_id, annotations):
    project = stored(small_project())
    before = state(project)
    with pytest.raises(ValueError, match=r"medium 99|annotation \("):
        project.put_loaded(medium_id, annotations)
    assert state(project) == before


def test_a_medium_is_loaded_once():
    project = small_project()
    with pytest.raises(ValueError, match="already"):
        project.put_loaded(PHOTO.id, [])


@pytest.mark.parametrize(
    ("media", "referents", "expressions", "fault"),
    [
        ([PHOTO, PHOTO], [], [], "given twice"),
        ([replace(PHOTO, id=MediumId(0))], [], [], "given twice"),
        ([PHOTO], [DOG, DOG], [], "given twice"),
        ([PHOTO], [BALL], [], "referent 5 belongs to medium 2"),
        ([PHOTO], [DOG, CAT], [BOTH, BOTH], "given twice"),
        ([CLIP], [], [replace(BOTH, targets=())], "expression 6 belongs to medium 1"),
        ([PHOTO], [DOG], [BOTH], "expression 6 means referent 4"),
        ([PHOTO, CLIP], [BALL], [replace(ONE, targets=(BALL.id,))], "expression 7 means referent 5"),
        ([PHOTO], [], [replace(ONE, id=ExpressionId(-1), targets=())], "not a positive number"),
    ],
)
def test_records_that_hang_in_the_air(media, referents, expressions, fault):
    with pytest.raises(ValueError, match=fault):
        Project.load_records(media=media, referents=referents, expressions=expressions)
