"""What a person changed of a model's mask: kept through strokes, undo and the file."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.annotation import Annotation, MediumId, Origin, Provenance, ReferentId
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.services import annotate
from refseg_annotator.services.batch import put_answer
from refseg_annotator.services.batch_plan import PhraseRow, plan_batch
from refseg_annotator.services.batch_processes import answers
from refseg_annotator.services.corrections import corrected, corrected_within, proposal_of
from refseg_annotator.services.readers import Readers
from refseg_annotator.services.session import Session
from refseg_annotator.storage.project_store import ProjectStore

SIZE = Size(12, 9)


def random_mask(seed: int, density: float) -> Mask:
    return Mask.from_array(np.random.default_rng(seed).random(SIZE.shape) < density)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 1000),
    st.sampled_from([0.0, 0.3, 1.0]),
    st.sampled_from([None, 0.0, 0.5]),
    st.tuples(st.integers(0, 11), st.integers(0, 8), st.integers(1, 12), st.integers(1, 9)),
)
def test_a_stroke_and_the_whole_mask_tell_the_same(
    seed: int, density: float, proposed: float | None, place: tuple[int, int, int, int]
) -> None:
    x, y, width, height = place
    box = Box.from_xywh(x, y, width, height).clipped(SIZE)
    pixels = np.random.default_rng(seed + 1).random(box.shape) < 0.5
    proposal = None if proposed is None else random_mask(seed + 2, proposed)
    provenance = Provenance(Origin.PREDICTED, iou_before=1.0 if proposal is None else 0.5, proposal=proposal)
    annotation = Annotation(ReferentId(1), 0, random_mask(seed, density), provenance)
    within = corrected_within(annotation, box, pixels)
    whole = corrected(annotation, annotation.mask.with_patch(box, pixels))
    assert within.proposal == whole.proposal == (proposal or annotation.mask)
    assert within.iou_before == pytest.approx(whole.iou_before)


def test_a_mask_that_no_model_proposed_agrees_with_none() -> None:
    annotation = Annotation(ReferentId(1), 0, random_mask(3, 0.5), Provenance(Origin.MANUAL))
    assert proposal_of(annotation) is None
    assert corrected(annotation, random_mask(4, 0.5)).iou_before is None
    assert corrected_within(annotation, Box(0, 0, 2, 2), np.ones((2, 2), bool)).iou_before is None


def test_every_stroke_is_held_against_the_first_proposal_and_the_file_keeps_it(session: Session) -> None:
    medium_id = MediumId(next(iter(session.project.media)))
    plan = plan_batch(session, [PhraseRow("the left red square")], model="fake", media=[medium_id])
    for answer in answers(plan.tasks, Readers(FakePredictor)):
        put_answer(session, answer)
    ((referent_id, annotation),) = ((key[0], one) for key, one in session.project.annotations.items())
    proposed = annotation.mask
    for place in (Box(5, 10, 15, 30), Box(40, 40, 50, 50)):
        erased = np.full(place.shape, place.x0 == 40)
        annotate.paint(session, referent_id, 0, place, erased)
    now = session.project.annotations[referent_id, 0]
    assert now.provenance.proposal == proposed
    assert now.provenance.iou_before == pytest.approx(iou(now.mask, proposed))
    session.flush()
    assert session.path is not None
    with ProjectStore.open(session.path, read_only=True) as store:
        assert store.load_annotations(medium_id) == [now]
    session.undo()
    session.undo()
    assert session.project.annotations[referent_id, 0] == annotation
    assert annotation.provenance.iou_before == 1.0
