from __future__ import annotations

import json
import math
import os
import pickle
import unicodedata
from pathlib import Path, PurePosixPath

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.files import (
    Folder,
    plain_name,
    read_bytes,
    read_csv_rows,
    read_json,
    read_plain_pickle,
    read_text,
)


class Row(msgspec.Struct):
    id: int
    names: list[str] = []


def test_a_file_too_large_missing_or_a_folder(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    with pytest.raises(FormatError, match="has 5 bytes, more than the 4"):
        read_bytes(tmp_path / "a", limit=4)
    with pytest.raises(FormatError, match="is missing"):
        read_bytes(tmp_path / "b")
    with pytest.raises(FormatError, match="cannot be read"):
        read_bytes(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"id": 1}, {"id": "x"}]', "field [1].id: expected int, got str."),
        ('[{"id": 1, "names": [3]}]', "field [0].names[0]: expected str, got int."),
        ('{"id": 1}', "field at the top: expected array, got object."),
        ("[{}]", "field [0]: object missing required field id."),
        ('[{"id": 1', "is not whole JSON"),
        ("", "is empty"),
        ("\ufeff", "is empty"),
    ],
)
def test_broken_json_is_named_by_file_and_field(tmp_path, text, words):
    path = tmp_path / "rows.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        read_json(path, list[Row])
    assert words in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_the_parsers_words_keep_the_spelling_of_json(tmp_path):
    (tmp_path / "a.json").write_bytes(b"[None]")
    with pytest.raises(FormatError, match=r"a\.json is not whole JSON \(JSON is malformed: invalid character"):
        read_json(tmp_path / "a.json", list[Row])


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("value", ["{0}", '[{{"id": {0}}}]', "[1, {0}]", "[1,{0},2]", '{{"a":\n{0}}}'])
def test_numbers_that_are_none_are_named(tmp_path, number, value):
    (tmp_path / "a.json").write_text(value.format(json.dumps(number)))
    with pytest.raises(FormatError, match=r"a\.json says NaN or Infinity \(byte \d+\)"):
        read_json(tmp_path / "a.json", object)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_json_in_another_encoding_is_said_as_such(tmp_path, encoding):
    (tmp_path / "a.json").write_bytes('[{"id": 1, "names": ["\xe9"]}]'.encode(encoding))
    with pytest.raises(FormatError, match=r"a\.json is not UTF-8 text"):
        read_json(tmp_path / "a.json", list[Row])


def test_json_with_a_byte_order_mark(tmp_path):
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf[]")
    assert read_json(tmp_path / "a.json", list[Row]) == []


def test_text_of_another_encoding_and_csv(tmp_path):
    (tmp_path / "a.csv").write_bytes("é,1\n".encode("latin-1"))
    with pytest.raises(FormatError, match=r"is not UTF-8 text \(byte 0\)"):
        read_text(tmp_path / "a.csv")
    assert list(read_csv_rows(tmp_path / "a.csv", encoding="latin-1")) == [(1, ["é", "1"])]
    (tmp_path / "b.csv").write_bytes(b'a,"b, c\nd"\n\ne,f\n')
    assert list(read_csv_rows(tmp_path / "b.csv")) == [(2, ["a", "b, c\nd"]), (4, ["e", "f"])]


def test_a_quote_that_nobody_closes_swallows_no_rows(tmp_path):
    (tmp_path / "a.csv").write_bytes(b'a,5" screen\n\n"b" c,"closed\nlater"\nd,"open\ne,f\n')
    rows = read_csv_rows(tmp_path / "a.csv")
    assert [next(rows), next(rows)] == [(1, ["a", '5" screen']), (4, ["b c", "closed\nlater"])]
    with pytest.raises(FormatError, match=r"a\.csv: line 5: a quote is opened that nobody closes"):
        next(rows)
    (tmp_path / "b.csv").write_bytes(b'a,"b"')
    assert list(read_csv_rows(tmp_path / "b.csv")) == [(1, ["a", "b"])]


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(PLAIN, st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_plain_values_come_through_whatever_the_protocol(tmp_path_factory, value, protocol):
    path = tmp_path_factory.getbasetemp() / "plain.p"
    path.write_bytes(pickle.dumps({"value": value, "set": {1}}, protocol=protocol))
    assert read_plain_pickle(path, dict)["value"] == value


def test_a_pickle_that_holds_itself_is_refused(tmp_path):
    endless: list = []
    endless.append(endless)
    (tmp_path / "a.p").write_bytes(pickle.dumps(endless))
    with pytest.raises(FormatError, match=r"a\.p"):
        read_plain_pickle(tmp_path / "a.p", list[list[Row]])


# --- names that stay inside ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jpg", "train2014/a b.jpg", "ünï/猫.png", "a\\b.jpg", "..a/b..c"])
def test_names_of_files_in_the_folder(tmp_path, name):
    assert (Folder(tmp_path) / name).is_relative_to(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a",
        "a/../../b",
        "/a",
        "\\a",
        "..\\a",
        "a\\..\\..\\b",
        "C:/a",
        "c:\\a",
        "a\x00b",
        "a\nb",
        "x" * 300,
    ],
)
def test_names_that_lead_out_or_are_none(tmp_path, name):
    with pytest.raises(FormatError):
        Folder(tmp_path) / name


@given(st.text(st.characters(exclude_categories=[]), max_size=30))
def test_no_name_leads_out_of_the_folder(name):
    root = Path("/nowhere/at/all")
    try:
        found = root / plain_name(name, where="x")
    except FormatError:
        return
    assert os.path.normpath(found).startswith("/nowhere/at/all/")


@pytest.mark.parametrize(("named", "stored"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC"), ("NFD", "NFD")])
def test_letters_with_marks_are_found_in_either_way_to_write_them(tmp_path, named, stored):
    name = "Fr\u00fchst\u00fcck/\u00dcbung.jpg"
    path = tmp_path / unicodedata.normalize(stored, name)
    path.parent.mkdir()
    path.write_bytes(b"")
    assert (Folder(tmp_path) / unicodedata.normalize(named, name)).samefile(path)
    gone = unicodedata.normalize(named, "Fr\u00fchst\u00fcck/\u00f6.jpg")
    assert not (Folder(tmp_path) / gone).exists()
    assert (Folder(tmp_path) / gone).name == PurePosixPath(gone).name
    assert not (Folder(tmp_path) / ("\u00fc" * 120)).exists(), "letters and marks apart it is longer than a name can be"


def test_links_inside_are_followed_links_that_lead_out_are_not(tmp_path):
    (tmp_path / "in/real").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.jpg").write_bytes(b"")
    (tmp_path / "in/inner").symlink_to(tmp_path / "in/real")
    (tmp_path / "in/outer").symlink_to(tmp_path / "out")
    (tmp_path / "in/file.jpg").symlink_to(tmp_path / "out/a.jpg")
    folder = Folder(tmp_path / "in")
    assert folder / "inner/a.jpg" == tmp_path / "in/inner/a.jpg"
    for name in ("outer/a.jpg", "file.jpg", "outer"):
        with pytest.raises(FormatError, match="through a symlink"):
            folder / name
    (tmp_path / "door").symlink_to(tmp_path / "out")
    assert (Folder(tmp_path / "door") / "a.jpg").is_file(), "the folder itself was chosen by the user"
