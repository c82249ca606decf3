"""Tables of phrases: read as people write them, numbered as editors number them, and never a phrase cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from refseg_annotator.errors import FormatError
from refseg_annotator.services.batch_plan import PhraseRow
from refseg_annotator.services.phrase_table import read_phrases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('image,phrase\na.png,"the dog, left"\n', [PhraseRow("the dog, left", "a.png")]),
        ("phrase;file_name;frame;author\nder Hund;a.mp4;7;Bo\n", [PhraseRow("der Hund", "a.mp4", 7, "Bo")]),
        ("\ufeffPhrase\nthe dog\n\nthe cat\n", [PhraseRow("the dog"), PhraseRow("the cat")]),
        ("a.png,the dog\nb.png,the cat\n", [PhraseRow("the dog", "a.png"), PhraseRow("the cat", "b.png")]),
        ("the dog, the left one\nthe cat\n", [PhraseRow("the dog, the left one"), PhraseRow("the cat")]),
        ("image\tphrase\na.png\tthe dog\n", [PhraseRow("the dog", "a.png")]),
        ("Picture;Text\na.png;the dog\n", [PhraseRow("the dog", "a.png")]),
        ("phrase,note\nthe dog,easy\n", [PhraseRow("the dog")]),
        # A single column holds nothing but phrases, quoted or not.
        ('phrase\nthe dog, left\n"the cat, right"\n', [PhraseRow("the dog, left"), PhraseRow("the cat, right")]),
        ('"the dog, left"\nthe "red" cat\n', [PhraseRow("the dog, left"), PhraseRow('the "red" cat')]),
        ('"left" one\nthe "red, cat\n', [PhraseRow('"left" one'), PhraseRow('the "red, cat')]),
        # Commas of a sentence part nothing where something else parts the cells.
        ("a.png;the dog, left\n", [PhraseRow("the dog, left", "a.png")]),
        ("image;phrase\na.png;the dog, left\n", [PhraseRow("the dog, left", "a.png")]),
        # Spreadsheets fill rows up with empty cells; people put blanks behind commas.
        ("image,phrase\na.png,the dog,,\n", [PhraseRow("the dog", "a.png")]),
        ("phrase, note\nthe dog, easy\n", [PhraseRow("the dog")]),
        ("image,phrase,author\na.png, the dog, Bo\n", [PhraseRow("the dog", "a.png", 0, "Bo")]),
        ('phrase,note\n"the dog", easy\n', [PhraseRow("the dog")]),
        ('image,phrase\r\na.png,"the ""red"" dog"\r\n', [PhraseRow('the "red" dog', "a.png")]),
    ],
)
def test_a_table_is_read_as_people_write_it(tmp_path: Path, text: str, expected: list[PhraseRow]) -> None:
    path = tmp_path / "phrases.csv"
    path.write_bytes(text.encode())
    assert read_phrases(path) == expected


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no phrase"),
        (b"\xff\xfe\x00", "CSV in UTF-8"),
        (b"image,note\na.png,dog\n", "no column 'phrase'"),
        (b"foto,phrase\na.png,dog\n,cat\n", "The column 'foto' of 'phrases.csv' names files; call it 'image'"),
        (b"image,phrase\na.png," + b"x" * 200_000, "Line 2 .*field larger than field limit"),
        (b"phrase\n" + b"x" * 100_000, "Line 2 of 'phrases.csv' holds no phrase: A phrase has at most"),
    ],
)
def test_a_table_that_is_none_is_told_in_a_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "phrases.csv"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=said):
        read_phrases(path)


CUT = 'has a comma in its phrase, which would cut it; put the phrase in quotes: "{}".'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("image,phrase\nb.png,cat\na.png,the woman, on the left\n", CUT.format("the woman, on the left")),
        ("b.png,cat\n\na.png,the woman, on the left\n", CUT.format("the woman, on the left")),
        ("image,phrase,frame\n\na.mp4,the woman, on the left,7\n", CUT.format("the woman, on the left")),
        ("image,phrase,frame\n\na.mp4,the woman, on the left\n", CUT.format("the woman, on the left")),
        ("image,phrase,author\n\na.mp4,the woman, on the left\n", CUT.format("the woman, on the left")),
        ("phrase,note\nb,c\nthe woman, on the left\n", CUT.format("the woman, on the left")),
        ("image;phrase\n\na.png;dog;cat\n", "has a semicolon in its phrase"),
        ('image,phrase\nb.png,cat\na.png,"the woman\nc.png,the man\n', "no row that can be read (unexpected end"),
        ('image,phrase\nb.png,cat\na.png,"the woman\nc.png,the man"\n', "close its quotes in the line itself"),
        ('image,phrase\nb.png,cat\na.png,"the" woman\n', "write a quote within them twice."),
        ('a.png,cat\nb.png,cat\na.png,"the woman\nc.png,the man\n', "close its quotes"),
        ("a.png,cat\nb.png,cat\nthe woman\n", "names no file, as others do"),
        ("image,phrase\n\na.png,\n", "has no phrase; write it, or remove the line."),
        ("a.png,cat\n\nb.png,\n", "has no phrase; write it, or remove the line."),
        ("image,phrase,frame\n\na.png,dog,first\n", "has the frame 'first'; write a number from 0."),
    ],
)
def test_a_row_that_may_be_read_in_two_ways_is_refused_by_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "phrases.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as raised:
        read_phrases(path)
    assert str(raised.value).startswith("Line 3 of 'phrases.csv' ")
    assert said in str(raised.value)
