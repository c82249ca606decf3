"""What a run claims: of every frame, exactly the referents whose gap it fills."""

from __future__ import annotations

from pathlib import Path

import pytest

from refseg_annotator.core.annotation import FrameSpan, MediumId
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.propagation_plan import Direction, Gap, make_plan
from refseg_annotator.services.propagate_run import PropagationRun
from tests.inference.clips import SIZE, A, B, C, SquaresClip


def run_between(keyframes: dict[int, dict], last: int) -> PropagationRun:
    return PropagationRun(
        medium_id=MediumId(1),
        path=Path("clip"),
        size=SIZE,
        frame_count=400,
        referents=frozenset((A, B)),
        keyframes=keyframes,
        span=FrameSpan(2, last),
        direction=Direction.FORWARD,
        plan=make_plan(keyframes, first=2, last=last, direction=Direction.FORWARD, barriers=[(A, 11)]),
    )


def mask(referent: int) -> Mask:
    return SquaresClip().mask(referent, 0)


def test_it_claims_the_open_frames_of_its_referents_and_no_others() -> None:
    run = run_between({0: {A: mask(A)}, 5: {A: mask(A), B: mask(B)}, 9: {B: mask(B)}}, 14)
    every = [(referent, frame) for referent in (A, B, C) for frame in range(20)]
    gaps = [gap for stretch in run.plan.stretches for gap in stretch.gaps]
    assert run.claimed(every) == {
        (referent, frame) for referent, frame in every for gap in gaps if gap.referent == referent and gap.wants(frame)
    }
    assert {(A, 2), (A, 14), (B, 7)} <= run.claimed(every)
    assert not {(A, 1), (A, 5), (A, 11), (A, 15), (B, 4), (C, 3)} & run.claimed(every)


def test_a_key_asks_one_gap_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_between({frame: {A: mask(A)} for frame in range(0, 400, 4)}, 399)
    asked: list[int] = []
    wants = Gap.wants

    def noted(gap: Gap, frame: int) -> bool:
        asked.append(frame)
        return wants(gap, frame)

    monkeypatch.setattr(Gap, "wants", noted)
    assert (
        len(run.claimed([(A, frame) for frame in range(2, 400)])) == 398 - 99 - 1
    )  # the settled ones and the barred one
    assert len(asked) <= 398
