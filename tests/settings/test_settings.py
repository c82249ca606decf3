from __future__ import annotations

import datetime as dt
import math
import os
import sys
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from refseg_annotator import settings as room
from refseg_annotator.errors import StorageError, UsageError
from refseg_annotator.settings import (
    RECENT_PROJECTS,
    SETTINGS,
    Settings,
    config_folder,
    load_settings,
    log_folder,
    models_folder,
    resources_folder,
    save_settings,
    setting,
    toml_text,
    user_data_folder,
    user_models_folder,
)

CHANGED = Settings(
    theme="dark",
    language="en",
    overlay_opacity=0.7,
    outline_width=2.0,
    fill="patterns",
    reduced_motion=True,
    brush_radius=40,
    device="cpu",
    model="my model",
    mirror="on",
    edges="off",
    study="off",
    undo_budget=128,
    frame_cache=1024,
    author='Zoë "Z" \\ 张\n',
    key_preset="cvat",
    shortcuts=("undo = Ctrl+Z F9",),
    tour_seen=True,
    recent_projects=("/home/zoë/a b.refseg", "C:\\data\\c.refseg"),
)


def write(text: str | bytes) -> Path:
    file = config_folder() / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


# --- the table ----------------------------------------------------------------------------------------------------


def test_table_and_value_are_in_step():
    assert [row.key for row in SETTINGS] == list(dict.fromkeys(row.key for row in SETTINGS))
    assert {row.key for row in SETTINGS} == {field.name for field in fields(Settings)}
    for row in SETTINGS:
        assert Settings().value(row.key) == row.default


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
def test_every_row_is_whole(row):
    assert row.checked(row.default) == row.default
    assert row.label
    assert row.label[0].isupper()
    assert (row.minimum is None) == (row.maximum is None) == (row.type not in {int, float})
    assert not row.choices or row.type is str
    assert getattr(CHANGED, row.key) != row.default


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
def test_every_row_travels_through_the_file(row):
    changed = Settings().changed(row.key, CHANGED.value(row.key))
    file = save_settings(changed)
    assert list(tomllib.loads(file.read_text(encoding="utf-8"))) == [row.key]
    assert load_settings().settings == changed
    assert load_settings().problems == ()


@pytest.mark.parametrize("key", [row.key for row in SETTINGS if row.minimum is not None])
def test_numbers_keep_to_their_range(key):
    row = setting(key)
    for value in (row.minimum, row.maximum):
        assert row.checked(row.type(value)) == value
    for value in (row.minimum - 1, row.maximum + 1):
        with pytest.raises(UsageError, match=f"'{key}' takes a .*number from"):
            row.checked(row.type(value))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "blue"),
        ("theme", 1),
        ("device", "CPU"),
        ("brush_radius", True),
        ("brush_radius", 12.0),
        ("brush_radius", "12"),
        ("overlay_opacity", "0.5"),
        ("overlay_opacity", math.nan),
        ("overlay_opacity", False),
        ("reduced_motion", 1),
        ("author", None),
        ("recent_projects", "a"),
        ("recent_projects", [1, 2]),
    ],
)
def test_values_of_another_type_are_refused(key, value):
    with pytest.raises(UsageError, match=f"The setting '{key}' takes .*, not ") as caught:
        Settings().changed(key, value)
    assert "\n" not in str(caught.value)


def test_a_whole_number_serves_where_a_number_is_asked():
    changed = Settings().changed("overlay_opacity", 1)
    assert isinstance(changed.overlay_opacity, float)


def test_an_unknown_key_is_answered_with_the_known_ones():
    for ask in (setting, Settings().value, lambda key: Settings().changed(key, 1)):
        with pytest.raises(UsageError, match=r"no setting 'colour'; the settings are theme, .*brush_radius"):
            ask("colour")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("theme", "dark", "dark"),
        ("brush_radius", "7", 7),
        ("overlay_opacity", "0.25", 0.25),
        ("overlay_opacity", "1", 1.0),
        ("reduced_motion", "Yes", True),
        ("reduced_motion", "false", False),
        ("recent_projects", "a;b c", ("a", "b c")),
        ("author", "", ""),
    ],
)
def test_words_on_the_command_line(key, text, value):
    assert setting(key).parsed(text) == value


@pytest.mark.parametrize(
    ("key", "text"), [("brush_radius", "big"), ("brush_radius", "0"), ("reduced_motion", "maybe"), ("theme", "")]
)
def test_words_that_mean_nothing(key, text):
    with pytest.raises(UsageError, match=f"'{key}' takes"):
        setting(key).parsed(text)


def test_recent_projects_are_few_and_each_once(tmp_path):
    settings = Settings()
    for number in range(20):
        settings = settings.with_recent_project(tmp_path / str(number))
    settings = settings.with_recent_project(tmp_path / "15")
    names = [Path(path).name for path in settings.recent_projects]
    assert names == ["15", *(str(number) for number in (19, 18, 17, 16, 14, 13, 12, 11, 10, 9, 8))]
    assert len(names) == RECENT_PROJECTS


# --- the file -----------------------------------------------------------------------------------------------------


def test_no_file_means_the_defaults():
    assert load_settings().settings == Settings()
    assert load_settings().problems == ()


