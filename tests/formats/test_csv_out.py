from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.formats.csv_out import CsvText
from refseg_annotator.formats.files import read_csv_rows

CELLS = st.one_of(
    st.sampled_from(["", "a,b", 'say "x"', "Bo\rB", "two\nlines", "\r\n", "\r", ' " ', "猫"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


def written(rows) -> str:
    table = CsvText()
    table.add_all(rows)
    return table.to_text()


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_every_reader_gets_the_rows_back(rows):
    text = written(rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows
    assert text.endswith("\n") == bool(rows)


def test_a_file_of_it_is_read_by_the_tool_itself(tmp_path):
    rows = [["a", "Bo\rB"], ["b", "two\nlines, quoted"]]
    (tmp_path / "table.csv").write_bytes(written(rows).encode())
    assert [fields for _, fields in read_csv_rows(tmp_path / "table.csv")] == rows


def test_nothing_and_numbers():
    assert written([[None, 1, 0.5], ["", "x", ""]]) == ",1,0.5\n,x,\n"
