"""Small records for the tests of storage and services, and a random walk of edits over them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np

from refseg_annotator.core.annotation import (
    Annotation,
    Asked,
    BlindCheck,
    Expression,
    ExpressionId,
    ExpressionKind,
    FrameSpan,
    Medium,
    MediumId,
    MediumKind,
    MediumState,
    Origin,
    Provenance,
    Referent,
    ReferentId,
    Split,
)
from refseg_annotator.core.edits import (
    DropAnnotation,
    DropExpression,
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
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.project import Project

SIZE = Size(31, 23)


def medium(number: int, *, folder: Path = Path("/photos"), size: Size = SIZE, frames: int = 1) -> Medium:
    kind = MediumKind.IMAGE if frames == 1 else MediumKind.VIDEO
    return Medium(MediumId(number), (folder / f"{number}.png").as_posix(), kind, size, frames)


def disc(size: Size, x: int, y: int, radius: int) -> Mask:
    rows, columns = np.mgrid[: size.height, : size.width]
    return Mask.from_array((rows - y) ** 2 + (columns - x) ** 2 <= radius**2)


def filled_project(folder: Path = Path("/photos")) -> Project:
    """Two photos and a clip; expressions with none, one and two targets; masks with a hole, and an empty one."""
    project = Project("Ada")
    for edit in filling_edits(project, folder):
        edit.apply(project)
    return project


def filling_edits(project: Project, folder: Path = Path("/photos")) -> list[Edit]:
    ids = [project.next_id() for _ in range(12)]
    first, second, clip = (MediumId(number) for number in ids[:3])
    dog, cat, ball = (ReferentId(number) for number in ids[3:6])
    ring = disc(SIZE, 12, 10, 6).difference(disc(SIZE, 12, 10, 2)).union(disc(SIZE, 30, 22, 0))
    predicted = Provenance(
        Origin.PREDICTED, "cmsa 1", "the dog", 0.5, 0.75, 0.5, 3, 2, 4.5, "Ada", disc(SIZE, 12, 10, 6)
    )
    asked = Asked(model="cmsa 1", presence=0.25, threshold=0.4, score=0.125, frame=3)
    checks = (
        BlindCheck(agreement=0.5, frame=2, author="Bo 王", checked_at="2026-01-02T03:04:05+00:00", seconds=2.5),
        BlindCheck(agreement=0.0, is_absent=True, author="Cy", is_resolved=True),
    )
    return [
        PutMedium(medium(first, folder=folder)),
        PutMedium(replace(medium(second, folder=folder), state=MediumState.REVIEWED, split=Split.TEST_A)),
        PutMedium(replace(medium(clip, folder=folder, frames=9), frame_rate=29.97)),
        PutReferent(Referent(dog, first, "dog", "animal", 0)),
        PutReferent(Referent(cat, first, "", "", 1, hidden=True, locked=True)),
        PutReferent(Referent(ball, clip, "Ball ⚽", "toy", 2)),
        PutExpression(Expression(ExpressionId(ids[6]), first, "the dog, on the left.", (dog,))),
        PutExpression(
            Expression(ExpressionId(ids[7]), first, "beide Tiere 两只动物", (cat, dog), kind=ExpressionKind.PLURAL)
        ),
        PutExpression(Expression(ExpressionId(ids[8]), first, "a cow", no_target=True, kind=ExpressionKind.NO_TARGET)),
        PutExpression(
            Expression(
                ExpressionId(ids[9]),
                clip,
                "the ball",
                (ball,),
                author="Bo",
                span=FrameSpan(2, 5),
                asked=asked,
                checks=checks,
            )
        ),
        PutAnnotation(Annotation(dog, 0, ring, predicted, keyframe=True)),
        PutAnnotation(Annotation(cat, 0, disc(SIZE, 3, 3, 2), Provenance(Origin.MANUAL))),
        PutAnnotation(Annotation(ball, 2, disc(SIZE, 15, 11, 4), Provenance(Origin.PROPAGATED))),
        PutAnnotation(Annotation(ball, 3, Mask.empty(SIZE), Provenance(Origin.MANUAL), keyframe=True)),
        PutAnnotation(Annotation(ball, 8, Mask.from_array(np.ones(SIZE.shape, bool)), Provenance(Origin.IMPORTED))),
    ]


def random_edit(project: Project, dice: random.Random) -> Edit:
    """An edit that fits the project: any kind, more likely to add than to remove."""
    media, referents = list(project.media.values()), list(project.referents.values())
    kind = dice.choice(["medium", "medium", *["referent"] * 3, *["expression"] * 3, *["mask"] * 5, "drop"])
    if kind == "medium" or not media:
        if media and dice.random() < 0.5:
            return PutMedium(replace(dice.choice(media), state=dice.choice(list(MediumState))))
        return PutMedium(medium(project.next_id(), frames=dice.choice([1, 4])))
    if kind == "referent" or not referents:
        if referents and dice.random() < 0.3:
            return PutReferent(replace(dice.choice(referents), name=f"name {dice.random()}", hidden=True))
        fresh = Referent(ReferentId(project.next_id()), dice.choice(media).id, colour=dice.randrange(8))
        return PutReferent(fresh)
    if kind == "expression":
        return _random_expression(project, dice)
    if kind == "mask":
        return _random_mask(project, dice.choice(referents), dice)
    which = dice.choice(["medium", "referent", "expression", "annotation"])
    if which == "annotation" and project.annotations:
        return DropAnnotation(dice.choice(list(project.annotations)))
    if which == "expression" and project.expressions:
        return DropExpression(dice.choice(list(project.expressions)))
    if which == "referent":
        return removing_referent(project, dice.choice(referents).id)
    return removing_medium(project, dice.choice(media).id)


def _random_expression(project: Project, dice: random.Random) -> Edit:
    if project.expressions and dice.random() < 0.3:
        return PutExpression(replace(dice.choice(list(project.expressions.values())), text="changed", author="Eve"))
    where = dice.choice(list(project.media.values()))
    here = [referent.id for referent in project.referents_of(where.id)]
    targets = tuple(dice.sample(here, dice.randint(0, len(here))))
    fresh = ExpressionId(project.next_id())
    return PutExpression(
        Expression(fresh, where.id, f"phrase {fresh}", targets, no_target=not targets and dice.random() < 0.5)
    )


def _random_mask(project: Project, referent: Referent, dice: random.Random) -> Edit:
    frame = dice.randrange(project.media[referent.medium_id].frame_count)
    x0, y0 = dice.randrange(SIZE.width), dice.randrange(SIZE.height)
    box = Box(x0, y0, dice.randint(x0 + 1, SIZE.width), dice.randint(y0 + 1, SIZE.height))
    pixels = np.random.default_rng(dice.randrange(1 << 30)).random(box.shape) < dice.choice([0.0, 0.5, 1.0])
    if (referent.id, frame) in project.annotations and dice.random() < 0.7:
        return PaintMask((referent.id, frame), box, pixels, Provenance(Origin.MANUAL, strokes=dice.randrange(9)))
    whole = Annotation(referent.id, frame, Mask.from_patch(SIZE, box, pixels), Provenance(Origin.MANUAL))
    return Several("Mask", (PutAnnotation(whole), PutReferent(replace(referent, category="thing"))))


def contents(project: Project) -> tuple[object, ...]:
    """All of a project that a file must keep, comparable."""
    return (
        dict(project.media),
        dict(project.referents),
        dict(project.expressions),
        dict(project.annotations),
        project.highest_id,
        project.author,
    )
