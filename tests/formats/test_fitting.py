from __future__ import annotations

import numpy as np

from refseg_annotator.core.annotation import ExpressionKind, Origin, Provenance, Split
from refseg_annotator.formats.base import Loss, no_progress
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.report import Ledger
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob

BIG, SMALL = blob(0, 0, 8, 8), blob(2, 2, 4, 4)


def fitted(tmp_path, spec: made.MediumSpec, *loses: Loss):
    ledger = Ledger()
    items = list(fit(made.make([spec], tmp_path, pixels=False), frozenset(loses), ledger, no_progress))
    report = ledger.to_report("")
    return items, {note.what: note.count for note in report.dropped + report.changed}


def spec(**fields) -> made.MediumSpec:
    return made.MediumSpec("one", WIDTH, HEIGHT, **fields)


def test_nothing_lost_nothing_noted(tmp_path):
    thing = made.ReferentSpec("dog", "Rex", masks={0: BIG})
    [item], notes = fitted(tmp_path, spec(referents=(thing,), expressions=(made.ExpressionSpec("it", (0,)),)))
    assert notes == {}
    assert item.expressions_for(item.referents[0].id) == list(item.expressions)
    assert list(item.frames()) == [0]


def test_every_loss_of_metadata_is_counted(tmp_path):
    thing = made.ReferentSpec("dog", "Rex", {0: BIG}, Provenance(Origin.MANUAL), keyframe=True)
    text = made.ExpressionSpec("it", (0,), kind=ExpressionKind.COLOUR, author="Ada", span=(0, 1))
    clip = spec(frames=2, referents=(thing,), expressions=(text,), split=Split.VAL)
    losses = (Loss.NAMES, Loss.CATEGORIES, Loss.KIND, Loss.AUTHOR, Loss.SPAN, Loss.PROVENANCE, Loss.KEYFRAMES)
    [item], notes = fitted(tmp_path, clip, *losses, Loss.SPLITS)
    assert notes == {
        "referents lose their name": 1,
        "referents lose their category": 1,
        "expressions lose their kind": 1,
        "expressions lose their author": 1,
        "expressions lose the frames they speak of": 1,
        "masks lose who or what made them": 1,
        "masks lose the mark of a settled frame": 1,
        "media lose their split": 1,
    }
    assert item.medium.split is Split.NONE


def test_a_pixel_goes_to_the_smaller_and_what_lies_wholly_under_is_told(tmp_path):
    things = (
        made.ReferentSpec("a", masks={0: SMALL}),
        made.ReferentSpec("b", masks={0: BIG}),
        made.ReferentSpec("c", masks={0: SMALL}),
    )
    [item], notes = fitted(tmp_path, spec(referents=things), Loss.OVERLAPS)
    masks = {annotation.referent_id: annotation.mask.to_array() for annotation in item.annotations}
    first, second, third = (referent.id for referent in item.referents)
    assert first not in masks, "of two equal ones the later lies on top"
    assert (masks[third] == SMALL).all()
    assert (masks[second] == (BIG & ~SMALL)).all()
    assert notes == {"pixels of overlaps go to the smaller referent": 8, "masks that lie wholly under others": 1}


def test_expressions_follow_the_referents_that_are_left_out(tmp_path):
    things = (made.ReferentSpec("a", masks={0: BIG}), made.ReferentSpec("b"))
    texts = (made.ExpressionSpec("both", (0, 1)), made.ExpressionSpec("b", (1,)))
    [item], notes = fitted(tmp_path, spec(referents=things, expressions=texts), Loss.MASKLESS)
    assert [(e.text, len(e.targets)) for e in item.expressions] == [("both", 1)]
    assert notes == {
        "referents without a mask": 1,
        "expressions lose a referent that is left out": 1,
        "expressions whose referents are left out": 1,
    }


def test_clips_are_taken_apart_and_what_is_never_seen_is_told(tmp_path):
    nothing = np.zeros_like(BIG)
    things = (made.ReferentSpec("a", masks={0: BIG, 2: nothing}), made.ReferentSpec("b", masks={1: nothing}))
    texts = (
        made.ExpressionSpec("a", (0,)),
        made.ExpressionSpec("b", (1,)),
        made.ExpressionSpec("none", no_target=True),
    )
    items, notes = fitted(tmp_path, spec(frames=3, referents=things, expressions=texts), Loss.CLIPS)
    assert [(item.medium.name, item.medium.source_frame, item.medium.is_clip) for item in items] == [
        ("one/00000", 0, False)
    ]
    assert notes["expressions of clips that name nothing on an annotated frame"] == 2
    assert notes["referents of clips without a mask"] == 1


def test_marks_of_absence_that_go_with_the_clip_are_counted_once(tmp_path):
    """Whether the frame is written for somebody else's mask, or not at all."""
    away, nothing = np.zeros_like(BIG), np.zeros_like(BIG)
    things = (
        made.ReferentSpec("a", masks={0: BIG, 1: away, 2: nothing}),
        made.ReferentSpec("b", masks={0: BIG, 1: BIG}),
    )
    for losses in ((Loss.CLIPS,), (Loss.CLIPS, Loss.ABSENCE, Loss.MASKLESS)):
        items, notes = fitted(tmp_path, spec(frames=3, referents=things), *losses)
        assert [len(item.annotations) for item in items] == [2, 1]
        assert notes == {
            "clips are written as photos of their annotated frames": 1,
            "frames where a referent is marked absent read as not annotated": 2,
        }


def test_what_is_left_out_is_called_as_the_window_calls_it(tmp_path):
    things = (made.ReferentSpec(masks={0: BIG, 1: BIG}), made.ReferentSpec(masks={1: BIG}), made.ReferentSpec())
    dataset = made.make([spec(frames=2), spec(frames=2, referents=things)], tmp_path, pixels=False)
    ledger = Ledger()
    assert not list(
        fit(dataset, frozenset({Loss.CLIPS, Loss.UNPHRASED, Loss.MEDIA_WITHOUT_MASKS}), ledger, no_progress)
    )
    told = {note.what: note.examples for note in ledger.to_report("").dropped}
    assert told["referents of clips without a mask"] == ("referent 3",)
    assert [example.partition(" in ")[0] for example in told["referents without an expression"]] == [
        "referent 1",
        "referent 1",
        "referent 2",
    ]


def test_lone_surrogates_and_line_breaks(tmp_path):
    text = made.ExpressionSpec("a\ud800b\r\nc")
    [item], notes = fitted(tmp_path, spec(expressions=(text,)), Loss.LINE_BREAKS)
    assert item.expressions[0].text.split(" ")[-1] == "c"
    assert item.expressions[0].text.encode("utf-8")
    assert notes == {
        "texts lose characters that are none": 1,
        "expressions have their line breaks written as spaces": 1,
    }
