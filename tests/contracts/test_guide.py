"""The guide's commands run, its links lead to pages, its table of limits is the program's."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.cli.entry import with_verb
from tests.training import tiny
from tests.training.made_photos import LEFT_RED, TWO_CARS, write_tree

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "resources" / "guide").glob("*.md"))}
BLOCK = re.compile(r"```(\S+)[ ]?(\w*)\n(.*?)```", re.DOTALL)
"""Language, what to do with it, text. Without a word it is run; `parsed` opens a window and is only understood; `fails`
ends with a sentence; `slow` is run, and takes long."""


def commands(page: str, *ways: str) -> list[tuple[str, str]]:
    """The commands of a page with how each is to be tried, in order."""
    return [
        (way, line.strip())
        for language, way, text in BLOCK.findall(PAGES[page])
        if language == "sh" and (not ways or way in ways)
        for line in text.replace("\\\n", " ").splitlines()
        if line.strip()
    ]


def test_the_guide_tells_of_all_that_was_promised() -> None:
    assert set(PAGES) == {
        "decisions",
        "extending",
        "first-project",
        "formats",
        "limits",
        "models",
        "review",
        "shortcuts",
        "training",
        "troubleshooting",
        "video",
    }
    for page, text in PAGES.items():
        assert text.startswith("# "), page
        assert {language for language, _, _ in BLOCK.findall(text)} <= {"sh"}, page
        for target in re.findall(r"\]\(((?!https?:)[^)]+)\)", text):
            assert target.removesuffix(".md") in PAGES, (page, target)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_understood(page: str) -> None:
    for _, line in commands(page):
        words = shlex.split(line, comments=True)
        assert words[0] == "refseg-annotator", line
        group = typer.main.get_command(app)
        words = with_verb(words[1:])
        context = group.make_context("refseg-annotator", list(words))
        while hasattr(group, "resolve_command"):
            name, group, words = group.resolve_command(context, words)
            context = group.make_context(name, list(words), parent=context)
            words = context.args if not hasattr(group, "resolve_command") else words


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the guide takes for granted: a photo, a folder of photos, a clip."""
    from skimage import data

    from tests.media.clips import Recipe, make_clip

    folder = tmp_path_factory.mktemp("world")
    (folder / "photos").mkdir()
    Image.fromarray(data.chelsea()).save(folder / "photo.jpg")
    Image.fromarray(data.chelsea()).save(folder / "photos" / "cat.jpg")
    Image.fromarray(data.coffee()).save(folder / "photos" / "cup.jpg")
    Image.fromarray(np.asarray(data.astronaut())[:, ::-1].copy()).save(folder / "photos" / "person.jpg")
    make_clip(folder / "clip.mp4", Recipe("mp4", "mpeg4", count=12))
    return folder


@pytest.fixture
def here(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "here"
    shutil.copytree(world, place)
    monkeypatch.chdir(place)
    return place


def run(line: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, with_verb(shlex.split(line, comments=True)[1:]))
    return result.exit_code, f"{line}\n{result.stdout}{result.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page, "", "fails")])
def test_every_command_runs_in_the_order_of_its_page(page: str, here: Path) -> None:
    for way, line in commands(page, "", "fails"):
        status, told = run(line)
        if way == "fails":
            assert status in (1, 2), told
        elif " validate " in line:
            # Made photos may look alike or bear doubtful phrases: to be told so is what the verb is for.
            assert status in (0, 1, 2), told
            assert "mistake in the program" not in told
        elif " doctor" in line:
            assert "mend" in told or status == 0, told
        else:
            assert status == 0, told


RECIPE = """
name = "made"
configuration = "tiny"
summary = "A test's."
steps = 12
batch = 2
warmup = 1
freeze_encoder_steps = 1
frozen_parts = ["body.conv_stem"]
start = false
workers = 0

[[data]]

[sampling]
phrases = 3

[vocabulary]
glove_words = 0
"""


@pytest.mark.slow
def test_the_page_on_training_trains(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from refseg_annotator.nn.registry import CONFIGURATIONS

    monkeypatch.setitem(CONFIGURATIONS, tiny.TINY, tiny.tiny_configuration())
    write_tree(here / "made", {"train": [LEFT_RED, TWO_CARS], "val": [LEFT_RED, TWO_CARS]})
    (here / "recipe.toml").write_text(RECIPE)
    for _, line in commands("training", "slow"):
        status, told = run(line)
        assert status == 0, told
    assert (here / "my-model").is_dir()


LIMITS = {
    "pixels of a picture": ("media.image_decoding", "MAX_PIXELS"),
    "bytes of a picture's file": ("media.image_decoding", "MAX_FILE_BYTES"),
    "pixels of a clip's frame": ("media.video_container", "MAX_FRAME_PIXELS"),
    "frames of a clip": ("media.video_index", "MAX_FRAMES"),
    "letters of a phrase that are kept": ("services.annotate", "LONGEST_RECORDED"),
    "letters of a phrase that the model reads": ("text", "LONGEST_PHRASE"),
    "bytes of masks of one medium in memory, as code": ("storage.project_store", "MOST_MASK_BYTES"),
    "pixels of a mask in a project file": ("storage.rows", "MOST_PIXELS"),
    "bytes of a data set's file": ("formats.files", "LARGEST_FILE"),
    "bytes of a model's weights": ("services.model_download", "LARGEST_FILE"),
    "bytes of a model's configuration or card": ("bundle_files", "LARGEST_TEXT"),
    "redirects that a download follows": ("services.model_download", "_MOST_REDIRECTS"),
}


def test_the_limits_told_are_those_that_hold() -> None:
    from importlib import import_module

    told = dict(re.findall(r"^\| (.+?) \| ([\d,]+(?: [GM]B)?)(?: \(.+\))? \|$", PAGES["limits"], re.MULTILINE))
    assert set(told) == set(LIMITS)
    for what, (module, name) in LIMITS.items():
        number, _, unit = told[what].partition(" ")
        value = int(number.replace(",", "")) << {"": 0, "MB": 20, "GB": 30}[unit]
        assert value == getattr(import_module(f"refseg_annotator.{module}"), name), what
