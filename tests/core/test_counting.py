from __future__ import annotations

import pytest

from refseg_annotator.core.counting import number_of


@pytest.mark.parametrize(
    ("things", "one"),
    [
        ("masks", "mask"),
        ("media", "medium"),
        ("queries", "query"),
        ("processes", "process"),
        ("boxes", "box"),
        ("different words", "different word"),
        ("masks without a pixel", "mask without a pixel"),
        ("groups of look-alikes", "group of look-alikes"),
        ("mask pictures", "mask picture"),
    ],
)
def test_one_thing_is_no_plural(things: str, one: str) -> None:
    assert number_of(1, things) == f"1 {one}"
    assert number_of(0, things) == f"0 {things}"
    assert number_of(1200, things) == f"1,200 {things}"
