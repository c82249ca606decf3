"""The catalogues of the window's texts: gather, compile, check.

    python packaging/translations.py update            gather all texts into resources/translations/*.ts, compile them
    python packaging/translations.py check             what is untranslated or written past `tr`; status 1 if any
    python packaging/translations.py fill FILE.json    put translations in: {"English": {"de": "...", "zh_CN": "..."}}

The .ts files open in Qt Linguist; the compiled .qm files lie beside them and travel in the wheel. A text reaches the
catalogues through `tr("...")`, `tr_count` and `later`, from the tables of actions and settings, and from constants of
the window's modules.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "refseg_annotator" / "ui"
SERVICES = ROOT / "refseg_annotator" / "services"
CORE = ROOT / "refseg_annotator" / "core"
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "refseg"
LANGUAGES = ("de", "zh_CN")

# Rooms whose sentences reach the window; the formats speak of the insides of files, in English as the files are.
TOLD = ("core", "services", "storage", "media", "inference")
NOT_IN_WINDOW = {"batch_cluster"}
# Raised at programmers.
NOT_TOLD = {
    "ValueError",
    "TypeError",
    "KeyError",
    "IndexError",
    "NotImplementedError",
    "RuntimeError",
    "AttributeError",
}
# Calls whose argument of that place is a sentence for people.
SENTENCE_AT: dict[str, tuple[int, ...]] = {"Skipped": (1,), "progress": (2,), "Problem": (2,), "item": (3,)}
_TITLE = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,6}")
_GAP = re.compile(r"\{\d+\}")

# Methods and makers of widgets whose argument of that place is read by people.
VISIBLE = {
    "QLabel": 0, "QPushButton": 0, "QCheckBox": 0, "QRadioButton": 0, "QGroupBox": 0, "QMenu": 0, "QToolBar": 0,
    "setText": 0, "setToolTip": 0, "setPlaceholderText": 0, "setAccessibleName": 0, "setAccessibleDescription": 0,
    "setWindowTitle": 0, "setTitle": 0, "addTab": 1, "addRow": 0, "addItem": 0, "addMenu": 0, "setSuffix": 0,
    "setPrefix": 0, "say": 0, "setTabText": 1, "setInformativeText": 0, "setSpecialValueText": 0, "set_waiting": 0,
    "getOpenFileName": 1, "getSaveFileName": 1, "getExistingDirectory": 1, "getOpenFileNames": 1,
}  # fmt: skip
# Names, formats and marks that are the same in every language.
UNTRANSLATED = frozenset(
    {
        "RefSeg Annotator",
        "labelme",
        "CVAT",
        "GrabCut",
        "TOML (*.toml)",
        "Ctrl",
        "Shift",
        "Alt",
        "Enter",
        " px",
        "English",
    }
    | {"Deutsch", "简体中文"}
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"[a-z][\w.-]*|[A-Z][a-z]+[A-Z]\w*|(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S+|[\w./-]*\.\w+|#\w+|\W*|[A-Z_]+")


def texts() -> dict[str, str]:
    """Every text for the catalogues, and where it was found first."""
    found: dict[str, str] = {}
    for path in sorted(UI.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(ROOT).as_posix()
        # The tables of actions are read as tables: their literals are keys and names of icons as well.
        words = [] if path.stem.endswith(("_table", "_actions", "_presets", "_row")) else _constants(tree)
        for text, line in [*_marked(tree), *words]:
            if text not in UNTRANSLATED:
                found.setdefault(text, f"{place}:{line}")
    for text, place in sentences().items():
        found.setdefault(text, place)
    for path in sorted([*SERVICES.glob("*.py"), *CORE.glob("*.py")]):
        for text, line in _edit_titles(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, f"{path.relative_to(ROOT).as_posix()}:{line}")
    sys.path.insert(0, str(ROOT))
    from refseg_annotator.formats.base import Loss
    from refseg_annotator.formats.registry import FORMATS
    from refseg_annotator.inference.propagation_drift import DriftSign
    from refseg_annotator.services.statistics import SINGULAR
    from refseg_annotator.settings import SETTINGS, Group
    from refseg_annotator.ui.actions.action_table import ACTIONS, Menu

    tables = [row.title for row in ACTIONS] + [row.tip for row in ACTIONS] + [menu.value for menu in Menu]
    tables += [row.label for row in SETTINGS if row.group] + [row.unit for row in SETTINGS]
    tables += [row.help for row in SETTINGS]
    tables += [group.value for group in Group]
    tables += [form.summary for form in FORMATS] + [loss.value for loss in Loss]
    tables += [sign.sentence for sign in DriftSign]
    tables += [*SINGULAR, *SINGULAR.values()]
    # Names of data sets are the same everywhere; what is said beside them is not.
    tables += [form.title for form in FORMATS if re.search(r"\b[a-z]{4,}", form.title)]
    tables += [choice for row in SETTINGS if row.group and row.key not in ("language",) for choice in row.choices]
    for text in tables:
        if text and text not in UNTRANSLATED and _WORD.search(text):
            found.setdefault(text, "the tables of actions and settings")
    return dict(sorted(found.items()))


def sentences() -> dict[str, str]:
    """Templates of the sentences that come from below the window, and where each was found first.

    What is raised, or returned for others to raise, and what is handed over as `sentence=`, `note=` or `detail=`; gaps
    are numbered, `{1}` and so on.
    """
    found: dict[str, str] = {}
    package = ROOT / "refseg_annotator"
    paths = sorted(path for room in TOLD for path in (package / room).rglob("*.py"))
    for path in [*paths, package / "settings.py", package / "bundle_files.py"]:
        if path.stem in NOT_IN_WINDOW:
            continue
        for text, line in _said(ast.parse(path.read_text(encoding="utf-8"))):
            if len(_GAP.sub("", text).split()) >= 2 and text not in UNTRANSLATED:
                found.setdefault(text, f"{path.relative_to(ROOT).as_posix()}:{line}")
        for text, line in _counts(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, f"{path.relative_to(ROOT).as_posix()}:{line}")
    put_together = ("mean {1}", "median {1}", "median {1} s", "frame {1}", "{1} MB", "{1} of {2} MB")
    found |= dict.fromkeys(put_together, "refseg_annotator/services")
    return found


def _said(tree: ast.AST) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(tree):
        raised = node.exc if isinstance(node, ast.Raise) else node.value if isinstance(node, ast.Return) else None
        if isinstance(raised, ast.Call):
            name = getattr(raised.func, "id", None) or getattr(raised.func, "attr", "")
            if name.endswith("Error") and name not in NOT_TOLD and raised.args:
                found += _templates_of(raised.args[0])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("words", "sentence"):
            found += _templates_of(node.value)
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg in ("sentence", "note", "detail"):
                    found += _templates_of(keyword.value)
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            for place in SENTENCE_AT.get(name, ()):
                if place < len(node.args):
                    found += _templates_of(node.args[place])
    return found


def _counts(tree: ast.AST) -> list[tuple[str, int]]:
    """What `number_of` may put into a sentence: "{1} frames", and "1 frame"."""
    sys.path.insert(0, str(ROOT))
    from refseg_annotator.core.counting import number_of

    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "number_of" and len(node.args) == 2:
            for text, line in _literals(node.args[1]):
                found += [(f"{{1}} {text}", line), (number_of(1, text), line)]
    return found


def _templates_of(node: ast.expr) -> list[tuple[str, int]]:
    """The templates that an expression may make: of an f-string one, of a choice two."""
    if isinstance(node, ast.IfExp):
        return _templates_of(node.body) + _templates_of(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [(node.value, node.lineno)]
    if isinstance(node, ast.JoinedStr):
        count, text = 0, ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value)
            else:
                count += 1
                text += f"{{{count}}}"
        return [(text, node.lineno)]
    return []


def _marked(tree: ast.AST) -> list[tuple[str, int]]:
    """What stands in `tr`, `tr_count` and `later`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            places = {"tr": [0], "later": [0], "say": [0], "tr_count": [1, 2]}.get(node.func.id, [])
            for place in places:
                if place < len(node.args):
                    found += _literals(node.args[place])
    return found


