"""Sentences tell counts through `number_of`: no "1 frames" anywhere, and one rule of what the singular is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import refseg_annotator

PACKAGE = Path(refseg_annotator.__file__).parent
COUNTED = re.compile(
    r" (?:frames|files|masks|clips|photos|pictures|media|referents|expressions|phrases|sentences|fields|entries|points"
    r"|rows|lines|folders|cuts|sequences|cores|groups)\b"
)
# Those that are never one: limits, and what is said only of several.
ALWAYS_SEVERAL = {
    "cli/propagate.py": "on any of the {} frames asked",
    "core/annotation.py": "cannot have {} frames",
    "media/video_index.py": "has more than {} frames",
    "services/batch_plan.py": "is the name of {} media",
    "services/documents.py": "Add {} media",
    "services/folder_clips.py": "The {} pictures of",
    "training/card.py": "steps of {} photos",
    "training/video_evaluator.py": "{} frames a second",  # with a decimal
    "services/propagate.py": "{} frames {} to {}",  # "Propagate frames 3 to 9"
}


def _texts(tree: ast.AST) -> list[tuple[int, str]]:
    """The f-strings of a module, their gaps empty."""
    return [
        (
            node.lineno,
            "".join(str(part.value) if isinstance(part, ast.Constant) else _gap(part) for part in node.values),
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    ]


def _gap(part: ast.AST) -> str:
    told = part.value if isinstance(part, ast.FormattedValue) else part
    is_word = isinstance(told, ast.Call) and getattr(told.func, "id", "") == "number_of"
    # What is shown with !r is a name, and no number.
    return "{word}" if is_word or getattr(part, "conversion", -1) == ord("r") else "{}"


def test_counts_agree_with_their_number() -> None:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for line, text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            for hit in COUNTED.finditer(text):
                if text[: hit.start()].endswith("{}") and ALWAYS_SEVERAL.get(name, "\0") not in text:
                    found[f"{name}:{line}"] = text
    assert not found
