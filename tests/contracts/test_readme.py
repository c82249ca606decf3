"""The README's commands are commands, its links lead somewhere, and its table of dependencies is the project's."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer

from refseg_annotator.cli import app
from refseg_annotator.cli.entry import GROUPS, VERBS, with_verb

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    part.strip()
    for block in BLOCKS
    for line in block.replace("\\\n", " ").splitlines()
    for part in line.split("&&")
    if part.strip().startswith("refseg-annotator")
]


def test_the_two_commands_stand_there_as_promised() -> None:
    assert "python -m pip install . && refseg-annotator demo" in README
    assert 'python -m pip install ".[test]" && python -m pytest' in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command: str) -> None:
    words = with_verb(shlex.split(command, comments=True)[1:])
    group = typer.main.get_command(app)
    context = group.make_context("refseg-annotator", list(words))
    while hasattr(group, "resolve_command"):
        name, group, words = group.resolve_command(context, words)
        # Parsing alone: nothing is run.
        context = group.make_context(name, list(words), parent=context)
        words = context.args if not hasattr(group, "resolve_command") else words
    assert context.info_name


@pytest.mark.parametrize("verb", [*VERBS, *GROUPS])
def test_every_verb_is_told_of(verb: str) -> None:
    assert re.search(rf"\b{verb}\b", README), f"the README does not mention {verb}"


@pytest.mark.parametrize("place", re.findall(r"\]\(((?!https?:)[^)#]+)\)", README))
def test_every_local_link_leads_somewhere(place: str) -> None:
    assert (ROOT / place).exists()


def test_every_dependency_has_its_line() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    required = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    names = {re.split(r"[<>=\[; ]", one)[0] for one in required} - {"refseg-annotator", "hatchling"}
    table = README[README.index("### Dependencies") :]
    assert not {name for name in names if name.lower() not in table.lower()}
