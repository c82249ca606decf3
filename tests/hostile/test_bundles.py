"""Bundles made to harm the loader itself: lies about the network's shape cost a sentence, not the memory."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import read_bundle
from refseg_annotator.settings import models_folder
from tests.hostile.bounded import has_bounds, run_bounded

VALUES: list[Any] = [None, -1, 0, 1, 2**31, 2**62, 10**30, 1e308, "", "x", "../../x", True, [], {}, [[]], "pickle"]

LOADER = """
from pathlib import Path
import torch
torch.set_num_threads(1)
from refseg_annotator.errors import BundleError
from refseg_annotator.nn.checkpoint import load_bundle
bound(3000)
for folder in sorted(Path(sys.argv[1]).iterdir()):
    try:
        load_bundle(folder)
    except BundleError as error:
        assert chr(10) not in str(error), str(error)
        print("told", folder.name)
    else:
        print("loaded", folder.name)
print("peak", peak())
"""


def _places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in inside for place in [(*path, key), *_places(inner, (*path, key))]]


def bent_configuration(config: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    bent = json.loads(json.dumps(config))
    place = dice.choice([place for place in _places(bent) if place[0] not in ("training", "scores")])
    inner = bent
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = dice.choice(VALUES)
    return bent


@pytest.mark.skipif(not has_bounds(), reason="this system does not tell how much memory is mapped")
def test_the_loader_believes_no_configuration(tmp_path: Path) -> None:
    sound = models_folder() / "cmsa-lite"
    config = json.loads((sound / "config.json").read_text(encoding="utf-8"))
    dice = random.Random(8)
    for number in range(40):
        folder = tmp_path / "bundles" / f"{number:03}"
        folder.mkdir(parents=True)
        for name in ("vocabulary.txt", "weights.safetensors"):
            (folder / name).symlink_to(sound / name)
        (folder / "config.json").write_text(json.dumps(bent_configuration(config, dice)))
    lines = run_bounded(LOADER, str(tmp_path / "bundles")).strip().splitlines()
    assert sum(line.startswith("told") for line in lines) > 13
    assert int(lines[-1].split()[1]) < 1500


def test_the_reader_of_configurations_takes_any_bytes(tmp_path: Path) -> None:
    sound = models_folder() / "cmsa-lite"
    folder = tmp_path / "m"
    shutil.copytree(sound, folder)
    plain = (sound / "config.json").read_bytes()
    dice, sentences = random.Random(9), []
    for _ in range(200):
        data = bytearray(plain)
        for _ in range(dice.randint(1, 5)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        (folder / "config.json").write_bytes(data[: dice.randint(0, len(data))] if dice.random() < 0.3 else data)
        try:
            read_bundle(folder)
        except BundleError as error:
            sentences.append(str(error))
    assert len(sentences) > 50
    assert not any("\n" in sentence for sentence in sentences)