def _literals(node: ast.expr) -> list[tuple[str, int]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [(node.value, node.lineno)] if node.value else []
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    if isinstance(node, ast.BoolOp):  # "help or a word that stands for it"
        return [found for value in node.values for found in _literals(value)]
    return []


def _constants(tree: ast.Module) -> list[tuple[str, int]]:
    """Texts in the constants of a module and its classes: tables of words, translated where they are shown."""
    found = []
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            skipped = _not_words(statement.value)
            for node in ast.walk(statement.value):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                    text = node.value
                    is_code = _CODE.fullmatch(text) or any(mark in text for mark in ("<", "/x-", "(?"))
                    if _WORD.search(text) and not is_code:
                        found.append((text, node.lineno))
    return found


def _not_words(value: ast.expr) -> set[int]:
    """Parts of an expression that nobody reads: type hints, and f-strings, which cannot be looked up."""
    skipped: set[int] = set()
    for node in ast.walk(value):
        if isinstance(node, ast.Subscript):
            skipped |= {id(part) for part in ast.walk(node.slice)}
        elif isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in ast.walk(node)}
    return skipped


def _edit_titles(tree: ast.AST) -> list[tuple[str, int]]:
    """What Undo names (`title=...`, the first argument of `Several`), and what charts are called."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            parts = [keyword.value for keyword in node.keywords if keyword.arg == "title"]
            parts += node.args[:1] if name == "Several" else node.args[1:2] if name == "Chart" else []
            found += [pair for part in parts for pair in _literals(part) if pair[0][:1].isupper()]
            # Handed on by place: short, with a capital and without a mark at its end, as no sentence is.
            found += [pair for part in node.args[1:] for pair in _literals(part) if _TITLE.fullmatch(pair[0])]
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "title" and node.value is not None:
            found += _literals(node.value)
        elif isinstance(node, ast.arguments):
            named = zip(reversed(node.args), reversed(node.defaults), strict=False)
            for argument, default in (*named, *zip(node.kwonlyargs, node.kw_defaults, strict=True)):
                if argument.arg == "title" and default is not None:
                    found += _literals(default)
    return found


def passed_by() -> list[str]:
    """Visible texts that are written without `tr`: "file:line: text"."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            place = VISIBLE.get(name)
            # A function called `say` of a module's own is no message of the bridge's.
            if place is None or place >= len(node.args) or (name == "say" and isinstance(node.func, ast.Name)):
                continue
            text = _bare(node.args[place])
            if text and text not in UNTRANSLATED:
                found.append(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {text}")
    return found


def _bare(node: ast.expr) -> str:
    """The words of a literal in an argument, as far as no function made them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if _WORD.search(node.value.replace("px", "")) else ""
    if isinstance(node, ast.JoinedStr):
        words = " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        return words if _WORD.search(re.sub(r"<[^>]*>|px", "", words)) else ""
    if isinstance(node, ast.IfExp):
        return _bare(node.body) or _bare(node.orelse)
    return ""


def catalogue(language: str) -> dict[str, str]:
    """The translations of a language; "" for what has none."""
    file = FOLDER / f"refseg_{language}.ts"
    if not file.is_file():
        return {}
    found = {}
    for message in ET.parse(file).getroot().iter("message"):
        translation = message.find("translation")
        done = translation is not None and translation.get("type") != "unfinished"
        found[message.findtext("source", "")] = (translation.text or "") if done and translation is not None else ""
    return found


def write(language: str, known: dict[str, str], places: dict[str, str]) -> None:
    """Write a catalogue and compile it."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source, place in places.items():
        message = ET.SubElement(context, "message")
        # Lines change with every edit; the file is what a translator wants to look at.
        ET.SubElement(message, "extracomment").text = place.partition(":")[0]
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        if known.get(source):
            translation.text = known[source]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, "  ")
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"refseg_{language}.ts"
    text = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8", newline="\n")
    subprocess.run([_lrelease(), "-silent", str(file), "-qm", str(file.with_suffix(".qm"))], check=True)


