"""The performance book: every table in one run, as Markdown, JSON and plots.

    python -m tests.benchmarks.book --out FOLDER [--quick] [--labelme PYTHON] [--napari PYTHON] [CHAPTER ...]

`loads` are the waits and the memory beside plain baselines, `growth` the curves with their exponents, `import` the
scale of COCO, `workbench` the loads on the real window. Each runs in a process of its own, so that none warms another's
caches. Status 1 where a promise of speed is not kept (0 with --told), 2 where a chapter broke.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.rows import ROOT, machine

PEERS = ("labelme", "napari")


def chapters(out: Path, *, quick: bool, peers: dict[str, str] | None = None) -> dict[str, list[str]]:
    """The command of each chapter; each writes its figures to `OUT/CHAPTER.json`."""
    told = [word for name, python in (peers or {}).items() for word in (f"--{name}", python)]
    return {
        "loads": ["tests.benchmarks", "--json", str(out / "loads.json")],
        "growth": [
            "tests.benchmarks.growth",
            *(["--quick"] if quick else []),
            "--json",
            str(out / "growth.json"),
            "--plots",
            str(out),
        ],
        "import": [
            "tests.benchmarks.coco_scale",
            "--annotations",
            "20000" if quick else "1000000",
            "--json",
            str(out / "import.json"),
        ],
        "workbench": [
            "tests.benchmarks.workbench",
            # What a person waits for stands among the loads; here it is wanted beside other tools alone.
            *([] if told else ["folder", "brush", "referents"]),
            "--json",
            str(out / "workbench.json"),
            *told,
        ],
    }


def figures_of(path: Path) -> Any:
    """A chapter's figures; None where it did not come to write them."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def main() -> int:
    """Run the chapters named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.book", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CHAPTER", help="loads, growth, import, workbench; all by default")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where tables, figures and plots go")
    parser.add_argument("--quick", action="store_true", help="smaller sizes: minutes in place of an hour")
    parser.add_argument("--told", action="store_true", help="a promise that is not kept is told and is no failure")
    for name in PEERS:
        parser.add_argument(f"--{name}", metavar="PYTHON", help=f"interpreter of an environment that has {name}")
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    peers = {name: python for name in PEERS if (python := getattr(options, name))}
    every = chapters(out, quick=options.quick, peers=peers)
    if unknown := set(options.names) - set(every):
        parser.error(f"there is no chapter {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    today, where = datetime.now(UTC).date().isoformat(), machine()
    command = " ".join(["python", "-m", "tests.benchmarks.book", *sys.argv[1:]])
    lines = [
        f"# Performance book, {today}",
        "",
        f"`{command}`",
        "",
        *(f"- {name}: {value}" for name, value in where.items()),
        "",
    ]
    outcome: dict[str, dict[str, Any]] = {}
    for name in options.names or every:
        figures = out / f"{name}.json"
        figures.unlink(missing_ok=True)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", *every[name]], check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        seconds = round(time.perf_counter() - start, 1)
        found = figures_of(figures)
        outcome[name] = {
            "command": ["python", "-m", *every[name]],
            "status": done.returncode,
            # Broken promises are status 1 as well, but with all figures.
            "is_whole": found is not None and done.returncode in (0, 1),
            "seconds": seconds,
            "figures": found,
        }
        lines += [f"## {name.capitalize()}", "", f"`python -m {' '.join(every[name])}`, {seconds} s", "", done.stdout]
        if not outcome[name]["is_whole"]:
            lines += [f"**This chapter broke with status {done.returncode}.**", ""]
        print("\n".join(lines[-5:]), flush=True)
    for plot in sorted(out.glob("*.svg")):
        lines.append(f"![{plot.stem}]({plot.name})")
    (out / "book.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    record = {"command": command, "date": today, "machine": where, "chapters": outcome}
    (out / "book.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(f"{out / 'book.md'}: {', '.join(outcome)}")
    if not all(chapter["is_whole"] for chapter in outcome.values()):
        return 2
    return 0 if options.told else int(any(chapter["status"] for chapter in outcome.values()))


if __name__ == "__main__":
    sys.exit(main())
