"""`python -m tests.crash --kills 500 --seed 1 [--json FILE]`: kill the program, open what it left, count the losses."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

# Before numpy and Qt: a process that forks must have one thread, and no screen.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["QT_QPA_PLATFORM"] = "offscreen"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how many processes to kill")
    parser.add_argument("--seed", type=int, default=0, help="of all dice; the clock alone stays free")
    parser.add_argument("--json", type=Path, help="write the figures to this file; - for the screen")
    parser.add_argument("--folder", type=Path, help="work here and leave everything (a temporary folder else)")
    options = parser.parse_args()
    from tests.crash.rounds import Rounds

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="refseg-crash-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tally = Rounds(folder, options.seed, say).run(options.kills)
    record = {
        "command": " ".join(["python", "-m", "tests.crash", *sys.argv[1:]]),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **tally.record(),
    }
    text = json.dumps(record, indent=2)
    if options.json is not None and str(options.json) != "-":
        options.json.write_text(text + "\n", encoding="utf-8")
    print(text if options.json is not None else table(record))
    return 1 if tally.problems else 0


def table(record: dict[str, object]) -> str:
    rows = [(name.replace("_", " "), value) for name, value in record.items() if name != "problems"]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:{width}}  {value}" for name, value in rows]
    problems = record["problems"]
    assert isinstance(problems, list)
    return "\n".join([*lines, *problems, f"{'problems':{width}}  {len(problems)}"])


if __name__ == "__main__":
    raise SystemExit(main())
