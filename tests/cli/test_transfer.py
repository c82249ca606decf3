"""`import`, `export` and `convert`: what the formats do is tested with them; here, that the verbs hand it on whole."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.cli.choices import FORMATS_READ, FORMATS_WRITTEN
from refseg_annotator.formats.registry import readable, writable
from refseg_annotator.storage.faults import of_disk
from refseg_annotator.storage.project_store import ProjectStore


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.stdout, result.stderr


def coco_of(folder: Path) -> dict[str, Any]:
    (file,) = folder.rglob("instances*.json")
    return json.loads(file.read_text())


def test_in_and_out_again(refer_folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "squares.refseg"
    status, out, err = run("import", refer_folder, project, "--json")
    assert status == 0, err
    assert json.loads(out)["written"]
    with ProjectStore.open(project) as store:
        loaded = store.load()
    assert sorted(expression.text for expression in loaded.expressions.values()) == [
        "the blue square",
        "the green square",
        "the red square",
    ]
    status, out, err = run("export", project, tmp_path / "coco", "--to", "coco")
    assert status == 0, err
    assert "1 " in out
    exported = coco_of(tmp_path / "coco")
    assert sorted(annotation["area"] for annotation in exported["annotations"]) == [600, 600]


def test_convert_needs_no_project(refer_folder: Path, tmp_path: Path) -> None:
    status, out, err = run("convert", refer_folder, tmp_path / "coco", "--to", "coco", "--media", "none", "--json")
    assert status == 0, err
    assert len(coco_of(tmp_path / "coco")["annotations"]) == 2
    assert not list((tmp_path / "coco").rglob("*.png"))
    assert {"written", "dropped", "changed"} <= set(json.loads(out))


def test_every_verb_says_where_it_wrote(refer_folder: Path, tmp_path: Path) -> None:
    """Above all an import, which gives a name without it the suffix of projects."""
    place = tmp_path / "squares.refseg"
    assert run("import", refer_folder, tmp_path / "squares")[1].splitlines()[-1] == f"Written: {place}"
    assert place.is_file()
    assert json.loads(run("import", refer_folder, tmp_path / "squares", "--json")[1])["path"] == str(place)
    for verb, source in (("export", place), ("convert", refer_folder)):
        out = tmp_path / verb
        assert run(verb, source, out, "--to", "coco")[1].splitlines()[-1] == f"Written: {out}"
        assert (out / "annotations").is_dir()


def test_an_import_into_an_existing_project_adds(refer_folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "squares.refseg"
    assert run("import", refer_folder, project)[0] == 0
    before = project.read_bytes()
    (refer_folder / "refs_val.json").write_text("[{")
    status, out, err = run("import", refer_folder, project)
    assert (status, out) == (1, "")
    assert "refs_val.json" in err.splitlines()[-1]
    assert project.read_bytes() == before


def test_a_failed_import_leaves_no_new_project(refer_folder: Path, tmp_path: Path) -> None:
    (refer_folder / "instances_val.json").write_text("{")
    status, _, err = run("import", refer_folder, tmp_path / "squares.refseg")
    assert status == 1
    assert "instances_val.json" in err.splitlines()[-1]
    assert not list(tmp_path.glob("squares*"))


def test_a_full_disk_leaves_no_new_project_and_promises_nothing(
    refer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(store: ProjectStore, _snapshot: object) -> None:
        raise of_disk(store.path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    monkeypatch.setattr(ProjectStore, "write", refuse)
    status, out, err = run("import", refer_folder, tmp_path / "squares.refseg")
    assert (status, out) == (1, "")
    assert err.splitlines()[-1] == (
        "The disk is full, so 'squares.refseg' could not be saved; free some space and run the command again: what it "
        "had not saved yet is lost."
    )
    assert not list(tmp_path.glob("squares*"))


@pytest.mark.parametrize(
    "arguments", [("import", "{data}", "{out}", "--from", "cocoo"), ("convert", "{data}", "{out}", "--to", "cocoo")]
)
def test_an_unknown_format_is_wrong_use_and_lists_the_known(
    refer_folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    status, out, err = run(*(word.format(data=refer_folder, out=tmp_path / "out") for word in arguments))
    assert (status, out) == (2, "")
    assert "refcoco" in err
    assert "coco" in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.glob("out*"))


def test_a_folder_that_is_no_data_set(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    status, _, err = run("import", tmp_path / "photos", tmp_path / "new.refseg")
    assert status == 1
    assert "photos" in err
    assert not (tmp_path / "new.refseg").exists()


@pytest.mark.parametrize("verb", ["export", "convert"])
def test_what_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path, verb: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    for name, to, status, words in (
        ("out", "xyz", 2, "no format 'xyz'"),
        ("out", "phrasecut", 2, "is only read"),
        ("full", "coco", 1, "is not empty"),
    ):
        found, out, err = run(verb, tmp_path / "nowhere", tmp_path / name, "--to", to)
        assert (found, out) == (status, "")
        assert words in err


def test_what_is_no_data_set_is_said_as_what_it_is(refer_folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "squares.refseg"
    assert run("import", refer_folder, project)[0] == 0
    (tmp_path / "empty.json").touch()
    (tmp_path / "empty").mkdir()
    for source, words in (
        (project, "is a project"),
        (tmp_path / "empty.json", "is empty"),
        (tmp_path / "empty", "is empty"),
    ):
        status, _, err = run("import", source, tmp_path / "other.refseg")
        assert status == 1
        assert words in err
        assert not (tmp_path / "other.refseg").exists()
    status, _, err = run("import", refer_folder, tmp_path / "nowhere" / "other.refseg")
    assert status == 1
    assert err == f"The folder {str(tmp_path / 'nowhere')!r} does not exist; make it first, or choose another place.\n"


@pytest.mark.parametrize("verb", ["import", "convert", "validate"])
def test_options_that_would_be_passed_over_are_wrong_use(refer_folder: Path, tmp_path: Path, verb: str) -> None:
    place = () if verb == "validate" else (tmp_path / "out",)
    to = ("--to", "coco") if verb == "convert" else ()
    status, _, err = run(verb, refer_folder, *place, *to, "--image-root", tmp_path / "nowhere")
    assert (status, err) == (
        2,
        f"There is no folder {str(tmp_path / 'nowhere')!r} of photos or frames; check the path.\n",
    )
    (tmp_path / "coco.json").write_text('{"images": [], "annotations": []}')
    status, _, err = run(verb, tmp_path / "coco.json", *place, *to, "--by", "me")
    assert status == 2
    assert "leave --by out" in err


def test_helps_and_readme_name_the_formats_that_are_read_and_written() -> None:
    read, written = [form.name for form in readable()], [form.name for form in writable()]
    assert FORMATS_READ.split(", ") == read
    assert FORMATS_WRITTEN.split(", ") == written
    assert [name for name in written if name not in read] == written[-5:], "the help says the last five"
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    paragraph = readme[readme.index("Read and written are") : readme.index("`validate` lists")]
    both, only_read, only_written = (set(re.findall("`([a-z0-9-]+)`", part)) for part in paragraph.split(";"))
    assert both == set(read) & set(written)
    assert only_read == set(read) - set(written)
    assert only_written == set(written) - set(read)
