"""Every format that is both read and written: project -> files -> project is the identity but for what it `loses`."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refseg_annotator.formats.base import Format, Loss, ReadOptions, WriteOptions, no_progress
from refseg_annotator.formats.registry import FORMATS, sniff
from refseg_annotator.services.transfer import export_dataset, stage_dataset
from tests.formats import specs as made

BOTH_WAYS = [form for form in FORMATS if form.reads and form.writes]


@pytest.mark.parametrize("form", BOTH_WAYS, ids=lambda form: form.name)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_is_written_is_read_back(form: Format, data: st.DataObject) -> None:
    clips = Loss.PHOTOS in form.loses
    specs = data.draw(made.specs(clips=clips))
    with tempfile.TemporaryDirectory() as folder:
        dataset = made.make(specs, Path(folder) / "source")
        out = Path(folder) / "out"
        report = export_dataset(dataset, form.name, out, WriteOptions(clips_as="frames"))
        back = form.read(out, ReadOptions(), no_progress)
        expected = made.without(specs, form.loses)
        if form.name in {"davis", "ref-davis"}:
            # Their text files are split at blanks.
            expected = [replace(spec, name=spec.name.replace(" ", "_")) for spec in expected]
        if form.name == "ref-davis":
            # And two of the four are latin-1.
            expected = [replace(spec, name=spec.name.replace("猫", "_")) for spec in expected]
        # Ref-DAVIS tells the four files apart by the author, on the way in only.
        found = made.without(made.as_specs(back), form.loses & {Loss.AUTHOR})
        assert made.canonical(found) == made.canonical(expected)
        if made.canonical(expected) == made.canonical(specs):
            noted = report.dropped + tuple(note for note in report.changed if "read as" not in note.what)
            assert all("count as" in note.what for note in noted), report.to_text()
        else:
            assert not report.is_whole, "something was lost and the report does not say so"


@pytest.mark.parametrize("form", BOTH_WAYS, ids=lambda form: form.name)
def test_an_export_is_recognised(form: Format, tmp_path: Path) -> None:
    clips = Loss.PHOTOS in form.loses
    mask = made.np.ones((3, 4), bool)
    thing = made.ReferentSpec("dog", masks={0: mask})
    spec = made.MediumSpec(
        "a", 4, 3, 1 if clips else None, made.Split.TRAIN, (thing,), (made.ExpressionSpec("dog", (0,)),)
    )
    export_dataset(made.make([spec], tmp_path / "source"), form.name, tmp_path / "out", WriteOptions(clips_as="frames"))
    sniffed = sniff(tmp_path / "out")
    # R-RIS is RefCOCO with one field more; the same reader takes both.
    assert sniffed.name == form.name or {sniffed.name, form.name} == {"refcoco", "r-ris"}
    back = stage_dataset(tmp_path / "out")
    found = made.without(made.as_specs(back), form.loses & {Loss.AUTHOR})
    assert made.canonical(found) == made.canonical(made.without([spec], form.loses))


@pytest.mark.parametrize("form", [form for form in FORMATS if form.writes], ids=lambda form: form.name)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_writer_takes_any_data_set(form: Format, data: st.DataObject) -> None:
    clips = not form.holds_photos or (form.holds_clips and data.draw(st.booleans()))
    specs = data.draw(made.specs(clips=clips))
    with tempfile.TemporaryDirectory() as folder:
        dataset = made.make(specs, Path(folder) / "source")
        options = WriteOptions(
            polygons=data.draw(st.booleans()),
            media=data.draw(st.sampled_from(["copy", "link", "none"])),
            clips_as="frames",
        )
        export_dataset(dataset, form.name, Path(folder) / "out", options)
        left = [path.name for path in Path(folder).iterdir()]
        assert set(left) <= {"source", "out"}, "an export leaves nothing beside its folder"


# DAVIS has no expressions; Ref-DAVIS deals an object's among four files.
ORDERED = [form for form in BOTH_WAYS if form.name not in {"davis", "ref-davis"}]


@pytest.mark.parametrize("form", ORDERED, ids=lambda form: form.name)
def test_expressions_keep_their_order(form: Format, tmp_path: Path) -> None:
    clips = Loss.PHOTOS in form.loses
    left, right = made.np.eye(3, 4, dtype=bool), made.np.eye(3, 4, 2, dtype=bool)
    things = (made.ReferentSpec("dog", masks={0: left}), made.ReferentSpec("cat", masks={0: right}))
    said = [("z", (1,)), ("nothing", ()), ("both", (1, 0)), ("loose", ()), ("b", (0,)), ("a", (1,)), ("b", (0,))]
    texts = tuple(made.ExpressionSpec(text, targets, no_target=text == "nothing") for text, targets in said)
    spec = made.MediumSpec("one", 4, 3, 1 if clips else None, made.Split.TRAIN, things, texts)
    export_dataset(made.make([spec], tmp_path / "source"), form.name, tmp_path / "out", WriteOptions(clips_as="frames"))
    [expected] = made.without([spec], form.loses)
    [found] = made.as_specs(stage_dataset(tmp_path / "out", form.name))
    assert [e.text for e in found.expressions] == [e.text for e in expected.expressions]
    assert len(found.expressions) >= 4
