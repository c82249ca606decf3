"""Edits and history: any walk through random edits goes back and forth exactly, and a refused edit leaves no trace."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from refseg_annotator.core.annotation import (
    Annotation,
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
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.history import History
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.project import Project
from refseg_annotator.errors import EditError
from tests.core.records import expected_indexes, small_project, state, stored

law = settings(max_examples=60, deadline=None)

IDS = st.integers(1, 16)
"""Ids of the small project, ids that nothing has yet, and ids of the wrong kind of record."""
SIZES = st.sampled_from([Size(7, 5), Size(7, 5), Size(7, 5), Size(3, 2)])
FRAMES = st.integers(0, 4)
PROVENANCES = st.builds(Provenance, st.sampled_from(Origin), strokes=st.integers(0, 3), seconds=st.floats(0, 9))
MASKS = SIZES.flatmap(lambda size: arrays(np.bool_, size.shape)).map(Mask.from_array)
KEYS = st.tuples(IDS.map(ReferentId), FRAMES)


@st.composite
def media(draw):
    kind = draw(st.sampled_from(MediumKind))
    count = draw(st.integers(1, 5)) if kind is MediumKind.VIDEO else 1
    state = draw(st.sampled_from(MediumState))
    return Medium(MediumId(draw(IDS)), draw(st.text(max_size=3)), kind, draw(SIZES), count, state)


REFERENTS = st.builds(
    Referent,
    IDS.map(ReferentId),
    st.sampled_from([MediumId(1), MediumId(2), MediumId(8)]),
    st.text(max_size=3),
    colour=st.integers(0, 9),
    hidden=st.booleans(),
)


@st.composite
def expressions(draw):
    targets = tuple(draw(st.lists(st.integers(3, 9).map(ReferentId), max_size=2, unique=True)))
    first = draw(st.integers(0, 3))
    span = draw(st.none() | st.integers(first, 4).map(lambda last: FrameSpan(first, last)))
    return Expression(
        ExpressionId(draw(IDS)),
        draw(st.sampled_from([MediumId(1), MediumId(2), MediumId(8)])),
        draw(st.text(max_size=4)),
        targets,
        no_target=not targets and draw(st.booleans()),
        kind=draw(st.sampled_from(ExpressionKind)),
        span=span,
    )


@st.composite
def strokes(draw):
    x0, y0 = draw(st.integers(0, 7)), draw(st.integers(0, 5))
    box = Box(x0, y0, draw(st.integers(x0, 7)), draw(st.integers(y0, 5)))
    pixels = draw(arrays(np.bool_, box.shape))
    return PaintMask(draw(KEYS), box, pixels, draw(st.none() | PROVENANCES), keyframe=draw(st.none() | st.booleans()))


EDITS: st.SearchStrategy[Edit] = st.one_of(
    media().map(PutMedium),
    REFERENTS.map(PutReferent),
    expressions().map(PutExpression),
    st.builds(Annotation, IDS.map(ReferentId), FRAMES, MASKS, PROVENANCES, st.booleans()).map(PutAnnotation),
    strokes(),
    KEYS.map(DropAnnotation),
    IDS.map(lambda n: DropExpression(ExpressionId(n))),
    IDS.map(lambda n: DropReferent(ReferentId(n))),
    IDS.map(lambda n: DropMedium(MediumId(n))),
)
STEPS = EDITS | st.lists(EDITS, max_size=4).map(lambda edits: Several("Step", tuple(edits)))


@st.composite
def fitting_steps(draw, project):
    """An edit that is likely to fit the project as it stands; the refused ones have laws of their own."""
    choices: list[st.SearchStrategy[Edit]] = [STEPS]
    if project.annotations:
        annotations = st.sampled_from(list(project.annotations.values()))
        whole = Box.of(Size(7, 5))
        choices.append(
            st.builds(
                lambda annotation, pixels: PaintMask(annotation.key, whole, pixels),
                annotations.filter(lambda a: a.mask.size == Size(7, 5)),
                arrays(np.bool_, (5, 7)),
            )
            if any(a.mask.size == Size(7, 5) for a in project.annotations.values())
            else STEPS
        )
        choices.append(annotations.map(lambda annotation: DropAnnotation(annotation.key)))
    loaded = [r.id for r in project.referents.values() if r.medium_id in project.loaded_media]
    if loaded:
        choices.append(st.sampled_from(loaded).map(lambda n: removing_referent(project, n)))
    if project.loaded_media:
        choices.append(st.sampled_from(sorted(project.loaded_media)).map(lambda n: removing_medium(project, n)))
    return draw(st.one_of(choices))


def check(project: Project) -> dict[str, object]:
    now = state(project)
    assert now.items() >= expected_indexes(project).items()
    return now


def records(project: Project) -> dict[tuple[str, object], object]:
    tables = {"m": project.media, "r": project.referents, "e": project.expressions, "a": project.annotations}
    return {(name, key): record for name, table in tables.items() for key, record in table.items()}


def check_change(before: dict, after: dict, change: Change) -> None:
    """Every record that differs is named by the change: the store writes what the change names and nothing else."""
    named = {
        *(("m", key) for key in change.media),
        *(("r", key) for key in change.referents),
        *(("e", key) for key in change.expressions),
        *(("a", key) for key in change.annotations),
    }
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= named


@law
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_every_edit_has_an_inverse_or_leaves_no_trace(steps):
    project = small_project()
    for step in steps:
        before, records_before = check(project), records(project)
        try:
            inverse, change = step.apply(project)
        except EditError:
            assert check(project) == before
            continue
        after = check(project)
        check_change(records_before, records(project), change)
        again, _ = inverse.apply(project)
        assert check(project) == before
        again.apply(project)
        assert check(project) == after


@law
@given(st.data())
def test_a_step_that_fails_at_its_end_is_rolled_back(data):
    # Edits that fit one after the other are tried out on a project of their own.
    tried, edits = small_project(), []
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(fitting_steps(tried))
        try:
            edit.apply(tried)
        except EditError:
            continue
        edits.append(edit)
    project = small_project()
    before = check(project)
    with pytest.raises(EditError, match="Medium 99"):
        Several("Step", (*edits, DropMedium(MediumId(99)))).apply(project)
    assert check(project) == before


@law
@given(STEPS)
def test_an_edit_names_the_media_it_needs(step):
    project = stored(small_project())
    about = step.media(project)
    whole = small_project()
    for medium_id in about & project.media.keys():
        project.put_loaded(medium_id, [a for r in whole.referents_of(medium_id) for a in whole.annotations_of(r.id)])
    try:
        expected = step.apply(whole)[1]
    except EditError:
        with pytest.raises(EditError):
            step.apply(project)
    else:
        # Once they are loaded, the edit goes through as if everything were.
        assert step.apply(project)[1] == expected


@law
@given(st.data())
def test_any_history_walks_back_and_forth_exactly(data):
    project, history = small_project(), History()
    states, numbers, saved = [check(project)], [0], 0
    at = 0
    for _ in range(data.draw(st.integers(1, 14))):
        verb = data.draw(st.sampled_from(["edit", "edit", "edit", "undo", "redo", "save"]))
        if verb == "undo":
            before = records(project)
            change = history.undo(project)
            assert (change is None) == (at == 0)
            if change is not None:
                check_change(before, records(project), change)
            at = max(at - 1, 0)
        elif verb == "redo":
            assert (history.redo(project) is None) == (at == len(states) - 1)
            at = min(at + 1, len(states) - 1)
        elif verb == "save":
            history.mark_saved()
            saved = numbers[at]
        else:
            try:
                inverse, _ = data.draw(fitting_steps(project)).apply(project)
            except EditError:
                pass
            else:
                history.record(inverse)
                at += 1
                states[at:], numbers[at:] = [check(project)], [history.state_number]
        assert check(project) == states[at]
        assert history.state_number == numbers[at]
        assert history.is_saved == (saved == numbers[at])
        assert (history.can_undo, history.can_redo) == (at > 0, at < len(states) - 1)
    assert len(set(numbers)) == len(numbers)
    for expected in reversed(states[:at]):
        history.undo(project)
        assert check(project) == expected
    assert history.undo(project) is None
    for expected in states[1:]:
        history.redo(project)
        assert check(project) == expected
    assert history.redo(project) is None


@law
@given(st.data(), st.integers(0, 3000))
def test_the_budget_holds_and_what_is_left_still_walks(data, budget):
    project, history = small_project(), History(budget)
    states = [check(project)]
    for _ in range(data.draw(st.integers(1, 10))):
        try:
            inverse, _ = data.draw(fitting_steps(project)).apply(project)
        except EditError:
            continue
        history.record(inverse)
        states.append(check(project))
        assert history.bytes <= budget or history.bytes == inverse.cost
    steps = 0
    while True:
        undone = history.next_undo
        if history.undo(project) is None:
            break
        steps += 1
        assert check(project) == states[-1 - steps]
        ahead, behind = history.next_redo, history.next_undo
        assert undone is not None
        assert ahead is not None
        assert history.bytes <= max(budget, ahead.cost + (behind.cost if behind else 0))
    assert steps >= min(1, len(states) - 1)
    assert history.redo(project) is not None or len(states) == 1
