"""`python -m tests.hostile --inputs 20000 [--seed 1] [--json FILE] [TARGET ...]`: bent inputs at every reader."""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import random
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.targets import Target

MOST_MEGABYTES = 3000
"""What all readers together may map beyond the program itself: a bomb then is a failure and no frozen machine."""


def main() -> int:
    from tests.hostile.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="TARGET", help=f"which: {', '.join(TARGETS)}; all by default")
    parser.add_argument("--inputs", type=int, default=1000, help="how many bent inputs for each")
    parser.add_argument("--seed", type=int, default=0, help="of all dice")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there; - for the screen")
    options = parser.parse_args()
    if unknown := set(options.names) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    logging.getLogger("refseg_annotator").addHandler(logging.NullHandler())
    rows, problems = [], []
    with tempfile.TemporaryDirectory(prefix="refseg-fuzz-") as place:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"REFSEG_{name}_DIR"] = str(Path(place) / "home" / name.lower())
        for name in options.names or TARGETS:
            row, found = attack(TARGETS[name], Path(place) / name, options.inputs, options.seed)
            rows.append(row)
            problems += found
            print(f"{name}: {row['inputs']} inputs, {row['refused']} refused, {row['seconds']} s", file=sys.stderr)
            for problem in found[:3]:
                print(problem, file=sys.stderr)
    record = {
        "command": " ".join(["python", "-m", "tests.hostile", *sys.argv[1:]]),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "targets": rows,
        "inputs": sum(row["inputs"] for row in rows),
        "refused": sum(row["refused"] for row in rows),
        "mistakes": len(problems),
        "peak_mb": peak_megabytes(),
        "problems": problems,
    }
    text = json.dumps(record, indent=2)
    if options.json is not None and str(options.json) != "-":
        options.json.write_text(text + "\n", encoding="utf-8")
    print(text if options.json is not None else table(record))
    return int(bool(problems))


def attack(target: Target, folder: Path, inputs: int, seed: int) -> tuple[dict[str, Any], list[str]]:
    """Give a target that many inputs; its row of the table, and an account of each mistake with the dice it came of."""
    folder.mkdir(parents=True)
    refused, problems = 0, []
    began = time.monotonic()
    try_one = target.make(folder)
    with bounded(MOST_MEGABYTES):
        for number in range(inputs):
            # Dice of its own, so that one input can be had again without those before it.
            words = f"{seed} {target.name} {number}"
            try:
                refused += try_one(random.Random(words))
            except Exception:
                problems.append(f"{target.name}, dice {words!r}: {traceback.format_exc()}")
    seconds = round(time.monotonic() - began, 1)
    row = {"name": target.name, "what": target.what, "inputs": inputs, "refused": refused, "seconds": seconds}
    return {**row, "mistakes": len(problems)}, problems


@contextmanager
def bounded(megabytes: int) -> Iterator[None]:
    """Nobody maps more than that beyond what is mapped now, where the system can forbid it."""
    try:
        import resource

        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (mapped + (megabytes << 20), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def peak_megabytes() -> int | None:
    """The most memory this process ever held; None where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) >> 10


def table(record: dict[str, Any]) -> str:
    """Markdown."""
    lines = ["| what | inputs | refused in a sentence | taken | mistakes |", "|---|--:|--:|--:|--:|"]
    for row in record["targets"]:
        taken = row["inputs"] - row["refused"] - row["mistakes"]
        lines.append(f"| {row['what']} | {row['inputs']:,} | {row['refused']:,} | {taken:,} | {row['mistakes']} |")
    return "\n".join([*lines, "", f"{record['inputs']:,} inputs, peak {record['peak_mb']} MB", *record["problems"]])


if __name__ == "__main__":
    raise SystemExit(main())
