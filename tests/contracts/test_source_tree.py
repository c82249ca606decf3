"""House rules that no linter knows: no odds-and-ends drawers, no over-long modules."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "refseg_annotator").rglob("*.py"))
REFUSED = ("utils", "util", "helpers", "helper", "common", "manager", "managers", "controller", "misc")
LONGEST = 450
"""Lines; the design says to split a module by noun at about 400."""


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        for part in path.relative_to(ROOT).with_suffix("").parts
        if part in REFUSED or part.rpartition("_")[2] in REFUSED
    ]
    assert not offenders


def test_modules_stay_readable() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_no_draft_is_marked_past_the_session() -> None:
    """A project is changed by edits and by its session; a mark on it that the session does not know is neither."""
    past = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "project.draft_on(" in path.read_text(encoding="utf-8") and path.name != "session.py"
    ]
    assert not past


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]
    assert not silent
