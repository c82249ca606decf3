"""Let the monkey work: `python -m tests.monkey [--events 10000] [--seed 1]`; status 1 where it found something.

The window is the real one with the fake predictor, on a project of its own in a temporary folder. Afterwards the
project is opened again and compared record by record. What is found is told with the last events before it; the same
seed on the same machine repeats most of a run.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Run it and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="refseg-monkey-") as folder:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"REFSEG_{name}_DIR"] = str(Path(folder) / name.lower())
        from tests.monkey.window_monkey import run_monkey

        began = time.monotonic()
        result = run_monkey(Path(folder), events=told.events, seed=told.seed)
        seconds = time.monotonic() - began
    print(f"{result.events:,} events, seed {told.seed}, {seconds:.0f} s, {result.edits:,} edits; {result.summary}")  # noqa: T201
    for trouble in result.troubles:
        print(trouble)  # noqa: T201
    return bool(result.troubles)


if __name__ == "__main__":
    sys.exit(main())
