from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    ExpressionKind,
    FrameSpan,
    MediumKind,
    MediumState,
    Origin,
    Split,
)
from tests.core.records import BALL_2, BOTH, CAT, CLIP, DOG, DOG_MASK, MANUAL, PHOTO, mask


def test_an_image_has_one_frame_and_a_video_at_least_one():
    with pytest.raises(ValueError, match=r"photo\.jpg.* 2 frames"):
        replace(PHOTO, frame_count=2)
    with pytest.raises(ValueError, match=r"clip\.mp4.* 0 frames"):
        replace(CLIP, frame_count=0)


def test_a_span_runs_forward():
    span = FrameSpan(2, 4)
    assert [frame for frame in range(7) if frame in span] == [2, 3, 4]
    for first, last in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="forward"):
            FrameSpan(first, last)


def test_no_target_and_targets_exclude_each_other():
    nothing = Expression(ExpressionId(9), PHOTO.id, "the zebra", no_target=True)
    assert nothing.targets == ()
    with pytest.raises(ValueError, match="zebra"):
        replace(nothing, targets=(DOG.id,))


def test_a_target_is_named_once():
    with pytest.raises(ValueError, match="twice"):
        replace(BOTH, targets=(DOG.id, CAT.id, DOG.id))


def test_key_and_absence():
    assert BALL_2.key == (BALL_2.referent_id, 2)
    assert not DOG_MASK.is_absent
    assert Annotation(DOG.id, 0, mask(), MANUAL).is_absent


def test_records_are_frozen_and_compare_by_content():
    assert replace(DOG_MASK, mask=mask((1, 1), (3, 1), (2, 2))) == DOG_MASK
    assert replace(DOG_MASK, mask=mask((1, 1))) != DOG_MASK
    assert len({DOG_MASK, replace(DOG_MASK)}) == 1
    with pytest.raises(FrozenInstanceError):
        DOG_MASK.frame = 1  # type: ignore[misc]


def test_words_that_stand_in_files_stay():
    # Stored projects hold these; a change of one needs a migration.
    assert [kind.value for kind in MediumKind] == ["image", "video"]
    assert [state.value for state in MediumState] == ["unseen", "in_work", "reviewed"]
    assert [split.value for split in Split] == ["none", "train", "val", "test", "test_a", "test_b"]
    assert [origin.value for origin in Origin] == ["manual", "predicted", "propagated", "imported"]
    assert [kind.value for kind in ExpressionKind] == [
        "unspecified",
        "category",
        "colour",
        "position",
        "size",
        "relation",
        "action",
        "plural",
        "no_target",
    ]
