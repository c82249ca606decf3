"""The short form of `python -m tests.hostile`: a fixed number of bent inputs at every reader."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.hostile import __main__ as fuzzing
from tests.hostile.targets import TARGETS, Target

INPUTS = {"clips": 60, "data-sets": 60, "configurations": 100}
"""Where an input costs many milliseconds, fewer; the large run counts tens of thousands."""


@pytest.mark.parametrize("name", TARGETS)
def test_every_reader_survives_bent_inputs(name: str, tmp_path: Path) -> None:
    row, problems = fuzzing.attack(TARGETS[name], tmp_path / name, INPUTS.get(name, 150), seed=1)
    assert problems == []
    assert row["inputs"] == INPUTS.get(name, 150)
    assert row["refused"] > 0
    assert row["refused"] < row["inputs"] or not TARGETS[name].takes_some


def test_a_clip_in_which_damage_makes_a_stream_begin_midway_is_told_of(tmp_path: Path) -> None:
    try_one = TARGETS["clips"].make(tmp_path)
    assert try_one(random.Random("2 clips 231"))


def test_a_mistake_is_counted_and_can_be_had_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def make(_folder: Path):
        def once(dice):
            if dice.random() < 0.2:
                raise KeyError("not a sentence")
            return dice.random() < 0.5

        return once

    monkeypatch.setitem(TARGETS, "broken", Target("broken", "a broken reader", make))
    monkeypatch.setattr("sys.argv", ["fuzz", "broken", "--inputs", "50", "--json", "-"])
    assert fuzzing.main() == 1
    record = json.loads(capsys.readouterr().out)
    assert 0 < record["mistakes"] < 50
    assert record["inputs"] == 50
    assert "dice '0 broken " in record["problems"][0]
    assert "KeyError" in record["problems"][0]
