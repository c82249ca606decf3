from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.tables import Index, Table

STEPS = st.lists(st.tuples(st.sampled_from(["put", "drop", "read"]), st.integers(0, 6), st.integers()), max_size=30)


@given(STEPS)
@settings(max_examples=100, deadline=None)
def test_a_table_is_a_dict_in_the_order_of_its_keys(steps):
    table: Table[int, int] = Table()
    plain: dict[int, int] = {}
    for verb, key, record in steps:
        if verb == "put":
            table.put(key, record)
            plain[key] = record
        elif verb == "drop" and key in plain:
            assert table.drop(key) == plain.pop(key)
        elif verb == "drop":
            with pytest.raises(KeyError):
                table.drop(key)
        else:
            assert list(table) == sorted(plain)
            assert list(table.items()) == sorted(plain.items())
        assert len(table) == len(plain)
        assert (key in table) == (key in plain)
    assert list(table.keys()) == sorted(plain)
    assert list(table.values()) == [plain[key] for key in sorted(plain)]
    assert table == plain
    assert repr(table) == f"Table({dict(sorted(plain.items()))!r})"


def test_what_comes_back_finds_its_old_place():
    table: Table[int, str] = Table()
    for key in (1, 2, 3):
        table.put(key, "abc"[key - 1])
    view = table.values()
    table.put(1, table.drop(1))
    assert list(table.values()) == ["a", "b", "c"]
    assert list(view) == ["a", "b", "c"]


def test_an_index_drops_empty_groups():
    index: Index[str, int, str] = Index()
    index.put("b", 2, "two")
    index.put("b", 1, "one")
    index.put("a", 3, "three")
    assert list(index) == ["a", "b"]
    assert index.of("b") == ["one", "two"]
    assert dict(index["a"]) == {3: "three"}
    assert index.of("c") == []
    index.drop("a", 3)
    assert ("a" in index, "b" in index, len(index)) == (False, True, 1)
    with pytest.raises(KeyError):
        index.drop("a", 3)
