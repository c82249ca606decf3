"""The performance book: every table in one run, as Markdown, JSON and plots.

    python -m tests.benchmarks.book --out FOLDER [--quick]

`loads` are the waits beside plain baselines, `growth` the curves with their exponents, `import` the scale of COCO,
`workbench` the loads on the real window. Each runs in a process of its own, so that none warms another's caches.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def chapters(out: Path, *, quick: bool) -> dict[str, list[str]]:
    """The command of each chapter."""
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
        "workbench": ["tests.benchmarks.workbench", "--json", str(out / "workbench.json")],
    }


def main() -> int:
    """Run the chapters named, or all; status 1 where one of them breaks a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.book", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CHAPTER", help="loads, growth, import, workbench; all by default")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where tables, figures and plots go")
    parser.add_argument("--quick", action="store_true", help="smaller sizes: minutes in place of an hour")
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    every = chapters(out, quick=options.quick)
    if unknown := set(options.names) - set(every):
        parser.error(f"there is no chapter {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    lines = [f"# Performance book, {datetime.now(UTC).date().isoformat()}", ""]
    outcome: dict[str, dict[str, object]] = {}
    for name in options.names or every:
        command = every[name]
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", *command], check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        seconds = round(time.perf_counter() - start, 1)
        outcome[name] = {"command": ["python", "-m", *command], "status": done.returncode, "seconds": seconds}
        lines += [f"## {name.capitalize()}", "", f"`python -m {' '.join(command)}`, {seconds} s", "", done.stdout, ""]
        print(lines[-2], flush=True)
    for plot in sorted(out.glob("*.svg")):
        lines.append(f"![{plot.stem}]({plot.name})")
    (out / "book.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "book.json").write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
    print(f"{out / 'book.md'}: {', '.join(outcome)}")
    return int(any(chapter["status"] for chapter in outcome.values()))


if __name__ == "__main__":
    sys.exit(main())
