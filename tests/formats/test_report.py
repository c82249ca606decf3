from __future__ import annotations

import json

from refseg_annotator.formats.report import EXAMPLES_KEPT, Ledger


def test_a_ledger_counts_and_keeps_the_first_examples():
    ledger = Ledger()
    ledger.write("masks")
    ledger.write("masks", 2)
    for number in range(9):
        ledger.drop("clips, as the format holds photos only", f"{number}.mp4")
    ledger.change("pixels moved", "a", count=7)
    ledger.change("pixels moved", "a", count=1)
    report = ledger.to_report("Export")
    [dropped] = report.dropped
    assert (dropped.count, len(dropped.examples)) == (9, EXAMPLES_KEPT)
    assert [(note.count, note.examples) for note in report.changed] == [(8, ("a",))]
    assert not report.is_whole
    assert report.to_text() == (
        "Export\n  3 masks\nDropped:\n"
        "  clips, as the format holds photos only: 9 (0.mp4, 1.mp4, 2.mp4, 3.mp4, 4.mp4, ...)\n"
        "Changed:\n  pixels moved: 8 (a, ...)"
    )
    assert json.loads(json.dumps(report.to_json()))["dropped"][0]["count"] == 9


def test_nothing_lost_is_said():
    report = Ledger().to_report("Import")
    assert report.is_whole
    assert report.to_text() == "Import\nNothing was dropped or changed."


def test_a_ledger_takes_in_another():
    one, other = Ledger(), Ledger()
    one.drop("x", "a")
    other.drop("x", "b", count=4)
    other.write("masks", 3)
    one.absorb(other)
    report = one.to_report("")
    assert (report.dropped[0].count, report.dropped[0].examples, report.written) == (5, ("a", "b"), {})
