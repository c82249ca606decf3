"""`split`: how media are dealt is tested with the service; here, that the verb reaches it and the project keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.core.annotation import Split
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import add_media, new_project, open_project
from refseg_annotator.services.jobs import SynchronousRunner


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ten photos of noise, the last a lighter copy of the first."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(9):
        # Coarse noise: photos that a perceptual hash tells apart.
        coarse = np.random.default_rng(number).integers(0, 256, (8, 8, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((96, 96), Image.Resampling.NEAREST).save(folder / f"p{number}.png")
    first = np.asarray(Image.open(folder / "p0.png")).astype(np.int64)
    Image.fromarray(np.clip(first + 6, 0, 255).astype(np.uint8)).save(folder / "p9.png")
    path = tmp_path / "work.refseg"
    session = new_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    add_media(session, [folder])
    session.close()
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["split", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def splits_of(path: Path) -> dict[str, Split]:
    session = open_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    found = {Path(medium.path).name: medium.split for medium in session.project.media.values()}
    session.close()
    return found


def test_shares_are_kept_and_copies_stay_together(project: Path) -> None:
    status, out, err = run(project, "--train", 0.6, "--val", 0.2, "--test", 0.2, "--seed", 3, "--json")
    assert status == 0, err
    record = json.loads(out)
    assert record["counts"] == {"test": 2, "train": 6, "val": 2}
    assert record["groups_alike"] == 1
    found = splits_of(project)
    assert found["p0.png"] is found["p9.png"]
    assert {Path(name).name: split for name, split in record["splits"].items()} == {
        name: split.value for name, split in found.items()
    }


def test_a_dry_run_changes_nothing_and_a_move_takes_the_copy_along(project: Path) -> None:
    assert run(project, "--dry-run")[0] == 0
    assert set(splits_of(project).values()) == {Split.NONE}
    status, out, err = run(project, "--move", "p0.png=val")
    assert status == 0, err
    assert "changed" in out
    found = splits_of(project)
    assert found["p0.png"] is found["p9.png"] is Split.VAL


@pytest.mark.parametrize("wish", ["p0.png", "p0.png=nowhere", "absent.png=val"])
def test_a_wish_that_cannot_be_fulfilled_changes_nothing(project: Path, wish: str) -> None:
    status, out, err = run(project, "--move", wish)
    assert status in (1, 2)
    assert out == ""
    assert "Traceback" not in err
    assert set(splits_of(project).values()) == {Split.NONE}


def test_a_name_that_several_media_have_moves_none_but_the_one_it_is_whole_for(project: Path) -> None:
    folder = project.parent / "photos"
    for name, seed in (("a/p0.png", 70), ("b/p8.png", 71), ("c/p8.png", 72)):
        (folder / name).parent.mkdir()
        coarse = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((96, 96), Image.Resampling.NEAREST).save(folder / name)
    (folder / "p8.png").unlink()
    project.unlink()
    session = new_project(project, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    add_media(session, [folder, folder / "a/p0.png", folder / "b/p8.png", folder / "c/p8.png"])
    session.close()
    few = ("--dry-run", "--json", "--train", 1, "--val", 0, "--test", 0)
    status, out, err = run(project, *few, "--move", "p8.png=val")
    assert (status, out) == (2, "")
    assert "2 media are called 'p8.png'; name one with its folder (b/p8.png, c/p8.png)." in err
    for name, moved in (("b/p8.png", {"b/p8.png"}), ("p0.png", {"p0.png", "p9.png"}), ("p5.png", {"p5.png"})):
        record = json.loads(run(project, *few, "--move", f"{name}=val")[1])
        assert {found for found, split in record["splits"].items() if split == "val"} == moved
        assert list(record["counts"]) == ["train", "val"], "in the order in which they are used"


def test_shares_of_nothing_are_refused(project: Path) -> None:
    status, _, err = run(project, "--train", 0, "--val", 0, "--test", 0)
    assert status in (1, 2)
    assert "shares" in err
