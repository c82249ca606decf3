from __future__ import annotations

import re
import subprocess
import sys

import pytest

from refseg_annotator.errors import FormatError, UsageError
from refseg_annotator.formats.base import ReadOptions, no_progress
from refseg_annotator.formats.registry import FORMATS, find_format, readable, sniff, writable
from tests.formats.examples import READABLE, make_example


def test_names_are_unique_and_every_format_does_something():
    names = [form.name for form in FORMATS]
    assert len(set(names)) == len(names)
    for form in FORMATS:
        assert form.reads or form.writes
        assert form.holds_photos or form.holds_clips
        assert form.title
        assert form.summary
        assert bool(form.loses) == form.writes, "what is written says what it loses"


BOTH = {"grefcoco", "refcoco", "r-ris", "refer", "a2d", "refer-youtube-vos", "mevis", "ref-davis", "davis", "labelme"}


def test_the_formats_promised_are_there():
    assert {form.name for form in readable()} == BOTH | {"coco", "phrasecut", "referit", "talk2car-regseg", "jhmdb"}
    assert {form.name for form in writable()} == BOTH | {"coco", "voc", "yolo", "masks", "jsonl", "submission"}


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UsageError, match=r"no format 'COCO'; there are a2d, coco, davis"):
        find_format("COCO")


@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_every_example_is_recognised_and_by_no_wrong_format(form, tmp_path):
    folder = make_example(form.name, tmp_path / "x")
    found = sniff(folder).name
    assert found == form.name or {found, form.name} == {"refcoco", "r-ris"}


@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_a_sniffer_never_raises(form, tmp_path):
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "instances.json").mkdir()
    (tmp_path / "meta_expressions").write_text("")
    for path in (tmp_path, tmp_path / "a.json", tmp_path / "nowhere", tmp_path / "meta_expressions"):
        assert form.sniff(path) in (True, False)


@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_a_split_that_is_not_there_is_answered_with_those_that_are(form, tmp_path):
    folder = make_example(form.name, tmp_path / "data")
    with pytest.raises(FormatError) as caught:
        form.read(folder, ReadOptions(split="nowhere"), no_progress)
    assert re.search(r" has no split 'nowhere'; it has [^';]+\.$", str(caught.value)), caught.value


def test_the_table_opens_without_the_readers_of_foreign_binary_files() -> None:
    # The export dialog opens on the window's thread; these took most of a second, for two formats of sixteen.
    check = "import sys, refseg_annotator.formats.registry; print(sorted({'scipy', 'h5py'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