def _lrelease() -> str:
    beside = Path(sys.executable).with_name("pyside6-lrelease")
    found = str(beside) if beside.is_file() else shutil.which("pyside6-lrelease")
    if found is None:
        raise SystemExit("pyside6-lrelease was not found; it comes with PySide6-Essentials.")
    return found


def main(arguments: list[str]) -> int:
    """Do what the docstring of this file says."""
    if arguments[:1] not in (["update"], ["check"], ["fill"]):
        print(__doc__)
        return 2
    places = texts()
    given = json.loads(Path(arguments[1]).read_text(encoding="utf-8")) if arguments[0] == "fill" else {}
    bad = False
    for language in LANGUAGES:
        known = catalogue(language)
        known |= {source: parts[language] for source, parts in given.items() if parts.get(language)}
        if arguments[0] in ("update", "fill"):
            write(language, known, places)
            listed = json.dumps(sorted(sentences()), indent=0, ensure_ascii=False)
            (FOLDER / "sentences.json").write_text(f"{listed}\n", encoding="utf-8", newline="\n")
        missing = [source for source in places if not known.get(source)]
        print(f"{language}: {len(places) - len(missing)} of {len(places)} texts translated")
        for source in missing:
            print(f"  {places[source]}: {source!r}")
        bad = bad or bool(missing)
    loose = passed_by()
    for line in loose:
        print(f"without tr: {line}")
    return int(arguments[0] == "check" and (bad or bool(loose)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
