from __future__ import annotations

from refseg_annotator.core.annotation import ExpressionId, MediumId, ReferentId
from refseg_annotator.core.events import Change
from refseg_annotator.core.geometry import EMPTY_BOX, Box

M1, M2 = MediumId(1), MediumId(2)
R3, R4 = ReferentId(3), ReferentId(4)


def painted(medium_id: MediumId, frame: int, box: Box | None, referent_id: ReferentId = R3) -> Change:
    return Change(annotations=frozenset({(referent_id, frame)}), medium_id=medium_id, frame=frame, box=box)


def test_nothing():
    assert Change.nothing().is_nothing
    assert Change.merged([]) == Change.nothing()
    assert not painted(M1, 0, EMPTY_BOX).is_nothing
    assert not Change(media=frozenset({M1})).is_nothing


def test_keys_are_united():
    merged = Change.merged(
        [
            Change(referents=frozenset({R3}), medium_id=M1),
            Change(expressions=frozenset({ExpressionId(5)}), medium_id=M1),
            Change(media=frozenset({M1}), referents=frozenset({R4}), medium_id=M1),
            painted(M1, 0, None),
        ]
    )
    assert merged.media == {M1}
    assert merged.referents == {R3, R4}
    assert merged.expressions == {5}
    assert merged.annotations == {(R3, 0)}


def test_boxes_of_one_frame_are_united():
    merged = Change.merged([painted(M1, 2, Box(0, 0, 1, 1)), painted(M1, 2, Box(4, 4, 5, 6), R4)])
    assert (merged.medium_id, merged.frame, merged.box) == (M1, 2, Box(0, 0, 5, 6))
    assert Change.merged([painted(M1, 2, Box(0, 0, 1, 1)), painted(M1, 2, None)]).box is None


def test_records_that_draw_nothing_do_not_widen_the_box():
    added = Change(referents=frozenset({R3}), medium_id=M1, box=EMPTY_BOX)
    assert Change.merged([added, painted(M1, 0, Box(1, 1, 2, 2))]).box == Box(1, 1, 2, 2)
    recoloured = Change(referents=frozenset({R3}), medium_id=M1)
    assert Change.merged([recoloured, painted(M1, 0, Box(1, 1, 2, 2))]).box is None


def test_the_earliest_frame_of_the_first_medium_is_shown_whatever_the_order():
    parts = [painted(M1, 5, Box(0, 0, 1, 1)), painted(M1, 3, Box(2, 2, 3, 3)), painted(M2, 1, None)]
    for order in (parts, parts[::-1]):
        merged = Change.merged(order)
        assert (merged.medium_id, merged.frame, merged.box) == (M1, 3, Box(2, 2, 3, 3))
