"""Small projects to stand tests on, and the whole of a project's state to compare."""

from __future__ import annotations

import numpy as np

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    Medium,
    MediumId,
    MediumKind,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import Edit, PutAnnotation, PutExpression, PutMedium, PutReferent
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.project import Project

SIZE = Size(7, 5)
MANUAL = Provenance(Origin.MANUAL)

PHOTO = Medium(MediumId(1), "photo.jpg", MediumKind.IMAGE, SIZE)
CLIP = Medium(MediumId(2), "clip.mp4", MediumKind.VIDEO, SIZE, frame_count=4, frame_rate=25.0)
DOG = Referent(ReferentId(3), PHOTO.id, "dog")
CAT = Referent(ReferentId(4), PHOTO.id)
BALL = Referent(ReferentId(5), CLIP.id, "ball")
BOTH = Expression(ExpressionId(6), PHOTO.id, "both animals", (DOG.id, CAT.id))
ONE = Expression(ExpressionId(7), PHOTO.id, "the dog", (DOG.id,))


def mask(*points: tuple[int, int], size: Size = SIZE) -> Mask:
    """The mask of the pixels (x, y)."""
    array = np.zeros(size.shape, np.bool_)
    for x, y in points:
        array[y, x] = True
    return Mask.from_array(array)


DOG_MASK = Annotation(DOG.id, 0, mask((1, 1), (3, 1), (2, 2)), Provenance(Origin.PREDICTED, model="cmsa-lite"))
BALL_0 = Annotation(BALL.id, 0, mask((0, 0)), MANUAL, keyframe=True)
BALL_2 = Annotation(BALL.id, 2, mask((6, 4)), MANUAL)


def put(project: Project, *records: object) -> None:
    """Put records of any type into a project by their edits."""
    for record in records:
        match record:
            case Medium():
                edit: Edit = PutMedium(record)
            case Referent():
                edit = PutReferent(record)
            case Expression():
                edit = PutExpression(record)
            case Annotation():
                edit = PutAnnotation(record)
            case _:
                raise TypeError(record)
        edit.apply(project)


def small_project() -> Project:
    """A photo with two referents, a mask and two expressions; a clip with a referent that has two masks."""
    project = Project("Ada")
    put(project, PHOTO, CLIP, DOG, CAT, BALL, BOTH, ONE, DOG_MASK, BALL_0, BALL_2)
    return project


def stored(project: Project) -> Project:
    """The same records as a store would load them: no medium's annotations are in memory."""
    return Project.load_records(
        media=project.media.values(),
        referents=project.referents.values(),
        expressions=project.expressions.values(),
        highest_id=project.highest_id,
        author=project.author,
    )


def state(project: Project) -> dict[str, object]:
    """Everything a project holds and answers, order included; not the ids given, for they are never taken back."""
    media, referents = list(project.media), list(project.referents)
    frames = range(max((medium.frame_count for medium in project.media.values()), default=0))
    return {
        "author": project.author,
        "media": list(project.media.items()),
        "referents": list(project.referents.items()),
        "expressions": list(project.expressions.items()),
        "annotations": list(project.annotations.items()),
        "loaded": set(project.loaded_media),
        "referents_of": {medium: project.referents_of(medium) for medium in media},
        "expressions_of": {medium: project.expressions_of(medium) for medium in media},
        "expressions_for": {referent: project.expressions_for(referent) for referent in referents},
        "annotations_on": {(m, frame): project.annotations_on(m, frame) for m in media for frame in frames},
        "annotations_of": {referent: project.annotations_of(referent) for referent in referents},
        "annotated_frames": {medium: project.annotated_frames(medium) for medium in media},
    }


def expected_indexes(project: Project) -> dict[str, object]:
    """What the indexed questions must answer, worked out from the records alone."""
    media, referents = list(project.media), list(project.referents)
    frames = range(max((medium.frame_count for medium in project.media.values()), default=0))
    annotations = [project.annotations[key] for key in sorted(project.annotations)]
    expressions = [project.expressions[key] for key in sorted(project.expressions)]
    medium_of = {referent.id: referent.medium_id for referent in project.referents.values()}
    return {
        "referents_of": {
            m: [project.referents[r] for r in sorted(project.referents) if medium_of[r] == m] for m in media
        },
        "expressions_of": {m: [e for e in expressions if e.medium_id == m] for m in media},
        "expressions_for": {r: [e for e in expressions if r in e.targets] for r in referents},
        "annotations_on": {
            (m, f): [a for a in annotations if medium_of[a.referent_id] == m and a.frame == f]
            for m in media
            for f in frames
        },
        "annotations_of": {r: [a for a in annotations if a.referent_id == r] for r in referents},
        "annotated_frames": {m: sorted({a.frame for a in annotations if medium_of[a.referent_id] == m}) for m in media},
    }


def patch(text: str) -> np.ndarray:
    """A bool array from rows of `#` and `.` parted by blanks."""
    return np.array([[letter == "#" for letter in row] for row in text.split()], np.bool_)
