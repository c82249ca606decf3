"""Broken and hostile files: refused in one sentence, nothing written, nothing run.

The suite takes a short form; `REFSEG_FUZZ=10000` sets the number of broken inputs.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import Format, ReadOptions, no_progress
from tests.formats.examples import READABLE, make_example

INPUTS = int(os.environ.get("REFSEG_FUZZ", "560"))
_JUNK = [
    None,
    True,
    -1,
    0,
    2**40,
    2**70,
    1.5,
    float("1e300"),
    "",
    "../../x",
    "/etc/passwd",
    "..\\x",
    "\u0000",
    [],
    {},
    [[]],
    [None],
]


def text_files(folder: Path) -> list[Path]:
    suffixes = {".json", ".txt", ".csv", ".p", ".h5", ".mat", ".png", ".jsonl"}
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes and "transfer-report" not in path.name)


def break_bytes(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    match rng.randrange(5):
        case 0:
            data = data[: rng.randrange(len(data) + 1)]
        case 1:
            for _ in range(rng.randrange(1, 8)):
                if data:
                    data[rng.randrange(len(data))] = rng.randrange(256)
        case 2:
            place = rng.randrange(len(data) + 1)
            data[place:place] = rng.randbytes(rng.randrange(1, 40))
        case 3:
            data = bytearray(rng.randbytes(rng.randrange(200)))
        case _:
            data = data + data
    path.write_bytes(bytes(data))


def _places(value: object, path: tuple = ()) -> Iterator[tuple]:
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from _places(value[key], (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, (*path, number))


def break_json(path: Path, rng: random.Random) -> None:
    """One value becomes another, goes, or comes twice."""
    value = json.loads(path.read_text(encoding="utf-8"))
    places = [place for place in _places(value) if place]
    if not places:
        path.write_text(json.dumps(rng.choice(_JUNK)))
        return
    *way, last = rng.choice(places)
    holder = value
    for key in way:
        holder = holder[key]
    match rng.randrange(3):
        case 0:
            holder[last] = rng.choice(_JUNK)
        case 1:
            del holder[last]
        case _:
            other = rng.choice(places)
            found = value
            for key in other:
                found = found[key]
            holder[last] = json.loads(json.dumps(found))
    path.write_text(json.dumps(value), encoding="utf-8")


def read_all(form: Format, folder: Path) -> None:
    """Read a folder to the last mask."""
    dataset = form.read(folder, ReadOptions(), no_progress)
    for medium in dataset.media:
        for annotation in dataset.load(medium.id):
            assert annotation.mask.size == medium.size
            assert 0 <= annotation.frame < medium.frame_count


@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_every_broken_input_is_refused_in_one_sentence(form: Format, tmp_path: Path) -> None:
    example = make_example(form.name, tmp_path / "example")
    read_all(form, example)
    before = _tree(tmp_path)
    rng = random.Random(form.name)
    refused = 0
    rounds = max(1, INPUTS // len(READABLE))
    work = tmp_path / "work"
    files = [path.relative_to(example) for path in text_files(example)]
    for _ in range(rounds):
        shutil.copytree(example, work)
        try:
            victim = work / rng.choice(files)
            if victim.suffix == ".json" and rng.random() < 0.7:
                break_json(victim, rng)
            else:
                break_bytes(victim, rng)
            if rng.random() < 0.05:
                victim.unlink()
            broken = _tree(work)
            try:
                read_all(form, work)
            except FormatError as error:
                refused += 1
                sentence = str(error)
                assert sentence.endswith("."), sentence
                assert "\n" not in sentence, sentence
                assert len(sentence) < 1500, sentence
            assert _tree(work) == broken
        finally:
            shutil.rmtree(work)
    assert refused, "not one broken input was noticed"
    assert _tree(tmp_path) == before


def _tree(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
