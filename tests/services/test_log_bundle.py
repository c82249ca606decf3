"""The zip for bug reports: all that helps, nobody's name."""

from __future__ import annotations

import getpass
import json
import logging
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from refseg_annotator import settings
from refseg_annotator.errors import UsageError
from refseg_annotator.services.log_bundle import LOG_FILE, end_log, keep_log, scrubbed, write_bundle

TELLING = [
    ("'/home/ada/photos of us/beach.jpg' cannot be read", ["ada", "photos", "us", "beach"], ".jpg"),
    ("There is no 'C:\\Users\\Ada Lovelace\\dog.png'; check the name.", ["Ada", "Lovelace", "dog"], ".png"),
    ("cannot open /home/ada/beach.mp4: no such file", ["ada", "beach"], ".mp4"),
    ("reading \\\\nas\\ada\\clip.avi failed", ["nas", "ada", "clip"], ".avi"),
    ("reading file:///home/ada/a.tif failed", ["ada"], ".tif"),
    ("the phrase 'my neighbour Bob' has unknown words", ["neighbour", "Bob"], "unknown words"),
    ("the phrase \"it's Bob's dog\" has unknown words", ["Bob", "dog"], "unknown words"),
    ("mail ada.lovelace@example.org for more", ["ada", "example"], "<address>"),
    ("~/secret.refseg is open", ["secret"], ".refseg"),
    ("../up/secret.refseg is open", ["up", "secret"], ".refseg"),
]


@pytest.mark.parametrize(("line", "hidden", "kept"), TELLING)
def test_names_and_words_go_and_the_matter_stays(line: str, hidden: list[str], kept: str) -> None:
    plain = scrubbed(line)
    assert kept in plain
    for word in hidden:
        assert word not in plain


def test_a_traceback_still_says_where() -> None:
    text = (
        "Traceback (most recent call last):\n"
        '  File "/home/ada/work/refseg_annotator/core/mask.py", line 12, in crop\n'
        '  File "/home/ada/.venv/lib/python3.11/site-packages/numpy/core.py", line 3, in f\n'
        '  File "/home/ada/my secret script.py", line 1, in <module>\n'
    )
    plain = scrubbed(text)
    assert 'File "refseg_annotator/core/mask.py", line 12, in crop' in plain
    assert "site-packages/numpy/core.py" in plain
    assert "ada" not in plain
    assert "secret" not in plain


def test_the_names_of_user_and_computer_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "lovelace")
    monkeypatch.setattr(socket, "gethostname", lambda: "engine.example.org")
    plain = scrubbed("user Lovelace on engine.example.org (engine) did it; lovelaces stay")
    assert plain == "user <name> on <name> (<name>) did it; lovelaces stay"


@pytest.fixture
def log() -> Iterator[logging.Handler]:
    handler = keep_log()
    assert handler is not None
    yield handler
    end_log(handler)
    assert handler not in logging.getLogger("refseg_annotator").handlers


def test_the_zip_holds_versions_log_and_findings(
    log: logging.Handler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "lovelace")
    logging.getLogger("refseg_annotator.ui").info("opened %r by %s", "/home/lovelace/a.refseg", "Lovelace")
    log.flush()
    changed = settings.Settings(author="Ada Lovelace", theme="light").with_recent_project(
        Path("/home/lovelace/b.refseg")
    )
    settings.save_settings(changed)
    place = tmp_path / "report.zip"
    names = write_bundle(place, {"findings": [{"subject": "user data", "sentence": "Kept in /home/lovelace/x."}]})
    with zipfile.ZipFile(place) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert list(texts) == names
    assert "opened <words .refseg> by <name>" in texts[LOG_FILE]
    assert json.loads(texts["machine.json"])["packages"]["numpy"]
    assert json.loads(texts["settings.json"]) == {"theme": "light", "recent_projects": "1 entry"}
    assert json.loads(texts["doctor.json"])["findings"][0]["sentence"] == "Kept in <path>"
    assert not any("lovelace" in text.lower() for text in texts.values())


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    write_bundle(tmp_path / "a.zip")
    with pytest.raises(UsageError, match="exists already"):
        write_bundle(tmp_path / "a.zip")
    with pytest.raises(UsageError, match="choose another folder"):
        write_bundle(tmp_path / "no" / "a.zip")


def test_a_log_that_cannot_be_kept_stops_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REFSEG_STATE_DIR", str(tmp_path / "file"))
    assert keep_log() is None