def test_only_what_differs_is_written():
    file = save_settings(Settings())
    assert file.read_text() == ""
    save_settings(CHANGED)
    save_settings(replace(Settings(), brush_radius=30))
    assert file.read_text() == "brush_radius = 30\n"
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_another_folder(tmp_path):
    assert save_settings(CHANGED, tmp_path / "deep" / "er") == tmp_path / "deep" / "er" / "settings.toml"
    assert load_settings(tmp_path / "deep" / "er").settings == CHANGED
    assert load_settings().settings == Settings()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("theme = ", "not valid TOML"),
        ("a = 1\na = 2\n", "not valid TOML"),
        (b"author = '\xff'\n", "not UTF-8 text"),
        (b"\x00\x01\x02", "not valid TOML"),
    ],
)
def test_a_broken_file_costs_one_sentence_and_is_put_aside(content, sentence):
    file = write(content)
    loaded = load_settings()
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 1
    assert str(file) in loaded.problems[0]
    assert sentence in loaded.problems[0]
    assert "\n" not in loaded.problems[0]
    before = file.read_bytes()
    save_settings(CHANGED)
    assert load_settings() == room.LoadedSettings(CHANGED)
    assert (file.parent / "settings.broken.toml").read_bytes() == before


def test_a_bad_value_costs_its_own_row_only():
    write('theme = "blue"\nbrush_radius = 33\noverlay_opacity = 7\n')
    loaded = load_settings()
    assert loaded.settings == replace(Settings(), brush_radius=33)
    assert len(loaded.problems) == 2
    assert all("the default is in use" in problem and "settings.toml" in problem for problem in loaded.problems)
    save_settings(loaded.settings)
    assert load_settings().problems == ()


def test_unknown_keys_are_told_and_kept():
    file = write('future = { a = [1, 2.5], "b c" = 1979-05-27T07:32:00Z }\nbrush_radius = 3\n[table]\nx = "y"\n')
    before = tomllib.loads(file.read_text())
    loaded = load_settings()
    assert loaded.settings.brush_radius == 3
    assert [problem.split("'")[1] for problem in loaded.problems] == ["future", "table"]
    save_settings(replace(loaded.settings, theme="light"))
    assert tomllib.loads(file.read_text()) == {**before, "theme": "light"}


def test_a_byte_order_mark_and_foreign_line_ends():
    write(b'\xef\xbb\xbftheme = "dark"\r\nbrush_radius = 3\r\n')
    loaded = load_settings()
    assert (loaded.settings.theme, loaded.settings.brush_radius, loaded.problems) == ("dark", 3, ())


def test_a_folder_in_place_of_the_file():
    (config_folder() / "settings.toml").mkdir(parents=True)
    loaded = load_settings()
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 1
    with pytest.raises(StorageError, match="could not be written"):
        save_settings(CHANGED)


def test_a_disk_that_refuses_leaves_the_old_file(monkeypatch):
    file = save_settings(CHANGED)
    before = file.read_bytes()

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device") as caught:
        save_settings(Settings())
    assert isinstance(caught.value.__cause__, OSError)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_place_that_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be written"):
        save_settings(CHANGED, tmp_path / "file" / "folder")
    assert len(load_settings(tmp_path / "file" / "folder").problems) <= 1


def test_half_letters_of_odd_paths_do_not_spoil_the_file():
    save_settings(replace(Settings(), recent_projects=("/data/caf\udce9.refseg", "/data/ok.refseg")))
    loaded = load_settings()
    assert loaded.settings.recent_projects == ("/data/caf?.refseg", "/data/ok.refseg")


SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.datetimes(timezones=st.none() | st.just(dt.UTC))
    | st.dates()
    | st.times()
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@hypothesis_settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_what_is_written_is_what_is_read(values):
    assert tomllib.loads(toml_text(values)) == values


def test_what_toml_has_no_word_for():
    with pytest.raises(TypeError, match="NoneType"):
        toml_text({"a": None})


# --- where things lie ---------------------------------------------------------------------------------------------


def test_folders_follow_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("REFSEG_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("REFSEG_DATA_DIR", str(tmp_path / "d"))
    monkeypatch.setenv("REFSEG_STATE_DIR", str(tmp_path / "s"))
    assert config_folder() == tmp_path / "c"
    assert user_data_folder() == tmp_path / "d"
    assert user_models_folder() == tmp_path / "d" / "models"
    assert log_folder() == tmp_path / "s" / "log"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not read XDG")
def test_folders_of_the_system(monkeypatch, tmp_path):
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"REFSEG_{name}_DIR", raising=False)
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    assert config_folder() == tmp_path / "CONFIG" / "refseg-annotator"
    assert user_data_folder() == tmp_path / "DATA" / "refseg-annotator"
    assert log_folder() == tmp_path / "STATE" / "refseg-annotator" / "log"
    assert not list(tmp_path.iterdir())  # asking makes no folder


@pytest.mark.parametrize(("name", "folder"), [("resources", resources_folder), ("models", models_folder)])
def test_carried_folders(monkeypatch, tmp_path, name, folder):
    package = tmp_path / "refseg_annotator"
    package.mkdir()
    (tmp_path / name).mkdir()
    monkeypatch.setattr(room, "__file__", str(package / "settings.py"))
    # Beside an installed package, a folder of that name is a stranger's.
    assert folder() == package / "_carried" / name
    (tmp_path / "pyproject.toml").write_text("")
    assert folder() == tmp_path / name
    (package / "_carried" / name).mkdir(parents=True)
    assert folder() == package / "_carried" / name
